//! `treebot chat`: the contract that programs rely on, and what people see.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::common::{Run, folder, treebot};
use expect_test::{Expect, expect};
use serde_json::{Value, json};

const TREE: &str = r#"
title: Visits
say:
  - Hello!
  - {image: "https://example.com/map.png", alt: A map}
  - Why do you come?
answers:
  Travel:
    also: [holiday]
    say: You need a [visa](https://example.com/visa).
  Study:
    id: length
    say: How long?
    answers: {up to 6 months: A short visa., more than 6 months: A long visa.}
"#;

/// A folder with the tree in it.
fn with_tree(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("tree.yaml"), TREE).unwrap();
    folder
}

/// A conversation by JSON.
fn chat(name: &str, input: &str) -> Vec<Value> {
    let run = treebot(&with_tree(name), &["chat", "tree.yaml", "--json"], input.as_bytes());
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    run.lines()
}

/// The output with every place code written as `CODE`.
fn without_codes(run: &Run) -> String {
    let mut text = String::new();
    for part in run.stdout.split_inclusive("\"code\":\"") {
        let (code, rest) = if text.is_empty() { ("", part) } else { part.split_once('"').unwrap() };
        assert!(
            code.len() <= 400
                && code.chars().all(|c| c.is_ascii_alphanumeric() || "-_=".contains(c))
        );
        if !text.is_empty() {
            text.push_str("CODE\"");
        }
        text.push_str(rest);
    }
    text
}

fn expect_chat(name: &str, args: &[&str], input: &str, expected: Expect) {
    let run = treebot(&with_tree(name), args, input.as_bytes());
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    expected.assert_eq(&without_codes(&run));
}

#[test]
fn the_opening_has_every_key_in_its_order() {
    expect_chat(
        "opening",
        &["chat", "--json", "tree.yaml"],
        "",
        expect![[r#"
            {"kind":"question","messages":[{"text":"Hello!"},{"image":"https://example.com/map.png","alt":"A map"},{"text":"Why do you come?"}],"choices":[{"label":"Travel","code":"CODE"},{"label":"Study","code":"CODE"}],"note":null,"match":null,"place":{"question":"start","ended":false,"code":"CODE"}}
        "#]],
    );
}

#[test]
fn each_line_of_input_gets_one_line_of_output() {
    expect_chat(
        "lines",
        &["chat", "--json", "tree.yaml"],
        "study\n\nbananas\nmore than 6",
        expect![[r#"
            {"kind":"question","messages":[{"text":"Hello!"},{"image":"https://example.com/map.png","alt":"A map"},{"text":"Why do you come?"}],"choices":[{"label":"Travel","code":"CODE"},{"label":"Study","code":"CODE"}],"note":null,"match":null,"place":{"question":"start","ended":false,"code":"CODE"}}
            {"kind":"question","messages":[{"text":"How long?"}],"choices":[{"label":"up to 6 months","code":"CODE"},{"label":"more than 6 months","code":"CODE"}],"note":null,"match":{"tier":"exact","answer":"Study","rivals":[]},"place":{"question":"length","ended":false,"code":"CODE"}}
            {"kind":"question","messages":[{"text":"How long?"}],"choices":[{"label":"up to 6 months","code":"CODE"},{"label":"more than 6 months","code":"CODE"}],"note":null,"match":{"tier":"none","answer":null,"rivals":[]},"place":{"question":"length","ended":false,"code":"CODE"}}
            {"kind":"unclear","messages":[{"text":"Sorry, I didn't understand that. Shall we start again? Say \"yes\", or answer the question:"},{"text":"How long?"}],"choices":[{"label":"up to 6 months","code":"CODE"},{"label":"more than 6 months","code":"CODE"}],"note":null,"match":{"tier":"none","answer":null,"rivals":[]},"place":{"question":"length","ended":false,"code":"CODE"}}
            {"kind":"end","messages":[{"text":"A long visa."}],"choices":[],"note":null,"match":{"tier":"part","answer":"more than 6 months","rivals":[]},"place":{"question":null,"ended":true,"code":"CODE"}}
        "#]],
    );
}

#[test]
fn a_tap_goes_where_its_code_leads() {
    let opening = &chat("tap-codes", "")[0];
    let tap =
        json!({"tap": opening["choices"][1]["code"], "title": opening["choices"][1]["label"]});
    // Twice, with another answer between: a code means the same place always.
    let turns = chat("tap", &format!("{tap}\nmore than 6 months\n{tap}\n"));
    for turn in [&turns[1], &turns[3]] {
        assert_eq!(turn["messages"], json!([{"text": "How long?"}]));
        assert_eq!(turn["match"], Value::Null);
        assert_eq!(turn["place"]["question"], "length");
        assert_eq!(turn["place"]["code"], opening["choices"][1]["code"]);
    }
    assert_eq!(turns[2]["place"]["ended"], true);
}

#[test]
fn a_tap_whose_code_says_nothing_counts_its_title_as_typed() {
    let turns = chat("foreign-tap", r#"{"tap": "no code!", "title": "Study"}"#);
    assert_eq!(turns[1]["place"]["question"], "length");
    assert_eq!(turns[1]["match"]["tier"], "exact");
}

#[test]
fn commands_that_are_pressed_are_no_match_and_typed_ones_are() {
    let turns = chat(
        "commands",
        "study\n{\"command\": \"back\"}\nstudy\nback\n{\"command\": \"help\"}\nstudy\n{\"command\": \"restart\"}\nstudy\n{\"command\": \"start\"}\n",
    );
    let seen: Vec<_> = turns
        .iter()
        .map(|turn| (turn["place"]["question"].clone(), turn["match"]["tier"].clone()))
        .collect();
    let row = |question: &str, tier: Option<&str>| (json!(question), json!(tier));
    assert_eq!(
        seen,
        [
            row("start", None),
            row("length", Some("exact")),
            row("start", None),
            row("length", Some("exact")),
            row("start", Some("command")),
            row("start", None),
            row("length", Some("exact")),
            row("start", None),
            row("length", Some("exact")),
            row("start", None),
        ]
    );
    assert_eq!(turns[5]["kind"], "info");
    assert_eq!(turns[2]["match"], Value::Null);
}

#[test]
fn text_can_be_given_as_json_too() {
    let turns = chat("text", "{\"text\": \"my holiday\"}\n");
    assert_eq!(turns[1]["match"], json!({"tier": "phrase", "answer": "Travel", "rivals": []}));
    assert_eq!(turns[1]["kind"], "end");
    assert_eq!(turns[1]["place"]["question"], Value::Null);
}

#[test]
fn unknown_input_gets_an_error_and_the_conversation_goes_on() {
    let turns = chat("errors", "{\"txt\": \"study\"}\n{\"command\": \"stop\"}\n{study}\nstudy\n");
    assert_eq!(turns.len(), 5);
    assert!(turns[1]["error"].as_str().unwrap().starts_with("unknown key `txt`: write plain text"));
    assert!(turns[2]["error"].as_str().unwrap().starts_with("unknown command `stop`"));
    assert_eq!(turns[3]["kind"], "question", "braces alone do not make JSON: {}", turns[3]);
    assert_eq!(turns[4]["place"]["question"], "length");
}

#[test]
fn a_line_that_is_too_long_or_no_text_gets_an_error() {
    let mut input = vec![b'x'; 100_000];
    input.extend(b"\n\xff\nstudy\n");
    let turns = treebot(&with_tree("long"), &["chat", "tree.yaml", "--json"], &input).lines();
    assert_eq!(turns.len(), 4);
    assert!(turns[1]["error"].as_str().unwrap().contains("more than 64 KiB"));
    assert!(turns[2]["error"].as_str().unwrap().contains("not UTF-8"));
    assert_eq!(turns[3]["place"]["question"], "length");
}

#[test]
fn people_see_links_numbers_and_pictures() {
    expect_chat(
        "people",
        &["chat", "tree.yaml"],
        "1\nrestart\n2\nback\nhelp\n",
        expect![[r#"
            Hello!
            [picture: A map https://example.com/map.png]
            Why do you come?
              1. Travel
              2. Study

            You need a visa (https://example.com/visa).

            Hello!
            [picture: A map https://example.com/map.png]
            Why do you come?
              1. Travel
              2. Study

            How long?
              1. up to 6 months
              2. more than 6 months

            Hello!
            [picture: A map https://example.com/map.png]
            Why do you come?
              1. Travel
              2. Study

            Choose an answer, or type it or its number. You can also say "back" or "start again".
            Why do you come?
              1. Travel
              2. Study

        "#]],
    );
}

#[test]
fn a_tree_that_does_not_load_is_told_as_check_does() {
    let folder = folder("broken-chat");
    fs::write(folder.join("tree.yaml"), "say: Hi\nanswer: {a: b}\n").unwrap();
    for json in [&["--json"][..], &[]] {
        let chat = treebot(&folder, &[&["chat", "tree.yaml"], json].concat(), b"hello\n");
        let check = treebot(&folder, &[&["check", "tree.yaml"], json].concat(), b"");
        assert_eq!((chat.status, chat.stderr.as_str()), (1, ""));
        assert!(chat.stdout.contains("answer") && check.stdout.starts_with(&chat.stdout));
    }
}

#[test]
fn a_tree_that_cannot_be_read_is_status_2() {
    let run = treebot(&folder("missing-chat"), &["chat", "none.yaml"], b"");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.starts_with("treebot: cannot read `none.yaml`: "), "{}", run.stderr);
}

#[test]
fn each_reply_is_out_before_the_next_input_is_read_and_a_closed_pipe_ends_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_treebot"))
        .args(["chat", "tree.yaml", "--json"])
        .current_dir(with_tree("pipe"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    stdin.write_all(b"study\n").unwrap();
    line.clear();
    stdout.read_line(&mut line).unwrap();
    assert!(line.contains("How long?"));
    drop(stdout);
    drop(stdin.write_all(b"back\nstudy\n"));
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
