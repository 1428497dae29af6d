//! What an editor is told, at the `|` in a source.
#![expect(clippy::string_slice, clippy::expect_used, reason = "tests")]

mod changes;
mod complete;
mod hostile;
mod laws;
mod look;
mod rename;
mod styled;

use treebot::{Analysis, Edit, LoadOptions, analyse, apply};

/// The source without its `|`, read, and where that stood.
fn at_caret(source: &str) -> (Analysis, usize) {
    let offset = source.find('|').expect("a caret");
    let source = format!("{}{}", &source[..offset], &source[offset + 1..]);
    (read(&source), offset)
}

fn read(source: &str) -> Analysis {
    analyse(source, &LoadOptions::default())
}

/// A part of the source, with its line.
fn shown(analysis: &Analysis, span: treebot::Span) -> String {
    let source = analysis.source();
    let line = 1 + source[..span.start].matches('\n').count();
    format!("{line}: {}", &source[span.start..span.end])
}

/// The source with the edits made, or why they are not.
fn changed(analysis: &Analysis, edits: Result<Vec<Edit>, treebot::ChangeError>) -> String {
    match edits {
        // A carriage return is shown, and does not get lost in a file.
        Ok(edits) => apply(analysis.source(), &edits).unwrap().replace('\r', "␍"),
        Err(error) => format!("{:?}: {error}", error.kind),
    }
}
