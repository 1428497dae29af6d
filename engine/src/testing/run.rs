//! Playing tests, within bounds.

use crate::tree::Tree;

use super::report::{StepResult, TestOutcome, TestReport, TestResult};
use super::talk::Talk;
use super::{Tests, TreeTest};

/// How much is done at a time, in units of about a microsecond: see [`Talk::work`]. That is 8,000 turns at
/// questions of 200 answers.
const MAX_WORK: usize = 2_000_000;

/// Plays every test of a tree: the tests of its own source, or of another version of it.
///
/// Times and ids are made up in a fixed way, so the same tree and the same tests give the same report. A
/// test that begins with anything but `user` or `given` begins with the bot's greeting. Of more tests than
/// anybody writes the last are not run, and the report says so.
#[must_use]
pub fn run_tests(tree: &Tree, tests: &Tests) -> TestReport {
    let mut report = TestReport::default();
    let mut work = 0;
    for test in &tests.list {
        let mut talk = Talk::new(tree, &mut report.reached, work);
        report.tests.push(run(test, &mut talk));
        work = talk.work;
    }
    report
}

fn run(test: &TreeTest, talk: &mut Talk<'_, '_>) -> TestResult {
    let mut result = TestResult {
        name: test.name.clone(),
        span: test.span,
        outcome: TestOutcome::Passed,
        steps: Vec::new(),
    };
    if !test.is_whole {
        result.outcome = TestOutcome::Unreadable;
        return result;
    }
    for (number, step) in test.steps.iter().enumerate() {
        if talk.work > MAX_WORK {
            result.outcome = TestOutcome::NotRun;
            return result;
        }
        let failure = talk.step(step, test.steps.get(number + 1));
        if failure.is_some() {
            result.outcome = TestOutcome::Failed;
        }
        result.steps.push(StepResult { span: step.span, failure });
    }
    result
}
