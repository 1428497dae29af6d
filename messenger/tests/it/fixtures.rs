//! The webhook bodies and Graph answers in `tests/fixtures`, which no test changes.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read fixtures")]

use std::path::PathBuf;

use serde_json::Value;

pub(crate) fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name))
        .unwrap()
}

pub(crate) fn json(name: &str) -> Value {
    serde_json::from_slice(&bytes(name)).unwrap()
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}
