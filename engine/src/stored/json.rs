//! Histories as JSON documents, version 1.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Event, History};

use super::StoredError;
use super::wire::{Document, WireEvent};

impl History {
    /// The stored form: a versioned JSON document.
    ///
    /// It is never larger than what [`from_json`](Self::from_json) reads: of a history that would
    /// be, the oldest events go without what the bot said, and then the oldest are left out.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut events = self.fitting_json(MAX_DOCUMENT);
        events.reverse();
        format!("{DOCUMENT_START}{}{DOCUMENT_END}", events.join(","))
    }

    /// Reads any version of the stored form.
    ///
    /// # Errors
    /// The text is no history, or one of a newer version. Leave it where it is.
    pub fn from_json(json: &str) -> Result<Self, StoredError> {
        if json.len() > MAX_DOCUMENT {
            return Err(StoredError::Damaged);
        }
        let document: Document = read(json, Some("history"))?;
        let events: Option<Vec<Event>> =
            document.events.into_iter().map(WireEvent::into_event).collect();
        events.map(Self::of).ok_or(StoredError::Damaged)
    }

    /// The events as JSON, newest first, as many as fit into a document of so many bytes.
    pub(super) fn fitting_json(&self, max_bytes: usize) -> Vec<String> {
        let newest = self.newest();
        let mut room = max_bytes.saturating_sub(DOCUMENT_START.len() + DOCUMENT_END.len());
        // There is always room for the event that says where the conversation stands.
        let mut reserved = newest.map_or(0, |event| silent_json(event).len() + 1);
        let mut events: Vec<String> = Vec::new();
        let mut is_full = false;
        for event in self.events().iter().rev() {
            if newest.is_some_and(|newest| std::ptr::eq(newest, event)) {
                reserved = 0;
            } else if is_full {
                continue;
            }
            let fits = |json: &String| json.len() + 1 + reserved <= room;
            let json = Some(event_json(event)).filter(fits);
            if let Some(json) = json.or_else(|| Some(silent_json(event)).filter(fits)) {
                room -= json.len() + 1;
                events.push(json);
                is_full |= events.len() + usize::from(reserved > 0) >= MAX_EVENTS;
            } else {
                is_full = true;
            }
        }
        events
    }
}

/// An event by itself of version 1: one event of a document, with its version.
pub(super) fn read_event(text: &str) -> Result<Event, StoredError> {
    let event: WireEvent = read(text, None)?;
    event.into_event().map(Event::bounded).ok_or(StoredError::Damaged)
}

/// One event of a history as JSON.
pub(super) fn event_json(event: &Event) -> String {
    WireEvent::of(event, None).to_json()
}

/// One event of a history without what the bot said.
pub(super) fn silent_json(event: &Event) -> String {
    WireEvent { said: Vec::new(), ..WireEvent::of(event, None) }.to_json()
}

/// The version of documents.
pub(super) const VERSION: u32 = 1;

/// How a document begins: with [`VERSION`].
pub(super) const DOCUMENT_START: &str = r#"{"treebot":"history","version":1,"events":["#;
pub(super) const DOCUMENT_END: &str = "]}";

/// The largest document; browsers give a site about as much.
pub(super) const MAX_DOCUMENT: usize = 5 << 20;

/// The most events in a document.
pub(super) const MAX_EVENTS: usize = 20_000;

/// What is read first: which document it is, and of what version.
#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    treebot: Option<String>,
    #[serde(alias = "v")]
    version: u64,
}

fn read<T: DeserializeOwned>(json: &str, treebot: Option<&str>) -> Result<T, StoredError> {
    let header: Header = serde_json::from_str(json).map_err(|_| StoredError::Damaged)?;
    if header.version == 0 || header.treebot.as_deref() != treebot {
        return Err(StoredError::Damaged);
    }
    if header.version > u64::from(VERSION) {
        let version = u32::try_from(header.version).unwrap_or(u32::MAX);
        return Err(StoredError::NewerVersion(version));
    }
    serde_json::from_str(json).map_err(|_| StoredError::Damaged)
}
