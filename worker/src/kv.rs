//! Workers KV as a [`Store`].
//!
//! KV is called as JavaScript sees it, with JSON as the go-between: the `worker` crate's own way
//! would bring a second reader for JavaScript values into the Worker.

use serde_json::{Value, json};
use treebot::Event;
use worker::js_sys::{Array, Function, JSON, Promise, Reflect};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;

use crate::store::{FORGET, Known, LISTED, Person, Store, StoreError, Written};

/// The namespace that is bound as `STATE`.
pub(crate) struct Kv {
    namespace: JsValue,
    retention_seconds: u64,
}

/// How many keys one listing can bring. (Workers KV limits)
const PAGE: u64 = 1000;
/// How many keys are deleted in one go: each is a call. The rest is the scheduled handler's.
const DELETED_AT_ONCE: usize = 30;

impl Kv {
    /// The namespace of that name, if it is bound, with events kept for so many days.
    pub(crate) fn bound(env: &JsValue, name: &str, retention_days: u64) -> Option<Self> {
        let namespace = Reflect::get(env, &name.into()).ok().filter(JsValue::is_object)?;
        Some(Self { namespace, retention_seconds: retention_days * 24 * 60 * 60 })
    }

    /// Deletes again what was to be forgotten, until nothing is found: KV may have been slow to
    /// show some of it.
    ///
    /// # Errors
    /// KV failed; the next time does the rest.
    pub(crate) async fn forget_the_rest(&self) -> Result<(), StoreError> {
        let mut left = DELETED_AT_ONCE;
        for (wish, _) in self.list(FORGET, PAGE).await? {
            let Some(person) = Person::of_forget_key(&wish) else { continue };
            let found = self.delete_events(&person, left).await?;
            if found == 0 {
                self.call("delete", &[wish.into()]).await?;
            }
            left = left.saturating_sub(found.max(1));
            if left == 0 {
                break;
            }
        }
        Ok(())
    }

    /// The first keys with this prefix, with their metadata.
    async fn list(
        &self,
        prefix: &str,
        limit: u64,
    ) -> Result<Vec<(String, Option<String>)>, StoreError> {
        let listing =
            self.call("list", &[options(&json!({"prefix": prefix, "limit": limit}))?]).await?;
        let listing = JSON::stringify(&listing).map_err(failed)?;
        let listing: Value =
            serde_json::from_str(&String::from(listing)).map_err(|_| StoreError)?;
        let text = |key: &Value, name| key.get(name).and_then(Value::as_str).map(str::to_owned);
        let keys = listing.get("keys").and_then(Value::as_array).ok_or(StoreError)?;
        Ok(keys
            .iter()
            .filter_map(|key| Some((text(key, "name")?, text(key, "metadata"))))
            .collect())
    }

    async fn put(&self, key: &str, value: &str, metadata: Option<&str>) -> Result<(), StoreError> {
        let put = options(&json!({"expirationTtl": self.retention_seconds, "metadata": metadata}))?;
        self.call("put", &[key.into(), value.into(), put]).await.map(|_| ())
    }

    /// Deletes some events of a person, and says how many were found.
    async fn delete_events(&self, person: &Person, most: usize) -> Result<usize, StoreError> {
        let keys = self.list(&person.prefix(), PAGE).await?;
        for (key, _) in keys.iter().take(most) {
            self.call("delete", &[key.into()]).await?;
        }
        Ok(keys.len())
    }

    async fn call(&self, method: &str, arguments: &[JsValue]) -> Result<JsValue, StoreError> {
        let function: Function = Reflect::get(&self.namespace, &method.into())
            .and_then(JsCast::dyn_into)
            .map_err(failed)?;
        let arguments: Array = arguments.iter().collect();
        let promise: Promise = function
            .apply(&self.namespace, &arguments)
            .and_then(JsCast::dyn_into)
            .map_err(failed)?;
        JsFuture::from(promise).await.map_err(failed)
    }
}

impl Store for Kv {
    async fn newest(&self, person: &Person) -> Result<Known, StoreError> {
        let listing = self.list(&person.prefix(), LISTED).await?;
        Ok(Known::read(listing.iter().map(|(key, metadata)| (key.as_str(), metadata.as_deref()))))
    }

    async fn append(&self, person: &Person, event: &Event) -> Result<(), StoreError> {
        let Written { key, metadata, value } = Written::new(person, event);
        self.put(&key, &value, Some(&metadata)).await
    }

    async fn forget(&self, person: &Person) -> Result<(), StoreError> {
        // First of all the wish, so that it comes true whatever happens to this request.
        self.put(&person.forget_key(), "", None).await?;
        self.delete_events(person, DELETED_AT_ONCE).await.map(|_| ())
    }
}

fn options(options: &Value) -> Result<JsValue, StoreError> {
    JSON::parse(&options.to_string()).map_err(failed)
}

/// What KV says about a failure is not ours to show: it may name keys.
fn failed(_: JsValue) -> StoreError {
    StoreError
}
