//! Wire forms: how histories and events are written down and read again.
//!
//! Frozen; `tests/golden/` has documents of all versions that must be readable for ever.
//!
//! * A history is a JSON document, version 1: `{"treebot":"history","version":1,"events":[…]}`, see [`wire`].
//! * An event by itself, cut to a limit, is written as version 2: see [`compact`]. In version 1 it was an event of a
//!   document with its version, `"v":1`.
//!
//! Fields that an older engine does not know are ignored, and whatever it could misread is a new
//! version, which it leaves alone. Everything read is hostile: sizes are bounded before the work.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Event, History};

use wire::{Document, WireEvent};

mod compact;
#[cfg(test)]
mod tests;
mod wire;

/// Why a stored text could not be read. It must be left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredError {
    /// Written by a newer version; the number is that version.
    NewerVersion(u32),
    /// Not a stored form, or a damaged one.
    Damaged,
}

impl fmt::Display for StoredError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewerVersion(version) => write!(f, "written by a newer version ({version})"),
            Self::Damaged => f.write_str("not a stored conversation"),
        }
    }
}

impl std::error::Error for StoredError {}

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
    fn fitting_json(&self, max_bytes: usize) -> Vec<String> {
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

impl Event {
    /// The compact stored form: a text that takes at most `limit` bytes where it is written as a
    /// JSON string, quotes and all, as in the metadata of a KV key (1024 bytes).
    ///
    /// Everything that is needed to go on is always in it, even where a limit under 1024 is too
    /// small for that; the list that was shown up to its 40th answer. Then, as far as there is
    /// room: the answer taken, what was typed (cut), what was typed before on the way here, newest
    /// first, and the rivals. What the bot said is left out.
    #[must_use]
    pub fn to_compact(&self, limit: usize) -> String {
        compact::write(self, limit)
    }

    /// Reads any version of the compact form.
    ///
    /// # Errors
    /// The text is no event, or one of a newer version.
    pub fn from_compact(text: &str) -> Result<Self, StoredError> {
        if text.len() > MAX_COMPACT {
            return Err(StoredError::Damaged);
        }
        if let Some(event) = compact::read(text) {
            return event.map(Event::bounded);
        }
        // Version 1 is one event of a document, with its version.
        let event: WireEvent = read(text, None)?;
        event.into_event().map(Event::bounded).ok_or(StoredError::Damaged)
    }
}

/// One event of a history as JSON.
pub(crate) fn event_json(event: &Event) -> String {
    WireEvent::of(event, None).to_json()
}

/// One event of a history without what the bot said.
fn silent_json(event: &Event) -> String {
    WireEvent { said: Vec::new(), ..WireEvent::of(event, None) }.to_json()
}

/// The version of documents.
const VERSION: u32 = 1;

/// How a document begins: with [`VERSION`].
const DOCUMENT_START: &str = r#"{"treebot":"history","version":1,"events":["#;
const DOCUMENT_END: &str = "]}";

/// The largest document; browsers give a site about as much.
const MAX_DOCUMENT: usize = 5 << 20;

/// The most events in a document.
const MAX_EVENTS: usize = 20_000;

/// The largest event by itself; without a limit, the largest that is written is smaller.
const MAX_COMPACT: usize = 64 << 10;

/// The most answers of the shown list in an event by itself.
pub(crate) const MAX_COMPACT_SHOWN: usize = 40;

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
