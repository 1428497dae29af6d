//! What is marked on the map: where the conversation stands, which way it came, and what the tests reach.

use std::collections::HashSet;

use treebot::{AnswerId, Coverage, Graph, NodeId, Trail, Tree, resolve};

use super::shape::{Key, of, put};

/// What is marked, by what tells the nodes from one another: so it outlasts a source that does not load.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Where the conversation stands.
    here: Option<Key>,
    /// Where it was, and where it is.
    visited: HashSet<Key>,
    /// What no test reaches; none where there are no tests.
    untested: Option<HashSet<Key>>,
}

/// The marks of each node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) here: Option<u32>,
    pub(super) visited: Vec<bool>,
    pub(super) tested: Vec<bool>,
    /// Whether there are tests at all.
    pub(super) has_tests: bool,
}

impl Marks {
    /// The marks of a conversation that has come by `trail`, and of tests that reach what `coverage` says; without
    /// `coverage` there are none.
    pub(super) fn of(
        tree: &Tree,
        graph: &Graph,
        keys: &[Key],
        trail: &Trail,
        coverage: Option<&Coverage>,
    ) -> Self {
        let resolved = resolve(tree, trail);
        let mut visited = HashSet::new();
        for start in
            [NodeId(0)].into_iter().chain(resolved.path.iter().flat_map(|(question, answer)| {
                [Some(*question), entered(tree, *question, *answer)].into_iter().flatten()
            }))
        {
            follow(tree, start, keys, &mut visited);
        }
        let here = resolved.place.node;
        visited.insert(of(keys, here.0));
        Self {
            here: keys.get(here.0 as usize).copied(),
            visited,
            untested: coverage.map(|coverage| untested(tree, graph, keys, coverage)),
        }
    }

    /// The marks of each node of a graph that has these keys.
    pub(super) fn on(&self, keys: &[Key]) -> Marked {
        let here = keys.iter().position(|key| Some(*key) == self.here);
        Marked {
            here: here.and_then(|here| u32::try_from(here).ok()),
            visited: keys.iter().map(|key| self.visited.contains(key)).collect(),
            tested: keys
                .iter()
                .map(|key| self.untested.as_ref().is_some_and(|untested| !untested.contains(key)))
                .collect(),
            has_tests: self.untested.is_some(),
        }
    }
}

/// What is said first after an answer.
fn entered(tree: &Tree, question: NodeId, answer: Option<AnswerId>) -> Option<NodeId> {
    let question = tree.get(question)?;
    match answer {
        Some(answer) => question.answer(answer).map(|answer| answer.node()),
        None => question.otherwise(),
    }
}

/// Marks a node, and those that the conversation goes on to by itself.
fn follow(tree: &Tree, from: NodeId, keys: &[Key], visited: &mut HashSet<Key>) {
    let mut at = Some(from);
    // No ring asks nothing: such a tree does not load. The bound costs nothing.
    for _ in 0..tree.len() {
        let Some(node) = at.and_then(|id| tree.get(id)) else { break };
        visited.insert(of(keys, node.id().0));
        at = node.goto().filter(|_| !node.is_question());
    }
}

/// What no test reaches. What an answer says by itself, before the conversation goes on, is reached with the answer.
fn untested(tree: &Tree, graph: &Graph, keys: &[Key], coverage: &Coverage) -> HashSet<Key> {
    let mut reachable = vec![false; graph.nodes.len()];
    let mut waiting = vec![0];
    let mut leads: Vec<Vec<u32>> = vec![Vec::new(); graph.nodes.len()];
    for edge in &graph.edges {
        if let Some(list) = leads.get_mut(edge.from.0 as usize) {
            list.push(edge.to.0);
        }
    }
    while let Some(node) = waiting.pop() {
        if reachable.get(node as usize).copied().unwrap_or(true) {
            continue;
        }
        put(&mut reachable, node, true);
        waiting.extend(leads.get(node as usize).into_iter().flatten());
    }
    let nowhere = keys.iter().zip(&reachable).filter(|(_, reachable)| !**reachable);
    let mut untested: HashSet<Key> = nowhere.map(|(key, _)| *key).collect();
    let places = coverage.unreached_questions.iter().chain(&coverage.unreached_ends);
    untested.extend(places.map(|id| of(keys, id.0)));
    let answers = coverage.unreached_answers.iter();
    let entered = answers.filter_map(|(question, answer)| entered(tree, *question, *answer));
    untested.extend(entered.map(|id| of(keys, id.0)));
    untested
}
