//! The conversation as Messenger shows it: what the Worker would send, made by the same code.

use serde::Serialize;
use serde_json::Value;
use treebot::{
    Analysis, Event, Input, InputKind, Message, NodeId, PlaceCode, Recorded, Reply, ReplyKind,
    Trail, Tree, TurnOptions, turn_after,
};
use treebot_messenger::incoming::split_more;
use treebot_messenger::outgoing::{
    Dress, MAX_BUTTON_TEXT, MAX_BUTTONS, MAX_QUICK_REPLIES, MAX_TEXT, MAX_TITLE, PAGE, graphemes,
    length, render, written_out,
};
use tsify::Tsify;

use crate::document::Units;
use crate::view::{NOW, Sender, entries, entry_ids, led_on};

use super::spoken::Spoken;
use super::timeline::speaking;

/// The most turns that are shown: the newest.
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
    /// The entry of the transcript that it is part of.
    pub entry: String,
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

/// The turns of a conversation as they stand in a thread, the newest at the end. Each comes with where the conversation
/// stood before it.
///
/// `newest` is what the bot says now, which is the reply of the newest turn where it `replied`; `from` is the first answer
/// to be shown of a long list.
pub(crate) fn phone<'e>(
    tree: &Tree,
    turns: impl Iterator<Item = (Option<&'e Trail>, &'e Event)>,
    newest: &Reply<'_>,
    replied: bool,
    from: usize,
) -> Phone {
    let turns: Vec<_> = turns.collect();
    let mut phone = Phone::default();
    let root = Trail::root();
    let mut sent = Vec::new();
    let mut before: Option<&Event> = None;
    for (number, (stood, event)) in turns.iter().enumerate() {
        let led = event.place.as_ref();
        let place = led.or(*stood).unwrap_or(&root);
        if turns.len() - number <= TURNS {
            let (yours, bots) = entry_ids(event);
            if let Some(said) = words(tree, event) {
                let given = led.filter(|_| led_on(event));
                let spoken = given.and_then(|way| Spoken::answer(tree, way)).or_else(|| {
                    // It has led nowhere: it was said to the question.
                    let asked = stood.unwrap_or(place);
                    Spoken::message(tree, &speaking(tree, asked), 0)
                });
                let bubble = Bubble { mine: true, text: said, entry: yours, ..Bubble::default() };
                phone.bubbles.push(about(bubble, spoken, tree));
            }
            let is_newest = number + 1 == turns.len();
            let reply = again(tree, before, event, place);
            let now = Some(newest).filter(|newest| {
                is_newest && (replied || reply.messages.ends_with(&newest.messages))
            });
            let from = if now.is_some() { from } else { 0 };
            let shown = now.unwrap_or(&reply);
            sent = bodies(tree, shown, place, from);
            phone.bubbles.extend(bubbles(&sent, shown, tree, place, &bots));
            if is_newest && now.is_none() {
                sent = bodies(tree, newest, place, from);
                phone.bubbles.extend(bubbles(&sent, newest, tree, place, NOW));
            }
        }
        before = Some(*event).filter(|event| event.place.is_some()).or(before);
    }
    phone.quick = sent.last().map(quick).unwrap_or_default();
    phone.bodies = sent.iter().map(shown).collect();
    phone
}

/// What the person said or pressed, as it stands in the thread.
fn words(tree: &Tree, event: &Event) -> Option<String> {
    let yours = entries(tree, event).into_iter().find(|entry| entry.sender == Sender::You)?;
    let said = yours.messages.into_iter().flat_map(|said| said.pieces);
    Some(said.map(|piece| piece.text).collect())
}

/// The reply of a turn, with what can be pressed under it: as it is given now where that leads to the same place; else,
/// as where something is understood by now that was not, with the words of then.
fn again(tree: &Tree, before: Option<&Event>, event: &Event, place: &Trail) -> Reply<'static> {
    let code = || PlaceCode::encode(tree, place).to_string();
    let kind = match &event.input {
        Recorded::Start => InputKind::Start { at_node: None },
        Recorded::Text(text) => InputKind::Text(text.clone()),
        Recorded::Tap(title) => InputKind::Tap { code: code(), title: Some(title.clone()) },
        Recorded::Back => InputKind::Back,
        Recorded::Restart => InputKind::Restart,
        Recorded::Help => InputKind::Help,
        Recorded::Forget => InputKind::Forget,
        Recorded::Unsupported | Recorded::Host(_) => InputKind::Unsupported,
    };
    let input = |kind| Input { at: event.at, id: event.id.clone(), kind };
    let options = TurnOptions { sees_current: true, ..TurnOptions::default() };
    let turn = turn_after(tree, before, input(kind), &options);
    let is_same = turn.event.place == event.place && turn.event.said.len() == event.said.len();
    let reply = if is_same {
        turn.reply
    } else {
        let there = InputKind::Tap { code: code(), title: None };
        let mut reply = turn_after(tree, before, input(there), &options).reply;
        if event.asked.is_some() && event.misses > 0 {
            // What is said then stands in one message.
            reply.kind = ReplyKind::Unclear;
        }
        reply
    };
    let reply = reply.into_owned();
    let said = reply.note.iter().map(|note| Message::Text(note.text.clone()));
    if event.said.is_empty() || said.chain(reply.messages.iter().cloned()).eq(event.said.clone()) {
        return reply;
    }
    Reply { messages: event.said.clone(), note: None, ..reply }
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
fn bubbles(
    bodies: &[Value],
    reply: &Reply<'_>,
    tree: &Tree,
    way: &Trail,
    entry: &str,
) -> Vec<Bubble> {
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
        let bubble = Bubble { entry: entry.to_owned(), ..bubble(body) };
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

#[cfg(test)]
mod tests;
