//! Wire forms.

use std::fmt;

use crate::Event;

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

impl Event {
    /// The compact stored form, of at most `limit` bytes: words are cut, then dropped, to fit; what
    /// the bot said is left out. Everything that is needed to go on is always in it.
    #[must_use]
    pub fn to_compact(&self, _limit: usize) -> String {
        todo!()
    }
    /// Reads any version of the compact form.
    ///
    /// # Errors
    /// The text is no event, or one of a newer version.
    pub fn from_compact(_text: &str) -> Result<Self, StoredError> {
        todo!()
    }
}
