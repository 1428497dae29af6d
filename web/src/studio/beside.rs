//! What the Studio shows beside the source and the conversation: the map, the impact on earlier editions, the
//! conversation as Messenger shows it, and links. Each is made when somebody looks at it, so that none costs a
//! keystroke which nobody sees.

use treebot::Trail;
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::archive::Archive;
use crate::host::{Host, PageHost};
use crate::store::{MemoryStore, Store};

use super::impact::{Before, Effects};
use super::map::{Map, MapView, Now, Outline, Sight};
use super::phone::{Phone, Pressed, limits, phone, pressed};
use super::share::{self, Opened, Snippets, pack, snippets};
use super::sound::Sound;
use super::{Desk, Studio, handed};

/// What is kept for that between two looks.
#[derive(Default)]
pub(crate) struct Beside {
    map: Map,
    /// Whether the map is of the present source.
    is_read: bool,
    /// Where the conversation stood when the map was marked.
    marked: Option<Trail>,
    /// The edition that the present one is compared with.
    before: Option<Before>,
    /// Where the conversation stood when "More…" was pressed, and the first answer to be shown there.
    page: Option<(Option<Trail>, usize)>,
}

impl Beside {
    /// Another source has been put in.
    pub(crate) fn outdate(&mut self) {
        self.is_read = false;
    }
}

impl Desk {
    /// Opens what a link holds: somebody else's source, with a conversation if one came along. Nothing of it is kept in this
    /// browser.
    #[must_use]
    pub fn visit(opened: &Opened, id: &str, host: Box<dyn Host>) -> Self {
        let store = MemoryStore::default();
        if let Some(history) = &opened.history {
            // Memory takes everything.
            let _ = store.set(&Archive::new(Box::new(store.clone()), id).events_key(), history);
        }
        let Some(sound) = &opened.sound else {
            return Self::open(&opened.source, id, Box::new(store), host);
        };
        let mut desk = Self::open(sound, id, Box::new(store), host);
        desk.edit(&opened.source);
        desk
    }

    /// The map of the present source.
    pub fn map(&mut self) -> &mut Map {
        let trail = self.conversation.trail().cloned();
        let is_marked = self.beside.is_read && self.beside.marked == trail;
        if !is_marked {
            let spoken = self.sound.as_ref().map_or(&self.analysis, |sound| &sound.analysis);
            let now = Now {
                tree: self.conversation.tree(),
                trail: trail.as_ref(),
                other: self.sound.as_ref().map(Sound::graph),
                coverage: (!spoken.tests().is_empty()).then_some(&self.coverage),
            };
            if self.beside.is_read {
                self.beside.map.mark(now);
            } else {
                self.beside.map.read(&self.analysis, now);
            }
            self.beside.is_read = true;
            self.beside.marked = trail;
        }
        &mut self.beside.map
    }

    /// Compares with an earlier edition from now on.
    ///
    /// # Errors
    /// It does not load: why, in words. What was compared with before stays.
    pub fn compare_with(&mut self, source: &str) -> Result<(), String> {
        self.beside.before = Some(Before::read(source, self.id())?);
        Ok(())
    }

    /// What the present source does to people in a conversation over the edition that it is compared with; none where
    /// there is none.
    #[must_use]
    pub fn effects(&self, all: bool) -> Option<Effects> {
        let before = self.beside.before.as_ref()?;
        Some(before.effects(&self.analysis, &self.units, all))
    }

    /// The conversation as Messenger shows it; none where there is no tree.
    #[must_use]
    pub fn phone(&self) -> Option<Phone> {
        let (tree, reply) = self.conversation.asks()?;
        let root = Trail::root();
        let trail = self.conversation.trail();
        let page = self.beside.page.as_ref().filter(|(at, _)| at.as_ref() == trail);
        let from = page.map_or(0, |(_, from)| *from);
        let turns = self.conversation.turns();
        let mut shown = phone(tree, turns, reply, self.conversation.has_replied(), from);
        shown.limits = limits(&self.analysis, &self.units, tree, trail.unwrap_or(&root));
        Some(shown)
    }

    /// Takes what was pressed on the phone.
    pub fn press(&mut self, payload: &str, title: &str) {
        match pressed(payload) {
            Pressed::Tap(code) => {
                self.conversation.tap(&code, title);
                self.note();
            }
            Pressed::More(from) => {
                self.beside.page = Some((self.conversation.trail().cloned(), from));
            }
        }
    }

    /// Links to the present source, with the conversation if that is wanted. `page` is the address of the Studio.
    ///
    /// # Errors
    /// It is too much for a link: what to do then, in words.
    pub fn links(&self, page: &str, with_conversation: bool) -> Result<Snippets, String> {
        let history = self.conversation.shown().filter(|_| with_conversation);
        // A conversation goes on over what loads.
        let sound = self.sound.as_ref().map(|sound| sound.analysis.source());
        let conversation = history.as_ref().map(|history| (history, sound));
        let text = pack(self.analysis.source(), conversation).map_err(share::TooLong::message)?;
        let title = self.conversation.asks().map(|(tree, _)| tree.title()).unwrap_or_default();
        Ok(snippets(page, &text, title))
    }
}

#[wasm_bindgen]
impl Studio {
    /// What a link holds, from the text of its parameter; or why it cannot be opened.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    #[wasm_bindgen(js_name = openLink)]
    pub fn open_link(text: &str) -> Result<Ts<Opened>, JsError> {
        handed(&Opened::of(text))
    }

    /// Opens what a link holds. Nothing of it is kept in this browser.
    #[must_use]
    pub fn visit(source: String, id: &str, history: Option<String>, sound: Option<String>) -> Self {
        let opened = Opened { source, history, sound, problem: None };
        Self { desk: Desk::visit(&opened, id, Box::new(PageHost)) }
    }

    /// The part of the map between these edges.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn map(
        &mut self,
        left: i32,
        top: i32,
        right: i32,
        bottom: i32,
    ) -> Result<Ts<MapView>, JsError> {
        handed(&self.desk.map().view(Sight { left, top, right, bottom }))
    }

    /// So many rows of the map as an outline, from one on.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    #[wasm_bindgen(js_name = mapOutline)]
    pub fn map_outline(&mut self, from: u32, count: u32) -> Result<Ts<Outline>, JsError> {
        handed(&self.desk.map().outline(from, count))
    }

    /// The row of a node in the outline, or of the one that hides it.
    #[wasm_bindgen(js_name = mapRow)]
    pub fn map_row(&mut self, node: u32) -> Option<u32> {
        self.desk.map().row_of(node)
    }

    /// Where a key leads from a node of the outline.
    #[wasm_bindgen(js_name = mapKey)]
    pub fn map_key(&mut self, node: u32, key: &str) -> u32 {
        self.desk.map().key(node, key)
    }

    /// Shows a node on the map, whatever hides it, as the one that the author looks at.
    #[wasm_bindgen(js_name = mapSelect)]
    pub fn map_select(&mut self, node: Option<u32>) {
        self.desk.map().select(node);
    }

    /// Shows what hangs from a node, or hides it.
    #[wasm_bindgen(js_name = mapToggle)]
    pub fn map_toggle(&mut self, node: u32) {
        self.desk.map().toggle(node);
    }

    /// Shows one level more of the map, or one less.
    #[wasm_bindgen(js_name = mapLevels)]
    pub fn map_levels(&mut self, more: bool) {
        self.desk.map().show_levels(more);
    }

    /// Looks for nodes by their names, answers and words; how many there are.
    #[wasm_bindgen(js_name = mapFind)]
    pub fn map_find(&mut self, text: &str) -> u32 {
        self.desk.map().find(text)
    }

    /// The next node that was found, or the one before.
    #[wasm_bindgen(js_name = mapNext)]
    pub fn map_next(&mut self, after: Option<u32>, back: bool) -> Option<u32> {
        self.desk.map().next_found(after, back)
    }

    /// Where the conversation stands, by its number in the present source.
    #[wasm_bindgen(js_name = mapHere)]
    pub fn map_here(&mut self) -> Option<u32> {
        self.desk.map().here()
    }

    /// Looks at the map for the first time, where so much of its height can be read at once.
    #[wasm_bindgen(js_name = mapBegin)]
    pub fn map_begin(&mut self, height: u32) {
        self.desk.map().begin(height);
    }

    /// What is best seen together with a node of the map, where there is so much room; the node alone where there is
    /// none. Its edges: left, top, right and bottom.
    #[wasm_bindgen(js_name = mapFrame)]
    pub fn map_frame(&mut self, node: u32, width: i32, height: i32) -> Option<Vec<i32>> {
        let frame = self.desk.map().frame(node, width, height)?;
        Some(vec![frame.left, frame.top, frame.right, frame.bottom])
    }

    /// The map as an SVG file.
    #[wasm_bindgen(js_name = mapPicture)]
    pub fn map_picture(&mut self, title: &str) -> String {
        self.desk.map().svg(title)
    }

    /// Compares with an earlier edition from now on. What is wrong with it, if it does not load.
    #[wasm_bindgen(js_name = compareWith)]
    pub fn compare_with(&mut self, source: &str) -> Option<String> {
        self.desk.compare_with(source).err()
    }

    /// What the present source does to people in a conversation over that edition; `all` looks at every place, however
    /// long it takes.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn effects(&self, all: bool) -> Result<Option<Ts<Effects>>, JsError> {
        self.desk.effects(all).as_ref().map(handed).transpose()
    }

    /// The conversation as Messenger shows it.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn phone(&self) -> Result<Option<Ts<Phone>>, JsError> {
        self.desk.phone().as_ref().map(handed).transpose()
    }

    /// Takes what was pressed on the phone.
    pub fn press(&mut self, payload: &str, title: &str) {
        self.desk.press(payload, title);
    }

    /// Links to the present source. `page` is the address of the Studio.
    ///
    /// # Errors
    /// It is too much for a link: what to do then.
    pub fn links(&self, page: &str, with_conversation: bool) -> Result<Ts<Snippets>, JsError> {
        let links = self.desk.links(page, with_conversation);
        handed(&links.map_err(|problem| JsError::new(&problem))?)
    }
}

#[cfg(test)]
mod tests;
