//! The tree as a graph, to be drawn.

use crate::load::draft::Role;
use crate::{AnswerId, NodeId, Span};

use super::outline::NodeKind;
use super::{Analysis, answer_id, first_words, node_id};

/// All nodes of a source and what leads from one to another; also while there are errors, as far as
/// the source could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// As many as the tree has, in the same order.
    pub nodes: Vec<GraphNode>,
    /// In the order of the source, by the nodes that they start from.
    pub edges: Vec<GraphEdge>,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphNode {
    /// Its number.
    pub id: NodeId,
    /// Its name, if it has one; `start` for the first.
    pub name: Option<String>,
    /// Whether it asks, ends, or goes on by itself.
    pub kind: NodeKind,
    /// Its first words, at most 60 characters.
    pub label: String,
    /// From its key to the end of what hangs from it.
    pub span: Span,
}

/// What leads from one node to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphEdge {
    /// Where it starts.
    pub from: NodeId,
    /// Where it leads.
    pub to: NodeId,
    /// Why.
    pub kind: EdgeKind,
    /// Where it is written: the key of the answer, `else`, or the name after `goto`.
    pub span: Span,
}

/// Why an edge is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// An answer is given.
    Answer {
        /// Its number.
        answer: AnswerId,
        /// Its key.
        key: String,
        /// What is shown.
        label: String,
    },
    /// Nothing else fits.
    Else,
    /// The conversation goes on by itself: a `goto`, of the node or of the question before it.
    Goto,
}

/// How many characters of a node's words are its label.
const LABEL: usize = 60;

impl Analysis {
    /// The tree as a graph.
    #[must_use]
    pub fn graph(&self) -> Graph {
        let after = self.gotos_after_answers();
        let mut graph = Graph::default();
        for (number, node) in self.draft.nodes.iter().enumerate() {
            let from = node_id(number);
            graph.nodes.push(GraphNode {
                id: from,
                name: self.names_of(number).into_iter().next(),
                kind: self.kind(number, after.get(number).copied().flatten().is_some()),
                label: self.first_words(number),
                span: self.extent(number).unwrap_or_default(),
            });
            for (index, answer) in node.answers.iter().enumerate() {
                let label = answer.label.as_ref().unwrap_or(&answer.key);
                let kind = EdgeKind::Answer {
                    answer: answer_id(index),
                    key: answer.key.text.clone(),
                    label: label.text.clone(),
                };
                let to = node_id(answer.node);
                graph.edges.push(GraphEdge { from, to, kind, span: answer.key.span });
            }
            if let Some(otherwise) = node.otherwise {
                let span = self.node(otherwise).map_or(node.at, |node| node.at);
                let to = node_id(otherwise);
                graph.edges.push(GraphEdge { from, to, kind: EdgeKind::Else, span });
            }
            // The `goto` of a question is for those of its answers that lead nowhere else.
            let own = node.goto.as_ref().filter(|_| node.answers.is_empty()).map(|goto| goto.span);
            let goto = own.and_then(|span| Some((self.target(number)?, span)));
            let after = after.get(number).copied().flatten();
            if let Some((to, span)) = goto.or(after) {
                let to = node_id(to);
                graph.edges.push(GraphEdge { from, to, kind: EdgeKind::Goto, span });
            }
        }
        graph
    }

    /// For each answer's node that leads nowhere by itself, where the `goto` of its question leads.
    pub(super) fn gotos_after_answers(&self) -> Vec<Option<(usize, Span)>> {
        let mut after = vec![None; self.draft.nodes.len()];
        for (number, question) in self.draft.nodes.iter().enumerate() {
            let Some(goto) = question.goto.as_ref().filter(|_| !question.answers.is_empty()) else {
                continue;
            };
            let Some(target) = self.target(number) else { continue };
            for answer in &question.answers {
                let is_end = self
                    .node(answer.node)
                    .is_some_and(|then| then.answers.is_empty() && then.goto.is_none());
                if is_end && let Some(place) = after.get_mut(answer.node) {
                    *place = Some((target, goto.span));
                }
            }
        }
        after
    }

    /// What a node is; `goes_on` where the question before it has a `goto`.
    pub(super) fn kind(&self, number: usize, goes_on: bool) -> NodeKind {
        let Some(node) = self.node(number) else { return NodeKind::End };
        let returns = matches!(node.role, Role::Else);
        match (node.answers.is_empty(), node.goto.is_some() || goes_on || returns) {
            (false, _) => NodeKind::Question,
            (true, true) => NodeKind::Say,
            (true, false) => NodeKind::End,
        }
    }

    /// The first words of a node.
    pub(super) fn first_words(&self, number: usize) -> String {
        let said = self.node(number).and_then(|node| node.say.first());
        first_words(said.map_or("", |message| message.text()), LABEL)
    }
}
