//! Log lines: one JSON object each, made of words that this code chooses.
//!
//! No text that somebody typed, no id, no token and no body is ever in one. A person is the first
//! eight digits of a keyed hash.

use treebot::json::{write_number, write_text};

/// A line in the making: a JSON object that is not closed yet.
#[derive(Clone, Debug)]
pub struct Line(String);

/// What a line says under a name.
#[derive(Clone, Debug)]
pub enum Said<'a> {
    /// Nothing: then the name is left out.
    Nothing,
    /// A text.
    Text(&'a str),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Texts.
    Texts(Vec<&'a str>),
}

impl Line {
    /// A line about this.
    #[must_use]
    pub fn about(event: &str) -> Self {
        let mut line = String::with_capacity(160);
        line.push('{');
        Self(line).with("event", event)
    }

    /// Adds a value under a name, if there is one.
    #[must_use]
    pub fn with<'a>(mut self, name: &str, said: impl Into<Said<'a>>) -> Self {
        self.add(name, &said.into());
        self
    }

    /// Adds the person, as nobody would know them.
    #[must_use]
    pub fn person(self, pseudonym: &str) -> Self {
        self.with("person", pseudonym.get(..8).unwrap_or(pseudonym))
    }

    /// Adds lines, as a list.
    #[must_use]
    pub fn lines(mut self, name: &str, lines: &[String]) -> Self {
        if !lines.is_empty() {
            self.name(name);
            self.0.push('[');
            self.0.push_str(&lines.join(","));
            self.0.push(']');
        }
        self
    }

    /// The line as text.
    #[must_use]
    pub fn to_text(mut self) -> String {
        self.0.push('}');
        self.0
    }

    /// Names are ours and need no escapes.
    fn name(&mut self, name: &str) {
        self.0.push_str(if self.0.len() > 1 { ",\"" } else { "\"" });
        self.0.push_str(name);
        self.0.push_str("\":");
    }

    /// Not generic, so that it is compiled once.
    fn add(&mut self, name: &str, said: &Said<'_>) {
        if matches!(said, Said::Nothing) {
            return;
        }
        self.name(name);
        match said {
            Said::Nothing => {}
            Said::Text(text) => write_text(&mut self.0, text),
            Said::Number(number) => write_number(&mut self.0, *number),
            Said::Flag(flag) => self.0.push_str(if *flag { "true" } else { "false" }),
            Said::Texts(texts) => {
                let mut before = '[';
                for text in texts {
                    self.0.push(before);
                    write_text(&mut self.0, text);
                    before = ',';
                }
                self.0.push_str(if texts.is_empty() { "[]" } else { "]" });
            }
        }
    }
}

impl<'a> From<&'a str> for Said<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Said<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Said<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u16> for Said<'_> {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Said<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<'a> From<Vec<&'a str>> for Said<'a> {
    fn from(texts: Vec<&'a str>) -> Self {
        Self::Texts(texts)
    }
}

impl<'a, T: Into<Self>> From<Option<T>> for Said<'a> {
    fn from(said: Option<T>) -> Self {
        said.map_or(Self::Nothing, Into::into)
    }
}
