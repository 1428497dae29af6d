//! What became of the tests of a tree.

use std::collections::BTreeSet;

use crate::tree::{AnswerId, NodeId};
use crate::{Code, Diagnostic, Span, Tier};

/// What became of the tests of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestReport {
    /// One row for each test, in the order of the source.
    pub tests: Vec<TestResult>,
    /// What they came to.
    pub(crate) reached: Reached,
}

/// What became of one test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// What the author calls it.
    pub name: String,
    /// Where its name is in the source.
    pub span: Span,
    /// How it went.
    pub outcome: TestOutcome,
    /// One row for each step, in order.
    pub steps: Vec<StepResult>,
}

/// How a test went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TestOutcome {
    /// As written.
    Passed,
    /// Otherwise.
    Failed,
    /// A step of it cannot be read, so that nobody knows.
    Unreadable,
    /// It was not run: there is more to do than [`run_tests`](crate::run_tests) does.
    NotRun,
}

/// What became of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepResult {
    /// Where the step is in the source.
    pub span: Span,
    /// What was wrong; none if it went as written.
    pub failure: Option<TestFailure>,
}

/// Why a step failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestFailure {
    /// What was expected, and what came instead: lower case, no full stop.
    pub message: String,
    /// What came instead, in full.
    pub instead: Instead,
}

/// Where a conversation stood when a step failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instead {
    /// What the bot said in the last turn, message by message.
    pub said: Vec<String>,
    /// What the place is called: its name, or the way to it, such as `start/study`.
    pub place: String,
    /// Whether it is an end.
    pub is_end: bool,
    /// What was typed last.
    pub typed: Option<String>,
    /// The rule by which that was understood, if it had to be.
    pub tier: Option<Tier>,
    /// The key of the answer that it was understood as.
    pub answer: Option<String>,
}

/// What conversations came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    /// Questions that waited, and ends.
    pub(crate) places: BTreeSet<NodeId>,
    /// Answers that were taken; none for the question's `else`.
    pub(crate) answers: BTreeSet<(NodeId, Option<AnswerId>)>,
}

impl TestReport {
    /// How many tests went so.
    #[must_use]
    pub fn count(&self, outcome: TestOutcome) -> usize {
        self.tests.iter().filter(|test| test.outcome == outcome).count()
    }

    /// Whether every test went as written.
    #[must_use]
    pub fn all_passed(&self) -> bool {
        self.tests.iter().all(|test| test.outcome == TestOutcome::Passed)
    }

    /// What the author should know: one problem for each test that did not go as written, at the first step
    /// that went otherwise; of tests that were not run, at the first. What cannot be read of a test was told
    /// when it was loaded.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.problems().into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    /// The same, each with its test.
    #[must_use]
    pub fn problems(&self) -> Vec<(&TestResult, Diagnostic)> {
        let mut not_run = 0;
        let problems = self.tests.iter().filter_map(|test| {
            not_run += usize::from(test.outcome == TestOutcome::NotRun);
            let is_told = test.outcome != TestOutcome::NotRun || not_run == 1;
            test.diagnostic().filter(|_| is_told).map(|diagnostic| (test, diagnostic))
        });
        problems.collect()
    }
}

impl TestResult {
    /// The first step that failed, with why.
    #[must_use]
    pub fn first_failure(&self) -> Option<(&StepResult, &TestFailure)> {
        self.steps.iter().find_map(|step| step.failure.as_ref().map(|failure| (step, failure)))
    }

    /// What the author should know about it; nothing if it went as written.
    fn diagnostic(&self) -> Option<Diagnostic> {
        let name = &self.name;
        let (span, message) = match self.outcome {
            // Its steps that cannot be read are told of when the tree is loaded.
            TestOutcome::Passed | TestOutcome::Unreadable => return None,
            TestOutcome::Failed => {
                let (step, failure) = self.first_failure()?;
                (step.span, format!("the test `{name}` fails: {}", failure.message))
            }
            TestOutcome::NotRun => (
                self.span,
                format!(
                    "the test `{name}` was not run: there is more in these tests than is run at a time"
                ),
            ),
        };
        Some(Diagnostic::new(Code::TestFails, span, message))
    }
}

impl TestOutcome {
    /// `passed`, `failed`, `unreadable` or `not-run`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Unreadable => "unreadable",
            Self::NotRun => "not-run",
        }
    }
}
