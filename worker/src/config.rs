//! What the operator configures, by name: secrets, variables and bindings.
//!
//! A secret that is missing or empty fails closed: the webhook answers 503 and `/health` says
//! which one it is. Values are never shown.

use std::fmt;

use treebot_messenger::incoming::Pages;
use treebot_messenger::signature::digest;

use crate::publish::{MIN_TOKEN, PUBLISH_TOKEN};

/// The tree that is served, where `TREE` is not set. Place codes call it by this name.
pub const DEFAULT_TREE: &str = "uk-visa";
/// The Graph API, where `GRAPH_API_BASE` is not set. Version 25.0 lives until 29 July 2028.
pub const DEFAULT_GRAPH: &str = "https://graph.facebook.com/v25.0";
/// How long an event is kept, where `RETENTION_DAYS` is not set.
pub const DEFAULT_RETENTION_DAYS: u64 = 90;
/// The longest an event can be kept.
const MAX_RETENTION_DAYS: u64 = 3650;

/// A complete configuration.
#[derive(Clone)]
pub struct Config {
    /// What Meta shows when it verifies the webhook.
    pub verify_token: String,
    /// Signs the bodies that Meta delivers.
    pub app_secret: String,
    /// The one before, while the app secret is being changed.
    pub app_secret_previous: Option<String>,
    /// Lets us send as the page.
    pub page_access_token: String,
    /// Hides people's ids in storage.
    pub state_secret: String,
    /// The id of our own app, if it is known: so that its messages are told from those of others.
    pub app_id: Option<String>,
    /// Tells this configuration from another, without giving it away: what Meta refuses now may be taken with the next.
    pub digest: String,
    /// The pages that are served.
    pub pages: Pages,
    /// Their ids.
    pub page_ids: Vec<String>,
    /// Where the Graph API is, without a slash at its end.
    pub graph: String,
    /// How long an event is kept.
    pub retention_days: u64,
}

/// Which settings are there. Never their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// Name, whether it is needed, and whether it is there.
    pub settings: Vec<(&'static str, bool, There)>,
}

/// Whether a setting is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum There {
    /// It is not, or it is blank.
    Missing,
    /// It is, and counts as if it were not: a shorter one could be guessed.
    TooShort,
    /// It is.
    Present,
}

const NEEDED: [&str; 3] = ["VERIFY_TOKEN", "APP_SECRET", "PAGE_ACCESS_TOKEN"];
const OPTIONAL: [&str; 8] = [
    "APP_SECRET_PREVIOUS",
    "STATE_SECRET",
    PUBLISH_TOKEN,
    "APP_ID",
    "PAGE_ID",
    "GRAPH_API_BASE",
    "TREE",
    "RETENTION_DAYS",
];

/// The page that the token is for, as the Graph API knows it.
const OWN_PAGE: &str = "me";

impl Config {
    /// Reads the configuration through `get`, which knows secrets and variables by name.
    ///
    /// # Errors
    /// Something that is needed is missing.
    pub fn read(get: impl Fn(&str) -> Option<String>, has_state: bool) -> Result<Self, Presence> {
        let setting = |name: &str| {
            get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let presence = Presence::read(&get, has_state);
        let secrets = NEEDED.map(setting);
        let [Some(verify_token), Some(app_secret), Some(page_access_token)] = secrets else {
            return Err(presence);
        };
        if !has_state {
            return Err(presence);
        }
        let days = setting("RETENTION_DAYS")
            .and_then(|days| days.parse().ok())
            .unwrap_or(DEFAULT_RETENTION_DAYS);
        let pages = setting("PAGE_ID").unwrap_or_default();
        let mut digest = digest(format!("{app_secret}|{page_access_token}").as_bytes());
        digest.truncate(8);
        Ok(Self {
            app_id: setting("APP_ID"),
            digest,
            page_ids: pages
                .split(',')
                .map(str::trim)
                .filter(|id| !id.is_empty())
                .map(str::to_owned)
                .collect(),
            state_secret: setting("STATE_SECRET").unwrap_or_else(|| app_secret.clone()),
            verify_token,
            app_secret,
            app_secret_previous: setting("APP_SECRET_PREVIOUS"),
            page_access_token,
            pages: Pages::parse(&pages),
            graph: setting("GRAPH_API_BASE")
                .unwrap_or_else(|| DEFAULT_GRAPH.to_owned())
                .trim_end_matches('/')
                .to_owned(),
            retention_days: days.clamp(1, MAX_RETENTION_DAYS),
        })
    }

    /// What the pages are called in what is noted about them: where none is named there is one, that of the token.
    #[must_use]
    pub fn noted_pages(&self) -> Vec<&str> {
        if self.page_ids.is_empty() {
            return vec![OWN_PAGE];
        }
        self.page_ids.iter().map(String::as_str).collect()
    }

    /// What a page is called in what is noted about it: one of [`Self::noted_pages`].
    #[must_use]
    pub fn noted_as<'a>(&self, page: &'a str) -> &'a str {
        if self.page_ids.is_empty() { OWN_PAGE } else { page }
    }

    /// The app secrets that a signature may be made with.
    #[must_use]
    pub fn app_secrets(&self) -> Vec<&str> {
        [Some(self.app_secret.as_str()), self.app_secret_previous.as_deref()]
            .into_iter()
            .flatten()
            .collect()
    }
}

impl fmt::Debug for Config {
    /// Without any value: a configuration that ends up in a log gives nothing away.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Config { .. }")
    }
}

impl Presence {
    /// Looks which settings are there.
    #[must_use]
    pub fn read(get: impl Fn(&str) -> Option<String>, has_state: bool) -> Self {
        let there = |name: &str| match get(name).map_or(0, |value| value.trim().len()) {
            0 => There::Missing,
            1..MIN_TOKEN if name == PUBLISH_TOKEN => There::TooShort,
            _ => There::Present,
        };
        let state = if has_state { There::Present } else { There::Missing };
        let needed = NEEDED.into_iter().map(|name| (name, true, there(name)));
        let optional = OPTIONAL.into_iter().map(|name| (name, false, there(name)));
        Self { settings: needed.chain([("STATE", true, state)]).chain(optional).collect() }
    }

    /// What is needed and missing.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        self.settings
            .iter()
            .filter(|(_, needed, there)| *needed && *there == There::Missing)
            .map(|(name, ..)| *name)
            .collect()
    }
}
