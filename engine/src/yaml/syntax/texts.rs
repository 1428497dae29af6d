//! Quotes, and characters at the start or in the midst of a text that mean something else to YAML.

use crate::yaml::case::{Case, Problem};
use crate::yaml::line::{Line, indentation, quoted, quoted_length, slice, word};
use crate::yaml::remark::tag;
use crate::{Code, Span};

impl Case<'_, '_> {
    pub(super) fn unclosed_quote(&self) -> Problem {
        let span = Span::new(self.at, self.line.trimmed(self.text));
        let raw = slice(self.text, span.start, span.end);
        let (quote, rest) = raw.split_at_checked(1).unwrap_or_default();
        let message = format!("this text starts with `{quote}` and never ends with it");
        let problem = self.problem(span, message);
        let is_key =
            self.flow.is_none() && self.at == self.line.content && self.sibling().is_some();
        if is_key {
            return problem.lines(self.block(self.at, self.line.column + 1));
        }
        let problem = problem.value(self.all(self.at));
        if rest.is_empty() || rest.contains(quote) || self.flow.is_some() {
            problem
        } else if quote == "'" {
            // More likely an apostrophe than a quote.
            problem.quoted(self, span)
        } else {
            problem.replaced("close the quote", Span::new(span.end, span.end), quote.to_owned())
        }
    }

    /// `also: ["town` where a quote that begins a text further down was taken for the one that ends this.
    fn quote_over_lines(&self) -> Option<Problem> {
        let start = self.flow?;
        let owner = Line::around(self.text, start).owner?;
        let mut at = start;
        let before = loop {
            let rest = slice(self.text, at, self.at);
            let opening = rest.find(['"', '\''])?;
            // An apostrophe in a word begins nothing.
            let begins = opening == 0
                || slice(rest, 0, opening).ends_with([' ', '\t', '\n', '\r', '[', '{', ',', ':']);
            at += opening;
            let quoted = slice(self.text, at, self.at);
            let length = if begins { quoted_length(quoted) } else { 1 };
            if length >= quoted.len() {
                break quoted;
            }
            at += length;
        };
        let mut below = before.split(['\n', '\r']).skip(1).filter(|line| !line.trim().is_empty());
        if !below.any(|line| indentation(line).len() <= owner) {
            return None;
        }
        let line = Line::around(self.text, at);
        let case = Case { working: self.working, text: self.text, line, at, flow: self.flow };
        Some(case.unclosed_quote())
    }

    /// `"So" she said`, or `'it's'`.
    pub(super) fn after_quote(&self) -> Problem {
        if let Some(problem) = self.quote_over_lines() {
            return problem;
        }
        if let Some(problem) = self.after_quote_of_key() {
            return problem;
        }
        let value = self.line.words(self.text);
        let after = self.piece().unwrap_or(Span::new(self.at, value.end.max(self.at)));
        let message = format!(
            "the quotes end before `{}`; put all of the text in quotes",
            self.excerpt(after)
        );
        let problem = self.problem(after, message);
        if self.flow.is_some() {
            return problem.value(self.all(self.at));
        }
        let raw = slice(self.text, value.start, value.end);
        let quote = slice(raw, 0, 1);
        if !matches!(quote, "'" | "\"") || value.start >= self.at {
            return problem.lines(Span::new(self.at, self.line.end));
        }
        let problem = problem.value(self.rest(&self.line, value.start));
        if raw.contains([':', '\\']) {
            return problem;
        }
        // `'it's'` has quotes around all of it, and one more that is an apostrophe.
        let inner = raw.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        let inner = inner.filter(|inner| !inner.contains(&format!("{quote} ")));
        problem.replaced("put all of it in quotes", value, quoted(inner.unwrap_or(raw)))
    }

    /// `'What's on?': …`
    fn after_quote_of_key(&self) -> Option<Problem> {
        let line = &self.line;
        let words = slice(self.text, line.content, line.end);
        let quote = words.chars().next().filter(|first| matches!(first, '\'' | '"'))?;
        if self.flow.is_some() || line.has_key {
            return None;
        }
        let end = words.find(&format!("{quote}:"))?;
        let inner = slice(words, 1, end);
        let key = Span::new(line.content, line.content + end + 1);
        if self.at <= key.start || self.at >= key.end {
            return None;
        }
        let after = Span::new(self.at, key.end);
        let message = format!(
            "the quotes end before `{}`; put all of the text in quotes of the other kind",
            self.excerpt(after)
        );
        let problem = self.problem(after, message).lines(self.block(line.content, line.column + 1));
        Some(problem.replaced("put all of it in quotes", key, quoted(inner)))
    }

    pub(super) fn escape(&self) -> Problem {
        let rest = slice(self.text, self.at, self.text.len());
        let span = Span::new(self.at, self.at + quoted_length(rest));
        let shown = Span::new(span.start, span.end.min(self.line.end));
        let message = "in double quotes `\\` has a meaning of its own; write `\\\\`, \
                       or put the text in single quotes";
        let blank = self.piece().unwrap_or_else(|| self.rest(&self.line, self.at));
        let problem = self.problem(shown, message).value(blank);
        let raw = slice(self.text, span.start, span.end);
        match raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(inner) if shown == span && !inner.contains('"') => {
                let single = format!("'{}'", inner.replace('\'', "''"));
                problem.replaced("put it in single quotes", span, single)
            }
            Some(_) | None => problem,
        }
    }

    /// Text that starts with a character that means something else to YAML.
    pub(super) fn first_character(&self) -> Problem {
        let piece = self.piece();
        let end = self.line.words(self.text).end.max(self.at);
        let span = piece.unwrap_or(Span::new(self.at, end));
        let first = slice(self.text, self.at, end).chars().next().unwrap_or(' ');
        let message = match first {
            '`' => "text that starts with a backtick needs quotes".to_owned(),
            '-' | '?' => format!("text that starts with `{first} ` needs quotes"),
            _ => format!("text that starts with `{first}` needs quotes"),
        };
        let problem = self.problem(span, message);
        if piece.is_none() && self.line.value.start != self.at {
            return problem.lines(self.rest(&self.line, self.at));
        }
        let blank = piece.unwrap_or_else(|| self.rest(&self.line, self.at));
        problem.quoted(self, span).value(blank)
    }

    pub(super) fn unknown_alias(&self) -> Problem {
        let rest = slice(self.text, self.at, self.text.len());
        let span = Span::new(self.at, self.at + word(rest));
        let message = format!(
            "`{}` stands for a part that is marked `&{}`, and there is none; \
             if this is text, put it in quotes",
            self.excerpt(span),
            self.excerpt(Span::new(span.start + 1, span.end)),
        );
        let piece = self.piece();
        let words = piece.unwrap_or(self.line.words(self.text));
        let problem = self.problem(span, message).coded(Code::Alias);
        let problem = if words.start == self.at { problem.quoted(self, words) } else { problem };
        problem.value(piece.unwrap_or_else(|| self.rest(&self.line, self.at)))
    }

    pub(super) fn tag(&self) -> Problem {
        // The parser may point behind the tag's start.
        let before = slice(self.text, self.line.start, self.at);
        let start = before.rfind([' ', '\t', '[', '{', ',']).map_or(0, |at| at + 1);
        let within = slice(before, start, before.len()).starts_with('!');
        let start = if within { self.line.start + start } else { self.at };
        let rest = slice(self.text, start, self.text.len());
        let diagnostic = tag(self.working, start, word(rest), self.flow.is_some());
        let blank =
            if self.flow.is_some() { self.all(start) } else { self.rest(&self.line, start) };
        Problem { diagnostic, blank, is_value: true, indentation: false, shift: 0 }
    }

    /// A comment in the midst of a text of several lines.
    pub(super) fn comment(&self) -> Problem {
        let span = Span::new(self.at, self.line.trimmed(self.text));
        let message = "YAML reads what follows `#` as a comment, and then the text goes on; \
                       put all of the text in quotes";
        let start = self.line.value.start.min(self.at);
        self.problem(span, message).value(self.rest(&self.line, start))
    }
}
