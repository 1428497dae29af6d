//! A conversation over a source that is being edited.

use serde::Serialize;
use treebot::{
    Event, History, Input, InputKind, LoadOptions, Loaded, Millis, NodeId, PlaceCode, Recorded,
    Reply, Report, StepOutcome, StepReport, Tier, Trail, Tree, TurnOptions, load_with, resolve,
    turn, turn_after,
};
use tsify::Tsify;

use crate::document::{Analysis, analysis};
use crate::host::Host;
use crate::links::plain;
use crate::store::Store;
use crate::studio::{self, Step};

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
    /// Hands back the tree that was there.
    pub(crate) fn put(&mut self, tree: Option<Tree>) -> Option<Tree> {
        self.stale = tree.is_none();
        let before = self.tree.replace(tree?);
        self.retell();
        self.ask_again();
        before
    }

    /// Tells the conversation anew, as the tree is now.
    fn retell(&mut self) {
        let Some(tree) = &self.tree else { return };
        self.retold = self.history.newest().and_then(|newest| {
            let trail = newest.place.as_ref()?;
            Some((retell(tree, trail, self.history.events()), newest.at))
        });
    }

    /// The answers that were given last: those that lead to where the conversation stands, and those that an edit has lost,
    /// until another is given in their place. None where it has not begun.
    pub(crate) fn given(&self) -> Option<&Trail> {
        let tree = self.tree.as_ref()?;
        let newest = self.history.trail()?;
        // What leads nowhere is remembered where the tree as it is now has led.
        let events = self.history.events().iter().rev();
        let before = events.clone().skip(1).map(Some).chain([None]);
        let mut turns = events.zip(before);
        let led = turns.find(|(event, before)| !leads_nowhere(tree, *before, event));
        let led = led.map(|(event, _)| event);
        let given = led.and_then(|event| event.place.as_ref()).filter(|given| {
            let lost = resolve(tree, given);
            !stand(&lost.report) && lost.trail == resolve(tree, newest).trail
        });
        given.or(Some(newest))
    }

    /// The source over which every answer stood, as it is kept where an edit has lost one since.
    pub(crate) fn before(&self) -> Option<String> {
        self.archive.before()
    }

    /// Keeps that source, or forgets it.
    pub(crate) fn keep_before(&self, source: Option<&str>) {
        self.archive.keep_before(source);
    }

    /// The answers that lead to where the conversation stands; none where it has not begun.
    pub(crate) fn trail(&self) -> Option<&Trail> {
        self.history.trail()
    }

    /// The newest tree that loaded.
    pub(crate) fn tree(&self) -> Option<&Tree> {
        self.tree.as_ref()
    }

    /// The places where the conversation has stood, in their order.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Trail> {
        self.history.events().iter().filter_map(|event| event.place.as_ref())
    }

    /// The way to where the conversation stands, turn by turn, as the tree is now.
    pub(crate) fn way(&self) -> Vec<Event> {
        let root = Trail::root();
        let trail = self.history.trail().unwrap_or(&root);
        self.tree
            .as_ref()
            .map(|tree| retell(tree, trail, self.history.events()))
            .unwrap_or_default()
    }

    /// Puts the conversation to another place.
    pub(crate) fn go_to(&mut self, trail: &Trail) {
        let Some(tree) = &self.tree else { return };
        let code = PlaceCode::encode(tree, trail).to_string();
        self.take_as(vec![InputKind::Tap { code, title: None }], &mut |event| {
            // A code holds no words, and the author wants to see what was said.
            let known = event.place.iter_mut().flat_map(|place| &mut place.steps);
            for (step, said) in known.zip(&trail.steps).filter(|(step, said)| *step == *said) {
                step.words.clone_from(&said.words);
            }
        });
        self.retell();
    }

    /// The turns that are shown, each with the trail before it; the opening included.
    pub(crate) fn turns(&self) -> impl Iterator<Item = (Option<&Trail>, &Event)> {
        let mut before = None;
        self.told().map(move |event| {
            let trail = before;
            before = event.place.as_ref().or(before);
            (trail, event)
        })
    }

    /// The question or the end where the conversation stands.
    pub(crate) fn here(&self) -> Option<NodeId> {
        let tree = self.tree.as_ref()?;
        let root = Trail::root();
        Some(resolve(tree, self.history.trail().unwrap_or(&root)).place.node)
    }

    /// Everything that is shown of what was said; none where nothing has been. After an edit it is the conversation as
    /// the new tree tells it.
    pub(crate) fn shown(&self) -> Option<History> {
        let mut shown = History::new();
        for event in self.told() {
            shown.insert(event.clone());
        }
        Some(shown).filter(|_| !self.history.is_empty())
    }

    /// The tree, and what it asks now.
    pub(crate) fn asks(&self) -> Option<(&Tree, &Reply<'static>)> {
        Some((self.tree.as_ref()?, self.reply.as_ref()?))
    }

    /// Whether what it asks now is the reply of the newest turn, and was not asked for anew since.
    pub(crate) fn has_replied(&self) -> bool {
        self.replied
    }

    /// What became of each answer of the conversation in the tree as it is now.
    pub(crate) fn steps(&self) -> Vec<Step> {
        let (Some(tree), Some(trail)) = (&self.tree, self.given()) else {
            return Vec::new();
        };
        let report = resolve(tree, trail).report;
        let records = trail.steps.iter().chain(&trail.ahead);
        let rows = report.steps.iter().chain(&report.ahead);
        records.zip(rows).map(|(record, row)| step(tree, record, *row)).collect()
    }

    /// Whether every answer of the conversation stands in the tree as it is now.
    pub(crate) fn stands(&self) -> bool {
        let (kept, answers) = self.kept();
        kept == answers
    }

    /// How many answers of the conversation stand in the tree as it is now, and how many there were.
    fn kept(&self) -> (u32, u32) {
        let (Some(tree), Some(trail)) = (&self.tree, self.given()) else { return (0, 0) };
        let report = resolve(tree, trail).report;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (count(standing(&report)), count(report.steps.len() + report.ahead.len()))
    }
}

/// Whether every answer of a trail stands.
pub(crate) fn stand(report: &Report) -> bool {
    standing(report) == report.steps.len() + report.ahead.len()
}

/// How many answers of a trail stand.
fn standing(report: &Report) -> usize {
    let steps = report.steps.iter().chain(&report.ahead);
    let standing = steps.filter(|step| match step.outcome {
        StepOutcome::Kept | StepOutcome::Alias | StepOutcome::Rematched => true,
        StepOutcome::Ahead | StepOutcome::AskedAgain | StepOutcome::Unused => false,
    });
    standing.count()
}

/// Whether what was said has neither given an answer nor taken one back.
fn leads_nowhere(tree: &Tree, before: Option<&Event>, event: &Event) -> bool {
    match &event.input {
        Recorded::Text(text) => match &event.matched {
            None => true,
            Some(matched) if matched.answer.is_some() => false,
            // "Help" leads nowhere, and "back" does.
            Some(matched) if matched.tier == Tier::Command => before.is_some_and(|before| {
                let kind = InputKind::Text(text.clone());
                let input = Input { at: event.at, id: event.id.clone(), kind };
                let again = turn_after(tree, Some(before), input, &TurnOptions::default());
                let stood = before.place.as_ref().map(|place| resolve(tree, place).trail);
                again.event.place == stood
            }),
            Some(_) => true,
        },
        Recorded::Help | Recorded::Unsupported | Recorded::Host(_) => true,
        Recorded::Start
        | Recorded::Tap(_)
        | Recorded::Back
        | Recorded::Restart
        | Recorded::Forget => false,
    }
}

/// The tree of a source. Place codes know it by its id, so that a changed title changes no code.
fn load(source: &str, id: &str) -> Loaded {
    load_with(source, &LoadOptions { name: Some(id.to_owned()), ..LoadOptions::default() })
}

/// The conversation that leads to a place, as `tree` tells it: the way there, answer by answer, and what was not
/// understood at the end of it. `events` are the turns as they were.
fn retell(tree: &Tree, trail: &Trail, events: &[Event]) -> Vec<Event> {
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
        let mut event = turn(tree, &history, &input, &TurnOptions::default()).event;
        history.insert(event.clone());
        if let Some(typed) = typed(events, &way) {
            (event.input, event.matched) = (typed.input.clone(), typed.matched.clone());
        }
        told.push(event);
    }
    let before = events.iter().rev().skip(1);
    let missed = events.iter().rev().zip(before);
    let missed = missed.take_while(|(event, before)| is_miss(event, before)).take(MAX_MISSES);
    let missed: Vec<Event> = missed.map(|(event, _)| event.clone()).collect();
    told.extend(missed.into_iter().rev());
    told
}

/// How many turns in a row that were not understood are told again.
const MAX_MISSES: usize = 5;

/// The turn in which the last answer of a way was typed; none where it was pressed.
fn typed<'e>(events: &'e [Event], way: &Trail) -> Option<&'e Event> {
    let last = way.steps.last()?;
    events.iter().rev().find(|event| {
        let place = event.place.as_ref();
        let is_its = place.is_some_and(|place| {
            place.steps.len() == way.steps.len()
                && place.steps.last().is_some_and(|step| step.words == last.words && step == last)
        });
        is_its
            && matches!(event.input, Recorded::Text(_))
            && event.matched.as_ref().is_some_and(|matched| matched.answer.is_some())
    })
}

/// Whether something was typed that led nowhere, and was no command.
fn is_miss(event: &Event, before: &Event) -> bool {
    let no_answer = event
        .matched
        .as_ref()
        .is_some_and(|matched| matched.answer.is_none() && matched.tier != Tier::Command);
    matches!(event.input, Recorded::Text(_)) && no_answer && event.place == before.place
}

/// What became of one answer, for a page.
fn step(tree: &Tree, record: &treebot::Step, row: StepReport) -> Step {
    // One that waits is known by the name of its question.
    let waits = || record.question.filter(|_| row.outcome == StepOutcome::Ahead);
    let question = row.question.or_else(|| waits().and_then(|name| tree.known_by(name)));
    let question = question.and_then(|id| tree.get(id));
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
        question: question.map(|question| question.id().0),
        given: row.answer,
        asked: words.map(|words| beginning(&plain(words.text()))).unwrap_or_default(),
        mends: Vec::new(),
    }
}

/// The beginning of a text, for a line of a list.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(MAX_BEGINNING) {
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// How many characters of a question a list shows.
const MAX_BEGINNING: usize = 80;

/// The label of the last answer of a way.
fn label(tree: &Tree, way: &Trail) -> String {
    let last = resolve(tree, way).path.last().copied();
    let answer = last.and_then(|(question, answer)| tree.get(question)?.answer(answer?));
    answer.map(|answer| answer.label().to_owned()).unwrap_or_default()
}
