//! Log lines: one JSON object each, made of words that this code chooses.
//!
//! No text that somebody typed, no id, no token and no body is ever in one. A person is the first
//! eight digits of a keyed hash.

use serde_json::{Map, Value};

/// A line in the making.
#[derive(Clone, Debug)]
pub struct Line(Map<String, Value>);

impl Line {
    /// A line about this.
    #[must_use]
    pub fn about(event: &str) -> Self {
        Self(Map::from_iter([("event".to_owned(), Value::from(event))]))
    }

    /// Adds a value under a name, if there is one.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        if !value.is_null() {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// Adds the person, as nobody would know them.
    #[must_use]
    pub fn person(self, pseudonym: &str) -> Self {
        self.with("person", pseudonym.chars().take(8).collect::<String>())
    }

    /// The line as text.
    #[must_use]
    pub fn to_text(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }
}
