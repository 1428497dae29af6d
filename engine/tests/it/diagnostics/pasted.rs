//! What comes from pages and word processors: blanks, quotes and dashes that look like YAML's and are none.

use expect_test::expect;

use super::check;

#[test]
fn blanks_that_are_no_spaces_at_the_beginning_of_lines() {
    check(
        "say: Where to?\nanswers:\n\u{a0}\u{a0}Town: {goto: twon}\n\u{a0} Lake:\n  \u{a0}\u{2003}say: There.\nnodes:\n  town: Here.\n",
        expect![[r#"
            say: Where to?
            answers:
              Town: {goto: twon}
            ^^ error T001: this line (and 2 more) begins with blanks that are no plain spaces (U+00A0), as they come from a web page or a word processor; indent with spaces (write plain spaces)
                           ^^^^ error T020: nothing is called `twon`: did you mean `town`? (write `town`)
              Lake:
                say: There.
            nodes:
              town: Here.
        "#]],
    );
    check(
        "say:\r\n  -\u{a0}Hello.\r\n  - Where to?\r\nanswers:\r\n  Town: Here.\r\n\u{3000}\u{3000}Lake: There.\r\n\u{a0}\r\n",
        expect![[r#"
            say:
              - Hello.
            ^^^^ error T001: this line (and 2 more) begins with blanks that are no plain spaces (U+00A0), as they come from a web page or a word processor; indent with spaces (write plain spaces)
              - Where to?
            answers:
              Town: Here.
            　　Lake: There.
 
        "#]],
    );
}

#[test]
fn blanks_within_a_text_are_text() {
    for source in [
        "say: |\n  Menu:\n  \u{a0}\u{a0}Soup\n  \u{a0}\u{a0}Salad\n",
        "say: >-\n  Prices:\n\n  \u{a0}10\u{a0}€\nanswers: {Fine: Good., Dear: Sorry.}\n",
        "say: Ça va\u{a0}?\nanswers: {'Oui\u{a0}!': Bien., Non: Dommage.}\n",
    ] {
        assert_eq!(treebot::load(source).diagnostics, [], "{source}");
    }
}

#[test]
fn a_blank_that_is_no_space_after_a_colon() {
    check(
        "say:\u{a0}Where to?\nanswers:\n  The old town:\u{a0} Here.\n  Lake: There.\n",
        expect![[r#"
            say: Where to?
               ^^ error T001: the blank after this `:` is no plain space (U+00A0); type a space instead (write a space)
            answers:
              The old town:  Here.
                          ^^^ error T001: the blank after this `:` is no plain space (U+00A0); type a space instead (write a space)
              Lake: There.
        "#]],
    );
}

#[test]
fn typographic_quotes() {
    check(
        "title: “The lake”\nsay: ‘Where to: lake or town?’\nanswers:\n  “Lake”: {say: “Here, there”, also: [“pond, pool”, ‘water’]}\n  Town: «Voilà»\n",
        expect![[r#"
            title: “The lake”
                   ^^^^^^^^^^ warning T064: these are typographic quotes, which are part of the text to YAML; if they are to be YAML's, write straight ones (write straight quotes)
            say: ‘Where to: lake or town?’
                 ^^^^^^^^^^^^^^^^^^^^^^^^^ error T001: this text needs quotes, and typographic ones are none to YAML; write straight ones (put it in quotes)
            answers:
              “Lake”: {say: “Here, there”, also: [“pond, pool”, ‘water’]}
              ^^^^^^ warning T064: these are typographic quotes, which are part of the text to YAML; if they are to be YAML's, write straight ones (write straight quotes)
                            ^^^^^ warning T064: `“` is a typographic quote and no quote to YAML, so this text ends at the `,`; write straight quotes
                                   ^^^^^^ error T010: unknown key `there”`: in braces a `,` ends a text; if it is part of the text, put it in quotes (put it in quotes)
                                                  ^^^^^ warning T064: `“` is a typographic quote and no quote to YAML, so this text ends at the `,`; write straight quotes
                                                                ^^^^^^^ warning T064: these are typographic quotes, which are part of the text to YAML; if they are to be YAML's, write straight ones (write straight quotes)
              Town: «Voilà»
                    ^^^^^^^ warning T064: these are typographic quotes, which are part of the text to YAML; if they are to be YAML's, write straight ones (write straight quotes)
        "#]],
    );
    for source in [
        "say: “Lake” or “town”?\nanswers: {Lake: Here., Town: There.}\n",
        "say: It’s here.\n",
        "say: \"“Here”\"\n",
        "say: ’Tis here.\n",
    ] {
        assert_eq!(treebot::load(source).diagnostics, [], "{source}");
    }
}

#[test]
fn dashes_that_begin_no_list() {
    check(
        "say:\n  – Hello.\n  – Where to?\nanswers:\n  Town: Here.\ntests:\n  to town:\n    — user: town\n    — bot: here\n",
        expect![[r#"
            say:
              – Hello.
              ^ warning T064: `–` begins no list item; write `- ` with a plain hyphen, or put the text in quotes (write `- `)
              – Where to?
            answers:
              Town: Here.
            tests:
              to town:
                — user: town
                ^ warning T064: `—` begins no list item; write `- ` with a plain hyphen, or put the text in quotes (write `- `)
                ^^^^^^^^^^^^ error T014: the test `to town` is a list of steps, each beginning with `- `
                — bot: here
        "#]],
    );
    for source in [
        "say: – Hello.\n",
        "say: |\n  – Hello.\n  – Hello, you.\n",
        "say: Hello\n  – and good day.\n",
        "say:\n  –Hello.\n",
    ] {
        assert_eq!(treebot::load(source).diagnostics, [], "{source}");
    }
}
