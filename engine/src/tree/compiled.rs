//! Compiled trees: a tree as bytes, so that a host needs neither its source nor a YAML reader.
//!
//! ```text
//! "treebot tree" version language
//! name title about lang help ended source    each: length, bytes; before help and ended 0 if missing, else 1
//! common                                     common words that are no slips of the tree's own
//! text                                       all texts of the tables, one after the other
//! tables                                     each: how many rows, then its columns
//! ```
//!
//! How numbers and columns are written is told in [`columns`](super::columns). There are no spans. What depends on the
//! engine, such as which words are yes, is in the tables, so [`VERSION`] changes with it; a form of another version is
//! not read, and is made anew from the source.
//!
//! Whoever reads takes the bytes for hostile: every number is checked, so that nothing can lead out of a
//! table, or round without end.

use std::borrow::Cow;
use std::fmt;

use crate::lang::pack_of;
#[cfg(feature = "yaml")]
use crate::matching::common_words;
use crate::matching::{Command, Commands};
use crate::{Digest, NodeId, Tree};

use super::columns::Column::{Plain, Step};
use super::columns::{Reader, Writer};
use super::tables::{NONE, Parts, Tables, some};
use super::vocabulary::Vocabulary;
use super::{About, DIGEST_BITS, MEANS_NOTHING, Once};

/// Why bytes are no compiled tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompiledError {
    /// They are not a compiled tree at all, or a damaged one.
    Damaged,
    /// They were written by an engine of another version: load the source, and compile it anew.
    OtherVersion,
}

impl CompiledError {
    /// What is wrong, in words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Damaged => "not a compiled tree, or a damaged one",
            Self::OtherVersion => "compiled by another version of the engine; compile it anew",
        }
    }
}

impl fmt::Display for CompiledError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::error::Error for CompiledError {}

/// How a compiled tree begins.
const MAGIC: &[u8] = b"treebot tree";

/// Changes with everything that is in the tables, or that they depend on: the language packs' lists of words, and
/// how words are found in a text.
const VERSION: u32 = 4;

impl Tree {
    /// The tree as bytes, for [`from_compiled`](Self::from_compiled).
    ///
    /// The same source gives the same bytes.
    #[must_use]
    pub fn compile(&self) -> Vec<u8> {
        let mut out = Writer(Vec::with_capacity(self.tables.text.len()));
        out.0.extend(MAGIC);
        out.number(VERSION);
        out.text(self.pack.tag);
        let About { name, title, about, lang, help, ended, source } = &self.about;
        for text in [name, title, about, lang] {
            out.text(text);
        }
        out.maybe(help.as_deref());
        out.maybe(ended.as_deref());
        out.text(source);
        out.text(&self.own_common());
        let tables = self.own_tables();
        let Tables {
            text,
            texts,
            nodes,
            questions,
            answers,
            keys,
            messages,
            digests,
            was,
            phrases,
            word_ids,
            asked,
            known: _,
            holders: _,
            words,
            word_flags,
            names,
            former,
            commands,
        } = &*tables;
        out.text(text.get(..texts.end() as usize).unwrap_or_default());
        out.numbers(Plain, texts.lengths());
        out.rows(nodes);
        out.rows(questions);
        out.rows(answers);
        // The mark of keys that mean nothing is the highest bit, and would make every number long.
        out.numbers(Plain, keys.iter().map(|key| key.rotate_left(1)));
        out.rows(messages);
        out.numbers(Plain, digests.iter().copied());
        out.numbers(Plain, was.iter().copied());
        out.rows(phrases);
        out.numbers(Plain, word_ids.iter().copied());
        out.numbers(Step(0), asked.iter().copied());
        let numbers = 0..super::number_of(words.len());
        let words: Vec<&str> = numbers.map(|id| tables.word(id)).collect();
        out.words(words.iter().copied());
        out.numbers(Plain, word_flags.iter().map(|flags| u32::from(*flags)));
        out.rows(names);
        out.rows(former);
        out.numbers(Plain, commands.iter().copied());
        out.0
    }

    /// Reads a compiled tree. The bytes may come from anywhere; it takes a time and a memory that grow with their
    /// number only.
    ///
    /// # Errors
    /// They are no compiled tree, or one of another version.
    pub fn from_compiled(bytes: &[u8]) -> Result<Self, CompiledError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(CompiledError::Damaged)?;
        let mut input = Reader(rest);
        if input.number().ok_or(CompiledError::Damaged)? != VERSION {
            return Err(CompiledError::OtherVersion);
        }
        read(input).ok_or(CompiledError::Damaged)
    }
}

impl Tree {
    /// The common words that a compiled tree brings.
    fn own_common(&self) -> Cow<'_, str> {
        #[cfg(feature = "yaml")]
        if self.is_of_source() {
            return Cow::Owned(common_words(self));
        }
        Cow::Borrowed(&self.common)
    }

    /// The tables that a compiled tree brings.
    fn own_tables(&self) -> Cow<'_, Tables> {
        #[cfg(feature = "yaml")]
        if self.is_of_source() {
            return Cow::Owned(super::lean::lean(self));
        }
        Cow::Borrowed(&self.tables)
    }

    /// Whether it was made of a source: then nothing has been left out yet.
    #[cfg(feature = "yaml")]
    fn is_of_source(&self) -> bool {
        matches!(self.common, Cow::Borrowed(_))
    }
}

fn read(mut input: Reader<'_>) -> Option<Tree> {
    let pack = pack_of(&input.text()?)?;
    // Bit by bit into what is there: were each part made by itself, there would be a way to throw away all parts before it.
    let mut about = About::default();
    let About { name, title, about: says, lang, help, ended, source } = &mut about;
    for text in [name, title, says, lang] {
        *text = input.text()?;
    }
    for text in [help, ended] {
        *text = input.maybe()?;
    }
    *source = input.text()?;
    let common = Cow::Owned(input.text()?);
    let mut tables = Tables { text: input.text()?, ..Tables::default() };
    tables.texts = Parts::of_lengths(0, input.numbers(Plain)?);
    input.rows(&mut tables.nodes)?;
    input.rows(&mut tables.questions)?;
    input.rows(&mut tables.answers)?;
    tables.keys = input.numbers(Plain)?;
    tables.keys.iter_mut().for_each(|key| *key = key.rotate_right(1));
    input.rows(&mut tables.messages)?;
    tables.digests = input.numbers(Plain)?;
    tables.was = input.numbers(Plain)?;
    input.rows(&mut tables.phrases)?;
    tables.word_ids = input.numbers(Plain)?;
    tables.asked = input.numbers(Step(0))?;
    tables.words = input.words(&mut tables.text)?;
    tables.word_flags = small(input.numbers(Plain)?)?;
    input.rows(&mut tables.names)?;
    input.rows(&mut tables.former)?;
    tables.commands = input.numbers(Plain)?;
    if !input.0.is_empty() {
        return None;
    }
    tables.link();
    tables.list_known();
    if !are_sound(&tables) {
        return None;
    }
    let own = own_commands(&tables)?;
    let commands = Commands::new(pack, &own);
    let tree = Tree {
        name: Digest::of(&about.name),
        vocabulary: Vocabulary::of(&tables),
        commands,
        common,
        about,
        pack,
        tables,
        also: Once::new(),
    };
    never_silent(&tree).then_some(tree)
}

/// The same numbers in fewer bits, if they fit.
fn small(numbers: Vec<u32>) -> Option<Vec<u16>> {
    numbers.into_iter().map(|number| u16::try_from(number).ok()).collect()
}

/// Whether no number leads out of its table, and parents come before their children.
fn are_sound(tables: &Tables) -> bool {
    let Tables {
        text,
        texts,
        nodes,
        questions,
        answers,
        keys,
        messages,
        digests,
        was,
        phrases,
        word_ids,
        asked,
        known: _,
        holders: _,
        words,
        word_flags,
        names,
        former,
        commands: _,
    } = tables;
    let within = |start: u32, end: u32, of: usize| start <= end && end as usize <= of;
    let row = |number: u32, of: usize| (number as usize) < of;
    let row_or_none = |number: u32, of: usize| some(number).is_none_or(|number| row(number, of));
    let is_digest = |number: u32| number <= DIGEST_BITS;
    let node_is_sound = |(number, node): (u32, &super::NodeRow)| {
        let parent = match some(node.from) {
            Some(from) if from & 1 == 0 => match answers.get((from >> 1) as usize) {
                Some(answer) => answer.question < number && answer.node == number,
                None => false,
            },
            Some(from) => from >> 1 < number,
            None => true,
        };
        parent
            && within(node.say, node.say_end, messages.len())
            && row_or_none(node.name, texts.len())
            && within(node.names, node.names_end, digests.len())
            && row_or_none(node.goto, nodes.len())
            && match some(node.question) {
                None => true,
                Some(at) => match questions.get(at as usize) {
                    Some(question) => {
                        let own = super::range(question.answers, question.answers_end);
                        answers
                            .get(own)
                            .is_some_and(|own| own.iter().all(|answer| answer.question == number))
                    }
                    None => false,
                },
            }
    };
    !nodes.is_empty()
        && texts.are_in(text)
        && words.are_in(text)
        // As each comes after the one before, no two are the same.
        && (1..super::number_of(words.len())).all(|id| tables.word(id - 1) < tables.word(id))
        && words.len() == word_flags.len()
        && (0..).zip(nodes).all(node_is_sound)
        // Each question is that of one node, so that its answers are looked at once above.
        && nodes.iter().filter(|node| node.question != NONE).count() == questions.len()
        && questions.windows(2).all(|pair| match pair {
            [one, next] => one.answers_end == next.answers,
            _ => true,
        })
        && questions.iter().all(|question| {
            let count = question.answers_end.saturating_sub(question.answers);
            within(question.answers, question.answers_end, answers.len())
                && count > 0
                && row_or_none(question.otherwise, nodes.len())
                && within(question.unclear, question.unclear_end, texts.len())
                && is_digest(question.words)
                && row_or_none(question.yes, count as usize)
                && row_or_none(question.no, count as usize)
                && within(question.phrases, question.phrases_end, phrases.len())
                && phrases
                    .get(super::range(question.phrases, question.phrases_end))
                    .is_some_and(|own| own.iter().all(|phrase| phrase.answer < count))
                && within(question.asked, question.asked_end, asked.len())
        })
        && questions.windows(2).all(|pair| match pair {
            [one, next] => one.phrases_end == next.phrases,
            _ => true,
        })
        && answers.len() == keys.len()
        && keys.iter().all(|key| is_digest(key & !MEANS_NOTHING))
        && digests.iter().chain(was).all(|digest| is_digest(*digest))
        && answers.iter().all(|answer| {
            row(answer.question, nodes.len())
                && row(answer.node, nodes.len())
                && row(answer.key, texts.len())
                && row(answer.label, texts.len())
                && within(answer.also, answer.also_end, texts.len())
                && within(answer.was, answer.was_end, was.len())
        })
        // No text is an `also` twice, which bounds what is made of them.
        && answers.windows(2).all(|pair| match pair {
            [one, next] => one.also_end <= next.also,
            _ => true,
        })
        && messages.iter().all(|message| {
            row(message.text, texts.len()) && row_or_none(message.address, texts.len())
        })
        && phrases.iter().all(|phrase| {
            within(phrase.words, phrase.words_end, word_ids.len())
                && phrase.words < phrase.words_end
                && row_or_none(phrase.accented, texts.len())
        })
        && word_ids.iter().chain(asked).all(|word| row(*word, words.len()))
        && names.iter().chain(former).all(|name| is_digest(name.digest) && row(name.node, nodes.len()))
        && names.is_sorted_by_key(|name| name.digest)
        && former.is_sorted_by_key(|name| name.digest)
}

/// Whether every chain of `goto` comes to a question or an end.
fn never_silent(tree: &Tree) -> bool {
    // By which walk each node was walked over, from 1.
    let mut walked = vec![0_u32; tree.len()];
    for (walk, start) in (1..).zip(0..tree.len()) {
        let mut at = NodeId(super::number_of(start));
        loop {
            match walked.get_mut(at.0 as usize) {
                Some(mark) if *mark == 0 => *mark = walk,
                Some(mark) if *mark == walk => return false,
                Some(_) | None => break,
            }
            let node = tree.node(at);
            match node.goto().filter(|_| !node.is_question()) {
                Some(next) => at = next,
                None => break,
            }
        }
    }
    true
}

/// The author's own words for commands.
fn own_commands(tables: &Tables) -> Option<Vec<(Command, Vec<&str>)>> {
    let mut own: Vec<(Command, Vec<&str>)> = Vec::new();
    for pair in tables.commands.chunks(2) {
        let [number, row] = pair else { return None };
        let command = Command::numbered(*number)?;
        let at = match own.iter().position(|(of, _)| *of == command) {
            Some(at) => at,
            None => {
                own.push((command, Vec::new()));
                own.len() - 1
            }
        };
        if let Some(row) = some(*row) {
            tables.texts.of(&tables.text, row)?;
            own.get_mut(at)?.1.push(tables.text(row));
        }
    }
    Some(own)
}
