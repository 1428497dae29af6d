//! `GET /health`: whether the Worker can do its work, and if not, what is missing.

use serde_json::{Map, Value, json};
use treebot::Tree;
use treebot_messenger::errors::Class;

use crate::answer::Answer;
use crate::config::Presence;

/// 200 when everything is there, the last message went out and nothing waits for the operator, else 503. Never a value.
#[must_use]
pub fn health(
    tree: Option<&Tree>,
    revision: &str,
    presence: &Presence,
    last_failure: Option<Class>,
    alerts: &[String],
) -> Answer {
    let mut missing = presence.missing();
    // There is no tree only where `TREE` names one that is not built in.
    if tree.is_none() {
        missing.push("TREE");
    }
    let blocked = last_failure.is_some_and(Class::needs_operator);
    let well = missing.is_empty() && tree.is_some() && !blocked && alerts.is_empty();
    let settings: Map<String, Value> = presence
        .settings
        .iter()
        .map(|(name, _, there)| {
            let state = match (*name, *there) {
                ("TREE", true) if tree.is_none() => "unknown",
                (_, true) => "present",
                (_, false) => "missing",
            };
            ((*name).to_owned(), json!(state))
        })
        .collect();
    let body = json!({
        "ok": well,
        "version": env!("CARGO_PKG_VERSION"),
        "tree": tree.map(|tree| json!({"name": tree.name(), "title": tree.title(), "revision": revision})),
        "configuration": settings,
        "missing": missing,
        "last_send_error": last_failure.map(Class::as_str),
        "alerts": alerts,
    });
    Answer::json(if well { 200 } else { 503 }, &body)
}
