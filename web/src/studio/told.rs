//! What the page is told after each keystroke.

use serde::Serialize;
use treebot::{AnswerId, Coverage, Node, NodeId, Tree};
use tsify::Tsify;

use crate::document::Fault;
use crate::view::View;

use super::Desk;
use super::mends::Mend;
use super::tested::{Test, Ways};
use super::timeline::About;

/// All that follows from a source.
#[derive(Clone, Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    /// Whether there is a tree: nothing is an error.
    pub loads: bool,
    /// What is wrong, tests that fail included, in the order of the source: 200 at most, errors before warnings.
    pub faults: Vec<Fault>,
    /// How many more there are.
    pub more_faults: u32,
    /// How the tests of the source went, in its order.
    pub tests: Vec<Test>,
    /// What they reach; of the last source that loaded.
    pub covered: Covered,
    /// Every way that a conversation can go, over the last source that loaded.
    pub ways: Ways,
    /// The conversation.
    pub preview: Preview,
}

/// The conversation over the newest source that loaded.
#[derive(Clone, Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// What is drawn of it.
    pub view: View,
    /// The node where it stands, by its number in the newest source that loaded.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub here: Option<u32>,
    /// What its parts are about.
    pub about: Vec<About>,
    /// What became of each of its answers in the newest source that loaded, those that an edit has lost included.
    pub steps: Vec<Step>,
    /// How many moments it has had that can be gone to.
    pub moments: u32,
    /// Which of them is now, from 0.
    pub moment: u32,
}

/// What an edit did to one answer of the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// What became of it.
    pub outcome: StepOutcome,
    /// What was answered, as it was said or is shown; empty where nobody knows.
    pub answer: String,
    /// The question, by its number in the newest source that loaded, where it is there.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<u32>,
    /// The answer that it stands for, by its number at that question.
    #[serde(skip)]
    pub(crate) given: Option<AnswerId>,
    /// The first words of the question.
    pub asked: String,
    /// What would keep the answer: titles of changes, by whose numbers they are made.
    pub mends: Vec<String>,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum StepOutcome {
    /// It is still there.
    Kept,
    /// It has a new key, and says so.
    Alias,
    /// Its key is gone, but what was said fits one answer.
    Rematched,
    /// It is gone: its question is asked again.
    AskedAgain,
    /// Its question is not reached; it waits for it.
    Ahead,
    /// It is of no use any more.
    Unused,
}

/// What the tests reach.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Covered {
    /// How many questions, answers and ends they reach.
    pub reached: u32,
    /// How many there are.
    pub all: u32,
}

/// More than this nobody reads, and a large tree without names has thousands.
const MAX_FAULTS: usize = 200;

impl Desk {
    /// What is known of the present source.
    #[must_use]
    pub fn told(&self) -> Told {
        let source = self.analysis.source();
        let mut found = self.analysis.diagnostics().to_vec();
        if self.analysis.tree().is_some() {
            found.extend(self.tests.diagnostics());
        }
        let more = found.len().saturating_sub(MAX_FAULTS);
        if more > 0 {
            found.sort_by_key(|diagnostic| (diagnostic.severity, diagnostic.span));
            found.truncate(MAX_FAULTS);
        }
        found.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
        Told {
            loads: self.analysis.tree().is_some(),
            faults: found.iter().map(|diagnostic| self.units.fault(source, diagnostic)).collect(),
            more_faults: narrow(more),
            tests: self.tests(),
            covered: self.covered(),
            ways: self.ways(),
            preview: self.preview(),
        }
    }

    /// The conversation.
    #[must_use]
    pub fn preview(&self) -> Preview {
        let (moments, moment) = self.timeline.stand();
        Preview {
            view: self.conversation.view(),
            here: self.conversation.here().map(|id| id.0),
            about: self.about(),
            steps: self.steps(),
            moments: narrow(moments),
            moment: narrow(moment),
        }
    }

    /// What became of each answer, with what would keep it.
    fn steps(&self) -> Vec<Step> {
        let mut steps = self.conversation.steps();
        for (number, step) in steps.iter_mut().enumerate() {
            if step.outcome == StepOutcome::AskedAgain {
                step.mends = self.mends(number).iter().map(Mend::title).collect();
            }
        }
        steps
    }

    fn covered(&self) -> Covered {
        let Coverage { questions, answers, ends, .. } = &self.coverage;
        let counts = [questions, answers, ends];
        Covered {
            reached: narrow(counts.iter().map(|count| count.reached).sum()),
            all: narrow(counts.iter().map(|count| count.all).sum()),
        }
    }

    /// The lines of questions and ends that tests come to, and with a minus those that no test comes to, in their order.
    /// None where there are no tests.
    #[must_use]
    pub fn covered_lines(&self) -> Vec<i32> {
        let places = self.coverage.unreached_questions.iter().chain(&self.coverage.unreached_ends);
        let mut unreached: Vec<u32> = places.map(|NodeId(number)| *number).collect();
        unreached.sort_unstable();
        let tree = self.analysis.tree().filter(|_| !self.analysis.tests().is_empty());
        let nodes = tree.into_iter().flat_map(Tree::nodes);
        // Twice the line, and one more for what is missed.
        let line = |node: Node<'_>| {
            let is_place = node.is_question() || node.goto().is_none();
            let span = self.span_of(node.id()).filter(|_| is_place)?;
            let is_missed = unreached.binary_search(&node.id().0).is_ok();
            Some(self.units.line(span.start).saturating_mul(2) + u32::from(is_missed))
        };
        let mut lines: Vec<u32> = nodes.filter_map(line).collect();
        lines.sort_unstable();
        lines.dedup();
        let signed = |line: u32| {
            let number = i32::try_from(line / 2).unwrap_or(i32::MAX);
            if line & 1 == 0 { number } else { -number }
        };
        lines.into_iter().map(signed).collect()
    }
}

/// A count as it crosses the boundary.
pub(crate) fn narrow(count: usize) -> u32 {
    // Sources are at most a megabyte.
    u32::try_from(count).unwrap_or(u32::MAX)
}
