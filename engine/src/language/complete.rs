//! What may be written at an offset.

use crate::lang::PACKS;
use crate::{Edit, Place, Span};

use super::scalar::{Style, scalar};
use super::spot::{Spot, Wanted, spot};
use super::vocabulary::Context;
use super::{Analysis, node_id};

/// Something that may be written at an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// What it is or does, in a line.
    pub detail: String,
    /// What to write, in place of what is there of it already.
    pub insert: Edit,
    /// What kind of thing it is.
    pub kind: CompletionKind,
}

/// What a [`Completion`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// A key of the language.
    Key,
    /// The name of a node.
    Node,
    /// The key of an answer.
    Answer,
    /// One of a few values.
    Value,
}

impl CompletionKind {
    /// `key`, `node`, `answer` or `value`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Node => "node",
            Self::Answer => "answer",
            Self::Value => "value",
        }
    }
}

/// More than this nobody reads, and a page need not hold.
const MAX_COMPLETIONS: usize = 500;

impl Analysis {
    /// What may be written at a byte offset: the keys that the language has there, and the names and
    /// values that a key takes. At most 500.
    #[must_use]
    pub fn complete(&self, offset: usize) -> Vec<Completion> {
        let Some(spot) = spot(&self.source, offset) else { return Vec::new() };
        let typed = self.slice(Span::new(spot.word.start, offset.min(spot.word.end)));
        let typed = typed.trim_start_matches(['"', '\'']).to_lowercase();
        let mut found = match &spot.wanted {
            Wanted::Key { .. } => self.keys(&spot),
            Wanted::Value { flow } => self.values(&spot, *flow),
        };
        found.retain(|completion| fits(&typed, &completion.label));
        // What begins as typed comes first.
        found.sort_by_key(|completion| !completion.label.to_lowercase().starts_with(&typed));
        found.truncate(MAX_COMPLETIONS);
        found
    }

    fn keys(&self, spot: &Spot<'_>) -> Vec<Completion> {
        let Wanted::Key { present, has_colon, flow, column } = &spot.wanted else {
            return Vec::new();
        };
        if spot.context == Context::Given {
            let style = if *flow { Style::FlowKey } else { Style::Key };
            let mut names = self.places(spot.word, style, if *has_colon { "" } else { ": " });
            names.retain(|name| !present.contains(&name.label.as_str()));
            return names;
        }
        // Steps stand in a list; where there is no `-` yet, it is written with the key.
        let (context, dash) = match spot.context {
            Context::Steps if !flow => (Context::Step, "- "),
            context => (context, ""),
        };
        let end = self.eol();
        if context == Context::Step && !present.is_empty() {
            // Each step does one thing.
            return Vec::new();
        }
        let write = |(name, about): (&str, &str)| {
            let colon = if *has_colon { "" } else { ":" };
            let after = match (*has_colon, context.under(name).is_block() && !flow) {
                (true, _) => String::new(),
                (false, true) => format!("{end}{}", " ".repeat(column + self.step())),
                (false, false) => " ".to_owned(),
            };
            Completion {
                label: name.to_owned(),
                detail: about.to_owned(),
                insert: Edit { span: spot.word, text: format!("{dash}{name}{colon}{after}") },
                kind: CompletionKind::Key,
            }
        };
        context.keys().filter(|(name, _)| !present.contains(name)).map(write).collect()
    }

    fn values(&self, spot: &Spot<'_>, flow: bool) -> Vec<Completion> {
        let word = spot.word;
        let style = if flow { Style::FlowValue } else { Style::Value };
        // `goto:` and the name need a space between them.
        let is_tight = self.source.get(..word.start).is_some_and(|before| before.ends_with(':'));
        let mut found = match spot.context {
            Context::Goto => self.names(word, style, ""),
            Context::At => self.places(word, style, ""),
            Context::GivenAnswer => {
                let question = spot.path.last().and_then(|name| self.question(name));
                question.map_or_else(Vec::new, |question| self.answers(question, word, style))
            }
            Context::Switch => vec![value("true", "", word), value("false", "", word)],
            Context::Lang => PACKS
                .iter()
                .map(|pack| value(pack.tag, "the bot has words of its own", word))
                .collect(),
            Context::File
            | Context::Node
            | Context::Answer
            | Context::Answers
            | Context::Nodes
            | Context::Commands
            | Context::Say
            | Context::Names
            | Context::Tests
            | Context::Steps
            | Context::Step
            | Context::Given
            | Context::Words => Vec::new(),
        };
        if is_tight {
            found.iter_mut().for_each(|completion| completion.insert.text.insert(0, ' '));
        }
        found
    }

    /// The names of all nodes that have one.
    fn names(&self, word: Span, style: Style, after: &str) -> Vec<Completion> {
        let mut found = Vec::new();
        for number in 0..self.draft.nodes.len() {
            if found.len() >= MAX_COMPLETIONS {
                break;
            }
            let names = self.names_of(number).into_iter();
            found.extend(names.map(|name| self.name(number, name, word, style, after)));
        }
        found
    }

    /// The same, and behind them the questions without a name, as tests call them.
    fn places(&self, word: Span, style: Style, after: &str) -> Vec<Completion> {
        let mut found = self.names(word, style, after);
        let Some(tree) = &self.tree else { return found };
        for (number, node) in self.draft.nodes.iter().enumerate() {
            if found.len() >= MAX_COMPLETIONS {
                break;
            }
            if !node.answers.is_empty() && self.names_of(number).is_empty() {
                let way = Place::new(tree, node_id(number)).question();
                found.extend(way.map(|way| self.name(number, way, word, style, after)));
            }
        }
        found
    }

    fn name(
        &self,
        number: usize,
        name: String,
        word: Span,
        style: Style,
        after: &str,
    ) -> Completion {
        Completion {
            detail: self.first_words(number),
            insert: Edit { span: word, text: format!("{}{after}", scalar(&name, style)) },
            label: name,
            kind: CompletionKind::Node,
        }
    }

    fn answers(&self, question: usize, word: Span, style: Style) -> Vec<Completion> {
        let Some(node) = self.node(question) else { return Vec::new() };
        let write = |answer: &crate::load::draft::DraftAnswer| Completion {
            label: answer.key.text.clone(),
            detail: answer.label.as_ref().map_or_else(String::new, |label| label.text.clone()),
            insert: Edit { span: word, text: scalar(&answer.key.text, style) },
            kind: CompletionKind::Answer,
        };
        node.answers.iter().map(write).collect()
    }
}

fn value(text: &str, detail: &str, span: Span) -> Completion {
    Completion {
        label: text.to_owned(),
        detail: detail.to_owned(),
        insert: Edit { span, text: text.to_owned() },
        kind: CompletionKind::Value,
    }
}

/// Whether the letters that were typed stand in a label, in this order.
fn fits(typed: &str, label: &str) -> bool {
    let mut letters = label.chars().flat_map(char::to_lowercase);
    typed.chars().all(|typed| letters.any(|letter| letter == typed))
}
