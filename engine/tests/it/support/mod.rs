//! Conversations in tests: a tree, a history, a clock that counts.

pub(crate) mod random;

use std::fmt::Write as _;

use treebot::{Event, History, Input, InputKind, Millis, Reply, Tree, Turn, TurnOptions};

/// The tree of a source that must have no errors.
pub(crate) fn tree(source: &str) -> Tree {
    let loaded = treebot::load(source);
    assert!(loaded.tree.is_some(), "this source should load: {:#?}", loaded.diagnostics);
    loaded.tree.unwrap()
}

/// Somebody who talks to a tree.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) history: History,
    now: i64,
}

impl Person {
    /// Somebody who has not said anything yet.
    pub(crate) fn new() -> Self {
        Self { history: History::new(), now: 0 }
    }

    /// Takes a turn and remembers it.
    pub(crate) fn take<'t>(&mut self, tree: &'t Tree, kind: InputKind) -> Turn<'t> {
        self.now += 1;
        let input = Input { at: Millis(self.now), id: format!("m{}", self.now), kind };
        let turn = treebot::turn(tree, &self.history, &input, &TurnOptions::default());
        self.history.insert(turn.event.clone());
        turn
    }

    /// Opens the conversation.
    pub(crate) fn start<'t>(&mut self, tree: &'t Tree) -> Turn<'t> {
        self.take(tree, InputKind::Start { at_node: None })
    }

    /// Types something.
    pub(crate) fn say<'t>(&mut self, tree: &'t Tree, text: &str) -> Turn<'t> {
        self.take(tree, InputKind::Text(text.to_owned()))
    }

    /// Presses the choice of this label in a reply.
    pub(crate) fn press<'t>(&mut self, tree: &'t Tree, reply: &Reply, label: &str) -> Turn<'t> {
        let choice = reply.choices.iter().find(|choice| choice.label == label).unwrap();
        self.tap(tree, choice.code.as_str(), label)
    }

    /// Presses something that carries a code.
    pub(crate) fn tap<'t>(&mut self, tree: &'t Tree, code: &str, title: &str) -> Turn<'t> {
        self.take(tree, InputKind::Tap { code: code.to_owned(), title: Some(title.to_owned()) })
    }

    /// What is remembered last.
    pub(crate) fn last(&self) -> &Event {
        self.history.events().last().unwrap()
    }
}

/// A reply as one reads it: the note in brackets, the messages, the choices.
pub(crate) fn shown(reply: &Reply) -> String {
    let mut out = String::new();
    if let Some(note) = &reply.note {
        writeln!(out, "({})", note.text).unwrap();
    }
    for message in &reply.messages {
        writeln!(out, "{}", message.text()).unwrap();
    }
    if !reply.choices.is_empty() {
        let labels: Vec<String> =
            reply.choices.iter().map(|choice| format!("[{}]", choice.label)).collect();
        writeln!(out, "{}", labels.join(" ")).unwrap();
    }
    out
}
