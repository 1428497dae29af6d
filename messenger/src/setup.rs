//! What is asked of Graph so that Meta delivers a page's events to the bot: two subscriptions, the app's and the page's. An
//! event comes only if both name it (`subscription::FIELDS`).

use serde_json::{Value, json};

use crate::signature::{self, appsecret_proof};
use crate::subscription::FIELDS;

/// Versions of the Graph API, and until when Meta serves them: in words, and in seconds since 1970. The newest have no
/// end yet.
pub const VERSIONS: [(u32, Option<(&str, i64)>); 5] = [
    (22, Some(("20 May 2027", 1_810_771_200))),
    (23, Some(("8 October 2027", 1_822_953_600))),
    (24, Some(("18 February 2028", 1_834_444_800))),
    (25, Some(("29 July 2028", 1_848_441_600))),
    (26, None),
];

/// How long Meta serves the version of the Graph API that an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// Until this day, in words, and in seconds since 1970.
    Until(&'static str, i64),
    /// Its end is not announced, or not known here.
    Open,
    /// It is older than all that are known here.
    Over,
    /// The address names no version.
    Unversioned,
}

/// How the app is subscribed to its pages' events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppSubscription {
    /// Where events are delivered.
    pub callback: String,
    /// Which are.
    pub fields: Vec<String>,
    /// Whether they are at all: Meta switches a webhook off that fails for an hour.
    pub active: bool,
}

/// An app that a page sends events to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscribedApp {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which events it gets.
    pub fields: Vec<String>,
}

/// The version in an address such as `https://graph.facebook.com/v25.0`: `v25.0`.
#[must_use]
pub fn version(base: &str) -> Option<&str> {
    base.rsplit('/').find(|part| number(part).is_some())
}

/// The number of a version such as `v25.0`.
fn number(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The lifetime of the version in an address such as `https://graph.facebook.com/v25.0`.
#[must_use]
pub fn lifetime(base: &str) -> Lifetime {
    let Some(version) = version(base).and_then(number) else { return Lifetime::Unversioned };
    match VERSIONS.iter().find(|(known, _)| *known == version) {
        Some((_, Some((day, seconds)))) => Lifetime::Until(day, *seconds),
        Some((_, None)) => Lifetime::Open,
        None if VERSIONS.iter().all(|(known, _)| *known > version) => Lifetime::Over,
        None => Lifetime::Open,
    }
}

/// The form of `POST /{APP_ID}/subscriptions`.
#[must_use]
pub fn app_form(callback: &str, verify_token: &str) -> Vec<(&'static str, String)> {
    vec![
        ("object", "page".to_owned()),
        ("callback_url", callback.to_owned()),
        ("verify_token", verify_token.to_owned()),
        ("fields", FIELDS.join(",")),
    ]
}

/// The form of `POST /{PAGE_ID}/subscribed_apps`.
#[must_use]
pub fn page_form() -> Vec<(&'static str, String)> {
    vec![("subscribed_fields", FIELDS.join(","))]
}

/// Reads an answer to `GET /{APP_ID}/subscriptions`; none where the app is not subscribed to pages.
#[must_use]
pub fn read_app(answer: &Value) -> Option<AppSubscription> {
    let of_pages = |entry: &&Value| entry.get("object").and_then(Value::as_str) == Some("page");
    let entry = data(answer).iter().find(of_pages)?;
    Some(AppSubscription {
        callback: text(entry, "callback_url"),
        fields: names(entry.get("fields")),
        active: entry.get("active").and_then(Value::as_bool) != Some(false),
    })
}

/// Reads an answer to `GET /{PAGE_ID}/subscribed_apps`.
#[must_use]
pub fn read_page(answer: &Value) -> Vec<SubscribedApp> {
    let app = |entry: &Value| SubscribedApp {
        id: text(entry, "id"),
        name: text(entry, "name"),
        fields: names(entry.get("subscribed_fields")),
    };
    data(answer).iter().map(app).collect()
}

/// Which of the fields that a page has to be subscribed to are not among these.
#[must_use]
pub fn absent(fields: &[String]) -> Vec<&'static str> {
    FIELDS.into_iter().filter(|wanted| !fields.iter().any(|field| field == wanted)).collect()
}

/// The token that acts for the app itself.
#[must_use]
pub fn app_token(app_id: &str, app_secret: &str) -> String {
    format!("{app_id}|{app_secret}")
}

/// What goes with a call made with a page's token, to show that it comes from the app.
#[must_use]
pub fn proof(app_secret: &str, token: &str) -> (&'static str, String) {
    ("appsecret_proof", appsecret_proof(app_secret, token))
}

/// What the dashboard's Test button delivers: of people and a page that do not exist, and nobody answers it.
#[must_use]
pub fn test_event() -> Vec<u8> {
    let value = json!({
        "sender": {"id": "12334"},
        "recipient": {"id": "23245"},
        "timestamp": "1527459824",
        "message": {"mid": "test_message_id", "text": "test_message"},
    });
    let entry = json!({"id": "0", "time": 1_527_459_824, "changes": [{"field": "messages", "value": value}]});
    json!({"object": "page", "entry": [entry]}).to_string().into_bytes()
}

/// The test event and its signature.
#[must_use]
pub fn signed_test_event(app_secret: &str) -> (Vec<u8>, String) {
    let body = test_event();
    let signature = signature::sign(&body, app_secret);
    (body, signature)
}

fn data(answer: &Value) -> &[Value] {
    answer.get("data").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: &Value, name: &str) -> String {
    match value.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => {
            String::new()
        }
    }
}

/// A list of names, or of objects with names.
fn names(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    list.iter()
        .map(|field| field.as_str().map_or_else(|| text(field, "name"), str::to_owned))
        .collect()
}
