//! One conversation as the browser keeps it: read, united with what other tabs wrote, written.
//!
//! Two promises: a store that fails never stops a conversation, and what cannot be read is never
//! overwritten.

#[cfg(feature = "studio")]
use serde::Serialize;
use treebot::json::write_number;
use treebot::{History, StoredError};
use tsify::Tsify;

use crate::json::name;
use crate::store::{Store, StoreError};

/// What every key begins with. The page keeps nothing under any other.
pub const PREFIX: &str = "treebot/v1/";

/// How a conversation is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
#[cfg_attr(feature = "studio", serde(rename_all = "lowercase"))]
pub enum Keeping {
    /// It is in the browser, and will be there after a reload.
    Kept,
    /// The browser does not let the page keep anything.
    Blocked,
    /// The browser has no room left: the newest turns are not kept.
    Full,
    /// What is kept cannot be read, and is left as it is.
    Damaged,
    /// What is kept was written by a newer version, and is left as it is.
    Newer,
}

name! {
    Keeping {
        Self::Kept => "kept",
        Self::Blocked => "blocked",
        Self::Full => "full",
        Self::Damaged => "damaged",
        Self::Newer => "newer",
    }
}

/// A conversation's place in a store.
pub(crate) struct Archive {
    store: Box<dyn Store>,
    id: String,
    keeping: Keeping,
    /// The document as it was last read or written, to notice what other tabs do.
    seen: Option<String>,
}

/// What other tabs did since the document was last looked at.
pub(crate) enum Elsewhere {
    /// Nothing that concerns us.
    Nothing,
    /// They wrote this.
    Wrote(History),
    /// They deleted it.
    Cleared,
}

impl Archive {
    /// The place of the conversation called `id`. Nothing is read yet.
    pub(crate) fn new(store: Box<dyn Store>, id: &str) -> Self {
        Self { store, id: plain(id), keeping: Keeping::Kept, seen: None }
    }

    /// How the conversation is kept, as far as is known.
    pub(crate) fn keeping(&self) -> Keeping {
        self.keeping
    }

    /// Reads what is stored now.
    pub(crate) fn look(&mut self) -> Elsewhere {
        match self.store.get(&self.key(EVENTS)) {
            Ok(document) => self.take(document),
            Err(_) => {
                self.keeping = Keeping::Blocked;
                Elsewhere::Nothing
            }
        }
    }

    /// Takes in what another tab stored (none: it deleted the conversation).
    pub(crate) fn take(&mut self, document: Option<String>) -> Elsewhere {
        let Some(document) = document else {
            self.can_be_read();
            return if self.seen.take().is_some() {
                Elsewhere::Cleared
            } else {
                Elsewhere::Nothing
            };
        };
        if self.seen.as_ref() == Some(&document) {
            return Elsewhere::Nothing;
        }
        match History::from_json(&document) {
            Ok(history) => {
                self.can_be_read();
                self.seen = Some(document);
                Elsewhere::Wrote(history)
            }
            Err(error) => {
                self.keeping = match error {
                    StoredError::NewerVersion(_) => Keeping::Newer,
                    StoredError::Damaged => Keeping::Damaged,
                };
                Elsewhere::Nothing
            }
        }
    }

    /// Nothing that is stored is unreadable. Whether there is room for more, only a write tells.
    fn can_be_read(&mut self) {
        match self.keeping {
            Keeping::Damaged | Keeping::Newer => self.keeping = Keeping::Kept,
            Keeping::Kept | Keeping::Blocked | Keeping::Full => {}
        }
    }

    /// Whether something is stored that is not all of `history`. Call [`Self::look`] just before.
    pub(crate) fn lacks(&self, history: &History) -> bool {
        self.seen.as_ref().is_some_and(|seen| *seen != history.to_json())
    }

    /// Stores `history`, unless what is there cannot be read. Call [`Self::look`] just before.
    pub(crate) fn write(&mut self, history: &History) {
        match self.keeping {
            Keeping::Damaged | Keeping::Newer => return,
            Keeping::Kept | Keeping::Blocked | Keeping::Full => {}
        }
        let document = history.to_json();
        self.keeping = match self.store.set(&self.key(EVENTS), &document) {
            Ok(()) => {
                self.seen = Some(document);
                Keeping::Kept
            }
            Err(StoreError::Full) => Keeping::Full,
            Err(StoreError::Blocked) => Keeping::Blocked,
        };
    }

    /// Makes room where a document lies that cannot be read: it is copied first, then taken away.
    pub(crate) fn set_aside(&mut self) -> Result<(), StoreError> {
        let key = self.key(EVENTS);
        if let Some(document) = self.store.get(&key)? {
            self.store.set(&self.free_key()?, &document)?;
            self.store.remove(&key)?;
        }
        self.keeping = Keeping::Kept;
        self.seen = None;
        Ok(())
    }

    /// Deletes everything kept about this conversation, set-aside documents and the page's settings included. What was
    /// there is given back, so that it can be undone. An author's draft, which is kept beside it, is no part of it.
    pub(crate) fn clear(&mut self) -> Result<Removed, StoreError> {
        let conversation = self.key(EVENTS);
        self.remove(|key| key.starts_with(&conversation) || key.starts_with(PAGE))
    }

    /// Deletes everything that the pages keep in this browser, of all trees.
    pub(crate) fn clear_all(&mut self) -> Result<Removed, StoreError> {
        self.remove(|key| key.starts_with(PREFIX))
    }

    fn remove(&mut self, is_meant: impl Fn(&str) -> bool) -> Result<Removed, StoreError> {
        let mut removed = Removed::new();
        let keys = match self.store.keys() {
            // The browser has never let us keep anything of it.
            Err(_) if self.seen.is_none() => Vec::new(),
            keys => keys?,
        };
        for key in keys.into_iter().filter(|key| is_meant(key)) {
            let text = self.store.get(&key)?;
            self.store.remove(&key)?;
            removed.extend(text.map(|text| (key, text)));
        }
        self.can_be_read();
        self.seen = None;
        Ok(removed)
    }

    /// Puts back what was deleted; nothing that is there by now is replaced.
    pub(crate) fn put_back(&mut self, removed: &Removed) -> Result<(), StoreError> {
        for (key, text) in removed {
            if self.store.get(key)?.is_none() {
                self.store.set(key, text)?;
            }
        }
        Ok(())
    }

    /// Whether the pages keep anything in this browser besides this conversation.
    pub(crate) fn keeps_more(&self) -> bool {
        let conversation = self.key("");
        let is_other = |key: &String| {
            key.starts_with(PREFIX) && !key.starts_with(&conversation) && !key.starts_with(PAGE)
        };
        self.store.keys().unwrap_or_default().iter().any(is_other)
    }

    /// The source over which every answer of the conversation stood, where an edit has lost one since.
    #[cfg(feature = "studio")]
    pub(crate) fn before(&self) -> Option<String> {
        self.store.get(&self.key(BEFORE)).ok().flatten()
    }

    /// Keeps that source, or forgets it. Without room for it what would keep the answer is offered until the page is left.
    #[cfg(feature = "studio")]
    pub(crate) fn keep_before(&self, source: Option<&str>) {
        let key = self.key(BEFORE);
        let _ = match source {
            Some(source) => self.store.set(&key, source),
            None => self.store.remove(&key),
        };
    }

    /// The key of the stored document, so that a page knows which change of the store is meant.
    pub(crate) fn events_key(&self) -> String {
        self.key(EVENTS)
    }

    fn key(&self, what: &str) -> String {
        key(&self.id, what)
    }

    /// The first key for a set-aside document that is not taken.
    fn free_key(&self) -> Result<String, StoreError> {
        let keys = self.store.keys()?;
        let mut number = 1_u32;
        loop {
            let mut key = self.key(EVENTS);
            key.push_str(".damaged-");
            write_number(&mut key, number.into());
            if !keys.contains(&key) {
                return Ok(key);
            }
            number = number.saturating_add(1);
        }
    }
}

/// The key of something that is kept under the id of a tree.
pub(crate) fn key(id: &str, what: &str) -> String {
    let mut key = PREFIX.to_owned();
    key.push_str(id);
    key.push('/');
    key.push_str(what);
    key
}

/// What was deleted: keys and their texts.
pub(crate) type Removed = Vec<(String, String)>;

/// What the keys of the page's own settings begin with, such as its colours. No tree is called like this.
const PAGE: &str = "treebot/v1/_page/";

/// The last part of the key of a history document.
const EVENTS: &str = "events";

/// The last part of the key of the source from before an edit lost an answer.
#[cfg(feature = "studio")]
pub(crate) const BEFORE: &str = "before";

/// A tree's id as it stands in a key: what is no letter, digit, `-` or `_` becomes `-`.
pub(crate) fn plain(id: &str) -> String {
    id.chars()
        .take(64)
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' })
        .collect()
}
