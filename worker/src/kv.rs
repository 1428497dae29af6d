//! Workers KV as a [`Store`].

use serde_json::{Value, json};
use treebot::Millis;
use treebot_messenger::errors::Class;
use worker::wasm_bindgen::JsValue;

use crate::gate::Stop;
use crate::js::{ask, get, list, put, value};
use crate::store::{
    CHECKED, FORGET, LISTED, Listing, Person, Row, Store, StoreError, Wish, Written, is_listed,
    stop_key, to_delete,
};

/// The namespace that is bound as `STATE`.
#[derive(Clone)]
pub(crate) struct Kv {
    namespace: JsValue,
    retention_seconds: u64,
}

/// How many keys one listing can bring. (Workers KV limits)
const PAGE: usize = 1000;
/// How many keys are deleted in one go: each is a call. The rest is the scheduled handler's.
const DELETED_AT_ONCE: usize = 30;
/// For how long it is deleted again at least what somebody asked to be deleted: KV may be slow to show what was written
/// just before.
const DELETED_AGAIN: i64 = 2 * 60 * 60 * 1000;
/// How long a deletion is known of, in seconds: what was done before it is refused for as long as Meta may deliver it.
/// (For an hour, or for 36 by its older pages.)
const WISH_KEPT: u64 = 36 * 60 * 60;
/// How long KV may answer from its cache, in seconds.
const SHORTEST: u64 = 60;
/// How long it is known what a self-check has found, in seconds: a little longer than until the next.
const CHECK_KEPT: u64 = 2 * 60 * 60;

impl Kv {
    /// The namespace of that name, if it is bound, with events kept for so many days.
    pub(crate) fn bound(env: &JsValue, name: &str, retention_days: u64) -> Option<Self> {
        let namespace = get(env, name).ok().filter(JsValue::is_object)?;
        Some(Self { namespace, retention_seconds: retention_days * 24 * 60 * 60 })
    }

    /// Deletes again what was to be forgotten, until nothing is found: KV may have been slow to
    /// show some of it.
    ///
    /// # Errors
    /// KV failed; the next time does the rest.
    pub(crate) async fn forget_the_rest(&self, now: Millis) -> Result<(), StoreError> {
        let mut left = DELETED_AT_ONCE;
        for row in self.list(FORGET, PAGE).await? {
            let Some(person) = Person::of_forget_key(&row.key) else { continue };
            let wish = Wish::read(row.metadata.as_deref(), now);
            let rows = self.list(&person.prefix(), PAGE).await?;
            let is_listed = is_listed(&rows, &wish);
            if !is_listed {
                // KV had failed before it stood among the events, and nobody has asked for it again.
                self.list_wish(&person, &wish).await?;
            }
            // The next time all see it. (One that could not be read is of this moment, each time.)
            let waits = !is_listed && wish.at < now;
            let found = if waits { 0 } else { self.delete_events(&rows, &wish, left).await? };
            if !waits && found == 0 && now.0.saturating_sub(wish.at.0) >= DELETED_AGAIN {
                self.delete(&row.key).await?;
            }
            left = left.saturating_sub(found.max(1));
            if left == 0 {
                break;
            }
        }
        Ok(())
    }

    /// What the last self-check has found, for `/health`.
    pub(crate) async fn checked(&self) -> Result<Option<String>, StoreError> {
        self.get(CHECKED).await
    }

    /// Keeps what a self-check has found: none if all is well.
    ///
    /// # Errors
    /// KV failed.
    pub(crate) async fn keep_checked(&self, found: Option<&str>) -> Result<(), StoreError> {
        match found {
            Some(found) => self.put(CHECKED, found, json!({"expirationTtl": CHECK_KEPT})).await,
            None => self.delete(CHECKED).await,
        }
    }

    /// Calls a method of the namespace.
    pub(crate) async fn call(
        &self,
        method: &str,
        arguments: &[JsValue],
    ) -> Result<JsValue, StoreError> {
        ask(&self.namespace, method, arguments).await.map_err(failed)
    }

    /// The first keys with this prefix, with their metadata.
    async fn list(&self, prefix: &str, limit: usize) -> Result<Vec<Row>, StoreError> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let keys = list(&self.namespace, prefix, limit).await.map_err(failed)?;
        Ok(keys.into_iter().map(|(key, metadata)| Row::new(key, metadata)).collect())
    }

    async fn put(&self, key: &str, content: &str, options: Value) -> Result<(), StoreError> {
        let options = value(&options).map_err(failed)?;
        let put = [key.into(), content.into(), options];
        ask(&self.namespace, "put", &put).await.map(|_| ()).map_err(failed)
    }

    /// A value that is the same for many, so that what KV has cached of it is good enough for a minute.
    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let options = value(&json!({"type": "text", "cacheTtl": SHORTEST})).map_err(failed)?;
        let got = ask(&self.namespace, "get", &[key.into(), options]).await.map_err(failed)?;
        Ok(got.as_string())
    }

    async fn delete(&self, key: &str) -> Result<(), StoreError> {
        ask(&self.namespace, "delete", &[key.into()]).await.map(|_| ()).map_err(failed)
    }

    /// Puts a deletion among the person's events, so that what is older is neither read nor taken any more.
    async fn list_wish(&self, person: &Person, wish: &Wish) -> Result<(), StoreError> {
        self.put(&person.wish_key(wish), "", json!({"expirationTtl": WISH_KEPT})).await
    }

    /// Deletes some of a person's events that are to be forgotten, and says how many were found.
    async fn delete_events(
        &self,
        rows: &[Row],
        wish: &Wish,
        most: usize,
    ) -> Result<usize, StoreError> {
        let meant = to_delete(rows, wish);
        for row in meant.iter().take(most) {
            self.delete(&row.key).await?;
        }
        Ok(meant.len())
    }
}

impl Store for Kv {
    async fn newest(&self, person: &Person) -> Result<Listing, StoreError> {
        self.list(&person.prefix(), LISTED).await.map(Listing::of)
    }

    async fn of_moment(&self, person: &Person, at: Millis) -> Result<Vec<Row>, StoreError> {
        self.list(&person.moment(at), LISTED).await
    }

    async fn append(&self, _: &Person, event: &Written) -> Result<(), StoreError> {
        let Written { key, value, metadata, .. } = event;
        put(&self.namespace, key, value, self.retention_seconds, metadata).await.map_err(failed)
    }

    async fn forget(&self, person: &Person, wish: &Wish) -> Result<(), StoreError> {
        // First of all the wish, so that it comes true whatever happens to this request.
        let text = wish.to_text();
        let options = json!({"expirationTtl": self.retention_seconds, "metadata": text});
        self.put(&person.forget_key(), &text, options).await?;
        self.list_wish(person, wish).await?;
        let rows = self.list(&person.prefix(), PAGE).await?;
        self.delete_events(&rows, wish, DELETED_AT_ONCE).await.map(|_| ())
    }

    async fn stop_of(&self, page: &str) -> Result<Option<Stop>, StoreError> {
        Ok(self.get(&stop_key(page)).await?.and_then(|text| Stop::read(&text)))
    }

    async fn keep_stop(&self, page: &str, stop: Option<&Stop>) -> Result<(), StoreError> {
        let Some(stop) = stop else { return self.delete(&stop_key(page)).await };
        let options = if stop.class == Class::Auth {
            json!({"expirationTtl": self.retention_seconds})
        } else {
            json!({"expiration": stop.until.0 / 1000})
        };
        self.put(&stop_key(page), &stop.to_text(), options).await
    }
}

/// What KV says about a failure is not ours to show: it may name keys.
fn failed(_: JsValue) -> StoreError {
    StoreError
}
