//! What holds over any run of webhook bodies: the invariants I1 to I7 of the channel.
//!
//! 1. An authentic body never gets a 5xx but for a passing failure.  2. Nothing is said to what is no input.
//! 3. Everything twice is answered as once.  4. Any order leads to the same inputs, and absolute ones to the same place.
//! 5. A bad item hides no good one.  6. No message breaks a limit (each is checked when it is sent).
//! 7. No log line gives anything away.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use futures_executor::block_on;
use proptest::prelude::*;
use serde_json::{Value, json};
use treebot_messenger::errors::Class;

use crate::fakes::{APP, PAGE, TOKEN, World, echo, item, presses, refusal};

/// What nobody but the person and the page may know.
const SECRETS: [&str; 9] = [
    PAGE,
    TOKEN,
    "fixture-app-secret",
    "my-words",
    "611",
    "612",
    "words of the page",
    "study",
    "m_mid",
];

/// Items of all kinds that are no inputs, of people who may be in a conversation.
fn silent(kind: u8, person: u32, at: i64) -> Value {
    let mid = format!("m_mid{kind}{at}");
    match kind % 14 {
        0 => echo(person, at, &mid, Some(APP), Some("reply-to:0123456789abcdef01234567:0")),
        1 => echo(person, at, &mid, Some("263902037430900"), None),
        2 => item(person, at, json!({"delivery": {"watermark": at}})),
        3 => item(person, at, json!({"read": {"watermark": at}})),
        4 => item(person, at, json!({"reaction": {"action": "react", "emoji": "x", "mid": mid}})),
        5 => item(
            person,
            at,
            json!({"message_edit": {"mid": mid, "text": "my-words", "num_edit": "1"}}),
        ),
        6 => item(person, at, json!({"take_thread_control": {"new_owner_app_id": 7}})),
        7 => item(person, at, json!({"request_thread_control": {"requested_owner_app_id": 7}})),
        8 => item(person, at, json!({"optin": {"payload": "my-words"}})),
        9 => item(person, at, json!({"account_linking": {"status": "linked"}})),
        10 => {
            json!({"recipient": {"id": PAGE}, "timestamp": at, "policy_enforcement": {"action": "warn", "reason": "my-words"}})
        }
        11 => item(person, at, json!({"message": {"mid": mid, "is_deleted": true}})),
        12 => item(person, at, json!({"something_new": {"text": "my-words"}})),
        _ => json!({"sender": {"user_ref": "x"}, "optin": {"ref": "my-words"}}),
    }
}

fn bad() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!(null),
        json!(7),
        json!("my-words"),
        json!([]),
        json!({}),
        json!({"message": "my-words"}),
        json!({"sender": {"user_ref": "x"}, "message": {"text": "my-words"}}),
        json!({"sender": 7, "postback": {"payload": {}}}),
    ])
}

/// A body of items, in whatever of the forms Meta has.
fn body(items: &[Value]) -> String {
    json!({"object": "page", "entry": items.iter().map(|item| json!({"id": PAGE, "time": 1, "messaging": [item]})).collect::<Vec<_>>()}).to_string()
}

fn logs_nothing(world: &World) -> Result<(), TestCaseError> {
    for line in world.log.borrow().iter() {
        for secret in SECRETS {
            prop_assert!(!line.contains(secret), "{} in {}", secret, line);
        }
        for payload in world.graph.sent.borrow().iter().flat_map(presses) {
            prop_assert!(!line.contains(&payload.1), "{}", line);
        }
    }
    Ok(())
}

/// Inputs that lead to a place whatever was before.
fn absolute(number: usize, at: i64, choice: usize) -> Value {
    let world = World::new();
    world.deliver(&[world.text(1, "a", "hello")]);
    let mut codes = presses(world.graph.sent.borrow().last().unwrap());
    codes.push(("Get Started".to_owned(), "treebot:start".to_owned()));
    let (title, payload) = codes.get(choice % codes.len()).unwrap();
    item(
        1,
        at,
        json!({"postback": {"mid": format!("m_mid{number}"), "title": title, "payload": payload}}),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_said_to_what_is_no_input(kinds in prop::collection::vec((any::<u8>(), 1_u32..3), 1..20), level in 0_u8..2) {
        let world = World::of_level(level, 1);
        for person in [1, 2] {
            world.deliver(&[world.text(person, &format!("m_mid{person}"), "study")]);
        }
        world.later(5000);
        world.graph.hints.borrow_mut().clear();
        let calls = world.graph.calls.get();
        let items: Vec<Value> = kinds.iter().zip(1..).map(|((kind, person), later)| silent(*kind, *person, world.now() + later)).collect();
        prop_assert_eq!(block_on(world.post_to(0, &body(&items))).status, 200);
        // In standby whatever it is, and in changes.
        let texts = [world.text(1, "m_mid9", "my-words")];
        let others = json!({"object": "page", "entry": [{"id": PAGE, "standby": texts}, {"id": PAGE, "changes": [{"field": "messages", "value": texts[0]}]}]});
        prop_assert_eq!(block_on(world.post_to(0, &others.to_string())).status, 200);
        prop_assert_eq!(world.graph.calls.get(), calls);
        prop_assert!(world.graph.hints.borrow().is_empty());
        logs_nothing(&world)?;
    }

    #[test]
    fn everything_twice_is_answered_as_once_and_a_bad_item_hides_nothing(
        texts in prop::collection::vec((1_u32..3, prop::sample::select(vec!["hello", "study", "2", "my-words", "back", "up to 6 months", "start again"])), 1..10),
        bad in prop::collection::vec(bad(), 0..4),
        level in 0_u8..2,
    ) {
        let run = |twice: bool, with_bad: bool| {
            let world = World::of_level(level, 1);
            for (number, (person, text)) in texts.iter().enumerate() {
                world.later(5000);
                let mut items = if with_bad { bad.clone() } else { Vec::new() };
                items.insert(items.len() / 2, world.text(*person, &format!("m_mid{number}"), text));
                for _ in 0..=u8::from(twice) {
                    assert_eq!(block_on(world.post_to(0, &body(&items))).status, 200);
                }
            }
            logs_nothing(&world)?;
            let sent = world.graph.sent.borrow().clone();
            Ok::<_, TestCaseError>((sent, world.kv.events()))
        };
        let once = run(false, false)?;
        prop_assert_eq!(once.1.len(), texts.len());
        prop_assert!(!once.0.is_empty());
        prop_assert_eq!(&run(true, false)?, &once);
        prop_assert_eq!(&run(false, true)?, &once);
    }

    #[test]
    fn any_order_leads_to_the_same_inputs_and_absolute_ones_to_the_same_place(
        choices in prop::collection::vec(any::<usize>(), 1..8),
        order in prop::collection::vec(any::<u32>(), 8),
        level in 0_u8..2,
    ) {
        let start = World::new().now();
        let items: Vec<Value> = choices.iter().zip((start..).step_by(5000)).enumerate().map(|(number, (choice, at))| absolute(number, at, *choice)).collect();
        let mut shuffled: Vec<(u32, Value)> = order.iter().copied().zip(items.iter().cloned()).collect();
        shuffled.sort_by_key(|(order, _)| *order);
        let run = |items: &mut dyn Iterator<Item = &Value>| {
            let world = World::of_level(level, 1);
            for item in items {
                world.later(100);
                assert_eq!(world.deliver(std::slice::from_ref(item)), 200);
            }
            let events: BTreeSet<String> = world.kv.events().into_iter().map(|row| row.key).collect();
            world.later(60_000);
            world.deliver(&[world.text(1, "m_midlast", "help")]);
            let last = world.graph.sent.borrow().last().unwrap().pointer("/message/text").cloned();
            (events, last)
        };
        let shuffled: Vec<&Value> = shuffled.iter().map(|(_, item)| item).collect();
        prop_assert_eq!(run(&mut shuffled.into_iter()), run(&mut items.iter()));
    }

    #[test]
    fn only_a_passing_failure_is_a_503(
        failures in prop::collection::vec(prop::sample::select(Class::ALL.to_vec()), 0..6),
        lists in 0_u32..3,
        writes in 0_u32..3,
        level in 0_u8..2,
    ) {
        let world = World::of_level(level, 1);
        world.graph.script.borrow_mut().extend(failures.iter().map(|class| refusal(*class)));
        world.kv.failing_lists.set(lists);
        world.kv.failing_writes.set(writes);
        for number in 0..10 {
            let may_fail = world.kv.failing_lists.get() + world.kv.failing_writes.get() > 0 || failures.iter().any(|class| class.passes());
            let status = world.deliver(&[world.text(number % 3, &format!("m_mid{number}"), "my-words")]);
            prop_assert!(status == 200 || status == 503 && may_fail, "{}", status);
            world.later(40_000);
        }
        logs_nothing(&world)?;
    }
}
