//! What a page draws: plain values, made from the engine's.

#[cfg(feature = "studio")]
use serde::Serialize;
use treebot::json::write_number;
use treebot::{Choice, Event, Message, Recorded, Reply, Tree};
use tsify::Tsify;

use crate::archive::Keeping;
use crate::json::{name, object};
use crate::links::{Piece, pieces, plain};

/// Everything that a page shows of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
#[cfg_attr(feature = "studio", serde(rename_all = "camelCase"))]
pub struct View {
    /// Whether there is a tree at all; without one everything else is empty.
    pub ready: bool,
    /// Whether the source has errors now, and an earlier tree goes on.
    pub stale: bool,
    /// The tree's title; may be empty.
    pub title: String,
    /// What the author says about the tree.
    pub about: Vec<Piece>,
    /// The language of the tree's words.
    pub lang: String,
    /// What was said, oldest first.
    pub transcript: Vec<Entry>,
    /// What sort of reply waits.
    #[tsify(type = "\"question\" | \"end\" | \"unclear\" | \"did-you-mean\" | \"info\"")]
    pub kind: &'static str,
    /// The words that the choices answer.
    pub question: String,
    /// What can be pressed, in the order of their numbers.
    pub choices: Vec<Label>,
    /// Whether there is an answer to take back.
    pub can_go_back: bool,
    /// Whether there is anything to undo or to delete: somebody has answered something.
    pub begun: bool,
    /// "Back", in the tree's language.
    pub back: String,
    /// "Start again", in the tree's language.
    pub start_again: String,
    /// How the conversation is kept.
    pub keeping: Keeping,
    /// What happened other than by a turn.
    pub news: News,
    /// The newest reply as one text, for those who listen.
    pub spoken: String,
    /// How many turns there were. A page that sees it change has something to announce.
    pub turns: u32,
}

/// What happened to a conversation other than by a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
#[cfg_attr(feature = "studio", serde(rename_all = "kebab-case"))]
pub enum News {
    /// Nothing.
    None,
    /// It was deleted, as the visitor asked.
    Deleted,
    /// It went on in another tab.
    MovedElsewhere,
    /// It was deleted in another tab.
    DeletedElsewhere,
}

/// One side's part of a turn.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct Entry {
    /// What tells it from all others.
    pub id: String,
    /// Who said it.
    pub sender: Sender,
    /// A sentence about the turn itself, shown before the messages.
    #[tsify(optional)]
    #[cfg_attr(feature = "studio", serde(skip_serializing_if = "Option::is_none"))]
    pub note: Option<String>,
    /// What was said.
    pub messages: Vec<Said>,
}

/// Who said something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
#[cfg_attr(feature = "studio", serde(rename_all = "lowercase"))]
pub enum Sender {
    /// The tree.
    Bot,
    /// The visitor.
    You,
}

/// One thing said: text, or a picture.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct Said {
    /// The text; empty for a picture.
    pub pieces: Vec<Piece>,
    /// The picture, if it is one.
    #[tsify(optional)]
    #[cfg_attr(feature = "studio", serde(skip_serializing_if = "Option::is_none"))]
    pub picture: Option<Picture>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct Picture {
    /// Its `https:` address.
    pub address: String,
    /// What it shows; may be empty.
    pub alt: String,
}

/// A choice, with what to send back when it is pressed.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct Label {
    /// What is shown.
    pub label: String,
    /// Its place code.
    pub code: String,
}

object! {
    View {
        ready: "ready",
        stale: "stale",
        title: "title",
        about: "about",
        lang: "lang",
        transcript: "transcript",
        kind: "kind",
        question: "question",
        choices: "choices",
        can_go_back: "canGoBack",
        begun: "begun",
        back: "back",
        start_again: "startAgain",
        keeping: "keeping",
        news: "news",
        spoken: "spoken",
        turns: "turns",
    }
}

name! {
    News {
        Self::None => "none",
        Self::Deleted => "deleted",
        Self::MovedElsewhere => "moved-elsewhere",
        Self::DeletedElsewhere => "deleted-elsewhere",
    }
}

object! { Entry { id: "id", sender: "sender", note: "note", messages: "messages" } }

name! { Sender { Self::Bot => "bot", Self::You => "you" } }

object! { Said { pieces: "pieces", picture: "picture" } }

object! { Picture { address: "address", alt: "alt" } }

object! { Label { label: "label", code: "code" } }

impl From<&Choice<'_>> for Label {
    fn from(choice: &Choice<'_>) -> Self {
        Self { label: choice.label.to_string(), code: choice.code.as_str().to_owned() }
    }
}

impl From<&Message<'_>> for Said {
    fn from(message: &Message<'_>) -> Self {
        match message {
            Message::Text(text) => Self { pieces: pieces(text), picture: None },
            Message::Image { address, alt } => {
                let picture = Picture { address: address.to_string(), alt: alt.to_string() };
                Self { pieces: Vec::new(), picture: Some(picture) }
            }
        }
    }
}

impl Entry {
    /// Something the bot says.
    pub(crate) fn bot(id: String, messages: &[Message], note: Option<String>) -> Self {
        Self { id, sender: Sender::Bot, note, messages: messages.iter().map(Said::from).collect() }
    }

    /// Something the visitor says. Their words are never read as links.
    pub(crate) fn you(id: String, words: &str) -> Self {
        let pieces = vec![Piece { text: words.to_owned(), link: None }];
        Self { id, sender: Sender::You, note: None, messages: vec![Said { pieces, picture: None }] }
    }
}

/// What the two parts of a turn are called: what came in, and what was said.
pub(crate) fn entry_ids(event: &Event) -> (String, String) {
    let mut id = String::new();
    write_number(&mut id, event.at.0);
    id.push('-');
    id.push_str(&event.id);
    (id.clone() + "-you", id + "-bot")
}

/// What the newest question is called where it is asked anew.
pub(crate) const NOW: &str = "now";

/// The two parts of a turn: what came in, where there is something to show of it, and what was said.
pub(crate) fn entries(tree: &Tree, event: &Event) -> Vec<Entry> {
    let (yours, bots) = entry_ids(event);
    let words = match &event.input {
        Recorded::Text(words) | Recorded::Tap(words) => Some(words.clone()),
        Recorded::Back => Some(tree.back_label().to_owned()),
        Recorded::Restart => Some(tree.start_again().label.into_owned()),
        Recorded::Help => Some("Help".to_owned()),
        Recorded::Forget => Some("Delete my data".to_owned()),
        Recorded::Start | Recorded::Unsupported | Recorded::Host(_) => None,
    };
    let mut entries = Vec::new();
    if let Some(words) = words.filter(|words| !words.is_empty()) {
        entries.push(Entry::you(yours, &words));
    }
    if !event.said.is_empty() {
        entries.push(Entry::bot(bots, &event.said, None));
    }
    entries
}

/// A reply as one text, as it is read out: the note, the messages, then the choices.
pub(crate) fn spoken(reply: &Reply) -> String {
    let mut spoken = String::new();
    if let Some(note) = &reply.note {
        spoken.push_str(&note.text);
        spoken.push(' ');
    }
    for message in &reply.messages {
        spoken.push_str(&plain(message.text()));
        spoken.push(' ');
    }
    let mut before = "Options: ";
    for choice in &reply.choices {
        spoken.push_str(std::mem::replace(&mut before, ", "));
        spoken.push_str(&choice.label);
    }
    if reply.choices.is_empty() {
        spoken.pop();
    } else {
        spoken.push('.');
    }
    spoken
}

/// The words that a reply's choices answer: the last that was said.
pub(crate) fn question(reply: &Reply) -> String {
    reply.messages.last().map(|message| plain(message.text())).unwrap_or_default()
}
