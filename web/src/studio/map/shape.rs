//! The shape of a tree: what hangs from what, so that it can be read as an outline as well as a map.
//!
//! What an answer says hangs from its question. A shared node hangs from the first node that goes on to it, in breadth:
//! as near to the start as it gets. Every other `goto` is a link across.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use treebot::{EdgeKind, Graph, GraphEdge};

/// A number that is none.
pub(super) const NONE: u32 = u32::MAX;

/// What tells a node from all others, also after an edit that moves it: its name, or where it hangs.
pub(crate) type Key = u64;

/// What hangs from what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// The node that each hangs from; [`NONE`] for the first, and for what nothing leads to.
    pub(super) parents: Vec<u32>,
    /// How many nodes there are above each.
    pub(super) depths: Vec<u32>,
    /// The edge by which each hangs, as an index into the graph's; [`NONE`] where it hangs from nothing.
    pub(super) by: Vec<u32>,
    /// All nodes, each before what hangs from it, in the order in which they are drawn.
    pub(super) order: Vec<u32>,
    /// Where each node is in `order`.
    pub(super) places: Vec<u32>,
    /// How many nodes hang from each, directly or further on.
    pub(super) below: Vec<u32>,
    /// For each node, the how-manieth it is of those that hang from the same, from 1; and how many these are.
    pub(super) positions: Vec<(u32, u32)>,
    /// What leads across: indices into the graph's edges.
    pub(super) across: Vec<u32>,
}

impl Shape {
    pub(super) fn of(graph: &Graph) -> Self {
        let count = graph.nodes.len();
        let begins = begins(graph);
        let written = written_under(graph);
        let mut shape = Self {
            parents: vec![NONE; count],
            depths: vec![0; count],
            by: vec![NONE; count],
            ..Self::default()
        };
        let mut reached = vec![false; count];
        // In breadth: what hangs from one node stands in a row there.
        let mut queue: Vec<u32> = Vec::with_capacity(count);
        let mut rows = vec![(0, 0); count];
        let mut roots = Vec::new();
        let mut next = 0;
        for root in numbers(count) {
            if of(&reached, root) || (root != 0 && of(&written, root)) {
                continue;
            }
            put(&mut reached, root, true);
            roots.push(root);
            queue.push(root);
            while let Some(node) = queue.get(next).copied() {
                next += 1;
                let from = queue.len();
                for edge in of(&begins, node)..of(&begins, node + 1) {
                    let Some(GraphEdge { to, kind, .. }) = graph.edges.get(edge as usize) else {
                        continue;
                    };
                    let is_goto = matches!(kind, EdgeKind::Goto);
                    if of(&reached, to.0) || (is_goto && of(&written, to.0)) {
                        continue;
                    }
                    put(&mut reached, to.0, true);
                    put(&mut shape.parents, to.0, node);
                    put(&mut shape.by, to.0, edge);
                    let depth = of(&shape.depths, node) + 1;
                    put(&mut shape.depths, to.0, depth);
                    queue.push(to.0);
                }
                put(&mut rows, node, (from, queue.len()));
            }
        }
        shape.put_in_order(&roots, &queue, &rows);
        shape.across = numbers(graph.edges.len())
            .filter(|edge| {
                graph.edges.get(*edge as usize).is_some_and(|to| of(&shape.by, to.to.0) != *edge)
            })
            .collect();
        shape
    }

    fn put_in_order(&mut self, roots: &[u32], queue: &[u32], rows: &[(usize, usize)]) {
        let count = self.parents.len();
        self.positions = vec![(1, 1); count];
        let all = |(from, to): (usize, usize)| queue.get(from..to).unwrap_or_default();
        for row in rows.iter().map(|row| all(*row)).chain([roots]) {
            for (node, position) in row.iter().zip(1..) {
                put(&mut self.positions, *node, (position, number(row.len())));
            }
        }
        self.places = vec![0; count];
        self.order.reserve_exact(count);
        let mut waiting: Vec<u32> = roots.iter().rev().copied().collect();
        while let Some(node) = waiting.pop() {
            put(&mut self.places, node, number(self.order.len()));
            self.order.push(node);
            waiting.extend(all(of(rows, node)).iter().rev());
        }
        self.below = vec![0; count];
        // From the back, so that whatever hangs from a node is counted before it.
        for node in self.order.iter().rev() {
            let all = of(&self.below, *node) + 1;
            if let Some(sum) = self.below.get_mut(of(&self.parents, *node) as usize) {
                *sum += all;
            }
        }
    }

    /// What tells each node from all others, also after an edit.
    pub(super) fn keys(&self, graph: &Graph) -> Vec<Key> {
        let mut keys: Vec<Key> = vec![0; self.parents.len()];
        let mut taken = HashSet::with_capacity(self.order.len());
        for id in &self.order {
            let mut hasher = DefaultHasher::new();
            match graph.nodes.get(*id as usize).and_then(|node| node.name.as_ref()) {
                Some(name) => name.hash(&mut hasher),
                None => {
                    of(&keys, of(&self.parents, *id)).hash(&mut hasher);
                    match graph.edges.get(of(&self.by, *id) as usize).map(|edge| &edge.kind) {
                        Some(EdgeKind::Answer { key, .. }) => key.hash(&mut hasher),
                        Some(EdgeKind::Else) => 1_u8.hash(&mut hasher),
                        Some(EdgeKind::Goto) | None => 2_u8.hash(&mut hasher),
                    }
                }
            }
            let mut key = hasher.finish();
            // While there are errors, two may be called the same.
            while !taken.insert(key) {
                key = key.wrapping_add(1);
            }
            put(&mut keys, *id, key);
        }
        keys
    }

    /// From a node up to where all hangs, itself first; nothing for what is no node.
    pub(super) fn way_up(&self, node: u32) -> impl Iterator<Item = u32> {
        let first = ((node as usize) < self.parents.len()).then_some(node);
        std::iter::successors(first, |node| {
            Some(of(&self.parents, *node)).filter(|parent| *parent != NONE)
        })
    }

    /// Whether nothing hangs from a node.
    pub(super) fn is_leaf(&self, node: u32) -> bool {
        of(&self.below, node) == 0
    }
}

/// For each node, where its edges begin; one more at the end. They stand in the order of the nodes.
fn begins(graph: &Graph) -> Vec<u32> {
    let mut begins = vec![0; graph.nodes.len() + 1];
    for edge in &graph.edges {
        if let Some(count) = begins.get_mut(edge.from.0 as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for begin in &mut begins {
        sum += *begin;
        *begin = sum;
    }
    begins
}

/// Which nodes are written under an answer or an `else`, and hang there whatever else leads to them.
fn written_under(graph: &Graph) -> Vec<bool> {
    let mut written = vec![false; graph.nodes.len()];
    for edge in &graph.edges {
        match edge.kind {
            EdgeKind::Answer { .. } | EdgeKind::Else => put(&mut written, edge.to.0, true),
            EdgeKind::Goto => {}
        }
    }
    written
}

pub(super) fn number(count: usize) -> u32 {
    // A source is far too short for more.
    u32::try_from(count).unwrap_or(u32::MAX)
}

pub(super) fn numbers(count: usize) -> std::ops::Range<u32> {
    0..number(count)
}

/// What is kept for a node.
pub(super) fn of<T: Copy + Default>(list: &[T], node: u32) -> T {
    list.get(node as usize).copied().unwrap_or_default()
}

pub(super) fn put<T>(list: &mut [T], node: u32, value: T) {
    if let Some(slot) = list.get_mut(node as usize) {
        *slot = value;
    }
}
