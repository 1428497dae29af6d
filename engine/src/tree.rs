//! A loaded tree: checked, never changed, with everything looked up beforehand.
//!
//! * [`node`] and [`answer`] are what the rest of the engine sees of it;
//! * [`tables`] is how it lies in memory;
//! * [`vocabulary`] finds words in it, [`also`] answers by what else they are called;
//! * [`compiled`] writes it down and reads it again, without its source, in the bytes of [`columns`];
//! * [`lean`] leaves out of what is written what can be told from the rest;
//! * [`bundle`] puts it on its way, together with its source;
//! * [`build`] makes it of a draft.

mod also;
mod answer;
#[cfg(feature = "yaml")]
pub(crate) mod build;
pub(crate) mod bundle;
mod columns;
pub(crate) mod compiled;
#[cfg(feature = "yaml")]
mod lean;
mod node;
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
use crate::{Choice, Digest, Message, PlaceCode, Trail};

pub use answer::Answer;
pub(crate) use answer::Phrase;
pub use node::Node;

use also::Also;
use tables::{MessageRow, NodeRow, Tables, list, range, some};
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

    /// The node that a [`Step`](crate::Step) knows by this name, or by a former name of it.
    #[must_use]
    pub fn known_by(&self, name: Digest) -> Option<NodeId> {
        self.find(name)
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
