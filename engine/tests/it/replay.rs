//! Conversations that go on after the tree was edited: each row of the table.

use expect_test::{Expect, expect};
use treebot::{InputKind, NoteKind, ReplyKind, StepOutcome, resolve};

use crate::support::{Person, shown, tree};

/// Types `said` at the tree `before`, edits it into `after`, and tells where that leads and why.
fn check(before: &str, said: &[&str], after: &str, expect: Expect) {
    let before = tree(before);
    let mut person = Person::new();
    person.start(&before);
    for text in said {
        person.say(&before, text);
    }
    let after = tree(after);
    let resolved = resolve(&after, person.history.trail().unwrap());
    let place = resolved.place.question().unwrap_or_else(|| "end".to_owned());
    let words = after.get(resolved.place.node).unwrap().say().last().unwrap();
    let words = words.text();
    let steps: Vec<String> =
        resolved.report.steps.iter().map(|row| format!("{:?}", row.outcome)).collect();
    expect.assert_eq(&format!("{place}: {words} | {}", steps.join(", ")));
}

const LENGTH: &str = "
say: What for?
answers:
  study:
    say: How long?
    answers:
      short:
        say: Which passport?
        answers: {uk: None needed., other: Needed.}
      long: A visa.
  work: Ask your boss.
";

#[test]
fn an_answer_that_is_still_there_is_kept() {
    check(
        LENGTH,
        &["study", "short"],
        "
say: Why do you come?
answers:
  holiday: Nice.
  work: Ask.
  study:
    label: Studies
    say: For how long, then?
    answers:
      long: A visa.
      short: {say: Whose passport?, answers: {other: Needed., uk: None needed.}}
",
        expect!["start/study/short: Whose passport? | Kept, Kept"],
    );
}

#[test]
fn a_renamed_answer_is_found_by_its_former_key() {
    check(
        LENGTH,
        &["study", "short"],
        "
say: What for?
answers:
  education:
    was: [study]
    say: How long?
    answers: {brief: {was: short, say: Which passport?, answers: {uk: None., other: Some.}}}
",
        expect!["start/education/brief: Which passport? | Alias, Alias"],
    );
}

#[test]
fn an_answer_merged_into_another_is_found_by_what_may_be_typed() {
    check(
        LENGTH,
        &["study"],
        "{say: What for?, answers: {learning: {also: [study], say: How long?, answers: {short: x, long: y}}, work: Ask.}}",
        expect!["start/learning: How long? | Alias"],
    );
}

#[test]
fn what_was_typed_finds_an_answer_whose_key_is_gone() {
    check(
        LENGTH,
        &["study", "it is a short one"],
        "{say: What for?, answers: {study: {say: How long?, answers: {brief: {also: [short one], say: Fine.}, long: A visa.}}}}",
        expect!["end: Fine. | Kept, Rematched"],
    );
}

#[test]
fn a_number_counts_as_the_label_it_stood_for() {
    check(
        LENGTH,
        &["1"],
        "{say: What for?, answers: {work: Ask., learn: {label: Study, say: How long?, answers: {short: x}}}}",
        expect!["start/learn: How long? | Rematched"],
    );
}

#[test]
fn an_answer_that_is_gone_is_asked_again() {
    check(
        LENGTH,
        &["study", "short"],
        "{say: What for?, answers: {study: {say: How long?, answers: {a year: x, long: y}}, work: Ask.}}",
        expect!["start/study: How long? | Kept, AskedAgain"],
    );
    check(
        LENGTH,
        &["study", "short"],
        "{say: What for?, answers: {travel: Go., work: Ask.}}",
        expect!["start: What for? | AskedAgain, Unused"],
    );
}

#[test]
fn a_yes_is_never_taken_for_another_question() {
    let before = "{say: Hello., answers: {go: {say: Hungry?, answers: {'yes': {say: Pizza?, answers: {'yes': Good., 'no': Bad.}}, 'no': Bye.}}}}";
    let after = "{say: Hello., answers: {go: {say: Thirsty?, answers: {'yes': {say: Water?, answers: {'yes': x, 'no': y}}, 'no': Bye.}}}}";
    check(before, &["go", "yes"], after, expect!["start/go: Thirsty? | Kept, AskedAgain"]);
    // Nor one that is typed after the edit.
    let (before, after) = (tree(before), tree(after));
    let mut person = Person::new();
    person.start(&before);
    person.say(&before, "go");
    let turn = person.say(&after, "yes");
    assert_eq!(turn.reply.note.as_ref().unwrap().kind, NoteKind::Changed);
    assert_eq!(turn.place.question().as_deref(), Some("start/go"));
    assert_eq!(person.say(&after, "yes").place.question().as_deref(), Some("start/go/yes"));
}

#[test]
fn an_other_is_never_taken_for_the_other_of_another_question() {
    check(
        "say: What for?\nanswers: {study: {say: Which passport?, answers: {uk: None., other: {say: Sure?, answers: {fine: Fine., bad: Bad.}}}}}",
        &["study", "other"],
        "say: What for?\nanswers: {study: {say: Which school?, answers: {art: None., other: {say: Sure?, answers: {fine: Fine., bad: Bad.}}}}}",
        expect!["start/study: Which school? | Kept, AskedAgain"],
    );
}

#[test]
fn a_named_question_may_change_its_words() {
    let before = "{say: Go on, answers: {go: {id: hungry, say: Hungry?, answers: {'yes': Eat., 'no': Bye.}}}}";
    check(
        before,
        &["go", "yes"],
        "{say: Go on, answers: {go: {id: hungry, say: Are you hungry?, answers: {'no': Bye., 'yes': Eat.}}}}",
        expect!["end: Eat. | Kept, Kept"],
    );
    // Without the name, and with other words, nobody can know what the "yes" was for.
    check(
        before,
        &["go", "yes"],
        "{say: Go on, answers: {go: {say: Thirsty?, answers: {'yes': Drink., 'no': Bye.}}}}",
        expect!["start/go: Thirsty? | Kept, AskedAgain"],
    );
}

#[test]
fn names_may_be_added_changed_and_taken_away() {
    let plain = "{say: a, answers: {x: {say: b, answers: {y: {say: c, answers: {z: d}}}}}}";
    let named =
        "{say: a, answers: {x: {id: b, say: b, answers: {y: {id: c, say: c, answers: {z: d}}}}}}";
    let renamed = "{say: a, answers: {x: {id: bb, was: [b], say: b, answers: {y: {id: cc, was: [c], say: c, answers: {z: d}}}}}}";
    check(plain, &["x", "y", "z"], named, expect!["end: d | Kept, Kept, Kept"]);
    check(named, &["x", "y", "z"], plain, expect!["end: d | Kept, Kept, Kept"]);
    check(named, &["x", "y", "z"], renamed, expect!["end: d | Kept, Kept, Kept"]);
}

#[test]
fn a_question_put_in_between_is_asked_and_later_answers_wait() {
    let before =
        "{say: a, answers: {x: {id: b, say: b, answers: {y: {id: c, say: c, answers: {z: d}}}}}}";
    let after = tree(
        "{say: a, answers: {x: {id: new, say: New?, answers: {n: {id: b, say: b, answers: {y: {id: c, say: c, answers: {z: d}}}}}}}}",
    );
    let before = tree(before);
    let mut person = Person::new();
    person.start(&before);
    for text in ["x", "y"] {
        person.say(&before, text);
    }
    let resolved = resolve(&after, person.history.trail().unwrap());
    assert_eq!(resolved.place.question().as_deref(), Some("new"));
    assert_eq!(
        resolved.report.steps.iter().map(|row| row.outcome).collect::<Vec<_>>(),
        [StepOutcome::Kept, StepOutcome::Ahead]
    );
    // What is typed was meant for the old question, so the new one is asked first, and says why.
    let turn = person.say(&after, "z");
    assert_eq!(turn.reply.note.as_ref().unwrap().kind, NoteKind::Changed);
    assert_eq!(turn.place.question().as_deref(), Some("new"));
    // Once it is answered, the answer that was given before is used, and nobody is asked twice.
    let turn = person.say(&after, "n");
    assert_eq!(turn.place.question().as_deref(), Some("c"));
    assert!(turn.reply.note.is_none());
    let turn = person.say(&after, "z");
    assert!(turn.place.is_end());
}

#[test]
fn an_edit_before_the_question_that_waits_takes_no_answer_away() {
    let before = tree(
        "say: a\nanswers: {go: {id: q, say: b, answers: {on: {id: r, say: How long?, answers: {short: Done., long: Long.}}}}}",
    );
    let after = tree(
        "say: a\nanswers: {go: {id: r, say: How long?, answers: {short: Done., long: Long.}}}",
    );
    let mut person = Person::new();
    person.start(&before);
    person.say(&before, "go");
    person.say(&before, "on");
    let turn = person.say(&after, "short");
    assert_eq!(shown(&turn.reply), "Done.\n");
}

#[test]
fn a_question_taken_out_is_skipped() {
    check(
        "{say: a, answers: {x: {id: b, say: b, answers: {y: {id: c, say: c, answers: {z: d}}}}}}",
        &["x", "y", "z"],
        "{say: a, answers: {x: {id: c, say: c, answers: {z: d}}}}",
        expect!["end: d | Kept, Unused, Kept"],
    );
}

#[test]
fn a_named_part_may_move_anywhere() {
    check(
        "{say: a, answers: {x: {say: b, answers: {y: {id: c, say: c, answers: {z: d}}}}}}",
        &["x", "y", "z"],
        "{say: a, answers: {x: {goto: c}}, nodes: {c: {say: c, answers: {z: d}}}}",
        expect!["end: d | Kept, Unused, Kept"],
    );
}

#[test]
fn a_shared_question_reached_by_another_branch_keeps_its_answer() {
    check(
        "{say: a, answers: {x: {goto: p}, y: {goto: p}}, nodes: {p: {say: p, answers: {k: d, l: e}}}}",
        &["x", "l"],
        "{say: a, answers: {x: {id: m, say: m, answers: {n: {goto: p}}}, y: {goto: p}}, nodes: {p: {say: p, answers: {k: d, l: e}}}}",
        expect!["m: m | Kept, Ahead"],
    );
}

#[test]
fn an_end_that_grew_a_question_asks_it() {
    let before = tree("{say: a, answers: {x: Bye., y: Ciao.}}");
    let after = tree("{say: a, answers: {x: {say: One more?, answers: {y: z, w: v}}, y: Ciao.}}");
    let mut person = Person::new();
    person.start(&before);
    person.say(&before, "x");
    let turn = person.say(&after, "y");
    assert_eq!(
        shown(&turn.reply),
        "(This conversation has been updated since, and that question has changed.)\nOne more?\n[y] [w]\n"
    );
}

#[test]
fn a_question_that_became_an_end_says_so() {
    let before = tree("{say: a, answers: {x: {say: One more?, answers: {y: z}}}}");
    let after = tree("{say: a, answers: {x: Bye.}}");
    let mut person = Person::new();
    person.start(&before);
    person.say(&before, "x");
    let turn = person.say(&after, "y");
    assert_eq!(turn.reply.kind, ReplyKind::End);
    assert_eq!(
        shown(&turn.reply),
        "(This conversation has been updated since, and that question has changed.)\nBye.\n"
    );
}

#[test]
fn who_sees_the_question_as_it_is_now_is_not_asked_twice() {
    let before = tree("{say: a, answers: {x: {id: old, say: b, answers: {y: c, z: d}}}}");
    let after = tree("{say: a, answers: {x: {id: new, say: Other?, answers: {y: c, z: d}}}}");
    let mut person = Person::new();
    person.start(&before);
    person.say(&before, "x");
    let input = treebot::Input {
        at: treebot::Millis(99),
        id: "m".to_owned(),
        kind: InputKind::Text("z".to_owned()),
    };
    let options = treebot::TurnOptions { sees_current: true, ..treebot::TurnOptions::default() };
    assert_eq!(shown(&treebot::turn(&after, &person.history, &input, &options).reply), "d\n");
}
