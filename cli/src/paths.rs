//! `treebot paths`: every way that a conversation can go.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use treebot::{PathKind, Paths, Tree, each_path, paths};

use crate::Outcome;
use crate::problems::{counted, open, write_people};

/// Counts the paths of a tree, `limit` at most; with `list`, writes each.
pub(crate) fn run(file: &Path, limit: usize, list: bool, json: bool) -> io::Result<Outcome> {
    let Some(opened) = open(file) else { return Ok(Outcome::Unreadable) };
    let mut out = io::stdout().lock();
    let Some(tree) = opened.tree else {
        write_people(&mut out, &[opened.checked])?;
        out.flush()?;
        return Ok(Outcome::Errors);
    };
    let paths = paths(&tree, limit);
    if json {
        write_json(&mut out, &tree, &paths, list.then_some(limit))?;
    } else {
        if list {
            for path in each_path(&tree).take(limit) {
                let line = steps(&tree, &path).join(" > ");
                let to = tree.place_name(path.to);
                match path.kind {
                    PathKind::End => writeln!(out, "{line} > end `{to}`")?,
                    PathKind::Loop => writeln!(out, "{line} > back to `{to}`")?,
                }
            }
        }
        writeln!(out, "{}", summary(&paths))?;
        for id in &paths.stuck {
            writeln!(out, "  no answers lead from `{}` to an end", tree.place_name(*id))?;
        }
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

fn summary(paths: &Paths) -> String {
    let count = if paths.complete {
        counted(paths.count, "path")
    } else {
        format!("more than {}, of which these were looked at", counted(paths.count, "path"))
    };
    let stuck = match paths.stuck.len() {
        0 => "none is stuck".to_owned(),
        stuck => format!("{} stuck", counted(stuck, "question")),
    };
    format!(
        "{count}: {} to an end, {} back to a question; the longest has {}; {stuck}",
        paths.ends,
        paths.loops,
        counted(paths.longest, "answer")
    )
}

/// The answers of a path by their keys.
fn steps<'t>(tree: &'t Tree, path: &treebot::Path) -> Vec<&'t str> {
    let keys = path.steps.iter().map(|(question, answer)| {
        let node = tree.get(*question);
        let answer = node.zip(*answer).and_then(|(node, answer)| node.answer(answer));
        answer.map_or("else", |answer| answer.key())
    });
    std::iter::once("start").chain(keys).collect()
}

#[derive(Serialize)]
struct PathsRow<'a> {
    paths: usize,
    ends: usize,
    loops: usize,
    longest: usize,
    stuck: Vec<String>,
    complete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<Vec<PathRow<'a>>>,
}

#[derive(Serialize)]
struct PathRow<'a> {
    answers: Vec<&'a str>,
    kind: &'static str,
    to: String,
}

fn write_json(
    out: &mut impl Write,
    tree: &Tree,
    paths: &Paths,
    listed: Option<usize>,
) -> io::Result<()> {
    let row = |path: treebot::Path| PathRow {
        answers: steps(tree, &path).into_iter().skip(1).collect(),
        kind: match path.kind {
            PathKind::End => "end",
            PathKind::Loop => "loop",
        },
        to: tree.place_name(path.to),
    };
    let row = PathsRow {
        paths: paths.count,
        ends: paths.ends,
        loops: paths.loops,
        longest: paths.longest,
        stuck: paths.stuck.iter().map(|id| tree.place_name(*id)).collect(),
        complete: paths.complete,
        list: listed.map(|limit| each_path(tree).take(limit).map(row).collect()),
    };
    serde_json::to_writer(&mut *out, &row)?;
    writeln!(out)
}
