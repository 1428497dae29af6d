//! Conversations whose source does not load any more: what was said is found in the last one that did.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]

use crate::studio::map::Sight;
use crate::studio::tests::{TREE, at, desk, last, said, say};

use super::*;

/// What stands where a part of the conversation is from, in the last source that loaded; and what the map calls the node.
fn origin(desk: &mut Desk, entry: usize, message: usize) -> String {
    let id = desk.preview().view.transcript[entry].id.clone();
    let Some(Origin { node, from, to }) = desk.origin(&id, message) else {
        return "nowhere".to_owned();
    };
    let sound = desk.sound.as_ref().map_or(&desk.analysis, |sound| &sound.analysis);
    let units: Vec<u16> = sound.source().encode_utf16().collect();
    let text = String::from_utf16_lossy(&units[from as usize..to as usize]);
    let view = desk.map().view(Sight { left: 0, top: 0, right: 9_999, bottom: 9_999 });
    let title = view.nodes.into_iter().find(|shown| Some(shown.id) == node);
    format!("{}: {text}", title.map_or_else(|| "-".to_owned(), |node| node.title))
}

/// The same of every part of the conversation.
fn origins(desk: &mut Desk) -> Vec<String> {
    (0..desk.preview().view.transcript.len()).map(|entry| origin(desk, entry, 0)).collect()
}

#[test]
fn what_was_said_is_found_where_it_is_written() {
    let mut desk = said(TREE, &["university", "bananas", "long"]);
    assert_eq!(
        origins(&mut desk),
        [
            "start: Why do you come?",
            "study: study",
            "study: How long?",
            // What was not understood is no answer: it was said to the question.
            "study: How long?",
            "study: How long?",
            "long: long",
            "long: A long visa.",
        ]
    );
    assert_eq!(desk.origin("nothing", 0), None);
}

/// What stands where each message on the phone is from.
fn phone_origins(desk: &mut Desk) -> Vec<String> {
    let bubbles = desk.phone().unwrap().bubbles;
    let mut found = Vec::new();
    for number in 0..bubbles.len() {
        let Origin { node, from, to } = desk.phone_origin(number).unwrap();
        let sound = desk.sound.as_ref().map_or(&desk.analysis, |sound| &sound.analysis);
        let units: Vec<u16> = sound.source().encode_utf16().collect();
        let text = String::from_utf16_lossy(&units[from as usize..to as usize]);
        found.push(format!("{}: {}", node.unwrap(), text.chars().take(20).collect::<String>()));
    }
    found
}

#[test]
fn what_the_phone_shows_is_found_where_it_is_written() {
    let mut desk = said(TREE, &["university", "bananas"]);
    let expected =
        ["0: Why do you come?", "1: study", "1: How long?", "1: How long?", "1: How long?"];
    assert_eq!(phone_origins(&mut desk), expected);
    assert_eq!(desk.phone_origin(99), None);
    // The conversation goes on over what loaded last; in what is being written, the node has another number.
    desk.edit(&TREE.replace("answers:\n  study:", "answers:\n  swim: {sya: 1}\n  study:"));
    let expected =
        ["0: Why do you come?", "2: study", "2: How long?", "2: How long?", "2: How long?"];
    assert_eq!(phone_origins(&mut desk), expected);
    let mut desk = said(TREE, &["university", "long"]);
    assert_eq!(
        phone_origins(&mut desk),
        ["0: Why do you come?", "1: study", "1: How long?", "3: long", "3: A long visa."]
    );
}

#[test]
fn a_message_that_comes_in_parts_is_from_one_place() {
    let long = "Word. ".repeat(500);
    let source = format!(
        "say: [One., '{long}', 'Which?']\nanswers:\n  a: {{say: Two., goto: b}}\n  an answer whose name is long: x\nnodes:\n  b:\n    say: [Three., Four.]\n"
    );
    let mut desk = said(&source, &["a"]);
    let all = phone_origins(&mut desk);
    assert_eq!(all[0], "0: One.");
    let parts = all.iter().filter(|from| from.starts_with("0: 'Word. Word.")).count();
    assert_eq!(parts, 2);
    assert_eq!(all[3..], ["0: 'Which?'", "1: a", "1: Two.", "3: Three.", "3: Four."]);
}

#[test]
fn each_message_of_a_part_is_found() {
    let source = "say: [One., Two., Which?]\nanswers:\n  a: {say: Three., goto: b}\n  c: x\nnodes:\n  b:\n    say:\n      - Four.\n      - image: https://a.example/b.png\n        alt: A cat\n      - Five?\n    answers: {d: Six., e: {goto: start}}\n";
    let mut desk = said(source, &["a"]);
    let all: Vec<String> = (0..5).map(|message| origin(&mut desk, 2, message)).collect();
    assert_eq!(
        all,
        [
            "b: Five?",
            "b: image: https://a.example/b.png\n        alt: A cat",
            "b: Four.",
            "a: Three.",
            // There are no more.
            "b: Four.",
        ]
    );
    assert_eq!(
        [0, 1, 2].map(|message| origin(&mut desk, 0, message)),
        ["start: Which?", "start: Two.", "start: One."]
    );
}

#[test]
fn while_the_source_does_not_load_the_nodes_are_told_apart_by_what_they_are() {
    let mut desk = said(TREE, &["study", "long"]);
    let before = origins(&mut desk);
    // A new answer before the others, with an error in it: the nodes behind it have other numbers.
    let broken = TREE.replace("answers:\n  study:", "answers:\n  swim: {sya: 1}\n  study:");
    desk.edit(&broken);
    assert!(desk.analysis.tree().is_none());
    assert_eq!(origins(&mut desk), before);
    let study = desk.node_at(at(&desk, "study:"));
    assert_eq!(study.and_then(|study| desk.in_conversation(study)), Some(1));
    assert_eq!(desk.in_source(1), study);
    let swim = desk.node_at(at(&desk, "swim:"));
    assert_eq!(swim.and_then(|swim| desk.in_conversation(swim)), None);
    // It is led to the node that the author means, and the map shows where it is.
    let cook = desk.node_at(at(&desk, "cook:"));
    assert!(cook.is_some_and(|cook| desk.jump(cook)));
    assert_eq!(last(&desk), "You need a cook's visa.");
    assert_eq!(desk.map().here(), cook);
    assert!(!swim.is_some_and(|swim| desk.jump(swim)));
    // Where nothing can be read any more, what was said is still known to be from the last source that loaded.
    desk.edit("say: [");
    assert_eq!(origin(&mut desk, 4, 0), "-: You need a cook's visa.");
    say(&mut desk, "back");
    assert_eq!(last(&desk), "Which job?");
    desk.edit(TREE);
    assert!(desk.sound.is_none());
    assert_eq!(desk.in_conversation(3), Some(3));
}

#[test]
fn what_would_change_the_source_waits_until_it_loads() {
    let mut desk = said(TREE, &["study", "bananas"]);
    let id = desk.preview().view.transcript.iter().rev().find_map(|entry| {
        let is_typed = entry.sender == crate::view::Sender::You;
        is_typed.then(|| entry.id.clone())
    });
    let id = id.unwrap_or_default();
    assert_eq!(desk.why(&id).map(|why| why.add.len()), Some(2));
    desk.edit(&TREE.replace("answers:\n  study:", "answers:\n  swim: {sya: 1}\n  study:"));
    assert_eq!(desk.why(&id).map(|why| why.add.len()), Some(0));
    assert!(desk.record("x").problem.is_some_and(|problem| problem.contains("has errors")));
}

#[test]
fn a_source_that_never_loaded_has_nothing_that_was_said() {
    let mut desk = desk("say: [");
    assert_eq!(desk.origin("now", 0), None);
    assert_eq!(desk.in_conversation(0), Some(0));
}
