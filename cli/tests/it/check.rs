//! `treebot check`: what it says, and how it ends.

use std::fs;

use crate::common::{folder, treebot};
use expect_test::{Expect, expect};
use serde_json::json;

const GOOD: &str = "title: Good\nsay: Hi\nanswers: {tea: Here is tea., coffee: Here is coffee.}\n";
const WRONG: &str = "title: Wröng\nsay: Grüße?\nanswer:\n  tea: Here is tea.\n";
const WARNED: &str = "title: Warned\nsay: Hi\nanswers: {tea: Here is tea., coffee: Here is coffee.}\nnodes: {lost: Nobody comes here.}\n";

/// A folder with a good tree, a wrong one, one to be warned of, and two that cannot be read.
fn check(name: &str, args: &[&str], status: i32, stderr: Expect, stdout: Expect) {
    let folder = folder(name);
    fs::write(folder.join("good.yaml"), GOOD).unwrap();
    fs::write(folder.join("wrong.yaml"), WRONG).unwrap();
    fs::write(folder.join("warned.yaml"), WARNED).unwrap();
    fs::write(folder.join("binary.yaml"), b"say: Gr\xfc\xdfe\n").unwrap();
    let run = treebot(&folder, &[&["check"], args].concat(), b"");
    stdout.assert_eq(&run.stdout);
    stderr.assert_eq(&run.stderr);
    assert_eq!(run.status, status);
}

#[test]
fn a_good_tree_is_status_0() {
    check(
        "good",
        &["good.yaml"],
        0,
        expect![""],
        expect![[r#"
        1 file checked: no problems
    "#]],
    );
}

#[test]
fn an_error_is_drawn_where_it_is_and_is_status_1() {
    check(
        "wrong",
        &["wrong.yaml", "good.yaml"],
        1,
        expect![""],
        expect![[r#"
            error[T010]: unknown key `answer`: did you mean `answers`?
             --> wrong.yaml:3:1
              |
            3 | answer:
              | ^^^^^^
              |
              = help: write `answers`

            2 files checked: 1 error
        "#]],
    );
}

#[test]
fn warnings_alone_are_status_0() {
    check(
        "warned",
        &["warned.yaml"],
        0,
        expect![""],
        expect![[r#"
        warning[T050]: nothing leads to `lost`; a `goto: lost` would
         --> warned.yaml:4:9
          |
        4 | nodes: {lost: Nobody comes here.}
          |         ^^^^

        1 file checked: 1 warning
    "#]],
    );
}

#[test]
fn programs_get_one_array_for_all_files() {
    check(
        "json",
        &["--json", "good.yaml", "wrong.yaml", "warned.yaml"],
        1,
        expect![""],
        expect![[r#"
            [{"file":"wrong.yaml","code":"T010","severity":"error","message":"unknown key `answer`: did you mean `answers`?","start":28,"end":34,"line":3,"column":1},{"file":"warned.yaml","code":"T050","severity":"warning","message":"nothing leads to `lost`; a `goto: lost` would","start":84,"end":88,"line":4,"column":9}]
        "#]],
    );
}

#[test]
fn what_cannot_be_read_is_status_2_and_the_rest_is_still_checked() {
    check(
        "unreadable",
        &["none.yaml", "wrong.yaml", "--json"],
        2,
        expect![[r#"
            treebot: cannot read `none.yaml`: No such file or directory (os error 2)
        "#]],
        expect![[r#"
            [{"file":"wrong.yaml","code":"T010","severity":"error","message":"unknown key `answer`: did you mean `answers`?","start":28,"end":34,"line":3,"column":1}]
        "#]],
    );
    check(
        "unreadable",
        &["none.yaml", "good.yaml"],
        2,
        expect![[r#"
            treebot: cannot read `none.yaml`: No such file or directory (os error 2)
        "#]],
        expect![[r#"
            1 file checked: 1 unreadable file
        "#]],
    );
}

#[test]
fn bytes_that_are_no_text_are_told_of_where_they_are() {
    check(
        "binary",
        &["binary.yaml"],
        1,
        expect![""],
        expect![[r#"
        error[T030]: this is no UTF-8 text (byte FC); save the file as UTF-8
         --> binary.yaml:1:8
          |
        1 | say: Gr__e
          |        ^^

        1 file checked: 1 error
    "#]],
    );
}

#[test]
fn ends_without_a_link_are_told_of_if_asked_for() {
    check(
        "links",
        &["--links", "good.yaml"],
        0,
        expect![""],
        expect![[r#"
        warning[T061]: this is an end without a link; `[words](https://…)` would lead on
         --> good.yaml:3:16
          |
        3 | answers: {tea: Here is tea., coffee: Here is coffee.}
          |                ^^^^^^^^^^^^

        warning[T061]: this is an end without a link; `[words](https://…)` would lead on
         --> good.yaml:3:38
          |
        3 | answers: {tea: Here is tea., coffee: Here is coffee.}
          |                                      ^^^^^^^^^^^^^^^

        1 file checked: 2 warnings
    "#]],
    );
}

#[test]
fn advice_is_given_if_asked_for() {
    check(
        "advice",
        &["--advice", "good.yaml"],
        0,
        expect![""],
        expect![[r#"
        warning[T061]: this is an end without a link; `[words](https://…)` would lead on
         --> good.yaml:3:16
          |
        3 | answers: {tea: Here is tea., coffee: Here is coffee.}
          |                ^^^^^^^^^^^^

        warning[T069]: nothing says from when this end and 1 more are; a date in `about`, such as `Checked on 1 November 2026`, is shown with each
         --> good.yaml:3:16
          |
        3 | answers: {tea: Here is tea., coffee: Here is coffee.}
          |                ^^^^^^^^^^^^

        warning[T061]: this is an end without a link; `[words](https://…)` would lead on
         --> good.yaml:3:38
          |
        3 | answers: {tea: Here is tea., coffee: Here is coffee.}
          |                                      ^^^^^^^^^^^^^^^

        1 file checked: 3 warnings
    "#]],
    );
}

#[test]
fn arguments_that_mean_nothing_are_status_2() {
    for args in [
        &["check"][..],
        &[],
        &["chek", "x"],
        &["check", "--jsn", "x"],
        &["chat"],
        &["chat", "a", "b"],
    ] {
        let run = treebot(&folder("arguments"), args, b"");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(run.stderr.contains("Usage: treebot"), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn lines_and_columns_count_from_one_in_characters_and_spans_in_bytes() {
    let folder = folder("positions");
    let source = "say: Hi\r\nanswers:\r\n  ä: {say: Ü, saay: b}\r\n";
    fs::write(folder.join("tree.yaml"), source).unwrap();
    let run = treebot(&folder, &["check", "--json", "tree.yaml"], b"");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).unwrap();
    let row = rows.first().unwrap();
    let start = source.find("saay").unwrap();
    assert_eq!(
        (&row["line"], &row["column"], &row["start"], &row["end"]),
        (&json!(3), &json!(15), &json!(start), &json!(start + 4)),
        "{row}"
    );
}

#[test]
fn odd_sources_are_drawn_without_a_fall() {
    let folder = folder("odd");
    let sources: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"\xef\xbb\xbf".to_vec(),
        b"\t".to_vec(),
        b"say: [\n\n\n".to_vec(),
        b"say: hi\r\nanser: {a: b}".to_vec(),
        b"say: \"\x1b[31m".to_vec(),
        b"say: |\n  a\n b: c\n".to_vec(),
        format!("say: hi\nx: {}\n", "y".repeat(100_000)).into_bytes(),
        "[".repeat(20_000).into_bytes(),
        format!("say: {}", "\u{1F468}\u{200D}\u{1F469}".repeat(300)).into_bytes(),
        b"say: a\n---\nsay: b\n".to_vec(),
        b"? [a]\n: b\n".to_vec(),
    ];
    for source in sources {
        fs::write(folder.join("tree.yaml"), &source).unwrap();
        for args in [&["check", "tree.yaml"][..], &["check", "--json", "tree.yaml"]] {
            let run = treebot(&folder, args, b"");
            assert!(
                run.status <= 1 && run.stderr.is_empty(),
                "{:?}: {}",
                source.get(..40),
                run.stderr
            );
            assert!(!run.stdout.contains('\u{1b}'));
        }
    }
}
