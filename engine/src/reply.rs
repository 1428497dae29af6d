//! What the bot says back, before a channel dresses it.

use crate::PlaceCode;

/// What the bot says back to one input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What sort of reply this is.
    pub kind: ReplyKind,
    /// What is said, in order. Never empty.
    pub messages: Vec<Message>,
    /// What can be pressed now, in the order of their numbers. Empty at an end, and at questions
    /// that are typed (`offer: false`).
    pub choices: Vec<Choice>,
    /// A sentence about the turn itself, to be shown before the messages.
    pub note: Option<Note>,
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
pub enum Message {
    /// Text. In it only `[words](address)` is special.
    Text(String),
    /// A picture.
    Image {
        /// Its `https:` address.
        address: String,
        /// What it shows, for those who cannot see it. May be empty.
        alt: String,
    },
}

/// An answer that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is shown.
    pub label: String,
    /// Where it leads: the code of the trail with that answer added.
    pub code: PlaceCode,
}

/// A sentence about a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// The sentence, in the language of the tree.
    pub text: String,
}

/// What a [`Note`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// The tree was edited, and this place could not be kept: the question is asked again.
    Changed,
    /// Says which answer was understood, where that is not obvious.
    TookAs,
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

impl Message {
    /// The text, or what a picture shows.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Image { alt, .. } => alt,
        }
    }
}
