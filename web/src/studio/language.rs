//! What an editor asks about a place in the source: what may stand there, what it is, and where else it stands.

use serde::Serialize;
use treebot::{OutlineItem, OutlineKind};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::document::Replacement;

use super::{Desk, Studio, handed};

#[wasm_bindgen]
impl Studio {
    /// What may be written at an offset.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn complete(&self, offset: u32) -> Result<Ts<Completions>, JsError> {
        handed(&self.desk.complete(offset))
    }

    /// What is at an offset, in a few lines; none where there is nothing to say.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn hover(&self, offset: u32) -> Result<Option<Ts<Hovered>>, JsError> {
        self.desk.hover(offset).as_ref().map(handed).transpose()
    }

    /// Where the name or key is given that is meant at an offset.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn definition(&self, offset: u32) -> Result<Option<Ts<Spot>>, JsError> {
        self.desk.definition(offset).as_ref().map(handed).transpose()
    }

    /// All places that mean the name or key at an offset.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn references(&self, offset: u32) -> Result<Ts<Spots>, JsError> {
        handed(&self.desk.references(offset))
    }

    /// The name or key at an offset that could be renamed; none where there is none.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    #[wasm_bindgen(js_name = nameAt)]
    pub fn name_at(&self, offset: u32) -> Result<Option<Ts<Spot>>, JsError> {
        self.desk.name_at(offset).as_ref().map(handed).transpose()
    }

    /// The whole source as headings, one within the other.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn outline(&self) -> Result<Ts<Headings>, JsError> {
        handed(&self.desk.outline())
    }
}

/// What may be written at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Completions {
    /// The best first.
    pub list: Vec<Completed>,
}

/// Something that may be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Completed {
    /// What the list shows.
    pub label: String,
    /// What it is or does, in a line.
    pub detail: String,
    /// `key`, `node`, `answer` or `value`.
    #[tsify(type = "\"key\" | \"node\" | \"answer\" | \"value\"")]
    pub kind: &'static str,
    /// What to write.
    pub edit: Replacement,
}

/// What is told about a part of the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Hovered {
    /// Its first unit.
    pub from: u32,
    /// One past its last.
    pub to: u32,
    /// The lines, each as its parts: words, and what is quoted from the source or the language.
    pub lines: Vec<Vec<Words>>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Words {
    /// The text.
    pub text: String,
    /// Whether it is quoted.
    pub quoted: bool,
}

/// A place in the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Spot {
    /// Its first unit.
    pub from: u32,
    /// One past its last.
    pub to: u32,
    /// Its line, from 1.
    pub line: u32,
    /// The text there, or the line that it stands in.
    pub text: String,
    /// Whether the name is given here, and not only used.
    pub gives: bool,
}

/// Places in the source, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Spots {
    /// All of them.
    pub list: Vec<Spot>,
}

/// The source as headings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Headings {
    /// In the order of the source, each before what is in it.
    pub list: Vec<Heading>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Heading {
    /// The answer's label, the node's name, or the test's name.
    pub label: String,
    /// The first words of the node.
    pub detail: String,
    /// `question`, `end`, `say` or `test`.
    #[tsify(type = "\"question\" | \"end\" | \"say\" | \"test\"")]
    pub kind: &'static str,
    /// How deep it stands; the outermost are at 0.
    pub depth: u32,
    /// The node, where it is one.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<u32>,
    /// The first unit of its key.
    pub from: u32,
    /// One past the last.
    pub to: u32,
}

impl Desk {
    /// The byte of an offset of the page.
    pub(crate) fn byte(&self, offset: u32) -> usize {
        self.units.byte(self.analysis.source(), offset)
    }

    /// What may be written at an offset.
    #[must_use]
    pub fn complete(&self, offset: u32) -> Completions {
        let list = self.analysis.complete(self.byte(offset)).into_iter().map(|found| Completed {
            label: found.label,
            detail: found.detail,
            kind: found.kind.as_str(),
            edit: self.units.replacement(self.analysis.source(), &found.insert),
        });
        Completions { list: list.collect() }
    }

    /// What is at an offset.
    #[must_use]
    pub fn hover(&self, offset: u32) -> Option<Hovered> {
        let hover = self.analysis.hover(self.byte(offset))?;
        let (from, to, _) = self.units.range(self.analysis.source(), hover.span);
        Some(Hovered { from, to, lines: hover.text.lines().map(words).collect() })
    }

    /// Where the name or key is given that is meant at an offset.
    #[must_use]
    pub fn definition(&self, offset: u32) -> Option<Spot> {
        let span = self.analysis.definition(self.byte(offset))?;
        Some(self.spot(span, true))
    }

    /// All places that mean the name or key at an offset.
    #[must_use]
    pub fn references(&self, offset: u32) -> Spots {
        let all = self.analysis.references(self.byte(offset)).into_iter();
        Spots { list: all.map(|found| self.spot(found.span, found.is_definition)).collect() }
    }

    /// The name or key at an offset.
    #[must_use]
    pub fn name_at(&self, offset: u32) -> Option<Spot> {
        let (span, name) = self.analysis.name_at(self.byte(offset))?;
        let (from, to, line) = self.units.range(self.analysis.source(), span);
        Some(Spot { from, to, line, text: name.to_owned(), gives: false })
    }

    /// The whole source as headings.
    #[must_use]
    pub fn outline(&self) -> Headings {
        let mut list = Vec::new();
        // A stack, as a source may be deep.
        let mut waiting: Vec<(OutlineItem, u32)> =
            self.analysis.outline().into_iter().rev().map(|item| (item, 0)).collect();
        while let Some((item, depth)) = waiting.pop() {
            let (from, to, _) = self.units.range(self.analysis.source(), item.selection);
            let (kind, node) = match item.kind {
                OutlineKind::Node { node, kind, .. } => (kind.as_str(), Some(node.0)),
                OutlineKind::Test => ("test", None),
            };
            let (label, detail) = (item.label, item.detail);
            list.push(Heading { label, detail, kind, depth, node, from, to });
            waiting.extend(item.children.into_iter().rev().map(|child| (child, depth + 1)));
        }
        Headings { list }
    }

    /// A place, with the line that it stands in.
    fn spot(&self, span: treebot::Span, gives: bool) -> Spot {
        let source = self.analysis.source();
        let (from, to, line) = self.units.range(source, span);
        let at = (line as usize).saturating_sub(1);
        let text = source.split('\n').nth(at).unwrap_or_default().trim();
        Spot { from, to, line, text: text.chars().take(MAX_LINE).collect(), gives }
    }
}

/// The most characters of a line that are shown.
const MAX_LINE: usize = 200;

/// A line of text in which what stands in backticks is quoted.
fn words(line: &str) -> Vec<Words> {
    let parts = line.split('`').enumerate();
    let parts = parts.map(|(at, text)| Words { text: text.to_owned(), quoted: at % 2 == 1 });
    parts.filter(|part| !part.text.is_empty()).collect()
}
