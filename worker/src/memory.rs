//! What one isolate remembers between requests: the last minute.
//!
//! KV may show a write late, also to the isolate that made it. What is here only ever adds to what
//! KV says, so it can be lost at any time. It also keeps two requests of one isolate from answering
//! one person at once.

use std::cell::RefCell;

use treebot::{Event, Millis};
use treebot_messenger::errors::Class;

use crate::store::{Known, Person};

/// How long an event is remembered. KV shows a write everywhere "within 60 seconds or more".
const REMEMBERED: i64 = 120_000;
/// The most events that are remembered.
const MAX_EVENTS: usize = 2000;
/// How long a person can be busy at most: a delivery is given up long before.
const MAX_BUSY: i64 = 10_000;
/// How long a page is left alone when Meta says "too many calls" without saying how long.
const DEFAULT_WAIT: i64 = 30_000;

/// The memory of an isolate.
#[derive(Debug, Default)]
pub struct Memory {
    events: Vec<Remembered>,
    busy: Vec<(Person, Millis, u64)>,
    shut: Vec<(String, Millis)>,
    turns: u64,
    last_failure: Option<Class>,
}

#[derive(Debug)]
struct Remembered {
    since: Millis,
    person: Person,
    id: String,
    /// None once the person is forgotten: then only the id is left.
    event: Option<Event>,
    /// Whether the store has it.
    stored: bool,
}

/// While this lives, nobody else answers the person.
pub struct Busy<'a> {
    memory: &'a RefCell<Memory>,
    turn: u64,
}

impl Memory {
    /// Adds what is remembered to what the store knows.
    pub fn add_to(&self, known: &mut Known, person: &Person) {
        for remembered in self.events.iter().filter(|remembered| remembered.person == *person) {
            known.answered.push(remembered.id.clone());
            if let Some(event) = &remembered.event {
                known.insert(event.clone());
            }
        }
    }

    /// Remembers an event.
    pub fn remember(&mut self, person: &Person, event: &Event, now: Millis) {
        self.events.retain(|remembered| now.0 - remembered.since.0 < REMEMBERED);
        if self.events.len() >= MAX_EVENTS {
            self.events.remove(0);
        }
        let (person, id) = (person.clone(), event.id.clone());
        self.events.push(Remembered {
            since: now,
            person,
            id,
            event: Some(event.clone()),
            stored: false,
        });
    }

    /// Keeps that the store has an event.
    pub fn stored(&mut self, person: &Person, id: &str) {
        for remembered in self
            .events
            .iter_mut()
            .filter(|remembered| remembered.person == *person && remembered.id == id)
        {
            remembered.stored = true;
        }
    }

    /// Whether an input is answered and the store has it.
    #[must_use]
    pub fn is_done(&self, person: &Person, id: &str) -> bool {
        let mut of_input = self
            .events
            .iter()
            .filter(|remembered| remembered.person == *person && remembered.id == id);
        of_input.any(|remembered| remembered.stored)
    }

    /// The event of an input that was answered, if the store has refused it so far.
    #[must_use]
    pub fn not_stored(&self, person: &Person, id: &str) -> Option<Event> {
        let remembered = self
            .events
            .iter()
            .find(|remembered| remembered.person == *person && remembered.id == id)?;
        if remembered.stored { None } else { remembered.event.clone() }
    }

    /// Forgets a person, but for the ids of what was answered.
    pub fn forget(&mut self, person: &Person) {
        for remembered in self.events.iter_mut().filter(|remembered| remembered.person == *person) {
            remembered.event = None;
        }
    }

    /// Shuts a page: Meta wants fewer calls.
    pub fn shut(&mut self, page: &str, now: Millis, wait: Option<Millis>) {
        let until = now.0.saturating_add(wait.map_or(DEFAULT_WAIT, |wait| wait.0));
        self.shut.retain(|(shut, _)| shut != page);
        self.shut.push((page.to_owned(), Millis(until)));
    }

    /// Whether a page is shut.
    #[must_use]
    pub fn is_shut(&self, page: &str, now: Millis) -> bool {
        self.shut.iter().any(|(shut, until)| shut == page && now < *until)
    }

    /// Keeps how the last message fared, for `/health`.
    pub const fn sent(&mut self, failure: Option<Class>) {
        self.last_failure = failure;
    }

    /// Why the last message was not sent, if it was not.
    #[must_use]
    pub const fn last_failure(&self) -> Option<Class> {
        self.last_failure
    }
}

impl<'a> Busy<'a> {
    /// Takes the turn for a person; none while another request has it.
    #[must_use]
    pub fn take(memory: &'a RefCell<Memory>, person: &Person, now: Millis) -> Option<Self> {
        let mut inside = memory.borrow_mut();
        // A request that was cut off may have left without a word.
        inside.busy.retain(|(_, since, _)| now.0 - since.0 < MAX_BUSY);
        if inside.busy.iter().any(|(busy, ..)| busy == person) {
            return None;
        }
        inside.turns += 1;
        let turn = inside.turns;
        inside.busy.push((person.clone(), now, turn));
        Some(Self { memory, turn })
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.memory.borrow_mut().busy.retain(|(_, _, turn)| *turn != self.turn);
    }
}
