//! Edits that keep what is around them.

use expect_test::{Expect, expect};
use treebot::{AnswerId, NewStep, NodeId};

use super::{changed, read};

fn also(source: &str, question: u32, answer: u32, word: &str, expect: Expect) {
    let analysis = read(source);
    let edits = analysis.add_also(NodeId(question), AnswerId(answer), word);
    expect.assert_eq(&changed(&analysis, edits));
}

fn id(source: &str, node: u32, name: &str, expect: Expect) {
    let analysis = read(source);
    expect.assert_eq(&changed(&analysis, analysis.add_id(NodeId(node), name)));
}

fn alt(source: &str, message: usize, text: &str, expect: Expect) {
    let analysis = read(source);
    expect.assert_eq(&changed(&analysis, analysis.set_alt(NodeId(0), message, text)));
}

fn test(source: &str, expect: Expect) {
    let analysis = read(source);
    let steps = [
        NewStep::Given(vec![("start".to_owned(), "a, b".to_owned())]),
        NewStep::User("2".to_owned()),
        NewStep::Bot("How long: days".to_owned()),
        NewStep::At("length".to_owned()),
        NewStep::End(true),
    ];
    expect.assert_eq(&changed(&analysis, analysis.insert_test("a day: two", &steps)));
}

#[test]
fn words_are_added_to_an_answer() {
    also(
        "say: a\nanswers:\n  x: b\n  y: c\n",
        0,
        0,
        "other word",
        expect![[r#"
        say: a
        answers:
          x:
            also: [other word]
            say: b
          y: c
    "#]],
    );
    also(
        "say: a\nanswers:\n  x: {also: [p, q], say: b}\n",
        0,
        0,
        "r, s",
        expect![[r#"
        say: a
        answers:
          x: {also: [p, q, "r, s"], say: b}
    "#]],
    );
    also(
        "say: a\nanswers:\n  x:\n    say: b # note\n    also: p\n",
        0,
        0,
        "true",
        expect![[r#"
        say: a
        answers:
          x:
            say: b # note
            also: [p, "true"]
    "#]],
    );
    also(
        "say: a\nanswers: {x: b}\n",
        0,
        0,
        "2",
        expect![[r#"
        say: a
        answers: {x: {also: ["2"], say: b}}
    "#]],
    );
    also(
        "say: a\nanswers:\n  x: &x {also: [p], say: b}\nnodes: {n: {say: c, goto: start, answers: {y: *x}}}\n",
        0,
        0,
        "q",
        expect![[r#"
        say: a
        answers:
          x: &x {also: [p, q], say: b}
        nodes: {n: {say: c, goto: start, answers: {y: *x}}}
    "#]],
    );
    also(
        "say: a\nanswers:\n  x: {say: b, also: &w [p]}\n  y: {say: c, answers: {z: {say: d, also: *w}}}\n",
        0,
        0,
        "q",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
    also(
        "say: a\nanswers:\n  x: {say: b, also: &w [p]}\n  y: {say: c, answers: {z: {say: d, also: *w}}}\n",
        2,
        0,
        "q",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
    also(
        "say: a\nanswers:\n  x: b\n  y: c\n",
        0,
        0,
        "Y",
        expect!["Taken: `Y` is already there, in the answer `y`"],
    );
    also(
        "say: a\nanswers:\n  x: b\n  y: c\n",
        0,
        7,
        "z",
        expect!["Nothing: there is no such answer any more"],
    );
    also(
        "say: a\nanswers:\n  x: b\n  y: c\n",
        9,
        0,
        "z",
        expect!["Nothing: there is no such answer any more"],
    );
}

#[test]
fn a_node_gets_a_name() {
    id(
        "say: a\nanswers:\n  x:\n    say: b\n    answers: {y: c}\n",
        1,
        "length",
        expect![[r#"
        say: a
        answers:
          x:
            id: length
            say: b
            answers: {y: c}
    "#]],
    );
    id(
        "say: a\nanswers:\n  x: b\n",
        1,
        "the end",
        expect![[r#"
        say: a
        answers:
          x:
            id: the end
            say: b
    "#]],
    );
    id(
        "say: a\nanswers:\n  x: b\n",
        0,
        "length",
        expect!["Taken: this node is called `start` already"],
    );
    id(
        "say: a\nanswers:\n  x: {say: b, was: long}\n  y: {say: c, id: length}\n",
        1,
        "length",
        expect!["Taken: the name `length` is already there"],
    );
    id(
        "say: a\nanswers:\n  x: &x {say: b}\n  y: {say: c, answers: {z: *x}}\n",
        1,
        "length",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
    id(
        "say: a\nanswers: {x: {say: b}}\nelse: {say: c}\n",
        2,
        "length",
        expect![[r#"
        say: a
        answers: {x: {say: b}}
        else: {id: length, say: c}
    "#]],
    );
}

#[test]
fn a_picture_is_described() {
    alt(
        "say: {image: https://a.example/b}\nanswers: {x: b}\n",
        0,
        "A cat",
        expect![[r#"
        say: {image: https://a.example/b, alt: A cat}
        answers: {x: b}
    "#]],
    );
    alt(
        "say:\n  - Hello\n  - image: https://a.example/b # note\n  - image: https://a.example/b\n    alt: ''\nanswers: {x: b}\n",
        1,
        "A cat: black",
        expect![[r#"
        say:
          - Hello
          - image: https://a.example/b # note
            alt: "A cat: black"
          - image: https://a.example/b
            alt: ''
        answers: {x: b}
    "#]],
    );
    alt(
        "say:\n  - Hello\n  - image: https://a.example/b # note\n  - image: https://a.example/b\n    alt: ''\nanswers: {x: b}\n",
        2,
        "It's a cat",
        expect![[r#"
        say:
          - Hello
          - image: https://a.example/b # note
          - image: https://a.example/b
            alt: 'It''s a cat'
        answers: {x: b}
    "#]],
    );
    alt(
        "say:\n  - image: https://a.example/b\n    alt:\nanswers: {x: b}\n",
        0,
        "A cat",
        expect![[r#"
        say:
          - image: https://a.example/b
            alt: A cat
        answers: {x: b}
    "#]],
    );
    alt("say: Hello\n", 0, "A cat", expect!["Nothing: there is no picture here"]);
}

#[test]
fn tests_are_added_as_the_others_are_written() {
    let length = "say: a\nanswers: {'a, b': {say: How, id: length, answers: {x: c}}}\n";
    test(
        length,
        expect![[r#"
        say: a
        answers: {'a, b': {say: How, id: length, answers: {x: c}}}
        tests:
          "a day: two":
            - given: {start: "a, b"}
            - user: "2"
            - bot: "How long: days"
            - at: length
            - end: true
    "#]],
    );
    test(
        &length.replace('\n', "\r\n"),
        expect![[r#"
        say: a␍
        answers: {'a, b': {say: How, id: length, answers: {x: c}}}␍
        tests:␍
          "a day: two":␍
            - given: {start: "a, b"}␍
            - user: "2"␍
            - bot: "How long: days"␍
            - at: length␍
            - end: true␍
    "#]],
    );
    test(
        length.trim_end(),
        expect![[r#"
        say: a
        answers: {'a, b': {say: How, id: length, answers: {x: c}}}
        tests:
          "a day: two":
            - given: {start: "a, b"}
            - user: "2"
            - bot: "How long: days"
            - at: length
            - end: true
    "#]],
    );
    test(
        &format!("{length}tests:\n    one:\n        - user: a # note\n        # more\n\nhelp: b\n"),
        expect![[r#"
        say: a
        answers: {'a, b': {say: How, id: length, answers: {x: c}}}
        tests:
            one:
                - user: a # note
                # more
            "a day: two":
                - given: {start: "a, b"}
                - user: "2"
                - bot: "How long: days"
                - at: length
                - end: true

        help: b
    "#]],
    );
    test(
        &format!("{length}tests:\n one:\n - user: a"),
        expect![[r#"
        say: a
        answers: {'a, b': {say: How, id: length, answers: {x: c}}}
        tests:
         one:
         - user: a
         "a day: two":
         - given: {start: "a, b"}
         - user: "2"
         - bot: "How long: days"
         - at: length
         - end: true"#]],
    );
    test(
        &format!("{length}tests: {{one: [user: a]}}\n"),
        expect![[r#"
        say: a
        answers: {'a, b': {say: How, id: length, answers: {x: c}}}
        tests: {one: [user: a], "a day: two": [{given: {start: "a, b"}}, {user: "2"}, {bot: "How long: days"}, {at: length}, {end: true}]}
    "#]],
    );
    test(
        &format!("{length}tests: # none yet\nhelp: a\n"),
        expect![[r#"
        say: a
        answers: {'a, b': {say: How, id: length, answers: {x: c}}}
        tests: # none yet
          "a day: two":
            - given: {start: "a, b"}
            - user: "2"
            - bot: "How long: days"
            - at: length
            - end: true
        help: a
    "#]],
    );
    test(
        "{say: a, answers: {'a, b': {say: How, id: length, answers: {x: c}}}}\n",
        expect![[r#"
        {say: a, answers: {'a, b': {say: How, id: length, answers: {x: c}}}, tests: {"a day: two": [{given: {start: "a, b"}}, {user: "2"}, {bot: "How long: days"}, {at: length}, {end: true}]}}
    "#]],
    );
    test(
        &format!("{length}tests:\n  A day: two: []\n").replace("A day: two", "'A day: two'"),
        expect!["Taken: there is a test `a day: two` already"],
    );
    test(
        &format!("{length}help: |+\n  b\n\n"),
        expect![[r#"
        say: a
        answers: {'a, b': {say: How, id: length, answers: {x: c}}}
        help: |+
          b

        tests:
          "a day: two":
            - given: {start: "a, b"}
            - user: "2"
            - bot: "How long: days"
            - at: length
            - end: true
    "#]],
    );
    test(
        &format!("{length}...\n"),
        expect![[r#"
        say: a
        answers: {'a, b': {say: How, id: length, answers: {x: c}}}
        tests:
          "a day: two":
            - given: {start: "a, b"}
            - user: "2"
            - bot: "How long: days"
            - at: length
            - end: true
        ...
    "#]],
    );
}

fn step(source: &str, test: usize, step: usize, new: &NewStep, expect: Expect) {
    let analysis = read(source);
    expect.assert_eq(&changed(&analysis, analysis.set_step(test, step, new)));
}

/// A tree with two tests, written in different ways.
const TESTED: &str = "\
say: a
answers: {x: b, y: c}
tests:
  one: # kept
    - user: x
    - bot: old words # kept too
    - end: true
  two:
    - given: {start: y}
    - {bot: 'old, words'}
    - at: start
";

#[test]
fn what_a_test_expects_can_be_taken_as_it_is_now() {
    step(
        TESTED,
        0,
        1,
        &NewStep::Bot("b: new".to_owned()),
        expect![[r#"
        say: a
        answers: {x: b, y: c}
        tests:
          one: # kept
            - user: x
            - bot: "b: new" # kept too
            - end: true
          two:
            - given: {start: y}
            - {bot: 'old, words'}
            - at: start
    "#]],
    );
    step(
        TESTED,
        1,
        1,
        &NewStep::Bot(" it's [c]".to_owned()),
        expect![[r#"
        say: a
        answers: {x: b, y: c}
        tests:
          one: # kept
            - user: x
            - bot: old words # kept too
            - end: true
          two:
            - given: {start: y}
            - {bot: 'it''s [c]'}
            - at: start
    "#]],
    );
    step(
        TESTED,
        0,
        2,
        &NewStep::End(false),
        expect![[r#"
        say: a
        answers: {x: b, y: c}
        tests:
          one: # kept
            - user: x
            - bot: old words # kept too
            - end: false
          two:
            - given: {start: y}
            - {bot: 'old, words'}
            - at: start
    "#]],
    );
    step(
        TESTED,
        1,
        2,
        &NewStep::At("start/x".to_owned()),
        expect![[r#"
        say: a
        answers: {x: b, y: c}
        tests:
          one: # kept
            - user: x
            - bot: old words # kept too
            - end: true
          two:
            - given: {start: y}
            - {bot: 'old, words'}
            - at: start/x
    "#]],
    );
    step(
        TESTED,
        0,
        0,
        &NewStep::User("true".to_owned()),
        expect![[r#"
        say: a
        answers: {x: b, y: c}
        tests:
          one: # kept
            - user: "true"
            - bot: old words # kept too
            - end: true
          two:
            - given: {start: y}
            - {bot: 'old, words'}
            - at: start
    "#]],
    );
    step(
        "say: a\ntests:\n  one:\n    - bot: >\n        old\n        words\n    - end: true\n",
        0,
        0,
        &NewStep::Bot("new".to_owned()),
        expect![[r#"
            say: a
            tests:
              one:
                - bot: new
                - end: true
        "#]],
    );
}

#[test]
fn a_step_that_is_not_there_is_not_changed() {
    step(
        TESTED,
        0,
        1,
        &NewStep::User("x".to_owned()),
        expect!["Nothing: there is no such step any more"],
    );
    step(
        TESTED,
        0,
        9,
        &NewStep::Bot("x".to_owned()),
        expect!["Nothing: there is no such step any more"],
    );
    step(
        TESTED,
        2,
        0,
        &NewStep::Bot("x".to_owned()),
        expect!["Nothing: there is no such step any more"],
    );
    step(
        TESTED,
        0,
        1,
        &NewStep::Bot(" \n".to_owned()),
        expect!["Unusable: there are no words in it"],
    );
    step(
        "say: a\ntests: {one: [{bot: a}]}\nnodes: {x: [}\n",
        0,
        0,
        &NewStep::Bot("b".to_owned()),
        expect!["Broken: part of this file cannot be read; mend that first"],
    );
}
