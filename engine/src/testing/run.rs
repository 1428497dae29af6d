//! Playing tests: the same turns that people get, with a clock that only counts.

use crate::tree::{AnswerId, NodeId, Tree};
use crate::walk::{record_of, walk};
use crate::{
    Effect, Event, History, Input, InputKind, Millis, Reply, ReplyKind, Tier, Trail, TurnOptions,
    current, turn,
};

use super::names::find;
use super::report::{
    Instead, Reached, StepResult, TestFailure, TestOutcome, TestReport, TestResult,
};
use super::{TestStep, TestStepKind, Tests, TreeTest, given, said};

/// How much is run at a time: a turn at a question counts as many as it has answers, and 50 more. That is
/// 8,000 turns at questions of 200 answers.
const MAX_WORK: usize = 2_000_000;

/// Plays every test of a tree: the tests of its own source, or of another version of it.
///
/// Times and ids are made up in a fixed way, so the same tree and the same tests give the same report. A
/// test that begins with anything but `user` or `given` begins with the bot's greeting.
#[must_use]
pub fn run_tests(tree: &Tree, tests: &Tests) -> TestReport {
    let mut report = TestReport::default();
    let mut work = 0;
    for test in &tests.list {
        report.tests.push(run(tree, test, &mut report.reached, &mut work));
    }
    report
}

fn run(tree: &Tree, test: &TreeTest, reached: &mut Reached, work: &mut usize) -> TestResult {
    let mut result = TestResult {
        name: test.name.clone(),
        span: test.span,
        outcome: TestOutcome::Passed,
        steps: Vec::with_capacity(test.steps.len()),
    };
    if !test.is_whole {
        result.outcome = TestOutcome::Unreadable;
        return result;
    }
    let mut talk = Talk::new(tree, reached);
    for (number, step) in test.steps.iter().enumerate() {
        *work = work.saturating_add(talk.work());
        if *work > MAX_WORK {
            result.outcome = TestOutcome::NotRun;
            return result;
        }
        let failure = talk.step(step, test.steps.get(number + 1));
        if failure.is_some() {
            result.outcome = TestOutcome::Failed;
        }
        result.steps.push(StepResult { span: step.span, failure });
    }
    result
}

/// A conversation of a test.
struct Talk<'t, 'r> {
    tree: &'t Tree,
    reached: &'r mut Reached,
    history: History,
    inputs: i64,
    /// Where it stands.
    place: NodeId,
    said: Vec<String>,
    typed: Option<String>,
    tier: Option<Tier>,
    answer: Option<String>,
}

impl<'t, 'r> Talk<'t, 'r> {
    fn new(tree: &'t Tree, reached: &'r mut Reached) -> Self {
        Self {
            tree,
            reached,
            history: History::new(),
            inputs: 0,
            place: Tree::ROOT,
            said: Vec::new(),
            typed: None,
            tier: None,
            answer: None,
        }
    }

    /// How much a turn here may be to do.
    fn work(&self) -> usize {
        50 + self.tree.get(self.place).map_or(0, |node| node.answers().len())
    }

    /// Does one step, and says what is wrong.
    fn step(&mut self, step: &TestStep, next: Option<&TestStep>) -> Option<TestFailure> {
        match &step.kind {
            TestStepKind::User(text) => {
                self.turn(InputKind::Text(text.clone()));
                self.typed = Some(text.clone());
                None
            }
            TestStepKind::Given(answers) => {
                let given = given::trail_of(self.tree, answers);
                self.begin_with(&given);
                // Where an older conversation stands now is said by the `at` that follows.
                let is_checked = next.is_some_and(|next| matches!(next.kind, TestStepKind::At(_)));
                let problem = given.problem.filter(|_| !is_checked)?;
                Some(self.fails(problem))
            }
            TestStepKind::Bot(expected) => {
                self.open();
                let is_said = self.said.iter().any(|message| said::contains(message, expected));
                (!is_said).then(|| {
                    let instead = short(self.said.last().map_or("", String::as_str));
                    self.fails(format!(
                        "the bot does not say `{}` here, but \"{instead}\"",
                        short(expected)
                    ))
                })
            }
            TestStepKind::End(expected) => {
                self.open();
                let name = self.name();
                match (expected, self.is_end()) {
                    (true, true) | (false, false) => None,
                    (true, false) => {
                        Some(self.fails(format!("this is no end; `{name}` waits for an answer")))
                    }
                    (false, true) => Some(self.fails(format!("`{name}` is an end"))),
                }
            }
            TestStepKind::At(expected) => {
                self.open();
                let name = self.name();
                match find(self.tree, expected) {
                    Some(node) if node == self.place => None,
                    Some(_) => {
                        let now = if self.is_end() { "has ended at" } else { "stands at" };
                        Some(
                            self.fails(format!(
                                "the conversation {now} `{name}`, not at `{expected}`"
                            )),
                        )
                    }
                    None => Some(self.fails(format!(
                        "there is no `{expected}`; the conversation is at `{name}`"
                    ))),
                }
            }
        }
    }

    /// Somebody opens the conversation without a word, if it is not open yet.
    fn open(&mut self) {
        if self.history.is_empty() {
            self.turn(InputKind::Start { at_node: None });
        }
    }

    /// Begins anew, as somebody who comes back to an older conversation.
    fn begin_with(&mut self, given: &given::Given) {
        self.history = History::new();
        self.inputs += 1;
        let event = given::event(self.tree, given, Millis(self.inputs), self.inputs.to_string());
        let walked = walk(self.tree, &given.trail);
        self.reached
            .answers
            .extend(walked.taken.iter().map(|taken| (taken.question, taken.answer)));
        self.reached.places.extend(walked.taken.iter().map(|taken| taken.question));
        self.place = walked.place;
        self.reached.places.insert(self.place);
        self.history.insert(event);
        let reply = current(self.tree, &self.history);
        self.said = reply.as_ref().map(texts).unwrap_or_default();
        (self.typed, self.tier, self.answer) = (None, None, None);
    }

    /// Takes a turn, and remembers it.
    fn turn(&mut self, kind: InputKind) {
        self.inputs += 1;
        let id = self.inputs.to_string();
        let input = Input { at: Millis(self.inputs), id, kind };
        let turn = turn(self.tree, &self.history, &input, &TurnOptions::default());
        self.note(&turn.event, turn.reply.kind);
        self.place = turn.place.node;
        self.reached.places.insert(self.place);
        self.said = texts(&turn.reply);
        self.typed = None;
        self.tier = turn.event.matched.as_ref().map(|matched| matched.tier);
        self.answer = turn.event.matched.as_ref().and_then(|matched| matched.answer.clone());
        match turn.effect {
            Effect::None => {
                self.history.insert(turn.event);
            }
            Effect::Forget => self.history = History::new(),
        }
    }

    /// Notes which answers a turn has taken.
    fn note(&mut self, event: &Event, kind: ReplyKind) {
        let root = Trail::root();
        let before = walk(self.tree, self.history.trail().unwrap_or(&root));
        self.reached.places.insert(before.place);
        let Some(taken) = taken(self.tree, before.place, event, kind) else { return };
        let mut trail = before.trail();
        let new = trail.steps.len();
        trail.steps.push(record_of(before.node(), taken, None));
        let after = walk(self.tree, &trail);
        for taken in after.taken.iter().filter(|taken| taken.record >= new) {
            self.reached.answers.insert((taken.question, taken.answer));
            self.reached.places.insert(taken.question);
        }
    }

    fn is_end(&self) -> bool {
        self.tree.get(self.place).is_none_or(|node| !node.is_question())
    }

    fn name(&self) -> String {
        self.tree.place_name(self.place)
    }

    fn fails(&self, message: String) -> TestFailure {
        let instead = Instead {
            said: self.said.clone(),
            place: self.name(),
            is_end: self.is_end(),
            typed: self.typed.clone(),
            tier: self.tier,
            answer: self.answer.clone(),
        };
        TestFailure { message, instead }
    }
}

/// The answer that a turn took at a question, none for its `else`; nothing if it took none.
fn taken(tree: &Tree, place: NodeId, event: &Event, kind: ReplyKind) -> Option<Option<AnswerId>> {
    let node = tree.get(place)?;
    let matched = event.matched.as_ref()?;
    if let Some(key) = &matched.answer {
        return node.answers().find(|answer| answer.key() == key).map(|answer| Some(answer.id()));
    }
    let otherwise = tree.get(node.otherwise()?)?;
    let is_taken = otherwise.is_question() || otherwise.goto().is_some();
    let fits_nothing = matched.tier == Tier::None && matched.rivals.is_empty();
    let goes_on = matches!(kind, ReplyKind::Question | ReplyKind::End);
    (is_taken && fits_nothing && goes_on).then_some(None)
}

/// All that a reply says.
fn texts(reply: &Reply) -> Vec<String> {
    let note = reply.note.iter().map(|note| note.text.to_string());
    note.chain(reply.messages.iter().map(|message| message.text().to_owned())).collect()
}

/// A text as a report quotes it.
fn short(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(MAX_QUOTE) {
        Some((end, _)) => format!("{} …", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// The most characters of what is said that one problem quotes.
const MAX_QUOTE: usize = 100;
