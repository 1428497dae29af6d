//! One delivery after the other, and what goes wrong.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use futures_executor::block_on;
use futures_util::future::join_all;
use serde_json::{Value, json};
use treebot_messenger::errors::Class;
use treebot_messenger::incoming::FORGET_YES;
use treebot_worker::webhook::{BodyError, Head, MAX_BODY, receive};

use crate::fakes::{NOBODY, World, item, refusal};
use crate::kv::Location;

const ROOT: &str = "What brings you to the UK?";
const STUDY: &str = "How long will you stay?";

#[test]
fn a_conversation_goes_on_from_the_store_alone() {
    for world in World::both() {
        for (isolate, text) in [(0, "hello"), (1, "study"), (0, "more than 6 months")] {
            world.later(1000);
            let item = world.text(1, text, text);
            assert_eq!(block_on(world.deliver_to(isolate, &[item])).status, 200);
        }
        assert_eq!(world.said(), [ROOT, STUDY, "A long-term study visa fits."]);
    }
}

#[test]
fn what_is_answered_is_not_answered_again_whatever_the_isolate() {
    for world in World::both() {
        let hello = world.text(1, "m", "hello");
        for isolate in [0, 1, 0] {
            assert_eq!(
                block_on(world.deliver_to(isolate, &[hello.clone(), hello.clone()])).status,
                200
            );
        }
        assert_eq!(world.said(), [ROOT]);
    }
}

#[test]
fn what_was_answered_long_ago_is_not_answered_again() {
    for world in World::both() {
        let hello = world.text(1, "m", "hello");
        assert_eq!(world.deliver(std::slice::from_ref(&hello)), 200);
        for number in 0..25 {
            world.later(5000);
            assert_eq!(world.deliver(&[world.text(1, &format!("n{number}"), "help")]), 200);
        }
        let (said, events) = (world.said().len(), world.kv.events());
        for isolate in [0, 1, 2] {
            world.evict();
            let again = block_on(world.deliver_to(isolate, std::slice::from_ref(&hello)));
            assert_eq!(again.status, 200);
            assert_eq!((world.said().len(), world.kv.events()), (said, events.clone()));
        }
        // One of then that has not been answered yet is, where it was said.
        let late = item(
            1,
            hello.get("timestamp").unwrap().as_i64().unwrap() + 1,
            json!({"message": {"mid": "late", "text": "study"}}),
        );
        assert_eq!(world.deliver(&[late.clone(), hello]), 200);
        assert_eq!((world.said().len(), world.kv.events().len()), (said + 1, 27));
        world.evict();
        assert_eq!(world.deliver(&[late]), 200);
        assert_eq!(world.said().len(), said + 1);
    }
}

#[test]
fn a_stale_listing_hides_nothing_that_this_isolate_has_done() {
    for world in World::both() {
        world.kv.freeze();
        world.deliver(&[world.text(1, "a", "hello")]);
        world.later(1000);
        let study = world.text(1, "b", "study");
        world.deliver(std::slice::from_ref(&study));
        world.deliver(&[study]);
        assert_eq!(world.said(), [ROOT, STUDY]);
    }
}

#[test]
fn a_tap_is_right_whatever_the_listing_shows() {
    for world in World::both() {
        world.deliver(&[world.text(1, "a", "hello")]);
        world.later(1000);
        world.deliver(&[world.text(1, "b", "study")]);
        world.kv.freeze();
        world.later(1000);
        let postback = json!({"postback": {"mid": "m", "title": "up to 6 months", "payload": world.payload("up to 6 months")}});
        let tap = item(1, world.clock.0.get(), postback);
        assert_eq!(block_on(world.deliver_to(1, &[tap])).status, 200);
        assert_eq!(world.said().last().unwrap(), "A short-term study visa fits.");
    }
}

#[test]
fn deliveries_at_once_are_answered_once() {
    for world in World::both() {
        let hello = [world.text(1, "m", "hello")];
        let answers = block_on(join_all((0..5).map(|_| world.deliver_to(0, &hello))));
        assert!(answers.iter().all(|answer| answer.status == 200));
        assert_eq!(world.said(), [ROOT]);
    }
}

#[test]
fn two_messages_at_once_see_each_other() {
    for world in World::both() {
        world.deliver(&[world.text(1, "a", "hello")]);
        world.later(1000);
        let first = [world.text(1, "b", "study")];
        let second = [item(
            1,
            world.clock.0.get() + 1,
            json!({"message": {"mid": "c", "text": "up to 6 months"}}),
        )];
        block_on(async {
            futures_util::future::join(world.deliver_to(0, &first), world.deliver_to(0, &second))
                .await
        });
        assert_eq!(world.said(), [ROOT, STUDY, "A short-term study visa fits."]);
    }
}

#[test]
fn a_reply_that_could_not_be_recorded_is_not_sent_again_but_recorded() {
    for world in World::both() {
        world.kv.failing_writes.set(1);
        let hello = [world.text(1, "a", "hello")];
        assert_eq!(world.deliver(&hello), 503);
        assert!(world.kv.events().is_empty());
        assert_eq!(world.deliver(&hello), 200);
        assert_eq!(world.said(), [ROOT]);
        assert_eq!(world.kv.events().len(), 1);
    }
}

#[test]
fn without_the_store_nothing_is_said() {
    for world in World::both() {
        world.kv.failing_lists.set(1);
        let hello = [world.text(1, "a", "hello")];
        assert_eq!(world.deliver(&hello), 503);
        assert_eq!(world.graph.calls.get(), 0);
        assert_eq!(world.deliver(&hello), 200);
        assert_eq!(world.said(), [ROOT]);
    }
}

#[test]
fn what_is_too_old_is_given_up_when_it_fails() {
    for world in World::both() {
        let hello = [world.text(1, "a", "hello")];
        world.later(11 * 60 * 1000);
        world
            .graph
            .script
            .borrow_mut()
            .extend([refusal(Class::Transient), refusal(Class::Transient)]);
        assert_eq!(world.deliver(&hello), 200);
        assert_eq!(world.deliver(&hello), 200);
        assert_eq!((world.graph.calls.get(), world.said().len()), (2, 0));

        world.kv.failing_lists.set(1);
        assert_eq!(
            world.deliver(&[item(
                2,
                world.clock.0.get() - 11 * 60 * 1000,
                json!({"message": {"mid": "b", "text": "x"}})
            )]),
            200
        );
    }
}

/// Eleven minutes.
const LONG: i64 = 11 * 60 * 1000;

#[test]
fn a_deletion_that_the_store_refuses_for_ten_minutes_is_given_up_with_an_alert() {
    for world in World::both() {
        for text in ["hello", "study"] {
            world.later(5000);
            world.deliver(&[world.text(1, text, text)]);
        }
        world.later(5000);
        let press = [world.tap(1, "y", "Yes", FORGET_YES)];
        world.kv.failing_writes.set(u32::MAX);
        assert_eq!(world.deliver(&press), 503);
        world.later(LONG);
        for _ in 0..2 {
            assert_eq!(world.deliver(&press), 200);
            world.evict();
        }
        let log = world.log.borrow().join("\n");
        assert!(log.contains(r#""alert":"what somebody wants deleted is still kept"#), "{log}");
        // Once the store takes it, another press does it.
        world.kv.failing_writes.set(0);
        world.deliver(&[world.tap(1, "z", "Yes", FORGET_YES)]);
        assert_eq!(
            world.said().last().unwrap(),
            "Everything I had stored about this conversation is deleted."
        );
        assert!(world.kv.events().is_empty());
    }
}

#[test]
fn what_was_taken_back_and_cannot_be_erased_for_ten_minutes_is_given_up_with_an_alert() {
    for world in World::both() {
        world.deliver(&[world.text(1, "m", "my secret")]);
        let unsent = |mid: &str| {
            [item(1, world.now(), json!({"message": {"mid": mid, "is_deleted": true}}))]
        };
        let taken_back = unsent("m");
        world.kv.failing_writes.set(2);
        assert_eq!(world.deliver(&taken_back), 503);
        world.later(LONG);
        world.evict();
        assert_eq!(world.deliver(&taken_back), 200);
        let log = world.log.borrow().join("\n");
        assert!(log.contains(r#""alert":"what somebody wants deleted is still kept"#), "{log}");
    }
}

#[test]
fn whether_something_was_answered_long_ago_need_not_be_known_after_ten_minutes() {
    for (level, world) in World::both().into_iter().enumerate() {
        let late = world.text(1, "late", "hello");
        for number in 0..25 {
            world.later(30_000);
            assert_eq!(world.deliver(&[world.text(1, &format!("n{number}"), "help")]), 200);
        }
        let said = world.said().len();
        world.evict();
        world.kv.answered_lists.set(u32::from(level == 0));
        world.kv.failing_lists.set(1);
        assert_eq!(world.deliver(std::slice::from_ref(&late)), 200);
        assert_eq!((world.said().len(), world.kv.failing_lists.get()), (said, 0));
        world.evict();
        assert_eq!(world.deliver(&[late]), 200);
        assert_eq!(world.said().len(), said + 1, "and once it is known, it is answered");
    }
}

#[test]
fn only_what_passes_is_asked_for_again() {
    for class in Class::ALL {
        let world = World::new();
        world.graph.script.borrow_mut().extend([refusal(class), refusal(class)]);
        let hello = [world.text(1, "a", "hello")];
        assert_eq!(world.deliver(&hello), if class.passes() { 503 } else { 200 }, "{class:?}");
        let recorded = world.kv.events().len();
        assert_eq!(recorded, usize::from(!class.passes()), "{class:?}");
    }
}

#[test]
fn one_person_who_cannot_be_reached_keeps_nobody_waiting() {
    for world in World::both() {
        world.graph.script.borrow_mut().extend([refusal(Class::Undeliverable)]);
        let items: Vec<Value> = (0..10).map(|person| world.text(person, "a", "hello")).collect();
        assert_eq!(world.deliver(&items), 200);
        assert_eq!(world.said().len(), 9);
    }
}

#[test]
fn what_does_not_fit_into_one_request_is_done_by_the_next() {
    for world in World::both() {
        let items: Vec<Value> = (0..60).map(|person| world.text(person, "a", "hello")).collect();
        let mut deliveries = 0;
        while world.deliver(&items) == 503 {
            deliveries += 1;
            assert!(deliveries < 60, "there is no progress");
        }
        assert!(deliveries > 0, "the free plan allows 50 calls");
        assert_eq!(world.said().len(), 60);
    }
}

#[test]
fn a_rate_limit_shuts_the_page_for_a_while() {
    // (At level 1 each object meets a short one by itself.)
    let world = World::new();
    world.graph.script.borrow_mut().extend([refusal(Class::RateLimited)]);
    assert_eq!(world.deliver(&[world.text(1, "a", "hello")]), 503);
    assert_eq!(world.deliver(&[world.text(2, "b", "hello")]), 503);
    assert_eq!(world.graph.calls.get(), 1);
    world.later(31_000);
    assert_eq!(world.deliver(&[world.text(2, "b", "hello")]), 200);
}

#[test]
fn whoever_wants_to_be_forgotten_is() {
    for world in World::both() {
        for (mid, text) in [("a", "hello"), ("b", "study"), ("c", "delete my data"), ("d", "yes")] {
            world.later(1000);
            assert_eq!(world.deliver(&[world.text(1, mid, text)]), 200);
        }
        assert!(world.kv.events().is_empty());
        world.later(1000);
        world.deliver(&[world.text(1, "e", "up to 6 months")]);
        assert_eq!(world.said().last().unwrap(), ROOT);
    }
}

#[test]
fn a_body_is_read_only_when_it_can_be_wanted() {
    let world = World::new();
    let log = |_| {};
    let host = treebot_worker::delivery::Host {
        tree: &world.tree,
        config: &world.config,
        store: &Location { kv: &world.kv, number: 0 },
        graph: &world.graph,
        clock: &world.clock,
        memory: world.memories.first().unwrap(),
        graphemes: treebot_messenger::outgoing::graphemes,
        log: &log,
    };
    let never = async |_| -> Result<Vec<u8>, BodyError> { panic!("the body was read") };
    let signature = Some(format!("sha256={}", "0".repeat(64)));
    let too_long = Head { signature: signature.clone(), length: Some((MAX_BODY + 1).to_string()) };
    assert_eq!(block_on(receive(&host, &too_long, never, &NOBODY)).status, 413);
    assert_eq!(block_on(receive(&host, &Head::default(), never, &NOBODY)).status, 403);
    let head = Head { signature, length: None };
    assert_eq!(
        block_on(receive(&host, &head, async |_| Err(BodyError::TooLong), &NOBODY)).status,
        413
    );
    assert_eq!(
        block_on(receive(&host, &head, async |_| Err(BodyError::Broken), &NOBODY)).status,
        400
    );
}
