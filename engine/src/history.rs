//! Histories: all events of one conversation.
//!
//! A history is a set, so histories of one conversation can be united in any order and any number
//! of times. It knows nothing of trees: what its places mean is [`resolve`](crate::resolve)'s.

use std::cmp::Ordering;

use crate::event::stored_id;
use crate::order::in_order;
use crate::{Event, HostEvent, Millis, Recorded, Trail};

#[cfg(test)]
mod tests;

/// All events of one conversation, ordered by time and id. The only state there is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Ordered by [`key`], no two with the same, each as [`Event::bounded`] leaves it.
    events: Vec<Event>,
}

impl History {
    /// An empty history: nobody has said anything yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an event; false if it was there already (same time and id).
    ///
    /// Of two events with the same time and id but different contents the fuller is kept, whichever
    /// came first: so an event that was cut to be stored gives way to the whole one.
    pub fn insert(&mut self, event: Event) -> bool {
        let event = event.bounded();
        if self.events.last().is_none_or(|last| key(last) < key(&event)) {
            // Mostly one event is all that a host has of a conversation, and needs.
            if self.events.is_empty() {
                self.events.reserve_exact(1);
            }
            self.events.push(event);
            return true;
        }
        match self.events.binary_search_by(|other| key(other).cmp(&key(&event))) {
            Ok(at) => {
                if let Some(other) = self.events.get_mut(at) {
                    keep_fuller(other, event);
                }
                false
            }
            Err(at) => {
                self.events.insert(at, event);
                true
            }
        }
    }

    /// Adds all events of another history of the same conversation.
    pub fn merge(&mut self, other: Self) {
        self.events.extend(other.events);
        self.restore_order();
    }

    /// The events, oldest first.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether nobody has said anything yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Whether an input of this id is already answered.
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        let id = stored_id(id);
        self.events.iter().rev().any(|event| event.id == id)
    }

    /// The newest event that has a place: where the conversation stands.
    #[must_use]
    pub fn newest(&self) -> Option<&Event> {
        newest_place(&self.events)
    }

    /// Where the conversation stands, if it has begun.
    #[must_use]
    pub fn trail(&self) -> Option<&Trail> {
        self.newest()?.place.as_ref()
    }

    /// Until when somebody else answers this person, as the host last recorded it; that time may
    /// be past. What the person says in the meantime changes nothing about it.
    #[must_use]
    pub fn muted_until(&self) -> Option<Millis> {
        self.events.iter().rev().find_map(|event| match &event.input {
            Recorded::Host(HostEvent::MutedUntil(until)) => Some(*until),
            Recorded::Host(HostEvent::Failed)
            | Recorded::Start
            | Recorded::Text(_)
            | Recorded::Tap(_)
            | Recorded::Back
            | Recorded::Restart
            | Recorded::Help
            | Recorded::Forget
            | Recorded::Unsupported => None,
        })
    }

    /// Forgets the oldest events, so that at most so many are left; never the one that says where
    /// the conversation stands.
    pub fn trim(&mut self, max_events: usize) {
        let Some(mut too_many) = self.len().checked_sub(max_events) else {
            return;
        };
        let place = self.events.iter().rposition(|event| event.place.is_some());
        if let Some(place) = place.filter(|place| *place < too_many) {
            // It becomes the oldest of those that are left.
            too_many = too_many.min(self.len().saturating_sub(1));
            self.events.swap(place, too_many);
        }
        self.events.drain(..too_many);
    }

    /// The events that are older than an input, given by its time and id.
    pub(crate) fn older_than(&self, at: Millis, id: &str) -> &[Event] {
        let id = stored_id(id);
        let end = self.events.partition_point(|event| key(event) < (at, &id));
        self.events.get(..end).unwrap_or_default()
    }

    /// The events that are newer than an input, given by its time and id.
    pub(crate) fn newer_than(&self, at: Millis, id: &str) -> &[Event] {
        let id = stored_id(id);
        let start = self.events.partition_point(|event| key(event) <= (at, &id));
        self.events.get(start..).unwrap_or_default()
    }

    /// The history of these events, in whatever order and however often they are given.
    #[cfg(feature = "json")]
    pub(crate) fn of(events: impl IntoIterator<Item = Event>) -> Self {
        let mut history = Self { events: events.into_iter().map(Event::bounded).collect() };
        history.restore_order();
        history
    }

    fn restore_order(&mut self) {
        if self.events.is_sorted_by(|one, next| key(one) < key(next)) {
            return;
        }
        let mut events: Vec<Option<Event>> =
            std::mem::take(&mut self.events).into_iter().map(Some).collect();
        let of = |number: usize| events.get(number).and_then(Option::as_ref).map(key);
        for number in in_order(events.len(), &|one, other| of(one) > of(other)) {
            let Some(event) = events.get_mut(number).and_then(Option::take) else { continue };
            match self.events.last_mut() {
                Some(last) if key(last) == key(&event) => keep_fuller(last, event),
                Some(_) | None => self.events.push(event),
            }
        }
    }
}

/// The newest of these events that has a place.
pub(crate) fn newest_place(events: &[Event]) -> Option<&Event> {
    events.iter().rev().find(|event| event.place.is_some())
}

/// What tells an event from every other, and orders them.
fn key(event: &Event) -> (Millis, &str) {
    (event.at, &event.id)
}

/// Keeps the fuller of two events with the same key: the one of more bytes, and of two as long the
/// first by the alphabet. Any rule would do that does not depend on which came first.
fn keep_fuller(kept: &mut Event, event: Event) {
    let (old, new) = (whole(kept), whole(&event));
    if new.len().cmp(&old.len()).then_with(|| old.cmp(&new)) == Ordering::Greater {
        *kept = event;
    }
}

/// All of an event as one text.
#[cfg(feature = "json")]
fn whole(event: &Event) -> String {
    crate::stored::event_json(event)
}

/// All of an event as one text.
#[cfg(not(feature = "json"))]
fn whole(event: &Event) -> String {
    let mut said = event.to_compact(usize::MAX);
    for message in &event.said {
        if let crate::Message::Image { address, .. } = message {
            said.push_str(address);
            said.push('\n');
        }
        said.push_str(message.text());
        said.push('\n');
    }
    said
}
