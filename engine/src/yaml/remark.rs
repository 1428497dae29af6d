//! What is said of YAML that can be read, but should not be there.

use super::line::{Line, excerpt, quoted, slice};
use super::source::Working;
use crate::{Code, Diagnostic, Edit, Limits, Span};

/// A tag of `length` bytes stands at `start`, in brackets or not.
pub(super) fn tag(working: &Working<'_>, start: usize, length: usize, flow: bool) -> Diagnostic {
    let source = working.source();
    let span = working.span(start, start + length);
    let tag = slice(source, span.start, span.end);
    let message = format!(
        "`{}` is a YAML tag, and trees have none; if it is text, put it in quotes",
        excerpt(tag)
    );
    let diagnostic = Diagnostic::new(Code::Tag, span, message);
    let edit = if tag.starts_with("!!") {
        let after = slice(source, span.end, source.len());
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        Edit { span: Span::new(span.start, span.end + blanks), text: String::new() }
    } else if flow {
        // Lines between brackets may be long and hold many of these.
        return diagnostic;
    } else {
        let words = Line::around(source, start).words(source);
        let raw = slice(source, start, words.end);
        if words.start != start || raw.contains(['[', '{', '"', '\'', '|', '>', '&']) {
            return diagnostic;
        }
        Edit { span: words, text: quoted(raw) }
    };
    let title = if edit.text.is_empty() { "remove it" } else { "put it in quotes" };
    diagnostic.with_fix(title, vec![edit])
}

/// Something at `start` is nested too deeply.
pub(super) fn too_deep(working: &Working<'_>, start: usize, limits: &Limits) -> Diagnostic {
    let span = working.span(start, (start + 1).min(working.text().len()));
    let message = format!(
        "this is nested more than {} levels deep; give a part of it a name under `nodes`, \
         and go there with `goto`",
        limits.depth.min(usize::from(u8::MAX))
    );
    Diagnostic::new(Code::TooDeep, span, message)
}

/// A warning for `Press # to go`, where a plain text has probably been cut at the `#`.
///
/// A comment that is meant as one stands further off, or on its own line.
pub(super) fn cut_at_hash(working: &Working<'_>, span: Span, flow: bool) -> Option<Diagnostic> {
    let text = working.source();
    let words = slice(text, span.start, span.end);
    let rest = slice(text, span.end, text.len());
    if !rest.starts_with(" #") {
        return None;
    }
    let line = slice(rest, 0, rest.find(['\n', '\r']).unwrap_or(rest.len())).trim_end();
    let comment = slice(line, 2, line.len());
    if words.contains(['\n', '\r']) {
        return None;
    }
    let (message, start) = if !words.is_empty() {
        let message = "YAML reads what follows `#` as a comment; \
                       if it is text, put all of it in quotes";
        (message, span.start)
    } else if comment.starts_with(|c: char| c.is_alphanumeric()) {
        // `say: #1 in town`, whereas `say: # to do` is a comment.
        ("YAML reads this as a comment; if it is text, put it in quotes", span.end + 1)
    } else {
        return None;
    };
    let end = span.end + line.len();
    let diagnostic = Diagnostic::new(Code::CutAtHash, Span::new(span.end + 1, end), message);
    if flow {
        return Some(diagnostic);
    }
    let edit = Edit { span: Span::new(start, end), text: quoted(slice(text, start, end)) };
    Some(diagnostic.with_fix("put it in quotes", vec![edit]))
}
