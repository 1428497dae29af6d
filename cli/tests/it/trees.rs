//! The project's own trees: they load clean, and the visa advisor's countries agree.

use std::collections::BTreeSet;
use std::fs;

use crate::common::{treebot, trees};
use serde_json::{Value, json};
use treebot::{Message, Node, Tree, load};

#[test]
fn every_tree_loads_without_errors_and_without_warnings() {
    let mut names: Vec<String> = fs::read_dir(trees())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".yaml"))
        .collect();
    names.sort();
    assert_eq!(names, ["cave.yaml", "coffee-machine.yaml", "first.yaml", "uk-visa.yaml"]);
    for name in names {
        let run = treebot(&trees(), &["check", "--json", &name], b"");
        let rows: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
        let codes: Vec<&str> = rows.iter().map(|row| row["code"].as_str().unwrap()).collect();
        // The first tree keeps the shape it began with: long labels, and numbers without an `id`.
        let expected =
            if name == "first.yaml" { &["T052", "T052", "T056", "T056"][..] } else { &[] };
        assert_eq!(codes, expected, "{name}");
        assert_eq!(run.status, 0);
    }
}

#[test]
fn the_first_tree_talks_as_the_first_bot_did() {
    let input = "STUD\nbananas\nyes\nBusiness\nmore than 6 months\n4\n4\n";
    let turns = treebot(&trees(), &["chat", "first.yaml", "--json"], input.as_bytes()).lines();
    let said: Vec<String> = turns
        .iter()
        .map(|turn| {
            let messages = turn["messages"].as_array().unwrap();
            messages
                .iter()
                .map(|message| message["text"].as_str().unwrap())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    let starts = |at: usize, words: &str| {
        let text = said.get(at).unwrap();
        assert!(text.contains(words), "{at}: {text}");
    };
    starts(0, "Why do you want to come to the UK?");
    starts(1, "How long do you need to stay?");
    starts(2, "start again");
    starts(3, "Why do you want to come to the UK?");
    starts(4, "How long do you need to stay?");
    starts(5, "Which describes you?");
    starts(6, "What have you been offered?");
    starts(7, "A sportsperson visa fits.");
}

#[test]
fn every_country_of_the_visa_advisors_lists_may_be_typed() {
    let tree = visa();
    for (way, name, answer) in [
        ("1\n1\n", "passport", "ETA-list country"),
        ("6\n1\n", "airside-passport", "Listed or visa-free"),
    ] {
        let list = node(&tree, name).say().next().unwrap();
        let Message::Text(list) = list else { panic!("{list:?}") };
        let (_, list) = list
            .split_once(" are on the ETA list: ")
            .or_else(|| list.split_once("countries are: "))
            .unwrap();
        let countries: Vec<&str> = list.trim_end_matches('.').split(", ").collect();
        assert!(countries.len() > 40);
        let asked: String =
            countries.iter().map(|country| format!("I am from {country}\nback\n")).collect();
        let turns = treebot(
            &trees(),
            &["chat", "uk-visa.yaml", "--json"],
            format!("{way}{asked}").as_bytes(),
        )
        .lines();
        for (country, turn) in countries.iter().zip(turns.iter().skip(3).step_by(2)) {
            assert_eq!(turn["match"]["answer"], json!(answer), "{country}: {turn}");
        }
    }
}

#[test]
fn the_visa_advisors_questions_agree_about_every_country() {
    let tree = visa();
    let words = |question: &str, answers: &[&str]| -> BTreeSet<String> {
        let node = node(&tree, question);
        let of = |key: &&str| node.answers().find(|answer| answer.key() == *key).unwrap();
        answers.iter().flat_map(|key| of(key).also()).map(str::to_owned).collect()
    };
    let free = words("passport", &["British or Irish", "EU, EEA or Swiss", "ETA-list country"]);
    let visa = words("passport", &["Visa country"]);
    assert!(free.len() > 250 && visa.len() > 200);

    // Ways of saying "another one" are no countries.
    let countries = |of: &BTreeSet<String>| -> BTreeSet<String> {
        let generic = [
            "visa national",
            "other country",
            "another country",
            "not listed",
            "not on the list",
            "not on list",
            "not in the list",
            "not in list",
            "Dominican",
        ];
        of.iter().filter(|word| !generic.contains(&word.as_str())).cloned().collect()
    };
    // The UK's own names are left out where messages name the UK as the place to pass through.
    let home: BTreeSet<String> = [
        "UK",
        "GB",
        "United Kingdom",
        "Great Britain",
        "Britain",
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
    ]
    .map(str::to_owned)
    .into();
    let border_free = words("border-passport", &["Visa-free or ETA"]);
    let border_visa = words("border-passport", &["Visa country"]);
    let listed = words("airside-passport", &["Listed or visa-free"]);
    let others = words("airside-passport", &["Any other country"]);
    let missing = |of: &BTreeSet<String>, from: &BTreeSet<String>| {
        of.difference(from).cloned().collect::<Vec<_>>()
    };
    let none: Vec<String> = Vec::new();
    let free: BTreeSet<String> = free.difference(&home).cloned().collect();
    assert_eq!(missing(&free, &border_free), none);
    assert_eq!(missing(&free, &listed), none);
    assert_eq!(missing(&countries(&visa), &border_visa), none);
    assert_eq!(missing(&countries(&visa), &listed.union(&others).cloned().collect()), none);
    assert_eq!(free.intersection(&others).next(), None);
    assert_eq!(free.intersection(&border_visa).next(), None);
}

fn visa() -> Tree {
    load(&fs::read_to_string(trees().join("uk-visa.yaml")).unwrap()).tree.unwrap()
}

fn node<'t>(tree: &'t Tree, name: &str) -> Node<'t> {
    tree.nodes().find(|node| node.name() == Some(name)).unwrap()
}
