//! `docs/tree-format.md` tells authors of every key, every text of the bot's own and every problem, and
//! what it tells is true.

use std::collections::BTreeMap;
use std::path::PathBuf;

use treebot::{Code, Diagnostic, Keys, Limits, LoadOptions, RESERVED_KEYS, load_bytes, own_texts};

use crate::diagnostics::check_fix;

fn page() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/tree-format.md");
    std::fs::read_to_string(path).unwrap()
}

/// The part of the page below a heading, up to the next one of its kind.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let (_, below) = page.split_once(&format!("\n{heading}\n")).unwrap();
    let level = heading.split(' ').next().unwrap();
    below.split(&format!("\n{level} ")).next().unwrap()
}

/// Where each kind of map is explained.
fn heading(keys: Keys) -> &'static str {
    match keys {
        Keys::File => "### At the top of the file",
        Keys::Node => "### Of every node",
        Keys::Answer => "### Of a node that follows an answer",
        Keys::Picture => "### Of a picture",
        Keys::Commands => "### Below `commands`",
        Keys::Step => "### Of a step in a test",
    }
}

#[test]
fn every_key_is_in_the_page_and_the_other_way_round() {
    let page = page();
    for keys in Keys::ALL {
        let rows: Vec<Vec<&str>> = section(&page, heading(*keys))
            .lines()
            .filter(|line| line.starts_with("| `"))
            .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
            .collect();
        let told: Vec<&str> = rows.iter().map(|row| row[0].trim_matches('`')).collect();
        assert_eq!(told, keys.names(), "{keys:?}");
        for row in rows {
            assert_eq!(row.len(), 4, "{row:?}");
            assert_eq!(Some(row[3]), keys.about(row[0].trim_matches('`')), "{row:?}");
            assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        }
    }
    let kept = section(&page, "### Kept for later, and left to you");
    for key in RESERVED_KEYS {
        assert!(kept.contains(&format!("`{key}`")), "{key}");
    }
}

#[test]
fn every_text_of_the_bots_own_is_in_the_page_as_it_is() {
    let page = page();
    let told = section(&page, "## What the bot says by itself");
    let cells: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.trim_matches('|').split_once(" | ").unwrap().1.trim())
        .collect();
    for (name, texts) in own_texts("en").unwrap() {
        let all = texts.join(", ");
        assert!(
            cells.contains(&all.as_str()) || told.contains(&format!("\"{all}\"")),
            "{name}: {all}"
        );
    }
}

/// An example of a problem, or of how it is mended.
struct Example {
    source: Vec<u8>,
    options: LoadOptions,
}

/// What the page says of each code: the bad examples and the good ones.
fn examples(page: &str) -> Vec<(&str, Vec<Example>, Vec<Example>)> {
    let mut found = Vec::new();
    let part = section(page, "## Every message, by its number");
    for entry in part.split("\n### ").skip(1) {
        let (code, _) = entry.split_once(" · ").unwrap();
        let of = |kind: &str| -> Vec<Example> {
            let fence = format!("\n```yaml {kind}");
            entry
                .split(&fence)
                .skip(1)
                .map(|block| {
                    let (options, rest) = block.split_once('\n').unwrap();
                    let (source, _) = rest.split_once("```").unwrap();
                    example(options, source)
                })
                .collect()
        };
        found.push((code, of("bad"), of("good")));
    }
    found
}

fn example(words: &str, source: &str) -> Example {
    let mut options = LoadOptions::default();
    let mut bytes = source.as_bytes().to_vec();
    let number = |text: &str| text.parse().unwrap();
    for word in words.split_whitespace() {
        let limits = &mut options.limits;
        match word.split_once('=').unwrap_or((word, "")) {
            ("bytes", most) => *limits = Limits { bytes: number(most), ..*limits },
            ("depth", most) => *limits = Limits { depth: number(most), ..*limits },
            ("values", most) => *limits = Limits { values: number(most), ..*limits },
            ("advice", _) => options.advice = true,
            ("links", _) => options.ends_need_links = true,
            ("latin1", _) => {
                bytes = source.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
            }
            _ => assert_eq!(word, "", "an option of an example"),
        }
    }
    Example { source: bytes, options }
}

#[test]
fn every_code_is_in_the_page_with_a_bad_example_and_a_good_one() {
    let page = page();
    let examples = examples(&page);
    let told: Vec<&str> = examples.iter().map(|(code, ..)| *code).collect();
    let all: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(told, all);
    for (code, bad, good) in &examples {
        assert!(!bad.is_empty() && !good.is_empty(), "{code} has examples of both kinds");
        for Example { source, options } in bad {
            let (text, loaded) = load_bytes(source, options);
            let told = loaded.all_diagnostics();
            let found: Vec<&str> = told.iter().map(|found| found.code.as_str()).collect();
            assert!(
                !found.is_empty() && found.iter().all(|of| of == code),
                "{code} is to be told of, and is: {:#?}\n{text}",
                told
            );
            for found in &told {
                check_fix(&text, options, &told, found);
                let whole = matches!(found.code, Code::TooLarge | Code::Empty);
                assert!(
                    whole || points_at_words(&text, found),
                    "{code} points nowhere: {found:?}\n{text}"
                );
            }
        }
        for Example { source, options } in good {
            let (text, loaded) = load_bytes(source, options);
            assert_eq!(loaded.all_diagnostics(), [], "{code}\n{text}");
            assert!(loaded.tree.is_some());
        }
    }
}

/// Whether a problem's span holds something that its author wrote, or stands right after it.
fn points_at_words(text: &str, found: &Diagnostic) -> bool {
    let words = text.get(found.span.start..found.span.end).unwrap();
    let before = text.get(..found.span.start).unwrap();
    !words.trim().is_empty() || (words.is_empty() && before.ends_with(':'))
}

#[test]
fn a_code_has_one_name_in_the_page_and_its_severity_is_told_by_its_number() {
    let page = page();
    let mut names = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("### T0")) {
        let (code, name) = line.split_once(" · ").unwrap();
        assert!(!name.ends_with('.'), "{line}");
        assert_eq!(names.insert(name, code), None, "{line}");
    }
    for code in Code::ALL {
        let is_error = code.severity() == treebot::Severity::Error;
        assert_eq!(is_error, code.as_str() < "T050", "{code}");
    }
}
