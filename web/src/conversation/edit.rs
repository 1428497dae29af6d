//! A conversation over a source that is being edited.

use serde::Serialize;
use treebot::{
    History, Input, InputKind, LoadOptions, Loaded, Millis, NodeId, PlaceCode, StepOutcome,
    StepReport, Trail, Tree, TurnOptions, load_with, resolve, turn,
};
use tsify::Tsify;

use crate::document::{Analysis, analysis};
use crate::host::Host;
use crate::links::plain;
use crate::store::Store;
use crate::studio::{self, Step};
use crate::view::{Entry, entries};

use super::Conversation;

/// What an edit did to the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Kept {
    /// What is wrong with the new source.
    pub analysis: Analysis,
    /// How many answers still stand.
    pub kept: u32,
    /// How many answers there were.
    pub answers: u32,
}

impl Conversation {
    /// Goes on with the conversation called `id` over the tree of `source`, or begins it.
    #[must_use]
    pub fn open(source: &str, id: &str, store: Box<dyn Store>, host: Box<dyn Host>) -> Self {
        Self::over(load(source, id).tree, id, store, host)
    }

    /// Puts another source in place of the tree's. While it does not load, the last tree runs on.
    pub fn reload(&mut self, source: &str) -> Kept {
        let loaded = load(source, &self.id);
        let analysis = analysis(source, &loaded);
        self.put(loaded.tree);
        let (kept, answers) = self.kept();
        Kept { analysis, kept, answers }
    }

    /// Goes on over another tree; with none, because its source does not load, over the last one.
    pub(crate) fn put(&mut self, tree: Option<Tree>) {
        self.stale = tree.is_none();
        let Some(tree) = tree else { return };
        self.retold = self.history.newest().and_then(|newest| {
            let trail = newest.place.as_ref()?;
            Some((retell(&tree, trail), newest.at))
        });
        self.tree = Some(tree);
        self.ask_again();
    }

    /// The question or the end where the conversation stands.
    pub(crate) fn here(&self) -> Option<NodeId> {
        let tree = self.tree.as_ref()?;
        let root = Trail::root();
        Some(resolve(tree, self.history.trail().unwrap_or(&root)).place.node)
    }

    /// What became of each answer of the conversation in the tree as it is now.
    pub(crate) fn steps(&self) -> Vec<Step> {
        let (Some(tree), Some(trail)) = (&self.tree, self.history.trail()) else {
            return Vec::new();
        };
        let report = resolve(tree, trail).report;
        let records = trail.steps.iter().chain(&trail.ahead);
        let rows = report.steps.iter().chain(&report.ahead);
        records.zip(rows).map(|(record, row)| step(tree, record, *row)).collect()
    }

    /// How many answers of the conversation stand in the tree as it is now, and how many there were.
    fn kept(&self) -> (u32, u32) {
        let (Some(tree), Some(trail)) = (&self.tree, self.history.trail()) else { return (0, 0) };
        let report = resolve(tree, trail).report;
        let steps = report.steps.iter().chain(&report.ahead);
        let kept = steps.clone().filter(|step| match step.outcome {
            StepOutcome::Kept | StepOutcome::Alias | StepOutcome::Rematched => true,
            StepOutcome::Ahead | StepOutcome::AskedAgain | StepOutcome::Unused => false,
        });
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (count(kept.count()), count(steps.count()))
    }
}

/// The tree of a source. Place codes know it by its id, so that a changed title changes no code.
fn load(source: &str, id: &str) -> Loaded {
    load_with(source, &LoadOptions { name: Some(id.to_owned()), ..LoadOptions::default() })
}

/// The conversation that leads to a place, as `tree` tells it: the way there, answer by answer.
fn retell(tree: &Tree, trail: &Trail) -> Vec<Entry> {
    let whole = resolve(tree, trail).trail;
    let mut history = History::new();
    let mut told = Vec::new();
    for length in 0..=whole.steps.len() {
        let steps = whole.steps.iter().take(length).cloned().collect();
        let way = Trail { start: whole.start, steps, ahead: Vec::new() };
        let title = way
            .steps
            .last()
            .map(|step| step.words.as_deref().map_or_else(|| label(tree, &way), str::to_owned));
        let code = PlaceCode::encode(tree, &way).to_string();
        let at = Millis(i64::try_from(length).unwrap_or(i64::MAX));
        let input =
            Input { at, id: format!("retold-{length}"), kind: InputKind::Tap { code, title } };
        let event = turn(tree, &history, &input, &TurnOptions::default()).event;
        told.extend(entries(tree, &event));
        history.insert(event);
    }
    told
}

/// What became of one answer, for a page.
fn step(tree: &Tree, record: &treebot::Step, row: StepReport) -> Step {
    let question = row.question.and_then(|id| tree.get(id));
    let answer = question.and_then(|question| question.answer(row.answer?));
    let said = record.words.as_deref().or(answer.map(|answer| answer.label()));
    let words = question.and_then(|question| question.say().next());
    Step {
        outcome: match row.outcome {
            StepOutcome::Kept => studio::StepOutcome::Kept,
            StepOutcome::Alias => studio::StepOutcome::Alias,
            StepOutcome::Rematched => studio::StepOutcome::Rematched,
            StepOutcome::AskedAgain => studio::StepOutcome::AskedAgain,
            StepOutcome::Ahead => studio::StepOutcome::Ahead,
            StepOutcome::Unused => studio::StepOutcome::Unused,
        },
        answer: said.unwrap_or_default().to_owned(),
        question: row.question.map(|id| id.0),
        asked: words.map(|words| plain(words.text())).unwrap_or_default(),
    }
}

/// The label of the last answer of a way.
fn label(tree: &Tree, way: &Trail) -> String {
    let last = resolve(tree, way).path.last().copied();
    let answer = last.and_then(|(question, answer)| tree.get(question)?.answer(answer?));
    answer.map(|answer| answer.label().to_owned()).unwrap_or_default()
}
