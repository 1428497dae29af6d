//! Webhook bodies in: what Meta delivers, as a list of items.
//!
//! Every item is read on its own from whatever JSON it is, so that one that nobody has foreseen
//! never hides the ones beside it. What a bot has no use for is kept as [`What::Ignored`] with a
//! name for the log. Nothing here fails but a body that is no JSON.

mod fields;
mod kind;
mod mend;

pub use kind::split_more;

use serde_json::Value;
use treebot::{Input, InputKind, Millis};

use fields::{id, list, time};
use mend::mend;

use crate::signature;

/// The payload of the Get Started button, to be configured in the page's profile.
///
/// It is not the place code of the start, as a code belongs to one tree and this button is set up
/// once for a page: renaming the tree must not make it a stranger.
pub const GET_STARTED: &str = "treebot:start";
/// The payload of a button or a menu's entry that starts again, wherever the conversation stands.
pub const RESTART: &str = "treebot:restart";
/// The payload that takes the last answer back.
pub const BACK: &str = "treebot:back";
/// The payload that asks what can be said.
pub const HELP: &str = "treebot:help";
/// The payload that asks for everything about the person to be deleted.
pub const FORGET: &str = "treebot:forget";
/// The payload that deletes everything about the person: "Yes" under the question whether that is meant.
pub const FORGET_YES: &str = "treebot:forget:yes";
/// The payload that deletes nothing: "No" under it.
pub const FORGET_NO: &str = "treebot:forget:no";

/// What the `metadata` of our own messages begins with; the id of the input that they answer follows.
pub const REPLY_TO: &str = "reply-to:";

/// The most items of one delivery that are looked at.
pub const MAX_ITEMS: usize = 1000;

/// The most characters of a message that are looked at. People can type about 2000.
pub const MAX_TEXT: usize = 5000;

/// The longest payload that is looked at: Meta allows 1000 characters for a button.
pub const MAX_PAYLOAD: usize = 1000;

/// Everything after this (in the year 2286) is no time in milliseconds.
const MAX_MILLIS: i64 = 9_999_999_999_999;

/// Clocks differ, but not by more than this. What says that it happened later than that is taken to have happened now:
/// it would be the newest for ever, and nothing that the person does after it would count.
const MAX_AHEAD: i64 = 24 * 60 * 60 * 1000;

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
    /// Whether it is about something else than pages, of which nothing is read.
    pub other_object: bool,
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
    /// A digest of the key.
    id: String,
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
        /// Where a conversation that has not begun yet begins: what a link said that came with the words.
        link: Option<InputKind>,
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
    /// A message was taken back: its words are to be forgotten.
    Unsent {
        /// The id of the input that it was.
        id: String,
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
    /// Picked from the list of commands.
    Command,
    /// A thumbs-up.
    Like,
    /// A picture, a sticker, a sound: anything that is not text.
    Attachment,
}

/// What an item says about who answers a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// A message of ours has arrived. With it comes the metadata that we gave it.
    Ours(Option<String>),
    /// Somebody else answers from now on: another app, or a human.
    Taken,
    /// We answer from now on.
    Passed {
        /// Whether the question is to be asked again: the one who had the conversation gave it to us.
        ask: bool,
    },
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
    let body = parse(body)?;
    let body = body.as_object().ok_or(NotJson)?;
    let mut delivery = Delivery::default();
    if body.get("object").and_then(Value::as_str) != Some("page") {
        delivery.other_object = true;
        return Ok(delivery);
    }
    for entry in list(body.get("entry")) {
        let at = time(entry.get("time")).filter(|at| at.0 <= now.0.saturating_add(MAX_AHEAD));
        let context = Entry { page: id(entry.get("id")), at: at.unwrap_or(now), now };
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
    if delivery.items.len() > 1 {
        // As events are ordered, also those of one moment.
        delivery.items.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
    }
    Ok(delivery)
}

/// What is left of a body when only one person's items on one page are kept; empty if it cannot be read.
#[must_use]
pub fn only(body: &[u8], page: &str, person: &str) -> Vec<u8> {
    let Ok(mut body) = parse(body) else { return Vec::new() };
    let entries = body.get_mut("entry").and_then(Value::as_array_mut);
    for entry in entries.into_iter().flatten() {
        let of = id(entry.get("id"));
        // What is never answered is nobody's.
        if let Some(entry) = entry.as_object_mut() {
            entry.remove("standby");
            entry.remove("changes");
        }
        let Some(items) = entry.get_mut("messaging").and_then(Value::as_array_mut) else {
            continue;
        };
        items.retain(|item| {
            let [sender, recipient] = ["sender", "recipient"]
                .map(|side| id(item.get(side).and_then(|side| side.get("id"))));
            let on_page = of.is_none() || of.as_deref() == Some(page);
            on_page && [sender, recipient].iter().any(|id| id.as_deref() == Some(person))
        });
    }
    body.to_string().into_bytes()
}

fn parse(body: &[u8]) -> Result<Value, NotJson> {
    serde_json::from_slice(body).or_else(|_| serde_json::from_str(&mend(body))).map_err(|_| NotJson)
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
    /// A digest of the key, which may be long and is Meta's: what an event is called.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The item for the engine, if it is for the engine.
    #[must_use]
    pub fn input(&self) -> Option<Input> {
        match &self.what {
            What::Input { kind, .. } => {
                Some(Input { at: self.at, id: self.id.clone(), kind: kind.clone() })
            }
            What::Echo { .. } | What::Handover { .. } | What::Unsent { .. } | What::Ignored(_) => {
                None
            }
        }
    }

    /// What the item says about who answers the person; `app` is the id of our own app, if it is known.
    ///
    /// An echo without it is ours if it bears our metadata. Control that is passed on is passed to us, unless it is
    /// known to be passed to another: Meta tells the app that gets it. (The page about echoes prints the id of a
    /// page's inbox one digit short, so no id is known by heart.)
    #[must_use]
    pub fn control(&self, app: Option<&str>) -> Option<Control> {
        if self.person.is_empty() || self.page.is_empty() {
            return None;
        }
        let is_ours = |of: &Option<String>| app.is_some() && of.as_deref() == app;
        match &self.what {
            What::Echo { app: of, metadata } => {
                let metadata = metadata.as_deref().and_then(|text| text.strip_prefix(REPLY_TO));
                let ours = metadata.is_some() || is_ours(of);
                Some(if ours { Control::Ours(metadata.map(str::to_owned)) } else { Control::Taken })
            }
            What::Handover { passed: true, to } => {
                let to_another = app.is_some() && to.is_some() && !is_ours(to);
                Some(if to_another { Control::Taken } else { Control::Passed { ask: true } })
            }
            What::Handover { passed: false, to } => {
                Some(if is_ours(to) { Control::Passed { ask: false } } else { Control::Taken })
            }
            What::Input { .. } | What::Unsent { .. } | What::Ignored(_) => None,
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
            Self::Unsent { .. } => "unsent",
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
            Self::Command => "command",
            Self::Like => "like",
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
    now: Millis,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Channel {
    Messaging,
    Standby,
    Changes,
}

fn item(value: &Value, channel: Channel, entry: &Entry, pages: &Pages) -> Item {
    let side = |name: &str| id(value.get(name).and_then(|side| side.get("id")));
    let latest = entry.now.0.saturating_add(MAX_AHEAD);
    let stamp = time(value.get("timestamp")).filter(|at| at.0 <= latest);
    let at = stamp.unwrap_or(entry.at);
    let (what, key) = match channel {
        Channel::Standby => (What::Ignored(Ignored::Standby), String::new()),
        Channel::Changes => (What::Ignored(Ignored::Change), String::new()),
        Channel::Messaging => {
            let person = side("sender").unwrap_or_default();
            kind::messaging(value, &person, stamp.unwrap_or_default())
        }
    };
    // In an echo the page is the sender, and the person the one who is sent to.
    let (of_page, of_person) = match what {
        What::Echo { .. } => ("sender", "recipient"),
        What::Input { .. } | What::Handover { .. } | What::Unsent { .. } | What::Ignored(_) => {
            ("recipient", "sender")
        }
    };
    let page = entry.page.clone().or_else(|| side(of_page)).unwrap_or_default();
    let person = side(of_person).unwrap_or_default();
    let nobody = person.is_empty() || page.is_empty() || person == page;
    let (what, key) = match what {
        _ if channel == Channel::Messaging && !pages.serve(&page) => {
            (What::Ignored(Ignored::OtherPage), String::new())
        }
        // There is nobody to answer, or it would be the page itself.
        What::Input { .. } | What::Handover { .. } | What::Unsent { .. } | What::Echo { .. }
            if nobody =>
        {
            (What::Ignored(Ignored::Unknown), String::new())
        }
        what => (what, key),
    };
    let id = signature::digest(key.as_bytes());
    Item { page, person, at, key, id, what }
}
