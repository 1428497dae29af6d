//! Where a page keeps things: `localStorage`, or memory where that is not to be had.
//!
//! Every call may fail, since a browser may refuse storage altogether, or have no room left. A
//! failure is a value; what is stored already is never touched by it.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

/// Texts by key.
pub trait Store {
    /// The text under `key`, if there is one.
    ///
    /// # Errors
    /// The store cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;
    /// Puts `text` under `key`. After a failure, what was there before is there still.
    ///
    /// # Errors
    /// The store cannot be written, or is full.
    fn set(&self, key: &str, text: &str) -> Result<(), StoreError>;
    /// Takes away what is under `key`.
    ///
    /// # Errors
    /// The store cannot be written.
    fn remove(&self, key: &str) -> Result<(), StoreError>;
    /// All keys, of this application and of others.
    ///
    /// # Errors
    /// The store cannot be read.
    fn keys(&self) -> Result<Vec<String>, StoreError>;
}

/// Why a store did not do as it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser does not let this page store anything.
    Blocked,
    /// There is no room left.
    Full,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Blocked => "this browser does not let the page keep anything",
            Self::Full => "this browser has no room left for the page",
        })
    }
}

impl std::error::Error for StoreError {}

/// The browser's `localStorage`. Asked for anew by each call, as it may be blocked at any time.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocalStore;

impl Store for LocalStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        get_item(key).map_err(|_| StoreError::Blocked)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), StoreError> {
        set_item(key, text).map_err(|error| reason(&error))
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        remove_item(key).map_err(|_| StoreError::Blocked)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let mut keys = Vec::new();
        while let Some(key) = key(keys.len()).map_err(|_| StoreError::Blocked)? {
            keys.push(key);
        }
        Ok(keys)
    }
}

// Each call throws where there is no storage, or where the browser keeps the page from it.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = localStorage, js_name = getItem, catch)]
    fn get_item(key: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(js_namespace = localStorage, js_name = setItem, catch)]
    fn set_item(key: &str, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = localStorage, js_name = removeItem, catch)]
    fn remove_item(key: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = localStorage, catch)]
    fn key(number: usize) -> Result<Option<String>, JsValue>;

    type Thrown;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn name(this: &Thrown) -> Result<String, JsValue>;
}

/// Why a write threw. Browsers name a full store in two ways.
fn reason(error: &JsValue) -> StoreError {
    match error.unchecked_ref::<Thrown>().name().as_deref() {
        Ok("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StoreError::Full,
        _ => StoreError::Blocked,
    }
}

/// A store in memory: for previews, and for tests. Its clones share one content, as tabs do.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    content: Rc<RefCell<Vec<(String, String)>>>,
    room: Option<usize>,
}

impl MemoryStore {
    /// A store that has room for so many bytes of keys and texts.
    #[must_use]
    pub fn with_room(bytes: usize) -> Self {
        Self { room: Some(bytes), ..Self::default() }
    }
}

impl Store for MemoryStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let content = self.content.borrow();
        Ok(content.iter().find(|(name, _)| name == key).map(|(_, text)| text.clone()))
    }

    fn set(&self, key: &str, text: &str) -> Result<(), StoreError> {
        let mut content = self.content.borrow_mut();
        let others: usize = content
            .iter()
            .filter(|(name, _)| name != key)
            .map(|(name, text)| name.len() + text.len())
            .sum();
        if self.room.is_some_and(|room| others + key.len() + text.len() > room) {
            return Err(StoreError::Full);
        }
        content.retain(|(name, _)| name != key);
        let at = content.partition_point(|(name, _)| name.as_str() < key);
        content.insert(at, (key.to_owned(), text.to_owned()));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.content.borrow_mut().retain(|(name, _)| name != key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.content.borrow().iter().map(|(name, _)| name.clone()).collect())
    }
}

/// A store that refuses everything, as a browser does that blocks storage.
#[derive(Clone, Copy, Debug, Default)]
pub struct BlockedStore;

impl Store for BlockedStore {
    fn get(&self, _key: &str) -> Result<Option<String>, StoreError> {
        Err(StoreError::Blocked)
    }
    fn set(&self, _key: &str, _text: &str) -> Result<(), StoreError> {
        Err(StoreError::Blocked)
    }
    fn remove(&self, _key: &str) -> Result<(), StoreError> {
        Err(StoreError::Blocked)
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Err(StoreError::Blocked)
    }
}
