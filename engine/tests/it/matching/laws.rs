//! What is true of matching whatever the tree and whatever is typed.

use proptest::prelude::*;
use treebot::{InputKind, NodeId, ReplyKind, Tier, Tree, Understood as Explained, explain};

use super::{Understood, understood};
use crate::support::random::{Dice, Plan};
use crate::support::{Person, tree};
use crate::trees::visa;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Texts of what people type: words of the language, words of the tree, and anything at all.
fn text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "study",
        "work",
        "Japan",
        "6",
        "months",
        "not",
        "no",
        "yes",
        "or",
        "and",
        "a",
        "half",
        "year",
        "up to",
        "more than",
        "I",
        "want",
        "to",
        "stduy",
        "Nigera",
        "US",
        "visa",
        "2.5",
        "-",
        "?",
        ",",
        "😀",
        "é",
        "don't",
        "don t",
        "what is",
        "South",
        "Korea",
        "ＡＢ",
        "1,000",
        "weeks",
        "my wife",
        "is",
        "\u{301}",
        "\u{0}",
        "İ",
        "ß",
        "ﬁ",
        "back",
        "between",
        "to",
        "5-7",
        "2w",
        "½",
        "+",
        ">=",
        "few",
        "the",
        "xyzzy",
        "London",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(words, 0..14).prop_map(|words| words.join(" ")),
    ]
}

thread_local! {
    static VISA: Tree = visa();
}

fn questions(tree: &Tree) -> Vec<NodeId> {
    tree.nodes().filter(|node| node.is_question()).map(|node| node.id()).collect()
}

/// Somebody who stands at a question of the visa advisor.
fn at_question(tree: &Tree, dice: &mut Dice) -> (Person, NodeId) {
    let questions = questions(tree);
    let question = *dice.pick(&questions).unwrap();
    let name = tree.get(question).unwrap().name().unwrap().to_owned();
    let mut person = Person::new();
    person.take(tree, InputKind::Start { at_node: Some(name) });
    (person, question)
}

proptest! {
    #![proptest_config(config(1000))]

    /// Anything may be typed: it is understood in some way, always the same, and the explanation says which.
    #[test]
    fn anything_may_be_typed_and_means_the_same_each_time(text in text(), seed: u64) {
        VISA.with(|tree| {
            let (mut person, question) = at_question(tree, &mut Dice::new(seed));
            let before = person.last().clone();
            let mut other = person.clone();
            let turn = person.say(tree, &text);
            let again = other.say(tree, &text);
            prop_assert_eq!(&turn.event, &again.event);
            prop_assert_eq!(&turn.reply, &again.reply);
            let why = explain(tree, question, &text, Some(&before));
            prop_assert_eq!(&why, &explain(tree, question, &text, Some(&before)));
            let matched = turn.event.matched.clone().unwrap();
            match &why.understood {
                Explained::Answer(answer) => {
                    let key = tree.get(question).unwrap().answer(*answer).unwrap().key().to_owned();
                    prop_assert_eq!(matched.answer, Some(key));
                    prop_assert_eq!(matched.tier, why.tier);
                    prop_assert_eq!(why.doubt, None);
                }
                Explained::AskBack(rivals) => {
                    prop_assert!(matched.answer.is_none() && !rivals.is_empty());
                    prop_assert_eq!(turn.reply.kind, ReplyKind::DidYouMean);
                    prop_assert!(why.doubt.is_some(), "{why:?}");
                }
                Explained::Command | Explained::Nothing => prop_assert!(matched.answer.is_none()),
            }
            for evidence in &why.evidence {
                prop_assert!(evidence.start < evidence.end && evidence.end <= why.words.len());
            }
            Ok(())
        })?;
    }

    /// A word that turns a meaning round, right before an answer's words: the answer is not taken.
    #[test]
    fn an_answer_after_a_negation_is_not_taken(seed: u64) {
        VISA.with(|tree| {
            let mut dice = Dice::new(seed);
            let (mut person, question) = at_question(tree, &mut dice);
            let node = tree.get(question).unwrap();
            let answers: Vec<_> = node.answers().collect();
            let answer = dice.pick(&answers).unwrap();
            let called: Vec<&str> = answer.also().chain([answer.label()]).collect();
            let words = *dice.pick(&called).unwrap();
            let negation = *dice.pick(&["not", "never", "don't", "without", "no", "isn't", "dont", "nto"]).unwrap();
            let before = *dice.pick(&["", "it is ", "I am ", "please "]).unwrap();
            let text = format!("{before}{negation} {words}");
            match understood(tree, &mut person, &text) {
                // "no, Sudan" at a question that takes a no; "not more than 6 months" says up to 6 months; and "not
                // leaving the airport" is what an answer is called.
                Understood::Answer(Tier::Command | Tier::Amount | Tier::Exact, _) => {}
                Understood::Answer(tier, key) => {
                    let of = answers.iter().find(|answer| answer.key() == key).unwrap();
                    let is_called_so = of.also().chain([of.label()]).any(|called| {
                        let called = called.to_lowercase().replace(['’', '\''], "");
                        let negates = |word: &str| ["not", "never", "dont", "without", "no", "wont", "none"].contains(&word);
                        called.split(' ').any(negates) && text.to_lowercase().replace('\'', "").contains(&called)
                    });
                    prop_assert!(is_called_so, "`{text}` is {key} ({})", tier.as_str());
                }
                Understood::Ask(_) | Understood::Command | Understood::Nothing => {}
            }
            Ok(())
        })?;
    }

    /// Law 7: typing a label exactly picks it, whatever becomes of capitals, spaces, punctuation and accents; blank text
    /// picks nothing.
    #[test]
    fn a_label_picks_its_answer_however_it_is_written(seed: u64) {
        let mut dice = Dice::new(seed);
        let tree = if dice.chance(50) { VISA.with(Tree::clone) } else { tree(&Plan::random(&mut dice, 25).source()) };
        let mut person = Person::new();
        let mut turn = person.start(&tree);
        for _ in 0..3 {
            if turn.place.is_end() {
                break;
            }
            let before = person.clone();
            // Where answers are only typed, none is shown.
            let Some(choice) = dice.pick(&turn.reply.choices).cloned() else { break };
            let pressed = person.tap(&tree, choice.code.as_str(), &choice.label);
            let mut typist = before.clone();
            // Random trees have labels that differ only in their accents.
            let is_plain = tree.title() == "Do I need a UK visa?";
            let text = disguised(&choice.label, is_plain, &mut dice);
            let typed = typist.say(&tree, &text);
            prop_assert_eq!(typed.place.node, pressed.place.node, "`{}` as `{}`", choice.label, text);
            let mut mute = before.clone();
            let blank = *dice.pick(&["", " ", "\n\t", "\u{200b}", "\u{a0}\u{3000}"]).unwrap();
            let silent = mute.say(&tree, blank);
            prop_assert_eq!(silent.event.matched.unwrap().answer, None);
            turn = pressed;
        }
    }
}

/// A label in other capitals, with other spaces and punctuation around it, and with accents on.
fn disguised(label: &str, is_plain: bool, dice: &mut Dice) -> String {
    let mut text = match dice.below(4) {
        0 => label.to_uppercase(),
        1 => label.to_lowercase(),
        2 => label.replace(' ', "  "),
        _ => label.to_owned(),
    };
    if is_plain && dice.chance(30) {
        text = text.replacen('e', "é", 1).replacen('o', "o\u{308}", 1);
    }
    if dice.chance(30) {
        let wide = |letter: char| match u32::from(letter) {
            code @ 0x21..0x7f => char::from_u32(code + 0xfee0).unwrap(),
            _ => letter,
        };
        text = text.chars().map(wide).collect();
    }
    match dice.below(5) {
        0 => format!(" {text} "),
        1 => format!("{text}."),
        2 => format!("\"{text}\"!"),
        3 => format!("({text})"),
        _ => text,
    }
}
