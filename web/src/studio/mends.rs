//! What would keep an answer that an edit has lost.

use treebot::{Answer, AnswerId, NodeId, Tree, resolve};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::changes::Change;
use super::{Desk, StepOutcome, Studio, handed};

#[wasm_bindgen]
impl Studio {
    /// One of the changes that are offered for an answer which an edit has lost: see `Step::mends`.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn mend(&self, step: u32, mend: u32) -> Result<Ts<Change>, JsError> {
        handed(&self.desk.mend(step, mend))
    }
}

/// A change that would keep an answer.
pub(crate) enum Mend {
    /// The answer has another key now: keep the former one.
    Was { question: NodeId, answer: AnswerId, former: String, key: String },
    /// The words of a question whose keys mean nothing have changed: let a name stand for it from now on.
    Id { question: NodeId, id: String },
}

/// The most answers that are offered as the new one.
const MAX_MENDS: usize = 3;

impl Mend {
    /// What it does, for the button.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Was { former, key, .. } => format!("`{former}` is `{key}` now: add `was`"),
            Self::Id { id, .. } => {
                format!("call the question `{id}`, so that its words may change from now on")
            }
        }
    }
}

impl Desk {
    /// One of the changes that are offered for an answer.
    #[must_use]
    pub fn mend(&self, step: u32, mend: u32) -> Change {
        let mends = self.mends(step as usize);
        match mends.into_iter().nth(mend as usize) {
            Some(Mend::Was { question, answer, former, .. }) => {
                self.change(self.analysis.add_was(question, answer, &former))
            }
            Some(Mend::Id { question, id }) => self.change(self.analysis.add_id(question, &id)),
            None => Change {
                problem: Some("This is not needed any more.".to_owned()),
                ..Change::default()
            },
        }
    }

    /// What is offered for an answer; nothing unless its question is asked again.
    pub(crate) fn mends(&self, step: usize) -> Vec<Mend> {
        if !self.loads() {
            // Questions and answers have other numbers in a source that does not load.
            return Vec::new();
        }
        let steps = self.conversation.steps();
        let asked_again = steps.get(step).filter(|row| row.outcome == StepOutcome::AskedAgain);
        let question = asked_again.and_then(|row| row.question).map(NodeId);
        match (question, self.conversation.tree(), &self.whole, self.conversation.given()) {
            (Some(question), Some(now), Some(before), Some(trail)) => {
                let given = resolve(before, trail).path.get(step).copied();
                let (old, answer) = match given {
                    Some((old, Some(answer))) => (before.get(old), answer),
                    Some((_, None)) | None => return Vec::new(),
                };
                let former = old.and_then(|old| old.answer(answer)).map(Answer::key);
                former.map_or_else(Vec::new, |former| {
                    let known: Vec<&str> =
                        old.into_iter().flat_map(|old| old.answers().map(Answer::key)).collect();
                    offered(now, question, former, &known)
                })
            }
            _ => Vec::new(),
        }
    }
}

/// What would keep the answer that was called `former`, among answers that were called `known`.
fn offered(tree: &Tree, question: NodeId, former: &str, known: &[&str]) -> Vec<Mend> {
    let Some(node) = tree.get(question) else { return Vec::new() };
    if node.answers().any(|answer| answer.key() == former) {
        // It is there, but the words have changed of a question whose answers mean nothing by themselves.
        let id = node.name().is_none().then(|| free_name(tree, &former_words(node)));
        return id.flatten().map(|id| Mend::Id { question, id }).into_iter().collect();
    }
    let new = node.answers().filter(|answer| !known.contains(&answer.key()));
    let mends = new.take(MAX_MENDS).map(|answer| Mend::Was {
        question,
        answer: answer.id(),
        former: former.to_owned(),
        key: answer.key().to_owned(),
    });
    mends.collect()
}

/// The first words of a question.
fn former_words(node: treebot::Node<'_>) -> String {
    let words = node.say().next().map(|message| message.text().to_owned());
    words.unwrap_or_default()
}

/// A name made of words that no node has.
fn free_name(tree: &Tree, words: &str) -> Option<String> {
    let plain: String =
        words.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>();
    let words: Vec<String> = plain.split_whitespace().take(4).map(str::to_lowercase).collect();
    let name = if words.is_empty() { "question".to_owned() } else { words.join("-") };
    let names = std::iter::once(name.clone()).chain((2..100).map(|n| format!("{name}-{n}")));
    names.into_iter().find(|name| tree.named(name).is_none())
}
