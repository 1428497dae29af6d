//! The laws of the engine, over random trees, conversations and edits: `docs/architecture.md` says
//! what they are for. Each is tried on more than a thousand cases, all together on more than 15,000.

mod codes;
mod edits;
mod histories;
mod load;
mod resolve;
mod turns;
mod typing;

use proptest::prelude::*;
use treebot::{Trail, Tree};

use crate::support::random::{Dice, Plan, talk};
use crate::support::tree;

/// So many cases of a law, or `PROPTEST_CASES` of each.
fn config(cases: u32) -> ProptestConfig {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() {
        ProptestConfig::default().cases
    } else {
        cases
    };
    // What fails is found again from its seed, which the message names.
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 100,
        ..ProptestConfig::default()
    }
}

/// Somewhere in a conversation: a random tree, as its author and as the engine knows it, and the way there.
fn somewhere(dice: &mut Dice) -> (Plan, Tree, Trail) {
    let plan = Plan::random(dice, 40);
    let tree = tree(&plan.source());
    let turns = dice.below(12);
    let trail = talk(&tree, dice, turns).history.trail().unwrap().clone();
    (plan, tree, trail)
}
