//! What is remembered about people, and under which keys.
//!
//! Workers KV is eventually consistent and the last write wins, so nothing is ever read, changed
//! and written back. Every input has a key of its own, written once:
//!
//! ```text
//! e1:{page}:{who}:{9999999999999 - time}:{id}     an event, as the key's metadata
//! f1:{page}:{who}                                 this person has asked to be forgotten, and when
//! g1:{page}                                       why nothing is sent for this page: see `gate`
//! c1                                              what the last self-check has found: see `check`
//! ```
//!
//! `who` is a keyed hash, so that no id is in clear. Time runs backwards, so that a listing begins
//! with the newest. As the event is metadata, one listing answers everything: whether an input was
//! answered already, and where the conversation stands. The key of an event is never asked for by
//! itself: KV remembers misses too, and the next look would not find what was written meanwhile.

use std::fmt;

use serde_json::{Value, json};
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

/// The key of what the last self-check has found.
pub const CHECKED: &str = "c1";

/// A person on a page, as storage knows them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    page: String,
    who: String,
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

/// Somebody asked for everything about them to be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// When: what is as old as this or older is gone, and stays gone.
    pub at: Millis,
}

/// The store did not do what it was asked to. It may in a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreError;

/// Where events are kept.
#[expect(async_fn_in_trait, reason = "a Worker has one thread: no future is ever sent to another")]
pub trait Store {
    /// The newest events of a person, the newest first; at most [`LISTED`].
    async fn newest(&self, person: &Person) -> Result<Vec<Row>, StoreError>;
    /// The events of one moment.
    async fn of_moment(&self, person: &Person, at: Millis) -> Result<Vec<Row>, StoreError>;
    /// Whether the person has asked to be forgotten.
    async fn wish(&self, person: &Person) -> Result<Option<Wish>, StoreError>;
    /// Keeps an event, and with it that its input is answered.
    async fn append(&self, person: &Person, event: &Written) -> Result<(), StoreError>;
    /// Deletes everything about a person up to then; what is not found yet is deleted later.
    async fn forget(&self, person: &Person, wish: &Wish) -> Result<(), StoreError>;
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

    /// The key that says that this person wants to be forgotten.
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
}

impl Wish {
    /// As it is written.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.at.0.to_string()
    }

    /// As it was written. One that cannot be read counts for everything up to now.
    #[must_use]
    pub fn read(text: Option<&str>, now: Millis) -> Self {
        let at = text.and_then(|text| text.parse().ok()).map_or(now, Millis);
        Self { at }
    }

    /// Whether an event or an input is to be forgotten.
    #[must_use]
    pub fn covers(&self, at: Millis) -> bool {
        at <= self.at
    }
}

impl Written {
    /// An event, ready to be written; with the class of what failed, if it could not be answered.
    #[must_use]
    pub fn new(person: &Person, event: &Event, failed: Option<Class>) -> Self {
        let said: Vec<Value> = event.said.iter().map(said).collect();
        let mut value = json!({"v": 1, "said": said});
        if let (Some(class), Value::Object(value)) = (failed, &mut value) {
            value.insert("failed".to_owned(), class.as_str().into());
        }
        Self {
            at: event.at,
            key: format!("{}{}", person.moment(event.at), event.id),
            metadata: metadata(event),
            value: value.to_string(),
        }
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
fn metadata(event: &Event) -> String {
    let fits = |compact: &String| json!(compact).to_string().len() <= MAX_METADATA;
    let sizes = [1000, 900, 800, 700, 600, 500];
    let tries = sizes.into_iter().map(|size| event.to_compact(size));
    tries.into_iter().find(fits).unwrap_or_else(|| event.to_compact(0))
}

fn said(message: &Message) -> Value {
    match message {
        Message::Text(text) => json!({"text": text}),
        Message::Image { address, alt } => json!({"image": address, "alt": alt}),
    }
}
