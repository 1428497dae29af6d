//! The trees of this project, as they are.

use std::path::PathBuf;

use treebot::{PlaceCode, StepAnswer, Tree};

use crate::support::{Person, tree};

pub(crate) fn source(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../trees");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

pub(crate) fn visa() -> Tree {
    tree(&source("uk-visa.yaml"))
}

#[test]
fn every_place_of_the_visa_tree_is_reached_by_buttons_and_has_a_short_code() {
    let tree = visa();
    let mut person = Person::new();
    let mut waiting = vec![person.start(&tree).reply];
    let (mut questions, mut ends) = (0, 0);
    while let Some(reply) = waiting.pop() {
        questions += 1;
        for choice in &reply.choices {
            assert!(choice.code.as_str().len() <= 120, "{}", choice.code);
            let next = person.tap(&tree, choice.code.as_str(), &choice.label);
            assert!(!next.reply.messages.is_empty());
            if next.place.is_end() {
                ends += 1;
            } else {
                waiting.push(next.reply);
            }
        }
    }
    // As many as the advisor has when every shared part is written out where it is used.
    assert_eq!((questions, ends), (27, 92));
}

#[test]
fn every_label_of_the_visa_tree_can_be_typed() {
    let tree = visa();
    let mut person = Person::new();
    let mut waiting = vec![person.start(&tree)];
    while let Some(turn) = waiting.pop() {
        let here = PlaceCode::encode(&tree, turn.event.place.as_ref().unwrap());
        for choice in &turn.reply.choices {
            person.tap(&tree, here.as_str(), "");
            let typed = person.say(&tree, &choice.label.to_uppercase());
            let code = PlaceCode::encode(&tree, typed.event.place.as_ref().unwrap());
            assert_eq!(code, choice.code, "{} at {:?}", choice.label, turn.place.question());
            if !typed.place.is_end() {
                waiting.push(typed);
            }
        }
    }
}

#[test]
fn every_question_and_answer_key_means_something_or_is_named() {
    for name in ["uk-visa.yaml", "coffee-machine.yaml", "cave.yaml"] {
        let loaded = treebot::load(&source(name));
        assert_eq!(loaded.diagnostics, [], "{name}");
    }
}

#[test]
fn the_first_tree_has_plain_answers_only() {
    let loaded = treebot::load(&source("first.yaml"));
    let tree = loaded.tree.unwrap();
    assert!(
        loaded.diagnostics.iter().all(|diagnostic| matches!(
            diagnostic.code,
            treebot::Code::NeedsName | treebot::Code::MessengerLimit | treebot::Code::AnswersAlike
        )),
        "{:?}",
        loaded.diagnostics
    );
    assert!(tree.nodes().skip(1).all(|node| node.name().is_none() && node.goto().is_none()));
}

/// A YAML library that everybody knows reads the same questions and answers from our trees.
#[test]
fn another_yaml_library_reads_the_same_answers() {
    for name in ["uk-visa.yaml", "first.yaml", "coffee-machine.yaml", "cave.yaml"] {
        let source = source(name);
        let tree = tree(&source);
        let other: serde_yaml::Value = serde_yaml::from_str(&source).unwrap();
        let mut compared = 0;
        compare(&tree, treebot::NodeId(0), &other, &mut compared);
        for (key, node) in
            other.get("nodes").and_then(serde_yaml::Value::as_mapping).into_iter().flatten()
        {
            compare(&tree, tree.named(key.as_str().unwrap()).unwrap(), node, &mut compared);
        }
        assert_eq!(
            compared,
            tree.nodes().map(|node| node.answers().len()).sum::<usize>(),
            "{name}"
        );
    }
}

fn compare(tree: &Tree, id: treebot::NodeId, other: &serde_yaml::Value, compared: &mut usize) {
    let node = tree.get(id).unwrap();
    let said = other.get("say").unwrap_or(other);
    if let Some(said) = said.as_str() {
        assert_eq!(node.say().next().unwrap().text(), said.trim_end());
    }
    let answers = other.get("answers").and_then(serde_yaml::Value::as_mapping);
    let keys: Vec<&str> =
        answers.into_iter().flatten().map(|(key, _)| key.as_str().unwrap()).collect();
    assert_eq!(node.answers().map(|answer| answer.key()).collect::<Vec<_>>(), keys);
    for (answer, (_, other)) in node.answers().zip(answers.into_iter().flatten()) {
        *compared += 1;
        compare(tree, answer.node(), other, compared);
    }
}

#[test]
fn an_old_button_of_another_tree_counts_as_its_label() {
    let first = tree(&source("first.yaml"));
    let visa = visa();
    let mut person = Person::new();
    let travel = person
        .start(&first)
        .reply
        .choices
        .into_iter()
        .find(|choice| choice.label == "medical treatment")
        .unwrap();
    let mut visitor = Person::new();
    visitor.start(&visa);
    let turn = visitor.tap(&visa, travel.code.as_str(), "medical treatment");
    assert_eq!(turn.place.question().as_deref(), Some("treatment-length"));
    let event = visitor.last();
    assert_eq!(
        event.place.as_ref().unwrap().steps.first().unwrap().answer,
        StepAnswer::Key(treebot::Digest::of("Medical treatment"))
    );
}
