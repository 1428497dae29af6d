//! The tree's own tests: how they went, the present conversation as one more, and what came taken as what is expected.

use serde::Serialize;
use treebot::{
    Analysis, Event, LoadOptions, NewStep, Paths, Recorded, TestOutcome, TestResult, TestStepKind,
    analyse, apply, paths, resolve, run_tests,
};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::links::plain;

use super::changes::{Change, sentence};
use super::told::narrow;
use super::{Desk, Studio, handed};

#[wasm_bindgen]
impl Studio {
    /// A name for the present conversation as a test, which no test has.
    #[must_use]
    #[wasm_bindgen(js_name = testName)]
    pub fn test_name(&self) -> String {
        self.desk.test_name()
    }

    /// Adds the present conversation to the tests of the source.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn record(&self, name: &str) -> Result<Ts<Change>, JsError> {
        handed(&self.desk.record(name))
    }

    /// Takes what came in the first step of a test that fails as what is expected.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn accept(&self, test: u32) -> Result<Ts<Change>, JsError> {
        handed(&self.desk.accept(test as usize))
    }
}

/// How one test went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Test {
    /// What the author calls it.
    pub name: String,
    /// `passed`, `failed`, `unreadable` or `not-run`.
    #[tsify(type = "\"passed\" | \"failed\" | \"unreadable\" | \"not-run\"")]
    pub outcome: &'static str,
    /// Where its name is.
    pub from: u32,
    /// One past that.
    pub to: u32,
    /// The first step that went otherwise.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// A step that went otherwise than it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// What was expected and what came, in a sentence.
    pub message: String,
    /// Where the step is.
    pub from: u32,
    /// One past that.
    pub to: u32,
    /// What was expected, as it is written; none where the step says something else than words of the bot.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What the bot said instead, message by message.
    pub said: Vec<String>,
    /// What would be expected if what came is taken; none where it cannot be.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acceptable: Option<String>,
}

/// Every way that a conversation can go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Ways {
    /// How many there are.
    pub count: u32,
    /// How many come to an end.
    pub ends: u32,
    /// How many come back to a question that they have been at.
    pub loops: u32,
    /// Whether these are all.
    pub complete: bool,
    /// Questions from which no answers ever lead to an end.
    pub stuck: Vec<u32>,
}

/// How many ways are followed at each keystroke.
pub(crate) const WAYS: usize = 2_000;

/// The most characters of a message that a new step expects.
const MAX_EXPECTED: usize = 60;

impl Desk {
    /// How the tests of the present source went.
    pub(crate) fn tests(&self) -> Vec<Test> {
        if self.analysis.tree().is_none() {
            return Vec::new();
        }
        self.tests.tests.iter().map(|test| self.test(test)).collect()
    }

    fn test(&self, test: &TestResult) -> Test {
        let source = self.analysis.source();
        let (from, to, _) = self.units.range(source, test.span);
        let failure = test.first_failure().map(|(step, failure)| {
            let (from, to, _) = self.units.range(source, step.span);
            Failure {
                message: sentence(&failure.message),
                from,
                to,
                expected: expected(&self.analysis, step.span),
                said: failure.instead.said.clone(),
                acceptable: self.instead(test).map(|(_, step)| shown(&step)),
            }
        });
        let outcome = test.outcome.as_str();
        Test { name: test.name.clone(), outcome, from, to, failure }
    }

    /// Every way that a conversation can go.
    pub(crate) fn ways(&self) -> Ways {
        let Some(tree) = self.conversation.tree() else { return Ways::default() };
        let Paths { count, ends, loops, stuck, complete, .. } = paths(tree, WAYS);
        Ways {
            count: narrow(count),
            ends: narrow(ends),
            loops: narrow(loops),
            complete,
            stuck: stuck.iter().map(|id| id.0).collect(),
        }
    }

    /// Takes what came in the first step of a test that fails as what is expected.
    #[must_use]
    pub fn accept(&self, test: usize) -> Change {
        let failing = self.tests.tests.get(test).filter(|_| self.analysis.tree().is_some());
        match failing.and_then(|test| self.instead(test)) {
            Some((step, new)) => self.change(self.analysis.set_step(test, step, &new)),
            None => Change {
                problem: Some("There is nothing to accept any more.".to_owned()),
                ..Change::default()
            },
        }
    }

    /// The first step that failed, by its number, as it would pass.
    fn instead(&self, test: &TestResult) -> Option<(usize, NewStep)> {
        let (failing, failure) = test.first_failure()?;
        let number = test.steps.iter().position(|step| step.span == failing.span)?;
        let came = &failure.instead;
        let written =
            self.analysis.tests().list.iter().find(|written| written.span == test.span)?;
        let new = match &written.steps.get(number)?.kind {
            TestStepKind::Bot(_) => NewStep::Bot(quote(came.said.last()?)?),
            TestStepKind::At(_) => NewStep::At(came.place.clone()),
            TestStepKind::End(_) => NewStep::End(came.is_end),
            TestStepKind::User(_) | TestStepKind::Given(_) => return None,
        };
        Some((number, new))
    }

    /// A name for the present conversation as a test.
    #[must_use]
    pub fn test_name(&self) -> String {
        let said = self.conversation.turns().filter_map(|(_, event)| said(event));
        let words: Vec<String> = said.map(|words| words.trim().to_owned()).collect();
        let whole = if words.is_empty() { "the beginning".to_owned() } else { words.join(", ") };
        let name: String = whole.chars().filter(|c| !c.is_control()).take(60).collect();
        let name = name.trim().to_owned();
        let taken =
            |name: &String| self.analysis.tests().list.iter().any(|test| test.name == *name);
        let others = (2..1000).map(|number| format!("{name} ({number})"));
        std::iter::once(name.clone()).chain(others).find(|name| !taken(name)).unwrap_or(name)
    }

    /// Adds the present conversation to the tests.
    #[must_use]
    pub fn record(&self, name: &str) -> Change {
        if self.sound.is_some() {
            let problem =
                "The source has errors. The conversation can be recorded once they are mended.";
            return Change { problem: Some(problem.to_owned()), ..Change::default() };
        }
        // What was pressed may be understood otherwise when it is typed, and a slip at the beginning only greets: without
        // what led nowhere, and then with the labels of the answers, which are always understood.
        let (mut change, mut passes) = (Change::default(), false);
        for told in [Told::All, Told::Way, Told::Labels] {
            (change, passes) = self.added(name, told);
            if passes {
                break;
            }
        }
        match (change.problem.is_some(), passes) {
            (true, _) | (_, true) => change,
            (false, false) => Change {
                problem: Some(
                    "Typed as a test, this conversation would go another way; write the test by hand."
                        .to_owned(),
                ),
                ..Change::default()
            },
        }
    }

    /// The change that adds the conversation, and whether the test passes then.
    fn added(&self, name: &str, told: Told) -> (Change, bool) {
        let steps = self.recorded(told);
        let edits = self.analysis.insert_test(name, &steps);
        let changed =
            edits.as_ref().ok().and_then(|edits| apply(self.analysis.source(), edits).ok());
        let passes = changed.is_some_and(|source| {
            let analysis = analyse(source, &LoadOptions::default());
            let report = analysis.tree().map(|tree| run_tests(tree, analysis.tests()));
            let last = report.and_then(|report| report.tests.last().map(|test| test.outcome));
            last == Some(TestOutcome::Passed)
        });
        (self.change(edits), passes)
    }

    /// The steps of the present conversation.
    fn recorded(&self, told: Told) -> Vec<NewStep> {
        let Some(tree) = self.conversation.tree() else { return Vec::new() };
        let by_label = told == Told::Labels;
        let mut steps = Vec::new();
        let way = if told == Told::All { self.since_the_start() } else { self.conversation.way() };
        for event in &way {
            if let Some(words) = said(event) {
                let label = event.place.as_ref().filter(|_| by_label).and_then(|place| {
                    let (question, answer) = *resolve(tree, place).path.last()?;
                    Some(tree.get(question)?.answer(answer?)?.label().to_owned())
                });
                steps.push(NewStep::User(label.unwrap_or(words)));
            }
            let words = event.said.iter().rev().find_map(|message| quote(message.text()));
            steps.extend(words.map(NewStep::Bot));
        }
        let place = way.last().and_then(|event| event.place.as_ref());
        let place = place.map(|place| resolve(tree, place).place);
        steps.extend(place.filter(|place| place.is_end()).map(|_| NewStep::End(true)));
        steps
    }
}

impl Desk {
    /// All turns since the conversation was begun last.
    fn since_the_start(&self) -> Vec<Event> {
        let all: Vec<&Event> = self.conversation.turns().map(|(_, event)| event).collect();
        let begins = |event: &&Event| matches!(event.input, Recorded::Start | Recorded::Restart);
        let start = all.iter().rposition(begins).unwrap_or_default();
        all.into_iter().skip(start).cloned().collect()
    }
}

/// How much of a conversation a test tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// All that was said, also what was not understood or taken back.
    All,
    /// What led to where it stands.
    Way,
    /// The same, by the labels of the answers.
    Labels,
}

/// What somebody said in a turn.
fn said(event: &Event) -> Option<String> {
    match &event.input {
        Recorded::Text(words) | Recorded::Tap(words) if !words.trim().is_empty() => {
            Some(words.clone())
        }
        Recorded::Text(_)
        | Recorded::Tap(_)
        | Recorded::Start
        | Recorded::Back
        | Recorded::Restart
        | Recorded::Help
        | Recorded::Forget
        | Recorded::Unsupported
        | Recorded::Host(_) => None,
    }
}

/// What a `bot` step expects, as it is written.
fn expected(analysis: &Analysis, span: treebot::Span) -> Option<String> {
    let steps = analysis.tests().list.iter().flat_map(|test| &test.steps);
    let step = steps.into_iter().find(|step| step.span == span)?;
    match &step.kind {
        TestStepKind::Bot(text) => Some(text.clone()),
        TestStepKind::User(_)
        | TestStepKind::End(_)
        | TestStepKind::At(_)
        | TestStepKind::Given(_) => None,
    }
}

/// The beginning of a message, which tells it from others: of its first line, up to a space.
fn quote(message: &str) -> Option<String> {
    let words = plain(message);
    let line = words.lines().map(str::trim).find(|line| !line.is_empty())?;
    let Some((end, _)) = line.char_indices().nth(MAX_EXPECTED) else {
        return Some(line.to_owned());
    };
    let cut = line.get(..end).unwrap_or_default();
    let space = cut.rfind(' ').unwrap_or(end);
    Some(cut.get(..space).unwrap_or(cut).trim_end().to_owned())
}

/// What a step expects, for the author.
fn shown(step: &NewStep) -> String {
    match step {
        NewStep::User(text) | NewStep::Bot(text) | NewStep::At(text) => text.clone(),
        NewStep::End(true) => "an end".to_owned(),
        NewStep::End(false) => "no end".to_owned(),
        NewStep::Given(_) => String::new(),
    }
}
