//! Why something that was said was understood as it was.

use serde::Serialize;
use treebot::{
    Doubt, Event, Explanation, Node, NodeId, Recorded, Rival, Tier, Tree, Understood, explain,
    resolve,
};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::view::{NOW, entry_ids};

use super::{Desk, Studio, handed};

#[wasm_bindgen]
impl Studio {
    /// Why a part of the conversation was understood as it was, in the tree as it is now, or why the bot said it; `entry` is
    /// its id. None where it is no part of the conversation any more.
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
    /// The answers that came next, the nearest first.
    pub rivals: Vec<Near>,
    /// What was said, as it can be added as an `also`; empty where nothing was typed.
    pub said: String,
    /// Where nothing was taken: the answers to which that can be added.
    pub add: Vec<Addable>,
}

/// An answer that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Near {
    /// What is shown of it.
    pub label: String,
    /// The rule that finds something of it in what was said.
    pub rule: &'static str,
    /// What that is, in words.
    pub why: String,
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
    /// Why a part of the conversation was understood as it was, or why the bot said it.
    #[must_use]
    pub fn why(&self, entry: &str) -> Option<Why> {
        let tree = self.conversation.tree()?;
        let mut last = None;
        for (before, event) in self.conversation.turns() {
            let (yours, bots) = entry_ids(event);
            if yours == entry || bots == entry {
                let mut why = match (before, &event.input) {
                    (Some(before), Recorded::Text(text)) => {
                        let question = resolve(tree, before).place.node;
                        let explained = explain(tree, question, text, last);
                        typed(tree, question, event, text, &explained)
                    }
                    (_, input) => untyped(input),
                };
                if self.sound.is_some() {
                    // Questions and answers have other numbers in a source that does not load.
                    why.add.clear();
                }
                if let Some(said) = words_of(&event.input).filter(|_| bots == entry) {
                    why.lines.insert(0, format!("It answers {}.", quoted(said)));
                }
                return Some(why);
            }
            if event.place.is_some() {
                last = Some(event);
            }
        }
        // What waits for an answer and is from no turn.
        let asked_anew = self.conversation.tree().filter(|_| entry == NOW)?;
        let line = if asked_anew.get(self.conversation.here()?)?.is_question() {
            "The source has changed since: the question is asked as it is now."
        } else {
            "The source has changed since: the end is told as it is now."
        };
        Some(Why { lines: vec![line.to_owned()], ..Why::default() })
    }
}

/// What was typed or pressed.
fn words_of(input: &Recorded) -> Option<&str> {
    match input {
        Recorded::Text(words) | Recorded::Tap(words) => {
            Some(words).filter(|words| !words.is_empty())
        }
        Recorded::Start
        | Recorded::Back
        | Recorded::Restart
        | Recorded::Help
        | Recorded::Forget
        | Recorded::Unsupported
        | Recorded::Host(_) => None,
    }
    .map(String::as_str)
}

/// What nothing had to be understood of.
fn untyped(input: &Recorded) -> Why {
    let line = match input {
        Recorded::Start | Recorded::Text(_) => "The conversation begins here.",
        Recorded::Tap(_) => {
            "This was pressed. A button carries its place, so nothing had to be understood."
        }
        Recorded::Back => "The last answer was taken back.",
        Recorded::Restart => "The conversation was started again.",
        Recorded::Help => "It was asked what can be said.",
        Recorded::Forget => "It was asked to delete everything.",
        Recorded::Unsupported => "Something came that is no text.",
        Recorded::Host(_) => "Something is remembered here, and nothing was said.",
    };
    Why { lines: vec![line.to_owned()], ..Why::default() }
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
    let is_asked = node.is_some_and(Node::is_question);
    // Not by the words of the tree: a yes or a no to what the bot itself had asked.
    let is_reply = event.matched.as_ref().is_some_and(|then| then.tier == Tier::Command)
        && explanation.understood != Understood::Command;
    match &explanation.understood {
        _ if is_reply => lines.push("It says yes or no to what the bot had asked back.".to_owned()),
        Understood::Answer(_) | Understood::AskBack(_) | Understood::Nothing if !is_asked => {
            lines.push(
                "Nothing is asked here, so there is nothing that it could answer.".to_owned(),
            );
        }
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
    if matches!(explanation.understood, Understood::AskBack(_) | Understood::Nothing) && !is_reply {
        add = addable(node, text);
    }
    if !is_reply {
        lines.extend(changed(event, explanation, &label, node));
    }
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
    let word = |number: &usize| explanation.words.get(*number).map(String::as_str);
    let near = |rival: &Rival| Near {
        label: label(rival.answer),
        rule: rival.tier.as_str(),
        why: nearness(rival.tier, &rival.words.iter().filter_map(word).collect::<Vec<_>>()),
    };
    Why {
        rule: match explanation.tier {
            _ if is_reply => Tier::Command.as_str(),
            Tier::None if !is_asked => "",
            tier => tier.as_str(),
        },
        lines,
        words: explanation.words.iter().enumerate().map(heard).collect(),
        question: question.0,
        rivals: explanation.rivals.iter().filter(|_| !is_reply).map(near).collect(),
        said: text.to_owned(),
        add,
    }
}

/// What speaks for an answer that was not taken.
fn nearness(tier: Tier, words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    let words = words.join(", ");
    match tier {
        Tier::Exact => "it is called so, too".to_owned(),
        Tier::Number => "its number was said".to_owned(),
        Tier::Command => "it is called as a command is".to_owned(),
        Tier::Amount => format!("the amount {words} may lie within it"),
        Tier::Phrase => format!("its words stand in what was said: {words}"),
        Tier::Part => format!("what was said stands in it: {words}"),
        Tier::Typo => format!("but for a slip of the finger it has {words}"),
        Tier::Shared => format!("it has {words}"),
        Tier::None => String::new(),
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
