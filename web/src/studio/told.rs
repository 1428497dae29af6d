//! What the page is told after each keystroke.

use serde::Serialize;
use treebot::{NodeId, TestOutcome};
use tsify::Tsify;

use crate::document::Fault;
use crate::view::View;

use super::Desk;

/// All that follows from a source.
#[derive(Clone, Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    /// Whether there is a tree: nothing is an error.
    pub loads: bool,
    /// What is wrong, tests that fail included, in the order of the source.
    pub faults: Vec<Fault>,
    /// What became of each answer of the conversation.
    pub steps: Vec<Step>,
    /// How the tests of the source went, in its order.
    pub tests: Vec<Test>,
    /// What they reach; of the last source that loaded.
    pub covered: Covered,
    /// The conversation.
    pub preview: Preview,
}

/// The conversation over the newest source that loaded.
#[derive(Clone, Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// What is drawn of it.
    pub view: View,
    /// The node where it stands, by its number in the newest source that loaded.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub here: Option<u32>,
}

/// What an edit did to one answer of the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// What became of it.
    pub outcome: StepOutcome,
    /// What was answered, as it was said or is shown; empty where nobody knows.
    pub answer: String,
    /// The question, by its number, where it was found.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<u32>,
    /// The first words of the question.
    pub asked: String,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum StepOutcome {
    /// It is still there.
    Kept,
    /// It has a new key, and says so.
    Alias,
    /// Its key is gone, but what was said fits one answer.
    Rematched,
    /// It is gone: its question is asked again.
    AskedAgain,
    /// Its question is not reached; it waits for it.
    Ahead,
    /// It is of no use any more.
    Unused,
}

/// How one test went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Test {
    /// What the author calls it.
    pub name: String,
    /// `passed`, `failed`, `unreadable` or `not-run`.
    #[tsify(type = "\"passed\" | \"failed\" | \"unreadable\" | \"not-run\"")]
    pub outcome: &'static str,
    /// Where its name is.
    pub from: u32,
    /// One past that.
    pub to: u32,
}

/// What the tests reach.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Covered {
    /// How many questions, answers and ends they reach.
    pub reached: u32,
    /// How many there are.
    pub all: u32,
    /// The nodes that no test comes to.
    pub unreached: Vec<u32>,
}

impl Desk {
    /// What is known of the present source.
    #[must_use]
    pub fn told(&self) -> Told {
        let source = self.analysis.source();
        let mut found = self.analysis.diagnostics().to_vec();
        if self.analysis.tree().is_some() {
            found.extend(self.tests.diagnostics());
            found.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
        }
        Told {
            loads: self.analysis.tree().is_some(),
            faults: found.iter().map(|diagnostic| self.units.fault(source, diagnostic)).collect(),
            steps: self.conversation.steps(),
            tests: self.tests(),
            covered: self.covered(),
            preview: self.preview(),
        }
    }

    /// The conversation.
    #[must_use]
    pub fn preview(&self) -> Preview {
        Preview { view: self.conversation.view(), here: self.conversation.here().map(|id| id.0) }
    }

    fn tests(&self) -> Vec<Test> {
        let source = self.analysis.source();
        if self.analysis.tree().is_none() {
            return Vec::new();
        }
        let row = |test: &treebot::TestResult| {
            let (from, to, _) = self.units.range(source, test.span);
            let outcome = match test.outcome {
                TestOutcome::Passed => "passed",
                TestOutcome::Failed => "failed",
                TestOutcome::Unreadable => "unreadable",
                TestOutcome::NotRun => "not-run",
            };
            Test { name: test.name.clone(), outcome, from, to }
        };
        self.tests.tests.iter().map(row).collect()
    }

    fn covered(&self) -> Covered {
        let counts = [self.coverage.questions, self.coverage.answers, self.coverage.ends];
        let sum = |count: fn(&treebot::Count) -> usize| narrow(counts.iter().map(count).sum());
        let places = self.coverage.unreached_questions.iter().chain(&self.coverage.unreached_ends);
        Covered {
            reached: sum(|count| count.reached),
            all: sum(|count| count.all),
            unreached: places.map(|NodeId(number)| *number).collect(),
        }
    }
}

/// A count as it crosses the boundary.
pub(crate) fn narrow(count: usize) -> u32 {
    // Sources are at most a megabyte.
    u32::try_from(count).unwrap_or(u32::MAX)
}
