//! Workers KV as a [`Store`].

use serde_json::Value;
use treebot::Event;
use worker::kv::{KvError, KvStore, ListResponse};

use crate::store::{FORGET, Known, LISTED, Person, Store, StoreError, Written};

/// The namespace that is bound as `STATE`.
pub struct Kv {
    kv: KvStore,
    retention_seconds: u64,
}

/// How many keys one listing can bring. (Workers KV limits)
const PAGE: u64 = 1000;
/// How many keys are deleted in one go: each is a call. The rest is the scheduled handler's.
const DELETED_AT_ONCE: usize = 30;

impl Kv {
    /// Events in `kv`, each kept for so many days.
    #[must_use]
    pub const fn new(kv: KvStore, retention_days: u64) -> Self {
        Self { kv, retention_seconds: retention_days * 24 * 60 * 60 }
    }

    /// Deletes again what was to be forgotten, until nothing is found: KV may have been slow to
    /// show some of it.
    ///
    /// # Errors
    /// KV failed; the next time does the rest.
    pub async fn forget_the_rest(&self) -> Result<(), StoreError> {
        let mut left = DELETED_AT_ONCE;
        for wish in self.list(FORGET, PAGE).await?.keys {
            let Some(person) = Person::of_forget_key(&wish.name) else { continue };
            let found = self.delete_events(&person, left).await?;
            if found == 0 {
                self.kv.delete(&wish.name).await.map_err(failed)?;
            }
            left = left.saturating_sub(found.max(1));
            if left == 0 {
                break;
            }
        }
        Ok(())
    }

    async fn list(&self, prefix: &str, limit: u64) -> Result<ListResponse, StoreError> {
        self.kv.list().prefix(prefix.to_owned()).limit(limit).execute().await.map_err(failed)
    }

    /// Deletes some events of a person, and says how many were found.
    async fn delete_events(&self, person: &Person, most: usize) -> Result<usize, StoreError> {
        let keys = self.list(&person.prefix(), PAGE).await?.keys;
        for key in keys.iter().take(most) {
            self.kv.delete(&key.name).await.map_err(failed)?;
        }
        Ok(keys.len())
    }
}

impl Store for Kv {
    async fn newest(&self, person: &Person) -> Result<Known, StoreError> {
        let listing = self.list(&person.prefix(), LISTED).await?;
        let events = listing.keys.iter().map(|key| (key.name.as_str(), key.metadata.as_ref().and_then(Value::as_str)));
        Ok(Known::read(events))
    }

    async fn append(&self, person: &Person, event: &Event) -> Result<(), StoreError> {
        let Written { key, metadata, value } = Written::new(person, event);
        let put = self.kv.put(&key, value).map_err(failed)?.expiration_ttl(self.retention_seconds);
        put.metadata(metadata).map_err(failed)?.execute().await.map_err(failed)
    }

    async fn forget(&self, person: &Person) -> Result<(), StoreError> {
        // First of all the wish, so that it comes true whatever happens to this request.
        let wish = self.kv.put(&person.forget_key(), "").map_err(failed)?.expiration_ttl(self.retention_seconds);
        wish.execute().await.map_err(failed)?;
        self.delete_events(person, DELETED_AT_ONCE).await.map(|_| ())
    }
}

/// What KV says about a failure is not ours to show: it may name keys.
fn failed(_: KvError) -> StoreError {
    StoreError
}
