//! Understanding what was typed, by fixed rules in a fixed order.
//!
//! The first rule with a hit decides. One hit is an answer; several are a question back, never the
//! first of them: a wrong answer is far worse than a question. See `docs/tree-format.md`.

mod amount;
mod index;
mod phrase;

pub(crate) use index::{Commands, Index};

use crate::Tier;
use crate::digest::Digest;
use crate::lang::Pack;
use crate::text::Words;
use crate::tree::{AnswerId, Node, Tree};

/// The most bytes of a text that is understood; Messenger's have at most 2000 characters.
const MAX_TEXT: usize = 8000;

/// What a text decides at a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// One answer.
    Answer { answer: AnswerId, tier: Tier },
    /// Several answers fit, or one that may not be meant: ask which.
    AskBack { tier: Tier, rivals: Vec<AnswerId> },
    /// A command.
    Command(Command),
    /// Nothing.
    Nothing,
}

/// What can be said anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Back,
    Restart,
    Help,
    Forget,
}

/// Understands `text` at the question `node`, where the answers `shown` were offered in that order.
pub(crate) fn decide(tree: &Tree, node: &Node, text: &str, shown: &[Digest]) -> Decision {
    if text.len() > MAX_TEXT {
        return Decision::Nothing;
    }
    let words = Words::of(text);
    if words.is_empty() {
        return Decision::Nothing;
    }
    let pack = tree.pack;
    match exact(pack, node, &words).as_slice() {
        [] => {}
        [answer] => return Decision::Answer { answer: *answer, tier: Tier::Exact },
        rivals => return Decision::AskBack { tier: Tier::Exact, rivals: rivals.to_vec() },
    }
    if let Some(number) = whole_number(pack, text)
        && !shown.is_empty()
    {
        let answer = number
            .checked_sub(1)
            .and_then(|index| shown.get(index))
            .and_then(|key| shown_answer(node, *key));
        return answer
            .map_or(Decision::Nothing, |answer| Decision::Answer { answer, tier: Tier::Number });
    }
    if let Some(command) = command(tree, text) {
        return Decision::Command(command);
    }
    if let Some(decision) = phrase::yes_or_no(pack, node, text, &words) {
        return decision;
    }
    if let Some(decision) = phrase::phrase(pack, node, &words) {
        return decision;
    }
    phrase::part(pack, node, &words).unwrap_or(Decision::Nothing)
}

/// Whether a text only greets.
pub(crate) fn greets(tree: &Tree, text: &str) -> bool {
    text.len() <= MAX_TEXT
        && tree.pack.greetings.contains(&Words::of(text).plain.join(" ").as_str())
}

/// The one answer that `text` names beyond doubt: its words are the answer's, or hold them. Never by
/// a number, a command, or a yes or no: these mean nothing away from where they were said.
pub(crate) fn beyond_doubt(tree: &Tree, node: &Node, text: &str) -> Option<(AnswerId, Tier)> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let words = Words::of(text);
    if words.is_empty()
        || whole_number(tree.pack, text).is_some()
        || command(tree, text).is_some()
        || yes_no(tree.pack, text).is_some()
    {
        return None;
    }
    match exact(tree.pack, node, &words).as_slice() {
        [] => {}
        [answer] => return Some((*answer, Tier::Exact)),
        _ => return None,
    }
    match phrase::phrase(tree.pack, node, &words) {
        Some(Decision::Answer { answer, tier }) => Some((answer, tier)),
        _ => None,
    }
}

/// Whether `text` is just what an answer is called.
pub(crate) fn is_answer(tree: &Tree, node: &Node, text: &str) -> bool {
    text.len() <= MAX_TEXT && !exact(tree.pack, node, &Words::of(text)).is_empty()
}

/// The command that the whole of `text` is, if it is one.
pub(crate) fn command(tree: &Tree, text: &str) -> Option<Command> {
    if text.len() > MAX_TEXT {
        return None;
    }
    tree.commands.find(&Words::of(text).plain.join(" "))
}

/// Whether the whole of `text` says yes (true) or no (false).
pub(crate) fn yes_no(pack: &Pack, text: &str) -> Option<bool> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let said = Words::of(text).plain.join(" ");
    if pack.yes.contains(&said.as_str()) {
        Some(true)
    } else if pack.no.contains(&said.as_str()) {
        Some(false)
    } else {
        None
    }
}

/// Whether the question can be answered by saying yes or no.
pub(crate) fn asks_yes_or_no(node: &Node) -> bool {
    node.index.yes.is_some() || node.index.no.is_some()
}

/// The answer that a digest of what was shown stands for: by its key, or a former key.
fn shown_answer(node: &Node, key: Digest) -> Option<AnswerId> {
    node.keyed(key).or_else(|| {
        let mut former = node.numbered().filter(|(_, answer)| answer.was.contains(&key));
        let found = former.next().map(|(id, _)| id);
        if former.next().is_some() { None } else { found }
    })
}

/// Tier 1: the answers whose key, label or `also` the message is.
fn exact(pack: &Pack, node: &Node, words: &Words) -> Vec<AnswerId> {
    let hits = node.index.exact(words);
    if !hits.is_empty() {
        return hits;
    }
    let said = words.plain.join(" ");
    let polar = match () {
        () if pack.yes.contains(&said.as_str()) => node.index.yes,
        () if pack.no.contains(&said.as_str()) => node.index.no,
        () => None,
    };
    polar.into_iter().collect()
}

/// Tier 2: the number that the whole message is: `2`, `2.`, `#2`, `option 2`.
pub(crate) fn whole_number(pack: &Pack, text: &str) -> Option<usize> {
    let text = text.trim();
    let after_word = pack.number_words.iter().find_map(|word| {
        let head = text.get(..word.len())?;
        let rest = text.get(word.len()..)?;
        (head.eq_ignore_ascii_case(word) && rest.starts_with([' ', '.', '#']))
            .then(|| rest.trim_start_matches(['.', ' ']))
    });
    let digits = after_word.unwrap_or(text);
    let digits = digits.strip_prefix('#').unwrap_or(digits).trim_start();
    let digits = digits.trim_end_matches(['.', ')', ' ']);
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}
