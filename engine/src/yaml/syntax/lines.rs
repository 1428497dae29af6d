//! Lines that do not fit together: a `:` too many or missing, indentation, tabs.

use crate::keys::Keys;
use crate::yaml::case::{Case, Problem};
use crate::yaml::line::{Line, excerpt, indentation, is_odd_blank, key_length, slice};
use crate::{Edit, Span};

/// The most characters of a key, by YAML 1.2.2, 7.4.2. (Between brackets the parser takes longer ones.)
const MAX_KEY: usize = 1024;

impl Case<'_, '_> {
    /// A `: ` where no key can be: in the midst of a text, or on a line that is indented too far.
    pub(super) fn colon(&self) -> Problem {
        if let Some(problem) = self.long_key() {
            return problem;
        }
        let line = &self.line;
        if line.has_key && line.value.start < self.at {
            let value = line.words(self.text);
            if let Some(problem) = self.missing_braces(value) {
                return problem.value(self.rest(line, value.start));
            }
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
        let block = self.block(line.content, line.column);
        let above = line.above(self.text);
        let owner = above.as_ref().and_then(|above| self.key_of(above)).unwrap_or_default();
        if is_node_key(owner)
            && let Some(column) = above.as_ref().and_then(|above| above.owner)
            && let Some(by) = line.column.checked_sub(column).filter(|by| *by > 0)
        {
            let message = format!(
                "`{}` is indented further than `{owner}:` above, which has its value already; indent it as that",
                self.excerpt(key)
            );
            let problem = self.problem(key, message).lines(block).shifted(by);
            return match self.less_indented(block, by) {
                Some(edits) => problem.edited("indent it less", edits),
                None => problem,
            };
        }
        let message = format!(
            "`{}` is indented further than the line above, which has its value already; \
             indent it less, or put the text in quotes",
            self.excerpt(key)
        );
        let problem = self.problem(key, message).lines(block);
        // `Town: Here you are.` with a `goto:` below it.
        let is_key = self.key_of(line).is_some_and(is_node_key);
        let (Some(above), true) = (above.filter(|above| above.has_key), is_key) else {
            return problem;
        };
        let value = above.words(self.text);
        let words = slice(self.text, value.start, value.end);
        let is_next = slice(self.text, above.end, line.start).matches('\n').count() == 1;
        if words.starts_with(['|', '>', '&', '*', '!', '{', '[']) || !is_next {
            return problem;
        }
        let before = slice(self.text, above.start, value.start).trim_end().len();
        let say = format!("\n{}say: ", " ".repeat(line.column));
        let mut problem = problem.edited(
            "write `say:`",
            vec![Edit { span: Span::new(above.start + before, value.start), text: say }],
        );
        problem.diagnostic.message = format!(
            "`{owner}` has its words on its own line, so nothing can stand below it; write them below, too, as `say: …`"
        );
        problem
    }

    /// `Town: goto: town`, all on one line.
    fn missing_braces(&self, value: Span) -> Option<Problem> {
        let words = slice(self.text, value.start, value.end);
        let key = slice(words, 0, key_length(words)?);
        if !is_node_key(key) {
            return None;
        }
        let message = format!("`{key}:` on the same line needs braces around it: `{{{key}: …}}`");
        let problem = self.problem(value, message);
        if words.contains(['{', '}', '[', ']', ',', '#']) {
            return Some(problem);
        }
        let braced = format!("{{{}}}", slice(self.working.source(), value.start, value.end));
        Some(problem.replaced("put braces around it", value, braced))
    }

    /// The key that a line begins with, after its dashes.
    pub(super) fn key_of(&self, line: &Line) -> Option<&str> {
        let start = line.start + line.owner.filter(|_| line.has_key)?;
        let rest = slice(self.text, start, line.end);
        Some(slice(rest, 0, key_length(rest)?).trim())
    }

    /// The edits that take so many spaces from the beginning of each line.
    fn less_indented(&self, block: Span, by: usize) -> Option<Vec<Edit>> {
        let mut at = Line::around(self.text, block.start).start;
        let mut edits = Vec::new();
        for line in slice(self.text, at, block.end).split_inclusive('\n') {
            if !line.trim().is_empty() {
                if !slice(line, 0, by).bytes().all(|byte| byte == b' ') {
                    return None;
                }
                edits.push(Edit { span: Span::new(at, at + by), text: String::new() });
            }
            at += line.len();
        }
        Some(edits)
    }

    /// A line among keys that is none.
    pub(super) fn no_colon(&self) -> Problem {
        if let Some(problem) = self.long_key() {
            return problem;
        }
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

    /// A key that is so long that it is none to YAML.
    fn long_key(&self) -> Option<Problem> {
        let start = self.line.content;
        let words = slice(self.text, start, self.line.end);
        let key = slice(words, 0, key_length(words)?);
        key.chars().nth(MAX_KEY)?;
        let message = format!(
            "`{}` is longer than the 1,024 characters that a key may have; write a short one, and the words as its `label`",
            excerpt(key)
        );
        let problem = self.problem(Span::new(start, start + key.len()), message);
        Some(problem.lines(self.block(start, self.line.column + 1)))
    }

    /// `say:hello` is one word to YAML.
    pub(super) fn missing_space(&self, line: &Line) -> Option<Problem> {
        let words = line.words(self.text);
        let (key, rest) = slice(self.text, words.start, words.end).split_once(':')?;
        if let Some(blank) = rest.chars().next().filter(|first| is_odd_blank(*first)) {
            let at = words.start + key.len() + 1;
            let blanks =
                rest.len() - rest.trim_start_matches(|c| c == ' ' || is_odd_blank(c)).len();
            let message = format!(
                "the blank after this `:` is no plain space (U+{:04X}); type a space instead",
                u32::from(blank)
            );
            let problem = self.problem(Span::new(at - 1, at + blanks), message).replaced(
                "write a space",
                Span::new(at, at + blanks),
                " ".to_owned(),
            );
            return Some(problem.lines(Span::new(words.start, line.end)));
        }
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
        let edits = self.tabs_as_spaces();
        let others = match edits.len() {
            0 | 1 => String::new(),
            lines => format!(" (and {} more)", lines - 1),
        };
        let message = format!("this line{others} starts with a tab; indent with spaces");
        let line = Line::around(self.text, line_start);
        let problem = self.problem(span, message);
        let problem = problem.lines(self.block(line.content, line.column + 1));
        let diagnostic = problem.diagnostic.with_fix("indent with spaces", edits);
        Problem { diagnostic, indentation: true, ..problem }
    }

    /// Spaces for the tabs that lines begin with: two for each, or as many more as it takes for what follows a line
    /// without tabs to be indented further than that.
    fn tabs_as_spaces(&self) -> Vec<Edit> {
        let margin = |line: &str| {
            let tabs = indentation(line).matches('\t').count();
            (tabs, indentation(line).len() - tabs)
        };
        let lines =
            || self.text.split_inclusive(['\n', '\r']).filter(|line| !line.trim().is_empty());
        let is_below = |width: usize| {
            lines().zip(lines().skip(1)).all(|(above, below)| {
                let ((no_tabs, column), (tabs, spaces)) = (margin(above), margin(below));
                let begins = no_tabs == 0 && tabs > 0 && above.trim_end().ends_with(':');
                !begins || tabs * width + spaces > column
            })
        };
        let width = [2, 4, 8].into_iter().find(|width| is_below(*width)).unwrap_or(4);
        let mut edits = Vec::new();
        let mut start = 0;
        for line in self.text.split_inclusive(['\n', '\r']) {
            let (tabs, spaces) = margin(line);
            if tabs > 0 {
                let span = Span::new(start, start + tabs + spaces);
                edits.push(Edit { span, text: " ".repeat(tabs * width + spaces) });
            }
            start += line.len();
        }
        edits
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
        if let Some(key) = self.key_of(line)
            && Keys::File.names().contains(&key)
            && line.owner == Some(line.column)
            && line.column > 0
        {
            let block = self.block(line.content, line.column);
            let message = format!(
                "`{key}:` is not indented as anything above it; it belongs at the top of the file, with no spaces before it"
            );
            let key = Span::new(line.content, line.content + key.len());
            let problem = self.problem(key, message).lines(block).shifted(line.column);
            return match self.less_indented(block, line.column) {
                Some(edits) => problem.edited("indent it less", edits),
                None => problem,
            };
        }
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

/// Whether a key is one that a node has.
fn is_node_key(key: &str) -> bool {
    [Keys::Node, Keys::Answer].iter().any(|keys| keys.names().contains(&key))
}
