//! What an isolate remembers, and for how long.

use treebot::{History, Input, InputKind, Millis, TurnOptions, turn};
use treebot_worker::known::Known;
use treebot_worker::memory::Memory;
use treebot_worker::store::{Person, Wish, Written};

use crate::fakes::World;

const NOON: i64 = 1_795_330_800_000;

/// An isolate, in which people have said things.
struct Isolate {
    world: World,
    memory: Memory,
    said: i64,
}

impl Isolate {
    fn new() -> Self {
        Self { world: World::new(), memory: Memory::default(), said: 0 }
    }

    /// Somebody says hello; the id of that.
    fn hears(&mut self, person: &Person, at: i64) -> String {
        self.said += 1;
        let id = format!("{:024}", self.said);
        let input = Input { at: Millis(at), id, kind: InputKind::Text("hello".to_owned()) };
        let turn = turn(&self.world.tree, &History::new(), &input, &TurnOptions::default());
        let written = Written::new(person, &turn.event, None, None);
        self.memory.remember(person, &turn.event, std::rc::Rc::new(written), Millis(at));
        input.id
    }
}

fn person(n: usize) -> Person {
    Person::new("secret", "104512345678901", &n.to_string())
}

#[test]
fn what_one_person_writes_drives_out_nobody_else() {
    let mut isolate = Isolate::new();
    let other = isolate.hears(&person(1), NOON);
    let many: Vec<String> = (0..2500).map(|n| isolate.hears(&person(2), NOON + n / 100)).collect();
    assert!(isolate.memory.is_answered(&person(1), &other));
    assert!(many.iter().rev().take(100).all(|id| isolate.memory.is_answered(&person(2), id)));
    assert!(!isolate.memory.is_answered(&person(2), &other), "each has their own");
}

#[test]
fn what_is_newer_than_a_deletion_is_still_to_be_stored() {
    let mut isolate = Isolate::new();
    let ids: Vec<String> = (0..2).map(|n| isolate.hears(&person(1), NOON + n)).collect();
    isolate.memory.forget(&person(1), &Wish::of(Millis(NOON)));
    let stored = |id: &String| isolate.memory.not_stored(&person(1), id).is_none();
    assert_eq!(ids.iter().map(stored).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn only_the_newest_is_looked_at_however_much_there_is() {
    let mut isolate = Isolate::new();
    let ids: Vec<String> = (0..90).map(|n| isolate.hears(&person(1), NOON + n)).collect();
    let mut known = Known::default();
    isolate.memory.add_to(&mut known, &person(1));
    assert_eq!(known.history.newest().map(|event| &event.id), ids.last());
    assert!(known.history.len() < 10);
}

#[test]
fn it_lasts_two_minutes() {
    let mut isolate = Isolate::new();
    let old = isolate.hears(&person(1), NOON);
    let late = isolate.hears(&person(1), NOON + 119_000);
    assert!(isolate.memory.is_answered(&person(1), &old));
    isolate.hears(&person(2), NOON + 120_000);
    assert!(!isolate.memory.is_answered(&person(1), &old));
    assert!(isolate.memory.is_answered(&person(1), &late));
}

#[test]
fn of_more_than_it_holds_the_oldest_goes() {
    let mut isolate = Isolate::new();
    let ids: Vec<String> = (0..2100).map(|n| isolate.hears(&person(n), NOON)).collect();
    let remembered =
        |n: usize| ids.get(n).is_some_and(|id| isolate.memory.is_answered(&person(n), id));
    assert!(!remembered(0) && !remembered(99));
    assert!(remembered(100) && remembered(2099));
}

#[test]
fn a_message_goes_out_once_until_it_says_something_else() {
    let mut memory = Memory::default();
    let at = Millis(NOON);
    assert!(memory.tries("a:0", "one", at));
    assert!(memory.tries("a:0", "one", at), "it has not gone out yet");
    memory.has_gone_out("a:0");
    assert!(!memory.tries("a:0", "one", at));
    assert!(memory.tries("a:0", "two", at));
}

#[test]
fn messages_are_remembered_for_a_quarter_of_an_hour_from_their_last_try() {
    let mut memory = Memory::default();
    let minutes = |minutes: i64| Millis(NOON + minutes * 60_000);
    memory.tries("a:0", "one", minutes(0));
    memory.tries("a:0", "two", minutes(10));
    memory.has_gone_out("a:0");
    assert!(!memory.tries("a:0", "two", minutes(24)));
    assert!(memory.tries("a:0", "two", minutes(26)));
}

#[test]
fn of_too_many_messages_the_oldest_goes() {
    let mut memory = Memory::default();
    for n in 0..2100 {
        let name = format!("{n}:0");
        memory.tries(&name, "one", Millis(NOON));
        memory.has_gone_out(&name);
    }
    assert!(memory.tries("0:0", "one", Millis(NOON)));
    assert!(!memory.tries("2099:0", "one", Millis(NOON)));
}
