//! Words that people write as one, or as two, or by a letter: "srilanka" for "Sri Lanka", "luke warm" for "lukewarm",
//! "S. Korea" for "South Korea".

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

/// A message as the question writes its words; none where it is written so already.
pub(super) fn joined<'t, 's>(node: Node<'t>, said: &Said<'t, 's>) -> Option<Said<'t, 's>> {
    let mut text = String::new();
    let mut is_changed = false;
    let mut at = 0;
    while at < said.len().min(MAX_WORDS) {
        let mut word = said.word(at);
        let mut second = "";
        if let Some(one) = one_of_two(node, said, at) {
            word = one;
            at += 1;
            is_changed = true;
        } else if let Some(whole) = whole_of_letter(node, said, at) {
            word = whole;
            is_changed = true;
        } else if let Some((one, two)) = two_of_one(node, said, at) {
            (word, second) = (one, two);
            is_changed = true;
        }
        for part in [word, second] {
            text.push_str(part);
            text.push(' ');
        }
        at += 1;
    }
    is_changed.then(|| said.reading(&text))
}

/// A rule: what it takes a message for at a question.
type Rule = fn(Node<'_>, &Said<'_, '_>, &mut Trace) -> Option<Decision>;

/// What a rule takes the message for that is written so.
pub(super) fn read(
    node: Node<'_>,
    said: &Said<'_, '_>,
    joined: Option<&Said<'_, '_>>,
    rule: Rule,
    trace: &mut Trace,
) -> Option<Decision> {
    let decision = rule(node, joined?, trace);
    let Some(decision) = decision else {
        trace.clear();
        return None;
    };
    // The words have other places there.
    for evidence in &mut trace.evidence {
        (evidence.start, evidence.end) = (0, said.len());
    }
    match decision {
        Decision::Answer { answer, .. } => Some(Decision::Answer { answer, tier: Tier::Typo }),
        Decision::AskBack { rivals, .. } => {
            trace.doubt = Some(Doubt::SeveralAnswers);
            Some(Decision::AskBack { tier: Tier::Typo, rivals })
        }
        Decision::Command(_) | Decision::NoneOfThem | Decision::Nothing => Some(decision),
    }
}

/// The word of the question that two words are, written as one: at least one of them is none of its own.
fn one_of_two<'t>(node: Node<'t>, said: &Said<'t, '_>, at: usize) -> Option<&'t str> {
    let (first, second) = (said.word(at), said.word(at + 1));
    if second.is_empty() || first.len() + second.len() < MIN_LETTERS {
        return None;
    }
    let mut known = 0;
    for at in [at, at + 1] {
        if said.is(at, word_is::NEGATION | word_is::OR) || said.is_number(at) {
            return None;
        }
        known += usize::from(is_known(node, said.id(at)));
    }
    let mut together = first.to_owned();
    together.push_str(second);
    let id = said.look_up(&together)?;
    (known < 2 && is_known(node, id)).then(|| said.named(id))
}

/// The word that a single letter stands for before the next: "S. Korea", where the question has "South Korea".
fn whole_of_letter<'t>(node: Node<'t>, said: &Said<'t, '_>, at: usize) -> Option<&'t str> {
    for (letter, whole) in node.tree.pack.letters {
        if *letter == said.word(at)
            && let Some(id) = said.look_up(whole)
            && in_a_row(node, id, said.id(at + 1))
        {
            return Some(said.named(id));
        }
    }
    None
}

/// The two words of the question, in a row in one of its phrases, that a word is which nobody knows.
fn two_of_one<'t>(node: Node<'t>, said: &Said<'t, '_>, at: usize) -> Option<(&'t str, &'t str)> {
    let word = said.word(at);
    if !said.is_unknown(at) || word.len() < MIN_LETTERS || is_common(node.tree, word) {
        return None;
    }
    for end in MIN_HALF..=word.len() - MIN_HALF {
        let Some((first, second)) = word.split_at_checked(end) else { continue };
        if let (Some(first), Some(second)) = (said.look_up(first), said.look_up(second))
            && in_a_row(node, first, second)
        {
            return Some((said.named(first), said.named(second)));
        }
    }
    None
}

fn is_known(node: Node<'_>, id: u32) -> bool {
    node.known().binary_search(&id).is_ok()
}

/// Whether two words stand in a row in a phrase of the question.
fn in_a_row(node: Node<'_>, first: u32, second: u32) -> bool {
    node.phrases_with(first).any(|phrase| {
        let mut before = None;
        phrase.words().iter().any(|id| {
            let follows = *id == second && before == Some(first);
            before = Some(*id);
            follows
        })
    })
}
