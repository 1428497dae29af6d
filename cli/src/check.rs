//! `treebot check`: what is wrong with trees, for people and for programs.

use std::io::{self, Write};
use std::path::PathBuf;

use treebot::{LoadOptions, Severity, TestOutcome, coverage, run_tests};

use crate::Outcome;
use crate::problems::{Checked, Opened, Problem, counted, open_with, write_json, write_people};
use crate::test::failures;

/// Checks every file.
///
/// 1. Read and load each. What cannot be read is told on stderr, and the others are checked all
///    the same. 2. Run its tests. 3. Write what was found. 4. Say how it went.
pub(crate) fn run(files: &[PathBuf], options: &LoadOptions, json: bool) -> io::Result<Outcome> {
    let opened: Vec<Opened> = files.iter().filter_map(|path| open_with(path, options)).collect();
    let unreadable = files.len() - opened.len();
    let mut untested = 0;
    let checked: Vec<Checked> =
        opened.into_iter().map(|opened| tested(opened, &mut untested)).collect();

    let mut out = io::stdout().lock();
    if json {
        write_json(&mut out, &checked)?;
    } else {
        write_people(&mut out, &checked)?;
        writeln!(out, "{}", summary(&checked, untested, unreadable))?;
    }
    out.flush()?;

    Ok(if unreadable > 0 {
        Outcome::Unreadable
    } else if count(&checked, Severity::Error) > 0 || untested > 0 {
        Outcome::Errors
    } else {
        Outcome::Fine
    })
}

/// Runs the tests of a tree, if it has any and loads, and adds what they show. Counts those that cannot be run.
pub(crate) fn tested(opened: Opened, untested: &mut usize) -> Checked {
    let Opened { mut checked, tree, tests } = opened;
    let Some(tree) = tree else { return checked };
    let report = run_tests(&tree, &tests);
    checked.problems.extend(failures(&report));
    *untested += report.count(TestOutcome::Unreadable);
    // A test that fails may not have come to what it was written for.
    if report.all_passed() {
        let missing = coverage(&tree, &report).diagnostics(&tree, &tests);
        checked.problems.extend(missing.into_iter().map(Problem::from));
    }
    checked.problems.sort_by_key(|problem| problem.diagnostic.span);
    checked
}

fn summary(checked: &[Checked], untested: usize, unreadable: usize) -> String {
    let mut parts = Vec::new();
    for (number, word) in [
        (count(checked, Severity::Error), "error"),
        (count(checked, Severity::Warning), "warning"),
        (untested, "unreadable test"),
        (unreadable, "unreadable file"),
    ] {
        if number > 0 {
            parts.push(counted(number, word));
        }
    }
    let found = if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") };
    format!("{} checked: {found}", counted(checked.len(), "file"))
}

fn count(checked: &[Checked], severity: Severity) -> usize {
    checked.iter().map(|file| file.count(severity)).sum()
}
