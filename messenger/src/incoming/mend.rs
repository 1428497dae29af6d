//! Bodies that are no JSON to the letter, because of one thing in them.
//!
//! A number that is too large, half an emoji or something without a bottom would make all of a body unreadable, also what
//! others have written beside it. It is replaced, and the rest is read.

use serde_json::Value;

/// How deep a body may go. What Meta delivers is about ten deep, and the parser goes no deeper than 127.
const MAX_DEPTH: usize = 100;

/// The body with what makes it unreadable replaced.
pub(super) fn mend(body: &[u8]) -> String {
    let body = String::from_utf8_lossy(body);
    escapes(&shape(body.trim_start_matches('\u{FEFF}')))
}

/// With `null` for what goes too deep and for what is no value, such as a number that no number type holds.
fn shape(body: &str) -> String {
    let mut shaped = String::with_capacity(body.len());
    let mut depth = 0_usize;
    let mut rest = body;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' => end_of_text(rest),
            _ if is_between(first) => first.len_utf8(),
            _ => rest.find(is_between).unwrap_or(rest.len()),
        };
        let Some((token, after)) = rest.split_at_checked(end) else { break };
        rest = after;
        match first {
            '{' | '[' => {
                depth += 1;
                if depth <= MAX_DEPTH {
                    shaped.push(first);
                } else if depth == MAX_DEPTH + 1 {
                    shaped.push_str("null");
                }
            }
            '}' | ']' => {
                if depth <= MAX_DEPTH {
                    shaped.push(first);
                }
                depth = depth.saturating_sub(1);
            }
            _ if depth > MAX_DEPTH => {}
            // A line break stands in a text as an escape only.
            '"' => shaped.extend(token.chars().map(|c| if c.is_control() { ' ' } else { c })),
            _ if is_between(first) || serde_json::from_str::<Value>(token).is_ok() => {
                shaped.push_str(token);
            }
            _ => shaped.push_str("null"),
        }
    }
    shaped
}

/// Whether values end here.
fn is_between(c: char) -> bool {
    matches!(c, '{' | '}' | '[' | ']' | ',' | ':' | '"') || c.is_ascii_whitespace()
}

/// Where a text ends that begins with its quote.
fn end_of_text(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// With what no escape can be replaced: half an emoji, cut off somewhere on its way, or a sign that none begins with.
fn escapes(body: &str) -> String {
    let mut mended = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, escape)) = rest.split_once('\\') {
        mended.push_str(before);
        let (unit, after) = (surrogate(escape), escape.get(5..));
        match (unit, after) {
            (Some(0xD800..=0xDBFF), Some(after)) => {
                let low = after
                    .strip_prefix('\\')
                    .filter(|next| matches!(surrogate(next), Some(0xDC00..=0xDFFF)));
                let whole = low.and_then(|low| Some((escape.get(..11)?, low.get(5..)?)));
                let (text, next) = whole.map_or(("uFFFD", after), |(pair, next)| (pair, next));
                mended.push('\\');
                mended.push_str(text);
                rest = next;
            }
            (Some(_), Some(after)) => {
                mended.push_str("\\uFFFD");
                rest = after;
            }
            _ => {
                // Some other escape: its first character belongs to it, also where it is a backslash.
                let mut characters = escape.chars();
                match characters.next() {
                    Some(sign @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
                        mended.extend(['\\', sign]);
                    }
                    Some('u') if unit_of(escape).is_some() => mended.push_str("\\u"),
                    Some(_) => mended.push_str("\\uFFFD"),
                    None => mended.push('\\'),
                }
                rest = characters.as_str();
            }
        }
    }
    mended.push_str(rest);
    mended
}

/// The number in an escape such as `uD83D`, where it is one half of a pair.
fn surrogate(escape: &str) -> Option<u16> {
    unit_of(escape).filter(|unit| (0xD800..=0xDFFF).contains(unit))
}

/// The number in an escape such as `u00e4`.
fn unit_of(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix('u')?.get(..4)?;
    let all = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    all.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}
