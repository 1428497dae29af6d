//! Sources to be loaded: trees of any size, and what wants to cost time.

use std::fmt::Write as _;

/// The default limit of a source, in bytes.
pub(crate) const MEBIBYTE: usize = 1 << 20;

/// A tree of about `nodes` nodes of some 80 bytes, as people write them: questions of ten answers below
/// each other, words beside most answers, a name where answers mean little, and shared parts that lead
/// back to the start.
pub(crate) fn tree(nodes: usize) -> String {
    let mut out = String::from("title: A large tree\nsay: Where shall we begin?\nanswers:\n");
    let mut made = 1;
    // The widest question that is still open, and how much each of its answers has below it.
    branches(&mut out, &mut made, nodes, nodes, 1);
    out.push_str("nodes:\n");
    for part in 0..SHARED {
        writeln!(
            out,
            "  part-{part}:\n    say: What else do you need to know of topic {part}?\n    answers:\n      Everything: Please read the page about number {part}, all of it.\n      Nothing, thank you: {{goto: start}}"
        )
        .unwrap();
    }
    out
}

/// How many shared parts [`tree`] has.
const SHARED: usize = 10;

/// Up to ten answers that have `below` nodes among them.
fn branches(out: &mut String, made: &mut usize, nodes: usize, below: usize, level: usize) {
    let indent = "  ".repeat(level);
    for branch in 0..10 {
        if *made >= nodes {
            return;
        }
        let number = *made;
        *made += 1;
        let word = [
            "price", "time", "paper", "place", "visit", "work", "study", "health", "family",
            "travel",
        ]
        .get(branch)
        .unwrap();
        if below <= 10 && branch == 3 {
            writeln!(out, "{indent}{word} {number}: {{goto: part-{}}}", number % SHARED).unwrap();
        } else if below <= 10 {
            writeln!(
                out,
                "{indent}{word} {number}: This is what there is to know of the {word} {number}."
            )
            .unwrap();
        } else {
            writeln!(
                out,
                "{indent}{word} {number}:\n{indent}  label: The {word} of {number}\n{indent}  also: [{word}, about {word}]\n{indent}  say: What of the {word} do you need to know?\n{indent}  answers:"
            )
            .unwrap();
            branches(out, made, nodes, below / 10, level + 2);
        }
    }
}

/// Sources of up to so many bytes (but for one) that want to cost time or memory, with their names.
pub(crate) fn hostile(size: usize) -> Vec<(&'static str, Vec<u8>)> {
    let text = texts(size).into_iter().map(|(name, source)| (name, source.into_bytes()));
    let bytes = [
        ("bytes that are no text", vec![0xE9; size]),
        ("words in another encoding", b"say: caf\xE9\n".repeat(size / 10)),
        ("UTF-16", [0xFF, 0xFE].into_iter().chain(b"a\0".repeat(size / 2 - 1)).collect()),
        ("characters that are cut off", b"\x82\xac\n".repeat(size / 3)),
    ];
    text.chain(bytes).collect()
}

fn texts(size: usize) -> Vec<(&'static str, String)> {
    // So many in a mebibyte.
    let scaled = |count: usize| count * size / MEBIBYTE;
    let fill = |head: &str, piece: &dyn Fn(usize) -> String, tail: &str| {
        let mut out = head.to_owned();
        for number in 0.. {
            let piece = piece(number);
            if out.len() + piece.len() + tail.len() > size {
                break;
            }
            out.push_str(&piece);
        }
        out.push_str(tail);
        out
    };
    let same = |piece: &str| piece.repeat(size / piece.len());
    let limited = |count: usize, head: &str, piece: &dyn Fn(usize) -> String, tail: &str| {
        let pieces: String = (0..scaled(count)).map(piece).collect();
        format!("{head}{pieces}{tail}")
    };
    let mut laughs = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..10 {
        let row = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(laughs, "a{level}: &a{level} [{row}]").unwrap();
    }
    vec![
        ("open lists", same("[")),
        ("open maps", same("{a: ")),
        ("dashes", same("- ")),
        ("question marks", same("? ")),
        ("stairs", fill("", &|n| format!("{}a:\n", " ".repeat(n)), "")),
        ("a billion laughs", laughs),
        ("long words repeated", {
            let half = "x".repeat(size / 2);
            fill(&format!("say: &a {half}\nanswers:\n"), &|n| format!("  k{n}: *a\n"), "")
        }),
        ("ten megabytes of one word", "a".repeat(scaled(10_000_000))),
        ("one long word", fill("say: ", &|_| "x".repeat(1000), "")),
        ("one long block", fill("say: |\n", &|_| "  word\n".to_owned(), "")),
        ("one long accented text", fill("say: \"", &|_| "é\\n".to_owned(), "\"")),
        ("NULs", same("\0")),
        ("NULs in words", same("a\0")),
        ("byte order marks", same("\u{feff}")),
        ("carriage returns", same("\r")),
        ("tabs", same("\t")),
        ("lines that begin with tabs", same("\ta: b\n")),
        ("quotes", same("\"")),
        ("unclosed quotes", same("a: \"b\n")),
        ("unclosed lists", same("a: [\n")),
        ("colons", same("a: b: c\n")),
        ("commas", same(",")),
        ("unclosed quotes in brackets", same("[\"a, ")),
        (
            "lines with carriage returns",
            fill("say: a\r\nanswers:\r\n", &|n| format!("  k{n}: b\r\n"), ""),
        ),
        ("line separators", same("\u{2028}")),
        ("anchors", limited(50_000, "", &|n| format!("- &a{n} b\n"), "")),
        ("brackets of links", same("[a](")),
        ("links that are none", fill("say: '", &|_| "[a](www.b) ".to_owned(), "'")),
        (
            "options to choose",
            fill("answers: {a: b, c: d}\nsay: '", &|n| format!("a, c or e{n}? "), "'"),
        ),
        (
            "many messages with options",
            fill("answers: {a: b, c: d}\nsay:\n", &|_| "- a, c or e?\n".to_owned(), ""),
        ),
        (
            "answers that are alike",
            fill("say: a\nanswers:\n", &|n| format!("  the house {n}: b\n"), ""),
        ),
        (
            "questions that are alike",
            limited(
                7_000,
                "say: a\nanswers:\n",
                &|n| {
                    format!(
                        "  q{n}x: {{id: q{n}, say: a, answers: {{business/work: b, work experience: c, a work visa: d, my works: e}}}}\n"
                    )
                },
                "",
            ),
        ),
        (
            "questions without names",
            limited(
                12_000,
                "say: a\nanswers:\n",
                &|n| format!("  same words {n}: {{say: a, answers: {{'yes': b, 'no': c}}}}\n"),
                "",
            ),
        ),
        ("texts cut at commas", fill("say: a\nanswers: {x: {say: a", &|n| format!(", b{n}"), "}}")),
        ("hashes", same("a: b # c\n")),
        ("tags", limited(60_000, "say: [", &|_| "!!str a, ".to_owned(), "]")),
        ("90,000 answers", limited(90_000, "say: a\nanswers:\n", &|n| format!(" {n}x:\n"), "")),
        (
            "50,000 answers",
            limited(50_000, "say: a\nanswers:\n", &|n| format!("  key {n}: text\n"), ""),
        ),
        ("90,000 duplicate keys", limited(90_000, "", &|_| "say: a\n".to_owned(), "")),
        (
            "duplicate answers",
            limited(90_000, "say: a\nanswers:\n", &|_| "  x: y\n".to_owned(), ""),
        ),
        ("unknown gotos", fill("say: a\nanswers:\n", &|n| format!(" {n}x: {{goto: n{n}}}\n"), "")),
        ("unknown keys", limited(80_000, "say: a\n", &|n| format!("key{n}: a\n"), "")),
        (
            "pictures without words",
            limited(30_000, "say: [", &|_| "image: https://a.example/b, ".to_owned(), "]"),
        ),
        (
            "other words",
            limited(90_000, "say: a\nanswers: {x: {say: b, also: [", &|n| format!("w{n}, "), "]}}"),
        ),
        (
            "a chain of gotos",
            limited(
                30_000,
                "say: a\ngoto: n0\nnodes:\n",
                &|n| format!("  n{n}: {{say: a, goto: n{}}}\n", n + 1),
                "",
            ),
        ),
        (
            "loops",
            limited(
                15_000,
                "say: a\ngoto: n0\nnodes:\n",
                &|n| {
                    format!(
                        "  n{n}: {{say: a, answers: {{x: {{goto: n{}}}, y: {{goto: n{}}}}}}}\n",
                        n + 1,
                        n / 2
                    )
                },
                "  n15000: done\n",
            ),
        ),
        (
            "broken lines among answers",
            fill("say: a\nanswers: {", &|n| format!("k{n}: , "), "x: [[[}"),
        ),
        (
            "49,000 answers",
            limited(49_000, "say: a\nanswers:\n", &|n| format!("  key {n}: text\n"), ""),
        ),
        (
            "answers of several words",
            limited(
                30_000,
                "say: a\nanswers:\n",
                &|n| format!("  {n} of the other {} or {}: b\n", n / 7, n % 91),
                "",
            ),
        ),
        (
            "unequal names",
            limited(
                24_000,
                "say: a\nnodes:\n",
                &|n| format!("  the node {n}: {{say: b, was: w {n}}}\n"),
                "",
            ),
        ),
        (
            "questions of two answers",
            limited(
                11_000,
                "say: a\nanswers:\n",
                &|n| {
                    format!(
                        "  q{n}x: {{say: a {n}, answers: {{'{n} or more': b, 'up to {n}/ten': c}}}}\n"
                    )
                },
                "",
            ),
        ),
        (
            "tests",
            limited(
                18_000,
                "say: a\nanswers: {b: c}\ntests:\n",
                &|n| format!("  t{n}:\n    - user: b\n    - bot: c{n}\n"),
                "",
            ),
        ),
        (
            "accents",
            fill("say: a\nanswers:\n", &|n| format!("  \u{fdfa}ﬃ{n}: \u{1e9b}\u{323}\n"), ""),
        ),
        (
            "former names",
            limited(
                48_000,
                "say: a\nanswers: {x: {say: b, was: [",
                &|n| format!("former name {n}, "),
                "]}}",
            ),
        ),
        ("anchors with long names", fill("", &|n| format!("- &{}{n} b\n", "a".repeat(100)), "")),
        ("quotes in brackets over lines", same("a: [\"b\n")),
        ("dashes before answers", fill("say: a\nanswers:\n", &|n| format!("- k{n}: b\n"), "")),
    ]
}
