//! The source that an author is working on, kept apart from all conversations.

use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::archive::{Keeping, PREFIX, plain};
use crate::store::{LocalStore, Store, StoreError};

/// The drafts in this browser.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Drafts;

/// A draft as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Draft {
    /// Its source; none where nothing is kept.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether drafts can be kept at all.
    pub keeping: Keeping,
}

#[wasm_bindgen]
impl Drafts {
    /// The draft of that name.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn read(id: &str) -> Result<Ts<Draft>, JsError> {
        Ok(Ts::new_unchecked(serde_wasm_bindgen::to_value(&read(&LocalStore, id))?))
    }

    /// Deletes the draft of that name.
    pub fn remove(id: &str) {
        // Where it cannot be deleted it could not be kept either.
        let _ = LocalStore.remove(&draft_key(id));
    }

    /// The key of that draft, so that a page knows which change of the store is meant.
    #[must_use]
    pub fn key(id: &str) -> String {
        draft_key(id)
    }
}

fn read(store: &dyn Store, id: &str) -> Draft {
    match store.get(&draft_key(id)) {
        Ok(source) => Draft { source, keeping: Keeping::Kept },
        Err(error) => Draft { source: None, keeping: keeping(Err(error)) },
    }
}

/// How something is kept.
pub(crate) fn keeping(outcome: Result<(), StoreError>) -> Keeping {
    match outcome {
        Ok(()) => Keeping::Kept,
        Err(StoreError::Blocked) => Keeping::Blocked,
        Err(StoreError::Full) => Keeping::Full,
    }
}

/// The key of a draft.
pub(crate) fn draft_key(id: &str) -> String {
    format!("{PREFIX}{}/draft", plain(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{BlockedStore, MemoryStore};

    #[test]
    fn a_draft_comes_back_as_it_was_written() {
        let store = MemoryStore::default();
        assert_eq!(read(&store, "studio"), Draft { source: None, keeping: Keeping::Kept });
        assert_eq!(store.set(&draft_key("studio"), "say: Hi\n"), Ok(()));
        assert_eq!(read(&store, "studio").source.as_deref(), Some("say: Hi\n"));
    }

    #[test]
    fn a_browser_that_blocks_storage_has_no_drafts() {
        assert_eq!(
            read(&BlockedStore, "studio"),
            Draft { source: None, keeping: Keeping::Blocked }
        );
    }

    #[test]
    fn an_id_cannot_reach_another_ones_key() {
        assert_eq!(draft_key("a/../b"), "treebot/v1/a----b/draft");
    }
}
