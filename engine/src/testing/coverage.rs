//! What the tests of a tree reach, and what they do not.

use std::collections::BTreeSet;

use crate::moves::{Moves, ids};
use crate::tree::{AnswerId, NodeId, Tree};
use crate::{Code, Diagnostic};

use super::Tests;
use super::report::TestReport;

/// Which questions, answers and ends of a tree its tests reach.
///
/// Only what some conversation can come to counts. A question is reached when it is asked, an answer when it
/// is taken, an end when a conversation comes to it. An `else` that is taken like an answer counts as one; one
/// that only says something, after which the question is asked again, does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Questions.
    pub questions: Count,
    /// Answers.
    pub answers: Count,
    /// Ends.
    pub ends: Count,
    /// The questions that no test comes to, in the order of the source.
    pub unreached_questions: Vec<NodeId>,
    /// The answers that no test takes, those of unreached questions included; none for the `else`.
    pub unreached_answers: Vec<(NodeId, Option<AnswerId>)>,
    /// The ends that no test comes to.
    pub unreached_ends: Vec<NodeId>,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Those that are reached.
    pub reached: usize,
    /// All.
    pub all: usize,
}

/// What the tests reached that gave this report. It counts what was reached, also by tests that failed.
#[must_use]
pub fn coverage(tree: &Tree, report: &TestReport) -> Coverage {
    let moves = Moves::of(tree);
    let reachable = moves.reachable();
    let mut coverage = Coverage::default();
    for id in ids(tree).filter(|id| reachable.get(id.0 as usize).copied().unwrap_or(false)) {
        let is_reached = report.reached.places.contains(&id);
        let after = moves.after(id);
        if after.is_empty() {
            coverage.ends.add(is_reached);
            coverage.unreached_ends.extend((!is_reached).then_some(id));
            continue;
        }
        coverage.questions.add(is_reached);
        coverage.unreached_questions.extend((!is_reached).then_some(id));
        for then in after {
            let answer = (id, then.answer);
            let is_reached = report.reached.answers.contains(&answer);
            coverage.answers.add(is_reached);
            coverage.unreached_answers.extend((!is_reached).then_some(answer));
        }
    }
    coverage
}

impl Coverage {
    /// Whether the tests reach everything.
    #[must_use]
    pub fn is_full(&self) -> bool {
        [self.questions, self.answers, self.ends].iter().all(|count| count.reached == count.all)
    }

    /// What the author should know, with its place in the source that the tests are of: questions that no test
    /// comes to, and answers that none takes. Nothing where there are no tests at all.
    #[must_use]
    pub fn diagnostics(&self, tree: &Tree, tests: &Tests) -> Vec<Diagnostic> {
        if tests.is_empty() {
            return Vec::new();
        }
        let mut diagnostics: Vec<Diagnostic> = self
            .untested(tree)
            .map(|(missing, what)| {
                let span = match missing {
                    Missing::Question(id) => tests.question(id),
                    Missing::Answer(id, answer) => tests.answer(id, answer),
                };
                Diagnostic::new(Code::Untested, span, format!("no test {what}"))
            })
            .collect();
        diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        diagnostics
    }

    /// What no test reaches, in words: such as "takes the answer `long` of `length`", to follow "no test".
    #[must_use]
    pub fn missing(&self, tree: &Tree) -> Vec<String> {
        let ends = self.unreached_ends.iter();
        let ends = ends.map(|id| format!("comes to the end `{}`", tree.place_name(*id)));
        self.untested(tree).map(|(_, what)| what).chain(ends).collect()
    }

    /// Questions that no test comes to, and answers of the others that none takes, each once.
    fn untested(&self, tree: &Tree) -> impl Iterator<Item = (Missing, String)> {
        let questions: BTreeSet<NodeId> = self.unreached_questions.iter().copied().collect();
        // One that hangs from an answer goes without saying where nobody takes that answer …
        let stands_alone = |id: &&NodeId| tree.node(**id).parent().is_none();
        let of_questions = self.unreached_questions.iter().filter(stands_alone).map(|id| {
            let what = format!("comes to the question `{}`", tree.place_name(*id));
            (Missing::Question(*id), what)
        });
        // … and so do the answers of a question that nobody comes to.
        let answers = self.unreached_answers.iter().filter(move |(id, _)| !questions.contains(id));
        let of_answers = answers.map(|(id, answer)| {
            let name = tree.place_name(*id);
            let what = match answer.and_then(|answer| tree.node(*id).answer(answer)) {
                Some(answer) => format!("takes the answer `{}` of `{name}`", answer.key()),
                None => format!("comes to the `else` of `{name}`"),
            };
            (Missing::Answer(*id, *answer), what)
        });
        of_questions.chain(of_answers)
    }
}

/// Something that no test reaches.
enum Missing {
    Question(NodeId),
    /// None for the question's `else`.
    Answer(NodeId, Option<AnswerId>),
}

impl Count {
    fn add(&mut self, is_reached: bool) {
        self.all += 1;
        self.reached += usize::from(is_reached);
    }
}
