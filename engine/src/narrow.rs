//! Answers that a text which is still being typed may become: for a page that narrows down what it offers.

use std::ops::Range;

use crate::Choice;
use crate::code::CodesFrom;
use crate::matching::Said;
use crate::place::Trail;
use crate::text::{Words, letters_of};
use crate::tree::{AnswerId, Tree};
use crate::walk::{record_of, walk};

/// An answer that what is being typed may become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate<'t> {
    /// The answer, with the code of the place that it leads to.
    pub choice: Choice<'t>,
    /// The answer's number.
    pub answer: AnswerId,
    /// Which bytes of the label were typed.
    pub marks: Vec<Range<usize>>,
}

/// The answers of the question where `trail` leads, of which something that may be typed has words that begin with
/// those of `text`; at most `most`, in their order. This only narrows down what is shown: what a text means is
/// decided by [`turn`](crate::turn).
#[must_use]
pub fn narrow<'t>(tree: &'t Tree, trail: &Trail, text: &str, most: usize) -> Vec<Candidate<'t>> {
    let walked = walk(tree, trail);
    let node = walked.node();
    let said = Said::of(tree, text);
    let typed = said.words();
    let phrases = if typed.is_empty() { &[] } else { node.phrases() };
    let begun = |answer: AnswerId| {
        phrases
            .iter()
            .map(|row| node.phrase(row))
            .any(|phrase| phrase.answer() == answer && begins(tree, &typed, phrase.words()))
    };
    let codes = CodesFrom::new(tree, &walked);
    let mut found = Vec::new();
    for answer in node.answers().filter(|answer| begun(answer.id())) {
        if found.len() < most {
            found.push(Candidate {
                choice: Choice {
                    label: answer.label().into(),
                    code: codes.with(&record_of(node, Some(answer.id()), None)),
                },
                answer: answer.id(),
                marks: marked(answer.label(), &typed),
            });
        }
    }
    found
}

/// The answer with this key at the question where `trail` leads, with the code of the place that it leads to; whether or
/// not it is offered there.
#[must_use]
pub fn choice<'t>(tree: &'t Tree, trail: &Trail, key: &str) -> Option<Choice<'t>> {
    let walked = walk(tree, trail);
    let answer = walked.node().answers().find(|answer| answer.key() == key)?;
    let code =
        CodesFrom::new(tree, &walked).with(&record_of(walked.node(), Some(answer.id()), None));
    Some(Choice { label: answer.label().into(), code })
}

/// Which bytes of a label begin as words that were typed do, for choices that were found in another way.
#[must_use]
pub fn marks(tree: &Tree, label: &str, text: &str) -> Vec<Range<usize>> {
    marked(label, &Said::of(tree, text).words())
}

/// Whether each word that was typed begins another one of these.
fn begins(tree: &Tree, typed: &[&str], words: &[u32]) -> bool {
    // A phrase has few words, so bits do: which of them are taken.
    let mut taken = 0_u32;
    typed.iter().all(|begun| {
        let fits = |at: u32, word: u32| {
            taken & (1 << at) == 0 && tree.tables.word(word).starts_with(begun)
        };
        let found = (0..32).zip(words).find(|(at, word)| fits(*at, **word));
        if let Some((at, _)) = found {
            taken |= 1 << at;
        }
        found.is_some()
    })
}

/// The beginnings of a label's words that were typed.
fn marked(label: &str, typed: &[&str]) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    let mut start = None;
    let ends = label.char_indices().map(|(at, sign)| (at, sign.is_alphanumeric()));
    for (at, is_in_word) in ends.chain(std::iter::once((label.len(), false))) {
        match (start, is_in_word) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                start = None;
                marks.extend(mark(label, from..at, typed));
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    marks
}

/// How much of one word of a label was typed.
fn mark(label: &str, at: Range<usize>, typed: &[&str]) -> Option<Range<usize>> {
    let word = label.get(at.clone())?;
    let words = Words::of(word);
    let plain = words.joined();
    let fitting = typed.iter().filter(|begun| plain.starts_with(**begun));
    let begun = fitting.fold("", |most, begun| if begun.len() > most.len() { begun } else { most });
    if begun.is_empty() {
        return None;
    }
    // Where a letter became two, or two one, the whole word is marked.
    let is_alike = letters_of(plain) == letters_of(word);
    let length = letters_of(begun);
    let end =
        word.char_indices().nth(length).filter(|_| is_alike).map_or(word.len(), |(end, _)| end);
    Some(at.start..at.start.saturating_add(end))
}
