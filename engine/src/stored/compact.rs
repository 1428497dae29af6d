//! An event by itself, version 2: short, and quick to write and read. In KV it shares 1024 bytes with its place.
//!
//! ```text
//! event = "2" at id kind tier misses place asked shown part*     with a space before each but the first
//! kind  = "start" | "text" | … as in version 1 | "muted:" until
//! tier  = its name | "-"
//! misses = number ["r" | "f"]      what a "yes" would mean: restart, or forget
//! place = "-" | "." trail          as in place codes
//! asked = "-" | words [name]       digests
//! shown = digest*
//! part  = letter bytes ":" text    the text has that many bytes
//!       | letter "-"
//! ```
//!
//! Parts: `x` what was typed or pressed, `a` the answer taken, `w` the words of a step (the last step first, then of
//! those kept for later; `-` for none), `r` a rival. Other letters are of later versions and ignored.

use std::fmt::Write as _;

use crate::code::{read_trail, write_trail_to};
use crate::digest::DIGEST_LEN;
use crate::event::{MAX_RIVALS, first, stored_id};
use crate::place::{MAX_STEPS, MAX_WORDS};
use crate::{Asked, Digest, Event, HostEvent, Match, Millis, Pending, Recorded, Step, Tier};

use super::StoredError;

/// How an event of this version begins.
const START: &str = "2 ";

/// The most answers of the shown list in an event by itself.
const MAX_SHOWN: usize = 40;

/// Writes an event in at most `limit` bytes as a JSON string, as far as that can be. What is written is the event as
/// [`Event::bounded`] would leave it.
pub(super) fn write<'e>(event: &'e Event, limit: usize) -> String {
    let mut out = String::with_capacity(256);
    write_head(event, &mut out);
    // The head has nothing that needs an escape; and there are the quotes.
    let mut room = limit.saturating_sub(out.len() + 2);
    let matched = event.matched.as_ref();
    if let Some(answer) = matched.and_then(|matched| matched.answer.as_deref()) {
        add(&mut out, &mut room, 'a', first(answer, MAX_WORDS));
    }
    if let Some(text) = text_of(&event.input).filter(|text| !text.is_empty()) {
        let beginning = beginning(first(text, MAX_WORDS), room);
        if !beginning.is_empty() {
            add(&mut out, &mut room, 'x', beginning);
        }
    }
    if let Some(place) = &event.place {
        let steps = place.steps.get(..MAX_STEPS).unwrap_or(&place.steps);
        let steps = steps.iter().rev().chain(&place.ahead).take(MAX_STEPS);
        // Words of steps are whole or not there: half of what somebody said may fit another answer.
        let words = |step: &'e Step| step.words.as_deref().filter(|words| first(words, MAX_WORDS) == *words);
        // Nothing is written for the last steps, where these have none.
        let mut silent = 0;
        for words in steps.map(words) {
            let Some(words) = words else {
                silent += 1;
                continue;
            };
            let silences = std::mem::take(&mut silent);
            if silences * SILENT_LEN + part_len(words) > room {
                break;
            }
            (0..silences).for_each(|_| out.push_str(SILENT));
            room -= silences * SILENT_LEN;
            add(&mut out, &mut room, 'w', words);
        }
    }
    for rival in matched.iter().flat_map(|matched| &matched.rivals).take(MAX_RIVALS) {
        add(&mut out, &mut room, 'r', first(rival, MAX_WORDS));
    }
    out
}

/// Reads an event of this version; none if the text is of another.
pub(super) fn read(text: &str) -> Option<Result<Event, StoredError>> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (version, rest) = text.split_at_checked(digits).filter(|(version, _)| !version.is_empty())?;
    let rest = rest.strip_prefix(' ')?;
    Some(match version.parse::<u32>() {
        Ok(2) => read_fields(rest).ok_or(StoredError::Damaged),
        Ok(0 | 1) => Err(StoredError::Damaged),
        Ok(newer) => Err(StoredError::NewerVersion(newer)),
        Err(_) => Err(StoredError::NewerVersion(u32::MAX)),
    })
}

fn write_head(event: &Event, out: &mut String) {
    out.push_str(START);
    write_number(out, event.at.0);
    out.push(' ');
    out.push_str(&stored_id(&event.id));
    out.push(' ');
    out.push_str(kind_of(&event.input));
    if let Recorded::Host(HostEvent::MutedUntil(until)) = &event.input {
        write_number(out, until.0);
    }
    out.push(' ');
    out.push_str(event.matched.as_ref().map_or("-", |matched| matched.tier.as_str()));
    out.push(' ');
    write_number(out, i64::from(event.misses));
    match event.pending {
        Pending::Nothing => {}
        Pending::Restart => out.push('r'),
        Pending::Forget => out.push('f'),
    }
    out.push(' ');
    match &event.place {
        Some(place) => {
            out.push('.');
            write_trail_to(out, place);
        }
        None => out.push('-'),
    }
    out.push(' ');
    match event.asked {
        Some(asked) => {
            asked.words.write(out);
            if let Some(name) = asked.name {
                name.write(out);
            }
        }
        None => out.push('-'),
    }
    out.push(' ');
    event.shown.iter().take(MAX_SHOWN).for_each(|digest| digest.write(out));
}

/// Adds a part if there is room for it.
fn add(out: &mut String, room: &mut usize, letter: char, text: &str) {
    let Some(left) = room.checked_sub(part_len(text)) else { return };
    *room = left;
    out.push(' ');
    out.push(letter);
    write_number(out, i64::try_from(text.len()).unwrap_or(i64::MAX));
    out.push(':');
    out.push_str(text);
}

/// How many bytes a part takes within a string in JSON.
fn part_len(text: &str) -> usize {
    3 + digits(text.len()) + quoted_len(text)
}

/// The part of a step without words.
const SILENT: &str = " w-";
const SILENT_LEN: usize = SILENT.len();

/// The longest beginning of a text that fits as a part into so many bytes.
fn beginning(text: &str, room: usize) -> &str {
    let mut quoted = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        quoted += quoted_char_len(character);
        let length = at + character.len_utf8();
        // With a longer text the count of its bytes may take one more.
        if 3 + digits(length) + quoted > room {
            break;
        }
        end = length;
    }
    text.get(..end).unwrap_or_default()
}

/// How many bytes a text takes within a string in JSON.
fn quoted_len(text: &str) -> usize {
    let escaped = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
    if text.as_bytes().iter().any(escaped) {
        text.chars().map(quoted_char_len).sum()
    } else {
        text.len()
    }
}

fn quoted_char_len(character: char) -> usize {
    match character {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..='\u{1f}' => 6,
        _ => character.len_utf8(),
    }
}

fn digits(number: usize) -> usize {
    number.checked_ilog10().map_or(1, |digits| digits as usize + 1)
}

fn write_number(out: &mut String, number: i64) {
    match u8::try_from(number) {
        Ok(digit @ 0..10) => out.push(char::from(b'0' + digit)),
        // Writing to a text cannot fail.
        Ok(_) | Err(_) => write!(out, "{number}").unwrap_or_default(),
    }
}

fn kind_of(input: &Recorded) -> &'static str {
    match input {
        Recorded::Start => "start",
        Recorded::Text(_) => "text",
        Recorded::Tap(_) => "tap",
        Recorded::Back => "back",
        Recorded::Restart => "restart",
        Recorded::Help => "help",
        Recorded::Forget => "forget",
        Recorded::Unsupported => "other",
        Recorded::Host(HostEvent::MutedUntil(_)) => MUTED,
        Recorded::Host(HostEvent::Failed) => "failed",
    }
}

const MUTED: &str = "muted:";

fn text_of(input: &Recorded) -> Option<&str> {
    match input {
        Recorded::Text(text) | Recorded::Tap(text) => Some(text),
        Recorded::Start
        | Recorded::Back
        | Recorded::Restart
        | Recorded::Help
        | Recorded::Forget
        | Recorded::Unsupported
        | Recorded::Host(_) => None,
    }
}

fn read_fields(text: &str) -> Option<Event> {
    let mut fields = text.splitn(8, ' ');
    let at = Millis(fields.next()?.parse().ok()?);
    let id = fields.next()?.to_owned();
    let kind = fields.next()?;
    let tier = match fields.next()? {
        "-" => None,
        name => Some(Tier::ALL.into_iter().find(|tier| tier.as_str() == name)?),
    };
    let misses = fields.next()?;
    let (misses, pending) = match misses.as_bytes().last()? {
        b'r' => (misses.strip_suffix('r')?, Pending::Restart),
        b'f' => (misses.strip_suffix('f')?, Pending::Forget),
        _ => (misses, Pending::Nothing),
    };
    let mut place = match fields.next()? {
        "-" => None,
        trail => Some(read_trail(trail.strip_prefix('.')?)?),
    };
    let asked = match fields.next()? {
        "-" => None,
        digests => Some(read_asked(digests)?),
    };
    let rest = fields.next()?;
    let (shown, parts) = rest.split_at_checked(rest.find(' ').unwrap_or(rest.len()))?;

    let mut parts = Parts(parts);
    let mut text = String::new();
    let mut answer = None;
    let mut rivals = Vec::new();
    let mut slots = place.iter_mut().flat_map(|place| {
        place.steps.iter_mut().rev().chain(&mut place.ahead).map(|step: &mut Step| &mut step.words)
    });
    while let Some((letter, part)) = parts.next()? {
        match (letter, part) {
            ('x', Some(part)) => part.clone_into(&mut text),
            ('a', Some(part)) => answer = Some(part.to_owned()),
            ('r', Some(part)) => rivals.push(part.to_owned()),
            ('w', part) => {
                if let Some(slot) = slots.next() {
                    *slot = part.map(Into::into);
                }
            }
            _ => {}
        }
    }
    Some(Event {
        at,
        id,
        input: read_input(kind, text)?,
        matched: tier.map(|tier| Match { tier, answer, rivals }),
        place,
        asked,
        shown: read_digests(shown)?,
        misses: misses.parse().ok()?,
        pending,
        said: Vec::new(),
    })
}

fn read_input(kind: &str, text: String) -> Option<Recorded> {
    Some(match kind {
        "start" => Recorded::Start,
        "text" => Recorded::Text(text),
        "tap" => Recorded::Tap(text),
        "back" => Recorded::Back,
        "restart" => Recorded::Restart,
        "help" => Recorded::Help,
        "forget" => Recorded::Forget,
        "other" => Recorded::Unsupported,
        "failed" => Recorded::Host(HostEvent::Failed),
        _ => {
            let until = kind.strip_prefix(MUTED)?.parse().ok()?;
            Recorded::Host(HostEvent::MutedUntil(Millis(until)))
        }
    })
}

/// The digest of the words of a question, and that of its name.
pub(super) fn read_asked(text: &str) -> Option<Asked> {
    let (words, name) = text.split_at_checked(DIGEST_LEN)?;
    let name = if name.is_empty() { None } else { Some(Digest::parse(name)?) };
    Some(Asked { name, words: Digest::parse(words)? })
}

/// Digests, one after the other.
pub(super) fn read_digests(text: &str) -> Option<Vec<Digest>> {
    let digest = |five| str::from_utf8(five).ok().and_then(Digest::parse);
    text.as_bytes().chunks(DIGEST_LEN).map(digest).collect()
}

/// What is still to be read of the parts.
struct Parts<'a>(&'a str);

impl<'a> Parts<'a> {
    /// The next part: its letter and its text. `None` if there is something else, `Some(None)` at the end.
    #[expect(clippy::option_option, reason = "at the end, or damaged")]
    fn next(&mut self) -> Option<Option<(char, Option<&'a str>)>> {
        if self.0.is_empty() {
            return Some(None);
        }
        let mut characters = self.0.strip_prefix(' ')?.chars();
        let letter = characters.next().filter(char::is_ascii_lowercase)?;
        let rest = characters.as_str();
        if let Some(rest) = rest.strip_prefix('-') {
            self.0 = rest;
            return Some(Some((letter, None)));
        }
        let (length, rest) = rest.split_once(':')?;
        if length.is_empty() || !length.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (text, rest) = rest.split_at_checked(length.parse().ok()?)?;
        self.0 = rest;
        Some(Some((letter, Some(text))))
    }
}
