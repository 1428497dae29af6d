//! Tier 4: an answer's words, or an amount that lies within it, stand in the message.
//!
//! Whatever else is in the message is held against the answer: see [`guards`](super::guards).

use crate::Tier;
use crate::order::in_order;
use crate::tree::{AnswerId, Node};

use super::Decision;
use super::bounds::{Meant, has_bound, meant};
use super::guards::{Around, is_companion, left_over};
use super::hits::{Hit, answers, distinct, hits, loose_hits, note};
use super::reason::{Doubt, Evidence, Trace};
use super::said::Said;
use super::word_is;

/// Answers in the message; none if there is none.
pub(super) fn phrase(node: Node<'_>, said: &Said<'_, '_>, trace: &mut Trace) -> Option<Decision> {
    let mut hits = hits(node, said, false);
    let loose = loose_hits(node, said, &hits);
    // A longer one beats one inside it; but "my wedding" is no other wedding.
    let is_inside =
        |hit: &Hit<'_>| loose.iter().any(|other| other.start <= hit.start && hit.end <= other.end);
    hits.retain(|hit| !is_inside(hit) || has_determiner(node, hit));
    hits.extend(loose);
    let place = |at: usize| hits.get(at).map(|hit| (hit.start, hit.end));
    let order = in_order(hits.len(), &|one, other| place(one) > place(other));
    let mut hits: Vec<Hit<'_>> = order.iter().filter_map(|at| hits.get(*at).copied()).collect();
    let mut amounts = meant(node, said);
    // "once a year" is a phrase of its own, and "6 months" an amount, though it is written as a phrase too.
    amounts.retain(|amount| {
        let length = amount.end - amount.start;
        !hits.iter().any(|hit| {
            hit.start <= amount.start && amount.end <= hit.end && hit.end - hit.start > length
        })
    });
    hits.retain(|hit| {
        !amounts.iter().any(|amount| amount.start <= hit.start && hit.end <= amount.end)
    });
    // "a holiday with my husband": who comes along is another answer's word by chance.
    let is_along = |hit: &Hit<'_>| hit.end == hit.start + 1 && is_companion(node, said, hit.start);
    if hits.iter().any(|hit| !is_along(hit)) {
        hits.retain(|hit| !is_along(hit));
    }
    if hits.is_empty() && amounts.iter().all(|amount| amount.answers.is_empty()) {
        return None;
    }
    note(trace, &hits);
    note_amounts(trace, &amounts);
    let other_names = other_names(said, &hits);
    if !hits.is_empty() && amounts.is_empty() && other_names.len() == hits.len() {
        return None;
    }
    let in_amounts = amounts.iter().flat_map(|amount| amount.answers.iter().copied());
    let named = distinct(answers(&hits).into_iter().chain(in_amounts).collect());
    let mut doubt = other_names.first().map(|at| Doubt::OtherName(*at));
    doubt = doubt.or_else(|| doubt_of_amounts(node, &hits, &amounts));
    let answer = named.first().copied()?;
    if named.len() > 1 {
        doubt = doubt.or(Some(Doubt::SeveralAnswers));
    }
    let around = Around { node, said, hits: &hits, amounts: &amounts, answer };
    let (rivals, left) = left_over(&around);
    let aside = amounts.first().filter(|of| hits.is_empty() && !of.is_asked && !around.is_called());
    let doubt = doubt.or(left).or(aside.map(|amount| Doubt::Amount(amount.start)));
    if let Some(doubt) = doubt {
        trace.doubt(doubt);
        let rivals = distinct(named.into_iter().chain(rivals).collect());
        return Some(Decision::AskBack { tier: tier(&hits), rivals });
    }
    Some(Decision::Answer { answer, tier: tier(&hits) })
}

/// Whether the article is a part of what was hit: "my wedding".
fn has_determiner(node: Node<'_>, hit: &Hit<'_>) -> bool {
    let word = |id: &u32| node.tree.tables.word(*id);
    hit.phrase.words().iter().any(|id| node.tree.pack.determiners.contains(word(id)))
}

fn tier(hits: &[Hit<'_>]) -> Tier {
    if hits.is_empty() { Tier::Amount } else { Tier::Phrase }
}

/// The words that make another name of the name after them: "South American" is no "American".
fn other_names(said: &Said<'_, '_>, hits: &[Hit<'_>]) -> Vec<usize> {
    let is_in_hit = |at: usize| hits.iter().any(|hit| hit.has(at));
    let before = hits.iter().filter_map(|hit| {
        let at = hit.start.checked_sub(1)?;
        let is_thing = hit.phrase.is_small() && said.is_soft_qualifier(at);
        (said.is(at, word_is::QUALIFIER) && !is_thing && !is_in_hit(at)).then_some(at)
    });
    before.collect()
}

/// Why the amounts of a message decide nothing.
fn doubt_of_amounts(node: Node<'_>, hits: &[Hit<'_>], amounts: &[Meant]) -> Option<Doubt> {
    let first = amounts.first()?;
    if let Some(second) = amounts.get(1) {
        return Some(Doubt::Amount(second.start));
    }
    if first.answers.is_empty() {
        // "a 3 year degree": no answer says "3 years", but a degree may take any time.
        let speaks_of_amounts = hits.iter().any(|hit| has_bound(node, hit.answer));
        return (first.is_doubtful || speaks_of_amounts).then_some(Doubt::Amount(first.start));
    }
    (!first.is_sure).then_some(Doubt::Amount(first.start))
}

fn note_amounts(trace: &mut Trace, amounts: &[Meant]) {
    if !trace.is_wanted {
        return;
    }
    for amount in amounts {
        let evidence = |answer: &AnswerId| Evidence {
            answer: *answer,
            start: amount.start,
            end: amount.end,
            phrase: String::new(),
        };
        trace.evidence.extend(amount.answers.iter().map(evidence));
    }
}
