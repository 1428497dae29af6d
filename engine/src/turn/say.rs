//! Putting replies together.

use std::borrow::Cow;

use crate::code::CodesFrom;
use crate::lang::Hint;
use crate::matching::Command;
use crate::place::StepAnswer;
use crate::text::filled;
use crate::tree::{Answer, AnswerId, NodeId, Tree};
use crate::walk::{Passage, Walk, record_of};
use crate::{Choice, Digest, Message, Note, NoteKind, Pending, Reply, ReplyKind};

/// The most answers that are named in a "Did you mean …?"; more are only offered.
const NAMED_IN_A_SENTENCE: usize = 3;

/// Asks where a walk has led, in full: the question, or what was said at the end.
pub(super) fn ask<'t>(tree: &'t Tree, walk: &Walk<'t>, note: Option<Note<'t>>) -> Reply<'t> {
    let node = walk.node();
    let messages = if node.is_question() {
        node.say().collect()
    } else {
        // What was said when the last answer was given (or at the start).
        let last = walk.path().last().map_or(walk.opening, |taken| taken.passage);
        passage(tree, last, walk.place).collect()
    };
    reply(tree, walk, place_kind(tree, walk), messages, note)
}

/// A reply at the place of a walk, with all its answers offered.
pub(super) fn reply<'t>(
    tree: &'t Tree,
    walk: &Walk<'t>,
    kind: ReplyKind,
    messages: Vec<Message<'t>>,
    note: Option<Note<'t>>,
) -> Reply<'t> {
    let node = walk.node();
    let choices = if node.offer() { choices(tree, walk, node.answers()) } else { Vec::new() };
    Reply { kind, messages, choices, note, pending: Pending::Nothing }
}

/// A reply at the place of a walk, with some of its answers offered.
pub(super) fn offering<'t>(
    tree: &'t Tree,
    walk: &Walk<'t>,
    kind: ReplyKind,
    messages: Vec<Message<'t>>,
    note: Option<Note<'t>>,
    offered: &[AnswerId],
) -> Reply<'t> {
    let node = walk.node();
    let answers: Vec<Answer<'t>> = offered.iter().filter_map(|id| node.answer(*id)).collect();
    let choices = choices(tree, walk, answers.into_iter());
    Reply { kind, messages, choices, note, pending: Pending::Nothing }
}

/// Question or end.
pub(super) fn place_kind(tree: &Tree, walk: &Walk<'_>) -> ReplyKind {
    if tree.node(walk.place).is_question() { ReplyKind::Question } else { ReplyKind::End }
}

/// The question once more, after something else was said: from its last text on.
pub(super) fn again<'t>(tree: &'t Tree, walk: &Walk<'t>) -> impl Iterator<Item = Message<'t>> {
    let node = tree.node(walk.place);
    let last_text = node.say().rposition(|message| matches!(message, Message::Text(_)));
    let count = if node.is_question() { node.say().len() } else { 0 };
    node.say().take(count).skip(last_text.unwrap_or(0))
}

/// What is said on the way to a place; a question that is answered already is not asked.
pub(super) fn passage(
    tree: &Tree,
    passage: Passage,
    place: NodeId,
) -> impl Iterator<Item = Message<'_>> {
    passage
        .nodes(tree)
        .map(|id| tree.node(id))
        .filter(move |node| node.id() == place || !node.is_question())
        .flat_map(|node| node.say())
}

/// The answers that are offered, each with the code of the place it leads to.
fn choices<'t>(
    tree: &'t Tree,
    walk: &Walk<'t>,
    offered: impl ExactSizeIterator<Item = Answer<'t>>,
) -> Vec<Choice<'t>> {
    if offered.len() == 0 {
        return Vec::new();
    }
    let codes = CodesFrom::new(tree, walk);
    let mut step = record_of(walk.node(), None, None);
    let mark = step.mark;
    offered
        .map(|answer| {
            // As `record_of` says it of each.
            step.answer = StepAnswer::Key(answer.digest());
            step.mark = mark.filter(|_| !answer.means_something());
            Choice { label: Cow::Borrowed(answer.label()), code: codes.with(&step) }
        })
        .collect()
}

/// Asks whether everything about the person is to be deleted.
pub(super) fn ask_to_forget<'t>(tree: &'t Tree, walk: &Walk<'t>) -> Reply<'t> {
    let messages = vec![Message::new(tree.pack.forget_ask)];
    let reply = offering(tree, walk, ReplyKind::Info, messages, None, &[]);
    Reply { pending: Pending::Forget, ..reply }
}

/// A question back: which of these answers was meant.
pub(super) fn ask_back<'t>(tree: &'t Tree, walk: &Walk<'t>, rivals: &[AnswerId]) -> Reply<'t> {
    let messages = vec![did_you_mean(tree, walk, rivals)];
    offering(tree, walk, ReplyKind::DidYouMean, messages, None, rivals)
}

/// "Did you mean A or B?"
fn did_you_mean<'t>(tree: &'t Tree, walk: &Walk<'t>, rivals: &[AnswerId]) -> Message<'t> {
    let node = walk.node();
    let labels: Vec<&str> =
        rivals.iter().filter_map(|id| node.answer(*id)).map(|answer| answer.label()).collect();
    if labels.len() > NAMED_IN_A_SENTENCE {
        return Message::new(tree.pack.did_you_mean_one);
    }
    let mut list = String::new();
    for (number, label) in labels.iter().enumerate() {
        if number > 0 {
            list.push_str(if number + 1 == labels.len() { tree.pack.or } else { ", " });
        }
        list.push_str(label);
    }
    Message::new(filled(tree.pack.did_you_mean, &list))
}

/// The author's own words; else those of the language, with what the tree has for these commands.
pub(super) fn own_or<'t>(
    tree: &'t Tree,
    own: Option<&'t str>,
    [plain, with_first, with_second, with_both]: Hint,
    [first, second]: [Command; 2],
) -> Message<'t> {
    let called = |command| tree.commands.called(command);
    match (own, called(first), called(second)) {
        (Some(own), ..) => Message::new(own),
        (None, None, None) => Message::new(plain),
        (None, Some(first), None) => Message::new(filled(with_first, first)),
        (None, None, Some(second)) => Message::new(filled(with_second, second)),
        (None, Some(first), Some(second)) => {
            Message::new(filled(&filled(with_both, first), second))
        }
    }
}

/// Says which answer a text with a slip was taken for.
pub(super) fn took_as<'t>(tree: &Tree, label: &str) -> Note<'t> {
    Note { kind: NoteKind::TookAs, text: filled(tree.pack.took_as, label).into() }
}

/// Says that the tree has changed under the conversation.
pub(super) fn changed(tree: &Tree) -> Note<'_> {
    Note { kind: NoteKind::Changed, text: Cow::Borrowed(tree.pack.changed) }
}

/// The keys of what was offered, as they are recorded.
pub(super) fn shown(walk: &Walk<'_>, reply: &Reply<'_>) -> Vec<Digest> {
    let node = walk.node();
    // Mostly all answers are offered, in their order. Then the labels are those very texts of the tree.
    let is_own = |(answer, choice): (Answer<'_>, &Choice<'_>)| {
        answer.label().as_ptr() == choice.label.as_ptr()
            && answer.label().len() == choice.label.len()
    };
    if node.answers().len() == reply.choices.len() && node.answers().zip(&reply.choices).all(is_own)
    {
        return node.keys().collect();
    }
    let numbered = (0..).map(AnswerId).zip(&reply.choices);
    numbered
        .filter_map(|(id, choice)| {
            // Labels differ within a question, so they tell which.
            let is_it = |answer: &Answer<'_>| answer.label() == choice.label;
            let here = node.answer(id).filter(is_it);
            here.or_else(|| node.answers().find(is_it)).map(Answer::digest)
        })
        .collect()
}
