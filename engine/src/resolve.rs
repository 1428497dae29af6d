//! Finding a place again in a tree that may have been edited since.

use crate::text::join;
use crate::tree::{AnswerId, NodeId, Tree};
use crate::walk::{Walk, walk};
use crate::{Trail, tree::Node};

/// What a trail is in a tree.
#[derive(Clone, Debug)]
pub struct Resolved<'t> {
    /// Where the conversation stands.
    pub place: Place<'t>,
    /// What became of each step.
    pub report: Report,
    /// The trail as this tree would record it: renamed answers under their new keys, what is of no use
    /// any more gone.
    pub trail: Trail,
    /// The questions and answers of `trail`, step by step; no answer for the question's `else`.
    pub path: Vec<(NodeId, Option<AnswerId>)>,
}

/// Where a conversation stands: a question that waits, or an end.
#[derive(Clone, Copy, Debug)]
pub struct Place<'t> {
    tree: &'t Tree,
    /// The question, or the node at which the conversation ended.
    pub node: NodeId,
}

/// What became of each step of a trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Whether the trail starts where it did.
    pub start_kept: bool,
    /// One row for each step that led to the place.
    pub steps: Vec<StepReport>,
    /// One row for each answer that the trail kept for questions further on.
    pub ahead: Vec<StepReport>,
}

/// What became of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepReport {
    /// How the record was used.
    pub outcome: StepOutcome,
    /// The question at which it was used, or asked again.
    pub question: Option<NodeId>,
    /// The answer it stands for; none for `else` and where it was not used.
    pub answer: Option<AnswerId>,
}

/// How a record was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepOutcome {
    /// Its answer is still there.
    Kept,
    /// Its answer has a new key, and says so (`was`, `also`).
    Alias,
    /// Its key is gone, but what the person said fits one answer.
    Rematched,
    /// Its answer is gone: the question is asked again.
    AskedAgain,
    /// Its question was not reached; it is kept until it is.
    Ahead,
    /// There is no use for it any more.
    Unused,
}

/// Walks `trail` over `tree` as it is now. Total: every trail leads somewhere in every tree.
///
/// At each question the record under the question's name is used (or under a former name of it), else
/// the record that directly follows, if it bears no name or one that the tree has no more. Its answer is
/// found by key, by a former key or an `also`, or by what the person said, in this order; otherwise the
/// question is asked again. Nothing is ever taken for an answer that the person did not give.
#[must_use]
pub fn resolve<'t>(tree: &'t Tree, trail: &Trail) -> Resolved<'t> {
    resolved(tree, trail, &walk(tree, trail))
}

/// The public view of a walk.
pub(crate) fn resolved<'t>(tree: &'t Tree, trail: &Trail, walk: &Walk<'_>) -> Resolved<'t> {
    let unused = StepReport { outcome: StepOutcome::Unused, question: None, answer: None };
    let mut steps = vec![unused; trail.steps.len() + trail.ahead.len()];
    for taken in &walk.taken {
        if let Some(row) = steps.get_mut(taken.record) {
            *row = StepReport {
                outcome: taken.outcome,
                question: Some(taken.question),
                answer: taken.answer,
            };
        }
    }
    if let Some(row) = walk.stopped.and_then(|record| steps.get_mut(record)) {
        *row = StepReport {
            outcome: StepOutcome::AskedAgain,
            question: Some(walk.place),
            answer: None,
        };
    }
    for record in &walk.waiting {
        if let Some(row) = steps.get_mut(*record) {
            row.outcome = StepOutcome::Ahead;
        }
    }
    let ahead = steps.split_off(trail.steps.len());
    Resolved {
        place: Place::new(tree, walk.place),
        report: Report { start_kept: walk.start_kept, steps, ahead },
        trail: walk.trail(),
        path: walk.path().map(|taken| (taken.question, taken.answer)).collect(),
    }
}

impl<'t> Place<'t> {
    pub(crate) fn new(tree: &'t Tree, node: NodeId) -> Self {
        Self { tree, node }
    }

    /// Whether this is an end: nothing more is asked.
    #[must_use]
    pub fn is_end(&self) -> bool {
        !self.node().is_question()
    }

    /// What the question is called: its name, or for an unnamed one the name above it and the answers
    /// that lead on from there, such as `start/study`. None at an end.
    #[must_use]
    pub fn question(&self) -> Option<String> {
        (!self.is_end()).then(|| self.tree.place_name(self.node))
    }

    pub(crate) fn node(&self) -> Node<'t> {
        self.tree.node(self.node)
    }
}

impl Tree {
    /// What a place (a question or an end) is called: its name, or for one without the name above it and the
    /// answers that lead on from there, such as `start/study`.
    #[must_use]
    pub fn place_name(&self, id: NodeId) -> String {
        let mut parts: Vec<&str> = Vec::new();
        let mut at = id;
        // Every parent has a smaller number than its child, so this comes to an end.
        for _ in 0..self.len() {
            let node = self.node(at);
            if let Some(name) = node.name() {
                parts.push(name);
                break;
            }
            let Some((parent, answer)) = node.parent() else { break };
            parts.push(
                answer
                    .and_then(|answer| self.node(parent).answer(answer))
                    .map_or("else", |answer| answer.key()),
            );
            at = parent;
        }
        join(&mut parts.into_iter().rev(), "/")
    }
}

impl Report {
    /// Whether every answer that led to the place still leads there, if under a new key.
    #[must_use]
    pub fn all_kept(&self) -> bool {
        self.start_kept
            && self.steps.iter().all(|step| {
                matches!(
                    step.outcome,
                    StepOutcome::Kept | StepOutcome::Alias | StepOutcome::Rematched
                )
            })
    }
}
