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
//! those kept for later; `-` for none), `r` a rival, `b` of an event without a place: the one before it that has one,
//! in this form and without what anybody typed. Other letters are of later versions and ignored.

use crate::code::{read_trail, write_trail_to};
use crate::digest::DIGEST_LEN;
use crate::event::{MAX_RIVALS, first, stored_id};
use crate::place::{MAX_STEPS, MAX_WORDS};
use crate::{Asked, Digest, Event, HostEvent, Match, Millis, Pending, Recorded, Step, Tier};

use super::{MAX_COMPACT_SHOWN, StoredError};

/// How an event of this version begins.
const START: &str = "2 ";

/// Writes an event in at most `limit` bytes as a JSON string, as far as that can be. What is written is the event as
/// [`Event::bounded`] would leave it.
pub(super) fn write<'e>(event: &'e Event, limit: usize) -> String {
    let mut out = Vec::with_capacity(512);
    write_head(event, &mut out);
    // The head has nothing that needs an escape; and there are the quotes.
    let mut room = Room::new(event, limit.saturating_sub(out.len() + 2));
    let matched = event.matched.as_ref();
    if let Some(answer) = matched.and_then(|matched| matched.answer.as_deref()) {
        add(&mut out, &mut room, b'a', first(answer, MAX_WORDS));
    }
    if let Some(text) = text_of(&event.input).filter(|text| !text.is_empty()) {
        let beginning = room.beginning(first(text, MAX_WORDS));
        if !beginning.is_empty() {
            add(&mut out, &mut room, b'x', beginning);
        }
    }
    if let Some(place) = &event.place {
        let steps = place.steps.get(..MAX_STEPS).unwrap_or(&place.steps);
        let steps = steps.iter().rev().chain(&place.ahead).take(MAX_STEPS);
        // Words of steps are whole or not there: half of what somebody said may fit another answer.
        let words = |step: &'e Step| {
            step.words.as_deref().filter(|words| first(words, MAX_WORDS) == *words)
        };
        // Nothing is written for the last steps, where these have none.
        let mut silent = 0;
        for words in steps.map(words) {
            let Some(words) = words else {
                silent += 1;
                continue;
            };
            let silences = std::mem::take(&mut silent);
            if !room.has(|| silences * SILENT_LEN + part_len(words)) {
                break;
            }
            (0..silences).for_each(|_| out.extend_from_slice(SILENT.as_bytes()));
            room.take(|| silences * SILENT_LEN);
            add(&mut out, &mut room, b'w', words);
        }
    }
    for rival in matched.iter().flat_map(|matched| &matched.rivals).take(MAX_RIVALS) {
        add(&mut out, &mut room, b'r', first(rival, MAX_WORDS));
    }
    // Whole texts after one another are a text.
    String::from_utf8(out).unwrap_or_default()
}

/// Writes an event without a place, and beside it the one that says where the conversation stands.
pub(super) fn write_after(event: &Event, before: &Event, limit: usize) -> String {
    let mut text = write(event, limit.min(BESIDE));
    let left = limit.saturating_sub(quoted_len(&text) + BEFORE_LEN);
    let mut bare = before.without_words();
    let mut before = write(&bare, left);
    if before.len() + 2 > left {
        // What is not needed to go on.
        bare.id.clear();
        before = write(&bare, left);
    }
    text.push_str(" b");
    text.push_str(&before.len().to_string());
    text.push(':');
    text.push_str(&before);
    text
}

/// The most bytes of an event that has another one beside it: the rest is enough for whatever that one needs.
const BESIDE: usize = 300;
/// How many bytes more than itself that one takes at most.
const BEFORE_LEN: usize = 8;

/// What [`write_after`] has put beside an event.
pub(super) fn before(text: &str) -> Option<&str> {
    let mut fields = Fields(text.strip_prefix(START)?);
    for _ in 0..FIELDS - 1 {
        fields.next()?;
    }
    let (_, parts) = fields.last()?;
    let mut parts = Parts(parts);
    while let Some((letter, part)) = parts.next()? {
        if letter == 'b' {
            return part;
        }
    }
    None
}

/// How many fields follow the version.
const FIELDS: usize = 8;

/// Reads an event of this version; none if the text is of another. Where it is not `whole`, the texts are empty that
/// nobody needs who only goes on from there.
pub(super) fn read(text: &str, whole: bool) -> Option<Result<Event, StoredError>> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (version, rest) =
        text.split_at_checked(digits).filter(|(version, _)| !version.is_empty())?;
    let rest = rest.strip_prefix(' ')?;
    Some(match number(version) {
        Some(2) => read_fields(rest, whole).ok_or(StoredError::Damaged),
        Some(0 | 1) => Err(StoredError::Damaged),
        newer => {
            let newer = newer.and_then(|newer| u32::try_from(newer).ok());
            Err(StoredError::NewerVersion(newer.unwrap_or(u32::MAX)))
        }
    })
}

fn write_head(event: &Event, out: &mut Vec<u8>) {
    out.extend_from_slice(START.as_bytes());
    write_number(out, event.at.0);
    out.push(b' ');
    out.extend_from_slice(stored_id(&event.id).as_bytes());
    out.push(b' ');
    out.extend_from_slice(kind_of(&event.input).as_bytes());
    if let Recorded::Host(HostEvent::MutedUntil(until)) = &event.input {
        write_number(out, until.0);
    }
    out.push(b' ');
    let tier = event.matched.as_ref().map_or("-", |matched| matched.tier.as_str());
    out.extend_from_slice(tier.as_bytes());
    out.push(b' ');
    write_number(out, i64::from(event.misses));
    match event.pending {
        Pending::Nothing => {}
        Pending::Restart => out.push(b'r'),
        Pending::Forget => out.push(b'f'),
    }
    out.push(b' ');
    match &event.place {
        Some(place) => {
            out.push(b'.');
            write_trail_to(out, place);
        }
        None => out.push(b'-'),
    }
    out.push(b' ');
    match event.asked {
        Some(asked) => {
            asked.words.write(out);
            if let Some(name) = asked.name {
                name.write(out);
            }
        }
        None => out.push(b'-'),
    }
    out.push(b' ');
    event.shown.iter().take(MAX_COMPACT_SHOWN).for_each(|digest| digest.write(out));
}

/// The bytes that are left for parts.
struct Room {
    left: usize,
    /// Whether all parts fit, however they are written: then nothing has to be counted. Mostly they do.
    is_plenty: bool,
}

impl Room {
    fn new(event: &Event, left: usize) -> Self {
        let place = event.place.iter();
        let steps = place.flat_map(|place| place.steps.iter().chain(&place.ahead));
        let words = steps.map(|step| step.words.as_deref().unwrap_or_default());
        let matched = event.matched.iter();
        let keys = matched.flat_map(|matched| matched.answer.iter().chain(&matched.rivals));
        let texts = keys.map(String::as_str).chain(text_of(&event.input)).chain(words);
        let is_plenty = texts.map(most_part_len).sum::<usize>() <= left;
        Self { left, is_plenty }
    }

    /// Whether there is room for so many bytes.
    fn has(&self, bytes: impl FnOnce() -> usize) -> bool {
        self.is_plenty || bytes() <= self.left
    }

    /// Takes up room for so many bytes; false if there is none.
    fn take(&mut self, bytes: impl FnOnce() -> usize) -> bool {
        if self.is_plenty {
            return true;
        }
        let left = self.left.checked_sub(bytes());
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    /// The longest beginning of a text that there is room for as a part.
    fn beginning<'t>(&self, text: &'t str) -> &'t str {
        if self.is_plenty { text } else { beginning(text, self.left) }
    }
}

/// Adds a part if there is room for it.
fn add(out: &mut Vec<u8>, room: &mut Room, letter: u8, text: &str) {
    if !room.take(|| part_len(text)) {
        return;
    }
    out.push(b' ');
    out.push(letter);
    write_number(out, i64::try_from(text.len()).unwrap_or(i64::MAX));
    out.push(b':');
    out.extend_from_slice(text.as_bytes());
}

/// How many bytes a part takes within a string in JSON.
fn part_len(text: &str) -> usize {
    3 + digits(text.len()) + quoted_len(text)
}

/// How many bytes a part, or a step without words, takes at most: each byte may be written as six.
fn most_part_len(text: &str) -> usize {
    3 + digits(text.len()) + text.len().saturating_mul(6)
}

/// The part of a step without words.
const SILENT: &str = " w-";
const SILENT_LEN: usize = SILENT.len();

/// The longest beginning of a text that fits as a part into so many bytes.
fn beginning(text: &str, room: usize) -> &str {
    let mut quoted = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let escape = if character.is_ascii() { escape_len(character as u8) } else { 0 };
        quoted += character.len_utf8() + escape;
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
    // Hardly any text has something to escape.
    let is_plain = text
        .bytes()
        .fold(true, |plain, byte| plain & (byte >= 0x20) & (byte != b'"') & (byte != b'\\'));
    if is_plain { text.len() } else { text.len() + text.bytes().map(escape_len).sum::<usize>() }
}

/// How many bytes more than itself a byte takes there.
const fn escape_len(byte: u8) -> usize {
    match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 1,
        0..=0x1f => 5,
        _ => 0,
    }
}

fn digits(number: usize) -> usize {
    match number {
        0..10 => 1,
        10..100 => 2,
        100..1000 => 3,
        _ => number.ilog10() as usize + 1,
    }
}

fn write_number(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    let start = out.len();
    let mut rest = number.unsigned_abs();
    loop {
        out.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if let Some(digits) = out.get_mut(start..) {
        digits.reverse();
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

fn read_fields(text: &str, whole: bool) -> Option<Event> {
    let kept = |text: &str| if whole { text.to_owned() } else { String::new() };
    let mut fields = Fields(text);
    let at = Millis(number(fields.next()?)?);
    let id = kept(fields.next()?);
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
    let (shown, parts) = fields.last()?;

    let mut parts = Parts(parts);
    let mut text = String::new();
    let mut answer = None;
    let mut rivals = Vec::new();
    let mut slots = place.iter_mut().flat_map(|place| {
        place.steps.iter_mut().rev().chain(&mut place.ahead).map(|step: &mut Step| &mut step.words)
    });
    while let Some((letter, part)) = parts.next()? {
        match (letter, part) {
            ('x', Some(part)) => text = kept(part),
            ('a', Some(part)) => answer = Some(kept(part)),
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
        misses: number(misses)?.try_into().ok()?,
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
            let until = number(kind.strip_prefix(MUTED)?)?;
            Recorded::Host(HostEvent::MutedUntil(Millis(until)))
        }
    })
}

/// A whole number.
fn number(text: &str) -> Option<i64> {
    // Those that are stored are mostly small enough, and plain.
    let mut number = 0;
    for byte in text.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 || text.len() > 18 {
            return text.parse().ok();
        }
        number = number * 10 + i64::from(digit);
    }
    (!text.is_empty()).then_some(number)
}

/// The digest of the words of a question, and that of its name.
pub(super) fn read_asked(text: &str) -> Option<Asked> {
    let (words, name) = text.split_at_checked(DIGEST_LEN)?;
    let name = if name.is_empty() { None } else { Some(Digest::parse(name)?) };
    Some(Asked { name, words: Digest::parse(words)? })
}

/// Digests, one after the other.
pub(super) fn read_digests(text: &str) -> Option<Vec<Digest>> {
    let digits = text.as_bytes();
    let mut digests = Vec::with_capacity(digits.len() / DIGEST_LEN);
    for five in digits.chunks(DIGEST_LEN) {
        digests.push(Digest::parse_bytes(five)?);
    }
    Some(digests)
}

/// What is still to be read of the head.
struct Fields<'a>(&'a str);

impl<'a> Fields<'a> {
    /// The next field, which ends with a space.
    fn next(&mut self) -> Option<&'a str> {
        // These are a few bytes long, so a plain loop is quickest.
        let end = self.0.bytes().position(|byte| byte == b' ')?;
        let (field, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.get(1..)?;
        Some(field)
    }

    /// The last field, and what follows it with a space.
    fn last(self) -> Option<(&'a str, &'a str)> {
        let end = self.0.bytes().position(|byte| byte == b' ').unwrap_or(self.0.len());
        self.0.split_at_checked(end)
    }
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
        let [b' ', letter @ b'a'..=b'z', rest @ ..] = self.0.as_bytes() else { return None };
        let letter = char::from(*letter);
        if rest.first() == Some(&b'-') {
            self.0 = self.0.get(3..)?;
            return Some(Some((letter, None)));
        }
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (length, rest) = self.0.get(2..)?.split_at_checked(digits)?;
        let (text, rest) =
            rest.strip_prefix(':')?.split_at_checked(number(length)?.try_into().ok()?)?;
        self.0 = rest;
        Some(Some((letter, Some(text))))
    }
}
