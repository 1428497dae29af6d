//! What a text would do that is still being typed. Nothing is recorded.

#[cfg(feature = "studio")]
use serde::Serialize;
use treebot::{
    History, Input, InputKind, Millis, ReplyKind, Tier, Trail, Tree, TurnOptions, choice, marks,
    narrow, turn,
};
use tsify::Tsify;

use crate::json::object;
use crate::view::Label;

use super::Conversation;

/// What a text would do, and the answers that it may become.
#[derive(Clone, Debug, Default, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
#[cfg_attr(feature = "studio", serde(rename_all = "camelCase"))]
pub struct Narrowed {
    /// The label of the answer that would be taken, if one would.
    #[tsify(optional)]
    #[cfg_attr(feature = "studio", serde(skip_serializing_if = "Option::is_none"))]
    pub takes: Option<String>,
    /// Whether the bot would ask which of several was meant.
    pub asks: bool,
    /// Whether it is something that can be said anywhere, such as "back".
    pub is_command: bool,
    /// The answers, the one that would be taken first.
    pub choices: Vec<Candidate>,
}

/// An answer that a text may become.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct Candidate {
    /// The answer.
    pub choice: Label,
    /// Its label in stretches; those that were typed are marked.
    pub label: Vec<Stretch>,
}

/// A stretch of a label.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct Stretch {
    /// The words.
    pub text: String,
    /// Whether they were typed.
    pub typed: bool,
}

object! {
    Narrowed { takes: "takes", asks: "asks", is_command: "isCommand", choices: "choices" }
}

object! { Candidate { choice: "choice", label: "label" } }

object! { Stretch { text: "text", typed: "typed" } }

/// The most answers that are shown for what is being typed.
const MOST: usize = 12;

impl Conversation {
    /// What `text` would do if it were sent now.
    #[must_use]
    pub fn narrow(&self, text: &str) -> Narrowed {
        let Some(tree) = &self.tree else { return Narrowed::default() };
        if text.trim().is_empty() {
            return Narrowed::default();
        }
        let mut history =
            self.changing.as_ref().map_or(&self.history, |changing| changing.history());
        let mut greeted = History::new();
        if let Some(opening) = self.opening.as_ref().filter(|_| history.is_empty()) {
            greeted.insert(opening.clone());
            history = &greeted;
        }
        let root = Trail::root();
        let trail = history.trail().unwrap_or(&root);
        let at = history.events().last().map_or(0, |event| event.at.0.saturating_add(1));
        let kind = InputKind::Text(text.to_owned());
        let input = Input { at: Millis(at), id: String::new(), kind };
        let options = match self.changing {
            Some(_) => TurnOptions { sees_current: true, ..TurnOptions::default() },
            None => self.options(),
        };
        let would = turn(tree, history, &input, &options);
        let matched = would.event.matched;
        let taken = matched.as_ref().and_then(|matched| matched.answer.as_deref());
        let mut narrowed = Narrowed {
            asks: would.reply.kind == ReplyKind::DidYouMean,
            is_command: matched
                .as_ref()
                .is_some_and(|of| of.tier == Tier::Command && of.answer.is_none()),
            ..Narrowed::default()
        };
        let mut choices: Vec<Label> = Vec::new();
        if let Some(taken) = taken.and_then(|key| choice(tree, trail, key)) {
            narrowed.takes = Some(taken.label.to_string());
            choices.push(Label::from(&taken));
        }
        if narrowed.asks {
            choices.extend(would.reply.choices.iter().map(Label::from));
        }
        for candidate in narrow(tree, trail, text, MOST) {
            let label = Label::from(&candidate.choice);
            if choices.iter().all(|other| other.code != label.code) {
                choices.push(label);
            }
        }
        choices.truncate(MOST);
        narrowed.choices = choices
            .into_iter()
            .map(|choice| Candidate { label: stretches(tree, &choice.label, text), choice })
            .collect();
        narrowed
    }
}

/// A label, cut where what was typed begins and ends.
fn stretches(tree: &Tree, label: &str, text: &str) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut push = |part: Option<&str>, typed: bool| {
        let part = part.filter(|part| !part.is_empty());
        stretches.extend(part.map(|part| Stretch { text: part.to_owned(), typed }));
    };
    let mut from = 0;
    for mark in marks(tree, label, text) {
        push(label.get(from..mark.start), false);
        push(label.get(mark.clone()), true);
        from = mark.end;
    }
    push(label.get(from..), false);
    stretches
}
