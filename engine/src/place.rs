//! Trails: the answers that lead to a place, kept as digests so that words may change.

use std::sync::Arc;

use crate::Digest;

/// The most answers that a trail holds. A tree that would need more does not load.
pub(crate) const MAX_STEPS: usize = 24;

/// The most characters of what somebody typed that are kept with a step.
pub(crate) const MAX_WORDS: usize = 200;

/// The answers that lead to a place, from where the conversation started.
///
/// What a trail resolves to depends on the tree: see [`resolve`](crate::resolve). Two trails are
/// equal when they lead the same way; the words kept with their steps do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// Where it starts.
    pub start: Start,
    /// The answers taken, in order.
    pub steps: Vec<Step>,
    /// Answers given before to questions further on, which an edit of the tree has moved out of
    /// reach. They are used when their questions are reached, by name only.
    pub ahead: Vec<Step>,
}

/// Where a trail starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// At the root of the tree.
    #[default]
    Root,
    /// At the node of this name.
    Named(Digest),
}

/// One answer that somebody gave.
#[derive(Clone, Debug)]
pub struct Step {
    /// The name of the question, where it had one.
    pub question: Option<Digest>,
    /// The key of the answer.
    pub answer: StepAnswer,
    /// The words of the question, where the key means nothing by itself (yes, no, 1, other …).
    pub mark: Option<Digest>,
    /// What was typed, or the label of what was pressed; at most 200 characters.
    pub words: Option<Arc<str>>,
}

/// Which answer a step took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepAnswer {
    /// The answer with this key.
    Key(Digest),
    /// The question's `else`.
    Else,
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        (self.question, self.answer, self.mark) == (other.question, other.answer, other.mark)
    }
}

impl Eq for Step {}

impl Trail {
    /// The beginning of every conversation: the root, nothing answered.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The same trail with nothing kept for questions further on.
    #[must_use]
    pub fn without_ahead(mut self) -> Self {
        self.ahead.clear();
        self
    }
}
