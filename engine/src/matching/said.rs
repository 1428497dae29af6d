//! A message as matching sees it: its words, looked up in the tree.

use std::cell::OnceCell;
use std::ops::Range;
use std::slice;

use crate::text::{Words, capitals, folded, holds, is_small};
use crate::tree::tables::NONE;
use crate::tree::{AnswerId, Node, NodeId, Tree};

use super::word_is;

/// A message, word by word.
pub(crate) struct Said<'t, 's> {
    tree: &'t Tree,
    text: &'s str,
    words: Words,
    /// The number of each word in the tree, or [`NONE`].
    ids: Vec<u32>,
    /// The answers that it is just what is called, at the question where this was looked up.
    exact: OnceCell<(NodeId, Called)>,
}

/// The answers that are called something, each once. Mostly it is one.
#[derive(Clone, Debug)]
pub(super) enum Called {
    One(AnswerId),
    /// Several, or none.
    All(Vec<AnswerId>),
}

impl Called {
    pub(super) fn answers(&self) -> &[AnswerId] {
        match self {
            Self::One(answer) => slice::from_ref(answer),
            Self::All(answers) => answers,
        }
    }
}

impl<'t, 's> Said<'t, 's> {
    /// What `text` says over a tree. What is too long to be a message says nothing.
    pub(crate) fn of(tree: &'t Tree, text: &'s str) -> Self {
        let words = if text.len() > MAX_TEXT { Words::default() } else { Words::of(text) };
        Self::of_words(tree, text, words)
    }

    /// The same message from one word on.
    pub(super) fn from(&self, number: usize) -> Self {
        Self::of_words(self.tree, self.text, self.words.from(number))
    }

    /// The same message with words of the tree in the place of some of its own.
    pub(super) fn with(&self, others: &[(usize, u32)]) -> Self {
        let other = |at: usize| {
            let (_, id) = others.iter().find(|(number, _)| *number == at)?;
            Some(self.tree.tables.word(*id))
        };
        Self::of_words(self.tree, self.text, self.words.with(other))
    }

    /// The same message with other words.
    pub(super) fn reading(&self, words: &str) -> Self {
        Self::of_words(self.tree, self.text, Words::of(words))
    }

    fn of_words(tree: &'t Tree, text: &'s str, words: Words) -> Self {
        let find = |word| tree.vocabulary.find(&tree.tables, word).unwrap_or(NONE);
        let ids = words.iter().map(find).collect();
        Self { tree, text, words, ids, exact: OnceCell::new() }
    }

    /// The message as it was typed.
    pub(crate) fn text(&self) -> &'s str {
        self.text
    }

    /// The answers that the message is just what is called, by `look_up`; looked up once for a question.
    pub(super) fn exact(&self, at: Node<'_>, look_up: fn(Node<'_>, &Self) -> Called) -> Called {
        match self.exact.get_or_init(|| (at.id(), look_up(at, self))) {
            (node, hits) if *node == at.id() => hits.clone(),
            _ => look_up(at, self),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The words, with single spaces between them.
    pub(super) fn joined(&self) -> &str {
        self.words.joined()
    }

    /// See [`Words::accented`].
    pub(super) fn accented(&self) -> Option<&str> {
        self.words.accented()
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).unwrap_or_default()
    }

    /// The number of each word, or [`NONE`].
    pub(super) fn ids(&self) -> &[u32] {
        &self.ids
    }

    pub(super) fn id(&self, at: usize) -> u32 {
        self.ids.get(at).copied().unwrap_or(NONE)
    }

    /// The numbers of its words, if the tree has them all.
    pub(super) fn known_words(&self) -> Option<&[u32]> {
        (!self.ids.contains(&NONE)).then_some(&self.ids)
    }

    /// Whether the word at a place is one of these: see [`word_is`].
    pub(super) fn is(&self, at: usize, flags: u32) -> bool {
        is(self.tree, self.id(at), flags)
    }

    /// Whether the word at a place turns a meaning round.
    pub(super) fn negates(&self, at: usize) -> bool {
        let pack = self.tree.pack;
        self.is(at, word_is::NEGATION)
            || (pack.negation_tail == Some(self.word(at))
                && at.checked_sub(1).is_some_and(|before| self.word(before).ends_with('n')))
    }

    /// Whether the word at a place is a "no" by itself, before what is said instead: "actually no, work".
    pub(super) fn is_set_off_no(&self, at: usize) -> bool {
        let is_no = |at: usize| self.is(at, word_is::NO_KEY);
        let others = (0..self.len()).filter(|other| *other != at && self.negates(*other)).count();
        is_no(at)
            && others == 0
            && at + 1 < self.len()
            && self.text.split_whitespace().any(|token| {
                token
                    .strip_suffix([',', '.', '!', ';', ':'])
                    .is_some_and(|word| word.eq_ignore_ascii_case(self.word(at)))
            })
    }

    /// Whether the word at a place is one that is said of things as well as in names: "new".
    pub(super) fn is_soft_qualifier(&self, at: usize) -> bool {
        self.tree.pack.soft_qualifiers.contains(self.word(at))
    }

    /// Whether the word at a place was typed with an apostrophe before its last letter: "child's".
    pub(super) fn is_genitive(&self, at: usize) -> bool {
        let Some((stem, last)) =
            self.word(at).split_at_checked(self.word(at).len().saturating_sub(1))
        else {
            return false;
        };
        if stem.is_empty() {
            return false;
        }
        let text = folded(self.text);
        // Each part of the text begins where an apostrophe was.
        let mut before = "";
        text.split(['\'', '\u{2019}']).any(|part| {
            let is_it = before.ends_with(stem) && part.starts_with(last);
            before = part;
            is_it
        })
    }

    /// Where a row of words, joined by spaces, stands first.
    pub(super) fn find(&self, phrase: &str) -> Option<Range<usize>> {
        let length = phrase.split(' ').count();
        let last = self.len().checked_sub(length)?;
        (0..=last).map(|at| at..at + length).find(|at| self.stands(phrase, at.start))
    }

    /// Whether a row of words, joined by spaces, stands at a place.
    pub(super) fn stands(&self, phrase: &str, at: usize) -> bool {
        (at..).zip(phrase.split(' ')).all(|(at, word)| self.words.get(at) == Some(word))
    }

    /// A word of the tree.
    pub(super) fn named(&self, id: u32) -> &'t str {
        self.tree.tables.word(id)
    }

    /// The number of a word in the tree.
    pub(super) fn look_up(&self, word: &str) -> Option<u32> {
        self.tree.vocabulary.find(&self.tree.tables, word)
    }

    /// All words.
    pub(crate) fn words(&self) -> Vec<&str> {
        self.words.iter().collect()
    }

    /// Whether the tree has no such word, and it is made of letters.
    pub(super) fn is_unknown(&self, at: usize) -> bool {
        self.id(at) == NONE && !self.word(at).contains(|character: char| character.is_numeric())
    }

    pub(super) fn is_digits(&self, at: usize) -> bool {
        is_digits(self.word(at))
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.is_digits(at) || self.is(at, word_is::NUMERAL)
    }

    /// Whether this plain word stands in capitals in a message that has small letters as well.
    pub(super) fn is_in_capitals(&self, word: &str) -> bool {
        // Hardly ever asked. "UK & US" are two countries, whereas "HELP US" may be anything.
        let is_pair = || {
            let joins =
                self.is(1, word_is::OR) || self.tree.pack.amounts.and.contains(self.word(1));
            let is_pair = self.len() == 3 && joins || self.len() == 2 && holds(self.text, "/");
            is_pair && !self.text.chars().any(is_small)
        };
        capitals(self.text).iter().any(|other| other == word)
            || is_pair() && (self.word(0) == word || self.word(self.len() - 1) == word)
    }
}

/// The most bytes of a text that is understood; Messenger's have at most 2000 characters.
const MAX_TEXT: usize = 8000;

/// Whether a word of a tree is one of these: see [`word_is`].
pub(super) fn is(tree: &Tree, id: u32, flags: u32) -> bool {
    tree.tables.word_flags.get(id as usize).is_some_and(|of| u32::from(*of) & flags != 0)
}

pub(super) fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
