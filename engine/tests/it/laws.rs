//! The laws of the engine, over random trees, conversations and edits.

use proptest::prelude::*;
use treebot::{
    Digest, History, Input, InputKind, Millis, Start, Step, StepAnswer, StepOutcome, Trail, Tree,
    TurnOptions, resolve,
};

use crate::support::random::{Dice, Plan, plan_number};
use crate::support::{Person, tree};

fn config(cases: u32) -> ProptestConfig {
    // What fails is found again from its seed, which the message names.
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Somebody who says this and that: labels, things the bot does not know, back, start again, old buttons.
fn talk(tree: &Tree, dice: &mut Dice, turns: usize) -> Person {
    let mut person = Person::new();
    let mut buttons = Vec::new();
    person.start(tree);
    for _ in 0..turns {
        let choices = treebot::current(tree, &person.history).unwrap().choices;
        buttons.extend(choices.iter().cloned());
        match dice.below(10) {
            0 => drop(person.take(tree, InputKind::Back)),
            1 => drop(person.say(tree, "what is this?")),
            2 if dice.chance(30) => drop(person.take(tree, InputKind::Restart)),
            3 => {
                if let Some(choice) = dice.pick(&buttons).cloned() {
                    person.tap(tree, choice.code.as_str(), &choice.label);
                }
            }
            4 | 5 => {
                if let Some(choice) = dice.pick(&choices).cloned() {
                    person.say(tree, &choice.label);
                }
            }
            _ => {
                if let Some(choice) = dice.pick(&choices).cloned() {
                    person.tap(tree, choice.code.as_str(), &choice.label);
                }
            }
        }
    }
    person
}

/// Somewhere in a conversation: a random tree, as its author and as the engine knows it, and the way there.
fn somewhere(dice: &mut Dice) -> (Plan, Tree, Trail) {
    let plan = Plan::random(dice, 40);
    let tree = tree(&plan.source());
    let turns = dice.below(10);
    let trail = talk(&tree, dice, turns).last().place.clone().unwrap();
    (plan, tree, trail)
}

proptest! {
    #![proptest_config(config(2000))]

    /// Law 1: `load` of anything returns; spans lie on character boundaries; no error, a tree.
    #[test]
    fn any_source_loads_or_says_why(source in source()) {
        let loaded = treebot::load(&source);
        let mut errors = false;
        for diagnostic in &loaded.diagnostics {
            prop_assert!(source.get(diagnostic.span.start..diagnostic.span.end).is_some(), "{diagnostic:?} in {source:?}");
            prop_assert!(!diagnostic.message.is_empty());
            for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
                prop_assert!(source.get(edit.span.start..edit.span.end).is_some(), "{diagnostic:?} in {source:?}");
            }
            errors |= diagnostic.severity == treebot::Severity::Error;
        }
        prop_assert_eq!(loaded.tree.is_none(), errors, "{:?}", loaded.diagnostics);
    }

    /// Law 2: `resolve` is total and deterministic; it uses no answer that the person did not give.
    #[test]
    fn nothing_is_taken_for_an_answer_that_was_not_given(seed: u64, other: u64) {
        let mut dice = Dice::new(seed);
        let before = tree(&Plan::random(&mut dice, 30).source());
        let after = tree(&Plan::random(&mut Dice::new(other), 30).source());
        let turns = dice.below(8);
        let mut trail = talk(&before, &mut dice, turns).last().place.clone().unwrap();
        scramble(&mut trail, &before, &after, &mut dice);
        let resolved = resolve(&after, &trail);
        prop_assert_eq!(format!("{resolved:?}"), format!("{:?}", resolve(&after, &trail)));
        prop_assert_eq!(resolved.report.steps.len(), trail.steps.len());
        let given = trail.steps.iter().zip(&resolved.report.steps).chain(trail.ahead.iter().zip(&resolved.report.ahead));
        for (step, row) in given {
            let (Some(question), Some(answer)) = (row.question, row.answer) else { continue };
            let answer = after.get(question).unwrap().answer(answer).unwrap();
            match row.outcome {
                StepOutcome::Kept => prop_assert_eq!(step.answer, StepAnswer::Key(Digest::of(answer.key()))),
                StepOutcome::Alias => prop_assert!(answer.also().any(|also| step.answer == StepAnswer::Key(Digest::of(also)))),
                StepOutcome::Rematched => {
                    let words = step.words.clone().unwrap().to_lowercase();
                    let said = [answer.label(), answer.key()].into_iter().chain(answer.also()).any(|text| words.contains(&text.to_lowercase()));
                    prop_assert!(said, "{words} for {answer:?}");
                }
                StepOutcome::AskedAgain | StepOutcome::Ahead | StepOutcome::Unused => prop_assert!(false, "{row:?} has an answer"),
            }
        }
    }

    /// Law 3: edits of words, labels, order, siblings, `also`, ids, and keys and names with `was` keep
    /// every place exactly.
    #[test]
    fn edits_of_words_move_nobody(seed: u64) {
        let mut dice = Dice::new(seed);
        let (mut plan, before, trail) = somewhere(&mut dice);
        let stood = plan_number(&before, resolve(&before, &trail).place.node);
        let source = plan.source();
        plan.edit_without_moving_anybody(&mut dice);
        let after = tree(&plan.source());
        let resolved = resolve(&after, &trail);
        prop_assert_eq!(plan_number(&after, resolved.place.node), stood, "seed {}\n{}\n---\n{}\n{:?}", seed, source, plan.source(), resolved);
        prop_assert!(resolved.report.all_kept());
        // What the new tree records means the same to it.
        let again = resolve(&after, &resolved.trail);
        prop_assert_eq!(again.place.node, resolved.place.node);
        prop_assert_eq!(again.trail, resolved.trail);
    }

    /// Law 4: whatever is edited off the path that was taken, the place stays.
    #[test]
    fn edits_off_the_path_move_nobody(seed: u64) {
        let mut dice = Dice::new(seed);
        let (mut plan, before, trail) = somewhere(&mut dice);
        let resolved = resolve(&before, &trail);
        let stood = plan_number(&before, resolved.place.node);
        let path: Vec<(usize, usize)> = resolved.path.iter().map(|(question, answer)| {
            let node = before.get(*question).unwrap();
            let child = node.answer(answer.unwrap()).unwrap().node();
            (plan_number(&before, *question), plan_number(&before, child))
        }).collect();
        plan.edit_off_the_path(&path, stood, &mut dice);
        let after = tree(&plan.source());
        let moved = resolve(&after, &trail);
        prop_assert_eq!(plan_number(&after, moved.place.node), stood, "seed {}", seed);
        prop_assert!(moved.report.all_kept());
    }

    /// Law 5: the code of any place leads back to it, and keeps to its alphabet and length.
    #[test]
    fn a_code_leads_back_to_its_place(seed: u64) {
        let mut dice = Dice::new(seed);
        let tree = tree(&Plan::random(&mut dice, 40).source());
        let turns = dice.below(10);
        let person = talk(&tree, &mut dice, turns);
        for event in person.history.events() {
            let trail = event.place.clone().unwrap();
            let code = treebot::PlaceCode::encode(&tree, &trail);
            prop_assert!(code.as_str().len() <= 400);
            prop_assert!(code.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte)));
            prop_assert_eq!(&treebot::PlaceCode::decode(code.as_str()).unwrap().trail, &trail);
            // Pressed at any time, by anybody, it leads there.
            let mut other = talk(&tree, &mut dice, 2);
            let turn = other.tap(&tree, code.as_str(), "");
            prop_assert_eq!(turn.place.node, resolve(&tree, &trail).place.node);
        }
    }

    /// Law 6: events in any order, any number of times, are the same history and place.
    #[test]
    fn the_order_in_which_events_are_learned_does_not_matter(seed: u64) {
        let mut dice = Dice::new(seed);
        let tree = tree(&Plan::random(&mut dice, 30).source());
        let turns = dice.below(12);
        let person = talk(&tree, &mut dice, turns);
        let events = person.history.events();
        let mut other = History::new();
        let mut left: Vec<_> = events.iter().chain(events.iter().filter(|_| dice.chance(50))).cloned().collect();
        while !left.is_empty() {
            let event = left.swap_remove(dice.below(left.len()));
            other.insert(event);
        }
        prop_assert_eq!(&other, &person.history);
        prop_assert_eq!(other.trail(), person.history.trail());
        prop_assert_eq!(treebot::current(&tree, &other), treebot::current(&tree, &person.history));
    }

    /// Law 9: a stored history reads, and writing and reading it changes nothing.
    #[test]
    fn a_stored_conversation_goes_on(seed: u64) {
        let mut dice = Dice::new(seed);
        let tree = tree(&Plan::random(&mut dice, 30).source());
        let turns = dice.below(12);
        let person = talk(&tree, &mut dice, turns);
        let stored = person.history.to_json();
        let read = History::from_json(&stored).unwrap();
        prop_assert_eq!(&read, &person.history);
        prop_assert_eq!(read.to_json(), stored);
        // One event is enough to go on.
        let compact = treebot::Event::from_compact(&person.last().to_compact(1024)).unwrap();
        let mut one = History::new();
        one.insert(compact);
        let next = Input { at: Millis(10_000), id: "next".to_owned(), kind: InputKind::Text("1".to_owned()) };
        let options = TurnOptions::default();
        prop_assert_eq!(
            treebot::turn(&tree, &one, &next, &options).reply,
            treebot::turn(&tree, &person.history, &next, &options).reply
        );
    }

    /// A live turn and a replay agree: what a turn says its place is, is what its event resolves to.
    #[test]
    fn a_turn_and_its_replay_agree(seed: u64) {
        let mut dice = Dice::new(seed);
        let tree = tree(&Plan::random(&mut dice, 30).source());
        let turns = dice.below(12);
        let mut person = talk(&tree, &mut dice, turns);
        let choices = treebot::current(&tree, &person.history).unwrap().choices;
        if let Some(choice) = dice.pick(&choices).cloned() {
            // Pressed and typed, an answer leads to the same place with the same words.
            let mut typist = Person::new();
            typist.history = person.history.clone();
            let typed = treebot::turn(&tree, &typist.history, &Input { at: Millis(10_000), id: "t".to_owned(), kind: InputKind::Text(choice.label.to_string()) }, &TurnOptions::default());
            let pressed = person.press(&tree, &treebot::current(&tree, &person.history).unwrap(), &choice.label);
            prop_assert_eq!(&typed.reply, &pressed.reply);
            prop_assert_eq!(&typed.event.place, &pressed.event.place);
            let trail = pressed.event.place.clone().unwrap();
            prop_assert_eq!(resolve(&tree, &trail).place.node, pressed.place.node);
            prop_assert!(resolve(&tree, &trail).report.all_kept());
        }
    }
}

/// Sources: random text, YAML-like text, and damaged good trees.
fn source() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "say",
        "answers",
        "goto",
        "id",
        "was",
        "also",
        "label",
        "else",
        "unclear",
        "nodes",
        "title",
        "offer",
        ": ",
        ":",
        "\n",
        "  ",
        "    ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "é",
        "😀",
        "# ",
        "&a ",
        "*a",
        "!!str ",
        "<<",
        "yes",
        "1",
        "~",
        "|\n",
        ">\n",
        "\t",
        "\r\n",
        "---\n",
        "...\n",
        "start",
        "x-y",
        "\u{0}",
        "\u{feff}",
        "study",
        "true",
        "false",
        "image",
        "https://a.b/c.png",
        ", ",
        "? ",
        "%",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()),
        (any::<u64>(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<char>())
            .prop_map(|(seed, from, to, with)| {
                let mut source: Vec<char> =
                    Plan::random(&mut Dice::new(seed), 10).source().chars().collect();
                let (from, to) = (from.index(source.len()), to.index(source.len()));
                source.splice(from..to.max(from).min(from + 6), [with]);
                source.into_iter().collect()
            }),
    ]
}

/// Mixes a trail up: steps of other trees, lost names and marks, words that were never said.
fn scramble(trail: &mut Trail, before: &Tree, after: &Tree, dice: &mut Dice) {
    for _ in 0..dice.below(4) {
        let of = if dice.chance(50) { before } else { after };
        let nodes: Vec<_> = of.nodes().filter(|node| node.is_question()).collect();
        let node = dice.pick(&nodes).unwrap();
        let answer = dice.pick(&node.answers().collect::<Vec<_>>()).copied().unwrap();
        let step = Step {
            question: node.name().filter(|_| dice.chance(70)).map(Digest::of),
            answer: if dice.chance(10) {
                StepAnswer::Else
            } else {
                StepAnswer::Key(Digest::of(answer.key()))
            },
            mark: dice.chance(20).then(|| Digest::of(node.say().next().unwrap().text())),
            words: dice.chance(50).then(|| answer.label().into()),
        };
        let at = dice.below(trail.steps.len() + 1);
        if dice.chance(30) { trail.ahead.push(step) } else { trail.steps.insert(at, step) }
    }
    if dice.chance(20) {
        trail.start = Start::Named(Digest::of("part ab"));
    }
}
