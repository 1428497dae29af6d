//! Tests in trees: how they are read, how they go, and what they reach.

use expect_test::{Expect, expect};
use treebot::{Loaded, TestOutcome, coverage, load, run_tests};

use crate::trees::source;

/// The trees of this project pass their own tests, which reach every question, every answer and every end.
#[test]
fn our_trees_pass_their_tests_and_are_covered() {
    for name in ["uk-visa.yaml", "coffee-machine.yaml", "cave.yaml"] {
        let Loaded { tree, tests, diagnostics } = load(&source(name));
        assert_eq!(diagnostics, [], "{name}");
        let tree = tree.unwrap();
        let report = run_tests(&tree, &tests);
        let failing: Vec<String> =
            report.diagnostics().into_iter().map(|problem| problem.message).collect();
        assert!(failing.is_empty(), "{name}: {failing:#?}");
        assert_eq!(report.count(TestOutcome::Passed), tests.list.len());
        let coverage = coverage(&tree, &report);
        let missing: Vec<String> = coverage
            .diagnostics(&tree, &tests)
            .into_iter()
            .map(|problem| problem.message)
            .collect();
        assert!(coverage.is_full(), "{name}: {missing:#?}");
    }
}
