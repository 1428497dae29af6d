//! The process of a native contestant: a job comes as a file, each of its parts is answered by one line of JSON.
//!
//! The protocol is that of `bench/README.md`; `lib/child.mjs` is the same for JavaScript.

mod contestants;

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What goes wrong here ends the process, and is shown by the harness.
pub type Problem = Box<dyn Error>;

/// What a contestant says.
#[derive(Serialize)]
pub struct Reply {
    /// What it says, message by message.
    pub messages: Vec<String>,
    /// The labels of the answers that it then waits for.
    pub choices: Vec<String>,
}

/// A reply, and the text that is stored until the next message.
pub type Turn = (Reply, String);

/// A loaded tree that can be talked to.
pub trait Contestant {
    /// Begins a conversation.
    fn start(&mut self) -> Result<Turn, Problem>;

    /// Restores `state`, takes one message, and gives the state to store.
    fn message(&mut self, state: &str, text: &str) -> Result<Turn, Problem>;
}

/// Makes a contestant from the tree in its own language.
pub type Load = fn(&str) -> Result<Box<dyn Contestant>, Problem>;

#[derive(Deserialize)]
struct Job {
    kind: String,
    parts: Vec<Part>,
    #[serde(default)]
    warm_ms: f64,
    #[serde(default)]
    measure_ms: f64,
}

#[derive(Deserialize)]
struct Part {
    source: String,
    #[serde(default)]
    conversations: Vec<Vec<String>>,
}

/// Does the job that the command line names: `bench CONTESTANT JOB.json`.
///
/// `live` tells the bytes that are allocated, where the allocator counts them.
///
/// # Errors
/// If there is no such contestant, the job cannot be read, or the contestant fails.
pub fn run(live: Option<fn() -> usize>) -> Result<(), Problem> {
    let mut args = std::env::args().skip(1);
    let (Some(name), Some(file)) = (args.next(), args.next()) else {
        return Err("usage: bench CONTESTANT JOB.json".into());
    };
    let load =
        contestants::find(&name).ok_or_else(|| format!("there is no contestant `{name}`"))?;
    let job: Job = serde_json::from_str(&fs::read_to_string(file)?)?;
    for part in &job.parts {
        let answer = match job.kind.as_str() {
            "transcripts" => transcripts(load, part)?,
            "messages" => messages(load, part, &job)?,
            "load" => loading(load, part, &job)?,
            "memory" => memory(load, part, live)?,
            other => json!({"skipped": format!("it knows no {other}")}),
        };
        writeln!(stdout(), "{answer}")?;
    }
    Ok(())
}

fn transcripts(load: Load, part: &Part) -> Result<Value, Problem> {
    let mut bot = load(&fs::read_to_string(&part.source)?)?;
    let mut all = Vec::new();
    for conversation in &part.conversations {
        let (reply, mut state) = bot.start()?;
        let mut replies = vec![reply];
        for text in conversation {
            let (reply, next) = bot.message(&state, text)?;
            replies.push(reply);
            state = next;
        }
        all.push(replies);
    }
    Ok(json!({ "transcripts": all }))
}

fn messages(load: Load, part: &Part, job: &Job) -> Result<Value, Problem> {
    let mut bot = load(&fs::read_to_string(&part.source)?)?;
    let (_, first) = bot.start()?;
    let count: usize = part.conversations.iter().map(Vec::len).sum();
    let mut once = || -> Result<(), Problem> {
        for conversation in &part.conversations {
            let mut state = first.clone();
            for text in conversation {
                let (reply, next) = bot.message(&state, text)?;
                black_box(reply);
                state = next;
            }
        }
        Ok(())
    };
    let mut passes = 0_u32;
    let begun = Instant::now();
    while passes == 0 || begun.elapsed() < milliseconds(job.warm_ms) {
        once()?;
        passes += 1;
    }
    // A sample lasts at least a millisecond, so that the clock does not count.
    let batch = (0.001 * f64::from(passes) / begun.elapsed().as_secs_f64()).max(1.0) as usize;
    let mut ns = Vec::new();
    let begun = Instant::now();
    while ns.len() < 3 || begun.elapsed() < milliseconds(job.measure_ms) {
        let before = Instant::now();
        for _ in 0..batch {
            once()?;
        }
        ns.push(before.elapsed().as_nanos() as f64 / (batch * count) as f64);
    }
    Ok(json!({ "ns": ns }))
}

fn loading(load: Load, part: &Part, job: &Job) -> Result<Value, Problem> {
    let source = fs::read_to_string(&part.source)?;
    let mut ns = Vec::new();
    let begun = Instant::now();
    while ns.is_empty() || ns.len() < 30 && begun.elapsed() < milliseconds(job.measure_ms) {
        let before = Instant::now();
        let bot = black_box(load(&source)?);
        ns.push(before.elapsed().as_nanos() as f64);
        drop(bot);
    }
    Ok(json!({ "ns": ns }))
}

fn memory(load: Load, part: &Part, live: Option<fn() -> usize>) -> Result<Value, Problem> {
    let source = fs::read_to_string(&part.source)?;
    let allocated = live.map_or(0, |live| live() as i64 - source.len() as i64);
    let resident = resident()? - source.len() as i64;
    let bot = load(&source)?;
    drop(source);
    let bytes = live.map_or(0, |live| live() as i64) - allocated;
    let rss = self::resident()? - resident;
    black_box(bot);
    Ok(json!({"bytes": bytes, "rss": rss}))
}

/// The bytes of this process that are in memory.
fn resident() -> Result<i64, Problem> {
    let pages = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: i64 = pages.split(' ').nth(1).unwrap_or("0").parse()?;
    Ok(pages * 4096)
}

fn milliseconds(ms: f64) -> Duration {
    Duration::from_secs_f64(ms / 1000.0)
}

/// Which of the choices was typed: its label in any case, or its number.
pub(crate) fn pick<'a>(text: &str, labels: impl IntoIterator<Item = &'a str>) -> Option<usize> {
    let said = text.trim().to_lowercase();
    let number = said.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    labels
        .into_iter()
        .enumerate()
        .position(|(index, label)| Some(index) == number || label.to_lowercase() == said)
}

pub(crate) const SORRY: &str = "Sorry, I didn't understand.";
