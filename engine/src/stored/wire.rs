//! The fields of a stored event, flat and short: in KV it shares 1024 bytes with its place.

use std::fmt;

use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::code::{read_trail, write_trail};
use crate::{
    Digest, Event, HostEvent, Match, Message, Millis, Pending, Recorded, Step, Tier, Trail,
};

use super::MAX_EVENTS;
use super::compact::{read_asked, read_digests};

/// A history, beside its header.
#[derive(Deserialize)]
pub(super) struct Document {
    #[serde(deserialize_with = "events")]
    pub(super) events: Vec<WireEvent>,
}

/// An event. What is as usual is left out.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct WireEvent {
    /// The version; only in an event by itself.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<u32>,
    /// When, in milliseconds since 1970.
    #[serde(rename = "t")]
    pub(super) at: i64,
    #[serde(rename = "i")]
    pub(super) id: String,
    /// What came in: see [`WireEvent::recorded`].
    #[serde(rename = "k")]
    pub(super) kind: String,
    /// What was typed, or the label of what was pressed.
    #[serde(rename = "x", default, skip_serializing_if = "String::is_empty")]
    pub(super) text: String,
    /// Until when somebody else answers.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<i64>,
    /// How a text was understood: the tier's name.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub(super) tier: Option<String>,
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<String>,
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rivals: Vec<String>,
    /// The place: a place code without version and tree.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<String>,
    /// The words of its steps, the last step first, then of those kept for later.
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    pub(super) words: Vec<Option<String>>,
    /// The digest of the words of the question, and that of its name.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub(super) asked: Option<String>,
    /// The digests of the answers that were shown.
    #[serde(rename = "l", default, skip_serializing_if = "String::is_empty")]
    pub(super) shown: String,
    #[serde(rename = "n", default, skip_serializing_if = "is_zero")]
    pub(super) misses: u8,
    /// `restart` or `forget`.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub(super) pending: Option<String>,
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    pub(super) said: Vec<WireMessage>,
}

/// Something that was said: a text, or a picture with its address.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct WireMessage {
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(rename = "x", default, skip_serializing_if = "String::is_empty")]
    text: String,
}

impl WireEvent {
    pub(super) fn of(event: &Event, version: Option<u32>) -> Self {
        let (kind, text, until) = match &event.input {
            Recorded::Start => ("start", "", None),
            Recorded::Text(text) => ("text", text.as_str(), None),
            Recorded::Tap(label) => ("tap", label.as_str(), None),
            Recorded::Back => ("back", "", None),
            Recorded::Restart => ("restart", "", None),
            Recorded::Help => ("help", "", None),
            Recorded::Forget => ("forget", "", None),
            Recorded::Unsupported => ("other", "", None),
            Recorded::Host(HostEvent::MutedUntil(until)) => ("muted", "", Some(until.0)),
            Recorded::Host(HostEvent::Failed) => ("failed", "", None),
        };
        let matched = event.matched.as_ref();
        let pending = match event.pending {
            Pending::Nothing => None,
            Pending::Restart => Some("restart"),
            Pending::Forget => Some("forget"),
        };
        Self {
            version,
            at: event.at.0,
            id: event.id.clone(),
            kind: kind.to_owned(),
            text: text.to_owned(),
            until,
            tier: matched.map(|matched| matched.tier.as_str().to_owned()),
            answer: matched.and_then(|matched| matched.answer.clone()),
            rivals: matched.map(|matched| matched.rivals.clone()).unwrap_or_default(),
            place: event.place.as_ref().map(write_trail),
            words: event.place.as_ref().map(words_of).unwrap_or_default(),
            asked: event.asked.map(|asked| {
                let name = asked.name.map(|name| name.to_string()).unwrap_or_default();
                format!("{}{name}", asked.words)
            }),
            shown: event.shown.iter().map(Digest::to_string).collect(),
            misses: event.misses,
            pending: pending.map(str::to_owned),
            said: event.said.iter().map(WireMessage::of).collect(),
        }
    }

    /// The event; none if a field is not what version 1 writes.
    pub(super) fn into_event(self) -> Option<Event> {
        Some(Event {
            at: Millis(self.at),
            input: self.recorded()?,
            matched: match &self.tier {
                Some(name) => Some(Match {
                    tier: Tier::ALL.into_iter().find(|tier| tier.as_str() == name)?,
                    answer: self.answer,
                    rivals: self.rivals,
                }),
                None => None,
            },
            place: match &self.place {
                Some(place) => Some(with_words(read_trail(place)?, self.words)),
                None => None,
            },
            asked: match &self.asked {
                Some(asked) => Some(read_asked(asked)?),
                None => None,
            },
            shown: read_digests(&self.shown)?,
            misses: self.misses,
            pending: match self.pending.as_deref() {
                None => Pending::Nothing,
                Some("restart") => Pending::Restart,
                Some("forget") => Pending::Forget,
                Some(_) => return None,
            },
            said: self.said.into_iter().map(WireMessage::into_message).collect(),
            id: self.id,
        })
    }

    pub(super) fn to_json(&self) -> String {
        // Strings and numbers under names that are strings can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    fn recorded(&self) -> Option<Recorded> {
        Some(match self.kind.as_str() {
            "start" => Recorded::Start,
            "text" => Recorded::Text(self.text.clone()),
            "tap" => Recorded::Tap(self.text.clone()),
            "back" => Recorded::Back,
            "restart" => Recorded::Restart,
            "help" => Recorded::Help,
            "forget" => Recorded::Forget,
            "other" => Recorded::Unsupported,
            "muted" => Recorded::Host(HostEvent::MutedUntil(Millis(self.until?))),
            "failed" => Recorded::Host(HostEvent::Failed),
            _ => return None,
        })
    }
}

impl WireMessage {
    fn of(message: &Message<'_>) -> Self {
        let address = match message {
            Message::Text(_) => None,
            Message::Image { address, .. } => Some(address.clone().into_owned()),
        };
        Self { address, text: message.text().to_owned() }
    }

    fn into_message(self) -> Message<'static> {
        match self.address {
            None => Message::new(self.text),
            Some(address) => Message::Image { address: address.into(), alt: self.text.into() },
        }
    }
}

/// The steps of a trail in the order in which their words matter.
fn words_of(trail: &Trail) -> Vec<Option<String>> {
    let steps = trail.steps.iter().rev().chain(&trail.ahead);
    let mut words: Vec<Option<String>> =
        steps.map(|step| step.words.as_deref().map(str::to_owned)).collect();
    while words.pop_if(|last| last.is_none()).is_some() {}
    words
}

fn with_words(mut trail: Trail, words: Vec<Option<String>>) -> Trail {
    let steps = trail.steps.iter_mut().rev().chain(&mut trail.ahead);
    steps.zip(words).for_each(|(step, words): (&mut Step, Option<String>)| {
        step.words = words.map(Into::into);
    });
    trail
}

fn is_zero(misses: &u8) -> bool {
    *misses == 0
}

/// Reads the events of a document, up to one too many.
fn events<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<WireEvent>, D::Error> {
    struct Events;
    impl<'de> Visitor<'de> for Events {
        type Value = Vec<WireEvent>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("events")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut events = Vec::new();
            while let Some(event) = seq.next_element()? {
                if events.len() == MAX_EVENTS {
                    return Err(A::Error::custom("too many events"));
                }
                events.push(event);
            }
            Ok(events)
        }
    }
    deserializer.deserialize_seq(Events)
}
