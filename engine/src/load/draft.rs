//! A tree as it was written, names not yet looked up: what [`read`](super::read) makes and
//! [`link`](super::link) takes.

use crate::matching::Command;
use crate::testing::TreeTest;
use crate::{Message, Span};

/// A tree as it was written, names not yet looked up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) title: Option<String>,
    pub(crate) lang: Option<Spanned>,
    pub(crate) about: Option<String>,
    pub(crate) help: Option<String>,
    pub(crate) ended: Option<String>,
    pub(crate) commands: Vec<(Command, Vec<String>)>,
    /// In the order of the source, the root first.
    pub(crate) nodes: Vec<DraftNode>,
    pub(crate) tests: Vec<TreeTest>,
    /// What was told of and not read: a name may stand in there.
    pub(crate) set_aside: Vec<Span>,
}

/// A text and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Spanned {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// A node as it was written.
#[derive(Clone, Debug)]
pub(crate) struct DraftNode {
    pub(crate) role: Role,
    /// What problems with the whole node point at: its key, or its text.
    pub(crate) at: Span,
    /// All of its value: a map begins with its first key, or with its brace. Where an alias repeats it, that
    /// stands elsewhere.
    pub(crate) span: Span,
    pub(crate) say: Vec<Message<'static>>,
    pub(crate) say_span: Span,
    pub(crate) answers: Vec<DraftAnswer>,
    pub(crate) goto: Option<Spanned>,
    pub(crate) otherwise: Option<usize>,
    pub(crate) unclear: Vec<String>,
    pub(crate) id: Option<Spanned>,
    pub(crate) was: Vec<Spanned>,
    pub(crate) offer: bool,
}

/// An answer as it was written.
#[derive(Clone, Debug)]
pub(crate) struct DraftAnswer {
    pub(crate) key: Spanned,
    pub(crate) label: Option<Spanned>,
    pub(crate) also: Vec<Spanned>,
    pub(crate) was: Vec<Spanned>,
    pub(crate) node: usize,
}

/// What a node is in its tree.
#[derive(Clone, Debug)]
pub(crate) enum Role {
    /// The file itself.
    Root,
    /// One of `nodes`.
    Shared(Spanned),
    /// What follows an answer.
    Answer,
    /// What is said when nothing fits.
    Else,
}
