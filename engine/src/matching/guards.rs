//! What is left over around an answer in a message, and may speak against it.

use crate::lang::pack_of;
use crate::tree::tables::NONE;
use crate::tree::{AnswerId, Node, Phrase};

use super::bounds::Meant;
use super::hits::{Hit, called, distinct, hits, labels_beginning, owners};
use super::reason::Doubt;
use super::said::Said;
use super::told::asks;
use super::typo::is_near;
use super::{is_common, word_is};

/// How many words may be left over around an answer.
const MAX_LEFT_OVER: usize = 100;

/// How many words of a meaning of their own may be left over around an answer of one word; twice as many around
/// one of two.
const MAX_STORY: usize = 3;

/// An answer in a message.
pub(super) struct Around<'r, 't> {
    pub(super) node: Node<'t>,
    pub(super) said: &'r Said<'t, 'r>,
    pub(super) hits: &'r [Hit<'t>],
    pub(super) amounts: &'r [Meant],
    pub(super) answer: AnswerId,
}

/// The other answers for which something left over speaks, and why the answer may not be meant.
pub(super) fn left_over(around: &Around<'_, '_>) -> (Vec<AnswerId>, Option<Doubt>) {
    let Around { node, said, .. } = *around;
    let (mut rivals, mut doubt) = (Vec::new(), around.doubt_of_message());
    let has_number = (0..said.len()).any(|at| said.is_number(at) && around.has(at));
    let is_foreign = pack_of(node.tree.lang()).is_none() && !node.tree.lang().is_empty();
    let mut story = 0;
    for (count, at) in (0..said.len()).filter(|at| !around.has(*at)).enumerate() {
        // In a whole story there may be anything.
        if count == MAX_LEFT_OVER {
            doubt = doubt.or(Some(Doubt::LongStory));
            break;
        }
        let mut note = |new: Doubt| {
            doubt.get_or_insert(new);
        };
        if said.negates(at) {
            if !said.is_set_off_no(at) {
                note(Doubt::Negation(at));
            }
        } else if (has_number || !around.amounts.is_empty()) && said.is(at, word_is::COMPARISON) {
            // "over a year" agrees where only that answer has an "over"; "at least 6 months" may not.
            let owners = owners(node, said.id(at));
            if owners != [around.answer] {
                note(Doubt::Comparison(at));
            }
            rivals.extend(owners);
        } else if around.is_past_year(at) {
            note(Doubt::Doubtful(at));
        } else if has_digit(said.word(at)) {
            let (owners, fits) = around.owners_of_number(at);
            if !fits {
                note(Doubt::Number(at));
            }
            rivals.extend(owners);
        } else if around.is_of_the_past(at)
            || said.is(at, word_is::DOUBT) && !is_known(node, said, at)
        {
            note(Doubt::Doubtful(at));
        } else if said.is(at, word_is::RELATIVE)
            && said.is(at + 1, word_is::SAYS_OF)
            && !around.has(at + 1)
        {
            note(Doubt::SomebodyElse(at));
        } else if is_companion(node, said, at) {
            // "a holiday with my family" is a holiday.
        } else if !said.is(at, word_is::FUNCTION | word_is::QUALIFIER | word_is::COMPARISON) {
            story += 1;
            let is_odd = said.is_unknown(at) && !is_common(node.tree, said.word(at));
            if is_odd && is_near(node.tree.pack.negations, said.word(at)) {
                note(Doubt::SlipOfNegation(at));
            } else if is_odd && has_number && is_near(node.tree.pack.comparisons, said.word(at)) {
                note(Doubt::Comparison(at));
            } else if is_foreign && said.is_unknown(at) {
                note(Doubt::UnknownLanguage(at));
            }
            let owners = around.speaks_for(at);
            if !owners.is_empty() {
                note(Doubt::OtherAnswer(at));
            }
            rivals.extend(owners);
        }
    }
    let covered = (0..said.len()).filter(|at| around.has(*at)).count();
    if story > MAX_STORY * covered {
        doubt = doubt.or(Some(Doubt::LongStory));
    }
    let others = around.longer_rows().into_iter().chain(around.weak_names());
    let others: Vec<AnswerId> = others.collect();
    if !others.is_empty() {
        doubt = doubt.or(Some(Doubt::SeveralAnswers));
    }
    rivals.extend(others);
    if (0..said.len()).any(|at| around.is_between(at)) {
        let other = around.beside_or();
        if !other.is_empty() {
            doubt = doubt.or(Some(Doubt::SeveralAnswers));
        }
        rivals.extend(other);
    }
    (rivals, doubt)
}

impl Around<'_, '_> {
    /// Whether a word belongs to an answer or an amount.
    pub(super) fn has(&self, at: usize) -> bool {
        self.hits.iter().any(|hit| hit.has(at))
            || self.amounts.iter().any(|amount| (amount.start..amount.end).contains(&at))
    }

    /// Whether the answer is called what is said beside its amount: "English for 8 months", but not "French for 8
    /// months".
    pub(super) fn is_called(&self) -> bool {
        let Self { node, said, answer, .. } = *self;
        let is_own = |at: usize, in_label: bool| {
            node.phrases_with(said.id(at))
                .any(|name| name.answer() == answer && !(in_label && name.is_also()))
        };
        let is_rest = |at: &usize| !self.has(*at) && !said.is(*at, word_is::FUNCTION);
        let mut rest = (0..said.len()).filter(is_rest);
        rest.clone().all(|at| is_own(at, false)) && rest.any(|at| is_own(at, true))
    }

    /// Whether a word says what an answer is about, right after it: "science" in "masters in data science".
    fn is_specified(&self, at: usize) -> bool {
        let about = self.node.tree.pack.told.about;
        self.hits.iter().any(|hit| {
            about.contains(self.said.word(hit.end))
                && (hit.end + 1..=hit.end + MAX_STORY).contains(&at)
        })
    }

    /// Whether a word is a year in which something was: "I had a visa in 2010".
    fn is_past_year(&self, at: usize) -> bool {
        let (said, told) = (self.said, self.node.tree.pack.told);
        let word = said.word(at);
        let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        is_year
            && said.is_digits(at)
            && at.checked_sub(1).is_some_and(|before| told.about.contains(said.word(before)))
            && (0..at).any(|before| told.past.contains(said.word(before)))
    }

    /// What the whole message says against any answer in it.
    fn doubt_of_message(&self) -> Option<Doubt> {
        if asks(self.said, self.node) && !self.has(0) {
            return Some(Doubt::Asks);
        }
        let told = self.told().map(Doubt::SomebodyElse);
        if let Some(doubt) = told.or_else(|| self.named_thing().map(Doubt::OtherName)) {
            return Some(doubt);
        }
        if let Some(at) = self.opposite() {
            return Some(Doubt::OtherName(at));
        }
        if let Some(doubt) = self.not_what_one_is() {
            return Some(doubt);
        }
        let turned = self.node.tree.pack.negation_phrases.iter().find_map(|phrase| {
            self.said.find(phrase).filter(|found| !found.clone().all(|at| self.has(at)))
        });
        if let Some(found) = turned {
            return Some(Doubt::Negation(found.start));
        }
        // "6 months and a day" is neither, where amounts are only words.
        let numbers =
            self.hits.iter().filter(|hit| (hit.start..hit.end).any(|at| self.said.is_number(at)));
        let second = numbers.map(|hit| hit.start).nth(1)?;
        let has_or = (0..self.said.len()).any(|at| self.said.is(at, word_is::OR));
        (!has_or).then_some(Doubt::Number(second))
    }

    /// The answers that have a number in the place of the one that was hit, and whether there is no doubt that it
    /// may mean these: "3 to 9 months" is 3 months as well as 9.
    fn owners_of_number(&self, at: usize) -> (Vec<AnswerId>, bool) {
        let (node, said) = (self.node, self.said);
        if !self.amounts.is_empty() {
            return (Vec::new(), false);
        }
        let (mut owners, mut fits) = (Vec::new(), true);
        for hit in self.hits {
            let Some(number) = (hit.start..hit.end).find(|at| has_digit(said.word(*at))) else {
                continue;
            };
            if said.word(at) == said.word(number) {
                continue;
            }
            let with_other = |at_hit: usize| said.id(if at_hit == number { at } else { at_hit });
            let words: Vec<u32> = (hit.start..hit.end).map(with_other).collect();
            let named = called(node, &words).iter().map(|row| node.phrase(row).answer());
            let before = owners.len();
            owners.extend(named);
            fits &= owners.len() > before;
        }
        fits &= owners.iter().all(|owner| *owner == self.answer);
        (owners, fits)
    }

    /// The other answers that a word left over speaks for.
    ///
    /// A word of the question itself or of the title, of the answer that was hit, or of most answers tells
    /// nothing.
    fn speaks_for(&self, at: usize) -> Vec<AnswerId> {
        let word = self.said.id(at);
        if word == NONE {
            return Vec::new();
        }
        if self.node.asked().binary_search(&word).is_ok() {
            return self.compound(at);
        }
        // A verb says little: "attend" of "attend a wedding".
        let is_article = |id: &u32| self.node.tree.pack.articles.contains(self.said.named(*id));
        let says_little = |phrase: &Phrase<'_>| {
            phrase.is_also()
                && !self.said.is(at, word_is::DOUBT)
                && matches!(phrase.words(), [first, second, ..] if *first == word && is_article(second))
        };
        let phrases: Vec<Phrase<'_>> = self.node.phrases_with(word).collect();
        if phrases.iter().any(|phrase| phrase.answer() == self.answer) {
            return Vec::new();
        }
        let speaking = phrases.iter().filter(|phrase| !says_little(phrase));
        let owners = distinct(speaking.map(|phrase| phrase.answer()).collect());
        // "masters in data science" is no work, though "data" is a part of some.
        let is_called = |phrase: &Phrase<'_>| !phrase.is_also() || phrase.words().len() == 1;
        if self.is_specified(at) && !phrases.iter().any(is_called) {
            return Vec::new();
        }
        if owners.contains(&self.answer) || owners.len() > 2.max(self.node.answers().len() / 2) {
            return Vec::new();
        }
        owners
    }

    /// The other answers whose label begins with a word of the question, where that word stands right after the
    /// answer that was hit: a "US visa" makes nobody American, where there is a "Visa country".
    fn compound(&self, at: usize) -> Vec<AnswerId> {
        if !self.hits.iter().any(|hit| hit.end == at) {
            return Vec::new();
        }
        let labels = labels_beginning(self.node, self.said.id(at));
        let other = labels.filter(|phrase| phrase.words().len() > 1);
        other.map(|phrase| phrase.answer()).filter(|answer| *answer != self.answer).collect()
    }

    /// Whether a word stands between two things of which either may be meant, or both: "or", "then".
    fn is_between(&self, at: usize) -> bool {
        self.said.is(at, word_is::OR) || self.said.word(at) == self.node.tree.pack.told.then
    }

    /// The other answers that stand directly beside an "or": there even "now" counts, and one word of a name, as in
    /// "leave or live" where the other answer is "Live in the UK".
    fn beside_or(&self) -> Vec<AnswerId> {
        let is_or = |at: usize| self.is_between(at);
        let is_beside = |at: &usize| is_or(at + 1) || at.checked_sub(1).is_some_and(is_or);
        let words = (0..self.said.len())
            .filter(|at| !self.has(*at) && !self.said.is(*at, word_is::FUNCTION | word_is::NUMERAL))
            .filter(is_beside);
        let begun = words
            .flat_map(|at| self.node.phrases_with(self.said.id(at)).filter(|name| !name.is_also()))
            .map(|name| name.answer())
            .filter(|answer| *answer != self.answer);
        hits(self.node, self.said, true)
            .iter()
            .filter(|hit| hit.answer != self.answer)
            .filter(|hit| is_or(hit.end) || hit.start.checked_sub(1).is_some_and(is_or))
            .filter(|hit| !self.has(hit.start))
            .map(|hit| hit.answer)
            .chain(begun)
            .collect()
    }
}

/// Whether a word is one of the people who come along: "with my wife and kids".
pub(super) fn is_companion(node: Node<'_>, said: &Said<'_, '_>, at: usize) -> bool {
    let pack = node.tree.pack;
    if !said.is(at, word_is::RELATIVE) {
        return false;
    }
    for before in (0..at).rev() {
        let word = said.word(before);
        let joins = said.is(before, word_is::RELATIVE | word_is::NUMERAL)
            || pack.articles.contains(word)
            || pack.amounts.and.contains(word);
        if !joins {
            return word == pack.told.with;
        }
    }
    false
}

/// Whether a word, or its singular, is one of the question's answers.
pub(super) fn is_known(node: Node<'_>, said: &Said<'_, '_>, at: usize) -> bool {
    let is_known = |id: u32| node.known().binary_search(&id).is_ok();
    let singular = || said.word(at).strip_suffix('s').and_then(|word| said.look_up(word));
    is_known(said.id(at)) || singular().is_some_and(is_known)
}

fn has_digit(word: &str) -> bool {
    word.contains(char::is_numeric)
}
