//! Place codes: trails as text.

use std::fmt;

use crate::{Tree, Trail};

/// A trail as text: at most 400 characters of `A-Z a-z 0-9 - _ =`, good for ever.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlaceCode(String);

/// Why a text is no place code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// It is not a place code at all.
    NotACode,
    /// It is one of a version that this engine does not know.
    NewerVersion,
}

impl PlaceCode {
    /// The code of a trail in a tree.
    #[must_use]
    pub fn encode(_tree: &Tree, _trail: &Trail) -> Self {
        todo!()
    }
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
