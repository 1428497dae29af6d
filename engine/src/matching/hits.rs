//! Where answers stand in a message.

use crate::order::sorted_once;
use crate::tree::tables::{NONE, PhraseRow};
use crate::tree::{AnswerId, Node, Phrase};

use super::reason::{Evidence, Trace};
use super::said::{Said, is, is_digits};
use super::word_is;

/// Where an answer's words stand in a message.
#[derive(Clone, Copy)]
pub(super) struct Hit<'t> {
    pub(super) answer: AnswerId,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) phrase: Phrase<'t>,
}

impl Hit<'_> {
    pub(super) fn has(&self, at: usize) -> bool {
        (self.start..self.end).contains(&at)
    }
}

/// Where answers stand in a message, in its order; a longer phrase beats one inside it. `weak` ones are those that
/// count only as whole messages: numbers and words that carry no meaning.
pub(super) fn hits<'t>(node: Node<'t>, said: &Said<'_, '_>, weak: bool) -> Vec<Hit<'t>> {
    let mut hits: Vec<Hit<'t>> = Vec::new();
    for (start, word) in said.ids().iter().enumerate() {
        let rest = said.ids().get(start..).unwrap_or_default();
        for row in starting_with(node, *word) {
            let phrase = node.phrase(row);
            let is_there = rest.starts_with(phrase.words()) || is_of_other_kin(node, phrase, rest);
            if is_there && (weak || counts_in_a_sentence(node, phrase, said, start)) {
                let end = start + phrase.words().len();
                let is_same = |hit: &Hit<'_>| {
                    (hit.answer, hit.start, hit.end) == (phrase.answer(), start, end)
                };
                if hits.iter().rev().take_while(|hit| hit.start == start).any(is_same) {
                    continue;
                }
                hits.push(Hit { answer: phrase.answer(), start, end, phrase });
            }
        }
    }
    keep_longest(&mut hits);
    hits
}

/// Whether a row of words is a phrase but for whom it is about, where that makes no difference: "visit my nan" is as
/// "visit my wife", as long as whoever is visited leads to the same answer.
fn is_of_other_kin(node: Node<'_>, phrase: Phrase<'_>, row: &[u32]) -> bool {
    let is_kin = |id: u32| is(node.tree, id, word_is::KIN);
    let Some((last, front)) = phrase.words().split_last() else { return false };
    let Some(other) = row.get(front.len()) else { return false };
    if front.len() < 2 || !is_kin(*last) || !is_kin(*other) || !row.starts_with(front) {
        return false;
    }
    let says_nothing = word_is::FUNCTION | word_is::RELATIVE | word_is::NEGATION;
    let mut says_something = false;
    for id in front {
        says_something |= !is(node.tree, *id, says_nothing);
    }
    for row in starting_with(node, front.first().copied().unwrap_or(NONE)) {
        let of = node.phrase(row);
        if let Some((last, of_front)) = of.words().split_last()
            && of_front == front
            && is_kin(*last)
            && of.answer() != phrase.answer()
        {
            return false;
        }
    }
    says_something
}

/// Where answers of several words stand in a message, whichever articles are in it: "renew my loan" for "renew a
/// loan". Only those that reach over what [`hits`] has found, and say something else.
pub(super) fn loose_hits<'t>(
    node: Node<'t>,
    said: &Said<'_, '_>,
    found: &[Hit<'t>],
) -> Vec<Hit<'t>> {
    let pack = node.tree.pack;
    let lists = [pack.determiners, pack.auxiliaries];
    let passed: Vec<u32> =
        lists.iter().flat_map(|of| of.iter()).filter_map(|word| said.look_up(word)).collect();
    let is_plain = |id: &u32| !passed.contains(id);
    let mut hits: Vec<Hit<'t>> = Vec::new();
    for (start, word) in said.ids().iter().enumerate() {
        if !is_plain(word) {
            continue;
        }
        for row in starting_with(node, *word) {
            let phrase = node.phrase(row);
            let content = |id: &&u32| is_plain(id) && !is(node.tree, **id, word_is::FUNCTION);
            if phrase.words().iter().filter(content).count() < 2 {
                continue;
            }
            let mut ahead =
                (start..).zip(said.ids().iter().skip(start)).filter(|(_, id)| is_plain(id));
            let mut end = start;
            let is_there = phrase.words().iter().filter(|id| is_plain(id)).all(|word| {
                ahead.next().is_some_and(|(at, id)| {
                    end = at + 1;
                    id == word
                })
            });
            let is_said = |hit: &Hit<'_>| {
                let is_inside = hit.start <= start && end <= hit.end;
                is_inside || hit.answer == phrase.answer() && hit.start < end && start < hit.end
            };
            if is_there && !found.iter().any(is_said) {
                hits.push(Hit { answer: phrase.answer(), start, end, phrase });
            }
        }
    }
    keep_longest(&mut hits);
    hits
}

/// Of those that begin alike the longest counts, unless an earlier one reaches as far.
fn keep_longest(hits: &mut Vec<Hit<'_>>) {
    let mut longest: Vec<(usize, usize)> = Vec::new();
    for hit in hits.iter() {
        match longest.last_mut() {
            Some((start, end)) if *start == hit.start => *end = hit.end.max(*end),
            Some(_) | None => longest.push((hit.start, hit.end)),
        }
    }
    let mut reach = 0;
    longest.retain(|(_, end)| {
        let is_longest = *end > reach;
        reach = reach.max(*end);
        is_longest
    });
    hits.retain(|hit| longest.binary_search(&(hit.start, hit.end)).is_ok());
}

/// The answers of hits, each once.
pub(super) fn answers(hits: &[Hit<'_>]) -> Vec<AnswerId> {
    distinct(hits.iter().map(|hit| hit.answer).collect())
}

/// The answers that have this word in one of their phrases.
pub(super) fn owners(node: Node<'_>, word: u32) -> Vec<AnswerId> {
    distinct(node.phrases_with(word).map(|phrase| phrase.answer()).collect())
}

/// The phrases that are just these words.
pub(super) fn called<'t>(node: Node<'t>, words: &[u32]) -> &'t [PhraseRow] {
    let phrases = node.phrases();
    let from = phrases.partition_point(|row| node.phrase(row).words() < words);
    let rest = phrases.get(from..).unwrap_or_default();
    let count = rest.iter().take_while(|row| node.phrase(row).words() == words).count();
    rest.get(..count).unwrap_or_default()
}

/// The phrases whose first word is this.
fn starting_with<'t>(node: Node<'t>, word: u32) -> &'t [PhraseRow] {
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

/// The names, not the other words, of answers whose first word is this.
pub(super) fn labels_beginning<'t>(
    node: Node<'t>,
    word: u32,
) -> impl Iterator<Item = Phrase<'t>> + 't {
    starting_with(node, word).iter().map(move |row| node.phrase(row)).filter(|name| !name.is_also())
}

/// Whether a phrase is only a yes or a no.
pub(super) fn is_yes_or_no(node: Node<'_>, phrase: Phrase<'_>) -> bool {
    match phrase.words() {
        [word] => is(node.tree, *word, word_is::YES_KEY | word_is::NO_KEY),
        _ => false,
    }
}

pub(super) fn distinct(answers: Vec<AnswerId>) -> Vec<AnswerId> {
    sorted_once(answers)
}

/// Notes which words speak for which answers.
pub(super) fn note(trace: &mut Trace, hits: &[Hit<'_>]) {
    if trace.is_wanted {
        trace.evidence.extend(hits.iter().map(|hit| Evidence {
            answer: hit.answer,
            start: hit.start,
            end: hit.end,
            phrase: hit.phrase.joined(),
        }));
    }
}

/// Numbers, a yes or no, and words that carry no meaning count only as whole messages. "US" is no "us", but "a us" is.
fn counts_in_a_sentence(
    node: Node<'_>,
    phrase: Phrase<'_>,
    said: &Said<'_, '_>,
    start: usize,
) -> bool {
    let tree = node.tree;
    let words = phrase.words();
    let text = |word: &u32| tree.tables.word(*word);
    let is_named =
        || start.checked_sub(1).is_some_and(|at| tree.pack.told.article.contains(said.word(at)));
    let in_capitals = || {
        let is_so = |word: &u32| said.is_in_capitals(text(word));
        phrase.is_acronym() && (is_named() || words.iter().all(is_so))
    };
    !is_yes_or_no(node, phrase)
        && (!words.iter().all(|word| is(tree, *word, word_is::FUNCTION)) || in_capitals())
        && !words.iter().all(|word| is_digits(text(word)))
        && !words.iter().all(|word| text(word).chars().nth(1).is_none())
}
