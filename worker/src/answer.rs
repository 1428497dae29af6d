//! Answers over HTTP, before they are the runtime's.

use serde_json::Value;

/// What a request is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: String,
    /// The headers, by name.
    pub headers: Vec<(&'static str, String)>,
}

impl Answer {
    /// Plain text, which no browser takes for anything else: it may be what somebody sent.
    #[must_use]
    pub fn text(status: u16, body: impl Into<String>) -> Self {
        Self::new(status, body.into(), "text/plain; charset=utf-8")
    }

    /// A word for Meta, which reads the status only; nothing in it comes from elsewhere.
    #[must_use]
    pub fn brief(status: u16, word: &'static str) -> Self {
        Self { status, body: word.to_owned(), headers: Vec::new() }
    }

    /// JSON.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, format!("{body}\n"), "application/json")
    }

    /// Another method was used than these.
    #[must_use]
    pub fn not_allowed(methods: &str) -> Self {
        Self::text(405, "Method not allowed").with("Allow", methods)
    }

    /// Asks to come again after so many seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        self.with("Retry-After", seconds.to_string())
    }

    fn new(status: u16, body: String, kind: &str) -> Self {
        Self { status, body, headers: Vec::new() }
            .with("Content-Type", kind)
            .with("X-Content-Type-Options", "nosniff")
            .with("Cache-Control", "no-store")
    }

    /// With a header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
