//! Questions put in, taken out, split and joined.

use expect_test::expect;
use treebot::{InputKind, NoteKind, StepOutcome, resolve};

use super::{check, count, found_again};
use crate::support::{Person, shown, tree};

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

const NAMED: &str = "{say: a, answers: {x: {id: b, say: b, answers: {y: {id: c, say: c, answers: {z: {id: d, say: d, answers: {w: e}}}}}}}}";

#[test]
fn answers_wait_behind_any_number_of_new_questions() {
    let after = tree(
        "{say: a, answers: {x: {id: n, say: N?, answers: {n1: {id: b, say: b, answers: {y: {id: m, say: M?, answers: {m1: {id: c, say: c, answers: {z: {id: d, say: d, answers: {w: e}}}}}}}}}}}}",
    );
    let mut person = Person::who_said(&tree(NAMED), &["x", "y", "z"]);
    expect!["n: N? | Kept, Ahead, Ahead"].assert_eq(&found_again(&after, &person));
    person.say(&after, "hm");
    // Between them somebody may miss, ask for help, and go back: what was answered is not lost.
    person.say(&after, "hm");
    person.take(&after, InputKind::Help);
    person.take(&after, InputKind::Back);
    person.say(&after, "x");
    expect!["n: N? | Kept + Ahead, Ahead"].assert_eq(&found_again(&after, &person));
    person.say(&after, "n1");
    expect!["m: M? | Kept, Kept, Kept + Ahead"].assert_eq(&found_again(&after, &person));
    let turn = person.say(&after, "m1");
    assert_eq!(shown(&turn.reply), "d\n[w]\n");
    expect!["d: d | Kept, Kept, Kept, Kept, Kept"].assert_eq(&found_again(&after, &person));
}

#[test]
fn a_question_put_in_and_taken_out_again_loses_nothing() {
    let (before, during) = (
        tree(NAMED),
        tree(
            "{say: a, answers: {x: {id: n, say: N?, answers: {n1: {id: b, say: b, answers: {y: {id: c, say: c, answers: {z: {id: d, say: d, answers: {w: e}}}}}}}}}}",
        ),
    );
    let mut person = Person::who_said(&before, &["x", "y", "z"]);
    person.say(&during, "hm");
    assert_eq!(count(&during, &person, StepOutcome::Ahead), 2);
    expect!["d: d | Kept + Kept, Kept"].assert_eq(&found_again(&before, &person));
    assert_eq!(shown(&treebot::current(&before, &person.history).unwrap()), "d\n[w]\n");
}

#[test]
fn who_starts_again_is_asked_everything_again() {
    let during = tree(
        "{say: a, answers: {x: {id: n, say: N?, answers: {n1: {id: b, say: b, answers: {y: {id: c, say: c, answers: {z: d}}}}}}}}",
    );
    let mut person = Person::who_said(&tree(NAMED), &["x", "y", "z"]);
    person.say(&during, "hm");
    person.take(&during, InputKind::Restart);
    person.say(&during, "x");
    assert_eq!(person.say(&during, "n1").place.question().as_deref(), Some("b"));
}

#[test]
fn a_question_put_before_one_without_a_name_is_asked() {
    // The answer to the nameless question stands where the new one is: it is for no other.
    let before = "{say: a, answers: {x: {say: b, answers: {y: {say: c, answers: {z: d}}}}}}";
    let after = "{say: a, answers: {x: {say: New?, answers: {n: {say: b, answers: {y: {say: c, answers: {z: d}}}}}}}}";
    check(before, &["x", "y"], after, expect!["start/x: New? | Kept, AskedAgain"]);
    let named = "{say: a, answers: {x: {say: New?, answers: {n: {id: b, say: b, answers: {y: {say: c, answers: {z: d}}}}}}}}";
    check(before, &["x", "y"], named, expect!["start/x: New? | Kept, AskedAgain"]);
}

#[test]
fn a_new_first_question_is_asked_first() {
    let after = tree(
        "{say: New?, answers: {n: {id: a, say: a, answers: {x: {id: b, say: b, answers: {y: {id: c, say: c, answers: {z: {id: d, say: d, answers: {w: e}}}}}}}}, m: Bye.}}",
    );
    let mut person = Person::who_said(&tree(NAMED), &["x", "y"]);
    expect!["start: New? | AskedAgain, Ahead"].assert_eq(&found_again(&after, &person));
    person.say(&after, "hm");
    person.say(&after, "n");
    // What was the first question is asked again, as nothing says that it was the first; the others are not.
    expect!["a: a | Kept + Ahead"].assert_eq(&found_again(&after, &person));
    person.say(&after, "x");
    expect!["c: c | Kept, Kept, Kept"].assert_eq(&found_again(&after, &person));
}

#[test]
fn the_last_question_may_be_taken_out() {
    check(
        NAMED,
        &["x", "y", "z"],
        "{say: a, answers: {x: {id: b, say: b, answers: {y: The end.}}}}",
        expect!["end: The end. | Kept, Kept, Unused"],
    );
}

#[test]
fn a_question_without_a_name_may_be_taken_out() {
    // The next answer is for a question that is not there any more, and none of its own.
    check(
        "{say: a, answers: {x: {say: b, answers: {y: {say: c, answers: {z: d, v: e}}}}}}",
        &["x", "y", "z"],
        "{say: a, answers: {x: {say: c, answers: {z: d, v: e}}}}",
        expect!["start/x: c | Kept, AskedAgain, Unused"],
    );
}

#[test]
fn an_answer_that_is_split_is_asked_again_unless_one_part_is_what_was_said() {
    let before = "{say: How long?, answers: {short: {also: [a week, a month], say: a}, long: b}}";
    let split =
        "{say: How long?, answers: {a week: {say: Week.}, a month: {say: Month.}, long: b}}";
    check(before, &["short"], split, expect!["start: How long? | AskedAgain"]);
    check(before, &["a month"], split, expect!["end: Month. | Rematched"]);
    check(before, &["a month I guess"], split, expect!["end: Month. | Rematched"]);
    check(before, &["1"], split, expect!["start: How long? | AskedAgain"]);
    // The author says which part the old answer is.
    check(
        before,
        &["short"],
        "{say: How long?, answers: {a week: {was: [short], say: Week.}, a month: {say: Month.}, long: b}}",
        expect!["end: Week. | Alias"],
    );
}

#[test]
fn answers_that_are_joined_are_one() {
    let after = "{say: How long?, answers: {brief: {was: [a week, a month], say: {id: q, say: Sure?, answers: {ja: a, nee: b}}}, long: b}}"
        .replace("say: {id: q, say: Sure?, answers: {ja: a, nee: b}}", "id: q, say: Sure?, answers: {hm: a, ha: b}");
    for text in ["a week", "a month"] {
        let before = tree("{say: How long?, answers: {a week: a, a month: b, long: c}}");
        let person = Person::who_said(&before, &[text]);
        assert_eq!(found_again(&tree(&after), &person), "q: Sure? | Alias", "{text}");
    }
}

#[test]
fn a_question_that_is_split_keeps_the_part_that_was_answered() {
    // "Which trip?" becomes "How far?" and then, for far ones, "How?".
    let before = "{say: Hi, answers: {go: {id: trip, say: Which trip?, answers: {near: {say: Fine., answers: {on: End.}}, by plane: {say: Ticket?, answers: {have: Good., need: Buy.}}, by ship: Ahoy.}}}}";
    let after = "{say: Hi, answers: {go: {id: far, was: [trip], say: How far?, answers: {near: {say: Fine., answers: {on: End.}}, far: {id: how, say: How?, answers: {by plane: {say: Ticket?, answers: {have: Good., need: Buy.}}, by ship: Ahoy.}}}}}}";
    check(before, &["go", "near"], after, expect!["far/near: Fine. | Kept, Kept"]);
    check(before, &["go", "by plane"], after, expect!["far: How far? | Kept, AskedAgain"]);
    // With the old name at the second of them, nothing but the new question is asked.
    let after = "{say: Hi, answers: {go: {id: far, say: How far?, answers: {near: {say: Fine., answers: {on: End.}}, far: {id: how, was: [trip], say: How?, answers: {by plane: {say: Ticket?, answers: {have: Good., need: Buy.}}, by ship: Ahoy.}}}}}}";
    check(before, &["go", "by plane"], after, expect!["far: How far? | Kept, Ahead"]);
    let mut person = Person::who_said(&tree(before), &["go", "by plane"]);
    let after = tree(after);
    assert_eq!(person.say(&after, "need").reply.note.unwrap().kind, NoteKind::Changed);
    assert_eq!(shown(&person.say(&after, "far").reply), "Ticket?\n[have] [need]\n");
}

#[test]
fn of_two_questions_that_became_one_the_first_answer_counts() {
    check(
        "{say: a, answers: {x: {id: p, say: p, answers: {k: {id: q, say: q, answers: {k: {say: c, answers: {z: d}}, l: e}}, l: f}}}}",
        &["x", "k", "l"],
        "say: a\nanswers: {x: {goto: pq}}\nnodes: {pq: {was: [p, q], say: pq, answers: {k: {say: c, answers: {z: d}}, l: f}}}\n",
        expect!["pq/k: c | Kept, Kept, Unused"],
    );
}

const TWO: &str = "{say: a, answers: {x: {id: p, say: p, answers: {k: {id: q, say: q, answers: {k: {say: c, answers: {z: d}}, l: e}}, l: f}}}}";

#[test]
fn back_asks_a_question_that_two_have_become() {
    let one = tree(
        "say: a\nanswers: {x: {goto: pq}}\nnodes: {pq: {was: [p, q], say: pq, answers: {k: {say: c, answers: {z: d}}, l: f}}}\n",
    );
    let mut person = Person::who_said(&tree(TWO), &["x", "k", "l"]);
    person.say(&one, "hm");
    assert_eq!(shown(&person.take(&one, InputKind::Back).reply), "pq\n[k] [l]\n");
}

#[test]
fn a_question_that_two_have_become_is_asked_until_it_is_answered() {
    // What was answered at `p` is gone; the answer to `q` does not answer it in the next turn.
    let one = tree(
        "say: a\nanswers: {x: {goto: pq}}\nnodes: {pq: {was: [p, q], say: pq, answers: {m: n, l: f}}}\n",
    );
    let mut person = Person::who_said(&tree(TWO), &["x", "k", "l"]);
    for _ in 0..3 {
        assert_eq!(person.say(&one, "hm").place.question().as_deref(), Some("pq"));
    }
    assert_eq!(shown(&person.say(&one, "m").reply), "n\n");
}

#[test]
fn everything_said_may_be_said_otherwise() {
    let before = "
say: One?
answers:
  first: {say: Two?, answers: {second: { id: three, say: Three?, answers: {'yes': {say: Four?, answers: {third: End.}}, 'no': Bye.}}}}
";
    let after = "
title: Quite another title
say: [Hello., 'Ein?']
offer: false
answers:
  other: New.
  first: {label: Premier, also: [uno], say: 'Zwei?', unclear: Hm?, answers: {more: New., second: {label: Deuxième, id: three, say: ['Drei?', 'Ja?'], answers: {'no': {label: Non, say: Adieu.}, 'yes': {label: Oui, say: 'Vier?', answers: {more: New., third: {label: Troisième, say: Fin.}}}}}}}
help: Help yourself.
";
    for said in [
        &[][..],
        &["first"],
        &["first", "second"],
        &["first", "second", "yes"],
        &["first", "second", "yes", "third"],
    ] {
        let person = Person::who_said(&tree(before), said);
        let resolved_before =
            resolve(&tree(before), person.history.trail().unwrap()).place.question();
        let after = tree(after);
        let resolved = resolve(&after, person.history.trail().unwrap());
        assert_eq!(resolved.place.question(), resolved_before);
        assert!(resolved.report.steps.iter().all(|row| row.outcome == StepOutcome::Kept));
        assert!(treebot::current(&after, &person.history).unwrap().note.is_none());
    }
}
