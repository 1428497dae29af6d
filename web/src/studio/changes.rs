//! Changes of the source that keep everything else as it is, for one press.

use serde::Serialize;
use treebot::{AnswerId, ChangeError, Edit, NodeId};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::document::Replacement;

use super::{Desk, Studio, handed};

#[wasm_bindgen]
impl Studio {
    /// Renames the name or key at an offset, wherever it stands; the old one is kept in `was`.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn rename(&self, offset: u32, name: &str) -> Result<Ts<Change>, JsError> {
        handed(&self.desk.rename(offset, name))
    }

    /// The answer that the node at an offset follows, to which words can be added; none where it follows none.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    #[wasm_bindgen(js_name = answerAt)]
    pub fn answer_at(&self, offset: u32) -> Result<Option<Ts<AnswerAt>>, JsError> {
        self.desk.answer_at(offset).as_ref().map(handed).transpose()
    }

    /// Adds a word by which people may choose an answer.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    #[wasm_bindgen(js_name = addAlso)]
    pub fn add_also(&self, question: u32, answer: u32, word: &str) -> Result<Ts<Change>, JsError> {
        handed(&self.desk.add_also(question, answer, word))
    }

    /// Gives a node a name of its own, so that its words and its place may change.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    #[wasm_bindgen(js_name = addId)]
    pub fn add_id(&self, node: u32, id: &str) -> Result<Ts<Change>, JsError> {
        handed(&self.desk.add_id(node, id))
    }
}

/// A change of the source, or why it cannot be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Tsify)]
pub struct Change {
    /// The replacements, in order and not overlapping; none where it cannot be made, or changes nothing.
    pub edits: Vec<Replacement>,
    /// Why it cannot be made, in a sentence.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// An answer of a question, for changes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct AnswerAt {
    /// The question's number.
    pub question: u32,
    /// The answer's number.
    pub answer: u32,
    /// The answer's key, as it is written.
    pub key: String,
}

impl Desk {
    /// Renames the name or key at an offset.
    #[must_use]
    pub fn rename(&self, offset: u32, name: &str) -> Change {
        self.change(self.analysis.rename(self.byte(offset), name))
    }

    /// The answer that the node at an offset follows.
    #[must_use]
    pub fn answer_at(&self, offset: u32) -> Option<AnswerAt> {
        let node = self.analysis.node_at(self.byte(offset))?;
        let (question, answer) = self.analysis.answer_to(node)?;
        let span = self.analysis.span_of_answer(question, answer)?;
        let key = self.analysis.source().get(span.start..span.end)?;
        Some(AnswerAt { question: question.0, answer: answer.0, key: key.to_owned() })
    }

    /// Adds a word by which people may choose an answer.
    #[must_use]
    pub fn add_also(&self, question: u32, answer: u32, word: &str) -> Change {
        self.change(self.analysis.add_also(NodeId(question), AnswerId(answer), word))
    }

    /// Gives a node a name.
    #[must_use]
    pub fn add_id(&self, node: u32, id: &str) -> Change {
        self.change(self.analysis.add_id(NodeId(node), id))
    }

    /// Edits for the page, or a sentence about why there are none.
    pub(crate) fn change(&self, edits: Result<Vec<Edit>, ChangeError>) -> Change {
        match edits {
            Ok(edits) => Change {
                edits: self.units.replacements(self.analysis.source(), &edits),
                problem: None,
            },
            Err(error) => Change { edits: Vec::new(), problem: Some(sentence(&error.message)) },
        }
    }
}

/// The reason of an error as a sentence.
pub(crate) fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}
