//! Wire forms: how histories and events are written down and read again.
//!
//! Frozen; `tests/golden/` has documents of all versions that must be readable for ever.
//!
//! * A history is a JSON document, version 1: `{"treebot":"history","version":1,"events":[…]}`, see `json` and `wire`
//!   (feature `json`, on by default).
//! * An event by itself, cut to a limit, is written as version 2: see [`compact`]. In version 1 it was an event of a
//!   document with its version, `"v":1`.
//!
//! Fields that an older engine does not know are ignored, and whatever it could misread is a new
//! version, which it leaves alone. Everything read is hostile: sizes are bounded before the work.

use std::fmt;

use crate::Event;
use crate::json::write_number;

mod compact;
#[cfg(feature = "json")]
mod json;
#[cfg(all(test, feature = "json"))]
mod tests;
#[cfg(feature = "json")]
mod wire;

#[cfg(feature = "json")]
pub(crate) use json::event_json;

/// Why a stored text could not be read. It must be left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredError {
    /// Written by a newer version; the number is that version.
    NewerVersion(u32),
    /// Not a stored form, or a damaged one.
    Damaged,
}

impl StoredError {
    /// What is wrong, in words.
    #[must_use]
    pub fn into_text(self) -> String {
        let Self::NewerVersion(version) = self else {
            return "not a stored conversation".to_owned();
        };
        let mut text = "written by a newer version (".to_owned();
        write_number(&mut text, version.into());
        text.push(')');
        text
    }
}

impl fmt::Display for StoredError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.clone().into_text())
    }
}

impl std::error::Error for StoredError {}

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

    /// The same of an event without a place, such as what the host records, with the one beside it that says where the
    /// conversation stands: so the newest event is enough to go on, however many like this follow one another. Of that
    /// one, nothing that was typed is written. What reads an event passes over it; see
    /// [`compact_before`](Self::compact_before).
    #[must_use]
    pub fn to_compact_after(&self, before: &Self, limit: usize) -> String {
        compact::write_after(self, before, limit)
    }

    /// The event that [`to_compact_after`](Self::to_compact_after) has put beside another. It has its own time and id, so
    /// a history that has it already takes it for what it is.
    #[must_use]
    pub fn compact_before(text: &str) -> Option<Self> {
        if text.len() > MAX_COMPACT {
            return None;
        }
        Self::from_compact(compact::before(text)?).ok()
    }

    /// Reads any version of the compact form.
    ///
    /// # Errors
    /// The text is no event, or one of a newer version.
    pub fn from_compact(text: &str) -> Result<Self, StoredError> {
        Self::read_compact(text, true)
    }

    /// The same for who only goes on from there, by [`turn_after`](crate::turn_after): the id, what was typed, and the
    /// key of the answer taken may be empty texts.
    ///
    /// # Errors
    /// The text is no event, or one of a newer version.
    pub fn resume(text: &str) -> Result<Self, StoredError> {
        Self::read_compact(text, false)
    }

    fn read_compact(text: &str, whole: bool) -> Result<Self, StoredError> {
        if text.len() > MAX_COMPACT {
            return Err(StoredError::Damaged);
        }
        if let Some(event) = compact::read(text, whole) {
            return event.map(Event::bounded);
        }
        #[cfg(feature = "json")]
        return json::read_event(text);
        // Where there is no JSON, no event of version 1 was ever written.
        #[cfg(not(feature = "json"))]
        Err(StoredError::Damaged)
    }
}

/// The largest event by itself; without a limit, the largest that is written is smaller.
const MAX_COMPACT: usize = 64 << 10;

/// The most answers of the shown list in an event by itself.
pub(crate) const MAX_COMPACT_SHOWN: usize = 40;
