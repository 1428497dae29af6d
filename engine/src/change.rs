//! Changing one answer of a conversation: what of the later answers still stands.

use std::sync::Arc;

use crate::place::Trail;
use crate::tree::{AnswerId, NodeId, Tree};
use crate::walk::{record_of, walk};

/// What became of the answers of a conversation after one of them was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The answers that stand now: those up to the changed one, and those of the later ones that were kept.
    pub trail: Trail,
    /// Which of the former answers were given to questions that are asked on the new way as well, by their numbers
    /// in the former path.
    pub kept: Vec<usize>,
    /// Which of the later answers apply to nothing any more, likewise.
    pub lost: Vec<usize>,
}

/// Goes on after a changed answer with the answers that were given later.
///
/// `former` is the trail before the change, `new` the one that ends with the changed answer, and `step` the number of
/// that answer. A later answer is used only where its very question is asked again: the same question of the tree, or
/// one without a name that asks with the same words and offers the same answer. So nothing is taken for an answer
/// that the person did not give.
#[must_use]
pub fn change(tree: &Tree, former: &Trail, step: usize, new: &Trail) -> Changed {
    let before = walk(tree, former);
    let steps = before.trail().steps;
    let later: Vec<Later> = before
        .path()
        .zip(&steps)
        .enumerate()
        .skip(step.saturating_add(1))
        .map(|(number, (taken, record))| Later {
            number,
            question: taken.question,
            answer: taken.answer,
            words: record.words.clone(),
        })
        .collect();
    let all: Vec<usize> = later.iter().map(|later| later.number).collect();
    let mut now = walk(tree, new);
    let mut kept = Vec::new();
    // Each round uses an answer up or ends.
    for _ in 0..all.len() {
        let unused = later.iter().filter(|later| !kept.contains(&later.number));
        let mut found = unused.filter_map(|later| {
            later.fits(tree, now.place).map(|answer| (later.number, answer, later.words.clone()))
        });
        let Some((number, answer, words)) = found.next() else { break };
        let mut trail = now.trail();
        trail.steps.push(record_of(now.node(), answer, words));
        let next = walk(tree, &trail);
        // What leads round undoes answers, and one change is not to undo another.
        if next.depth() <= now.depth() {
            break;
        }
        kept.push(number);
        now = next;
    }
    let lost = all.into_iter().filter(|number| !kept.contains(number)).collect();
    Changed { trail: now.trail(), kept, lost }
}

/// An answer that was given after the one that is changed.
struct Later {
    number: usize,
    question: NodeId,
    /// None for the question's `else`.
    answer: Option<AnswerId>,
    words: Option<Arc<str>>,
}

impl Later {
    /// The same answer at the question `asked`, if this is the question that it was given to, or the same in other
    /// words: none of the two has a name, and they ask alike.
    fn fits(&self, tree: &Tree, asked: NodeId) -> Option<Option<AnswerId>> {
        let node = tree.node(asked);
        if !node.is_question() {
            return None;
        }
        if asked == self.question {
            return Some(self.answer);
        }
        let former = tree.node(self.question);
        let is_alike = former.names().next().is_none()
            && node.names().next().is_none()
            && former.words() == node.words();
        let given = former.answer(self.answer.filter(|_| is_alike)?)?;
        let same = node
            .answers()
            .find(|answer| answer.key() == given.key() && answer.label() == given.label())?;
        Some(Some(same.id()))
    }
}
