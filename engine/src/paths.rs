//! Every way that a conversation can go.

use crate::Trail;
use crate::moves::{Arrived, Moves, Tour, ids, trail_of};
use crate::tree::{AnswerId, NodeId, Tree};

/// How many paths [`paths`] is asked to follow where nobody says otherwise.
pub const MAX_PATHS: usize = 100_000;

/// All paths of a tree, counted.
///
/// A path begins at the start and takes one answer (or an `else` that is taken like one) after the other.
/// It is over at an end, or where it comes back to a question that is on it already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// How many there are: those to an end and those that loop.
    pub count: usize,
    /// How many come to an end.
    pub ends: usize,
    /// How many come back to a question that they have been at.
    pub loops: usize,
    /// The most answers on one.
    pub longest: usize,
    /// Questions that conversations come to, and from which no answers ever lead to an end.
    pub stuck: Vec<NodeId>,
    /// Whether these are all: false if the limit was met.
    pub complete: bool,
}

/// One path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The answers taken, each with its question; no answer for the question's `else`.
    pub steps: Vec<(NodeId, Option<AnswerId>)>,
    /// Where it leads: an end, or a question that is on it already.
    pub to: NodeId,
    /// How it is over.
    pub kind: PathKind,
}

/// How a path is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathKind {
    /// At an end.
    End,
    /// Back at a question that is on it.
    Loop,
}

/// Follows every path of a tree, `limit` at most.
///
/// A tree whose shared parts lead to each other in many ways has more paths than anybody can wait for, so a
/// limit is always given; [`Paths::complete`] says whether it was met. What is stuck is told in any case.
#[must_use]
pub fn paths(tree: &Tree, limit: usize) -> Paths {
    let moves = Moves::of(tree);
    let mut tour = Tour::new(&moves);
    let mut paths = Paths { stuck: stuck(tree, &moves), complete: true, ..Paths::default() };
    while let Some(arrived) = tour.next(&moves) {
        let count = match arrived {
            Arrived::Question(_) => continue,
            _ if paths.count == limit => {
                paths.complete = false;
                break;
            }
            Arrived::End(_) => &mut paths.ends,
            Arrived::Loop(_) => &mut paths.loops,
        };
        *count += 1;
        paths.count += 1;
        paths.longest = paths.longest.max(tour.steps().len());
    }
    paths
}

/// Every path of a tree, in the order of the source. There may be more than anybody can wait for: take some.
pub fn each_path(tree: &Tree) -> impl Iterator<Item = Path> {
    let moves = Moves::of(tree);
    let mut tour = Tour::new(&moves);
    std::iter::from_fn(move || {
        loop {
            let (kind, to) = match tour.next(&moves)? {
                Arrived::Question(_) => continue,
                Arrived::End(to) => (PathKind::End, to),
                Arrived::Loop(to) => (PathKind::Loop, to),
            };
            return Some(Path { steps: tour.steps().to_vec(), to, kind });
        }
    })
}

impl Path {
    /// The trail of somebody who took this path by its buttons.
    ///
    /// Of a path that loops it holds all answers; [`resolve`](crate::resolve) takes those back that lead round.
    #[must_use]
    pub fn trail(&self, tree: &Tree) -> Trail {
        trail_of(tree, &self.steps)
    }
}

/// Questions that conversations come to, and from which no answers ever lead to an end.
fn stuck(tree: &Tree, moves: &Moves) -> Vec<NodeId> {
    let reachable = moves.reachable();
    let mut before: Vec<Vec<NodeId>> = vec![Vec::new(); tree.len()];
    let mut waiting = Vec::new();
    for id in ids(tree) {
        let after = moves.after(id);
        if after.is_empty() {
            waiting.push(id);
        }
        for then in after {
            if let Some(list) = before.get_mut(then.to.0 as usize) {
                list.push(id);
            }
        }
    }
    let mut comes_to_an_end = vec![false; tree.len()];
    while let Some(id) = waiting.pop() {
        let Some(mark) = comes_to_an_end.get_mut(id.0 as usize).filter(|mark| !**mark) else {
            continue;
        };
        *mark = true;
        waiting.extend(before.get(id.0 as usize).into_iter().flatten());
    }
    let is = |marks: &[bool], id: NodeId| marks.get(id.0 as usize).copied().unwrap_or(false);
    ids(tree).filter(|id| is(&reachable, *id) && !is(&comes_to_an_end, *id)).collect()
}
