//! An answer of a question, and what may be typed for it.

use std::fmt;

use crate::Digest;
use crate::text::join;

use super::tables::{AnswerRow, PhraseRow, list, phrase_is, some};
use super::{AnswerId, DIGEST_BITS, MEANS_NOTHING, NodeId, Tree, digests, texts};

/// A branch of a question.
#[derive(Clone, Copy)]
pub struct Answer<'t> {
    pub(crate) tree: &'t Tree,
    pub(super) id: AnswerId,
    pub(super) row: &'t AnswerRow,
}

/// Something that may be typed for an answer.
#[derive(Clone, Copy)]
pub(crate) struct Phrase<'t> {
    pub(super) tree: &'t Tree,
    pub(super) row: &'t PhraseRow,
}

impl<'t> Answer<'t> {
    /// Its number among the answers of its question, from 0.
    #[must_use]
    pub fn id(self) -> AnswerId {
        self.id
    }

    /// Its identity.
    #[must_use]
    pub fn key(self) -> &'t str {
        self.tree.tables.text(self.row.key)
    }

    /// What is shown.
    #[must_use]
    pub fn label(self) -> &'t str {
        self.tree.tables.text(self.row.label)
    }

    /// What may be typed instead. Of a compiled tree only what is more than plain words: those are with what matching
    /// looks at.
    pub fn also(self) -> impl DoubleEndedIterator<Item = &'t str> + ExactSizeIterator {
        texts(&self.tree.tables, self.row.also, self.row.also_end)
    }

    /// What follows.
    #[must_use]
    pub fn node(self) -> NodeId {
        NodeId(self.row.node)
    }

    /// Its key, as it is recorded.
    pub(crate) fn digest(self) -> Digest {
        Digest(self.recorded() & DIGEST_BITS)
    }

    /// Whether the key says something without the question (unlike yes, 1 or other).
    pub(crate) fn means_something(self) -> bool {
        self.recorded() & MEANS_NOTHING == 0
    }

    /// Its former keys.
    pub(crate) fn was(self) -> impl Iterator<Item = Digest> + use<'t> {
        digests(&self.tree.tables.was, self.row.was, self.row.was_end)
    }

    /// Its former keys, and what may be typed instead, as keys are recorded.
    pub(crate) fn aliases(self) -> impl Iterator<Item = Digest> + use<'t> {
        let also = self.tree.also().of_answer(self.number());
        self.was().chain(also.iter().copied().map(Digest))
    }

    fn recorded(self) -> u32 {
        self.tree.tables.keys.get(self.number()).copied().unwrap_or_default()
    }

    /// Its number among the answers of all questions.
    fn number(self) -> usize {
        let first = self.tree.node(NodeId(self.row.question)).question.map_or(0, |row| row.answers);
        first.saturating_add(self.id.0) as usize
    }
}

impl<'t> Phrase<'t> {
    /// Its answer.
    pub(crate) fn answer(self) -> AnswerId {
        AnswerId(self.row.answer)
    }

    /// The numbers of its words.
    pub(crate) fn words(self) -> &'t [u32] {
        list(&self.tree.tables.word_ids, self.row.words, self.row.words_end)
    }

    /// Its words, joined by spaces.
    pub(crate) fn joined(self) -> String {
        join(&mut self.words().iter().map(|id| self.tree.tables.word(*id)), " ")
    }

    /// Whether it stands for an `also` that is not among the texts.
    pub(super) fn stands_for_also(self) -> bool {
        self.row.flags & phrase_is::ALSO_AS_IS != 0
    }

    /// Its words with their accents, joined by spaces, where these are not its plain words.
    pub(crate) fn accented(self) -> Option<&'t str> {
        some(self.row.accented).map(|row| self.tree.tables.text(row))
    }

    /// Whether it is an `also`: what is shown counts for more.
    pub(crate) fn is_also(self) -> bool {
        self.row.flags & phrase_is::ALSO != 0
    }

    /// Whether it begins with a small letter, so that it is no name.
    pub(crate) fn is_small(self) -> bool {
        self.row.flags & phrase_is::SMALL != 0
    }

    /// Whether it says from where or up to where, and nothing else.
    pub(crate) fn is_bound(self) -> bool {
        self.row.flags & phrase_is::BOUND != 0
    }

    /// The currency that is written beside its numbers: "£500".
    pub(crate) fn currency(self) -> Option<&'static str> {
        let number = (self.row.flags >> phrase_is::CURRENCY).checked_sub(1)?;
        self.tree.pack.amounts.currencies.get(number as usize).map(|(sign, _)| *sign)
    }

    /// Whether it is written in capitals, such as US.
    pub(crate) fn is_acronym(self) -> bool {
        self.row.flags & phrase_is::ACRONYM != 0
    }
}

impl fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("id", &self.id).field("key", &self.key()).finish()
    }
}
