//! Sending, and every way in which it fails.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::cell::RefCell;

use treebot::Millis;
use treebot_messenger::errors::{Class, Failure};
use treebot_worker::memory::Memory;

use crate::fakes::{World, echo, item, refusal, tree};

const ROOT: &str = "What brings you to the UK?";
const SEVERAL: &str = "say: [One., Two., Three?]\nanswers: {yes: Y, no: N}\n";

fn hello(world: &World, mid: &str) -> u16 {
    world.later(1000);
    world.deliver(&[world.text(1, mid, "hello")])
}

#[test]
fn what_could_not_be_answered_is_kept_with_its_class() {
    for class in Class::ALL.into_iter().filter(|class| !class.passes()) {
        for world in World::both() {
            world.graph.script.borrow_mut().extend([refusal(class), refusal(class)]);
            assert_eq!(hello(&world, "a"), 200, "{class:?}");
            let all = world.kv.all();
            let (_, (_, value)) = all.iter().find(|(key, _)| key.starts_with("e1:")).unwrap();
            assert!(
                value.contains(&format!(r#""failed":"{}""#, class.as_str())),
                "{class:?}: {value}"
            );
        }
    }
}

#[test]
fn after_ten_minutes_so_is_what_failed_for_a_passing_reason() {
    for class in [Class::Transient, Class::RateLimited] {
        for world in World::both() {
            let old = world.text(1, "a", "hello");
            world.later(10 * 60 * 1000 + 1);
            world.graph.script.borrow_mut().extend([refusal(class), refusal(class)]);
            assert_eq!(world.deliver(&[old]), 200);
            let all = world.kv.all();
            assert!(
                all.values()
                    .any(|(_, value)| value.contains(&format!(r#""failed":"{}""#, class.as_str())))
            );
        }
    }
}

#[test]
fn a_refused_token_stops_everything_in_all_isolates_until_another_is_configured() {
    for mut world in World::both() {
        world.graph.script.borrow_mut().push_back(refusal(Class::Auth));
        assert_eq!(hello(&world, "a"), 200);
        for isolate in [0, 1] {
            world.later(120_000);
            let item = item(
                2 + isolate,
                world.now(),
                serde_json::json!({"message": {"mid": "b", "text": "hello"}}),
            );
            assert_eq!(
                futures_executor::block_on(world.deliver_to(isolate as usize, &[item])).status,
                200
            );
        }
        assert_eq!(world.graph.calls.get(), 1);
        assert!(
            world
                .log
                .borrow()
                .iter()
                .any(|line| line.contains("page shut") && line.contains("PAGE_ACCESS_TOKEN"))
        );

        world.config.digest = "another".to_owned();
        assert_eq!(hello(&world, "c"), 200);
        assert_eq!(world.said(), [ROOT]);
        assert!(world.kv.all().keys().all(|key| !key.starts_with("g1:")), "the note is taken away");
    }
}

#[test]
fn after_a_warning_of_meta_nothing_is_sent_for_an_hour() {
    let world = World::new();
    world.graph.script.borrow_mut().push_back(refusal(Class::CircuitBreak));
    assert_eq!(hello(&world, "a"), 200);
    for (isolate, minutes) in [(0, 2), (1, 3), (2, 50)] {
        world.later(minutes * 60_000);
        let text = world.text(5, &format!("{minutes}"), "hello");
        assert_eq!(futures_executor::block_on(world.deliver_to(isolate, &[text])).status, 200);
    }
    assert_eq!(world.graph.calls.get(), 1);
    world.later(6 * 60_000);
    assert_eq!(hello(&world, "c"), 200);
    assert_eq!(world.said(), [ROOT]);
}

#[test]
fn a_long_rate_limit_is_known_to_all_isolates_and_a_short_one_to_one() {
    for (minutes, calls) in [(30, 1), (1, 2)] {
        let world = World::new();
        let failure =
            Failure { wait: Some(Millis(minutes * 60_000)), ..refusal(Class::RateLimited) };
        world.graph.script.borrow_mut().extend([failure.clone(), failure]);
        for isolate in [0, 1] {
            let text = world.text(isolate, "a", "hello");
            assert_eq!(
                futures_executor::block_on(world.deliver_to(isolate as usize, &[text])).status,
                503
            );
        }
        assert_eq!(world.graph.calls.get(), calls, "{minutes}");
    }
}

#[test]
fn before_several_messages_it_is_shown_that_something_is_written() {
    for mut world in World::both() {
        hello(&world, "a");
        assert!(world.graph.hints.borrow().is_empty(), "one message is there as soon");
        world.tree = tree(SEVERAL);
        world.later(5000);
        assert_eq!(world.deliver(&[world.text(2, "b", "hello")]), 200);
        assert_eq!(world.said(), [ROOT, "One.", "Two.", "Three?"]);
        let hints = world.graph.hints.borrow();
        assert_eq!(hints.len(), 1);
        assert_eq!(hints.first().unwrap().get("sender_action").unwrap(), "typing_on");
    }
}

#[test]
fn what_is_not_needed_is_left_out_while_meta_wants_fewer_calls() {
    let mut world = World::new();
    world.tree = tree(SEVERAL);
    world.graph.script.borrow_mut().push_back(refusal(Class::RateLimited));
    assert_eq!(hello(&world, "a"), 503);
    world.graph.hints.borrow_mut().clear();
    world.later(30_000);
    assert_eq!(hello(&world, "a2"), 200);
    assert!(world.graph.hints.borrow().is_empty());
    world.later(1000);
    assert_eq!(world.deliver(&[world.text(3, "c", "hello")]), 200);
    assert_eq!(world.graph.hints.borrow().len(), 1);
}

#[test]
fn of_several_messages_those_that_went_out_do_not_go_out_again() {
    for mut world in World::both() {
        world.tree = tree(SEVERAL);
        let hello = [world.text(1, "a", "hello")];
        // The first goes out; the second fails twice.
        world.graph.first.set(1);
        world
            .graph
            .script
            .borrow_mut()
            .extend([refusal(Class::Transient), refusal(Class::Transient)]);
        assert_eq!(world.deliver(&hello), 503);
        assert_eq!(world.said(), ["One."]);
        assert_eq!(world.deliver(&hello), 200);
        assert_eq!(world.said(), ["One.", "Two.", "Three?"]);
    }
}

#[test]
fn a_message_that_may_have_gone_out_is_not_sent_again_once_its_echo_says_so() {
    let world = World::new();
    world.graph.silent.set(2);
    let hello = [world.text(1, "a", "hello")];
    // Neither the call nor its repetition is answered, but both have done what they were to do.
    assert_eq!(world.deliver(&hello), 503);
    assert_eq!(world.said(), [ROOT, ROOT]);
    let metadata =
        world.graph.sent.borrow().last().unwrap().pointer("/message/metadata").unwrap().clone();
    assert_eq!(world.deliver(&[echo(1, world.now(), "e", None, metadata.as_str())]), 200);
    assert_eq!(world.deliver(&hello), 200);
    assert_eq!(world.said(), [ROOT, ROOT], "it is recorded, and not said a third time");
    assert_eq!(world.kv.events().len(), 1);
}

#[test]
fn another_reply_to_the_same_input_is_sent_whatever_went_out_before() {
    let mut memory = Memory::default();
    let now = Millis(1_795_330_800_000);
    assert!(memory.tries("a:0", "one", now));
    memory.has_gone_out("a:0");
    assert!(!memory.tries("a:0", "one", now));
    assert!(memory.tries("a:0", "two", now));
    assert!(memory.tries("a:1", "one", now));
    // And after the time in which Meta may deliver again nothing is known.
    memory.has_gone_out("a:1");
    assert!(memory.tries("a:1", "one", Millis(now.0 + 16 * 60 * 1000)));
}

#[test]
fn somebody_who_cannot_be_reached_is_not_tried_again_until_they_write() {
    for world in World::both() {
        world.graph.script.borrow_mut().push_back(refusal(Class::Undeliverable));
        let items: Vec<_> = (0..4)
            .map(|n| {
                item(
                    1,
                    world.now() + n,
                    serde_json::json!({"message": {"mid": n.to_string(), "text": "hello"}}),
                )
            })
            .collect();
        assert_eq!(world.deliver(&items), 200);
        assert_eq!((world.graph.calls.get(), world.kv.events().len()), (1, 4));
        assert_eq!(hello(&world, "later"), 200);
        assert_eq!(world.said(), [ROOT]);
    }
}

#[test]
fn what_meta_refuses_goes_out_once_in_plain_words_and_is_an_alert() {
    for world in World::both() {
        world.graph.script.borrow_mut().push_back(refusal(Class::BadRequest));
        assert_eq!(hello(&world, "a"), 200);
        let sent = world.graph.sent.borrow();
        assert!(sent.first().unwrap().pointer("/message/quick_replies").is_none());
        assert!(world.log.borrow().iter().any(|line| line.contains("please report")));
        drop(sent);
        world
            .graph
            .script
            .borrow_mut()
            .extend([refusal(Class::BadRequest), refusal(Class::BadRequest)]);
        assert_eq!(hello(&world, "b"), 200);
        assert_eq!(world.graph.calls.get(), 4, "twice, and no more");
    }
}

#[test]
fn an_isolate_that_is_new_knows_nothing_and_asks_the_store() {
    let mut world = World::new();
    hello(&world, "a");
    world.memories = std::array::from_fn(|_| RefCell::default());
    world.later(1000);
    assert_eq!(world.deliver(&[world.text(1, "b", "study")]), 200);
    assert_eq!(world.said().len(), 2);
}
