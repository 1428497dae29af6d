//! Single values, whatever JSON they are.

use serde_json::Value;
use treebot::Millis;

use super::{MAX_MILLIS, MAX_TEXT};

pub(super) fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Ids are text or numbers; none is longer than 64 letters, digits and signs.
pub(super) fn id(value: Option<&Value>) -> Option<String> {
    let id = match value? {
        Value::String(id) => id.clone(),
        // A fraction is no id, and what is too long for a whole number has lost its last digits.
        Value::Number(id) if id.is_f64() => return None,
        Value::Number(id) => id.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    ((1..=64).contains(&id.len()) && id.bytes().all(sign)).then_some(id)
}

pub(super) fn flag(value: Option<&Value>) -> bool {
    value.is_some_and(|value| value.as_bool() == Some(true) || value.as_str() == Some("true"))
}

/// Times are milliseconds, in some events seconds, in some of them written as text.
pub(super) fn time(value: Option<&Value>) -> Option<Millis> {
    let whole = |number: f64| number as i64;
    let number = match value? {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(whole))?,
        Value::String(number) => number.trim().parse().ok()?,
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let millis = if number < 1_000_000_000_000 { number.saturating_mul(1000) } else { number };
    (1..=MAX_MILLIS).contains(&millis).then_some(Millis(millis))
}

pub(super) fn bounded(words: &str) -> String {
    words.chars().take(MAX_TEXT).collect()
}
