//! What a page draws: plain values, made from the engine's.

#[cfg(feature = "studio")]
use serde::Serialize;
use treebot::json::write_number;
use treebot::{Choice, Event, Message, Recorded, Reply, Tree};
use tsify::Tsify;

use crate::answers::{ChangeView, Given, Report};
use crate::archive::Keeping;
use crate::json::{name, object};
use crate::links::{Piece, pieces, plain};
use crate::result::{ResultCard, result};

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
    /// Which way that language is written: `ltr` or `rtl`.
    #[tsify(type = "\"ltr\" | \"rtl\"")]
    pub dir: &'static str,
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
    /// Whether there is something to undo.
    pub can_undo: bool,
    /// Whether there is anything to delete: somebody has answered something.
    pub begun: bool,
    /// The answers that lead to where the conversation stands.
    pub answers: Vec<Given>,
    /// The answer that is being changed, if one is.
    #[tsify(optional)]
    #[cfg_attr(feature = "studio", serde(skip_serializing_if = "Option::is_none"))]
    pub changing: Option<ChangeView>,
    /// The code of where the conversation stands, for a link that leads there.
    pub place: String,
    /// "Back", in the tree's language.
    pub back: String,
    /// "Start again", in the tree's language.
    pub start_again: String,
    /// How the conversation is kept.
    pub keeping: Keeping,
    /// What happened other than by a plain turn.
    pub news: News,
    /// What became of the answers, where the news is about them.
    #[tsify(optional)]
    #[cfg_attr(feature = "studio", serde(skip_serializing_if = "Option::is_none"))]
    pub report: Option<Report>,
    /// The newest reply as one text, for those who listen.
    pub spoken: String,
    /// How many turns there were, those included that are not kept any more. A page that sees it change has something
    /// to announce.
    pub turns: u32,
}

/// What happened to a conversation other than by a plain turn.
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
    /// It was started again.
    Restarted,
    /// An earlier answer was changed: see the report.
    Changed,
    /// The last action was undone.
    Undone,
    /// The tree was edited since, and not all answers stand: see the report.
    Updated,
    /// The tree was edited since, and the end where the answers lead says something else.
    Reworded,
    /// A link has led here.
    Followed,
    /// A link leads nowhere: it is damaged.
    LinkBroken,
    /// A link is of a newer version of the page.
    LinkNewer,
    /// A link is another tree's.
    LinkElsewhere,
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
    /// The number of the answer that was given, from 0, if it still stands.
    #[tsify(optional)]
    #[cfg_attr(feature = "studio", serde(skip_serializing_if = "Option::is_none"))]
    pub step: Option<u32>,
    /// The same as a result, where the conversation came to an end.
    #[tsify(optional)]
    #[cfg_attr(feature = "studio", serde(skip_serializing_if = "Option::is_none"))]
    pub result: Option<ResultCard>,
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
        dir: "dir",
        transcript: "transcript",
        kind: "kind",
        question: "question",
        choices: "choices",
        can_go_back: "canGoBack",
        can_undo: "canUndo",
        begun: "begun",
        answers: "answers",
        changing: "changing",
        place: "place",
        back: "back",
        start_again: "startAgain",
        keeping: "keeping",
        news: "news",
        report: "report",
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
        Self::Restarted => "restarted",
        Self::Changed => "changed",
        Self::Undone => "undone",
        Self::Updated => "updated",
        Self::Reworded => "reworded",
        Self::Followed => "followed",
        Self::LinkBroken => "link-broken",
        Self::LinkNewer => "link-newer",
        Self::LinkElsewhere => "link-elsewhere",
    }
}

object! {
    Entry {
        id: "id",
        sender: "sender",
        note: "note",
        messages: "messages",
        step: "step",
        result: "result",
    }
}

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

/// Messages, as they are drawn.
pub(crate) fn said(messages: &[Message]) -> Vec<Said> {
    messages.iter().map(Said::from).collect()
}

impl Entry {
    /// Something the bot says.
    pub(crate) fn bot(id: String, messages: &[Message], note: Option<String>) -> Self {
        Self { id, sender: Sender::Bot, note, messages: said(messages), step: None, result: None }
    }

    /// Says of its result, if it is one, that it holds.
    pub(crate) fn hold(&mut self) {
        if let Some(result) = &mut self.result {
            result.holds = true;
        }
    }

    /// Something the visitor says. Their words are never read as links.
    pub(crate) fn you(id: String, words: &str) -> Self {
        let pieces = vec![Piece { text: words.to_owned(), link: None }];
        let messages = vec![Said { pieces, picture: None }];
        Self { id, sender: Sender::You, note: None, messages, step: None, result: None }
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
        let mut entry = Entry::bot(bots, &event.said, None);
        entry.result = came_to_an_end(event).then(|| result(&entry.messages)).flatten();
        entries.push(entry);
    }
    entries
}

/// Whether a turn has led to an end, rather than said something there.
pub(crate) fn came_to_an_end(event: &Event) -> bool {
    event.place.is_some() && event.asked.is_none() && led_on(event)
}

/// Whether a turn has led somewhere.
pub(crate) fn led_on(event: &Event) -> bool {
    match &event.input {
        Recorded::Tap(_) | Recorded::Start => true,
        Recorded::Text(_) => event.matched.as_ref().is_some_and(|matched| matched.answer.is_some()),
        Recorded::Back
        | Recorded::Restart
        | Recorded::Help
        | Recorded::Forget
        | Recorded::Unsupported
        | Recorded::Host(_) => false,
    }
}

/// Which way a language is written.
pub(crate) fn dir(lang: &str) -> &'static str {
    let primary = lang.split('-').next().unwrap_or_default();
    if RIGHT_TO_LEFT.iter().any(|other| other.eq_ignore_ascii_case(primary)) {
        "rtl"
    } else {
        "ltr"
    }
}

/// The languages that are written from right to left, as far as people write to bots in them.
const RIGHT_TO_LEFT: [&str; 11] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

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
