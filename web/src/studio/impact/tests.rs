//! Edits, and what is said of them.

use expect_test::{Expect, expect};
use treebot::analyse;

use super::*;

const OLD: &str = "\
say: Where to?
answers:
  town: {say: And back?, answers: {yes: Two tickets., no: One ticket.}}
  airport: {goto: express}
nodes:
  express: Take the express.
";

fn effects(old: &str, new: &str) -> Effects {
    let options = LoadOptions { name: Some("tickets".to_owned()), ..LoadOptions::default() };
    let before = Before::read(old, "tickets");
    assert!(before.is_ok(), "{:?}", before.as_ref().err());
    let analysis = analyse(new, &options);
    before.map(|before| before.effects(&analysis, &Units::new(new), true)).unwrap_or_default()
}

fn check(new: &str, expected: &Expect) {
    let effects = effects(OLD, new);
    let mut lines = format!("{} of {} silent\n", effects.silent, effects.places);
    for row in &effects.rows {
        let at: String = new.chars().skip(row.from as usize).take(14).collect();
        lines.push_str(&format!("{}: {} [{}]\n", row.label, row.sentence, at.replace('\n', "/")));
    }
    expected.assert_eq(&lines);
}

#[test]
fn words_order_and_new_answers_move_nobody() {
    let new = OLD
        .replace("Where to?", "Hello! Where do you want to go?")
        .replace("airport:", "harbour: Take a boat.\n  airport:");
    check(
        &new,
        &expect![[r#"
        0 of 5 silent
    "#]],
    );
}

#[test]
fn who_lands_elsewhere_without_a_word_comes_first() {
    let new = OLD
        .replace("express: Take the express.", "express: Take the express.\n  bus: Take the bus.");
    check(
        &new.replace("{goto: express}", "{goto: bus}"),
        &expect![[r#"
        1 of 5 silent
        silently elsewhere: people at `express` land at `bus`, by `airport` at `start`, and nobody tells them [bus: Take the ]
    "#]],
    );
}

#[test]
fn an_answer_that_is_gone_is_asked_again_and_one_that_is_renamed_is_not() {
    check(
        &OLD.replace("airport:", "harbour:"),
        &expect![[r#"
            0 of 5 silent
            asked again: people at `express` are asked `start` again, for want of `airport` at `start` [say: Where to?]
        "#]],
    );
    check(
        &OLD.replace("airport: {", "harbour: {was: [airport], "),
        &expect![[r#"
            0 of 5 silent
            kept, by a former name: people at `express` stay, by a former name [express: Take ]
        "#]],
    );
    check(
        &OLD.replace("airport: {", "plane: {label: airport, "),
        &expect![[r#"
            0 of 5 silent
            kept, by what was said: people at `express` stay, as what they said still fits: `airport` at `start` [express: Take ]
        "#]],
    );
}

#[test]
fn what_is_asked_first_is_told() {
    let new = OLD.replace(
        "airport: {goto: express}",
        "airport: {say: Now?, answers: {yes: {goto: express}, no: x}}",
    );
    check(
        &new,
        &expect![[r#"
        0 of 5 silent
        asked something first: people at `express` are asked `start/airport` first [airport: {say:]
    "#]],
    );
}

#[test]
fn an_earlier_edition_that_does_not_load_says_why() {
    let problem = |source: &str| Before::read(source, "x").err().unwrap_or_default();
    assert_eq!(problem("say: Hi\nanswers: {a: {goto: b}}\n").split(':').next(), Some("line 2"));
    assert!(problem("").starts_with("line 1: "));
    assert!(problem("say: [").starts_with("line 1: "));
}

#[test]
fn much_is_counted_and_the_worst_is_told() {
    let many = |word: &str| {
        let mut source = String::from("say: Which?\nanswers:\n");
        for n in 0..400 {
            source.push_str(&format!("  {word} {n}: End {n}.\n"));
        }
        source
    };
    let effects = effects(&many("number"), &many("figure"));
    assert_eq!((effects.rows.len(), effects.more, effects.places), (ROWS, 100, 401));
    assert!(effects.complete);
}
