//! Answers inside messages (tier 4), messages inside answers (tier 5), and a yes or no that goes on.

use crate::Tier;
use crate::lang::Pack;
use crate::text::Words;
use crate::tree::{AnswerId, Node};

use super::index::Phrase;
use super::{Decision, yes_no};

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
pub(super) fn yes_or_no(pack: &Pack, node: &Node, text: &str, words: &Words) -> Option<Decision> {
    let said = words.plain.join(" ");
    if pack.unsure.iter().any(|phrase| contains_words(&said, phrase)) {
        return None;
    }
    let first = words.plain.first()?;
    let answer = match yes_no(pack, first)? {
        true => node.index.yes?,
        false => node.index.no?,
    };
    let rest = words.plain.get(1..).unwrap_or_default();
    // "no problem" is no "no": what follows must be set off, or be a sentence of its own.
    let set_off = text
        .split_whitespace()
        .next()
        .is_some_and(|head| head.ends_with([',', '.', '!', ';', ':', '-', '–', '—']));
    let next_begins_anew =
        rest.first().is_some_and(|word| is_function(pack, word) || yes_no(pack, word).is_some());
    if !(set_off || next_begins_anew) {
        return None;
    }
    let rest =
        Words { accented: rest.to_vec(), plain: rest.to_vec(), capitals: words.capitals.clone() };
    let mut rivals: Vec<AnswerId> = hits(pack, node, &rest)
        .iter()
        .map(|hit| hit.answer)
        .filter(|other| *other != answer)
        .collect();
    let opposite = if node.index.yes == Some(answer) { node.index.no } else { node.index.yes };
    // "yes, no wait", but not "no, I do not": a negation that follows a "no" agrees with it.
    let turned = rest.plain.iter().any(|word| match yes_no(pack, word) {
        Some(yes) => {
            (if yes { node.index.yes } else { node.index.no }) == opposite
                && pack.yes_keys.iter().chain(pack.no_keys).any(|key| key == word)
        }
        None => false,
    });
    // "yes, I am not".
    let said_otherwise = yes_no(pack, &rest.plain.join(" "))
        .is_some_and(|yes| (if yes { node.index.yes } else { node.index.no }) != Some(answer));
    rivals.extend(opposite.filter(|_| turned || said_otherwise));
    if rivals.is_empty() {
        return Some(Decision::Answer { answer, tier: Tier::Command });
    }
    rivals.push(answer);
    Some(ask_back(Tier::Command, rivals))
}

/// Tier 4: an answer's words stand in a row in the message.
pub(super) fn phrase(pack: &Pack, node: &Node, words: &Words) -> Option<Decision> {
    let hits = hits(pack, node, words);
    let first = hits.first()?;
    let answer = first.answer;
    let hit_at = |at: usize| hits.iter().any(|hit| (hit.start..hit.end).contains(&at));
    let is_another_name = |hit: &Hit| {
        let before = hit.start.checked_sub(1).filter(|at| !hit_at(*at));
        let before = before.and_then(|at| words.plain.get(at));
        before.is_some_and(|word| pack.qualifiers.contains(&word.as_str()))
    };
    if hits.iter().all(is_another_name) {
        return None;
    }
    let mut rivals: Vec<AnswerId> = hits.iter().map(|hit| hit.answer).collect();
    let mut in_doubt = hits.iter().any(is_another_name) || rivals.iter().any(|of| *of != answer);
    let has_number = (0..).zip(&words.plain).any(|(at, word)| hit_at(at) && is_number(pack, word));
    // "6 months and a day" is neither.
    let numbers = hits.iter().filter(|hit| {
        let said = words.plain.get(hit.start..hit.end).unwrap_or_default();
        said.iter().any(|word| is_number(pack, word))
    });
    in_doubt |= numbers.count() > 1 && !words.plain.iter().any(|word| word == pack.or.trim());
    let left_over = (0..).zip(&words.plain).filter(|(at, _)| !hit_at(*at)).map(|(_, word)| word);
    for (count, word) in left_over.enumerate() {
        // In a whole story there may be anything.
        if count == MAX_LEFT_OVER {
            in_doubt = true;
            break;
        }
        if pack.negations.contains(&word.as_str()) {
            in_doubt = true;
        } else if has_number && pack.comparisons.contains(&word.as_str()) {
            // "over a year" agrees where only that answer has an "over"; "at least 6 months" may not.
            let owners = owners(node, word);
            in_doubt |= owners != [answer];
            rivals.extend(owners);
        } else if is_digits(word) {
            // "3 to 9 months" is 3 months as well as 9.
            for hit in &hits {
                let Some(said) = words.plain.get(hit.start..hit.end) else { continue };
                let Some((first, rest)) = said.split_first().filter(|(first, _)| is_digits(first))
                else {
                    continue;
                };
                let owners = if word == first { vec![answer] } else { named(node, word, rest) };
                in_doubt |= owners.is_empty();
                rivals.extend(owners);
            }
        } else if !is_function(pack, word) {
            rivals.extend(speaks_for(node, word, answer));
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
pub(super) fn part(pack: &Pack, node: &Node, words: &Words) -> Option<Decision> {
    // What a sentence is wrapped in says nothing: "the medical one, please".
    let mut said: &[String] = &words.plain;
    while let [first, rest @ ..] = said
        && is_function(pack, first)
    {
        said = rest;
    }
    while let [rest @ .., last] = said
        && is_function(pack, last)
    {
        said = rest;
    }
    // A number or a yes or no by itself may mean anything: "7" is no "7 months", "sure" no "not sure".
    if said.iter().all(|word| is_number(pack, word) || is_function(pack, word))
        || yes_no(pack, &said.join(" ")).is_some()
    {
        return None;
    }
    let negation = |word: &String| pack.negations.contains(&word.as_str());
    let only_negates = said.iter().all(negation);
    // The question's own words, as in "stay", name no answer that is not even called so.
    let only_asked = said.iter().all(|word| node.index.asked.binary_search(word).is_ok());
    let hits = node
        .index
        .phrases
        .iter()
        .filter(|phrase| !says_yes_or_no(pack, phrase))
        .filter(|phrase| !only_asked || !phrase.is_also)
        // "none" is "none of these", but "not" is no "not sure".
        .filter(|phrase| {
            let mut words = phrase.words.plain.iter();
            !only_negates || words.all(|word| negation(word) || is_function(pack, word))
        })
        .filter(|phrase| is_part(said, &phrase.words.plain));
    let (mut sure, mut unsure): (Vec<AnswerId>, Vec<AnswerId>) = (Vec::new(), Vec::new());
    for phrase in hits {
        // "power" may be meant against "No power".
        let is_turned =
            phrase.words.plain.iter().any(|word| negation(word) && !said.contains(word));
        if is_turned { unsure.push(phrase.answer) } else { sure.push(phrase.answer) }
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

/// Whether these words stand in a row in a phrase; the last may be the beginning of a word.
fn is_part(said: &[String], phrase: &[String]) -> bool {
    let Some((last, front)) = said.split_last() else { return false };
    let prefix_may_count = last.chars().count() >= 3 && !has_digit(last);
    phrase.windows(said.len()).any(|window| {
        window.split_last().is_some_and(|(word, before)| {
            before == front
                && (word == last || (prefix_may_count && word.starts_with(last.as_str())))
        })
    })
}

/// Where answers stand in a message; a longer phrase beats one inside it.
fn hits(pack: &Pack, node: &Node, words: &Words) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for (start, word) in words.plain.iter().enumerate() {
        let rest = words.plain.get(start..).unwrap_or_default();
        for phrase in node.index.starting_with(Some(word)) {
            if rest.starts_with(&phrase.words.plain) && counts_in_a_sentence(pack, phrase, words) {
                hits.push(Hit {
                    answer: phrase.answer,
                    start,
                    end: start + phrase.words.plain.len(),
                });
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

/// Numbers, a yes or no, and words that carry no meaning count only as whole messages. "US" is no "us".
fn counts_in_a_sentence(pack: &Pack, phrase: &Phrase, message: &Words) -> bool {
    let words = &phrase.words.plain;
    let in_capitals = phrase.is_acronym && words.iter().all(|word| message.capitals.contains(word));
    !says_yes_or_no(pack, phrase)
        && (in_capitals || !words.iter().all(|word| is_function(pack, word)))
        && !words.iter().all(|word| is_digits(word))
        && !words.iter().all(|word| word.chars().count() == 1)
}

fn says_yes_or_no(pack: &Pack, phrase: &Phrase) -> bool {
    match phrase.words.plain.as_slice() {
        [word] => pack.yes_keys.contains(&word.as_str()) || pack.no_keys.contains(&word.as_str()),
        _ => false,
    }
}

/// The other answers that a word left over speaks for.
///
/// A word of the question itself or of the title, of the answer that was hit, or of most answers tells
/// nothing.
fn speaks_for(node: &Node, word: &String, hit: AnswerId) -> Vec<AnswerId> {
    if node.index.asked.binary_search(word).is_ok() {
        return Vec::new();
    }
    let owners = owners(node, word);
    if owners.contains(&hit) || owners.len() > 2.max(node.answers.len() / 2) {
        return Vec::new();
    }
    owners
}

/// The answers that may be called by these words.
fn named(node: &Node, first: &String, rest: &[String]) -> Vec<AnswerId> {
    let phrases = node.index.starting_with(Some(first)).iter();
    phrases
        .filter(|phrase| phrase.words.plain.get(1..) == Some(rest))
        .map(|phrase| phrase.answer)
        .collect()
}

/// The answers that have this word.
fn owners(node: &Node, word: &String) -> Vec<AnswerId> {
    let phrases = node.index.phrases.iter().filter(|phrase| phrase.words.plain.contains(word));
    let mut owners: Vec<AnswerId> = phrases.map(|phrase| phrase.answer).collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}

fn ask_back(tier: Tier, mut rivals: Vec<AnswerId>) -> Decision {
    rivals.sort_unstable();
    rivals.dedup();
    Decision::AskBack { tier, rivals }
}

fn is_function(pack: &Pack, word: &str) -> bool {
    pack.function_words.contains(&word)
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_number(pack: &Pack, word: &str) -> bool {
    is_digits(word) || pack.numerals.contains(&word)
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|character| character.is_numeric())
}

/// Whether the words of `phrase` stand in `said`, both joined by single spaces.
fn contains_words(said: &str, phrase: &str) -> bool {
    said == phrase
        || said.starts_with(&format!("{phrase} "))
        || said.ends_with(&format!(" {phrase}"))
        || said.contains(&format!(" {phrase} "))
}
