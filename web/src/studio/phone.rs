//! The conversation as Messenger shows it: what the Worker would send, made by the same code.

use serde::Serialize;
use serde_json::Value;
use treebot::{
    Analysis, History, Input, InputKind, Message, Millis, NodeId, PlaceCode, Reply, Trail, Tree,
    Turn, TurnOptions, resolve, turn,
};
use treebot_messenger::incoming::split_more;
use treebot_messenger::outgoing::{
    Dress, MAX_BUTTON_TEXT, MAX_BUTTONS, MAX_QUICK_REPLIES, MAX_TEXT, MAX_TITLE, PAGE, graphemes,
    length, render, written_out,
};
use tsify::Tsify;

use crate::document::Units;

use super::spoken::Spoken;
use super::timeline::speaking;

/// The most turns that are shown, the newest.
const TURNS: usize = 30;

/// A conversation on a phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Tsify)]
pub struct Phone {
    /// What was said, oldest first.
    pub bubbles: Vec<Bubble>,
    /// What can be pressed under the newest message. It is gone after the next.
    pub quick: Vec<Press>,
    /// Where Messenger's limits change how the present question looks.
    pub limits: Vec<Limit>,
    /// The bodies of the newest reply, as they go out, as JSON. Whom they are for is not known here.
    pub bodies: Vec<String>,
}

/// One message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Tsify)]
pub struct Bubble {
    /// Whether the person said it, not the page.
    pub mine: bool,
    /// Its text; empty for a picture.
    pub text: String,
    /// The address of a picture.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// The buttons that stay under it.
    pub buttons: Vec<Press>,
    /// The node that it is about, by its number in the conversation's tree.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<u32>,
    /// What it is in that tree.
    #[serde(skip)]
    pub(crate) spoken: Option<Spoken>,
}

/// Something to press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Press {
    /// What is on it.
    pub title: String,
    /// What comes back when it is pressed.
    pub payload: String,
}

/// Where a limit of Messenger changes how something looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Limit {
    /// Which, and what becomes of it.
    pub message: String,
    /// Where it is in the source.
    pub from: u32,
    /// One past its end.
    pub to: u32,
}

/// What somebody pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pressed {
    /// An answer, or the way to a place: a tap for the engine.
    Tap(String),
    /// "More…": the answers of the list from this one on.
    More(usize),
}

/// What a payload means. It is read as the Worker reads it.
pub(crate) fn pressed(payload: &str) -> Pressed {
    match split_more(payload) {
        Some((_, from)) => Pressed::More(from),
        None => Pressed::Tap(payload.to_owned()),
    }
}

/// The way to where the conversation stands, and the newest reply.
///
/// `typed` is what was said last where it led nowhere, and `from` the first answer to be shown of a long list.
pub(crate) fn phone(
    tree: &Tree,
    trail: &Trail,
    newest: &Reply<'_>,
    typed: Option<&str>,
    from: usize,
) -> Phone {
    let mut phone = Phone::default();
    let whole = resolve(tree, trail).trail;
    let mut history = History::new();
    let first = whole.steps.len().saturating_sub(TURNS);
    for length in 0..=whole.steps.len() {
        let steps = whole.steps.iter().take(length).cloned().collect();
        let way = Trail { start: whole.start, steps, ahead: Vec::new() };
        let said = way
            .steps
            .last()
            .map(|step| step.words.as_deref().map_or_else(|| label(tree, &way), str::to_owned));
        if length >= first {
            let said = said.clone().filter(|said| !said.is_empty());
            phone.bubbles.extend(said.map(|text| mine(text, Spoken::answer(tree, &way), tree)));
        }
        if length == whole.steps.len() {
            if let Some(typed) = typed {
                // What was asked before it, without what can only be pressed while it is the newest.
                let asked = step(tree, &history, &way, None).reply;
                phone.bubbles.extend(bubbles(&bodies(tree, &asked, &way, 0), &asked, tree, &way));
                // It has led nowhere: it was said to the question.
                let question = Spoken::message(tree, &speaking(tree, &way), 0);
                phone.bubbles.push(mine(typed.to_owned(), question, tree));
            }
            let bodies = bodies(tree, newest, &way, from);
            phone.quick = bodies.last().map(quick).unwrap_or_default();
            phone.bubbles.extend(bubbles(&bodies, newest, tree, &way));
            phone.bodies = bodies.iter().map(shown).collect();
            break;
        }
        let turn = step(tree, &history, &way, said);
        if length >= first {
            let bodies = bodies(tree, &turn.reply, &way, 0);
            phone.bubbles.extend(bubbles(&bodies, &turn.reply, tree, &way));
        }
        history.insert(turn.event);
    }
    phone
}

/// Where Messenger's limits change how that looks which is said at the end of a way: a question or an end, and what leads on
/// to it.
pub(crate) fn limits(analysis: &Analysis, units: &Units, tree: &Tree, way: &Trail) -> Vec<Limit> {
    let speaking = speaking(tree, way).into_iter();
    speaking.flat_map(|node| limits_of(analysis, units, NodeId(node))).collect()
}

/// The same of one node.
fn limits_of(analysis: &Analysis, units: &Units, node: NodeId) -> Vec<Limit> {
    let Some(question) = analysis.tree().and_then(|tree| tree.get(node)) else { return Vec::new() };
    let mut found = Vec::new();
    let here = analysis.span_of(node).unwrap_or_default();
    let offered = if question.offer() { question.answers().len() } else { 0 };
    let last = question.say().len().saturating_sub(1);
    for (number, message) in question.say().enumerate() {
        let Message::Text(text) = message else { continue };
        let long = length(written_out(text.trim()).as_str());
        if long > MAX_TEXT {
            found.push((
                here,
                format!(
                    "This text has {long} characters and a message takes {MAX_TEXT}: it is split."
                ),
            ));
        } else if number == last && (1..=MAX_BUTTONS).contains(&offered) && long > MAX_BUTTON_TEXT {
            found.push((here, format!("This text has {long} characters and buttons stand under {MAX_BUTTON_TEXT} at most: quick replies take their place.")));
        }
    }
    if offered > MAX_QUICK_REPLIES {
        found.push((here, format!("There are {offered} answers and Messenger shows {MAX_QUICK_REPLIES}: they come in pages of {PAGE}.")));
    }
    for answer in question.answers().take(offered) {
        let label = answer.label().trim();
        let long = length(label);
        if long > MAX_TITLE {
            let span = analysis.span_of_answer(node, answer.id()).unwrap_or(here);
            found.push((span, format!("`{label}` has {long} characters and a button shows {MAX_TITLE}: the answers become a numbered list.")));
        }
    }
    let limit = |(span, message)| {
        let (from, to, _) = units.range(analysis.source(), span);
        Limit { message, from, to }
    };
    found.into_iter().map(limit).collect()
}

/// The turn that leads to the end of a way.
fn step<'t>(tree: &'t Tree, history: &History, way: &Trail, title: Option<String>) -> Turn<'t> {
    let code = PlaceCode::encode(tree, way).to_string();
    let at = Millis(i64::try_from(way.steps.len()).unwrap_or(i64::MAX));
    let kind = InputKind::Tap { code, title };
    let input = Input { at, id: format!("phone-{}", at.0), kind };
    turn(tree, history, &input, &TurnOptions::default())
}

/// What the person said.
fn mine(text: String, spoken: Option<Spoken>, tree: &Tree) -> Bubble {
    about(Bubble { mine: true, text, ..Bubble::default() }, spoken, tree)
}

/// A message with what it is in the tree.
fn about(bubble: Bubble, spoken: Option<Spoken>, tree: &Tree) -> Bubble {
    let node = spoken.and_then(|spoken| spoken.node(tree)).map(|node| node.0);
    Bubble { node, spoken, ..bubble }
}

/// A reply at a place as the Worker sends it, but for whom it goes to.
fn bodies(tree: &Tree, reply: &Reply<'_>, way: &Trail, from: usize) -> Vec<Value> {
    let place = PlaceCode::encode(tree, way);
    let start_again = tree.start_again();
    let dress = Dress {
        person: "",
        place: place.as_str(),
        from,
        yes_or_no: tree.yes_or_no(),
        more: tree.more_label(),
        start_again: &start_again,
        metadata: None,
        graphemes,
    };
    let bodies = render(reply, &dress);
    bodies.iter().filter_map(|body| serde_json::from_str(body).ok()).collect()
}

/// The bodies of a reply as they are drawn, each with the message that it is from. A long one is sent in several parts,
/// and the bot's own words share a body with what they lead to.
fn bubbles(bodies: &[Value], reply: &Reply<'_>, tree: &Tree, way: &Trail) -> Vec<Bubble> {
    let nodes = speaking(tree, way);
    let last = reply.messages.len().saturating_sub(1);
    let written: Vec<String> = reply
        .messages
        .iter()
        .map(|message| match message {
            Message::Text(text) => written_out(text.trim()),
            Message::Image { address, .. } => address.to_string(),
        })
        .collect();
    let mut next = 0;
    let mut drawn = Vec::with_capacity(bodies.len());
    for body in bodies {
        let bubble = bubble(body);
        let shown = bubble.picture.as_ref().unwrap_or(&bubble.text).trim();
        let mut from = written.iter().enumerate().skip(next);
        let found = from.find(|(_, whole)| whole.contains(shown) || shown.contains(whole.as_str()));
        let number = found.map_or(next.min(last), |(number, whole)| {
            // More of a message may come, but not after all of it.
            next = if shown.contains(whole.as_str()) { number + 1 } else { number };
            number
        });
        drawn.push(about(bubble, Spoken::message(tree, &nodes, last - number), tree));
    }
    drawn
}

/// A body as it is drawn.
fn bubble(body: &Value) -> Bubble {
    let message = body.get("message").unwrap_or(&Value::Null);
    let attachment = message.get("attachment");
    let payload = attachment.and_then(|attachment| attachment.get("payload"));
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let kind = text(attachment.and_then(|attachment| attachment.get("type")));
    if kind == "image" {
        let picture = payload.map(|payload| text(payload.get("url")));
        return Bubble { picture, ..Bubble::default() };
    }
    Bubble {
        mine: false,
        text: text(message.get("text").or_else(|| payload?.get("text"))),
        buttons: presses(payload.and_then(|payload| payload.get("buttons"))),
        ..Bubble::default()
    }
}

fn quick(body: &Value) -> Vec<Press> {
    presses(body.get("message").and_then(|message| message.get("quick_replies")))
}

fn presses(list: Option<&Value>) -> Vec<Press> {
    let field = |press: &Value, name: &str| {
        press.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.map(|press| Press { title: field(press, "title"), payload: field(press, "payload") })
        .collect()
}

/// The message of a body as it is sent.
fn shown(body: &Value) -> String {
    body.get("message").map(|message| format!("{message:#}")).unwrap_or_default()
}

/// The label of the last answer of a way.
fn label(tree: &Tree, way: &Trail) -> String {
    let last = resolve(tree, way).path.last().copied();
    let answer = last.and_then(|(question, answer)| tree.get(question)?.answer(answer?));
    answer.map(|answer| answer.label().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
