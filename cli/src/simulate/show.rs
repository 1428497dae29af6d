//! What is sent and delivered, as text for a terminal.

use std::io::{self, Write};

use serde_json::{Value, json};

use treebot_messenger::profile::Profile;

use crate::http::printable;

/// Something that the bot has offered: it can be pressed for ever.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Button {
    title: String,
    /// What the title stands for, where answers are numbered.
    label: Option<String>,
    payload: String,
    /// Whether it is a quick reply; else it is a button that stays.
    is_quick: bool,
}

impl Button {
    /// What a person's app delivers when it is pressed.
    pub(super) fn press(&self, mid: &str) -> Value {
        let Self { title, payload, is_quick, .. } = self;
        if *is_quick {
            json!({"message": {"mid": mid, "text": title, "quick_reply": {"payload": payload}}})
        } else {
            json!({"postback": {"mid": mid, "title": title, "payload": payload}})
        }
    }

    /// Whether it says so, or stands for an answer that does.
    pub(super) fn is_called(&self, words: &str) -> bool {
        let wanted = words.to_lowercase();
        let label = self.label.as_ref().unwrap_or(&self.title);
        self.title.to_lowercase() == wanted || label.to_lowercase() == wanted
    }

    /// What it says.
    pub(super) fn words(&self) -> String {
        match &self.label {
            Some(label) => format!("{} ({})", printable(&self.title), printable(label)),
            None => printable(&self.title),
        }
    }
}

/// Writes a message, and puts what can be pressed under it with the other buttons.
pub(super) fn message(
    out: &mut impl Write,
    from: &str,
    message: &Value,
    buttons: &mut Vec<Button>,
) -> io::Result<()> {
    let text = |pointer: &str| message.pointer(pointer).and_then(Value::as_str);
    let said = text("/text").or_else(|| text("/attachment/payload/text")).unwrap_or_default();
    if let Some(address) = text("/attachment/payload/url") {
        writeln!(out, "{from}: [picture: {}]", printable(address))?;
    }
    for (at, line) in said.lines().enumerate() {
        let before =
            if at == 0 { format!("{from}:") } else { " ".repeat(from.chars().count() + 1) };
        writeln!(out, "{}", format!("{before} {}", printable(line)).trim_end())?;
    }
    let list = |pointer: &str| message.pointer(pointer).and_then(Value::as_array);
    let presses = [(list("/quick_replies"), true), (list("/attachment/payload/buttons"), false)];
    for (press, is_quick) in presses
        .into_iter()
        .flat_map(|(list, is_quick)| list.into_iter().flatten().map(move |press| (press, is_quick)))
    {
        let part =
            |name: &str| press.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let title = part("title");
        let label = listed(said, &title);
        let button = Button { title, label, payload: part("payload"), is_quick };
        writeln!(out, "     [{}] {}", buttons.len() + 1, button.words())?;
        buttons.push(button);
    }
    Ok(())
}

/// Writes what a page shows before anything is said, and puts what can be pressed with the other buttons.
pub(super) fn page(
    out: &mut impl Write,
    profile: &Profile,
    buttons: &mut Vec<Button>,
) -> io::Result<()> {
    let text = |value: &Value, name: &str| {
        value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let of_default = |part: &str| profile.part(part).and_then(|locales| locales.get(0)).cloned();
    if let Some(greeting) = of_default("greeting") {
        writeln!(out, "greeting: {}", printable(&text(&greeting, "text")))?;
    }
    for (heading, part, title) in
        [("first answers", "ice_breakers", "question"), ("menu", "persistent_menu", "title")]
    {
        let Some(part) = of_default(part) else { continue };
        writeln!(out, "{heading}:")?;
        let entries = part.get("call_to_actions").and_then(Value::as_array);
        for entry in entries.into_iter().flatten() {
            let (title, payload) = (text(entry, title), text(entry, "payload"));
            let button = Button { title, label: None, payload, is_quick: false };
            writeln!(out, "     [{}] {}", buttons.len() + 1, button.words())?;
            buttons.push(button);
        }
    }
    Ok(())
}

/// The answer of a numbered list in a text that a button with a number stands for.
fn listed(said: &str, title: &str) -> Option<String> {
    title.parse::<usize>().ok()?;
    let line = said.lines().find_map(|line| line.strip_prefix(title)?.strip_prefix(". "));
    line.map(str::to_owned)
}

/// What a delivery brings, in words.
pub(super) fn items(body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let items = body.pointer("/entry/0/messaging").and_then(Value::as_array);
    let item = |item: &Value| {
        let text = |pointer: &str| item.pointer(pointer).and_then(Value::as_str);
        let there = |pointer: &str| item.pointer(pointer).is_some();
        if there("/take_thread_control") {
            return "a human took the conversation".to_owned();
        }
        if there("/pass_thread_control") {
            return "a human gave the conversation back".to_owned();
        }
        if let (true, Some(words)) = (there("/message/is_echo"), text("/message/text")) {
            return format!("a human wrote `{}`", printable(words));
        }
        if there("/message/sticker_id") {
            return "sent a thumbs-up".to_owned();
        }
        match (text("/message/text"), text("/postback/title"), text("/referral/ref")) {
            (Some(words), _, _) if item.pointer("/message/quick_reply").is_some() => {
                format!("pressed `{}`", printable(words))
            }
            (Some(words), _, _) => format!("typed `{}`", printable(words)),
            (None, Some(title), _) => format!("pressed `{}`", printable(title)),
            (None, None, Some(name)) => format!("came by the link `{}`", printable(name)),
            (None, None, None) => "sent a picture".to_owned(),
        }
    };
    items.into_iter().flatten().map(item).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &Value) -> (String, Vec<Button>) {
        let (mut out, mut buttons) = (Vec::new(), Vec::new());
        assert!(message(&mut out, "bot", value, &mut buttons).is_ok());
        (String::from_utf8(out).unwrap_or_default(), buttons)
    }

    #[test]
    fn a_message_is_shown_with_what_can_be_pressed() {
        let quick = json!({"text": "Which?\n\n1. tea\n2. coffee", "quick_replies": [
            {"content_type": "text", "title": "1", "payload": "p1"},
            {"content_type": "text", "title": "2", "payload": "p2"},
        ]});
        let (text, buttons) = shown(&quick);
        assert_eq!(
            text,
            "bot: Which?\n\n     1. tea\n     2. coffee\n     [1] 1 (tea)\n     [2] 2 (coffee)\n"
        );
        let [_, coffee] = &buttons[..] else { return assert_eq!(buttons.len(), 2) };
        assert!(coffee.is_called("Coffee") && coffee.is_called("2") && !coffee.is_called("tea"));
        assert_eq!(
            coffee.press("m"),
            json!({"message": {"mid": "m", "text": "2", "quick_reply": {"payload": "p2"}}})
        );
    }

    #[test]
    fn buttons_that_stay_are_pressed_as_such() {
        let template = json!({"attachment": {"type": "template", "payload": {
            "template_type": "button",
            "text": "Sure?\u{1b}[2J",
            "buttons": [{"type": "postback", "title": "yes", "payload": "p"}],
        }}});
        let (text, buttons) = shown(&template);
        assert_eq!(text, "bot: Sure?\u{fffd}[2J\n     [1] yes\n");
        let press = buttons.first().map(|button| button.press("m"));
        assert_eq!(press, Some(json!({"postback": {"mid": "m", "title": "yes", "payload": "p"}})));
    }
}
