//! What one isolate remembers between requests: the last minutes.
//!
//! KV may show a write late, also to the isolate that made it. What is here only ever adds to what
//! KV says, so it can be lost at any time. It also keeps two requests of one isolate from answering
//! one person at once, and a message that has gone out from going out again.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use treebot::{Event, Millis};
use treebot_messenger::errors::Class;

use crate::gate::Gates;
use crate::known::Known;
use crate::store::{Person, Wish, Written};

/// How long an event is remembered. KV shows a write everywhere "within 60 seconds or more".
const REMEMBERED: i64 = 120_000;
/// How long a message is remembered that has gone out: Meta delivers an input again for as long as it is answered 503.
const SENT_REMEMBERED: i64 = 15 * 60 * 1000;
/// The most events that are remembered, and the most messages.
const MAX_EVENTS: usize = 2000;
/// The most events of one person that are remembered: nobody means to write more in two minutes.
const MAX_OF_PERSON: usize = 100;
/// How many of them are looked at to see where the conversation stands; more, until one says so. The newest would do.
const LOOKED_AT: usize = 8;
/// How many parts the memory has: each is looked through from end to end. (Maps would be 8 KB more to load.)
const PARTS: usize = 1024;
/// How long a person can be busy at most: a delivery is given up long before.
const MAX_BUSY: i64 = 10_000;

/// The memory of an isolate.
///
/// What it costs to look something up depends neither on how many people wrote in the last minutes nor on how much one
/// of them did.
#[derive(Debug, Default)]
pub struct Memory {
    /// Which pages nothing is sent for.
    pub gates: Gates,
    /// What is remembered of each person, oldest first.
    people: Parts<Rc<Person>, Vec<Remembered>>,
    /// Whose event is the next to go, since when it is there, and its number.
    order: VecDeque<(Millis, u64, Rc<Person>)>,
    messages: Parts<Rc<str>, Message>,
    /// Which message is the next to go.
    messages_order: VecDeque<(Millis, Rc<str>)>,
    busy: Vec<(Person, Millis, u64)>,
    turns: u64,
    last_failure: Option<Class>,
}

/// Things by their names, in parts by what a name comes to as a number. That is compared first: a name is far away.
#[derive(Debug)]
struct Parts<N, T>(Vec<Vec<(u64, N, T)>>);

#[derive(Debug)]
struct Remembered {
    number: u64,
    id: String,
    /// None once the person is forgotten: then only the id is left.
    event: Option<(Event, Rc<Written>)>,
    /// Whether the store has it.
    stored: bool,
}

/// A message that was tried to be sent, by its name: which of the messages that answer which input.
#[derive(Debug)]
struct Message {
    since: Millis,
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
    /// Adds the newest of what is remembered to what the store knows.
    pub fn add_to(&self, known: &mut Known, person: &Person) {
        let mut has_place = false;
        for (number, remembered) in self.of(person).iter().rev().enumerate() {
            if number >= LOOKED_AT && has_place {
                break;
            }
            has_place |= remembered.event.as_ref().is_some_and(|(event, _)| event.place.is_some());
            match &remembered.event {
                Some((event, _)) if known.has_read(event) => {}
                Some((event, _)) => known.insert(event.clone()),
                None => known.answered.push(remembered.id.clone()),
            }
        }
    }

    /// Remembers an event, and how it is to be written.
    pub fn remember(&mut self, person: &Person, event: &Event, written: Rc<Written>, now: Millis) {
        if let Some(remembered) = self.of_mut(person) {
            remembered.retain(|remembered| remembered.id != event.id);
        }
        self.add(person, &event.id, Some((event.clone(), written)), now);
    }

    /// Keeps that the store has an event.
    pub fn stored(&mut self, person: &Person, id: &str) {
        for remembered in self.of_mut(person).into_iter().flatten() {
            remembered.stored |= remembered.id == id;
        }
    }

    /// Whether an input is answered, be it stored or not.
    #[must_use]
    pub fn is_answered(&self, person: &Person, id: &str) -> bool {
        self.remembered(person, id).is_some()
    }

    /// Whether an input is answered and the store has it.
    #[must_use]
    pub fn is_done(&self, person: &Person, id: &str) -> bool {
        self.remembered(person, id).is_some_and(|remembered| remembered.stored)
    }

    /// The event of an input that was answered, if the store has refused it so far.
    #[must_use]
    pub fn not_stored(&self, person: &Person, id: &str) -> Option<Rc<Written>> {
        let remembered = self.remembered(person, id).filter(|remembered| !remembered.stored)?;
        Some(Rc::clone(&remembered.event.as_ref()?.1))
    }

    /// Forgets what a person said up to their wish, but for the ids of what was answered. What is newer may still have to
    /// be stored.
    pub fn forget(&mut self, person: &Person, wish: &Wish) {
        for remembered in self.of_mut(person).into_iter().flatten() {
            if remembered.event.as_ref().is_some_and(|(event, _)| wish.covers(event.at)) {
                remembered.event = None;
                remembered.stored = true;
            }
        }
    }

    /// An input is answered and stored, by whomever.
    pub fn done(&mut self, person: &Person, id: &str, now: Millis) {
        self.add(person, id, None, now);
    }

    fn add(&mut self, person: &Person, id: &str, event: Option<(Event, Rc<Written>)>, now: Millis) {
        while self.order.len() >= MAX_EVENTS
            || self.order.front().is_some_and(|(since, ..)| now.0 - since.0 >= REMEMBERED)
        {
            self.drop_oldest();
        }
        self.turns += 1;
        let (number, people) = self.people.part_mut(person.pseudonym());
        let is_meant = |(of, known, _): &(u64, Rc<Person>, _)| *of == number && **known == *person;
        let at = people.iter().position(is_meant).unwrap_or_else(|| {
            people.push((number, Rc::new(person.clone()), Vec::new()));
            people.len() - 1
        });
        let Some((_, person, remembered)) = people.get_mut(at) else { return };
        self.order.push_back((now, self.turns, Rc::clone(person)));
        if remembered.len() >= MAX_OF_PERSON {
            let Remembered { number: oldest, .. } = remembered.remove(0);
            // It takes no place any more that others could have.
            if let Ok(at) = self.order.binary_search_by_key(&oldest, |(_, number, _)| *number) {
                self.order.remove(at);
            }
        }
        let stored = event.is_none();
        remembered.push(Remembered { number: self.turns, id: id.to_owned(), event, stored });
    }

    /// Forgets the oldest event of all.
    fn drop_oldest(&mut self) {
        let Some((_, number, person)) = self.order.pop_front() else { return };
        let (of, people) = self.people.part_mut(person.pseudonym());
        people.retain_mut(|(its, known, remembered)| {
            if *its == of && *known == person {
                // It may have gone before, where it was remembered anew.
                remembered.retain(|remembered| remembered.number != number);
            }
            !remembered.is_empty()
        });
    }

    /// What is remembered of a person, oldest first.
    fn of(&self, person: &Person) -> &[Remembered] {
        let (number, people) = self.people.part(person.pseudonym());
        let found = people.iter().find(|(of, known, _)| *of == number && **known == *person);
        found.map_or(&[], |(.., remembered)| remembered)
    }

    fn of_mut(&mut self, person: &Person) -> Option<&mut Vec<Remembered>> {
        let (number, people) = self.people.part_mut(person.pseudonym());
        let mut found = people.iter_mut().filter(|(of, ..)| *of == number);
        found.find(|(_, known, _)| **known == *person).map(|(.., remembered)| remembered)
    }

    fn remembered(&self, person: &Person, id: &str) -> Option<&Remembered> {
        self.of(person).iter().find(|remembered| remembered.id == id)
    }

    /// A message is about to be sent. False if it has gone out already.
    pub fn tries(&mut self, name: &str, content: &str, now: Millis) -> bool {
        let content = number_of(content);
        self.drop_messages(now);
        match self.message(name) {
            Some(message) if message.content == content => !message.out,
            Some(message) => {
                *message = Message { since: now, content, out: false };
                true
            }
            None => {
                let name: Rc<str> = Rc::from(name);
                self.messages_order.push_back((now, Rc::clone(&name)));
                let message = Message { since: now, content, out: false };
                let (number, messages) = self.messages.part_mut(&name);
                messages.push((number, name, message));
                true
            }
        }
    }

    /// Forgets messages that are old, or too many.
    fn drop_messages(&mut self, now: Millis) {
        while let Some((since, _)) = self.messages_order.front() {
            let full = self.messages_order.len() >= MAX_EVENTS;
            if !full && now.0 - since.0 < SENT_REMEMBERED {
                break;
            }
            let Some((_, name)) = self.messages_order.pop_front() else { break };
            let since = self.message(&name).map_or(now, |message| message.since);
            if !full && now.0 - since.0 < SENT_REMEMBERED {
                // What was tried anew since is remembered from then on.
                self.messages_order.push_back((since, name));
            } else {
                let (_, messages) = self.messages.part_mut(&name);
                messages.retain(|(_, known, _)| *known != name);
            }
        }
    }

    fn message(&mut self, name: &str) -> Option<&mut Message> {
        let (number, messages) = self.messages.part_mut(name);
        let mut found = messages.iter_mut().filter(|(of, ..)| *of == number);
        found.find(|(_, known, _)| known.as_ref() == name).map(|(.., message)| message)
    }

    /// A message has gone out: Meta has said so, or has shown it to us.
    pub fn has_gone_out(&mut self, name: &str) {
        if let Some(message) = self.message(name) {
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

impl<N, T> Default for Parts<N, T> {
    fn default() -> Self {
        Self(std::iter::repeat_with(Vec::new).take(PARTS).collect())
    }
}

impl<N, T> Parts<N, T> {
    /// What a name comes to, and what is where it belongs.
    fn part(&self, name: &str) -> (u64, &[(u64, N, T)]) {
        let number = number_of(name);
        (number, self.0.get(number as usize % PARTS).map_or(&[], Vec::as_slice))
    }

    #[expect(clippy::indexing_slicing, reason = "there are so many parts: see `default`")]
    fn part_mut(&mut self, name: &str) -> (u64, &mut Vec<(u64, N, T)>) {
        let number = number_of(name);
        (number, &mut self.0[number as usize % PARTS])
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
