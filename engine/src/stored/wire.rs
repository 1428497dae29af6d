//! The fields of an event in a document, flat and short. What is as usual is left out.
//!
//! ```text
//! v  the version; only in an event by itself, of version 1
//! t  when, in milliseconds since 1970
//! i  the id
//! k  what came in: see `kind_of`
//! x  what was typed, or the label of what was pressed
//! u  until when somebody else answers
//! m  how a text was understood: the tier's name
//! a  the key of the answer taken
//! r  the keys of its rivals
//! p  the place: a place code without version and tree
//! w  the words of its steps, the last step first, then of those kept for later
//! q  the digest of the words of the question, and that of its name
//! l  the digests of the answers that were shown
//! n  how many inputs in a row were not understood
//! d  what a "yes" would mean: `restart` or `forget`
//! s  what was said: texts (x), or pictures (their address i, and what they show x)
//! ```

use crate::code::{read_trail, write_trail};
use crate::json::read::Reader;
use crate::json::{write_number, write_text};
use crate::{
    Digest, Event, HostEvent, Match, Message, Millis, Pending, Recorded, Step, Tier, Trail,
};

use super::compact::{read_asked, read_digests};

/// The fields of an event as they were read.
#[derive(Default)]
pub(super) struct WireEvent {
    at: Option<i64>,
    id: Option<String>,
    kind: Option<String>,
    text: String,
    until: Option<i64>,
    tier: Option<String>,
    answer: Option<String>,
    rivals: Vec<String>,
    place: Option<String>,
    words: Vec<Option<String>>,
    asked: Option<String>,
    shown: String,
    misses: u8,
    pending: Option<String>,
    said: Vec<Message<'static>>,
}

/// The letters of all fields. Those of other versions are ignored.
const FIELDS: &[u8] = b"vtikxumarpwqlnds";

impl WireEvent {
    /// Reads the fields of an event; none if one is there twice, or is of another kind than it should be.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let mut event = Self::default();
        let mut seen = 0_u32;
        reader.fields(&mut |name, reader| {
            let number = match name.as_bytes() {
                [letter] => FIELDS.iter().position(|field| field == letter),
                _ => None,
            };
            let Some(number) = number else { return reader.skip() };
            if seen & (1 << number) != 0 {
                return None;
            }
            seen |= 1 << number;
            event.field(name, reader)
        })?;
        Some(event)
    }

    fn field(&mut self, name: &str, reader: &mut Reader<'_>) -> Option<()> {
        match name {
            "v" => _ = maybe_number(reader)?,
            "t" => self.at = Some(reader.number()?),
            "i" => self.id = Some(reader.text()?.into_owned()),
            "k" => self.kind = Some(reader.text()?.into_owned()),
            "x" => self.text = reader.text()?.into_owned(),
            "u" => self.until = maybe_number(reader)?,
            "m" => self.tier = maybe_text(reader)?,
            "a" => self.answer = maybe_text(reader)?,
            "p" => self.place = maybe_text(reader)?,
            "q" => self.asked = maybe_text(reader)?,
            "l" => self.shown = reader.text()?.into_owned(),
            "n" => self.misses = u8::try_from(reader.number()?).ok()?,
            "d" => self.pending = maybe_text(reader)?,
            "r" => reader.items(&mut |reader| {
                self.rivals.push(reader.text()?.into_owned());
                Some(())
            })?,
            "w" => reader.items(&mut |reader| {
                self.words.push(maybe_text(reader)?);
                Some(())
            })?,
            _ => reader.items(&mut |reader| {
                self.said.push(read_message(reader)?);
                Some(())
            })?,
        }
        Some(())
    }

    /// The event; none if a field is not what version 1 writes.
    pub(super) fn into_event(self) -> Option<Event> {
        Some(Event {
            at: Millis(self.at?),
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
            said: self.said,
            id: self.id?,
        })
    }

    fn recorded(&self) -> Option<Recorded> {
        Some(match self.kind.as_deref()? {
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

/// Something that was said: a text, or a picture with its address.
fn read_message(reader: &mut Reader<'_>) -> Option<Message<'static>> {
    let (mut address, mut text) = (None, None);
    reader.fields(&mut |name, reader| {
        match name {
            "i" if address.is_none() => address = Some(maybe_text(reader)?),
            "x" if text.is_none() => text = Some(reader.text()?.into_owned()),
            "i" | "x" => return None,
            _ => reader.skip()?,
        }
        Some(())
    })?;
    let text = text.unwrap_or_default();
    Some(match address.flatten() {
        None => Message::new(text),
        Some(address) => Message::Image { address: address.into(), alt: text.into() },
    })
}

fn maybe_text(reader: &mut Reader<'_>) -> Option<Option<String>> {
    if reader.null() { Some(None) } else { Some(Some(reader.text()?.into_owned())) }
}

fn maybe_number(reader: &mut Reader<'_>) -> Option<Option<i64>> {
    if reader.null() { Some(None) } else { Some(Some(reader.number()?)) }
}

fn with_words(mut trail: Trail, words: Vec<Option<String>>) -> Trail {
    let steps = trail.steps.iter_mut().rev().chain(&mut trail.ahead);
    steps.zip(words).for_each(|(step, words): (&mut Step, Option<String>)| {
        step.words = words.map(Into::into);
    });
    trail
}

/// An event as an object, with what was said or without.
pub(super) fn write_event(event: &Event, with_said: bool) -> String {
    let mut out = String::with_capacity(256);
    out.push_str("{\"t\":");
    write_number(&mut out, event.at.0);
    write_field(&mut out, 'i', &event.id);
    let (kind, text) = kind_of(&event.input);
    write_field(&mut out, 'k', kind);
    write_filled(&mut out, 'x', text);
    if let Recorded::Host(HostEvent::MutedUntil(until)) = &event.input {
        write_name(&mut out, 'u');
        write_number(&mut out, until.0);
    }
    if let Some(matched) = &event.matched {
        write_field(&mut out, 'm', matched.tier.as_str());
        if let Some(answer) = &matched.answer {
            write_field(&mut out, 'a', answer);
        }
        write_list(&mut out, 'r', &mut matched.rivals.iter().map(|rival| Some(rival.as_str())));
    }
    if let Some(place) = &event.place {
        write_field(&mut out, 'p', &write_trail(place));
        let steps = place.steps.iter().rev().chain(&place.ahead);
        let words = steps.map(|step| step.words.as_deref());
        // Nothing is written for the last steps, where these have none.
        let said = words.clone().enumerate().filter(|(_, words)| words.is_some());
        let count = said.last().map_or(0, |(last, _)| last + 1);
        write_list(&mut out, 'w', &mut words.take(count));
    }
    if let Some(asked) = event.asked {
        write_field(&mut out, 'q', &digests_text(&mut [asked.words].into_iter().chain(asked.name)));
    }
    write_filled(&mut out, 'l', &digests_text(&mut event.shown.iter().copied()));
    if event.misses != 0 {
        write_name(&mut out, 'n');
        write_number(&mut out, event.misses.into());
    }
    match event.pending {
        Pending::Nothing => {}
        Pending::Restart => write_field(&mut out, 'd', "restart"),
        Pending::Forget => write_field(&mut out, 'd', "forget"),
    }
    if with_said && !event.said.is_empty() {
        write_name(&mut out, 's');
        for (number, message) in event.said.iter().enumerate() {
            out.push(if number == 0 { '[' } else { ',' });
            write_message(&mut out, message);
        }
        out.push(']');
    }
    out.push('}');
    out
}

/// What came in, and its text.
fn kind_of(input: &Recorded) -> (&'static str, &str) {
    match input {
        Recorded::Start => ("start", ""),
        Recorded::Text(text) => ("text", text),
        Recorded::Tap(label) => ("tap", label),
        Recorded::Back => ("back", ""),
        Recorded::Restart => ("restart", ""),
        Recorded::Help => ("help", ""),
        Recorded::Forget => ("forget", ""),
        Recorded::Unsupported => ("other", ""),
        Recorded::Host(HostEvent::MutedUntil(_)) => ("muted", ""),
        Recorded::Host(HostEvent::Failed) => ("failed", ""),
    }
}

fn write_message(out: &mut String, message: &Message<'_>) {
    out.push('{');
    if let Message::Image { address, .. } = message {
        out.push_str("\"i\":");
        write_text(out, address);
    }
    let text = message.text();
    if !text.is_empty() {
        out.push_str(if out.ends_with('{') { "\"x\":" } else { ",\"x\":" });
        write_text(out, text);
    }
    out.push('}');
}

/// The name of a field that is not the first.
fn write_name(out: &mut String, letter: char) {
    out.push_str(",\"");
    out.push(letter);
    out.push_str("\":");
}

fn write_field(out: &mut String, letter: char, text: &str) {
    write_name(out, letter);
    write_text(out, text);
}

fn write_filled(out: &mut String, letter: char, text: &str) {
    if !text.is_empty() {
        write_field(out, letter, text);
    }
}

/// A list of texts, some of which may be none; left out where there are none at all.
fn write_list(out: &mut String, letter: char, texts: &mut dyn Iterator<Item = Option<&str>>) {
    let mut is_first = true;
    for text in texts {
        if std::mem::take(&mut is_first) {
            write_name(out, letter);
            out.push('[');
        } else {
            out.push(',');
        }
        match text {
            Some(text) => write_text(out, text),
            None => out.push_str("null"),
        }
    }
    if !is_first {
        out.push(']');
    }
}

fn digests_text(digests: &mut dyn Iterator<Item = Digest>) -> String {
    let mut text = Vec::new();
    digests.for_each(|digest| digest.write(&mut text));
    String::from_utf8(text).unwrap_or_default()
}
