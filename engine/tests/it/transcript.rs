//! Conversations of which only the text is known.

use proptest::prelude::*;
use treebot::{
    Direction, History, Input, InputKind, Millis, TranscriptLine, TurnOptions, current, resolve,
    turn,
};

use crate::support::random::{Dice, Plan};
use crate::support::{Person, tree};
use crate::trees::source;

/// A log as the first bot kept it: `<` received, `>` sent.
fn lines(log: &str) -> Vec<TranscriptLine> {
    let line = |line: &str| {
        let (direction, text) = match line.trim().split_once(' ').unwrap() {
            ("<", text) => (Direction::Received, text),
            (_, text) => (Direction::Sent, text),
        };
        TranscriptLine { direction, text: text.to_owned(), at: None }
    };
    log.trim().lines().map(line).collect()
}

const LOG: &str = "
< hello
> Hello! Why do you want to come to the UK? travel, study, business/work, …
< bananas
> Sorry, I didn't understand, shall we start again?
< no
> Why do you want to come to the UK?
< business
> How long do you need to stay? up to 6 months or more than 6 months?
< more than 6 months
> Which describes you? 1: entrepreneur, 2: investor, …
< 4
> What have you been offered? 1: a skilled job, …
";

#[test]
fn a_log_is_played_once_and_goes_on_from_its_place() {
    let tree = tree(&source("first.yaml"));
    let history = History::from_transcript(&tree, &lines(LOG));
    let place = resolve(&tree, history.trail().unwrap()).place;
    assert!(place.question().unwrap().ends_with("more than 6 months/4"));
    let asked = current(&tree, &history).unwrap();
    assert!(asked.messages[0].text().starts_with("What have you been offered?"));
    // Six lines were received.
    assert_eq!(history.len(), 6);

    // It goes on as any other, however much later.
    let mut person = Person::new();
    person.history = history;
    let input = treebot::Input {
        at: Millis(1_700_000_000_000),
        id: "m1".to_owned(),
        kind: treebot::InputKind::Text("4".to_owned()),
    };
    let turn = treebot::turn(&tree, &person.history, &input, &treebot::TurnOptions::default());
    assert_eq!(turn.reply.messages[0].text(), "A sportsperson visa fits.");
}

#[test]
fn the_same_log_is_the_same_history_and_more_of_it_adds_to_it() {
    let tree = tree(&source("first.yaml"));
    let all = lines(LOG);
    let history = History::from_transcript(&tree, &all);
    assert_eq!(history, History::from_transcript(&tree, &all));
    for length in 0..all.len() {
        let mut part = History::from_transcript(&tree, &all[..length]);
        part.merge(history.clone());
        assert_eq!(part, history, "{length}");
    }
    assert_eq!(History::from_json(&history.to_json()).unwrap(), history);
}

#[test]
fn times_are_kept_and_never_go_back() {
    let tree = tree(&source("first.yaml"));
    let mut log = lines(LOG);
    log[0].at = Some(Millis(5000));
    log[2].at = Some(Millis(7000));
    log[4].at = Some(Millis(6000));
    let history = History::from_transcript(&tree, &log);
    let times: Vec<i64> = history.events().iter().map(|event| event.at.0).collect();
    assert_eq!(times, [5000, 7000, 7000, 7000, 7000, 7000]);
    let untimed = History::from_transcript(&tree, &lines(LOG));
    assert_eq!(history.trail(), untimed.trail());
}

#[test]
fn a_bot_that_spoke_first_opened_the_conversation() {
    let tree = tree(&source("first.yaml"));
    // Whose first line is one that would only be greeted.
    let log = "> Hello! Why do you want to come to the UK?\n< 2\n> How long do you need to stay?";
    let history = History::from_transcript(&tree, &lines(log));
    let place = resolve(&tree, history.trail().unwrap()).place;
    assert_eq!(place.question().as_deref(), Some("start/study"));
    let greeted = History::from_transcript(&tree, &lines("< 2\n> Hello!"));
    let place = resolve(&tree, greeted.trail().unwrap()).place;
    assert_eq!(place.question().as_deref(), Some("start"));
    assert!(History::from_transcript(&tree, &[]).is_empty());
}

#[test]
fn an_answer_that_is_gone_is_not_understood_and_nothing_else_is_taken_for_it() {
    let log = lines("< hi\n> Why …\n< business\n> How long …\n< up to 6 months\n> A visa.");
    let edited = source("first.yaml").replace("  business/work:", "  an office job:");
    let edited = tree(&edited);
    let history = History::from_transcript(&edited, &log);
    assert_eq!(
        resolve(&edited, history.trail().unwrap()).place.question().as_deref(),
        Some("start")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// A transcript of any conversation leads to where that conversation stands, and a part of it to a part of it.
    #[test]
    fn a_transcript_leads_to_where_the_conversation_stood(seed: u64) {
        let mut dice = Dice::new(seed);
        let tree = tree(&Plan::random(&mut dice, 30).source());
        let options = TurnOptions { sees_current: true, ..TurnOptions::default() };
        let mut history = History::new();
        let mut lines = Vec::new();
        for number in 0..dice.below(12) {
            let choices = current(&tree, &history).map(|reply| reply.choices).unwrap_or_default();
            let choice = dice.pick(&choices).map(|choice| choice.label.to_string());
            let other = ["hello", "back", "2", "what?", "start again", "no"];
            let text = choice.filter(|_| dice.chance(70)).unwrap_or_else(|| (*dice.pick(&other).unwrap()).to_owned());
            let input = Input { at: Millis(0), id: format!("m{number:02}"), kind: InputKind::Text(text.clone()) };
            let turn = turn(&tree, &history, &input, &options);
            lines.push(TranscriptLine { direction: Direction::Received, text, at: None });
            for message in &turn.reply.messages {
                lines.push(TranscriptLine { direction: Direction::Sent, text: message.text().to_owned(), at: None });
            }
            history.insert(turn.event);
        }
        let imported = History::from_transcript(&tree, &lines);
        prop_assert_eq!(imported.trail(), history.trail());
        prop_assert_eq!(imported.len(), history.len());
        let mut part = History::from_transcript(&tree, lines.get(..dice.below(lines.len() + 1)).unwrap());
        part.merge(imported.clone());
        prop_assert_eq!(part, imported);
    }
}
