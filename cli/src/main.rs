//! `treebot`: checks trees, runs their tests, tells what an edit does, and talks to them, in a terminal or driven by a program.
//! And for whoever runs a bot on Messenger: sets it up, looks what is wrong, publishes trees, and plays the people.
//!
//! Everything that reads files, the clock, the network or the terminal is here; what a tree means and what the
//! bot says is the engine's.

mod chat;
mod check;
mod compile;
mod http;
mod impact;
mod messenger;
mod paths;
mod position;
mod problems;
mod publish;
mod settings;
mod simulate;
mod source;
mod stop;
mod test;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use treebot::LoadOptions;

/// Check conversation trees, and talk to them.
#[derive(Debug, Parser)]
#[command(name = "treebot", version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what is wrong with trees, and run their tests.
    ///
    /// Exit status: 0 without errors, 1 with errors or tests that fail or cannot be run, 2 if a file cannot be read.
    Check {
        /// The trees' YAML files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Warn of ends without a link, where each is to lead people on to something.
        #[arg(long)]
        links: bool,
        /// Warn of that, and of what makes a tree that works harder to use: many answers at once, hard words, ends without a
        /// date.
        #[arg(long)]
        advice: bool,
        /// Write one JSON array of {file, code, severity, message, start, end, line, column}, with notes where there are
        /// any.
        #[arg(long)]
        json: bool,
    },
    /// Run the tests of trees.
    ///
    /// Exit status: 0 if all pass, 1 if one fails or a tree has errors, 2 if a file cannot be read.
    Test {
        /// The trees' YAML files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Say which questions, answers and ends the tests reach.
        #[arg(long)]
        coverage: bool,
        /// Write one JSON array with an object for each file.
        #[arg(long)]
        json: bool,
    },
    /// Count every way that a conversation can go.
    ///
    /// Exit status: 0, 1 if the tree has errors, 2 if the file cannot be read.
    Paths {
        /// The tree's YAML file.
        file: PathBuf,
        /// Write each path.
        #[arg(long)]
        list: bool,
        /// Follow so many at most.
        #[arg(long, value_name = "PATHS", default_value_t = treebot::MAX_PATHS)]
        limit: usize,
        /// Write one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Say what an edit does to people who are in the middle of a conversation.
    ///
    /// Exit status: 0, 1 if something that --fail-on names happens or a tree has errors, 2 if a file cannot be
    /// read.
    Impact {
        /// The tree as it was.
        old: PathBuf,
        /// The tree as it is to be.
        new: PathBuf,
        /// End with status 1 if there are such places.
        #[arg(long, value_name = "OUTCOME", value_delimiter = ',')]
        fail_on: Vec<impact::FailOn>,
        /// Look at so many places at most.
        #[arg(long, value_name = "PLACES", default_value_t = treebot::MAX_PLACES)]
        limit: usize,
        /// Write one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Compile trees, for hosts that have no YAML reader: the Chat page, say.
    ///
    /// Each is written under its file's name, with `.tree` at its end. Exit status: 0, 1 if a tree has errors, 2 if a
    /// file cannot be read or written.
    Compile {
        /// The trees' YAML files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The folder that they are written into.
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        into: PathBuf,
    },
    /// Have a Worker serve another tree, without deploying it.
    ///
    /// The tree is checked, and what the change does to people who are in the middle of a conversation is shown before
    /// anything is done. Needs PUBLISH_TOKEN, the same as the Worker's, in the environment or in `.dev.vars`. Exit status: 0,
    /// 1 if a tree has errors or nothing was published, 2 if a file cannot be read or the Worker refuses.
    Publish {
        /// The tree's YAML file.
        #[arg(required_unless_present = "undo", conflicts_with = "undo")]
        file: Option<PathBuf>,
        /// The Worker's address, such as https://bot.example.com.
        #[arg(long, alias = "url", value_name = "URL")]
        to: String,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
        /// Serve the tree again that the Worker was built with.
        #[arg(long)]
        undo: bool,
        /// What the tree is called by the Worker (its TREE), if not as its file.
        #[arg(long = "as", value_name = "NAME", conflicts_with = "undo")]
        called: Option<String>,
        /// Publish nothing if there are such places.
        #[arg(long, value_name = "OUTCOME", value_delimiter = ',')]
        fail_on: Vec<impact::FailOn>,
        /// A file with the settings, as NAME=value.
        #[arg(long, value_name = "FILE")]
        settings: Option<PathBuf>,
    },
    /// Set up a page of Facebook, and look what is wrong with it.
    #[command(subcommand)]
    Messenger(messenger::Command),
    /// Be a person on Messenger, in front of a Worker.
    ///
    /// Posts are signed with APP_SECRET, and replies are received where GRAPH_API_BASE leads, which must be on this machine:
    /// with `npm start` both are in `.dev.vars`. Type what a person types; lines that begin with a slash do the rest, and
    /// /help lists them. Exit status: 0, 1 if the Worker did not take something, 2 if it cannot be reached.
    Simulate {
        /// The Worker's address.
        #[arg(long, alias = "url", value_name = "URL", default_value = simulate::HERE)]
        to: String,
        /// A file with the settings, as NAME=value.
        #[arg(long, value_name = "FILE")]
        settings: Option<PathBuf>,
    },
    /// Talk to a tree.
    ///
    /// Type an answer, its number, or what the tree knows as commands, such as "back". Control-D ends.
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
    /// A tree has errors, or is not what was asked for.
    Errors,
    /// A file could not be read, or a service did not do what it was asked to.
    Unreadable,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let result = match &args.command {
        Command::Check { files, links, advice, json } => {
            let options =
                LoadOptions { ends_need_links: *links, advice: *advice, ..LoadOptions::default() };
            check::run(files, &options, *json)
        }
        Command::Test { files, coverage, json } => test::run(files, *coverage, *json),
        Command::Paths { file, list, limit, json } => paths::run(file, *limit, *list, *json),
        Command::Impact { old, new, fail_on, limit, json } => {
            impact::run(old, new, *limit, fail_on, *json)
        }
        Command::Compile { files, into } => compile::run(files, into),
        Command::Publish { file, to, yes, undo: _, called, fail_on, settings } => {
            let what = match file {
                Some(file) => publish::What::File(file, called.as_deref()),
                None => publish::What::Built,
            };
            let settings = settings.as_deref();
            publish::run(&what, &publish::How { to, yes: *yes, fail_on, settings })
        }
        Command::Messenger(command) => messenger::run(command),
        Command::Simulate { to, settings } => simulate::run(to, settings.as_deref()),
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
