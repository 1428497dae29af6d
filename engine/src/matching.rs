//! Understanding what was typed, by fixed rules in a fixed order.
//!
//! The first rule with a hit decides. One hit is an answer; several are a question back, never the
//! first of them: a wrong answer is far worse than a question. See `docs/tree-format.md`.

mod amount;
mod bounds;
mod commands;
#[cfg(feature = "yaml")]
mod common;
mod guards;
mod hits;
#[cfg(feature = "yaml")]
mod index;
mod joined;
mod names;
mod part;
mod phrase;
mod picked;
mod polar;
mod reason;
mod rivals;
mod said;
mod shared;
mod told;
mod typo;
pub(crate) mod word_is;

#[cfg(feature = "yaml")]
pub(crate) use bounds::amounts_named;
pub(crate) use commands::Commands;
#[cfg(feature = "yaml")]
pub(crate) use common::common_words;
#[cfg(feature = "yaml")]
pub(crate) use index::{Indexer, Typed};

use std::cmp::Ordering;
use std::slice;

use crate::digest::Digest;
use crate::lang::Pack;
use crate::order::sorted_once;
use crate::text::compatible;
use crate::tree::{AnswerId, Node, NodeId, Tree};
use crate::{Event, Tier};

pub use reason::{Doubt, Evidence, Explanation, Rival, Understood};

use reason::Trace;
use said::Called;
pub(crate) use said::Said;

/// What a text decides at a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// One answer.
    Answer { answer: AnswerId, tier: Tier },
    /// Several answers fit, or one that may not be meant: ask which.
    AskBack { tier: Tier, rivals: Vec<AnswerId> },
    /// A command.
    Command(Command),
    /// Not one of those that were asked about: all are asked about again.
    NoneOfThem,
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

/// Understands what was `said` at the question `node`, where the answers `shown` were offered in that order;
/// `asked_back`, where they were in a question back: what a number means there has been asked already.
pub(crate) fn decide(
    node: Node<'_>,
    said: &Said<'_, '_>,
    shown: &[Digest],
    asked_back: bool,
) -> Decision {
    understand(node, said, shown, asked_back, &mut Trace::default())
}

/// Why `text` is understood as it is at a question, after the turn `before`, which says what was offered (none: nothing
/// was): which rule decides, by which words, and what speaks against it.
#[must_use]
pub fn explain(tree: &Tree, question: NodeId, text: &str, before: Option<&Event>) -> Explanation {
    let said = Said::of(tree, text);
    let mut trace = Trace { is_wanted: true, ..Trace::default() };
    let node = tree.node(question);
    let shown = before.map_or(&[][..], |event| &event.shown);
    let asked_back = before.is_some_and(Event::asks_back);
    let decision = understand(node, &said, shown, asked_back, &mut trace);
    let (tier, understood) = match decision {
        Decision::Answer { answer, tier } => (tier, Understood::Answer(answer)),
        Decision::AskBack { tier, rivals } => (tier, Understood::AskBack(rivals)),
        Decision::Command(_) | Decision::NoneOfThem => (Tier::Command, Understood::Command),
        Decision::Nothing => (Tier::None, Understood::Nothing),
    };
    // Only what was asked about is in doubt.
    let doubt = trace.doubt.filter(|_| matches!(understood, Understood::AskBack(_)));
    let understood_as = match &understood {
        Understood::Answer(answer) => slice::from_ref(answer),
        Understood::AskBack(answers) => answers,
        Understood::Command | Understood::Nothing => &[],
    };
    let rivals = rivals::rivals(node, &said, understood_as);
    let words = said.words().into_iter().map(str::to_owned).collect();
    Explanation { words, tier, understood, evidence: trace.evidence, doubt, rivals }
}

/// One tier after the other.
fn understand(
    node: Node<'_>,
    said: &Said<'_, '_>,
    shown: &[Digest],
    asked_back: bool,
    trace: &mut Trace,
) -> Decision {
    if said.is_empty() {
        return Decision::Nothing;
    }
    let tree = node.tree;
    // Neither of two is not yet none of all, and of both only one can be taken.
    if asked_back && tree.pack.not_one_of_them.contains(said.joined()) && !is_label(node, said) {
        return Decision::NoneOfThem;
    }
    if let Some(decision) = exactly(node, said, trace) {
        return decision;
    }
    if asked_back
        && let Some(at) = picked::picked(tree.pack, said, shown.len())
        && let Some(answer) = shown.get(at).and_then(|key| shown_answer(node, *key))
    {
        return Decision::Answer { answer, tier: Tier::Number };
    }
    if let Some(number) = whole_number(tree.pack, said.text())
        && !shown.is_empty()
    {
        let answer = number
            .checked_sub(1)
            .and_then(|index| shown.get(index))
            .and_then(|key| shown_answer(node, *key));
        let Some(answer) = answer else { return Decision::Nothing };
        // "#2" and "option 2" speak of the list.
        let may_count = !asked_back && said.text().trim().parse() == Ok(number);
        let rivals = if may_count { bounds::counted(node, number, answer) } else { Vec::new() };
        if rivals.is_empty() {
            return Decision::Answer { answer, tier: Tier::Number };
        }
        trace.doubt(Doubt::SeveralAnswers);
        return Decision::AskBack { tier: Tier::Number, rivals };
    }
    if let Some(command) = command(tree, said) {
        return Decision::Command(command);
    }
    if let Some(decision) = polar::yes_or_no(node, said, trace) {
        return decision;
    }
    if let Some(decision) = polar::yes_or_no_at_end(node, said) {
        return decision;
    }
    trace.clear();
    // "That's right" says nothing of "Right arm".
    if yes_no(tree, said).is_some() {
        return Decision::Nothing;
    }
    // What is written so is more than what is left of it: "S. Sudan" is no Sudan.
    let joined = joined::joined(node, said);
    if let Some(decision) = joined::read(node, said, joined.as_ref(), phrase::phrase, trace) {
        return decision;
    }
    let slips = typo::slips(node, said);
    if let Some(decision) = phrase::phrase(node, said, trace) {
        return typo::confirmed(node, said, &slips, decision, trace);
    }
    trace.clear();
    if let Some(decision) = part::part(node, said, trace) {
        return decision;
    }
    trace.clear();
    if let Some(decision) = joined::read(node, said, joined.as_ref(), part::part, trace) {
        return decision;
    }
    if let Some(decision) = typo::typo(node, said, &slips, trace) {
        return decision;
    }
    trace.clear();
    if let Some(decision) = shared::shared(node, said, trace) {
        return decision;
    }
    trace.clear();
    Decision::Nothing
}

/// Whether a word is common in its language, so that it is a slip of no other.
fn is_common(tree: &Tree, word: &str) -> bool {
    is_among(&tree.common, word)
}

/// Whether a word is one of these, which are sorted and have spaces between them: they are a page of a dictionary, and
/// are asked for a few words of a message.
fn is_among(words: &str, word: &str) -> bool {
    let words = words.as_bytes();
    let is_space = |byte: &u8| *byte == b' ';
    let (mut from, mut to) = (0, words.len());
    while let Some(part) = words.get(from..to).filter(|part| !part.is_empty()) {
        // The word that stands in the middle, or before the space there.
        let (before, after) = part.split_at(part.len() / 2);
        let start = before.iter().rposition(is_space).map_or(0, |space| space + 1);
        let end = after.iter().position(is_space).map_or(part.len(), |space| before.len() + space);
        match part.get(start..end).unwrap_or_default().cmp(word.as_bytes()) {
            Ordering::Equal => return !word.is_empty(),
            Ordering::Less => from += end + 1,
            Ordering::Greater => to = from + start.saturating_sub(1),
        }
    }
    false
}

/// Tier 1 as a decision.
fn exactly(node: Node<'_>, said: &Said<'_, '_>, trace: &mut Trace) -> Option<Decision> {
    let hits = exact(node, said);
    if trace.is_wanted {
        trace.evidence.extend(hits.answers().iter().map(|answer| Evidence {
            answer: *answer,
            start: 0,
            end: said.len(),
            phrase: said.joined().to_owned(),
        }));
    }
    match hits.answers() {
        [] => None,
        [answer] => Some(Decision::Answer { answer: *answer, tier: Tier::Exact }),
        rivals => {
            trace.doubt(Doubt::SeveralAnswers);
            Some(Decision::AskBack { tier: Tier::Exact, rivals: rivals.to_vec() })
        }
    }
}

/// Whether a message only greets.
pub(crate) fn greets(tree: &Tree, said: &Said<'_, '_>) -> bool {
    tree.pack.greetings.contains(said.joined())
}

/// The one answer that a message names beyond doubt: its words are the answer's, or hold them. Never by
/// a number, a command, or a yes or no: these mean nothing away from where they were said.
pub(crate) fn beyond_doubt(node: Node<'_>, said: &Said<'_, '_>) -> Option<(AnswerId, Tier)> {
    let tree = node.tree;
    if said.is_empty()
        || whole_number(tree.pack, said.text()).is_some()
        || command(tree, said).is_some()
        || yes_no(tree, said).is_some()
    {
        return None;
    }
    match exact(node, said).answers() {
        [] => {}
        [answer] => return Some((*answer, Tier::Exact)),
        _ => return None,
    }
    match phrase::phrase(node, said, &mut Trace::default()) {
        Some(Decision::Answer { answer, tier }) => Some((answer, tier)),
        _ => None,
    }
}

/// Whether a message is just what an answer is called.
pub(crate) fn is_answer(node: Node<'_>, said: &Said<'_, '_>) -> bool {
    !exact(node, said).answers().is_empty()
}

/// Whether a message is just what is shown of an answer, or its key.
fn is_label(node: Node<'_>, said: &Said<'_, '_>) -> bool {
    let same = said.known_words().map(|words| hits::called(node, words)).unwrap_or_default();
    same.iter().any(|row| !node.phrase(row).is_also())
}

/// The command that the whole of a message is, if it is one.
pub(crate) fn command(tree: &Tree, said: &Said<'_, '_>) -> Option<Command> {
    tree.commands.find(said.joined())
}

/// Whether the whole of a message says yes (true) or no (false).
pub(crate) fn yes_no(tree: &Tree, said: &Said<'_, '_>) -> Option<bool> {
    says_yes_or_no(tree.pack, said.joined())
}

/// Whether these words, joined by spaces, say yes (true) or no (false).
fn says_yes_or_no(pack: &Pack, said: &str) -> Option<bool> {
    if pack.yes.contains(said) {
        Some(true)
    } else if pack.no.contains(said) {
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
fn exact(node: Node<'_>, said: &Said<'_, '_>) -> Called {
    said.exact(node, look_up)
}

fn look_up(node: Node<'_>, said: &Said<'_, '_>) -> Called {
    let same = said.known_words().map(|words| hits::called(node, words)).unwrap_or_default();
    // With its accents or without: it is the only one.
    if let [row] = same {
        return Called::One(node.phrase(row).answer());
    }
    let mut hits: Vec<AnswerId> = same
        .iter()
        .map(|row| node.phrase(row))
        .filter(|phrase| phrase.accented() == said.accented())
        .map(|phrase| phrase.answer())
        .collect();
    if hits.is_empty() {
        hits = same.iter().map(|row| node.phrase(row).answer()).collect();
    }
    let mut hits = sorted_once(hits);
    if hits.is_empty() {
        let polar = match says_yes_or_no(node.tree.pack, said.joined()) {
            Some(true) => node.yes(),
            Some(false) => node.no(),
            None => None,
        };
        hits.extend(polar);
    }
    Called::All(hits)
}

/// Tier 2: the number that the whole message is: `2`, `2.`, `#2`, `option 2`.
pub(crate) fn whole_number(pack: &Pack, text: &str) -> Option<usize> {
    let text = compatible(text);
    // "2" on a key is a 2 with two signs that are not seen.
    let text = text.trim_matches(|sign: char| sign.is_whitespace() || is_unseen(sign));
    let after_word = pack.number_words.iter().find_map(|word| {
        let head = text.get(..word.len())?;
        let rest = text.get(word.len()..)?;
        (head.eq_ignore_ascii_case(word) && rest.starts_with([' ', '.', '#']))
            .then(|| rest.trim_start_matches(['.', ' ']))
    });
    let digits = after_word.unwrap_or(text);
    let digits = digits.strip_prefix('#').unwrap_or(digits).trim_start();
    let digits = digits.strip_prefix('(').unwrap_or(digits);
    let digits = digits.trim_end_matches(['.', ')', ' ', ':', '!']);
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse::<i64>().ok()?.try_into().ok()
}

/// Signs that say how the one before them is drawn, and others that nobody sees.
fn is_unseen(sign: char) -> bool {
    matches!(
        sign,
        '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

#[cfg(all(test, feature = "yaml"))]
mod tests {
    use super::is_among;
    use crate::lang;

    #[test]
    fn words_are_found_among_sorted_ones() {
        for words in ["", " ", "a", " a b", "ab b bc", " ab b bc ", "z é ж"] {
            for word in ["", "a", "ab", "b", "bc", "c", "é", "z", "ж", "ab b", "\u{1F44D}"] {
                let is_one = !word.is_empty() && words.split(' ').any(|one| one == word);
                assert_eq!(is_among(words, word), is_one, "{word:?} among {words:?}");
            }
        }
    }

    #[test]
    fn common_words_are_sorted_so_that_each_is_found() {
        let common = lang::pack_of("en").map(|pack| pack.common).unwrap_or_default();
        let words: Vec<&str> = common.split(' ').filter(|word| !word.is_empty()).collect();
        assert!(words.len() > 2_000 && words.is_sorted());
        for word in &words {
            assert!(is_among(common, word), "{word}");
            let longer = format!("{word}q");
            assert_eq!(is_among(common, &longer), words.contains(&longer.as_str()), "{longer}");
        }
    }
}
