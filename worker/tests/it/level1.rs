//! One person's object: what it takes over, what it refuses, what it forgets.
#![expect(clippy::unwrap_used, reason = "tests")]

use futures_executor::block_on;
use futures_util::future::join_all;
use treebot::Millis;
use treebot_messenger::errors::{Class, Failure};
use treebot_worker::sequencer::{Tidied, tidy};

use crate::fakes::{Notes, Object, World, echo, refusal};
use crate::kv::Location;

const ROOT: &str = "What brings you to the UK?";
const DAY: i64 = 24 * 60 * 60 * 1000;

/// A conversation of these texts, at level 1, with nothing to be seen in KV.
fn talk(texts: &[&str]) -> World {
    let world = World::of_level(1, 1);
    world.kv.freeze();
    for text in texts {
        world.later(5000);
        assert_eq!(world.deliver(&[world.text(1, &world.now().to_string(), text)]), 200);
    }
    world
}

#[test]
fn what_is_written_is_read_whatever_kv_shows() {
    let world = talk(&["hello", "study", "up to 6 months"]);
    assert_eq!(world.said().last().unwrap(), "A short-term study visa fits.");
    assert_eq!(world.kv.events().len(), 3, "and KV has it all the same");
}

#[test]
fn posts_at_once_to_all_isolates_are_answered_one_after_the_other() {
    let world = talk(&["hello"]);
    world.later(5000);
    let posts = ["study", "more than 6 months", "back", "up to 6 months"]
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let mut item = world.text(1, text, text);
            item.as_object_mut()
                .unwrap()
                .insert("timestamp".to_owned(), (world.now() + i64::try_from(at).unwrap()).into());
            (at % 3, [item])
        })
        .collect::<Vec<_>>();
    let answers =
        block_on(join_all(posts.iter().map(|(isolate, item)| world.deliver_to(*isolate, item))));
    assert!(answers.iter().all(|answer| answer.status == 200));
    assert_eq!(world.said().last().unwrap(), "A short-term study visa fits.");
    assert_eq!(world.said().len(), 5);
}

#[test]
fn a_conversation_from_before_the_binding_goes_on_and_one_from_after_it_too() {
    let mut world = World::new();
    for text in ["hello", "study"] {
        world.later(5000);
        world.deliver(&[world.text(1, text, text)]);
    }
    let again = world.text(1, "study", "study");
    world.switch_to(1);
    assert_eq!(world.deliver(&[again]), 200);
    assert_eq!(world.said().len(), 2, "what was answered before is known");
    world.later(5000);
    world.deliver(&[world.text(1, "a", "up to 6 months")]);
    assert_eq!(world.said().last().unwrap(), "A short-term study visa fits.");
    world.switch_to(0);
    world.later(5000);
    world.deliver(&[world.text(1, "b", "back")]);
    assert_eq!(world.said().last().unwrap(), "How long will you stay?");
}

#[test]
fn what_kv_refused_is_given_to_it_at_the_next_delivery() {
    let world = talk(&["hello"]);
    world.kv.failing_writes.set(1);
    world.later(5000);
    let study = [world.text(1, "s", "study")];
    assert_eq!(world.deliver(&study), 503);
    assert_eq!((world.said().len(), world.kv.events().len()), (2, 1));
    // Whatever the isolate has forgotten meanwhile: it is in the object.
    world.evict();
    assert_eq!(world.deliver(&study), 200);
    assert_eq!((world.said().len(), world.kv.events().len()), (2, 2));
    assert_eq!(world.deliver(&study), 200);
}

#[test]
fn after_a_deletion_what_is_older_is_refused_and_what_is_new_is_not() {
    let world = talk(&["hello", "study"]);
    let late = world.text(1, "late", "my late secret");
    for text in ["delete my data", "yes"] {
        world.later(5000);
        world.deliver(&[world.text(1, text, text)]);
    }
    let yes = world.text(1, "yes", "yes");
    world.evict();
    let said = world.said().len();
    assert_eq!(world.deliver(&[late, yes]), 200);
    assert_eq!(world.said().len(), said);
    let object = world.object(&world.person(1)).unwrap();
    let kept: Vec<String> = object.notes.borrow().keys().cloned().collect();
    assert_eq!(kept, ["forgotten", "loaded", "told"]);

    world.later(5000);
    assert_eq!(world.deliver(&[world.text(1, "new", "good day")]), 200);
    assert_eq!(world.said().last().unwrap(), ROOT, "nothing is known any more");
    // What KV did not show at the time the scheduled handler deletes, but not what is new.
    world.kv.lateness.set(crate::kv::Lateness::None);
    assert!(world.kv.events().len() > 1);
    Location { kv: &world.kv, number: 0 }.forget_the_rest();
    assert_eq!(world.kv.events().len(), 1);
}

#[test]
fn without_a_binding_too_what_is_older_than_a_deletion_is_refused() {
    let world = World::new();
    for text in ["hello", "study"] {
        world.later(5000);
        world.deliver(&[world.text(1, text, text)]);
    }
    let late = world.text(1, "late", "my late secret");
    for text in ["delete my data", "yes"] {
        world.later(5000);
        world.deliver(&[world.text(1, text, text)]);
    }
    let yes = world.text(1, "yes", "yes");
    let said = world.said().len();
    for isolate in [0, 1] {
        assert_eq!(block_on(world.deliver_to(isolate, &[late.clone(), yes.clone()])).status, 200);
    }
    assert_eq!((world.said().len(), world.kv.events().len()), (said, 0));
}

#[test]
fn an_object_keeps_the_newest_events_and_a_day_and_a_half_of_ids_and_in_the_end_nothing() {
    let world = talk(&["hello"]);
    for number in 0..60 {
        world.later(5000);
        world.deliver(&[world.text(1, &number.to_string(), "help")]);
    }
    let object = world.object(&world.person(1)).unwrap();
    let events =
        |object: &Object| object.notes.borrow().keys().filter(|key| key.starts_with("e:")).count();
    let tidied = |days: i64| {
        let now = Millis(world.now() + days * DAY);
        (tidy(&Notes(&object), now, Millis(90 * DAY)).unwrap(), events(&object))
    };
    let again = |days: i64| Tidied::Until(Millis(world.now() + (days + 1) * DAY));
    assert_eq!(tidied(1), (again(1), 61));
    assert_eq!(tidied(2), (again(2), 20));
    assert_eq!(tidied(89), (again(89), 20));
    // The newest is of this very moment, 90 days ago.
    assert_eq!(tidied(90), (again(90), 1));
    assert_eq!(tidied(91), (Tidied::Empty, 0));
    assert_eq!(tidy(&Notes(&Object::default()), Millis(0), Millis(DAY)), Ok(Tidied::Empty));
}

#[test]
fn what_is_older_than_conversations_are_kept_goes_also_where_somebody_still_writes() {
    let world = talk(&["hello", "my words of long ago"]);
    let object = world.object(&world.person(1)).unwrap();
    for visit in 0..4 {
        world.later(50 * DAY);
        world.deliver(&[world.text(1, &format!("v{visit}"), "help")]);
        assert_ne!(tidy(&Notes(&object), Millis(world.now()), Millis(90 * DAY)), Ok(Tidied::Empty));
        let kept = object.notes.borrow().values().any(|note| note.contains("long ago"));
        assert_eq!(kept, visit == 0, "they are {} days old", (visit + 1) * 50);
    }
    let events = object.notes.borrow().keys().filter(|key| key.starts_with("e:")).count();
    assert_eq!(events, 2);
}

#[test]
fn that_somebody_was_forgotten_is_not_kept_longer_because_they_write_again() {
    let world = talk(&["hello", "delete my data", "yes", "hello again"]);
    let object = world.object(&world.person(1)).unwrap();
    let keeps_it = |hours: i64| {
        let now = Millis(world.now() + hours * 60 * 60 * 1000);
        assert_ne!(tidy(&Notes(&object), now, Millis(90 * DAY)), Ok(Tidied::Empty));
        object.notes.borrow().contains_key("forgotten")
    };
    assert!(keeps_it(35));
    assert!(!keeps_it(37));
}

#[test]
fn a_wish_to_be_forgotten_is_kept_for_as_long_as_something_late_may_come() {
    let world = talk(&["hello", "delete my data", "yes"]);
    let object = world.object(&world.person(1)).unwrap();
    let tidied = |hours: i64| {
        tidy(&Notes(&object), Millis(world.now() + hours * 60 * 60 * 1000), Millis(90 * DAY))
            .unwrap()
    };
    assert_ne!(tidied(35), Tidied::Empty);
    assert_eq!(tidied(37), Tidied::Empty);
}

#[test]
fn an_object_that_does_not_answer_is_asked_again_until_the_input_is_too_old() {
    let world = World::of_level(1, 1);
    let hello = [world.text(1, "a", "hello")];
    world.broken_objects.set(true);
    assert_eq!(world.deliver(&hello), 503);
    assert_eq!(world.graph.calls.get(), 0);
    world.later(11 * 60 * 1000);
    assert_eq!(world.deliver(&hello), 200);
    assert_eq!(world.said(), [ROOT], "late rather than never");
}

#[test]
fn a_rate_limit_that_one_object_meets_shuts_the_page_for_all() {
    let world = World::of_level(1, 1);
    let hello = |person: u32| [world.text(person, &format!("m{person}"), "hello")];
    world.graph.script.borrow_mut().push_back(refusal(Class::RateLimited));
    assert_eq!(world.deliver(&hello(1)), 503);
    for person in 2..6 {
        assert_eq!(world.deliver(&hello(person)), 503);
    }
    // Meta was asked once, and so were the objects.
    assert_eq!((world.graph.calls.get(), world.handed_over.get()), (1, 1));

    // The next one lasts twice as long, whoever meets it.
    world.later(30_000);
    world.graph.script.borrow_mut().push_back(refusal(Class::RateLimited));
    assert_eq!(world.deliver(&hello(2)), 503);
    world.later(59_000);
    assert_eq!(world.deliver(&hello(3)), 503);
    assert_eq!((world.graph.calls.get(), world.handed_over.get()), (2, 2));

    // When a message is taken it is over.
    world.later(1000);
    for person in 1..6 {
        assert_eq!(world.deliver(&hello(person)), 200);
    }
    assert_eq!(world.said().len(), 5);
    world.graph.script.borrow_mut().push_back(refusal(Class::RateLimited));
    assert_eq!(world.deliver(&[world.text(1, "again", "study")]), 503);
    world.later(30_000);
    assert_eq!(world.deliver(&[world.text(1, "again", "study")]), 200);
}

#[test]
fn while_the_page_is_shut_what_needs_no_message_is_done_and_what_is_too_old_is_given_up() {
    let world = World::of_level(1, 1);
    let old = world.text(2, "old", "hello");
    world.deliver(&[world.text(1, "m1", "hello")]);
    world.later(10 * 60 * 1000 + 1);
    world.graph.script.borrow_mut().push_back(refusal(Class::RateLimited));
    assert_eq!(world.deliver(&[world.text(3, "m3", "hello")]), 503);
    let calls = world.graph.calls.get();
    assert_eq!(world.deliver(&[old]), 200);
    assert_eq!(world.deliver(&[echo(1, world.now(), "e", None, None)]), 200);
    assert_eq!(world.graph.calls.get(), calls, "nobody asked Meta");
    world.later(60_000);
    let said = world.said().len();
    assert_eq!(world.deliver(&[world.text(1, "m4", "study")]), 200);
    assert_eq!(world.said().len(), said, "somebody else answers");
}

#[test]
fn a_long_stop_that_others_have_noted_is_known_before_anything_is_handed_over() {
    let world = World::of_level(1, 1);
    let failure = Failure { wait: Some(Millis(30 * 60_000)), ..refusal(Class::RateLimited) };
    world.graph.script.borrow_mut().push_back(failure);
    assert_eq!(world.deliver(&[world.text(1, "a", "hello")]), 503);
    let other = [world.text(2, "b", "hello")];
    assert_eq!(block_on(world.deliver_to(1, &other)).status, 503);
    assert_eq!((world.graph.calls.get(), world.handed_over.get()), (1, 1));
}

#[test]
fn an_object_that_knows_the_person_by_other_settings_has_answered_nothing() {
    for other in [("STATE_SECRET", "another"), ("PAGE_ID", "7")] {
        let mut world = World::of_level(1, 1);
        world.config_of_objects = Some(World::with_settings(1, 1, &[other]).config);
        let hello = [world.text(1, "a", "hello")];
        assert_eq!(world.deliver(&hello), 503);
        assert!(world.said().is_empty());
        // Once both have the same, it is answered; and if that takes long, here.
        world.later(11 * 60 * 1000);
        assert_eq!(world.deliver(&hello), 200);
        world.config_of_objects = None;
        assert_eq!(world.deliver(&hello), 200);
        assert_eq!((world.said().len(), world.kv.events().len()), (1, 1));
    }
}
