//! What is wrong with trees, drawn for people and listed for programs.

use std::io::{self, Write};
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;
use treebot::{Diagnostic, LoadOptions, Loaded, Severity, Tests, Tree, load_bytes};

use crate::position::Lines;
use crate::source::read;
use crate::{tell, wants_colour};

/// A longer line is not shown: nobody can read it, and drawing it takes long.
const MAX_LINE: usize = 2000;

/// A file and what is wrong with it.
pub(crate) struct Checked {
    pub(crate) file: String,
    pub(crate) source: String,
    pub(crate) problems: Vec<Problem>,
}

/// Something that is wrong, with what more there is to say about it.
pub(crate) struct Problem {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) notes: Vec<String>,
}

/// A tree that could be read, with its tests and its file.
pub(crate) struct Opened {
    pub(crate) checked: Checked,
    /// None while there are errors.
    pub(crate) tree: Option<Tree>,
    pub(crate) tests: Tests,
}

/// Reads and loads a tree; none, and it is told on stderr, if the file cannot be read.
pub(crate) fn open(path: &Path) -> Option<Opened> {
    open_with(path, &LoadOptions::default())
}

/// The same, loaded in a way of one's choice.
pub(crate) fn open_with(path: &Path, options: &LoadOptions) -> Option<Opened> {
    match read(path) {
        Ok(bytes) => {
            let (source, loaded) = load_bytes(&bytes, options);
            let Loaded { tree, diagnostics, tests } = loaded;
            let checked = Checked::new(path, source.into_owned(), diagnostics);
            Some(Opened { checked, tree, tests })
        }
        Err(error) => {
            tell(&format_args!("cannot read `{}`: {error}", path.display()));
            None
        }
    }
}

impl Checked {
    pub(crate) fn new(path: &Path, source: String, diagnostics: Vec<Diagnostic>) -> Self {
        let problems = diagnostics.into_iter().map(Problem::from).collect();
        Self { file: path.display().to_string(), source, problems }
    }

    /// How many errors, or warnings, there are.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.diagnostic.severity == severity).count()
    }
}

impl From<Diagnostic> for Problem {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, notes: Vec::new() }
    }
}

/// A diagnostic as programs see it.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
    start: usize,
    end: usize,
    line: usize,
    column: usize,
}

/// One JSON array of all problems.
pub(crate) fn write_json(out: &mut impl Write, checked: &[Checked]) -> io::Result<()> {
    let mut rows = Vec::new();
    for file in checked {
        let lines = Lines::new(&file.source);
        for problem in &file.problems {
            let diagnostic = &problem.diagnostic;
            let position = lines.position(diagnostic.span.start);
            rows.push(Row {
                file: &file.file,
                code: diagnostic.code.as_str(),
                severity: diagnostic.severity.as_str(),
                message: &diagnostic.message,
                notes: &problem.notes,
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

/// Every problem with its line of the source.
pub(crate) fn write_people(out: &mut impl Write, checked: &[Checked]) -> io::Result<()> {
    let renderer = if wants_colour() { Renderer::styled() } else { Renderer::plain() };
    for file in checked {
        let lines = Lines::new(&file.source);
        for problem in &file.problems {
            writeln!(out, "{}\n", renderer.render(&[drawn(file, &lines, problem)]))?;
        }
    }
    Ok(())
}

/// A diagnostic with its line of the source. What spans several lines is marked on its first.
fn drawn<'a>(file: &'a Checked, lines: &Lines<'_>, problem: &'a Problem) -> Group<'a> {
    let diagnostic = &problem.diagnostic;
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
    let group =
        problem.notes.iter().fold(group, |group, note| group.element(Level::NOTE.message(note)));
    match &diagnostic.fix {
        Some(fix) => group.element(Level::HELP.message(&fix.title)),
        None => group,
    }
}

/// `1 file`, `2 files`.
pub(crate) fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
