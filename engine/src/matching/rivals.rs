//! The answers that came next: for an author who wants to know how near a message was to something else.

use std::cmp::Reverse;

use crate::Tier;
use crate::order::sort;
use crate::tree::{AnswerId, Node};

use super::hits::{hits, owners};
use super::reason::Rival;
use super::said::Said;
use super::{bounds, exact, typo, word_is};

/// The most that are named.
const MAX_RIVALS: usize = 3;

/// The most answers that are looked at.
const MAX_FOUND: usize = 200;

/// The most words that are looked at.
const MAX_WORDS: usize = 40;

/// The answers that something of a message speaks for, but those that were `understood`; the nearest first.
pub(super) fn rivals(node: Node<'_>, said: &Said<'_, '_>, understood: &[AnswerId]) -> Vec<Rival> {
    let slips = typo::slips(node, said);
    let mut found: Vec<Rival> = Vec::new();
    let mut note = |answer: AnswerId, tier: Tier, word: Option<usize>| {
        if understood.contains(&answer) {
            return;
        }
        let is_full = found.len() >= MAX_FOUND;
        match found.iter_mut().find(|rival| rival.answer == answer) {
            Some(rival) => {
                rival.tier = rival.tier.min(tier);
                rival.words.extend(word.filter(|word| !rival.words.contains(word)));
            }
            None if is_full => {}
            None => found.push(Rival { answer, tier, words: word.into_iter().collect() }),
        }
    };
    for answer in exact(node, said).answers() {
        note(*answer, Tier::Exact, None);
    }
    for amount in bounds::meant(node, said) {
        for answer in amount.answers {
            for word in amount.start..amount.end {
                note(answer, Tier::Amount, Some(word));
            }
        }
    }
    for hit in hits(node, said, true) {
        for word in hit.start..hit.end {
            note(hit.answer, Tier::Phrase, Some(word));
        }
    }
    // Words that carry nothing, and those of the question itself, tell no answer from another.
    let tells = |at: &usize| {
        !said.is(*at, word_is::FUNCTION) && node.asked().binary_search(&said.id(*at)).is_err()
    };
    let told: Vec<usize> = (0..said.len().min(MAX_WORDS)).filter(tells).collect();
    let owned: Vec<Vec<AnswerId>> = told.iter().map(|at| owners(node, said.id(*at))).collect();
    let all = |answer: &AnswerId| owned.iter().all(|owners| owners.binary_search(answer).is_ok());
    for (at, owners) in told.iter().zip(&owned) {
        for answer in owners {
            let tier = if all(answer) { Tier::Part } else { Tier::Shared };
            note(*answer, tier, Some(*at));
        }
    }
    for slip in &slips {
        for word in slip.candidates() {
            for answer in owners(node, *word) {
                note(answer, Tier::Typo, Some(slip.at()));
            }
        }
    }
    // There are few places, so whoever is next is looked for.
    let mut rivals = Vec::new();
    while let Some(next) = nearest(&found).filter(|_| rivals.len() < MAX_RIVALS) {
        let mut rival = found.swap_remove(next);
        sort(&mut rival.words);
        rivals.push(rival);
    }
    rivals
}

/// The nearest of them: the first by its rule, then the one with the most words, then the first in the list.
fn nearest(found: &[Rival]) -> Option<usize> {
    let place = |rival: &Rival| (rival.tier, Reverse(rival.words.len()), rival.answer);
    (0..found.len()).min_by_key(|at| found.get(*at).map(place))
}
