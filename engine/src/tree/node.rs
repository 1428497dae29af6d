//! A node of a tree, as the rest of the engine sees it.

use std::fmt;

use crate::{Digest, Message};

use super::tables::{NodeRow, PhraseRow, QuestionRow, list, range, some};
use super::{
    Answer, AnswerId, DIGEST_BITS, NodeId, Phrase, Tree, digests, message, number_of, texts,
};

/// One thing the bot says, with what may follow.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    pub(crate) tree: &'t Tree,
    pub(super) id: NodeId,
    pub(super) row: &'t NodeRow,
    pub(super) question: Option<&'t QuestionRow>,
}

impl<'t> Node<'t> {
    /// Its number.
    #[must_use]
    pub fn id(self) -> NodeId {
        self.id
    }

    /// What is said, in order. Never nothing, but for a node that only goes on to another.
    pub fn say(self) -> impl DoubleEndedIterator<Item = Message<'t>> + ExactSizeIterator + Clone {
        let tables = &self.tree.tables;
        let rows = tables.messages.get(range(self.row.say, self.row.say_end));
        rows.unwrap_or_default().iter().map(|row| message(tables, row))
    }

    /// The name: `start` for the root, the key under `nodes`, or the `id`.
    #[must_use]
    pub fn name(self) -> Option<&'t str> {
        some(self.row.name).map(|row| self.tree.tables.text(row))
    }

    /// The answers, in the order of their numbers. A node with answers is a question.
    pub fn answers(
        self,
    ) -> impl DoubleEndedIterator<Item = Answer<'t>> + ExactSizeIterator + Clone {
        let rows = self
            .question
            .and_then(|row| self.tree.tables.answers.get(range(row.answers, row.answers_end)));
        let view =
            move |(number, row)| Answer { tree: self.tree, id: AnswerId(number_of(number)), row };
        rows.unwrap_or_default().iter().enumerate().map(view)
    }

    /// The answer with this number.
    #[must_use]
    pub fn answer(self, id: AnswerId) -> Option<Answer<'t>> {
        let row = self.question?;
        let at = row.answers.checked_add(id.0).filter(|at| *at < row.answers_end)?;
        let row = self.tree.tables.answers.get(at as usize)?;
        Some(Answer { tree: self.tree, id, row })
    }

    /// Where `goto` leads: for a question, where those of its answers go on that lead nowhere else.
    #[must_use]
    pub fn goto(self) -> Option<NodeId> {
        some(self.row.goto).map(NodeId)
    }

    /// What is said, or done, when nothing else fits.
    #[must_use]
    pub fn otherwise(self) -> Option<NodeId> {
        some(self.question?.otherwise).map(NodeId)
    }

    /// What is said at the first miss, the second, and so on; the last again and again.
    pub fn unclear(self) -> impl DoubleEndedIterator<Item = &'t str> + ExactSizeIterator {
        let row = self.question.map_or(0..0, |row| row.unclear..row.unclear_end);
        texts(&self.tree.tables, row.start, row.end)
    }

    /// Whether the answers are shown; they can always be typed.
    #[must_use]
    pub fn offer(self) -> bool {
        self.question.is_none_or(|row| row.offer != 0)
    }

    /// Whether this node waits for an answer.
    #[must_use]
    pub fn is_question(self) -> bool {
        self.question.is_some()
    }

    /// Its names as they are recorded, the present one first.
    pub(crate) fn names(self) -> impl Iterator<Item = Digest> + use<'t> {
        digests(&self.tree.tables.digests, self.row.names, self.row.names_end)
    }

    /// What the question asks, as it is recorded; nothing at an end.
    pub(crate) fn words(self) -> Digest {
        self.question.map_or(Digest::NOTHING, |row| Digest(row.words))
    }

    /// The question whose answer (or `else`, where none) this node is.
    pub(crate) fn parent(self) -> Option<(NodeId, Option<AnswerId>)> {
        let from = some(self.row.from)?;
        let at = from >> 1;
        if from & 1 != 0 {
            return Some((NodeId(at), None));
        }
        let question = NodeId(self.tree.tables.answers.get(at as usize)?.question);
        let first = self.tree.node(question).question?.answers;
        Some((question, at.checked_sub(first).map(AnswerId)))
    }

    /// The answer with this key, as it is recorded.
    pub(crate) fn keyed(self, key: Digest) -> Option<AnswerId> {
        let row = self.question?;
        let keys = self.tree.tables.keys.get(range(row.answers, row.answers_end))?;
        let found = keys.iter().position(|other| *other & DIGEST_BITS == key.0)?;
        Some(AnswerId(number_of(found)))
    }

    /// The keys of the answers, as they are recorded.
    pub(crate) fn keys(self) -> impl ExactSizeIterator<Item = Digest> + use<'t> {
        let row = self.question.map_or(0..0, |row| range(row.answers, row.answers_end));
        let keys = self.tree.tables.keys.get(row).unwrap_or_default();
        keys.iter().map(|key| Digest(*key & DIGEST_BITS))
    }

    /// The answer that a "yes" is.
    pub(crate) fn yes(self) -> Option<AnswerId> {
        some(self.question?.yes).map(AnswerId)
    }

    /// The answer that a "no" is.
    pub(crate) fn no(self) -> Option<AnswerId> {
        some(self.question?.no).map(AnswerId)
    }

    /// What can be typed, sorted by the numbers of its words (which is by the alphabet); of what is the same for one
    /// answer, what is shown comes before an `also`.
    pub(crate) fn phrases(self) -> &'t [PhraseRow] {
        let row = self.question.map_or(0..0, |row| range(row.phrases, row.phrases_end));
        self.tree.tables.phrases.get(row).unwrap_or_default()
    }

    /// A row of [`phrases`](Self::phrases), to look at.
    pub(crate) fn phrase(self, row: &'t PhraseRow) -> Phrase<'t> {
        Phrase { tree: self.tree, row }
    }

    /// The words of the question itself, and of the tree's title as far as no label has them, sorted: they
    /// tell no answer from another.
    pub(crate) fn asked(self) -> &'t [u32] {
        self.question.map_or(&[], |row| list(&self.tree.tables.asked, row.asked, row.asked_end))
    }

    /// The phrases that have a word, in their order.
    pub(crate) fn phrases_with(self, word: u32) -> impl Iterator<Item = Phrase<'t>> {
        let row = self.question.and_then(|row| some(row.holders));
        let holders = row.and_then(|row| self.tree.tables.holders.get(row as usize..));
        let holders = holders.unwrap_or_default();
        let known = self.known();
        let found = known.binary_search(&word).ok();
        // Of few phrases each is looked at.
        let all = if holders.is_empty() && found.is_some() { self.phrases() } else { &[] };
        let listed = found.and_then(|at| {
            let (starts, phrases) = holders.split_at_checked(known.len() + 1)?;
            phrases.get(range(*starts.get(at)?, *starts.get(at + 1)?))
        });
        let looked = all.iter().map(move |row| self.phrase(row));
        let looked = looked.filter(move |phrase| phrase.words().contains(&word));
        let listed = listed.unwrap_or_default().iter();
        let listed = listed.filter_map(move |at| self.phrases().get(*at as usize));
        looked.chain(listed.map(move |row| self.phrase(row)))
    }

    /// Every word of its phrases once, sorted.
    pub(crate) fn known(self) -> &'t [u32] {
        self.question.map_or(&[], |row| list(&self.tree.tables.known, row.known, row.known_end))
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: Vec<_> = self.say().collect();
        let answers: Vec<_> = self.answers().map(Answer::key).collect();
        f.debug_struct("Node")
            .field("id", &self.id)
            .field("name", &self.name())
            .field("say", &said)
            .field("answers", &answers)
            .finish()
    }
}
