//! The laws of the engine, over random trees, conversations and edits. Each is tried on a thousand cases and more,
//! all together on more than 15,000.
//!
//! | law | where |
//! |---|---|
//! | 1: a source loads, or says why | [`load`] |
//! | 2: nothing is taken for an answer that was not given | [`resolve`] |
//! | 2: what is kept after a changed answer was given | [`changes`] |
//! | 3, 4: who is moved by an edit, and who never is | [`edits`] |
//! | 5: place codes | [`codes`] |
//! | 6, 9: events in any order; stored forms | [`histories`] |
//! | 7: what an answer is called picks it | [`typing`] |
//! | 8: what Messenger shows, and what comes back | `messenger/tests/it/conversations.rs`, `outgoing.rs` |
//! | a live turn, a replay and a compiled tree are the same walk | [`turns`] |

mod changes;
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
        max_global_rejects: 1_000_000,
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
