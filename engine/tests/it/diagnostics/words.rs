//! What is said of words: options that are no answers, links that are none, ends, names to give.

use expect_test::expect;
use treebot::LoadOptions;

use super::{check, check_with};

#[test]
fn options_that_are_no_answers() {
    check(
        "say: Tea, coffee or water?\nanswers:\n  Tea: Here.\n  Coffee: Hot.\n",
        expect![[r#"
            say: Tea, coffee or water?
                                ^^^^^ warning T059: `water` is offered here, but is no answer; add it under `answers`, or as `also` of the answer that means it
            answers:
              Tea: Here.
              Coffee: Hot.
        "#]],
    );
    check(
        "say: |\n  Welcome. What would you like?\n  1. Tea\n  2. Coffee\n  3. A glass of water\nanswers:\n  Tea: Here.\n  Coffee: Hot.\n",
        expect![[r#"
            say: |
              Welcome. What would you like?
              1. Tea
              2. Coffee
              3. A glass of water
                 ^^^^^^^^^^^^^^^^ warning T059: `A glass of water` is offered here, but is no answer; add it under `answers`, or as `also` of the answer that means it
            answers:
              Tea: Here.
              Coffee: Hot.
        "#]],
    );
    check(
        "say: ['How is it: too hot, too cold, or broken?']\nanswers:\n  hot: {label: Too hot, say: Wait.}\n  cold: {label: Too cold, say: Heat it.}\n",
        expect![[r#"
            say: ['How is it: too hot, too cold, or broken?']
                                                    ^^^^^^ warning T059: `broken` is offered here, but is no answer; add it under `answers`, or as `also` of the answer that means it
            answers:
              hot: {label: Too hot, say: Wait.}
              cold: {label: Too cold, say: Heat it.}
        "#]],
    );
}

#[test]
fn words_that_only_look_like_options() {
    for source in [
        "say: Are you from Norway, Iceland or Malta?\nanswers: {Oslo: b, Bergen: c}\n",
        "say: After lunch or dinner, will you stay or leave?\nanswers: {Stay: b, Leave: c}\n",
        "say: Tea, coffee or water?\nanswers: {Tea: b, Coffee: c}\nelse: {goto: start}\n",
        "say: Tea (black, green or white) or coffee?\nanswers: {Tea: b, Coffee: c}\n",
        "say: A state or trade visit, or work?\nanswers: {work: b, state or trade visit: c}\n",
        "say: \"Rules:\\n- be kind\\n- be quick\\nReady?\"\nanswers: {Ready: b, Later: c}\n",
    ] {
        assert_eq!(treebot::load(source).diagnostics, [], "{source}");
    }
}

#[test]
fn links_that_are_none() {
    check(
        "say: See [the page](http://a.example/b), [ours](www.a.example), [this](https://a.example/c d) or [that](page.html).\n",
        expect![[r#"
            say: See [the page](http://a.example/b), [ours](www.a.example), [this](https://a.example/c d) or [that](page.html).
                                ^^^^^^^^^^^^^^^^^^ warning T062: this is no link: `http://a.example/b` does not begin with `https://`, `mailto:` or `tel:` (begin it with `https://`)
                                                            ^^^^^^^^^^^^^ warning T062: this is no link: `www.a.example` does not begin with `https://`, `mailto:` or `tel:` (begin it with `https://`)
                                                                                   ^^^^^^^^^^^^^^^^^^^^^ warning T062: this is no link, as there is a space in `https://a.example/c d`
                                                                                                                    ^^^^^^^^^ warning T062: this is no link: `page.html` does not begin with `https://`, `mailto:` or `tel:`
        "#]],
    );
    check(
        "say: \"A \\t tab, [the page](http://a.example/b)\"\n",
        expect![[r#"
            say: "A \t tab, [the page](http://a.example/b)"
                                       ^^^^^^^^^^^^^^^^^^ warning T062: this is no link: `http://a.example/b` does not begin with `https://`, `mailto:` or `tel:` (begin it with `https://`)
        "#]],
    );
    for source in [
        "say: See [the page](https://a.example/b), [us](mailto:a@a.example) or [call](tel:+44123).\n",
        "say: Read it [or so](see below). [x](y)\n",
        "say: '[](http://a.example)'\n",
    ] {
        assert_eq!(treebot::load(source).diagnostics, [], "{source}");
    }
}

#[test]
fn ends_without_a_link_are_told_of_where_that_is_wanted() {
    let options = LoadOptions { ends_need_links: true, ..LoadOptions::default() };
    check_with(
        "say: Where to?\nanswers:\n  Home: Goodbye.\n  Town: See [the map](https://a.example/map).\n  Shop:\n    say: Which?\n    goto: start\n    answers: {Large: Mind the queue., Small: {say: [Nice., Take your time.]}}\n  Nowhere: {goto: part}\nelse: I know of places only.\nnodes:\n  part: {say: Stay.}\n",
        &options,
        expect![[r#"
            say: Where to?
            answers:
              Home: Goodbye.
                    ^^^^^^^^ warning T061: this is an end without a link; `[words](https://…)` would lead on
              Town: See [the map](https://a.example/map).
              Shop:
                say: Which?
                goto: start
                answers: {Large: Mind the queue., Small: {say: [Nice., Take your time.]}}
              Nowhere: {goto: part}
            else: I know of places only.
            nodes:
              part: {say: Stay.}
                          ^^^^^ warning T061: this is an end without a link; `[words](https://…)` would lead on
        "#]],
    );
    assert_eq!(treebot::load("say: Home.\n").diagnostics, []);
}

#[test]
fn a_name_is_suggested_for_a_question_that_needs_one() {
    check(
        "say: Where to?\nanswers:\n  The town:\n    label: To the town\n    say: Sure?\n    answers: {'yes': Go., 'no': Stay.}\n  A shop: {say: Sure?, answers: {'yes': Go., 'no': {say: Sure?, answers: {1: One., 2: Two.}}}}\nnodes:\n  the-town: {say: What?, was: a-shop, answers: {other: {say: Sure?, answers: {'yes': Go., 'no': Stay.}}, this: No.}}\n",
        expect![[r#"
            say: Where to?
            answers:
              The town:
              ^^^^^^^^ warning T052: this question needs an `id`: its answer `yes` means nothing by itself, so people would be asked again whenever the question's words change (call it `the-town-2`)
                label: To the town
                say: Sure?
                answers: {'yes': Go., 'no': Stay.}
              A shop: {say: Sure?, answers: {'yes': Go., 'no': {say: Sure?, answers: {1: One., 2: Two.}}}}
              ^^^^^^ warning T052: this question needs an `id`: its answer `yes` means nothing by itself, so people would be asked again whenever the question's words change (call it `a-shop-2`)
                                                         ^^^^ warning T052: this question needs an `id`: its answer `1` means nothing by itself, so people would be asked again whenever the question's words change (call it `a-shop-no`)
            nodes:
              the-town: {say: What?, was: a-shop, answers: {other: {say: Sure?, answers: {'yes': Go., 'no': Stay.}}, this: No.}}
              ^^^^^^^^ warning T050: nothing leads to `the-town`; a `goto: the-town` would
                                                            ^^^^^ warning T052: this question needs an `id`: its answer `yes` means nothing by itself, so people would be asked again whenever the question's words change (call it `the-town-other`)
        "#]],
    );
    check(
        "say: Sure?\nid: first\nanswers:\n  'yes': &sure\n    say: Really?\n    answers: {'yes': Go., 'no': Stay.}\n  'no': *sure\nelse:\n  say: Sure?\n  answers: {'yes': Go., 'no': Stay.}\n",
        expect![[r#"
            say: Sure?
            id: first
                ^^^^^ warning T058: this node is called `start` already; `first` is a second name for it
            answers:
              'yes': &sure
              ^^^^^ warning T052: this question needs an `id`: its answer `yes` means nothing by itself, so people would be asked again whenever the question's words change
                say: Really?
                answers: {'yes': Go., 'no': Stay.}
              'no': *sure
              ^^^^ warning T052: this question needs an `id`: its answer `yes` means nothing by itself, so people would be asked again whenever the question's words change
            else:
            ^^^^ warning T052: this question needs an `id`: its answer `yes` means nothing by itself, so people would be asked again whenever the question's words change (call it `else`)
              say: Sure?
              answers: {'yes': Go., 'no': Stay.}
        "#]],
    );
}

#[test]
fn texts_that_are_read_as_keys() {
    check(
        "say:\n  - Note: this is free\n  - 'Note': this\n  - {Note: this}\nunclear: [Please: choose]\nanswers:\n  a-key: {also: [this: that], say: b}\n",
        expect![[r#"
            say:
              - Note: this is free
                ^^^^^^^^^^^^^^^^^^ error T014: a message is a text, or `image:` with an address; a text with a colon in it needs quotes (put it in quotes)
              - 'Note': this
                ^^^^^^^^^^^^ error T014: a message is a text, or `image:` with an address; a text with a colon in it needs quotes
              - {Note: this}
                ^^^^^^^^^^^^ error T014: a message is a text, or `image:` with an address; a text with a colon in it needs quotes
            unclear: [Please: choose]
                      ^^^^^^^^^^^^^^ error T014: `unclear` is one text; put it in quotes if it has a colon in it (put it in quotes)
            answers:
              a-key: {also: [this: that], say: b}
                             ^^^^^^^^^^ error T014: `also` is one text; put it in quotes if it has a colon in it (put it in quotes)
        "#]],
    );
}

#[test]
fn commas_in_braces() {
    check(
        "say: a\nanswers: {x: {say: Well, well, well., goto: start}, y: {say: Fine., goto: 'start', oh no}}\n",
        expect![[r#"
            say: a
            ^^^ warning T053: no answer leads out of this loop; nobody can come to an end from here
            answers: {x: {say: Well, well, well., goto: start}, y: {say: Fine., goto: 'start', oh no}}
                                     ^^^^ error T010: unknown key `well`: in braces a `,` ends a text; if it is part of the text, put it in quotes (put it in quotes)
                                                                                               ^^^^^ error T010: unknown key `oh no`: a node has `say` and `answers`; to make it an answer, put it under `answers`
        "#]],
    );
}

#[test]
fn switches_that_are_neither_true_nor_false() {
    check(
        "say: a\nanswers: {x: b}\noffer: No\n",
        expect![[r#"
        say: a
        answers: {x: b}
        offer: No
               ^^ error T014: `offer` is `true` or `false` (write `false`)
    "#]],
    );
    check(
        "say: a\nanswers: {x: b}\noffer: 'on'\n",
        expect![[r#"
        say: a
        answers: {x: b}
        offer: 'on'
               ^^^^ error T014: `offer` is `true` or `false` (write `true`)
    "#]],
    );
}

#[test]
fn words_that_are_the_name_of_a_node() {
    check(
        "say: How will you pay?\nanswers:\n  Card: thanks\n  Cash: {say: thanks}\n  Gold: 'thanks'\n  Other: {goto: thanks}\nelse: thanks\nnodes:\n  thanks: Thank you.\n",
        expect![[r#"
            say: How will you pay?
            answers:
              Card: thanks
                    ^^^^^^ warning T065: the bot says `thanks` here, and a node is called so; to lead there, write `{goto: thanks}`, and if it is to be said, put it in quotes (lead there)
              Cash: {say: thanks}
                          ^^^^^^ warning T065: the bot says `thanks` here, and a node is called so; to lead there, write `{goto: thanks}`, and if it is to be said, put it in quotes
              Gold: 'thanks'
              Other: {goto: thanks}
            else: thanks
                  ^^^^^^ warning T065: the bot says `thanks` here, and a node is called so; to lead there, write `{goto: thanks}`, and if it is to be said, put it in quotes (lead there)
            nodes:
              thanks: Thank you.
        "#]],
    );
}

#[test]
fn several_words_in_one_text() {
    check(
        "say: Where to?\nanswers:\n  Town: {say: Here., also: [a, 'b, c']}\n  Lake:\n    also: pond, pool; sea\n    say: There.\n  Woods: {also: 'trees, all of them', say: Here., was: forest}\ncommands:\n  back: back, go back\n",
        expect![[r#"
            say: Where to?
            answers:
              Town: {say: Here., also: [a, 'b, c']}
              Lake:
                also: pond, pool; sea
                      ^^^^^^^^^^^^^^^ warning T066: this is one text for `also`; write a list in brackets, `[one, another]`, or put it in quotes if the `,` belongs to it (make it a list)
                say: There.
              Woods: {also: 'trees, all of them', say: Here., was: forest}
            commands:
              back: back, go back
                    ^^^^^^^^^^^^^ warning T066: this is one text for `back`; write a list in brackets, `[one, another]`, or put it in quotes if the `,` belongs to it (make it a list)
        "#]],
    );
}

#[test]
fn keys_that_are_called_otherwise() {
    check(
        "say: Where to?\noptions:\n  Town: {text: Here you are., goto: start}\n  Lake: {goto: start, aller: x}\n  Hills: {text: Mind the wolf.}\n",
        expect![[r#"
            say: Where to?
            options:
            ^^^^^^^ error T010: unknown key `options`: did you mean `answers`? (write `answers`)
              Town: {text: Here you are., goto: start}
                     ^^^^ error T010: unknown key `text`: did you mean `say`? (write `say`)
              Lake: {goto: start, aller: x}
                                  ^^^^^ error T010: unknown key `aller`: a node has `say` and `answers`; to make it an answer, put it under `answers`
              Hills: {text: Mind the wolf.}
                      ^^^^ error T010: unknown key `text`: did you mean `say`? (write `say`)
        "#]],
    );
    check(
        "lang: English\nsay: Where to?\nanswers:\n  Town: {aller: start}\n",
        expect![[r#"
        lang: English
              ^^^^^^^ warning T057: there are no words of the bot's own for the language `English` yet, so it says those in English; there are `en` (write `en`)
        say: Where to?
        answers:
          Town: {aller: start}
                 ^^^^^ error T010: unknown key `aller`: a node has `say` and `answers`; to make it an answer, put it under `answers`
    "#]],
    );
}

#[test]
fn steps_without_dashes() {
    check(
        "say: Where to?\nanswers: {Town: Here.}\ntests:\n  to town:\n    user: the town\n    bot: here\n",
        expect![[r#"
            say: Where to?
            answers: {Town: Here.}
            tests:
              to town:
                user: the town
                ^^^^^^^^^^^^^^ error T014: the test `to town` is a list of steps, each beginning with `- ` (write `- ` before each)
                bot: here
        "#]],
    );
}

#[test]
fn lists_that_are_being_typed() {
    // What stands below is right, and nothing is said of it.
    let mut out = String::new();
    for list in ["[", "[b", "[b, ", "[b, c", "[b, \"c", "[\"", "[\"b\", 'c", "[it's, \"b"] {
        let source = format!(
            "say: a\nanswers:\n  x:\n    also: {list}\n    say: b\n  y: \"Yes\"\n  z: {{say: 'no', also: [\"d\"]}}\n"
        );
        for found in treebot::load(&source).diagnostics {
            let fix = found.fix.as_ref().map_or("", |fix| &fix.title);
            let at = source.get(found.span.start..).and_then(|rest| rest.lines().next()).unwrap();
            out.push_str(&format!("{list}    at {at}    {}    {fix}\n", found.message));
            super::check_fix(
                &source,
                &treebot::LoadOptions::default(),
                std::slice::from_ref(&found),
                &found,
            );
        }
    }
    expect![[r#"
        [    at [    this `[` is never closed; write `]` behind the last    close it
        [b    at [b    this `[` is never closed; write `]` behind the last    close it
        [b,     at [b,     this `[` is never closed; write `]` behind the last    close it
        [b, c    at [b, c    this `[` is never closed; write `]` behind the last    close it
        [b, "c    at "c    this text starts with `"` and never ends with it    
        ["    at "    this text starts with `"` and never ends with it    
        ["b", 'c    at 'c    this text starts with `'` and never ends with it    
        [it's, "b    at "b    this text starts with `"` and never ends with it    
    "#]]
    .assert_eq(&out);
}
