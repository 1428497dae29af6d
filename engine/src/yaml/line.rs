//! Lines of a source as their author sees them, and the words in them.

use crate::Span;

/// How much of the author's text a message repeats, in characters.
const MAX_WORDS: usize = 30;

/// A line, taken apart: `  - key: value`.
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The first byte that is no space.
    pub(super) content: usize,
    /// How far that is from the start.
    pub(super) column: usize,
    /// The column of the key, or else of the last `-`.
    pub(super) owner: Option<usize>,
    /// What follows the key or the `-`, or all of the words.
    pub(super) value: Span,
    pub(super) has_key: bool,
}

impl Line {
    /// The line of an offset.
    pub(super) fn around(text: &str, at: usize) -> Self {
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
            has_key: false,
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
            line.has_key = true;
            let value =
                next + length + slice(text, next + length, end).find(':').map_or(0, |at| at + 1);
            line.value = Span::new(value + blanks(slice(text, value, end)), end);
        }
        line
    }

    /// The nearest line above that is not empty.
    pub(super) fn above(&self, text: &str) -> Option<Self> {
        let before = slice(text, 0, self.start).trim_end();
        (!before.is_empty()).then(|| Self::around(text, before.len()))
    }

    /// The value without spaces and comment at its end.
    pub(super) fn words(&self, text: &str) -> Span {
        let value = slice(text, self.value.start, self.value.end);
        let words = value.find(" #").map_or(value, |at| slice(value, 0, at)).trim_end();
        Span::new(self.value.start, self.value.start + words.len())
    }

    /// The end of the line, without spaces.
    pub(super) fn trimmed(&self, text: &str) -> usize {
        self.start + slice(text, self.start, self.end).trim_end().len()
    }
}

/// The length of the key that a line starts with, if it does.
pub(crate) fn key_length(words: &str) -> Option<usize> {
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
pub(crate) fn quoted_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let Some((_, quote)) = chars.next() else {
        return 0;
    };
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

/// A text as YAML that reads as that text.
pub(crate) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// What stands between the typographic quotes that are around all of a text.
pub(super) fn within_typographic(text: &str) -> Option<&str> {
    const OPENING: [char; 7] = ['“', '”', '„', '‘', '’', '‚', '«'];
    const CLOSING: [char; 5] = ['”', '“', '’', '‘', '»'];
    let inner = text.strip_prefix(OPENING)?.strip_suffix(CLOSING)?;
    let is_double = text.starts_with(['“', '”', '„', '«']);
    let others: &[char] =
        if is_double { &['“', '”', '„', '«', '»'] } else { &['‘', '‚'] };
    (!inner.trim().is_empty() && !inner.contains(others)).then_some(inner)
}

/// A blank that looks like a space and is none to YAML.
pub(super) fn is_odd_blank(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// A text as YAML that reads as that text, without typographic quotes around it.
pub(crate) fn quoted_anew(text: &str) -> String {
    quoted(within_typographic(text).map_or(text, str::trim))
}

/// The beginning of some words, as a message repeats them.
pub(super) fn excerpt(words: &str) -> String {
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

/// The spaces and tabs that a line starts with.
pub(super) fn indentation(line: &str) -> &str {
    slice(line, 0, line.len() - line.trim_start_matches([' ', '\t']).len())
}
