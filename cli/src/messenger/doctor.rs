//! `treebot messenger doctor`: what is wrong, on one screen, and how to mend it.

use std::io::Write;
use std::path::Path;

use treebot::Tree;
use treebot_messenger::profile::Profile;
use treebot_messenger::setup::{Lifetime, absent, lifetime};
use treebot_messenger::signature::page_mark;

use super::graph::{DEFAULT_GRAPH, Graph, Page};
use super::worker::{Health, Worker};
use super::{AtWorker, named_tree, settings};
use crate::Outcome;
use crate::problems::counted;
use crate::settings::{Settings, now_in_seconds};
use crate::stop::Stop;

/// Half a year, in seconds: time enough to move to another version of the Graph API.
const HALF_A_YEAR: i64 = 183 * 24 * 60 * 60;

/// What is found about what the page sends.
const EVENTS: &str = "events";

/// How the Worker's alert begins when the page did not send all that it needs.
const NOT_SUBSCRIBED: &str = "not subscribed to";

/// One thing that was looked at.
struct Finding {
    mark: Mark,
    about: &'static str,
    words: String,
    /// What to do about it.
    mend: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Good,
    /// The bot answers, but somebody should look.
    Warned,
    Wrong,
}

/// Looks at everything, and shows it.
///
/// 1. The settings here.  2. The version of the Graph API, as the Worker has it.  3. The Worker: that it is there, with which
///    tree; that Meta could verify it; that it takes a delivery.  4. The page and its events.  5. What the page shows.
pub(super) fn run(
    out: &mut impl Write,
    file: Option<&Path>,
    called: Option<&str>,
    worker: &AtWorker,
    file_of_settings: Option<&Path>,
) -> Result<Outcome, Stop> {
    let tree = match file {
        Some(file) => Some((file, named_tree(out, file, called)?.0)),
        None => None,
    };
    let settings = settings(file_of_settings)?;
    let worker = Worker::at(&worker.url)?;
    let mut findings = Vec::new();
    // 1
    findings.push(of_settings(&settings));
    // 2
    let health = worker.health();
    let version = health.as_ref().ok().and_then(|health| health.graph_version.as_deref());
    findings.push(of_version(&settings, version, now_in_seconds()?));
    // 4, 5
    let tree = tree.as_ref().map(|(file, tree)| (*file, tree));
    let of_page = of_page(&worker, &settings, health.as_ref().ok(), tree);
    // 3
    let is_subscribed =
        of_page.iter().any(|found| found.about == EVENTS && found.mark == Mark::Good);
    findings.extend(of_worker(&worker, &health, tree.map(|(_, tree)| tree), is_subscribed));
    if health.is_ok() {
        findings.push(of_webhook(&worker, &settings));
        findings.push(of_delivery(&worker, &settings));
    }
    findings.extend(of_page);

    for finding in &findings {
        finding.write(out)?;
    }
    let count = |mark| findings.iter().filter(|finding| finding.mark == mark).count();
    let (wrong, warned) = (count(Mark::Wrong), count(Mark::Warned));
    let line = match (wrong, warned) {
        (0, 0) => "the bot is set up".to_owned(),
        (0, warned) => format!("the bot is set up; {} to look at", counted(warned, "thing")),
        (wrong, _) => format!("{} to mend", counted(wrong, "thing")),
    };
    writeln!(out, "\n{line}")?;
    Ok(if wrong == 0 { Outcome::Fine } else { Outcome::Errors })
}

fn of_settings(settings: &Settings) -> Finding {
    let needed = ["APP_SECRET", "PAGE_ACCESS_TOKEN", "VERIFY_TOKEN", "APP_ID"];
    let lacks: Vec<&str> = needed.into_iter().filter(|name| settings.get(name).is_none()).collect();
    if lacks.is_empty() {
        return good("settings", format!("from {settings}"));
    }
    let words = format!("from {settings}: no {}", lacks.join(", "));
    let mend = "set them in the environment, or in a file that --settings names: docs/deploy.md says where each is found";
    // Without the app's id all but its webhook can be looked at.
    if lacks == ["APP_ID"] {
        warned("settings", words, mend)
    } else {
        wrong("settings", words, mend)
    }
}

/// `version` is the Worker's, where it tells; else that of the settings here is looked at.
fn of_version(settings: &Settings, version: Option<&str>, now: i64) -> Finding {
    let base = version.or_else(|| settings.get("GRAPH_API_BASE")).unwrap_or(DEFAULT_GRAPH);
    let mend = "set GRAPH_API_BASE in `wrangler.toml` to a newer version, such as https://graph.facebook.com/v26.0, and deploy";
    match lifetime(base) {
        Lifetime::Until(day, at) if at <= now => {
            wrong("Graph API", format!("{base} has ended on {day}"), mend)
        }
        Lifetime::Until(day, at) if at - now < HALF_A_YEAR => {
            warned("Graph API", format!("{base} ends on {day}"), mend)
        }
        Lifetime::Until(day, _) => good("Graph API", format!("{base}, until {day}")),
        Lifetime::Open => good("Graph API", base.to_owned()),
        Lifetime::Over => wrong(
            "Graph API",
            format!("{base} is older than any version that is still served"),
            mend,
        ),
        Lifetime::Unversioned if is_here(base) => {
            good("Graph API", format!("{base}, on this machine"))
        }
        Lifetime::Unversioned => wrong(
            "Graph API",
            format!("{base} names no version, so Meta may change what it does"),
            mend,
        ),
    }
}

fn is_here(base: &str) -> bool {
    base.split_once("://")
        .is_some_and(|(_, rest)| crate::http::is_loopback(crate::http::host_of(rest)))
}

fn of_worker(
    worker: &Worker,
    health: &Result<Health, String>,
    tree: Option<&Tree>,
    is_subscribed: bool,
) -> Vec<Finding> {
    let health = match health {
        Ok(health) => health,
        Err(why) => {
            return vec![wrong(
                "Worker",
                why.clone(),
                "is the address right? `wrangler deploy` prints it",
            )];
        }
    };
    let mut findings = Vec::new();
    let revision = health.revision.get(..8).unwrap_or_default();
    let words =
        format!("{}, tree `{}` ({}, revision {revision})", worker.base(), health.tree, health.from);
    let so_far = findings.len();
    if !health.missing.is_empty() {
        let names = health.missing.join(", ");
        findings.push(wrong(
            "Worker",
            format!("{} has no {names}", worker.base()),
            "`wrangler secret put NAME` sets a secret; TREE and STATE stand in `wrangler.toml`",
        ));
    }
    if let Some(class) = health.last_send_error.as_ref().filter(|_| !health.ok) {
        findings.push(wrong(
            "Worker",
            format!("its last message was refused: {class}"),
            "mend what is wrong below, then write to the bot once",
        ));
    }
    // What it found an hour ago may be mended since: then what Meta says now holds.
    let is_over = |alert: &&String| is_subscribed && alert.starts_with(NOT_SUBSCRIBED);
    let (over, alerts): (Vec<_>, Vec<_>) = health.alerts.iter().partition(is_over);
    if !alerts.is_empty() {
        let mend = "mend what is wrong below; it goes on by itself within an hour";
        findings.push(wrong("Worker", joined(&alerts), mend));
    }
    if !over.is_empty() {
        let words = format!("{words}; at its last look it was {}", joined(&over));
        let mend = "that is mended: /health says so within an hour";
        findings.push(warned("Worker", words, mend));
    } else if health.ok {
        findings.push(good("Worker", words));
    } else if findings.len() == so_far {
        findings.push(wrong(
            "Worker",
            format!("{} is not well", worker.base()),
            "look at its /health and its logs: `wrangler tail`",
        ));
    }
    if let Some(problem) = &health.problem {
        findings.push(warned("tree", problem.clone(), "`treebot publish` puts a tree there again"));
    }
    if let Some(tree) = tree {
        if tree.name() != health.tree {
            findings.push(wrong(
                "tree",
                format!("the file's tree is called `{}`", tree.name()),
                "--as names it as the Worker does",
            ));
        } else if tree.source_digest() != health.revision {
            findings.push(warned(
                "tree",
                "the Worker serves another revision than this file's".to_owned(),
                "`treebot publish` puts this one there",
            ));
        }
    }
    match (health.has("STATE_SECRET"), health.has("APP_SECRET_PREVIOUS")) {
        (true, _) => {}
        (false, false) => findings.push(warned(
            "STATE_SECRET",
            "is not set: people are known by a hash made with APP_SECRET, and would be strangers after that changes".to_owned(),
            "set it before, to the value that APP_SECRET has now",
        )),
        (false, true) => findings.push(wrong(
            "STATE_SECRET",
            "is not set, and APP_SECRET has changed: everybody who wrote before is a stranger".to_owned(),
            "set it to the value that APP_SECRET_PREVIOUS has",
        )),
    }
    if health.is_too_short("PUBLISH_TOKEN") {
        findings.push(warned(
            "PUBLISH_TOKEN",
            "is too short, so nobody can publish".to_owned(),
            "`openssl rand -hex 24` makes one that is long enough, `wrangler secret put PUBLISH_TOKEN` sets it",
        ));
    }
    findings
}

fn joined(texts: &[&String]) -> String {
    texts.iter().map(|text| text.as_str()).collect::<Vec<_>>().join("; ")
}

fn of_webhook(worker: &Worker, settings: &Settings) -> Finding {
    let Some(token) = settings.get("VERIFY_TOKEN") else {
        return warned(
            "webhook",
            "not tried without VERIFY_TOKEN".to_owned(),
            "set it here to the Worker's",
        );
    };
    match worker.verify(token) {
        Ok(()) => good("webhook", "answers as Meta will ask it to".to_owned()),
        Err(why) => wrong("webhook", why, "set both to the same, then look again"),
    }
}

fn of_delivery(worker: &Worker, settings: &Settings) -> Finding {
    let Some(secret) = settings.get("APP_SECRET") else {
        return warned(
            "delivery",
            "not tried without APP_SECRET".to_owned(),
            "set it here to your app's",
        );
    };
    match worker.deliver_test(secret) {
        Ok(()) => good("delivery", "a signed test event was taken".to_owned()),
        Err(why) => {
            wrong("delivery", why, "it stands in the app's dashboard, under App settings, Basic")
        }
    }
}

/// What Meta says, if the settings are there to ask it.
fn of_page(
    worker: &Worker,
    settings: &Settings,
    health: Option<&Health>,
    tree: Option<(&Path, &Tree)>,
) -> Vec<Finding> {
    let graph = match Graph::new(settings) {
        Ok(graph) => graph,
        Err(why) => return vec![wrong("page", why, "without it Meta cannot be asked")],
    };
    let page = match graph.page() {
        Ok(page) => page,
        Err(refused) => {
            return vec![wrong(
                "page",
                refused.to_string(),
                "nothing more can be looked at before",
            )];
        }
    };
    let mut findings = Vec::new();
    // The Worker's own list counts; what is set here may be another.
    let pages = health.map(|health| health.pages.as_slice()).unwrap_or_default();
    let is_among = |pages: &str| pages.split(',').any(|id| id.trim() == page.id);
    let is_served = (pages.is_empty() || pages.contains(&page_mark(&page.id)))
        && settings.get("PAGE_ID").is_none_or(is_among);
    let words = format!("`{}` ({})", page.name, page.id);
    findings.push(if is_served {
        good("page", words)
    } else {
        wrong(
            "page",
            format!("{words} is not among PAGE_ID"),
            "a Worker with that PAGE_ID does not answer it: add the page in `wrangler.toml` and deploy, or use another token",
        )
    });
    findings.extend(of_app(&graph, worker));
    findings.push(of_events(&graph, &page, settings));
    findings.extend(of_profile(&graph, tree));
    findings
}

fn of_app(graph: &Graph<'_>, worker: &Worker) -> Option<Finding> {
    const MEND: &str = "`treebot messenger subscribe` sets it";
    let about = "app";
    Some(match graph.app_subscription()? {
        Err(refused) => wrong(about, refused.to_string(), MEND),
        Ok(None) => wrong(about, "delivers nothing yet".to_owned(), MEND),
        Ok(Some(app)) => {
            let lacks = absent(&app.fields);
            if app.callback != worker.webhook() {
                wrong(about, format!("delivers to {}", app.callback), MEND)
            } else if !app.active {
                wrong(
                    about,
                    "its webhook was switched off, as Meta does when it fails for an hour"
                        .to_owned(),
                    MEND,
                )
            } else if !lacks.is_empty() {
                wrong(about, format!("does not deliver {}", lacks.join(", ")), MEND)
            } else {
                good(about, format!("delivers to {}", app.callback))
            }
        }
    })
}

fn of_events(graph: &Graph<'_>, page: &Page, settings: &Settings) -> Finding {
    const MEND: &str = "`treebot messenger subscribe` sets them";
    let about = EVENTS;
    let apps = match graph.subscribed_apps(page) {
        Ok(apps) => apps,
        Err(refused) => return wrong(about, refused.to_string(), MEND),
    };
    let app = match settings.get("APP_ID") {
        Some(id) => apps.iter().find(|app| app.id == id),
        // Whose it is cannot be told; if there is only one it is the likely one.
        None => apps.first(),
    };
    match app {
        None => wrong(about, "the page sends the app none".to_owned(), MEND),
        Some(app) => match absent(&app.fields) {
            lacks if lacks.is_empty() => {
                good(about, format!("the page sends `{}` all that it needs", app.name))
            }
            lacks => wrong(about, format!("the page does not send {}", lacks.join(", ")), MEND),
        },
    }
}

fn of_profile(graph: &Graph<'_>, tree: Option<(&Path, &Tree)>) -> Vec<Finding> {
    let about = "profile";
    let present = match graph.profile() {
        Ok(present) => present,
        Err(refused) => return vec![wrong(about, refused.to_string(), "try again later")],
    };
    let mut findings = Vec::new();
    match tree {
        None => findings.push(warned(
            about,
            "not compared".to_owned(),
            "name the tree's file to compare what the page shows with it",
        )),
        Some((file, tree)) => {
            let changes = present.changes(&Profile::of(tree));
            let names: Vec<&str> = changes.iter().map(|change| change.name).collect();
            findings.push(if names.is_empty() {
                good(about, "fits the tree".to_owned())
            } else {
                wrong(
                    about,
                    format!("does not fit the tree: {}", names.join(", ")),
                    &format!("`treebot messenger profile {}` sets it", file.display()),
                )
            });
        }
    }
    if present.has_commands() {
        findings.push(warned(
            about,
            "has commands, which hide the menu".to_owned(),
            "they are not Treebot's: remove them if you do not need them",
        ));
    }
    findings
}

impl Finding {
    fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        let mark = match self.mark {
            Mark::Good => '✓',
            Mark::Warned => '!',
            Mark::Wrong => '✗',
        };
        writeln!(out, "{mark} {:<13} {}", self.about, self.words)?;
        match &self.mend {
            Some(mend) => writeln!(out, "  {:<13} → {mend}", ""),
            None => Ok(()),
        }
    }
}

fn good(about: &'static str, words: String) -> Finding {
    Finding { mark: Mark::Good, about, words, mend: None }
}

fn warned(about: &'static str, words: String, mend: &str) -> Finding {
    Finding { mark: Mark::Warned, about, words, mend: Some(mend.to_owned()) }
}

fn wrong(about: &'static str, words: String, mend: &str) -> Finding {
    Finding { mark: Mark::Wrong, about, words, mend: Some(mend.to_owned()) }
}
