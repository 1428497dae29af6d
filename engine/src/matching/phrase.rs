//! Answers inside messages (tier 4), messages inside answers (tier 5), and a yes or no that goes on.

use crate::Tier;
use crate::lang::Pack;
use crate::tree::tables::{NONE, PhraseRow};
use crate::tree::{AnswerId, Node, Phrase};

use super::said::{Said, is, is_digits};
use super::{Decision, says_yes_or_no, word_is};

/// How many words may be left over around an answer.
const MAX_LEFT_OVER: usize = 100;

/// Where an answer's words stand in a message.
#[derive(Clone, Copy, Debug)]
struct Hit {
    answer: AnswerId,
    start: usize,
    end: usize,
}

/// Tier 3, second half: "yes, …" or "no, …" at the start of a message decides a yes/no question,
/// unless the rest says something else.
pub(super) fn yes_or_no(
    pack: &Pack,
    node: Node<'_>,
    text: &str,
    said: &Said<'_>,
) -> Option<Decision> {
    let answer = match says_yes_or_no(pack, said.word(0))? {
        true => node.yes()?,
        false => node.no()?,
    };
    if pack.unsure.iter().any(|phrase| contains_words(said.joined(), phrase)) {
        return None;
    }
    let rest = said.from(1);
    // "no problem" is no "no": what follows must be set off, or be a sentence of its own.
    let set_off = text
        .split_whitespace()
        .next()
        .is_some_and(|head| head.ends_with([',', '.', '!', ';', ':', '-', '–', '—']));
    let next_begins_anew =
        !rest.is_empty() && rest.is(0, word_is::FUNCTION | word_is::YES | word_is::NO);
    if !(set_off || next_begins_anew) {
        return None;
    }
    let mut rivals: Vec<AnswerId> =
        hits(node, &rest).iter().map(|hit| hit.answer).filter(|other| *other != answer).collect();
    let opposite = if node.yes() == Some(answer) { node.no() } else { node.yes() };
    // "yes, no wait", but not "no, I do not": a negation that follows a "no" agrees with it.
    let turned = (0..rest.len()).any(|at| match says_yes_or_no(pack, rest.word(at)) {
        Some(yes) => {
            (if yes { node.yes() } else { node.no() }) == opposite
                && rest.is(at, word_is::YES_KEY | word_is::NO_KEY)
        }
        None => false,
    });
    // "yes, I am not".
    let said_otherwise = says_yes_or_no(pack, rest.joined())
        .is_some_and(|yes| (if yes { node.yes() } else { node.no() }) != Some(answer));
    rivals.extend(opposite.filter(|_| turned || said_otherwise));
    if rivals.is_empty() {
        return Some(Decision::Answer { answer, tier: Tier::Command });
    }
    rivals.push(answer);
    Some(ask_back(Tier::Command, rivals))
}

/// Tier 4: an answer's words stand in a row in the message.
pub(super) fn phrase(node: Node<'_>, said: &Said<'_>) -> Option<Decision> {
    let hits = hits(node, said);
    let first = hits.first()?;
    let answer = first.answer;
    let hit_at = |at: usize| hits.iter().any(|hit| (hit.start..hit.end).contains(&at));
    let is_another_name = |hit: &Hit| {
        let before = hit.start.checked_sub(1).filter(|at| !hit_at(*at));
        before.is_some_and(|at| said.is(at, word_is::QUALIFIER))
    };
    if hits.iter().all(is_another_name) {
        return None;
    }
    let mut rivals: Vec<AnswerId> = hits.iter().map(|hit| hit.answer).collect();
    let mut in_doubt = hits.iter().any(is_another_name) || rivals.iter().any(|of| *of != answer);
    let has_number = (0..said.len()).any(|at| said.is_number(at) && hit_at(at));
    // "6 months and a day" is neither.
    let numbers = hits.iter().filter(|hit| (hit.start..hit.end).any(|at| said.is_number(at)));
    let has_or = || (0..said.len()).any(|at| said.is(at, word_is::OR));
    in_doubt |= numbers.count() > 1 && !has_or();
    for (count, at) in (0..said.len()).filter(|at| !hit_at(*at)).enumerate() {
        // In a whole story there may be anything.
        if count == MAX_LEFT_OVER {
            in_doubt = true;
            break;
        }
        if said.is(at, word_is::NEGATION) {
            in_doubt = true;
        } else if has_number && said.is(at, word_is::COMPARISON) {
            // "over a year" agrees where only that answer has an "over"; "at least 6 months" may not.
            let owners = owners(node, said.id(at));
            in_doubt |= owners != [answer];
            rivals.extend(owners);
        } else if said.is_digits(at) {
            // "3 to 9 months" is 3 months as well as 9.
            for hit in &hits {
                if !said.is_digits(hit.start) {
                    continue;
                }
                let rest = said.ids().get(hit.start + 1..hit.end).unwrap_or_default();
                let owners = if said.word(at) == said.word(hit.start) {
                    vec![answer]
                } else {
                    named(node, said.id(at), rest)
                };
                in_doubt |= owners.is_empty();
                rivals.extend(owners);
            }
        } else if !said.is(at, word_is::FUNCTION) {
            rivals.extend(speaks_for(node, said.id(at), answer));
        }
    }
    rivals.sort_unstable();
    rivals.dedup();
    if in_doubt || rivals.len() > 1 {
        return Some(Decision::AskBack { tier: Tier::Phrase, rivals });
    }
    Some(Decision::Answer { answer, tier: Tier::Phrase })
}

/// Tier 5: the message's words stand in a row in an answer; the last may be the beginning of a word.
pub(super) fn part(pack: &Pack, node: Node<'_>, said: &Said<'_>) -> Option<Decision> {
    let tree = node.tree;
    // What a sentence is wrapped in says nothing: "the medical one, please".
    let is_function = |at: usize| said.is(at, word_is::FUNCTION);
    let start = (0..said.len()).find(|at| !is_function(*at)).unwrap_or(said.len());
    let end = (start..said.len()).rev().find(|at| !is_function(*at)).map_or(start, |at| at + 1);
    let core = || start..end;
    let joined = core().map(|at| said.word(at)).collect::<Vec<_>>().join(" ");
    // A number or a yes or no by itself may mean anything: "7" is no "7 months", "sure" no "not sure".
    if core().all(|at| said.is_number(at) || is_function(at))
        || says_yes_or_no(pack, &joined).is_some()
    {
        return None;
    }
    let ids = said.ids().get(core()).unwrap_or_default();
    let last = said.word(end.saturating_sub(1));
    let only_negates = core().all(|at| said.is(at, word_is::NEGATION));
    // The question's own words, as in "stay", name no answer that is not even called so.
    let only_asked = ids.iter().all(|id| node.asked().binary_search(id).is_ok());
    let hits = node
        .phrases()
        .iter()
        .map(|row| node.phrase(row))
        .filter(|phrase| !is_part_of_yes_or_no(node, *phrase))
        .filter(|phrase| !only_asked || !phrase.is_also())
        // "none" is "none of these", but "not" is no "not sure".
        .filter(|phrase| {
            let mut words = phrase.words().iter();
            !only_negates
                || words.all(|word| is(tree, *word, word_is::NEGATION | word_is::FUNCTION))
        })
        .filter(|phrase| is_part(node, ids, last, *phrase));
    let (mut sure, mut unsure): (Vec<AnswerId>, Vec<AnswerId>) = (Vec::new(), Vec::new());
    for phrase in hits {
        // "power" may be meant against "No power".
        let is_turned = phrase
            .words()
            .iter()
            .any(|word| is(tree, *word, word_is::NEGATION) && !ids.contains(word));
        if is_turned { unsure.push(phrase.answer()) } else { sure.push(phrase.answer()) }
    }
    sure.sort_unstable();
    sure.dedup();
    unsure.retain(|answer| !sure.contains(answer));
    match (sure.as_slice(), unsure.as_slice()) {
        ([], []) => None,
        ([answer], []) => Some(Decision::Answer { answer: *answer, tier: Tier::Part }),
        _ => Some(ask_back(Tier::Part, sure.into_iter().chain(unsure).collect())),
    }
}

/// The phrases that are just these words.
pub(super) fn called<'t>(node: Node<'t>, words: &[u32]) -> &'t [PhraseRow] {
    let phrases = node.phrases();
    let from = phrases.partition_point(|row| node.phrase(row).words() < words);
    let rest = phrases.get(from..).unwrap_or_default();
    let count = rest.iter().take_while(|row| node.phrase(row).words() == words).count();
    rest.get(..count).unwrap_or_default()
}

/// Whether these words stand in a row in a phrase; the last may be the beginning of a word.
fn is_part(node: Node<'_>, said: &[u32], last: &str, phrase: Phrase<'_>) -> bool {
    let Some((last_id, front)) = said.split_last() else { return false };
    let prefix_may_count = last.chars().count() >= 3 && !has_digit(last);
    if *last_id == NONE && !prefix_may_count {
        return false;
    }
    phrase.words().windows(said.len()).any(|window| {
        window.split_last().is_some_and(|(word, before)| {
            before == front
                && (word == last_id
                    || (prefix_may_count && node.tree.tables.word(*word).starts_with(last)))
        })
    })
}

/// Where answers stand in a message; a longer phrase beats one inside it.
fn hits(node: Node<'_>, said: &Said<'_>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for (start, word) in said.ids().iter().enumerate() {
        let rest = said.ids().get(start..).unwrap_or_default();
        for row in starting_with(node, *word) {
            let phrase = node.phrase(row);
            if rest.starts_with(phrase.words()) && counts_in_a_sentence(node, phrase, said) {
                let end = start + phrase.words().len();
                hits.push(Hit { answer: phrase.answer(), start, end });
            }
        }
    }
    let all = hits.clone();
    hits.retain(|hit| {
        !all.iter().any(|other| {
            other.start <= hit.start
                && hit.end <= other.end
                && other.end - other.start > hit.end - hit.start
        })
    });
    hits
}

/// The phrases whose first word is this.
fn starting_with(node: Node<'_>, word: u32) -> &[PhraseRow] {
    if word == NONE {
        return &[];
    }
    let phrases = node.phrases();
    let first = |row: &PhraseRow| node.phrase(row).words().first().copied();
    let from = phrases.partition_point(|row| first(row) < Some(word));
    let rest = phrases.get(from..).unwrap_or_default();
    let count = rest.partition_point(|row| first(row) <= Some(word));
    rest.get(..count).unwrap_or_default()
}

/// Numbers, a yes or no, and words that carry no meaning count only as whole messages. "US" is no "us".
fn counts_in_a_sentence(node: Node<'_>, phrase: Phrase<'_>, said: &Said<'_>) -> bool {
    let tree = node.tree;
    let words = phrase.words();
    let text = |word: &u32| tree.tables.word(*word);
    let in_capitals =
        || phrase.is_acronym() && words.iter().all(|word| said.is_in_capitals(text(word)));
    !is_part_of_yes_or_no(node, phrase)
        && (!words.iter().all(|word| is(tree, *word, word_is::FUNCTION)) || in_capitals())
        && !words.iter().all(|word| is_digits(text(word)))
        && !words.iter().all(|word| text(word).chars().nth(1).is_none())
}

/// Whether a phrase is only a yes or a no.
fn is_part_of_yes_or_no(node: Node<'_>, phrase: Phrase<'_>) -> bool {
    match phrase.words() {
        [word] => is(node.tree, *word, word_is::YES_KEY | word_is::NO_KEY),
        _ => false,
    }
}

/// The other answers that a word left over speaks for.
///
/// A word of the question itself or of the title, of the answer that was hit, or of most answers tells
/// nothing.
fn speaks_for(node: Node<'_>, word: u32, hit: AnswerId) -> Vec<AnswerId> {
    if node.asked().binary_search(&word).is_ok() {
        return Vec::new();
    }
    let owners = owners(node, word);
    if owners.contains(&hit) || owners.len() > 2.max(node.answers().len() / 2) {
        return Vec::new();
    }
    owners
}

/// The answers that may be called by these words.
fn named(node: Node<'_>, first: u32, rest: &[u32]) -> Vec<AnswerId> {
    starting_with(node, first)
        .iter()
        .map(|row| node.phrase(row))
        .filter(|phrase| phrase.words().get(1..) == Some(rest))
        .map(|phrase| phrase.answer())
        .collect()
}

/// The answers that have this word.
fn owners(node: Node<'_>, word: u32) -> Vec<AnswerId> {
    if node.known().binary_search(&word).is_err() {
        return Vec::new();
    }
    let phrases = node.phrases().iter().map(|row| node.phrase(row));
    let mut owners: Vec<AnswerId> = phrases
        .filter(|phrase| phrase.words().contains(&word))
        .map(|phrase| phrase.answer())
        .collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}

fn ask_back(tier: Tier, mut rivals: Vec<AnswerId>) -> Decision {
    rivals.sort_unstable();
    rivals.dedup();
    Decision::AskBack { tier, rivals }
}

fn has_digit(word: &str) -> bool {
    word.chars().any(char::is_numeric)
}

/// Whether the words of `phrase` stand in `said`, both joined by single spaces.
fn contains_words(said: &str, phrase: &str) -> bool {
    said == phrase
        || said.starts_with(&format!("{phrase} "))
        || said.ends_with(&format!(" {phrase}"))
        || said.contains(&format!(" {phrase} "))
}
