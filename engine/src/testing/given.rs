//! The older conversation that a test begins with: answers as they were recorded once.

use crate::place::{MAX_STEPS, Start, Step, StepAnswer, Trail};
use crate::resolve::{StepOutcome, resolve};
use crate::tree::{NodeId, Tree};
use crate::{Asked, Digest, Event, Millis, Pending, Recorded};

use super::GivenAnswer;
use super::names::find;

/// An older conversation.
pub(super) struct Given {
    /// What is recorded of it.
    pub(super) trail: Trail,
    /// Why not all of its answers lead to where it stands now, if so; in the author's words.
    pub(super) problem: Option<String>,
}

/// Whether all of these answers are there, and lead on from one to the next.
pub(crate) fn leads_on(tree: &Tree, given: &[GivenAnswer]) -> bool {
    trail_of(tree, given).problem.is_none()
}

/// Puts given answers in the order in which their questions are asked now. What is not asked any more stays
/// where the author wrote it.
pub(super) fn trail_of(tree: &Tree, given: &[GivenAnswer]) -> Given {
    let mut left: Vec<Record> = given.iter().map(|given| Record::of(tree, given)).collect();
    let mut trail = Trail { start: Start::Root, ..Trail::root() };
    let mut problem = None;
    while trail.steps.len() < MAX_STEPS {
        let place = resolve(tree, &trail).place;
        if place.is_end() {
            break;
        }
        let for_it = left.iter().position(|record| record.asked_at == Some(place.node));
        // Of a question whose name is gone, where it stood is all that is known.
        let next = for_it.or_else(|| left.iter().position(|record| record.asked_at.is_none()));
        let Some(next) = next else { break };
        let record = left.remove(next);
        trail.steps.push(record.step);
        let outcome = resolve(tree, &trail).report.steps.last().map(|step| step.outcome);
        if !matches!(outcome, Some(StepOutcome::Kept | StepOutcome::Alias)) {
            problem = Some(no_answer(tree, place.node, &record.answer));
            break;
        }
    }
    if problem.is_none() {
        problem = left.first().map(|record| {
            format!("`{}` is not asked on the way that the other answers lead", record.question)
        });
    }
    // They count once their questions are reached.
    let room = MAX_STEPS.saturating_sub(trail.steps.len());
    let ahead = left.into_iter().filter(|record| record.step.question.is_some());
    trail.ahead = ahead.map(|record| record.step).take(room).collect();
    Given { trail, problem }
}

/// The event that is remembered of it: the question that waits was asked, if nothing has changed.
pub(super) fn event(tree: &Tree, given: &Given, at: Millis, id: String) -> Event {
    let node = tree.get(resolve(tree, &given.trail).place.node);
    let question = node.filter(|node| node.is_question());
    let asked = question.map(|node| match &given.problem {
        None => Asked { name: node.names().next(), words: node.words() },
        // Something else was asked then.
        Some(_) => Asked { name: None, words: Digest::NOTHING },
    });
    let shown = question
        .filter(|node| node.offer())
        .map(|node| node.answers().map(|answer| answer.digest()).collect());
    Event {
        at,
        id,
        input: Recorded::Start,
        matched: None,
        place: Some(given.trail.clone()),
        asked,
        shown: shown.unwrap_or_default(),
        misses: 0,
        pending: Pending::Nothing,
        said: Vec::new(),
    }
}

struct Record {
    step: Step,
    /// Where it is asked now, as far as it still is.
    asked_at: Option<NodeId>,
    question: String,
    answer: String,
}

impl Record {
    fn of(tree: &Tree, given: &GivenAnswer) -> Self {
        let name = Digest::of(&given.question);
        let named = tree.find(name);
        let asked_at = named.or_else(|| find(tree, &given.question)).map(|id| asks(tree, id));
        // A way to a question is no name of it.
        let question = (named.is_some() || asked_at.is_none()).then_some(name);
        let key = Digest::of(&given.answer);
        let is_else = given.answer == "else"
            && asked_at
                .and_then(|id| tree.get(id))
                .is_some_and(|node| node.answers().all(|answer| answer.digest() != key));
        let answer = if is_else { StepAnswer::Else } else { StepAnswer::Key(key) };
        Self {
            step: Step { question, answer, mark: None, words: None },
            asked_at,
            question: given.question.clone(),
            answer: given.answer.clone(),
        }
    }
}

/// The question that a node leads to, if it asks nothing itself.
fn asks(tree: &Tree, id: NodeId) -> NodeId {
    let mut at = id;
    for _ in 0..tree.len() {
        match tree.get(at).filter(|node| !node.is_question()).and_then(|node| node.goto()) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// "`length` has no answer `long`", with the one that may have been meant.
fn no_answer(tree: &Tree, question: NodeId, answer: &str) -> String {
    let name = tree.place_name(question);
    let digest = Digest::of(answer);
    let label = tree.get(question).and_then(|node| {
        node.answers()
            .find(|answer| Digest::of(answer.label()) == digest)
            .map(|answer| answer.key())
    });
    let keys: Vec<&str> = tree
        .get(question)
        .into_iter()
        .flat_map(|node| node.answers().map(|answer| answer.key()).take(MAX_COMPARED))
        .collect();
    match label.or_else(|| crate::load::nearest(answer, &keys)) {
        Some(near) => format!("`{name}` has no answer `{answer}`: did you mean `{near}`?"),
        None => {
            format!("`{name}` has no answer `{answer}`, nor did one ever bear that key (`was`)")
        }
    }
}

/// How many keys a wrong one is compared with.
const MAX_COMPARED: usize = 1000;
