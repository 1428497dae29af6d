//! What stands where in a source, as its author laid it out: one flat list of values, in order.
//!
//! A draft says what a tree means; this says how it is written, which an edit has to follow.

use crate::Span;
use crate::yaml::{Text, Value};

/// The values of a source, each before what is in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Syntax {
    items: Vec<Item>,
    /// What texts say that do not stand in the source as they read, by the numbers of their items.
    texts: Vec<(u32, Box<str>)>,
}

/// One value, or one key.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) kind: Kind,
    /// With quotes or brackets; without anchors.
    pub(super) span: Span,
    /// Whether it is a key of the map that it is in.
    pub(super) is_key: bool,
    /// The item that it is in; the first is in itself.
    parent: u32,
    /// One past the last item in it.
    end: u32,
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
        let syntax = Self::default();
        let mut builder = Builder { source, syntax, parent: Id(0), read: 0 };
        builder.value(root);
        builder.syntax
    }

    pub(super) fn root(&self) -> Option<Id> {
        (!self.items.is_empty()).then_some(Id(0))
    }

    pub(super) fn get(&self, id: Id) -> Option<&Item> {
        self.items.get(id.0)
    }

    /// What an item is in; none for the first.
    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        let parent = Id(self.get(id)?.parent as usize);
        (parent != id).then_some(parent)
    }

    /// What is directly in an item.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = (Id, &Item)> {
        let end = self.get(id).map_or(0, |item| item.end as usize);
        let mut next = id.0 + 1;
        std::iter::from_fn(move || {
            let item = self.items.get(next).filter(|_| next < end)?;
            let id = Id(next);
            next = item.end as usize;
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
        let own = self.texts.binary_search_by_key(&id.0, |(number, _)| *number as usize);
        if let Some((_, text)) = own.ok().and_then(|own| self.texts.get(own)) {
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
            id = self.parent(id)?;
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
        let end = self.get(id).map_or(0, |item| item.end as usize);
        let within = self.items.get(id.0..end).unwrap_or_default();
        within.iter().any(|item| item.kind == Kind::Repeat)
    }

    /// Whether an item is in brackets.
    pub(super) fn in_flow(&self, id: Id) -> bool {
        let mut at = self.parent(id);
        while let Some(item) = at.and_then(|id| self.get(id)) {
            match item.kind {
                Kind::List { flow: true } | Kind::Map { flow: true } => return true,
                // `[key: value]` is a map without brackets of its own.
                Kind::List { flow: false } | Kind::Map { flow: false } => {
                    at = at.and_then(|id| self.parent(id));
                }
                Kind::Plain | Kind::Quoted | Kind::Block | Kind::Repeat => return false,
            }
        }
        false
    }
}

struct Builder<'s> {
    source: &'s str,
    syntax: Syntax,
    /// What is open.
    parent: Id,
    /// The end of what was read last.
    read: usize,
}

impl Builder<'_> {
    /// Adds a value; the depth of YAML bounds the recursion.
    fn value(&mut self, value: &Value<'_>) {
        let span = value.span();
        // Only what an alias repeats stands before something that was read already.
        let repeats = span.start < self.read;
        match value {
            Value::Text(text) => self.text(text, false),
            Value::List(_) | Value::Map(_) if repeats => {
                self.push(Kind::Repeat, Span::new(self.read, self.read), false);
            }
            Value::List(list) => {
                let opened = self.open(Kind::List { flow: self.is_flow(span, '[') }, span);
                list.items.iter().for_each(|item| self.value(item));
                self.close(opened);
            }
            Value::Map(map) => {
                let opened = self.open(Kind::Map { flow: self.is_flow(span, '{') }, span);
                for entry in &map.entries {
                    self.text(&entry.key, true);
                    self.value(&entry.value);
                }
                self.close(opened);
            }
        }
    }

    fn text(&mut self, text: &Text<'_>, is_key: bool) {
        let Span { start, end } = text.span;
        if start < self.read {
            let id = self.push(Kind::Repeat, Span::new(self.read, self.read), is_key);
            return self.says(id, text);
        }
        let first = self.source.get(start..end).and_then(|raw| raw.chars().next());
        let (kind, edge) = match (text.plain, first) {
            (true, _) => (Kind::Plain, 0),
            (false, Some('"' | '\'')) => (Kind::Quoted, 1),
            (false, _) => (Kind::Block, 1),
        };
        let id = self.push(kind, text.span, is_key);
        let raw = self.source.get(start + edge..end.saturating_sub(edge));
        if raw != Some(text.value.as_ref()) {
            self.says(id, text);
        }
        self.read = self.read.max(end);
    }

    /// Keeps what a text says.
    fn says(&mut self, id: Id, text: &Text<'_>) {
        self.syntax.texts.push((short(id.0), text.value.as_ref().into()));
    }

    fn push(&mut self, kind: Kind, span: Span, is_key: bool) -> Id {
        let id = Id(self.syntax.items.len());
        let (parent, end) = (short(self.parent.0), short(id.0 + 1));
        self.syntax.items.push(Item { kind, span, is_key, parent, end });
        id
    }

    /// Opens a list or map, and gives what was open before.
    fn open(&mut self, kind: Kind, span: Span) -> Id {
        let id = self.push(kind, span, false);
        std::mem::replace(&mut self.parent, id)
    }

    /// Closes what is open, within what was open before.
    fn close(&mut self, before: Id) {
        let id = std::mem::replace(&mut self.parent, before);
        let end = short(self.syntax.items.len());
        if let Some(item) = self.syntax.items.get_mut(id.0) {
            item.end = end;
            self.read = self.read.max(item.span.end);
        }
    }

    fn is_flow(&self, span: Span, bracket: char) -> bool {
        self.source.get(span.start..).is_some_and(|rest| rest.starts_with(bracket))
    }
}

/// The number of an item. A source is far too short for more.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
