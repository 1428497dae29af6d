//! Why the parser could not go on, in the author's words.
//!
//! The parser says what it expected; the author wants to know what is wrong with the line. So its
//! words only pick the case, and the rest is seen from the line itself.

use super::line::{Line, excerpt, quoted, quoted_length, slice, word};
use super::scan::Fault;
use super::source::Working;
use crate::{Code, Diagnostic, Edit, Limits, Span};

/// A syntax error, and how to get past it.
pub(super) struct Problem {
    pub(super) diagnostic: Diagnostic,
    /// What to overwrite so that the rest can be read.
    pub(super) blank: Span,
    /// That is all of a value, and not lines with keys of their own.
    pub(super) is_value: bool,
    /// Tabs at the start of lines have to be spaces, and then the rest can be read.
    pub(super) indentation: bool,
}

/// Explains a fault.
pub(super) fn explain(working: &Working<'_>, fault: &Fault, limits: &Limits) -> Problem {
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

/// Where a fault is.
struct Case<'w, 's> {
    working: &'w Working<'s>,
    text: &'w str,
    line: Line,
    at: usize,
    /// Where the outermost open bracket is.
    flow: Option<usize>,
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
        let before = slice(self.text, self.line.start, self.at).trim();
        let above = before.is_empty().then(|| self.line.above(self.text)).flatten();
        let line = above.as_ref().unwrap_or(&self.line);
        if let Some(problem) = self.missing_space(line) {
            return problem;
        }
        let words = line.words(self.text);
        let message = format!(
            "there is no `:` after `{}`; if it belongs to the text above, indent it further",
            self.excerpt(words)
        );
        self.problem(words, message).lines(self.block(line.content, line.column + 1))
    }

    /// `say:hello` is one word to YAML.
    fn missing_space(&self, line: &Line) -> Option<Problem> {
        let words = line.words(self.text);
        let (key, rest) = slice(self.text, words.start, words.end).split_once(':')?;
        let is_key = key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
        if key.is_empty() || !is_key || rest.is_empty() || rest.starts_with(['/', ' ', '\t']) {
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
        let problem = self.problem(span, message).value(self.all(self.at));
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
        let after = Span::new(self.at, value.end.max(self.at));
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
        let blank = if self.flow.is_some() { self.all(start) } else { self.rest(&self.line, start) };
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
        let ended = self.at >= self.text.trim_end().len()
            || (self.line.start != first.start && dedented);
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
        let rest = slice(self.text, self.at, self.line.end);
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

    /// Whether brackets that start a value are still open where the fault is.
    fn is_open(&self, value: Span) -> bool {
        let before = slice(self.text, value.start, self.at);
        before.matches(['[', '{']).count() > before.matches([']', '}']).count()
    }

    fn is_item(&self, line: &Line) -> bool {
        slice(self.text, line.content, line.content + 1) == "-"
    }

    /// The line above with the same indentation, if none between is indented less.
    fn sibling(&self) -> Option<Line> {
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

    fn problem(&self, span: Span, message: impl Into<String>) -> Problem {
        let span = self.working.span(span.start, span.end);
        let diagnostic = Diagnostic::new(Code::Syntax, span, message);
        Problem { diagnostic, blank: span, is_value: false, indentation: false }
    }

    /// All of the value between brackets that the fault is in, or else from `start`.
    fn all(&self, start: usize) -> Span {
        let start = self.flow.unwrap_or(start);
        self.rest(&Line::around(self.text, start), start)
    }

    /// From `start` to the end of the value that it is in: before the next line that is not
    /// indented further than what the value belongs to.
    fn rest(&self, line: &Line, start: usize) -> Span {
        self.block(start, line.owner.map_or(0, |owner| owner + 1))
    }

    /// From `start` to before the next line that is indented less than `column`.
    fn block(&self, start: usize, column: usize) -> Span {
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
    fn piece(&self) -> Option<Span> {
        self.flow?;
        let rest = slice(self.text, self.at, self.line.end);
        let end = if rest.starts_with(['"', '\'']) {
            quoted_length(rest)
        } else {
            rest.find([',', ']', '}']).unwrap_or(rest.len())
        };
        let length = slice(rest, 0, end).trim_end().len();
        (length > 0).then(|| Span::new(self.at, self.at + length))
    }

    fn excerpt(&self, span: Span) -> String {
        excerpt(slice(self.working.source(), span.start, span.end))
    }
}

impl Problem {
    /// Past it by blanking all of a value.
    fn value(self, blank: Span) -> Self {
        Self { blank, is_value: true, ..self }
    }

    /// Past it by blanking lines, or what is left of one.
    fn lines(self, blank: Span) -> Self {
        Self { blank, is_value: false, ..self }
    }

    fn coded(mut self, code: Code) -> Self {
        self.diagnostic.code = code;
        self.diagnostic.severity = code.severity();
        self
    }

    /// With the fix to put a part, if it is on one line, in quotes.
    fn quoted(self, case: &Case<'_, '_>, part: Span) -> Self {
        let raw = slice(case.working.source(), part.start, part.end);
        if raw.is_empty() || raw.contains(['\n', '\r']) || raw.starts_with('"') {
            return self;
        }
        self.replaced("put it in quotes", part, quoted(raw))
    }

    fn replaced(mut self, title: &str, span: Span, text: String) -> Self {
        self.diagnostic = self.diagnostic.with_fix(title, vec![Edit { span, text }]);
        self
    }
}

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
    let words = Line::around(source, start).words(source);
    let raw = slice(source, start, words.end);
    let edit = if tag.starts_with("!!") {
        let after = slice(source, span.end, words.end);
        let blanks = after.len() - after.trim_start().len();
        Edit { span: Span::new(span.start, span.end + blanks), text: String::new() }
    } else if flow || words.start != start || raw.contains(['[', '{', '"', '\'', '|', '>', '&']) {
        return diagnostic;
    } else {
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
    let line = slice(rest, 0, rest.find(['\n', '\r']).unwrap_or(rest.len())).trim_end();
    let comment = line.strip_prefix(" #")?;
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

/// The spaces and tabs that a line starts with.
fn indentation(line: &str) -> &str {
    slice(line, 0, line.len() - line.trim_start_matches([' ', '\t']).len())
}
