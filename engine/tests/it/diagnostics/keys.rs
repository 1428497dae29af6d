//! Keys, and values of the wrong kind.

use expect_test::expect;

use super::check;

#[test]
fn a_key_that_does_not_exist() {
    check(
        "say: How long?\nanswer:\n  short: Fine\n",
        expect![[r#"
        say: How long?
        answer:
        ^^^^^^ error T010: unknown key `answer`: did you mean `answers`? (write `answers`)
          short: Fine
    "#]],
    );
    check(
        "say: a\nanswers:\n  x: b\n  y: {sya: c}\n",
        expect![[r#"
        say: a
        answers:
          x: b
          y: {sya: c}
              ^^^ error T010: unknown key `sya`: did you mean `say`? (write `say`)
    "#]],
    );
    check(
        "say: a\nstudy: b\n",
        expect![[r#"
            say: a
            study: b
            ^^^^^ error T010: unknown key `study`: a node has `say` and `answers`; to make it an answer, put it under `answers`
        "#]],
    );
    check(
        "say: a\nwhen: b\nx-note: mine\n",
        expect![[r#"
            say: a
            when: b
            ^^^^ error T011: `when` does not mean anything yet; it is kept for a later version (use `x-when` for notes of your own) (write `x-when`)
            x-note: mine
        "#]],
    );
}

#[test]
fn a_key_in_the_wrong_place() {
    check(
        "say: a\nlabel: b\n",
        expect![[r#"
        say: a
        label: b
        ^^^^^ error T012: `label` belongs to an answer, not here
    "#]],
    );
    check(
        "say: a\nanswers: {x: {say: b, title: c}}\n",
        expect![[r#"
        say: a
        answers: {x: {say: b, title: c}}
                              ^^^^^ error T012: `title` belongs at the top of the file, not here
    "#]],
    );
}

#[test]
fn the_same_key_twice() {
    check(
        "say: a\nsay: b\n",
        expect![[r#"
        say: a
        say: b
        ^^^ error T013: the key `say` is already there
    "#]],
    );
    check(
        "say: a\nanswers:\n  x: 1\n  y: 2\n  x: 3\n",
        expect![[r#"
        say: a
        answers:
          x: 1
          y: 2
          x: 3
          ^ error T013: the answer `x` is already there
    "#]],
    );
}

#[test]
fn nothing_is_said() {
    check(
        "title: a\n",
        expect![[r#"
            title: a
            ^^^^^ error T015: the tree says nothing; begin with `say:` and the first message
        "#]],
    );
    check(
        "say:\n",
        expect![[r#"
        say:
            ^ error T015: `say` is empty; write what the bot says
    "#]],
    );
    check(
        "say: ''\n",
        expect![[r#"
        say: ''
             ^^ error T016: `say` is empty; write what the bot says
    "#]],
    );
    check(
        "say: a\nanswers:\n  x:\n  y: {answers: {z: b}}\n",
        expect![[r#"
            say: a
            answers:
              x:
                ^ error T015: this node says nothing; write what the bot says, or `goto:` and a name
              y: {answers: {z: b}}
              ^ error T015: this question asks nothing; give it a `say`
              ^ warning T052: this question needs an `id`: its answer `z` means nothing by itself, so people would be asked again whenever the question's words change (call it `after-y`)
        "#]],
    );
    check(
        "say: []\n",
        expect![[r#"
        say: []
             ^^ error T016: `say` is empty; write what the bot says
    "#]],
    );
}

#[test]
fn values_of_the_wrong_kind() {
    check(
        "just words\n",
        expect![[r#"
        just words
        ^^^^^^^^^^ error T014: a tree begins with `say:` and what the bot says first
    "#]],
    );
    check(
        "say: a\nanswers: [x, y]\n",
        expect![[r#"
        say: a
        answers: [x, y]
                 ^^^^^^ error T014: answers are written one below the other, each as `answer: what the bot says then`
    "#]],
    );
    check(
        "say: a\nanswers:\n  - Tea: Here.\n  - Coffee: There.\n",
        expect![[r#"
        say: a
        answers:
          - Tea: Here.
          ^^^^^^^^^^^^ error T014: answers are written one below the other, each as `answer: what the bot says then`, with no `-` before it (leave the dashes out)
          - Coffee: There.
    "#]],
    );
    check(
        "say: a\nanswers:\n- Tea:\n    say: Here.\n- Coffee: There.\n",
        expect![[r#"
        say: a
        answers:
        - Tea:
          ^^^^ error T014: answers are written one below the other, each as `answer: what the bot says then`, with no `-` before it (leave the dashes out)
            say: Here.
        - Coffee: There.
    "#]],
    );
    check(
        "say: a\nanswers:\n  - Tea\n  - Coffee\n",
        expect![[r#"
        say: a
        answers:
          - Tea
          ^^^^^ error T014: answers are written one below the other, each as `answer: what the bot says then`
          - Coffee
    "#]],
    );
    check(
        "say: a\nanswers:\n  - label: Tea\n    say: Here.\n",
        expect![[r#"
        say: a
        answers:
          - label: Tea
          ^^^^^^^^^^^^ error T014: answers are written one below the other, each as `answer: what the bot says then`
            say: Here.
    "#]],
    );
    check(
        "say: a\nanswers: {}\n",
        expect![[r#"
        say: a
        answers: {}
        ^^^^^^^ error T017: there are no answers here; write at least one, or leave `answers` out
    "#]],
    );
    check(
        "say: a\nanswers: {x: {say: {b: c}}}\n",
        expect![[r#"
        say: a
        answers: {x: {say: {b: c}}}
                           ^^^^^^ error T014: a message is a text, or `image:` with an address; a text with a colon in it needs quotes
    "#]],
    );
    check(
        "say: a\noffer: maybe\n",
        expect![[r#"
        say: a
        offer: maybe
               ^^^^^ error T014: `offer` is `true` or `false`
    "#]],
    );
    check(
        "say: a\ntitle: [b]\n",
        expect![[r#"
            say: a
            title: [b]
                   ^^^ error T014: `title` is one text, and this is a list; put it in quotes
        "#]],
    );
    check(
        "say: a\nnodes: b\ntests: c\ncommands: d\n",
        expect![[r#"
        say: a
        nodes: b
               ^ error T014: `nodes` holds shared nodes, each as `name:` with a node below it
        tests: c
               ^ error T014: `tests` holds conversations, each as `name:` with a list of steps below it
        commands: d
                  ^ error T014: `commands` holds `back`, `restart` and `help`, each with a list of words
    "#]],
    );
    check(
        "say: a\ncommands: {bakc: b}\n",
        expect![[r#"
            say: a
            commands: {bakc: b}
                       ^^^^ error T010: unknown key `bakc`: did you mean `back`? (write `back`)
        "#]],
    );
}

#[test]
fn pictures() {
    check(
        "say:\n  - {image: 'https://a.example/b.png'}\n  - image: https://a.example/c.png\n  - {image: 'http://a.example/b.png', alt: x}\n",
        expect![[r#"
            say:
              - {image: 'https://a.example/b.png'}
                        ^^^^^^^^^^^^^^^^^^^^^^^^^ warning T054: this picture has no `alt`: say what it shows, for those who cannot see it (add `alt`)
              - image: https://a.example/c.png
                       ^^^^^^^^^^^^^^^^^^^^^^^ warning T054: this picture has no `alt`: say what it shows, for those who cannot see it (add `alt`)
              - {image: 'http://a.example/b.png', alt: x}
                        ^^^^^^^^^^^^^^^^^^^^^^^^ error T024: `http://a.example/b.png` is not an address of a picture; it begins with `https://` (begin it with `https://`)
        "#]],
    );
}

#[test]
fn what_only_a_question_needs_where_nothing_is_asked() {
    check(
        "say: a\nanswers:\n  x: {say: b, offer: false, unclear: Hm?}\n  y: {say: c, else: {say: d, goto: e}}\nnodes: {e: e}\n",
        expect![[r#"
            say: a
            answers:
              x: {say: b, offer: false, unclear: Hm?}
                          ^^^^^ warning T073: there are no answers here, so `offer` does nothing; give this node `answers`, or leave `offer` out
                                        ^^^^^^^ warning T073: there are no answers here, so `unclear` does nothing; give this node `answers`, or leave `unclear` out
              y: {say: c, else: {say: d, goto: e}}
                          ^^^^ warning T073: there are no answers here, so `else` does nothing; give this node `answers`, or leave `else` out
            nodes: {e: e}
        "#]],
    );
    // Where a key is wrong, answers may be meant by it.
    check(
        "say: a\nanswers:\n  x: {say: b, else: Hm?, answer: {y: c}}\n  z: {say: b, else: Hm?, answers: }\n",
        expect![[r#"
            say: a
            answers:
              x: {say: b, else: Hm?, answer: {y: c}}
              ^ warning T052: this question needs an `id`: its answer `y` means nothing by itself, so people would be asked again whenever the question's words change (call it `after-x`)
                                     ^^^^^^ error T010: unknown key `answer`: did you mean `answers`? (write `answers`)
              z: {say: b, else: Hm?, answers: }
                                     ^^^^^^^ error T017: there are no answers here; write at least one, or leave `answers` out
        "#]],
    );
}

#[test]
fn a_key_that_is_too_long_for_yaml() {
    let (most, long) = ("k".repeat(1024), "k".repeat(1100));
    let loads = |key: &str| treebot::load(&format!("say: a\nanswers:\n  {key}: b\n  c: d\n"));
    assert!(loads(&most).tree.is_some());
    for key in [long.clone(), format!("\"{long}\""), "é ".repeat(600), "é".repeat(1025)] {
        let problems = loads(&key).diagnostics;
        let errors: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        let is_told = |error: &&str| {
            error.contains("is longer than the 1,024 characters that a key may have")
        };
        assert!(errors.len() == 1 && errors.iter().all(is_told), "{errors:#?}");
    }
}

#[test]
fn an_answer_that_nobody_sees() {
    check(
        "say: a\nanswers:\n  \"\\x01\": b\n  \"\\u200b\\x07\": c\n  d: e\n",
        expect![[r#"
        say: a
        answers:
          "\x01": b
          ^^^^^^ error T023: an answer needs words
          "\u200b\x07": c
          ^^^^^^^^^^^^ error T023: an answer needs words
          d: e
    "#]],
    );
}
