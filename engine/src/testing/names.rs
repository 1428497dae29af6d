//! Finding the question that a test names.

use crate::Digest;
use crate::place::{MAX_STEPS, Start, Step, StepAnswer, Trail};
use crate::resolve::{StepOutcome, resolve};
use crate::tree::{NodeId, Tree};

/// The most bytes of a way; a longer one leads nowhere.
const MAX_WAY: usize = 10_000;

/// How many ways to read a path are tried. Only keys with a `/` in them make more than one.
const MAX_TRIES: usize = 200;

/// The node of this name, present or former, or at the end of this way, such as `start/study`: a name, then
/// the keys of the answers that lead on from there.
pub(crate) fn find(tree: &Tree, text: &str) -> Option<NodeId> {
    tree.find(Digest::of(text)).or_else(|| along(tree, text))
}

fn along(tree: &Tree, text: &str) -> Option<NodeId> {
    if !text.contains('/') || text.len() > MAX_WAY {
        return None;
    }
    let cuts: Vec<usize> =
        text.match_indices('/').map(|(at, _)| at).take(2 * MAX_STEPS).chain([text.len()]).collect();
    // Ways that have been read up to some place in the text.
    let mut waiting: Vec<(Trail, usize)> = Vec::new();
    for cut in cuts.iter().rev().skip(1) {
        let Some(name) = text.get(..*cut).map(Digest::of) else { continue };
        if let Some(found) = tree.find(name) {
            let start = if found == Tree::ROOT { Start::Root } else { Start::Named(name) };
            waiting.push((Trail { start, ..Trail::root() }, cut + 1));
        }
    }
    let mut tries = 0;
    while let Some((trail, from)) = waiting.pop() {
        for cut in cuts.iter().rev().filter(|cut| **cut > from) {
            let Some(key) = text.get(from..*cut) else { continue };
            tries += 1;
            if tries > MAX_TRIES {
                return None;
            }
            let Some((trail, place)) = answered(tree, &trail, key) else { continue };
            if *cut == text.len() {
                return Some(place);
            }
            waiting.push((trail, cut + 1));
        }
    }
    None
}

/// A trail with one more answer, and where it leads; none if there is no such answer.
fn answered(tree: &Tree, trail: &Trail, key: &str) -> Option<(Trail, NodeId)> {
    let by_key = StepAnswer::Key(Digest::of(key));
    let answers = std::iter::once(by_key).chain((key == "else").then_some(StepAnswer::Else));
    answers.into_iter().find_map(|answer| {
        let mut trail = trail.clone();
        trail.steps.push(Step { question: None, answer, mark: None, words: None });
        let resolved = resolve(tree, &trail);
        let is_there = resolved
            .report
            .steps
            .last()
            .is_some_and(|step| matches!(step.outcome, StepOutcome::Kept | StepOutcome::Alias));
        is_there.then_some((trail, resolved.place.node))
    })
}
