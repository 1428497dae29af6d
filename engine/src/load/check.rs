//! What only the whole tree shows: loops, places that cannot be reached, and what may surprise people.

mod alike;
mod paths;

use std::collections::VecDeque;

use crate::lookup::Lookup;
use crate::matching::{Said, asks_yes_or_no, command, yes_no};
use crate::place::MAX_STEPS;
use crate::tree::{Node, NodeId, Tree, number_of};
use crate::walk::follow;
use crate::{Code, Diagnostic, Message};

use alike::{Budget, alike, counted};
use paths::Graph;

use super::draft::{Draft, DraftAnswer, DraftNode, Spanned};
use super::link::Linked;

/// Messenger shows at most this many characters on a button or quick reply.
const MESSENGER_LABEL: usize = 20;
/// Messenger shows at most this many quick replies.
const MESSENGER_ANSWERS: usize = 13;
/// Messenger shows at most this many buttons under a text.
const MESSENGER_BUTTONS: usize = 3;
/// Messenger shows at most this many characters above buttons.
const MESSENGER_TEXT_WITH_BUTTONS: usize = 640;
/// Messenger shows at most this many characters in a message.
pub(super) const MESSENGER_TEXT: usize = 2000;
/// What always fits the ten messages that are sent at once, however the texts are cut: two that share no message have more
/// characters than one.
const MESSENGER_REPLY: usize = 5 * MESSENGER_TEXT;

/// Looks the whole tree over.
pub(super) fn check(draft: &Draft, linked: &Linked, problems: &mut Vec<Diagnostic>) {
    let silent = silent_loops(linked, problems);
    if silent {
        return;
    }
    let next = Next::of(&linked.tree);
    too_long(linked, &next, problems);
    let reached = reached(&linked.tree);
    unreachable(linked, &reached, problems);
    no_way_out(linked, &next, &reached, problems);
    let mut budget = Budget::new();
    let command_words = command_words(&linked.tree);
    for (node, drafted) in linked.tree.nodes().zip(&draft.nodes) {
        alike(node, drafted, &mut budget, problems);
        counted(node, drafted, problems);
        answers_like_commands(node, drafted, &command_words, problems);
        messenger(node, drafted, problems);
    }
}

/// Where the answers of each question lead.
struct Next {
    /// The places after the answers (and the `else`, where that is taken like one) of one node after the other.
    places: Vec<NodeId>,
    /// Where each node's end.
    ends: Vec<usize>,
}

impl Next {
    fn of(tree: &Tree) -> Self {
        let arrivals = arrivals(tree);
        let arrive = |id: NodeId| arrivals.get(id.0 as usize).copied().unwrap_or(id);
        let mut next = Self { places: Vec::new(), ends: Vec::with_capacity(tree.len()) };
        for node in tree.nodes() {
            next.places.extend(node.answers().map(|answer| {
                let then = tree.node(answer.node());
                let leads_nowhere = !then.is_question() && then.goto().is_none();
                arrive(node.goto().filter(|_| leads_nowhere).unwrap_or(answer.node()))
            }));
            let otherwise = node.otherwise().filter(|id| is_taken(tree.node(*id)));
            next.places.extend(otherwise.map(arrive));
            next.ends.push(next.places.len());
        }
        next
    }

    fn after(&self, id: NodeId) -> &[NodeId] {
        let at = id.0 as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let end = self.ends.get(at).copied().unwrap_or_default();
        self.places.get(start.copied().unwrap_or_default()..end).unwrap_or_default()
    }
}

/// For each node the place that it leads to. There must be no silent loops.
fn arrivals(tree: &Tree) -> Vec<NodeId> {
    let mut arrivals: Vec<Option<NodeId>> = vec![None; tree.len()];
    let known = |arrivals: &[Option<NodeId>], id: NodeId| arrivals.get(id.0 as usize).copied();
    let mut chain = Vec::new();
    for start in (0..).map(NodeId).take(tree.len()) {
        let mut at = start;
        let place = loop {
            if let Some(Some(place)) = known(&arrivals, at) {
                break place;
            }
            chain.push(at);
            let node = tree.node(at);
            match node.goto().filter(|_| !node.is_question()) {
                Some(goto) => at = goto,
                None => break at,
            }
        };
        for id in chain.drain(..) {
            if let Some(arrival) = arrivals.get_mut(id.0 as usize) {
                *arrival = Some(place);
            }
        }
    }
    arrivals.into_iter().map(|place| place.unwrap_or(Tree::ROOT)).collect()
}

/// Whether an `else` is taken like an answer.
fn is_taken(node: Node<'_>) -> bool {
    node.is_question() || node.goto().is_some()
}

/// Reports every `goto` in a ring that asks nothing; true if there is one.
fn silent_loops(linked: &Linked, problems: &mut Vec<Diagnostic>) -> bool {
    let tree = &linked.tree;
    let next = |number: usize| {
        let node = tree.node(NodeId(number_of(number)));
        node.goto().filter(|_| !node.is_question()).map(|goto| goto.0 as usize)
    };
    // Each node is walked over once: by which walk, from 1.
    let mut walked = vec![0; tree.len()];
    let mut found = false;
    for (walk, start) in (1..).zip(0..tree.len()) {
        let mut at = start;
        while let Some(mark) = walked.get_mut(at).filter(|mark| **mark == 0) {
            *mark = walk;
            let Some(then) = next(at) else { break };
            at = then;
        }
        // Only where a walk comes back to its own track there is a ring, and `at` is in it.
        if walked.get(at) != Some(&walk) || next(at).is_none() {
            continue;
        }
        found = true;
        let first = at;
        loop {
            if let Some(span) = linked.places.get(at).and_then(|places| places.goto) {
                let message = "this `goto` leads round in a circle that never asks anything";
                problems.push(Diagnostic::new(Code::SilentLoop, span, message));
            }
            match next(at) {
                Some(then) if then != first => at = then,
                Some(_) | None => break,
            }
        }
    }
    found
}

/// A conversation may take at most as many answers as a place code holds.
fn too_long(linked: &Linked, next: &Next, problems: &mut Vec<Diagnostic>) {
    let tree = &linked.tree;
    let questions = tree.nodes().filter(|node| node.is_question()).count();
    if questions <= MAX_STEPS {
        return;
    }
    // Who comes to the root has an empty trail again.
    let asks = |id: &NodeId| *id != Tree::ROOT && tree.node(*id).is_question();
    let graph = Graph::new(
        tree.nodes().map(|node| next.after(node.id()).iter().copied().filter(asks).map(|id| id.0)),
    );
    let shared = tree.nodes().zip(&linked.places).filter(|(_, places)| places.shared);
    let starts = std::iter::once(Tree::ROOT).chain(shared.map(|(node, _)| node.id()));
    let starts = starts.map(|start| follow(tree, start, None).place.0);
    let Some(found) = graph.too_long(starts, MAX_STEPS) else { return };
    let span = linked.places.get(found.at as usize).map(|places| places.at).unwrap_or_default();
    let message = if found.is_certain {
        format!(
            "a conversation can take more than {MAX_STEPS} answers to get here; ask less in one go, or share parts through `nodes` and lead back to them with `goto`"
        )
    } else {
        format!(
            "the loops here are too many to tell whether a conversation can take more than {MAX_STEPS} answers; lead back to fewer questions"
        )
    };
    problems.push(Diagnostic::new(Code::TooLong, span, message));
}

fn mark(marks: &mut [bool], id: NodeId, to: bool) {
    if let Some(place) = marks.get_mut(id.0 as usize) {
        *place = to;
    }
}

/// Which nodes some conversation says.
fn reached(tree: &Tree) -> Vec<bool> {
    let mut reached = vec![false; tree.len()];
    let mut waiting = VecDeque::from([Tree::ROOT]);
    while let Some(id) = waiting.pop_front() {
        if reached.get(id.0 as usize).copied().unwrap_or(true) {
            continue;
        }
        mark(&mut reached, id, true);
        let node = tree.node(id);
        waiting.extend(node.answers().map(|answer| answer.node()));
        waiting.extend(node.otherwise());
        // The `goto` of a question is for those of its answers that lead nowhere else.
        let used = !node.is_question()
            || node.answers().any(|answer| {
                let then = tree.node(answer.node());
                !then.is_question() && then.goto().is_none()
            });
        waiting.extend(node.goto().filter(|_| used));
    }
    reached
}

fn unreachable(linked: &Linked, reached: &[bool], problems: &mut Vec<Diagnostic>) {
    for (number, places) in linked.places.iter().enumerate() {
        if places.shared && !reached.get(number).copied().unwrap_or(true) {
            let name = linked.tree.node(NodeId(number_of(number))).name().unwrap_or_default();
            problems.push(Diagnostic::new(
                Code::Unreachable,
                places.at,
                format!("nothing leads to `{name}`; a `goto: {name}` would"),
            ));
        }
    }
}

/// Questions from which no answers, whichever are given, ever lead to an end.
fn no_way_out(linked: &Linked, next: &Next, reached: &[bool], problems: &mut Vec<Diagnostic>) {
    let tree = &linked.tree;
    let mut ends = vec![false; tree.len()];
    // What leads to each node, as a chain: where it begins, and each link with the number of the next, from 1.
    let mut before = vec![0_usize; tree.len()];
    let mut links: Vec<(NodeId, usize)> = Vec::with_capacity(next.places.len());
    let mut waiting = VecDeque::new();
    for node in tree.nodes() {
        if !node.is_question() {
            waiting.push_back(node.id());
        }
        for then in next.after(node.id()) {
            if let Some(first) = before.get_mut(then.0 as usize) {
                links.push((node.id(), *first));
                *first = links.len();
            }
        }
    }
    while let Some(id) = waiting.pop_front() {
        if ends.get(id.0 as usize).copied().unwrap_or(true) {
            continue;
        }
        mark(&mut ends, id, true);
        let mut link = before.get(id.0 as usize).copied().unwrap_or_default();
        while let Some((node, further)) = link.checked_sub(1).and_then(|at| links.get(at)) {
            waiting.push_back(*node);
            link = *further;
        }
    }
    for (number, node) in tree.nodes().enumerate() {
        let stuck = node.is_question()
            && !ends.get(number).copied().unwrap_or(true)
            && reached.get(number).copied().unwrap_or(false);
        if stuck && let Some(places) = linked.places.get(number) {
            problems.push(Diagnostic::new(
                Code::NoWayOut,
                places.at,
                "no answer leads out of this loop; nobody can come to an end from here",
            ));
            return;
        }
    }
}

fn answers_like_commands(
    node: Node<'_>,
    draft: &DraftNode,
    known: &Lookup<Vec<u32>>,
    problems: &mut Vec<Diagnostic>,
) {
    // Mostly there is none, and then nothing needs to be taken apart again.
    if !node.phrases().iter().any(|row| known.contains(node.phrase(row).words())) {
        return;
    }
    let tree = node.tree;
    let polar = asks_yes_or_no(node);
    for typed in draft.answers.iter().flat_map(typed) {
        // At a question that takes a yes or no, "start" and the like are still commands.
        let said = Said::of(tree, &typed.text);
        let says_yes_or_no = polar && yes_no(tree, &said).is_some();
        if command(tree, &said).is_some() && !says_yes_or_no {
            let message =
                format!("`{}` is also a command; here it is taken as this answer", typed.text);
            problems.push(Diagnostic::new(Code::AnswerIsCommand, typed.span, message));
        }
    }
}

/// What can be said anywhere, by the numbers of its words; without what has a word that is nowhere in the
/// tree.
fn command_words(tree: &Tree) -> Lookup<Vec<u32>> {
    let number = |word: &str| tree.vocabulary.find(&tree.tables, word);
    let phrases = tree.commands.phrases();
    phrases.filter_map(|phrase| phrase.split(' ').map(number).collect()).collect()
}

/// What may be typed for an answer.
fn typed(answer: &DraftAnswer) -> impl Iterator<Item = &Spanned> {
    std::iter::once(&answer.key).chain(&answer.label).chain(&answer.also)
}

fn messenger(node: Node<'_>, draft: &DraftNode, problems: &mut Vec<Diagnostic>) {
    let offered = if node.offer() { node.answers().len() } else { 0 };
    for (answer, drafted) in node.answers().take(offered).zip(&draft.answers) {
        if let Some(length) = longer_than(answer.label(), MESSENGER_LABEL) {
            let message = format!(
                "Messenger shows {MESSENGER_LABEL} characters of a button and `{}` has {length}; there it becomes a numbered list",
                answer.label()
            );
            let at = drafted.label.as_ref().unwrap_or(&drafted.key).span;
            problems.push(Diagnostic::new(Code::MessengerLimit, at, message));
        }
    }
    if offered > MESSENGER_ANSWERS {
        let message = format!(
            "Messenger shows {MESSENGER_ANSWERS} answers and this question has {offered}; there they come in pages"
        );
        problems.push(Diagnostic::new(Code::MessengerLimit, draft.at, message));
    }
    let long = |count: fn(&str) -> usize| {
        let said = node.say().map(|message| match message {
            Message::Text(text) => count(&text) + 2,
            // It shares a message with nothing.
            Message::Image { .. } => MESSENGER_TEXT,
        });
        Some(said.sum()).filter(|sum: &usize| *sum > MESSENGER_REPLY)
    };
    // No text has more characters than bytes, which take no counting.
    if let Some(all) = long(str::len).and_then(|_| long(|text| text.encode_utf16().count())) {
        let message = format!(
            "Messenger is sent ten messages at once, which are sure to hold {MESSENGER_REPLY} characters, where a picture counts as {MESSENGER_TEXT}, and this has {all}; there the middle may be left out"
        );
        problems.push(Diagnostic::new(Code::MessengerLimit, draft.say_span, message));
        return;
    }
    let buttons = (1..=MESSENGER_BUTTONS).contains(&offered);
    let last = node.say().len().saturating_sub(1);
    for (number, message) in node.say().enumerate() {
        let Message::Text(text) = message else { continue };
        let Some(length) = longer_than(&text, MESSENGER_TEXT_WITH_BUTTONS) else { continue };
        if length > MESSENGER_TEXT {
            let message = format!(
                "Messenger takes {MESSENGER_TEXT} characters in a message and this has {length}; there it is split"
            );
            problems.push(Diagnostic::new(Code::MessengerLimit, draft.say_span, message));
        } else if buttons && number == last {
            let message = format!(
                "Messenger takes {MESSENGER_TEXT_WITH_BUTTONS} characters above buttons and this has {length}; there quick replies take the place of buttons"
            );
            problems.push(Diagnostic::new(Code::MessengerLimit, draft.say_span, message));
        }
    }
}

/// How many characters a text has as Messenger counts them, if they are more than so many.
fn longer_than(text: &str, most: usize) -> Option<usize> {
    // No text has more of them than bytes.
    let length = if text.len() > most { text.encode_utf16().count() } else { 0 };
    (length > most).then_some(length)
}
