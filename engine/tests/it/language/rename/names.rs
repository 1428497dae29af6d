//! What is renamed with a name or key.

use expect_test::expect;

use super::check;

#[test]
fn a_former_key_comes_back() {
    check(
        "say: a\nanswers:\n  st|udy: {was: [learn, train], say: b}\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn: {was: [study, train], say: b}
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: {was: learn, say: b}\n",
        "Learn!",
        expect![[r#"
        say: a
        answers:
          Learn!: {was: study, say: b}
    "#]],
    );
}

#[test]
fn another_spelling_needs_no_former_key() {
    check(
        "say: a\nanswers:\n  st|udy: b\n",
        "Study!",
        expect![[r#"
        say: a
        answers:
          Study!: b
    "#]],
    );
}

#[test]
fn names_are_renamed_wherever_they_are_used() {
    check(
        "say: a\nanswers:\n  x: {say: b, id: 'leng|th'}\n  y: {goto: length}\n  z: {goto: Length}\ntests:\n  one:\n    - given: {start: x, length: y}\n    - at: \"length\"\n",
        "how long?",
        expect![[r#"
            say: a
            answers:
              x: {say: b, was: [length], id: 'how long?'}
              y: {goto: how long?}
              z: {goto: how long?}
            tests:
              one:
                - given: {start: x, how long?: y}
                - at: "how long?"
        "#]],
    );
    check(
        "say: a\nanswers:\n  x: {goto: pas|sport}\nnodes:\n  passport: Which?\n",
        "country",
        expect![[r#"
        say: a
        answers:
          x: {goto: country}
        nodes:
          country:
            was: [passport]
            say: Which?
    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {goto: pas|sport}\nnodes:\n  passport:\n    say: Which?\n",
        "- odd: #1",
        expect![[r#"
        say: a
        answers:
          x: {goto: "- odd: #1"}
        nodes:
          "- odd: #1":
            was: [passport]
            say: Which?
    "#]],
    );
}

#[test]
fn answers_are_renamed_in_tests() {
    check(
        "say: a\nanswers:\n  st|udy:\n    say: b\n    answers: {short: c, long: d}\ntests:\n  one:\n    - given: {start: study, start/study: short}\n    - at: start/study\n",
        "learn",
        expect![[r#"
            say: a
            answers:
              learn:
                was: [study]
                say: b
                answers: {short: c, long: d}
            tests:
              one:
                - given: {start: learn, start/learn: short}
                - at: start/learn
        "#]],
    );
    check(
        "say: a\nanswers: {study: b}\ntests:\n  one:\n    - given:\n        start: st|udy\n",
        "learn",
        expect![[r#"
            say: a
            answers: {learn: {was: [study], say: b}}
            tests:
              one:
                - given:
                    start: learn
        "#]],
    );
}

#[test]
fn line_ends_are_kept() {
    check(
        "say: a\r\nanswers:\r\n  st|udy: b\r\n     c\r\n  y: d\r\n",
        "learn",
        expect![[r#"
        say: a␍
        answers:␍
          learn:␍
            was: [study]␍
            say: b␍
               c␍
          y: d␍
    "#]],
    );
}

#[test]
fn the_first_question_may_have_an_id_as_well() {
    check(
        "title: x\nsay: a\nid: fi|rst\nanswers:\n  x: {say: b, goto: first}\n  y: c\n",
        "begin",
        expect![[r#"
            title: x
            say: a
            was: [first]
            id: begin
            answers:
              x: {say: b, goto: begin}
              y: c
        "#]],
    );
}
