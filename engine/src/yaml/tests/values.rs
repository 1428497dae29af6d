//! Good sources, and where their values are.

use expect_test::expect;

use super::super::{Map, Value, read};
use super::check;
use crate::Limits;

#[test]
fn texts_stay_as_they_are_spelled() {
    check(
        "{a: 1.50, b: ~, c: yes, d: 0x1, e: null, 1: x, ~: x, 1.50: x, no: x}",
        expect![[r#"
        {‹a›: ‹1.50›, ‹b›: ‹~›, ‹c›: ‹yes›, ‹d›: ‹0x1›, ‹e›: ‹null›, ‹1›: ‹x›, ‹~›: ‹x›, ‹1.50›: ‹x›, ‹no›: ‹x›}
    "#]],
    );
}

#[test]
fn nothing_is_an_empty_plain_text() {
    check(
        "a:\nb: ''\nc:\n  -\n  - x\n  -\nd: {e, f: , g: 1}\nh: [i: , j]",
        expect![[r#"
        {‹a›: ‹›, ‹b›: «», ‹c›: [‹›, ‹x›, ‹›], ‹d›: {‹e›: ‹›, ‹f›: ‹›, ‹g›: ‹1›}, ‹h›: [{‹i›: ‹›}, ‹j›]}
    "#]],
    );
}

#[test]
fn maps_and_lists_in_either_style() {
    check(
        "say:\n  - one\n  - two\nanswers:\n- a: 1\n  b: 2\n- [x, {y: z}]\n- k: v",
        expect![[r#"
        {‹say›: [‹one›, ‹two›], ‹answers›: [{‹a›: ‹1›, ‹b›: ‹2›}, [‹x›, {‹y›: ‹z›}], {‹k›: ‹v›}]}
    "#]],
    );
}

#[test]
fn the_same_key_may_be_there_twice() {
    check(
        "a: 1\nb: 2\na: 3",
        expect![[r#"
        {‹a›: ‹1›, ‹b›: ‹2›, ‹a›: ‹3›}
    "#]],
    );
}

#[test]
fn texts_of_several_lines() {
    check(
        "plain: one\n  two\n\n  three\nquoted: \"one\n  two\\n\\u00e9\"\nkept: |\n  one\n   two\n\nfolded: >-\n  one\n  two\n",
        expect![[r#"
            {‹plain›: ‹one two\nthree›, ‹quoted›: «one two\né», ‹kept›: «one\n two\n», ‹folded›: «one two»}
        "#]],
    );
}

#[test]
fn aliases_are_written_out() {
    check(
        "a: &x {say: hi, list: &l [1, 2]}\nb: *x\nc: *l\n&k d: *k",
        expect![[r#"
        {‹a›: {‹say›: ‹hi›, ‹list›: [‹1›, ‹2›]}, ‹b›: {‹say›: ‹hi›, ‹list›: [‹1›, ‹2›]}, ‹c›: [‹1›, ‹2›], ‹d›: ‹d›}
    "#]],
    );
}

#[test]
fn a_named_nothing_and_a_named_quote_can_be_repeated() {
    check(
        "a: &x\nb: *x\nc: &y \"q\"\nd: *y\n*y : e",
        expect![[r#"
        {‹a›: ‹›, ‹b›: ‹›, ‹c›: «q», ‹d›: «q», «q»: ‹e›}
    "#]],
    );
}

#[test]
fn an_anchor_may_be_named_again() {
    check(
        "a: &x 1\nb: *x\nc: &x 2\nd: *x",
        expect![[r#"
        {‹a›: ‹1›, ‹b›: ‹1›, ‹c›: ‹2›, ‹d›: ‹2›}
    "#]],
    );
}

#[test]
fn keys_may_be_marked_and_quoted() {
    check(
        "? a\n: 1\n? b\n'c d': 2\n\"e: f\": 3\n",
        expect![[r#"
        {‹a›: ‹1›, ‹b›: ‹›, «c d»: ‹2›, «e: f»: ‹3›}
    "#]],
    );
}

#[test]
fn one_document_may_have_its_marks() {
    check(
        "%YAML 1.2\n---\n# a tree\nsay: hi\n...\n# the end\n",
        expect![[r#"
        {‹say›: ‹hi›}
    "#]],
    );
}

#[test]
fn a_tab_after_a_colon_is_a_space() {
    check(
        "say:\thello\nanswers:\n  a: \t-1\n  b:\t\tc\td\n  e: \"x:\ty\"",
        expect![[r#"
        {‹say›: ‹hello›, ‹answers›: {‹a›: ‹-1›, ‹b›: ‹c\td›, ‹e›: «x:\ty»}}
    "#]],
    );
}

#[test]
fn comments_at_a_distance_are_comments() {
    check(
        "# one\nsay: hello  # two\nhelp: # three\n  'x' # four\nid: a#b\n",
        expect![[r#"
        {‹say›: ‹hello›, ‹help›: «x», ‹id›: ‹a#b›}
    "#]],
    );
}

/// Every text with its span, and lists and maps with theirs.
fn spans(source: &str) -> Vec<(&str, &str)> {
    fn walk<'s>(value: &Value<'_>, source: &'s str, out: &mut Vec<(&'static str, &'s str)>) {
        let part =
            |value: &Value<'_>| source.get(value.span().start..value.span().end).unwrap_or("?");
        match value {
            Value::Text(_) => out.push(("text", part(value))),
            Value::List(list) => {
                out.push(("list", part(value)));
                list.items.iter().for_each(|item| walk(item, source, out));
            }
            Value::Map(Map { entries, .. }) => {
                out.push(("map", part(value)));
                for entry in entries {
                    walk(&Value::Text(entry.key.clone()), source, out);
                    walk(&entry.value, source, out);
                }
            }
        }
    }
    let mut out = Vec::new();
    let document = read(source, &Limits::default());
    assert!(document.diagnostics.is_empty(), "{:?}", document.diagnostics);
    document.root.iter().for_each(|root| walk(root, source, &mut out));
    out
}

#[test]
fn spans_hold_just_what_is_meant() {
    let shown: Vec<String> = spans(concat!(
        "# ä\n'ö' : \"é\\\"\" # ß\nlist: # x\n  - |- # y\n    two\n    lines\n\n",
        "  - >\n\n    ü\n  # z\n  - &a [ x, 'y' ] # w\n  - &b\n    k: v\n  - {}\nlast: a\n  b\n\n"
    ))
    .iter()
    .map(|(kind, part)| format!("{kind} {part:?}\n"))
    .collect();
    expect![[r#"
        map "'ö' : \"é\\\"\" # ß\nlist: # x\n  - |- # y\n    two\n    lines\n\n  - >\n\n    ü\n  # z\n  - &a [ x, 'y' ] # w\n  - &b\n    k: v\n  - {}\nlast: a\n  b"
        text "'ö'"
        text "\"é\\\"\""
        text "list"
        list "- |- # y\n    two\n    lines\n\n  - >\n\n    ü\n  # z\n  - &a [ x, 'y' ] # w\n  - &b\n    k: v\n  - {}"
        text "|- # y\n    two\n    lines"
        text ">\n\n    ü"
        list "[ x, 'y' ]"
        text "x"
        text "'y'"
        map "k: v"
        text "k"
        text "v"
        map "{}"
        text "last"
        text "a\n  b"
    "#]].assert_eq(&shown.concat());
}

#[test]
fn spans_hold_with_a_byte_order_mark_and_windows_line_ends() {
    let source = "\u{feff}say: é\r\nlist:\r\n  - |\r\n    x\r\n    y\r\n  - 'z' # c\r\n";
    let shown: Vec<String> =
        spans(source).iter().map(|(kind, part)| format!("{kind} {part:?}\n")).collect();
    expect![[r#"
        map "say: é\r\nlist:\r\n  - |\r\n    x\r\n    y\r\n  - 'z'"
        text "say"
        text "é"
        text "list"
        list "- |\r\n    x\r\n    y\r\n  - 'z'"
        text "|\r\n    x\r\n    y"
        text "'z'"
    "#]]
    .assert_eq(&shown.concat());
}

#[test]
fn spans_hold_with_the_line_ends_of_old_macs() {
    let source = "say: é\rlist:\r  - x\r  - y\r";
    let shown: Vec<String> =
        spans(source).iter().map(|(kind, part)| format!("{kind} {part:?}\n")).collect();
    expect![[r#"
        map "say: é\rlist:\r  - x\r  - y"
        text "say"
        text "é"
        text "list"
        list "- x\r  - y"
        text "x"
        text "y"
    "#]]
    .assert_eq(&shown.concat());
}

#[test]
fn what_stands_in_the_source_is_not_copied() {
    use std::borrow::Cow;
    let document = read("a: plain\nb: 'single'\nc: \"double\"", &Limits::default());
    let Some(Value::Map(map)) = document.root else { panic!("a map") };
    for entry in map.entries {
        let Value::Text(text) = entry.value else { panic!("a text") };
        assert!(matches!(text.value, Cow::Borrowed(_)), "{text:?}");
    }
}
