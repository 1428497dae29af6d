//! Webhook bodies in: what Meta delivers, as a list of items.
//!
//! Every item is read on its own from whatever JSON it is, so that one that nobody has foreseen
//! never hides the ones beside it. What a bot has no use for is kept as [`What::Ignored`] with a
//! name for the log. Nothing here fails but a body that is no JSON.

use serde_json::Value;
use treebot::{Input, InputKind, Millis, PlaceCode};

use crate::signature;

/// The payload of the Get Started button, to be configured in the page's profile.
///
/// It is not the place code of the start, as a code belongs to one tree and this button is set up
/// once for a page: renaming the tree must not make it a stranger.
pub const GET_STARTED: &str = "treebot:start";

/// The most items of one delivery that are looked at.
pub const MAX_ITEMS: usize = 1000;

/// The most characters of a message that are looked at. People can type about 2000.
pub const MAX_TEXT: usize = 5000;

/// The longest payload that is looked at: Meta allows 1000 characters for a button.
pub const MAX_PAYLOAD: usize = 1000;

/// Everything after this (in the year 2286) is no time in milliseconds.
const MAX_MILLIS: i64 = 9_999_999_999_999;

/// Which pages are served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    ids: Vec<String>,
}

/// One webhook body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delivery {
    /// Its items, oldest first, each once.
    pub items: Vec<Item>,
    /// How many items were beyond [`MAX_ITEMS`] and were not looked at.
    pub beyond: usize,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The page it happened on; empty where the item does not say.
    pub page: String,
    /// The person, by their id on this page. Empty where there is none.
    pub person: String,
    /// When it happened.
    pub at: Millis,
    /// What tells it from everything else on the page, also when it is delivered again.
    pub key: String,
    /// What it is.
    pub what: What,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Something for the engine.
    Input {
        /// For the engine.
        kind: InputKind,
        /// How it came.
        via: Via,
        /// Of a long list of answers, the first one to be shown: see [`more`].
        from: usize,
    },
    /// The page said something: this bot, another app, or somebody in the page's inbox.
    Echo {
        /// The app that sent it.
        app: Option<String>,
        /// What that app attached; for our own messages the key of what they answer.
        metadata: Option<String>,
    },
    /// The conversation passed from one app to another.
    Handover {
        /// Whether it was passed on by its owner; else it was taken.
        passed: bool,
        /// The app that has it now.
        to: Option<String>,
    },
    /// Nothing that a bot answers.
    Ignored(Ignored),
}

/// How an input came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Via {
    /// Typed.
    Text,
    /// A quick reply.
    QuickReply,
    /// A button that stays in the conversation, or an entry of the menu.
    Postback,
    /// The Get Started button.
    GetStarted,
    /// A link to the conversation.
    Referral,
    /// A picture, a sticker, a sound: anything that is not text.
    Attachment,
}

/// Why an item is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ignored {
    /// Of a page that is not served.
    OtherPage,
    /// Somebody else has the conversation.
    Standby,
    /// A change of the page itself; the dashboard's Test button sends these.
    Change,
    /// A message has arrived.
    Delivery,
    /// A message was read.
    Read,
    /// A reaction was added or taken away.
    Reaction,
    /// A message was edited.
    Edit,
    /// A message was taken back.
    Unsent,
    /// An opt-in.
    Optin,
    /// An account was linked or unlinked.
    AccountLinking,
    /// Meta has acted against the page: somebody should look.
    PolicyEnforcement,
    /// Feedback on a message.
    Feedback,
    /// Apps changed their roles, or one asks for the conversation.
    Roles,
    /// A link to the conversation that says nothing.
    Referral,
    /// Not of a shape that is known.
    Unknown,
}

/// The body is no JSON, or no object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJson;

/// Reads a body whose signature was found good. `now` is for items that bear no time.
///
/// # Errors
/// The body is no JSON object.
pub fn read(body: &[u8], pages: &Pages, now: Millis) -> Result<Delivery, NotJson> {
    let body: Value = serde_json::from_slice(body)
        .or_else(|_| serde_json::from_str(&mend(body)))
        .map_err(|_| NotJson)?;
    let body = body.as_object().ok_or(NotJson)?;
    let mut delivery = Delivery::default();
    if body.get("object").and_then(Value::as_str) != Some("page") {
        return Ok(delivery);
    }
    for entry in list(body.get("entry")) {
        let context =
            Entry { page: id(entry.get("id")), at: time(entry.get("time")).unwrap_or(now) };
        for (channel, key) in [
            (Channel::Messaging, "messaging"),
            (Channel::Standby, "standby"),
            (Channel::Changes, "changes"),
        ] {
            for value in list(entry.get(key)) {
                if delivery.items.len() >= MAX_ITEMS {
                    delivery.beyond += 1;
                    continue;
                }
                let item = item(value, channel, &context, pages);
                let same = |other: &Item| {
                    (&other.key, &other.person, &other.page)
                        == (&item.key, &item.person, &item.page)
                };
                if item.key.is_empty() || !delivery.items.iter().any(same) {
                    delivery.items.push(item);
                }
            }
        }
    }
    delivery.items.sort_by(|a, b| (a.at, &a.key).cmp(&(b.at, &b.key)));
    Ok(delivery)
}

/// The payload that shows a long list of answers from its `from`-th on: the question's place code
/// with a suffix.
#[must_use]
pub fn more(question: &str, from: usize) -> String {
    format!("{question}=m{from}")
}

impl Pages {
    /// The pages with these ids, separated by commas; all pages where there are none.
    #[must_use]
    pub fn parse(ids: &str) -> Self {
        Self {
            ids: ids
                .split(',')
                .map(str::trim)
                .filter(|id| !id.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    }

    fn serve(&self, page: &str) -> bool {
        self.ids.is_empty() || self.ids.iter().any(|id| id == page)
    }
}

impl Item {
    /// The item for the engine, if it is for the engine. Its id is a digest of the key, which may
    /// be long and is Meta's.
    #[must_use]
    pub fn input(&self) -> Option<Input> {
        match &self.what {
            What::Input { kind, .. } => Some(Input {
                at: self.at,
                id: signature::digest(self.key.as_bytes()),
                kind: kind.clone(),
            }),
            What::Echo { .. } | What::Handover { .. } | What::Ignored(_) => None,
        }
    }
}

impl What {
    /// What it is, in a word for the log.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Input { via, .. } => via.as_str(),
            Self::Echo { .. } => "echo",
            Self::Handover { .. } => "handover",
            Self::Ignored(why) => why.as_str(),
        }
    }
}

impl Via {
    /// The way in a word, such as `quick_reply`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::QuickReply => "quick_reply",
            Self::Postback => "postback",
            Self::GetStarted => "get_started",
            Self::Referral => "referral",
            Self::Attachment => "attachment",
        }
    }
}

impl Ignored {
    /// The reason in a word, such as `reaction`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OtherPage => "other_page",
            Self::Standby => "standby",
            Self::Change => "change",
            Self::Delivery => "delivery",
            Self::Read => "read",
            Self::Reaction => "reaction",
            Self::Edit => "edit",
            Self::Unsent => "unsent",
            Self::Optin => "optin",
            Self::AccountLinking => "account_linking",
            Self::PolicyEnforcement => "policy_enforcement",
            Self::Feedback => "feedback",
            Self::Roles => "roles",
            Self::Referral => "referral_without_ref",
            Self::Unknown => "unknown",
        }
    }
}

/// What an entry says about all of its items.
struct Entry {
    page: Option<String>,
    at: Millis,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Channel {
    Messaging,
    Standby,
    Changes,
}

fn item(value: &Value, channel: Channel, entry: &Entry, pages: &Pages) -> Item {
    let recipient = || id(value.get("recipient").and_then(|recipient| recipient.get("id")));
    let page = entry.page.clone().or_else(recipient).unwrap_or_default();
    let person = id(value.get("sender").and_then(|sender| sender.get("id"))).unwrap_or_default();
    let stamp = time(value.get("timestamp"));
    let at = stamp.unwrap_or(entry.at);
    let ignored = |why| (What::Ignored(why), String::new());
    let (what, key) = match channel {
        Channel::Standby => ignored(Ignored::Standby),
        Channel::Changes => ignored(Ignored::Change),
        Channel::Messaging if !pages.serve(&page) => ignored(Ignored::OtherPage),
        Channel::Messaging => messaging(value, &person, stamp.unwrap_or_default()),
    };
    let nobody = person.is_empty() || page.is_empty() || person == page;
    match what {
        // In an echo the page is the sender, and the person the one who is sent to.
        What::Echo { .. } => Item { person: recipient().unwrap_or_default(), page, at, key, what },
        // There is nobody to answer, or it would be the page itself.
        What::Input { .. } if nobody => {
            Item { page, person, at, key: String::new(), what: What::Ignored(Ignored::Unknown) }
        }
        what => Item { page, person, at, key, what },
    }
}

/// What one item of `messaging` is, and its key.
fn messaging(value: &Value, person: &str, at: Millis) -> (What, String) {
    let part = |name: &str| value.get(name).filter(|part| part.is_object());
    if let Some(message) = part("message") {
        let key =
            text(message.get("mid")).unwrap_or_else(|| made_up_key(value, "message", person, at));
        return (self::message(message), key);
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
            Some(name) => What::Input { kind: linked(name), via: Via::Referral, from: 0 },
            None => What::Ignored(Ignored::Referral),
        };
        return (what, made_up_key(value, "referral", person, at));
    }
    let handover = |control: &Value, passed| What::Handover {
        passed,
        to: id(control.get("new_owner_app_id")),
    };
    let what = if let Some(control) = part("pass_thread_control") {
        handover(control, true)
    } else if let Some(control) = part("take_thread_control") {
        handover(control, false)
    } else {
        What::Ignored(ignored(value))
    };
    (what, String::new())
}

fn ignored(value: &Value) -> Ignored {
    const KINDS: [(&str, Ignored); 13] = [
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
        ("message_unsend", Ignored::Unsent),
    ];
    KINDS
        .iter()
        .find(|(name, _)| value.get(name).is_some())
        .map_or(Ignored::Unknown, |(_, kind)| *kind)
}

/// A message: a tap on a quick reply, else its text, else whatever hangs on it.
fn message(message: &Value) -> What {
    if flag(message.get("is_echo")) {
        return What::Echo {
            app: id(message.get("app_id")),
            metadata: text(message.get("metadata")),
        };
    }
    if flag(message.get("is_deleted")) {
        return What::Ignored(Ignored::Unsent);
    }
    let words =
        message.get("text").and_then(Value::as_str).filter(|words| !words.is_empty()).map(bounded);
    let payload =
        text(message.get("quick_reply").and_then(|quick_reply| quick_reply.get("payload")));
    if let Some(payload) = payload {
        return tap(payload, words, None, Via::QuickReply);
    }
    match words {
        Some(words) => What::Input { kind: InputKind::Text(words), via: Via::Text, from: 0 },
        // Addresses of attachments are neither kept nor fetched.
        None => What::Input { kind: InputKind::Unsupported, via: Via::Attachment, from: 0 },
    }
}

fn postback(postback: &Value) -> What {
    let title = text(postback.get("title"));
    let name = text(postback.get("referral").and_then(|referral| referral.get("ref")));
    match (text(postback.get("payload")), title) {
        (Some(payload), title) => tap(payload, title, name, Via::Postback),
        // Only the app that sent a button is told its payload; the others see what was on it.
        (None, Some(title)) => {
            What::Input { kind: InputKind::Text(bounded(&title)), via: Via::Postback, from: 0 }
        }
        (None, None) => What::Ignored(Ignored::Unknown),
    }
}

fn tap(payload: String, title: Option<String>, name: Option<String>, via: Via) -> What {
    if is_get_started(&payload) {
        let kind = name.map_or(InputKind::Start { at_node: None }, linked);
        return What::Input { kind, via: Via::GetStarted, from: 0 };
    }
    if payload.chars().count() > MAX_PAYLOAD {
        let kind = title.map_or(InputKind::Unsupported, |title| InputKind::Text(bounded(&title)));
        return What::Input { kind, via, from: 0 };
    }
    match split_more(&payload) {
        // The title is "More…", which is no answer.
        Some((question, from)) => What::Input {
            kind: InputKind::Tap { code: question.to_owned(), title: None },
            via,
            from,
        },
        None => {
            let title = title.as_deref().map(bounded);
            What::Input { kind: InputKind::Tap { code: payload, title }, via, from: 0 }
        }
    }
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

/// At most three digits: with four it could be the end of a place code.
fn split_more(payload: &str) -> Option<(&str, usize)> {
    let (question, from) = payload.rsplit_once("=m")?;
    let plain = (1..=3).contains(&from.len()) && from.bytes().all(|digit| digit.is_ascii_digit());
    (plain && !question.is_empty()).then(|| Some((question, from.parse().ok()?))).flatten()
}

/// The key of an item that bears no id. Not of the whole body, which says when it was delivered.
fn made_up_key(item: &Value, kind: &str, person: &str, at: Millis) -> String {
    format!("{person}:{}:{kind}:{}", at.0, signature::digest(item.to_string().as_bytes()))
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Ids are text or numbers; none is longer than 64 letters, digits and signs.
fn id(value: Option<&Value>) -> Option<String> {
    let id = match value? {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    ((1..=64).contains(&id.len()) && id.bytes().all(sign)).then_some(id)
}

fn flag(value: Option<&Value>) -> bool {
    value.is_some_and(|value| value.as_bool() == Some(true) || value.as_str() == Some("true"))
}

/// Times are milliseconds, in some events seconds, in some of them written as text.
fn time(value: Option<&Value>) -> Option<Millis> {
    let whole = |number: f64| number as i64;
    let number = match value? {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(whole))?,
        Value::String(number) => number.trim().parse().ok()?,
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let millis = if number < 1_000_000_000_000 { number.saturating_mul(1000) } else { number };
    (1..=MAX_MILLIS).contains(&millis).then_some(Millis(millis))
}

fn bounded(words: &str) -> String {
    words.chars().take(MAX_TEXT).collect()
}

/// The body with what is no text in it replaced: half an emoji, cut off somewhere on its way, would
/// otherwise make all of it unreadable.
fn mend(body: &[u8]) -> String {
    let body = String::from_utf8_lossy(body);
    let mut mended = String::with_capacity(body.len());
    let mut rest = body.as_ref();
    while let Some((before, escape)) = rest.split_once('\\') {
        mended.push_str(before);
        let (unit, after) = (surrogate(escape), escape.get(5..));
        match (unit, after) {
            (Some(0xD800..=0xDBFF), Some(after)) => {
                let low = after
                    .strip_prefix('\\')
                    .filter(|next| matches!(surrogate(next), Some(0xDC00..=0xDFFF)));
                let whole = low.and_then(|low| Some((escape.get(..11)?, low.get(5..)?)));
                let (text, next) = whole.map_or(("uFFFD", after), |(pair, next)| (pair, next));
                mended.push('\\');
                mended.push_str(text);
                rest = next;
            }
            (Some(_), Some(after)) => {
                mended.push_str("\\uFFFD");
                rest = after;
            }
            _ => {
                // Some other escape: its first character belongs to it, also where it is a backslash.
                let mut characters = escape.chars();
                mended.push('\\');
                mended.extend(characters.next());
                rest = characters.as_str();
            }
        }
    }
    mended.push_str(rest);
    mended
}

/// The number in an escape such as `uD83D`, where it is one half of a pair.
fn surrogate(escape: &str) -> Option<u16> {
    let unit = u16::from_str_radix(escape.strip_prefix('u')?.get(..4)?, 16).ok()?;
    (0xD800..=0xDFFF).contains(&unit).then_some(unit)
}
