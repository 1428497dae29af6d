//! Mistakes of authors, as they are told of them.

use expect_test::expect;

use super::{check, check_said};

#[test]
fn a_colon_in_a_text() {
    check("say: Note: this\nanswers:\n  a: Yes: no \"maybe\"  # why\n  b: ok\n", expect![[""]]);
}

#[test]
fn a_line_that_is_indented_too_far() {
    check("say: hello\n  answers:\n    a: b\n    c: d\nhelp: x\n", expect![[""]]);
}

#[test]
fn a_line_that_fits_nothing() {
    check("answers:\n    a: b\n  c: d\n    e: f\nhelp: x\n", expect![[""]]);
}

#[test]
fn a_missing_space_after_a_colon() {
    check("say:hello\nanswers:\n  a: b\n", expect![[""]]);
    check("title: x\nsay:hello\nanswers:\n  a: b\n", expect![[""]]);
    check("list:\n  - say:hello\n    answers: {a: b}\n", expect![[""]]);
}

#[test]
fn a_line_without_a_colon() {
    check("say: hello\noops\nanswers:\n  a: b\n  what now\n", expect![[""]]);
}

#[test]
fn quotes_that_are_not_closed() {
    check("say: \"Hello\nanswers:\n  a: \"b\"\n", expect![[""]]);
    check("say: 'tis the season\nhelp: x\n", expect![[""]]);
    check("a: 1\nsay: \"Hello", expect![[""]]);
    check("say: [\"a, b]\nhelp: x\n", expect![[""]]);
    check("say: 'a\n---\nb: 'c'\n", expect![[""]]);
}

#[test]
fn text_after_quotes() {
    check("say: \"So\" she said\nhelp: 'it's'\nid: 'a' 'b'\n", expect![[""]]);
    check("say: [\"a\" b, c]\nhelp: x\n", expect![[""]]);
}

#[test]
fn text_that_starts_with_a_special_character() {
    check(
        "a: @home\nb: `code`\nc: %5 of it\nd: & more\ne: * item\nf: | pipe\ng: > quote\nh: - dash\ni: ? what\nj: ] bracket\nk: } brace\nl: , comma\nm: ok\n",
        expect![[""]],
    );
    check("say: [@home, b]\nhelp: {a: `x`, b: c}\n", expect![[""]]);
    check("- @home\n- ok\n", expect![[""]]);
}

#[test]
fn text_that_starts_with_an_exclamation_mark() {
    check("a: !important words\nb: !!str x\nc: ok\nd: !a!b c\ne: ! x\nf: !\n", expect![[""]]);
}

#[test]
fn text_that_starts_with_a_star() {
    check("a: *bold* text\nb: [*none, x]\nc: ok\n", expect![[""]]);
}

#[test]
fn links_and_names_in_brackets() {
    check("say: [Apply](https://x.y)\nhelp: {name}, hello\nid: ok\n", expect![[""]]);
    check("say: {{name}}\nhelp: x\n", expect![[""]]);
}

#[test]
fn brackets_that_are_not_closed() {
    check("say: [a, b\nhelp: {c: d\nid: ok\n", expect![[""]]);
    check("say: [oops\nhelp: x\n", expect![[""]]);
    check("a: {b: c\n", expect![[""]]);
}

#[test]
fn something_wrong_in_brackets() {
    check("a: {b: c: d}\ne: [f g: h: i]\nj: {k: v} }\nl: [- m, - n]\no: {p:[q]}\nr: ok\n", expect![[""]]);
    check("a: {b: 'c' d}\ne: {f: g, , h}\ni: [, j]\n", expect![[""]]);
}

#[test]
fn tabs_at_the_start_of_lines() {
    check("say: x\nanswers:\n\ta: b\n\tc:\n\t\tsay: d\nhelp: @x\n", expect![[""]]);
    check("say: x\nanswers:\n  a: b\n\tc: d\n", expect![[""]]);
}

#[test]
fn a_comment_within_a_text() {
    check("say: one # two\n  three\nhelp: x\n", expect![[""]]);
}

#[test]
fn text_that_is_cut_at_a_number_sign() {
    check("say: Press # to go\nhelp: #1 in town\nid: 'x' # why\nb: # todo\nc: [a #b\n]\n", expect![[""]]);
}

#[test]
fn backslashes() {
    check("a: \"C:\\dir\"\nb: \"\\xZZ\"\nc: \"\\ud800\"\nd: ok\n", expect![[""]]);
}

#[test]
fn lists_among_keys_and_keys_among_lists() {
    check("a: b\n- c\nd: e\n", expect![[""]]);
    check("- a\nb: c\n- d\n", expect![[""]]);
    check("a:\n  - b\n  c: d\ne: f\n", expect![[""]]);
}

#[test]
fn keys_that_are_none() {
    check("? [a, b]\n: c\n? {d: e}\n: f\ng: h\n", expect![[""]]);
    check("a: &x {b: c}\n<<: *x\n'<<': d\n", expect![[""]]);
}

#[test]
fn an_alias_of_what_it_is_in() {
    check("a: &x [1, *x]\nb: *x\n", expect![[""]]);
}

#[test]
fn a_second_document() {
    check("say: x\n---\nsay: y: z\n", expect![[""]]);
    check("---\n---\nsay: y\n", expect![[""]]);
}

#[test]
fn nothing_at_all() {
    check("", expect![[""]]);
    check("# only this\n", expect![[""]]);
    check("---\n...\n", expect![[""]]);
    check("\u{feff}", expect![[""]]);
    check("~", expect![[""]]);
}

#[test]
fn control_characters() {
    check("say: a\0b\u{1}\u{2}\nhelp: \u{80}x\u{feff}\n\0\0", expect![[""]]);
}

#[test]
fn directives() {
    check("%YAML 2\nsay: x\n", expect![[""]]);
    check("%FOO bar\n---\nsay: x\n", expect![[""]]);
    check("say: x\n%YAML 1.2\nhelp: y\n", expect![[""]]);
    check("%50 off\n", expect![[""]]);
}

#[test]
fn blocks() {
    check("a: |0\n  x\nb: |\n     \n  x\nc: |\n\tx\nd: ok\n", expect![[""]]);
}

#[test]
fn all_mistakes_of_a_file_are_told() {
    check_said("a: b: c\nd: @e\nf: \"g\nh: [i\nj: *k\nl: ok\nm: n # o\n", expect![[""]]);
}
