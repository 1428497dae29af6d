//! Single messages, for a host in JavaScript that keeps the state of its conversations itself: a server behind another
//! channel, say. `web/host/treebot.mjs` is the other side of this file, and what such a host uses.
//!
//! What crosses the boundary is flat, so that a message costs little more than the engine's work: the host writes its
//! texts into a piece of this module's memory ([`Talk::room`]), and gets a list of numbers that says where in it each
//! text of the reply stands ([`Talk::take`]). Most stand in the tree, and are read once.

use std::borrow::Cow;

use treebot::{
    Effect, Event, Input, InputKind, Message, Millis, ReplyKind, Tree, TurnOptions, turn_after,
};
use wasm_bindgen::prelude::*;

/// A tree, and what was said last.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Talk {
    tree: Tree,
    /// What the host writes: see [`Talk::room`].
    input: Vec<u8>,
    /// The codes of the choices, one after the other, and the new state. Or what is wrong with the old one.
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
        let tree = Tree::from_compiled(compiled).map_err(|error| JsError::new(error.as_str()))?;
        Ok(Self::over(tree.called(id)))
    }

    /// Conversations over a tree that is read from its YAML. Place codes call it `id`. `max_bytes` is for sources of
    /// more than 1 MiB, if they are the host's own.
    ///
    /// # Errors
    /// What is wrong with the tree, a line for each problem.
    #[cfg(feature = "yaml")]
    pub fn load(source: &str, id: &str, max_bytes: Option<usize>) -> Result<Self, JsError> {
        read(source, id, max_bytes).map(Self::over).map_err(|problems| JsError::new(&problems))
    }

    /// The address of so many bytes of memory that are the host's to write texts into, in UTF-8. They are there until
    /// the next call of this.
    pub fn room(&mut self, bytes: usize) -> usize {
        self.input = vec![0; bytes];
        // The host writes there through this address.
        self.input.as_mut_ptr().expose_provenance()
    }

    /// Takes one input: 0 begins, 1 is something typed, 2 a choice that was pressed, by its code. In the room stand, one
    /// after the other and with these numbers of bytes: the state, which is empty before the first input; what tells
    /// the input from others; and the text or the code. `at` is its time in milliseconds since 1970.
    ///
    /// Gives back the address of a list of numbers of 32 bits, good until the next call:
    ///
    /// * the reply's kind, in the order of [`ReplyKind`], and 8 more if the host is to delete what it has stored;
    /// * the address and the length in bytes of a text that holds the codes of the choices, one after the other, and
    ///   then the new state;
    /// * how many texts follow, and for each of them what it is (see `web/host/treebot.mjs`), its address
    ///   and its length in bytes;
    /// * how many choices there are, and for each of them the end of its code in that first text, and its label as one
    ///   of the texts.
    ///
    /// Gives 0 if the state is none that this engine, or an older one, has given: then [`Talk::problem`] says so.
    pub fn take(&mut self, what: u32, state: usize, id: usize, text: usize, at: f64) -> usize {
        self.made.clear();
        self.texts.clear();
        self.parts.clear();
        match self.answer(what, [state, id, text], at) {
            // The host reads there, through this address.
            Ok(()) => self.parts.as_ptr().expose_provenance(),
            Err(problem) => {
                self.made = problem;
                0
            }
        }
    }

    /// Why nothing could be taken.
    #[must_use]
    pub fn problem(&self) -> String {
        self.made.clone()
    }
}

impl Talk {
    const fn over(tree: Tree) -> Self {
        Self { tree, input: Vec::new(), made: String::new(), texts: Vec::new(), parts: Vec::new() }
    }

    fn answer(&mut self, what: u32, lengths: [usize; 3], at: f64) -> Result<(), String> {
        let mut room = self.input.as_slice();
        let texts = lengths.map(|length| {
            let (text, rest) = room.split_at_checked(length)?;
            room = rest;
            str::from_utf8(text).ok()
        });
        let [Some(state), Some(id), Some(text)] = texts else {
            return Err("a text that was handed over is cut, or not UTF-8".to_owned());
        };
        let before = match state {
            "" => None,
            state => Some(Event::resume(state).map_err(|problem| problem.into_text())?),
        };
        let kind = match what {
            0 => InputKind::Start { at_node: None },
            1 => InputKind::Text(text.to_owned()),
            _ => InputKind::Tap { code: text.to_owned(), title: None },
        };
        #[expect(clippy::cast_possible_truncation, reason = "no time is near the limit")]
        let input = Input { at: Millis(at as i64), id: id.to_owned(), kind };
        let options = TurnOptions { remembers_said: false, ..TurnOptions::default() };
        let turn = turn_after(&self.tree, before.as_ref(), input, &options);
        let reply = turn.reply;
        let forgets = if turn.effect == Effect::Forget { FORGETS } else { 0 };
        let pictures = reply.messages.iter().filter(|of| matches!(of, Message::Image { .. }));
        let texts = reply.note.iter().len() + reply.messages.len() + pictures.count();
        let (parts, texts_made) = (&mut self.parts, &mut self.texts);
        // Where the codes and the state stand is known at the end.
        parts.extend([kind_number(reply.kind) | forgets, 0, 0, number(texts)]);
        if let Some(note) = reply.note {
            add(parts, texts_made, NOTE, note.text);
        }
        for message in reply.messages {
            match message {
                Message::Text(text) => add(parts, texts_made, MESSAGE, text),
                Message::Image { address, alt } => {
                    add(parts, texts_made, PICTURE, address);
                    add(parts, texts_made, MESSAGE, alt);
                }
            }
        }
        parts.push(number(reply.choices.len()));
        for choice in reply.choices {
            self.made.push_str(choice.code.as_str());
            parts.push(length_of(&self.made));
            add(parts, texts_made, LABEL, choice.label);
        }
        self.made.push_str(&turn.event.to_compact(MAX_STATE));
        if let [_, address, length, ..] = parts.as_mut_slice() {
            *address = address_of(&self.made);
            *length = length_of(&self.made);
        }
        Ok(())
    }
}

/// A tree from its YAML, or what is wrong with it.
#[cfg(feature = "yaml")]
fn read(source: &str, id: &str, max_bytes: Option<usize>) -> Result<Tree, String> {
    use std::fmt::Write as _;
    use treebot::{Limits, LoadOptions, Severity, load_with};

    let mut limits = Limits::default();
    if let Some(bytes) = max_bytes {
        // No value takes less than a byte, but for what is written by aliases.
        limits = Limits { bytes, values: limits.values.max(bytes), ..limits };
    }
    let loaded = load_with(
        source,
        &LoadOptions { name: Some(id.to_owned()), limits, ..LoadOptions::default() },
    );
    loaded.tree.ok_or_else(|| {
        let errors = loaded.diagnostics.iter().filter(|of| of.severity == Severity::Error);
        errors.fold(String::new(), |mut lines, error| {
            let before = source.get(..error.span.start).unwrap_or(source);
            let line = before.matches('\n').count() + 1;
            let next = if lines.is_empty() { "" } else { "\n" };
            let _ = write!(lines, "{next}line {line}: {}", error.message);
            lines
        })
    })
}

/// Added to the reply's kind.
const FORGETS: u32 = 8;

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
        Cow::Borrowed(text) => parts.extend([what | LASTING, address_of(text), length_of(text)]),
        Cow::Owned(text) => {
            parts.extend([what, address_of(&text), length_of(&text)]);
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

fn address_of(text: &str) -> u32 {
    number(text.as_ptr().expose_provenance())
}

fn length_of(text: &str) -> u32 {
    number(text.len())
}

fn number(number: usize) -> u32 {
    // In wasm32 addresses and lengths have 32 bits.
    u32::try_from(number).unwrap_or_default()
}
