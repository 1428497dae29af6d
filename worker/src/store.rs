//! What is remembered about people, and under which keys.
//!
//! Workers KV is eventually consistent and the last write wins, so nothing is ever read, changed
//! and written back. Every input has a key of its own, written once:
//!
//! ```text
//! e1:{page}:{who}:{9999999999999 - time}:{id}     an event, as the key's metadata
//! e1:{page}:{who}:!{9999999999999 - time}         this person was forgotten then: what is older is gone, and stays gone;
//!                                                 and as the metadata, whether they need not be told any more
//! f1:{page}:{who}                                 the same, for the scheduled handler, which deletes again
//! g1:{page}                                       why nothing is sent for this page: see `gate`
//! c1                                              what the last self-check has found: see `check`
//! ```
//!
//! `who` is a keyed hash, so that no id is in clear. Time runs backwards, so that a listing begins
//! with the newest, after a deletion, which stands before all digits. As the event is metadata, one listing answers
//! everything: whether an input was answered already, where the conversation stands, and what is to be forgotten. The key of an event is never asked for by
//! itself: KV remembers misses too, and the next look would not find what was written meanwhile.

use std::fmt;

use treebot::json::write_text;
use treebot::{Event, Message, Millis};
use treebot_messenger::errors::Class;
use treebot_messenger::signature::pseudonym;

use crate::gate::Stop;

/// How many events a listing brings. What is older is asked for by its moment, where it matters.
pub const LISTED: usize = 20;

/// The most bytes of a key's metadata, as JSON. (Workers KV limits)
pub const MAX_METADATA: usize = 1024;

/// The last time that a key can hold.
const END_OF_TIME: i64 = 9_999_999_999_999;

/// What the keys of all wishes to be forgotten begin with.
pub const FORGET: &str = "f1:";

/// What the last part of the key of a deletion begins with.
const WISH: char = '!';

/// What hangs on the key of a deletion of which the person need not be told any more.
pub(crate) const TOLD: &str = "told";

/// The key of what the last self-check has found.
pub const CHECKED: &str = "c1";

/// A person on a page, as storage knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// First, as this is what mostly tells two people apart.
    who: String,
    page: String,
}

/// A key of a person, with what hangs on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The key.
    pub key: String,
    /// The event.
    pub metadata: Option<String>,
    /// Whether this is known here, but not in KV yet.
    pub pending: bool,
}

/// What one listing of a person brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The events, the newest first.
    pub rows: Vec<Row>,
    /// Whether there may be older ones.
    pub more: bool,
    /// What the person has asked to be forgotten.
    pub wish: Option<Wish>,
}

/// Somebody asked for everything about them to be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// When: what is as old as this or older is gone, and stays gone.
    pub at: Millis,
    /// Whether the person need not be told any more.
    pub told: bool,
}

/// What became of a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// How many calls of the store it took.
    pub calls: u32,
    /// Whether something is left, to be deleted by the scheduled handler. It is not read any more.
    pub left: bool,
}

/// The store did not do what it was asked to. It may in a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreError;

/// Where events are kept.
#[expect(async_fn_in_trait, reason = "a Worker has one thread: no future is ever sent to another")]
pub trait Store {
    /// The newest events of a person, at most [`LISTED`] keys.
    async fn newest(&self, person: &Person) -> Result<Listing, StoreError>;
    /// The events of one moment.
    async fn of_moment(&self, person: &Person, at: Millis) -> Result<Vec<Row>, StoreError>;
    /// Keeps an event, and with it that its input is answered.
    async fn append(&self, person: &Person, event: &Written) -> Result<(), StoreError>;
    /// Deletes everything about a person up to then, as far as so many calls allow; what is left, or not found yet, is
    /// deleted later.
    async fn forget(
        &self,
        person: &Person,
        wish: &Wish,
        calls: u32,
    ) -> Result<Forgotten, StoreError>;
    /// Keeps that the person has been told so.
    async fn told(&self, person: &Person, wish: &Wish) -> Result<(), StoreError>;
    /// Why nothing is sent for a page, if nothing is.
    async fn stop_of(&self, page: &str) -> Result<Option<Stop>, StoreError>;
    /// Keeps why nothing is sent for a page, for all isolates; or that messages are sent again.
    async fn keep_stop(&self, page: &str, stop: Option<&Stop>) -> Result<(), StoreError>;
}

/// An event as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// When its input was made.
    pub at: Millis,
    /// Its key.
    pub key: String,
    /// The event itself.
    pub metadata: String,
    /// What the bot said, or why it could not: nothing that is needed to go on.
    pub value: String,
}

impl Person {
    /// The person with this id on this page.
    #[must_use]
    pub fn new(secret: &str, page: &str, id: &str) -> Self {
        Self { page: page.to_owned(), who: pseudonym(secret, page, id) }
    }

    /// What the person is called where their id must not be.
    #[must_use]
    pub fn pseudonym(&self) -> &str {
        &self.who
    }

    /// The page.
    #[must_use]
    pub fn page(&self) -> &str {
        &self.page
    }

    /// What the keys of all events begin with.
    #[must_use]
    pub fn prefix(&self) -> String {
        format!("e1:{}:{}:", self.page, self.who)
    }

    /// What the keys of all events of one moment begin with.
    #[must_use]
    pub fn moment(&self, at: Millis) -> String {
        format!("{}{}:", self.prefix(), backwards(at))
    }

    /// The key among the events that says that this person was forgotten then. Each deletion has its own, so that none
    /// takes the place of a later one.
    #[must_use]
    pub fn wish_key(&self, wish: &Wish) -> String {
        format!("{}{WISH}{}", self.prefix(), backwards(wish.at))
    }

    /// The key that tells the scheduled handler that this person wants to be forgotten.
    #[must_use]
    pub fn forget_key(&self) -> String {
        format!("{FORGET}{}:{}", self.page, self.who)
    }

    /// Whose wish to be forgotten a key is.
    #[must_use]
    pub fn of_forget_key(key: &str) -> Option<Self> {
        let (page, who) = key.strip_prefix(FORGET)?.split_once(':')?;
        Some(Self { page: page.to_owned(), who: who.to_owned() })
    }
}

/// The key that says why nothing is sent for a page.
#[must_use]
pub fn stop_key(page: &str) -> String {
    format!("g1:{page}")
}

/// A time as keys hold it.
#[must_use]
pub fn backwards(Millis(at): Millis) -> String {
    format!("{:013}", END_OF_TIME - at.clamp(0, END_OF_TIME))
}

impl Row {
    /// A row that KV has.
    #[must_use]
    pub fn new(key: impl Into<String>, metadata: Option<String>) -> Self {
        Self { key: key.into(), metadata, pending: false }
    }

    /// When the input was made and what it is called, as the key says.
    #[must_use]
    pub fn stamp(&self) -> Option<(Millis, &str)> {
        let mut parts = self.key.rsplit(':');
        let id = parts.next()?;
        let at: i64 = parts.next()?.parse().ok()?;
        Some((Millis(END_OF_TIME - at), id))
    }

    /// Whether this is deleted where this wish is fulfilled: what is as old or older, an earlier wish too, and what nobody
    /// can have meant.
    #[must_use]
    pub fn goes_with(&self, wish: &Wish) -> bool {
        match (self.wish(), self.stamp()) {
            (Some(earlier), _) => earlier.at < wish.at,
            (None, Some((at, _))) => wish.covers(at),
            (None, None) => true,
        }
    }

    /// The deletion that the key stands for, if it is one.
    #[must_use]
    pub fn wish(&self) -> Option<Wish> {
        let (_, last) = self.key.rsplit_once(':')?;
        let at: i64 = last.strip_prefix(WISH)?.parse().ok()?;
        let told = self.metadata.as_deref() == Some(TOLD);
        Some(Wish { at: Millis(END_OF_TIME - at), told })
    }
}

/// Whether a deletion stands among a person's keys, or a later one. What is older is not deleted before: a key says that
/// its input was answered, and until the deletion says so too, nobody would know if it is delivered again.
#[must_use]
pub fn is_listed(rows: &[Row], wish: &Wish) -> bool {
    rows.iter().filter_map(Row::wish).any(|listed| listed.at >= wish.at)
}

/// Which of a person's keys are deleted where this wish is fulfilled; or a later one that is among them, as the wishes
/// may come in any order.
#[must_use]
pub fn to_delete<'r>(rows: &'r [Row], wish: &Wish) -> Vec<&'r Row> {
    let latest = rows.iter().filter_map(Row::wish).max_by_key(|wish| wish.at);
    let wish = latest.filter(|latest| latest.at > wish.at).unwrap_or_else(|| wish.clone());
    rows.iter().filter(|row| row.goes_with(&wish)).collect()
}

impl Listing {
    /// What these keys say, in their order.
    #[must_use]
    pub fn of(mut rows: Vec<Row>) -> Self {
        let more = rows.len() >= LISTED;
        let wish = rows.iter().filter_map(Row::wish).max_by_key(|wish| wish.at);
        rows.retain(|row| row.wish().is_none());
        Self { rows, more, wish }
    }
}

impl Wish {
    /// A deletion at that time, of which the person has not been told.
    #[must_use]
    pub const fn of(at: Millis) -> Self {
        Self { at, told: false }
    }

    /// As it is written.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.at.0.to_string()
    }

    /// As it was written. One that cannot be read counts for everything up to now.
    #[must_use]
    pub fn read(text: Option<&str>, now: Millis) -> Self {
        let at = text.and_then(|text| text.parse().ok()).map_or(now, Millis);
        Self::of(at)
    }

    /// Whether an event or an input is to be forgotten.
    #[must_use]
    pub fn covers(&self, at: Millis) -> bool {
        at <= self.at
    }
}

impl Written {
    /// An event, ready to be written; with the class of what failed, if it could not be answered. One that says nothing
    /// of where the conversation stands brings the one `before` it that does: more may follow than a listing brings.
    #[must_use]
    pub fn new(
        person: &Person,
        event: &Event,
        before: Option<&Event>,
        failed: Option<Class>,
    ) -> Self {
        let mut value = String::with_capacity(512);
        value.push_str("{\"said\":[");
        for (number, message) in event.said.iter().enumerate() {
            value.push_str(if number == 0 { "" } else { "," });
            write_said(&mut value, message);
        }
        value.push_str("],\"v\":1");
        if let Some(class) = failed {
            value.push_str(",\"failed\":");
            write_text(&mut value, class.as_str());
        }
        value.push('}');
        let mut key = person.moment(event.at);
        key.push_str(&event.id);
        Self { at: event.at, key, metadata: metadata(event, before), value }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the store did not answer")
    }
}

impl std::error::Error for StoreError {}

/// The compact form of an event. Its quotes are escaped in the metadata, so how much of it fits is
/// found by trying.
fn metadata(event: &Event, before: Option<&Event>) -> String {
    let escaped = |byte: &u8| matches!(byte, b'"' | b'\\');
    let control = |byte: &u8| *byte < 0x20;
    let count = |text: &str, which: &dyn Fn(&u8) -> bool| {
        text.as_bytes().iter().filter(|byte| which(byte)).count()
    };
    let fits = |compact: &String| {
        let escapes = count(compact, &escaped) + 5 * count(compact, &control);
        compact.len() + 2 + escapes <= MAX_METADATA
    };
    let write = |size: usize| match before.filter(|_| event.place.is_none()) {
        Some(before) => event.to_compact_after(before, size),
        None => event.to_compact(size),
    };
    let sizes = [1000, 900, 800, 700, 600, 500];
    sizes.into_iter().map(write).find(fits).unwrap_or_else(|| write(0))
}

fn write_said(value: &mut String, message: &Message) {
    match message {
        Message::Text(text) => {
            value.push_str("{\"text\":");
            write_text(value, text);
        }
        Message::Image { address, alt } => {
            value.push_str("{\"alt\":");
            write_text(value, alt);
            value.push_str(",\"image\":");
            write_text(value, address);
        }
    }
    value.push('}');
}
