//! What is remembered about people, and under which keys.
//!
//! Workers KV is eventually consistent and the last write wins, so nothing is ever read, changed
//! and written back. Every input has a key of its own, written once:
//!
//! ```text
//! e1:{page}:{who}:{9999999999999 - time}:{id}     an event, as the key's metadata
//! f1:{page}:{who}                                 this person wants to be forgotten
//! ```
//!
//! `who` is a keyed hash, so that no id is in clear. Time runs backwards, so that a listing begins
//! with the newest. As the event is metadata, one listing answers everything: whether an input was
//! answered already, and where the conversation stands. A key is never asked for by itself: KV
//! remembers misses too, and the next look would not find what was written meanwhile.

use std::fmt;

use serde_json::{Value, json};
use treebot::{Event, History, Message, Millis, StoredError};
use treebot_messenger::signature::pseudonym;

/// How many events a listing brings. A person would have to write more than this within the hour
/// in which Meta delivers again for one of them to be answered twice.
pub const LISTED: u64 = 100;

/// The most bytes of a key's metadata, as JSON. (Workers KV limits)
pub const MAX_METADATA: usize = 1024;

/// The last time that a key can hold.
const END_OF_TIME: i64 = 9_999_999_999_999;

/// A person on a page, as storage knows them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    page: String,
    who: String,
}

/// What is known about a person.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The newest events.
    pub history: History,
    /// The ids of inputs that are answered.
    pub answered: Vec<String>,
    /// How many events could not be read. They are left as they are.
    pub unreadable: usize,
}

/// The store did not do what it was asked to. It may in a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreError;

/// Where events are kept.
#[expect(async_fn_in_trait, reason = "a Worker has one thread: no future is ever sent to another")]
pub trait Store {
    /// The newest events of a person.
    async fn newest(&self, person: &Person) -> Result<Known, StoreError>;
    /// Keeps an event, and with it that its input is answered.
    async fn append(&self, person: &Person, event: &Event) -> Result<(), StoreError>;
    /// Deletes everything about a person; what is not found yet is deleted later.
    async fn forget(&self, person: &Person) -> Result<(), StoreError>;
}

/// An event as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its key.
    pub key: String,
    /// The event itself.
    pub metadata: String,
    /// What the bot said: nothing that is needed to go on.
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

/// What the keys of all wishes to be forgotten begin with.
pub const FORGET: &str = "f1:";

impl Written {
    /// An event, ready to be written.
    #[must_use]
    pub fn new(person: &Person, event: &Event) -> Self {
        let Millis(at) = event.at;
        let backwards = END_OF_TIME - at.clamp(0, END_OF_TIME);
        Self {
            key: format!("{}{backwards:013}:{}", person.prefix(), event.id),
            metadata: metadata(event),
            value: json!({"v": 1, "said": event.said.iter().map(said).collect::<Vec<_>>()})
                .to_string(),
        }
    }
}

impl Known {
    /// Reads a listing: keys of one person with their metadata.
    #[must_use]
    pub fn read<'a>(listing: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Self {
        let mut known = Self::default();
        for (key, metadata) in listing {
            // Also without its metadata a key says that its input is answered.
            known.answered.extend(key.rsplit_once(':').map(|(_, id)| id.to_owned()));
            match metadata.map_or(Err(StoredError::Damaged), Event::from_compact) {
                Ok(event) => {
                    known.history.insert(event);
                }
                Err(StoredError::NewerVersion(_) | StoredError::Damaged) => known.unreadable += 1,
            }
        }
        known
    }

    /// Adds an event.
    pub fn insert(&mut self, event: Event) {
        self.answered.push(event.id.clone());
        self.history.insert(event);
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
