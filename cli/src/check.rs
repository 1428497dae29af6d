//! `treebot check`: what is wrong with trees, for people and for programs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;
use treebot::{Diagnostic, Severity, load};

use crate::position::Lines;
use crate::source::read;
use crate::{Outcome, tell, wants_colour};

/// A longer line is not shown: nobody can read it, and drawing it takes long.
const MAX_LINE: usize = 2000;

/// Checks every file.
///
/// 1. Read and load each. What cannot be read is told on stderr, and the others are checked all
///    the same. 2. Write what was found. 3. Say how it went.
pub(crate) fn run(files: &[PathBuf], json: bool) -> io::Result<Outcome> {
    let mut checked = Vec::new();
    let mut unreadable = 0;
    for path in files {
        match read(path) {
            Ok(source) => checked.push(Checked::new(path, source)),
            Err(error) => {
                unreadable += 1;
                tell(&format_args!("cannot read `{}`: {error}", path.display()));
            }
        }
    }

    let mut out = io::stdout().lock();
    if json {
        write_json(&mut out, &checked)?;
    } else {
        write_people(&mut out, &checked)?;
        writeln!(out, "{}", summary(&checked, unreadable))?;
    }
    out.flush()?;

    Ok(if unreadable > 0 {
        Outcome::Unreadable
    } else if count(&checked, Severity::Error) > 0 {
        Outcome::Errors
    } else {
        Outcome::Fine
    })
}

/// Writes the diagnostics of one file as `check` does.
pub(crate) fn write(
    out: &mut impl Write,
    path: &Path,
    source: String,
    diagnostics: Vec<Diagnostic>,
    json: bool,
) -> io::Result<()> {
    let checked = [Checked { file: path.display().to_string(), source, diagnostics }];
    if json { write_json(out, &checked) } else { write_people(out, &checked) }
}

/// A file that was checked.
struct Checked {
    file: String,
    source: String,
    diagnostics: Vec<Diagnostic>,
}

/// A diagnostic as programs see it.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
}

impl Checked {
    fn new(path: &Path, source: String) -> Self {
        let diagnostics = load(&source).diagnostics;
        Self { file: path.display().to_string(), source, diagnostics }
    }
}

fn write_json(out: &mut impl Write, checked: &[Checked]) -> io::Result<()> {
    let mut rows = Vec::new();
    for file in checked {
        let lines = Lines::new(&file.source);
        for diagnostic in &file.diagnostics {
            let position = lines.position(diagnostic.span.start);
            rows.push(Row {
                file: &file.file,
                code: diagnostic.code.as_str(),
                severity: diagnostic.severity.as_str(),
                message: &diagnostic.message,
                start: diagnostic.span.start,
                end: diagnostic.span.end,
                line: position.line,
                column: position.column,
            });
        }
    }
    serde_json::to_writer(&mut *out, &rows)?;
    writeln!(out)
}

fn write_people(out: &mut impl Write, checked: &[Checked]) -> io::Result<()> {
    let renderer = if wants_colour() { Renderer::styled() } else { Renderer::plain() };
    for file in checked {
        let lines = Lines::new(&file.source);
        for diagnostic in &file.diagnostics {
            writeln!(out, "{}\n", renderer.render(&[drawn(file, &lines, diagnostic)]))?;
        }
    }
    Ok(())
}

/// A diagnostic with its line of the source. What spans several lines is marked on its first.
fn drawn<'a>(file: &'a Checked, lines: &Lines<'_>, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code.as_str());
    let span = diagnostic.span;
    let (line, range) = lines.line(span.start);
    let text = file.source.get(range.clone()).unwrap_or_default();
    let group = if text.len() <= MAX_LINE {
        let from = span.start.clamp(range.start, range.end) - range.start;
        let to = span.end.clamp(range.start, range.end) - range.start;
        title.element(
            Snippet::source(text)
                .line_start(line)
                .path(&file.file)
                .annotation(AnnotationKind::Primary.span(from..to.max(from))),
        )
    } else {
        let position = lines.position(span.start);
        title.element(Origin::path(&file.file).line(position.line).char_column(position.column))
    };
    match &diagnostic.fix {
        Some(fix) => group.element(Level::HELP.message(&fix.title)),
        None => group,
    }
}

fn summary(checked: &[Checked], unreadable: usize) -> String {
    let mut parts = Vec::new();
    for (number, word) in [
        (count(checked, Severity::Error), "error"),
        (count(checked, Severity::Warning), "warning"),
        (unreadable, "unreadable file"),
    ] {
        if number > 0 {
            parts.push(counted(number, word));
        }
    }
    let found = if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") };
    format!("{} checked: {found}", counted(checked.len(), "file"))
}

fn count(checked: &[Checked], severity: Severity) -> usize {
    checked.iter().flat_map(|file| &file.diagnostics).filter(|d| d.severity == severity).count()
}

fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
