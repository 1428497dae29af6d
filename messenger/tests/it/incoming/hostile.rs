//! Bodies that nobody has foreseen.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use treebot::InputKind;
use treebot_messenger::incoming::{
    Delivery, GET_STARTED, Item, MAX_ITEMS, MAX_TEXT, NotJson, Pages, What, read,
};

use super::{NOW, PAGE, deliver, part};

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
    fn any_shapes_are_read(shape in "([\\[\\]{}:,\"\\\\ue+.-]|1e400|null|\"a\"|\n|ä){0,30}") {
        let _ = read(shape.as_bytes(), &Pages::default(), NOW);
        let good = r#"{"sender":{"id":"61"},"message":{"mid":"m","text":"x"}}"#;
        let body = format!(r#"{{"object":"page","entry":[{{"id":"{PAGE}","messaging":[{good}]}},"{}"]}}"#, shape.replace('"', "\\\""));
        let read = read(body.as_bytes(), &Pages::default(), NOW);
        // A backslash before a quote takes its end from a text.
        prop_assert!(shape.contains('\\') || read.unwrap().items.len() == 1);
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
