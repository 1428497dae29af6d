//! Histories: all events of one conversation.

use crate::{Event, Millis, StoredError, Trail};

/// All events of one conversation, ordered by time and id. The only state there is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    events: Vec<Event>,
}

impl History {
    /// An empty history: nobody has said anything yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds an event; false if it was there already (same time and id).
    pub fn insert(&mut self, _event: Event) -> bool {
        todo!()
    }
    /// Adds all events of another history of the same conversation.
    pub fn merge(&mut self, _other: Self) {
        todo!()
    }
    /// The events, oldest first.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }
    /// Whether an input of this id is already answered.
    #[must_use]
    pub fn contains(&self, _id: &str) -> bool {
        todo!()
    }
    /// The newest event that has a place: where the conversation stands.
    #[must_use]
    pub fn newest(&self) -> Option<&Event> {
        todo!()
    }
    /// Until when somebody else answers this person, if the newest host event says so.
    #[must_use]
    pub fn muted_until(&self) -> Option<Millis> {
        todo!()
    }
    /// The stored form: a versioned JSON document.
    #[must_use]
    pub fn to_json(&self) -> String {
        todo!()
    }
    /// Reads any version of the stored form.
    ///
    /// # Errors
    /// The text is no history, or one of a newer version. Leave it where it is.
    pub fn from_json(_json: &str) -> Result<Self, StoredError> {
        todo!()
    }
    /// Where the conversation stands, if it has begun.
    #[must_use]
    pub fn trail(&self) -> Option<&Trail> {
        todo!()
    }
}
