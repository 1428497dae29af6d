//! Where the answers of each question lead: a tree as questions, ends and the ways between them.

use std::sync::Arc;

use crate::Trail;
use crate::place::Start;
use crate::tree::{AnswerId, NodeId, Tree};
use crate::walk::record_of;

/// Where the answers of every question lead, looked up once.
pub(crate) struct Moves {
    /// Those of all questions, one question after the other.
    moves: Vec<Move>,
    /// For each node, where its moves begin; one more at the end.
    begins: Vec<usize>,
    /// Where a conversation begins: what the root leads to.
    pub(crate) opening: NodeId,
}

/// One answer of a question (its `else`, where that is taken like one), and where it leads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Move {
    /// None for `else`.
    pub(crate) answer: Option<AnswerId>,
    /// What the answer itself says.
    pub(crate) from: NodeId,
    /// The question that is asked then, or the end.
    pub(crate) to: NodeId,
    /// Whether a `goto` leads to the start on the way, so that nothing counts as answered any more.
    pub(crate) through_root: bool,
}

impl Moves {
    pub(crate) fn of(tree: &Tree) -> Self {
        let arrivals = arrivals(tree);
        let arrive = |id: NodeId| {
            let fallback = Arrival { place: id, through_root: false };
            arrivals.get(id.0 as usize).copied().unwrap_or(fallback)
        };
        let mut moves = Vec::new();
        let mut begins = Vec::with_capacity(tree.len() + 1);
        for node in ids(tree).filter_map(|id| tree.get(id)) {
            begins.push(moves.len());
            for answer in node.answers() {
                let from = answer.node();
                let goes_on =
                    tree.get(from).is_some_and(|node| node.is_question() || node.goto().is_some());
                let arrival = match node.goto().filter(|_| !goes_on) {
                    Some(goto) => through(goto, arrive(goto)),
                    None => arrive(from),
                };
                moves.push(Move {
                    answer: Some(answer.id()),
                    from,
                    to: arrival.place,
                    through_root: arrival.through_root,
                });
            }
            let otherwise = node.otherwise().filter(|id| {
                tree.get(*id).is_some_and(|node| node.is_question() || node.goto().is_some())
            });
            moves.extend(otherwise.map(|from| {
                let Arrival { place, through_root } = arrive(from);
                Move { answer: None, from, to: place, through_root }
            }));
        }
        begins.push(moves.len());
        Self { moves, begins, opening: arrive(Tree::ROOT).place }
    }

    /// The moves of one question; none at an end.
    pub(crate) fn after(&self, question: NodeId) -> &[Move] {
        let at = question.0 as usize;
        let begin = self.begins.get(at).copied().unwrap_or(self.moves.len());
        let end = self.begins.get(at + 1).copied().unwrap_or(begin);
        self.moves.get(begin..end).unwrap_or_default()
    }

    /// Which places (questions that wait, and ends) some conversation comes to, from the start.
    pub(crate) fn reachable(&self) -> Vec<bool> {
        let mut reached = vec![false; self.begins.len().saturating_sub(1)];
        let mut waiting = vec![self.opening];
        while let Some(id) = waiting.pop() {
            let Some(mark) = reached.get_mut(id.0 as usize).filter(|mark| !**mark) else {
                continue;
            };
            *mark = true;
            waiting.extend(self.after(id).iter().map(|then| then.to));
        }
        reached
    }
}

/// All numbers of nodes.
pub(crate) fn ids(tree: &Tree) -> impl Iterator<Item = NodeId> + use<> {
    (0..u32::try_from(tree.len()).unwrap_or(u32::MAX)).map(NodeId)
}

/// Goes every simple path from the start, one arrival after the other, without recursion: a path is
/// over at an end, or where it comes back to a question that is on it.
pub(crate) struct Tour {
    /// The questions on the path, each with the next of its moves to be tried.
    frames: Vec<(NodeId, usize)>,
    /// The answers given: one for each question but the last; one for each after an arrival that is over.
    steps: Vec<(NodeId, Option<AnswerId>)>,
    /// The moves that were made, as `steps`.
    made: Vec<Move>,
    on_path: Vec<bool>,
    begun: bool,
}

/// Where a tour has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrived {
    /// At a question that the path has not been at yet.
    Question(NodeId),
    /// At an end: the path is over.
    End(NodeId),
    /// Back at this question, or at the start: the path is over.
    Loop(NodeId),
}

impl Tour {
    pub(crate) fn new(moves: &Moves) -> Self {
        let on_path = vec![false; moves.begins.len()];
        Self { frames: Vec::new(), steps: Vec::new(), made: Vec::new(), on_path, begun: false }
    }

    /// The answers that lead to the last arrival.
    pub(crate) fn steps(&self) -> &[(NodeId, Option<AnswerId>)] {
        &self.steps
    }

    /// The last answer's move; none at the opening.
    pub(crate) fn last(&self) -> Option<&Move> {
        self.made.last()
    }

    /// Goes on to the next arrival, with the moves that the tour was made for.
    pub(crate) fn next(&mut self, moves: &Moves) -> Option<Arrived> {
        if !self.begun {
            self.begun = true;
            return Some(self.arrive(moves, moves.opening, false));
        }
        loop {
            // A path that was over has one step more than there are questions before the last.
            self.steps.truncate(self.frames.len().saturating_sub(1));
            self.made.truncate(self.frames.len().saturating_sub(1));
            let (question, branch) = self.frames.last_mut()?;
            let question = *question;
            let Some(then) = moves.after(question).get(*branch) else {
                self.frames.pop();
                self.mark(question, false);
                continue;
            };
            *branch += 1;
            self.steps.push((question, then.answer));
            self.made.push(*then);
            return Some(self.arrive(moves, then.to, then.through_root));
        }
    }

    fn arrive(&mut self, moves: &Moves, place: NodeId, through_root: bool) -> Arrived {
        if moves.after(place).is_empty() {
            return Arrived::End(place);
        }
        if through_root || self.on_path.get(place.0 as usize).copied().unwrap_or(true) {
            return Arrived::Loop(place);
        }
        self.mark(place, true);
        self.frames.push((place, 0));
        Arrived::Question(place)
    }

    fn mark(&mut self, place: NodeId, to: bool) {
        if let Some(mark) = self.on_path.get_mut(place.0 as usize) {
            *mark = to;
        }
    }
}

/// The trail of somebody who gave these answers from the start, each by its button.
pub(crate) fn trail_of(tree: &Tree, steps: &[(NodeId, Option<AnswerId>)]) -> Trail {
    let steps = steps.iter().map(|(question, answer)| {
        let question = tree.node(*question);
        let label = answer.and_then(|answer| question.answer(answer)).map(|answer| answer.label());
        record_of(question, *answer, label.map(Arc::from))
    });
    Trail { start: Start::Root, steps: steps.collect(), ahead: Vec::new() }
}

/// What a node leads to.
#[derive(Clone, Copy)]
struct Arrival {
    place: NodeId,
    through_root: bool,
}

fn through(goto: NodeId, arrival: Arrival) -> Arrival {
    Arrival { through_root: arrival.through_root || goto == Tree::ROOT, ..arrival }
}

/// For each node the place that it leads to. Each node is looked at once.
fn arrivals(tree: &Tree) -> Vec<Arrival> {
    let mut known: Vec<Option<Arrival>> = vec![None; tree.len()];
    let mut chain: Vec<NodeId> = Vec::new();
    for start in ids(tree) {
        let mut at = start;
        let mut arrival = loop {
            if let Some(Some(arrival)) = known.get(at.0 as usize) {
                break *arrival;
            }
            let next = tree.get(at).filter(|node| !node.is_question()).and_then(|node| node.goto());
            // The loader refuses rings that ask nothing, so the bound is never met.
            match next.filter(|_| chain.len() < tree.len()) {
                Some(goto) => {
                    chain.push(at);
                    at = goto;
                }
                None => {
                    let here = Arrival { place: at, through_root: false };
                    if let Some(slot) = known.get_mut(at.0 as usize) {
                        *slot = Some(here);
                    }
                    break here;
                }
            }
        };
        while let Some(id) = chain.pop() {
            arrival = through(at, arrival);
            at = id;
            if let Some(slot) = known.get_mut(id.0 as usize) {
                *slot = Some(arrival);
            }
        }
    }
    let fallback = Arrival { place: Tree::ROOT, through_root: false };
    known.into_iter().map(|arrival| arrival.unwrap_or(fallback)).collect()
}
