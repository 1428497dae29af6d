//! What may be written where.

use expect_test::{Expect, expect};

use super::at_caret;

/// The labels, and what the first of them makes of the source.
fn check(source: &str, expect: Expect) {
    let (analysis, offset) = at_caret(source);
    let found = analysis.complete(offset);
    let labels: Vec<&str> = found.iter().map(|completion| completion.label.as_str()).collect();
    let mut out = format!("[{}]\n", labels.join(" "));
    if let Some(first) = found.first() {
        // With the caret where typing goes on.
        let mut insert = first.insert.clone();
        insert.text.push('|');
        let written = treebot::apply(analysis.source(), &[insert]).unwrap();
        out.push_str(&written.replace('\r', "␍"));
        out.push('\n');
    }
    expect.assert_eq(&out);
}

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
fn a_goto_takes_names() {
    let source = |goto: &str| {
        format!(
            "say: How?\nanswers:\n  x: {{say: b, id: length}}\n  y:\n    {goto}\nnodes:\n  'no: 1': {{say: First}}\n  passport: Which?\n"
        )
    };
    check(
        &source("goto: |"),
        expect![[r#"
        [start length no: 1 passport]
        say: How?
        answers:
          x: {say: b, id: length}
          y:
            goto: start|
        nodes:
          'no: 1': {say: First}
          passport: Which?

    "#]],
    );
    check(
        &source("goto:|"),
        expect![[r#"
        [start length no: 1 passport]
        say: How?
        answers:
          x: {say: b, id: length}
          y:
            goto: start|
        nodes:
          'no: 1': {say: First}
          passport: Which?

    "#]],
    );
    check(
        &source("goto: pas|"),
        expect![[r#"
        [passport]
        say: How?
        answers:
          x: {say: b, id: length}
          y:
            goto: passport|
        nodes:
          'no: 1': {say: First}
          passport: Which?

    "#]],
    );
    check(
        &source("goto: st|art"),
        expect![[r#"
        [start passport]
        say: How?
        answers:
          x: {say: b, id: length}
          y:
            goto: start|
        nodes:
          'no: 1': {say: First}
          passport: Which?

    "#]],
    );
    check(
        &source("goto: zzz|"),
        expect![[r#"
        []
    "#]],
    );
}

#[test]
fn between_brackets_it_is_the_same() {
    check(
        "say: a\nanswers:\n  x: {say: b, |}\n",
        expect![[r#"
            [label also answers goto else unclear id was offer]
            say: a
            answers:
              x: {say: b, label: |}

        "#]],
    );
    check(
        "say: a\nanswers:\n  x: {go|, say: b}\n",
        expect![[r#"
        [goto]
        say: a
        answers:
          x: {goto: |, say: b}

    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {goto: |\n  y: b\n",
        expect![[r#"
        [start]
        say: a
        answers:
          x: {goto: start|
          y: b

    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {\n    say: b,\n    answers: {y: {of|}}\n  }\n",
        expect![[r#"
        [offer]
        say: a
        answers:
          x: {
            say: b,
            answers: {y: {offer: |}}
          }

    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {also: [b, c|], say: d}\n",
        expect![[r#"
        []
    "#]],
    );
    check(
        "say: [{image: https://a.example/b, |}]\n",
        expect![[r#"
        [alt]
        say: [{image: https://a.example/b, alt: |}]

    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {offer: f|, say: d}\n",
        expect![[r#"
        [false]
        say: a
        answers:
          x: {offer: false|, say: d}

    "#]],
    );
}

#[test]
fn values_of_few_kinds() {
    check(
        "say: a\noffer: |\n",
        expect![[r#"
            [true false]
            say: a
            offer: true|

        "#]],
    );
    check(
        "say: a\nlang: |\n",
        expect![[r#"
        [en]
        say: a
        lang: en|

    "#]],
    );
    check(
        "say: a\ntitle: |\n",
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
fn steps_of_a_test() {
    let source = |tests: &str| {
        format!("say: a\nid: first\nanswers:\n  x: b\n  y: c\ntests:\n  one:\n{tests}\n")
    };
    check(
        &source("    |"),
        expect![[r#"
        [user bot at end given]
        say: a
        id: first
        answers:
          x: b
          y: c
        tests:
          one:
            - user: |

    "#]],
    );
    check(
        &source("    - |"),
        expect![[r#"
        [user bot at end given]
        say: a
        id: first
        answers:
          x: b
          y: c
        tests:
          one:
            - user: |

    "#]],
    );
    check(
        &source("    - user: x\n      |"),
        expect![[r#"
            []
        "#]],
    );
    check(
        &source("    - at: |"),
        expect![[r#"
        [start first]
        say: a
        id: first
        answers:
          x: b
          y: c
        tests:
          one:
            - at: start|

    "#]],
    );
    check(
        &source("    - end: |"),
        expect![[r#"
            [true false]
            say: a
            id: first
            answers:
              x: b
              y: c
            tests:
              one:
                - end: true|

        "#]],
    );
    check(
        &source("    - given: {|}"),
        expect![[r#"
        [start first]
        say: a
        id: first
        answers:
          x: b
          y: c
        tests:
          one:
            - given: {start: |}

    "#]],
    );
    check(
        &source("    - given: {first: |}"),
        expect![[r#"
        [x y]
        say: a
        id: first
        answers:
          x: b
          y: c
        tests:
          one:
            - given: {first: x|}

    "#]],
    );
    check(
        &source("    - given:\n        first: |"),
        expect![[r#"
        [x y]
        say: a
        id: first
        answers:
          x: b
          y: c
        tests:
          one:
            - given:
                first: x|

    "#]],
    );
    check(
        &source("    - given:\n        |"),
        expect![[r#"
        [start first]
        say: a
        id: first
        answers:
          x: b
          y: c
        tests:
          one:
            - given:
                start: |

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
fn names_are_quoted_where_they_need_it() {
    let source = |goto: &str| {
        format!("say: How?\nanswers:\n  x: {goto}\nnodes:\n  'a, b': {{say: First}}\n")
    };
    check(
        &source("{goto: a|}"),
        expect![[r#"
        [a, b start]
        say: How?
        answers:
          x: {goto: "a, b"|}
        nodes:
          'a, b': {say: First}

    "#]],
    );
    check(
        &source("\n    goto: a|"),
        expect![[r#"
        [a, b start]
        say: How?
        answers:
          x: 
            goto: a, b|
        nodes:
          'a, b': {say: First}

    "#]],
    );
    check(
        &source("\n    goto: 'a|'"),
        expect![[r#"
        [a, b start]
        say: How?
        answers:
          x: 
            goto: a, b|
        nodes:
          'a, b': {say: First}

    "#]],
    );
    check(
        &source("\n    goto:\n      a|"),
        expect![[r#"
        [a, b start]
        say: How?
        answers:
          x: 
            goto:
              a, b|
        nodes:
          'a, b': {say: First}

    "#]],
    );
    check(
        &source("\n    goto:\n      |"),
        expect![[r#"
        [start a, b]
        say: How?
        answers:
          x: 
            goto:
              start|
        nodes:
          'a, b': {say: First}

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
