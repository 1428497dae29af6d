//! `treebot messenger`: a page of Facebook, set up so that the bot answers there, and looked at when it does not.
//!
//! What a page is to be like is said by `treebot_messenger::profile` and `subscription`; here Meta and the Worker are asked.

mod doctor;
mod graph;
mod setup;
mod worker;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use treebot::Tree;

use crate::Outcome;
use crate::problems::{Checked, open, write_people};
use crate::settings::Settings;
use crate::stop::{Stop, ended};

/// The secrets that these commands use.
const SECRETS: [&str; 3] = ["PAGE_ACCESS_TOKEN", "APP_SECRET", "VERIFY_TOKEN"];

/// What is to be done about the page.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Set everything up: what Meta delivers to the Worker, and how the bot shows itself on its page.
    ///
    /// Needs PAGE_ACCESS_TOKEN, APP_SECRET, APP_ID and VERIFY_TOKEN. What is right already is left alone, so this can be run
    /// again at any time. Exit status: 0, 1 if a tree has errors, 2 if something could not be done.
    Setup {
        #[command(flatten)]
        tree: OfTree,
        #[command(flatten)]
        worker: AtWorker,
        #[command(flatten)]
        how: How,
    },
    /// Say what is wrong, and how to mend it.
    ///
    /// Changes nothing. Exit status: 0 if the bot can answer, 1 if something is wrong, 2 if a file cannot be read.
    Doctor {
        /// The tree's YAML file: what the page shows is compared with it.
        file: Option<PathBuf>,
        /// What the tree is called by the Worker, if not as its file.
        #[arg(long = "as", value_name = "NAME")]
        called: Option<String>,
        #[command(flatten)]
        worker: AtWorker,
        /// A file with the settings, as NAME=value.
        #[arg(long, value_name = "FILE")]
        settings: Option<PathBuf>,
    },
    /// Set how the bot shows itself on its page: greeting, Get Started button, menu and first answers, all from the tree.
    ///
    /// Needs PAGE_ACCESS_TOKEN and APP_SECRET. Exit status: 0, 1 if the tree has errors, 2 if something could not be done.
    Profile {
        #[command(flatten)]
        tree: OfTree,
        #[command(flatten)]
        how: How,
    },
    /// Have Meta deliver what people write to the Worker.
    ///
    /// Needs PAGE_ACCESS_TOKEN, APP_SECRET, APP_ID and VERIFY_TOKEN. Exit status: 0, 2 if something could not be done.
    Subscribe {
        #[command(flatten)]
        worker: AtWorker,
        #[command(flatten)]
        how: How,
    },
}

/// Which tree the page is to show.
#[derive(Debug, Args)]
pub(crate) struct OfTree {
    /// The tree's YAML file.
    file: PathBuf,
    /// What the tree is called by the Worker (its TREE), if not as its file.
    #[arg(long = "as", value_name = "NAME")]
    called: Option<String>,
}

/// Where the Worker is.
#[derive(Debug, Args)]
pub(crate) struct AtWorker {
    /// The Worker's address, such as https://bot.example.com.
    #[arg(long, alias = "to", value_name = "URL")]
    url: String,
}

/// How things are to be changed.
#[derive(Debug, Args)]
pub(crate) struct How {
    /// Only show what would be changed.
    #[arg(long)]
    dry_run: bool,
    /// A file with the settings, as NAME=value. Without it they come from the environment, or from `.dev.vars`.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
}

/// Does it.
pub(crate) fn run(command: &Command) -> io::Result<Outcome> {
    let mut out = io::stdout().lock();
    let result = match command {
        Command::Setup { tree, worker, how } => setup::run(&mut out, Some(tree), Some(worker), how),
        Command::Profile { tree, how } => setup::run(&mut out, Some(tree), None, how),
        Command::Subscribe { worker, how } => setup::run(&mut out, None, Some(worker), how),
        Command::Doctor { file, called, worker, settings } => {
            doctor::run(&mut out, file.as_deref(), called.as_deref(), worker, settings.as_deref())
        }
    };
    out.flush()?;
    ended(result)
}

fn settings(file: Option<&Path>) -> Result<Settings, Stop> {
    Ok(Settings::read(&SECRETS, file)?)
}

/// The tree of a file under the name that the Worker calls it, and its source.
fn named_tree(
    out: &mut impl Write,
    file: &Path,
    called: Option<&str>,
) -> Result<(Tree, Checked), Stop> {
    let opened = open(file).ok_or(Stop::As(Outcome::Unreadable))?;
    let Some(tree) = opened.tree else {
        write_people(out, &[opened.checked])?;
        return Err(Stop::As(Outcome::Errors));
    };
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let tree = tree.called(called.unwrap_or(&stem)).of_source(&opened.checked.source);
    Ok((tree, opened.checked))
}
