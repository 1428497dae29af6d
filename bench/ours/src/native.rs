//! Treebot as a Rust server has it. What is stored is the newest event, as the Worker stores it.

use std::fs;

use treebot::{Event, Input, InputKind, Message, Millis, Tree, TurnOptions, turn_after};
use treebot_bench_protocol::{Contestant, Entry, Part, Problem, Reply, Task, Turn, answer};

use crate::tasks;

/// Does the job that a file describes. `live` tells the bytes that are allocated, where the allocator counts them.
///
/// # Errors
/// The job cannot be read, or its tree does not load.
pub fn run(job: &str, live: Option<fn() -> usize>) -> Result<(), Problem> {
    answer(Entry { load, task, live }, job)
}

fn load(source: &str) -> Result<Box<dyn Contestant>, Problem> {
    let (tree, _) = tasks::load_any(source)?;
    Ok(Box::new(Treebot { tree, count: 0 }))
}

fn task(kind: &str, part: &Part) -> Result<Option<Task>, Problem> {
    let source = fs::read_to_string(&part.source)?;
    let made = tasks::task(kind, &source, &part.conversations)?;
    Ok(made.map(|tasks::Task { run, per }| Task { run, per }))
}

struct Treebot {
    tree: Tree,
    /// How many inputs there were.
    count: u32,
}

/// The most bytes of an event in the metadata of a KV key.
const LIMIT: usize = 1024;

/// Some day in 2026, in milliseconds since 1970.
const BEGUN: i64 = 1_780_000_000_000;

const OPTIONS: TurnOptions =
    TurnOptions { first_text_answers: true, sees_current: false, remembers_said: false };

impl Treebot {
    fn take(&mut self, before: Option<&Event>, kind: InputKind) -> Turn<'_> {
        self.count = self.count.wrapping_add(1);
        let id = self.count.to_string();
        let input = Input { at: Millis(BEGUN + i64::from(self.count)), id, kind };
        let taken = turn_after(&self.tree, before, input, &OPTIONS);
        let note = taken.reply.note.map(|note| note.text);
        let said = taken.reply.messages.into_iter().map(|message| match message {
            Message::Text(text) => text,
            Message::Image { alt, .. } => alt,
        });
        let messages = note.into_iter().chain(said).collect();
        let choices = taken.reply.choices.into_iter().map(|choice| choice.label).collect();
        (Reply { messages, choices }, taken.event.to_compact(LIMIT))
    }
}

impl Contestant for Treebot {
    fn start(&mut self) -> Result<Turn<'_>, Problem> {
        Ok(self.take(None, InputKind::Start { at_node: None }))
    }

    fn message(&mut self, state: &str, text: &str) -> Result<Turn<'_>, Problem> {
        let before = Event::resume(state)?;
        Ok(self.take(Some(&before), InputKind::Text(text.to_owned())))
    }

    fn stored(&mut self, events: usize, texts: &[String]) -> Result<Option<String>, Problem> {
        let mut state = self.start()?.1;
        let round = texts.iter().map(String::as_str).chain(tasks::RESTART);
        let rounds = events / round.clone().count();
        for text in std::iter::repeat_n(round, rounds).flatten() {
            state = self.message(&state, text)?.1;
        }
        Ok(Some(state))
    }
}
