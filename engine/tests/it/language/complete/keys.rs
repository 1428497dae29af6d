//! Keys.

use expect_test::expect;

use super::check;

#[test]
fn an_empty_file_takes_the_keys_of_file_and_node() {
    check(
        "|",
        expect![[r#"
            [title lang about nodes commands help ended tests say answers goto else unclear id was offer]
            title: |
        "#]],
    );
    check(
        "sa|",
        expect![[r#"
        [say]
        say: |
    "#]],
    );
    check(
        "title: x\nsay: Hello\n|",
        expect![[r#"
            [lang about nodes commands help ended tests answers goto else unclear id was offer]
            title: x
            say: Hello
            lang: |
        "#]],
    );
    check(
        "title: x\nan|\nsay: Hello\n",
        expect![[r#"
        [answers lang commands]
        title: x
        answers:
          |
        say: Hello

    "#]],
    );
}

#[test]
fn what_is_there_already_is_not_offered() {
    check(
        "say: a\nanswers:\n  x:\n    say: b\n    |\n    label: c\n    goto: start\n  y: d\n",
        expect![[r#"
            [also answers else unclear id was offer]
            say: a
            answers:
              x:
                say: b
                also: |
                label: c
                goto: start
              y: d

        "#]],
    );
}

#[test]
fn the_indentation_of_the_line_says_whose_key_it_is() {
    let source = |indent: &str| {
        format!(
            "say: a\nanswers:\n  x:\n    say: b\n    answers:\n      y:\n        say: c\n{indent}|\nnodes:\n  n: {{say: d}}\n"
        )
    };
    check(
        &source("        "),
        expect![[r#"
            [label also answers goto else unclear id was offer]
            say: a
            answers:
              x:
                say: b
                answers:
                  y:
                    say: c
                    label: |
            nodes:
              n: {say: d}

        "#]],
    );
    check(
        &source("      "),
        expect![[r#"
        []
    "#]],
    );
    check(
        &source("    "),
        expect![[r#"
            [label also goto else unclear id was offer]
            say: a
            answers:
              x:
                say: b
                answers:
                  y:
                    say: c
                label: |
            nodes:
              n: {say: d}

        "#]],
    );
    check(
        &source("  "),
        expect![[r#"
        []
    "#]],
    );
    check(
        &source(""),
        expect![[r#"
            [title lang about commands help ended tests goto else unclear id was offer]
            say: a
            answers:
              x:
                say: b
                answers:
                  y:
                    say: c
            title: |
            nodes:
              n: {say: d}

        "#]],
    );
}

#[test]
fn answers_and_names_are_the_authors_own() {
    check(
        "say: a\nanswers:\n  |\n",
        expect![[r#"
        []
    "#]],
    );
    check(
        "say: a\nnodes:\n  na|\n",
        expect![[r#"
        []
    "#]],
    );
}

#[test]
fn pictures_and_commands() {
    check(
        "say:\n  - |\n",
        expect![[r#"
        [image alt]
        say:
          - image: |

    "#]],
    );
    check(
        "say:\n  - image: https://a.example/b\n    |\n",
        expect![[r#"
        [alt]
        say:
          - image: https://a.example/b
            alt: |

    "#]],
    );
    check(
        "say: a\ncommands:\n  back: b\n  |\n",
        expect![[r#"
        [restart help]
        say: a
        commands:
          back: b
          restart: |

    "#]],
    );
}

#[test]
fn texts_and_comments_take_nothing() {
    check(
        "say: >-\n  Hello\n  wor|\n",
        expect![[r#"
        []
    "#]],
    );
    check(
        "say: Hello\n  wor|\n",
        expect![[r#"
        []
    "#]],
    );
    check(
        "say: Hello # sa|\n",
        expect![[r#"
        []
    "#]],
    );
    check(
        "# sa|\nsay: Hello\n",
        expect![[r#"
        []
    "#]],
    );
    check(
        "say: wor|\n",
        expect![[r#"
        []
    "#]],
    );
    check(
        "say: \"wor|\n",
        expect![[r#"
        []
    "#]],
    );
}

#[test]
fn a_key_that_is_there_is_replaced_whole() {
    check(
        "sa|y: Hello\n",
        expect![[r#"
        [say]
        say|: Hello

    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {of|fer: false}\n",
        expect![[r#"
        [offer]
        say: a
        answers:
          x: {offer|: false}

    "#]],
    );
}

#[test]
fn a_list_may_stand_as_far_left_as_its_key() {
    check(
        "say: a\ntests:\n  one:\n  - user: x\n  - |\n",
        expect![[r#"
        [user bot at end given]
        say: a
        tests:
          one:
          - user: x
          - user: |

    "#]],
    );
    check(
        "say:\n- a\n- |\n",
        expect![[r#"
        [image alt]
        say:
        - a
        - image: |

    "#]],
    );
}

#[test]
fn line_ends_of_the_source_are_kept() {
    check(
        "say: a\r\nanswers|\r\n",
        expect![[r#"
        [answers]
        say: a␍
        answers:␍
          |␍

    "#]],
    );
}

#[test]
fn what_has_keys_goes_on_below_as_far_in_as_the_rest() {
    check(
        "say: a\nanswers:\n    x:\n        answ|\n",
        expect![[r#"
        [answers]
        say: a
        answers:
            x:
                answers:
                    |

    "#]],
    );
}
