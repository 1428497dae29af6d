//! What is deleted, what is said of it, and for how long the rest is kept.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use futures_executor::block_on;
use treebot_messenger::errors::Class;
use treebot_messenger::incoming::FORGET_YES;
use treebot_worker::store::Row;

use crate::fakes::{World, refusal};
use crate::kv::Location;

const ROOT: &str = "What brings you to the UK?";
const ASKED: &str =
    "Shall I delete everything I have stored about this conversation? Say \"yes\" to delete it.";
const DELETED: &str = "Everything I had stored about this conversation is deleted.";
const BEING_DELETED: &str = "Everything I had stored about this conversation is being deleted. None of it is used any more, and the last of it is gone after some hours.";
const HOUR: i64 = 60 * 60 * 1000;
/// All calls that one request may make. (Workers' free plan)
const MAX_CALLS: u32 = 50;

fn says(world: &World, text: &str) -> Vec<String> {
    world.later(5000);
    let before = world.said().len();
    assert_eq!(world.deliver(&[world.text(1, &format!("m{}", world.now()), text)]), 200);
    world.said().split_off(before)
}

/// Somebody of whom so much is stored.
fn talk(level: u8, events: usize) -> World {
    let world = World::of_level(level, 1);
    for _ in 0..events {
        says(&world, "study");
    }
    world
}

#[test]
fn nobody_is_told_that_all_is_deleted_before_it_is() {
    for level in [0, 1] {
        let world = talk(level, 5);
        world.later(5000);
        let press = [world.tap(1, "y", "Yes", FORGET_YES)];
        let before = world.said().len();
        world.kv.failing_deletes.set(1);
        assert_eq!(world.deliver(&press), 503);
        assert_eq!(world.said().len(), before);
        for isolate in [1, 2, 0] {
            world.later(500);
            assert_eq!(block_on(world.deliver_to(isolate, &press)).status, 200);
            assert_eq!(world.said().split_off(before), [DELETED], "once");
            assert!(world.kv.events().is_empty());
            world.evict();
        }
    }
}

#[test]
fn who_could_not_be_told_at_once_is_told_when_it_is_delivered_again_and_once() {
    for level in [0, 1] {
        let world = talk(level, 5);
        says(&world, "delete my data");
        world.later(5000);
        let press = [world.tap(1, "y", "Yes", FORGET_YES)];
        let before = world.said().len();
        world.graph.script.borrow_mut().extend([Class::Transient, Class::Transient].map(refusal));
        assert_eq!(world.deliver(&press), 503);
        assert!(world.kv.events().is_empty(), "it is deleted all the same");
        assert_eq!(world.said().len(), before);
        for isolate in [1, 2, 0] {
            world.evict();
            assert_eq!(block_on(world.deliver_to(isolate, &press)).status, 200);
            assert_eq!(world.said().split_off(before), [DELETED]);
        }
        assert_eq!(says(&world, "hello"), [ROOT]);
        world.evict();
        assert_eq!(world.deliver(&press), 200);
        assert_eq!((world.said().len(), world.kv.events().len()), (before + 2, 1));
    }
}

#[test]
fn of_much_as_much_is_deleted_as_one_request_may_and_the_words_say_so() {
    for level in [0, 1] {
        for typed in [false, true] {
            let world = talk(level, 150);
            assert_eq!(says(&world, "delete my data"), [ASKED]);
            let calls = || world.kv.calls.get() + world.graph.calls.get();
            let (before, stored) = (calls(), world.kv.events().len());
            if typed {
                assert_eq!(says(&world, "yes"), [BEING_DELETED]);
            } else {
                world.later(5000);
                let press = [world.tap(1, "y", "Yes", FORGET_YES)];
                assert_eq!(world.deliver(&press), 200);
                assert_eq!(world.said().last().unwrap(), BEING_DELETED);
            }
            assert!(calls() - before <= MAX_CALLS, "{}", calls() - before);
            let left = world.kv.events().len();
            assert!(left > 0 && stored - left >= 30, "{left} of {stored}");
            // None of it is used, whoever looks.
            world.evict();
            assert_eq!(says(&world, "up to 6 months"), [ROOT]);
            let location = Location { kv: &world.kv, number: 0 };
            for _ in 0..4 {
                world.later(HOUR);
                location.forget_the_rest();
            }
            assert_eq!(world.kv.events().len(), 1, "what was said since");
        }
    }
}

#[test]
fn deletions_of_many_do_not_wait_for_one_and_all_come_to_an_end() {
    let world = talk(0, 300);
    for person in 2..40 {
        world.deliver(&[world.text(person, "m", "hello")]);
    }
    world.later(5000);
    world.kv.failing_deletes.set(u32::MAX);
    for person in 1..40 {
        assert_eq!(world.deliver(&[world.tap(person, "y", "Yes", FORGET_YES)]), 503);
    }
    world.kv.failing_deletes.set(0);
    let location = Location { kv: &world.kv, number: 0 };
    let left = || {
        let who = |row: Row| row.key.split(':').nth(2).unwrap().to_owned();
        world.kv.events().into_iter().map(who).collect::<BTreeSet<_>>().len()
    };
    let mut runs = 0;
    while left() > 0 {
        world.later(HOUR);
        location.forget_the_rest();
        runs += 1;
        assert!(runs < 30, "{} are left", left());
    }
    // In the end nothing is left of the wishes either.
    for _ in 0..10 {
        world.later(HOUR);
        location.forget_the_rest();
    }
    assert!(!world.kv.all().keys().any(|key| key.starts_with("f1:")));
}

#[test]
fn events_expire_after_the_days_that_are_set_and_deletions_when_nothing_older_can_come() {
    const DAY: u64 = 24 * 60 * 60;
    for (level, days) in [(0, "30"), (1, "30"), (0, ""), (1, "")] {
        let world = World::with_settings(level, 1, &[("RETENTION_DAYS", days)]);
        let kept = if days.is_empty() { 90 * DAY } else { 30 * DAY };
        says(&world, "hello");
        says(&world, "study");
        let of = |prefix: &str, what: &dyn Fn(&str) -> bool| {
            let expires = world.kv.expires.borrow();
            let found = expires.iter().filter(|(key, _)| key.starts_with(prefix) && what(key));
            found.map(|(_, seconds)| *seconds).collect::<Vec<_>>()
        };
        assert_eq!(of("e1:", &|_| true), [kept, kept]);
        says(&world, "delete my data");
        says(&world, "yes");
        assert_eq!(of("e1:", &|key| key.contains(":!")), [36 * 60 * 60]);
        assert_eq!(of("f1:", &|_| true), [kept]);
    }
}
