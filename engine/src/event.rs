//! Events: turns as they are remembered.

use crate::{Digest, Message, Millis, Trail};

/// One turn as it is remembered.
///
/// The newest event that has a place is all that is needed to go on with a conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When the input was made, in milliseconds since 1970.
    pub at: Millis,
    /// What tells this input from every other: together with `at` the event's identity.
    pub id: String,
    /// What came in.
    pub input: Recorded,
    /// How it was understood; none where nothing had to be (a tap, a command that was pressed).
    pub matched: Option<Match>,
    /// The place after the turn; none for what the host recorded.
    pub place: Option<Trail>,
    /// The question that was asked, if one was.
    pub asked: Option<Asked>,
    /// The answers that were shown, in the order of their numbers.
    pub shown: Vec<Digest>,
    /// How many inputs in a row were not understood.
    pub misses: u8,
    /// What a "yes" would mean now.
    pub pending: Pending,
    /// What the bot said.
    pub said: Vec<Message>,
}

/// What came in, as it is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// The conversation was started.
    Start,
    /// Something was typed; at most 200 characters of it.
    Text(String),
    /// Something was pressed, with this label.
    Tap(String),
    /// The person went back.
    Back,
    /// The person started again.
    Restart,
    /// The person asked for help.
    Help,
    /// The person asked for everything about them to be deleted.
    Forget,
    /// Something that is neither text nor a tap, such as a picture.
    Unsupported,
    /// The host has something to remember.
    Host(HostEvent),
}

/// What a host may record in a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// Somebody else answers this person until then.
    MutedUntil(Millis),
    /// An input could not be answered, for good.
    Failed,
}

/// The question that was asked, so that an answer is never taken for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its name, if it has one.
    pub name: Option<Digest>,
    /// Its words.
    pub words: Digest,
}

/// How a typed text was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The rule that decided.
    pub tier: Tier,
    /// The key of the answer that was taken, if one was.
    pub answer: Option<String>,
    /// The keys of the other answers that fitted as well.
    pub rivals: Vec<String>,
}

/// The rules by which text is understood, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// A label, a key or an `also`, as it is.
    Exact,
    /// The number of an answer on the list that was shown.
    Number,
    /// A command: back, start again, help, delete my data.
    Command,
    /// An answer's words stand in the message.
    Phrase,
    /// The message's words stand in one answer.
    Part,
    /// As phrase or part, but for a slip of the finger.
    Typo,
    /// Nothing decided.
    None,
}

/// What a "yes" would mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pending {
    /// Nothing in particular.
    #[default]
    Nothing,
    /// Start again.
    Restart,
    /// Delete everything about this person.
    Forget,
}

impl Tier {
    /// `exact`, `number`, `command`, `phrase`, `part`, `typo` or `none`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Number => "number",
            Self::Command => "command",
            Self::Phrase => "phrase",
            Self::Part => "part",
            Self::Typo => "typo",
            Self::None => "none",
        }
    }
}
