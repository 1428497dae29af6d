//! Whole conversations as text files: what is typed after `> `, what the bot says below. They are
//! written anew with `UPDATE_EXPECT=1`.

use std::fmt::Write as _;
use std::path::Path;

use expect_test::expect_file;
use treebot::InputKind;

use crate::support::{Person, shown, tree};

/// Plays the lines of a transcript that begin with `> ` and compares all of it. A first line `= open`
/// opens the conversation as a page does, before anything is typed.
fn check(name: &str, tree_file: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = std::fs::read_to_string(root.join("../trees").join(tree_file)).unwrap();
    let tree = tree(&source);
    let file = root.join("tests/it/transcripts").join(name);
    let script = std::fs::read_to_string(&file).unwrap();
    let mut person = Person::new();
    let mut out = String::new();
    for line in script.lines() {
        let turn = match line.strip_prefix("> ") {
            Some(text) => person.say(&tree, text),
            None if line == "= open" => person.take(&tree, InputKind::Start { at_node: None }),
            None => continue,
        };
        writeln!(out, "{line}\n{}", shown(&turn.reply).trim_end()).unwrap();
    }
    expect_file![file].assert_eq(&out);
}

#[test]
fn the_first_message_is_greeted_and_a_part_of_an_answer_is_enough() {
    check("first.txt", "first.yaml");
}

#[test]
fn a_miss_offers_to_start_again_and_yes_does() {
    check("start-again.txt", "first.yaml");
}

#[test]
fn a_visitor_is_advised() {
    check("visa.txt", "uk-visa.yaml");
}

#[test]
fn a_loop_comes_back_to_the_same_question() {
    check("coffee.txt", "coffee-machine.yaml");
}
