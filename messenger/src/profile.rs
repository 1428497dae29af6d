//! How the bot shows itself on its page before anything is said: greeting, Get Started button, menu and ice breakers,
//! all made from the tree. And what to ask of Graph so that the page has just that.
//!
//! Nothing here sends: there is what the profile is to be, what differs from what it is, and the bodies that mend it.

use serde_json::{Map, Value, json};
use treebot::{History, Input, InputKind, Message, Millis, Reply, Tree, TurnOptions, turn};

use crate::incoming::{FORGET, GET_STARTED, RESTART};
use crate::outgoing::{graphemes, links, split};

/// The longest greeting. (Not documented any more; this much is known to work.)
pub const MAX_GREETING: usize = 160;
/// The longest title of an entry in the menu. (Persistent menu reference)
pub const MAX_MENU_TITLE: usize = 30;
/// The most ice breakers. (Ice breakers reference)
pub const MAX_ICE_BREAKERS: usize = 4;
/// The longest ice breaker. (Not documented; longer ones are cut off on the screen.)
pub const MAX_ICE_BREAKER: usize = 80;

/// What is made from the tree. Everything else in a profile is left alone.
pub const OURS: [&str; 4] = ["get_started", "greeting", "persistent_menu", "ice_breakers"];

/// What of a profile is looked at: ours, and what would hide it.
pub const LOOKED_AT: &str = "get_started,greeting,persistent_menu,ice_breakers,commands";

/// A profile, or as much of one as is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile(Map<String, Value>);

/// One part of a profile that is not as it is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its name, one of [`OURS`].
    pub name: &'static str,
    /// What it is; none where there is none.
    pub before: Option<Value>,
    /// What it is to be; none where there is to be none.
    pub after: Option<Value>,
}

impl Profile {
    /// The profile that fits a tree, which must bear the name that it is served under: ice breakers carry place codes.
    #[must_use]
    pub fn of(tree: &Tree) -> Self {
        let start = Input {
            at: Millis::default(),
            id: String::new(),
            kind: InputKind::Start { at_node: None },
        };
        let opening = turn(tree, &History::new(), &start, &TurnOptions::default()).reply;
        let entry = |title: &str, payload: &str| {
            let title = split::shortened(title, MAX_MENU_TITLE, graphemes);
            json!({"type": "postback", "title": title, "payload": payload})
        };
        let menu = [entry(&tree.start_again().label, RESTART), entry(tree.forget_label(), FORGET)];
        let mut profile = Map::new();
        let mut set = |name: &str, value| profile.insert(name.to_owned(), value);
        set("get_started", json!({"payload": GET_STARTED}));
        if let Some(greeting) = greeting(tree, &opening) {
            set("greeting", json!([{"locale": "default", "text": greeting}]));
        }
        let menu =
            json!({"locale": "default", "composer_input_disabled": false, "call_to_actions": menu});
        set("persistent_menu", json!([menu]));
        let ice_breakers = ice_breakers(&opening);
        if !ice_breakers.is_empty() {
            set("ice_breakers", json!([{"locale": "default", "call_to_actions": ice_breakers}]));
        }
        Self(profile)
    }

    /// Reads an answer to `GET /me/messenger_profile`.
    #[must_use]
    pub fn read(answer: &Value) -> Self {
        // One object, or one for each part.
        let data = answer.get("data").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let parts = data.iter().filter_map(Value::as_object).flatten();
        Self(parts.map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    /// What has to change so that this profile becomes the other one.
    #[must_use]
    pub fn changes(&self, wanted: &Self) -> Vec<Change> {
        let change = |name: &'static str| {
            let (before, after) = (self.0.get(name), wanted.0.get(name));
            let same = match (before, after) {
                (Some(before), Some(after)) => holds(before, after),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            (!same).then(|| Change { name, before: before.cloned(), after: after.cloned() })
        };
        OURS.into_iter().filter_map(change).collect()
    }

    /// Whether the page has commands, which hide the menu. They are not ours.
    #[must_use]
    pub fn has_commands(&self) -> bool {
        self.0.get("commands").and_then(Value::as_array).is_some_and(|list| !list.is_empty())
    }

    /// One of its parts, as Meta writes it.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
}

/// The body of `POST /me/messenger_profile` that sets what is to be there; none where nothing is to be set.
#[must_use]
pub fn set(changes: &[Change]) -> Option<Value> {
    let set: Map<String, Value> = changes
        .iter()
        .filter_map(|change| Some((change.name.to_owned(), change.after.clone()?)))
        .collect();
    (!set.is_empty()).then_some(Value::Object(set))
}

/// The body of `DELETE /me/messenger_profile` that takes away what is not to be there; none where there is no such thing.
#[must_use]
pub fn unset(changes: &[Change]) -> Option<Value> {
    let fields: Vec<&str> =
        changes.iter().filter(|change| change.after.is_none()).map(|change| change.name).collect();
    (!fields.is_empty()).then(|| json!({"fields": fields}))
}

/// A part of a profile as lines that people can read, and compare.
#[must_use]
pub fn lines(part: &Value) -> Vec<String> {
    let text = |value: &Value, name: &str| {
        value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let entry = |value: &Value| {
        let words = ["title", "question", "text"].map(|name| text(value, name)).concat();
        let sends = ["payload", "url"].map(|name| text(value, name)).concat();
        match (words.is_empty(), sends.is_empty()) {
            (true, true) => value.to_string(),
            (false, true) => words,
            (true, false) => format!("sends `{sends}`"),
            (false, false) => format!("{words} (sends `{sends}`)"),
        }
    };
    let of_locale = |value: &Value| {
        let locale = Some(text(value, "locale"))
            .filter(|locale| !matches!(locale.as_str(), "" | "default"))
            .map_or_else(String::new, |locale| format!("{locale}: "));
        let entries = value.get("call_to_actions").and_then(Value::as_array);
        let lines: Vec<String> = match entries {
            Some(entries) => entries.iter().map(entry).collect(),
            None => vec![entry(value)],
        };
        lines.into_iter().map(|line| format!("{locale}{line}")).collect::<Vec<_>>()
    };
    match part {
        Value::Array(parts) => parts.iter().flat_map(of_locale).collect(),
        part => of_locale(part),
    }
}

/// What is said before the first question; else the tree's title; else the question.
fn greeting(tree: &Tree, opening: &Reply<'_>) -> Option<String> {
    let text = |message: &Message<'_>| match message {
        Message::Text(text) => Some(links::written_out(text.trim())),
        Message::Image { .. } => None,
    };
    let said: Vec<String> = opening.messages.iter().filter_map(text).collect();
    let before = said.split_last().map(|(_, before)| before.join(" ")).unwrap_or_default();
    let choices = [before, tree.title().trim().to_owned(), said.join(" ")];
    let greeting = choices.into_iter().find(|text| !text.is_empty())?;
    split::parts(&greeting, MAX_GREETING, graphemes).into_iter().next()
}

/// The first answers of the first question, with the payloads that its buttons have.
fn ice_breakers(opening: &Reply<'_>) -> Vec<Value> {
    let choices = opening.choices.iter().take(MAX_ICE_BREAKERS);
    choices
        .map(|choice| {
            let question = split::shortened(choice.label.trim(), MAX_ICE_BREAKER, graphemes);
            json!({"question": question, "payload": choice.code.as_str()})
        })
        .collect()
}

/// Whether what is there is what is wanted, whatever Meta has added to it.
fn holds(there: &Value, wanted: &Value) -> bool {
    match (there, wanted) {
        (Value::Object(there), Value::Object(wanted)) => wanted.iter().all(|(name, wanted)| {
            // What is off is often left out.
            there.get(name).map_or(*wanted == Value::Bool(false), |there| holds(there, wanted))
        }),
        (Value::Array(there), Value::Array(wanted)) => {
            there.len() == wanted.len()
                && there.iter().zip(wanted).all(|(there, wanted)| holds(there, wanted))
        }
        (there, wanted) => there == wanted,
    }
}
