//! What is not renamed.

use expect_test::{Expect, expect};

use super::check;
use crate::language::{at_caret, changed};

#[test]
fn a_name_that_cannot_be_is_refused() {
    let answers = "say: a\nanswers:\n  st|udy: {say: b, was: train}\n  work: {say: c, label: Job, also: [earn], was: money}\n";
    refused(
        answers,
        &["", " ", "work", "JOB", "earn", "money", "a\nb"],
        expect![[r#"
        Unusable: there are no words in it
        Unusable: there are no words in it
        Taken: `work` is already there, in the answer `work`
        Taken: `JOB` is already there, in the answer `work`
        Taken: `earn` is already there, in the answer `work`
        Taken: `money` is already there, in the answer `work`
        Unusable: it must be one line, without invisible characters
    "#]],
    );
    let names = "say: a\nanswers:\n  x: {goto: pas|sport}\n  y: {say: b, id: length, was: long}\nnodes:\n  passport: {say: c, was: nation}\n  other: {say: d, was: nationality}\n";
    refused(
        names,
        &["start", "length", "OTHER", "nationality", "long"],
        expect![[r#"
        Taken: `start` is the name of the first question; choose another
        Taken: the name `length` is already there
        Taken: the name `OTHER` is already there
        Taken: `nationality` is a former name of `other`, and people may stand there still; choose another
        Taken: `long` is a former name of `length`, and people may stand there still; choose another
    "#]],
    );
}

fn refused(source: &str, names: &[&str], expect: Expect) {
    let (analysis, offset) = at_caret(source);
    let why = names.iter().map(|name| changed(&analysis, analysis.rename(offset, name)) + "\n");
    expect.assert_eq(&why.collect::<String>());
}

#[test]
fn where_there_is_no_name_there_is_nothing_to_rename() {
    check(
        "say: a|b\nanswers: {x: c}\n",
        "d",
        expect!["Nothing: there is no name and no answer here that could be renamed"],
    );
    check(
        "say: a\nanswers: {x: {goto: st|art, say: b}}\n",
        "d",
        expect!["Unusable: the beginning is always called `start`"],
    );
    check(
        "say: a\nanswers: {x: {goto: no|where, say: b}}\n",
        "d",
        expect!["Nothing: there is no name and no answer here that could be renamed"],
    );
}

#[test]
fn what_is_used_several_times_is_not_renamed_by_halves() {
    // The same answers of two questions: both are renamed, by one edit.
    check(
        "say: a\nanswers: &both\n  ye|s: {say: b}\n  no: c\nnodes:\n  n: {say: d, goto: start, answers: *both}\n",
        "sure",
        expect![[r#"
        say: a
        answers: &both
          sure: {was: ["yes"], say: b}
          no: c
        nodes:
          n: {say: d, goto: start, answers: *both}
    "#]],
    );
    // What an answer leads to stands elsewhere.
    check(
        "say: a\nanswers:\n  x: &x {say: b}\n  st|udy: *x\n",
        "learn",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
    // The old key would be one of the other answer, too.
    check(
        "say: a\nanswers:\n  st|udy: &x {say: b}\n  x: *x\n",
        "learn",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
    check(
        "say: a\nanswers:\n  st|udy: &x b\n  x: *x\n",
        "learn",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
    check(
        "say: a\nanswers:\n  x: {was: &w [old], say: b}\n  y:\n    say: c\n    answers: {st|udy: {was: *w, say: d}}\n",
        "learn",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
    // A name that is written once.
    check(
        "say: a\nanswers:\n  x: {say: b, id: &id leng|th}\n  y: {goto: *id}\n",
        "long",
        expect![[r#"
            say: a
            answers:
              x: {say: b, was: [length], id: &id long}
              y: {goto: *id}
        "#]],
    );
    check(
        "say: &id a\nanswers:\n  x: {say: b, id: *id}\n  y: {goto: |a}\n",
        "long",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
}

#[test]
fn a_broken_source_is_mended_first() {
    check(
        "say: a\nanswers:\n  st|udy: b: c\n",
        "learn",
        expect!["Broken: part of this file cannot be read; mend that first"],
    );
    check(
        "say: a\nanswers:\n  st|udy: b\n  x: {goto: nowhere}\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: b
          x: {goto: nowhere}
    "#]],
    );
}

#[test]
fn former_names_of_others_are_not_mixed_up() {
    check("say: a\nanswers:\n  nation: {say: b, id: country}\n  y: {goto: passport}\nnodes:\n  passport: {say: c, was: nation}\n".replace("  nation", "  na|tion").as_str(), "land", expect!["Taken: `nation` is a former name of `passport` too, so it could not be told who stands where"]);
}
