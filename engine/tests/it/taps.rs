//! What was shown keeps its meaning: buttons, and the numbers of answers.

use treebot::{InputKind, ReplyKind};

use crate::support::{Person, shown, tree};

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
