//! What the scheduled handler makes sure of every hour: that Meta still tells us what people write.
//!
//! Meta takes a webhook's subscription away when it has failed for an hour, and says so in a mail only.

use serde_json::Value;
use treebot_messenger::errors::{Failure, WaitHeaders, read_answer};
use treebot_messenger::subscription::missing;

use crate::log::Line;

/// What an answer of `GET /{page}/subscribed_apps` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// All is well.
    Well,
    /// The page does not tell us of these fields.
    Missing(Vec<&'static str>),
    /// Graph did not say.
    Failed(Failure),
}

/// Reads the answer; `app` is the id of our app, if it is known.
#[must_use]
pub fn read(status: u16, body: &[u8], app: Option<&str>) -> Found {
    if let Err(failure) = read_answer(status, WaitHeaders::default(), body) {
        return Found::Failed(failure);
    }
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    match missing(&answer, app) {
        Some(fields) if fields.is_empty() => Found::Well,
        Some(fields) => Found::Missing(fields),
        None => Found::Failed(Failure::no_answer()),
    }
}

impl Found {
    /// In words for `/health`, if something is wrong that somebody has to mend.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        match self {
            Self::Well => None,
            Self::Missing(fields) => Some(format!("not subscribed to {}", fields.join(", "))),
            Self::Failed(failure) => failure
                .class
                .needs_operator()
                .then(|| format!("subscriptions: {}", failure.class.as_str())),
        }
    }

    /// A line for the log.
    #[must_use]
    pub fn line(&self) -> Line {
        let line = Line::about("self-check");
        match self {
            Self::Well => line.with("outcome", "well"),
            Self::Missing(fields) => line
                .with("missing", fields.clone())
                .with("alert", "subscribe the page again: `treebot messenger subscribe`"),
            Self::Failed(failure) => line
                .with("class", failure.class.as_str())
                .with("code", failure.code)
                .with("fbtrace_id", failure.trace.as_deref())
                .with("alert", failure.class.advice()),
        }
    }
}
