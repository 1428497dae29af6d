//! Words that people write as one, or as two: "srilanka" for "Sri Lanka", "luke warm" for "lukewarm".

use crate::Tier;
use crate::tree::Node;

use super::reason::{Doubt, Trace};
use super::said::Said;
use super::{Decision, is_common, word_is};

/// How many letters such a word has at least, and each half of one.
const MIN_LETTERS: usize = 6;
const MIN_HALF: usize = 3;

/// The most words that are looked at.
const MAX_WORDS: usize = 40;

/// A message as the question writes its words, and which words of the message each of these is; none where it is written
/// so already.
pub(super) fn joined<'t, 's>(
    node: Node<'t>,
    said: &Said<'t, 's>,
) -> Option<(Said<'t, 's>, Vec<usize>)> {
    let mut words: Vec<&str> = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    let mut put_together = String::new();
    let mut is_changed = false;
    let mut at = 0;
    while at < said.len().min(MAX_WORDS) {
        if let Some(one) = one_of_two(node, said, at, &mut put_together) {
            words.push(one);
            places.push(at);
            at += 2;
            is_changed = true;
            continue;
        }
        if let Some(whole) = whole_of_letter(node, said, at) {
            words.push(whole);
            places.push(at);
            at += 1;
            is_changed = true;
            continue;
        }
        match two_of_one(node, said, at) {
            Some((first, second)) => {
                words.extend([first, second]);
                places.extend([at, at]);
                is_changed = true;
            }
            None => {
                words.push(said.word(at));
                places.push(at);
            }
        }
        at += 1;
    }
    is_changed.then(|| (said.reading(&words.join(" ")), places))
}

/// What a rule takes the message for that is written so.
pub(super) fn read<'t, 's>(
    joined: Option<&(Said<'t, 's>, Vec<usize>)>,
    trace: &mut Trace,
    rule: impl Fn(&Said<'t, 's>, &mut Trace) -> Option<Decision>,
) -> Option<Decision> {
    let (said, places) = joined?;
    let Some(decision) = rule(said, trace) else {
        trace.clear();
        return None;
    };
    let place = |at: usize| places.get(at).copied();
    for evidence in &mut trace.evidence {
        let last = evidence.end.checked_sub(1).and_then(place).unwrap_or_default();
        let end = place(evidence.end).unwrap_or(last + 1);
        evidence.start = place(evidence.start).unwrap_or_default();
        evidence.end = end.max(evidence.start + 1);
    }
    match decision {
        Decision::Answer { answer, .. } => Some(Decision::Answer { answer, tier: Tier::Typo }),
        Decision::AskBack { rivals, .. } => {
            trace.doubt = Some(Doubt::SeveralAnswers);
            Some(Decision::AskBack { tier: Tier::Typo, rivals })
        }
        Decision::Command(_) | Decision::Nothing => Some(decision),
    }
}

/// The word of the question that two words are, written as one: at least one of them is none of its own.
fn one_of_two<'t>(
    node: Node<'t>,
    said: &Said<'t, '_>,
    at: usize,
    together: &mut String,
) -> Option<&'t str> {
    if at + 1 >= said.len() {
        return None;
    }
    together.clear();
    together.push_str(said.word(at));
    together.push_str(said.word(at + 1));
    let is_known = |id: u32| node.known().binary_search(&id).is_ok();
    let is_plain = |at: usize| !said.is(at, word_is::NEGATION | word_is::OR) && !said.is_number(at);
    let may_be = together.chars().count() >= MIN_LETTERS
        && is_plain(at)
        && is_plain(at + 1)
        && !(is_known(said.id(at)) && is_known(said.id(at + 1)));
    let id = said.look_up(together).filter(|id| may_be && is_known(*id))?;
    Some(said.named(id))
}

/// The word that a single letter stands for before the next: "S. Korea", where the question has "South Korea".
fn whole_of_letter<'t>(node: Node<'t>, said: &Said<'t, '_>, at: usize) -> Option<&'t str> {
    let next = said.id(at + 1);
    let wholes = node.tree.pack.letters.iter().filter(|(letter, _)| *letter == said.word(at));
    let mut ids = wholes.filter_map(|(_, whole)| said.look_up(whole));
    let id = ids.find(|id| {
        let in_a_row = |words: &[u32]| words.windows(2).any(|two| two == [*id, next]);
        node.phrases_with(*id).any(|phrase| in_a_row(phrase.words()))
    })?;
    Some(said.named(id))
}

/// The two words of the question, in a row in one of its phrases, that a word is which nobody knows.
fn two_of_one<'t>(node: Node<'t>, said: &Said<'t, '_>, at: usize) -> Option<(&'t str, &'t str)> {
    let word = said.word(at);
    if !said.is_unknown(at) || word.chars().count() < MIN_LETTERS {
        return None;
    }
    let halves = word.char_indices().skip(MIN_HALF).filter_map(|(end, _)| {
        let (first, second) = word.split_at_checked(end)?;
        let is_long = second.chars().count() >= MIN_HALF;
        let ids = (said.look_up(first)?, said.look_up(second)?);
        let in_a_row = |words: &[u32]| words.windows(2).any(|two| two == [ids.0, ids.1]);
        let is_there = is_long && node.phrases_with(ids.0).any(|phrase| in_a_row(phrase.words()));
        is_there.then(|| (said.named(ids.0), said.named(ids.1)))
    });
    let mut halves = halves.take(2);
    let found = halves.next()?;
    (halves.next().is_none() && !is_common(node.tree, word)).then_some(found)
}
