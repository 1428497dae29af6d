//! Tests in trees: how they are read, and how they go.

mod coverage;

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use treebot::{Code, InputKind, Loaded, TestOutcome, Tests, Tree, coverage, load, run_tests};

use crate::support::{Person, tree};
use crate::trees::source;

const TREE: &str = "
say: Why do you come?
answers:
  study:
    was: [education]
    label: Study or train
    say: How long will you study?
    answers:
      short: You need no visa.
      long: {goto: visa}
  paid/unpaid:
    say: What is your job?
    id: job
    answers:
      nurse: {goto: visa}
      other: {say: Then tell us., goto: start}
    else: {goto: visa}
  home: Bye.
nodes:
  visa: {say: 'You need [a Visa](https://a.example/visa).', was: [permit]}
";

fn tested(steps: &str) -> (Tree, Tests, String) {
    let source = format!("{TREE}tests:\n  a test:\n{steps}");
    let Loaded { tree, tests, diagnostics } = load(&source);
    assert!(tree.is_some(), "{diagnostics:#?}");
    (tree.unwrap(), tests, source)
}

/// Shows what is told about these steps when they are read.
fn read(steps: &str, expect: Expect) {
    let source = format!("{TREE}tests:\n  a test:\n{steps}");
    shown(&source, &load(&source).diagnostics, expect);
}

fn shown(source: &str, diagnostics: &[treebot::Diagnostic], expect: Expect) {
    let mut out = String::new();
    for found in diagnostics {
        let at = source.get(found.span.start..found.span.end).unwrap();
        let fix = found.fix.as_ref().map(|fix| format!(" ({})", fix.title)).unwrap_or_default();
        writeln!(out, "{} at {at:?}: {}{fix}", found.code, found.message).unwrap();
        if let Some(fix) = &found.fix {
            let mut mended = source.to_owned();
            for edit in fix.edits.iter().rev() {
                mended.replace_range(edit.span.start..edit.span.end, &edit.text);
            }
            assert!(load(&mended).diagnostics.len() < diagnostics.len(), "{mended}");
        }
    }
    expect.assert_eq(&out);
}

/// Runs these steps and shows what went otherwise.
fn run(steps: &str, expect: Expect) {
    let (tree, tests, source) = tested(steps);
    let report = run_tests(&tree, &tests);
    assert_eq!(report, run_tests(&tree, &tests));
    let mut out = String::new();
    for step in report.tests.iter().flat_map(|test| &test.steps) {
        if let Some(failure) = &step.failure {
            let at = source.get(step.span.start..step.span.end).unwrap();
            writeln!(out, "{at}: {}", failure.message).unwrap();
        }
    }
    expect.assert_eq(&out);
    let failed = !out.is_empty();
    let outcome = if failed { TestOutcome::Failed } else { TestOutcome::Passed };
    assert_eq!(report.tests[0].outcome, outcome);
    assert_eq!(report.diagnostics().len(), usize::from(failed));
}

#[test]
fn a_step_that_cannot_be_read_is_told_and_stops_nobody() {
    read(
        "    - user: hi\n      bot: Why\n",
        expect![[r#"
        T070 at "bot": `bot` is a step of its own, but stands in the same one as `user` (write `- bot`)
    "#]],
    );
    read(
        "    - usr: hi\n    - say: Why\n    - Why\n    - []\n",
        expect![[r#"
        T070 at "usr": unknown step `usr`: did you mean `user`? (write `user`)
        T070 at "say": unknown step `say`: there are `user`, `bot`, `at`, `end` and `given`; put a text with a colon in quotes
        T070 at "Why": a step begins with `user:`, `bot:`, `at:`, `end:` or `given:`
        T070 at "[]": a step begins with `user:`, `bot:`, `at:`, `end:` or `given:`
    "#]],
    );
    read(
        "    - user:\n    - bot: ''\n    - bot: a\n      x-note: b\n    - at: [start]\n    - user: {a: b}\n",
        expect![[r#"
            T070 at "user": `user` is empty
            T070 at "bot": `bot` is empty
            T070 at "[start]": `at` is one text; write a step for each
            T070 at "{a: b}": `user` is one text; put it in quotes if it has a colon in it
        "#]],
    );
    read(
        "    - end: yes\n    - given: start\n    - given: {}\n    - given: {start: }\n    - given: {start: [study]}\n",
        expect![[r#"
            T070 at "yes": `end` is `true` or `false` (write `true`)
            T070 at "start": `given` holds the answers given before, each as `question: answer`
            T070 at "{}": `given` holds the answers given before, each as `question: answer`
            T070 at "start": `start` needs the key of one of its answers
            T070 at "start": `start` needs the key of one of its answers
        "#]],
    );
    read(
        "    []\n",
        expect![[r#"
        T070 at "a test": the test `a test` has no steps; begin with `- user:` and what somebody types
    "#]],
    );
    read("    - user: ''\n    - user: ' '\n    - end: false\n", expect![""]);
}

#[test]
fn a_test_of_the_wrong_shape_is_an_error() {
    for tests in ["tests: a\n", "tests: []\n", "tests: {a: b}\n", "tests: {a: {user: b}}\n"] {
        let loaded = load(&format!("{TREE}{tests}"));
        assert_eq!(loaded.diagnostics[0].code, Code::WrongType, "{tests}");
        assert!(loaded.tree.is_none());
    }
    assert_eq!(load(&format!("{TREE}tests: {{x-later: anything}}\n")).diagnostics, []);
}

#[test]
fn a_name_that_nothing_has_is_told() {
    read(
        "    - at: jbo\n    - at: start/studies\n    - given: {visas: study}\n",
        expect![[r#"
        T071 at "jbo": no question is or was called `jbo`: did you mean `job`? (write `job`)
        T071 at "start/studies": no question is or was called `start/studies`; name it by its `id`, or by the way to it, such as `start/study`
        T071 at "visas": no question is or was called `visas`: did you mean `visa`? (write `visa`)
    "#]],
    );
    read(
        "    - at: start\n    - at: start/study\n    - at: start/education/long\n    - at: start/paid/unpaid\n    - at: permit\n    - at: job/other\n    - at: start/paid/unpaid/else\n",
        expect![""],
    );
}

#[test]
fn a_test_that_asks_for_a_name_that_nothing_has_is_told_of_once() {
    for steps in ["    - at: nowhere\n", "    - given: {nowhere: x}\n    - end: false\n"] {
        let loaded = load(&format!("{TREE}tests:\n  a test:\n{steps}"));
        let told: Vec<Code> = loaded.all_diagnostics().iter().map(|of| of.code).collect();
        assert_eq!(told, [Code::TestName], "{steps}");
        let report = run_tests(loaded.tree.as_ref().unwrap(), &loaded.tests);
        assert_eq!(report.tests[0].outcome, TestOutcome::Unreadable);
    }
}

#[test]
fn what_the_bot_says_is_compared_without_capitals_and_spaces() {
    run(
        "    - bot: WHY   do you\n    - user: study\n    - bot: How long\n    - user: long\n    - bot: need a visa.\n",
        expect![""],
    );
    run(
        "    - user: home\n    - bot: Why do\n    - bot: bye\n    - bot: good bye\n",
        expect![[r#"
        good bye: the bot does not say `good bye` here, but "Bye."
    "#]],
    );
}

#[test]
fn the_place_and_the_end_are_compared() {
    run(
        "    - at: start\n    - end: false\n    - user: study\n    - at: start/study\n    - at: start/education\n    - user: long\n    - at: permit\n    - end: true\n",
        expect![""],
    );
    run(
        "    - at: job\n    - end: true\n    - user: paid unpaid\n    - at: start\n    - user: nurse\n    - end: false\n    - at: start/study\n",
        expect![[r#"
            job: the conversation stands at `start`, not at `job`
            true: this is no end; `start` waits for an answer
            start: the conversation stands at `job`, not at `start`
            false: `visa` is an end
            start/study: the conversation has ended at `visa`, not at `start/study`
        "#]],
    );
}

#[test]
fn an_older_conversation_goes_on_by_former_names_and_in_any_order() {
    run("    - given: {start/study: long, start: education}\n    - at: visa\n", expect![""]);
    run(
        "    - given: {start: study}\n    - bot: How long\n    - user: '1'\n    - bot: no visa\n",
        expect![""],
    );
    run(
        "    - given: {start/education: short, start: study}\n    - end: true\n    - user: back\n    - at: start/study\n",
        expect![""],
    );
    run(
        "    - given: {job: nurse}\n    - at: start\n    - user: paid/unpaid\n    - at: visa\n",
        expect![""],
    );
    run("    - given: {start: paid/unpaid, job: else}\n    - at: visa\n", expect![""]);
    // A question whose name is gone is known by where it stood.
    run("    - given: {start: study, length: long}\n    - at: visa\n", expect![""]);
}

#[test]
fn an_older_conversation_that_is_lost_fails_unless_the_test_says_where_it_is() {
    run(
        "    - given: {start: Study or train}\n    - user: short\n",
        expect![[r#"
        {start: Study or train}: `start` has no answer `Study or train`: did you mean `study`?
    "#]],
    );
    run("    - given: {start: sleep}\n    - at: start\n    - bot: changed\n", expect![""]);
    run(
        "    - given: {start: sleep}\n",
        expect![[r#"
        {start: sleep}: `start` has no answer `sleep`, nor did one ever bear that key (`was`)
    "#]],
    );
    run(
        "    - given: {start: study, job: nurse}\n",
        expect![[r#"
        {start: study, job: nurse}: `job` is not asked on the way that the other answers lead
    "#]],
    );
}

#[test]
fn a_test_with_a_step_that_cannot_be_read_is_not_run() {
    let (tree, tests, source) = tested("    - user: study\n    - bto: How long\n");
    let report = run_tests(&tree, &tests);
    assert_eq!(report.tests[0].outcome, TestOutcome::Unreadable);
    assert!(!report.all_passed());
    // That is told once.
    assert_eq!(report.diagnostics(), []);
    assert_eq!(load(&source).diagnostics[0].code, Code::TestStep);
}

#[test]
fn more_than_can_be_run_is_not_run() {
    let answers: String = (0..1000).map(|n| format!("  a{n}: b\n")).collect();
    let steps = "    - user: what\n".repeat(2000);
    let source =
        format!("say: a\nanswers:\n{answers}tests:\n  one:\n{steps}  two:\n    - bot: a\n");
    let Loaded { tree, tests, .. } = load(&source);
    let report = run_tests(&tree.unwrap(), &tests);
    assert!(report.tests.iter().all(|test| test.outcome == TestOutcome::NotRun));
}

/// What a typed message comes to is the same in a test and in a conversation.
#[test]
fn a_test_is_a_conversation() {
    let visa = tree(&source("uk-visa.yaml"));
    let mut person = Person::new();
    let said: Vec<String> = ["hello", "study", "2"]
        .into_iter()
        .map(|text| {
            let turn = person.take(&visa, InputKind::Text(text.to_owned()));
            turn.reply.messages.last().unwrap().text().to_owned()
        })
        .collect();
    let mut source = source("uk-visa.yaml");
    source.truncate(source.find("\ntests:").unwrap());
    write!(source, "\ntests:\n  t:\n").unwrap();
    for (text, said) in ["hello", "study", "\"2\""].into_iter().zip(&said) {
        writeln!(source, "    - user: {text}\n    - bot: {}", serde_json::to_string(said).unwrap())
            .unwrap();
    }
    let Loaded { tree, tests, .. } = load(&source);
    assert!(run_tests(&tree.unwrap(), &tests).all_passed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Reading and running the tests of any source returns; spans lie in it.
    #[test]
    fn any_tests_are_read_and_run(pieces in prop::collection::vec(prop::sample::select(vec![
        "    - user: ", "    - bot: ", "    - at: ", "    - end: ", "    - given: ", "      ", "{", "}", "start", "study", ": ", "/", "job", "nurse", "true", "\n", "\n", "[", "]", "é", "''", "\"", "- ", "back", "forget me", "1", ",", "  b:\n",
    ]), 0..40)) {
        let source = format!("{TREE}tests:\n  a:\n{}", pieces.concat());
        let loaded = load(&source);
        for found in &loaded.diagnostics {
            prop_assert!(source.get(found.span.start..found.span.end).is_some());
        }
        if let Some(tree) = &loaded.tree {
            let report = run_tests(tree, &loaded.tests);
            let coverage = coverage(tree, &report);
            for found in report.diagnostics().iter().chain(&coverage.diagnostics(tree, &loaded.tests)) {
                prop_assert!(source.get(found.span.start..found.span.end).is_some());
            }
        }
    }
}
