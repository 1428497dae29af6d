//! Tier 7: words that a message shares with answers. They never decide, but may be asked about.

use crate::Tier;
use crate::order::sort;
use crate::tree::{AnswerId, Node};

use super::Decision;
use super::hits::owners;
use super::reason::{Doubt, Evidence, Trace};
use super::said::Said;
use super::word_is;

/// The most answers that are asked about.
const MAX_RIVALS: usize = 3;

/// The most words that are looked at.
const MAX_WORDS: usize = 40;

/// Asks about the answers that share the most words with the message, if they are few.
pub(super) fn shared(node: Node<'_>, said: &Said<'_, '_>, trace: &mut Trace) -> Option<Decision> {
    let tells_nothing = word_is::FUNCTION
        | word_is::QUALIFIER
        | word_is::DOUBT
        | word_is::NEGATION
        | word_is::COMPARISON
        | word_is::YES
        | word_is::NO;
    let mut shares: Vec<AnswerId> = Vec::new();
    for at in (0..said.len()).take(MAX_WORDS) {
        let id = said.id(at);
        let is_asked = node.asked().binary_search(&id).is_ok();
        // "South American" shares nothing with "American".
        let is_other_name =
            at.checked_sub(1).is_some_and(|before| said.is(before, word_is::QUALIFIER));
        if said.is(at, tells_nothing) || said.is_number(at) || is_asked || is_other_name {
            continue;
        }
        for answer in owners(node, id) {
            if trace.is_wanted {
                let phrase = said.word(at).to_owned();
                trace.evidence.push(Evidence { answer, start: at, end: at + 1, phrase });
            }
            shares.push(answer);
        }
    }
    sort(&mut shares);
    let counts = shares.chunk_by(|one, next| one == next);
    let counts = counts.filter_map(|these| Some((these.len(), *these.first()?)));
    let most = counts.clone().map(|(count, _)| count).max()?;
    let best = counts.filter(|(count, _)| *count == most).map(|(_, answer)| answer);
    let rivals: Vec<AnswerId> = best.take(MAX_RIVALS + 1).collect();
    if rivals.len() > MAX_RIVALS {
        return None;
    }
    trace.doubt(Doubt::SharedWords);
    Some(Decision::AskBack { tier: Tier::Shared, rivals })
}
