//! Which words of the tree were said: an answer by the person, or a message by the bot.

use treebot::{Analysis, AnswerId, NodeId, Span, Trail, Tree, resolve};

/// Something that was said, as it stands in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spoken {
    /// An answer of a question.
    Answer(NodeId, AnswerId),
    /// A message of a node, by its number.
    Message(NodeId, usize),
}

impl Spoken {
    /// The answer that leads to the end of a way.
    pub(crate) fn answer(tree: &Tree, way: &Trail) -> Option<Self> {
        let (question, answer) = resolve(tree, way).path.last().copied()?;
        Some(Self::Answer(question, answer?))
    }

    /// A message of all that these nodes say, counted from the last, which is 0.
    pub(crate) fn message(tree: &Tree, nodes: &[u32], message: usize) -> Option<Self> {
        let mut left = message;
        for node in nodes.iter().rev().map(|node| NodeId(*node)) {
            let count = tree.get(node).map_or(0, |node| node.say().count());
            if let Some(number) = count.checked_sub(left + 1) {
                return Some(Self::Message(node, number));
            }
            left -= count;
        }
        // What the bot says of its own.
        Some(Self::Message(NodeId(*nodes.last()?), 0))
    }

    /// The node that it is about: of an answer, the one that it leads to.
    pub(crate) fn node(self, tree: &Tree) -> Option<NodeId> {
        match self {
            Self::Answer(question, answer) => Some(tree.get(question)?.answer(answer)?.node()),
            Self::Message(node, _) => Some(node),
        }
    }

    /// Where it is written.
    pub(crate) fn span(self, analysis: &Analysis) -> Option<Span> {
        match self {
            Self::Answer(question, answer) => analysis.span_of_answer(question, answer),
            Self::Message(node, number) => analysis.span_of_message(node, number),
        }
    }
}
