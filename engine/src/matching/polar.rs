//! Tier 3, second half: "yes, …" or "no, …" at the start of a message decides a yes/no question, unless the rest
//! says something else.

use crate::Tier;
use crate::tree::{AnswerId, Node};

use super::hits::{distinct, hits, note};
use super::reason::{Doubt, Trace};
use super::said::Said;
use super::told::asks;
use super::{Decision, says_yes_or_no, word_is};

/// "I have looked, yes": set off at the end of a message, which says nothing else.
pub(super) fn yes_or_no_at_end(node: Node<'_>, said: &Said<'_, '_>) -> Option<Decision> {
    let pack = node.tree.pack;
    let last = said.len().checked_sub(1).filter(|last| *last > 0)?;
    let yes = says_yes_or_no(pack, said.word(last))
        .filter(|_| said.is(last, word_is::YES_KEY | word_is::NO_KEY))?;
    let answer = if yes { node.yes() } else { node.no() }?;
    let mut tokens = said.text().split_whitespace().rev().skip(1);
    let is_set_off = tokens
        .next()
        .is_some_and(|before| before.ends_with([',', '.', '!', ';', ':', '-', '–', '—']));
    let is_against = |at: usize| said.negates(at) || said.is(at, word_is::OR | word_is::DOUBT);
    let says_more = hits(node, said, false).iter().any(|hit| hit.answer != answer);
    let is_unsure = pack.unsure.iter().any(|phrase| said.find(phrase).is_some());
    (is_set_off && !says_more && !is_unsure && !asks(said, node) && !(0..last).any(is_against))
        .then_some(Decision::Answer { answer, tier: Tier::Command })
}

pub(super) fn yes_or_no(
    node: Node<'_>,
    said: &Said<'_, '_>,
    trace: &mut Trace,
) -> Option<Decision> {
    let pack = node.tree.pack;
    let answer_to = |yes: bool| if yes { node.yes() } else { node.no() };
    let yes = says_yes_or_no(pack, said.word(0))?;
    let answer = answer_to(yes)?;
    if pack.unsure.iter().any(|phrase| said.find(phrase).is_some()) {
        return None;
    }
    // "no no it is".
    let same = |at: usize| {
        said.is(at, word_is::YES_KEY | word_is::NO_KEY)
            && says_yes_or_no(pack, said.word(at)) == Some(yes)
    };
    let head = 1 + (1..said.len()).take_while(|at| same(*at)).count();
    let rest = said.from(head);
    // "yes, no wait", but not "no, I do not": a negation that follows a "no" agrees with it.
    let is_key = |at: usize| rest.is(at, word_is::YES_KEY | word_is::NO_KEY);
    let turned = (0..rest.len()).find(|at| {
        says_yes_or_no(pack, rest.word(*at)).is_some_and(|other| other != yes) && is_key(*at)
    });
    // "yes, I am not", "yes, but not yet".
    let negates = (0..rest.len()).find(|at| yes && rest.negates(*at));
    // "yes, I am not".
    let said_otherwise =
        says_yes_or_no(pack, rest.joined()).is_some_and(|other| answer_to(other) != Some(answer));
    // "no problem" is no "no", and "right arm" no "yes": what follows must be set off, or be a sentence of its
    // own. Only "yes" itself begins no other word: "yes cancel".
    let is_plain_yes = yes && said.is(0, word_is::YES_KEY) && said.word(0).chars().nth(1).is_some();
    let set_off = said
        .text()
        .split_whitespace()
        .next()
        .is_some_and(|head| head.ends_with([',', '.', '!', ';', ':', '-', '–', '—']));
    let begins_anew = word_is::FUNCTION | word_is::YES | word_is::NO;
    let next_begins_anew = !rest.is_empty() && rest.is(0, begins_anew);
    let hits = hits(node, &rest, false);
    // "nope still broken".
    let agrees = !hits.is_empty() && hits.iter().all(|hit| hit.answer == answer);
    if !(set_off || head > 1 || next_begins_anew || is_plain_yes || turned.is_some() || agrees) {
        return None;
    }
    let mut rivals: Vec<AnswerId> =
        hits.iter().map(|hit| hit.answer).filter(|other| *other != answer).collect();
    note(trace, &hits);
    trace.evidence.iter_mut().for_each(|evidence| {
        evidence.start += head;
        evidence.end += head;
    });
    if !rivals.is_empty() {
        trace.doubt(Doubt::SeveralAnswers);
    }
    if let Some(at) = turned.or(negates).or(said_otherwise.then_some(0)) {
        rivals.extend(answer_to(!yes));
        rivals.push(answer);
        trace.doubt(Doubt::Negation(at + head));
    }
    if rivals.is_empty() {
        return Some(Decision::Answer { answer, tier: Tier::Command });
    }
    rivals.push(answer);
    Some(Decision::AskBack { tier: Tier::Command, rivals: distinct(rivals) })
}
