//! A fault and what is around it, and a problem with the way past it.

use super::line::{Line, excerpt, indentation, quoted, quoted_length, slice, within_typographic};
use super::source::Working;
use crate::{Code, Diagnostic, Edit, Span};

/// Where a fault is.
pub(super) struct Case<'w, 's> {
    pub(super) working: &'w Working<'s>,
    pub(super) text: &'w str,
    pub(super) line: Line,
    pub(super) at: usize,
    /// Where the outermost open bracket is.
    pub(super) flow: Option<usize>,
}

impl Case<'_, '_> {
    /// Whether brackets that start a value are still open where the fault is.
    pub(super) fn is_open(&self, value: Span) -> bool {
        let before = slice(self.text, value.start, self.at);
        before.matches(['[', '{']).count() > before.matches([']', '}']).count()
    }

    pub(super) fn is_item(&self, line: &Line) -> bool {
        slice(self.text, line.content, line.content + 1) == "-"
    }

    /// The line above with the same indentation, if none between is indented less.
    pub(super) fn sibling(&self) -> Option<Line> {
        let mut start = self.line.start;
        for line in slice(self.text, 0, start).split_inclusive(['\n', '\r']).rev() {
            start -= line.len().min(start);
            let column = indentation(line).len();
            let words = line.trim();
            if words.is_empty() || words.starts_with('#') || column > self.line.column {
                continue;
            }
            return (column == self.line.column).then(|| Line::around(self.text, start));
        }
        None
    }

    pub(super) fn problem(&self, span: Span, message: impl Into<String>) -> Problem {
        let span = self.working.span(span.start, span.end);
        let diagnostic = Diagnostic::new(Code::Syntax, span, message);
        Problem { diagnostic, blank: span, is_value: false, indentation: false, shift: 0 }
    }

    /// All of the value between brackets that the fault is in, or else from `start`.
    pub(super) fn all(&self, start: usize) -> Span {
        let start = self.flow.unwrap_or(start);
        let line = Line::around(self.text, start);
        let all = self.rest(&line, start);
        // The closing bracket often stands below the key.
        let after = slice(self.text, all.end, self.text.len());
        let blanks = after.len() - after.trim_start().len();
        let closing = Line::around(self.text, all.end + blanks);
        let is_closing = slice(self.text, closing.content, closing.end).starts_with([']', '}']);
        if self.flow.is_some() && is_closing && Some(closing.column) == line.owner.or(Some(0)) {
            return Span::new(start, closing.end);
        }
        all
    }

    /// From `start` to the end of the value that it is in: before the next line that is not
    /// indented further than what the value belongs to.
    pub(super) fn rest(&self, line: &Line, start: usize) -> Span {
        self.block(start, line.owner.map_or(0, |owner| owner + 1))
    }

    /// From `start` to before the next line that is indented less than `column`.
    pub(super) fn block(&self, start: usize, column: usize) -> Span {
        let mut end = Line::around(self.text, start).end;
        let mut next = end;
        for line in slice(self.text, end, self.text.len()).split_inclusive(['\n', '\r']) {
            let words = !line.trim().is_empty();
            if words && indentation(line).len() < column {
                break;
            }
            next += line.len();
            if words {
                end = next - (line.len() - line.trim_end().len());
            }
        }
        Span::new(start, end)
    }

    /// From where the fault is to the next `,` or bracket, if it is between brackets.
    pub(super) fn piece(&self) -> Option<Span> {
        self.piece_from(self.at)
    }

    pub(super) fn piece_from(&self, start: usize) -> Option<Span> {
        self.flow?;
        let rest = slice(self.text, start, self.line.end);
        let end = if rest.starts_with(['"', '\'']) {
            quoted_length(rest)
        } else {
            rest.find([',', ']', '}']).unwrap_or(rest.len())
        };
        let length = slice(rest, 0, end).trim_end().len();
        (length > 0).then(|| Span::new(start, start + length))
    }

    pub(super) fn excerpt(&self, span: Span) -> String {
        excerpt(slice(self.working.source(), span.start, span.end))
    }
}

/// A syntax error, and how to get past it.
pub(super) struct Problem {
    pub(super) diagnostic: Diagnostic,
    /// What to overwrite so that the rest can be read.
    pub(super) blank: Span,
    /// That is all of a value, and not lines with keys of their own.
    pub(super) is_value: bool,
    /// Tabs at the start of lines have to be spaces, and then the rest can be read.
    pub(super) indentation: bool,
    /// By how many spaces the lines are to be indented less, and then the rest can be read; nothing if that is no way.
    pub(super) shift: usize,
}

impl Problem {
    /// Past it by blanking all of a value.
    pub(super) fn value(self, blank: Span) -> Self {
        Self { blank, is_value: true, ..self }
    }

    /// Past it by blanking lines, or what is left of one.
    pub(super) fn lines(self, blank: Span) -> Self {
        Self { blank, is_value: false, ..self }
    }

    /// Past it by indenting its lines less.
    pub(super) fn shifted(self, by: usize) -> Self {
        Self { shift: by, ..self }
    }

    pub(super) fn edited(mut self, title: &str, edits: Vec<Edit>) -> Self {
        self.diagnostic = self.diagnostic.with_fix(title, edits);
        self
    }

    pub(super) fn coded(mut self, code: Code) -> Self {
        self.diagnostic.code = code;
        self.diagnostic.severity = code.severity();
        self
    }

    /// With the fix to put a part, if it is on one line, in quotes.
    pub(super) fn quoted(self, case: &Case<'_, '_>, part: Span) -> Self {
        let raw = slice(case.working.source(), part.start, part.end);
        if raw.is_empty() || raw.contains(['\n', '\r']) || raw.starts_with('"') {
            return self;
        }
        self.replaced("put it in quotes", part, quoted(raw))
    }

    /// Where a text that needs quotes has typographic ones: with straight ones in their place.
    pub(super) fn with_straight_quotes(mut self, working: &Working<'_>) -> Self {
        let source = working.source();
        let edit = self.diagnostic.fix.as_mut().and_then(|fix| match fix.edits.as_mut_slice() {
            [edit] => Some(edit),
            _ => None,
        });
        if let Some(edit) = edit
            && let raw = slice(source, edit.span.start, edit.span.end)
            && edit.text == quoted(raw)
            && let Some(inner) = within_typographic(raw)
        {
            edit.text = quoted(inner.trim());
            self.diagnostic.message =
                "this text needs quotes, and typographic ones are none to YAML; write straight ones"
                    .to_owned();
        }
        self
    }

    pub(super) fn replaced(mut self, title: &str, span: Span, text: String) -> Self {
        self.diagnostic = self.diagnostic.with_fix(title, vec![Edit { span, text }]);
        self
    }
}
