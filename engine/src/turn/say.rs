//! Putting replies together.

use indexmap::IndexMap;

use crate::tree::{AnswerId, NodeId, Tree};
use crate::walk::{Passage, Walk, record_of};
use crate::{Choice, Digest, Message, Note, NoteKind, PlaceCode, Reply, ReplyKind};

/// The most answers that are named in a "Did you mean …?"; more are only offered.
const NAMED_IN_A_SENTENCE: usize = 3;

/// Asks where a walk has led, in full: the question, or what was said at the end.
pub(super) fn ask(tree: &Tree, walk: &Walk, note: Option<Note>) -> Reply {
    let node = tree.node(walk.place);
    let messages = if node.is_question() { node.say.clone() } else { said_last(tree, walk) };
    reply(tree, walk, place_kind(tree, walk), messages, note)
}

/// A reply at the place of a walk, with all its answers offered.
pub(super) fn reply(
    tree: &Tree,
    walk: &Walk,
    kind: ReplyKind,
    messages: Vec<Message>,
    note: Option<Note>,
) -> Reply {
    let node = tree.node(walk.place);
    let offered: Vec<AnswerId> =
        if node.offer { node.numbered().map(|(id, _)| id).collect() } else { Vec::new() };
    offering(tree, walk, kind, messages, note, &offered)
}

/// A reply at the place of a walk, with some of its answers offered.
pub(super) fn offering(
    tree: &Tree,
    walk: &Walk,
    kind: ReplyKind,
    messages: Vec<Message>,
    note: Option<Note>,
    offered: &[AnswerId],
) -> Reply {
    Reply { kind, messages, choices: choices(tree, walk, offered), note }
}

/// Question or end.
pub(super) fn place_kind(tree: &Tree, walk: &Walk) -> ReplyKind {
    if tree.node(walk.place).is_question() { ReplyKind::Question } else { ReplyKind::End }
}

/// The question once more, after something else was said: from its last text on.
pub(super) fn again(tree: &Tree, walk: &Walk) -> Vec<Message> {
    let node = tree.node(walk.place);
    if !node.is_question() {
        return Vec::new();
    }
    let from =
        node.say.iter().rposition(|message| matches!(message, Message::Text(_))).unwrap_or(0);
    node.say.get(from..).unwrap_or_default().to_vec()
}

/// What is said on the way to a place; a question that is answered already is not asked.
pub(super) fn passage(tree: &Tree, passage: &Passage, place: NodeId) -> Vec<Message> {
    passage
        .nodes
        .iter()
        .map(|id| (*id, tree.node(*id)))
        .filter(|(id, node)| *id == place || !node.is_question())
        .flat_map(|(_, node)| node.say.clone())
        .collect()
}

/// What was said when the last answer was given (or at the start).
fn said_last(tree: &Tree, walk: &Walk) -> Vec<Message> {
    let last = walk.path().last().map_or(&walk.opening, |taken| &taken.passage);
    passage(tree, last, walk.place)
}

/// The answers that are offered, each with the code of the place it leads to.
fn choices(tree: &Tree, walk: &Walk, offered: &[AnswerId]) -> Vec<Choice> {
    let node = tree.node(walk.place);
    let mut trail = walk.trail();
    offered
        .iter()
        .filter_map(|id| {
            let answer = node.answer(*id)?;
            trail.steps.push(record_of(tree, walk.place, Some(*id), None));
            let code = PlaceCode::encode(tree, &trail);
            trail.steps.pop();
            Some(Choice { label: answer.label.clone(), code })
        })
        .collect()
}

/// The keys of what was offered, as they are recorded.
pub(super) fn shown(tree: &Tree, walk: &Walk, reply: &Reply) -> Vec<Digest> {
    let node = tree.node(walk.place);
    // Labels differ within a question, so they tell which answers were offered.
    let known: IndexMap<&str, Digest> =
        node.answers.iter().map(|answer| (answer.label.as_str(), answer.digest)).collect();
    reply.choices.iter().filter_map(|choice| known.get(choice.label.as_str()).copied()).collect()
}

/// Asks whether everything about the person is to be deleted.
pub(super) fn ask_to_forget(tree: &Tree, walk: &Walk) -> Reply {
    offering(tree, walk, ReplyKind::Info, vec![text(tree.pack.forget_ask)], None, &[])
}

/// A question back: which of these answers was meant.
pub(super) fn ask_back(tree: &Tree, walk: &Walk, rivals: &[AnswerId]) -> Reply {
    let messages = vec![did_you_mean(tree, walk, rivals)];
    offering(tree, walk, ReplyKind::DidYouMean, messages, None, rivals)
}

/// "Did you mean A or B?"
fn did_you_mean(tree: &Tree, walk: &Walk, rivals: &[AnswerId]) -> Message {
    let node = tree.node(walk.place);
    let labels: Vec<&str> = rivals
        .iter()
        .filter_map(|id| node.answer(*id))
        .map(|answer| answer.label.as_str())
        .collect();
    if labels.len() > NAMED_IN_A_SENTENCE {
        return Message::Text(tree.pack.did_you_mean_one.to_owned());
    }
    let mut list = String::new();
    for (number, label) in labels.iter().enumerate() {
        if number > 0 {
            list.push_str(if number + 1 == labels.len() { tree.pack.or } else { ", " });
        }
        list.push_str(label);
    }
    Message::Text(tree.pack.did_you_mean.replace("{}", &list))
}

/// Says that the tree has changed under the conversation.
pub(super) fn changed(tree: &Tree) -> Note {
    Note { kind: NoteKind::Changed, text: tree.pack.changed.to_owned() }
}

/// One of the engine's own texts.
pub(super) fn text(text: &str) -> Message {
    Message::Text(text.to_owned())
}
