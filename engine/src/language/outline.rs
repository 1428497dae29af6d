//! The tree as a list of headings, one within the other.

use crate::load::draft::Role;
use crate::{AnswerId, NodeId, Span};

use super::{Analysis, answer_id, node_id};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// It waits for an answer.
    Question,
    /// The conversation comes to its end.
    End,
    /// It says something, and the conversation goes on.
    Say,
}

impl NodeKind {
    /// `question`, `end` or `say`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::End => "end",
            Self::Say => "say",
        }
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// The answer's label, the node's name, or the test's name.
    pub label: String,
    /// The first words of the node.
    pub detail: String,
    /// What it is.
    pub kind: OutlineKind,
    /// All of it.
    pub span: Span,
    /// What a click on it selects: its key.
    pub selection: Span,
    /// What is in it, in the order of the source.
    pub children: Vec<OutlineItem>,
}

/// What a heading stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineKind {
    /// A node.
    Node {
        /// Its number.
        node: NodeId,
        /// What it is.
        kind: NodeKind,
        /// The question and answer that it follows, where it follows one.
        after: Option<(NodeId, AnswerId)>,
    },
    /// The tests, or one of them.
    Test,
}

impl Analysis {
    /// The beginning, the shared nodes and the tests, each with what hangs from it.
    #[must_use]
    pub fn outline(&self) -> Vec<OutlineItem> {
        let after = self.gotos_after_answers();
        let mut made: Vec<Option<OutlineItem>> = Vec::with_capacity(self.draft.nodes.len());
        for (number, node) in self.draft.nodes.iter().enumerate() {
            let goes_on = after.get(number).copied().flatten().is_some();
            let label = match &node.role {
                Role::Root => crate::Tree::START.to_owned(),
                Role::Shared(name) => name.text.clone(),
                Role::Else => "else".to_owned(),
                // That of the answer is put in by its question.
                Role::Answer => String::new(),
            };
            let kind = self.kind(number, goes_on);
            made.push(Some(OutlineItem {
                label,
                detail: self.first_words(number),
                kind: OutlineKind::Node { node: node_id(number), kind, after: None },
                span: self.extent(number).unwrap_or(node.span),
                selection: node.at,
                children: Vec::new(),
            }));
        }
        // Every node has a smaller number than what hangs from it, so the last are ready first.
        for (number, node) in self.draft.nodes.iter().enumerate().rev() {
            let mut children = Vec::new();
            for (index, answer) in node.answers.iter().enumerate() {
                let Some(mut item) = made.get_mut(answer.node).and_then(Option::take) else {
                    continue;
                };
                item.label.clone_from(&answer.label.as_ref().unwrap_or(&answer.key).text);
                if let OutlineKind::Node { after, .. } = &mut item.kind {
                    *after = Some((node_id(number), answer_id(index)));
                }
                children.push(item);
            }
            let otherwise = node.otherwise.and_then(|number| made.get_mut(number));
            children.extend(otherwise.and_then(Option::take));
            if let Some(Some(item)) = made.get_mut(number) {
                item.children = children;
            }
        }
        let mut items: Vec<OutlineItem> = made.into_iter().flatten().collect();
        items.extend(self.tests_outline());
        items.sort_by_key(|item| item.span.start);
        items
    }

    fn tests_outline(&self) -> Option<OutlineItem> {
        let (key, tests) = self.syntax.entry(&self.source, self.syntax.root()?, "tests")?;
        let item = |key, value, children| {
            let (key_item, value) = (self.syntax.get(key)?, self.syntax.get(value)?);
            Some(OutlineItem {
                label: self.text(key)?.to_owned(),
                detail: String::new(),
                kind: OutlineKind::Test,
                span: Span::new(key_item.span.start, value.span.end.max(key_item.span.end)),
                selection: key_item.span,
                children,
            })
        };
        let each = self.syntax.entries(tests);
        let each = each.filter_map(|(name, steps)| item(name, steps, Vec::new())).collect();
        item(key, tests, each)
    }
}
