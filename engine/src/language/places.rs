//! Which node an offset belongs to, and where a node is: source, map and conversation show the same.

use crate::load::draft::{DraftNode, Role};
use crate::{AnswerId, NodeId, Span, Tree};

use super::spot::owner;
use super::syntax::{Id, Kind};
use super::{Analysis, answer_id, node_id, number};

impl Analysis {
    /// The node that is written at a byte offset; in a line without words, the one that the line's
    /// indentation belongs to. None in what only the file has, such as `tests`.
    #[must_use]
    pub fn node_at(&self, offset: usize) -> Option<NodeId> {
        let offset = self.source.floor_char_boundary(offset);
        // In the midst of a text, indentation says nothing.
        let text = self.syntax.at(offset).and_then(|id| self.syntax.get(id));
        let is_text = text.is_some_and(|text| {
            text.span.start < offset
                && offset < text.span.end
                && matches!(text.kind, Kind::Plain | Kind::Quoted | Kind::Block)
        });
        let owner = if is_text { Some(offset) } else { owner(&self.source, offset) };
        let Some(offset) = owner else { return self.node(0).map(|_| Tree::ROOT) };
        if self.is_beside_nodes(offset) {
            return None;
        }
        // Nodes are in the order of their starts and lie within each other; those that an alias repeats
        // have the place of the first.
        let mut best: Option<(usize, Span)> = None;
        for (number, node) in self.draft.nodes.iter().enumerate() {
            let extent = self.extent(number)?;
            let is_root = matches!(node.role, Role::Root);
            let is_in = is_root || (extent.start <= offset && offset <= extent.end);
            if is_in && best.is_none_or(|(_, known)| is_root || is_smaller(extent, known)) {
                best = Some((number, extent));
            }
        }
        best.map(|(number, _)| node_id(number))
    }

    /// All of a node, from its key to the end of what hangs from it; for the beginning of the tree, the
    /// whole file. None where there is no such node.
    #[must_use]
    pub fn span_of(&self, node: NodeId) -> Option<Span> {
        self.extent(number(node))
    }

    /// Where a message of a node is written, by its number from 0; of a node that says nothing, its key. None where there
    /// is no such node.
    #[must_use]
    pub fn span_of_message(&self, node: NodeId, message: usize) -> Option<Span> {
        let node = self.node(number(node))?;
        if node.say.is_empty() {
            return Some(node.at);
        }
        let say = self.syntax.value_at(node.say_span);
        let list = say.filter(|say| {
            self.syntax.get(*say).is_some_and(|say| matches!(say.kind, Kind::List { .. }))
        });
        let item = list.and_then(|list| self.syntax.get(self.message(list, message)?));
        Some(item.map_or(node.say_span, |item| item.span))
    }

    /// A message of a list, by its number from 0. Items that are no messages are not counted in the draft.
    pub(super) fn message(&self, list: Id, message: usize) -> Option<Id> {
        let is_message = |id: &Id| !self.text(*id).is_some_and(|text| text.trim().is_empty());
        self.syntax.children(list).map(|(id, _)| id).filter(is_message).nth(message)
    }

    /// The question and the answer that a node follows, where it follows one.
    #[must_use]
    pub fn answer_to(&self, node: NodeId) -> Option<(NodeId, AnswerId)> {
        let follows = |(question, draft): (usize, &DraftNode)| {
            let answer = draft.answers.iter().position(|answer| answer.node == number(node))?;
            Some((node_id(question), answer_id(answer)))
        };
        self.draft.nodes.iter().enumerate().find_map(follows)
    }

    /// The key of an answer. None where there is no such answer.
    #[must_use]
    pub fn span_of_answer(&self, question: NodeId, answer: AnswerId) -> Option<Span> {
        self.answer(number(question), answer.0 as usize).map(|answer| answer.key.span)
    }

    /// From the key of a node to its end.
    pub(super) fn extent(&self, number: usize) -> Option<Span> {
        let node = self.node(number)?;
        let start = match &node.role {
            Role::Root => node.span.start,
            Role::Shared(_) | Role::Answer | Role::Else => node.at.start,
        };
        // What an alias repeats stands elsewhere; here is only its key.
        let is_elsewhere = node.span.start < start;
        let end = if is_elsewhere { node.at.end } else { node.span.end };
        Some(Span::new(start, end.max(start)))
    }

    /// Whether an offset is in what the file has beside nodes.
    fn is_beside_nodes(&self, offset: usize) -> bool {
        let Some(root) = self.syntax.root() else { return false };
        let entry = self.syntax.entries(root).find(|(key, value)| {
            let start = self.syntax.get(*key).map(|key| key.span.start);
            let end = self.syntax.get(*value).map(|value| value.span.end);
            start.is_some_and(|start| start <= offset) && end.is_some_and(|end| offset <= end)
        });
        let key =
            entry.and_then(|(key, value)| Some((self.text(key)?, self.syntax.get(value)?.span)));
        match key {
            Some(("nodes", value)) => offset < value.start,
            Some((key, _)) => FILE_ONLY.contains(&key),
            None => false,
        }
    }
}

/// What stands at the top of a file and is part of no node.
const FILE_ONLY: &[&str] = &["title", "lang", "about", "commands", "help", "ended", "tests"];

fn is_smaller(one: Span, other: Span) -> bool {
    one.end - one.start < other.end - other.start
}
