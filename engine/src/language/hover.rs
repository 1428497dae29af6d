//! What something in a source is, in a few lines.

use std::fmt::Write as _;

use crate::Span;

use super::symbols::Symbol;
use super::syntax::Id;
use super::vocabulary::Context;
use super::{Analysis, first_words, touches};

/// What is told about a part of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub span: Span,
    /// What there is to say: lines of plain text, in which the author's words and the language's stand in
    /// backticks.
    pub text: String,
}

/// How many characters of what a node says are told.
const SAID: usize = 200;

/// How many of a question's answers, or of the places that lead to a node, are told.
const LISTED: usize = 6;

impl Analysis {
    /// What is at a byte offset: what a key does, what a name or answer leads to and where it is used.
    #[must_use]
    pub fn hover(&self, offset: usize) -> Option<Hover> {
        let id = self.syntax.at(offset)?;
        let span = self.syntax.get(id)?.span;
        if let Some(symbol) = self.symbol_at(offset) {
            let text = self.about_symbol(symbol)?;
            return Some(Hover { span, text });
        }
        let name = self.text(id)?;
        let about = self.context(id)?.about(name)?;
        Some(Hover { span, text: format!("`{name}`: {about}") })
    }

    /// What the map is that a key stands in; none if the item is no key.
    fn context(&self, id: Id) -> Option<Context> {
        // From the item up to the root: the key of each map on the way, none for an item of a list.
        let mut way: Vec<Option<&str>> = Vec::new();
        let mut at = id;
        while let Some(parent) = self.syntax.parent(at) {
            let entry = self.syntax.entries(parent).find(|(key, value)| *key == at || *value == at);
            match entry {
                // A key: nothing is in it, so this is the item itself.
                Some((key, _)) if key == at => {}
                Some(_) | None if at == id => return None,
                Some((key, _)) => way.push(Some(self.text(key).unwrap_or_default())),
                None => way.push(None),
            }
            at = parent;
        }
        Some(way.iter().rev().fold(Context::File, |context, key| match key {
            Some(key) => context.under(key),
            None => context.item(),
        }))
    }

    fn about_symbol(&self, symbol: Symbol) -> Option<String> {
        let node = self.node_of(symbol)?;
        let mut text = String::new();
        match symbol {
            Symbol::Start => text.push_str("`start`: the beginning"),
            Symbol::Shared(_) => {
                _ = write!(text, "`{}`: a shared part", self.given(symbol)?.text);
            }
            Symbol::Id(_) => {
                _ = write!(text, "`{}`: a question with an `id`", self.given(symbol)?.text);
            }
            Symbol::Answer { question, answer } => {
                let answer = self.answer(question, answer)?;
                _ = write!(text, "`{}`: an answer", answer.key.text);
                if let Some(label) = &answer.label {
                    _ = write!(text, ", shown as `{}`", label.text);
                }
            }
        }
        let said = self.node(node)?.say.first().map_or("", |message| message.text());
        if !said.is_empty() {
            _ = write!(text, "\nsays: {}", first_words(said, SAID));
        }
        self.tell_what_follows(symbol, node, &mut text);
        if !matches!(symbol, Symbol::Answer { .. }) {
            self.tell_uses(symbol, &mut text);
        }
        Some(text)
    }

    /// The answers of a question, or where the conversation goes on.
    fn tell_what_follows(&self, symbol: Symbol, number: usize, text: &mut String) {
        let Some(node) = self.node(number) else { return };
        if !node.answers.is_empty() {
            let keys = node
                .answers
                .iter()
                .map(|answer| format!("`{}`", answer.label.as_ref().unwrap_or(&answer.key).text));
            let mut keys: Vec<String> = keys.take(LISTED).collect();
            if node.answers.len() > LISTED {
                keys.push(format!("and {} more", node.answers.len() - LISTED));
            }
            _ = write!(text, "\nanswers: {}", keys.join(", "));
            return;
        }
        let question = match symbol {
            Symbol::Answer { question, .. } => Some(question),
            Symbol::Start | Symbol::Shared(_) | Symbol::Id(_) => None,
        };
        let own = node.goto.as_ref().map(|goto| (goto, self.target(number)));
        let after = question.and_then(|question| {
            let goto = self.node(question)?.goto.as_ref()?;
            Some((goto, self.target(question)))
        });
        match own.or(after) {
            Some((goto, Some(target))) => {
                _ = write!(text, "\ngoes on at `{}`: {}", goto.text, self.first_words(target));
            }
            Some((goto, None)) => {
                _ = write!(text, "\ngoes on at `{}`, which is not there", goto.text);
            }
            None => text.push_str("\nhere the conversation ends"),
        }
    }

    /// From where a name is used.
    fn tell_uses(&self, symbol: Symbol, text: &mut String) {
        let tests = self.root_value("tests").and_then(|tests| self.syntax.get(tests));
        let tests = tests.map(|tests| tests.span);
        let (in_tests, gotos): (Vec<_>, Vec<_>) = self
            .uses(symbol)
            .into_iter()
            .map(|used| used.span)
            .partition(|span| tests.is_some_and(|tests| touches(tests, span.start)));
        let count = |count: usize, one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {many}"),
        };
        let is_shared = matches!(symbol, Symbol::Shared(_));
        match (gotos.len(), in_tests.len()) {
            (0, 0) if is_shared => text.push_str("\nno `goto` leads here"),
            (0, 0) => {}
            (uses, tests) => {
                let mut lines = vec![match uses {
                    0 => "no `goto` leads here".to_owned(),
                    uses => count(uses, "`goto` leads here", "`goto`s lead here"),
                }];
                if tests > 0 {
                    lines.push(count(tests, "mention in the tests", "mentions in the tests"));
                }
                let lines_of = gotos.iter().take(LISTED).map(|span| self.line_number(span.start));
                let numbers: Vec<String> = lines_of.map(|line| line.to_string()).collect();
                let more = if gotos.len() > LISTED { ", …" } else { "" };
                if !numbers.is_empty() {
                    let word = if gotos.len() == 1 { "line" } else { "lines" };
                    if let Some(first) = lines.first_mut() {
                        _ = write!(first, " ({word} {}{more})", numbers.join(", "));
                    }
                }
                _ = write!(text, "\n{}", lines.join(", "));
            }
        }
    }

    /// The line of an offset, from 1.
    fn line_number(&self, offset: usize) -> usize {
        let before = self.source.get(..offset).unwrap_or_default();
        1 + before.bytes().filter(|byte| *byte == b'\n').count()
    }
}
