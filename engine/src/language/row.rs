//! Lines, taken apart, and what a line belongs to by its indentation.

use crate::Span;
use crate::yaml::{key_length, quoted_length};

/// A line, taken apart: `  - key: value # comment`.
pub(super) struct Row {
    pub(super) start: usize,
    /// Where its words end, before spaces at the end.
    pub(super) end: usize,
    /// The columns of each `-` that it starts with.
    pub(super) dashes: Vec<usize>,
    /// Where the rest starts.
    pub(super) content: usize,
    pub(super) key: Option<Span>,
    /// What follows the key or, without one, all words; anchors left out.
    pub(super) value: Span,
    pub(super) comment: Option<usize>,
}

impl Row {
    pub(super) fn around(source: &str, offset: usize) -> Self {
        let before = source.get(..offset).unwrap_or_default();
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        Self::at(source, start)
    }

    fn at(source: &str, start: usize) -> Self {
        let start = start + if start == 0 && source.starts_with('\u{feff}') { 3 } else { 0 };
        let line = source.get(start..).unwrap_or_default();
        let line = line.get(..line.find(['\n', '\r']).unwrap_or(line.len())).unwrap_or_default();
        let mut row = Self {
            start,
            end: start + line.len(),
            dashes: Vec::new(),
            content: start,
            key: None,
            value: Span::default(),
            comment: None,
        };
        row.content += blanks(line);
        loop {
            let words = source.get(row.content..row.end).unwrap_or_default();
            if words != "-" && !words.starts_with("- ") {
                break;
            }
            row.dashes.push(row.content - start);
            row.content += 1;
            row.content += blanks(source.get(row.content..row.end).unwrap_or_default());
        }
        let words = source.get(row.content..row.end).unwrap_or_default();
        row.comment = comment(words).map(|at| row.content + at);
        let length = row.comment.map_or(words.len(), |at| at - row.content);
        let words = words.get(..length).unwrap_or_default().trim_end();
        if row.comment.is_some() {
            row.end = row.content + words.len();
        }
        let mut from = row.content;
        if let Some(length) = key_length(words) {
            row.key = Some(Span::new(row.content, row.content + length));
            let after = words.get(length..).unwrap_or_default();
            let colon = after.find(':').map_or(0, |at| at + 1);
            from += length + colon;
        }
        let mut value = source.get(from..row.content + words.len()).unwrap_or_default();
        while let Some(rest) = value.trim_start().strip_prefix(['&', '!']) {
            let word = rest.find([' ', '\t']).unwrap_or(rest.len());
            if row.key.is_none() || word == rest.len() && value.trim_start().starts_with('!') {
                break;
            }
            value = rest.get(word..).unwrap_or_default();
        }
        let value = value.trim_start();
        let end = row.content + words.len();
        row.value = Span::new(end - value.len(), end);
        row
    }

    fn is_empty(&self) -> bool {
        self.content == self.end && self.dashes.is_empty()
    }
}

/// What later lines may belong to: a key, a `-`, or a bracket that opens on a line of its own.
pub(super) struct Opener {
    pub(super) key: Option<Span>,
    pub(super) is_item: bool,
    /// What stands behind it on its line.
    pub(super) value: Span,
}

/// What owns a line that starts in `column`, the innermost first, from the lines above `before`.
pub(super) fn openers_above(
    source: &str,
    before: usize,
    column: usize,
    is_dash: bool,
) -> Vec<Opener> {
    let mut chain = Vec::new();
    let (mut limit, mut below_dash) = (column, is_dash);
    let mut next = before;
    while next > 0 && (limit > 0 || below_dash) {
        let row = Row::around(source, source.floor_char_boundary(next - 1));
        next = if row.start <= 3 && source.starts_with('\u{feff}') { 0 } else { row.start };
        if row.is_empty() {
            continue;
        }
        let column = row.content - row.start;
        let nothing = Span::new(row.value.end, row.value.end);
        let opens =
            source.get(row.content..row.end).is_some_and(|rest| rest.starts_with(['[', '{']));
        if row.key.is_some() || opens {
            let owns = column < limit || below_dash && column == limit;
            if owns {
                chain.push(Opener { key: row.key, is_item: false, value: row.value });
                (limit, below_dash) = (column, false);
            }
        }
        for (number, dash) in row.dashes.iter().enumerate().rev() {
            if *dash < limit {
                let is_text = number + 1 == row.dashes.len() && row.key.is_none() && !opens;
                let value = if is_text { row.value } else { nothing };
                chain.push(Opener { key: None, is_item: true, value });
                (limit, below_dash) = (*dash, true);
            }
        }
    }
    chain
}

/// The keys beside the one that is written in `column` of a line.
pub(super) fn siblings<'s>(source: &'s str, row: &Row, column: usize) -> Vec<&'s str> {
    let mut keys = Vec::new();
    let mut next = row.start;
    while next > 0 && row.dashes.is_empty() {
        let other = Row::around(source, source.floor_char_boundary(next - 1));
        next = if other.start <= 3 && source.starts_with('\u{feff}') { 0 } else { other.start };
        if other.is_empty() {
            continue;
        }
        if let Some(key) = other.key.filter(|key| key.start - other.start == column) {
            keys.push(spelled(source, key));
        }
        let first = other.dashes.first().copied().unwrap_or(other.content - other.start);
        if first < column {
            break;
        }
    }
    let mut at = row.start;
    while let Some(end) = source.get(at..).and_then(|rest| rest.find(['\n', '\r'])) {
        at += end + 1;
        let other = Row::at(source, at);
        if other.is_empty() {
            continue;
        }
        let first = other.dashes.first().copied().unwrap_or(other.content - other.start);
        if first < column {
            break;
        }
        if let Some(key) = other.key.filter(|key| key.start - other.start == column) {
            keys.push(spelled(source, key));
        }
    }
    keys
}

/// A key without its quotes.
pub(super) fn spelled(source: &str, key: Span) -> &str {
    let raw = source.get(key.start..key.end).unwrap_or_default();
    let quote = |quote| raw.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    quote('"').or_else(|| quote('\'')).unwrap_or(raw)
}

/// Where a comment begins, outside of quotes.
fn comment(words: &str) -> Option<usize> {
    let mut at = 0;
    let mut before = None;
    while let Some(c) = words.get(at..).and_then(|rest| rest.chars().next()) {
        let starts = before.is_none_or(|before| ",:[{".contains(before));
        if c == '#'
            && words.get(..at).is_none_or(|head| head.is_empty() || head.ends_with([' ', '\t']))
        {
            return Some(at);
        }
        at += if matches!(c, '"' | '\'') && starts {
            quoted_length(words.get(at..).unwrap_or_default())
        } else {
            c.len_utf8()
        };
        before = if c.is_whitespace() { before } else { Some(c) };
    }
    None
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}
