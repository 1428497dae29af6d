//! Where in a tree an offset is, told by lines and indentation alone: while somebody is typing there,
//! the source is broken more often than not.

use crate::Span;
use crate::yaml::key_length;

use super::flow::{Token, token};
use super::vocabulary::Context;

/// What may be written at an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot<'s> {
    /// What the map is that the key stands in, or what the value is.
    pub(super) context: Context,
    /// What is there already, and would be replaced.
    pub(super) word: Span,
    pub(super) place: Place<'s>,
    /// The keys that lead here, as they are spelled, the outermost first.
    pub(super) path: Vec<&'s str>,
}

/// Whether a key or a value is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place<'s> {
    Key {
        /// The other keys of the map.
        present: Vec<&'s str>,
        has_colon: bool,
        /// In brackets.
        flow: bool,
        /// How far the key is from the start of its line, in bytes.
        column: usize,
    },
    Value,
}

/// How many brackets within brackets are looked into.
const MAX_LEVELS: usize = 64;

/// How much of a source between brackets is looked through for keys, in bytes.
const MAX_FLOW: usize = 1 << 16;

/// The spot of an offset; none in comments and texts.
pub(super) fn spot(source: &str, offset: usize) -> Option<Spot<'_>> {
    let offset = source.floor_char_boundary(offset);
    let row = Row::around(source, offset);
    let is_blank = row.content == row.end;
    if offset < row.content && !is_blank {
        return None;
    }
    if row.comment.is_some_and(|comment| comment < offset) {
        return None;
    }
    let at = if is_blank { offset } else { row.content };
    let column = at.saturating_sub(row.start);
    let first = row.dashes.first().copied();
    let mut found = Found { source, offset, context: Context::File, path: Vec::new() };

    let above = openers_above(source, row.start, first.unwrap_or(column), first.is_some());
    for opener in above.iter().rev() {
        if let Some(key) = opener.key {
            found.enter(key);
        } else if opener.is_item {
            found.context = found.context.item();
        }
        if opener.value.start < opener.value.end {
            let rest = source.get(opener.value.start..)?;
            return if rest.starts_with(['[', '{']) {
                found.flow(opener.value.start)
            } else {
                None
            };
        }
    }
    for _ in row.dashes.iter().filter(|dash| row.start + **dash < offset) {
        found.context = found.context.item();
    }
    if source.get(row.content..).is_some_and(|rest| rest.starts_with(['[', '{'])) {
        return found.flow(row.content);
    }
    match row.key {
        Some(key) if offset > key.end => {
            found.enter(key);
            let value = row.value;
            let rest = source.get(value.start..)?;
            if rest.starts_with(['[', '{']) && value.start < value.end {
                return found.flow(value.start);
            }
            let is_other = value.start < value.end && rest.starts_with(['|', '>', '&', '*', '!']);
            if is_other {
                return None;
            }
            let word = if (value.start..=value.end).contains(&offset) {
                value
            } else {
                Span::new(offset, offset)
            };
            Some(found.spot(word, Place::Value))
        }
        key => {
            let word = key.unwrap_or(if is_blank { Span::new(at, at) } else { row.value });
            let present = siblings(source, &row, column);
            let place = Place::Key { present, has_colon: key.is_some(), flow: false, column };
            (word.start <= offset && offset <= word.end).then(|| found.spot(word, place))
        }
    }
}

/// An offset in the words that own what is at an offset: in a line without words, the key of the nearest
/// line above that is indented less; none at the start of a line. Elsewhere, the words of the line.
pub(super) fn owner(source: &str, offset: usize) -> Option<usize> {
    let offset = source.floor_char_boundary(offset);
    let row = Row::around(source, offset);
    if row.content < row.end {
        return Some(offset.clamp(row.content, row.value.end.max(row.content)));
    }
    let column = offset.min(row.content).saturating_sub(row.start);
    let above = openers_above(source, row.start, column, false);
    above.first().map(|opener| opener.key.map_or(opener.value.start, |key| key.start))
}

/// What was found on the way down to the spot.
struct Found<'s> {
    source: &'s str,
    offset: usize,
    context: Context,
    path: Vec<&'s str>,
}

impl<'s> Found<'s> {
    fn enter(&mut self, key: Span) {
        let name = spelled(self.source, key);
        self.context = self.context.under(name);
        self.path.push(name);
    }

    fn spot(self, word: Span, place: Place<'s>) -> Spot<'s> {
        Spot { context: self.context, word, place, path: self.path }
    }

    /// The spot between brackets, the outermost of which is at `from`.
    fn flow(mut self, from: usize) -> Option<Spot<'s>> {
        // What each open bracket is, where it is, and the key that a value is awaited for.
        let mut open: Vec<(Context, usize, bool, Option<Span>)> = Vec::new();
        let mut word = Span::new(self.offset, self.offset);
        let mut text = None;
        let mut at = from;
        while let Some((found, span)) = token(self.source, at) {
            let is_here =
                found == Token::Text && span.start <= self.offset && self.offset <= span.end;
            if is_here {
                word = span;
            }
            if is_here || span.start >= self.offset {
                break;
            }
            at = span.end;
            match found {
                Token::Open { map } => {
                    if open.len() >= MAX_LEVELS {
                        return None;
                    }
                    if let Some((context, _, is_map, key)) = open.last() {
                        self.context = *context;
                        match key {
                            Some(key) => self.enter(*key),
                            None if !is_map => self.context = self.context.item(),
                            None => {}
                        }
                    }
                    open.push((self.context, span.start, map, None));
                    text = None;
                }
                Token::Close => {
                    open.pop();
                    if let Some((_, _, _, Some(_))) = open.last() {
                        self.path.pop();
                    }
                    if open.is_empty() {
                        return None;
                    }
                    text = None;
                }
                Token::Comma => {
                    text = None;
                    if let Some((_, _, _, key)) = open.last_mut() {
                        *key = None;
                    }
                }
                Token::Colon => {
                    if let Some((_, _, true, key)) = open.last_mut() {
                        *key = text.take();
                    }
                }
                Token::Text => text = Some(span),
                Token::Comment if span.end >= self.offset => return None,
                Token::Comment => {}
            }
        }
        let (context, start, is_map, key) = open.pop()?;
        self.context = context;
        match key {
            Some(key) => {
                self.enter(key);
                Some(self.spot(word, Place::Value))
            }
            // A text stands there already, and there is no comma behind it.
            None if text.is_some() => None,
            None if is_map => {
                let has_colon = matches!(token(self.source, word.end), Some((Token::Colon, _)) if word.start < word.end);
                let present = flow_keys(self.source, start, word);
                let place = Place::Key { present, has_colon, flow: true, column: 0 };
                Some(self.spot(word, place))
            }
            None => {
                self.context = self.context.item();
                let place =
                    Place::Key { present: Vec::new(), has_colon: false, flow: true, column: 0 };
                // A map without braces: `[image: address]`.
                Some(self.spot(word, place))
            }
        }
    }
}

/// The keys of the map whose bracket is at `start`, but for the one at `word`.
fn flow_keys(source: &str, start: usize, word: Span) -> Vec<&str> {
    let mut keys = Vec::new();
    let mut depth = 0_usize;
    let mut text = None;
    let mut at = start;
    while let Some((found, span)) =
        token(source, at).filter(|(_, span)| span.start < start + MAX_FLOW)
    {
        at = span.end;
        match found {
            Token::Open { .. } => depth += 1,
            Token::Close if depth <= 1 => break,
            Token::Close => depth -= 1,
            Token::Text if depth == 1 => text = Some(span),
            Token::Colon if depth == 1 => {
                let key = text.take().filter(|key| key.start != word.start);
                keys.extend(key.map(|key| spelled(source, key)));
            }
            Token::Text | Token::Colon | Token::Comma | Token::Comment => {}
        }
    }
    keys
}

/// A line, taken apart: `  - key: value # comment`.
struct Row {
    start: usize,
    /// Where its words end, before spaces at the end.
    end: usize,
    /// The columns of each `-` that it starts with.
    dashes: Vec<usize>,
    /// Where the rest starts.
    content: usize,
    key: Option<Span>,
    /// What follows the key or, without one, all words; anchors left out.
    value: Span,
    comment: Option<usize>,
}

impl Row {
    fn around(source: &str, offset: usize) -> Self {
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
        let comment = if words.starts_with('#') { Some(0) } else { words.find(" #") };
        let quoted = words.contains(['"', '\'']);
        // A `#` in quotes is no comment; which it is does not matter enough to look closer.
        row.comment = comment.filter(|_| !quoted).map(|at| row.content + at);
        let length = row.comment.map_or(words.len(), |at| at - row.content);
        let words = words.get(..length).unwrap_or_default().trim_end();
        if row.comment.is_none_or(|comment| comment > row.content) && row.comment.is_some() {
            row.end = row.content + words.len();
        } else if row.comment == Some(row.content) {
            row.end = row.content;
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
struct Opener {
    key: Option<Span>,
    is_item: bool,
    /// What stands behind it on its line.
    value: Span,
}

/// What owns a line that starts in `column`, the innermost first, from the lines above `before`.
fn openers_above(source: &str, before: usize, column: usize, is_dash: bool) -> Vec<Opener> {
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
fn siblings<'s>(source: &'s str, row: &Row, column: usize) -> Vec<&'s str> {
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
fn spelled(source: &str, key: Span) -> &str {
    let raw = source.get(key.start..key.end).unwrap_or_default();
    let quote = |quote| raw.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    quote('"').or_else(|| quote('\'')).unwrap_or(raw)
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}
