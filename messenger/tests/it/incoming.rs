//! Webhook bodies in.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use serde_json::{Value, json};
use treebot::{InputKind, Millis};
use treebot_messenger::incoming::{
    BACK, Control, Delivery, FORGET, GET_STARTED, HELP, Item, MAX_ITEMS, MAX_PAYLOAD, MAX_TEXT,
    NotJson, Pages, RESTART, What, more, read,
};

use crate::fixtures::{bytes, json as fixture, list, text};

const PAGE: &str = "104512345678901";
const NOW: Millis = Millis(1_795_330_900_000);

fn deliver(body: &Value) -> Delivery {
    read(body.to_string().as_bytes(), &Pages::default(), NOW).unwrap()
}

/// One item of `messaging`, with everything around it.
fn item(item: Value) -> Item {
    let mut delivery = deliver(
        &json!({"object": "page", "entry": [{"id": PAGE, "time": 1, "messaging": [item]}]}),
    );
    delivery.items.pop().unwrap()
}

/// The same, from a person, at a time, with the part that matters.
fn part(name: &str, value: Value) -> Item {
    let mut whole = json!({"sender": {"id": "61"}, "recipient": {"id": PAGE}, "timestamp": 1_795_330_800_000_u64});
    whole.as_object_mut().unwrap().insert(name.to_owned(), value);
    item(whole)
}

fn check(item: &Item, expected: &Expect) {
    let line = match &item.what {
        What::Input { kind, via, from: 0, link: None } => format!("{} {kind:?}", via.as_str()),
        What::Input { kind, via, from, link: None } => {
            format!("{} {kind:?} from {from}", via.as_str())
        }
        What::Input { kind, via, link: Some(link), .. } => {
            format!("{} {kind:?}, or {link:?}", via.as_str())
        }
        other => format!("{other:?}"),
    };
    expected.assert_eq(&line);
}

#[test]
fn every_body_gives_the_inputs_it_stands_for() {
    let manifest = fixture("manifest.json");
    let cases = list(manifest.get("webhook").unwrap());
    assert_eq!(cases.len(), 29);
    for case in cases {
        let file = text(case.get("file").unwrap());
        let body =
            String::from_utf8(bytes(file)).unwrap().replace("@@PAYLOAD:start@@", GET_STARTED);
        let Ok(delivery) = read(body.as_bytes(), &Pages::parse(PAGE), NOW) else {
            assert_eq!(file, "45_truncated_json.json");
            continue;
        };
        let inputs: Vec<&Item> =
            delivery.items.iter().filter(|item| item.input().is_some()).collect();
        if file == "25_redelivery_of_24.json" {
            // Only who remembers can tell; the key is how.
            assert_eq!(
                inputs.iter().map(|item| item.key.as_str()).collect::<Vec<_>>(),
                ["m_fixture-24"]
            );
            continue;
        }
        let expected = list(case.get("inputs").unwrap());
        assert_eq!(inputs.len(), expected.len(), "{file}: {inputs:?}");
        for (item, expected) in inputs.iter().zip(expected) {
            let field = |name: &str| expected.get(name).and_then(Value::as_str);
            assert_eq!(Some(item.person.as_str()), field("psid"), "{file}");
            assert_eq!(item.page, PAGE, "{file}");
            assert_eq!(item.key.split(':').next(), field("key"), "{file}");
            let What::Input { kind, via, from: 0, .. } = &item.what else {
                panic!("{file}: {item:?}")
            };
            match (kind, field("kind").unwrap()) {
                (InputKind::Text(words), "text") if file.starts_with("16") => {
                    assert_eq!(words.chars().count(), 3009)
                }
                (InputKind::Text(words), "text") => {
                    assert_eq!(Some(words.as_str()), field("text"), "{file}")
                }
                (InputKind::Tap { code, title }, "choice") => {
                    assert_eq!(Some(code.as_str()), field("payload"), "{file}");
                    assert_eq!(title.as_deref(), field("title"), "{file}");
                    assert_eq!(Some(via.as_str()), field("via"), "{file}");
                }
                (InputKind::Start { at_node }, "start") => {
                    assert_eq!(at_node.as_deref(), field("ref"), "{file}")
                }
                (InputKind::Unsupported, "unsupported") => {}
                other => panic!("{file}: {other:?}"),
            }
        }
    }
}

#[test]
fn the_id_for_the_engine_is_the_same_when_an_item_is_delivered_again() {
    let ids = |file| {
        let delivery = read(&bytes(file), &Pages::default(), NOW).unwrap();
        delivery
            .items
            .iter()
            .filter_map(Item::input)
            .map(|input| (input.at, input.id))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids("24_duplicate_in_one_request.json"), ids("25_redelivery_of_24.json"));
}

#[test]
fn a_postback_is_told_apart_by_its_payload_and_time_too() {
    let key = |payload: &str, at: u64| {
        let postback = json!({"mid": "m", "title": "t", "payload": payload});
        item(json!({"sender": {"id": "61"}, "timestamp": at, "postback": postback})).key
    };
    assert_eq!(key("a", 1_795_330_800_000), key("a", 1_795_330_800_000));
    assert_ne!(key("a", 1_795_330_800_000), key("b", 1_795_330_800_000));
    assert_ne!(key("a", 1_795_330_800_000), key("a", 1_795_330_800_001));
}

#[test]
fn an_item_without_an_id_keeps_its_key_whenever_it_is_delivered() {
    let key = |time: u64| {
        let item = json!({"sender": {"id": "61"}, "timestamp": 1_795_330_800_000_u64, "referral": {"ref": "study"}});
        let delivery = deliver(
            &json!({"object": "page", "entry": [{"id": PAGE, "time": time, "messaging": [item]}]}),
        );
        delivery.items.first().unwrap().key.clone()
    };
    assert_eq!(key(1_795_330_800_000), key(1_795_339_999_000));
}

#[test]
fn times_come_in_several_forms() {
    let at = |timestamp: Value| {
        item(json!({"sender": {"id": "61"}, "timestamp": timestamp, "message": {"mid": "m", "text": "x"}})).at.0
    };
    assert_eq!(at(json!(1_795_330_800_123_u64)), 1_795_330_800_123);
    assert_eq!(at(json!(1_795_330_800)), 1_795_330_800_000);
    assert_eq!(at(json!("1795330800123")), 1_795_330_800_123);
    assert_eq!(at(json!("1795330800")), 1_795_330_800_000);
    assert_eq!(at(json!(1_795_330_800_123.0)), 1_795_330_800_123);
    // The entry's time, which here is one second.
    for odd in [
        json!(null),
        json!("soon"),
        json!(-5),
        json!(0),
        json!([]),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
    ] {
        assert_eq!(at(odd), 1000);
    }
}

#[test]
fn an_item_with_no_time_anywhere_happens_now() {
    let delivery = deliver(&json!({"object": "page", "entry": [{"id": PAGE, "messaging": [
        {"sender": {"id": "61"}, "message": {"mid": "m", "text": "x"}}
    ]}]}));
    assert_eq!(delivery.items.first().unwrap().at, NOW);
}

#[test]
fn what_was_pressed_counts_before_what_it_says_and_text_before_what_hangs_on_it() {
    let tap = json!({"mid": "m", "text": "1", "quick_reply": {"payload": "code"}});
    check(
        &part("message", tap),
        &expect![[r#"quick_reply Tap { code: "code", title: Some("1") }"#]],
    );
    let text = json!({"mid": "m", "text": "hi", "attachments": [{"type": "image"}]});
    check(&part("message", text), &expect![[r#"text Text("hi")"#]]);
    let picture =
        json!({"mid": "m", "text": "", "attachments": [{"type": "image", "payload": null}]});
    check(&part("message", picture), &expect!["attachment Unsupported"]);
    let strange = json!({"mid": "m", "text": 7, "quick_reply": "x"});
    check(&part("message", strange), &expect!["attachment Unsupported"]);
}

#[test]
fn a_button_of_somebody_else_counts_as_its_title() {
    check(&part("postback", json!({"title": "Travel"})), &expect![[r#"postback Text("Travel")"#]]);
    check(
        &part("postback", json!({"title": "Travel", "payload": ""})),
        &expect![[r#"postback Text("Travel")"#]],
    );
    let endless = "x".repeat(MAX_PAYLOAD + 1);
    check(
        &part("postback", json!({"title": "Travel", "payload": endless})),
        &expect![[r#"postback Text("Travel")"#]],
    );
    check(
        &part("postback", json!({"title": "Travel", "payload": "CARE_HELP"})),
        &expect![[r#"postback Tap { code: "CARE_HELP", title: Some("Travel") }"#]],
    );
    check(&part("postback", json!({})), &expect!["Ignored(Unknown)"]);
}

#[test]
fn get_started_starts_and_a_link_says_where() {
    check(
        &part("postback", json!({"payload": GET_STARTED})),
        &expect!["get_started Start { at_node: None }"],
    );
    check(
        &part("postback", json!({"payload": "get_started"})),
        &expect!["get_started Start { at_node: None }"],
    );
    let linked = json!({"payload": GET_STARTED, "title": "Get Started", "referral": {"ref": "study", "type": "OPEN_THREAD"}});
    check(&part("postback", linked), &expect![[r#"get_started Start { at_node: Some("study") }"#]]);
    check(
        &part("referral", json!({"ref": "study"})),
        &expect![[r#"referral Start { at_node: Some("study") }"#]],
    );
    check(&part("referral", json!({"source": "ADS"})), &expect!["Ignored(Referral)"]);
}

#[test]
fn more_shows_the_next_page_of_a_question() {
    let payload = more("code=a", 12);
    assert_eq!(payload, "code=a=m12");
    check(
        &part("postback", json!({"payload": payload, "title": "More…"})),
        &expect![[r#"postback Tap { code: "code=a", title: None } from 12"#]],
    );
    for no_page in ["code=m", "code=m12345", "code=m1x", "=m12", "code=m-1"] {
        let What::Input { kind, from: 0, .. } = part("postback", json!({"payload": no_page})).what
        else {
            panic!("{no_page}")
        };
        assert_eq!(kind, InputKind::Tap { code: no_page.to_owned(), title: None });
    }
}

#[test]
fn nobody_is_answered_for_what_is_no_input() {
    for (name, value, expected) in [
        (
            "message",
            json!({"mid": "m", "is_echo": true, "text": "x", "app_id": 812}),
            expect![[r#"Echo { app: Some("812"), metadata: None }"#]],
        ),
        (
            "message",
            json!({"mid": "m", "is_deleted": true}),
            expect![[r#"Unsent { id: "62c66a7a5dd70c3146618063" }"#]],
        ),
        ("message", json!("text"), expect!["Ignored(Unknown)"]),
        ("message", json!(null), expect!["Ignored(Unknown)"]),
        ("delivery", json!({}), expect!["Ignored(Delivery)"]),
        ("read", json!({}), expect!["Ignored(Read)"]),
        ("reaction", json!({"action": "react"}), expect!["Ignored(Reaction)"]),
        ("message_edit", json!({"text": "x", "num_edit": "1"}), expect!["Ignored(Edit)"]),
        ("optin", json!({}), expect!["Ignored(Optin)"]),
        ("account_linking", json!({}), expect!["Ignored(AccountLinking)"]),
        ("policy_enforcement", json!({"action": "block"}), expect!["Ignored(PolicyEnforcement)"]),
        ("messaging_feedback", json!({}), expect!["Ignored(Feedback)"]),
        ("app_roles", json!({}), expect!["Ignored(Roles)"]),
        ("request_thread_control", json!({}), expect!["Ignored(Roles)"]),
        (
            "pass_thread_control",
            json!({"new_owner_app_id": 812}),
            expect![[r#"Handover { passed: true, to: Some("812") }"#]],
        ),
        (
            "take_thread_control",
            json!({"new_owner_app_id": null}),
            expect!["Handover { passed: false, to: None }"],
        ),
        ("something_new", json!([1]), expect!["Ignored(Unknown)"]),
    ] {
        let item = part(name, value);
        check(&item, &expected);
        assert_eq!(item.input(), None);
    }
}

#[test]
fn an_echo_is_about_the_person_it_was_sent_to() {
    let echo = item(
        json!({"sender": {"id": PAGE}, "recipient": {"id": "61"}, "message": {"is_echo": true, "mid": "m"}}),
    );
    assert_eq!((echo.page.as_str(), echo.person.as_str()), (PAGE, "61"));
}

#[test]
fn who_has_no_id_cannot_be_answered() {
    for sender in [
        json!(null),
        json!({}),
        json!({"user_ref": "x"}),
        json!({"id": ""}),
        json!({"id": PAGE}),
        json!({"id": "a b"}),
        json!({"id": "6".repeat(65)}),
    ] {
        let item = item(json!({"sender": sender, "message": {"mid": "m", "text": "x"}}));
        check(&item, &expect!["Ignored(Unknown)"]);
    }
}

#[test]
fn a_payload_or_a_command_can_be_a_verb_that_acts_anywhere() {
    for (payload, expected) in [
        (RESTART, "postback Restart"),
        (BACK, "postback Back"),
        (HELP, "postback Help"),
        (FORGET, "postback Forget"),
    ] {
        let expected = [expected, &expected.replace("postback", "quick_reply")];
        let postback = part("postback", json!({"title": "Menu", "payload": payload}));
        let quick = json!({"mid": "m", "text": "Menu", "quick_reply": {"payload": payload}});
        for (item, expected) in [postback, part("message", quick)].iter().zip(expected) {
            let What::Input { kind, via, .. } = &item.what else { panic!("{payload}") };
            assert_eq!(format!("{} {kind:?}", via.as_str()), *expected);
        }
    }
    for (name, expected) in [
        ("restart", expect!["command Restart"]),
        ("/back", expect!["command Back"]),
        ("HELP", expect!["command Help"]),
        ("delete_my_data", expect!["command Forget"]),
        ("weather", expect![[r#"text Text("/x")"#]]),
    ] {
        let message = json!({"mid": "m", "text": "/x", "commands": [{"name": name}]});
        check(&part("message", message), &expected);
    }
    let odd = json!({"mid": "m", "text": "/x", "commands": {"name": 7}});
    check(&part("message", odd), &expect![[r#"text Text("/x")"#]]);
}

#[test]
fn words_that_come_with_a_link_say_where_a_conversation_begins() {
    let message =
        |name: &str| json!({"mid": "m", "text": "hi", "referral": {"ref": name, "source": "ADS"}});
    check(
        &part("message", message("study")),
        &expect![[r#"text Text("hi"), or Start { at_node: Some("study") }"#]],
    );
    check(&part("message", message("")), &expect![[r#"text Text("hi")"#]]);
}

#[test]
fn a_link_can_bear_the_code_of_a_place() {
    let code = "1aaaaa";
    check(
        &part("referral", json!({"ref": code, "source": "SHORTLINK", "type": "OPEN_THREAD"})),
        &expect![[r#"referral Tap { code: "1aaaaa", title: None }"#]],
    );
}

#[test]
fn a_thumbs_up_is_known_in_both_its_forms() {
    let old = json!({"mid": "m", "sticker_id": 369_239_263_222_822_u64, "attachments": [{"type": "image"}]});
    check(&part("message", old), &expect!["like Unsupported"]);
    let new = |id: Value| json!({"mid": "m", "attachments": [{"type": "sticker", "payload": {"sticker_id": id}}]});
    check(&part("message", new(json!("369239343222814"))), &expect!["like Unsupported"]);
    check(&part("message", new(json!(7))), &expect!["attachment Unsupported"]);
}

#[test]
fn every_kind_of_attachment_is_something_that_is_not_understood() {
    for kind in [
        "image",
        "audio",
        "video",
        "file",
        "sticker",
        "fallback",
        "reel",
        "ig_reel",
        "post",
        "ig_post",
        "appointment_booking",
        "template",
        "location",
        "something_new",
    ] {
        let message = json!({"mid": "m", "attachments": [{"type": kind, "payload": null}]});
        check(&part("message", message), &expect!["attachment Unsupported"]);
    }
}

#[test]
fn who_answers_is_told_by_echoes_and_handovers() {
    let ours = Some("812");
    let echo = |app: Value, metadata: Value| {
        item(
            json!({"sender": {"id": PAGE}, "recipient": {"id": "61"}, "message": {"is_echo": true, "mid": "m", "app_id": app, "metadata": metadata}}),
        )
    };
    let confirmed = |text: &str| Some(Control::Ours(Some(text.to_owned())));
    for (item, without, with) in [
        (echo(json!(812), json!("reply-to:a:0")), confirmed("a:0"), confirmed("a:0")),
        (echo(json!("812"), json!(null)), Some(Control::Taken), Some(Control::Ours(None))),
        (
            echo(json!(263_902_037_430_900_u64), json!(null)),
            Some(Control::Taken),
            Some(Control::Taken),
        ),
        (echo(json!(null), json!("hi")), Some(Control::Taken), Some(Control::Taken)),
        (
            part(
                "pass_thread_control",
                json!({"previous_owner_app_id": "263902037430900", "new_owner_app_id": "812"}),
            ),
            Some(Control::Passed { ask: true }),
            Some(Control::Passed { ask: true }),
        ),
        (
            part("pass_thread_control", json!({"new_owner_app_id": 263_902_037_430_900_u64})),
            Some(Control::Passed { ask: true }),
            Some(Control::Taken),
        ),
        (
            part("pass_thread_control", json!({"new_owner_app_id": null})),
            Some(Control::Passed { ask: true }),
            Some(Control::Passed { ask: true }),
        ),
        (
            part(
                "take_thread_control",
                json!({"previous_owner_app_id": 812, "new_owner_app_id": "7"}),
            ),
            Some(Control::Taken),
            Some(Control::Taken),
        ),
        (
            part("take_thread_control", json!({"new_owner_app_id": 812})),
            Some(Control::Taken),
            Some(Control::Passed { ask: false }),
        ),
        (part("request_thread_control", json!({"requested_owner_app_id": 812})), None, None),
        (part("message", json!({"mid": "m", "text": "x"})), None, None),
    ] {
        assert_eq!(item.control(None), without, "{item:?}");
        assert_eq!(item.control(ours), with, "{item:?}");
        assert_eq!(item.key.is_empty(), item.control(None).is_none() && item.input().is_none());
    }
    let nobody = item(json!({"sender": {"id": PAGE}, "message": {"is_echo": true, "mid": "m"}}));
    assert_eq!(nobody.control(None), None);
}

#[test]
fn a_message_that_was_taken_back_is_the_input_that_it_was() {
    let said = part("message", json!({"mid": "m_x", "text": "my words"}));
    let What::Unsent { id } = part("message", json!({"mid": "m_x", "is_deleted": true})).what
    else {
        panic!()
    };
    assert_eq!(said.input().unwrap().id, id);
    check(&part("message", json!({"is_deleted": true})), &expect!["Ignored(Unknown)"]);
}

#[test]
fn items_of_one_moment_are_in_the_order_of_their_events() {
    let at = 1_795_330_800_000_u64;
    let items: Vec<Value> = ["b", "a", "d", "c"].iter().map(|mid| json!({"sender": {"id": "61"}, "timestamp": at, "message": {"mid": mid, "text": "x"}})).collect();
    let delivery = deliver(&json!({"object": "page", "entry": [{"id": PAGE, "messaging": items}]}));
    assert!(delivery.items.is_sorted_by_key(Item::id));
}

#[test]
fn what_is_not_about_pages_is_not_read() {
    let body = fixture("43_other_object_type.json");
    assert!(deliver(&body).other_object && deliver(&body).items.is_empty());
    assert!(!deliver(&json!({"object": "page", "entry": []})).other_object);
}

#[test]
fn standby_and_changes_are_never_answered() {
    let message = json!({"sender": {"id": "61"}, "message": {"mid": "m", "text": "x"}});
    let delivery = deliver(&json!({"object": "page", "entry": [
        {"id": PAGE, "standby": [message]},
        {"id": PAGE, "changes": [{"field": "messages", "value": message}]},
    ]}));
    let kinds: Vec<_> = delivery.items.iter().map(|item| item.what.as_str()).collect();
    assert_eq!(kinds, ["standby", "change"]);
}

#[test]
fn only_the_configured_pages_are_served() {
    let served = |pages: &str| {
        let body = bytes("46_wrong_page.json");
        let delivery = read(&body, &Pages::parse(pages), NOW).unwrap();
        delivery.items.first().unwrap().what.as_str()
    };
    assert_eq!(served("104512345678901"), "other_page");
    assert_eq!(served(" 104512345678901 , 104512345678902 "), "text");
    assert_eq!(served(""), "text");
}

#[test]
fn a_bad_item_hides_no_good_one() {
    let good = json!({"sender": {"id": "61"}, "timestamp": 2_000_000_000_000_u64, "message": {"mid": "m", "text": "x"}});
    for bad in [
        json!(null),
        json!(7),
        json!("x"),
        json!([]),
        json!({}),
        json!({"message": 7}),
        json!({"sender": 7, "postback": []}),
    ] {
        for messaging in [json!([bad, good]), json!([good, bad])] {
            let delivery = deliver(
                &json!({"object": "page", "entry": [7, {"messaging": 7}, {"id": PAGE, "messaging": messaging}]}),
            );
            assert_eq!(
                delivery.items.iter().filter(|item| item.input().is_some()).count(),
                1,
                "{bad}"
            );
        }
    }
}

#[test]
fn half_an_emoji_makes_a_body_no_less_readable() {
    let body = |text: &str| {
        format!(
            r#"{{"object":"page","entry":[{{"id":"{PAGE}","messaging":[{{"sender":{{"id":"61"}},"message":{{"mid":"m","text":"{text}"}}}}]}}]}}"#
        )
    };
    for (sent, expected) in [
        (r"hi \ud83d", "hi \u{FFFD}"),
        (r"\ud83d\ud83d\ude00!", "\u{FFFD}😀!"),
        (r"\ude00 \\ud83d \n", "\u{FFFD} \\ud83d \n"),
        (r"\ud83dx\u00e4", "\u{FFFD}xä"),
    ] {
        let delivery = read(body(sent).as_bytes(), &Pages::default(), NOW).unwrap();
        let What::Input { kind: InputKind::Text(text), .. } = &delivery.items.first().unwrap().what
        else {
            panic!("{sent}")
        };
        assert_eq!(text, expected);
    }
    let mut bytes = body("hi").into_bytes();
    let at = bytes.windows(2).position(|pair| pair == b"hi").unwrap();
    *bytes.get_mut(at).unwrap() = 0xFF;
    assert_eq!(read(&bytes, &Pages::default(), NOW).unwrap().items.len(), 1);
}

#[test]
fn what_is_far_too_much_is_cut() {
    let endless = part("message", json!({"mid": "m", "text": "ä".repeat(9000)}));
    let What::Input { kind: InputKind::Text(text), .. } = endless.what else { panic!() };
    assert_eq!(text.chars().count(), MAX_TEXT);

    let items: Vec<Value> = (0..MAX_ITEMS + 5)
        .map(|n| json!({"sender": {"id": "61"}, "message": {"mid": n.to_string(), "text": "x"}}))
        .collect();
    let delivery = deliver(&json!({"object": "page", "entry": [{"id": PAGE, "messaging": items}]}));
    assert_eq!((delivery.items.len(), delivery.beyond), (MAX_ITEMS, 5));
}

#[test]
fn what_is_no_json_is_said_to_be_none() {
    for body in ["", "{", "[]", "7", "null", "\"x\"", &"[".repeat(100_000)] {
        assert_eq!(read(body.as_bytes(), &Pages::default(), NOW), Err(NotJson));
    }
}

/// JSON of the names that webhook bodies have, in any arrangement.
fn any_json() -> impl Strategy<Value = Value> {
    const NAMES: [&str; 26] = [
        "object",
        "entry",
        "id",
        "time",
        "messaging",
        "standby",
        "changes",
        "sender",
        "recipient",
        "timestamp",
        "message",
        "mid",
        "text",
        "quick_reply",
        "payload",
        "postback",
        "title",
        "referral",
        "ref",
        "attachments",
        "type",
        "is_echo",
        "app_id",
        "reaction",
        "delivery",
        "pass_thread_control",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("page")),
        Just(json!("61")),
        Just(json!("code=m12")),
        Just(json!(GET_STARTED)),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(
                prop::sample::select(&NAMES[..]).prop_map(str::to_owned),
                inner,
                0..6
            )
            .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes_are_read(body in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&body, &Pages::default(), NOW);
    }

    #[test]
    fn any_escapes_are_read(text in "(\\\\{0,3}|u[dD][89cC][0-9]{2}|ä|\"|x){0,20}") {
        let _ = read(format!("{{\"object\":\"{text}\"}}").as_bytes(), &Pages::default(), NOW);
    }

    #[test]
    fn any_item_is_read_and_every_input_can_be_answered(value in any_json()) {
        let delivery = deliver(&json!({"object": "page", "entry": [{"id": PAGE, "messaging": [value.clone()]}, value.clone()]}));
        for item in delivery.items.iter().filter(|item| item.input().is_some()) {
            prop_assert!(!item.person.is_empty() && !item.page.is_empty() && !item.key.is_empty());
            prop_assert!(item.person != item.page);
        }
        let again = deliver(&json!({"object": "page", "entry": [{"id": PAGE, "messaging": [value.clone()]}, value]}));
        prop_assert_eq!(delivery, again);
    }

    #[test]
    fn the_order_of_items_does_not_matter(items in prop::collection::vec(any_json(), 0..6)) {
        let body = |items: &[Value]| json!({"object": "page", "entry": [{"id": PAGE, "messaging": items}]});
        let mut backwards = items.clone();
        backwards.reverse();
        let inputs = |delivery: Delivery| delivery.items.iter().filter_map(Item::input).map(|input| input.id).collect::<BTreeSet<_>>();
        prop_assert_eq!(inputs(deliver(&body(&items))), inputs(deliver(&body(&backwards))));
    }
}
