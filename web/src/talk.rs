//! Single messages, for a host in JavaScript that keeps the state of its conversations itself: a server behind another
//! channel, say. `web/host/treebot.mjs` is the other side of this file, and what such a host uses.
//!
//! What crosses the boundary is flat, so that a message costs little more than the engine's work: a list of numbers
//! that says where in this module's memory each text of the reply stands. Most stand in the tree, and are read once.

use std::borrow::Cow;

use treebot::{
    Event, History, Input, InputKind, Message, Millis, ReplyKind, Tree, TurnOptions, turn,
};
use wasm_bindgen::prelude::*;

/// A tree, and what was said last.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Talk {
    tree: Tree,
    /// The codes of the choices, one after the other, and the new state.
    made: String,
    /// Texts that stand nowhere in the tree.
    texts: Vec<String>,
    /// See [`Talk::take`].
    parts: Vec<u32>,
}

/// The most bytes of a state as a string in JSON, as in the metadata of a KV key.
const MAX_STATE: usize = 1024;

#[wasm_bindgen]
impl Talk {
    /// Conversations over a compiled tree. Place codes call it `id`.
    ///
    /// # Errors
    /// The bytes are no compiled tree of this version.
    #[wasm_bindgen(constructor)]
    pub fn new(compiled: &[u8], id: &str) -> Result<Self, JsError> {
        let tree = Tree::from_compiled(compiled)?.called(id);
        Ok(Self { tree, made: String::new(), texts: Vec::new(), parts: Vec::new() })
    }

    /// Takes one input after `state`, which is empty before the first: a text, or none to begin. `at` is its time in
    /// milliseconds since 1970, and `id` what tells it from others.
    ///
    /// Gives back the address of a list of numbers of 32 bits, good until the next call:
    ///
    /// * the reply's kind, in the order of [`ReplyKind`];
    /// * the address and the length in bytes of a text that holds the codes of the choices, one after the other, and
    ///   then the new state;
    /// * how many texts follow, and for each of them what it is (see `web/host/treebot.mjs`), its address
    ///   and its length in bytes;
    /// * how many codes there are, as many as labels, and the end of each in that first text.
    ///
    /// # Errors
    /// The state is none that this engine, or an older one, has given.
    pub fn take(
        &mut self,
        state: &str,
        text: Option<String>,
        at: f64,
        id: String,
    ) -> Result<u32, JsError> {
        let mut history = History::new();
        if !state.is_empty() {
            history.insert(Event::from_compact(state)?);
        }
        let kind = match text {
            Some(text) => InputKind::Text(text),
            None => InputKind::Start { at_node: None },
        };
        #[expect(clippy::cast_possible_truncation, reason = "no time is near the limit")]
        let input = Input { at: Millis(at as i64), id, kind };
        let options = TurnOptions { remembers_said: false, ..TurnOptions::default() };
        let turn = turn(&self.tree, &history, &input, &options);
        self.made.clear();
        self.texts.clear();
        self.parts.clear();
        let reply = turn.reply;
        let codes = reply.choices.iter().map(|choice| choice.code.as_str());
        codes.clone().for_each(|code| self.made.push_str(code));
        self.made.push_str(&turn.event.to_compact(MAX_STATE));
        let pictures =
            reply.messages.iter().filter(|message| matches!(message, Message::Image { .. }));
        let texts =
            reply.note.iter().len() + reply.messages.len() + pictures.count() + reply.choices.len();
        self.parts.extend([
            kind_number(reply.kind),
            address(&self.made),
            length(&self.made),
            number(texts),
        ]);
        let ends = codes.scan(0, |end, code| {
            *end += length(code);
            Some(*end)
        });
        let ends: Vec<u32> = ends.collect();
        if let Some(note) = reply.note {
            add(&mut self.parts, &mut self.texts, NOTE, note.text);
        }
        for message in reply.messages {
            match message {
                Message::Text(text) => add(&mut self.parts, &mut self.texts, MESSAGE, text),
                Message::Image { address, alt } => {
                    add(&mut self.parts, &mut self.texts, PICTURE, address);
                    add(&mut self.parts, &mut self.texts, MESSAGE, alt);
                }
            }
        }
        for choice in reply.choices {
            add(&mut self.parts, &mut self.texts, LABEL, choice.label);
        }
        self.parts.push(number(ends.len()));
        self.parts.extend(ends);
        Ok(number(self.parts.as_ptr().addr()))
    }
}

/// What a text of a reply is: a sentence about the turn.
const NOTE: u32 = 0;
/// A message, or the words of the picture before it.
const MESSAGE: u32 = 2;
/// The address of a picture.
const PICTURE: u32 = 4;
/// What is shown of a choice.
const LABEL: u32 = 6;
/// Added to the others where the text will stand there as long as the tree does.
const LASTING: u32 = 1;

fn add(parts: &mut Vec<u32>, texts: &mut Vec<String>, what: u32, text: Cow<'_, str>) {
    match text {
        Cow::Borrowed(text) => parts.extend([what | LASTING, address(text), length(text)]),
        Cow::Owned(text) => {
            parts.extend([what, address(&text), length(&text)]);
            // Its letters stay where they are.
            texts.push(text);
        }
    }
}

const fn kind_number(kind: ReplyKind) -> u32 {
    match kind {
        ReplyKind::Question => 0,
        ReplyKind::End => 1,
        ReplyKind::Unclear => 2,
        ReplyKind::DidYouMean => 3,
        ReplyKind::Info => 4,
    }
}

fn address(text: &str) -> u32 {
    number(text.as_ptr().addr())
}

fn length(text: &str) -> u32 {
    number(text.len())
}

fn number(number: usize) -> u32 {
    // In wasm32 addresses and lengths have 32 bits.
    u32::try_from(number).unwrap_or_default()
}
