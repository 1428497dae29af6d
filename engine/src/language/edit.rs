//! Edits, applied.

use std::fmt;

use crate::Edit;

/// Why edits do not fit a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApplyError {
    /// One begins before the one in front of it ends.
    Overlap,
    /// One lies past the end of the source, or in the midst of a character.
    Misplaced,
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Overlap => "two edits change the same part of the source",
            Self::Misplaced => "an edit lies outside the source; it was made for another one",
        })
    }
}

impl std::error::Error for ApplyError {}

/// The source with all edits made. They stand in order and do not overlap, as in a [`Fix`](crate::Fix).
///
/// # Errors
/// The edits were made for another source, or are out of order.
pub fn apply(source: &str, edits: &[Edit]) -> Result<String, ApplyError> {
    let added: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let mut out = String::with_capacity(source.len().saturating_add(added));
    let mut read = 0;
    for edit in edits {
        if edit.span.start < read || edit.span.end < edit.span.start {
            return Err(ApplyError::Overlap);
        }
        let kept = source.get(read..edit.span.start).ok_or(ApplyError::Misplaced)?;
        if !source.is_char_boundary(edit.span.end) {
            return Err(ApplyError::Misplaced);
        }
        out.push_str(kept);
        out.push_str(&edit.text);
        read = edit.span.end;
    }
    out.push_str(source.get(read..).ok_or(ApplyError::Misplaced)?);
    Ok(out)
}
