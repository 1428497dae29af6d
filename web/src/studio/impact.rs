//! What the newest edition of a source does to people who are in the middle of a conversation over an earlier one.

use serde::Serialize;
use treebot::{
    Analysis, ImpactOutcome, ImpactRow, ImpactStep, LoadOptions, Tree, impact_within, load_with,
};
use tsify::Tsify;

use crate::document::Units;

/// How many places are looked at while somebody types.
const PLACES: usize = 5_000;
/// How many are, at most, when somebody asks for all.
const ALL_PLACES: usize = treebot::MAX_PLACES;
/// How many rows are told of.
const ROWS: usize = 300;

/// An earlier edition, to compare with.
pub(crate) struct Before {
    tree: Tree,
}

/// What an edit does to every place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Effects {
    /// Whether the present source loads: else nothing can be said, and everything here is empty.
    pub known: bool,
    /// How many places were looked at.
    pub places: u32,
    /// Whether these are all.
    pub complete: bool,
    /// How many of them land somewhere else without being told.
    pub silent: u32,
    /// How many came to what, the worst first; without those that none came to.
    pub counts: Vec<EffectCount>,
    /// What became of places that are not just as they were, the worst first.
    pub rows: Vec<Effect>,
    /// How many more of those there are.
    pub more: u32,
}

/// How many places came to the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct EffectCount {
    /// What they came to.
    #[tsify(
        type = "\"elsewhere\" | \"asked-again\" | \"asked-first\" | \"rematched\" | \"alias\" | \"kept\""
    )]
    pub outcome: &'static str,
    /// That, in words.
    pub label: &'static str,
    /// How many.
    pub places: u32,
}

/// What becomes of places that share their fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    /// What they come to.
    #[tsify(
        type = "\"elsewhere\" | \"asked-again\" | \"asked-first\" | \"rematched\" | \"alias\" | \"kept\""
    )]
    pub outcome: &'static str,
    /// Whether people land somewhere else and are not told.
    pub silent: bool,
    /// What they come to, in words.
    pub label: &'static str,
    /// What becomes of them, in a sentence.
    pub sentence: String,
    /// The node in the present source where they are then.
    pub node: u32,
    /// Where that is in the source.
    pub from: u32,
    /// One past its end.
    pub to: u32,
}

impl Before {
    /// An earlier edition of the tree that place codes know as `id`.
    ///
    /// # Errors
    /// It does not load: the first thing that is wrong with it, in words.
    pub(crate) fn read(source: &str, id: &str) -> Result<Self, String> {
        let options = LoadOptions { name: Some(id.to_owned()), ..LoadOptions::default() };
        let loaded = load_with(source, &options);
        let first =
            loaded.diagnostics.iter().find(|found| found.severity == treebot::Severity::Error);
        match (loaded.tree, first) {
            (Some(tree), _) => Ok(Self { tree }),
            (None, Some(error)) => {
                let line = source.get(..error.span.start).unwrap_or_default().matches('\n').count();
                Err(format!("line {}: {}", line + 1, error.message))
            }
            (None, None) => Err("there is no tree in it".to_owned()),
        }
    }

    /// What the present source does to people who are in a conversation over this edition. `all`: look at every place,
    /// however long it takes.
    pub(crate) fn effects(&self, analysis: &Analysis, units: &Units, all: bool) -> Effects {
        let Some(tree) = analysis.tree() else { return Effects::default() };
        let limit = if all { ALL_PLACES } else { PLACES };
        let impact = impact_within(&self.tree, tree, limit);
        let source = analysis.source();
        let changed = impact.rows.iter().filter(|row| row.outcome != ImpactOutcome::Kept);
        let count = changed.clone().count();
        let counts = ImpactOutcome::ALL.into_iter().map(|outcome| EffectCount {
            outcome: outcome.as_str(),
            label: label(outcome),
            places: narrow(impact.counts.of(outcome)),
        });
        let silent = impact.rows.iter().filter(|row| is_silent(row)).map(|row| row.places).sum();
        let rows = changed.take(ROWS).map(|row| {
            let span = analysis.span_of(row.new).unwrap_or_default();
            let (from, to, _) = units.range(source, span);
            Effect {
                outcome: row.outcome.as_str(),
                silent: is_silent(row),
                label: if is_silent(row) { "silently elsewhere" } else { label(row.outcome) },
                sentence: sentence(row),
                node: row.new.0,
                from,
                to,
            }
        });
        Effects {
            known: true,
            places: narrow(impact.counts.all()),
            complete: impact.complete,
            silent: narrow(silent),
            counts: counts.filter(|count| count.places > 0).collect(),
            rows: rows.collect(),
            more: narrow(count.saturating_sub(ROWS)),
        }
    }
}

fn is_silent(row: &ImpactRow) -> bool {
    row.outcome == ImpactOutcome::Elsewhere && !row.told
}

const fn label(outcome: ImpactOutcome) -> &'static str {
    match outcome {
        ImpactOutcome::Elsewhere => "somewhere else",
        ImpactOutcome::AskedAgain => "asked again",
        ImpactOutcome::AskedFirst => "asked something first",
        ImpactOutcome::Rematched => "kept, by what was said",
        ImpactOutcome::Alias => "kept, by a former name",
        ImpactOutcome::Kept => "kept",
    }
}

/// What becomes of people there, in the author's words.
fn sentence(row: &ImpactRow) -> String {
    let ways = if row.places > 1 { format!(" ({} ways)", row.places) } else { String::new() };
    format!("people at `{}`{ways} {}", row.old_name, fate(row))
}

fn fate(row: &ImpactRow) -> String {
    let new = &row.new_name;
    let step = |before: &str| match &row.step {
        Some(ImpactStep { question, answer }) => format!("{before} `{answer}` at `{question}`"),
        None => String::new(),
    };
    match row.outcome {
        ImpactOutcome::Elsewhere if row.told => {
            format!("land at `{new}`{}, and are told that something has changed", step(", by"))
        }
        ImpactOutcome::Elsewhere => {
            format!("land at `{new}`{}, and nobody tells them", step(", by"))
        }
        ImpactOutcome::AskedAgain => {
            format!("are asked `{new}` again{}", step(", for want of"))
        }
        ImpactOutcome::AskedFirst => format!("are asked `{new}` first"),
        ImpactOutcome::Rematched => {
            format!("stay, as what they said still fits{}", step(":"))
        }
        ImpactOutcome::Alias => "stay, by a former name".to_owned(),
        ImpactOutcome::Kept => "stay".to_owned(),
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
