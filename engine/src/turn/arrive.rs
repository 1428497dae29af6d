//! Going on: where a walk begins, where an answer leads, and what is said on the way.

use std::sync::Arc;

use crate::Message;
use crate::event::first;
use crate::place::{MAX_WORDS, Trail};
use crate::tree::{AnswerId, Tree};
use crate::walk::{Walk, record_of, walk};

use super::outcome::Outcome;
use super::say;

/// Says what is said at the start of a walk.
pub(super) fn begin<'t>(tree: &'t Tree, walk: Walk<'t>) -> Outcome<'t> {
    let messages = say::passage(tree, walk.opening, walk.place).collect();
    let reply = say::reply(tree, &walk, say::place_kind(tree, &walk), messages, None);
    Outcome::new(walk, reply)
}

/// Takes an answer (the `else`, if none) of the question where a walk has led.
pub(super) fn answered<'t>(
    tree: &'t Tree,
    walked: Walk<'t>,
    answer: Option<AnswerId>,
    words: Option<Arc<str>>,
    before: Vec<Message<'t>>,
) -> Outcome<'t> {
    let node = walked.node();
    let label = || whole(node.answer(answer?)?.label());
    let words = words.or_else(label);
    if walked.can_go_on() {
        let walk = walked.and(answer, words);
        // As `arrive` does, without walking all the way again.
        let mut messages = before;
        if let Some(taken) = walk.taken.last() {
            messages.extend(say::passage(tree, taken.passage, walk.place));
        }
        let reply = say::reply(tree, &walk, say::place_kind(tree, &walk), messages, None);
        return Outcome::new(walk, reply);
    }
    let mut trail = walked.into_trail();
    trail.steps.push(record_of(node, answer, words));
    arrive(tree, &trail, before)
}

/// Walks a trail whose last step is new, and says what follows it.
pub(super) fn arrive<'t>(
    tree: &'t Tree,
    trail: &Trail,
    mut messages: Vec<Message<'t>>,
) -> Outcome<'t> {
    let walked = walk(tree, trail);
    let new = trail.steps.len().saturating_sub(1);
    if trail.steps.is_empty() {
        messages.extend(say::passage(tree, walked.opening, walked.place));
    }
    // Answers given before to questions that are reached now follow at once, wherever in the trail they stand.
    for taken in walked.taken.iter().skip_while(|taken| taken.record < new) {
        messages.extend(say::passage(tree, taken.passage, walked.place));
    }
    let reply = say::reply(tree, &walked, say::place_kind(tree, &walked), messages, None);
    Outcome::new(walked, reply)
}

/// A text that is kept with a step: all of it or nothing, as half of it may fit another answer.
pub(super) fn whole(text: &str) -> Option<Arc<str>> {
    (first(text, MAX_WORDS) == text).then(|| text.into())
}
