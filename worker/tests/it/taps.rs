//! Taps: always what was on the button, whatever has become of the conversation, the tree and the store.
#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::json;
use treebot_messenger::errors::Class;
use treebot_messenger::incoming::{BACK, FORGET, FORGET_NO, FORGET_YES, HELP, RESTART};

use crate::fakes::{World, item, refusal, tree};

const ROOT: &str = "What brings you to the UK?";
const STUDY: &str = "How long will you stay?";
const SHORT: &str = "A short-term study visa fits.";

/// Presses a button, and gives what came back.
fn taps(world: &World, isolate: usize, title: &str, payload: &str) -> Vec<String> {
    world.later(5000);
    let before = world.said().len();
    let tap = world.tap(1, &format!("t{}", world.now()), title, payload);
    assert_eq!(futures_executor::block_on(world.deliver_to(isolate, &[tap])).status, 200);
    world.said().split_off(before)
}

fn says(world: &World, text: &str) -> Vec<String> {
    world.later(5000);
    let before = world.said().len();
    assert_eq!(world.deliver(&[world.text(1, &format!("m{}", world.now()), text)]), 200);
    world.said().split_off(before)
}

/// Somebody who was asked how long they will study, with the payloads of what they were offered.
fn begun(world: &World) -> (String, String) {
    says(world, "hello");
    let study = world.payload("2");
    says(world, "study");
    (study, world.payload("up to 6 months"))
}

#[test]
fn current_and_old_ones() {
    for world in World::both() {
        let (study, short) = begun(&world);
        assert_eq!(taps(&world, 0, "up to 6 months", &short), [SHORT]);
        says(&world, "start again");
        says(&world, "business/work");
        assert_eq!(taps(&world, 0, "up to 6 months", &short), [SHORT]);
        assert_eq!(taps(&world, 0, "2", &study), [STUDY]);
        assert_eq!(says(&world, "up to 6 months"), [SHORT], "one goes on from there");
    }
}

#[test]
fn doubled_within_three_seconds_and_no_later() {
    for world in World::both() {
        let (_, short) = begun(&world);
        let tap = |mid: &str, after: i64| {
            world.later(after);
            let before = world.said().len();
            world.deliver(&[world.tap(1, mid, "up to 6 months", &short)]);
            world.said().split_off(before)
        };
        assert_eq!(tap("a", 5000), [SHORT]);
        assert!(tap("b", 1500).is_empty());
        assert_eq!(world.kv.events().len(), 4, "it is recorded all the same");
        assert_eq!(tap("c", 3001), [SHORT]);
    }
}

#[test]
fn what_is_pressed_again_and_again_is_measured_from_the_press_that_was_answered() {
    for world in World::both() {
        let (_, short) = begun(&world);
        let mut said = Vec::new();
        for number in 0..5 {
            world.later(2900);
            let before = world.said().len();
            world.deliver(&[world.tap(1, &format!("p{number}"), "up to 6 months", &short)]);
            said.push(world.said().len() - before);
            world.evict();
        }
        assert_eq!(said, [1, 0, 1, 0, 1]);
    }
}

#[test]
fn entries_of_the_menu_pressed_twice_are_answered_once() {
    for world in World::both() {
        begun(&world);
        let twice = |title: &str, payload: &str| {
            world.later(5000);
            let before = world.said().len();
            for (press, after) in [("one", 0), ("two", 1500)] {
                world.later(after);
                let mid = format!("{press}{}", world.now());
                world.deliver(&[world.tap(1, &mid, title, payload)]);
                world.evict();
            }
            world.said().split_off(before)
        };
        says(&world, "up to 6 months");
        assert_eq!(twice("Back", BACK), [STUDY]);
        let back = taps(&world, 0, "Back", BACK);
        assert_eq!(back, [ROOT], "one answer was taken back, and now another");
        says(&world, "study");
        assert_eq!(twice("Help", HELP).len(), 1);
        assert_eq!(says(&world, "up to 6 months"), [SHORT]);
        assert_eq!(twice("Start again", RESTART), [ROOT]);
        assert_eq!(twice("Delete my data", FORGET), [ASKED]);
        assert_eq!(says(&world, "yes"), [DELETED], "it still waits");
    }
}

#[test]
fn get_started_pressed_twice_greets_once() {
    for world in World::both() {
        for (mid, after) in [("a", 0), ("b", 1000), ("c", 5000)] {
            world.later(after);
            world.deliver(&[world.tap(1, mid, "Get Started", "treebot:start")]);
        }
        assert_eq!(world.said(), [ROOT, ROOT]);
    }
}

#[test]
fn foreign_ones_and_those_without_a_payload_count_as_what_is_on_them() {
    for world in World::both() {
        says(&world, "hello");
        assert_eq!(taps(&world, 0, "study", "CARE_HELP"), [STUDY]);
        says(&world, "start again");
        world.later(5000);
        let before = world.said().len();
        world.deliver(&[item(1, world.now(), json!({"postback": {"mid": "p", "title": "study"}}))]);
        assert_eq!(world.said().split_off(before), [STUDY]);
        assert_eq!(taps(&world, 0, "up to 6 months", &"x".repeat(2000)), [SHORT]);
    }
}

#[test]
fn on_an_empty_and_on_a_stale_store() {
    for world in World::both() {
        let (study, short) = begun(&world);
        world.kv.freeze();
        says(&world, "more than 6 months");
        assert_eq!(taps(&world, 2, "up to 6 months", &short), [SHORT]);
        assert_eq!(taps(&world, 1, "2", &study), [STUDY]);
        // Somebody of whom nothing is known.
        let empty = World::new();
        assert_eq!(taps(&empty, 0, "up to 6 months", &short), [SHORT]);
        assert_eq!(says(&empty, "back"), [STUDY]);
    }
}

#[test]
fn on_an_edited_tree() {
    let edited = |source: &str| {
        let mut world = World::new();
        let (_, short) = begun(&world);
        world.tree = tree(source);
        (taps(&world, 0, "up to 6 months", &short), world)
    };
    // Other words, another order, another label: the same answer.
    let (said, _) = edited(
        "say: Why?\nanswers:\n  work: W\n  study: {label: Learn, say: For how long?, answers: {more: M, up to 6 months: {label: Short, say: S.}}}\n",
    );
    assert_eq!(said, ["S."]);
    // Renamed, and known by its former key.
    let (said, _) = edited(
        "say: Why?\nanswers:\n  study: {say: How long?, answers: {half a year: {was: [up to 6 months], say: H.}, longer: L}}\n",
    );
    assert_eq!(said, ["H."]);
    // Gone: what survives is asked, and it is said that something has changed.
    let (said, world) = edited(
        "say: Why?\nanswers:\n  study: {say: How long now?, answers: {one year: O, two years: T}}\n",
    );
    assert_eq!(said, ["This conversation has been updated since, and that question has changed."]);
    let last = world.graph.sent.borrow().last().unwrap().to_string();
    assert!(last.contains("How long now?") && last.contains("one year"), "{last}");
    let (said, _) = edited("say: Why not?\nanswers: {work: W, play: P}\n");
    assert_eq!(said.len(), 1);
}

#[test]
fn verbs_act_anywhere() {
    for world in World::both() {
        begun(&world);
        assert_eq!(taps(&world, 0, "Start again", RESTART), [ROOT]);
        let asked = taps(&world, 0, "Delete my data", FORGET);
        assert!(asked.first().unwrap().starts_with("Shall I delete everything"), "{asked:?}");
        assert_eq!(
            says(&world, "yes"),
            ["Everything I had stored about this conversation is deleted."]
        );
        assert!(world.kv.events().is_empty());
        // Before anything was said, too.
        let new = World::new();
        assert_eq!(taps(&new, 0, "Start again", RESTART), [ROOT]);
    }
}

#[test]
fn the_pages_of_a_long_list_are_turned_and_each_only_once() {
    let answers: String = (0..30).map(|n| format!("  answer {n}: You chose {n}\n")).collect();
    for mut world in World::both() {
        world.tree = tree(&format!("say: Which?\nanswers:\n{answers}"));
        says(&world, "hello");
        let more = world.payload("More…");
        assert!(more.ends_with("=m12"), "{more}");
        assert_eq!(taps(&world, 0, "More…", &more), ["Which?"]);
        let next = world.payload("More…");
        assert!(next.ends_with("=m24"), "{next}");
        // A finger that comes down twice; then the next page, as quickly.
        world.later(1000);
        world.deliver(&[world.tap(1, "again", "More…", &more)]);
        assert_eq!(world.said().len(), 2);
        world.deliver(&[world.tap(1, "next", "More…", &next)]);
        assert_eq!(world.said().len(), 3);
        let last = world.payload("answer 29");
        assert_eq!(taps(&world, 0, "answer 29", &last), ["You chose 29"]);
    }
}

const ASKED: &str =
    "Shall I delete everything I have stored about this conversation? Say \"yes\" to delete it.";
const DELETED: &str = "Everything I had stored about this conversation is deleted.";
const KEPT: &str = "Nothing was deleted.";

#[test]
fn whether_all_is_to_be_deleted_is_answered_by_a_press() {
    for world in World::both() {
        begun(&world);
        assert_eq!(says(&world, "delete my data"), [ASKED]);
        let (yes, no) = (world.payload("Yes"), world.payload("No"));
        assert_eq!(taps(&world, 0, "No", &no), [KEPT]);
        assert_eq!(says(&world, "up to 6 months"), [SHORT], "one goes on from there");
        // An old one: nothing waits for it, so what is said last is said again.
        assert_eq!(taps(&world, 0, "No", &no), [SHORT]);
        says(&world, "delete my data");
        assert_eq!(taps(&world, 0, "Yes", &yes), [DELETED]);
        assert!(world.kv.events().is_empty());
        // What was pressed before it and comes after it is nothing any more; a "no" that is pressed then begins anew,
        // and claims nothing of what was deleted.
        let late = item(
            1,
            world.now() - 1000,
            json!({"postback": {"mid": "late", "title": "No", "payload": no}}),
        );
        assert_eq!((world.deliver(&[late]), world.said().len()), (200, 8));
        assert_eq!(taps(&world, 0, "No", &no), [ROOT]);
        // An old "yes" does what it says.
        assert_eq!(taps(&world, 0, "Yes", &yes), [DELETED]);
        assert!(world.kv.events().is_empty());
    }
}

#[test]
fn a_yes_that_is_pressed_twice_or_delivered_twice_is_answered_once_and_deletes() {
    for world in World::both() {
        begun(&world);
        says(&world, "delete my data");
        assert_eq!(taps(&world, 0, "Yes", FORGET_YES), [DELETED]);
        let before = world.said().len();
        for (mid, after) in [("twice", 1500), ("twice", 0), ("twice", 60_000)] {
            world.later(after);
            let at = world.now() - after;
            let press = item(
                1,
                at,
                json!({"postback": {"mid": mid, "title": "Yes", "payload": FORGET_YES}}),
            );
            assert_eq!(world.deliver(&[press]), 200);
        }
        assert_eq!(world.said().len(), before);
        assert!(world.kv.events().is_empty());
        // Something was said in between: it is deleted, too.
        says(&world, "hello");
        assert_eq!(taps(&world, 1, "Yes", FORGET_YES), [DELETED]);
        assert!(world.kv.events().is_empty());
    }
}

#[test]
fn a_pressed_yes_deletes_whatever_the_store_shows() {
    let world = World::new();
    begun(&world);
    world.kv.freeze();
    says(&world, "delete my data");
    // Elsewhere the question does not show. What is typed there is typed at another one; what is pressed says what it is.
    assert_eq!(taps(&world, 2, "Yes", FORGET_YES), [DELETED]);
    assert!(world.kv.all().keys().any(|key| key.contains(":!")));
    assert_eq!(taps(&World::new(), 0, "Yes", FORGET_YES), [DELETED]);
    assert_eq!(taps(&World::new(), 0, "No", FORGET_NO), [ROOT]);
}

#[test]
fn foreign_ones_with_these_words_count_as_what_is_on_them() {
    for world in World::both() {
        begun(&world);
        for (title, payload, answer) in [
            ("No", "CARE_NO", KEPT),
            ("No", "treebot:forget:maybe", KEPT),
            ("Yes", "treebot:forget:yes ", DELETED),
        ] {
            assert_eq!(says(&world, "delete my data"), [ASKED]);
            assert_eq!(taps(&world, 0, title, payload), [answer]);
        }
        // No link leads there: whoever follows one has not been asked.
        begun(&world);
        world.later(5000);
        let events = world.kv.events().len();
        world.deliver(&[item(1, world.now(), json!({"referral": {"ref": FORGET_YES}}))]);
        assert_eq!(world.kv.events().len(), events + 1);
    }
}

#[test]
fn who_wants_to_be_forgotten_is_also_where_they_cannot_be_told() {
    for (class, left) in
        [(Class::Undeliverable, 0), (Class::WindowClosed, 0), (Class::NotThreadOwner, 4)]
    {
        for world in World::both() {
            begun(&world);
            says(&world, "delete my data");
            world.graph.script.borrow_mut().push_back(refusal(class));
            assert!(says(&world, "yes").is_empty());
            assert_eq!(world.kv.events().len(), left, "{class:?}");
        }
    }
}
