//! [`Conversation`] for JavaScript.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use treebot::Tree;

#[cfg(feature = "studio")]
use crate::conversation::Kept;
use crate::conversation::{Conversation, Narrowed};
use crate::export::Format;
use crate::host::PageHost;
use crate::json::to_page;
use crate::store::LocalStore;
#[cfg(feature = "studio")]
use crate::store::{MemoryStore, Store};
use crate::view::View;

/// One conversation of one tree, kept in this browser.
#[wasm_bindgen]
pub struct Session {
    conversation: Conversation,
}

#[wasm_bindgen]
impl Session {
    /// Goes on with the conversation of the compiled tree called `id`, or begins it.
    ///
    /// # Errors
    /// The bytes are no compiled tree of this version.
    #[wasm_bindgen(js_name = openCompiled)]
    pub fn open_compiled(compiled: &[u8], id: &str) -> Result<Self, JsError> {
        let tree =
            Tree::from_compiled(compiled).map_err(|error| JsError::new(error.as_str()))?.called(id);
        let conversation =
            Conversation::over(Some(tree), id, Box::new(LocalStore), Box::new(PageHost));
        Ok(Self { conversation })
    }

    /// Everything to draw.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn view(&self) -> Result<Ts<View>, JsError> {
        to_page(&self.conversation.view())
    }

    /// Takes what was typed.
    pub fn send(&mut self, text: &str) {
        self.conversation.send(text);
    }

    /// Takes a pressed choice.
    pub fn tap(&mut self, code: &str, title: &str) {
        self.conversation.tap(code, title);
    }

    /// Takes the last answer back.
    pub fn back(&mut self) {
        self.conversation.back();
    }

    /// Starts again.
    pub fn restart(&mut self) {
        self.conversation.restart();
    }

    /// Asks what can be said.
    pub fn help(&mut self) {
        self.conversation.help();
    }

    /// Returns to where the conversation stood before the newest turn.
    pub fn undo(&mut self) {
        self.conversation.undo();
    }

    /// What `text` would do if it were sent now, and the answers that it may become.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn narrow(&self, text: &str) -> Result<Ts<Narrowed>, JsError> {
        to_page(&self.conversation.narrow(text))
    }

    /// Asks the question of an earlier answer again, by the number of the answer from 0. Nothing changes until it is
    /// answered.
    pub fn change(&mut self, step: u32) {
        self.conversation.change(step as usize);
    }

    /// Leaves the answer that is being changed as it is.
    #[wasm_bindgen(js_name = keepAnswer)]
    pub fn keep_answer(&mut self) {
        self.conversation.keep_answer();
    }

    /// Goes where a link leads. The code may be anything.
    pub fn follow(&mut self, code: &str) {
        self.conversation.follow(code);
    }

    /// The conversation to take away: `text`, `markdown`, or else the JSON document that the browser keeps.
    #[must_use]
    pub fn export(&self, format: &str) -> String {
        match format {
            "text" => self.conversation.export(Format::Text),
            "markdown" => self.conversation.export(Format::Markdown),
            _ => self.conversation.document(),
        }
    }

    /// Takes in the `newValue` of a `storage` event; null where another tab deleted it.
    pub fn sync(&mut self, document: Option<String>) {
        self.conversation.sync(document);
    }

    /// Looks whether another tab has stored something; for a page that was asleep.
    pub fn look(&mut self) {
        self.conversation.look();
    }

    /// Stores what only this tab knows; for a page that is being left.
    pub fn settle(&mut self) {
        self.conversation.settle();
    }

    /// Sets aside what cannot be read. False where there is no room for a copy.
    #[wasm_bindgen(js_name = startAfresh)]
    pub fn start_afresh(&mut self) -> bool {
        self.conversation.start_afresh().is_ok()
    }

    /// Deletes this conversation, or everything the pages keep in this browser. False where the
    /// browser refused.
    pub fn clear(&mut self, everything: bool) -> bool {
        self.conversation.clear(everything).is_ok()
    }

    /// Whether the pages keep anything in this browser besides this conversation.
    #[must_use]
    #[wasm_bindgen(js_name = keepsMore)]
    pub fn keeps_more(&self) -> bool {
        self.conversation.keeps_more()
    }

    /// The key whose `storage` events are for [`Self::sync`].
    #[must_use]
    pub fn key(&self) -> String {
        self.conversation.key()
    }
}

#[cfg(feature = "studio")]
#[wasm_bindgen]
impl Session {
    /// Goes on with the conversation of the tree called `id` over its source, or begins it. A preview is kept
    /// nowhere, and leaves the visitor's own conversation alone.
    #[must_use]
    pub fn open(source: &str, id: &str, preview: bool) -> Self {
        let conversation = Conversation::open(source, id, store(preview), Box::new(PageHost));
        Self { conversation }
    }

    /// Goes on over another source; while it does not load, over the last that did.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn reload(&mut self, source: &str) -> Result<Ts<Kept>, JsError> {
        Ok(Ts::new_unchecked(serde_wasm_bindgen::to_value(&self.conversation.reload(source))?))
    }
}

#[cfg(feature = "studio")]
fn store(preview: bool) -> Box<dyn Store> {
    if preview { Box::new(MemoryStore::default()) } else { Box::new(LocalStore) }
}
