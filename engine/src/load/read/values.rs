//! Of what kind a value must be: texts, messages, pictures.

use crate::keys::{Keys, NOTE_KEY};
use crate::load::check::MESSENGER_TEXT;
use crate::load::draft::Spanned;
use crate::yaml::{Map, Text, Value, quoted};
use crate::{Code, Diagnostic, Edit, Message, Span};

use super::Reader;
use super::keys::Seen;
use super::links::{secure, with_https};

impl Reader<'_> {
    /// The messages of a `say`: a text, or a list of texts and pictures.
    pub(super) fn messages(&mut self, value: &Value<'_>) -> Vec<Message<'static>> {
        match value {
            Value::Text(text) => self.words(text, "`say` is empty; write what the bot says"),
            Value::List(list) if list.items.is_empty() => {
                self.problem(Code::EmptyText, list.span, "`say` is empty; write what the bot says");
                Vec::new()
            }
            Value::List(list) => {
                let mut messages = Vec::new();
                for item in &list.items {
                    match item {
                        Value::Text(text) => {
                            messages.extend(self.words(text, "this message is empty"))
                        }
                        Value::Map(map) => messages.extend(self.image(map)),
                        Value::List(list) => self.problem(
                            Code::WrongType,
                            list.span,
                            "a message is a text, or `image:` with an address",
                        ),
                    }
                }
                messages
            }
            Value::Map(map) => self.image(map).into_iter().collect(),
        }
    }

    fn image(&mut self, map: &Map<'_>) -> Option<Message<'static>> {
        let (mut address, mut alt) = (None, None);
        if !map.entries.iter().any(|entry| entry.key.value == "image") {
            self.not_a_text(map, "a message is a text, or `image:` with an address; a text with a colon in it needs quotes".to_owned());
            return None;
        }
        let mut seen = Seen::none_of(map);
        for entry in &map.entries {
            if !self.is_first(&mut seen, entry, "key") {
                continue;
            }
            match entry.key.value.as_ref() {
                "image" => address = self.text(&entry.value, "image"),
                "alt" => {
                    alt = Some(if let Value::Text(text) = &entry.value {
                        text.value.trim().to_owned()
                    } else {
                        self.text(&entry.value, "alt")?.text
                    })
                }
                key if key.starts_with(NOTE_KEY) => {}
                _ => {
                    self.unknown(map, &entry.key, &[Keys::Picture], |key| {
                        format!("unknown key `{key}`: a picture has `image` and `alt`")
                    });
                }
            }
        }
        let address = address?;
        if !address.text.starts_with("https://")
            || address.text.contains(char::is_whitespace)
            || address.text.len() <= "https://".len()
        {
            let message = format!(
                "`{}` is not an address of a picture; it begins with `https://`",
                address.text
            );
            let secure = secure(self.source, address.span, &address.text);
            self.say(Code::BadAddress, || {
                let diagnostic = Diagnostic::new(Code::BadAddress, address.span, message);
                with_https(diagnostic, secure)
            });
        }
        if alt.is_none() {
            let at = Span::new(address.span.end, address.span.end);
            let source = self.source;
            self.say(Code::MissingAlt, || {
                let message =
                    "this picture has no `alt`: say what it shows, for those who cannot see it";
                let diagnostic = Diagnostic::new(Code::MissingAlt, address.span, message);
                match alt_after(source, map) {
                    Some(text) => diagnostic.with_fix("add `alt`", vec![Edit { span: at, text }]),
                    None => diagnostic,
                }
            });
        }
        Some(Message::Image { address: address.text.into(), alt: alt.unwrap_or_default().into() })
    }

    /// One text of the bot's.
    pub(super) fn words(&mut self, text: &Text<'_>, when_empty: &str) -> Vec<Message<'static>> {
        if text.value.trim().is_empty() {
            let code = if text.plain { Code::MissingSay } else { Code::EmptyText };
            let rest = self.source.get(text.span.end..).unwrap_or_default();
            // Where a line has no note, its end may be far, and many texts missing on it.
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
            let note =
                rest.strip_prefix('#').filter(|_| text.plain).and_then(|rest| rest.lines().next());
            let note = note.filter(|note| !note.trim().is_empty());
            match note {
                Some(_) => self.problem(
                    code,
                    text.span,
                    "nothing is said here, as what follows `#` is a note of your own; if it is text, leave the `#` out, or put all of it in quotes",
                ),
                None => self.problem(code, text.span, when_empty),
            }
            return Vec::new();
        }
        self.links(text);
        vec![Message::new(text.value.trim_end().to_owned())]
    }

    /// A text that must not be empty.
    pub(super) fn text(&mut self, value: &Value<'_>, key: &str) -> Option<Spanned> {
        match value {
            Value::Text(text) if !text.value.trim().is_empty() => {
                Some(Spanned { text: text.value.trim().to_owned(), span: text.span })
            }
            Value::Text(text) => {
                self.problem(Code::EmptyText, text.span, format!("`{key}` is empty"));
                None
            }
            Value::List(list) => {
                let message = format!("`{key}` is one text, and this is a list; put it in quotes");
                self.problem(Code::WrongType, list.span, message);
                None
            }
            Value::Map(map) => {
                let message =
                    format!("`{key}` is one text; put it in quotes if it has a colon in it");
                self.not_a_text(map, message);
                None
            }
        }
    }

    /// `Note: this` where a text should be: YAML reads a map.
    fn not_a_text(&mut self, map: &Map<'_>, message: String) {
        let raw = self.source.get(map.span.start..map.span.end).unwrap_or_default();
        let is_words = map.entries.len() == 1
            && map.entries.iter().all(|entry| matches!(&entry.value, Value::Text(_)))
            && !raw.contains(['\n', '\r', '"', '\\'])
            && !raw.starts_with(['{', '\'', '&', '*', '!', '?'])
            && raw.contains(": ");
        self.say(Code::WrongType, || {
            let diagnostic = Diagnostic::new(Code::WrongType, map.span, message);
            if !is_words {
                return diagnostic;
            }
            let edit = Edit { span: map.span, text: quoted(raw) };
            diagnostic.with_fix("put it in quotes", vec![edit])
        });
    }

    /// A text or a list of texts.
    pub(super) fn texts(&mut self, value: &Value<'_>, key: &str) -> Vec<Spanned> {
        match value {
            Value::Text(text) => {
                self.list_in_a_text(text, key);
                self.text(value, key).into_iter().collect()
            }
            Value::List(list) => {
                list.items.iter().filter_map(|item| self.text(item, key)).collect()
            }
            Value::Map(map) => {
                self.problem(
                    Code::WrongType,
                    map.span,
                    format!(
                        "`{key}` is a text or a list of texts; put a text with a colon in quotes"
                    ),
                );
                Vec::new()
            }
        }
    }

    /// `also: town, city` is one text to YAML.
    fn list_in_a_text(&mut self, text: &Text<'_>, key: &str) {
        let raw = self.source.get(text.span.start..text.span.end).unwrap_or_default();
        let parts = || raw.split([',', ';']).map(str::trim);
        // What could not be read is told of.
        let is_broken = self.broken.iter().any(|broken| broken.start == text.span.start);
        if is_broken
            || !text.plain
            || key == "unclear"
            || parts().count() < 2
            || parts().any(str::is_empty)
        {
            return;
        }
        self.say(Code::ListInText, || {
            let message = format!(
                "this is one text for `{key}`; write a list in brackets, `[one, another]`, or put it in quotes if the `,` belongs to it"
            );
            let diagnostic = Diagnostic::new(Code::ListInText, text.span, message);
            if raw.contains(['[', ']', '{', '}', ':', '#', '\n', '\r']) {
                return diagnostic;
            }
            let list = parts().collect::<Vec<_>>().join(", ");
            let edit = Edit { span: text.span, text: format!("[{list}]") };
            diagnostic.with_fix("make it a list", vec![edit])
        });
    }

    /// Tells of a text that Messenger would split. (Those of a `say` are told of where their question is known.)
    pub(super) fn short(&mut self, text: &Spanned) {
        let length = text.text.encode_utf16().count();
        if length > MESSENGER_TEXT {
            let message = format!(
                "Messenger takes {MESSENGER_TEXT} characters in a message and this has {length}; there it is split"
            );
            self.problem(Code::MessengerLimit, text.span, message);
        }
    }

    pub(super) fn name(&mut self, value: &Value<'_>, when_wrong: &str) -> Option<Spanned> {
        match value {
            Value::Text(text) if !text.value.trim().is_empty() => {
                Some(Spanned { text: text.value.trim().to_owned(), span: text.span })
            }
            Value::Text(_) | Value::List(_) | Value::Map(_) => {
                self.problem(Code::WrongType, value.span(), when_wrong);
                None
            }
        }
    }

    pub(super) fn switch(&mut self, value: &Value<'_>) -> bool {
        match value {
            Value::Text(text) if text.value.as_ref() == "true" => true,
            Value::Text(text) if text.value.as_ref() == "false" => false,
            Value::Text(_) | Value::List(_) | Value::Map(_) => {
                let meant = match value {
                    Value::Text(text) => boolean(&text.value),
                    Value::List(_) | Value::Map(_) => None,
                };
                self.say(Code::WrongType, || {
                    let message = "`offer` is `true` or `false`";
                    let diagnostic = Diagnostic::new(Code::WrongType, value.span(), message);
                    let Some(meant) = meant else { return diagnostic };
                    let edit = Edit { span: value.span(), text: meant.to_owned() };
                    diagnostic.with_fix(format!("write `{meant}`"), vec![edit])
                });
                true
            }
        }
    }
}

/// What somebody means who writes another word for `true` or `false`.
pub(super) fn boolean(text: &str) -> Option<&'static str> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" | "y" => Some("true"),
        "false" | "no" | "off" | "n" => Some("false"),
        _ => None,
    }
}

/// The text that adds an `alt` after the address of a picture, in the way that the map is written.
fn alt_after(source: &str, map: &Map<'_>) -> Option<String> {
    if source.get(map.span.start..).is_some_and(|rest| rest.starts_with('{')) {
        return Some(", alt: \"\"".to_owned());
    }
    // In the column of the key before it. Between brackets there is no room for another.
    let key = map.entries.first()?.key.span.start;
    let near = source.floor_char_boundary(key.saturating_sub(MAX_COLUMN));
    let before = source.get(near..key)?;
    let line = match before.rsplit_once('\n') {
        Some((_, line)) => line,
        None if near == 0 => before,
        None => return None,
    };
    let is_block = line.bytes().all(|byte| matches!(byte, b' ' | b'-'));
    is_block.then(|| format!("\n{}alt: \"\"", " ".repeat(line.len())))
}

/// The column up to which a line is added to a block.
const MAX_COLUMN: usize = 200;
