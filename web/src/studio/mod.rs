//! The Studio's side of the boundary: a source that is being written, and everything that is known of it.
//!
//! * [`Desk`] holds all of it, and is pure: a keystroke is one call, which reads the source once, replays the
//!   conversation over it and runs its tests;
//! * [`Studio`] is the desk for JavaScript. What is asked for now and then has a file of its own, with an `impl` of both.
//!
//! Offsets that cross the boundary count UTF-16 code units of the newest source that [`Studio::edit`] was given.

mod beside;
mod changes;
mod desk;
mod impact;
mod language;
mod map;
mod mends;
mod phone;
mod share;
mod sift;
mod sound;
mod spoken;
mod tested;
#[cfg(test)]
mod tests;
mod timeline;
mod told;
mod why;

use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::host::PageHost;
use crate::snapshots::newest;
use crate::store::LocalStore;

pub use changes::{AnswerAt, Change};
pub use desk::Desk;
pub use impact::{Effect, EffectCount, Effects};
pub use language::{Completed, Completions, Heading, Headings, Hovered, Spot, Spots, Words};
pub use map::{Map, MapNode, MapRow, MapView, Outline, Sight};
pub use phone::{Bubble, Limit, Phone, Press};
pub use share::{Opened, Snippets};
pub use sound::Origin;
pub use tested::{Failure, Test, Ways};
pub use timeline::About;
pub use told::{Covered, Preview, Step, StepOutcome, Told};
pub use why::{Addable, Heard, Near, Why};

/// The Studio: a source, its conversation, its tests, and what can be asked about them.
#[wasm_bindgen]
pub struct Studio {
    pub(crate) desk: Desk,
}

#[wasm_bindgen]
impl Studio {
    /// Opens a source. The conversation of that id goes on over it, or begins. Where it does not load, the conversation goes
    /// on over the newest version of it that does, or over the published tree, if that does.
    #[must_use]
    pub fn open(source: &str, id: &str, published: Option<String>) -> Self {
        let open = |source: &str| Desk::open(source, id, Box::new(LocalStore), Box::new(PageHost));
        let mut desk = open(source);
        let mut earlier = newest(&LocalStore, id).chain(published);
        if !desk.loads() {
            let loads = |source: &String| open(source).loads();
            let Some(sound) = earlier.find(loads) else { return Self { desk } };
            desk = open(&sound);
            desk.edit(source);
        }
        desk.recall(earlier);
        Self { desk }
    }

    /// Puts another source in place of the present one, and tells all that follows. While it does not load, the
    /// conversation goes on over the last that did.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn edit(&mut self, source: &str) -> Result<Ts<Told>, JsError> {
        self.desk.edit(source);
        self.told()
    }

    /// The same with `insert` in place of a part of the present source. None where that part is not there as it is
    /// given; then nothing is done, and [`Self::edit`] has to be told all.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    #[wasm_bindgen(js_name = editPart)]
    pub fn edit_part(
        &mut self,
        from: u32,
        to: u32,
        insert: &str,
    ) -> Result<Option<Ts<Told>>, JsError> {
        self.desk.edit_part(from, to, insert).then(|| self.told()).transpose()
    }

    /// Gives advice from now on, or none; [`Self::told`] tells it.
    pub fn advise(&mut self, advice: bool) {
        self.desk.advise(advice);
    }

    /// What is known of the present source.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn told(&self) -> Result<Ts<Told>, JsError> {
        handed(&self.desk.told())
    }

    /// The lines of questions and ends that tests come to, and with a minus those that no test comes to. As numbers that
    /// cross at once: a large tree has thousands, and each key asks for them.
    #[must_use]
    pub fn lines(&self) -> Vec<i32> {
        self.desk.covered_lines()
    }

    /// The conversation, to be drawn.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn preview(&self) -> Result<Ts<Preview>, JsError> {
        handed(&self.desk.preview())
    }

    /// Takes what was typed.
    pub fn send(&mut self, text: &str) {
        self.desk.conversation.send(text);
        self.desk.note();
    }

    /// Takes a pressed choice.
    pub fn tap(&mut self, code: &str, title: &str) {
        self.desk.conversation.tap(code, title);
        self.desk.note();
    }

    /// Takes the last answer back.
    pub fn back(&mut self) {
        self.desk.conversation.back();
        self.desk.note();
    }

    /// Starts again.
    pub fn restart(&mut self) {
        self.desk.conversation.restart();
        self.desk.note();
    }

    /// Takes in the `newValue` of a `storage` event; null where another tab deleted it.
    pub fn sync(&mut self, document: Option<String>) {
        self.desk.conversation.sync(document);
        self.desk.note();
    }

    /// Looks whether another tab has stored something; for a page that was asleep.
    pub fn look(&mut self) {
        self.desk.conversation.look();
        self.desk.note();
    }

    /// Stores what only this tab knows; for a page that is being left.
    pub fn settle(&mut self) {
        self.desk.conversation.settle();
    }

    /// The key whose `storage` events are for [`Self::sync`].
    #[must_use]
    pub fn key(&self) -> String {
        self.desk.conversation.key()
    }

    /// The node that is written at an offset; none in what only the file has, such as `tests`.
    #[must_use]
    #[wasm_bindgen(js_name = nodeAt)]
    pub fn node_at(&self, offset: u32) -> Option<u32> {
        self.desk.node_at(offset)
    }

    /// Where a node is written: its key, to be selected, and all of it. None where there is no such node.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    #[wasm_bindgen(js_name = whereIs)]
    pub fn where_is(&self, node: u32) -> Result<Option<Ts<Whereabouts>>, JsError> {
        self.desk.where_is(node).as_ref().map(handed).transpose()
    }
}

/// Where a node is written, in UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Whereabouts {
    /// Its first unit.
    pub from: u32,
    /// One past its last.
    pub to: u32,
    /// The line of its first unit, from 1.
    pub line: u32,
}

/// A value as JavaScript gets it.
pub(crate) fn handed<T: Serialize + Tsify>(value: &T) -> Result<Ts<T>, JsError> {
    Ok(Ts::new_unchecked(serde_wasm_bindgen::to_value(value)?))
}
