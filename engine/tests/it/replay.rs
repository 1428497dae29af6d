//! Conversations that go on after the tree was edited: each row of the table, and what people meet.

use expect_test::{Expect, expect};
use treebot::{Effect, InputKind, NoteKind, ReplyKind, StepOutcome, resolve};

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
    let words = after.get(resolved.place.node).unwrap().say.last().unwrap().text();
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
fn a_number_means_the_list_that_was_shown() {
    let before = tree("{say: a, answers: {x: one, y: two, z: three}}");
    let after = tree("{say: a, answers: {w: zero, z: three, y: two, x: one}}");
    let mut person = Person::new();
    person.start(&before);
    assert_eq!(shown(&person.say(&after, "2").reply), "two\n");
}

#[test]
fn after_a_question_back_a_number_means_the_short_list() {
    let tree = tree("{say: a, answers: {x: one, red wine: two, white wine: three}}");
    let mut person = Person::new();
    person.start(&tree);
    let turn = person.say(&tree, "wine");
    assert_eq!(turn.reply.kind, ReplyKind::DidYouMean);
    assert_eq!(
        shown(&turn.reply),
        "Did you mean red wine or white wine?\n[red wine] [white wine]\n"
    );
    assert_eq!(shown(&person.say(&tree, "2").reply), "three\n");
}

#[test]
fn a_question_back_is_still_open_for_who_comes_back() {
    let tree = tree("{say: a, answers: {x: one, red wine: two, white wine: three}}");
    let mut person = Person::new();
    person.start(&tree);
    let asked = person.say(&tree, "wine").reply;
    assert_eq!(treebot::current(&tree, &person.history), Some(asked));
    let number = treebot::Input {
        at: treebot::Millis(99),
        id: "n".to_owned(),
        kind: InputKind::Text("1".to_owned()),
    };
    let options = treebot::TurnOptions { sees_current: true, ..treebot::TurnOptions::default() };
    assert_eq!(shown(&treebot::turn(&tree, &person.history, &number, &options).reply), "two\n");
    // An edit that takes one of them away closes it.
    let after = crate::support::tree("{say: a, answers: {x: one, red wine: two}}");
    assert_eq!(shown(&treebot::current(&after, &person.history).unwrap()), "a\n[x] [red wine]\n");
}

#[test]
fn what_is_typed_is_not_shown_and_a_number_is_a_text() {
    let tree = tree("{say: a, offer: false, answers: {x: one, '7': seven}}");
    let mut person = Person::new();
    let turn = person.start(&tree);
    assert!(turn.reply.choices.is_empty());
    assert_eq!(person.say(&tree, "1").reply.kind, ReplyKind::Unclear);
    assert_eq!(shown(&person.say(&tree, "7").reply), "seven\n");
}

#[test]
fn an_old_button_keeps_its_meaning() {
    let before = tree("{say: a, answers: {x: {say: b, answers: {y: one, z: two}}, w: three}}");
    let mut person = Person::new();
    person.start(&before);
    let old = person.say(&before, "x").reply;
    person.take(&before, InputKind::Restart);
    person.say(&before, "w");
    let turn = person.press(&before, &old, "z");
    assert_eq!(shown(&turn.reply), "two\n");
    // The answer is gone, and its label fits none: the question is asked again.
    let after = tree("{say: a, answers: {x: {say: b, answers: {y: one, v: four}}, w: three}}");
    let turn = person.press(&after, &old, "z");
    assert_eq!(
        shown(&turn.reply),
        "(This conversation has been updated since, and that question has changed.)\nb\n[y] [v]\n"
    );
    // The label fits another answer.
    let after = tree(
        "{say: a, answers: {x: {say: b, answers: {y: one, v: {label: z, say: four}}}, w: three}}",
    );
    assert_eq!(shown(&person.press(&after, &old, "z").reply), "four\n");
    // All of the way is gone: the deepest question that is left.
    let after = tree("{say: a, answers: {w: three}}");
    let turn = person.press(&after, &old, "z");
    assert_eq!(turn.place.question().as_deref(), Some("start"));
}

#[test]
fn a_payload_that_is_no_place_counts_as_its_label() {
    let tree = tree("{say: a, answers: {x: one, y: two}}");
    let mut person = Person::new();
    person.start(&tree);
    for payload in ["CARE_HELP", "", "9zzzzz", "1", "1aaaaaZZZ", &"1".repeat(10_000)] {
        assert_eq!(shown(&person.tap(&tree, payload, "y").reply), "two\n", "{payload:.20}");
        person.take(&tree, InputKind::Back);
    }
}

#[test]
fn back_takes_the_last_answer_back_and_start_again_all_of_them() {
    let tree = tree("{say: a, answers: {x: {say: b, answers: {y: {say: c, answers: {z: d}}}}}}");
    let mut person = Person::new();
    person.start(&tree);
    for text in ["x", "y", "z"] {
        person.say(&tree, text);
    }
    assert_eq!(person.say(&tree, "back").place.question().as_deref(), Some("start/x/y"));
    assert_eq!(person.say(&tree, "go back").place.question().as_deref(), Some("start/x"));
    assert_eq!(person.take(&tree, InputKind::Back).place.question().as_deref(), Some("start"));
    assert_eq!(person.take(&tree, InputKind::Back).place.question().as_deref(), Some("start"));
    person.say(&tree, "x");
    assert_eq!(person.say(&tree, "Start again!").place.question().as_deref(), Some("start"));
}

#[test]
fn a_loop_cuts_the_trail_back() {
    let tree = tree(
        "{say: a, answers: {x: {id: b, say: b, answers: {again: {say: Once more., goto: b}, top: {goto: start}, out: d}}}}",
    );
    let mut person = Person::new();
    person.start(&tree);
    person.say(&tree, "x");
    for _ in 0..50 {
        let turn = person.say(&tree, "again");
        assert_eq!(shown(&turn.reply), "Once more.\nb\n[again] [top] [out]\n");
        assert_eq!(turn.event.place.unwrap().steps.len(), 1);
    }
    assert_eq!(person.say(&tree, "top").event.place.unwrap().steps.len(), 0);
}

#[test]
fn a_late_message_does_not_pull_anybody_back() {
    let tree = tree("{say: a, answers: {x: {say: b, answers: {y: c, z: d}}, w: e}}");
    let mut person = Person::new();
    person.start(&tree);
    person.say(&tree, "x");
    let late = treebot::Input {
        at: treebot::Millis(1),
        id: "m1b".to_owned(),
        kind: InputKind::Text("w".to_owned()),
    };
    let turn = treebot::turn(&tree, &person.history, &late, &treebot::TurnOptions::default());
    assert_eq!(shown(&turn.reply), "b\n[y] [z]\n");
    person.history.insert(turn.event);
    assert_eq!(person.say(&tree, "y").reply.kind, ReplyKind::End);
}

#[test]
fn the_first_text_may_answer_the_first_question() {
    let tree = tree(
        "{say: [Hello!, What for?], answers: {study: {say: How long?, answers: {short: x}}, 'no': y}}",
    );
    assert_eq!(
        shown(&Person::new().say(&tree, "I want to study").reply),
        "Hello!\nWhat for?\nHow long?\n[short]\n"
    );
    // Neither a number nor a command nor a "no" means anything before the question was asked.
    for text in ["1", "back", "no", "help", "restart", "hello", "", "   "] {
        assert_eq!(
            shown(&Person::new().say(&tree, text).reply),
            "Hello!\nWhat for?\n[study] [no]\n",
            "{text}"
        );
    }
}

#[test]
fn the_offer_to_start_again_holds_once() {
    let tree = tree("{say: a, answers: {x: {say: b, answers: {y: c, z: d}}}}");
    let mut person = Person::new();
    person.start(&tree);
    person.say(&tree, "x");
    assert_eq!(person.say(&tree, "hm?").reply.kind, ReplyKind::Unclear);
    assert_eq!(shown(&person.say(&tree, "no").reply), "b\n[y] [z]\n");
    // The offer is over now: a "yes" means nothing.
    assert_eq!(person.say(&tree, "yes").reply.kind, ReplyKind::Unclear);
    assert_eq!(person.say(&tree, "yes").place.question().as_deref(), Some("start"));
}

#[test]
fn at_a_question_that_takes_yes_or_no_nothing_else_is_offered() {
    let tree = tree("{say: Sure?, answers: {'Yes': a, 'No': b}}");
    let mut person = Person::new();
    person.start(&tree);
    assert_eq!(
        shown(&person.say(&tree, "hm?").reply),
        "Sorry, I didn't understand that.\nSure?\n[Yes] [No]\n"
    );
    assert_eq!(shown(&person.say(&tree, "yeah").reply), "a\n");
}

#[test]
fn an_else_is_taken_or_said() {
    let tree = tree("{say: a, answers: {x: b}, else: {say: Else., answers: {y: c}}}");
    let mut person = Person::new();
    person.start(&tree);
    assert_eq!(shown(&person.say(&tree, "whatever").reply), "Else.\n[y]\n");
    assert_eq!(person.last().place.as_ref().unwrap().steps.len(), 1);
    let said = crate::support::tree("{say: a, answers: {x: b}, else: I only know x.}");
    let mut person = Person::new();
    person.start(&said);
    assert_eq!(shown(&person.say(&said, "whatever").reply), "I only know x.\na\n[x]\n");
    assert_eq!(person.last().place.as_ref().unwrap().steps.len(), 0);
}

#[test]
fn the_author_says_what_is_said_at_each_miss() {
    let tree = tree("{say: a, answers: {x: b}, unclear: [First., Second.]}");
    let mut person = Person::new();
    person.start(&tree);
    let said: Vec<String> =
        (0..3).map(|_| person.say(&tree, "?!").reply.messages[0].text().to_owned()).collect();
    assert_eq!(said, ["First.", "Second.", "Second."]);
}

#[test]
fn deleting_everything_is_asked_first() {
    let tree = tree("{say: a, answers: {x: b}}");
    let mut person = Person::new();
    person.start(&tree);
    assert_eq!(person.say(&tree, "delete my data").effect, Effect::None);
    assert_eq!(person.say(&tree, "no").effect, Effect::None);
    assert_eq!(person.say(&tree, "yes").effect, Effect::None);
    person.say(&tree, "Delete my data!");
    assert_eq!(person.say(&tree, "Yes").effect, Effect::Forget);
}

#[test]
fn a_conversation_may_start_at_a_named_node() {
    let tree = tree("{say: a, answers: {x: {id: b, say: b, answers: {y: c}}}}");
    let mut person = Person::new();
    let at = |name: &str| InputKind::Start { at_node: Some(name.to_owned()) };
    assert_eq!(person.take(&tree, at("b")).place.question().as_deref(), Some("b"));
    assert_eq!(shown(&person.say(&tree, "y").reply), "c\n");
    assert_eq!(person.say(&tree, "back").place.question().as_deref(), Some("b"));
    assert_eq!(person.take(&tree, at("nobody")).place.question().as_deref(), Some("start"));
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
fn the_words_of_commands_are_the_authors() {
    let source = "say: a\nanswers: {x: {say: b, answers: {stay: c, delete my data: d}}}\n";
    let own = tree(&format!("{source}commands: {{back: [], restart: [back, help]}}\n"));
    let mut person = Person::new();
    person.start(&own);
    person.say(&own, "x");
    assert_eq!(person.say(&own, "go back").reply.kind, ReplyKind::Unclear);
    assert!(person.say(&own, "help").place.question().unwrap() == "start");
    // An answer is an answer, whatever else it may mean.
    person.say(&own, "x");
    let turn = person.say(&own, "delete my data");
    assert_eq!(shown(&turn.reply), "d\n");
    assert_eq!(person.say(&own, "delete my data").reply.kind, ReplyKind::Info);
    let twice = treebot::load(&format!("{source}commands: {{back: [undo], help: [Undo!]}}\n"));
    assert_eq!(
        twice.diagnostics.iter().map(|found| found.code.as_str()).collect::<Vec<_>>(),
        ["T051", "T013"]
    );
}

#[test]
fn a_lone_node_ends_and_a_second_name_leads_to_the_same_question() {
    let alone = tree("say: Hello.\n");
    let mut person = Person::new();
    for text in ["hi", "again", "back", "2"] {
        assert_eq!(person.say(&alone, text).reply.kind, ReplyKind::End, "{text}");
    }
    let named = tree(
        "say: a\nid: first\nanswers: {x: {goto: first}, y: {goto: part}, z: end}\nnodes: {part: {id: shared, say: b, answers: {on: {goto: shared}, up: {goto: start}}}}\n",
    );
    let mut person = Person::new();
    person.start(&named);
    assert_eq!(person.say(&named, "x").place.question().unwrap(), "start");
    for text in ["y", "on"] {
        assert_eq!(person.say(&named, text).place.question().unwrap(), "part");
    }
    assert_eq!(person.history.trail().unwrap().steps.len(), 1);
    person.say(&named, "up");
    assert_eq!(person.history.trail().unwrap().steps.len(), 0);
}

#[test]
fn a_yes_that_is_an_answer_is_that_answer() {
    let tree = tree("{say: Where to?, answers: {left: L., right: {say: R., answers: {stay: S.}}}}");
    let mut person = Person::new();
    person.start(&tree);
    person.say(&tree, "hm");
    assert_eq!(shown(&person.say(&tree, "right").reply), "R.\n[stay]\n");
    person.say(&tree, "back");
    person.say(&tree, "delete my data");
    let turn = person.say(&tree, "right");
    assert_eq!((turn.effect, shown(&turn.reply)), (Effect::None, "R.\n[stay]\n".to_owned()));
    let asked = person.say(&tree, "delete my data").reply;
    // Who comes back sees what a "yes" would mean.
    assert_eq!(treebot::current(&tree, &person.history), Some(asked));
    assert_eq!(person.say(&tree, "yes").effect, Effect::Forget);
}

/// Each of these would take minutes if the work grew with the square of the question or the text.
#[test]
fn long_texts_and_wide_questions_are_answered_at_once() {
    let answers: String = (0..1000).map(|n| format!("  way {n} up: {{say: w{n}}}\n")).collect();
    let wide = tree(&format!("say: a\nanswers:\n{answers}"));
    let mut person = Person::new();
    person.start(&wide);
    for text in ["way 7 ".repeat(100_000), "a".repeat(1_000_000), "hm ".repeat(400_000)] {
        assert_eq!(person.say(&wide, &text).reply.kind, ReplyKind::Unclear);
    }
    assert_eq!(
        person.say(&wide, &format!("way 7 up {}", "and x ".repeat(300))).reply.kind,
        ReplyKind::DidYouMean
    );
    assert_eq!(shown(&person.say(&wide, "way 7 up").reply), "w7\n");
}
