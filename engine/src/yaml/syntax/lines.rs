//! Lines that do not fit together: a `:` too many or missing, indentation, tabs.

use crate::yaml::case::{Case, Problem};
use crate::yaml::line::{Line, indentation, slice};
use crate::{Edit, Span};

impl Case<'_, '_> {
    /// A `: ` where no key can be: in the midst of a text, or on a line that is indented too far.
    pub(super) fn colon(&self) -> Problem {
        let line = &self.line;
        if line.has_key && line.value.start < self.at {
            let value = line.words(self.text);
            return self
                .problem(value, "text with `: ` in it needs quotes")
                .quoted(self, value)
                .value(self.rest(line, value.start));
        }
        if let Some(above) = line.above(self.text)
            && !above.has_key
            && let Some(problem) = self.missing_space(&above)
        {
            return problem;
        }
        let key = Span::new(line.content, (self.at + 1).min(line.end));
        let message = format!(
            "`{}` is indented further than the line above, which has its value already; \
             indent it less, or put the text in quotes",
            self.excerpt(key)
        );
        self.problem(key, message).lines(self.block(line.content, line.column))
    }

    /// A line among keys that is none.
    pub(super) fn no_colon(&self) -> Problem {
        // The parser sees it on the next line, or after the next `:`.
        let before = slice(self.text, self.line.start, self.at).trim();
        let is_below = before.is_empty() || self.line.has_key;
        let above = is_below.then(|| self.line.above(self.text)).flatten();
        let line = above.as_ref().unwrap_or(&self.line);
        if let Some(problem) = self.missing_space(line) {
            return problem;
        }
        let words = line.words(self.text);
        let message = format!(
            "there is no `:` after `{}`; if it belongs to the text above, indent it further",
            self.excerpt(words)
        );
        let problem = self.problem(words, message);
        let block = self.block(line.content, line.column + 1);
        if block.end > line.end && words.end == line.end && !line.has_key {
            // What is below belongs to it.
            let end = Span::new(words.end, words.end);
            return problem.replaced("add a `:`", end, ":".to_owned()).lines(block);
        }
        problem.lines(block)
    }

    /// `say:hello` is one word to YAML.
    pub(super) fn missing_space(&self, line: &Line) -> Option<Problem> {
        let words = line.words(self.text);
        let (key, rest) = slice(self.text, words.start, words.end).split_once(':')?;
        let name = key.trim_matches(['"', '\'']);
        let is_key = name.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
        if name.is_empty() || !is_key || rest.is_empty() || rest.starts_with(['/', ' ', '\t']) {
            return None;
        }
        let at = words.start + key.len() + 1;
        let problem = self
            .problem(Span::new(words.start, at), format!("a space is missing after `{key}:`"))
            .replaced("add a space", Span::new(at, at), " ".to_owned());
        Some(problem.lines(Span::new(words.start, line.end)))
    }

    /// `- ` after a key, or where there is no list.
    pub(super) fn dash(&self) -> Problem {
        if self.line.has_key && self.line.value.start == self.at {
            return self.first_character();
        }
        self.out_of_place()
    }

    pub(super) fn tab(&self) -> Problem {
        // Where the parser points at the start of a text, the tab is on a line below.
        let below = slice(self.text, self.line.start, self.text.len());
        let mut start = self.line.start;
        let mut line = slice(self.text, start, self.line.end);
        for next in below.split_inclusive(['\n', '\r']) {
            if next.len() > next.trim_start().len() && indentation(next).contains('\t') {
                line = next;
                break;
            }
            start += next.len();
        }
        let line_start = if line.contains('\t') { start } else { self.line.start };
        let span = Span::new(line_start, line_start + indentation(line).len());
        let problem = self.problem(span, "this line starts with a tab; indent with spaces");
        let Some(edits) = self.tabs_as_spaces() else {
            let line = Line::around(self.text, line_start);
            return problem.lines(self.block(line.content, line.column + 1));
        };
        let diagnostic = problem.diagnostic.with_fix("indent with spaces", edits);
        Problem { diagnostic, indentation: true, ..problem }
    }

    /// Two spaces for each tab, if the file is indented with tabs alone.
    fn tabs_as_spaces(&self) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        let mut start = 0;
        for line in self.text.split_inclusive(['\n', '\r']) {
            let tabs = indentation(line).len();
            if indentation(line).contains(' ') && !line.trim().is_empty() {
                return None;
            }
            if tabs > 0 {
                edits.push(Edit { span: Span::new(start, start + tabs), text: "  ".repeat(tabs) });
            }
            start += line.len();
        }
        Some(edits)
    }

    /// A line that starts with `%`.
    pub(super) fn directive(&self) -> Problem {
        let first = self.text.len() - self.text.trim_start().len();
        let here = slice(self.text, self.line.start, self.line.end).starts_with('%');
        let line = if here { self.line.start } else { first };
        let line = Line::around(self.text, line);
        let message = "a line that starts with `%` is an instruction to YAML; \
                       remove it, or put it in quotes";
        let span = Span::new(line.content, line.trimmed(self.text));
        self.problem(span, message)
    }

    /// Something that fits nothing before it.
    pub(super) fn out_of_place(&self) -> Problem {
        let line = &self.line;
        let value = line.words(self.text);
        let first = slice(self.text, value.start, value.end).chars().next();
        if let Some(first @ ('[' | '{' | '*')) = first
            && value.start < self.at
            && self.flow.is_none_or(|flow| flow == value.start)
            && !self.is_open(value)
        {
            // `[Apply](https://…)`, `{name}, hello`
            let message = format!("text that starts with `{first}` needs quotes");
            let problem = self.problem(value, message).quoted(self, value);
            return problem.value(self.rest(line, value.start));
        }
        if self.flow.is_some() {
            return self.flow(
                "inside brackets, parts have a `,` between them, \
                 and text with `, : [ ] { }` is in quotes",
            );
        }
        if line.has_key && value.start == self.at && first.is_some() {
            return self.first_character();
        }
        if let Some(problem) = self.missing_space(line) {
            return problem;
        }
        let span = Span::new(line.content, value.end);
        let (is_item, sibling) = (self.is_item(line), self.sibling());
        let message = match sibling.as_ref().map(|sibling| self.is_item(sibling)) {
            Some(false) if is_item => "a list item (`- `) cannot stand among keys; \
                                       indent it, or put it under a key of its own"
                .to_owned(),
            Some(true) if !is_item => "only list items (`- `) can stand here, as above; \
                                       start the line with `- `, or indent it otherwise"
                .to_owned(),
            Some(_) | None => format!(
                "`{}` is not indented as the lines that it belongs to, or what is above it \
                 has ended",
                self.excerpt(span)
            ),
        };
        let column = if sibling.is_some() { line.column + 1 } else { line.column.max(1) };
        self.problem(span, message).lines(self.block(line.content, column))
    }
}
