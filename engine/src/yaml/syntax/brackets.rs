//! What is between brackets, or too deep in them.

use crate::yaml::case::{Case, Problem};
use crate::yaml::line::{Line, slice, word};
use crate::yaml::remark::too_deep;
use crate::{Limits, Span};

/// The keys whose texts are written in brackets.
const LISTS: &[&str] = &["also", "was", "unclear", "back", "restart", "help"];

impl Case<'_, '_> {
    /// A closing bracket that closes nothing.
    pub(super) fn bracket(&self) -> Problem {
        if self.line.value.start == self.at {
            return self.first_character();
        }
        let span = Span::new(self.at, self.at + 1);
        let bracket = self.excerpt(span);
        let message = format!("this `{bracket}` closes nothing; if it is text, put it in quotes");
        self.problem(span, message).lines(Span::new(self.at, self.line.end))
    }

    /// Something wrong between brackets.
    pub(super) fn flow(&self, message: &str) -> Problem {
        let start = self.flow.unwrap_or(self.at);
        let first = Line::around(self.text, start);
        let dedented = first.owner.is_some_and(|owner| self.line.column <= owner);
        let ended =
            self.at >= self.text.trim_end().len() || (self.line.start != first.start && dedented);
        if ended && self.flow.is_some() {
            let bracket = slice(self.text, start, start + 1);
            let value = first.words(self.text);
            let raw = slice(self.text, value.start, value.end);
            let is_list = bracket == "["
                && value.start == start
                && self.key_of(&first).is_some_and(|key| LISTS.contains(&key));
            let way_out = if is_list {
                "write `]` behind the last"
            } else {
                "if it is text, put it in quotes"
            };
            let message = format!("this `{bracket}` is never closed; {way_out}");
            let problem = self.problem(Span::new(start, start + 1), message).value(self.all(start));
            let inner = raw.get(1..).unwrap_or_default().trim_end_matches([',', ' ']);
            let is_plain = !raw.contains([']', '{', '}', ':', '"', '\''])
                && (inner.is_empty() || inner.split(',').all(|item| !item.trim().is_empty()));
            if is_list && is_plain {
                let end = Span::new(value.end, value.end);
                return problem.replaced("close it", end, "]".to_owned());
            }
            let is_text = value.start == start && !raw.contains([']', '}', ',', ':']);
            return if is_text { problem.quoted(self, value) } else { problem };
        }
        let before = slice(self.text, self.line.start, self.at);
        let rest = slice(self.text, self.at, self.line.end);
        let text = before.rfind([',', '[', '{', ':']).map_or(0, |at| at + 1);
        let text = self.at - slice(before, text, before.len()).trim_start().len();
        if rest.starts_with(": ")
            && slice(self.text, self.line.start, text).contains(':')
            && let Some(piece) = self.piece_from(text)
        {
            let problem = self.problem(piece, "text with `: ` in it needs quotes");
            return problem.quoted(self, piece).value(piece);
        }
        let end = self.at + word(rest).max(rest.chars().next().map_or(0, char::len_utf8));
        self.problem(Span::new(self.at, end), message).value(self.all(self.at))
    }

    pub(super) fn deep(&self, limits: &Limits) -> Problem {
        let diagnostic = too_deep(self.working, self.at, limits);
        Problem {
            diagnostic,
            blank: self.all(self.at),
            is_value: true,
            indentation: false,
            shift: 0,
        }
    }
}
