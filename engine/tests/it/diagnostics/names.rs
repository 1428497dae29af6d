//! What only several nodes together show: names, loops, answers that look alike.

use expect_test::expect;

use super::check;

#[test]
fn names_that_lead_nowhere_or_twice() {
    check(
        "say: a\nanswers: {x: {goto: passport}}\nnodes:\n  pasport: {say: b, answers: {z: c}}\n",
        expect![[r#"
            say: a
            answers: {x: {goto: passport}}
                                ^^^^^^^^ error T020: nothing is called `passport`: did you mean `pasport`? (write `pasport`)
            nodes:
              pasport: {say: b, answers: {z: c}}
        "#]],
    );
    check(
        "say: a\nanswers: {x: {goto: old}}\nnodes:\n  new: {was: old, say: b, answers: {z: c}}\n",
        expect![[r#"
            say: a
            answers: {x: {goto: old}}
                                ^^^ error T020: `old` is called `new` now (write `new`)
            nodes:
              new: {was: old, say: b, answers: {z: c}}
        "#]],
    );
    check(
        "say: a\nanswers: {x: {goto: nowhere}}\n",
        expect![[r#"
        say: a
        answers: {x: {goto: nowhere}}
                            ^^^^^^^ error T020: nothing is called `nowhere`; a `goto` leads to one of `nodes`, to an `id`, or to `start`
    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {id: q, say: b, answers: {z: c}}\n  y: {id: q, say: b, answers: {z: c}}\n",
        expect![[r#"
        say: a
        answers:
          x: {id: q, say: b, answers: {z: c}}
          y: {id: q, say: b, answers: {z: c}}
                  ^ error T019: the name `q` is already there
    "#]],
    );
    check(
        "say: a\nanswers: {x: {id: start, say: b, answers: {z: c}}}\n",
        expect![[r#"
        say: a
        answers: {x: {id: start, say: b, answers: {z: c}}}
                          ^^^^^ error T019: `start` is the name of the first question; choose another
    "#]],
    );
}

#[test]
fn answers_that_cannot_be_told_apart() {
    check(
        "say: a\nanswers:\n  Study: b\n  study!: c\n",
        expect![[r#"
        say: a
        answers:
          Study: b
          study!: c
          ^^^^^^ error T018: `study!` is already there (it differs from `Study` only in capitals or punctuation)
    "#]],
    );
    check(
        "say: a\nanswers:\n  C: b\n  C++: c\n",
        expect![[r#"
        say: a
        answers:
          C: b
          C++: c
          ^^^ error T018: `C++` is already there (it differs from `C` only in capitals or punctuation)
    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {also: [one, two], say: b}\n  y: {label: Two, say: c}\n",
        expect![[r#"
        say: a
        answers:
          x: {also: [one, two], say: b}
          y: {label: Two, say: c}
                     ^^^ error T018: `Two` is already there (it differs from `two` only in capitals or punctuation)
    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {was: y, say: b}\n  y: c\n",
        expect![[r#"
        say: a
        answers:
          x: {was: y, say: b}
          y: c
          ^ error T018: `y` is already there, in the answer `x`
    "#]],
    );
}

#[test]
fn answers_that_are_commands() {
    check(
        "say: a\nanswers: {Back: b, Forth: c}\n",
        expect![[r#"
        say: a
        answers: {Back: b, Forth: c}
                  ^^^^ warning T051: `Back` is also a command; here it is taken as this answer
    "#]],
    );
}

#[test]
fn questions_that_need_a_name() {
    check(
        "say: a\nanswers:\n  x:\n    say: Sure?\n    answers: {'yes': b, 'no': c}\n",
        expect![[r#"
            say: a
            answers:
              x:
              ^ warning T052: this question needs an `id`: its answer `yes` means nothing by itself, so people would be asked again whenever the question's words change (call it `after-x`)
                say: Sure?
                answers: {'yes': b, 'no': c}
        "#]],
    );
}

#[test]
fn rings_that_ask_nothing() {
    check(
        "say: a\nanswers: {x: {goto: one}}\nnodes:\n  one: {say: b, goto: two}\n  two: {say: c, goto: one}\n",
        expect![[r#"
        say: a
        answers: {x: {goto: one}}
        nodes:
          one: {say: b, goto: two}
                              ^^^ error T021: this `goto` leads round in a circle that never asks anything
          two: {say: c, goto: one}
                              ^^^ error T021: this `goto` leads round in a circle that never asks anything
    "#]],
    );
    check(
        "say: a\ngoto: start\n",
        expect![[r#"
        say: a
        goto: start
              ^^^^^ error T021: this `goto` leads round in a circle that never asks anything
    "#]],
    );
}

#[test]
fn loops_without_a_way_out_and_nodes_that_nothing_leads_to() {
    check(
        "say: a\nanswers: {x: {goto: start}, y: {goto: start}}\n",
        expect![[r#"
            say: a
            ^^^ warning T053: no answer leads out of this loop; nobody can come to an end from here
            answers: {x: {goto: start}, y: {goto: start}}
        "#]],
    );
    check(
        "say: a\nanswers: {x: b}\nnodes:\n  lost: {say: c}\n",
        expect![[r#"
        say: a
        answers: {x: b}
        nodes:
          lost: {say: c}
          ^^^^ warning T050: nothing leads to `lost`; a `goto: lost` would
    "#]],
    );
}

#[test]
fn a_conversation_that_is_too_long() {
    let mut source = String::from("end");
    for number in 0..25 {
        source = format!("{{say: q{number}, answers: {{go on: {source}}}}}");
    }
    let loaded = treebot::load(&source);
    assert!(loaded.tree.is_none());
    assert_eq!(
        loaded.diagnostics.iter().map(|found| found.code.as_str()).collect::<Vec<_>>(),
        ["T022"],
        "{:?}",
        loaded.diagnostics
    );
    let loaded = treebot::load(&source.replacen("{say: q0, answers: {go on: end}}", "end", 1));
    assert_eq!(loaded.diagnostics, []);
}

#[test]
fn what_messenger_cannot_show() {
    check(
        "say: a\nanswers: {a label of more than twenty letters: b}\n",
        expect![[r#"
        say: a
        answers: {a label of more than twenty letters: b}
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning T056: Messenger shows 20 characters of a button and `a label of more than twenty letters` has 35; there it becomes a numbered list
    "#]],
    );
}

#[test]
fn more_than_goes_out_at_once_is_told() {
    let told = |count: usize| {
        let say = vec!["x".repeat(1998); count].join(", ");
        let loaded = treebot::load(&format!("say: [{say}]\nanswers: {{a: b, c: d}}\n"));
        let middle =
            |found: &&treebot::Diagnostic| found.message.contains("the middle may be left out");
        loaded.diagnostics.iter().filter(middle).count()
    };
    assert_eq!((told(5), told(6)), (0, 1));
}

#[test]
fn every_text_is_measured_by_what_messenger_takes() {
    let long = "word ".repeat(401);
    let above_buttons = "word ".repeat(130);
    let found = |source: &str| -> Vec<(String, String)> {
        treebot::load(source)
            .diagnostics
            .into_iter()
            .map(|found| {
                let words = source.get(found.span.start..found.span.end).unwrap();
                (found.code.to_string(), words.to_owned())
            })
            .collect()
    };
    let long = long.trim();
    for source in [
        format!("say: {long}\n"),
        format!("say: a\nhelp: {long}\n"),
        format!("say: a\nended: {long}\n"),
        format!("say: a\nanswers: {{key: b}}\nunclear: [c, {long}]\n"),
        format!("say: a\nanswers: {{key: b}}\nelse: {long}\n"),
        format!("say: a\nanswers: {{key: {long}}}\n"),
    ] {
        assert_eq!(found(&source), [("T056".to_owned(), long.to_owned())]);
    }
    let above_buttons = above_buttons.trim();
    let source = format!("say: {above_buttons}\nanswers: {{key: b}}\n");
    assert_eq!(found(&source), [("T056".to_owned(), above_buttons.to_owned())]);
    assert_eq!(found(&format!("say: {above_buttons}\n")), []);
    let answers = |count: usize| {
        let answers: String = (0..count).map(|n| format!("  word {n}: b\n")).collect();
        format!("say: a\nanswers:\n{answers}")
    };
    assert_eq!(found(&answers(14)), [("T056".to_owned(), "say".to_owned())]);
    assert_eq!(found(&answers(13)), []);
    assert_eq!(found(&format!("offer: false\n{}", answers(14))), []);
}

#[test]
fn a_language_without_words() {
    check(
        "say: a\nlang: tlh\n",
        expect![[r#"
        say: a
        lang: tlh
              ^^^ warning T057: there are no words of the bot's own for the language `tlh` yet, so it says those in English; there are `en`
    "#]],
    );
}

#[test]
fn what_has_the_same_short_code_by_chance() {
    // Names are recorded, and so are keys: which of them a code stands for must be clear.
    check(
        "say: a\nanswers: {x: {goto: part-1029}, y: {goto: part-1491}}\nnodes:\n  part-1029: b\n  part-1491: c\n",
        expect![[r#"
            say: a
            answers: {x: {goto: part-1029}, y: {goto: part-1491}}
            nodes:
              part-1029: b
              part-1491: c
              ^^^^^^^^^ error T019: the name `part-1491` gets the same short code as `part-1029` by chance; change a letter of the one that is newer
              ^^^^^^^^^ warning T050: nothing leads to `part-1491`; a `goto: part-1491` would
        "#]],
    );
    check(
        "say: a\nanswers:\n  part-1029: b\n  x: {was: part-1491, say: c}\n",
        expect![[r#"
        say: a
        answers:
          part-1029: b
          x: {was: part-1491, say: c}
                   ^^^^^^^^^ error T018: `part-1491` gets the same short code as `part-1029` by chance; change a letter of the one that is newer
    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {also: part-1029, say: b}\n  part-1491: c\n  y: {was: part-1491, say: d}\n",
        expect![[r#"
            say: a
            answers:
              x: {also: part-1029, say: b}
              part-1491: c
              y: {was: part-1491, say: d}
                       ^^^^^^^^^ error T018: `part-1491` is already there, in the answer `part-1491`
        "#]],
    );
    // What may be typed is not: nobody needs to give up a word for another answer's.
    check(
        "say: a\nanswers:\n  part-1029: b\n  x: {also: part-1491, say: c}\n",
        expect![[r#"
        say: a
        answers:
          part-1029: b
          x: {also: part-1491, say: c}
    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {also: part-1029, say: b}\n  y: {also: part-1491, say: c}\n",
        expect![[r#"
            say: a
            answers:
              x: {also: part-1029, say: b}
              y: {also: part-1491, say: c}
        "#]],
    );
}
