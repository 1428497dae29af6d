//! Random trees, written as sources, random edits of them, and random talk with them.
//!
//! Every node that says something carries a mark `‹n›` in its words that no edit takes away, so
//! that a test can tell whether somebody still stands at the same node.

mod edits;
mod moves;
mod plan;
mod ruin;
mod source;
mod talk;
mod words;

pub(crate) use plan::{Plan, PlanAnswer, PlanNode, Said};
pub(crate) use talk::{Talk, talk};
pub(crate) use words::{loose, varied};

use treebot::{NodeId, Tree};

/// Numbers that only look random: the same seed gives the same numbers.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 16) % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let index = self.below(from.len());
        from.get(index)
    }
}

/// The number of the plan's node that a tree's node was made from.
pub(crate) fn plan_number(tree: &Tree, id: NodeId) -> usize {
    let said = super::all_words(tree, id);
    let (_, number) = said.rsplit_once('‹').unwrap();
    number.split_once('›').unwrap().0.parse().unwrap()
}
