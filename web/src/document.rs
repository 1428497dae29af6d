//! What an editor is told about a source.

use serde::Serialize;
use treebot::{Diagnostic, Loaded, Severity, Span, Utf16Map};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

/// A source, as an editor has it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Document;

#[wasm_bindgen]
impl Document {
    /// All that is wrong with `source`, in UTF-16 offsets.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn analyse(source: &str) -> Result<Ts<Analysis>, JsError> {
        Ok(Ts::new_unchecked(serde_wasm_bindgen::to_value(&analyse(source))?))
    }
}

/// What is wrong with a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Analysis {
    /// Whether there is a tree: nothing is an error.
    pub loads: bool,
    /// What is wrong, in the order of the source.
    pub faults: Vec<Fault>,
}

/// A diagnostic, in the editor's units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Fault {
    /// Its first UTF-16 code unit.
    pub from: u32,
    /// One past its last.
    pub to: u32,
    /// Its line, from 1.
    pub line: u32,
    /// `error` or `warning`.
    #[tsify(type = "\"error\" | \"warning\"")]
    pub severity: &'static str,
    /// Its kind, such as `T012`.
    pub code: &'static str,
    /// In the author's words.
    pub message: String,
    /// Changes that mend it.
    pub fixes: Vec<Mend>,
}

/// A change that mends a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Mend {
    /// What it does.
    pub title: String,
    /// The replacements, in order and not overlapping.
    pub edits: Vec<Replacement>,
}

/// Text to put in place of a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Replacement {
    /// The first UTF-16 code unit that is replaced.
    pub from: u32,
    /// One past the last.
    pub to: u32,
    /// By what.
    pub insert: String,
}

/// All that is wrong with `source`.
#[must_use]
pub fn analyse(source: &str) -> Analysis {
    analysis(source, &treebot::load(source))
}

/// The same, of a source that is loaded already.
pub(crate) fn analysis(source: &str, loaded: &Loaded) -> Analysis {
    let units = Units::new(source);
    Analysis {
        loads: loaded.tree.is_some(),
        faults: loaded.diagnostics.iter().map(|diagnostic| units.fault(diagnostic)).collect(),
    }
}

/// Spans of a source in the editor's units.
struct Units<'s> {
    source: &'s str,
    map: Utf16Map,
}

impl<'s> Units<'s> {
    fn new(source: &'s str) -> Self {
        Self { source, map: Utf16Map::new(source) }
    }

    fn fault(&self, diagnostic: &Diagnostic) -> Fault {
        let (from, to, line) = self.range(diagnostic.span);
        Fault {
            from,
            to,
            line,
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: diagnostic.code.as_str(),
            message: diagnostic.message.clone(),
            fixes: diagnostic
                .fix
                .iter()
                .map(|fix| Mend {
                    title: fix.title.clone(),
                    edits: fix
                        .edits
                        .iter()
                        .map(|edit| {
                            let (from, to, _) = self.range(edit.span);
                            Replacement { from, to, insert: edit.text.clone() }
                        })
                        .collect(),
                })
                .collect(),
        }
    }

    /// A span in UTF-16 code units, with the line where it starts.
    fn range(&self, span: Span) -> (u32, u32, u32) {
        let (from, line) = self.offset(span.start);
        let (to, _) = self.offset(span.end.max(span.start));
        (from, to, line)
    }

    fn offset(&self, byte: usize) -> (u32, u32) {
        // Sources are at most a megabyte.
        let narrow = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        (narrow(self.map.units(self.source, byte)), narrow(self.map.line(byte)))
    }
}
