//! `GET /health`: whether the Worker can do its work, and if not, what is missing.

use serde_json::{Map, Value, json};
use treebot_messenger::errors::Class;
use treebot_messenger::setup::version;
use treebot_messenger::signature::page_mark;

use crate::answer::Answer;
use crate::config::{Config, Presence, There};
use crate::served::{NoTree, Problem, Served};

/// 200 when everything is there, the last message went out and nothing waits for the operator, else 503. Never a value: the
/// pages that are served are told by their marks, and of the Graph API only which version is called.
///
/// A published tree that cannot be served is told of, but people are answered meanwhile, so that is no 503.
#[must_use]
pub fn health(
    served: Result<&Served, &NoTree>,
    presence: &Presence,
    config: Option<&Config>,
    last_failure: Option<Class>,
    alerts: &[String],
) -> Answer {
    let mut missing = presence.missing();
    let unknown = served.is_err_and(|why| *why == NoTree::Unknown);
    if unknown {
        missing.push("TREE");
    }
    let blocked = last_failure.is_some_and(Class::needs_operator);
    let well = missing.is_empty() && served.is_ok() && !blocked && alerts.is_empty();
    let settings: Map<String, Value> = presence
        .settings
        .iter()
        .map(|(name, _, there)| {
            let state = match (*name, *there) {
                ("TREE", There::Present) if unknown => "unknown",
                (_, There::Present) => "present",
                (_, There::TooShort) => "too short",
                (_, There::Missing) => "missing",
            };
            ((*name).to_owned(), json!(state))
        })
        .collect();
    let tree = served.ok().map(|Served { tree, origin, problem }| {
        json!({
            "name": tree.name(),
            "title": tree.title(),
            "revision": tree.source_digest(),
            "from": origin.as_str(),
            "problem": problem.map(Problem::as_str),
        })
    });
    let body = json!({
        "ok": well,
        "version": env!("CARGO_PKG_VERSION"),
        "tree": tree,
        "configuration": settings,
        "missing": missing,
        "pages": config.map(|config| config.page_ids.iter().map(|id| page_mark(id)).collect::<Vec<_>>()),
        "graph_version": config.and_then(|config| version(&config.graph)),
        "last_send_error": last_failure.map(Class::as_str),
        "alerts": alerts,
    });
    Answer::json(if well { 200 } else { 503 }, &body)
}
