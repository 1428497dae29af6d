//! Webhook bodies in.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod hostile;
mod others;
mod pressed;

use expect_test::Expect;
use serde_json::{Value, json};
use treebot::{InputKind, Millis};
use treebot_messenger::incoming::{Delivery, GET_STARTED, Item, Pages, What, read};

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
