//! Events: turns as they are remembered.

use std::borrow::Cow;

use crate::digest::whole_digest;
use crate::place::{MAX_STEPS, MAX_WORDS};
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
    /// The place after the turn; none for what the host recorded, and where the conversation stays where it was.
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
    pub said: Vec<Message<'static>>,
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
    /// An amount in the message lies within what one answer says of amounts.
    Amount,
    /// An answer's words stand in the message.
    Phrase,
    /// The message's words stand in one answer.
    Part,
    /// As phrase or part, but for a slip of the finger.
    Typo,
    /// The message shares words with answers: these are asked about, and nothing is taken.
    Shared,
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

impl Event {
    /// Whether it asked back which of a few answers was meant: "Did you mean …?"
    #[must_use]
    pub fn asks_back(&self) -> bool {
        self.matched.as_ref().is_some_and(|matched| {
            matched.answer.is_none() && !matched.rivals.is_empty() && !self.shown.is_empty()
        })
    }

    /// The same event without anything that was typed or said: enough to go on.
    pub(crate) fn without_words(&self) -> Self {
        let mut event = Self { said: Vec::new(), ..self.clone() };
        if let Recorded::Text(words) | Recorded::Tap(words) = &mut event.input {
            words.clear();
        }
        for step in
            event.place.iter_mut().flat_map(|trail| trail.steps.iter_mut().chain(&mut trail.ahead))
        {
            step.words = None;
        }
        event
    }

    /// The same event with everything in it cut to what is stored, so that writing and reading it
    /// changes nothing. What the bot said is left to [`History::to_json`](crate::History::to_json).
    pub(crate) fn bounded(mut self) -> Self {
        if let Cow::Owned(id) = stored_id(&self.id) {
            self.id = id;
        }
        match &mut self.input {
            Recorded::Text(words) | Recorded::Tap(words) => cut(words, MAX_WORDS),
            Recorded::Start
            | Recorded::Back
            | Recorded::Restart
            | Recorded::Help
            | Recorded::Forget
            | Recorded::Unsupported
            | Recorded::Host(_) => {}
        }
        if let Some(matched) = &mut self.matched {
            matched.rivals.truncate(MAX_RIVALS);
            matched
                .answer
                .iter_mut()
                .chain(&mut matched.rivals)
                .for_each(|key| cut(key, MAX_WORDS));
        }
        if let Some(trail) = &mut self.place {
            trail.steps.truncate(MAX_STEPS);
            trail.ahead.truncate(MAX_STEPS - trail.steps.len());
            for step in trail.steps.iter_mut().chain(&mut trail.ahead) {
                // Not cut: half of what somebody said may be what they did not say.
                step.words.take_if(|words| first(words, MAX_WORDS).len() < words.len());
            }
        }
        self.shown.truncate(MAX_SHOWN);
        self
    }
}

/// An id as it is stored: itself, if it is at most 200 printable ASCII characters without quotes
/// and backslashes, as all known channels' are; else `sha256-` and its SHA-256.
///
/// So every id fits beside a place in the metadata of a KV key, whatever a channel sends.
pub(crate) fn stored_id(id: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
    if id.len() <= MAX_ID && id.bytes().all(is_plain) {
        Cow::Borrowed(id)
    } else {
        Cow::Owned("sha256-".to_owned() + &whole_digest(id.as_bytes()))
    }
}

/// The most bytes of an id that are kept as they are. Messenger's have about 100.
const MAX_ID: usize = 200;

/// The most other answers that fitted as well that are kept.
pub(crate) const MAX_RIVALS: usize = 20;

/// The most answers of one list that are numbered.
const MAX_SHOWN: usize = 1000;

/// Cuts a text to so many characters.
pub(crate) fn cut(text: &mut String, characters: usize) {
    text.truncate(first(text, characters).len());
}

/// The first so many characters of a text.
pub(crate) fn first(text: &str, characters: usize) -> &str {
    // Most texts are short, and then none has to be counted.
    if text.len() <= characters {
        return text;
    }
    let end = text.char_indices().nth(characters).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text)
}

impl Tier {
    /// All of them, in their order.
    pub(crate) const ALL: [Self; 9] = [
        Self::Exact,
        Self::Number,
        Self::Command,
        Self::Amount,
        Self::Phrase,
        Self::Part,
        Self::Typo,
        Self::Shared,
        Self::None,
    ];

    /// `exact`, `number`, `command`, `amount`, `phrase`, `part`, `typo`, `shared` or `none`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Number => "number",
            Self::Command => "command",
            Self::Amount => "amount",
            Self::Phrase => "phrase",
            Self::Part => "part",
            Self::Typo => "typo",
            Self::Shared => "shared",
            Self::None => "none",
        }
    }
}
