//! Sources that want to cost time or memory. What they may cost is bound by the limits, so the
//! tests count values and diagnostics and leave the clock alone.

use expect_test::{Expect, expect};

use super::super::{Document, Value, read};
use crate::{Code, Limits};

/// Reads a source, and shows its codes and how many values came of it.
fn check(source: &str, expect: Expect) {
    let document = read(source, &Limits::default());
    expect.assert_eq(&summary(&document));
    for diagnostic in &document.diagnostics {
        assert!(diagnostic.message.len() < 400, "{}", diagnostic.message);
    }
}

fn summary(document: &Document<'_>) -> String {
    let values = document.root.as_ref().map_or(0, count);
    let mut codes: Vec<(Code, usize)> = Vec::new();
    for diagnostic in &document.diagnostics {
        match codes.last_mut() {
            Some((code, times)) if *code == diagnostic.code => *times += 1,
            _ => codes.push((diagnostic.code, 1)),
        }
    }
    let codes: Vec<String> =
        codes.iter().map(|(code, times)| format!("{times} × {code}")).collect();
    format!("{values} values; {}", codes.join(", "))
}

fn count(value: &Value<'_>) -> usize {
    match value {
        Value::Text(_) => 1,
        Value::List(list) => 1 + list.items.iter().map(count).sum::<usize>(),
        Value::Map(map) => {
            1 + map.entries.iter().map(|entry| 1 + count(&entry.value)).sum::<usize>()
        }
    }
}

#[test]
fn nesting() {
    check(&"[".repeat(100_000), expect!["1 values; 1 × T003"]);
    check(&"[".repeat(20_000), expect!["1 values; 1 × T003"]);
    check(&format!("{}x{}", "[".repeat(65), "]".repeat(65)), expect!["64 values; 1 × T003"]);
    check(&format!("{}x{}", "[".repeat(64), "]".repeat(64)), expect!["65 values; "]);
    check(&"{a: ".repeat(100_000), expect!["1 values; 1 × T003"]);
    check(&"{".repeat(100_000), expect!["1 values; 1 × T003"]);
    check(&"- ".repeat(100_000), expect!["64 values; 1 × T003"]);
    check(&"? ".repeat(100_000), expect!["1 values; 63 × T014, 1 × T003"]);
    check(&"- [".repeat(100_000), expect!["2 values; 1 × T001"]);
    check(&"a: [\n".repeat(50_000), expect!["41 values; 21 × T001"]);
    let stairs: String = (0..1000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    check(&stairs, expect!["129 values; 1 × T003"]);
}

#[test]
fn the_way_out_of_deep_nesting_is_told() {
    let document = read("a: {b: {c: d}}\n", &Limits { depth: 2, ..Limits::default() });
    let said: Vec<&str> = document.diagnostics.iter().map(|d| d.message.as_str()).collect();
    expect!["this is nested more than 2 levels deep; give a part of it a name under `nodes`, and go there with `goto`"].assert_eq(&said.join("\n"));
}

#[test]
fn a_billion_laughs() {
    let mut source = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..10 {
        let below = format!("*a{}", level - 1);
        let row = vec![below; 9].join(", ");
        source.push_str(&format!("a{level}: &a{level} [{row}]\n"));
    }
    check(&source, expect!["100000 values; 1 × T004"]);
    // The same with nothing in it, and with long words in it.
    check(&source.replace("lol", "''"), expect!["100000 values; 1 × T004"]);
    check(&source.replace("lol", &"x".repeat(10_000)), expect!["133 values; 1 × T004"]);
}

#[test]
fn long_words_repeated_often() {
    let source = format!("- &a \"{}\\n\"\n{}", "x".repeat(500_000), "- *a\n".repeat(100_000));
    check(&source, expect!["4 values; 2 × T004"]);
}

#[test]
fn aliases_that_nest_too_deeply() {
    let mut source = String::from("- &a0 [x]\n");
    for level in 1..100 {
        source.push_str(&format!("- &a{level} [*a{}]\n", level - 1));
    }
    check(&source, expect!["2143 values; 1 × T003"]);
}

#[test]
fn anchors_within_anchors() {
    let source = format!("{}{}", "- &a ".repeat(60), "- x\n".repeat(3));
    check(&source, expect!["3 values; 1 × T001"]);
    check(&"&a ".repeat(10_000), expect!["0 values; 1 × T001"]);
    check(
        &(0..50_000).map(|n| format!("- &a{n}\n")).collect::<String>(),
        expect!["50001 values; "],
    );
    check(&"&a *a : *a\n".repeat(1000), expect!["3 values; 21 × T001"]);
}

#[test]
fn much_of_one_thing() {
    check(&format!("say: {}", "x".repeat((1 << 20) - 5)), expect!["3 values; "]);
    check(&format!("say: \"{}\"", "ä\\n".repeat(200_000)), expect!["3 values; "]);
    check(&format!("say: |\n{}", "  ä\n".repeat(200_000)), expect!["3 values; "]);
    check(&format!("say: {}", "x # ".repeat(200_000)), expect!["3 values; 1 × T055"]);
    check(&format!("{}: x", "x".repeat(500_000)), expect!["0 values; 1 × T001"]);
    check(&"a".repeat(10_000_000), expect!["0 values; 1 × T002"]);
    check(&"a: b\n".repeat(200_000), expect!["100001 values; 1 × T004"]);
    check(&"a: b\n".repeat(99_000), expect!["100001 values; 1 × T004"]);
    check(&format!("[{}]", "a: b, ".repeat(60_000)), expect!["100000 values; 1 × T004"]);
    check(&format!("[{}]", "[a, b], ".repeat(60_000)), expect!["100000 values; 1 × T004"]);
    check(&format!("[{}]", "! a, ".repeat(60_000)), expect!["60001 values; 100 × T006"]);
    check(&format!("[{}]", "? [a] , ".repeat(20_000)), expect!["20001 values; 100 × T014"]);
    check(&format!("[{}]", "&a [], *a, ".repeat(40_000)), expect!["80001 values; "]);
    check(&format!("[{}", "a, ".repeat(60_000)), expect!["1 values; 1 × T001"]);
    check(&format!("{{{}}}", "a: 'b', ".repeat(60_000)), expect!["100001 values; 1 × T004"]);
    check(&"a: b # c\n".repeat(60_000), expect!["100001 values; 100 × T055, 1 × T004"]);
    check(&"<<: b\n".repeat(60_000), expect!["1 values; 100 × T007, 1 × T004"]);
    check(&format!("a: &a [{}]", "*a,".repeat(60_000)), expect!["60003 values; 100 × T008"]);
    check(&" ".repeat(1 << 20), expect!["0 values; 1 × T009"]);
    check(&"\n".repeat(1 << 20), expect!["0 values; 1 × T009"]);
    check(&"#\n".repeat(1 << 19), expect!["0 values; 1 × T009"]);
    check(&"---\n".repeat(1 << 18), expect!["0 values; 1 × T005"]);
    check(&"...\n".repeat(1 << 18), expect!["0 values; 1 × T009"]);
    check(&"%A\n".repeat(1 << 18), expect!["0 values; 4 × T001"]);
    check(&"%TAG !a! b\n".repeat(50_000), expect!["1 values; 1 × T006"]);
    check(&",".repeat(1 << 20), expect!["0 values; 1 × T001"]);
    check(&"!".repeat(1 << 20), expect!["1 values; 1 × T006"]);
    check(&"! ".repeat(1 << 19), expect!["0 values; 1 × T001"]);
    check(&"\t".repeat(1 << 20), expect!["0 values; 1 × T009"]);
    check(&"-\t".repeat(1 << 19), expect!["0 values; 1 × T001"]);
    check(&":\t".repeat(1 << 19), expect!["129 values; 1 × T003"]);
    check(&"a:\tb\n".repeat(50_000), expect!["100001 values; 1 × T004"]);
    check(&"\r".repeat(1 << 20), expect!["0 values; 1 × T009"]);
    check(&"\0".repeat(1 << 20), expect!["0 values; 1 × T001"]);
    check(&"a\0".repeat(1 << 19), expect!["1 values; 20 × T001"]);
    check(&"\u{feff}".repeat(300_000), expect!["1 values; 1 × T001"]);
}

#[test]
fn much_that_is_wrong() {
    check(&"a: b: c\n".repeat(100_000), expect!["41 values; 21 × T001"]);
    check(&"a: @\n".repeat(50_000), expect!["41 values; 21 × T001"]);
    check(&"a: \"b\n".repeat(50_000), expect!["41 values; 21 × T001"]);
    check(&"a: 'b\n".repeat(500), expect!["41 values; 21 × T001"]);
    check(&"\ta: b\n".repeat(50_000), expect!["100001 values; 1 × T001, 1 × T004"]);
    check(&"a: *b\n".repeat(50_000), expect!["41 values; 20 × T008, 1 × T001"]);
    check(&"a: !b c\n".repeat(10), expect!["21 values; 10 × T006"]);
    check(&"a: [\n".repeat(500), expect!["41 values; 21 × T001"]);
    check(&"a\n  b: c\n".repeat(1000), expect!["1 values; 21 × T001"]);
    check(&"]\n".repeat(1000), expect!["1 values; 1 × T001"]);
    check(&"\"".repeat(100_001), expect!["1 values; 1 × T001"]);
    check(&"'".repeat(100_001), expect!["1 values; 1 × T001"]);
    check(&"\"\n".repeat(100_001), expect!["1 values; 21 × T001"]);
    check(&"{a: b}\n".repeat(1000), expect!["3 values; 21 × T001"]);
    check(&"- a\nb: c\n".repeat(1000), expect!["21 values; 21 × T001"]);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let document = read("a: b", &Limits { bytes: 3, ..Limits::default() });
    expect!["0 values; 1 × T002"].assert_eq(&summary(&document));
    let said: Vec<&str> = document.diagnostics.iter().map(|d| d.message.as_str()).collect();
    expect!["this file has 4 bytes, and the limit is 3; make it shorter"]
        .assert_eq(&said.join("\n"));
}

#[test]
fn as_many_values_as_the_limit_are_fine() {
    let limits = Limits { values: 7, ..Limits::default() };
    expect!["7 values; "].assert_eq(&summary(&read("[a, b, c, d, e, f]", &limits)));
    expect!["7 values; 1 × T004"].assert_eq(&summary(&read("[a, b, c, d, e, f, g]", &limits)));
    expect!["7 values; "].assert_eq(&summary(&read("[&a [b, c], *a]", &limits)));
    expect!["7 values; 1 × T004"].assert_eq(&summary(&read("[&a [b, c], *a, *a]", &limits)));
}
