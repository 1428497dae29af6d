//! What authors are told, and where it points.

mod advice;
mod alike;
mod bytes;
mod indented;
mod keys;
mod names;
mod pasted;
mod words;

use expect_test::{Expect, expect};
use treebot::{Diagnostic, Fix, LoadOptions};

/// Loads a source and shows each problem under the line that it is about. Every fix mends its problem
/// and brings no other.
fn check(source: &str, expect: Expect) {
    check_with(source, &LoadOptions::default(), expect);
}

/// The same, loaded in another way.
fn check_with(source: &str, options: &LoadOptions, expect: Expect) {
    let loaded = treebot::load_with(source, options);
    let mut out = String::new();
    let mut line_start = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        out.push_str(text);
        out.push('\n');
        let line_end = line_start + line.len();
        let last_line = line_end == source.len();
        for found in &loaded.diagnostics {
            let span = found.span;
            let is_here = (line_start..line_end).contains(&span.start)
                || (last_line && span.start == line_end);
            if !is_here {
                continue;
            }
            let before = source.get(line_start..span.start).unwrap().chars().count();
            let within = span.end.min(line_start + text.len()).max(span.start);
            let carets = source.get(span.start..within).unwrap().chars().count().max(1);
            let fix = found.fix.as_ref().map(|fix| format!(" ({})", fix.title)).unwrap_or_default();
            out.push_str(&format!(
                "{}{} {} {}: {}{fix}\n",
                " ".repeat(before),
                "^".repeat(carets),
                found.severity.as_str(),
                found.code,
                found.message
            ));
        }
        line_start = line_end;
    }
    expect.assert_eq(&out);
    for found in &loaded.diagnostics {
        check_fix(source, options, &loaded.diagnostics, found);
    }
}

/// Applies the fix of a problem: it is gone, and there is none that was not there before.
pub(crate) fn check_fix(
    source: &str,
    options: &LoadOptions,
    all: &[Diagnostic],
    found: &Diagnostic,
) {
    let Some(fix) = &found.fix else { return };
    let mended = mend(source, fix);
    let mut before: Vec<(&str, &str)> =
        all.iter().map(|other| (other.code.as_str(), other.message.as_str())).collect();
    let mine = (found.code.as_str(), found.message.as_str());
    before.remove(before.iter().position(|other| *other == mine).unwrap());
    for left in &treebot::load_with(&mended, options).diagnostics {
        let left = (left.code.as_str(), left.message.as_str());
        let at = before.iter().position(|other| *other == left);
        assert!(at.is_some(), "{} ({}) leads to {left:?} in\n{mended}", fix.title, found.message);
        before.remove(at.unwrap());
    }
}

/// The source with a fix applied.
pub(crate) fn mend(source: &str, fix: &Fix) -> String {
    let mut mended = source.to_owned();
    for edit in fix.edits.iter().rev() {
        mended.replace_range(edit.span.start..edit.span.end, &edit.text);
    }
    mended
}

#[test]
fn all_problems_of_a_file_are_told_at_once() {
    check(
        "say: Hello: there\nanswers:\n  study: {say: How long?, answer: {short: Fine}}\n  work: {goto: nowhere}\n  other:\n   say: \"unclosed\n",
        expect![[r#"
            say: Hello: there
                 ^^^^^^^^^^^^ error T001: text with `: ` in it needs quotes (put it in quotes)
            answers:
              study: {say: How long?, answer: {short: Fine}}
                                      ^^^^^^ error T010: unknown key `answer`: did you mean `answers`? (write `answers`)
              work: {goto: nowhere}
                           ^^^^^^^ error T020: nothing is called `nowhere`; a `goto` leads to one of `nodes`, to an `id`, or to `start`
              other:
               say: "unclosed
                    ^^^^^^^^^ error T001: this text starts with `"` and never ends with it (close the quote)
        "#]],
    );
}

/// The lines that each code is told of in a tree with answers of so many bytes, after which so many are wrong.
fn lines_told(bytes: usize, wrong: usize) -> Vec<(&'static str, usize)> {
    let well: String =
        (0..bytes / 100).map(|n| format!("  well {n}: {}\n", "a".repeat(80))).collect();
    let wrong =
        |of: &str| -> String { (0..wrong).map(|n| format!("  {of} {n}: Cost: 5\n")).collect() };
    let (first, second) = (wrong("first"), wrong("second"));
    let source = format!("say: a\nanswers:\n{first}{well}{second}  last: {{say: b, sya: c}}\n");
    let line = |at: usize| source.get(..at).unwrap().lines().count();
    let mut told = treebot::load(&source).diagnostics;
    told.retain(|found| found.severity == treebot::Severity::Error);
    told.iter().map(|found| (found.code.as_str(), line(found.span.start))).collect()
}

#[test]
fn where_too_much_is_wrong_it_is_told_from_which_line_on_nothing_was_read() {
    let told = lines_told(1_000, 25);
    assert_eq!(told.len(), 21, "{told:?}");
    assert!(told.iter().all(|(code, _)| *code == "T001"), "{told:?}");
    // The twentieth mistake is on line 22.
    assert_eq!(told.last(), Some(&("T001", 23)), "{told:?}");
    let loaded = treebot::load("say: a\nanswers:\n  x: b\n  y: [c\n");
    assert_eq!(loaded.diagnostics.len(), 1, "nothing follows: {:?}", loaded.diagnostics);
}

#[test]
fn in_a_large_file_too_all_is_told_at_once() {
    let told = lines_told(120_000, 9);
    let codes: Vec<&str> = told.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, [vec!["T001"; 18], vec!["T010"]].concat(), "{told:?}");
}

#[test]
fn every_code_has_its_own_number() {
    let numbers: std::collections::BTreeSet<&str> =
        treebot::Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(numbers.len(), treebot::Code::ALL.len());
}

/// Each of these would take minutes, or all memory, if the work grew with the square of the source.
#[test]
fn a_source_that_is_wrong_everywhere_is_told_about_in_bounded_time() {
    let repeated = |head: &str, piece: &dyn Fn(usize) -> String, tail: &str| {
        let pieces: String = (0..20_000).map(piece).collect();
        treebot::load(&format!("{head}{pieces}{tail}"))
    };
    let loads = [
        repeated("say: a\nanswers:\n", &|n| format!("  k{n}: {{goto: n{n}}}\n"), ""),
        repeated("say: a\nanswers: {x: {say: b, also: [", &|n| format!("w{n}, "), "]}}"),
        repeated("say: a\nnodes:\n", &|n| format!("  n{n}: {{say: a, goto: n{}}}\n", n + 1), ""),
        repeated("say: [", &|_| "image: https://a.example/b, ".to_owned(), "]"),
        repeated("say: [", &|_| "!!str a, ".to_owned(), "]"),
        repeated("say: a\n", &|n| format!("key{n}: a\n"), ""),
        repeated("say: a\nanswers: {", &|n| format!("k{n}: , "), "x: [[[}"),
    ];
    for loaded in loads {
        assert!(loaded.diagnostics.len() <= 1000, "{}", loaded.diagnostics.len());
    }
}
