//! Where in a tree an offset is, told by lines and indentation alone: while somebody is typing there,
//! the source is broken more often than not.

use crate::Span;

use super::flow::{Token, token};
use super::row::{Row, openers_above, siblings, spelled};
use super::vocabulary::Context;

/// What may be written at an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot<'s> {
    /// What the map is that the key stands in, or what the value is.
    pub(super) context: Context,
    /// What is there already, and would be replaced.
    pub(super) word: Span,
    pub(super) wanted: Wanted<'s>,
    /// The keys that lead here, as they are spelled, the outermost first.
    pub(super) path: Vec<&'s str>,
}

/// Whether a key or a value is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted<'s> {
    Key {
        /// The other keys of the map.
        present: Vec<&'s str>,
        has_colon: bool,
        /// In brackets.
        flow: bool,
        /// How far the key is from the start of its line, in bytes.
        column: usize,
    },
    Value {
        /// In brackets.
        flow: bool,
    },
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
            let word = if value.start == value.end { Span::new(offset, offset) } else { value };
            let is_here = word.start <= offset && offset <= word.end;
            is_here.then(|| found.spot(word, Wanted::Value { flow: false }))
        }
        key => {
            let word = key.unwrap_or(if is_blank { Span::new(at, at) } else { row.value });
            let wanted = if key.is_none() && found.context.is_value() {
                // The value stands below its key.
                Wanted::Value { flow: false }
            } else {
                let present = siblings(source, &row, column);
                Wanted::Key { present, has_colon: key.is_some(), flow: false, column }
            };
            (word.start <= offset && offset <= word.end).then(|| found.spot(word, wanted))
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

    fn spot(self, word: Span, wanted: Wanted<'s>) -> Spot<'s> {
        Spot { context: self.context, word, wanted, path: self.path }
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
                Some(self.spot(word, Wanted::Value { flow: true }))
            }
            // A text stands there already, and there is no comma behind it.
            None if text.is_some() => None,
            None if is_map => {
                let has_colon = matches!(token(self.source, word.end), Some((Token::Colon, _)) if word.start < word.end);
                let present = flow_keys(self.source, start, word);
                let wanted = Wanted::Key { present, has_colon, flow: true, column: 0 };
                Some(self.spot(word, wanted))
            }
            None => {
                self.context = self.context.item();
                let wanted =
                    Wanted::Key { present: Vec::new(), has_colon: false, flow: true, column: 0 };
                // A map without braces: `[image: address]`.
                Some(self.spot(word, wanted))
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
