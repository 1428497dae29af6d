//! `treebot compile`: trees as hosts read them that have no YAML reader.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::problems::{open, write_people};

/// What the names of compiled trees end with.
const EXTENSION: &str = "tree";

/// Compiles trees into a folder, each under its file's name. Nothing is written for a tree with errors.
pub(crate) fn run(files: &[PathBuf], into: &Path) -> io::Result<Outcome> {
    let mut out = io::stdout().lock();
    let mut outcome = Outcome::Fine;
    for file in files {
        let Some(opened) = open(file) else {
            outcome = Outcome::Unreadable;
            continue;
        };
        let Some(tree) = opened.tree else {
            write_people(&mut out, &[opened.checked])?;
            if outcome == Outcome::Fine {
                outcome = Outcome::Errors;
            }
            continue;
        };
        let stem = file.file_stem().unwrap_or_default();
        let bytes =
            tree.called(&stem.to_string_lossy()).of_source(&opened.checked.source).compile();
        fs::create_dir_all(into)?;
        let to = into.join(stem).with_extension(EXTENSION);
        fs::write(&to, &bytes)?;
        writeln!(out, "{}: {} bytes", to.display(), bytes.len())?;
    }
    out.flush()?;
    Ok(outcome)
}
