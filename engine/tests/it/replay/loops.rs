//! Loops: what leads back to a question undoes what was answered since.

use expect_test::expect;
use treebot::InputKind;

use super::{check, found_again};
use crate::support::{Person, shown, tree};

const LOOP: &str = "
say: a
answers:
  x: {id: b, say: b, answers: {go: {id: c, say: c, answers: {again: {say: Once more., goto: b}, top: {goto: start}, out: d}}, stop: e}}
";

#[test]
fn who_has_gone_round_stands_where_the_loop_leads() {
    // Go round, then edit everything that is said.
    let after = "
say: A
answers:
  x: {id: b, say: B, answers: {stop: E, go: {id: c, say: C, answers: {out: D, again: {goto: b}, top: {goto: start}}}}}
";
    check(LOOP, &["x", "go", "again"], after, expect!["b: B | Kept"]);
    check(LOOP, &["x", "go", "again", "go"], after, expect!["c: C | Kept, Kept"]);
    check(LOOP, &["x", "go", "again", "go", "top", "x"], after, expect!["b: B | Kept"]);
    check(LOOP, &["x", "go", "again", "go", "out"], after, expect!["end: D | Kept, Kept, Kept"]);
}

#[test]
fn a_new_loop_is_gone_round_once_and_asks_again() {
    // `out` ended the conversation; now it leads back, and nothing is answered by itself for ever.
    let after = tree(&LOOP.replace("out: d", "out: {goto: b}"));
    let mut person = Person::who_said(&tree(LOOP), &["x", "go", "out"]);
    expect!["b: b | Kept, Kept, Kept"].assert_eq(&found_again(&after, &person));
    assert_eq!(person.say(&after, "go").place.question().as_deref(), Some("b"));
    assert_eq!(person.say(&after, "go").place.question().as_deref(), Some("c"));
    let to_the_top = tree(&LOOP.replace("out: d", "out: {say: Up., goto: start}"));
    let person = Person::who_said(&tree(LOOP), &["x", "go", "out"]);
    expect!["start: a | Kept, Kept, Kept"].assert_eq(&found_again(&to_the_top, &person));
}

#[test]
fn a_loop_that_was_taken_out_leads_on() {
    let after =
        LOOP.replace("again: {say: Once more., goto: b}", "again: {say: f, answers: {g: h}}");
    // Who has gone round already is where the loop led.
    check(LOOP, &["x", "go", "again"], &after, expect!["b: b | Kept"]);
    check(LOOP, &["x", "go"], &after, expect!["c: c | Kept, Kept"]);
}

#[test]
fn a_loop_that_leads_elsewhere_is_taken_there_from_now_on() {
    let after = tree(&LOOP.replace("goto: b", "goto: start"));
    let mut person = Person::who_said(&tree(LOOP), &["x", "go"]);
    assert_eq!(shown(&person.say(&after, "again").reply), "Once more.\na\n[x]\n");
    assert!(person.last().place.as_ref().unwrap().steps.is_empty());
}

#[test]
fn what_waits_further_on_is_forgotten_by_who_goes_round() {
    // A question is put in before `b`; while its answer waits, the new one leads back to the start.
    let after = tree("
say: a
answers:
  x: {id: new, say: New?, answers: {on: {id: b, say: b, answers: {go: {id: c, say: c, answers: {out: d}}, stop: e}}, up: {goto: start}}}
");
    let mut person = Person::who_said(&tree(LOOP), &["x", "go"]);
    expect!["new: New? | Kept, Ahead"].assert_eq(&found_again(&after, &person));
    person.say(&after, "hm");
    assert_eq!(person.say(&after, "up").place.question().as_deref(), Some("start"));
    person.say(&after, "x");
    assert_eq!(person.say(&after, "on").place.question().as_deref(), Some("b"));
}

#[test]
fn back_after_a_loop_takes_back_what_is_left() {
    let tree = tree(LOOP);
    let mut person = Person::who_said(&tree, &["x", "go", "again"]);
    assert_eq!(person.take(&tree, InputKind::Back).place.question().as_deref(), Some("start"));
    assert_eq!(person.take(&tree, InputKind::Back).place.question().as_deref(), Some("start"));
}

#[test]
fn a_conversation_that_began_inside_a_loop_stays_in_it() {
    let tree = tree(LOOP);
    let mut person = Person::new();
    person.take(&tree, InputKind::Start { at_node: Some("c".to_owned()) });
    person.say(&tree, "again");
    expect!["b: b | Kept"].assert_eq(&found_again(&tree, &person));
    person.say(&tree, "go");
    expect!["c: c | "].assert_eq(&found_again(&tree, &person));
    person.say(&tree, "top");
    expect!["start: a | "].assert_eq(&found_again(&tree, &person));
    assert_eq!(person.history.trail().unwrap(), &treebot::Trail::root());
}

#[test]
fn a_conversation_may_go_round_for_ever() {
    let tree = tree(LOOP);
    let mut person = Person::who_said(&tree, &["x"]);
    for _ in 0..100 {
        person.say(&tree, "go");
        person.say(&tree, "again");
        assert_eq!(person.history.trail().unwrap().steps.len(), 1);
    }
    person.say(&tree, "go");
    assert!(person.say(&tree, "out").place.is_end());
    assert_eq!(person.history.trail().unwrap().steps.len(), 3);
}
