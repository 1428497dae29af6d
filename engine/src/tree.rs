//! A loaded tree: an arena of nodes, checked, with everything looked up beforehand.

use indexmap::IndexMap;

use crate::lang::Pack;
use crate::matching::{Commands, Index};
use crate::{Choice, Digest, Message, PlaceCode, Span, Trail};

/// A loaded, error-free conversation plan. It is never changed.
#[derive(Clone, Debug)]
pub struct Tree {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) lang: String,
    pub(crate) pack: &'static Pack,
    pub(crate) commands: Commands,
    pub(crate) help: Option<String>,
    pub(crate) ended: Option<String>,
    pub(crate) nodes: Vec<Node>,
    /// Present names.
    pub(crate) names: IndexMap<Digest, NodeId>,
    /// Former names that no node bears now.
    pub(crate) former: IndexMap<Digest, NodeId>,
}

/// A node of one tree, by its number: the root is 0, and the order is that of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// An answer of one node, by its number from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerId(pub u32);

/// One thing the bot says, with what may follow.
#[derive(Clone, Debug)]
pub struct Node {
    /// What is said. Never empty.
    pub say: Vec<Message>,
    /// The name: `start` for the root, the key under `nodes`, or the `id`.
    pub name: Option<String>,
    /// The answers, in the order of their numbers. A node with answers is a question.
    pub answers: Vec<Answer>,
    /// Where `goto` leads: for a question, where those of its answers go on that lead nowhere else.
    pub goto: Option<NodeId>,
    /// What is said, or done, when nothing else fits.
    pub otherwise: Option<NodeId>,
    /// What is said at the first miss, the second, and so on; the last again and again.
    pub unclear: Vec<String>,
    /// Whether the answers are shown; they can always be typed.
    pub offer: bool,
    /// Where the node is in the source.
    pub span: Span,
    /// Its names, the present one first, as they are recorded.
    pub(crate) names: Vec<Digest>,
    /// What is said, as it is recorded.
    pub(crate) words: Digest,
    /// The question whose answer (or `else`, where none) this node is.
    pub(crate) parent: Option<(NodeId, Option<AnswerId>)>,
    /// What may be typed.
    pub(crate) index: Index,
}

/// A branch of a question.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its identity.
    pub key: String,
    /// What is shown.
    pub label: String,
    /// What may be typed instead.
    pub also: Vec<String>,
    /// What follows.
    pub node: NodeId,
    /// Where its key is in the source.
    pub span: Span,
    /// Its key, as it is recorded.
    pub(crate) digest: Digest,
    /// Its former keys.
    pub(crate) was: Vec<Digest>,
    /// What may be typed instead, as keys were recorded.
    pub(crate) also_digests: Vec<Digest>,
    /// Whether the key says something without the question (unlike yes, 1 or other).
    pub(crate) means_something: bool,
}

impl Tree {
    /// What place codes call the tree: the name the host gave it, else its title.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The title; empty where the author gave none.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the author says about the tree; may be empty.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.about
    }

    /// The language of the tree's words, as a BCP 47 tag; `en` where the author gave none.
    #[must_use]
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// All nodes; a [`NodeId`] is an index into them.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node with this number, if it is one of this tree's.
    #[must_use]
    pub fn get(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// The node with this present name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<NodeId> {
        self.names.get(&Digest::of(name)).copied()
    }

    /// "Start again", with the code of the root: for a button.
    #[must_use]
    pub fn start_again(&self) -> Choice {
        Choice {
            label: self.pack.start_again_label.to_owned(),
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

    /// The name of the root: what `goto: start` leads to.
    pub(crate) const START: &'static str = "start";

    /// The root.
    pub(crate) const ROOT: NodeId = NodeId(0);

    /// The node with this number.
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        // Node ids are only made by the loader, for the tree that they are in.
        self.nodes.get(id.0 as usize).unwrap_or(&NO_NODE)
    }

    /// The node that bears this name, or bore it once.
    pub(crate) fn find(&self, name: Digest) -> Option<NodeId> {
        self.names.get(&name).or_else(|| self.former.get(&name)).copied()
    }
}

impl Node {
    /// Whether this node waits for an answer.
    #[must_use]
    pub fn is_question(&self) -> bool {
        !self.answers.is_empty()
    }

    pub(crate) fn answer(&self, id: AnswerId) -> Option<&Answer> {
        self.answers.get(id.0 as usize)
    }

    /// All answers with their numbers.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (AnswerId, &Answer)> {
        (0..).map(AnswerId).zip(&self.answers)
    }

    /// The answer with this key, as it is recorded.
    pub(crate) fn keyed(&self, key: Digest) -> Option<AnswerId> {
        self.numbered().find(|(_, answer)| answer.digest == key).map(|(id, _)| id)
    }
}

/// Stands in where an id of another tree is used: it says nothing and ends the conversation.
static NO_NODE: Node = Node {
    say: Vec::new(),
    name: None,
    answers: Vec::new(),
    goto: None,
    otherwise: None,
    unclear: Vec::new(),
    offer: false,
    span: Span::new(0, 0),
    names: Vec::new(),
    words: Digest::NOTHING,
    parent: None,
    index: Index::EMPTY,
};
