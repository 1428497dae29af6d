//! Law 7: what an answer is called picks it, however it is typed; nothing picks nothing.

use proptest::prelude::*;
use treebot::{Input, InputKind, Millis, Pending, PlaceCode, Tier, TurnOptions, resolve, turn};

use super::config;
use crate::support::random::{Dice, Plan, loose, talk, varied};
use crate::support::{Known, answers, tree};

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn typing_what_an_answer_is_called_picks_it(seed: u64) {
        let mut dice = Dice::new(seed);
        let mut plan = Plan::random(&mut dice, 40);
        if dice.chance(10) {
            plan.widen(&mut dice);
        }
        let tree = tree(&plan.source());
        let turns = dice.below(10);
        let person = talk(&tree, &mut dice, turns);
        // A "yes" to a question of the bot's own is none to the tree's.
        prop_assume!(person.history.newest().unwrap().pending != Pending::Forget);
        let place = resolve(&tree, person.history.trail().unwrap()).place.node;
        let all = answers(&tree, place);
        for answer in &all {
            for called in names(answer) {
                let said = [called.clone(), varied(called, &mut dice), varied(called, &mut dice)];
                for (number, text) in said.iter().enumerate() {
                    // Where a sibling is as near, nobody can tell; just as written, it is still this one.
                    let near = |other: &Known| other.key != answer.key && names(other).any(|name| loose(name) == loose(text));
                    if number > 0 && all.iter().any(near) {
                        continue;
                    }
                    let input = Input { at: Millis(10_000), id: "t".to_owned(), kind: InputKind::Text(text.clone()) };
                    let taken = turn(&tree, &person.history, &input, &TurnOptions::default());
                    let matched = taken.event.matched.unwrap();
                    prop_assert_eq!(matched.answer.as_ref(), Some(&answer.key), "seed {}: {:?} typed for {:?}, {:?}", seed, text, called, matched);
                    prop_assert_eq!(matched.tier, Tier::Exact);
                    prop_assert!(matched.rivals.is_empty());
                }
            }
        }
    }

    #[test]
    fn typing_nothing_picks_nothing(seed: u64) {
        let mut dice = Dice::new(seed);
        let plan = Plan::random(&mut dice, 30);
        let tree = tree(&plan.source());
        let turns = dice.below(10);
        let person = talk(&tree, &mut dice, turns);
        let trail = person.history.trail().unwrap();
        for text in ["", " ", "\t \n", "\u{a0}", "\u{3000}\u{2003}", "\u{200b}", "\u{feff}", "\u{0}", "\u{ad}\u{200d}"] {
            let input = Input { at: Millis(10_000), id: "t".to_owned(), kind: InputKind::Text(text.to_owned()) };
            let taken = turn(&tree, &person.history, &input, &TurnOptions::default());
            prop_assert!(taken.event.matched.is_none_or(|matched| matched.answer.is_none() && matched.rivals.is_empty()), "seed {seed}: {text:?}");
            prop_assert_eq!(&taken.event.place.unwrap(), trail, "seed {}: {:?}", seed, text);
            let first = turn(&tree, &treebot::History::new(), &input, &TurnOptions::default());
            prop_assert_eq!(PlaceCode::encode(&tree, &first.event.place.unwrap()), tree.start_again().code);
        }
    }
}

/// All that an answer is called.
fn names(answer: &Known) -> impl Iterator<Item = &String> {
    [&answer.label, &answer.key].into_iter().chain(&answer.also)
}
