//! Why the parser could not go on, in the author's words.
//!
//! The parser says what it expected; the author wants to know what is wrong with the line. So its
//! words only pick the case, and the rest is seen from the line itself.

use super::scan::Fault;
use super::source::Working;
use crate::{Code, Diagnostic, Edit, Limits, Span};

/// A syntax error, and how to get past it.
pub(super) struct Problem {
    pub(super) diagnostic: Diagnostic,
    /// What to overwrite so that the rest can be read.
    pub(super) blank: Span,
    /// It is about tabs at the start of lines: spaces in their place let the rest be read.
    pub(super) indentation: bool,
}

/// How much of the author's text a message repeats, in characters.
const MAX_WORDS: usize = 30;

/// Explains a fault.
pub(super) fn explain(working: &Working<'_>, fault: &Fault, limits: &Limits) -> Problem {
    let explainer = Explainer { working, text: working.text(), at: fault.at, flow: fault.flow };
    match fault.info.as_str() {
        "mapping values are not allowed in this context" => explainer.colon(),
        "simple key expect ':'" | "simple key expected" => explainer.no_colon(),
        "while scanning a quoted scalar, found unexpected end of stream"
        | "while scanning a quoted scalar, found unexpected document indicator"
        | "invalid indentation in quoted scalar" => explainer.unclosed_quote(),
        "invalid trailing content after double-quoted scalar" => explainer.after_quote(),
        "while parsing a quoted scalar, found unknown escape character"
        | "while parsing a quoted scalar, did not find expected hexadecimal number"
        | "while parsing a quoted scalar, found invalid Unicode character escape code" => {
            explainer.escape()
        }
        "while scanning an anchor or alias, did not find expected alphabetic or numeric character"
        | "while scanning a block scalar, did not find expected comment or line break"
        | "while scanning a block scalar, found an indentation indicator equal to 0"
        | "mapping keys are not allowed in this context"
        | "misplaced bracket"
        | "missing explicit document end marker before directive" => explainer.first_character(),
        "block sequence entries are not allowed in this context" => explainer.dash(),
        r#""-" is only valid inside a block"#
        | "plain scalar cannot start with '-' followed by ,[]{}" => explainer.flow(
            "inside brackets, items have a `,` between them and no `-`; if this is text, put it in quotes",
        ),
        "while parsing node, found unknown anchor" => explainer.unknown_alias(),
        "the handle wasn't declared" => explainer.tag(),
        "comment intercepting the multiline text" => explainer.comment(),
        "recursion limit exceeded" => explainer.deep(limits),
        "tabs disallowed within this context (block indentation)"
        | "tab cannot be used as indentation"
        | "tabs disallowed in this context"
        | "a block scalar content cannot start with a tab"
        | "while scanning a plain scalar, found a tab"
        | "'-' must be followed by a valid YAML whitespace" => explainer.tab(),
        "':' may not precede any of `[{` in flow mapping" => explainer.flow("a space is missing after this `:`"),
        "while parsing a block mapping, did not find expected key"
        | "while parsing a block collection, did not find expected '-' indicator"
        | "did not find expected <document start>"
        | "invalid indentation"
        | "wrongly indented line in block scalar" => explainer.out_of_place(),
        info if info.starts_with("unexpected character") => explainer.first_character(),
        info if info.contains("a tag, ") || info == "invalid global tag character" => explainer.tag(),
        info if info.contains(" directive, ") => explainer.first_character(),
        _ if fault.flow.is_some() => explainer.flow(
            "inside brackets, parts have a `,` between them, and text with `, : [ ] { }` is in quotes",
        ),
        _ => explainer.out_of_place(),
    }
}

struct Explainer<'w, 's> {
    working: &'w Working<'s>,
    text: &'w str,
    at: usize,
    flow: Option<usize>,
}

impl Explainer<'_, '_> {
    /// A `: ` where no key can be: in the midst of a text, or on a line that is indented too far.
    fn colon(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        if line.has_key() && line.value.start < self.at {
            let value = line.words(self.text);
            let message = "text with `: ` in it needs quotes";
            return self.problem(value, message).quoted(self, value).past(self.rest(&line, value.start));
        }
        if let Some(above) = line.above(self.text)
            && !above.has_key()
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
        self.problem(key, message).past(self.block(line.content, line.column))
    }

    /// A line among keys that is none.
    fn no_colon(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        let before = slice(self.text, line.start, self.at).trim();
        let line = if before.is_empty() { line.above(self.text).unwrap_or(line) } else { line };
        if let Some(problem) = self.missing_space(&line) {
            return problem;
        }
        let words = line.words(self.text);
        let message = format!(
            "there is no `:` after `{}`; if it belongs to the text above, indent it further",
            self.excerpt(words)
        );
        self.problem(words, message).past(self.block(line.content, line.column + 1))
    }

    /// `say:hello` is one word to YAML.
    fn missing_space(&self, line: &Line) -> Option<Problem> {
        let words = line.words(self.text);
        let first = slice(self.text, words.start, words.end);
        let colon = first.find(':')?;
        let (key, rest) = (first.get(..colon)?, first.get(colon + 1..)?);
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
        if !is_key || rest.is_empty() || rest.starts_with("//") {
            return None;
        }
        let at = words.start + colon + 1;
        let span = Span::new(words.start, at);
        let edit = Edit { span: Span::new(at, at), text: " ".to_owned() };
        let mut problem = self.problem(span, format!("a space is missing after `{key}:`"));
        problem.diagnostic = problem.diagnostic.with_fix("add a space", vec![edit]);
        Some(problem.past(Span::new(words.start, line.end)))
    }

    fn unclosed_quote(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        let span = Span::new(self.at, line.trimmed(self.text));
        let raw = slice(self.text, span.start, span.end);
        let quote = slice(self.text, self.at, self.at + 1);
        let rest = slice(raw, 1, raw.len());
        let message = format!("this text starts with {} and never ends with it", name(quote));
        let problem = self.problem(span, message).past(self.rest(&line, self.at));
        if rest.is_empty() || rest.contains(quote) || self.flow.is_some() {
            return problem;
        }
        if quote == "'" {
            // More likely an apostrophe than a quote.
            return problem.quoted(self, span);
        }
        let edit = Edit { span: Span::new(span.end, span.end), text: quote.to_owned() };
        Problem { diagnostic: problem.diagnostic.with_fix("close the quote", vec![edit]), ..problem }
    }

    /// `"So" she said`, or `'it's'`.
    fn after_quote(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        let value = line.words(self.text);
        let raw = slice(self.text, value.start, value.end);
        let within = raw.starts_with(['"', '\'']) && value.start < self.at;
        let after = Span::new(self.at, value.end.max(self.at));
        let message = format!(
            "the quotes end before `{}`; put all of the text in quotes",
            self.excerpt(after)
        );
        let problem = self.problem(after, message);
        if !within || self.flow.is_some() {
            let flow = self.flow.map(|start| self.rest(&Line::around(self.text, start), start));
            return problem.past(flow.unwrap_or(Span::new(self.at, line.end)));
        }
        let problem = problem.past(self.rest(&line, value.start));
        if raw.contains([':', '\\']) {
            return problem;
        }
        // `'it's'` has quotes around all of it, and one more that is an apostrophe.
        let quote = slice(raw, 0, 1);
        let inner = raw.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        problem.replaced("put all of it in quotes", value, quoted(inner.unwrap_or(raw)))
    }

    fn escape(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        let rest = slice(self.text, self.at, self.text.len());
        let length = quoted_length(rest);
        let end = (self.at + length).min(line.end);
        let message = "in double quotes `\\` has a meaning of its own; write `\\\\`, \
                       or put the text in single quotes";
        let problem = self.problem(Span::new(self.at, end), message);
        let span = Span::new(self.at, self.at + length);
        let inner = slice(rest, 1, length.saturating_sub(1));
        let problem = problem.past(self.flow_piece().unwrap_or_else(|| self.rest(&line, self.at)));
        if inner.contains(['\n', '\r', '"']) || span.end > line.end {
            return problem;
        }
        problem.replaced("put it in single quotes", span, format!("'{}'", inner.replace('\'', "''")))
    }

    /// Text that starts with a character that means something else to YAML.
    fn first_character(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        let piece = self.flow_piece();
        let span = piece.unwrap_or(Span::new(self.at, line.words(self.text).end.max(self.at)));
        let first = slice(self.text, self.at, self.text.len()).chars().next().unwrap_or(' ');
        let first = if "-?".contains(first) { format!("{first} ") } else { first.to_string() };
        let message = format!("text that starts with `{first}` needs quotes");
        let blank = piece.unwrap_or_else(|| self.rest(&line, self.at));
        self.problem(span, message).quoted(self, span).past(blank)
    }

    /// `- ` after a key, or where there is no list.
    fn dash(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        if line.has_key() && line.value.start == self.at {
            return self.first_character();
        }
        self.out_of_place()
    }

    fn unknown_alias(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        let rest = slice(self.text, self.at, self.text.len());
        let span = Span::new(self.at, self.at + word(rest));
        let message = format!(
            "`{}` repeats a part named `&{}`, and there is none; if this is text, put it in quotes",
            self.excerpt(span),
            self.excerpt(Span::new(span.start + 1, span.end)),
        );
        let piece = self.flow_piece();
        let words = piece.unwrap_or(line.words(self.text));
        let problem = self.problem(span, message).coded(Code::Alias);
        let problem = if words.start == self.at { problem.quoted(self, words) } else { problem };
        problem.past(piece.unwrap_or_else(|| self.rest(&line, self.at)))
    }

    fn tag(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        let before = slice(self.text, line.start, self.at);
        let start = before.rfind('!').map_or(self.at, |_| {
            let word = before.trim_end().rfind([' ', '\t']).map_or(0, |at| at + 1);
            if slice(before, word, before.len()).starts_with('!') { line.start + word } else { self.at }
        });
        let rest = slice(self.text, start, self.text.len());
        let diagnostic = tag(self.working, start, word(rest).max(1).min(rest.len()));
        let piece = self.flow_piece();
        let blank = piece.unwrap_or_else(|| self.rest(&line, start));
        Problem { diagnostic, blank, indentation: false }
    }

    /// A comment in the midst of a text of several lines.
    fn comment(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        let span = Span::new(self.at, line.trimmed(self.text));
        let message = "YAML reads what follows `#` as a comment, and then the text goes on; \
                       put all of the text in quotes";
        self.problem(span, message).past(self.rest(&line, line.value.start.min(self.at)))
    }

    fn deep(&self, limits: &Limits) -> Problem {
        let diagnostic = too_deep(self.working, self.at, limits);
        let start = self.flow.unwrap_or(self.at);
        let blank = self.rest(&Line::around(self.text, start), start);
        Problem { diagnostic, blank, indentation: false }
    }

    fn tab(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        let indentation = slice(self.text, line.start, line.end);
        let indentation = indentation.len() - indentation.trim_start().len();
        // Where the parser points at the start of a text, the tab is on a line below.
        let (start, end) = if slice(self.text, line.start, line.start + indentation).contains('\t') {
            (line.start, line.start + indentation)
        } else {
            let rest = slice(self.text, line.end, self.text.len());
            rest.find("\n\t").map_or((self.at, self.at), |at| (line.end + at + 1, line.end + at + 2))
        };
        let message = "this line starts with a tab; indent with spaces";
        let mut problem = self.problem(Span::new(start, end), message);
        if let Some(edits) = self.tabs_as_spaces() {
            problem.diagnostic = problem.diagnostic.with_fix("indent with spaces", edits);
        }
        Problem { indentation: true, ..problem.past(self.rest(&line, line.content)) }
    }

    /// Two spaces for each tab, if the file is indented with tabs alone.
    fn tabs_as_spaces(&self) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        let mut start = 0;
        for line in self.text.split_inclusive(['\n', '\r']) {
            let tabs = line.len() - line.trim_start_matches('\t').len();
            let indented_with_spaces = line.starts_with(' ');
            if indented_with_spaces || slice(line, tabs, tabs + 1) == " " {
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
        let blank = self.rest(&first, start);
        let here = Line::around(self.text, self.at);
        let ended = self.at >= self.text.trim_end().len()
            || (here.start != first.start && first.owner.is_some_and(|owner| here.column <= owner));
        if ended && self.flow.is_some() {
            let bracket = slice(self.text, start, start + 1);
            let message = format!("this `{bracket}` is never closed; if it is text, put it in quotes");
            let problem = self.problem(Span::new(start, start + 1), message).past(blank);
            let value = first.words(self.text);
            let closes = slice(self.text, value.start, value.end).contains([']', '}', ',', ':']);
            let is_text = value.start == start && !closes;
            return if is_text { problem.quoted(self, value) } else { problem };
        }
        let rest = slice(self.text, self.at, here.end);
        let end = self.at + word(rest).max(rest.chars().next().map_or(0, char::len_utf8));
        self.problem(Span::new(self.at, end), message).past(blank)
    }

    /// Something that fits nothing before it.
    fn out_of_place(&self) -> Problem {
        let line = Line::around(self.text, self.at);
        let value = line.words(self.text);
        let raw = slice(self.text, value.start, value.end);
        if value.start < self.at && let Some(first @ ('[' | '{' | '*')) = raw.chars().next() {
            // `[Apply](https://…)`, `{name}, hello`
            let message = format!("text that starts with `{first}` needs quotes");
            let problem = self.problem(value, message).quoted(self, value);
            return problem.past(self.rest(&line, value.start));
        }
        if let Some(start) = self.flow {
            return Explainer { flow: Some(start), ..*self }.flow("this does not belong here");
        }
        if let Some(problem) = self.missing_space(&line) {
            return problem;
        }
        let span = Span::new(line.content, value.end);
        let message = format!(
            "`{}` does not fit the lines above; indent it as the lines that it belongs to",
            self.excerpt(span)
        );
        self.problem(span, message).past(self.block(line.content, line.column))
    }

    fn problem(&self, span: Span, message: impl Into<String>) -> Problem {
        let span = self.working.span(span.start, span.end);
        let diagnostic = Diagnostic::new(Code::Syntax, span, message);
        Problem { diagnostic, blank: span, indentation: false }
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
            let words = line.trim_start();
            if !words.is_empty() && line.len() - words.len() < column {
                break;
            }
            next += line.len();
            if !words.is_empty() {
                end = next - (line.len() - line.trim_end().len());
            }
        }
        Span::new(start, end)
    }

    /// From where the fault is to the next `,` or bracket, if it is between brackets.
    fn flow_piece(&self) -> Option<Span> {
        self.flow?;
        let line = Line::around(self.text, self.at);
        let rest = slice(self.text, self.at, line.end);
        let end = rest.find([',', ']', '}']).unwrap_or(rest.len());
        Some(Span::new(self.at, self.at + slice(rest, 0, end).trim_end().len()))
    }

    fn excerpt(&self, span: Span) -> String {
        excerpt(slice(self.working.source(), span.start, span.end))
    }
}

impl Problem {
    fn past(self, blank: Span) -> Self {
        Self { blank, ..self }
    }

    fn coded(mut self, code: Code) -> Self {
        self.diagnostic.code = code;
        self.diagnostic.severity = code.severity();
        self
    }

    /// With the fix to put a part, if it is on one line, in quotes.
    fn quoted(self, explainer: &Explainer<'_, '_>, part: Span) -> Self {
        let raw = slice(explainer.working.source(), part.start, part.end);
        if raw.is_empty() || raw.contains(['\n', '\r']) || raw.starts_with(['"']) {
            return self;
        }
        self.replaced("put it in quotes", part, quoted(raw))
    }

    fn replaced(mut self, title: &str, span: Span, text: String) -> Self {
        self.diagnostic = self.diagnostic.with_fix(title, vec![Edit { span, text }]);
        self
    }
}

/// A line, taken apart: `  - key: value`.
struct Line {
    start: usize,
    end: usize,
    /// The first byte that is no space.
    content: usize,
    /// How far that is from the start.
    column: usize,
    /// The column of the key, or else of the last `-`.
    owner: Option<usize>,
    /// What follows the key or the `-`, or all of the words.
    value: Span,
    key: Option<Span>,
}

impl Line {
    /// The line of an offset.
    fn around(text: &str, at: usize) -> Self {
        let at = text.floor_char_boundary(at);
        let start = slice(text, 0, at).rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let start = if start == 0 && text.starts_with('\u{feff}') { 3 } else { start };
        let rest = slice(text, start, text.len());
        let end = start + rest.find(['\n', '\r']).unwrap_or(rest.len());
        let content = start + blanks(slice(text, start, end));
        let mut line = Self {
            start,
            end,
            content,
            column: content - start,
            owner: None,
            value: Span::new(content, end),
            key: None,
        };
        let mut next = content;
        loop {
            let words = slice(text, next, end);
            if words != "-" && !words.starts_with("- ") {
                break;
            }
            line.owner = Some(next - start);
            next += 1;
            next += blanks(slice(text, next, end));
        }
        line.value = Span::new(next, end);
        if let Some(length) = key_length(slice(text, next, end)) {
            line.owner = Some(next - start);
            line.key = Some(Span::new(next, next + length));
            let value = next + length + slice(text, next + length, end).find(':').map_or(0, |at| at + 1);
            line.value = Span::new(value + blanks(slice(text, value, end)), end);
        }
        line
    }

    /// The nearest line above that is not empty.
    fn above(&self, text: &str) -> Option<Self> {
        let before = slice(text, 0, self.start).trim_end();
        (!before.is_empty()).then(|| Self::around(text, before.len()))
    }

    fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// The value without spaces and comment at its end.
    fn words(&self, text: &str) -> Span {
        let value = slice(text, self.value.start, self.value.end);
        let words = value.find(" #").map_or(value, |at| slice(value, 0, at)).trim_end();
        Span::new(self.value.start, self.value.start + words.len())
    }

    /// The end of the line, without spaces.
    fn trimmed(&self, text: &str) -> usize {
        self.start + slice(text, self.start, self.end).trim_end().len()
    }
}

/// The length of the key that a line starts with, if it does.
fn key_length(words: &str) -> Option<usize> {
    let ends = |rest: &str| {
        rest.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    };
    if words.starts_with(['"', '\'']) {
        let length = quoted_length(words);
        return ends(slice(words, length, words.len()).trim_start()).then_some(length);
    }
    if words.starts_with(['[', '{', '#']) {
        return None;
    }
    let end = words.find(" #").unwrap_or(words.len());
    let words = slice(words, 0, end);
    words.match_indices(':').map(|(at, _)| at).find(|at| ends(slice(words, *at, words.len())))
}

/// How long a text in quotes is, with them.
pub(super) fn quoted_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let Some((_, quote)) = chars.next() else { return 0 };
    while let Some((at, c)) = chars.next() {
        if quote == '"' && c == '\\' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.next_if(|(_, next)| *next == '\'').is_some() {
                continue;
            }
            return at + 1;
        }
    }
    text.len()
}

/// The length of an alias, anchor or tag, or of any other word.
pub(super) fn word(text: &str) -> usize {
    if text.starts_with("!<") {
        return text.find('>').map_or(text.len(), |at| at + 1);
    }
    text.find(|c: char| c.is_whitespace() || ",[]{}".contains(c)).unwrap_or(text.len())
}

/// A tag of `length` bytes stands at `start`.
pub(super) fn tag(working: &Working<'_>, start: usize, length: usize) -> Diagnostic {
    let span = working.span(start, start + length);
    let word = excerpt(slice(working.source(), span.start, span.end));
    let message = format!("`{word}` is a YAML tag, which is not read; if it is text, put it in quotes");
    Diagnostic::new(Code::Tag, span, message)
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
    let rest = slice(text, span.end, text.len());
    let line = slice(rest, 0, rest.find(['\n', '\r']).unwrap_or(rest.len())).trim_end();
    let words = slice(text, span.start, span.end);
    if !line.starts_with(" #") || words.contains(['\n', '\r']) {
        return None;
    }
    let (message, start) = if words.is_empty() {
        // `say: #1 in town`; `say: # to do` is a comment.
        if !line.starts_with(" #") || line.get(2..)?.starts_with([' ', '#']) || line.len() < 3 {
            return None;
        }
        ("YAML reads this as a comment; if it is text, put it in quotes", span.end + 1)
    } else {
        ("YAML reads what follows `#` as a comment; if it is text, put all of it in quotes", span.start)
    };
    let end = span.end + line.len();
    let diagnostic = Diagnostic::new(Code::CutAtHash, Span::new(span.end + 1, end), message);
    if flow {
        return Some(diagnostic);
    }
    let edit = Edit { span: Span::new(start, end), text: quoted(slice(text, start, end)) };
    Some(diagnostic.with_fix("put it in quotes", vec![edit]))
}

/// A text as YAML that reads as that text.
fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

fn name(quote: &str) -> &'static str {
    if quote == "'" { "`'`" } else { "`\"`" }
}

fn excerpt(words: &str) -> String {
    let words = words.split(['\n', '\r']).next().unwrap_or_default();
    match words.char_indices().nth(MAX_WORDS) {
        Some((at, _)) => format!("{}…", slice(words, 0, at).trim_end()),
        None => words.to_owned(),
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// A part of a text; nothing where there is none.
pub(super) fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end.min(text.len())).unwrap_or_default()
}
