//! `treebot impact`: what an edit does to people who are in the middle of a conversation.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use treebot::{Impact, ImpactOutcome, ImpactRow, NodeId, Tree, impact_within};

use crate::Outcome;
use crate::problems::{Opened, counted, open, write_people};

/// The most rows of one outcome that a person is shown.
const MAX_ROWS: usize = 20;

/// The most characters of what a node says that are shown.
const MAX_WORDS: usize = 70;

/// An outcome by its name on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum FailOn {
    /// Places that are somewhere else, though every answer is still there.
    Elsewhere,
    /// Places of which an answer is gone.
    AskedAgain,
    /// Places where something new is asked.
    AskedFirst,
    /// Places that were only found by what people said.
    Rematched,
}

/// Finds every place of the old tree in the new one.
pub(crate) fn run(
    old: &Path,
    new: &Path,
    limit: usize,
    fail_on: &[FailOn],
    json: bool,
) -> io::Result<Outcome> {
    let (Some(old), Some(new)) = (open(old), open(new)) else { return Ok(Outcome::Unreadable) };
    let mut out = io::stdout().lock();
    let (Opened { tree: Some(before), .. }, Opened { tree: Some(after), .. }) = (&old, &new) else {
        let broken = [old, new].into_iter().filter(|opened| opened.tree.is_none());
        let broken: Vec<_> = broken.map(|opened| opened.checked).collect();
        write_people(&mut out, &broken)?;
        out.flush()?;
        return Ok(Outcome::Errors);
    };
    let impact = impact_within(before, after, limit);
    if json {
        write_json(&mut out, before, after, &impact)?;
    } else {
        write_for_people(&mut out, before, after, &impact)?;
    }
    out.flush()?;
    let fails = fail_on.iter().any(|outcome| impact.counts.of(outcome.outcome()) > 0);
    Ok(if fails { Outcome::Errors } else { Outcome::Fine })
}

impl FailOn {
    pub(crate) fn outcome(self) -> ImpactOutcome {
        match self {
            Self::Elsewhere => ImpactOutcome::Elsewhere,
            Self::AskedAgain => ImpactOutcome::AskedAgain,
            Self::AskedFirst => ImpactOutcome::AskedFirst,
            Self::Rematched => ImpactOutcome::Rematched,
        }
    }
}

/// A table, the worst first. What is kept is only counted.
pub(crate) fn write_for_people(
    out: &mut impl Write,
    old: &Tree,
    new: &Tree,
    impact: &Impact,
) -> io::Result<()> {
    for (title, rows) in groups(impact) {
        let places: usize = rows.iter().map(|row| row.places).sum();
        writeln!(out, "{title}: {}", counted(places, "place"))?;
        for row in rows.iter().take(MAX_ROWS) {
            write_row(out, old, new, row)?;
        }
        if rows.len() > MAX_ROWS {
            writeln!(out, "  … and {} more; --json has them all", rows.len() - MAX_ROWS)?;
        }
        writeln!(out)?;
    }
    let all = impact.counts.all();
    let looked_at = if impact.complete {
        counted(all, "place")
    } else {
        format!("more than {}, of which these were looked at", counted(all, "place"))
    };
    let parts: Vec<String> = ImpactOutcome::ALL
        .into_iter()
        .rev()
        .map(|outcome| (impact.counts.of(outcome), words(outcome)))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    writeln!(out, "{looked_at}: {}", parts.join(", "))
}

/// The rows that are worth reading, by outcome; those that nobody is told of are on their own.
fn groups(impact: &Impact) -> Vec<(String, Vec<&ImpactRow>)> {
    let mut groups = Vec::new();
    for outcome in ImpactOutcome::ALL {
        let (told, silent): (Vec<_>, Vec<_>) =
            impact.rows.iter().filter(|row| row.outcome == outcome).partition(|row| row.told);
        let all = || silent.iter().chain(&told).copied().collect::<Vec<_>>();
        match outcome {
            ImpactOutcome::Kept => {}
            ImpactOutcome::Elsewhere => {
                groups.push(("elsewhere, and nobody is told".to_owned(), silent));
                groups.push(("elsewhere, and told that something has changed".to_owned(), told));
            }
            ImpactOutcome::AskedAgain
            | ImpactOutcome::AskedFirst
            | ImpactOutcome::Rematched
            | ImpactOutcome::Alias => groups.push((words(outcome).to_owned(), all())),
        }
    }
    groups.retain(|(_, rows)| !rows.is_empty());
    groups
}

fn write_row(out: &mut impl Write, old: &Tree, new: &Tree, row: &ImpactRow) -> io::Result<()> {
    let step = match &row.step {
        Some(step) => format!(", by the answer `{}` of `{}`", step.answer, step.question),
        None => String::new(),
    };
    writeln!(
        out,
        "  `{}` -> `{}`: {}{step}",
        row.old_name,
        row.new_name,
        counted(row.places, "place")
    )?;
    match row.outcome {
        ImpactOutcome::Elsewhere | ImpactOutcome::AskedFirst => {
            writeln!(out, "    was: {}", short(&says(old, row.old)))?;
            writeln!(out, "    now: {}", short(&says(new, row.new)))
        }
        ImpactOutcome::AskedAgain
        | ImpactOutcome::Rematched
        | ImpactOutcome::Alias
        | ImpactOutcome::Kept => Ok(()),
    }
}

const fn words(outcome: ImpactOutcome) -> &'static str {
    match outcome {
        ImpactOutcome::Elsewhere => "elsewhere",
        ImpactOutcome::AskedAgain => "asked again",
        ImpactOutcome::AskedFirst => "asked something new first",
        ImpactOutcome::Rematched => "found by what people said",
        ImpactOutcome::Alias => "kept by a former name",
        ImpactOutcome::Kept => "kept",
    }
}

fn says(tree: &Tree, id: NodeId) -> String {
    let texts: Option<Vec<String>> =
        tree.get(id).map(|node| node.say().map(|message| message.text().to_owned()).collect());
    texts.unwrap_or_default().join(" ")
}

fn short(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    if line.chars().count() <= MAX_WORDS {
        return line;
    }
    format!("{} …", line.chars().take(MAX_WORDS).collect::<String>().trim_end())
}

#[derive(Serialize)]
struct ImpactJson {
    places: usize,
    complete: bool,
    counts: serde_json::Map<String, serde_json::Value>,
    rows: Vec<RowJson>,
}

#[derive(Serialize)]
struct RowJson {
    outcome: &'static str,
    told: bool,
    places: usize,
    old: String,
    new: String,
    old_says: String,
    new_says: String,
    question: Option<String>,
    answer: Option<String>,
}

fn write_json(out: &mut impl Write, old: &Tree, new: &Tree, impact: &Impact) -> io::Result<()> {
    let row = |row: &ImpactRow| RowJson {
        outcome: row.outcome.as_str(),
        told: row.told,
        places: row.places,
        old: row.old_name.clone(),
        new: row.new_name.clone(),
        old_says: says(old, row.old),
        new_says: says(new, row.new),
        question: row.step.as_ref().map(|step| step.question.clone()),
        answer: row.step.as_ref().map(|step| step.answer.clone()),
    };
    let count = |outcome: ImpactOutcome| {
        (outcome.as_str().to_owned(), serde_json::Value::from(impact.counts.of(outcome)))
    };
    let json = ImpactJson {
        places: impact.counts.all(),
        complete: impact.complete,
        counts: ImpactOutcome::ALL.into_iter().map(count).collect(),
        rows: impact.rows.iter().map(row).collect(),
    };
    serde_json::to_writer(&mut *out, &json)?;
    writeln!(out)
}
