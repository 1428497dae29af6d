//! What stands where in a source, as its author laid it out: one flat list of values, in order.
//!
//! A draft says what a tree means; this says how it is written, which an edit has to follow.

use crate::Span;
use crate::yaml::{Text, Value};

/// The values of a source, each before what is in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Syntax {
    items: Vec<Item>,
}

/// One value, or one key.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) kind: Kind,
    /// With quotes or brackets; without anchors.
    pub(super) span: Span,
    pub(super) parent: Option<Id>,
    /// Whether it is a key of its parent.
    pub(super) is_key: bool,
    /// One past the last item in it.
    end: usize,
    /// A text, where it does not stand in the source as it reads.
    text: Option<Box<str>>,
}

/// Which item, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(usize);

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text without quotes; where there is nothing, an empty one.
    Plain,
    /// A text in quotes.
    Quoted,
    /// A text that begins with `|` or `>`.
    Block,
    /// Items in brackets, or each after a `- `.
    List { flow: bool },
    /// Keys, one after the other, each before its value.
    Map { flow: bool },
    /// Something again that is written elsewhere (`*name`); its span is empty, behind what is before it.
    Repeat,
}

impl Syntax {
    pub(super) fn new(source: &str, root: &Value<'_>) -> Self {
        let mut builder = Builder { source, items: Vec::new(), read: 0 };
        builder.value(root, None);
        Self { items: builder.items }
    }

    pub(super) fn root(&self) -> Option<Id> {
        (!self.items.is_empty()).then_some(Id(0))
    }

    pub(super) fn get(&self, id: Id) -> Option<&Item> {
        self.items.get(id.0)
    }

    /// What is directly in an item.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = (Id, &Item)> {
        let end = self.get(id).map_or(0, |item| item.end);
        let mut next = id.0 + 1;
        std::iter::from_fn(move || {
            let item = self.items.get(next).filter(|_| next < end)?;
            let id = Id(next);
            next = item.end;
            Some((id, item))
        })
    }

    /// The keys of a map, each with its value.
    pub(super) fn entries(&self, map: Id) -> impl Iterator<Item = (Id, Id)> {
        let is_map = self.get(map).is_some_and(|item| matches!(item.kind, Kind::Map { .. }));
        let mut children = self.children(map).filter(move |_| is_map).map(|(id, _)| id);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// The key and value of a map's first entry with this key.
    pub(super) fn entry(&self, source: &str, map: Id, key: &str) -> Option<(Id, Id)> {
        self.entries(map).find(|(id, _)| self.text(source, *id) == Some(key))
    }

    /// What a text says.
    pub(super) fn text<'a>(&'a self, source: &'a str, id: Id) -> Option<&'a str> {
        let item = self.get(id)?;
        if let Some(text) = &item.text {
            return Some(text);
        }
        let edge = match item.kind {
            Kind::Plain => 0,
            Kind::Quoted | Kind::Block => 1,
            Kind::List { .. } | Kind::Map { .. } | Kind::Repeat => return None,
        };
        source.get(item.span.start + edge..item.span.end.saturating_sub(edge))
    }

    /// The innermost item that an offset is in, or at the edge of.
    pub(super) fn at(&self, offset: usize) -> Option<Id> {
        // Items are in the order of their starts, and lie within each other.
        let after = self.items.partition_point(|item| item.span.start <= offset);
        let mut id = Id(after.checked_sub(1)?);
        loop {
            let item = self.get(id)?;
            if item.span.end >= offset && item.kind != Kind::Repeat {
                return Some(id);
            }
            // What ends before the offset may be right before its next brother.
            id = item.parent?;
        }
    }

    /// The value with this place; of several the outermost.
    pub(super) fn value_at(&self, span: Span) -> Option<Id> {
        let first = self.items.partition_point(|item| item.span.start < span.start);
        let same = self.items.iter().enumerate().skip(first);
        same.take_while(|(_, item)| item.span.start == span.start)
            .find(|(_, item)| item.span == span && item.kind != Kind::Repeat)
            .map(|(number, _)| Id(number))
    }

    /// Whether anything in an item stands elsewhere.
    pub(super) fn has_repeats(&self, id: Id) -> bool {
        let end = self.get(id).map_or(0, |item| item.end);
        let within = self.items.get(id.0..end).unwrap_or_default();
        within.iter().any(|item| item.kind == Kind::Repeat)
    }

    /// Whether an item is in brackets.
    pub(super) fn in_flow(&self, id: Id) -> bool {
        let mut at = self.get(id).and_then(|item| item.parent);
        while let Some(item) = at.and_then(|id| self.get(id)) {
            match item.kind {
                Kind::List { flow: true } | Kind::Map { flow: true } => return true,
                Kind::List { flow: false } | Kind::Map { flow: false } => at = item.parent,
                Kind::Plain | Kind::Quoted | Kind::Block | Kind::Repeat => return false,
            }
        }
        false
    }
}

struct Builder<'s> {
    source: &'s str,
    items: Vec<Item>,
    /// The end of what was read last.
    read: usize,
}

impl Builder<'_> {
    /// Adds a value; the depth of YAML bounds the recursion.
    fn value(&mut self, value: &Value<'_>, parent: Option<Id>) {
        let span = value.span();
        if span.start < self.read {
            // Only what an alias repeats stands before something that was read already.
            let text = match value {
                Value::Text(text) => Some(text.value.as_ref().into()),
                Value::List(_) | Value::Map(_) => None,
            };
            let span = Span::new(self.read, self.read);
            return self.push(Kind::Repeat, span, parent, text, false);
        }
        match value {
            Value::Text(text) => self.text(text, parent, false),
            Value::List(list) => {
                let id = self.open(Kind::List { flow: self.is_flow(span, '[') }, span, parent);
                for item in &list.items {
                    self.value(item, Some(id));
                }
                self.close(id);
            }
            Value::Map(map) => {
                let id = self.open(Kind::Map { flow: self.is_flow(span, '{') }, span, parent);
                for entry in &map.entries {
                    if entry.key.span.start < self.read {
                        let span = Span::new(self.read, self.read);
                        let text = Some(entry.key.value.as_ref().into());
                        self.push(Kind::Repeat, span, Some(id), text, true);
                    } else {
                        self.text(&entry.key, Some(id), true);
                    }
                    self.value(&entry.value, Some(id));
                }
                self.close(id);
            }
        }
    }

    fn text(&mut self, text: &Text<'_>, parent: Option<Id>, is_key: bool) {
        let Span { start, end } = text.span;
        let first = self.source.get(start..end).and_then(|raw| raw.chars().next());
        let (kind, edge) = match (text.plain, first) {
            (true, _) => (Kind::Plain, 0),
            (false, Some('"' | '\'')) => (Kind::Quoted, 1),
            (false, _) => (Kind::Block, 1),
        };
        let raw = self.source.get(start + edge..end.saturating_sub(edge));
        let text = (raw != Some(text.value.as_ref())).then(|| text.value.as_ref().into());
        self.push(kind, Span::new(start, end), parent, text, is_key);
        self.read = self.read.max(end);
    }

    fn push(
        &mut self,
        kind: Kind,
        span: Span,
        parent: Option<Id>,
        text: Option<Box<str>>,
        is_key: bool,
    ) {
        let end = self.items.len() + 1;
        self.items.push(Item { kind, span, parent, is_key, end, text });
    }

    fn open(&mut self, kind: Kind, span: Span, parent: Option<Id>) -> Id {
        let id = Id(self.items.len());
        self.push(kind, span, parent, None, false);
        id
    }

    fn close(&mut self, id: Id) {
        let end = self.items.len();
        if let Some(item) = self.items.get_mut(id.0) {
            item.end = end;
            self.read = self.read.max(item.span.end);
        }
    }

    fn is_flow(&self, span: Span, bracket: char) -> bool {
        self.source.get(span.start..).is_some_and(|rest| rest.starts_with(bracket))
    }
}
