//! Walking a trail over a tree as it is now.

use crate::{AnswerId, NodeId, Trail, Tree};

/// What a trail is in a tree.
#[derive(Clone, Debug)]
pub struct Resolved<'t> {
    /// Where the conversation stands.
    pub place: Place<'t>,
    /// What became of each step.
    pub report: Report,
    /// The trail as this tree would record it: renamed answers under their new keys, unused ones gone.
    pub trail: Trail,
}

/// Where a conversation stands: a question that waits, or an end.
#[derive(Clone, Copy, Debug)]
pub struct Place<'t> {
    pub(crate) tree: &'t Tree,
    /// The question, or the node at which the conversation ended.
    pub node: NodeId,
}

/// What became of each step of a trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// One row a step, in the order of the trail (`steps`, then `ahead`).
    pub steps: Vec<StepReport>,
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
    /// Its key is gone, but what the person typed fits one answer.
    Rematched,
    /// Its answer is gone: the question is asked again.
    AskedAgain,
    /// Its question was not reached.
    Unused,
}

/// Walks `trail` over `tree` as it is now. Total: every trail leads somewhere in every tree.
#[must_use]
pub fn resolve<'t>(_tree: &'t Tree, _trail: &Trail) -> Resolved<'t> {
    todo!()
}

impl Place<'_> {
    /// Whether this is an end: nothing more is asked.
    #[must_use]
    pub fn is_end(&self) -> bool {
        todo!()
    }
    /// What the question is called: its name, or for an unnamed one the path that leads to it.
    /// None at an end.
    #[must_use]
    pub fn question(&self) -> Option<String> {
        todo!()
    }
}

impl Report {
    /// Whether every step is still what it was, or known under a new key.
    #[must_use]
    pub fn all_kept(&self) -> bool {
        self.steps.iter().all(|step| matches!(step.outcome, StepOutcome::Kept | StepOutcome::Alias | StepOutcome::Rematched))
    }
}
