//! What can be typed at each question, put down in a tree's tables when the tree is made.

use std::ops::Range;

use crate::lang::{List, Pack};
use crate::lookup::Lookup;
use crate::text::{Words, is_small};
use crate::tree::number_of;
use crate::tree::tables::{NONE, Parts, PhraseRow, QuestionRow, Tables, phrase_is, range};

use super::amount::Openers;
use super::{bounds, word_is};

/// The words of a tree while it is made: numbered as they come, and by the alphabet in the end.
pub(crate) struct Indexer {
    pack: &'static Pack,
    openers: Openers,
    words: Lookup<Box<str>>,
    /// What each of the first words is in the language: these are the language's.
    flags: Vec<u32>,
    /// The words of the tree's title.
    title: Vec<u32>,
    /// The words that were read last.
    read: Words,
}

/// An answer, as far as typing is concerned.
pub(crate) struct Typed<'a> {
    pub(crate) key: &'a str,
    pub(crate) label: &'a str,
    pub(crate) also: &'a [&'a str],
}

/// Up to how many words of a question are looked through one by one.
const FEW_SAID: usize = 32;

/// How many words of the title are looked at.
const MAX_TITLE_WORDS: usize = 50;

impl Indexer {
    /// For a tree of this language and title.
    pub(crate) fn new(pack: &'static Pack, title: &str) -> Self {
        let (words, read, openers) = (Lookup::new(), Words::default(), Openers::of(pack));
        let mut indexer = Self { pack, openers, words, flags: Vec::new(), title: Vec::new(), read };
        for (word, flag) in word_is::all(pack) {
            let number = indexer.word(word) as usize;
            match indexer.flags.get_mut(number) {
                Some(flags) => *flags |= flag,
                None => indexer.flags.push(flag),
            }
        }
        let title = Words::of(title);
        indexer.title = title.iter().take(MAX_TITLE_WORDS).map(|word| indexer.word(word)).collect();
        indexer
    }

    /// Puts down what can be typed at a question that says `say` and has these answers: its phrases, the words it
    /// asks with, and which answers a yes and a no are.
    pub(crate) fn question(
        &mut self,
        tables: &mut Tables,
        row: &mut QuestionRow,
        say: &str,
        answers: &[Typed<'_>],
    ) {
        row.phrases = number_of(tables.phrases.len());
        // Where the words of each label stand in `word_ids`.
        let mut labels: Vec<Range<usize>> = Vec::with_capacity(answers.len());
        let (mut yes, mut no) = (None, None);
        let mut words = std::mem::take(&mut self.read);
        for (answer, of) in (0..).zip(answers) {
            words.read(of.label);
            let label = self.phrase(tables, answer, of.label, &words, 0);
            let mut key = label.clone();
            labels.push(label);
            if of.key != of.label {
                words.read(of.key);
                key = self.phrase(tables, answer, of.key, &words, 0);
            }
            let key = tables.word_ids.get(key).unwrap_or_default();
            self.polar(&words, key, answer, &mut yes, &mut no);
            for also in of.also {
                words.read(also);
                self.phrase(tables, answer, also, &words, phrase_is::ALSO);
            }
        }
        row.phrases_end = number_of(tables.phrases.len());
        row.asked = number_of(tables.word_ids.len());
        words.read(say);
        let said: Vec<u32> = words.iter().map(|word| self.word(word)).collect();
        self.read = words;
        let is_function = |word: &u32| self.is(*word, word_is::FUNCTION);
        let mut in_labels: Vec<u32> = Vec::new();
        let label = |words: &Range<usize>| tables.word_ids.get(words.clone()).unwrap_or_default();
        // A question that lists its answers asks with what stands between them.
        let is_said = |word: &u32| is_function(word) || said.contains(word);
        // Mostly its first answer tells that it does not.
        let may_list = said.len() > FEW_SAID
            || labels.first().is_some_and(|first| label(first).iter().all(is_said));
        let lists_answers = may_list && {
            let in_said = distinct(said.clone());
            let is_said = |word: &u32| is_function(word) || in_said.binary_search(word).is_ok();
            labels.iter().all(|words| label(words).iter().all(is_said))
        };
        if lists_answers || !self.title.is_empty() {
            in_labels.extend(labels.iter().flat_map(label));
            in_labels = distinct(in_labels);
        }
        let in_label = |word: &u32| in_labels.binary_search(word).is_ok();
        let tells_nothing = |word: &u32| !lists_answers || is_function(word) || !in_label(word);
        tables.word_ids.extend(said.iter().filter(|word| tells_nothing(word)));
        tables.word_ids.extend(self.title.iter().filter(|word| !in_label(word)));
        row.asked_end = number_of(tables.word_ids.len());
        // A single letter is a yes only beside a no: `y` may as well be one of x, y and z.
        let is_letter = |answer: u32| {
            answers.get(answer as usize).is_some_and(|of| of.key.chars().nth(1).is_none())
        };
        row.yes = yes.filter(|yes| !is_letter(*yes) || no.is_some()).unwrap_or(NONE);
        row.no = no.filter(|no| !is_letter(*no) || yes.is_some()).unwrap_or(NONE);
    }

    /// Numbers all words by the alphabet, and puts every list in order.
    pub(crate) fn finish(self, tables: &mut Tables) {
        let mut sorted: Vec<(&str, u32)> = self
            .words
            .iter()
            .zip(0..)
            .map(|((word, ()), number)| (word.as_ref(), number))
            .collect();
        sorted.sort_unstable();
        let mut numbers = vec![0; sorted.len()];
        tables.words = Parts::beginning(number_of(tables.text.len()));
        for (number, (word, old)) in (0..).zip(&sorted) {
            if let Some(place) = numbers.get_mut(*old as usize) {
                *place = number;
            }
            tables.text.push_str(word);
            tables.words.push(number_of(tables.text.len()));
            let flags = self.flags.get(*old as usize).copied().unwrap_or_default();
            // There are fewer than sixteen.
            tables.word_flags.push(u16::try_from(flags).unwrap_or_default());
        }
        let old_ids = std::mem::take(&mut tables.word_ids);
        let ids: Vec<u32> = old_ids
            .iter()
            .map(|id| numbers.get(*id as usize).copied().unwrap_or_default())
            .collect();
        let list = |start: u32, end: u32| ids.get(range(start, end)).unwrap_or_default();
        let mut asked: Vec<u32> = Vec::new();
        let mut old_phrases = std::mem::take(&mut tables.phrases);
        for row in &mut tables.questions {
            let own = range(row.phrases, row.phrases_end);
            let phrases = old_phrases.get_mut(own).unwrap_or_default();
            // The order is kept among equals, so what is shown comes before an `also`.
            phrases.sort_by(|a, b| {
                let order = |of: &PhraseRow| (list(of.words, of.words_end), of.answer);
                order(a).cmp(&order(b)).then_with(|| a.accented.cmp(&b.accented))
            });
            let is_same = |a: &PhraseRow, b: &PhraseRow| {
                a.answer == b.answer
                    && list(a.words, a.words_end) == list(b.words, b.words_end)
                    && tables.texts.of(&tables.text, a.accented)
                        == tables.texts.of(&tables.text, b.accented)
            };
            row.phrases = number_of(tables.phrases.len());
            let mut last: Option<PhraseRow> = None;
            for phrase in phrases.iter() {
                if last.is_some_and(|last| is_same(&last, phrase)) {
                    continue;
                }
                last = Some(*phrase);
                let mut phrase = *phrase;
                let words = list(phrase.words, phrase.words_end);
                (phrase.words, phrase.words_end) = append(&mut tables.word_ids, words);
                tables.phrases.push(phrase);
            }
            row.phrases_end = number_of(tables.phrases.len());
            asked.clear();
            asked.extend(list(row.asked, row.asked_end));
            asked.sort_unstable();
            asked.dedup();
            (row.asked, row.asked_end) = append(&mut tables.asked, &asked);
        }
        tables.list_known();
    }

    /// Puts down one thing that may be typed, and says where its words are in `word_ids`.
    fn phrase(
        &mut self,
        tables: &mut Tables,
        answer: u32,
        text: &str,
        words: &Words,
        flags: u32,
    ) -> Range<usize> {
        if words.is_empty() {
            return 0..0;
        }
        let is_acronym = !text.bytes().any(|byte| byte.is_ascii_lowercase())
            && text.chars().any(char::is_alphabetic)
            && !text.chars().any(is_small);
        let currency = bounds::currency_in(self.pack, text);
        let start = number_of(tables.word_ids.len());
        for word in words.iter() {
            let word = self.word(word);
            tables.word_ids.push(word);
        }
        let ids = tables.word_ids.get(start as usize..).unwrap_or_default();
        let is_numeral = |id: &u32| self.is(*id, word_is::NUMERAL);
        let has_numeral = ids.iter().any(is_numeral);
        let is_shown = flags & phrase_is::ALSO == 0;
        let is_counted = !ids.last().is_some_and(|last| self.is(*last, bounds::NO_UNIT));
        let kind = bounds::Kind { is_counted, currency, is_shown };
        let is_bound = bounds::is_bound(self.pack, &self.openers, words, kind, has_numeral);
        let accented = words.accented().map_or(NONE, |accented| tables.add_text(accented));
        tables.phrases.push(PhraseRow {
            answer,
            words: start,
            words_end: number_of(tables.word_ids.len()),
            accented,
            flags: flags
                | if is_acronym { phrase_is::ACRONYM } else { 0 }
                | if text.starts_with(is_small) { phrase_is::SMALL } else { 0 }
                | if is_bound { phrase_is::BOUND } else { 0 }
                | currency_flags(self.pack, currency),
        });
        range(start, number_of(tables.word_ids.len()))
    }

    /// Notes whether a key of these `words`, which have these `numbers`, is a yes or a no.
    fn polar(
        &self,
        words: &Words,
        numbers: &[u32],
        answer: u32,
        yes: &mut Option<u32>,
        no: &mut Option<u32>,
    ) {
        let is = |flag: u32, list: List| match numbers {
            [word] => self.is(*word, flag),
            _ => list.contains(words.joined()),
        };
        if yes.is_none() && is(word_is::YES_KEY, self.pack.yes_keys) {
            *yes = Some(answer);
        }
        if no.is_none() && is(word_is::NO_KEY, self.pack.no_keys) {
            *no = Some(answer);
        }
    }

    /// Whether a word is one of these in the language.
    fn is(&self, number: u32, flags: u32) -> bool {
        self.flags.get(number as usize).is_some_and(|of| of & flags != 0)
    }

    fn word(&mut self, word: &str) -> u32 {
        let known = self.words.number_of(word);
        number_of(known.unwrap_or_else(|| self.words.add_with(word.into(), || ()).0))
    }
}

/// The currency in the flags of a phrase: its number from 1, from [`phrase_is::CURRENCY`] on.
fn currency_flags(pack: &Pack, currency: Option<&str>) -> u32 {
    let known = pack.amounts.currencies.iter().position(|(sign, _)| Some(*sign) == currency);
    known.map_or(0, |at| number_of(at + 1) << phrase_is::CURRENCY)
}

fn append(ids: &mut Vec<u32>, more: &[u32]) -> (u32, u32) {
    let start = number_of(ids.len());
    ids.extend(more);
    (start, number_of(ids.len()))
}

fn distinct(mut ids: Vec<u32>) -> Vec<u32> {
    ids.sort_unstable();
    ids.dedup();
    ids
}
