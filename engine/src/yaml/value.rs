//! What a YAML text holds: texts, lists and maps, each with its place in the source.

use std::borrow::Cow;

use crate::Span;

/// Something the author wrote. Nothing at all (`say:`) is a text that is empty and plain.
#[derive(Clone, Debug)]
pub(crate) enum Value<'s> {
    Text(Text<'s>),
    List(List<'s>),
    Map(Map<'s>),
}

/// A scalar. Numbers, dates, `yes` and `~` are texts too, spelled as they stand in the source.
#[derive(Clone, Debug)]
pub(crate) struct Text<'s> {
    pub(crate) value: Cow<'s, str>,
    /// With its quotes.
    pub(crate) span: Span,
    /// Neither in quotes nor a block (`|` or `>`).
    pub(crate) plain: bool,
}

/// Values in order.
#[derive(Clone, Debug)]
pub(crate) struct List<'s> {
    pub(crate) items: Vec<Value<'s>>,
    pub(crate) span: Span,
}

/// Keys with values, in the order of the source. The same key may be there twice.
#[derive(Clone, Debug)]
pub(crate) struct Map<'s> {
    pub(crate) entries: Vec<Entry<'s>>,
    pub(crate) span: Span,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'s> {
    pub(crate) key: Text<'s>,
    pub(crate) value: Value<'s>,
}

impl Value<'_> {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Text(text) => text.span,
            Self::List(list) => list.span,
            Self::Map(map) => map.span,
        }
    }
}
