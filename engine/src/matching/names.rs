//! Other answers whose names stand in a message, though less plainly than the one that was hit.

use crate::tree::tables::NONE;
use crate::tree::{AnswerId, Phrase};

use super::guards::Around;
use super::hits::hits;
use super::word_is;

impl Around<'_, '_> {
    /// The other answers in whose name more of the message stands in a row: "my order" is rather "Track my order"
    /// than "order".
    pub(super) fn longer_rows(&self) -> Vec<AnswerId> {
        let node = self.node;
        let ids = self.said.ids();
        let phrases = || node.phrases().iter().map(|row| node.phrase(row));
        let has = |phrase: &Phrase<'_>, row: &[u32]| {
            phrase.words().windows(row.len()).any(|of| of == row)
        };
        let mut others = Vec::new();
        for hit in self.hits {
            let left = hit.start.checked_sub(1).map(|start| start..hit.end);
            for row in [left, Some(hit.start..hit.end + 1)].into_iter().flatten() {
                let Some(row) = ids.get(row).filter(|row| !row.contains(&NONE)) else { continue };
                if phrases().any(|of| of.answer() == hit.answer && has(&of, row)) {
                    continue;
                }
                others.extend(
                    phrases().filter(|of| !of.is_also() && has(of, row)).map(|of| of.answer()),
                );
            }
        }
        others
    }

    /// The other answers whose name has no word that means anything, but stands in the message: "go in and then
    /// home", "me and my son".
    pub(super) fn weak_names(&self) -> Vec<AnswerId> {
        let (node, said) = (self.node, self.said);
        let joins = |at: usize| node.tree.pack.amounts.and.contains(said.word(at));
        let weak = hits(node, said, true);
        let names = weak.iter().filter(|hit| {
            hit.answer != self.answer
                && (!hit.phrase.is_also() || hit.phrase.is_acronym())
                && !self.has(hit.start)
                && (hit.start..hit.end).all(|at| said.is(at, word_is::FUNCTION))
                && (hit.end > hit.start + 1
                    || joins(hit.end)
                    || hit.start.checked_sub(1).is_some_and(joins))
        });
        names.map(|hit| hit.answer).collect()
    }
}
