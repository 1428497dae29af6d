//! A changed answer: what is kept of the later ones was given to the very question, and leads where it says.

use proptest::prelude::*;
use treebot::{AnswerId, NodeId, PlaceCode, Tree, change, choice, resolve};

use super::{config, somewhere};
use crate::support::random::Dice;
use crate::support::{Person, words};

/// What was asked, by name or words, and what was answered.
fn given(tree: &Tree, (question, answer): (NodeId, Option<AnswerId>)) -> (String, Option<String>) {
    let node = tree.get(question).unwrap();
    let answer =
        answer.and_then(|answer| node.answer(answer)).map(|answer| answer.label().to_owned());
    (words(tree, question), answer)
}

proptest! {
    #![proptest_config(config(1500))]

    /// Every answer that stands after a change is one of those before it, the changed one, or one that was given later
    /// to a question that asks the same; each of the later ones is kept or lost, none is both, and none is used twice.
    #[test]
    fn a_change_keeps_only_what_was_said(seed: u64) {
        let mut dice = Dice::new(seed);
        let (_, tree, trail) = somewhere(&mut dice);
        let before = resolve(&tree, &trail);
        prop_assume!(!before.path.is_empty());
        let step = dice.below(before.path.len());
        let (question, _) = *before.path.get(step).unwrap();
        let node = tree.get(question).unwrap();
        prop_assume!(node.answers().len() > 0);
        let other = node.answers().nth(dice.below(node.answers().len())).unwrap();
        let mut way = before.trail.clone().without_ahead();
        way.steps.truncate(step);
        let code = choice(&tree, &way, other.key()).unwrap().code;
        let new = PlaceCode::decode(code.as_str()).unwrap().trail;
        let changed = change(&tree, &before.trail, step, &new);
        let after = resolve(&tree, &changed.trail);
        prop_assert!(after.report.all_kept() || after.path.len() <= step, "seed {}", seed);

        let later: Vec<usize> = (step + 1..before.path.len()).collect();
        let mut told: Vec<usize> = changed.kept.iter().chain(&changed.lost).copied().collect();
        told.sort_unstable();
        prop_assert_eq!(&told, &later, "seed {}", seed);

        // What follows the changed answer was said by this person, to a question that asks just that.
        let follows = resolve(&tree, &new).path.len();
        let kept = after.path.get(follows..).unwrap_or_default();
        prop_assert_eq!(kept.len(), changed.kept.len(), "seed {}", seed);
        for (now, number) in kept.iter().zip(&changed.kept) {
            let then = *before.path.get(*number).unwrap();
            prop_assert_eq!(given(&tree, *now), given(&tree, then), "seed {}", seed);
        }
        // Whoever goes this way press by press comes to the same place.
        let mut person = Person::new();
        person.start(&tree);
        let code = PlaceCode::encode(&tree, &changed.trail);
        prop_assert_eq!(person.tap(&tree, code.as_str(), "").place.node, after.place.node, "seed {}", seed);
    }
}
