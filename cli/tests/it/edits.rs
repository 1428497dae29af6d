//! `treebot paths` and `treebot impact`.

use std::fs;
use std::path::PathBuf;

use crate::common::{folder, treebot, trees};
use expect_test::{Expect, expect};
use serde_json::Value;

const OLD: &str = "\
say: Tea or coffee?
answers:
  tea: {say: Which tea?, answers: {green: Green it is., black: Black it is.}}
  coffee: {say: With milk?, id: milk, answers: {'yes': {goto: done}, 'no': {goto: done}}}
nodes: {done: Here is coffee.}
";

/// A folder with a tree, an edit of it, one that loops and one that does not load.
fn written(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("old.yaml"), OLD).unwrap();
    fs::write(folder.join("loop.yaml"), "say: a\nanswers: {b: {goto: trap}, c: d}\nnodes: {trap: {say: e, answers: {f: {goto: trap}}}}\n").unwrap();
    fs::write(folder.join("wrong.yaml"), "say: a\nanswer: {b: c}\n").unwrap();
    let new = OLD
        .replace(
            "Which tea?, answers: {green: Green it is., black: Black it is.}",
            "Sugar?, answers: {one: Sweet., two: Sweeter.}",
        )
        .replace("  coffee:", "  mocha:")
        .replace("With milk?", "Milk?");
    fs::write(folder.join("new.yaml"), new).unwrap();
    folder
}

fn run(name: &str, args: &[&str], status: i32, stdout: Expect) {
    let folder = written(name);
    let run = treebot(&folder, args, b"");
    stdout.assert_eq(&run.stdout);
    assert_eq!((run.status, run.stderr.as_str()), (status, ""), "{args:?}");
}

#[test]
fn paths_are_counted_and_listed() {
    run(
        "paths",
        &["paths", "old.yaml"],
        0,
        expect![[r#"
        4 paths: 4 to an end, 0 back to a question; the longest has 2 answers; none is stuck
    "#]],
    );
    run(
        "paths",
        &["paths", "old.yaml", "--list"],
        0,
        expect![[r#"
        start > tea > green > end `start/tea/green`
        start > tea > black > end `start/tea/black`
        start > coffee > yes > end `done`
        start > coffee > no > end `done`
        4 paths: 4 to an end, 0 back to a question; the longest has 2 answers; none is stuck
    "#]],
    );
    run(
        "paths",
        &["paths", "old.yaml", "--limit", "2"],
        0,
        expect![[r#"
        more than 2 paths, of which these were looked at: 2 to an end, 0 back to a question; the longest has 2 answers; none is stuck
    "#]],
    );
    run(
        "paths",
        &["paths", "loop.yaml"],
        0,
        expect![[r#"
        2 paths: 1 to an end, 1 back to a question; the longest has 2 answers; 1 question stuck
          no answers lead from `trap` to an end
    "#]],
    );
    run(
        "paths",
        &["paths", "loop.yaml", "--list", "--json"],
        0,
        expect![[r#"
        {"paths":2,"ends":1,"loops":1,"longest":2,"stuck":["trap"],"complete":true,"list":[{"answers":["b","f"],"kind":"loop","to":"trap"},{"answers":["c"],"kind":"end","to":"start/c"}]}
    "#]],
    );
    run(
        "paths",
        &["paths", "wrong.yaml"],
        1,
        expect![[r#"
        error[T010]: unknown key `answer`: did you mean `answers`?
         --> wrong.yaml:2:1
          |
        2 | answer: {b: c}
          | ^^^^^^
          |
          = help: write `answers`

    "#]],
    );
}

#[test]
fn an_edit_is_told_the_worst_first() {
    run(
        "impact",
        &["impact", "old.yaml", "new.yaml"],
        0,
        expect![[r#"
        elsewhere, and nobody is told: 1 place
          `start/tea` -> `start/tea`: 1 place, by the answer `tea` of `start`
            was: Which tea?
            now: Sugar?

        asked again: 5 places
          `start/tea/green` -> `start/tea`: 1 place, by the answer `green` of `start/tea`
          `start/tea/black` -> `start/tea`: 1 place, by the answer `black` of `start/tea`
          `milk` -> `start`: 1 place, by the answer `coffee` of `start`
          `done` -> `start`: 2 places, by the answer `coffee` of `start`

        7 places: 1 kept, 5 asked again, 1 elsewhere
    "#]],
    );
    run(
        "impact",
        &["impact", "old.yaml", "old.yaml"],
        0,
        expect![[r#"
        7 places: 7 kept
    "#]],
    );
    run(
        "impact",
        &["impact", "old.yaml", "new.yaml", "--limit", "2"],
        0,
        expect![[r#"
        elsewhere, and nobody is told: 1 place
          `start/tea` -> `start/tea`: 1 place, by the answer `tea` of `start`
            was: Which tea?
            now: Sugar?

        more than 2 places, of which these were looked at: 1 kept, 1 elsewhere
    "#]],
    );
    run(
        "impact",
        &["impact", "old.yaml", "wrong.yaml"],
        1,
        expect![[r#"
        error[T010]: unknown key `answer`: did you mean `answers`?
         --> wrong.yaml:2:1
          |
        2 | answer: {b: c}
          | ^^^^^^
          |
          = help: write `answers`

    "#]],
    );
}

#[test]
fn ci_can_refuse_an_edit_by_what_it_does() {
    let folder = written("fail-on");
    for (fail_on, status) in [
        ("elsewhere", 1),
        ("asked-again", 1),
        ("asked-first", 0),
        ("rematched", 0),
        ("asked-first,asked-again", 1),
    ] {
        let run = treebot(&folder, &["impact", "old.yaml", "new.yaml", "--fail-on", fail_on], b"");
        assert_eq!(run.status, status, "{fail_on}: {}", run.stdout);
    }
    let run =
        treebot(&trees(), &["impact", "uk-visa.yaml", "uk-visa.yaml", "--fail-on", "moved"], b"");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("asked-again"), "{}", run.stderr);
}

#[test]
fn programs_get_every_row() {
    run(
        "impact-json",
        &["impact", "old.yaml", "new.yaml", "--json"],
        0,
        expect![[r#"
        {"places":7,"complete":true,"counts":{"alias":0,"asked-again":5,"asked-first":0,"elsewhere":1,"kept":1,"rematched":0},"rows":[{"outcome":"elsewhere","told":false,"places":1,"old":"start/tea","new":"start/tea","old_says":"Which tea?","new_says":"Sugar?","question":"start","answer":"tea"},{"outcome":"asked-again","told":true,"places":1,"old":"start/tea/green","new":"start/tea","old_says":"Green it is.","new_says":"Sugar?","question":"start/tea","answer":"green"},{"outcome":"asked-again","told":true,"places":1,"old":"start/tea/black","new":"start/tea","old_says":"Black it is.","new_says":"Sugar?","question":"start/tea","answer":"black"},{"outcome":"asked-again","told":true,"places":1,"old":"milk","new":"start","old_says":"With milk?","new_says":"Tea or coffee?","question":"start","answer":"coffee"},{"outcome":"asked-again","told":true,"places":2,"old":"done","new":"start","old_says":"Here is coffee.","new_says":"Tea or coffee?","question":"start","answer":"coffee"},{"outcome":"kept","told":false,"places":1,"old":"start","new":"start","old_says":"Tea or coffee?","new_says":"Tea or coffee?","question":null,"answer":null}]}
    "#]],
    );
    let same = treebot(&trees(), &["impact", "uk-visa.yaml", "uk-visa.yaml", "--json"], b"");
    let same: Value = serde_json::from_str(&same.stdout).unwrap();
    assert_eq!(same["counts"]["kept"], same["places"]);
    assert_eq!(same["complete"], true);
}
