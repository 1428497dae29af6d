//! A loaded tree: an arena of nodes, checked, and with everything looked up beforehand.

use indexmap::IndexMap;

use crate::{Choice, Digest, Message, Span};

/// A loaded, error-free conversation plan. Cheap to share, never changed.
#[derive(Clone, Debug)]
pub struct Tree {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) lang: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) names: IndexMap<Digest, NodeId>,
}

/// A node of one tree, by its number: the root is 0, and the order is that of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// An answer of one node, by its number from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerId(pub u32);

/// Where a `goto` leads.
pub type Target = NodeId;

/// One thing the bot says, with what may follow.
#[derive(Clone, Debug)]
pub struct Node {
    /// What is said.
    pub say: Vec<Message>,
    /// The name: `start` for the root, the key under `nodes`, or the `id`.
    pub name: Option<String>,
    /// The answers, in the order of their numbers; none at an end.
    pub answers: Vec<Answer>,
    /// Where `goto` leads.
    pub goto: Option<Target>,
    /// Where the node is in the source.
    pub span: Span,
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
    /// "Start again", with the code of the root: for a button.
    #[must_use]
    pub fn start_again(&self) -> Choice {
        todo!()
    }
    /// "Back", in the tree's language: for a button.
    #[must_use]
    pub fn back_label(&self) -> &str {
        todo!()
    }
    /// "More …", in the tree's language: for a button that shows further answers.
    #[must_use]
    pub fn more_label(&self) -> &str {
        todo!()
    }
}
