//! Asking again where a conversation stands.

use crate::{History, Reply, Tree};

/// What the bot would say now to somebody who comes back: the question that waits, or the end.
/// None where the conversation has not begun.
#[must_use]
pub fn current(_tree: &Tree, _history: &History) -> Option<Reply> {
    todo!()
}
