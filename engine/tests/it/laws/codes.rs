//! Law 5: place codes.

use proptest::prelude::*;
use treebot::{PlaceCode, resolve};

use super::config;
use super::edits::path;
use crate::support::random::{Dice, Plan, talk};
use crate::support::tree;

proptest! {
    #![proptest_config(config(1000))]

    /// The code of any place leads back to it, whoever presses it whenever, and keeps to its alphabet
    /// and length.
    #[test]
    fn a_code_leads_back_to_its_place(seed: u64) {
        let mut dice = Dice::new(seed);
        let all_named = dice.chance(50);
        let mut plan = if all_named { Plan::all_named(&mut dice, 30) } else { Plan::random(&mut dice, 40) };
        let before = tree(&plan.source());
        let turns = dice.below(10);
        let person = talk(&before, &mut dice, turns);
        // An edit may make answers wait for their questions: they are in codes as well.
        let stood = resolve(&before, person.history.trail().unwrap());
        if all_named {
            plan.put_questions_in(&path(&plan, &before, &stood), &mut dice);
        } else if dice.chance(50) {
            plan.ruin(&mut dice);
        }
        let after = tree(&plan.source());
        for place in person.history.events().iter().filter_map(|event| event.place.as_ref()) {
            let trail = resolve(&after, place).trail;
            let code = PlaceCode::encode(&after, &trail);
            prop_assert!(code.as_str().len() <= 400);
            prop_assert!(code.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte)));
            let decoded = PlaceCode::decode(code.as_str()).unwrap();
            prop_assert!(decoded.belongs_to(&after));
            prop_assert_eq!(&decoded.trail, &trail);
            prop_assert_eq!(PlaceCode::parse(code.as_str()).unwrap(), code.clone());
            let mut other = talk(&after, &mut dice, 2);
            let turn = other.tap(&after, code.as_str(), "");
            prop_assert_eq!(turn.place.node, resolve(&after, &trail).place.node, "seed {}", seed);
        }
        // What is offered carries the way here, one more answer, and all that waits.
        let here = resolve(&after, person.history.trail().unwrap()).trail;
        for choice in treebot::current(&after, &person.history).unwrap().choices {
            let mut there = PlaceCode::decode(choice.code.as_str()).unwrap().trail;
            prop_assert!(there.steps.pop().is_some());
            prop_assert_eq!(&there, &here, "seed {}: {}", seed, choice.label);
        }
    }
}
