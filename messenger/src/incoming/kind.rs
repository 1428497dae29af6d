//! What one item of a body is.

use serde_json::Value;
use treebot::{InputKind, Millis, PlaceCode};

use super::fields::{bounded, flag, id, text};
use super::{
    BACK, FORGET, FORGET_NO, FORGET_YES, GET_STARTED, HELP, Ignored, MAX_PAYLOAD, RESTART, Via,
    What,
};
use crate::signature;

/// The thumbs-up of Messenger's own keyboard, in its three sizes. (Sticker reference)
const LIKES: [&str; 3] = ["369239263222822", "369239343222814", "369239383222810"];

/// What one item of `messaging` is, and its key.
pub(super) fn messaging(value: &Value, person: &str, at: Millis) -> (What, String) {
    let part = |name: &str| value.get(name).filter(|part| part.is_object());
    if let Some(message) = part("message") {
        let mid = text(message.get("mid"));
        let what = self::message(message, mid.as_deref());
        let key = mid.unwrap_or_else(|| made_up_key(value, "message", person, at));
        // Its own, beside that of the message which is taken back.
        let key = if matches!(what, What::Unsent { .. }) { format!("{key}:unsent") } else { key };
        return (what, key);
    }
    if let Some(postback) = part("postback") {
        let key = match text(postback.get("mid")) {
            // Whether `mid` is one of the tap or one of the message with the button is not documented.
            Some(mid) => {
                let payload = text(postback.get("payload")).unwrap_or_default();
                format!("{mid}:{}:{}", at.0, signature::digest(payload.as_bytes()))
            }
            None => made_up_key(value, "postback", person, at),
        };
        return (self::postback(postback), key);
    }
    if let Some(referral) = part("referral") {
        let what = match text(referral.get("ref")) {
            Some(name) => input(linked(name), Via::Referral),
            None => What::Ignored(Ignored::Referral),
        };
        return (what, made_up_key(value, "referral", person, at));
    }
    for (kind, passed) in [("pass_thread_control", true), ("take_thread_control", false)] {
        if let Some(control) = part(kind) {
            let what = What::Handover { passed, to: id(control.get("new_owner_app_id")) };
            return (what, made_up_key(value, kind, person, at));
        }
    }
    (What::Ignored(ignored(value)), String::new())
}

fn ignored(value: &Value) -> Ignored {
    const KINDS: [(&str, Ignored); 12] = [
        ("delivery", Ignored::Delivery),
        ("read", Ignored::Read),
        ("reaction", Ignored::Reaction),
        ("message_edit", Ignored::Edit),
        ("optin", Ignored::Optin),
        ("account_linking", Ignored::AccountLinking),
        ("policy_enforcement", Ignored::PolicyEnforcement),
        ("policy-enforcement", Ignored::PolicyEnforcement),
        ("messaging_feedback", Ignored::Feedback),
        ("response_feedback", Ignored::Feedback),
        ("app_roles", Ignored::Roles),
        ("request_thread_control", Ignored::Roles),
    ];
    KINDS
        .iter()
        .find(|(name, _)| value.get(name).is_some())
        .map_or(Ignored::Unknown, |(_, kind)| *kind)
}

/// A message: a tap on a quick reply, else its text, else whatever hangs on it.
fn message(message: &Value, mid: Option<&str>) -> What {
    if flag(message.get("is_echo")) {
        return What::Echo {
            app: id(message.get("app_id")),
            metadata: text(message.get("metadata")),
        };
    }
    if flag(message.get("is_deleted")) {
        return mid.map_or(What::Ignored(Ignored::Unknown), |mid| What::Unsent {
            id: signature::digest(mid.as_bytes()),
        });
    }
    let words =
        message.get("text").and_then(Value::as_str).filter(|words| !words.is_empty()).map(bounded);
    let payload =
        text(message.get("quick_reply").and_then(|quick_reply| quick_reply.get("payload")));
    if let Some(payload) = payload {
        return tap(payload, words, None, Via::QuickReply);
    }
    if let Some(kind) = command(message) {
        return input(kind, Via::Command);
    }
    let link = text(message.get("referral").and_then(|referral| referral.get("ref"))).map(linked);
    let (kind, via) = match words {
        Some(words) => (InputKind::Text(words), Via::Text),
        None if is_like(message) => (InputKind::Unsupported, Via::Like),
        // Addresses of attachments are neither kept nor fetched.
        None => (InputKind::Unsupported, Via::Attachment),
    };
    What::Input { kind, via, from: 0, link }
}

/// A command that was picked from the list of commands.
fn command(message: &Value) -> Option<InputKind> {
    let name = message.get("commands")?.get(0)?.get("name")?.as_str()?;
    match name.trim_start_matches('/').to_ascii_lowercase().as_str() {
        "start" | "restart" | "start_again" => Some(InputKind::Restart),
        "back" => Some(InputKind::Back),
        "help" => Some(InputKind::Help),
        "delete" | "forget" | "delete_my_data" => Some(InputKind::Forget),
        _ => None,
    }
}

/// Whether the only thing in a message is a thumbs-up.
fn is_like(message: &Value) -> bool {
    let attached = message.get("attachments").and_then(|list| list.get(0));
    let payload = attached.and_then(|attached| attached.get("payload"));
    [Some(message), payload]
        .into_iter()
        .flatten()
        .filter_map(|part| id(part.get("sticker_id")))
        .any(|sticker| LIKES.contains(&sticker.as_str()))
}

fn postback(postback: &Value) -> What {
    let title = text(postback.get("title"));
    let name = text(postback.get("referral").and_then(|referral| referral.get("ref")));
    match (text(postback.get("payload")), title) {
        (Some(payload), title) => tap(payload, title, name, Via::Postback),
        // Only the app that sent a button is told its payload; the others see what was on it.
        (None, Some(title)) => input(InputKind::Text(bounded(&title)), Via::Postback),
        (None, None) => What::Ignored(Ignored::Unknown),
    }
}

fn tap(payload: String, title: Option<String>, name: Option<String>, via: Via) -> What {
    if is_get_started(&payload) {
        let kind = name.map_or(InputKind::Start { at_node: None }, linked);
        return input(kind, Via::GetStarted);
    }
    match payload.as_str() {
        RESTART => return input(InputKind::Restart, via),
        BACK => return input(InputKind::Back, via),
        HELP => return input(InputKind::Help, via),
        FORGET => return input(InputKind::Forget, via),
        FORGET_YES => return input(InputKind::Confirm { forget: true }, via),
        FORGET_NO => return input(InputKind::Confirm { forget: false }, via),
        _ => {}
    }
    if payload.chars().count() > MAX_PAYLOAD {
        let kind = title.map_or(InputKind::Unsupported, |title| InputKind::Text(bounded(&title)));
        return input(kind, via);
    }
    match split_more(&payload) {
        // The title is "More…", which is no answer.
        Some((question, from)) => What::Input {
            kind: InputKind::Tap { code: question.to_owned(), title: None },
            via,
            from,
            link: None,
        },
        None => {
            let title = title.as_deref().map(bounded);
            input(InputKind::Tap { code: payload, title }, via)
        }
    }
}

const fn input(kind: InputKind, via: Via) -> What {
    What::Input { kind, via, from: 0, link: None }
}

/// What a link to the conversation asks for: a place by its code, or a node by its name.
fn linked(name: String) -> InputKind {
    if PlaceCode::parse(&name).is_ok() {
        InputKind::Tap { code: name, title: None }
    } else {
        InputKind::Start { at_node: Some(name) }
    }
}

/// The configured payload, and those of Meta's samples, which a page may still have from earlier.
fn is_get_started(payload: &str) -> bool {
    [GET_STARTED, "GET_STARTED", "GET_STARTED_PAYLOAD"]
        .iter()
        .any(|known| payload.eq_ignore_ascii_case(known))
}

/// The question and the number in what [`more`](super::more) made; none if it is something else.
///
/// At most three digits: with four it could be the end of a place code.
#[must_use]
pub fn split_more(payload: &str) -> Option<(&str, usize)> {
    let (question, from) = payload.rsplit_once("=m")?;
    let plain = (1..=3).contains(&from.len()) && from.bytes().all(|digit| digit.is_ascii_digit());
    (plain && !question.is_empty()).then(|| Some((question, from.parse().ok()?))).flatten()
}

/// The key of an item that bears no id. Not of the whole body, which says when it was delivered.
fn made_up_key(item: &Value, kind: &str, person: &str, at: Millis) -> String {
    format!("{person}:{}:{kind}:{}", at.0, signature::digest(item.to_string().as_bytes()))
}
