//! What is said of YAML that can be read, but should not be there.

use super::line::{Line, excerpt, indentation, quoted, slice, within_typographic};
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

/// A warning for a plain text in typographic quotes, which are no quotes to YAML, so that people are shown them.
pub(super) fn typographic_quotes(
    working: &Working<'_>,
    span: Span,
    flow: bool,
) -> Option<Diagnostic> {
    let raw = slice(working.source(), span.start, span.end);
    let first = raw.chars().next().filter(|first| matches!(first, '“' | '„' | '‘' | '«'))?;
    if let Some(inner) = within_typographic(raw) {
        let message = "these are typographic quotes, which are part of the text to YAML; \
                       if they are to be YAML's, write straight ones";
        let diagnostic = Diagnostic::new(Code::LooksLikeYaml, span, message);
        if inner.contains(['\n', '\r']) {
            return Some(diagnostic);
        }
        let edit = Edit { span, text: quoted(inner.trim()) };
        return Some(diagnostic.with_fix("write straight quotes", vec![edit]));
    }
    // `[“one, two”]` are two texts.
    let is_cut = flow
        && !raw.contains(['”', '’', '»'])
        && slice(working.source(), span.end, working.source().len()).starts_with(',');
    is_cut.then(|| {
        let message = format!(
            "`{first}` is a typographic quote and no quote to YAML, so this text ends at the `,`; write straight quotes"
        );
        Diagnostic::new(Code::LooksLikeYaml, span, message)
    })
}

/// A warning for lines that begin with a sign that looks like the dash of a list, and the end of these lines.
pub(super) fn dashes(working: &Working<'_>, start: usize) -> Option<(Diagnostic, usize)> {
    let source = working.source();
    let first = slice(source, start, source.len()).chars().next();
    let sign = first.filter(|first| matches!(first, '–' | '—' | '−' | '•' | '‐' | '‑' | '·'))?;
    let line = Line::around(source, start);
    if line.content != start {
        return None;
    }
    let mut edits = Vec::new();
    let (mut at, mut end) = (line.start, line.end);
    for below in slice(source, line.start, source.len()).split_inclusive('\n') {
        let column = indentation(below).len();
        let rest = slice(below, column, below.len());
        let after = rest.strip_prefix(sign);
        if !below.trim().is_empty() && column <= line.column {
            let Some(after) = after.filter(|_| column == line.column) else { break };
            let blank = after.chars().next().filter(|blank| blank.is_whitespace());
            let blank = blank.filter(|_| !after.trim().is_empty())?;
            let start = at + column;
            let span = Span::new(start, start + sign.len_utf8() + blank.len_utf8());
            edits.push(Edit { span, text: "- ".to_owned() });
        }
        at += below.len();
        end = at;
    }
    let message = format!(
        "`{sign}` begins no list item; write `- ` with a plain hyphen, or put the text in quotes"
    );
    let span = Span::new(start, start + sign.len_utf8());
    let diagnostic = Diagnostic::new(Code::LooksLikeYaml, span, message);
    Some((diagnostic.with_fix("write `- `", edits), end))
}
