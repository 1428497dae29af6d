//! What questions are called, and were.

use expect_test::expect;
use treebot::{InputKind, Start};

use super::{check, found_again};
use crate::support::{Person, shown, tree};

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

/// Adds an id, changes it twice, moves the question under `nodes` and takes its name away again.
#[test]
fn a_name_may_be_changed_again_and_again() {
    let inline = |id: &str| {
        format!(
            "say: a\nanswers: {{x: {{{id} say: b, answers: {{y: {{say: c, answers: {{z: d}}}}}}}}}}\n"
        )
    };
    let part = |name: &str| {
        format!(
            "say: a\nanswers: {{x: {{goto: {name}}}}}\nnodes: {{{name}: {{was: [b, bb], say: b, answers: {{y: {{say: c, answers: {{z: d}}}}}}}}}}\n"
        )
    };
    let sources = [
        inline(""),
        inline("id: b,"),
        inline("id: bb, was: [b],"),
        inline("id: bbb, was: [b, bb],"),
        part("bbb"),
        part("bbbb").replace("[b, bb]", "[b, bb, bbb]"),
    ];
    for before in &sources {
        for (number, after) in sources.iter().enumerate() {
            let person = Person::who_said(&tree(before), &["x", "y"]);
            let found = found_again(&tree(after), &person);
            assert!(found.contains(": c | Kept, Kept"), "{before}{after}{found}");
            // Whoever goes on is recorded under the names of now, so that `was` is not needed for ever.
            let after = tree(after);
            let mut person = person;
            person.take(&after, InputKind::Back);
            person.say(&after, "y");
            let later = tree(
                &sources[number]
                    .replace("was: [b, bb, bbb],", "")
                    .replace("was: [b, bb],", "")
                    .replace("was: [b],", ""),
            );
            let found = found_again(&later, &person);
            assert!(found.contains(": c | Kept, Kept"), "{before}{number}{found}");
        }
    }
}

#[test]
fn a_name_changed_without_was_keeps_the_place() {
    check(
        "{say: a, answers: {x: {id: old, say: b, answers: {y: {say: c, answers: {z: d}}}}}}",
        &["x", "y"],
        "{say: a, answers: {x: {id: new, say: b, answers: {y: {say: c, answers: {z: d}}}}}}",
        expect!["new/y: c | Kept, Kept"],
    );
}

#[test]
fn a_yes_at_a_question_that_got_a_name_and_other_words_is_asked_again() {
    let plain = "{say: a, answers: {x: {say: Hungry?, answers: {'yes': Eat., 'no': Bye.}}}}";
    check(
        plain,
        &["x", "yes"],
        "{say: a, answers: {x: {id: hungry, say: Hungry?, answers: {'yes': Eat., 'no': Bye.}}}}",
        expect!["end: Eat. | Kept, Kept"],
    );
    check(
        plain,
        &["x", "yes"],
        "{say: a, answers: {x: {id: thirsty, say: Thirsty?, answers: {'yes': Drink., 'no': Bye.}}}}",
        expect!["thirsty: Thirsty? | Kept, AskedAgain"],
    );
}

#[test]
fn a_name_given_to_another_question_takes_its_answers_along() {
    // `p` is elsewhere now, and the question that stands in its old place is asked.
    let before = "{say: a, answers: {x: {id: p, say: b, answers: {k: {say: c, answers: {z: d}}, l: e}}, y: {say: f, answers: {g: h}}}}";
    let after = "{say: a, answers: {x: {say: New?, answers: {k: {goto: p}, l: e}}, y: {id: p, say: b, answers: {k: {say: c, answers: {z: d}}, l: e}}}}";
    check(before, &["x", "k"], after, expect!["start/x: New? | Kept, Ahead"]);
    let mut person = Person::who_said(&tree(before), &["x", "k"]);
    let after = tree(after);
    person.say(&after, "hm");
    person.say(&after, "k");
    expect!["p/k: c | Kept, Kept, Kept"].assert_eq(&found_again(&after, &person));
}

#[test]
fn a_conversation_that_began_at_a_named_question_finds_it_again() {
    let before =
        tree("{say: a, answers: {x: {id: b, say: b, answers: {y: {say: c, answers: {z: d}}}}}}");
    let mut person = Person::new();
    person.take(&before, InputKind::Start { at_node: Some("b".to_owned()) });
    person.say(&before, "y");
    let renamed = tree(
        "{say: a, answers: {w: e}, nodes: {bb: {was: b, say: b, answers: {y: {say: c, answers: {z: d}}}}}}",
    );
    expect!["bb/y: c | Kept"].assert_eq(&found_again(&renamed, &person));
    // A link with the former name still begins there.
    let turn = Person::new().take(&renamed, InputKind::Start { at_node: Some("b".to_owned()) });
    assert_eq!(turn.place.question().as_deref(), Some("bb"));
    assert!(matches!(turn.event.place.unwrap().start, Start::Named(_)));
    // Where it is gone, the conversation begins at the root, and says why.
    let gone = tree("{say: a, answers: {x: e, y: f}}");
    expect!["start: a | elsewhere: AskedAgain"].assert_eq(&found_again(&gone, &person));
    assert_eq!(
        shown(&treebot::current(&gone, &person.history).unwrap()),
        "(This conversation has been updated since, and that question has changed.)\na\n[x] [y]\n"
    );
}

#[test]
fn the_root_is_the_root_whatever_it_is_called() {
    let plain = "{say: a, answers: {x: {say: b, answers: {y: c}}}}";
    let named = "{id: first, say: 'Hello!', answers: {x: {say: b, answers: {y: c}}}}";
    check(plain, &["x"], named, expect!["start/x: b | Kept"]);
    check(named, &["x"], plain, expect!["start/x: b | Kept"]);
}
