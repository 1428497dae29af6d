//! How a tree lies in memory: one text, and flat tables of numbers that point into it and at each other.
//!
//! So a tree is small, quick to walk, and the same thing as its compiled form (see `compiled`). Nothing in here
//! knows what the numbers mean together: that is the views' in [`tree`](super), and what a stranger's
//! tables must obey is [`check`](super::compiled)'s.

use std::cmp::Ordering;
use std::ops::Range;

use crate::order::by_higher_half;

use super::columns::Column;
use Column::{Count, Link, Maybe, Next, Plain, Start, Step};

/// Stands for "none" where a number may be missing.
pub(crate) const NONE: u32 = u32::MAX;

/// A number, unless it is [`NONE`].
pub(crate) const fn some(number: u32) -> Option<u32> {
    if number == NONE { None } else { Some(number) }
}

/// A row of fixed width, as numbers.
pub(crate) trait Row: Copy {
    /// What its numbers are, and how they are written down.
    const COLUMNS: &[Column];
    /// Appends the numbers.
    fn write(self, out: &mut Vec<u32>);
    /// From just as many numbers.
    fn read(numbers: &[u32]) -> Option<Self>;
}

macro_rules! rows {
    ($($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $field_doc:literal])* $field:ident: $column:expr,)+ })+) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) struct $name { $($(#[doc = $field_doc])* pub(crate) $field: u32,)+ }

        impl Row for $name {
            const COLUMNS: &[Column] = &[$($column),+];

            fn write(self, out: &mut Vec<u32>) {
                out.extend([$(self.$field),+]);
            }

            fn read(numbers: &[u32]) -> Option<Self> {
                let [$($field),+] = *numbers else { return None };
                Some(Self { $($field),+ })
            }
        }
    )+};
}

rows! {
    /// A node.
    NodeRow {
        /// What it says: rows of `messages`, from here …
        say: Start(1),
        /// … up to here.
        say_end: Count(1),
        /// Its present name, or none: a row of `texts`.
        name: Maybe,
        /// Its names as they are recorded, the present one first: numbers of `digests`.
        names: Start(1),
        names_end: Count(1),
        /// Where `goto` leads, or none.
        goto: Maybe,
        /// What leads here, or none: twice the answer (a row of `answers`); or twice the question whose `else` this is (a
        /// row of `nodes`), and one more.
        from: Link,
        /// What it asks (a row of `questions`), or none at an end.
        question: Next,
    }
    /// What a node with answers has besides.
    QuestionRow {
        /// Rows of `answers`.
        answers: Start(1),
        answers_end: Count(1),
        /// The node of its `else`, or none.
        otherwise: Maybe,
        /// What is said at a miss: rows of `texts`.
        unclear: Step(1),
        unclear_end: Count(1),
        /// 1 if the answers are shown.
        offer: Plain,
        /// The digest of what it says.
        words: Plain,
        /// The answer of the question, from 0, that a "yes" is, or none.
        yes: Maybe,
        /// The same for a "no".
        no: Maybe,
        /// What can be typed, by its words: rows of `phrases`.
        phrases: Start(1),
        phrases_end: Count(1),
        /// The words that tell no answer from another, sorted: numbers of `asked`.
        asked: Start(1),
        asked_end: Count(1),
        /// Every word of its phrases once, sorted: numbers of `known`.
        known: Link,
        known_end: Link,
        /// Which phrases have each of these words, where there are many phrases, or none: numbers of `holders` from here
        /// on. First, for each word and for the end, where its part begins; then the phrases, from 0.
        holders: Link,
    }
    /// An answer.
    AnswerRow {
        /// The node that asks.
        question: Link,
        /// The node that follows.
        node: Step(0),
        /// A row of `texts`.
        key: Step(3),
        /// A row of `texts`; the same one where it is the key.
        label: Count(1),
        /// Rows of `texts`.
        also: Count(1),
        also_end: Count(1),
        /// Its former keys, as they are recorded: numbers of `was`.
        was: Start(1),
        was_end: Count(1),
    }
    /// Something said.
    MessageRow {
        /// The text, or what a picture shows: a row of `texts`.
        text: Step(0),
        /// The address of a picture, or none: a row of `texts`.
        address: Maybe,
    }
    /// Something that may be typed for an answer.
    PhraseRow {
        /// The answer of the question, from 0.
        answer: Plain,
        /// Numbers of `word_ids`.
        words: Start(1),
        words_end: Count(1),
        /// Its words with their accents, joined by spaces, where these are not the plain words: a row of `texts`.
        accented: Maybe,
        /// See [`phrase_is`].
        flags: Plain,
    }
    /// A name as it is recorded, and its node.
    NameRow {
        digest: Step(0),
        node: Plain,
    }
}

/// Flags of a [`PhraseRow`].
pub(crate) mod phrase_is {
    /// It is an `also`: what is shown counts for more.
    pub(crate) const ALSO: u32 = 1;
    /// It is written in capitals, such as US.
    pub(crate) const ACRONYM: u32 = 2;
    /// It says from where or up to where, and nothing else: "up to 6 months".
    pub(crate) const BOUND: u32 = 4;
    /// It begins with a small letter, so that it is no name.
    pub(crate) const SMALL: u32 = 8;
    /// In a compiled tree: the `also` that it stands for is recorded as these words are, so it is not among the texts.
    pub(crate) const ALSO_AS_IS: u32 = 16;
    /// From this bit on, the number of the currency that is written beside its numbers; 0 if none is.
    pub(crate) const CURRENCY: u32 = 5;
}

/// Everything a tree is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tables {
    /// All texts, one after the other.
    pub(crate) text: String,
    /// Parts of the text.
    pub(crate) texts: Parts,
    pub(crate) nodes: Vec<NodeRow>,
    pub(crate) questions: Vec<QuestionRow>,
    pub(crate) answers: Vec<AnswerRow>,
    /// The key of each answer as it is recorded; the highest bit tells keys that mean nothing by themselves.
    pub(crate) keys: Vec<u32>,
    pub(crate) messages: Vec<MessageRow>,
    /// Names of nodes.
    pub(crate) digests: Vec<u32>,
    /// Former keys of answers.
    pub(crate) was: Vec<u32>,
    pub(crate) phrases: Vec<PhraseRow>,
    /// The words of the phrases: rows of `words`.
    pub(crate) word_ids: Vec<u32>,
    /// Words of questions: rows of `words`.
    pub(crate) asked: Vec<u32>,
    /// What [`QuestionRow`]s know: rows of `words`.
    pub(crate) known: Vec<u32>,
    /// See [`QuestionRow`].
    pub(crate) holders: Vec<u32>,
    /// All words of all phrases, and of the language, sorted and each once.
    pub(crate) words: Parts,
    /// What each word is in the language: see `matching::word_is`.
    pub(crate) word_flags: Vec<u16>,
    /// Present names, sorted.
    pub(crate) names: Vec<NameRow>,
    /// Former names that nothing bears now, sorted.
    pub(crate) former: Vec<NameRow>,
    /// The author's own words for commands: rows of commands and of `texts`, in turn.
    pub(crate) commands: Vec<u32>,
}

impl Tables {
    /// Adds a text, and gives its row of `texts`.
    #[cfg(feature = "yaml")]
    pub(crate) fn add_text(&mut self, text: &str) -> u32 {
        self.text.push_str(text);
        self.texts.push(super::number_of(self.text.len()));
        super::number_of(self.texts.len() - 1)
    }

    /// Tells each answer whose it is, and each node which answer leads to it, or whose `else` it is.
    pub(crate) fn link(&mut self) {
        for (number, node) in (0..).zip(&self.nodes) {
            let question = self.questions.get(node.question as usize);
            let own = question.map_or(0..0, |row| range(row.answers, row.answers_end));
            for answer in self.answers.get_mut(own).unwrap_or_default() {
                answer.question = number;
            }
        }
        for (number, answer) in (0..).zip(&self.answers) {
            if let Some(node) = self.nodes.get_mut(answer.node as usize) {
                node.from = number << 1;
            }
        }
        let questions: Vec<(u32, u32)> =
            (0..).zip(&self.nodes).map(|(number, node)| (number, node.question)).collect();
        for (number, question) in questions {
            let otherwise = self.questions.get(question as usize).map(|row| row.otherwise);
            let node = otherwise.and_then(|at| self.nodes.get_mut(at as usize));
            if let Some(node) = node.filter(|node| node.from == NONE) {
                node.from = number << 1 | 1;
            }
        }
    }

    /// Lists for each question the words of its phrases.
    pub(crate) fn list_known(&mut self) {
        for row in &mut self.questions {
            let phrases = self.phrases.get(range(row.phrases, row.phrases_end)).unwrap_or_default();
            // Which phrase has which word: the word is the higher half of a number, the phrase the lower.
            let mut pairs: Vec<u64> = Vec::new();
            for (number, phrase) in (0_u64..).zip(phrases) {
                let words = list(&self.word_ids, phrase.words, phrase.words_end);
                pairs.extend(words.iter().map(|word| u64::from(*word) << 32 | number));
            }
            let mut pairs = by_higher_half(pairs);
            pairs.dedup();
            let holds = phrases.len() >= MANY_PHRASES;
            row.holders = if holds { super::number_of(self.holders.len()) } else { NONE };
            row.known = super::number_of(self.known.len());
            let mut last = None;
            for (start, pair) in (0..).zip(&pairs) {
                let word = (pair >> 32) as u32;
                if last != Some(word) {
                    last = Some(word);
                    self.known.push(word);
                    if holds {
                        self.holders.push(start);
                    }
                }
            }
            row.known_end = super::number_of(self.known.len());
            if holds {
                self.holders.push(super::number_of(pairs.len()));
                #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
                self.holders.extend(pairs.iter().map(|pair| *pair as u32));
            }
        }
    }

    /// Gives back the room that was kept for more rows.
    #[cfg(feature = "yaml")]
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.texts.shrink_to_fit();
        self.nodes.shrink_to_fit();
        self.questions.shrink_to_fit();
        self.answers.shrink_to_fit();
        self.keys.shrink_to_fit();
        self.messages.shrink_to_fit();
        self.digests.shrink_to_fit();
        self.was.shrink_to_fit();
        self.phrases.shrink_to_fit();
        self.word_ids.shrink_to_fit();
        self.asked.shrink_to_fit();
        self.known.shrink_to_fit();
        self.holders.shrink_to_fit();
        self.words.shrink_to_fit();
        self.word_flags.shrink_to_fit();
        self.commands.shrink_to_fit();
    }

    /// A row of `texts` as text.
    pub(crate) fn text(&self, row: u32) -> &str {
        self.texts.of(&self.text, row).unwrap_or_default()
    }

    /// A word.
    pub(crate) fn word(&self, id: u32) -> &str {
        self.words.of(&self.text, id).unwrap_or_default()
    }

    /// The number of a word, found by halves.
    pub(crate) fn word_by_halves(&self, word: &str) -> Option<u32> {
        let (mut from, mut to) = (0, super::number_of(self.words.len()));
        while from < to {
            let middle = from + (to - from) / 2;
            match self.word(middle).cmp(word) {
                Ordering::Less => from = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => to = middle,
            }
        }
        None
    }
}

/// Parts of a text, which follow one another: of each it is known where it ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// Where the first begins.
    start: u32,
    ends: Vec<u32>,
}

impl Parts {
    /// Parts of these lengths.
    pub(crate) fn of_lengths(start: u32, lengths: Vec<u32>) -> Self {
        let mut ends = lengths;
        let mut end = start;
        for length in &mut ends {
            // What is too long leads out of the text, which is looked for.
            end = end.wrapping_add(*length);
            *length = end;
        }
        Self { start, ends }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where the last ends.
    pub(crate) fn end(&self) -> u32 {
        self.ends.last().copied().unwrap_or(self.start)
    }

    /// How long each is.
    pub(crate) fn lengths(&self) -> impl Iterator<Item = u32> {
        let starts = std::iter::once(self.start).chain(self.ends.iter().copied());
        self.ends.iter().zip(starts).map(|(end, start)| end.wrapping_sub(start))
    }

    /// A part of this text.
    pub(crate) fn of<'t>(&self, text: &'t str, row: u32) -> Option<&'t str> {
        let at = row as usize;
        let end = *self.ends.get(at)?;
        let start = match at.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => self.start,
        };
        text.get(range(start, end))
    }

    /// Whether each is a part of this text.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        (0..super::number_of(self.len())).all(|row| self.of(text, row).is_some())
    }

    /// Parts that begin here; none yet.
    #[cfg(feature = "yaml")]
    pub(crate) fn beginning(start: u32) -> Self {
        Self { start, ends: Vec::new() }
    }

    /// Adds a part up to here.
    #[cfg(feature = "yaml")]
    pub(crate) fn push(&mut self, end: u32) {
        self.ends.push(end);
    }

    #[cfg(feature = "yaml")]
    fn shrink_to_fit(&mut self) {
        self.ends.shrink_to_fit();
    }
}

/// A part of a table of numbers.
pub(crate) fn list(numbers: &[u32], start: u32, end: u32) -> &[u32] {
    numbers.get(range(start, end)).unwrap_or_default()
}

/// From how many phrases on a question lists which of them have which words.
const MANY_PHRASES: usize = 48;

/// From numbers to the range that they mean.
pub(crate) const fn range(start: u32, end: u32) -> Range<usize> {
    start as usize..end as usize
}
