//! What a page has to tell us: the fields of its webhook.
//!
//! Meta unsubscribes a webhook that fails for an hour, and says so nowhere but in a mail.

use serde_json::Value;

/// The fields that a page is subscribed to. (Not `response_feedback`: with it alone every message of the bot bears
/// thumbs.)
pub const FIELDS: [&str; 6] = [
    "messages",
    "messaging_postbacks",
    "messaging_referrals",
    "message_echoes",
    "messaging_handovers",
    "standby",
];

/// The fields of which this answer to `GET /{page}/subscribed_apps` says that the page does not tell us of them: all,
/// where our app is not there. `app` is its id, if it is known; without it any app's count.
///
/// None if the answer is none to that question.
#[must_use]
pub fn missing(answer: &Value, app: Option<&str>) -> Option<Vec<&'static str>> {
    let apps = answer.get("data")?.as_array()?;
    let is_ours = |of: &&Value| match (app, of.get("id")) {
        (Some(app), Some(Value::String(id))) => id == app,
        (Some(app), Some(Value::Number(id))) => id.to_string() == app,
        (Some(_), _) => false,
        (None, _) => true,
    };
    let subscribed: Vec<&str> = apps
        .iter()
        .filter(is_ours)
        .filter_map(|of| of.get("subscribed_fields")?.as_array())
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    Some(FIELDS.into_iter().filter(|field| !subscribed.contains(field)).collect())
}
