//! Where the old key of an answer goes.

use expect_test::expect;

use super::check;

#[test]
fn a_short_answer_gets_room_for_its_old_key() {
    check(
        "say: a\nanswers:\n  st|udy: You need, say, a visa # note\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: You need, say, a visa # note
          y: c
    "#]],
    );
    check(
        "say: a\nanswers: {st|udy: You need a visa, y: c}\n",
        "learn",
        expect![[r#"
        say: a
        answers: {learn: {was: [study], say: You need a visa}, y: c}
    "#]],
    );
    check(
        "say: a\nanswers: {\"st|udy\":'You need a visa', y: c}\n",
        "learn, and so",
        expect![[r#"
        say: a
        answers: {"learn, and so": {was: [study], say: 'You need a visa'}, y: c}
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: You need\n    a visa\n\n    very much\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: You need
              a visa

              very much
          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: |\n    You need\n      a visa\n\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: |
              You need
                a visa

          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: >2-\n      You need\n    a visa\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: >2-
                You need
              a visa
          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n    st|udy:\n      You need\n      a visa\n    y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
            learn:
                was: [study]
                say:
                  You need
                  a visa
            y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: \"You need\n    a visa\"\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: "You need
              a visa"
          y: c
    "#]],
    );
}

#[test]
fn so_does_one_that_is_a_list() {
    check(
        "say: a\nanswers:\n  st|udy: [One, two]\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: [One, two]
          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: [\n    One, # note\n    two\n  ]\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: [
              One, # note
              two
            ]
          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy:\n  - One\n  - Two\n    lines\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say:
            - One
            - Two
              lines
          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: # note\n    - One\n    - {image: 'https://a.example/b', alt: c}\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn: # note
            was: [study]
            say:
              - One
              - {image: 'https://a.example/b', alt: c}
          y: c
    "#]],
    );
}

#[test]
fn an_answer_with_keys_gets_another() {
    check(
        "say: a\nanswers:\n  st|udy:\n    # how long?\n    say: b\n    goto: start\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            # how long?
            was: [study]
            say: b
            goto: start
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: {say: b}\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn: {was: [study], say: b}
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: {\n    say: b,\n    goto: start,\n  }\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn: {
            was: [study], say: b,
            goto: start,
          }
    "#]],
    );
    check(
        "say: a\nanswers:\n  ? st|udy\n  : say: b\n    goto: start\n",
        "learn",
        expect![[r#"
            say: a
            answers:
              ? learn
              : say: b
                was: [study]
                goto: start
        "#]],
    );
}

#[test]
fn former_keys_are_added_to() {
    let source =
        |was: &str| format!("say: a\nanswers:\n  st|udy:\n    say: b\n    {was}\n  y: c\n");
    check(
        &source("was: old"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: [old, study]
          y: c
    "#]],
    );
    check(
        &source("was: 'old' # note"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: ['old', study] # note
          y: c
    "#]],
    );
    check(
        &source("was: old, and so"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: ["old, and so", study]
          y: c
    "#]],
    );
    check(
        &source("was: [old]"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: [old, study]
          y: c
    "#]],
    );
    check(
        &source("was: [\n      old, # note\n      older,\n    ]"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: [
              old, # note
              older, study,
            ]
          y: c
    "#]],
    );
    check(
        &source("was:\n      - old # note\n      - older"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was:
              - old # note
              - older
              - study
          y: c
    "#]],
    );
    check(
        &source("was:\n    - old\n    # note"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was:
            - old
            - study
            # note
          y: c
    "#]],
    );
    check(
        &source("was: []"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: [study]
          y: c
    "#]],
    );
    check(
        &source("was: >-\n      old"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: ["old", study]
          y: c
    "#]],
    );
}
