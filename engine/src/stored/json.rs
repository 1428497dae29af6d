//! Histories as JSON documents, version 1.

use crate::json::read::Reader;
use crate::text::join;
use crate::{Event, History};

use super::StoredError;
use super::wire::{WireEvent, write_event};

impl History {
    /// The stored form: a versioned JSON document.
    ///
    /// It is never larger than what [`from_json`](Self::from_json) reads: of a history that would
    /// be, the oldest events go without what the bot said, and then the oldest are left out.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut events = self.fitting_json(MAX_DOCUMENT);
        events.reverse();
        let mut json = DOCUMENT_START.to_owned();
        json.push_str(&join(&mut events.iter().map(String::as_str), ","));
        json.push_str(DOCUMENT_END);
        json
    }

    /// Reads any version of the stored form.
    ///
    /// # Errors
    /// The text is no history, or one of a newer version. Leave it where it is.
    pub fn from_json(json: &str) -> Result<Self, StoredError> {
        if json.len() > MAX_DOCUMENT {
            return Err(StoredError::Damaged);
        }
        check_header(json, Some("history"))?;
        events(json).map(Self::of).ok_or(StoredError::Damaged)
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
    check_header(text, None)?;
    let mut reader = Reader::new(text);
    let event = WireEvent::read(&mut reader).filter(|_| reader.is_at_end());
    event.and_then(WireEvent::into_event).map(Event::bounded).ok_or(StoredError::Damaged)
}

/// One event of a history as JSON.
pub(crate) fn event_json(event: &Event) -> String {
    write_event(event, true)
}

/// One event of a history without what the bot said.
pub(super) fn silent_json(event: &Event) -> String {
    write_event(event, false)
}

/// The version of documents.
const VERSION: i64 = 1;

/// How a document begins: with [`VERSION`].
pub(super) const DOCUMENT_START: &str = r#"{"treebot":"history","version":1,"events":["#;
pub(super) const DOCUMENT_END: &str = "]}";

/// The largest document; browsers give a site about as much.
pub(super) const MAX_DOCUMENT: usize = 5 << 20;

/// The most events in a document.
pub(super) const MAX_EVENTS: usize = 20_000;

/// Looks which document it is, and of what version, before anything else is made of it.
fn check_header(json: &str, kind: Option<&str>) -> Result<(), StoredError> {
    let mut version = None;
    let mut is_kind = kind.is_none();
    let mut seen = false;
    let mut reader = Reader::new(json);
    let header = reader.fields(&mut |name, reader| {
        match name {
            // Each is there once.
            "version" | "v" if version.is_none() => version = Some(reader.number()?),
            "treebot" if !seen => {
                seen = true;
                is_kind =
                    if reader.null() { kind.is_none() } else { kind == Some(&*reader.text()?) };
            }
            "version" | "v" | "treebot" => return None,
            _ => reader.skip()?,
        }
        Some(())
    });
    let version = version.filter(|_| header.is_some() && reader.is_at_end() && is_kind);
    match version {
        Some(VERSION) => Ok(()),
        Some(newer @ 1..) => {
            Err(StoredError::NewerVersion(u32::try_from(newer).unwrap_or(u32::MAX)))
        }
        Some(_) | None => Err(StoredError::Damaged),
    }
}

/// The events of a document.
fn events(json: &str) -> Option<Vec<Event>> {
    let mut events: Option<Vec<Event>> = None;
    Reader::new(json).fields(&mut |name, reader| {
        if name != "events" {
            return reader.skip();
        }
        if events.is_some() {
            return None;
        }
        let mut all = Vec::new();
        reader.items(&mut |reader| {
            // Not even one too many is made.
            if all.len() == MAX_EVENTS {
                return None;
            }
            all.push(WireEvent::read(reader)?.into_event()?);
            Some(())
        })?;
        events = Some(all);
        Some(())
    })?;
    events
}
