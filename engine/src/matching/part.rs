//! Tier 5: the message's words stand in a row in one answer; the last may be the beginning of a word.

use crate::Tier;
use crate::text::{Words, join, letters_of};
use crate::tree::tables::NONE;
use crate::tree::{AnswerId, Node, Phrase};

use super::guards::is_known;
use super::hits::{distinct, is_yes_or_no, labels_beginning};
use super::reason::{Doubt, Evidence, Trace};
use super::said::{Said, is};
use super::told::asks;
use super::{Decision, is_common, says_yes_or_no, word_is};

/// From how many letters on the beginning of a word under `also` is taken for the word: "iris" is hardly Irish.
const MIN_PREFIX: usize = 5;

/// How much a hit says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// It may well mean something else.
    Unsure,
    /// A part of the answer.
    Part,
    /// All that the answer is called, but for the end of a word.
    Whole,
}

/// The one answer whose name has just the words that mean something in the message: "child school" for "Child at
/// school".
fn same_content(node: Node<'_>, said: &Said<'_, '_>) -> Option<AnswerId> {
    let tree = node.tree;
    let means = |id: &&u32| !is(tree, **id, word_is::FUNCTION);
    let mut count = 0;
    for id in said.ids().iter().filter(means) {
        if *id == NONE || is(tree, *id, word_is::NUMERAL) {
            return None;
        }
        count += 1;
    }
    if count < 2 || asks(said, node) {
        return None;
    }
    let mut found = None;
    for row in node.phrases() {
        let name = node.phrase(row);
        if name.is_also() || !name.words().iter().filter(means).eq(said.ids().iter().filter(means))
        {
            continue;
        }
        if found.is_some_and(|other| other != name.answer()) {
            return None;
        }
        found = Some(name.answer());
    }
    found
}

pub(super) fn part(node: Node<'_>, said: &Said<'_, '_>, trace: &mut Trace) -> Option<Decision> {
    if let Some(answer) = same_content(node, said) {
        if trace.is_wanted {
            let phrase = said.joined().to_owned();
            trace.evidence.push(Evidence { answer, start: 0, end: said.len(), phrase });
        }
        return Some(Decision::Answer { answer, tier: Tier::Part });
    }
    let core = Core::of(node, said)?;
    let mut found: Vec<(AnswerId, Strength)> = Vec::new();
    for phrase in core.phrases() {
        let Some((strength, doubt)) = core.strength(phrase) else { continue };
        if trace.is_wanted {
            let (start, end) = (core.start, core.start + core.ids.len());
            trace.evidence.push(Evidence {
                answer: phrase.answer(),
                start,
                end,
                phrase: phrase.joined(),
            });
            if let Some(doubt) = doubt {
                trace.doubt(doubt);
            }
        }
        found.push((phrase.answer(), strength));
    }
    // What is called so as a whole comes before what is only partly called so.
    let best = found.iter().map(|(_, strength)| *strength).max()?;
    let of = |strength: Strength| {
        let these = found.iter().filter(|(_, of)| *of == strength).map(|(answer, _)| *answer);
        distinct(these.collect())
    };
    if best == Strength::Whole
        && let [answer] = of(Strength::Whole).as_slice()
        && !core.is_doubtful
    {
        return Some(Decision::Answer { answer: *answer, tier: Tier::Part });
    }
    let rivals = distinct(found.iter().map(|(answer, _)| *answer).collect());
    match rivals.as_slice() {
        [answer] if best > Strength::Unsure && !core.is_doubtful => {
            Some(Decision::Answer { answer: *answer, tier: Tier::Part })
        }
        [_] => {
            trace.doubt(if core.is_doubtful { Doubt::Asks } else { Doubt::SmallPart });
            Some(Decision::AskBack { tier: Tier::Part, rivals })
        }
        _ => {
            trace.doubt(Doubt::SeveralAnswers);
            Some(Decision::AskBack { tier: Tier::Part, rivals })
        }
    }
}

/// Whether a word that is said of things, as "new", begins a label: "New card", beside "Replacement".
fn begins_label(node: Node<'_>, said: &Said<'_, '_>, at: usize) -> bool {
    said.is_soft_qualifier(at) && labels_beginning(node, said.id(at)).next().is_some()
}

/// A message without what a sentence is wrapped in: "the medical one, please".
struct Core<'r, 't> {
    node: Node<'t>,
    start: usize,
    ids: &'r [u32],
    /// The last word: it may be the beginning of another.
    last: &'r str,
    /// How many letters that has, and whether they are enough for it.
    letters: usize,
    prefix_may_count: bool,
    /// Whether the last word is a word of its own.
    is_own_word: bool,
    only_negates: bool,
    /// What is said right before these words.
    before: &'r str,
    /// Whether it has only words of the question, and of the title.
    only_asked: bool,
    only_title: bool,
    /// Whether it asks rather than chooses.
    is_doubtful: bool,
}

impl<'r, 't> Core<'r, 't> {
    /// None where the message is too little to be a part of anything.
    fn of(node: Node<'t>, said: &'r Said<'t, '_>) -> Option<Self> {
        let pack = node.tree.pack;
        let is_function = |at: usize| said.is(at, word_is::FUNCTION);
        let start = (0..said.len()).find(|at| !is_function(*at))?;
        let end = (start..said.len()).rev().find(|at| !is_function(*at))? + 1;
        let core = || start..end;
        let joined = join(&mut core().map(|at| said.word(at)), " ");
        let tells_nothing = |at: usize| {
            said.is_number(at)
                || said.is(at, word_is::FUNCTION)
                || said.is(at, word_is::QUALIFIER) && !begins_label(node, said, at)
                || said.is(at, word_is::DOUBT) && !is_known(node, said, at)
        };
        // A number or a yes or no by itself may mean anything: "7" is no "7 months", "sure" no "not sure".
        if core().all(tells_nothing) || says_yes_or_no(pack, &joined).is_some() {
            return None;
        }
        let ids = said.ids().get(core())?;
        let last = said.word(end - 1);
        let title = Words::of(node.tree.title());
        let is_asked = |id: &u32| node.asked().binary_search(id).is_ok();
        Some(Self {
            node,
            start,
            ids,
            last,
            letters: letters_of(last),
            prefix_may_count: letters_of(last) >= 3 && !last.contains(char::is_numeric),
            is_own_word: said.id(end - 1) != NONE || is_common(node.tree, last),
            only_negates: core().all(|at| said.is(at, word_is::NEGATION)),
            before: start.checked_sub(1).map_or("", |at| said.word(at)),
            only_asked: ids.iter().all(is_asked),
            only_title: core().all(|at| title.iter().any(|word| word == said.word(at))),
            is_doubtful: asks(said, node)
                || pack.question_words.contains(said.word(0)) && start > 0,
        })
    }

    /// The phrases that may have these words in a row.
    fn phrases(&self) -> Vec<Phrase<'t>> {
        let node = self.node;
        let mut phrases: Vec<Phrase<'t>> = Vec::new();
        match self.ids {
            [] => {}
            // The words that begin like the only one stand side by side, as they are sorted.
            [_] if self.prefix_may_count => {
                let text = |id: &u32| node.tree.tables.word(*id);
                let from = node.known().partition_point(|id| text(id) < self.last);
                let rest = node.known().get(from..).unwrap_or_default();
                for id in rest.iter().take_while(|id| text(id).starts_with(self.last)) {
                    phrases.extend(node.phrases_with(*id));
                }
            }
            [first, ..] => phrases.extend(node.phrases_with(*first)),
        }
        phrases
    }

    /// How much of a phrase this is.
    fn strength(&self, phrase: Phrase<'_>) -> Option<(Strength, Option<Doubt>)> {
        let tree = self.node.tree;
        if is_yes_or_no(self.node, phrase) {
            return None;
        }
        let words = phrase.words();
        // "none" is "none of these", but "not" is no "not sure".
        let carries = |word: &u32| !is(tree, *word, word_is::FUNCTION);
        if self.only_negates
            && words.iter().any(|word| carries(word) && !is(tree, *word, word_is::NEGATION))
        {
            return None;
        }
        let (at, is_prefix) = self.stands_in(words)?;
        let small = Some((Strength::Unsure, Some(Doubt::SmallPart)));
        // The question's own words, as in "stay", name no answer that is not even called so, unless they stand first
        // in the name: "Papua", and "Korea".
        if self.only_asked && phrase.is_also() {
            let before = words.get(..at).unwrap_or_default();
            let is_first = before.iter().all(|word| is(tree, *word, word_is::QUALIFIER));
            return if is_first && !is_prefix && !self.only_title { small } else { None };
        }
        // "power" may be meant against "No power".
        let negates = |word: &u32| {
            is(tree, *word, word_is::NEGATION)
                || tree.pack.negating_ends.contains(tree.tables.word(*word))
        };
        if words.iter().any(negates) && !self.ids.iter().any(negates) {
            return Some((Strength::Unsure, Some(Doubt::TurnedPart)));
        }
        // Who is "married" may not want to "Get married"; "getting married" is as good as that.
        let text = |word: &u32| tree.tables.word(*word);
        let is_unsaid = |word: &u32| {
            tree.pack.auxiliaries.contains(text(word)) && !self.before.starts_with(text(word))
        };
        if self.last.ends_with(tree.pack.told.past_end)
            && words.get(..at).is_some_and(|before| before.iter().any(is_unsaid))
        {
            return small;
        }
        // "a week" is not "More than a week".
        if phrase.is_bound() && !self.ids.iter().any(|id| is(tree, *id, word_is::COMPARISON)) {
            return small;
        }
        // A word of its own is hardly the beginning of another: "hug" is no "huge".
        let is_short = phrase.is_also() && self.letters < MIN_PREFIX;
        if is_prefix && (self.is_own_word || is_short) {
            return small;
        }
        let content = words.iter().filter(|word| carries(word)).count();
        let covered = self.ids.iter().filter(|word| carries(word)).count();
        if covered >= content && (self.ids.len() == words.len() || !phrase.is_also()) {
            // "fault" may be "My fault" as well as "Nobody's fault", where it was asked whose.
            let is_whole = self.ids.len() == words.len() || !self.only_asked;
            return Some((if is_whole { Strength::Whole } else { Strength::Part }, None));
        }
        let is_asked = |word: &u32| self.node.asked().binary_search(word).is_ok();
        let all_asked = || words.iter().filter(|word| carries(word)).all(is_asked);
        let is_asked_only = self.only_asked && !all_asked();
        if self.only_title || is_asked_only {
            return small;
        }
        // One word of several in an `also` may come from anywhere: "I see" is no "Holy See".
        let is_enough = !phrase.is_also() || self.ids.len() * 2 > words.len();
        if is_enough { Some((Strength::Part, None)) } else { small }
    }

    /// Where these words stand in a row in a phrase, and whether the last is only the beginning of a word.
    fn stands_in(&self, words: &[u32]) -> Option<(usize, bool)> {
        let (last, front) = self.ids.split_last()?;
        if *last == NONE && !self.prefix_may_count {
            return None;
        }
        let text = |word: &u32| self.node.tree.tables.word(*word);
        (0..).zip(words.windows(self.ids.len())).find_map(|(at, window)| {
            let (word, before) = window.split_last()?;
            if before != front {
                None
            } else if word == last {
                Some((at, false))
            } else {
                (self.prefix_may_count && text(word).starts_with(self.last)).then_some((at, true))
            }
        })
    }
}
