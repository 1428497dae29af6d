//! `treebot`: checks trees and talks to them, in a terminal or driven by a program.
//!
//! Everything that reads files, the clock or the terminal is here; what a tree means and what the
//! bot says is the engine's.

mod chat;
mod check;
mod position;
mod source;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Check conversation trees, and talk to them.
#[derive(Debug, Parser)]
#[command(name = "treebot", version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what is wrong with trees.
    ///
    /// Exit status: 0 without errors, 1 with errors, 2 if a file cannot be read.
    Check {
        /// The trees' YAML files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Write one JSON array of {file, code, severity, message, start, end, line, column}.
        #[arg(long)]
        json: bool,
    },
    /// Talk to a tree.
    ///
    /// Type an answer, its number, or "back", "restart" or "help". Control-D ends.
    Chat {
        /// The tree's YAML file.
        file: PathBuf,
        /// For programs: one line of JSON for the opening, and one for each line of input.
        ///
        /// Input is plain text, {"text": …}, {"tap": code, "title": …} or
        /// {"command": "start"|"back"|"restart"|"help"}.
        #[arg(long)]
        json: bool,
    },
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All went well.
    Fine,
    /// A tree has errors.
    Errors,
    /// A file could not be read.
    Unreadable,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let result = match &args.command {
        Command::Check { files, json } => check::run(files, *json),
        Command::Chat { file, json } => chat::run(file, *json),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) => ExitCode::from(1),
        Ok(Outcome::Unreadable) => ExitCode::from(2),
        // Whoever read our output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            ExitCode::from(2)
        }
    }
}

/// Tells the person at the terminal that something went wrong, beside the output proper.
fn tell(problem: &dyn std::fmt::Display) {
    // If even this cannot be written there is nobody left to tell.
    drop(writeln!(io::stderr(), "treebot: {problem}"));
}

/// Whether output is for a person's eyes, in colour: on a terminal, unless `NO_COLOR` is set.
fn wants_colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
