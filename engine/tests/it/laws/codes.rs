//! Law 5: place codes.

use proptest::prelude::*;
use treebot::{PlaceCode, resolve};

use super::config;
use crate::support::random::{Dice, Plan, talk};
use crate::support::tree;

proptest! {
    #![proptest_config(config(1000))]

    /// The code of any place leads back to it, whoever presses it whenever, and keeps to its alphabet
    /// and length.
    #[test]
    fn a_code_leads_back_to_its_place(seed: u64) {
        let mut dice = Dice::new(seed);
        let mut plan = Plan::random(&mut dice, 40);
        let before = tree(&plan.source());
        let turns = dice.below(10);
        let person = talk(&before, &mut dice, turns);
        // An edit may make answers wait for their questions: they are in codes as well.
        if dice.chance(50) {
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
    }
}
