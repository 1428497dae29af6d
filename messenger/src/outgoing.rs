//! Replies out: what the engine says, as bodies for the Send API, within Messenger's limits.
//!
//! | answers | they are shown as |
//! |---|---|
//! | 1 to 3 that fit on buttons, under a short text | buttons, which stay in the conversation |
//! | up to 13 that fit on quick replies | quick replies |
//! | up to 13, some longer | a numbered list, and quick replies with the numbers |
//! | more | pages of 12, and "More…" |
//! | yes or no to "Shall I delete everything?" | quick replies: a button that deletes must not stay |
//!
//! Every button carries the place code of its answer, so it means the same for ever. Text that is
//! too long goes out in parts, and the answers with the last one. Lengths are counted in UTF-16
//! units: Meta does not say what it counts, and these are never fewer than characters.

pub(crate) mod links;
pub(crate) mod split;

use treebot::json::{write_number, write_text};
use treebot::{Choice, Message, Pending, Reply, ReplyKind};

use crate::incoming::{FORGET_NO, FORGET_YES, more};

pub use links::written_out;
pub use split::Graphemes;
#[cfg(feature = "graphemes")]
pub use split::graphemes;

/// The longest text of a message. (Graph: "Length of param `message[text]` must be less than or
/// equal to 2000")
pub const MAX_TEXT: usize = 2000;
/// The most quick replies under a message. (Quick Replies reference)
pub const MAX_QUICK_REPLIES: usize = 13;
/// The most buttons of a button template. (Button template reference)
pub const MAX_BUTTONS: usize = 3;
/// The longest text of a button template. (Button template reference)
pub const MAX_BUTTON_TEXT: usize = 640;
/// The longest title of a quick reply or button. (Quick Replies reference, Button template reference)
pub const MAX_TITLE: usize = 20;
/// The longest payload of a quick reply or button. (Quick Replies reference, Button template reference)
pub const MAX_PAYLOAD: usize = 1000;
/// The most messages for one reply. Own: each is a call, and a delivery has to be done in seconds.
pub const MAX_MESSAGES: usize = 10;
/// How many answers a page of a long list shows: one quick reply is left for "More…".
pub const PAGE: usize = MAX_QUICK_REPLIES - 1;
/// The longest label in a numbered list. Own: so that 13 of them fit one text.
const MAX_LISTED: usize = 140;

/// What a reply is dressed with.
#[derive(Clone, Copy, Debug)]
pub struct Dress<'a> {
    /// The person it goes to, by their id on the page.
    pub person: &'a str,
    /// The code of the place where the conversation stands now, for "More…".
    pub place: &'a str,
    /// Of a long list of answers, the first one to be shown.
    pub from: usize,
    /// What "More…" is called.
    pub more: &'a str,
    /// "Yes" and "No", for the question whether everything is to be deleted.
    pub yes_or_no: [&'a str; 2],
    /// "Start again", for ends.
    pub start_again: &'a Choice<'a>,
    /// Comes back with the echo of each message, and says what it answers; the number of the message is added.
    pub metadata: Option<&'a str>,
    /// Where a text may be cut when nothing else is left.
    pub graphemes: Graphemes,
}

/// The bodies to be sent, in this order and one after the other.
#[must_use]
pub fn render(reply: &Reply, dress: &Dress<'_>) -> Vec<String> {
    let offer = Offer::of(reply, dress);
    let mut bubbles = bubbles(reply);
    let last = match bubbles.pop() {
        Some(Bubble::Text(last)) => offer.under(&last),
        Some(Bubble::Image(address)) => offer.under_image(address),
        None => offer.under(""),
    };
    let mut parts: Vec<Part> = Vec::with_capacity(bubbles.len() + last.len());
    for bubble in bubbles {
        match bubble {
            Bubble::Text(text) => {
                let texts = split::parts(&text, MAX_TEXT, dress.graphemes);
                parts.extend(texts.into_iter().map(Part::Text));
            }
            Bubble::Image(address) => parts.push(Part::Image(address)),
        }
    }
    parts.extend(last);
    bound(&mut parts);
    bodies(&parts, &offer.presses, dress)
}

/// The same words without anything to press: for when Meta refuses what [`render`] made.
#[must_use]
pub fn render_plain(reply: &Reply, dress: &Dress<'_>) -> Vec<String> {
    let mut text: Vec<String> = bubbles(reply)
        .into_iter()
        .map(|bubble| match bubble {
            Bubble::Text(text) => text,
            Bubble::Image(address) => address,
        })
        .collect();
    let listed: Vec<(usize, &Choice)> = reply.choices.iter().enumerate().collect();
    text.extend((!listed.is_empty()).then(|| numbered(&listed, dress.graphemes)));
    let texts = split::parts(&text.join("\n\n"), MAX_TEXT, dress.graphemes);
    let mut parts: Vec<Part> = texts.into_iter().map(Part::Text).collect();
    bound(&mut parts);
    bodies(&parts, &[], dress)
}

/// Shows the person that something is being written. Nothing depends on it.
#[must_use]
pub fn typing(person: &str) -> String {
    let mut body = String::with_capacity(80);
    body.push_str("{\"recipient\":{\"id\":");
    write_text(&mut body, person);
    body.push_str("},\"sender_action\":\"typing_on\"}");
    body
}

/// How long Messenger takes a text to be.
#[must_use]
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// One message before the answers are put under the last.
enum Bubble {
    Text(String),
    Image(String),
}

/// What is said, one bubble a message. The bot's own words (that it did not understand, help) share
/// one with the question that they lead to, and so does the sentence about the turn.
fn bubbles(reply: &Reply) -> Vec<Bubble> {
    let together = match reply.kind {
        ReplyKind::Question | ReplyKind::End => false,
        ReplyKind::Unclear | ReplyKind::DidYouMean | ReplyKind::Info => true,
    };
    let note = reply.note.iter().map(|note| (true, Message::Text(note.text.clone())));
    let messages = reply.messages.iter().map(|message| (together, message.clone()));
    let mut bubbles: Vec<Bubble> = Vec::new();
    let mut open = false;
    for (leads_on, message) in note.chain(messages) {
        match message {
            Message::Text(text) if text.trim().is_empty() => continue,
            Message::Text(text) => {
                let text = links::written_out(text.trim());
                match bubbles.last_mut() {
                    Some(Bubble::Text(before)) if open => {
                        before.push_str("\n\n");
                        before.push_str(&text);
                    }
                    Some(_) | None => bubbles.push(Bubble::Text(text)),
                }
            }
            Message::Image { address, .. } => bubbles.push(Bubble::Image(address.into_owned())),
        }
        open = leads_on;
    }
    bubbles
}

/// One message, but for what hangs under the last.
enum Part {
    Text(String),
    Image(String),
    /// A text with all there is to press on it, to stay.
    Buttons(String),
}

/// What can be pressed: its title, and the payload.
type Press = (String, String);

/// The answers as they will be shown.
struct Offer {
    presses: Vec<Press>,
    /// The answers written out with their numbers, where some are too long to be pressed.
    list: Option<String>,
    /// Whether they are to stay in the conversation, as buttons, under a text that allows it.
    stay: bool,
    graphemes: Graphemes,
}

impl Offer {
    fn of(reply: &Reply, dress: &Dress<'_>) -> Self {
        if reply.pending == Pending::Forget {
            let press = |label, payload: &str| {
                (split::shortened(label, MAX_TITLE, dress.graphemes), payload.to_owned())
            };
            let [yes, no] = dress.yes_or_no;
            let presses = vec![press(yes, FORGET_YES), press(no, FORGET_NO)];
            return Self { presses, list: None, stay: false, graphemes: dress.graphemes };
        }
        if reply.kind == ReplyKind::End && reply.choices.is_empty() {
            let Choice { label, code } = dress.start_again;
            let press =
                (split::shortened(label, MAX_TITLE, dress.graphemes), code.as_str().to_owned());
            let graphemes = dress.graphemes;
            return Self { presses: vec![press], list: None, stay: false, graphemes };
        }
        let all = &reply.choices;
        let from = if dress.from < all.len() { dress.from } else { 0 };
        let left = all.len() - from;
        let shown = if left > MAX_QUICK_REPLIES { PAGE } else { left };
        let page: Vec<(usize, &Choice)> = all.iter().enumerate().skip(from).take(shown).collect();
        // One label that is too long numbers all pages: numbers are those of the whole list.
        let numbers = all.iter().any(|choice| length(choice.label.trim()) > MAX_TITLE);
        let mut presses: Vec<Press> = page
            .iter()
            .map(|(at, choice)| {
                let title =
                    if numbers { (at + 1).to_string() } else { choice.label.trim().to_owned() };
                (title, choice.code.as_str().to_owned())
            })
            .collect();
        let rest = (shown < left).then(|| {
            (
                split::shortened(dress.more, MAX_TITLE, dress.graphemes),
                more(dress.place, from + shown),
            )
        });
        presses.extend(rest);
        let list = numbers.then(|| numbered(&page, dress.graphemes));
        let stay = (1..=MAX_BUTTONS).contains(&presses.len()) && !numbers;
        Self { presses, list, stay, graphemes: dress.graphemes }
    }

    /// The last text of a reply, and the answers.
    fn under(&self, text: &str) -> Vec<Part> {
        if self.stay && length(text) <= MAX_BUTTON_TEXT {
            let text = if text.is_empty() { NO_WORDS } else { text };
            return vec![Part::Buttons(text.to_owned())];
        }
        let mut parts = split::parts(text, MAX_TEXT, self.graphemes);
        match (&self.list, parts.last_mut()) {
            (Some(list), Some(last)) if length(last) + length(list) + 2 <= MAX_TEXT => {
                last.push_str("\n\n");
                last.push_str(list);
            }
            (Some(list), _) => parts.extend(split::parts(list, MAX_TEXT, self.graphemes)),
            (None, Some(_)) => {}
            (None, None) => parts.push(NO_WORDS.to_owned()),
        }
        parts.into_iter().map(Part::Text).collect()
    }

    /// A picture that nothing is said after, and the answers.
    fn under_image(&self, address: String) -> Vec<Part> {
        let list = self.list.iter().flat_map(|list| split::parts(list, MAX_TEXT, self.graphemes));
        [Part::Image(address)].into_iter().chain(list.map(Part::Text)).collect()
    }
}

/// What is said where there are answers and no words at all, or where words are left out.
const NO_WORDS: &str = "…";

fn numbered(page: &[(usize, &Choice)], graphemes: Graphemes) -> String {
    let line = |(at, choice): &(usize, &Choice)| {
        let label: Vec<&str> = choice.label.split_whitespace().collect();
        format!("{}. {}", at + 1, split::shortened(&label.join(" "), MAX_LISTED, graphemes))
    };
    page.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Makes of too many messages no more than may be sent: short texts share one. Of what is too long all the same the middle
/// is left out and said to be, never the end: the answers are there.
fn bound(parts: &mut Vec<Part>) {
    let mut too_many = parts.len().saturating_sub(MAX_MESSAGES);
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts.drain(..) {
        match (joined.last_mut(), &part) {
            (Some(Part::Text(before)), Part::Text(text))
                if too_many > 0 && length(before) + length(text) + 2 <= MAX_TEXT =>
            {
                before.push_str("\n\n");
                before.push_str(text);
                too_many -= 1;
            }
            _ => joined.push(part),
        }
    }
    if too_many > 0 {
        let gap = MAX_MESSAGES - 2..joined.len() - 1;
        joined.splice(gap, [Part::Text(NO_WORDS.to_owned())]);
    }
    *parts = joined;
}

/// Messages with everything around them; what can be pressed is under the last.
fn bodies(parts: &[Part], presses: &[Press], dress: &Dress<'_>) -> Vec<String> {
    let mut bodies = Vec::with_capacity(parts.len());
    for (number, part) in parts.iter().enumerate() {
        let presses = if number + 1 == parts.len() { presses } else { &[] };
        let mut body = String::with_capacity(512);
        body.push_str("{\"recipient\":{\"id\":");
        write_text(&mut body, dress.person);
        body.push_str("},\"messaging_type\":\"RESPONSE\",\"message\":{");
        write_message(&mut body, part, presses);
        if let Some(metadata) = dress.metadata {
            body.push_str(",\"metadata\":");
            write_text(&mut body, metadata);
            // Within the quotes: a number needs no escape.
            body.pop();
            body.push(':');
            write_number(&mut body, i64::try_from(number).unwrap_or_default());
            body.push('"');
        }
        body.push_str("}}");
        bodies.push(body);
    }
    bodies
}

/// The fields of a message. (Send API reference)
fn write_message(body: &mut String, part: &Part, presses: &[Press]) {
    match part {
        Part::Text(text) => {
            body.push_str("\"text\":");
            write_text(body, text);
        }
        Part::Image(address) => {
            body.push_str("\"attachment\":{\"type\":\"image\",\"payload\":{\"url\":");
            write_text(body, address);
            body.push_str(",\"is_reusable\":true}}");
        }
        Part::Buttons(text) => {
            body.push_str("\"attachment\":{\"type\":\"template\",\"payload\":{\"template_type\":\"button\",\"text\":");
            write_text(body, text);
            body.push_str(",\"buttons\":");
            write_presses(body, presses, "{\"type\":\"postback\",\"title\":");
            body.push_str("}}");
            return;
        }
    }
    if !presses.is_empty() {
        body.push_str(",\"quick_replies\":");
        write_presses(body, presses, "{\"content_type\":\"text\",\"title\":");
    }
}

/// A list of what can be pressed, each beginning in this way.
fn write_presses(body: &mut String, presses: &[Press], beginning: &str) {
    let mut before = '[';
    for (title, payload) in presses {
        body.push(before);
        body.push_str(beginning);
        write_text(body, title);
        body.push_str(",\"payload\":");
        write_text(body, payload);
        body.push('}');
        before = ',';
    }
    body.push(']');
}
