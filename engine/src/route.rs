//! The shortest way to a node, for whoever wants to see what is said there.

use std::collections::VecDeque;

use crate::Trail;
use crate::moves::{Move, Moves, trail_of};
use crate::tree::{AnswerId, NodeId, Tree};
use crate::walk::follow;

/// The trail of somebody who comes to a node from the start with as few answers as can be, by their buttons.
///
/// It leads to the place where the node has been said: to the node itself where it asks or ends, else to where the
/// conversation goes on from it. Of ways that are as short, it is the first in the order of the source. None where no
/// conversation comes to the node.
#[must_use]
pub fn way_to(tree: &Tree, node: NodeId) -> Option<Trail> {
    tree.get(node)?;
    let moves = Moves::of(tree);
    if follow(tree, Tree::ROOT, None).nodes(tree).any(|said| said == node) {
        return Some(Trail::root());
    }
    // How each place was come to first.
    let mut before: Vec<Option<(NodeId, Move)>> = vec![None; tree.len()];
    let mut waiting = VecDeque::from([moves.opening]);
    while let Some(question) = waiting.pop_front() {
        for made in moves.after(question) {
            if says(tree, question, made, node) {
                return Some(trail_of(tree, &steps(&before, question, made)));
            }
            let known = before.get_mut(made.to.0 as usize).filter(|known| known.is_none());
            if let Some(known) = known.filter(|_| made.to != moves.opening) {
                *known = Some((question, *made));
                waiting.push_back(made.to);
            }
        }
    }
    None
}

/// Whether a node speaks when this answer is given to a question.
fn says(tree: &Tree, question: NodeId, made: &Move, node: NodeId) -> bool {
    let after = made.answer.and_then(|_| tree.get(question)?.goto());
    follow(tree, made.from, after).nodes(tree).any(|said| said == node)
}

/// The answers that lead to a question, and the one that is given to it.
fn steps(
    before: &[Option<(NodeId, Move)>],
    question: NodeId,
    last: &Move,
) -> Vec<(NodeId, Option<AnswerId>)> {
    let mut steps = vec![(question, last.answer)];
    let mut at = question;
    // Each place was come to from one that was known before it, so this comes to an end.
    while let Some(Some((question, made))) = before.get(at.0 as usize) {
        steps.push((*question, made.answer));
        at = *question;
    }
    steps.reverse();
    steps
}
