//! Tier 6: as the tiers before it, but for a slip of the finger.
//!
//! A word that is no word of the tree, of its language, or of daily life may be a slip of a word of the question:
//! an edit away, or two where it is long. Words of three letters and words with digits are no slips of anything. The
//! first letter is right, or has changed places with the second.

mod edits;

use crate::Tier;
use crate::lang::List;
use crate::tree::{AnswerId, Node};

use super::hits::{Hit, distinct, hits};
use super::part::part;
use super::phrase::phrase;
use super::reason::{Doubt, Trace};
use super::said::{Said, is};
use super::{Decision, is_common, word_is};
use edits::is_doubtful;

/// The most words of a message that are taken for slips.
const MAX_SLIPS: usize = 16;

/// The most ways of reading the slips of one message.
const MAX_READINGS: usize = 8;

/// A word with a slip in it.
pub(super) struct Slip {
    at: usize,
    /// The words of the question that it may be: those that are nearest.
    candidates: Vec<u32>,
    /// Whether it may well be another word, which nobody here knows.
    is_doubtful: bool,
}

impl Slip {
    /// Which word of the message it is.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The words of the question that it may be.
    pub(super) fn candidates(&self) -> &[u32] {
        &self.candidates
    }
}

/// Reads a message with its slips mended.
pub(super) fn typo(
    node: Node<'_>,
    said: &Said<'_, '_>,
    slips: &[Slip],
    trace: &mut Trace,
) -> Option<Decision> {
    let sure: Vec<&Slip> = slips.iter().filter(|slip| !slip.is_doubtful).collect();
    if let Some(decision) = read(node, said, &sure, trace) {
        return Some(decision);
    }
    trace.clear();
    if sure.len() == slips.len() {
        return None;
    }
    let all: Vec<&Slip> = slips.iter().collect();
    let decision = read(node, said, &all, trace)?;
    let at = slips.iter().find(|slip| slip.is_doubtful).map_or(0, |slip| slip.at);
    trace.doubt(Doubt::ShortSlip(at));
    Some(ask_back(answers(decision)))
}

/// What a decision by a tier before comes to, when the slips in the rest of the message are mended: "holiday or
/// wrok" has two answers.
pub(super) fn confirmed(
    node: Node<'_>,
    said: &Said<'_, '_>,
    slips: &[Slip],
    decision: Decision,
    trace: &mut Trace,
) -> Decision {
    let Decision::Answer { answer, tier } = decision else { return decision };
    let all: Vec<&Slip> = slips.iter().collect();
    let mut others = Trace { is_wanted: true, ..Trace::default() };
    let Some(other) = read(node, said, &all, &mut others) else { return decision };
    // "buisness trip" is no "trip": the longer phrase counts.
    let hits = hits(node, said, false);
    let is_longer = |hit: &Hit<'_>| {
        others.evidence.iter().any(|longer| {
            longer.start <= hit.start
                && hit.end <= longer.end
                && longer.end - longer.start > hit.end - hit.start
        })
    };
    if !hits.is_empty() && hits.iter().all(is_longer) && slips.iter().all(|slip| !slip.is_doubtful)
    {
        let is_wanted = trace.is_wanted;
        *trace = Trace { is_wanted, ..others };
        return other;
    }
    // A word that only speaks for another answer, and that only once it is mended, says nothing.
    let is_named = |rival: &AnswerId| others.evidence.iter().any(|named| named.answer == *rival);
    let mut rivals = answers(other);
    rivals.retain(is_named);
    let says_nothing = matches!(others.doubt, None | Some(Doubt::OtherAnswer(_)));
    if rivals == [answer] && says_nothing {
        return decision;
    }
    trace.doubt(others.doubt.unwrap_or(Doubt::SeveralAnswers));
    let rivals = distinct(rivals.into_iter().chain([answer]).collect());
    Decision::AskBack { tier, rivals }
}

/// The slips in a message.
pub(super) fn slips(node: Node<'_>, said: &Said<'_, '_>) -> Vec<Slip> {
    (0..said.len()).filter_map(|at| slip_or_plural(node, said, at)).take(MAX_SLIPS).collect()
}

/// Whether a word may be a slip, or the plural, of a word of the question.
pub(super) fn is_slip(node: Node<'_>, said: &Said<'_, '_>, at: usize) -> bool {
    slip_or_plural(node, said, at).is_some()
}

/// Whether a word is a slip of one of these, if a slip at all.
pub(super) fn is_near(words: List, word: &str) -> bool {
    let shape = Shape::of(word);
    shape.length >= 3
        && words.iter().any(|other| {
            other.len() >= 3
                && other.is_ascii()
                && begins_alike(word, other)
                && shape.may_be_within(&Shape::of(other), 1)
                && strsim::osa_distance(word, other) <= 1
        })
}

/// A word that the question does not know may be the plural of one that it does; one that the tree does not know may
/// be a slip.
fn slip_or_plural(node: Node<'_>, said: &Said<'_, '_>, at: usize) -> Option<Slip> {
    let is_known = |id: &u32| node.known().binary_search(id).is_ok();
    let is_plain = !is_known(&said.id(at)) && !said.is(at, !0);
    let singular = said.word(at).strip_suffix('s').filter(|word| is_plain && word.len() > 2);
    let singular = singular.and_then(|word| said.look_up(word)).filter(is_known);
    if let Some(id) = singular.filter(|id| !is(node.tree, *id, NO_SLIP)) {
        // "it works" is no "work", and "my child's teacher" no child.
        let before = at.checked_sub(1).map(|before| said.word(before)).unwrap_or_default();
        let is_verb = node.tree.pack.told.third_person.contains(before);
        let is_owner =
            is(node.tree, id, word_is::RELATIVE) && said.is_genitive(at) && at + 1 < said.len();
        return Some(Slip { at, candidates: vec![id], is_doubtful: is_verb || is_owner });
    }
    if said.is_unknown(at) { slip(node, said, at) } else { None }
}

fn slip(node: Node<'_>, said: &Said<'_, '_>, at: usize) -> Option<Slip> {
    let tree = node.tree;
    let word = said.word(at);
    let shape = Shape::of(word);
    if shape.length < 4 || shape.length > 40 {
        return None;
    }
    let mut nearest = usize::MAX;
    let mut candidates: Vec<u32> = Vec::new();
    let mut letters = word.chars();
    let firsts = [letters.next(), letters.next()];
    for first in firsts.into_iter().flatten() {
        for id in beginning_with(node, first) {
            let other = tree.tables.word(*id);
            let other_shape = Shape::of(other);
            let Some(allowed) = shape.allowed(&other_shape) else { continue };
            if is(tree, *id, NO_SLIP)
                || !shape.may_be_within(&other_shape, allowed.min(nearest))
                || !begins_alike(word, other)
                || other.contains(char::is_numeric)
            {
                continue;
            }
            let distance = strsim::osa_distance(word, other);
            if distance > allowed || distance > nearest || distance == 0 {
                continue;
            }
            if distance < nearest {
                nearest = distance;
                candidates.clear();
            }
            if !candidates.contains(id) {
                candidates.push(*id);
            }
        }
    }
    if candidates.is_empty() || is_common(tree, word) {
        return None;
    }
    candidates.truncate(MAX_READINGS);
    // "fired" is no slip of "fire".
    let is_form = |other: &str| word.strip_suffix('d').is_some_and(|stem| stem == other);
    let may_be_other = |id: &u32| {
        let other = tree.tables.word(*id);
        is_form(other) || is_doubtful(tree.pack, word, other)
    };
    let is_doubtful = candidates.iter().all(may_be_other);
    // "vist" is rather "visit" than "visa".
    if !is_doubtful {
        candidates.retain(|id| !may_be_other(id));
    }
    Some(Slip { at, candidates, is_doubtful })
}

/// Words that nothing is a slip of.
pub(super) const NO_SLIP: u32 = word_is::FUNCTION
    | word_is::NEGATION
    | word_is::NUMERAL
    | word_is::YES
    | word_is::NO
    | word_is::YES_KEY
    | word_is::NO_KEY
    | word_is::OR;

/// The words of the question that begin with a letter: they are sorted.
fn beginning_with(node: Node<'_>, first: char) -> &[u32] {
    let known = node.known();
    let letter = |id: &u32| node.tree.tables.word(*id).chars().next();
    let from = known.partition_point(|id| letter(id) < Some(first));
    let rest = known.get(from..).unwrap_or_default();
    let count = rest.partition_point(|id| letter(id) <= Some(first));
    rest.get(..count).unwrap_or_default()
}

/// Reads a message in every way in which its slips may be mended.
fn read(
    node: Node<'_>,
    said: &Said<'_, '_>,
    slips: &[&Slip],
    trace: &mut Trace,
) -> Option<Decision> {
    if slips.is_empty() {
        return None;
    }
    let mut readings: Vec<Vec<(usize, u32)>> = vec![Vec::new()];
    for slip in slips {
        let longer = readings.iter().flat_map(|reading| {
            slip.candidates.iter().map(|id| {
                let mut reading = reading.clone();
                reading.push((slip.at, *id));
                reading
            })
        });
        let longer: Vec<_> = longer.take(MAX_READINGS + 1).collect();
        // Where there are too many ways, this word is left as it is.
        if longer.len() <= MAX_READINGS {
            readings = longer;
        }
    }
    let (mut rivals, mut is_sure) = (Vec::new(), true);
    for reading in readings {
        let mended = said.with(&reading);
        let decision = phrase(node, &mended, trace).or_else(|| part(node, &mended, trace));
        match decision {
            Some(Decision::Answer { answer, .. }) => rivals.push(answer),
            Some(Decision::AskBack { rivals: these, .. }) => {
                is_sure = false;
                rivals.extend(these);
            }
            Some(Decision::Command(_) | Decision::NoneOfThem | Decision::Nothing) | None => {}
        }
    }
    let rivals = distinct(rivals);
    match rivals.as_slice() {
        [] => None,
        [answer] if is_sure => Some(Decision::Answer { answer: *answer, tier: Tier::Typo }),
        _ => {
            trace.doubt(Doubt::SeveralAnswers);
            Some(ask_back(rivals))
        }
    }
}

fn answers(decision: Decision) -> Vec<AnswerId> {
    match decision {
        Decision::Answer { answer, .. } => vec![answer],
        Decision::AskBack { rivals, .. } => rivals,
        Decision::Command(_) | Decision::NoneOfThem | Decision::Nothing => Vec::new(),
    }
}

fn ask_back(rivals: Vec<AnswerId>) -> Decision {
    Decision::AskBack { tier: Tier::Typo, rivals }
}

/// Whether two words begin with the same letter, or with the same two letters in either order.
pub(super) fn begins_alike(word: &str, other: &str) -> bool {
    let letters = |word: &str| {
        let mut letters = word.chars();
        (letters.next(), letters.next())
    };
    let ((a, b), (x, y)) = (letters(word), letters(other));
    a == x || (a == y && b == x)
}

/// What shows quickly that two words are too far apart: their lengths, and which letters they have.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    length: usize,
    letters: u64,
}

impl Shape {
    pub(super) fn of(word: &str) -> Self {
        let (mut length, mut letters) = (0, 0);
        for letter in word.chars() {
            length += 1;
            letters |= 1 << (u32::from(letter) % 64);
        }
        Self { length, letters }
    }

    /// How many edits may make one of the other; none where one is too short.
    pub(super) fn allowed(&self, other: &Self) -> Option<usize> {
        match (self.length.min(other.length), self.length.max(other.length)) {
            (0..4, _) => None,
            (4..7, _) => Some(1),
            _ => Some(2),
        }
    }

    pub(super) fn may_be_within(&self, other: &Self, edits: usize) -> bool {
        // An edit changes the length by one at most, and at most two letters.
        self.length.abs_diff(other.length) <= edits
            && (self.letters ^ other.letters).count_ones() as usize <= edits * 2
    }
}
