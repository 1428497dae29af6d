//! What people press, pick or attach, and links that they follow.

use expect_test::expect;
use serde_json::{Value, json};
use treebot::InputKind;
use treebot_messenger::incoming::{
    BACK, FORGET, FORGET_NO, FORGET_YES, GET_STARTED, HELP, MAX_PAYLOAD, RESTART, What, more,
};

use super::{check, part};

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
fn a_payload_or_a_command_can_be_a_verb_that_acts_anywhere() {
    for (payload, expected) in [
        (RESTART, "postback Restart"),
        (BACK, "postback Back"),
        (HELP, "postback Help"),
        (FORGET, "postback Forget"),
        (FORGET_YES, "postback Confirm { forget: true }"),
        (FORGET_NO, "postback Confirm { forget: false }"),
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
