//! What an editor is told about a source.

use serde::Serialize;
use treebot::{Diagnostic, Edit, Loaded, Severity, Span, Utf16Map};
use tsify::Tsify;

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
    let faults = loaded.diagnostics.iter().map(|diagnostic| units.fault(source, diagnostic));
    Analysis { loads: loaded.tree.is_some(), faults: faults.collect() }
}

/// Spans of a source in the editor's units. It does not hold the source: each call takes the one that it was made of.
#[derive(Clone, Debug)]
pub(crate) struct Units(Utf16Map);

impl Units {
    pub(crate) fn new(source: &str) -> Self {
        Self(Utf16Map::new(source))
    }

    pub(crate) fn fault(&self, source: &str, diagnostic: &Diagnostic) -> Fault {
        let (from, to, line) = self.range(source, diagnostic.span);
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
                    edits: self.replacements(source, &fix.edits),
                })
                .collect(),
        }
    }

    /// Edits, in UTF-16 code units.
    pub(crate) fn replacements(&self, source: &str, edits: &[Edit]) -> Vec<Replacement> {
        edits.iter().map(|edit| self.replacement(source, edit)).collect()
    }

    /// An edit, in UTF-16 code units.
    pub(crate) fn replacement(&self, source: &str, edit: &Edit) -> Replacement {
        let (from, to, _) = self.range(source, edit.span);
        Replacement { from, to, insert: edit.text.clone() }
    }

    /// A span in UTF-16 code units, with the line where it starts.
    pub(crate) fn range(&self, source: &str, span: Span) -> (u32, u32, u32) {
        let (from, line) = self.offset(source, span.start);
        let (to, _) = self.offset(source, span.end.max(span.start));
        (from, to, line)
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, byte: usize) -> u32 {
        u32::try_from(self.0.line(byte)).unwrap_or(u32::MAX)
    }

    /// The byte that a UTF-16 code unit starts at.
    pub(crate) fn byte(&self, source: &str, unit: u32) -> usize {
        self.0.byte(source, unit as usize)
    }

    /// The UTF-16 code unit that a byte is at.
    pub(crate) fn unit(&self, source: &str, byte: usize) -> u32 {
        self.offset(source, byte).0
    }

    fn offset(&self, source: &str, byte: usize) -> (u32, u32) {
        // Sources are at most a megabyte.
        let narrow = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        (narrow(self.0.units(source, byte)), narrow(self.0.line(byte)))
    }
}
