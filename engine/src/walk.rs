//! Walking over a tree: the one transition that a live turn and a replay both make.

use std::sync::Arc;

use crate::code::AsTrail;
use crate::digest::{Digest, means_nothing};
use crate::matching::{Said, beyond_doubt};
use crate::place::{MAX_STEPS, Start, Step, StepAnswer, Trail};
use crate::resolve::StepOutcome;
use crate::tree::{Answer, AnswerId, Node, NodeId, Tree};

/// What is said after an answer, up to where something is asked or the conversation ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passage {
    /// The first node that speaks.
    from: NodeId,
    /// The `goto` of the question whose answer that is, where it is taken.
    after: Option<NodeId>,
    /// The question, or the end.
    pub(crate) place: NodeId,
    /// Whether a `goto` was taken to the root.
    through_root: bool,
}

/// Goes on from a node to where something is asked or the conversation ends. `after` is the `goto` of
/// the question whose answer the node is.
pub(crate) fn follow(tree: &Tree, from: NodeId, after: Option<NodeId>) -> Passage {
    let after = after.filter(|_| tree.node(from).goto().is_none());
    let mut passage = Passage { from, after, place: from, through_root: false };
    let nodes = passage.nodes(tree);
    for next in nodes.skip(1) {
        passage.place = next;
        passage.through_root |= next == Tree::ROOT;
    }
    passage
}

impl Passage {
    /// The nodes that speak, in order; the last is the place.
    pub(crate) fn nodes(self, tree: &Tree) -> impl Iterator<Item = NodeId> + use<'_> {
        let mut after = self.after;
        let next = move |at: &NodeId| {
            let node = tree.node(*at);
            if node.is_question() { None } else { after.take().or(node.goto()) }
        };
        // The loader refuses rings that ask nothing, and so does who reads a compiled tree.
        std::iter::successors(Some(self.from), next).take(tree.len().saturating_add(1))
    }
}

/// One answer that was taken on a walk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    /// Its record in the trail: an index into `steps`, then `ahead`.
    pub(crate) record: usize,
    pub(crate) outcome: StepOutcome,
    pub(crate) question: NodeId,
    /// None for the question's `else`.
    pub(crate) answer: Option<AnswerId>,
    /// What is said then.
    pub(crate) passage: Passage,
    /// Whether it leads to the place: no loop has undone it.
    leads_on: bool,
}

/// A trail walked over a tree.
#[derive(Clone, Debug)]
pub(crate) struct Walk<'t> {
    tree: &'t Tree,
    pub(crate) start: Start,
    /// Whether the start is still there.
    pub(crate) start_kept: bool,
    /// What is said at the start.
    pub(crate) opening: Passage,
    /// All answers taken, those that a loop has undone included.
    pub(crate) taken: Vec<Taken>,
    /// Those that lead to the place, as this tree records them.
    steps: Vec<Step>,
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
pub(crate) fn walk<'t>(tree: &'t Tree, trail: &Trail) -> Walk<'t> {
    let found = match trail.start {
        Start::Root => Some(Tree::ROOT),
        Start::Named(name) => tree.find(name),
    };
    let from = found.unwrap_or(Tree::ROOT);
    let start = match tree.node(from).names().next() {
        Some(name) if from != Tree::ROOT => Start::Named(name),
        _ => Start::Root,
    };
    let opening = follow(tree, from, None);
    let mut walk = Walk {
        tree,
        start: if opening.through_root { Start::Root } else { start },
        start_kept: found.is_some(),
        place: opening.place,
        opening,
        taken: Vec::with_capacity(trail.steps.len() + 1),
        steps: Vec::with_capacity(trail.steps.len() + 1),
        looped: false,
        stopped: None,
        waiting: Vec::new(),
        ahead: Vec::new(),
    };
    let records = Records { trail };
    let count = records.len();
    let mut used = Used(0);
    // Each round uses a record up or ends the walk.
    for _ in 0..=count {
        let question = tree.node(walk.place);
        if !question.is_question() {
            break;
        }
        let next = walk.taken.last().map_or(0, |taken| taken.record + 1);
        let Some((record, by_name)) = record_for(question, records, used, next) else { break };
        let Some(step) = records.get(record) else { break };
        used.add(record);
        let Some((answer, outcome)) = apply(question, step, by_name) else {
            walk.stopped = Some(record);
            break;
        };
        walk.take(record, step.words.clone(), answer, outcome);
    }
    // Who has gone round is asked everything again.
    if walk.looped {
        return walk;
    }
    for (record, step) in records.all() {
        if !used.has(record) && step.question.is_some_and(|name| walk.is_further_on(name)) {
            walk.waiting.push(record);
            walk.ahead.push(step.clone());
        }
    }
    walk
}

impl<'t> Walk<'t> {
    fn take(
        &mut self,
        record: usize,
        words: Option<Arc<str>>,
        answer: Option<AnswerId>,
        outcome: StepOutcome,
    ) {
        let tree = self.tree;
        let question = self.place;
        let node = tree.node(question);
        let (from, after) = match answer.and_then(|id| node.answer(id)) {
            Some(answer) => (answer.node(), node.goto()),
            None => (node.otherwise().unwrap_or(question), None),
        };
        let passage = follow(tree, from, after);
        self.place = passage.place;
        self.taken.push(Taken { record, outcome, question, answer, passage, leads_on: true });
        self.steps.push(record_of(node, answer, words));
        let back_at = self.path().position(|taken| taken.question == passage.place);
        if passage.through_root {
            self.start = Start::Root;
            self.undo(0);
        } else if let Some(at) = back_at {
            // Back at a question on the way: what was answered since then is undone.
            self.undo(at);
        }
    }

    /// Undoes the answers on the way from one on.
    fn undo(&mut self, from: usize) {
        let path = self.taken.iter_mut().filter(|taken| taken.leads_on);
        path.skip(from).for_each(|taken| taken.leads_on = false);
        self.steps.truncate(from);
        self.looped = true;
    }

    /// Whether a question is still there and not behind: an answer to one that is asked now, or was answered on
    /// the way here, waits for nothing.
    fn is_further_on(&self, name: Digest) -> bool {
        self.tree.find(name).is_some_and(|question| {
            question != self.place && self.path().all(|taken| taken.question != question)
        })
    }

    /// Where it ends.
    pub(crate) fn node(&self) -> Node<'t> {
        self.tree.node(self.place)
    }

    /// The answers that lead to the place.
    pub(crate) fn path(&self) -> impl DoubleEndedIterator<Item = &Taken> {
        self.taken.iter().filter(|taken| taken.leads_on)
    }

    /// How many they are.
    pub(crate) fn depth(&self) -> usize {
        self.steps.len()
    }

    /// The last answer that led to the place, as this tree records it.
    pub(crate) fn last_step(&self) -> Option<&Step> {
        self.steps.last()
    }

    /// The label of the answer of the last record, if it was taken.
    pub(crate) fn last_label(&self) -> Option<&'t str> {
        let taken = self.taken.last()?;
        self.tree.node(taken.question).answer(taken.answer?).map(Answer::label)
    }

    /// Whether every answer of the trail that was walked still leads to the place, if under a new key.
    pub(crate) fn all_kept(&self, trail: &Trail) -> bool {
        // A record is used once, so all steps are used where as many are, and none of those kept for later.
        let used = self.taken.iter().filter(|taken| taken.record < trail.steps.len()).count();
        self.start_kept && used == trail.steps.len()
    }

    /// Whether every answer that was taken of the trail that was walked is there under its key, or a former one, and those
    /// that mean nothing by themselves were given to the very words that their questions have.
    pub(crate) fn answers_as_asked(&self, trail: &Trail) -> bool {
        let records = Records { trail };
        self.taken.iter().all(|taken| {
            let mark = records.get(taken.record).and_then(|step| step.mark);
            let words = self.tree.node(taken.question).words();
            taken.outcome != StepOutcome::Rematched && mark.is_none_or(|mark| mark == words)
        })
    }

    /// Whether an answer of the place where the walk has led can be taken right here: where answers are kept for later,
    /// it may lead further.
    pub(crate) fn can_go_on(&self) -> bool {
        !self.looped && self.ahead.is_empty() && self.steps.len() < MAX_STEPS
    }

    /// Takes an answer of the place where the walk has led, as walking the trail with it added would do, if it
    /// [can](Self::can_go_on).
    pub(crate) fn and(mut self, answer: Option<AnswerId>, words: Option<Arc<str>>) -> Self {
        self.stopped = None;
        self.start_kept = true;
        self.waiting.clear();
        self.take(self.steps.len(), words, answer, StepOutcome::Kept);
        self
    }

    /// The trail as this tree records it.
    pub(crate) fn into_trail(self) -> Trail {
        let mut ahead = self.ahead;
        ahead.truncate(MAX_STEPS.saturating_sub(self.steps.len()));
        Trail { start: self.start, steps: self.steps, ahead }
    }

    /// The trail as this tree records it.
    pub(crate) fn trail(&self) -> Trail {
        let room = MAX_STEPS.saturating_sub(self.steps.len());
        let ahead = self.ahead.iter().take(room).cloned().collect();
        Trail { start: self.start, steps: self.steps.clone(), ahead }
    }
}

impl AsTrail for &Walk<'_> {
    fn start(&self) -> Start {
        self.start
    }

    fn steps(&self) -> impl ExactSizeIterator<Item = &Step> {
        self.steps.iter()
    }

    fn ahead(&self) -> &[Step] {
        let room = MAX_STEPS.saturating_sub(self.steps.len());
        self.ahead.get(..room).unwrap_or(&self.ahead)
    }

    fn to_trail(&self) -> Trail {
        self.trail()
    }
}

/// The records of a trail that are looked at: its steps, then those kept for later.
#[derive(Clone, Copy)]
struct Records<'r> {
    trail: &'r Trail,
}

impl<'r> Records<'r> {
    fn all(self) -> impl Iterator<Item = (usize, &'r Step)> {
        self.trail.steps.iter().chain(&self.trail.ahead).take(MAX_RECORDS).enumerate()
    }

    fn len(self) -> usize {
        (self.trail.steps.len() + self.trail.ahead.len()).min(MAX_RECORDS)
    }

    fn get(self, record: usize) -> Option<&'r Step> {
        let steps = &self.trail.steps;
        let step = steps.get(record).or_else(|| self.trail.ahead.get(record - steps.len()));
        step.filter(|_| record < MAX_RECORDS)
    }
}

/// How many records are looked at; a trail that an engine wrote has half as many.
const MAX_RECORDS: usize = MAX_STEPS * 2;

/// Which records are used, as bits.
#[derive(Clone, Copy)]
struct Used(u64);

// As many as there are bits.
const _: () = assert!(MAX_RECORDS <= 64);

impl Used {
    fn add(&mut self, record: usize) {
        self.0 |= 1 << record;
    }

    fn has(self, record: usize) -> bool {
        self.0 & (1 << record) != 0
    }
}

/// The step that stands for an answer of a question; for its `else`, where that is none.
pub(crate) fn record_of(
    question: Node<'_>,
    answer: Option<AnswerId>,
    words: Option<Arc<str>>,
) -> Step {
    let answer = answer.and_then(|id| question.answer(id));
    Step {
        question: question.names().next(),
        answer: answer.map_or(StepAnswer::Else, |answer| StepAnswer::Key(answer.digest())),
        // An `else` means nothing without its question either.
        mark: (!answer.is_some_and(|answer| answer.means_something())).then_some(question.words()),
        words,
    }
}

/// The record for a question, and whether it was found by its name.
fn record_for(
    question: Node<'_>,
    records: Records<'_>,
    used: Used,
    next: usize,
) -> Option<(usize, bool)> {
    let is_name = |name: Digest| question.names().any(|of| of == name);
    let named = records
        .all()
        .find(|(record, step)| !used.has(*record) && step.question.is_some_and(is_name));
    if let Some((record, _)) = named {
        return Some((record, true));
    }
    // The record directly after the last one, unless it is for another question that is still there.
    let is_step = next < records.trail.steps.len() && next < MAX_RECORDS && !used.has(next);
    let step = records.get(next).filter(|_| is_step)?;
    let of_another = step.question.is_some_and(|name| question.tree.find(name).is_some());
    (!of_another).then_some((next, false))
}

/// The answer that a record stands for at a question, if it can be told.
fn apply(
    question: Node<'_>,
    step: &Step,
    by_name: bool,
) -> Option<(Option<AnswerId>, StepOutcome)> {
    let tree = question.tree;
    let fits = by_name || step.mark.is_none_or(|mark| mark == question.words());
    match step.answer {
        StepAnswer::Else => {
            let taken = question.otherwise().filter(|id| {
                let node = tree.node(*id);
                node.is_question() || node.goto().is_some()
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
    beyond_doubt(question, &Said::of(tree, words))
        .map(|(answer, _)| (Some(answer), StepOutcome::Rematched))
}

/// The one answer that was called this, or may be called this.
fn alias(question: Node<'_>, key: Digest) -> Option<AnswerId> {
    let mut found = question.answers().filter(|answer| answer.aliases().any(|of| of == key));
    let first = found.next();
    if found.next().is_some() { None } else { first.map(|answer| answer.id()) }
}
