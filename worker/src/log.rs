//! Log lines: one JSON object each, made of words that this code chooses.
//!
//! No text that somebody typed, no id, no token and no body is ever in one. A person is the first
//! eight digits of a keyed hash.

use serde_json::Value;

/// A line in the making: a JSON object that is not closed yet.
#[derive(Clone, Debug)]
pub struct Line(String);

impl Line {
    /// A line about this.
    #[must_use]
    pub fn about(event: &str) -> Self {
        Self("{".to_owned()).add("event", &event.into())
    }

    /// Adds a value under a name, if there is one.
    #[must_use]
    pub fn with(self, name: &str, value: impl Into<Value>) -> Self {
        self.add(name, &value.into())
    }

    /// Adds the person, as nobody would know them.
    #[must_use]
    pub fn person(self, pseudonym: &str) -> Self {
        self.with("person", pseudonym.get(..8).unwrap_or(pseudonym))
    }

    /// The line as text.
    #[must_use]
    pub fn to_text(mut self) -> String {
        self.0.push('}');
        self.0
    }

    /// Not generic, so that it is compiled once. Names are ours and need no escapes.
    fn add(mut self, name: &str, value: &Value) -> Self {
        if !value.is_null() {
            let comma = if self.0.len() > 1 { ",\"" } else { "\"" };
            for part in [comma, name, "\":", &value.to_string()] {
                self.0.push_str(part);
            }
        }
        self
    }
}
