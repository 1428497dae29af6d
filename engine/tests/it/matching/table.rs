//! The tables: rows of what somebody types at a question, and what a careful person would understand.
//!
//! `@ name` says at which question the rows below it are typed; `@ name > words > words` types these
//! words on the way there. A row is `typed | expected`, and `expected` is the key of an answer, `ask` (a question
//! back), `ask(key, key)` (between just these), `miss`, or `command`; several outcomes that would all do
//! have ` / ` between them: one answer at most, so that no message may move from one branch to another. `\u{301}` stands for a
//! character that one could not see.
//!
//! An answer that is not expected is *wrong*: never allowed. A question back or a miss where an answer was
//! expected is *needless*: allowed within a bound. A table that fails prints all such rows. A message that stands in
//! several tables of a tree has one expectation.
//!
//! `typed | expected | but answer` is a row that no rule without harm to others gets right: it takes that answer. These are
//! all listed in [`what_is_taken_wrongly_is_known`], and one that comes right fails, so that it becomes a row like the others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use treebot::{InputKind, Tree};

use super::{Understood, understood};
use crate::support::{Person, answers, questions, tree};

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
    /// The answer that it takes wrongly.
    but: Option<&'a str>,
}

fn rows(table: &str) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut place = "start";
    for (line, text) in (1..).zip(table.lines()) {
        let text = text.trim_end();
        if let Some(name) = text.strip_prefix("@ ") {
            place = name;
        } else if !text.is_empty() && !text.starts_with("# ") {
            let (row, but) = text
                .rsplit_once(" | but ")
                .map_or((text, None), |(row, but)| (row, Some(but.trim())));
            let (typed, expected) = row.rsplit_once(" | ").unwrap_or((row, "no | in this row"));
            let expected = expected.split(" / ").map(str::trim).collect();
            rows.push(Row { line, place, typed: unescaped(typed), expected, but });
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

/// Whether an expectation is an answer's key.
fn is_key(expected: &str) -> bool {
    !matches!(expected, "ask" | "miss" | "command") && !expected.starts_with("ask(")
}

/// Why a row is none: what it expects cannot be, or it would hold whichever of several branches were taken.
fn refusal(row: &Row<'_>, keys: &BTreeSet<String>) -> Option<&'static str> {
    let named: Vec<&str> = row.expected.iter().copied().filter(|of| is_key(of)).collect();
    let asked = row.expected.iter().filter(|of| of.starts_with("ask")).count();
    let once: BTreeSet<&&str> = row.expected.iter().collect();
    if named.len() > 1 {
        Some("accepts different answers")
    } else if named.iter().chain(&row.but).any(|key| !keys.contains(*key)) {
        Some("expects what is no answer of this tree")
    } else if once.len() < row.expected.len() || asked > 1 {
        Some("expects something twice")
    } else if row.but.is_some_and(|but| named.contains(&but)) {
        Some("expects what it takes wrongly")
    } else {
        None
    }
}

/// The keys of all answers of a tree.
fn keys(tree: &Tree) -> BTreeSet<String> {
    let answers = questions(tree).into_iter().flat_map(|node| answers(tree, node));
    answers.map(|answer| answer.key).collect()
}

/// Checks a table over a tree: no answer is wrong, and at most `needless` rows ask or miss needlessly.
fn check(name: &str, source: &str, table: &str, needless: usize) -> usize {
    let tree = tree(source);
    let mut totals = Totals::default();
    let mut failures = String::new();
    let keys = keys(&tree);
    let mut refused = String::new();
    let mut place: Option<(&str, Person)> = None;
    for row in rows(table) {
        if place.as_ref().is_none_or(|(name, _)| *name != row.place) {
            place = Some((row.place, at(&tree, row.place)));
        }
        if let Some(why) = refusal(&row, &keys) {
            refused += &format!("{name}:{}: `{}` {why}\n", row.line, row.typed);
        }
        let mut person = place.as_ref().unwrap().1.clone();
        let understood = understood(&tree, &mut person, &row.typed);
        totals.rows += 1;
        let is_known = |but: &str| matches!(&understood, Understood::Answer(_, key) if key == but);
        if row.but.map_or_else(|| fits(&understood, &row.expected), is_known) {
            continue;
        }
        let means_an_answer =
            !row.expected.iter().any(|expected| *expected == "miss" || expected.starts_with("ask"));
        let kind = match understood {
            _ if row.but.is_some() => {
                totals.wrong += 1;
                "no longer taken so"
            }
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
    assert!(refused.is_empty(), "{refused}");
    let fails = totals.needless + totals.off;
    assert!(totals.wrong == 0 && fails <= needless, "{totals:?}\n{failures}");
    totals.rows
}

fn file(path: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(folder.join(path)).unwrap()
}

macro_rules! tables {
    ($($test:ident: $tree:literal, $table:literal, at least $rows:literal rows, at most $needless:literal needless;)*) => {
        /// Each table with its tree.
        const TABLES: &[(&str, &str)] = &[$(($tree, $table)),*];
        $(
        #[test]
        fn $test() {
            let table = file(concat!("tests/it/matching/", $table));
            let rows = check($table, &file($tree), &table, $needless);
            assert!(rows >= $rows, "{rows} rows");
        }
        )*
    };
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
    typed_at_the_visa_advisor_by_all_sorts: "../trees/uk-visa.yaml", "visa-typed-4.txt", at least 580 rows, at most 0 needless;
    typed_at_the_coffee_machine_by_all_sorts: "../trees/coffee-machine.yaml", "coffee-typed-2.txt", at least 65 rows, at most 0 needless;
    at_the_visa_advisor_who_must_not_be_sent_elsewhere: "../trees/uk-visa.yaml", "visa-elsewhere.txt", at least 150 rows, at most 0 needless;
}

/// The text of a table.
fn table(name: &str) -> String {
    file(&format!("tests/it/matching/{name}"))
}

#[test]
fn a_row_that_accepts_different_branches_is_refused() {
    let keys = keys(&tree("say: q\nanswers: {aa: x, bb: y}"));
    for (row, why) in [
        ("one | aa", None),
        ("one | aa / ask / miss", None),
        ("one | ask(aa, bb) / miss", None),
        ("one | ask / miss | but aa", None),
        ("one | aa / ask / bb", Some("accepts different answers")),
        ("one | cc / ask", Some("expects what is no answer of this tree")),
        ("one | ask | but cc", Some("expects what is no answer of this tree")),
        ("one | miss / miss", Some("expects something twice")),
        ("one | ask / ask(aa, bb)", Some("expects something twice")),
        ("one | aa | but aa", Some("expects what it takes wrongly")),
        ("one", Some("expects what is no answer of this tree")),
    ] {
        let rows = rows(row);
        assert_eq!(rows.first().and_then(|row| refusal(row, &keys)), why, "{row}");
    }
}

#[test]
fn a_message_has_one_expectation() {
    let mut known: BTreeMap<(&str, String, String), (BTreeSet<String>, String)> = BTreeMap::new();
    let mut failures = String::new();
    for (tree, name) in TABLES {
        for row in rows(&table(name)) {
            let expected: BTreeSet<String> =
                row.expected.iter().chain(&row.but).map(|of| (*of).to_owned()).collect();
            let here = format!("{name}:{}", row.line);
            let key = (*tree, row.place.to_owned(), row.typed.clone());
            let (of, place) = known.entry(key).or_insert_with(|| (expected.clone(), here.clone()));
            if *of != expected {
                failures += &format!("{place} and {here}: at {} `{}`\n", row.place, row.typed);
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn what_is_taken_wrongly_is_known() {
    let mut wrong = Vec::new();
    for (_, name) in TABLES {
        for row in rows(&table(name)) {
            wrong.extend(row.but.map(|but| format!("{name}: {} -> {but}", row.typed)));
        }
    }
    assert_eq!(
        wrong,
        [
            "visa.txt: he works and studies -> On a student visa",
            "visa-unseen.txt: i have a degree -> College or degree",
            "visa-unseen.txt: doctor of philosophy -> Health or care",
            "cave-unseen.txt: i drop my bag -> Climb down",
            "cave-unseen.txt: stay in the dark -> Climb down",
            "itdesk.txt: wifi pw -> wifi",
            "itdesk.txt: an apple a day -> MacBook",
            "visa-unseen-2.txt: transit of venus -> Transit",
            "visa-unseen-2.txt: study hall -> Study",
            "gym.txt: pause the music -> pause",
            "triage.txt: it's hot today -> fever",
            "triage.txt: hot flushes -> fever",
            "visa-typed-3.txt: Michael Jordan -> Visa country",
        ]
    );
}
