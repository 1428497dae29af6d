//! What an edit does to everybody who is in the middle of a conversation, told before it is published.
//!
//! * [`same`] says whether a question of the old tree is still the same one in the new;
//! * [`impact`] finds every place of the old tree again in the new one, by the walk that a person's next
//!   message takes too, and looks at what it comes to.

mod same;

use indexmap::IndexMap;

use crate::moves::{Arrived, Moves, Tour, trail_of};
use crate::resolve::{Resolved, StepOutcome, resolve};
use crate::tree::{AnswerId, NodeId, Tree};

use same::Sameness;

/// How many places [`impact`] is asked to look at where nobody says otherwise.
pub const MAX_PLACES: usize = 100_000;

/// What an edit does to every place of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// How many places there are of each outcome.
    pub counts: ImpactCounts,
    /// Places with the same fate, the worst first: see [`ImpactOutcome`]. Of the same outcome in the order of
    /// the old source.
    pub rows: Vec<ImpactRow>,
    /// Whether all places of the old tree were looked at: false if the limit was met.
    pub complete: bool,
}

/// How many places came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImpactCounts {
    /// [`ImpactOutcome::Elsewhere`].
    pub elsewhere: usize,
    /// [`ImpactOutcome::AskedAgain`].
    pub asked_again: usize,
    /// [`ImpactOutcome::AskedFirst`].
    pub asked_first: usize,
    /// [`ImpactOutcome::Rematched`].
    pub rematched: usize,
    /// [`ImpactOutcome::Alias`].
    pub alias: usize,
    /// [`ImpactOutcome::Kept`].
    pub kept: usize,
}

/// Places of one question or end that share their fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImpactRow {
    /// What became of them.
    pub outcome: ImpactOutcome,
    /// Whether people are told that something has changed. Who is not, and is [`ImpactOutcome::Elsewhere`],
    /// has silently landed there.
    pub told: bool,
    /// The question or end of the old tree.
    pub old: NodeId,
    /// What it is called there, such as `start/study`.
    pub old_name: String,
    /// How many places this is: as many as there are ways from the start to it.
    pub places: usize,
    /// Where they are in the new tree.
    pub new: NodeId,
    /// What that is called.
    pub new_name: String,
    /// The answer with which it went wrong, if it was one.
    pub step: Option<ImpactStep>,
}

/// The answer with which a place was lost.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImpactStep {
    /// What its question is called in the old tree.
    pub question: String,
    /// The answer's key; `else` for the question's `else`.
    pub answer: String,
}

/// What becomes of a place, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImpactOutcome {
    /// Every answer is still there, and yet they lead somewhere else: to another end, to an end where a question
    /// was, or to another question than the one that was asked. Also where an answer now counts for a question
    /// that is not the one it was given to.
    Elsewhere,
    /// An answer on the way is gone: its question is asked again.
    AskedAgain,
    /// Something is asked that was not asked before: a question stands before the place, or where an end was.
    AskedFirst,
    /// The same place, as what people said still fits one answer whose key is another.
    ///
    /// Looked at for those who pressed the answer or typed its label. Who chose it by other words, or presses
    /// a button further on in an old message (a place code holds no words), may be asked again.
    Rematched,
    /// The same place, by a former name or key.
    Alias,
    /// The same place.
    Kept,
}

/// Finds every place of `old` again in `new`: [`MAX_PLACES`] at most.
#[must_use]
pub fn impact(old: &Tree, new: &Tree) -> Impact {
    impact_within(old, new, MAX_PLACES)
}

/// Finds every place of `old` again in `new`, `limit` at most.
///
/// A place is a way from the start to a question that waits or to an end, by buttons. A tree whose shared parts
/// lead to each other in many ways has more of them than anybody can wait for: [`Impact::complete`] says whether
/// the limit was met.
#[must_use]
pub fn impact_within(old: &Tree, new: &Tree, limit: usize) -> Impact {
    let moves = Moves::of(old);
    let mut sameness = Sameness::between(old, new);
    let mut tour = Tour::new(&moves);
    let mut impact = Impact { complete: true, ..Impact::default() };
    let mut looked_at = 0;
    let mut rows: IndexMap<Fate, usize> = IndexMap::new();
    while let Some(arrived) = tour.next(&moves) {
        let place = match arrived {
            Arrived::Question(place) | Arrived::End(place) => place,
            // Who has gone round stands at a place that was looked at.
            Arrived::Loop(_) => continue,
        };
        if looked_at == limit {
            impact.complete = false;
            break;
        }
        looked_at += 1;
        let fate = fate(&mut sameness, &tour, place);
        impact.counts.add(fate.outcome);
        *rows.entry(fate).or_default() += 1;
    }
    impact.rows = rows.into_iter().map(|(fate, places)| fate.row(old, new, places)).collect();
    impact.rows.sort_by_key(|row| (row.outcome, row.told, row.old));
    impact
}

/// What becomes of one place: what rows are grouped by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Fate {
    outcome: ImpactOutcome,
    told: bool,
    old: NodeId,
    new: NodeId,
    step: Option<(NodeId, Option<AnswerId>)>,
}

impl Fate {
    fn row(self, old: &Tree, new: &Tree, places: usize) -> ImpactRow {
        let step = self.step.map(|(question, answer)| ImpactStep {
            question: old.place_name(question),
            answer: answer
                .and_then(|answer| old.get(question)?.answer(answer))
                .map_or("else", |answer| answer.key())
                .to_owned(),
        });
        ImpactRow {
            outcome: self.outcome,
            told: self.told,
            old: self.old,
            old_name: old.place_name(self.old),
            places,
            new: self.new,
            new_name: new.place_name(self.new),
            step,
        }
    }
}

fn fate(sameness: &mut Sameness<'_>, tour: &Tour, place: NodeId) -> Fate {
    let trail = trail_of(sameness.old, tour.steps());
    let resolved = resolve(sameness.new, &trail);
    let told = sameness.is_told(place, trail);
    let (outcome, step) = outcome(sameness, tour, place, &resolved, told);
    Fate { outcome, told, old: place, new: resolved.place.node, step }
}

type Step = (NodeId, Option<AnswerId>);

fn outcome(
    sameness: &mut Sameness<'_>,
    tour: &Tour,
    place: NodeId,
    resolved: &Resolved<'_>,
    told: bool,
) -> (ImpactOutcome, Option<Step>) {
    let steps = || tour.steps().iter().copied().zip(&resolved.report.steps);
    // An answer that is taken for one to another question is the worst, whatever comes then.
    let mistaken = steps().find(|((question, _), row)| {
        row.answer.is_some()
            && row.question.is_some_and(|now| !sameness.same_question(*question, now))
    });
    if let Some((step, _)) = mistaken {
        return (ImpactOutcome::Elsewhere, Some(step));
    }
    if let Some((step, _)) = steps().find(|(_, row)| row.outcome == StepOutcome::AskedAgain) {
        return (ImpactOutcome::AskedAgain, Some(step));
    }
    let last = tour.steps().last().copied();
    if !sameness.same_place(tour, place, resolved) {
        let more_is_asked = !resolved.place.is_end() && told;
        let lost = steps().find(|(_, row)| row.answer.is_none()).map(|(step, _)| step);
        return if more_is_asked {
            (ImpactOutcome::AskedFirst, lost.or(last))
        } else {
            (ImpactOutcome::Elsewhere, lost.or(last))
        };
    }
    let worst = |outcome| steps().find(|(_, row)| row.outcome == outcome).map(|(step, _)| step);
    if let Some(step) = worst(StepOutcome::Rematched) {
        return (ImpactOutcome::Rematched, Some(step));
    }
    if let Some(step) = worst(StepOutcome::Alias) {
        return (ImpactOutcome::Alias, Some(step));
    }
    (ImpactOutcome::Kept, None)
}

impl ImpactCounts {
    /// How many places were looked at.
    #[must_use]
    pub fn all(&self) -> usize {
        ImpactOutcome::ALL.iter().map(|outcome| self.of(*outcome)).sum()
    }

    /// How many places came to this.
    #[must_use]
    pub fn of(&self, outcome: ImpactOutcome) -> usize {
        match outcome {
            ImpactOutcome::Elsewhere => self.elsewhere,
            ImpactOutcome::AskedAgain => self.asked_again,
            ImpactOutcome::AskedFirst => self.asked_first,
            ImpactOutcome::Rematched => self.rematched,
            ImpactOutcome::Alias => self.alias,
            ImpactOutcome::Kept => self.kept,
        }
    }

    fn add(&mut self, outcome: ImpactOutcome) {
        *match outcome {
            ImpactOutcome::Elsewhere => &mut self.elsewhere,
            ImpactOutcome::AskedAgain => &mut self.asked_again,
            ImpactOutcome::AskedFirst => &mut self.asked_first,
            ImpactOutcome::Rematched => &mut self.rematched,
            ImpactOutcome::Alias => &mut self.alias,
            ImpactOutcome::Kept => &mut self.kept,
        } += 1;
    }
}

impl ImpactOutcome {
    /// All of them, the worst first.
    pub const ALL: [Self; 6] = [
        Self::Elsewhere,
        Self::AskedAgain,
        Self::AskedFirst,
        Self::Rematched,
        Self::Alias,
        Self::Kept,
    ];

    /// `elsewhere`, `asked-again`, `asked-first`, `rematched`, `alias` or `kept`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Elsewhere => "elsewhere",
            Self::AskedAgain => "asked-again",
            Self::AskedFirst => "asked-first",
            Self::Rematched => "rematched",
            Self::Alias => "alias",
            Self::Kept => "kept",
        }
    }
}
