//! The process of a native contestant: a job comes as a file, each of its parts is answered by one line of JSON.
//!
//! The protocol is that of `bench/README.md`; `bench/lib/child.mjs` is the same for JavaScript. A contestant
//! implements [`Contestant`], and its `main` calls [`answer`].

use std::borrow::Cow;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What goes wrong here ends the process, and is shown by the harness.
pub type Problem = Box<dyn Error>;

/// What a contestant says: strings of its own, or those of its tree.
#[derive(Debug, Serialize)]
pub struct Reply<'t> {
    /// What it says, message by message.
    pub messages: Vec<Cow<'t, str>>,
    /// The labels of the answers that it then waits for.
    pub choices: Vec<Cow<'t, str>>,
}

impl Reply<'_> {
    /// A reply in strings of its own.
    #[must_use]
    pub fn owned(messages: Vec<String>, choices: Vec<String>) -> Self {
        let owned = |texts: Vec<String>| texts.into_iter().map(Cow::Owned).collect();
        Self { messages: owned(messages), choices: owned(choices) }
    }
}

/// A reply, and the text that is stored until the next message.
pub type Turn<'t> = (Reply<'t>, String);

/// A loaded tree that can be talked to.
pub trait Contestant {
    /// Begins a conversation.
    ///
    /// # Errors
    /// If the contestant fails.
    fn start(&mut self) -> Result<Turn<'_>, Problem>;

    /// Restores `state`, takes one message, and gives the state to store.
    ///
    /// # Errors
    /// If the state cannot be read, or the contestant fails.
    fn message(&mut self, state: &str, text: &str) -> Result<Turn<'_>, Problem>;

    /// The state after so many messages, in which `texts` were said over and over with a restart between; the
    /// first of them comes next. None where the state does not grow: then it is that of the start.
    ///
    /// # Errors
    /// If the contestant fails.
    fn stored(&mut self, events: usize, texts: &[String]) -> Result<Option<String>, Problem> {
        let _ = (events, texts);
        Ok(None)
    }
}

/// One thing that is timed, again and again, of a kind that no other contestant knows.
pub struct Task {
    /// What is timed.
    pub run: Box<dyn FnMut()>,
    /// How many things one run does, such as recorded answers.
    pub per: usize,
}

/// How a contestant does what it is asked to.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Makes a contestant from the tree in its own language. Timed by the kind `load`.
    pub load: fn(&str) -> Result<Box<dyn Contestant>, Problem>,
    /// Prepares a task of that kind, if it knows it.
    pub task: fn(&str, &Part) -> Result<Option<Task>, Problem>,
    /// The bytes that are allocated, where the allocator counts them.
    pub live: Option<fn() -> usize>,
}

/// Knows no tasks: for [`Entry::task`].
///
/// # Errors
/// Never.
pub fn no_task(_: &str, _: &Part) -> Result<Option<Task>, Problem> {
    Ok(None)
}

/// What the harness wants.
#[derive(Deserialize)]
struct Job {
    kind: String,
    parts: Vec<Part>,
    #[serde(default)]
    warm_ms: f64,
    #[serde(default)]
    measure_ms: f64,
}

/// One tree, and what is said to it.
#[derive(Debug, Deserialize)]
pub struct Part {
    /// The file that has the tree in the contestant's own language.
    pub source: String,
    /// The file that has it as YAML.
    #[serde(default)]
    pub yaml: String,
    /// Conversations, each from a start of its own.
    #[serde(default)]
    pub conversations: Vec<Vec<String>>,
    /// How many messages are stored already; 0 where the conversations begin at the start.
    #[serde(default)]
    pub events: usize,
}

/// Does the job that a file describes, and prints the answers.
///
/// # Errors
/// If the job cannot be read, or the contestant fails.
pub fn answer(entry: Entry, job_file: &str) -> Result<(), Problem> {
    let job: Job = serde_json::from_str(&fs::read_to_string(job_file)?)?;
    for part in &job.parts {
        let answer = match job.kind.as_str() {
            "transcripts" => transcripts(entry, part)?,
            "messages" => messages(entry, part, &job)?,
            "load" => loading(entry, part, &job)?,
            "memory" => memory(entry, part)?,
            kind => match (entry.task)(kind, part)? {
                Some(Task { mut run, per }) => {
                    let ns = sample(&job, per, || {
                        run();
                        Ok(())
                    })?;
                    json!({ "ns": ns })
                }
                None => json!({"skipped": format!("it knows no {kind}")}),
            },
        };
        writeln!(stdout(), "{answer}")?;
    }
    Ok(())
}

fn transcripts(entry: Entry, part: &Part) -> Result<Value, Problem> {
    let mut bot = (entry.load)(&fs::read_to_string(&part.source)?)?;
    let mut all = Vec::new();
    for conversation in &part.conversations {
        let (reply, mut state) = bot.start()?;
        let mut replies = vec![json!(reply)];
        for text in conversation {
            let (reply, next) = bot.message(&state, text)?;
            replies.push(json!(reply));
            state = next;
        }
        all.push(replies);
    }
    Ok(json!({ "transcripts": all }))
}

fn messages(entry: Entry, part: &Part, job: &Job) -> Result<Value, Problem> {
    let mut bot = (entry.load)(&fs::read_to_string(&part.source)?)?;
    let (_, first) = bot.start()?;
    if part.events == 0 {
        let count = part.conversations.iter().map(Vec::len).sum();
        let ns = sample(job, count, || {
            for conversation in &part.conversations {
                let mut state = first.clone();
                for text in conversation {
                    let (reply, next) = bot.message(&state, text)?;
                    black_box(reply);
                    state = next;
                }
            }
            Ok(())
        })?;
        return Ok(json!({ "ns": ns }));
    }
    let texts = part.conversations.first().ok_or("there is no conversation")?;
    let state = bot.stored(part.events, texts)?.unwrap_or(first);
    let text = texts.first().ok_or("nothing is said")?;
    let ns = sample(job, 1, || {
        black_box(bot.message(&state, text)?);
        Ok(())
    })?;
    Ok(json!({"ns": ns, "bytes": state.len()}))
}

/// Runs `once` until it is warm, then in samples of at least a millisecond, so that the clock does not count:
/// nanoseconds per each of its `count` things.
fn sample(
    job: &Job,
    count: usize,
    mut once: impl FnMut() -> Result<(), Problem>,
) -> Result<Vec<f64>, Problem> {
    let mut passes = 0_u32;
    let begun = Instant::now();
    while passes == 0 || begun.elapsed() < milliseconds(job.warm_ms) {
        once()?;
        passes += 1;
    }
    let batch = (0.001 * f64::from(passes) / begun.elapsed().as_secs_f64()).max(1.0) as usize;
    let mut ns = Vec::new();
    let begun = Instant::now();
    while ns.len() < 3 || begun.elapsed() < milliseconds(job.measure_ms) {
        let before = Instant::now();
        for _ in 0..batch {
            once()?;
        }
        ns.push(before.elapsed().as_nanos() as f64 / (batch * count.max(1)) as f64);
    }
    Ok(ns)
}

fn loading(entry: Entry, part: &Part, job: &Job) -> Result<Value, Problem> {
    let source = fs::read_to_string(&part.source)?;
    let mut ns = Vec::new();
    let begun = Instant::now();
    while ns.is_empty() || ns.len() < 30 && begun.elapsed() < milliseconds(job.measure_ms) {
        let before = Instant::now();
        let bot = black_box((entry.load)(&source)?);
        ns.push(before.elapsed().as_nanos() as f64);
        drop(bot);
    }
    Ok(json!({ "ns": ns }))
}

fn memory(entry: Entry, part: &Part) -> Result<Value, Problem> {
    let source = fs::read_to_string(&part.source)?;
    let live = || entry.live.map_or(0, |live| live() as i64);
    let without = |bytes: i64| bytes - source.len() as i64;
    let (allocated, resident) = (without(live()), without(resident()?));
    let bot = (entry.load)(&source)?;
    drop(source);
    let bytes = live() - allocated;
    let rss = self::resident()? - resident;
    black_box(bot);
    Ok(json!({"bytes": bytes, "rss": rss}))
}

/// The bytes of this process that are in memory; 0 where the system has no `/proc`.
fn resident() -> Result<i64, Problem> {
    let pages = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: i64 = pages.split(' ').nth(1).unwrap_or("0").parse()?;
    Ok(pages * 4096)
}

fn milliseconds(ms: f64) -> Duration {
    Duration::from_secs_f64(ms / 1000.0)
}
