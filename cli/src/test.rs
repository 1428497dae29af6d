//! `treebot test`: the conversations that authors wrote under `tests:`, played.

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;
use treebot::{
    Code, Coverage, Instead, Severity, TestOutcome, TestReport, TestResult, Tree, coverage,
    run_tests,
};

use crate::Outcome;
use crate::position::Lines;
use crate::problems::{Checked, Opened, Problem, counted, open, write_people};

/// Runs the tests of every file, and says how they went; with `with_coverage`, what they reach.
pub(crate) fn run(files: &[PathBuf], with_coverage: bool, json: bool) -> io::Result<Outcome> {
    let opened: Vec<Opened> = files.iter().filter_map(|path| open(path)).collect();
    let unreadable = files.len() - opened.len();
    let tested: Vec<Tested> = opened.into_iter().map(Tested::of).collect();

    let mut out = io::stdout().lock();
    if json {
        let rows: Vec<FileRow<'_>> =
            tested.iter().map(|tested| tested.row(with_coverage)).collect();
        serde_json::to_writer(&mut out, &rows)?;
        writeln!(out)?;
    } else {
        for tested in &tested {
            tested.write(&mut out, with_coverage)?;
        }
    }
    out.flush()?;

    Ok(if unreadable > 0 {
        Outcome::Unreadable
    } else if tested.iter().all(Tested::is_fine) {
        Outcome::Fine
    } else {
        Outcome::Errors
    })
}

/// What a person should know of tests that did not go as written.
pub(crate) fn failures(report: &TestReport) -> Vec<Problem> {
    let problems = report.problems().into_iter().map(|(test, diagnostic)| {
        let notes = test.first_failure().map(|(_, failure)| notes(test, &failure.instead));
        Problem { diagnostic, notes: notes.unwrap_or_default() }
    });
    problems.collect()
}

/// Where the conversation stood when a step failed, and how it came there.
fn notes(test: &TestResult, instead: &Instead) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(typed) = &instead.typed {
        let understood = match (&instead.answer, instead.tier) {
            (Some(answer), Some(tier)) => {
                format!("was taken as the answer `{answer}` (rule: {})", tier.as_str())
            }
            (None, Some(treebot::Tier::None)) => "fits no answer there".to_owned(),
            (None, Some(tier)) => format!("decided no answer (rule: {})", tier.as_str()),
            (Some(_) | None, None) => "was no answer there".to_owned(),
        };
        notes.push(format!("`{typed}` {understood}"));
    }
    let stands = if instead.is_end { "has ended at" } else { "waits at" };
    notes.push(format!("the conversation {stands} `{}`", instead.place));
    let more = test.steps.iter().filter(|step| step.failure.is_some()).count().saturating_sub(1);
    if more > 0 {
        notes.push(format!("{} of this test failed after it", counted(more, "step")));
    }
    notes
}

/// A file whose tests were run.
struct Tested {
    checked: Checked,
    tree: Option<Tree>,
    report: TestReport,
    coverage: Coverage,
}

impl Tested {
    fn of(opened: Opened) -> Self {
        let Opened { checked, tree, tests } = opened;
        let report = tree.as_ref().map(|tree| run_tests(tree, &tests)).unwrap_or_default();
        let coverage = tree.as_ref().map(|tree| coverage(tree, &report)).unwrap_or_default();
        Self { checked, tree, report, coverage }
    }

    fn is_fine(&self) -> bool {
        self.tree.is_some() && self.report.all_passed()
    }

    fn write(&self, out: &mut impl Write, with_coverage: bool) -> io::Result<()> {
        let file = &self.checked.file;
        let Some(tree) = &self.tree else {
            let errors = self.checked.count(Severity::Error);
            return writeln!(
                out,
                "{file}: {}, so there is no tree to test; `treebot check {file}` shows them",
                counted(errors, "error")
            );
        };
        // What is wrong with the tests themselves, too; `check` tells of everything else.
        let of_tests = |code| matches!(code, Code::TestStep | Code::TestName);
        let loading = self.checked.problems.iter().map(|problem| &problem.diagnostic);
        let loading = loading.filter(|diagnostic| of_tests(diagnostic.code)).cloned();
        let mut problems: Vec<Problem> = loading.map(Problem::from).collect();
        problems.extend(failures(&self.report));
        problems.sort_by_key(|problem| problem.diagnostic.span);
        let failed = Checked { file: file.clone(), source: self.checked.source.clone(), problems };
        write_people(out, &[failed])?;
        writeln!(out, "{file}: {}", summary(&self.report))?;
        if with_coverage {
            self.write_coverage(out, tree)?;
        }
        Ok(())
    }

    fn write_coverage(&self, out: &mut impl Write, tree: &Tree) -> io::Result<()> {
        let Coverage { questions, answers, ends, .. } = &self.coverage;
        writeln!(
            out,
            "  reached: {} of {}, {} of {}, {} of {}",
            questions.reached,
            counted(questions.all, "question"),
            answers.reached,
            counted(answers.all, "answer"),
            ends.reached,
            counted(ends.all, "end")
        )?;
        for missing in self.coverage.missing(tree) {
            writeln!(out, "  no test {missing}")?;
        }
        Ok(())
    }

    fn row(&self, with_coverage: bool) -> FileRow<'_> {
        let lines = Lines::new(&self.checked.source);
        let steps = |test: &'_ TestResult| -> Vec<StepRow> {
            let row = |step: &treebot::StepResult| {
                let position = lines.position(step.span.start);
                StepRow {
                    passed: step.failure.is_none(),
                    start: step.span.start,
                    end: step.span.end,
                    line: position.line,
                    column: position.column,
                    message: step.failure.as_ref().map(|failure| failure.message.clone()),
                    instead: step.failure.as_ref().map(|failure| InsteadRow::of(&failure.instead)),
                }
            };
            test.steps.iter().map(row).collect()
        };
        let tests = self.report.tests.iter().map(|test| {
            let position = lines.position(test.span.start);
            TestRow {
                name: &test.name,
                outcome: test.outcome.as_str(),
                line: position.line,
                column: position.column,
                steps: steps(test),
            }
        });
        let coverage = self.tree.as_ref().filter(|_| with_coverage).map(|tree| CoverageRow {
            questions: [self.coverage.questions.reached, self.coverage.questions.all],
            answers: [self.coverage.answers.reached, self.coverage.answers.all],
            ends: [self.coverage.ends.reached, self.coverage.ends.all],
            missing: missing(tree, &self.coverage),
        });
        FileRow {
            file: &self.checked.file,
            loads: self.tree.is_some(),
            tests: tests.collect(),
            coverage,
        }
    }
}

/// "3 tests passed", or how many went otherwise.
fn summary(report: &TestReport) -> String {
    if report.tests.is_empty() {
        return "no tests".to_owned();
    }
    let passed = report.count(TestOutcome::Passed);
    let mut parts = vec![format!("{} passed", counted(passed, "test"))];
    for (outcome, word) in [
        (TestOutcome::Failed, "failed"),
        (TestOutcome::Unreadable, "cannot be read"),
        (TestOutcome::NotRun, "not run"),
    ] {
        let count = report.count(outcome);
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    parts.join(", ")
}

/// The tests of one file as programs see them.
#[derive(Serialize)]
struct FileRow<'a> {
    file: &'a str,
    /// Whether the tree has no errors.
    loads: bool,
    tests: Vec<TestRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<CoverageRow>,
}

#[derive(Serialize)]
struct TestRow<'a> {
    name: &'a str,
    outcome: &'static str,
    line: usize,
    column: usize,
    steps: Vec<StepRow>,
}

#[derive(Serialize)]
struct StepRow {
    passed: bool,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<InsteadRow>,
}

#[derive(Serialize)]
struct InsteadRow {
    said: Vec<String>,
    place: String,
    end: bool,
    typed: Option<String>,
    tier: Option<&'static str>,
    answer: Option<String>,
}

impl InsteadRow {
    fn of(instead: &Instead) -> Self {
        Self {
            said: instead.said.clone(),
            place: instead.place.clone(),
            end: instead.is_end,
            typed: instead.typed.clone(),
            tier: instead.tier.map(treebot::Tier::as_str),
            answer: instead.answer.clone(),
        }
    }
}

/// Each count is how many of how many.
#[derive(Serialize)]
struct CoverageRow {
    questions: [usize; 2],
    answers: [usize; 2],
    ends: [usize; 2],
    missing: Vec<MissingRow>,
}

/// What no test reaches: a question, an answer of one (`else` for its `else`), or an end.
#[derive(Serialize)]
#[serde(untagged)]
enum MissingRow {
    Question { question: String },
    Answer { question: String, answer: String },
    End { end: String },
}

/// Everything that no test reaches.
fn missing(tree: &Tree, coverage: &Coverage) -> Vec<MissingRow> {
    let name = |id| tree.place_name(id);
    let questions = coverage.unreached_questions.iter();
    let questions = questions.map(|id| MissingRow::Question { question: name(*id) });
    let answers = coverage.unreached_answers.iter().map(|(id, answer)| {
        let node = tree.get(*id);
        let key = node.zip(*answer).and_then(|(node, answer)| node.answer(answer));
        let key = key.map_or("else", |answer| answer.key());
        MissingRow::Answer { question: name(*id), answer: key.to_owned() }
    });
    let ends = coverage.unreached_ends.iter().map(|id| MissingRow::End { end: name(*id) });
    questions.chain(answers).chain(ends).collect()
}
