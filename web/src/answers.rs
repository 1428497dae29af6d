//! The answers of a conversation, as a page lists them: what stands, what is being changed, what was kept.

#[cfg(feature = "studio")]
use serde::Serialize;
use treebot::{Node, Trail, Tree, resolve};
use tsify::Tsify;

use crate::json::object;
use crate::links::plain;
use crate::view::{Label, Said};

/// An answer of the conversation, as it stands in the tree now.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct Given {
    /// The question, in one text.
    pub question: String,
    /// What was answered.
    pub answer: String,
}

/// An answer that is being changed: its question is asked again.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct ChangeView {
    /// The number of the answer, from 0.
    pub step: u32,
    /// The question, in one text.
    pub question: String,
    /// What was answered before.
    pub now: String,
    /// What the bot says to what was typed for it, where that decided nothing.
    pub said: Vec<Said>,
    /// What can be pressed.
    pub choices: Vec<Label>,
}

/// What became of the answers, after one was changed or the tree was.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct Report {
    /// The question whose answer was changed; empty where the tree was.
    pub question: String,
    /// The new answer, likewise.
    pub answer: String,
    /// How many answers were kept: those after the changed one, or the first of all.
    pub kept: u32,
    /// What had been answered that does not apply any more.
    pub lost: Vec<String>,
}

object! { Given { question: "question", answer: "answer" } }

object! {
    ChangeView { step: "step", question: "question", now: "now", said: "said", choices: "choices" }
}

object! { Report { question: "question", answer: "answer", kept: "kept", lost: "lost" } }

/// The answers of a trail, as they stand in the tree now.
pub(crate) fn given(tree: &Tree, trail: Option<&Trail>) -> Vec<Given> {
    let Some(trail) = trail else { return Vec::new() };
    let now = resolve(tree, trail);
    let steps = now.path.iter().zip(&now.trail.steps);
    let given = steps.map(|((question, answer), step)| {
        let node = tree.get(*question);
        let label = answer.and_then(|answer| node?.answer(answer)).map(|answer| answer.label());
        let words = label.or(step.words.as_deref());
        Given {
            question: node.map(asks).unwrap_or_default(),
            answer: words.unwrap_or_default().to_owned(),
        }
    });
    given.collect()
}

/// What a question asks: the last text that it says.
fn asks(node: Node<'_>) -> String {
    node.say().last().map(|message| plain(message.text())).unwrap_or_default()
}
