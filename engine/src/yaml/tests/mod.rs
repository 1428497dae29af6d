//! What is read, what is said about the rest, and what hostile sources cost.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod hostile;
mod laws;
mod problems;
mod values;

use std::fmt::Write as _;

use expect_test::Expect;

use super::{Document, Value, read};
use crate::Limits;

/// Checks what is read from a source, with what is said about it.
fn check(source: &str, expect: Expect) {
    let document = read(source, &Limits::default());
    let mut shown = String::new();
    if let Some(root) = &document.root {
        show(root, &mut shown);
        shown.push('\n');
    }
    shown.push_str(&said(source, &document));
    expect.assert_eq(&shown);
}

/// Checks only what is said.
fn check_said(source: &str, expect: Expect) {
    let document = read(source, &Limits::default());
    expect.assert_eq(&said(source, &document));
}

/// Texts in `‹›` if they are plain, else in `«»`.
fn show(value: &Value<'_>, out: &mut String) {
    match value {
        Value::Text(text) if text.plain => _ = write!(out, "‹{}›", text.value.escape_debug()),
        Value::Text(text) => _ = write!(out, "«{}»", text.value.escape_debug()),
        Value::List(list) => {
            out.push('[');
            for (nth, item) in list.items.iter().enumerate() {
                out.push_str(if nth > 0 { ", " } else { "" });
                show(item, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (nth, entry) in map.entries.iter().enumerate() {
                out.push_str(if nth > 0 { ", " } else { "" });
                show(&Value::Text(entry.key.clone()), out);
                out.push_str(": ");
                show(&entry.value, out);
            }
            out.push('}');
        }
    }
}

/// Each diagnostic below the first line that it is about, with its fix applied. A fix leaves fewer
/// diagnostics.
fn said(source: &str, document: &Document<'_>) -> String {
    let mut out = String::new();
    for diagnostic in &document.diagnostics {
        let span = diagnostic.span;
        let before = source.get(..span.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = source.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let column = before.get(start..).unwrap_or_default().chars().count();
        let marked = source.get(span.start..span.end).unwrap_or_default();
        let first = marked.lines().next().unwrap_or_default().chars().count();
        let more = if marked.lines().count() > 1 { "…" } else { "" };
        _ = writeln!(out, "{line}");
        _ = writeln!(
            out,
            "{}{}{more} {} {}",
            " ".repeat(column),
            "^".repeat(first.max(1)),
            diagnostic.code,
            diagnostic.message
        );
        if let Some(fix) = &diagnostic.fix {
            let mut fixed = source.to_owned();
            for edit in fix.edits.iter().rev() {
                fixed.replace_range(edit.span.start..edit.span.end, &edit.text);
            }
            let left = read(&fixed, &Limits::default()).diagnostics.len();
            assert!(left < document.diagnostics.len(), "no better: {fixed}");
            let end = fixed.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
            _ = writeln!(out, "fix: {}: {end}", fix.title);
        }
    }
    out
}
