//! What is known about a person when an input of theirs is answered.

use treebot::{Event, History, HostEvent, Millis, Recorded, StoredError};

use crate::store::{Listing, Row, Wish};

/// How long somebody else answers a person when they have begun to: as Meta's own control of a conversation, it
/// lapses after a day of quiet.
pub const MUTE: i64 = 24 * 60 * 60 * 1000;

/// What the ids of events begin with that are no inputs: those that say who answers.
pub const CONTROL: &str = "h";

/// What is known about a person.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The newest events: those that are needed to go on.
    pub history: History,
    /// The ids of inputs that are answered.
    pub answered: Vec<String>,
    /// Those of them that KV has: what is there is never written again.
    pub kept: Vec<String>,
    /// Events that KV does not have yet, by their rows.
    pub pending: Vec<Row>,
    /// How many events could not be read. They are left as they are.
    pub unreadable: usize,
    /// When the oldest event was made that is known of.
    pub since: Option<Millis>,
    /// Whether there may be older ones.
    pub more: bool,
    /// What the person has asked to be forgotten.
    pub wish: Option<Wish>,
}

impl Known {
    /// Reads a listing for somebody whose inputs are not older than `before`.
    ///
    /// An event is enough to go on, so of most rows only the key is looked at: what this costs does not grow with the
    /// conversation. Those that say nothing of where the conversation stands (somebody else answered, nothing could be said)
    /// bring the event that does, as more of them may follow than a listing brings. Of what is to be forgotten nothing is read, also where KV still shows it.
    #[must_use]
    pub fn read(listing: &Listing, before: Millis) -> Self {
        let Listing { rows, more, wish } = listing;
        let mut known = Self { more: *more, wish: wish.clone(), ..Self::default() };
        let mut has_place = false;
        // Where the conversation stood, by those that say nothing of it themselves.
        let mut stood: Vec<Event> = Vec::new();
        for row in rows {
            let Some((at, id)) = row.stamp() else { continue };
            // Also without its metadata a key says that its input is answered.
            known.answered.push(id.to_owned());
            known.since = Some(known.since.map_or(at, |since| since.min(at)));
            if row.pending {
                known.pending.push(row.clone());
            } else {
                known.kept.push(id.to_owned());
            }
            if has_place && !id.starts_with(CONTROL) || known.is_forgotten(at) {
                continue;
            }
            let compact = row.metadata.as_deref().unwrap_or_default();
            match Event::from_compact(compact) {
                Ok(event) => {
                    has_place |= event.place.is_some() && at < before;
                    stood.extend(Event::compact_before(compact));
                    known.history.insert(event);
                }
                Err(StoredError::NewerVersion(_) | StoredError::Damaged) => known.unreadable += 1,
            }
        }
        for event in stood {
            let is_known = known.history.events().iter().any(|known| known.at == event.at);
            if !is_known && !known.is_forgotten(event.at) {
                known.history.insert(event);
            }
        }
        known
    }

    /// Adds an event; of one that is to be forgotten just that it was answered.
    pub fn insert(&mut self, event: Event) {
        self.answered.push(event.id.clone());
        if !self.is_forgotten(event.at) {
            self.history.insert(event);
        }
    }

    /// Whether the store has an event, and it was read if it is needed.
    #[must_use]
    pub fn has_read(&self, event: &Event) -> bool {
        let is_passed = || self.history.newest().is_some_and(|newest| event.at < newest.at);
        let was_read = || self.history.events().iter().any(|known| known.id == event.id);
        let is_listed = self.kept.contains(&event.id);
        is_listed && (was_read() || !event.id.starts_with(CONTROL) && is_passed())
    }

    /// Whether what was made then is to be forgotten.
    #[must_use]
    pub fn is_forgotten(&self, at: Millis) -> bool {
        self.wish.as_ref().is_some_and(|wish| wish.covers(at))
    }

    /// Whether an input is answered.
    #[must_use]
    pub fn is_answered(&self, id: &str) -> bool {
        self.answered.iter().any(|answered| answered == id)
    }

    /// Until when somebody else answers, if somebody does now.
    ///
    /// What counts is who spoke last, whichever of it was delivered first: a mute lasts for [`MUTE`], so its end tells
    /// when it began.
    #[must_use]
    pub fn muted(&self, now: Millis) -> Option<Millis> {
        let (mut until, mut passed) = (Millis(i64::MIN), Millis(i64::MIN));
        for event in self.history.events() {
            if let Recorded::Host(HostEvent::MutedUntil(end)) = event.input {
                if end <= event.at {
                    passed = passed.max(event.at);
                } else {
                    until = until.max(end);
                }
            }
        }
        (until > now && until.0.saturating_sub(MUTE) > passed.0).then_some(until)
    }
}
