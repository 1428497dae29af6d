//! The tables: rows of what somebody types at a question, and what a careful person would understand.
//!
//! `@ name` says at which question the rows below it are typed; `@ name > words > words` types these
//! words on the way there. A row is `typed | expected`, and `expected` is the key of an answer, `ask` (a question
//! back), `ask(key, key)` (between just these), `miss`, or `command`; several outcomes that would all do
//! have ` / ` between them. `\u{301}` stands for a character that one could not see.
//!
//! An answer that is not expected is *wrong*: never allowed. A question back or a miss where an answer was
//! expected is *needless*: allowed within a bound. A table that fails prints all such rows. A comment `# Taken
//! wrongly: …` is a row that no rule without harm to others gets right.

use std::path::PathBuf;

use treebot::{InputKind, Tree};

use super::{Understood, understood};
use crate::support::{Person, tree};

/// How the rows of a table came out.
#[derive(Debug, Default)]
struct Totals {
    rows: usize,
    /// Answers that are not meant.
    wrong: usize,
    /// Questions back and misses where an answer is meant.
    needless: usize,
    /// Questions back where nothing is meant, and misses where a question back would help.
    off: usize,
}

/// One row.
struct Row<'a> {
    line: usize,
    place: &'a str,
    typed: String,
    expected: Vec<&'a str>,
}

fn rows(table: &str) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut place = "start";
    for (line, text) in (1..).zip(table.lines()) {
        let text = text.trim_end();
        if let Some(name) = text.strip_prefix("@ ") {
            place = name;
        } else if !text.is_empty() && !text.starts_with("# ") {
            let (typed, expected) = text.rsplit_once(" | ").unwrap_or((text, "no | in this row"));
            rows.push(Row {
                line,
                place,
                typed: unescaped(typed),
                expected: expected.split(" / ").map(str::trim).collect(),
            });
        }
    }
    rows
}

/// The text with each `\u{…}` as its character.
fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap();
        out.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        out.push_str(rest);
    }
    out
}

/// Somebody who stands at a place of a table.
fn at(tree: &Tree, place: &str) -> Person {
    let mut person = Person::new();
    let mut way = place.split(" > ");
    let name = way.next().unwrap();
    assert!(tree.named(name).is_some(), "there is no question `{name}`");
    person.take(tree, InputKind::Start { at_node: Some(name.to_owned()) });
    for words in way {
        assert!(
            matches!(understood(tree, &mut person, words), Understood::Answer(..)),
            "`{words}` is no answer on the way to `{place}`"
        );
    }
    person
}

fn outcome(understood: &Understood) -> String {
    match understood {
        Understood::Answer(tier, key) => format!("{key} ({})", tier.as_str()),
        Understood::Ask(rivals) => format!("ask({})", rivals.join(", ")),
        Understood::Command => "command".to_owned(),
        Understood::Nothing => "miss".to_owned(),
    }
}

/// Whether an outcome is one of those expected.
fn fits(understood: &Understood, expected: &[&str]) -> bool {
    expected.iter().any(|expected| match understood {
        Understood::Answer(_, key) => expected == key,
        Understood::Command => *expected == "command",
        Understood::Nothing => *expected == "miss",
        Understood::Ask(rivals) => match expected.strip_prefix("ask(") {
            Some(keys) => {
                let mut keys: Vec<&str> = keys.trim_end_matches(')').split(", ").collect();
                let mut rivals: Vec<&str> = rivals.iter().map(String::as_str).collect();
                keys.sort_unstable();
                rivals.sort_unstable();
                keys == rivals
            }
            None => *expected == "ask",
        },
    })
}

/// Checks a table over a tree: no answer is wrong, and at most `needless` rows ask or miss needlessly.
fn check(name: &str, source: &str, table: &str, needless: usize) -> usize {
    let tree = tree(source);
    let mut totals = Totals::default();
    let mut failures = String::new();
    let mut place: Option<(&str, Person)> = None;
    for row in rows(table) {
        if place.as_ref().is_none_or(|(name, _)| *name != row.place) {
            place = Some((row.place, at(&tree, row.place)));
        }
        let mut person = place.as_ref().unwrap().1.clone();
        let understood = understood(&tree, &mut person, &row.typed);
        totals.rows += 1;
        if fits(&understood, &row.expected) {
            continue;
        }
        let means_an_answer =
            !row.expected.iter().any(|expected| *expected == "miss" || expected.starts_with("ask"));
        let kind = match understood {
            Understood::Answer(..) | Understood::Command => {
                totals.wrong += 1;
                "WRONG"
            }
            Understood::Ask(_) | Understood::Nothing if means_an_answer => {
                totals.needless += 1;
                "needless"
            }
            Understood::Ask(_) | Understood::Nothing => {
                totals.off += 1;
                "off"
            }
        };
        failures += &format!(
            "{name}:{} {kind}: at {} `{}` is {}, expected {}\n",
            row.line,
            row.place,
            row.typed,
            outcome(&understood),
            row.expected.join(" / ")
        );
    }
    let fails = totals.needless + totals.off;
    assert!(totals.wrong == 0 && fails <= needless, "{totals:?}\n{failures}");
    totals.rows
}

fn file(path: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(folder.join(path)).unwrap()
}

macro_rules! tables {
    ($($test:ident: $tree:literal, $table:literal, at least $rows:literal rows, at most $needless:literal needless;)*) => {$(
        #[test]
        fn $test() {
            let table = file(concat!("tests/it/matching/", $table));
            let rows = check($table, &file($tree), &table, $needless);
            assert!(rows >= $rows, "{rows} rows");
        }
    )*};
}

tables! {
    at_the_visa_advisor: "../trees/uk-visa.yaml", "visa.txt", at least 350 rows, at most 0 needless;
    at_the_visa_advisor_by_its_enemies: "../trees/uk-visa.yaml", "visa-attack.txt", at least 600 rows, at most 0 needless;
    at_the_visa_advisor_by_other_visitors: "../trees/uk-visa.yaml", "visa-fresh.txt", at least 800 rows, at most 5 needless;
    at_the_library: "tests/it/matching/library.yaml", "library.txt", at least 50 rows, at most 1 needless;
    at_the_curry_house: "tests/it/matching/curry.yaml", "curry.txt", at least 45 rows, at most 5 needless;
    at_the_coffee_machine_by_others: "../trees/coffee-machine.yaml", "coffee-fresh.txt", at least 18 rows, at most 1 needless;
    at_the_coffee_machine: "../trees/coffee-machine.yaml", "coffee.txt", at least 40 rows, at most 0 needless;
    in_the_cave: "../trees/cave.yaml", "cave.txt", at least 40 rows, at most 0 needless;
    at_the_pizzeria: "tests/it/matching/pizza.yaml", "pizza.txt", at least 50 rows, at most 0 needless;
    at_the_clinic: "tests/it/matching/clinic.yaml", "clinic.txt", at least 150 rows, at most 0 needless;
    at_a_station_in_another_language: "tests/it/matching/bahn.yaml", "bahn.txt", at least 20 rows, at most 0 needless;
    at_the_bank: "tests/it/matching/bank.yaml", "bank.txt", at least 40 rows, at most 0 needless;
    unseen_at_the_visa_advisor: "../trees/uk-visa.yaml", "visa-unseen.txt", at least 550 rows, at most 5 needless;
    unseen_in_the_cave: "../trees/cave.yaml", "cave-unseen.txt", at least 25 rows, at most 0 needless;
    unseen_at_the_coffee_machine: "../trees/coffee-machine.yaml", "coffee-unseen.txt", at least 45 rows, at most 2 needless;
    unseen_at_the_first_tree: "../trees/first.yaml", "first-unseen.txt", at least 40 rows, at most 0 needless;
    at_the_door: "tests/it/matching/delivery.yaml", "delivery.txt", at least 100 rows, at most 1 needless;
    at_the_insurance: "tests/it/matching/claim.yaml", "claim.txt", at least 110 rows, at most 3 needless;
    at_the_it_desk: "tests/it/matching/itdesk.yaml", "itdesk.txt", at least 95 rows, at most 0 needless;
    unseen_at_the_visa_advisor_again: "../trees/uk-visa.yaml", "visa-unseen-2.txt", at least 180 rows, at most 2 needless;
    at_the_hotel: "tests/it/matching/hotel.yaml", "hotel.txt", at least 100 rows, at most 3 needless;
    at_the_gym: "tests/it/matching/gym.yaml", "gym.txt", at least 100 rows, at most 1 needless;
    at_the_triage: "tests/it/matching/triage.yaml", "triage.txt", at least 115 rows, at most 5 needless;
    typed_at_the_visa_advisor: "../trees/uk-visa.yaml", "visa-typed.txt", at least 680 rows, at most 8 needless;
    typed_at_the_coffee_machine: "../trees/coffee-machine.yaml", "coffee-typed.txt", at least 40 rows, at most 2 needless;
    typed_in_the_cave: "../trees/cave.yaml", "cave-typed.txt", at least 35 rows, at most 0 needless;
    typed_at_the_first_tree: "../trees/first.yaml", "first-typed.txt", at least 30 rows, at most 2 needless;
    typed_at_the_hotel: "tests/it/matching/hotel.yaml", "hotel-typed.txt", at least 35 rows, at most 7 needless;
    typed_at_the_insurance: "tests/it/matching/claim.yaml", "claim-typed.txt", at least 25 rows, at most 0 needless;
    typed_at_the_triage: "tests/it/matching/triage.yaml", "triage-typed.txt", at least 30 rows, at most 5 needless;
    typed_at_the_visa_advisor_after_that: "../trees/uk-visa.yaml", "visa-typed-2.txt", at least 290 rows, at most 6 needless;
    typed_at_the_visa_advisor_at_last: "../trees/uk-visa.yaml", "visa-typed-3.txt", at least 255 rows, at most 7 needless;
}
