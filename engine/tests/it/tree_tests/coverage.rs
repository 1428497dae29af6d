//! What the tests of a tree reach.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use treebot::{Loaded, PathKind, TestOutcome, coverage, each_path, load, paths, run_tests};

use crate::support::random::{Dice, Plan};
use crate::support::{UNKNOWN, tree};
use crate::trees::source;

use super::{TREE, tested};

/// What no test reaches of the tree, given these steps.
fn missing(steps: &str, expect: Expect) {
    let (tree, tests, source) = tested(steps);
    let report = run_tests(&tree, &tests);
    let coverage = coverage(&tree, &report);
    let mut out = String::new();
    for found in coverage.diagnostics(&tree, &tests) {
        let at = source.get(found.span.start..found.span.end).unwrap();
        writeln!(out, "{at:?}: {}", found.message).unwrap();
    }
    let count = |count: treebot::Count| format!("{}/{}", count.reached, count.all);
    writeln!(
        out,
        "{} questions, {} answers, {} ends",
        count(coverage.questions),
        count(coverage.answers),
        count(coverage.ends)
    )
    .unwrap();
    expect.assert_eq(&out);
}

#[test]
fn coverage_counts_what_was_asked_and_taken() {
    missing(
        "    - bot: Why\n",
        expect![[r#"
            "study": no test takes the answer `study` of `start`
            "paid/unpaid": no test takes the answer `paid/unpaid` of `start`
            "home": no test takes the answer `home` of `start`
            1/3 questions, 0/8 answers, 0/3 ends
        "#]],
    );
    missing(
        "    - user: study\n    - user: long\n",
        expect![[r#"
            "short": no test takes the answer `short` of `start/study`
            "paid/unpaid": no test takes the answer `paid/unpaid` of `start`
            "home": no test takes the answer `home` of `start`
            2/3 questions, 2/8 answers, 1/3 ends
        "#]],
    );
    // Back at the start by an answer that leads there.
    missing(
        "    - given: {start: paid/unpaid}\n    - user: other\n    - at: start\n    - user: home\n",
        expect![[r#"
            "study": no test takes the answer `study` of `start`
            "nurse": no test takes the answer `nurse` of `job`
            "else": no test comes to the `else` of `job`
            2/3 questions, 3/8 answers, 1/3 ends
        "#]],
    );
    // An `else` that leads on is an answer of its own.
    missing(
        "    - user: paid unpaid\n    - user: astronaut\n    - at: visa\n",
        expect![[r#"
            "study": no test takes the answer `study` of `start`
            "nurse": no test takes the answer `nurse` of `job`
            "other": no test takes the answer `other` of `job`
            "home": no test takes the answer `home` of `start`
            2/3 questions, 2/8 answers, 1/3 ends
        "#]],
    );
    // A message that decides nothing takes nothing.
    missing(
        "    - bot: Why\n    - user: astronaut\n    - user: '9'\n    - user: help\n",
        expect![[r#"
            "study": no test takes the answer `study` of `start`
            "paid/unpaid": no test takes the answer `paid/unpaid` of `start`
            "home": no test takes the answer `home` of `start`
            1/3 questions, 0/8 answers, 0/3 ends
        "#]],
    );
}

#[test]
fn a_tree_without_tests_is_not_warned_of() {
    let loaded = load(TREE);
    let tree = loaded.tree.unwrap();
    let report = run_tests(&tree, &loaded.tests);
    assert!(report.all_passed());
    assert_eq!(coverage(&tree, &report).diagnostics(&tree, &loaded.tests), []);
}

/// The trees of this project pass their own tests, which reach every question, every answer and every end.
#[test]
fn our_trees_pass_their_tests_and_are_covered() {
    for (name, least) in [("uk-visa.yaml", 25), ("coffee-machine.yaml", 4), ("cave.yaml", 4)] {
        let Loaded { tree, tests, diagnostics } = load(&source(name));
        assert_eq!(diagnostics, [], "{name}");
        let tree = tree.unwrap();
        let report = run_tests(&tree, &tests);
        let failing: Vec<String> =
            report.diagnostics().into_iter().map(|problem| problem.message).collect();
        assert!(failing.is_empty(), "{name}: {failing:#?}");
        assert!(report.count(TestOutcome::Passed) >= least);
        let coverage = coverage(&tree, &report);
        assert!(coverage.is_full(), "{name}: {:#?}", coverage.missing(&tree));
        assert_eq!(coverage.diagnostics(&tree, &tests), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Tests that go every path reach all there is; any test reaches just what a person would have been told.
    #[test]
    fn coverage_is_what_people_came_to(seed: u64, every: bool) {
        let mut dice = Dice::new(seed);
        let plan = Plan::random(&mut dice, 25);
        let bare = tree(&plan.source());
        let all = paths(&bare, 200);
        let mut source = plan.source();
        source.push_str("tests:\n");
        let (mut asked, mut taken, mut ends) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (number, path) in each_path(&bare).take(200).enumerate() {
            if !every && dice.chance(60) {
                continue;
            }
            writeln!(source, "  t{number}:\n    - at: {}", serde_json::to_string(&bare.place_name(path.steps.first().map_or(path.to, |step| step.0))).unwrap()).unwrap();
            for (question, answer) in &path.steps {
                let node = bare.get(*question).unwrap();
                // What the bot does not know takes the `else`.
                let typed = answer.map_or(UNKNOWN, |answer| node.answer(answer).unwrap().label());
                asked.insert(*question);
                taken.insert((*question, *answer));
                writeln!(source, "    - user: {}", serde_json::to_string(typed).unwrap()).unwrap();
            }
            let is_end = path.kind == PathKind::End;
            writeln!(source, "    - end: {is_end}\n    - at: {}", serde_json::to_string(&bare.place_name(path.to)).unwrap()).unwrap();
            if is_end {
                ends.insert(path.to);
            }
        }
        if source.ends_with("tests:\n") {
            return Ok(());
        }
        let Loaded { tree, tests, diagnostics } = load(&source);
        prop_assert!(tree.is_some(), "{:#?}\n{}", diagnostics, source);
        let tree = tree.unwrap();
        let report = run_tests(&tree, &tests);
        prop_assert!(report.all_passed(), "{:#?}\n{}", report.diagnostics(), source);
        let coverage = coverage(&tree, &report);
        prop_assert_eq!(coverage.questions.reached, asked.len());
        prop_assert_eq!(coverage.answers.reached, taken.len());
        prop_assert_eq!(coverage.ends.reached, ends.len());
        prop_assert_eq!(coverage.unreached_answers.len(), coverage.answers.all - coverage.answers.reached);
        prop_assert!(coverage.unreached_answers.iter().all(|answer| !taken.contains(answer)));
        if every && all.complete {
            prop_assert!(coverage.is_full(), "{:?}\n{}", coverage, source);
        }
    }
}
