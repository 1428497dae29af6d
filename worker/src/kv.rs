//! Workers KV as a [`Store`].

use serde_json::{Value, json};
use treebot::Millis;
use treebot_messenger::errors::Class;
use worker::wasm_bindgen::JsValue;

use crate::gate::Stop;
use crate::js::{ask, get, list, put, value};
use crate::keys::{self, Namespace, seconds};
use crate::store::{
    CHECKED, Forgotten, LISTED, Listing, Person, Row, Store, StoreError, Wish, Written, stop_key,
};

/// The namespace that is bound as `STATE`.
#[derive(Clone)]
pub(crate) struct Kv {
    namespace: JsValue,
    retention_seconds: u64,
}

/// How long KV may answer from its cache, in seconds.
const SHORTEST: u64 = 60;
/// How long it is known what a self-check has found, in seconds: a little longer than until the next.
const CHECK_KEPT: u64 = 2 * 60 * 60;

impl Kv {
    /// The namespace of that name, if it is bound, with events kept for so many days.
    pub(crate) fn bound(env: &JsValue, name: &str, retention_days: u64) -> Option<Self> {
        let namespace = get(env, name).ok().filter(JsValue::is_object)?;
        Some(Self { namespace, retention_seconds: seconds(retention_days) })
    }

    /// Deletes again what was to be forgotten.
    ///
    /// # Errors
    /// KV failed; the next time does the rest.
    pub(crate) async fn forget_the_rest(&self, now: Millis) -> Result<(), StoreError> {
        keys::forget_the_rest(self, now).await
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
            Some(found) => self.write(CHECKED, found, json!({"expirationTtl": CHECK_KEPT})).await,
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

    async fn write(&self, key: &str, content: &str, options: Value) -> Result<(), StoreError> {
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
}

impl Namespace for Kv {
    async fn list(&self, prefix: &str, most: usize) -> Result<Vec<Row>, StoreError> {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let keys = list(&self.namespace, prefix, most).await.map_err(failed)?;
        Ok(keys.into_iter().map(|(key, metadata)| Row::new(key, metadata)).collect())
    }

    async fn put(
        &self,
        key: &str,
        content: &str,
        metadata: Option<&str>,
        seconds: u64,
    ) -> Result<(), StoreError> {
        match metadata {
            Some(metadata) => {
                put(&self.namespace, key, content, seconds, metadata).await.map_err(failed)
            }
            None => self.write(key, content, json!({"expirationTtl": seconds})).await,
        }
    }

    async fn delete(&self, key: &str) -> Result<(), StoreError> {
        ask(&self.namespace, "delete", &[key.into()]).await.map(|_| ()).map_err(failed)
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
        keys::append(self, event, self.retention_seconds).await
    }

    async fn forget(
        &self,
        person: &Person,
        wish: &Wish,
        calls: u32,
    ) -> Result<Forgotten, StoreError> {
        keys::forget(self, person, wish, self.retention_seconds, calls).await
    }

    async fn told(&self, person: &Person, wish: &Wish) -> Result<(), StoreError> {
        keys::told(self, person, wish).await
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
        self.write(&stop_key(page), &stop.to_text(), options).await
    }
}

/// What KV says about a failure is not ours to show: it may name keys.
fn failed(_: JsValue) -> StoreError {
    StoreError
}
