//! Place codes: trails as text.
//!
//! Version 1, frozen, for codes are in buttons that stay in threads for ever:
//!
//! ```text
//! code   = "1" tree trail          tree: the digest of the tree's name
//! trail  = [ "=" start ] step*     start: the digest of the name of the node where it starts
//! step   = "A" answer
//!        | "B" question answer
//!        | "C" answer mark
//!        | "D" question answer mark
//! answer = the digest of its key | "=else"
//! ```
//!
//! `E F G H` instead of `A B C D` are the answers kept for questions further on
//! ([`Trail::ahead`]); they come last. At most 24 steps in all: 396 characters. What people typed
//! is not in a code. Every place has exactly one code, so what is not written just so is refused.
//!
//! Stored events use the same `trail` without the tree.

use std::fmt;

use crate::digest::DIGEST_LEN;
use crate::place::MAX_STEPS;
use crate::{Digest, Start, Step, StepAnswer, Trail, Tree};

mod ascii;
#[cfg(test)]
mod tests;

use ascii::Ascii;

/// A trail as text: at most 400 characters of `A-Z a-z 0-9 - _ =`, good for ever.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PlaceCode(Ascii);

/// What a place code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The digest of the name of the tree that it was made for.
    pub tree: Digest,
    /// The trail, without the words that were typed.
    pub trail: Trail,
}

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
    ///
    /// A code holds at most 24 answers; of a longer trail, which no tree leads to, the rest is
    /// left out, the answers kept for questions further on first.
    #[must_use]
    pub fn encode(tree: &Tree, trail: &Trail) -> Self {
        Self::encode_named(tree.name, trail)
    }

    /// The code of a trail in the tree whose name has this digest.
    pub(crate) fn encode_named(tree: Digest, trail: &Trail) -> Self {
        let mut code = Vec::with_capacity(MAX_USUAL);
        code.push(VERSION_BYTE);
        tree.write(&mut code);
        write_trail_to(&mut code, trail);
        Self(Ascii::of(&code))
    }

    /// Reads a code from anywhere: any text may be handed in.
    ///
    /// # Errors
    /// The text is no place code, or one of a newer version.
    pub fn decode(text: &str) -> Result<Decoded, CodeError> {
        if text.len() > MAX_CODE || !text.bytes().all(is_code_byte) {
            return Err(CodeError::NotACode);
        }
        let mut rest = Rest(text.as_bytes());
        match rest.next() {
            Some(VERSION_BYTE) => {}
            Some(b'0'..=b'9') => return Err(CodeError::NewerVersion),
            _ => return Err(CodeError::NotACode),
        }
        let tree = rest.digest().ok_or(CodeError::NotACode)?;
        let trail = rest.trail().ok_or(CodeError::NotACode)?;
        Ok(Decoded { tree, trail })
    }

    /// Keeps a text that is a place code.
    ///
    /// # Errors
    /// The text is no place code, or one of a newer version.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        Self::decode(text).map(|_| Self(Ascii::of(text.as_bytes())))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Decoded {
    /// Whether the code was made for this tree.
    #[must_use]
    pub fn belongs_to(&self, tree: &Tree) -> bool {
        self.tree == tree.name
    }
}

impl From<PlaceCode> for String {
    fn from(code: PlaceCode) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PlaceCode").field(&self.as_str()).finish()
    }
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotACode => "not a place code",
            Self::NewerVersion => "a place code of a newer version",
        })
    }
}

impl std::error::Error for CodeError {}

/// The codes of the places that lie one answer after a trail.
pub(crate) struct CodesFrom<T> {
    tree: Digest,
    trail: T,
    /// How many answers it has, those kept for later included.
    count: usize,
    /// What all these codes begin with …
    head: Ascii,
    /// … and end with.
    tail: Vec<u8>,
}

/// A trail, or what can tell one.
pub(crate) trait AsTrail {
    fn start(&self) -> Start;
    fn steps(&self) -> impl ExactSizeIterator<Item = &Step>;
    fn ahead(&self) -> &[Step];
    fn to_trail(&self) -> Trail;
}

impl<T: AsTrail> CodesFrom<T> {
    /// Those after `trail` in `tree`.
    pub(crate) fn new(tree: &Tree, trail: T) -> Self {
        let mut head = Ascii::of(&[VERSION_BYTE]);
        head.put(&tree.name.ascii());
        if let Start::Named(name) = trail.start() {
            head.put(b"=");
            head.put(&name.ascii());
        }
        trail.steps().for_each(|step| head.put(Piece::of(step, false).ascii()));
        let mut tail = Vec::new();
        for step in trail.ahead() {
            tail.extend_from_slice(Piece::of(step, true).ascii());
        }
        let count = trail.steps().len() + trail.ahead().len();
        Self { tree: tree.name, trail, count, head, tail }
    }

    /// The code of the trail with this step added.
    pub(crate) fn with(&self, step: &Step) -> PlaceCode {
        if self.count >= MAX_STEPS {
            let mut trail = self.trail.to_trail();
            trail.steps.push(step.clone());
            return PlaceCode::encode_named(self.tree, &trail);
        }
        let mut code = self.head.clone();
        code.put(Piece::of(step, false).ascii());
        if !self.tail.is_empty() {
            code.put(&self.tail);
        }
        PlaceCode(code)
    }
}

/// A trail without its tree and without words: the common part of codes and stored events.
#[cfg(feature = "json")]
pub(crate) fn write_trail(trail: &Trail) -> String {
    let mut text = Vec::with_capacity(MAX_USUAL);
    write_trail_to(&mut text, trail);
    String::from_utf8(text).unwrap_or_default()
}

/// The same, after what is there.
pub(crate) fn write_trail_to(text: &mut Vec<u8>, trail: &Trail) {
    if let Start::Named(name) = trail.start {
        text.push(b'=');
        name.write(text);
    }
    let ahead = trail.ahead.iter().map(|step| (step, true));
    let steps = trail.steps.iter().map(|step| (step, false));
    for (step, is_ahead) in steps.chain(ahead).take(MAX_STEPS) {
        text.extend_from_slice(Piece::of(step, is_ahead).ascii());
    }
}

/// Most codes are shorter.
const MAX_USUAL: usize = 120;

/// A step as it is written. That is done for each answer that is offered.
struct Piece {
    bytes: [u8; MAX_STEP],
    end: usize,
}

impl Piece {
    fn of(step: &Step, is_ahead: bool) -> Self {
        let letter = step_letter(step.question.is_some(), step.mark.is_some(), is_ahead);
        let mut piece = Self { bytes: [letter; MAX_STEP], end: 1 };
        if let Some(question) = step.question {
            piece.add(question.ascii());
        }
        piece.add(match step.answer {
            StepAnswer::Key(key) => key.ascii(),
            StepAnswer::Else => *ELSE,
        });
        if let Some(mark) = step.mark {
            piece.add(mark.ascii());
        }
        piece
    }

    fn add(&mut self, five: [u8; DIGEST_LEN]) {
        if let Some(room) = self.bytes.get_mut(self.end..self.end + DIGEST_LEN) {
            room.copy_from_slice(&five);
            self.end += DIGEST_LEN;
        }
    }

    fn ascii(&self) -> &[u8] {
        self.bytes.get(..self.end).unwrap_or_default()
    }
}

/// No step is longer: a letter and three digests.
const MAX_STEP: usize = 1 + 3 * DIGEST_LEN;

/// Reads what [`write_trail`] wrote; none if it is anything else.
pub(crate) fn read_trail(text: &str) -> Option<Trail> {
    // A trail is shorter than a code, so the code's bound bounds the work.
    if text.len() > MAX_CODE { None } else { Rest(text.as_bytes()).trail() }
}

/// The version as codes begin with it.
const VERSION_BYTE: u8 = b'1';

/// Stands in place of an answer's digest for the question's `else`.
const ELSE: &[u8; DIGEST_LEN] = b"=else";

/// No code is longer: version, tree, start, and 24 steps of a letter and three digests.
pub(crate) const MAX_CODE: usize = 1 + DIGEST_LEN + 1 + DIGEST_LEN + MAX_STEPS * MAX_STEP;

const fn is_code_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=')
}

const fn step_letter(has_question: bool, has_mark: bool, is_ahead: bool) -> u8 {
    match (is_ahead, has_mark, has_question) {
        (false, false, false) => b'A',
        (false, false, true) => b'B',
        (false, true, false) => b'C',
        (false, true, true) => b'D',
        (true, false, false) => b'E',
        (true, false, true) => b'F',
        (true, true, false) => b'G',
        (true, true, true) => b'H',
    }
}

/// What is still to be read of a code.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn five(&mut self) -> Option<&'a [u8]> {
        let (five, rest) = self.0.split_at_checked(DIGEST_LEN)?;
        self.0 = rest;
        Some(five)
    }

    fn digest(&mut self) -> Option<Digest> {
        Digest::parse_bytes(self.five()?)
    }

    fn answer(&mut self) -> Option<StepAnswer> {
        let five = self.five()?;
        if five == ELSE {
            return Some(StepAnswer::Else);
        }
        Digest::parse_bytes(five).map(StepAnswer::Key)
    }

    /// All that is left, as a trail.
    fn trail(mut self) -> Option<Trail> {
        let mut trail = Trail::root();
        if let Some((b'=', rest)) = self.0.split_first() {
            self.0 = rest;
            trail.start = Start::Named(self.digest()?);
        }
        while let Some(letter) = self.next() {
            let kind = letter.checked_sub(b'A').filter(|kind| *kind < 8)?;
            let (has_question, has_mark, is_ahead) = (kind & 1 != 0, kind & 2 != 0, kind & 4 != 0);
            // Answers kept for later come last, and there is room for so many only.
            if (!is_ahead && !trail.ahead.is_empty())
                || trail.steps.len() + trail.ahead.len() == MAX_STEPS
            {
                return None;
            }
            let question = if has_question { Some(self.digest()?) } else { None };
            let answer = self.answer()?;
            let mark = if has_mark { Some(self.digest()?) } else { None };
            let steps = if is_ahead { &mut trail.ahead } else { &mut trail.steps };
            steps.push(Step { question, answer, mark, words: None });
        }
        Some(trail)
    }
}
