//! Names and values, and what stands between brackets.

use expect_test::expect;

use super::check;

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
fn tests_name_questions_without_a_name_by_the_way_there() {
    check(
        "say: a\nanswers:\n  x: {say: b, answers: {y: {say: c, id: d, answers: {z: e}}}}\ntests:\n  one:\n    - at: |\n",
        expect![[r#"
            [start d start/x]
            say: a
            answers:
              x: {say: b, answers: {y: {say: c, id: d, answers: {z: e}}}}
            tests:
              one:
                - at: start|

        "#]],
    );
}
