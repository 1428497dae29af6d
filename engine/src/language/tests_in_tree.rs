//! A tree's own tests: what they name, and how to add one.

use crate::{Edit, NOTE_KEY, Span, TestStep, TestStepKind, TreeTest};

use super::change::usable;
use super::scalar::{Style, scalar};
use super::symbols::same;
use super::syntax::{Id, Kind};
use super::{Analysis, ChangeError};

/// The longest text of a step that is written, in characters.
const MAX_EXPECTED: usize = 2000;

/// A step of a test that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewStep {
    /// `user`: what somebody types.
    User(String),
    /// `bot`: words that a message of the reply contains.
    Bot(String),
    /// `at`: the name of the question where the conversation stands.
    At(String),
    /// `end`: whether it has come to its end.
    End(bool),
    /// `given`: questions and the answers that were given to them, as they were recorded.
    Given(Vec<(String, String)>),
}

/// A text of a test that means something in the tree.
pub(super) struct Mention<'a> {
    pub(super) span: Span,
    pub(super) text: &'a str,
    pub(super) meaning: Meaning<'a>,
}

/// What is meant.
pub(super) enum Meaning<'a> {
    Place,
    Answer {
        /// The name of the question.
        to: &'a str,
    },
}

impl Analysis {
    /// All names of places and keys of answers in the tests.
    pub(super) fn mentions(&self) -> Vec<Mention<'_>> {
        let mut found = Vec::new();
        let Some(tests) = self.root_value("tests") else { return found };
        for (_, steps) in self.syntax.entries(tests) {
            for (step, _) in self.syntax.children(steps) {
                self.mentions_in(step, &mut found);
            }
        }
        found
    }

    /// The mention at an offset.
    pub(super) fn mention_at(&self, offset: usize) -> Option<Mention<'_>> {
        let tests = self.syntax.get(self.root_value("tests")?)?.span;
        if !super::touches(tests, offset) {
            return None;
        }
        self.mentions().into_iter().find(|mention| super::touches(mention.span, offset))
    }

    fn mentions_in<'a>(&'a self, step: Id, found: &mut Vec<Mention<'a>>) {
        for (key, value) in self.syntax.entries(step) {
            match self.text(key) {
                Some("at") => found.extend(self.mention(value, Meaning::Place)),
                Some("given") => {
                    for (question, answer) in self.syntax.entries(value) {
                        found.extend(self.mention(question, Meaning::Place));
                        let Some(to) = self.text(question) else { continue };
                        found.extend(self.mention(answer, Meaning::Answer { to }));
                        for (answer, _) in self.syntax.children(answer) {
                            found.extend(self.mention(answer, Meaning::Answer { to }));
                        }
                    }
                }
                Some(_) | None => {}
            }
        }
    }

    fn mention<'a>(&'a self, id: Id, meaning: Meaning<'a>) -> Option<Mention<'a>> {
        let item = self.syntax.get(id).filter(|item| item.kind != Kind::Repeat)?;
        Some(Mention { span: item.span, text: self.text(id)?.trim(), meaning })
    }

    pub(super) fn text(&self, id: Id) -> Option<&str> {
        self.syntax.text(&self.source, id)
    }

    /// The value of a key at the top of the file.
    pub(super) fn root_value(&self, key: &str) -> Option<Id> {
        let (_, value) = self.syntax.entry(&self.source, self.syntax.root()?, key)?;
        Some(value)
    }

    /// Adds a test with these steps, after the others.
    ///
    /// # Errors
    /// There is a test of this name, or the source has errors in the way.
    pub fn insert_test(&self, name: &str, steps: &[NewStep]) -> Result<Vec<Edit>, ChangeError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(ChangeError::unusable("a test needs a name"));
        }
        if name.starts_with(NOTE_KEY) {
            let message = format!("what begins with `{NOTE_KEY}` is a note and no test");
            return Err(ChangeError::unusable(message));
        }
        let tests = self.root_value("tests");
        let names = tests.into_iter().flat_map(|tests| self.syntax.entries(tests));
        if names.filter_map(|(key, _)| self.text(key)).any(|other| same(other, name)) {
            return Err(ChangeError::taken(format!("there is a test `{name}` already")));
        }
        let edits = self.test_edits(name, steps, tests).ok_or_else(ChangeError::layout)?;
        let is_right = |changed: &Self| {
            let count = self.tests.list.len();
            let old = self.tests.list.iter().zip(&changed.tests.list);
            let added = changed.tests.list.get(count);
            changed.tests.list.len() == count + 1
                && old.into_iter().all(|(old, new)| old.name == new.name)
                && added.is_some_and(|test| test.name == name && is_as_written(&test.steps, steps))
        };
        let tried = self.tried_with(edits, |_| {}, is_right);
        match (tried, self.syntax.root()) {
            // At the end of the file may stand what ends the document.
            (Err(_), Some(root)) if tests.is_none() && !self.is_flow_map(root) => {
                let text = self.new_tests(name, steps);
                let edit = self.after_line(root, &text).ok_or_else(ChangeError::layout)?;
                self.tried_with(vec![edit], |_| {}, is_right)
            }
            (tried, _) => tried,
        }
    }

    /// Writes what a step of a test says anew, and leaves the rest of the test as it is: what is typed, what the bot is
    /// expected to say, the place, or whether it is an end. Tests and steps are counted from 0, as in
    /// [`tests`](Self::tests).
    ///
    /// # Errors
    /// There is no such step, or it does something else; or the source has errors in the way.
    pub fn set_step(
        &self,
        test: usize,
        step: usize,
        new: &NewStep,
    ) -> Result<Vec<Edit>, ChangeError> {
        let nothing = || ChangeError::nothing("there is no such step any more");
        let old = self.tests.list.get(test).and_then(|test| test.steps.get(step));
        let old = old.ok_or_else(nothing)?;
        let edits = match (&old.kind, new) {
            (TestStepKind::User(_), NewStep::User(text))
            | (TestStepKind::Bot(_), NewStep::Bot(text))
            | (TestStepKind::At(_), NewStep::At(text)) => {
                let text = usable(text, MAX_EXPECTED)?;
                self.syntax.value_at(old.span).and_then(|id| self.replaced(id, text))
            }
            (TestStepKind::End(_), NewStep::End(end)) => {
                Some(vec![Edit { span: old.span, text: end.to_string() }])
            }
            (
                TestStepKind::User(_)
                | TestStepKind::Bot(_)
                | TestStepKind::At(_)
                | TestStepKind::End(_)
                | TestStepKind::Given(_),
                _,
            ) => return Err(nothing()),
        };
        let mut expected = self.tests.list.iter().map(meant).collect::<Vec<_>>();
        if let Some(step) = expected.get_mut(test).and_then(|(_, steps)| steps.get_mut(step)) {
            *step = trimmed(new);
        }
        let is_right = |changed: &Self| changed.tests.list.iter().map(meant).eq(expected);
        self.tried_with(edits.ok_or_else(ChangeError::layout)?, |_| {}, is_right)
    }

    /// All of `tests`, with one test.
    fn new_tests(&self, name: &str, steps: &[NewStep]) -> String {
        let (step, end) = (self.step(), self.eol());
        format!("tests:{end}{}", block_test(name, steps, step, step * 2, end))
    }

    fn test_edits(&self, name: &str, steps: &[NewStep], tests: Option<Id>) -> Option<Vec<Edit>> {
        let root = self.syntax.root()?;
        let end = self.eol();
        let last = |map: Id| self.syntax.entries(map).last();
        match tests.map(|tests| (tests, self.syntax.get(tests))) {
            Some((tests, Some(item))) => match item.kind {
                Kind::Map { flow: true } => {
                    let text = format!("{}: {}", scalar(name, Style::FlowKey), flow_steps(steps));
                    Some(vec![self.within_flow(tests, &text)?])
                }
                Kind::Map { flow: false } => {
                    let (key, value) = last(tests)?;
                    let column = self.column(self.syntax.get(key)?.span.start)?;
                    // As far in as the steps of the test before it.
                    let first = self.syntax.get(value)?;
                    let inner = match first.kind {
                        Kind::List { flow: false } => self.column(self.dash(value)?)?,
                        Kind::List { flow: true }
                        | Kind::Plain
                        | Kind::Quoted
                        | Kind::Block
                        | Kind::Map { .. }
                        | Kind::Repeat => column + self.step(),
                    };
                    let text = block_test(name, steps, column, inner, end);
                    let at = self.behind_comments(item.span.end, column);
                    Some(vec![Edit { span: Span::new(at, at), text: format!("{end}{text}") }])
                }
                // `tests:` with nothing behind it.
                Kind::Plain if item.span.start == item.span.end => {
                    let step = self.step();
                    let text = block_test(name, steps, step, step * 2, end);
                    let at = self.line_end(item.span.end);
                    Some(vec![Edit { span: Span::new(at, at), text: format!("{end}{text}") }])
                }
                Kind::Plain | Kind::Quoted | Kind::Block | Kind::List { .. } | Kind::Repeat => None,
            },
            Some((_, None)) => None,
            None if self.is_flow_map(root) => {
                let test = format!("{}: {}", scalar(name, Style::FlowKey), flow_steps(steps));
                Some(vec![self.within_flow(root, &format!("tests: {{{test}}}"))?])
            }
            None => Some(vec![self.at_end(&self.new_tests(name, steps))]),
        }
    }
}

/// What a test says, wherever it stands.
fn meant(test: &TreeTest) -> (String, Vec<NewStep>) {
    let step = |step: &TestStep| match &step.kind {
        TestStepKind::User(text) => NewStep::User(text.clone()),
        TestStepKind::Bot(text) => NewStep::Bot(text.clone()),
        TestStepKind::At(name) => NewStep::At(name.clone()),
        TestStepKind::End(end) => NewStep::End(*end),
        TestStepKind::Given(answers) => {
            let pairs = answers.iter().map(|given| (given.question.clone(), given.answer.clone()));
            NewStep::Given(pairs.collect())
        }
    };
    (test.name.clone(), test.steps.iter().map(step).collect())
}

/// A step without spaces around what it says.
fn trimmed(step: &NewStep) -> NewStep {
    match step {
        NewStep::User(text) => NewStep::User(text.trim().to_owned()),
        NewStep::Bot(text) => NewStep::Bot(text.trim().to_owned()),
        NewStep::At(name) => NewStep::At(name.trim().to_owned()),
        NewStep::End(_) | NewStep::Given(_) => step.clone(),
    }
}

/// Whether steps that were read are those that were written.
fn is_as_written(read: &[TestStep], written: &[NewStep]) -> bool {
    read.len() == written.len()
        && read.iter().zip(written).all(|(read, written)| match (&read.kind, written) {
            (TestStepKind::User(read), NewStep::User(written))
            | (TestStepKind::Bot(read), NewStep::Bot(written))
            | (TestStepKind::At(read), NewStep::At(written)) => read.trim() == written.trim(),
            (TestStepKind::End(read), NewStep::End(written)) => read == written,
            (TestStepKind::Given(read), NewStep::Given(written)) => {
                let pairs =
                    written.iter().map(|(question, answer)| (question.trim(), answer.trim()));
                read.iter().map(|read| (read.question.as_str(), read.answer.as_str())).eq(pairs)
            }
            (
                TestStepKind::User(_)
                | TestStepKind::Bot(_)
                | TestStepKind::At(_)
                | TestStepKind::End(_)
                | TestStepKind::Given(_),
                _,
            ) => false,
        })
}

fn block_test(name: &str, steps: &[NewStep], column: usize, inner: usize, end: &str) -> String {
    let name = scalar(name, Style::Key);
    let (pad, deep) = (" ".repeat(column), " ".repeat(inner));
    if steps.is_empty() {
        return format!("{pad}{name}: []");
    }
    let lines: Vec<String> =
        steps.iter().map(|step| format!("{deep}- {}", written(step, Style::Value))).collect();
    format!("{pad}{name}:{end}{}", lines.join(end))
}

fn flow_steps(steps: &[NewStep]) -> String {
    let steps: Vec<String> =
        steps.iter().map(|step| format!("{{{}}}", written(step, Style::FlowValue))).collect();
    format!("[{}]", steps.join(", "))
}

fn written(step: &NewStep, style: Style) -> String {
    match step {
        NewStep::User(text) => format!("user: {}", scalar(text, style)),
        NewStep::Bot(text) => format!("bot: {}", scalar(text, style)),
        NewStep::At(name) => format!("at: {}", scalar(name, style)),
        NewStep::End(end) => format!("end: {end}"),
        NewStep::Given(answers) => {
            let pair = |(question, answer): &(String, String)| {
                let question = scalar(question, Style::FlowKey);
                format!("{question}: {}", scalar(answer, Style::FlowValue))
            };
            let pairs: Vec<String> = answers.iter().map(pair).collect();
            format!("given: {{{}}}", pairs.join(", "))
        }
    }
}
