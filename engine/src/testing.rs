//! The conversations that an author wrote under `tests:`: played, and what they reach.
//!
//! * [`run`] plays them, each as a [`talk`] of the same turns that people get;
//! * [`given`] builds the history of an older conversation, and [`names`] finds what is meant;
//! * [`said`] compares what the bot says;
//! * [`coverage`] tells which questions, answers and ends they reach.

mod coverage;
pub(crate) mod given;
pub(crate) mod names;
mod report;
mod run;
mod said;
mod talk;

use crate::tree::{AnswerId, NodeId};
use crate::{Diagnostic, Loaded, Span};

pub use coverage::{Count, Coverage, coverage};
pub use report::{Instead, StepResult, TestFailure, TestOutcome, TestReport, TestResult};
pub use run::run_tests;

/// The tests of one source, as they were written. [`load`](crate::load) reads them; nothing is run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tests {
    /// In the order of the source.
    pub list: Vec<TreeTest>,
    /// Where things are in the source, for what is said about them. Only kept where there are tests.
    pub(crate) places: Vec<TestedNode>,
}

/// Where a node is in the source, for what is said about its tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TestedNode {
    /// Its key, or its text.
    pub(crate) at: Span,
    /// The keys of its answers.
    pub(crate) answers: Vec<Span>,
    /// Its `else`.
    pub(crate) otherwise: Option<Span>,
}

/// A conversation that must go as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeTest {
    /// What the author calls it.
    pub name: String,
    /// Where its name is.
    pub span: Span,
    /// What is said and looked at, in order.
    pub steps: Vec<TestStep>,
    /// Whether every step could be read. What could not be is left out.
    pub is_whole: bool,
}

/// One step of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestStep {
    /// What it does.
    pub kind: TestStepKind,
    /// Where what it says is in the source: the value, without its key.
    pub span: Span,
}

/// What a step of a test does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestStepKind {
    /// Somebody types this.
    User(String),
    /// Some message of the last turn contains this.
    Bot(String),
    /// The conversation has come to an end, or waits for an answer.
    End(bool),
    /// The conversation stands at this question: its name, or the way to it, such as `start/study`.
    At(String),
    /// These answers were given before, at an earlier state of the tree.
    Given(Vec<GivenAnswer>),
}

/// An answer that somebody gave in an older conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenAnswer {
    /// The question: its name or a former one, or the way to it, such as `start/study`.
    pub question: String,
    /// Where that is in the source.
    pub question_span: Span,
    /// The key of the answer, or a former one.
    pub answer: String,
    /// Where that is in the source.
    pub answer_span: Span,
}

impl Tests {
    /// Whether the source has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Where a question is.
    pub(crate) fn question(&self, id: NodeId) -> Span {
        self.places.get(id.0 as usize).map(|place| place.at).unwrap_or_default()
    }

    /// Where an answer is; with none the question's `else`.
    pub(crate) fn answer(&self, question: NodeId, answer: Option<AnswerId>) -> Span {
        let place = self.places.get(question.0 as usize);
        let found = place.and_then(|place| match answer {
            Some(answer) => place.answers.get(answer.0 as usize).copied(),
            None => place.otherwise,
        });
        found.unwrap_or_default()
    }
}

impl Loaded {
    /// All that the author should know: what [`load`](crate::load) told, which tests do not go as written, and
    /// what they do not reach (while all go as written: one that fails may not have come to what it is for).
    /// In the order of the source.
    #[must_use]
    pub fn all_diagnostics(&self) -> Vec<Diagnostic> {
        let mut all = self.diagnostics.clone();
        if let Some(tree) = &self.tree {
            let report = run_tests(tree, &self.tests);
            all.extend(report.diagnostics());
            if report.all_passed() {
                all.extend(coverage(tree, &report).diagnostics(tree, &self.tests));
            }
        }
        all.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
        all
    }
}
