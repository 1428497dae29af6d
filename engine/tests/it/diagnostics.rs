//! What authors are told, and where it points.

use expect_test::{Expect, expect};

/// Loads a source and shows each problem under the line that it is about.
fn check(source: &str, expect: Expect) {
    let loaded = treebot::load(source);
    let mut out = String::new();
    let mut line_start = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        out.push_str(text);
        out.push('\n');
        let line_end = line_start + line.len();
        let last_line = line_end == source.len();
        for found in &loaded.diagnostics {
            let span = found.span;
            let is_here = (line_start..line_end).contains(&span.start)
                || (last_line && span.start == line_end);
            if !is_here {
                continue;
            }
            let before = source.get(line_start..span.start).unwrap().chars().count();
            let within = span.end.min(line_start + text.len()).max(span.start);
            let carets = source.get(span.start..within).unwrap().chars().count().max(1);
            let fix = found.fix.as_ref().map(|fix| format!(" ({})", fix.title)).unwrap_or_default();
            out.push_str(&format!(
                "{}{} {} {}: {}{fix}\n",
                " ".repeat(before),
                "^".repeat(carets),
                found.severity.as_str(),
                found.code,
                found.message
            ));
        }
        line_start = line_end;
    }
    expect.assert_eq(&out);
    for fix in loaded.diagnostics.iter().filter_map(|found| found.fix.as_ref()) {
        let mended = mend(source, fix);
        let left = treebot::load(&mended).diagnostics;
        assert!(
            left.len() < loaded.diagnostics.len(),
            "{} leaves {left:?} in\n{mended}",
            fix.title
        );
    }
}

fn mend(source: &str, fix: &treebot::Fix) -> String {
    let mut mended = source.to_owned();
    for edit in fix.edits.iter().rev() {
        mended.replace_range(edit.span.start..edit.span.end, &edit.text);
    }
    mended
}

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
        ^^^^ error T011: `when` does not mean anything yet; it is kept for a later version (use `x-when` for notes of your own)
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
fn nothing_is_said() {
    check(
        "title: a\n",
        expect![[r#"
        title: a
        ^ error T015: the tree says nothing; begin with `say:` and the first message
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
          ^ warning T052: this question needs an `id`: its answer `z` means nothing by itself, so people would be asked again whenever the question's words change
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
               ^^^ error T014: `title` is one text; put it in quotes if it has a colon in it
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
                   ^^^^ error T010: unknown command `bakc`: there are `back`, `restart` and `help`
    "#]],
    );
}

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
          ^^^^^^^ warning T050: nothing leads to `pasport`; a `goto: pasport` would
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
          ^^^ warning T050: nothing leads to `new`; a `goto: new` would
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
        ^ warning T053: no answer leads out of this loop; nobody can come to an end from here
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
fn questions_that_need_a_name() {
    check(
        "say: a\nanswers:\n  x:\n    say: Sure?\n    answers: {'yes': b, 'no': c}\n",
        expect![[r#"
        say: a
        answers:
          x:
          ^ warning T052: this question needs an `id`: its answer `yes` means nothing by itself, so people would be asked again whenever the question's words change
            say: Sure?
            answers: {'yes': b, 'no': c}
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
                    ^^^^^^^^^^^^^^^^^^^^^^^^ error T024: `http://a.example/b.png` is not an address of a picture; it begins with `https://`
    "#]],
    );
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
fn all_problems_of_a_file_are_told_at_once() {
    check(
        "say: Hello: there\nanswers:\n  study: {say: How long?, answer: {short: Fine}}\n  work: {goto: nowhere}\n  other:\n   say: \"unclosed\n",
        expect![[r#"
            say: Hello: there
                 ^^^^^^^^^^^^ error T001: text with `: ` in it needs quotes (put it in quotes)
            answers:
              study: {say: How long?, answer: {short: Fine}}
                                      ^^^^^^ error T010: unknown key `answer`: did you mean `answers`? (write `answers`)
              work: {goto: nowhere}
                           ^^^^^^^ error T020: nothing is called `nowhere`; a `goto` leads to one of `nodes`, to an `id`, or to `start`
              other:
               say: "unclosed
                    ^^^^^^^^^ error T001: this text starts with `"` and never ends with it (close the quote)
        "#]],
    );
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
fn every_code_has_its_own_number() {
    let numbers: std::collections::BTreeSet<&str> =
        treebot::Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(numbers.len(), treebot::Code::ALL.len());
}

/// Each of these would take minutes, or all memory, if the work grew with the square of the source.
#[test]
fn a_source_that_is_wrong_everywhere_is_told_about_in_bounded_time() {
    let repeated = |head: &str, piece: &dyn Fn(usize) -> String, tail: &str| {
        let pieces: String = (0..20_000).map(piece).collect();
        treebot::load(&format!("{head}{pieces}{tail}"))
    };
    let loads = [
        repeated("say: a\nanswers:\n", &|n| format!("  k{n}: {{goto: n{n}}}\n"), ""),
        repeated("say: a\nanswers: {x: {say: b, also: [", &|n| format!("w{n}, "), "]}}"),
        repeated("say: a\nnodes:\n", &|n| format!("  n{n}: {{say: a, goto: n{}}}\n", n + 1), ""),
        repeated("say: [", &|_| "image: https://a.example/b, ".to_owned(), "]"),
        repeated("say: [", &|_| "!!str a, ".to_owned(), "]"),
        repeated("say: a\n", &|n| format!("key{n}: a\n"), ""),
        repeated("say: a\nanswers: {", &|n| format!("k{n}: , "), "x: [[[}"),
    ];
    for loaded in loads {
        assert!(loaded.diagnostics.len() <= 1000, "{}", loaded.diagnostics.len());
    }
}
