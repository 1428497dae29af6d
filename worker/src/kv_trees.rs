//! Workers KV as a [`TreeStore`].

use worker::js_sys::{JSON, Uint8Array};

use crate::kv::Kv;
use crate::publish::MAX_BUNDLE;
use crate::served::TreeStore;
use crate::store::StoreError;

/// For 30 seconds KV may answer from memory, which is the least that it takes. (Workers KV: `cacheTtl`)
const GET: &str = r#"{"type":"arrayBuffer","cacheTtl":30}"#;

impl TreeStore for Kv {
    async fn tree(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let get = JSON::parse(GET).map_err(|_| StoreError)?;
        let value = self.call("get", &[key.into(), get]).await?;
        if value.is_null() {
            return Ok(None);
        }
        let bytes = Uint8Array::new(&value);
        // What is longer was not put there by us. A part of it is as good as all: it is damaged.
        let most = u32::try_from(MAX_BUNDLE).unwrap_or(u32::MAX);
        Ok(Some(bytes.subarray(0, most.min(bytes.length())).to_vec()))
    }

    async fn put_tree(&self, key: &str, bundle: &[u8]) -> Result<(), StoreError> {
        let bytes: Uint8Array = bundle.into();
        self.call("put", &[key.into(), bytes.into()]).await.map(|_| ())
    }

    async fn delete_tree(&self, key: &str) -> Result<(), StoreError> {
        self.call("delete", &[key.into()]).await.map(|_| ())
    }
}
