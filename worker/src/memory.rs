//! What one isolate remembers between requests: the last minutes.
//!
//! KV may show a write late, also to the isolate that made it. What is here only ever adds to what
//! KV says, so it can be lost at any time. It also keeps two requests of one isolate from answering
//! one person at once, and a message that has gone out from going out again.

use std::cell::RefCell;

use treebot::{Event, Millis};
use treebot_messenger::errors::Class;

use crate::gate::Gates;
use crate::known::Known;
use crate::store::{Person, Written};

/// How long an event is remembered. KV shows a write everywhere "within 60 seconds or more".
const REMEMBERED: i64 = 120_000;
/// How long a message is remembered that has gone out: Meta delivers an input again for as long as it is answered 503.
const SENT_REMEMBERED: i64 = 15 * 60 * 1000;
/// The most events that are remembered, and the most messages.
const MAX_EVENTS: usize = 2000;
/// How long a person can be busy at most: a delivery is given up long before.
const MAX_BUSY: i64 = 10_000;

/// The memory of an isolate.
#[derive(Debug, Default)]
pub struct Memory {
    /// Which pages nothing is sent for.
    pub gates: Gates,
    events: Vec<Remembered>,
    messages: Vec<Message>,
    busy: Vec<(Person, Millis, u64)>,
    turns: u64,
    last_failure: Option<Class>,
}

#[derive(Debug)]
struct Remembered {
    since: Millis,
    person: Person,
    id: String,
    /// None once the person is forgotten: then only the id is left.
    event: Option<(Event, Written)>,
    /// Whether the store has it.
    stored: bool,
}

/// A message that was tried to be sent.
#[derive(Debug)]
struct Message {
    since: Millis,
    /// Which of the messages that answer which input.
    name: String,
    /// What it says, as a number.
    content: u64,
    out: bool,
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
            match &remembered.event {
                Some((event, _)) => known.insert(event.clone()),
                None => known.answered.push(remembered.id.clone()),
            }
        }
    }

    /// Remembers an event, and how it is to be written.
    pub fn remember(&mut self, person: &Person, event: &Event, written: Written, now: Millis) {
        self.make_room(now);
        let (person, id) = (person.clone(), event.id.clone());
        self.events.retain(|remembered| remembered.person != person || remembered.id != id);
        let event = Some((event.clone(), written));
        self.events.push(Remembered { since: now, person, id, event, stored: false });
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
        self.remembered(person, id).is_some_and(|remembered| remembered.stored)
    }

    /// The event of an input that was answered, if the store has refused it so far.
    #[must_use]
    pub fn not_stored(&self, person: &Person, id: &str) -> Option<Written> {
        let remembered = self.remembered(person, id).filter(|remembered| !remembered.stored)?;
        Some(remembered.event.as_ref()?.1.clone())
    }

    fn remembered(&self, person: &Person, id: &str) -> Option<&Remembered> {
        self.events.iter().find(|remembered| remembered.person == *person && remembered.id == id)
    }

    /// Forgets a person, but for the ids of what was answered; `last` is the input that asked for it.
    pub fn forget(&mut self, person: &Person, last: &str, now: Millis) {
        for remembered in self.events.iter_mut().filter(|remembered| remembered.person == *person) {
            remembered.event = None;
            remembered.stored = true;
        }
        self.done(person, last, now);
    }

    /// An input is answered and stored, by whomever.
    pub fn done(&mut self, person: &Person, id: &str, now: Millis) {
        self.make_room(now);
        let (person, id) = (person.clone(), id.to_owned());
        self.events.push(Remembered { since: now, person, id, event: None, stored: true });
    }

    fn make_room(&mut self, now: Millis) {
        self.events.retain(|remembered| now.0 - remembered.since.0 < REMEMBERED);
        if self.events.len() >= MAX_EVENTS {
            self.events.remove(0);
        }
    }

    /// A message is about to be sent. False if it has gone out already.
    pub fn tries(&mut self, name: &str, content: &str, now: Millis) -> bool {
        let content = number_of(content);
        self.messages.retain(|message| now.0 - message.since.0 < SENT_REMEMBERED);
        if self.messages.len() >= MAX_EVENTS {
            self.messages.remove(0);
        }
        let known = self.messages.iter_mut().find(|message| message.name == name);
        match known {
            Some(message) if message.content == content => return !message.out,
            Some(message) => (message.content, message.out, message.since) = (content, false, now),
            None => {
                let name = name.to_owned();
                self.messages.push(Message { since: now, name, content, out: false });
            }
        }
        true
    }

    /// A message has gone out: Meta has said so, or has shown it to us.
    pub fn has_gone_out(&mut self, name: &str) {
        if let Some(message) = self.messages.iter_mut().find(|message| message.name == name) {
            message.out = true;
        }
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

/// A text as a number (FNV-1a), to tell it from another that was to be sent under the same name.
fn number_of(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |number, byte| {
        (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
