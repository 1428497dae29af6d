//! Why something that was said was understood as it was.

use serde::Serialize;
use treebot::{
    Doubt, Event, Explanation, Node, NodeId, Recorded, Tier, Tree, Understood, explain, resolve,
};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::view::entry_ids;

use super::{Desk, Studio, handed};

#[wasm_bindgen]
impl Studio {
    /// Why a part of the conversation was understood as it was, in the tree as it is now; `entry` is the id of what the
    /// person said. None where it is no part of the conversation any more.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn why(&self, entry: &str) -> Result<Option<Ts<Why>>, JsError> {
        self.desk.why(entry).as_ref().map(handed).transpose()
    }
}

/// Why something was understood as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Tsify)]
pub struct Why {
    /// The rule, as it is called in the documents: `exact`, `phrase` and so on; empty where nothing had to be
    /// understood.
    pub rule: &'static str,
    /// Sentences that explain it.
    pub lines: Vec<String>,
    /// The words as they were compared.
    pub words: Vec<Heard>,
    /// The question, by its number.
    pub question: u32,
    /// Where nothing was taken: the answers to which what was said can be added as an `also`.
    pub add: Vec<Addable>,
}

/// A word that was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Heard {
    /// The word.
    pub text: String,
    /// The answers that it speaks for.
    pub speaks: Vec<String>,
    /// Whether it is what made the bot doubt.
    pub doubted: bool,
}

/// An answer to which words can be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Addable {
    /// Its number.
    pub answer: u32,
    /// What is shown.
    pub label: String,
}

impl Desk {
    /// Why a part of the conversation was understood as it was.
    #[must_use]
    pub fn why(&self, entry: &str) -> Option<Why> {
        let tree = self.conversation.tree()?;
        let mut last = None;
        for (before, event) in self.conversation.turns() {
            if entry_ids(event).0 == entry {
                let question = before.map(|before| resolve(tree, before).place.node)?;
                return Some(match &event.input {
                    Recorded::Text(text) => {
                        let explained = explain(tree, question, text, last);
                        let mut why = typed(tree, question, event, text, &explained);
                        if self.sound.is_some() {
                            // Questions and answers have other numbers in a source that does not load.
                            why.add.clear();
                        }
                        why
                    }
                    Recorded::Tap(_)
                    | Recorded::Start
                    | Recorded::Back
                    | Recorded::Restart
                    | Recorded::Help
                    | Recorded::Forget
                    | Recorded::Unsupported
                    | Recorded::Host(_) => pressed(question),
                });
            }
            if event.place.is_some() {
                last = Some(event);
            }
        }
        None
    }
}

fn pressed(question: NodeId) -> Why {
    let line = "This was pressed. A button carries its place, so nothing had to be understood.";
    Why { lines: vec![line.to_owned()], question: question.0, ..Why::default() }
}

fn typed(
    tree: &Tree,
    question: NodeId,
    event: &Event,
    text: &str,
    explanation: &Explanation,
) -> Why {
    let node = tree.get(question);
    let label = |answer: treebot::AnswerId| {
        let answer = node.and_then(|node| node.answer(answer));
        answer.map(|answer| answer.label().to_owned()).unwrap_or_default()
    };
    let mut lines = Vec::new();
    let mut add = Vec::new();
    match &explanation.understood {
        Understood::Answer(answer) => lines.push(rule(explanation.tier, &label(*answer))),
        Understood::Command => lines.push("It is a command, such as “back”.".to_owned()),
        Understood::AskBack(rivals) => {
            let labels: Vec<String> = rivals.iter().map(|rival| quoted(&label(*rival))).collect();
            lines.push(match labels.as_slice() {
                [one] => format!("It may mean {one}, but that is not sure enough to be taken."),
                many => {
                    format!("It fits several answers: {}. So it is asked back.", many.join(", "))
                }
            });
            lines.extend(explanation.doubt.and_then(|doubt| said_of(doubt, explanation)));
        }
        Understood::Nothing => {
            lines.push("No rule fits: none of its words are an answer's.".to_owned());
        }
    }
    if matches!(explanation.understood, Understood::AskBack(_) | Understood::Nothing) {
        add = addable(node, text);
    }
    lines.extend(changed(event, explanation, &label, node));
    let heard = |(number, word): (usize, &String)| Heard {
        text: word.clone(),
        speaks: {
            let mut speaks: Vec<String> = explanation
                .evidence
                .iter()
                .filter(|evidence| (evidence.start..evidence.end).contains(&number))
                .map(|evidence| label(evidence.answer))
                .collect();
            speaks.dedup();
            speaks
        },
        doubted: explanation.doubt.and_then(word_of) == Some(number),
    };
    Why {
        rule: explanation.tier.as_str(),
        lines,
        words: explanation.words.iter().enumerate().map(heard).collect(),
        question: question.0,
        add,
    }
}

/// Where it would be understood otherwise now than when it was said.
fn changed(
    event: &Event,
    now: &Explanation,
    label: &impl Fn(treebot::AnswerId) -> String,
    node: Option<Node<'_>>,
) -> Option<String> {
    let then = event.matched.as_ref()?;
    let key = |answer| node.and_then(|node| Some(node.answer(answer)?.key().to_owned()));
    let taken = match &now.understood {
        Understood::Answer(answer) => Some(*answer),
        Understood::AskBack(_) | Understood::Command | Understood::Nothing => None,
    };
    if taken.and_then(key) == then.answer {
        return None;
    }
    Some(match (&then.answer, taken) {
        (None, Some(answer)) => format!(
            "When it was said nothing was taken; now it would be taken as {}.",
            quoted(&label(answer))
        ),
        (Some(before), Some(_)) => {
            format!("When it was said it was taken as {}.", quoted(before))
        }
        (Some(before), None) => {
            format!("When it was said it was taken as {}; now it would not be.", quoted(before))
        }
        (None, None) => return None,
    })
}

/// The answers to which a text can be added as it is.
fn addable(node: Option<Node<'_>>, text: &str) -> Vec<Addable> {
    if text.trim().is_empty() || text.chars().count() > MAX_ALSO {
        return Vec::new();
    }
    let answers = node.into_iter().flat_map(Node::answers);
    answers
        .take(MAX_ADDABLE)
        .map(|answer| Addable { answer: answer.id().0, label: answer.label().to_owned() })
        .collect()
}

/// The longest text that is offered as an `also`, in characters.
const MAX_ALSO: usize = 200;

/// The most answers that are offered.
const MAX_ADDABLE: usize = 30;

/// Why an answer was taken.
fn rule(tier: Tier, label: &str) -> String {
    let label = quoted(label);
    match tier {
        Tier::Exact => format!("It is what {label} is called: its label, its key or an `also`."),
        Tier::Number => format!("It is the number of {label} on the list that was shown."),
        Tier::Command => "It is a command.".to_owned(),
        Tier::Amount => format!("Its amount lies within what {label} says."),
        Tier::Phrase => format!("The words of {label} stand in it."),
        Tier::Part => format!("Its words stand in {label}, and in no other answer."),
        Tier::Typo => format!("But for a slip of the finger it is {label}."),
        Tier::Shared => format!("It shares words with {label}."),
        Tier::None => format!("It was taken as {label}."),
    }
}

/// What made the bot ask back.
fn said_of(doubt: Doubt, explanation: &Explanation) -> Option<String> {
    let word = word_of(doubt).and_then(|number| explanation.words.get(number));
    let word = word.map(|word| quoted(word)).unwrap_or_default();
    Some(match doubt {
        Doubt::SeveralAnswers => return None,
        Doubt::Negation(_) => format!("{word} may turn the meaning round."),
        Doubt::SlipOfNegation(_) => {
            format!("{word} may be a slip of a word that turns the meaning round.")
        }
        Doubt::Comparison(_) => format!("{word} says more or less than the answer."),
        Doubt::Number(_) => format!("The number {word} belongs to nothing in the answer."),
        Doubt::OtherName(_) => format!("{word} makes another name of the word after it."),
        Doubt::OtherAnswer(_) => format!("{word} belongs to another answer."),
        Doubt::Doubtful(_) => format!("{word} tells of something else than the answer."),
        Doubt::SomebodyElse(_) => format!("{word} says it of somebody else."),
        Doubt::Asks => "It asks about something.".to_owned(),
        Doubt::Amount(_) => format!("The amount {word} does not lie within one answer."),
        Doubt::LongStory => "There is much more in it than the answer.".to_owned(),
        Doubt::UnknownLanguage(_) => {
            "It has more words than the answer, and the bot does not know which words of this \
             language turn the meaning round."
                .to_owned()
        }
        Doubt::SmallPart => "Only a small or common part of the answer was said.".to_owned(),
        Doubt::TurnedPart => "The answer turns round what was said.".to_owned(),
        Doubt::ShortSlip(_) => format!("{word} is short, and may be another word."),
        Doubt::SharedWords => "It shares words with answers, no more.".to_owned(),
    })
}

/// The word that a doubt is about.
fn word_of(doubt: Doubt) -> Option<usize> {
    match doubt {
        Doubt::Negation(word)
        | Doubt::SlipOfNegation(word)
        | Doubt::Comparison(word)
        | Doubt::Number(word)
        | Doubt::OtherName(word)
        | Doubt::OtherAnswer(word)
        | Doubt::Doubtful(word)
        | Doubt::SomebodyElse(word)
        | Doubt::Amount(word)
        | Doubt::UnknownLanguage(word)
        | Doubt::ShortSlip(word) => Some(word),
        Doubt::SeveralAnswers
        | Doubt::Asks
        | Doubt::LongStory
        | Doubt::SmallPart
        | Doubt::TurnedPart
        | Doubt::SharedWords => None,
    }
}

fn quoted(text: &str) -> String {
    format!("‘{text}’")
}
