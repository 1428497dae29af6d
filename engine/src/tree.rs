//! A loaded tree: checked, never changed, with everything looked up beforehand.
//!
//! * [`tables`] is how it lies in memory;
//! * [`vocabulary`] finds words in it, [`also`] answers by what else they are called;
//! * [`compiled`] writes it down and reads it again, without its source, in the bytes of [`columns`];
//! * [`lean`] leaves out of what is written what can be told from the rest;
//! * [`bundle`] puts it on its way, together with its source;
//! * [`build`] makes it of a draft.

mod also;
#[cfg(feature = "yaml")]
pub(crate) mod build;
pub(crate) mod bundle;
mod columns;
pub(crate) mod compiled;
#[cfg(feature = "yaml")]
mod lean;
pub(crate) mod tables;
pub(crate) mod vocabulary;

use std::borrow::Cow;
#[cfg(target_family = "wasm")]
use std::cell::OnceCell as Once;
use std::fmt;
#[cfg(not(target_family = "wasm"))]
use std::sync::OnceLock as Once;

use crate::digest::whole_digest;
use crate::lang::Pack;
use crate::matching::Commands;
use crate::text::join;
use crate::{Choice, Digest, Message, PlaceCode, Trail};

use also::Also;
use tables::{AnswerRow, MessageRow, NodeRow, PhraseRow, QuestionRow, Tables, list, range, some};
use vocabulary::Vocabulary;

/// A loaded, error-free conversation plan. It is never changed.
#[derive(Clone)]
pub struct Tree {
    pub(crate) about: About,
    pub(crate) pack: &'static Pack,
    pub(crate) commands: Commands,
    pub(crate) tables: Tables,
    /// Where each word of `tables` is.
    pub(crate) vocabulary: Vocabulary,
    /// The digest of the name.
    pub(crate) name: Digest,
    /// Common words of the language with spaces between them, which are no slips of others; of a compiled tree only
    /// those that look like a word of its own.
    pub(crate) common: Cow<'static, str>,
    /// Each `also` of each answer as it is recorded. Of a compiled tree they are not made before somebody asks for an
    /// answer by a key that it has not.
    /// (Where there are no threads, what keeps them apart would be half a kilobyte for nothing.)
    pub(crate) also: Once<Also>,
}

/// What a tree says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) lang: String,
    pub(crate) help: Option<String>,
    pub(crate) ended: Option<String>,
    /// The whole SHA-256 of the source, in base32.
    pub(crate) source: String,
}

/// A node of one tree, by its number: the root is 0, and the order is that of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// An answer of one node, by its number from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerId(pub u32);

/// One thing the bot says, with what may follow.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    pub(crate) tree: &'t Tree,
    id: NodeId,
    row: &'t NodeRow,
    question: Option<&'t QuestionRow>,
}

/// A branch of a question.
#[derive(Clone, Copy)]
pub struct Answer<'t> {
    pub(crate) tree: &'t Tree,
    id: AnswerId,
    row: &'t AnswerRow,
}

/// Something that may be typed for an answer.
#[derive(Clone, Copy)]
pub(crate) struct Phrase<'t> {
    tree: &'t Tree,
    row: &'t PhraseRow,
}

impl Tree {
    /// What place codes call the tree: the name the host gave it, else its title.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.about.name
    }

    /// The same tree under another name: see [`name`](Self::name).
    #[must_use]
    pub fn called(mut self, name: &str) -> Self {
        name.clone_into(&mut self.about.name);
        self.name = Digest::of(name);
        self
    }

    /// The same tree with the digest of its source, which compiled trees carry: see
    /// [`source_digest`](Self::source_digest). It is not made by loading, as it costs as much as all other digests
    /// together.
    #[must_use]
    pub fn of_source(mut self, source: &str) -> Self {
        self.about.source = whole_digest(source.as_bytes());
        self
    }

    /// The title; empty where the author gave none.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.about.title
    }

    /// What the author says about the tree; may be empty.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.about.about
    }

    /// The language of the tree's words, as a BCP 47 tag; `en` where the author gave none.
    #[must_use]
    pub fn lang(&self) -> &str {
        &self.about.lang
    }

    /// The SHA-256 of the source it was loaded from, in base32 (52 characters of `a-z` and `2-7`): its revision. Empty
    /// where nobody has told it: see [`of_source`](Self::of_source).
    #[must_use]
    pub fn source_digest(&self) -> &str {
        &self.about.source
    }

    /// How many nodes there are; a [`NodeId`] is a number below this.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tables.nodes.len()
    }

    /// Whether there are no nodes, which no tree that loads is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.nodes.is_empty()
    }

    /// All nodes, in the order of their numbers.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node<'_>> + ExactSizeIterator {
        let view = |(number, row)| self.view(NodeId(number_of(number)), row);
        self.tables.nodes.iter().enumerate().map(view)
    }

    /// The node with this number, if it is one of this tree's.
    #[must_use]
    pub fn get(&self, id: NodeId) -> Option<Node<'_>> {
        self.tables.nodes.get(id.0 as usize).map(|row| self.view(id, row))
    }

    /// The node with this present name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<NodeId> {
        find(&self.tables.names, Digest::of(name))
    }

    /// "Start again", with the code of the root: for a button.
    #[must_use]
    pub fn start_again(&self) -> Choice<'static> {
        Choice {
            label: Cow::Borrowed(self.pack.start_again_label),
            code: PlaceCode::encode(self, &Trail::root()),
        }
    }

    /// "Back", in the tree's language: for a button.
    #[must_use]
    pub fn back_label(&self) -> &str {
        self.pack.back_label
    }

    /// "More …", in the tree's language: for a button that shows further answers.
    #[must_use]
    pub fn more_label(&self) -> &str {
        self.pack.more_label
    }

    /// "Delete my data", in the tree's language: for a button that asks for that.
    #[must_use]
    pub fn forget_label(&self) -> &str {
        self.pack.forget_label
    }

    /// "Yes" and "No", in the tree's language: for the buttons under a question of the bot's own.
    #[must_use]
    pub fn yes_or_no(&self) -> [&str; 2] {
        self.pack.yes_or_no
    }

    /// The name of the root: what `goto: start` leads to.
    #[cfg(feature = "yaml")]
    pub(crate) const START: &'static str = "start";

    /// The root.
    pub(crate) const ROOT: NodeId = NodeId(0);

    /// The node with this number; of a number of another tree, one that says nothing and ends the conversation.
    pub(crate) fn node(&self, id: NodeId) -> Node<'_> {
        self.view(id, self.tables.nodes.get(id.0 as usize).unwrap_or(&NO_NODE))
    }

    /// The node that bears this name, or bore it once.
    pub(crate) fn find(&self, name: Digest) -> Option<NodeId> {
        find(&self.tables.names, name).or_else(|| find(&self.tables.former, name))
    }

    /// Each `also` of each answer as it is recorded.
    fn also(&self) -> &Also {
        self.also.get_or_init(|| Also::of(self))
    }

    fn view<'t>(&'t self, id: NodeId, row: &'t NodeRow) -> Node<'t> {
        let question = some(row.question).and_then(|row| self.tables.questions.get(row as usize));
        Node { tree: self, id, row, question }
    }
}

impl<'t> Node<'t> {
    /// Its number.
    #[must_use]
    pub fn id(self) -> NodeId {
        self.id
    }

    /// What is said, in order. Never nothing, but for a node that only goes on to another.
    pub fn say(self) -> impl DoubleEndedIterator<Item = Message<'t>> + ExactSizeIterator + Clone {
        let tables = &self.tree.tables;
        let rows = tables.messages.get(range(self.row.say, self.row.say_end));
        rows.unwrap_or_default().iter().map(|row| message(tables, row))
    }

    /// The name: `start` for the root, the key under `nodes`, or the `id`.
    #[must_use]
    pub fn name(self) -> Option<&'t str> {
        some(self.row.name).map(|row| self.tree.tables.text(row))
    }

    /// The answers, in the order of their numbers. A node with answers is a question.
    pub fn answers(
        self,
    ) -> impl DoubleEndedIterator<Item = Answer<'t>> + ExactSizeIterator + Clone {
        let rows = self
            .question
            .and_then(|row| self.tree.tables.answers.get(range(row.answers, row.answers_end)));
        let view =
            move |(number, row)| Answer { tree: self.tree, id: AnswerId(number_of(number)), row };
        rows.unwrap_or_default().iter().enumerate().map(view)
    }

    /// The answer with this number.
    #[must_use]
    pub fn answer(self, id: AnswerId) -> Option<Answer<'t>> {
        let row = self.question?;
        let at = row.answers.checked_add(id.0).filter(|at| *at < row.answers_end)?;
        let row = self.tree.tables.answers.get(at as usize)?;
        Some(Answer { tree: self.tree, id, row })
    }

    /// Where `goto` leads: for a question, where those of its answers go on that lead nowhere else.
    #[must_use]
    pub fn goto(self) -> Option<NodeId> {
        some(self.row.goto).map(NodeId)
    }

    /// What is said, or done, when nothing else fits.
    #[must_use]
    pub fn otherwise(self) -> Option<NodeId> {
        some(self.question?.otherwise).map(NodeId)
    }

    /// What is said at the first miss, the second, and so on; the last again and again.
    pub fn unclear(self) -> impl DoubleEndedIterator<Item = &'t str> + ExactSizeIterator {
        let row = self.question.map_or(0..0, |row| row.unclear..row.unclear_end);
        texts(&self.tree.tables, row.start, row.end)
    }

    /// Whether the answers are shown; they can always be typed.
    #[must_use]
    pub fn offer(self) -> bool {
        self.question.is_none_or(|row| row.offer != 0)
    }

    /// Whether this node waits for an answer.
    #[must_use]
    pub fn is_question(self) -> bool {
        self.question.is_some()
    }

    /// Its names as they are recorded, the present one first.
    pub(crate) fn names(self) -> impl Iterator<Item = Digest> + use<'t> {
        digests(&self.tree.tables.digests, self.row.names, self.row.names_end)
    }

    /// What the question asks, as it is recorded; nothing at an end.
    pub(crate) fn words(self) -> Digest {
        self.question.map_or(Digest::NOTHING, |row| Digest(row.words))
    }

    /// The question whose answer (or `else`, where none) this node is.
    pub(crate) fn parent(self) -> Option<(NodeId, Option<AnswerId>)> {
        let from = some(self.row.from)?;
        let at = from >> 1;
        if from & 1 != 0 {
            return Some((NodeId(at), None));
        }
        let question = NodeId(self.tree.tables.answers.get(at as usize)?.question);
        let first = self.tree.node(question).question?.answers;
        Some((question, at.checked_sub(first).map(AnswerId)))
    }

    /// The answer with this key, as it is recorded.
    pub(crate) fn keyed(self, key: Digest) -> Option<AnswerId> {
        let row = self.question?;
        let keys = self.tree.tables.keys.get(range(row.answers, row.answers_end))?;
        let found = keys.iter().position(|other| *other & DIGEST_BITS == key.0)?;
        Some(AnswerId(number_of(found)))
    }

    /// The keys of the answers, as they are recorded.
    pub(crate) fn keys(self) -> impl ExactSizeIterator<Item = Digest> + use<'t> {
        let row = self.question.map_or(0..0, |row| range(row.answers, row.answers_end));
        let keys = self.tree.tables.keys.get(row).unwrap_or_default();
        keys.iter().map(|key| Digest(*key & DIGEST_BITS))
    }

    /// The answer that a "yes" is.
    pub(crate) fn yes(self) -> Option<AnswerId> {
        some(self.question?.yes).map(AnswerId)
    }

    /// The answer that a "no" is.
    pub(crate) fn no(self) -> Option<AnswerId> {
        some(self.question?.no).map(AnswerId)
    }

    /// What can be typed, sorted by the numbers of its words (which is by the alphabet); of what is the same for one
    /// answer, what is shown comes before an `also`.
    pub(crate) fn phrases(self) -> &'t [PhraseRow] {
        let row = self.question.map_or(0..0, |row| range(row.phrases, row.phrases_end));
        self.tree.tables.phrases.get(row).unwrap_or_default()
    }

    /// A row of [`phrases`](Self::phrases), to look at.
    pub(crate) fn phrase(self, row: &'t PhraseRow) -> Phrase<'t> {
        Phrase { tree: self.tree, row }
    }

    /// The words of the question itself, and of the tree's title as far as no label has them, sorted: they
    /// tell no answer from another.
    pub(crate) fn asked(self) -> &'t [u32] {
        self.question.map_or(&[], |row| list(&self.tree.tables.asked, row.asked, row.asked_end))
    }

    /// The phrases that have a word, in their order.
    pub(crate) fn phrases_with(self, word: u32) -> impl Iterator<Item = Phrase<'t>> {
        let row = self.question.and_then(|row| some(row.holders));
        let holders = row.and_then(|row| self.tree.tables.holders.get(row as usize..));
        let holders = holders.unwrap_or_default();
        let known = self.known();
        let found = known.binary_search(&word).ok();
        // Of few phrases each is looked at.
        let all = if holders.is_empty() && found.is_some() { self.phrases() } else { &[] };
        let listed = found.and_then(|at| {
            let (starts, phrases) = holders.split_at_checked(known.len() + 1)?;
            phrases.get(range(*starts.get(at)?, *starts.get(at + 1)?))
        });
        let looked = all.iter().map(move |row| self.phrase(row));
        let looked = looked.filter(move |phrase| phrase.words().contains(&word));
        let listed = listed.unwrap_or_default().iter();
        let listed = listed.filter_map(move |at| self.phrases().get(*at as usize));
        looked.chain(listed.map(move |row| self.phrase(row)))
    }

    /// Every word of its phrases once, sorted.
    pub(crate) fn known(self) -> &'t [u32] {
        self.question.map_or(&[], |row| list(&self.tree.tables.known, row.known, row.known_end))
    }
}

impl<'t> Answer<'t> {
    /// Its number among the answers of its question, from 0.
    #[must_use]
    pub fn id(self) -> AnswerId {
        self.id
    }

    /// Its identity.
    #[must_use]
    pub fn key(self) -> &'t str {
        self.tree.tables.text(self.row.key)
    }

    /// What is shown.
    #[must_use]
    pub fn label(self) -> &'t str {
        self.tree.tables.text(self.row.label)
    }

    /// What may be typed instead. Of a compiled tree only what is more than plain words: those are with what matching
    /// looks at.
    pub fn also(self) -> impl DoubleEndedIterator<Item = &'t str> + ExactSizeIterator {
        texts(&self.tree.tables, self.row.also, self.row.also_end)
    }

    /// What follows.
    #[must_use]
    pub fn node(self) -> NodeId {
        NodeId(self.row.node)
    }

    /// Its key, as it is recorded.
    pub(crate) fn digest(self) -> Digest {
        Digest(self.recorded() & DIGEST_BITS)
    }

    /// Whether the key says something without the question (unlike yes, 1 or other).
    pub(crate) fn means_something(self) -> bool {
        self.recorded() & MEANS_NOTHING == 0
    }

    /// Its former keys.
    pub(crate) fn was(self) -> impl Iterator<Item = Digest> + use<'t> {
        digests(&self.tree.tables.was, self.row.was, self.row.was_end)
    }

    /// Its former keys, and what may be typed instead, as keys are recorded.
    pub(crate) fn aliases(self) -> impl Iterator<Item = Digest> + use<'t> {
        let also = self.tree.also().of_answer(self.number());
        self.was().chain(also.iter().copied().map(Digest))
    }

    fn recorded(self) -> u32 {
        self.tree.tables.keys.get(self.number()).copied().unwrap_or_default()
    }

    /// Its number among the answers of all questions.
    fn number(self) -> usize {
        let first = self.tree.node(NodeId(self.row.question)).question.map_or(0, |row| row.answers);
        first.saturating_add(self.id.0) as usize
    }
}

impl<'t> Phrase<'t> {
    /// Its answer.
    pub(crate) fn answer(self) -> AnswerId {
        AnswerId(self.row.answer)
    }

    /// The numbers of its words.
    pub(crate) fn words(self) -> &'t [u32] {
        list(&self.tree.tables.word_ids, self.row.words, self.row.words_end)
    }

    /// Its words, joined by spaces.
    pub(crate) fn joined(self) -> String {
        join(&mut self.words().iter().map(|id| self.tree.tables.word(*id)), " ")
    }

    /// Whether it stands for an `also` that is not among the texts.
    fn stands_for_also(self) -> bool {
        self.row.flags & tables::phrase_is::ALSO_AS_IS != 0
    }

    /// Its words with their accents, joined by spaces, where these are not its plain words.
    pub(crate) fn accented(self) -> Option<&'t str> {
        some(self.row.accented).map(|row| self.tree.tables.text(row))
    }

    /// Whether it is an `also`: what is shown counts for more.
    pub(crate) fn is_also(self) -> bool {
        self.row.flags & tables::phrase_is::ALSO != 0
    }

    /// Whether it begins with a small letter, so that it is no name.
    pub(crate) fn is_small(self) -> bool {
        self.row.flags & tables::phrase_is::SMALL != 0
    }

    /// Whether it says from where or up to where, and nothing else.
    pub(crate) fn is_bound(self) -> bool {
        self.row.flags & tables::phrase_is::BOUND != 0
    }

    /// The currency that is written beside its numbers: "£500".
    pub(crate) fn currency(self) -> Option<&'static str> {
        let number = (self.row.flags >> tables::phrase_is::CURRENCY).checked_sub(1)?;
        self.tree.pack.amounts.currencies.get(number as usize).map(|(sign, _)| *sign)
    }

    /// Whether it is written in capitals, such as US.
    pub(crate) fn is_acronym(self) -> bool {
        self.row.flags & tables::phrase_is::ACRONYM != 0
    }
}

/// In `keys`: the digest …
pub(crate) const DIGEST_BITS: u32 = (1 << 25) - 1;

/// … and whether the key means nothing by itself.
pub(crate) const MEANS_NOTHING: u32 = 1 << 31;

/// The number of a row.
pub(crate) fn number_of(row: usize) -> u32 {
    // A tree has at most as many rows as its source has bytes, which is bounded far below this.
    u32::try_from(row).unwrap_or(tables::NONE)
}

fn find(names: &[tables::NameRow], name: Digest) -> Option<NodeId> {
    let at = names.binary_search_by_key(&name.0, |row| row.digest).ok()?;
    names.get(at).map(|row| NodeId(row.node))
}

fn message<'t>(tables: &'t Tables, row: &MessageRow) -> Message<'t> {
    let text = Cow::Borrowed(tables.text(row.text));
    match some(row.address) {
        None => Message::Text(text),
        Some(address) => Message::Image { address: Cow::Borrowed(tables.text(address)), alt: text },
    }
}

fn texts(
    tables: &Tables,
    start: u32,
    end: u32,
) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
    (start..end).map(move |row| tables.text(row))
}

fn digests(table: &[u32], start: u32, end: u32) -> impl Iterator<Item = Digest> + use<'_> {
    list(table, start, end).iter().map(|digest| Digest(*digest))
}

/// Stands in where an id of another tree is used: it says nothing and ends the conversation.
static NO_NODE: NodeRow = NodeRow {
    say: 0,
    say_end: 0,
    name: tables::NONE,
    names: 0,
    names_end: 0,
    goto: tables::NONE,
    from: tables::NONE,
    question: tables::NONE,
};

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree").field("about", &self.about).field("nodes", &self.len()).finish()
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: Vec<_> = self.say().collect();
        let answers: Vec<_> = self.answers().map(Answer::key).collect();
        f.debug_struct("Node")
            .field("id", &self.id)
            .field("name", &self.name())
            .field("say", &said)
            .field("answers", &answers)
            .finish()
    }
}

impl fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("id", &self.id).field("key", &self.key()).finish()
    }
}
