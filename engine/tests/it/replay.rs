//! Conversations that go on after the tree was edited.
//!
//! Each test says what somebody typed, edits the tree, and tells where that leads and why: the
//! question (or `end`), its words, and what became of each answer. After `+` come the answers that
//! are kept for questions further on.

mod ends;
mod late;
mod loops;
mod moves;
mod names;
mod questions;
mod rows;
mod typed;

use expect_test::Expect;
use treebot::{Report, Start, StepOutcome, StepReport, Tree, resolve};

use crate::support::{Person, tree, words};

/// Types `said` at the tree `before`, edits it into `after`, and tells where that leads and why.
fn check(before: &str, said: &[&str], after: &str, expect: Expect) {
    let before = tree(before);
    let person = Person::who_said(&before, said);
    expect.assert_eq(&found_again(&tree(after), &person));
}

/// Where somebody stands in a tree, and why. What the tree itself would record leads there, too.
fn found_again(tree: &Tree, person: &Person) -> String {
    let resolved = resolve(tree, person.history.trail().unwrap());
    let again = resolve(tree, &resolved.trail);
    assert_eq!(again.place.node, resolved.place.node, "what is recorded now leads elsewhere");
    assert_eq!(again.trail, resolved.trail);
    assert!(again.report.all_kept() || resolved.trail.start != Start::Root);
    let place = resolved.place.question().unwrap_or_else(|| "end".to_owned());
    format!("{place}: {} | {}", words(tree, resolved.place.node), outcomes(&resolved.report))
}

fn outcomes(report: &Report) -> String {
    let told = |rows: &[StepReport]| {
        rows.iter().map(|row| format!("{:?}", row.outcome)).collect::<Vec<_>>().join(", ")
    };
    let start = if report.start_kept { "" } else { "elsewhere: " };
    let ahead =
        if report.ahead.is_empty() { String::new() } else { format!(" + {}", told(&report.ahead)) };
    format!("{start}{}{ahead}", told(&report.steps))
}

/// How many of somebody's answers are of this outcome in a tree.
fn count(tree: &Tree, person: &Person, outcome: StepOutcome) -> usize {
    let report = resolve(tree, person.history.trail().unwrap()).report;
    report.steps.iter().chain(&report.ahead).filter(|row| row.outcome == outcome).count()
}
