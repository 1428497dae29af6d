//! Walking over a tree: the one transition that a live turn and a replay both make.

use crate::digest::{Digest, means_nothing};
use crate::matching::beyond_doubt;
use crate::place::{MAX_STEPS, Start, Step, StepAnswer, Trail};
use crate::resolve::StepOutcome;
use crate::tree::{AnswerId, Node, NodeId, Tree};

/// What is said after an answer, up to where something is asked or the conversation ends.
#[derive(Clone, Debug)]
pub(crate) struct Passage {
    /// The nodes that speak, in order; the last is the place.
    pub(crate) nodes: Vec<NodeId>,
    /// The question, or the end.
    pub(crate) place: NodeId,
    /// Whether a `goto` was taken to the root.
    pub(crate) through_root: bool,
}

/// Goes on from a node to where something is asked or the conversation ends. `after` is the `goto` of
/// the question whose answer the node is.
pub(crate) fn follow(tree: &Tree, from: NodeId, after: Option<NodeId>) -> Passage {
    let mut passage = Passage { nodes: vec![from], place: from, through_root: false };
    let mut after = after;
    // The loader refuses rings that ask nothing, so this bound is never met.
    for _ in 0..tree.nodes.len() {
        let node = tree.node(passage.place);
        if node.is_question() {
            break;
        }
        let Some(next) = node.goto.or(after.take()) else { break };
        after = None;
        passage.nodes.push(next);
        passage.place = next;
        passage.through_root |= next == Tree::ROOT;
    }
    passage
}

/// One answer that was taken on a walk.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    /// Its record in the trail: an index into `steps`, then `ahead`.
    pub(crate) record: usize,
    pub(crate) outcome: StepOutcome,
    pub(crate) question: NodeId,
    /// None for the question's `else`.
    pub(crate) answer: Option<AnswerId>,
    /// The step as this tree records it.
    pub(crate) step: Step,
    /// What is said then.
    pub(crate) passage: Passage,
}

/// A trail walked over a tree.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    pub(crate) start: Start,
    /// Whether the start is still there.
    pub(crate) start_kept: bool,
    /// What is said at the start.
    pub(crate) opening: Passage,
    /// All answers taken, those that a loop has undone included.
    pub(crate) taken: Vec<Taken>,
    /// Those that lead to the place: indices into `taken`.
    path: Vec<usize>,
    /// Whether a loop has undone any.
    looped: bool,
    /// The record that was there for the question that is now asked again.
    pub(crate) stopped: Option<usize>,
    /// Where it ends.
    pub(crate) place: NodeId,
    /// The records that wait for questions further on: indices into `steps`, then `ahead`.
    pub(crate) waiting: Vec<usize>,
    /// The same records.
    ahead: Vec<Step>,
}

/// Walks a trail: at each question the record for it is looked up and, if it fits, taken.
pub(crate) fn walk(tree: &Tree, trail: &Trail) -> Walk {
    let found = match trail.start {
        Start::Root => Some(Tree::ROOT),
        Start::Named(name) => tree.find(name),
    };
    let from = found.unwrap_or(Tree::ROOT);
    let start = match tree.node(from).names.first() {
        Some(name) if from != Tree::ROOT => Start::Named(*name),
        _ => Start::Root,
    };
    let opening = follow(tree, from, None);
    let mut walk = Walk {
        start: if opening.through_root { Start::Root } else { start },
        start_kept: found.is_some(),
        place: opening.place,
        opening,
        taken: Vec::new(),
        path: Vec::new(),
        looped: false,
        stopped: None,
        waiting: Vec::new(),
        ahead: Vec::new(),
    };
    let records: Vec<&Step> = trail.steps.iter().chain(&trail.ahead).take(MAX_STEPS * 2).collect();
    let mut used = vec![false; records.len()];
    // Each round uses a record up or ends the walk.
    for _ in 0..=records.len() {
        let question = tree.node(walk.place);
        if !question.is_question() {
            break;
        }
        let next = walk.taken.last().map_or(0, |taken| taken.record + 1);
        let Some((record, by_name)) =
            record_for(tree, question, &records, &used, next, trail.steps.len())
        else {
            break;
        };
        let Some(step) = records.get(record) else { break };
        if let Some(place) = used.get_mut(record) {
            *place = true;
        }
        let Some((answer, outcome)) = apply(tree, question, step, by_name) else {
            walk.stopped = Some(record);
            break;
        };
        walk.take(tree, record, step, answer, outcome);
    }
    // Who has gone round is asked everything again.
    if walk.looped {
        return walk;
    }
    for (record, step) in records.iter().enumerate() {
        let is_used = used.get(record).copied().unwrap_or(true);
        if !is_used && step.question.is_some_and(|name| tree.find(name).is_some()) {
            walk.waiting.push(record);
            walk.ahead.push((*step).clone());
        }
    }
    walk
}

impl Walk {
    fn take(
        &mut self,
        tree: &Tree,
        record: usize,
        step: &Step,
        answer: Option<AnswerId>,
        outcome: StepOutcome,
    ) {
        let question = self.place;
        let node = tree.node(question);
        let (from, after) = match answer.and_then(|id| node.answer(id)) {
            Some(answer) => (answer.node, node.goto),
            None => (node.otherwise.unwrap_or(question), None),
        };
        let passage = follow(tree, from, after);
        self.place = passage.place;
        let through_root = passage.through_root;
        let step = record_of(tree, question, answer, step.words.clone());
        self.path.push(self.taken.len());
        self.taken.push(Taken { record, outcome, question, answer, step, passage });
        let back_at = self.path().position(|taken| taken.question == self.place);
        if through_root {
            self.start = Start::Root;
            self.path.clear();
            self.looped = true;
        } else if let Some(at) = back_at {
            // Back at a question on the way: what was answered since then is undone.
            self.path.truncate(at);
            self.looped = true;
        }
    }

    /// The answers that lead to the place.
    pub(crate) fn path(&self) -> impl Iterator<Item = &Taken> {
        self.path.iter().filter_map(|index| self.taken.get(*index))
    }

    /// The trail as this tree records it.
    pub(crate) fn trail(&self) -> Trail {
        let steps: Vec<Step> = self.path().map(|taken| taken.step.clone()).collect();
        let room = MAX_STEPS.saturating_sub(steps.len());
        Trail { start: self.start, steps, ahead: self.ahead.iter().take(room).cloned().collect() }
    }
}

/// The step that stands for an answer of a question.
pub(crate) fn record_of(
    tree: &Tree,
    question: NodeId,
    answer: Option<AnswerId>,
    words: Option<String>,
) -> Step {
    let node = tree.node(question);
    let answer = answer.and_then(|id| node.answer(id));
    Step {
        question: node.names.first().copied(),
        answer: answer.map_or(StepAnswer::Else, |answer| StepAnswer::Key(answer.digest)),
        // An `else` means nothing without its question either.
        mark: (!answer.is_some_and(|answer| answer.means_something)).then_some(node.words),
        words,
    }
}

/// The record for a question, and whether it was found by its name.
fn record_for(
    tree: &Tree,
    question: &Node,
    records: &[&Step],
    used: &[bool],
    next: usize,
    steps: usize,
) -> Option<(usize, bool)> {
    let unused = |record: usize| !used.get(record).copied().unwrap_or(true);
    let named = records.iter().enumerate().find(|(record, step)| {
        unused(*record) && step.question.is_some_and(|name| question.names.contains(&name))
    });
    if let Some((record, _)) = named {
        return Some((record, true));
    }
    // The record directly after the last one, unless it is for another question that is still there.
    let step = records.get(next).filter(|_| next < steps && unused(next))?;
    let of_another = step.question.is_some_and(|name| tree.find(name).is_some());
    (!of_another).then_some((next, false))
}

/// The answer that a record stands for at a question, if it can be told.
fn apply(
    tree: &Tree,
    question: &Node,
    step: &Step,
    by_name: bool,
) -> Option<(Option<AnswerId>, StepOutcome)> {
    let fits = by_name || step.mark.is_none_or(|mark| mark == question.words);
    match step.answer {
        StepAnswer::Else => {
            let taken = question.otherwise.filter(|id| {
                let node = tree.node(*id);
                node.is_question() || node.goto.is_some()
            });
            if fits && taken.is_some() {
                return Some((None, StepOutcome::Kept));
            }
        }
        StepAnswer::Key(key) if fits => {
            if let Some(answer) = question.keyed(key) {
                return Some((Some(answer), StepOutcome::Kept));
            }
            if let Some(answer) = alias(question, key) {
                return Some((Some(answer), StepOutcome::Alias));
            }
        }
        StepAnswer::Key(_) => {}
    }
    // Where it was another question, words that mean nothing by themselves, such as "other", were
    // said about that.
    let words = step.words.as_deref().filter(|words| fits || !means_nothing(words))?;
    beyond_doubt(tree, question, words).map(|(answer, _)| (Some(answer), StepOutcome::Rematched))
}

/// The one answer that was called this, or may be called this.
fn alias(question: &Node, key: Digest) -> Option<AnswerId> {
    let mut found = question
        .numbered()
        .filter(|(_, answer)| answer.was.contains(&key) || answer.also_digests.contains(&key));
    let first = found.next().map(|(id, _)| id);
    if found.next().is_some() { None } else { first }
}
