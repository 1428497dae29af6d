//! `treebot test`, and the tests that `treebot check` runs.

use std::fs;

use crate::common::{folder, treebot};
use expect_test::{Expect, expect};

const GOOD: &str = "\
say: Tea or coffee?
answers:
  tea: Here is tea.
  coffee: Here is coffee.
tests:
  tea:
    - user: some tea please
    - bot: here is TEA
    - end: true
  coffee:
    - given: {start: coffee}
    - end: true
";

fn run(name: &str, source: &str, args: &[&str], status: i32, stdout: Expect) {
    let folder = folder(name);
    fs::write(folder.join("tree.yaml"), source).unwrap();
    let run = treebot(&folder, args, b"");
    stdout.assert_eq(&run.stdout);
    assert_eq!((run.status, run.stderr.as_str()), (status, ""));
}

#[test]
fn tests_that_pass_are_counted_with_what_they_reach() {
    run(
        "pass",
        GOOD,
        &["test", "tree.yaml"],
        0,
        expect![[r#"
        tree.yaml: 2 tests passed
    "#]],
    );
    run(
        "pass",
        GOOD,
        &["test", "--coverage", "tree.yaml"],
        0,
        expect![[r#"
        tree.yaml: 2 tests passed
          reached: 1 of 1 question, 2 of 2 answers, 2 of 2 ends
    "#]],
    );
    run(
        "pass",
        GOOD,
        &["test", "--coverage", "--json", "tree.yaml"],
        0,
        expect![[r#"
        [{"file":"tree.yaml","loads":true,"tests":[{"name":"tea","outcome":"passed","line":6,"column":3,"steps":[{"passed":true,"start":101,"end":116,"line":7,"column":13},{"passed":true,"start":128,"end":139,"line":8,"column":12},{"passed":true,"start":151,"end":155,"line":9,"column":12}]},{"name":"coffee","outcome":"passed","line":10,"column":3,"steps":[{"passed":true,"start":179,"end":194,"line":11,"column":14},{"passed":true,"start":206,"end":210,"line":12,"column":12}]}],"coverage":{"questions":[1,1],"answers":[2,2],"ends":[2,2],"missing":[]}}]
    "#]],
    );
    run(
        "pass",
        GOOD,
        &["check", "tree.yaml"],
        0,
        expect![[r#"
        1 file checked: no problems
    "#]],
    );
}

#[test]
fn a_test_that_fails_is_drawn_where_it_fails_with_what_came_instead() {
    let wrong =
        GOOD.replace("here is TEA", "here is cocoa").replace("end: true\n  c", "end: false\n  c");
    run(
        "fail",
        &wrong,
        &["test", "--coverage", "tree.yaml"],
        1,
        expect![[r#"
        error[T025]: the test `tea` fails: the bot does not say `here is cocoa` here, but "Here is tea."
         --> tree.yaml:8:12
          |
        8 |     - bot: here is cocoa
          |            ^^^^^^^^^^^^^
          |
          = note: `some tea please` was taken as the answer `tea` (rule: phrase)
          = note: the conversation has ended at `start/tea`
          = note: 1 step of this test failed after it

        tree.yaml: 1 test passed, 1 failed
          reached: 1 of 1 question, 2 of 2 answers, 2 of 2 ends
    "#]],
    );
    run(
        "fail",
        &wrong,
        &["check", "tree.yaml"],
        1,
        expect![[r#"
        error[T025]: the test `tea` fails: the bot does not say `here is cocoa` here, but "Here is tea."
         --> tree.yaml:8:12
          |
        8 |     - bot: here is cocoa
          |            ^^^^^^^^^^^^^
          |
          = note: `some tea please` was taken as the answer `tea` (rule: phrase)
          = note: the conversation has ended at `start/tea`
          = note: 1 step of this test failed after it

        1 file checked: 1 error
    "#]],
    );
    run(
        "fail",
        &wrong,
        &["check", "--json", "tree.yaml"],
        1,
        expect![[r#"
        [{"file":"tree.yaml","code":"T025","severity":"error","message":"the test `tea` fails: the bot does not say `here is cocoa` here, but \"Here is tea.\"","notes":["`some tea please` was taken as the answer `tea` (rule: phrase)","the conversation has ended at `start/tea`","1 step of this test failed after it"],"start":128,"end":141,"line":8,"column":12}]
    "#]],
    );
    run(
        "fail",
        &wrong,
        &["test", "--json", "tree.yaml"],
        1,
        expect![[r#"
        [{"file":"tree.yaml","loads":true,"tests":[{"name":"tea","outcome":"failed","line":6,"column":3,"steps":[{"passed":true,"start":101,"end":116,"line":7,"column":13},{"passed":false,"start":128,"end":141,"line":8,"column":12,"message":"the bot does not say `here is cocoa` here, but \"Here is tea.\"","instead":{"said":["Tea or coffee?","Here is tea."],"place":"start/tea","end":true,"typed":"some tea please","tier":"phrase","answer":"tea"}},{"passed":false,"start":153,"end":158,"line":9,"column":12,"message":"`start/tea` is an end","instead":{"said":["Tea or coffee?","Here is tea."],"place":"start/tea","end":true,"typed":"some tea please","tier":"phrase","answer":"tea"}}]},{"name":"coffee","outcome":"passed","line":10,"column":3,"steps":[{"passed":true,"start":182,"end":197,"line":11,"column":14},{"passed":true,"start":209,"end":213,"line":12,"column":12}]}]}]
    "#]],
    );
}

#[test]
fn an_answer_that_no_test_reaches_is_warned_of() {
    let less = GOOD.split("  coffee:\n    - given").next().unwrap();
    run(
        "less",
        less,
        &["check", "tree.yaml"],
        0,
        expect![[r#"
        warning[T072]: no test takes the answer `coffee` of `start`
         --> tree.yaml:4:3
          |
        4 |   coffee: Here is coffee.
          |   ^^^^^^

        1 file checked: 1 warning
    "#]],
    );
    run(
        "less",
        less,
        &["test", "--coverage", "--json", "tree.yaml"],
        0,
        expect![[r#"
        [{"file":"tree.yaml","loads":true,"tests":[{"name":"tea","outcome":"passed","line":6,"column":3,"steps":[{"passed":true,"start":101,"end":116,"line":7,"column":13},{"passed":true,"start":128,"end":139,"line":8,"column":12},{"passed":true,"start":151,"end":155,"line":9,"column":12}]}],"coverage":{"questions":[1,1],"answers":[1,2],"ends":[1,2],"missing":[{"question":"start","answer":"coffee"},{"end":"start/coffee"}]}}]
    "#]],
    );
    run(
        "less",
        less,
        &["test", "--coverage", "tree.yaml"],
        0,
        expect![[r#"
        tree.yaml: 1 test passed
          reached: 1 of 1 question, 1 of 2 answers, 1 of 2 ends
          no test takes the answer `coffee` of `start`
          no test comes to the end `start/coffee`
    "#]],
    );
}

#[test]
fn a_test_that_cannot_be_read_fails() {
    let wrong = GOOD.replace("- bot:", "- bto:");
    run(
        "unreadable-test",
        &wrong,
        &["check", "tree.yaml"],
        1,
        expect![[r#"
            warning[T070]: unknown step `bto`: did you mean `bot`?
             --> tree.yaml:8:7
              |
            8 |     - bto: here is TEA
              |       ^^^
              |
              = help: write `bot`

            1 file checked: 1 warning, 1 unreadable test
        "#]],
    );
    run(
        "unreadable-test",
        &wrong,
        &["test", "tree.yaml"],
        1,
        expect![[r#"
            warning[T070]: unknown step `bto`: did you mean `bot`?
             --> tree.yaml:8:7
              |
            8 |     - bto: here is TEA
              |       ^^^
              |
              = help: write `bot`

            tree.yaml: 1 test passed, 1 cannot be read
        "#]],
    );
}

#[test]
fn a_tree_with_errors_has_no_tests_to_run() {
    run(
        "no-tree",
        "say: a\nanswer: {b: c}\n",
        &["test", "tree.yaml"],
        1,
        expect![[r#"
        tree.yaml: 1 error, so there is no tree to test; `treebot check tree.yaml` shows them
    "#]],
    );
    run(
        "no-tree",
        "say: a\nanswer: {b: c}\n",
        &["test", "--json", "tree.yaml"],
        1,
        expect![[r#"
        [{"file":"tree.yaml","loads":false,"tests":[]}]
    "#]],
    );
    run(
        "no-tree",
        "say: a\n",
        &["test", "tree.yaml"],
        0,
        expect![[r#"
        tree.yaml: no tests
    "#]],
    );
}

#[test]
fn a_file_that_cannot_be_read_is_status_2_and_the_rest_is_tested() {
    let folder = folder("no-file");
    fs::write(folder.join("tree.yaml"), GOOD).unwrap();
    let run = treebot(&folder, &["test", "none.yaml", "tree.yaml"], b"");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("none.yaml"), "{}", run.stderr);
    assert_eq!(run.stdout, "tree.yaml: 2 tests passed\n");
}
