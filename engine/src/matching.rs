//! Understanding what was typed, by fixed rules in a fixed order.
//!
//! The first rule with a hit decides. One hit is an answer; several are a question back, never the
//! first of them: a wrong answer is far worse than a question. See `docs/tree-format.md`.

mod amount;
mod commands;
#[cfg(feature = "yaml")]
mod index;
mod phrase;
mod said;
#[cfg_attr(
    not(feature = "yaml"),
    expect(dead_code, reason = "words are looked up when a tree is made")
)]
pub(crate) mod word_is;

pub(crate) use commands::Commands;
#[cfg(feature = "yaml")]
pub(crate) use index::{Indexer, Typed};

use crate::Tier;
use crate::digest::Digest;
use crate::lang::Pack;
use crate::text::Words;
use crate::tree::{AnswerId, Node, Tree};

use said::Said;

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

impl Command {
    const ALL: [Self; 4] = [Self::Back, Self::Restart, Self::Help, Self::Forget];

    /// Its number in compiled trees.
    pub(crate) fn number(self) -> u32 {
        match self {
            Self::Back => 0,
            Self::Restart => 1,
            Self::Help => 2,
            Self::Forget => 3,
        }
    }

    /// The command with this number.
    pub(crate) fn numbered(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.number() == number)
    }
}

/// Understands `text` at the question `node`, where the answers `shown` were offered in that order.
pub(crate) fn decide(tree: &Tree, node: Node<'_>, text: &str, shown: &[Digest]) -> Decision {
    if text.len() > MAX_TEXT {
        return Decision::Nothing;
    }
    let said = Said::of(tree, text);
    if said.is_empty() {
        return Decision::Nothing;
    }
    let pack = tree.pack;
    match exact(node, &said).as_slice() {
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
    if let Some(command) = tree.commands.find(said.joined()) {
        return Decision::Command(command);
    }
    if let Some(decision) = phrase::yes_or_no(pack, node, text, &said) {
        return decision;
    }
    if let Some(decision) = phrase::phrase(node, &said) {
        return decision;
    }
    phrase::part(pack, node, &said).unwrap_or(Decision::Nothing)
}

/// Whether a text only greets.
pub(crate) fn greets(tree: &Tree, text: &str) -> bool {
    text.len() <= MAX_TEXT && tree.pack.greetings.contains(&Words::of(text).joined())
}

/// The one answer that `text` names beyond doubt: its words are the answer's, or hold them. Never by
/// a number, a command, or a yes or no: these mean nothing away from where they were said.
pub(crate) fn beyond_doubt(tree: &Tree, node: Node<'_>, text: &str) -> Option<(AnswerId, Tier)> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let said = Said::of(tree, text);
    if said.is_empty()
        || whole_number(tree.pack, text).is_some()
        || tree.commands.find(said.joined()).is_some()
        || says_yes_or_no(tree.pack, said.joined()).is_some()
    {
        return None;
    }
    match exact(node, &said).as_slice() {
        [] => {}
        [answer] => return Some((*answer, Tier::Exact)),
        _ => return None,
    }
    match phrase::phrase(node, &said) {
        Some(Decision::Answer { answer, tier }) => Some((answer, tier)),
        _ => None,
    }
}

/// Whether `text` is just what an answer is called.
pub(crate) fn is_answer(tree: &Tree, node: Node<'_>, text: &str) -> bool {
    text.len() <= MAX_TEXT && !exact(node, &Said::of(tree, text)).is_empty()
}

/// The command that the whole of `text` is, if it is one.
pub(crate) fn command(tree: &Tree, text: &str) -> Option<Command> {
    if text.len() > MAX_TEXT {
        return None;
    }
    tree.commands.find(Words::of(text).joined())
}

/// Whether the whole of `text` says yes (true) or no (false).
pub(crate) fn yes_no(pack: &Pack, text: &str) -> Option<bool> {
    if text.len() > MAX_TEXT {
        return None;
    }
    says_yes_or_no(pack, Words::of(text).joined())
}

/// Whether these words, joined by spaces, say yes (true) or no (false).
fn says_yes_or_no(pack: &Pack, said: &str) -> Option<bool> {
    if pack.yes.contains(&said) {
        Some(true)
    } else if pack.no.contains(&said) {
        Some(false)
    } else {
        None
    }
}

/// Whether the question can be answered by saying yes or no.
pub(crate) fn asks_yes_or_no(node: Node<'_>) -> bool {
    node.yes().is_some() || node.no().is_some()
}

/// The answer that a digest of what was shown stands for: by its key, or a former key.
fn shown_answer(node: Node<'_>, key: Digest) -> Option<AnswerId> {
    node.keyed(key).or_else(|| {
        let mut former = node.answers().filter(|answer| answer.was().any(|was| was == key));
        let found = former.next();
        if former.next().is_some() { None } else { found.map(|answer| answer.id()) }
    })
}

/// Tier 1: the answers whose key, label or `also` the message is: with its accents, else without.
fn exact(node: Node<'_>, said: &Said<'_>) -> Vec<AnswerId> {
    let same = said.known_words().map(|words| phrase::called(node, words)).unwrap_or_default();
    let mut hits: Vec<AnswerId> = same
        .iter()
        .map(|row| node.phrase(row))
        .filter(|phrase| phrase.accented() == said.accented())
        .map(|phrase| phrase.answer())
        .collect();
    if hits.is_empty() {
        hits = same.iter().map(|row| node.phrase(row).answer()).collect();
    }
    hits.sort_unstable();
    hits.dedup();
    if hits.is_empty() {
        let polar = match says_yes_or_no(node.tree.pack, said.joined()) {
            Some(true) => node.yes(),
            Some(false) => node.no(),
            None => None,
        };
        hits.extend(polar);
    }
    hits
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
