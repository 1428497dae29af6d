//! `treebot publish`: another tree for the people who talk to a Worker, without deploying it.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use serde_json::Value;
use treebot::{Bundle, BundleError, Severity, Tree, impact_within, load};

use crate::Outcome;
use crate::check::tested;
use crate::http::{Answer, Call, Service, printable};
use crate::impact::{FailOn, write_for_people};
use crate::problems::{counted, open, write_people};
use crate::settings::Settings;
use crate::stop::{Stop, ended};

/// The setting that lets somebody publish, and see what is published.
pub(crate) const TOKEN: &str = "PUBLISH_TOKEN";

/// What is to be served from now on.
pub(crate) enum What<'a> {
    /// The tree of a file, under this name if one is given.
    File(&'a Path, Option<&'a str>),
    /// The tree that the Worker was built with.
    Built,
}

/// How it is to be done.
pub(crate) struct How<'a> {
    /// The Worker's address.
    pub(crate) to: &'a str,
    /// Whether nobody is to be asked.
    pub(crate) yes: bool,
    /// What stops it.
    pub(crate) fail_on: &'a [FailOn],
    /// The file with the token.
    pub(crate) settings: Option<&'a Path>,
}

/// What the Worker serves.
struct Present {
    name: String,
    is_published: bool,
    revision: String,
    bundle: Vec<u8>,
}

/// Publishes.
///
/// 1. Check the tree and run its tests.  2. Ask the Worker what it serves.  3. Show what the change does to people who are
///    in the middle of a conversation.  4. Ask.  5. Publish, unless another tree was published meanwhile.
pub(crate) fn run(what: &What<'_>, how: &How<'_>) -> io::Result<Outcome> {
    let mut out = io::stdout().lock();
    let result = publish(&mut out, what, how);
    out.flush()?;
    ended(result)
}

fn publish(out: &mut impl Write, what: &What<'_>, how: &How<'_>) -> Result<Outcome, Stop> {
    // 1
    let checked = match what {
        What::File(file, _) => Some(checked(out, file)?),
        What::Built => None,
    };
    let settings = Settings::read(&[TOKEN], how.settings)?;
    let token = settings.need(TOKEN, "the same as the Worker's")?;
    let worker = Worker { service: Service::at(how.to)?, token, origin: settings.to_string() };

    // 2
    let present = worker.present()?;
    let name = &present.name;
    let new = match (checked, what) {
        (Some((tree, source)), What::File(file, called)) => {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let called = called.unwrap_or(&stem);
            if called != name {
                return Err(Stop::Because(format!(
                    "the Worker serves the tree `{name}`, and this one is called `{called}`; with --as {name} it takes its place"
                )));
            }
            let tree = tree.called(name).of_source(&source);
            let bundle = Bundle::new(&tree.compile(), &source).to_bytes();
            New { tree, bundle: Some(bundle) }
        }
        (Some(_) | None, _) if !present.is_published => {
            writeln!(
                out,
                "nothing is published there: `{name}` is the tree that the Worker was built with"
            )?;
            return Ok(Outcome::Fine);
        }
        (Some(_) | None, _) => {
            let (_, built) = worker.bundle("/api/tree/built")?;
            New { tree: readable(&built)?, bundle: None }
        }
    };
    if new.bundle.is_some() && new.tree.source_digest() == present.revision {
        writeln!(
            out,
            "`{name}` is served from just this source already (revision {})",
            short(&present.revision)
        )?;
        return Ok(Outcome::Fine);
    }

    // 3
    let stops = match readable(&present.bundle) {
        Ok(old) => {
            let impact = impact_within(&old, &new.tree, treebot::MAX_PLACES);
            write_for_people(out, &old, &new.tree, &impact)?;
            how.fail_on.iter().any(|fail_on| impact.counts.of(fail_on.outcome()) > 0)
        }
        Err(why) => {
            writeln!(
                out,
                "what this does to people who are in the middle of a conversation cannot be told: {why}"
            )?;
            !how.fail_on.is_empty()
        }
    };
    if stops {
        writeln!(out, "not published: --fail-on names what would happen")?;
        return Ok(Outcome::Errors);
    }

    // 4
    if !agreed(out, how, &new, name)? {
        writeln!(out, "not published")?;
        return Ok(Outcome::Errors);
    }

    // 5
    let revision = worker.replace(&present.revision, new.bundle)?;
    let (now, before) = (short(&revision), short(&present.revision));
    writeln!(
        out,
        "`{name}` is now served from revision {now} (before: {before}); everybody gets it within a minute"
    )?;
    Ok(Outcome::Fine)
}

/// A tree without errors and with tests that pass, and its source.
fn checked(out: &mut impl Write, file: &Path) -> Result<(Tree, String), Stop> {
    let opened = open(file).ok_or(Stop::As(Outcome::Unreadable))?;
    let tree = opened.tree.clone();
    let mut untested = 0;
    let checked = tested(opened, &mut untested);
    let errors = checked.count(Severity::Error);
    match tree {
        Some(tree) if errors == 0 && untested == 0 => Ok((tree, checked.source)),
        Some(_) | None => {
            write_people(out, &[checked])?;
            let why = if errors > 0 {
                counted(errors, "error")
            } else {
                counted(untested, "unreadable test")
            };
            writeln!(out, "not published: {why}")?;
            Err(Stop::As(Outcome::Errors))
        }
    }
}

/// The tree that a Worker serves.
pub(crate) fn served(at: &str, token: &str, origin: String) -> Result<Tree, String> {
    let worker = Worker { service: Service::at(at)?, token, origin };
    let (_, bundle) = worker.bundle("/api/tree")?;
    readable(&bundle)
}

/// What is to be served: its bundle, or none where it is built in.
struct New {
    tree: Tree,
    bundle: Option<Vec<u8>>,
}

/// A Worker, and the right to publish there.
struct Worker<'a> {
    service: Service,
    token: &'a str,
    /// Where the token is from.
    origin: String,
}

impl Worker<'_> {
    fn present(&self) -> Result<Present, String> {
        let health = self.call("GET", "/health", Call::default())?.json();
        let text = |name: &str| health.pointer(name).and_then(Value::as_str).unwrap_or_default();
        let name = printable(text("/tree/name"));
        if health.get("configuration").is_none() {
            return Err(format!(
                "there is no Treebot at {}: its /health does not answer",
                self.service.base()
            ));
        }
        let (revision, bundle) = self.bundle("/api/tree")?;
        let is_published = text("/tree/from") == "published";
        Ok(Present { name, is_published, revision, bundle })
    }

    /// A tree that the Worker has: its revision, and its bundle.
    fn bundle(&self, path: &str) -> Result<(String, Vec<u8>), String> {
        let answer = self.call("GET", path, self.with_token())?;
        match answer.status {
            200 => Ok((answer.etag().unwrap_or_default().to_owned(), answer.body)),
            _ => Err(self.refused(&answer)),
        }
    }

    /// Puts a bundle in the place of a revision, or none. The new revision.
    fn replace(&self, revision: &str, bundle: Option<Vec<u8>>) -> Result<String, String> {
        let mut call = self.with_token();
        call.headers.push(("If-Match", format!("\"{revision}\"")));
        call.headers.push(("Content-Type", "application/octet-stream".to_owned()));
        let method = if bundle.is_some() { "PUT" } else { "DELETE" };
        let answer = self.call(method, "/api/tree", Call { body: bundle, ..call })?;
        let revision = answer.json().get("revision").and_then(Value::as_str).map(str::to_owned);
        match (answer.status, revision) {
            (200, Some(revision)) => Ok(revision),
            _ => Err(self.refused(&answer)),
        }
    }

    fn with_token(&self) -> Call<'static> {
        Call { headers: vec![("Authorization", format!("Bearer {}", self.token))], body: None }
    }

    fn call(&self, method: &str, path: &str, call: Call<'_>) -> Result<Answer, String> {
        let base = self.service.base();
        self.service
            .call(method, path, call)
            .map_err(|why| format!("{base} does not answer: {why}"))
    }

    /// Why the Worker did not do it, and what helps.
    fn refused(&self, answer: &Answer) -> String {
        let why = answer
            .json()
            .get("error")
            .and_then(Value::as_str)
            .map_or_else(|| format!("status {} {}", answer.status, answer.text()), printable);
        let base = self.service.base();
        let helps = match answer.status {
            401 => format!(
                "PUBLISH_TOKEN from {} is not the Worker's; `wrangler secret put PUBLISH_TOKEN` sets that one",
                self.origin
            ),
            403 => "`wrangler secret put PUBLISH_TOKEN` sets it".to_owned(),
            404 => format!("is there a Treebot of this version at {base}?"),
            412 => "run this again to see what it would do now".to_owned(),
            422 => "use the `treebot` of the Worker's version, or deploy the Worker of this one"
                .to_owned(),
            _ => "nothing was published".to_owned(),
        };
        format!("the Worker refuses: {why}; {helps}")
    }
}

/// The tree of a bundle: compiled, or else from its source.
fn readable(bundle: &[u8]) -> Result<Tree, String> {
    let bundle =
        Bundle::from_bytes(bundle).map_err(|error| format!("the Worker's tree is {error}"))?;
    bundle
        .tree()
        .or_else(|error| match (error, bundle.source()) {
            (BundleError::OtherEngine, Some(source)) => load(source).tree.ok_or(error),
            (error, _) => Err(error),
        })
        .map_err(|error| format!("the Worker's tree was {error}"))
}

/// Whether it is to be done.
fn agreed(out: &mut impl Write, how: &How<'_>, new: &New, name: &str) -> io::Result<bool> {
    if how.yes {
        return Ok(true);
    }
    let question = match new.bundle {
        Some(_) => format!("Publish this as `{name}` at {}?", how.to),
        None => {
            format!("Serve the tree `{name}` again that the Worker at {} was built with?", how.to)
        }
    };
    if !io::stdin().is_terminal() {
        writeln!(out, "{question} Nobody can be asked here; --yes answers.")?;
        return Ok(false);
    }
    write!(out, "{question} [y/N] ")?;
    out.flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// The beginning of a revision, as people compare them.
fn short(revision: &str) -> &str {
    revision.get(..8).unwrap_or(revision)
}
