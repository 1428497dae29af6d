//! What is said of a short list, after a question back: "the first one".

use crate::lang::Pack;

use super::said::Said;

/// How many ordinals there are, in each way to write them.
const ORDINALS: usize = 4;

/// Which of a list of `count` the whole of a message means, from 0, if it says that.
pub(super) fn picked(pack: &Pack, said: &Said<'_, '_>, count: usize) -> Option<usize> {
    let start = usize::from(pack.told.article.contains(said.word(0)));
    if !(start + 1..said.len()).all(|at| pack.picked.contains(said.word(at))) {
        return None;
    }
    let word = said.word(start);
    match pack.ordinals.position(word) {
        Some(at) => Some(at % ORDINALS),
        None if pack.last.contains(word) => count.checked_sub(1),
        None => None,
    }
}
