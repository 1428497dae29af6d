//! `treebot simulate`: people on Messenger, in front of a real Worker, without Facebook.

mod commands;
mod graph;
mod server;
mod session;
mod show;

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Config, Editor};
use serde_json::Value;

use crate::Outcome;
use crate::chat::lines;
use crate::http::{Call, Service, printable};
use crate::settings::Settings;
use crate::stop::{Stop, ended};

use commands::{Command, understand};
use graph::Graph;
use session::{Next, Session};

/// Where `npm start` serves.
pub(crate) const HERE: &str = "http://127.0.0.1:8787";

/// The page, where the settings name none: the Worker then answers every page.
const ANY_PAGE: &str = "100000000000001";

/// Talks until the input ends.
pub(crate) fn run(to: &str, settings: Option<&Path>) -> io::Result<Outcome> {
    ended(simulate(to, settings))
}

fn simulate(to: &str, settings: Option<&Path>) -> Result<Outcome, Stop> {
    let settings = Settings::read(&["APP_SECRET", "PAGE_ACCESS_TOKEN"], settings)?;
    let secret = settings.need(
        "APP_SECRET",
        "every delivery is signed with it; `npm start` makes a `.dev.vars` that has it",
    )?;
    let worker = Service::at(to)?;
    let graph = Graph::listen(&settings)?;
    let tree = tree_of(&worker)?;
    let page =
        settings.get("PAGE_ID").and_then(|pages| pages.split(',').next()).unwrap_or(ANY_PAGE);
    let mut session = Session::new(worker, graph, &settings, secret, page.trim());
    println(&format!(
        "You are on Messenger, in front of the tree `{tree}`. Type something; /help lists what else can be done."
    ))?;
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        in_terminal(&mut session)?;
    } else {
        on_lines(&mut session)?;
    }
    Ok(if session.has_failed() { Outcome::Errors } else { Outcome::Fine })
}

/// The name of the tree that the Worker serves, if it is there and well.
fn tree_of(worker: &Service) -> Result<String, String> {
    let base = worker.base();
    let health = worker.call("GET", "/health", Call::default());
    let health = health
        .map_err(|why| format!("{base} does not answer: {why}; `npm start` serves at {HERE}"))?;
    let json = health.json();
    let missing = json.get("missing").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if !missing.is_empty() {
        let names: Vec<&str> = missing.iter().filter_map(Value::as_str).collect();
        return Err(format!(
            "the Worker at {base} has no {}, and answers nobody before",
            names.join(", ")
        ));
    }
    let name = json.pointer("/tree/name").and_then(Value::as_str).map(printable);
    name.ok_or_else(|| {
        format!("there is no Treebot at {base}: /health answers with status {}", health.status)
    })
}

/// Talks in a terminal, with line editing.
fn in_terminal(session: &mut Session<'_>) -> Result<(), Stop> {
    let other = |error| match error {
        ReadlineError::Io(error) => Stop::Output(error),
        error => Stop::Output(io::Error::other(error)),
    };
    let mut editor = Editor::<(), MemHistory>::with_history(Config::default(), MemHistory::new())
        .map_err(other)?;
    loop {
        match editor.readline(&format!("{}> ", session.person())) {
            Ok(line) => {
                // Only what the arrow keys bring back is lost if this fails.
                drop(editor.add_history_entry(line.as_str()));
                if take(session, understand(&line))? == Next::End {
                    return Ok(());
                }
            }
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(()),
            Err(error) => return Err(other(error)),
        }
    }
}

/// Talks over pipes and files. Each line is written again before what comes of it, so that the output reads as a conversation.
fn on_lines(session: &mut Session<'_>) -> Result<(), Stop> {
    let mut input = io::stdin().lock();
    while let Some(line) = lines::next(&mut input)? {
        let command = line.text().and_then(|line| {
            println(&format!("{}> {}", session.person(), printable(&line)))
                .map_err(|error| error.to_string())?;
            understand(&line)
        });
        if take(session, command)? == Next::End {
            break;
        }
    }
    Ok(())
}

fn take(session: &mut Session<'_>, command: Result<Command, String>) -> io::Result<Next> {
    match command {
        Ok(command) => session.perform(command, &mut io::stdout().lock()),
        Err(problem) => {
            println(&format!("({problem})"))?;
            Ok(Next::More)
        }
    }
}

fn println(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
