//! A live turn and a replay are the same walk.

use proptest::prelude::*;
use treebot::{Input, InputKind, Millis, PlaceCode, ReplyKind, Tree, TurnOptions, resolve, turn};

use super::config;
use crate::support::random::{Dice, Plan, Talk};
use crate::support::{Person, tree};

proptest! {
    #![proptest_config(config(1000))]

    /// What a turn says its place is, is what its event leads to; taken again, it comes to the same.
    #[test]
    fn a_turn_and_its_replay_agree(seed: u64) {
        let mut dice = Dice::new(seed);
        let tree = tree(&Plan::random(&mut dice, 30).source());
        let mut person = Person::new();
        person.start(&tree);
        let mut talk = Talk::default();
        for _ in 0..dice.below(14) {
            talk.go_on(&tree, &mut person, &mut dice);
            let newest = person.history.newest().unwrap();
            let trail = newest.place.clone().unwrap();
            let resolved = resolve(&tree, &trail);
            prop_assert!(resolved.report.all_kept(), "seed {}: {:?}", seed, resolved.report);
            prop_assert_eq!(&resolved.trail, &trail);
            prop_assert!(trail.ahead.is_empty());
            // The question that waits is the one that was recorded as asked.
            prop_assert_eq!(newest.asked.is_none(), resolved.place.is_end());
            let reply = treebot::current(&tree, &person.history).unwrap();
            prop_assert_eq!(&reply.note, &None, "seed {}", seed);
            prop_assert_eq!(reply.kind == ReplyKind::End, resolved.place.is_end() && newest.pending != treebot::Pending::Forget);
            // Taken again, the next turn comes to the same, and its place is where its event leads.
            let next = Input { at: Millis(10_000), id: "next".to_owned(), kind: talk.kind(&tree, &person, &mut dice) };
            let options = TurnOptions { sees_current: dice.chance(30), ..TurnOptions::default() };
            let (taken, again) = (turn(&tree, &person.history, &next, &options), turn(&tree, &person.history, &next, &options));
            prop_assert_eq!(&taken.event, &again.event);
            prop_assert_eq!(&taken.reply, &again.reply);
            let place = resolve(&tree, taken.event.place.as_ref().unwrap()).place;
            prop_assert_eq!(taken.place.node, place.node, "seed {}", seed);
            prop_assert_eq!(again.place.node, place.node);
        }
    }

    /// A compiled tree is the same tree: every turn comes to the same, and it compiles to itself.
    #[test]
    fn a_compiled_tree_takes_the_same_turns(seed: u64) {
        let mut dice = Dice::new(seed);
        let mut plan = Plan::random(&mut dice, 30);
        if dice.chance(5) {
            plan.widen(&mut dice);
        }
        let loaded = tree(&plan.source());
        let bytes = loaded.compile();
        let read = Tree::from_compiled(&bytes).unwrap();
        prop_assert!(read.compile() == bytes);
        let (mut one, mut other) = (Person::new(), Person::new());
        prop_assert_eq!(one.start(&loaded).reply, other.start(&read).reply);
        let (mut talk, mut twin) = (Talk::default(), Talk::default());
        for _ in 0..dice.below(10) {
            let number = u64::try_from(dice.below(1 << 30)).unwrap();
            let said = talk.go_on(&loaded, &mut one, &mut Dice::new(number));
            let echoed = twin.go_on_knowing(&loaded, &read, &mut other, &mut Dice::new(number));
            prop_assert_eq!(said, echoed, "seed {}", seed);
        }
        prop_assert_eq!(format!("{:?}", one.history), format!("{:?}", other.history));
        let trail = one.history.trail().unwrap();
        prop_assert_eq!(format!("{:?}", resolve(&loaded, trail)), format!("{:?}", resolve(&read, trail)));
    }

    /// Typed or pressed, the answers that are offered lead to the same place with the same words, and
    /// each button's code is that of the place it leads to.
    #[test]
    fn what_is_typed_and_what_is_pressed_agree(seed: u64) {
        let mut dice = Dice::new(seed);
        let tree = tree(&Plan::random(&mut dice, 30).source());
        let turns = dice.below(12);
        let person = crate::support::random::talk(&tree, &mut dice, turns);
        let reply = treebot::current(&tree, &person.history).unwrap();
        for (number, choice) in reply.choices.iter().enumerate() {
            let take = |kind: InputKind| {
                let input = Input { at: Millis(10_000), id: format!("t{number}"), kind };
                turn(&tree, &person.history, &input, &TurnOptions::default())
            };
            let typed = take(InputKind::Text(choice.label.to_string()));
            let counted = take(InputKind::Text((number + 1).to_string()));
            let pressed = take(InputKind::Tap { code: choice.code.as_str().to_owned(), title: Some(choice.label.to_string()) });
            prop_assert_eq!(&typed.reply, &pressed.reply, "seed {}", seed);
            prop_assert_eq!(&typed.event.place, &pressed.event.place);
            // A number is that of the list, unless an answer is called so.
            if !reply.choices.iter().any(|other| other.label == (number + 1).to_string()) && !has_key(&tree, &person, number + 1) {
                let matched = counted.event.matched.clone().unwrap();
                // Where another answer counts so many, it is one of those that are asked about.
                if matched.answer.is_none() {
                    prop_assert!(counted.reply.choices.contains(choice), "seed {}: {:?}", seed, matched);
                    continue;
                }
                prop_assert_eq!(&counted.event.place, &pressed.event.place, "seed {}: {}", seed, number + 1);
                prop_assert_eq!(&counted.reply, &pressed.reply);
            }
            let trail = pressed.event.place.clone().unwrap();
            prop_assert_eq!(resolve(&tree, &trail).place.node, pressed.place.node);
            let decoded = PlaceCode::decode(choice.code.as_str()).unwrap();
            prop_assert_eq!(resolve(&tree, &decoded.trail).trail, trail);
        }
    }
}

/// Whether an answer where somebody stands is called by this number.
fn has_key(tree: &treebot::Tree, person: &Person, number: usize) -> bool {
    let place = resolve(tree, person.history.trail().unwrap()).place.node;
    crate::support::answers(tree, place).iter().any(|answer| answer.key == number.to_string())
}
