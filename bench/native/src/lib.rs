//! The peers that are written in Rust, behind the harness's protocol.

mod contestants;

use treebot_bench_protocol::{Entry, Problem, answer, no_task};

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
    let entry = Entry { load, task: no_task, live };
    answer(entry, &file)
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
