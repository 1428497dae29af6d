//! The conversation of one test: the same turns that people get, with a clock that only counts.

use std::borrow::Cow;

use crate::tree::{AnswerId, NodeId, Tree};
use crate::walk::{record_of, walk};
use crate::{
    Effect, Event, GivenAnswer, History, Input, InputKind, Message, Millis, Reply, ReplyKind, Tier,
    Trail, TurnOptions, current, turn,
};

use super::names::find;
use super::report::{Instead, Reached, TestFailure};
use super::said::Expected;
use super::{TestStep, TestStepKind, given};

/// A conversation of a test.
pub(super) struct Talk<'t, 'r> {
    tree: &'t Tree,
    reached: &'r mut Reached,
    /// How much was done: a turn is 50, one for each answer of its question, and one for so many nodes and bytes.
    pub(super) work: usize,
    history: History,
    inputs: i64,
    /// Where it stands.
    place: NodeId,
    said: Vec<Cow<'t, str>>,
    typed: Option<String>,
    tier: Option<Tier>,
    answer: Option<String>,
}

impl<'t, 'r> Talk<'t, 'r> {
    pub(super) fn new(tree: &'t Tree, reached: &'r mut Reached, work: usize) -> Self {
        Self {
            tree,
            reached,
            work,
            history: History::new(),
            inputs: 0,
            place: Tree::ROOT,
            said: Vec::new(),
            typed: None,
            tier: None,
            answer: None,
        }
    }

    /// Does one step, and says what is wrong.
    pub(super) fn step(&mut self, step: &TestStep, next: Option<&TestStep>) -> Option<TestFailure> {
        match &step.kind {
            TestStepKind::User(text) => {
                self.turn(InputKind::Text(text.clone()));
                self.typed = Some(text.clone());
                None
            }
            TestStepKind::Given(answers) => {
                // Where an older conversation stands now is said by the `at` that follows.
                let is_checked = next.is_some_and(|next| matches!(next.kind, TestStepKind::At(_)));
                let problem = self.begin_with(answers).filter(|_| !is_checked)?;
                Some(self.fails(problem))
            }
            TestStepKind::Bot(expected) => {
                self.open();
                self.bot(expected)
            }
            TestStepKind::End(expected) => {
                self.open();
                self.end(*expected)
            }
            TestStepKind::At(expected) => {
                self.open();
                self.at(expected)
            }
        }
    }

    fn bot(&mut self, expected: &str) -> Option<TestFailure> {
        self.work += (expected.len() + self.bytes_said()) / BYTES_OF_WORK;
        let compared = Expected::new(expected);
        if self.said.iter().any(|message| compared.is_in(message)) {
            return None;
        }
        let instead = short(self.said.last().map_or("", AsRef::as_ref));
        let expected = short(expected);
        Some(self.fails(format!("the bot does not say `{expected}` here, but \"{instead}\"")))
    }

    fn end(&mut self, expected: bool) -> Option<TestFailure> {
        let name = self.name();
        match (expected, self.is_end()) {
            (true, true) | (false, false) => None,
            (true, false) => {
                Some(self.fails(format!("this is no end; `{name}` waits for an answer")))
            }
            (false, true) => Some(self.fails(format!("`{name}` is an end"))),
        }
    }

    fn at(&mut self, expected: &str) -> Option<TestFailure> {
        self.work += self.work_to_find(expected);
        let name = self.name();
        match find(self.tree, expected) {
            Some(node) if node == self.place => None,
            Some(_) => {
                let now = if self.is_end() { "has ended at" } else { "stands at" };
                let expected = short(expected);
                Some(self.fails(format!("the conversation {now} `{name}`, not at `{expected}`")))
            }
            None => {
                let expected = short(expected);
                let message = format!("there is no `{expected}`; the conversation is at `{name}`");
                Some(self.fails(message))
            }
        }
    }

    /// Somebody opens the conversation without a word, if it is not open yet.
    fn open(&mut self) {
        if self.history.is_empty() {
            self.turn(InputKind::Start { at_node: None });
        }
    }

    /// Begins anew, as somebody who comes back to an older conversation. Says what of it is lost.
    fn begin_with(&mut self, answers: &[GivenAnswer]) -> Option<String> {
        self.work +=
            answers.iter().map(|answer| 50 + self.work_to_find(&answer.question)).sum::<usize>();
        let given = given::trail_of(self.tree, answers);
        self.history = History::new();
        self.inputs += 1;
        let event = given::event(self.tree, &given, Millis(self.inputs), self.inputs.to_string());
        let walked = walk(self.tree, &given.trail);
        self.reached
            .answers
            .extend(walked.taken.iter().map(|taken| (taken.question, taken.answer)));
        self.reached.places.extend(walked.taken.iter().map(|taken| taken.question));
        self.place = walked.place;
        self.reached.places.insert(self.place);
        self.history.insert(event);
        self.said = current(self.tree, &self.history).map(texts).unwrap_or_default();
        self.work += self.bytes_said() / BYTES_OF_WORK;
        (self.typed, self.tier, self.answer) = (None, None, None);
        given.problem
    }

    /// Takes a turn, and remembers it.
    fn turn(&mut self, kind: InputKind) {
        self.work +=
            50 + self.tree.node(self.place).answers().len() + self.tree.len() / NODES_OF_WORK;
        self.inputs += 1;
        let id = self.inputs.to_string();
        let input = Input { at: Millis(self.inputs), id, kind };
        let mut turn = turn(self.tree, &self.history, &input, &TurnOptions::default());
        self.note(&turn.event, turn.reply.kind);
        self.place = turn.place.node;
        self.reached.places.insert(self.place);
        self.said = texts(turn.reply);
        self.typed = None;
        self.tier = turn.event.matched.as_ref().map(|matched| matched.tier);
        self.answer = turn.event.matched.as_ref().and_then(|matched| matched.answer.clone());
        self.work += self.bytes_said() / BYTES_OF_WORK;
        // The newest event is enough to go on, and what was said may be long.
        self.history = History::new();
        if turn.effect == Effect::None {
            turn.event.said.clear();
            self.history.insert(turn.event);
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
        !self.tree.node(self.place).is_question()
    }

    /// How much it is to find a name, or a way.
    fn work_to_find(&self, name: &str) -> usize {
        let parts = 1 + name.matches('/').count();
        name.len() / BYTES_OF_WORK + parts * (10 + self.tree.len() / NODES_OF_WORK)
    }

    fn bytes_said(&self) -> usize {
        self.said.iter().map(|message| message.len()).sum()
    }

    fn name(&self) -> String {
        self.tree.place_name(self.place)
    }

    fn fails(&mut self, message: String) -> TestFailure {
        self.work += self.bytes_said() / BYTES_OF_WORK;
        let instead = Instead {
            said: self.said.iter().map(|message| message.to_string()).collect(),
            place: self.name(),
            is_end: self.is_end(),
            typed: self.typed.clone(),
            tier: self.tier,
            answer: self.answer.clone(),
        };
        TestFailure { message, instead }
    }
}

/// How many bytes are as much work as one answer.
const BYTES_OF_WORK: usize = 20;

/// How many nodes of a tree are: all may lie on the way of one answer.
const NODES_OF_WORK: usize = 50;

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
fn texts<'t>(reply: Reply<'t>) -> Vec<Cow<'t, str>> {
    let text = |message: Message<'t>| match message {
        Message::Text(text) => text,
        Message::Image { alt, .. } => alt,
    };
    let note = reply.note.map(|note| note.text);
    note.into_iter().chain(reply.messages.into_iter().map(text)).collect()
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
