//! Values from tokens, with aliases written out as far as the limits let them.

use std::borrow::Cow;

use super::MAX_REMARKS;
use super::line::slice;
use super::remark;
use super::scan::Token;
use super::source::{STAND_IN, Working};
use super::value::{Entry, List, Map, Text, Value};
use crate::{Code, Diagnostic, Limits, Span};

/// The values of a source.
pub(super) struct Built<'s> {
    pub(super) root: Option<Value<'s>>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The rest of the source, if a limit was reached.
    pub(super) unread: Option<Span>,
}

/// Builds values. Where one could not be read, which is one of the `broken` parts, its text is what
/// stands in the source.
pub(super) fn build<'s>(
    working: &Working<'s>,
    tokens: Vec<Token<'s>>,
    broken: &[Span],
    limits: &Limits,
) -> Built<'s> {
    let built = Built { root: None, diagnostics: Vec::new(), unread: None };
    let mut builder = Builder { working, broken, limits, built, open: Vec::new(), repeated: 0 };
    // Ranges of tokens still to read, and the alias that each of them comes from.
    let mut ranges = vec![(0, tokens.len(), None)];
    let mut values = 0;
    while let Some((next, to, alias)) = ranges.last_mut() {
        if next >= to {
            ranges.pop();
            continue;
        }
        let Some(token) = tokens.get(*next) else {
            break;
        };
        *next += 1;
        let alias = *alias;
        values += usize::from(!matches!(token, Token::End(_) | Token::Alias { .. }));
        if let Some(diagnostic) = builder.over(token, values, alias) {
            let end = working.source().len();
            builder.built.unread = Some(Span::new(diagnostic.span.start, end));
            builder.built.diagnostics.push(diagnostic);
            break;
        }
        match token {
            Token::Text(text) => builder.text(text),
            Token::List(start) => builder.open(*start, Items::List(Vec::new())),
            Token::Map(start) => builder.open(*start, Items::Map(Vec::new(), Slot::Key)),
            Token::End(end) => builder.close(*end),
            Token::Alias { from, to, span } => {
                let outermost = alias.unwrap_or(*span);
                ranges.push((*from, *to, Some(outermost)));
            }
        }
    }
    while let Some(open) = builder.open.last() {
        let end = open.start;
        builder.close(end);
    }
    builder.built.root = builder.built.root.filter(|root| !is_nothing(root));
    builder.built
}

struct Builder<'w, 's> {
    working: &'w Working<'s>,
    broken: &'w [Span],
    limits: &'w Limits,
    built: Built<'s>,
    open: Vec<Open<'s>>,
    /// Bytes of text that came from aliases.
    repeated: usize,
}

struct Open<'s> {
    start: usize,
    items: Items<'s>,
}

enum Items<'s> {
    List(Vec<Value<'s>>),
    Map(Vec<Entry<'s>>, Slot<'s>),
}

/// What a map waits for.
enum Slot<'s> {
    Key,
    Value(Text<'s>),
    /// The value of a key that cannot be one.
    Nothing,
}

impl<'s> Builder<'_, 's> {
    /// What is said where this token is too much.
    fn over(
        &mut self,
        token: &Token<'s>,
        values: usize,
        alias: Option<Span>,
    ) -> Option<Diagnostic> {
        // What stands in the source itself has been counted when it was read.
        let alias = alias?;
        if let Token::Text(text) = token {
            self.repeated = self.repeated.saturating_add(text.value.len());
        }
        if values > self.limits.values || self.repeated > self.limits.bytes {
            let message = "with its aliases (`*`) written out, this file is too large; \
                           share parts through `nodes` and go to them with `goto`";
            return Some(Diagnostic::new(Code::TooMany, alias, message));
        }
        let opens = matches!(token, Token::List(_) | Token::Map(_));
        (opens && self.open.len() >= self.limits.depth)
            .then(|| remark::too_deep(self.working, alias.start, self.limits))
    }

    fn open(&mut self, start: usize, items: Items<'s>) {
        self.open.push(Open { start, items });
    }

    fn close(&mut self, end: usize) {
        let Some(Open { start, items }) = self.open.pop() else {
            return;
        };
        let span = self.working.span(start, end);
        let value = match items {
            Items::List(items) => Value::List(List { items, span }),
            Items::Map(mut entries, slot) => {
                if let Slot::Value(key) = slot {
                    // Reading stopped after the key.
                    let nothing = Span::new(key.span.end, key.span.end);
                    let value = Text { value: Cow::Borrowed(""), span: nothing, plain: true };
                    entries.push(Entry { key, value: Value::Text(value) });
                }
                Value::Map(Map { entries, span })
            }
        };
        self.put(value);
    }

    fn text(&mut self, text: &Text<'s>) {
        let mut text = text.clone();
        if text.plain
            && text.value == STAND_IN
            && let Some(part) = self.broken.iter().find(|part| part.start == text.span.start)
        {
            text.value = Cow::Borrowed(slice(self.working.source(), part.start, part.end).trim());
            text.span = *part;
        }
        self.put(Value::Text(text));
    }

    /// Puts a value where one is waited for.
    fn put(&mut self, value: Value<'s>) {
        let Some(open) = self.open.last_mut() else {
            self.built.root = Some(value);
            return;
        };
        let (entries, slot) = match &mut open.items {
            Items::List(items) => return items.push(value),
            Items::Map(entries, slot) => (entries, slot),
        };
        let mut said = Vec::new();
        *slot = match (std::mem::replace(slot, Slot::Key), value) {
            (Slot::Value(key), value) => {
                entries.push(Entry { key, value });
                Slot::Key
            }
            (Slot::Nothing, _) => Slot::Key,
            (Slot::Key, Value::Text(key)) if key.plain && key.value == "<<" => {
                let message = "`<<` is not read; share parts through `nodes` and `goto`";
                said.push(Diagnostic::new(Code::MergeKey, key.span, message));
                Slot::Nothing
            }
            (Slot::Key, Value::Text(key)) => Slot::Value(key),
            (Slot::Key, Value::List(List { span, .. })) => {
                said.push(not_a_key(span, "list"));
                Slot::Nothing
            }
            (Slot::Key, Value::Map(Map { span, .. })) => {
                said.push(not_a_key(span, "map"));
                Slot::Nothing
            }
        };
        if self.built.diagnostics.len() < MAX_REMARKS {
            self.built.diagnostics.append(&mut said);
        }
    }
}

fn is_nothing(value: &Value<'_>) -> bool {
    match value {
        Value::Text(text) => text.plain && text.value.is_empty(),
        Value::List(_) | Value::Map(_) => false,
    }
}

fn not_a_key(span: Span, kind: &str) -> Diagnostic {
    let message = format!("a {kind} cannot be a key; if this is text, put it in quotes");
    Diagnostic::new(Code::WrongType, span, message)
}
