//! Why the parser could not go on, in the author's words.
//!
//! The parser says what it expected; the author wants to know what is wrong with the line. So its
//! words only pick the case, and the rest is seen from the line itself.

use super::case::{Case, Problem};
use super::line::{Line, indentation, quoted, quoted_length, slice, word};
use super::remark::{tag, too_deep};
use super::scan::Fault;
use super::source::Working;
use crate::{Code, Edit, Limits, Span};

/// Explains a fault.
pub(super) fn explain(working: &Working<'_>, fault: &Fault, limits: &Limits) -> Problem {
    let mut problem = pick(working, fault, limits);
    let blank = slice(working.text(), problem.blank.start, problem.blank.end);
    if problem.is_value && blank.contains(['\n', '\r']) {
        // The fixes are for text on one line.
        problem.diagnostic.fix = None;
    }
    // What has been blanked before may have left places that are no boundaries in the source.
    let snapped = |span: Span| working.span(span.start, span.end);
    problem.blank = snapped(problem.blank);
    for edit in problem.diagnostic.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
        edit.span = snapped(edit.span);
    }
    problem
}

fn pick(working: &Working<'_>, fault: &Fault, limits: &Limits) -> Problem {
    let text = working.text();
    let line = Line::around(text, fault.at);
    let case = Case { working, text, line, at: fault.at, flow: fault.flow };
    match fault.info.as_str() {
        "mapping values are not allowed in this context" => case.colon(),
        "simple key expect ':'" | "simple key expected" => case.no_colon(),
        "while scanning a quoted scalar, found unexpected end of stream"
        | "while scanning a quoted scalar, found unexpected document indicator"
        | "invalid indentation in quoted scalar" => case.unclosed_quote(),
        "invalid trailing content after double-quoted scalar" => case.after_quote(),
        "while parsing a quoted scalar, found unknown escape character"
        | "while parsing a quoted scalar, did not find expected hexadecimal number"
        | "while parsing a quoted scalar, found invalid Unicode character escape code" => {
            case.escape()
        }
        "while scanning an anchor or alias, did not find expected alphabetic or numeric character"
        | "while scanning a block scalar, did not find expected comment or line break"
        | "while scanning a block scalar, found an indentation indicator equal to 0"
        | "mapping keys are not allowed in this context" => case.first_character(),
        "misplaced bracket" => case.bracket(),
        "block sequence entries are not allowed in this context" => case.dash(),
        "\"-\" is only valid inside a block"
        | "plain scalar cannot start with '-' followed by ,[]{}" => case.flow(
            "inside brackets, items have a `,` between them and no `-`; \
             if this is text, put it in quotes",
        ),
        "':' may not precede any of `[{` in flow mapping" => {
            case.flow("a space is missing after this `:`")
        }
        "while parsing node, found unknown anchor" => case.unknown_alias(),
        "the handle wasn't declared" | "invalid global tag character" => case.tag(),
        "comment intercepting the multiline text" => case.comment(),
        "recursion limit exceeded" => case.deep(limits),
        "tabs disallowed within this context (block indentation)"
        | "tab cannot be used as indentation"
        | "tabs disallowed in this context"
        | "a block scalar content cannot start with a tab"
        | "while scanning a plain scalar, found a tab"
        | "'-' must be followed by a valid YAML whitespace" => case.tab(),
        "did not find expected <document start>" if text.trim_start().starts_with('%') => {
            case.directive()
        }
        "missing explicit document end marker before directive" => case.directive(),
        info if info.contains(" directive, ") => case.directive(),
        info if info.contains("a tag, ") || info.contains("TAG") => case.tag(),
        info if info.starts_with("unexpected character") => case.first_character(),
        _ => case.out_of_place(),
    }
}

impl Case<'_, '_> {
    /// A `: ` where no key can be: in the midst of a text, or on a line that is indented too far.
    fn colon(&self) -> Problem {
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
    fn no_colon(&self) -> Problem {
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
    fn missing_space(&self, line: &Line) -> Option<Problem> {
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

    fn unclosed_quote(&self) -> Problem {
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

    /// `"So" she said`, or `'it's'`.
    fn after_quote(&self) -> Problem {
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

    fn escape(&self) -> Problem {
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
    fn first_character(&self) -> Problem {
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

    /// A closing bracket that closes nothing.
    fn bracket(&self) -> Problem {
        if self.line.value.start == self.at {
            return self.first_character();
        }
        let span = Span::new(self.at, self.at + 1);
        let bracket = self.excerpt(span);
        let message = format!("this `{bracket}` closes nothing; if it is text, put it in quotes");
        self.problem(span, message).lines(Span::new(self.at, self.line.end))
    }

    /// `- ` after a key, or where there is no list.
    fn dash(&self) -> Problem {
        if self.line.has_key && self.line.value.start == self.at {
            return self.first_character();
        }
        self.out_of_place()
    }

    fn unknown_alias(&self) -> Problem {
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

    fn tag(&self) -> Problem {
        // The parser may point behind the tag's start.
        let before = slice(self.text, self.line.start, self.at);
        let start = before.rfind([' ', '\t', '[', '{', ',']).map_or(0, |at| at + 1);
        let within = slice(before, start, before.len()).starts_with('!');
        let start = if within { self.line.start + start } else { self.at };
        let rest = slice(self.text, start, self.text.len());
        let diagnostic = tag(self.working, start, word(rest), self.flow.is_some());
        let blank =
            if self.flow.is_some() { self.all(start) } else { self.rest(&self.line, start) };
        Problem { diagnostic, blank, is_value: true, indentation: false }
    }

    /// A line that starts with `%`.
    fn directive(&self) -> Problem {
        let first = self.text.len() - self.text.trim_start().len();
        let here = slice(self.text, self.line.start, self.line.end).starts_with('%');
        let line = if here { self.line.start } else { first };
        let line = Line::around(self.text, line);
        let message = "a line that starts with `%` is an instruction to YAML; \
                       remove it, or put it in quotes";
        let span = Span::new(line.content, line.trimmed(self.text));
        self.problem(span, message)
    }

    /// A comment in the midst of a text of several lines.
    fn comment(&self) -> Problem {
        let span = Span::new(self.at, self.line.trimmed(self.text));
        let message = "YAML reads what follows `#` as a comment, and then the text goes on; \
                       put all of the text in quotes";
        let start = self.line.value.start.min(self.at);
        self.problem(span, message).value(self.rest(&self.line, start))
    }

    fn deep(&self, limits: &Limits) -> Problem {
        let diagnostic = too_deep(self.working, self.at, limits);
        Problem { diagnostic, blank: self.all(self.at), is_value: true, indentation: false }
    }

    fn tab(&self) -> Problem {
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

    /// Something wrong between brackets.
    fn flow(&self, message: &str) -> Problem {
        let start = self.flow.unwrap_or(self.at);
        let first = Line::around(self.text, start);
        let dedented = first.owner.is_some_and(|owner| self.line.column <= owner);
        let ended =
            self.at >= self.text.trim_end().len() || (self.line.start != first.start && dedented);
        if ended && self.flow.is_some() {
            let bracket = slice(self.text, start, start + 1);
            let message =
                format!("this `{bracket}` is never closed; if it is text, put it in quotes");
            let problem = self.problem(Span::new(start, start + 1), message).value(self.all(start));
            let value = first.words(self.text);
            let raw = slice(self.text, value.start, value.end);
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

    /// Something that fits nothing before it.
    fn out_of_place(&self) -> Problem {
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
