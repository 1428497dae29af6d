//! Conversations in tests: a tree, a history, a clock that counts.

pub(crate) mod changed;
pub(crate) mod random;

use std::fmt::Write as _;

use treebot::{Event, History, Input, InputKind, Millis, NodeId, Reply, Tree, Turn, TurnOptions};

/// The tree of a source that must have no errors.
pub(crate) fn tree(source: &str) -> Tree {
    let loaded = treebot::load(source);
    assert!(loaded.tree.is_some(), "this source should load: {:#?}", loaded.diagnostics);
    loaded.tree.unwrap()
}

/// The last thing that a node says.
pub(crate) fn words(tree: &Tree, node: NodeId) -> String {
    tree.get(node).unwrap().say().next_back().unwrap().text().to_owned()
}

/// All that a node says, as it is recorded.
pub(crate) fn all_words(tree: &Tree, node: NodeId) -> String {
    let said: Vec<String> =
        tree.get(node).unwrap().say().map(|message| message.text().to_owned()).collect();
    said.join("\n")
}

/// The name of a node.
pub(crate) fn name(tree: &Tree, node: NodeId) -> Option<String> {
    tree.get(node).unwrap().name().map(str::to_owned)
}

/// All nodes that ask something.
pub(crate) fn questions(tree: &Tree) -> Vec<NodeId> {
    tree.nodes().filter(|node| node.is_question()).map(treebot::Node::id).collect()
}

/// An answer as tests look at it.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) also: Vec<String>,
}

/// The answers of a node.
pub(crate) fn answers(tree: &Tree, node: NodeId) -> Vec<Known> {
    let known = |answer: treebot::Answer<'_>| Known {
        key: answer.key().to_owned(),
        label: answer.label().to_owned(),
        also: answer.also().map(str::to_owned).collect(),
    };
    tree.get(node).unwrap().answers().map(known).collect()
}

/// What no tree knows.
pub(crate) const UNKNOWN: &str = "zzz";

/// Somebody who talks to a tree.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) history: History,
    /// When something was said last; every turn takes one.
    pub(crate) now: i64,
}

impl Person {
    /// Somebody who has not said anything yet.
    pub(crate) fn new() -> Self {
        Self { history: History::new(), now: 0 }
    }

    /// Somebody who opened the conversation and typed this.
    pub(crate) fn who_said(tree: &Tree, said: &[&str]) -> Self {
        let mut person = Self::new();
        person.start(tree);
        for text in said {
            person.say(tree, text);
        }
        person
    }

    /// Takes a turn and remembers it.
    pub(crate) fn take<'t>(&mut self, tree: &'t Tree, kind: InputKind) -> Turn<'t> {
        let input = self.next(kind);
        self.hear(tree, &input)
    }

    /// An input that is made now.
    pub(crate) fn next(&mut self, kind: InputKind) -> Input {
        self.now += 1;
        Input { at: Millis(self.now), id: format!("m{}", self.now), kind }
    }

    /// Takes a turn with an input of any time and remembers it.
    pub(crate) fn hear<'t>(&mut self, tree: &'t Tree, input: &Input) -> Turn<'t> {
        let turn = treebot::turn(tree, &self.history, input, &TurnOptions::default());
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

    /// Takes an answer as anybody would: presses its button, types its label where nothing is offered, and
    /// says what the bot does not know to take the `else`.
    pub(crate) fn choose<'t>(
        &mut self,
        tree: &'t Tree,
        reply: &Reply,
        label: Option<&str>,
    ) -> Turn<'t> {
        match label {
            Some(label) if reply.choices.is_empty() => self.say(tree, label),
            Some(label) => self.press(tree, reply, label),
            None => self.say(tree, UNKNOWN),
        }
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
