//! What the bot says back, before a channel dresses it.

use std::borrow::Cow;

use crate::{Pending, PlaceCode, Tree};

/// What the bot says back to one input. Most of it stands in the tree, so it borrows from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply<'t> {
    /// What sort of reply this is.
    pub kind: ReplyKind,
    /// What is said, in order. Never empty.
    pub messages: Vec<Message<'t>>,
    /// What can be pressed now, in the order of their numbers. Empty at an end, and at questions
    /// that are typed (`offer: false`).
    pub choices: Vec<Choice<'t>>,
    /// A sentence about the turn itself, to be shown before the messages.
    pub note: Option<Note<'t>>,
    /// What a "yes" would mean now, where the reply asks for one.
    pub pending: Pending,
}

/// What sort of reply it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReplyKind {
    /// A question is asked.
    Question,
    /// The conversation has come to an end.
    End,
    /// What was said was not understood; the question is asked again.
    Unclear,
    /// What was said fits several answers; just those are offered.
    DidYouMean,
    /// Something about the conversation itself, such as help.
    Info,
}

/// One thing said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Message<'t> {
    /// Text. In it only `[words](address)` is special.
    Text(Cow<'t, str>),
    /// A picture.
    Image {
        /// Its `https:` address.
        address: Cow<'t, str>,
        /// What it shows, for those who cannot see it. May be empty.
        alt: Cow<'t, str>,
    },
}

/// An answer that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<'t> {
    /// What is shown.
    pub label: Cow<'t, str>,
    /// Where it leads: the code of the trail with that answer added.
    pub code: PlaceCode,
}

/// A sentence about a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note<'t> {
    /// What it is about.
    pub kind: NoteKind,
    /// The sentence, in the language of the tree.
    pub text: Cow<'t, str>,
}

/// What a [`Note`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// The tree was edited, and this place could not be kept: the question is asked again.
    Changed,
    /// Says which answer was understood, where that is not obvious.
    TookAs,
    /// Says that a bot answers, where somebody may have forgotten it.
    Automated,
}

impl<'t> Reply<'t> {
    /// The same reply, which says first that a bot answers: for a channel where humans answer too, or where somebody
    /// comes back after long.
    #[must_use]
    pub fn automated(mut self, tree: &'t Tree) -> Self {
        let text = tree.pack.automated;
        let text = match &self.note {
            Some(note) => Cow::Owned(format!("{text} {}", note.text)),
            None => Cow::Borrowed(text),
        };
        self.note = Some(Note { kind: NoteKind::Automated, text });
        self
    }

    /// In the place of a reply that everything about the person is deleted: that it is being deleted, where a host cannot
    /// do all of it at once.
    #[must_use]
    pub fn forgetting(mut self, tree: &'t Tree) -> Self {
        self.messages = vec![Message::new(tree.pack.forgetting)];
        self
    }
}

impl Reply<'_> {
    /// The same reply by itself, without the tree that it comes from.
    #[must_use]
    pub fn into_owned(self) -> Reply<'static> {
        Reply {
            kind: self.kind,
            messages: self.messages.into_iter().map(Message::into_owned).collect(),
            choices: self.choices.into_iter().map(Choice::into_owned).collect(),
            note: self.note.map(Note::into_owned),
            pending: self.pending,
        }
    }
}

impl Choice<'_> {
    /// The same choice by itself, without the tree that it comes from.
    #[must_use]
    pub fn into_owned(self) -> Choice<'static> {
        Choice { label: Cow::Owned(self.label.into_owned()), code: self.code }
    }
}

impl Note<'_> {
    /// The same note by itself, without the tree that it comes from.
    #[must_use]
    pub fn into_owned(self) -> Note<'static> {
        Note { kind: self.kind, text: Cow::Owned(self.text.into_owned()) }
    }
}

impl ReplyKind {
    /// `question`, `end`, `unclear`, `did-you-mean` or `info`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::End => "end",
            Self::Unclear => "unclear",
            Self::DidYouMean => "did-you-mean",
            Self::Info => "info",
        }
    }
}

impl<'t> Message<'t> {
    /// A text.
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        Self::Text(text.into())
    }

    /// The same message by itself, without the tree that it comes from.
    #[must_use]
    pub fn into_owned(self) -> Message<'static> {
        match self {
            Self::Text(text) => Message::Text(Cow::Owned(text.into_owned())),
            Self::Image { address, alt } => Message::Image {
                address: Cow::Owned(address.into_owned()),
                alt: Cow::Owned(alt.into_owned()),
            },
        }
    }

    /// The text, or what a picture shows.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Image { alt, .. } => alt,
        }
    }
}
