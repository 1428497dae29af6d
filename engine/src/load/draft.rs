//! A tree as it was written, names not yet looked up: what [`read`](super::read) makes and
//! [`link`](super::link) takes.

use crate::matching::Command;
use crate::testing::TreeTest;
use crate::{Message, Span};

/// A tree as it was written, names not yet looked up.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) title: Option<String>,
    pub(super) lang: Option<Spanned>,
    pub(super) about: Option<String>,
    pub(super) help: Option<String>,
    pub(super) ended: Option<String>,
    pub(super) commands: Vec<(Command, Vec<String>)>,
    /// In the order of the source, the root first.
    pub(super) nodes: Vec<DraftNode>,
    pub(super) tests: Vec<TreeTest>,
}

/// A text and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Spanned {
    pub(super) text: String,
    pub(super) span: Span,
}

/// A node as it was written.
#[derive(Debug)]
pub(super) struct DraftNode {
    pub(super) role: Role,
    /// What problems with the whole node point at: its key, or its text.
    pub(super) at: Span,
    pub(super) say: Vec<Message<'static>>,
    pub(super) say_span: Span,
    pub(super) answers: Vec<DraftAnswer>,
    pub(super) goto: Option<Spanned>,
    pub(super) otherwise: Option<usize>,
    pub(super) unclear: Vec<String>,
    pub(super) id: Option<Spanned>,
    pub(super) was: Vec<Spanned>,
    pub(super) offer: bool,
}

/// An answer as it was written.
#[derive(Debug)]
pub(super) struct DraftAnswer {
    pub(super) key: Spanned,
    pub(super) label: Option<Spanned>,
    pub(super) also: Vec<Spanned>,
    pub(super) was: Vec<Spanned>,
    pub(super) node: usize,
}

/// What a node is in its tree.
#[derive(Clone, Debug)]
pub(super) enum Role {
    /// The file itself.
    Root,
    /// One of `nodes`.
    Shared(Spanned),
    /// What follows an answer.
    Answer,
    /// What is said when nothing fits.
    Else,
}
