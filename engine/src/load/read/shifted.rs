//! Lines that are indented too little or too much: YAML reads them, but they belong to something else than their
//! author meant. Each such place is told of once, and what stands there is read as it was meant where that is clear.

use std::borrow::Cow;

use crate::keys::{Keys, NOTE_KEY, RESERVED_KEYS};
use crate::load::nearest::nearest;
use crate::yaml::{Entry, Map, Text, Value};
use crate::{Code, Diagnostic, Edit, Span};

use super::Reader;

/// What the keys of a map are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Keys of a node that is not the file.
    Node,
    /// Keys of the file.
    File,
    /// Answers, or names under `nodes`.
    Named,
}

/// What an answer is hardly ever called.
const LIKE_KEYS: &[&str] = &[
    "say", "answers", "goto", "else", "unclear", "offer", "also", "was", "label", "id", "nodes",
    "tests", "commands", "ended",
];

impl Reader<'_> {
    /// A map whose keys may stand below one that has nothing: with these where they belong, and told of.
    pub(super) fn regrouped<'m, 's>(&mut self, map: &'m Map<'s>, level: Level) -> Cow<'m, Map<'s>> {
        let is_empty = |entry: &Entry<'_>| is_nothing(&entry.value);
        // Nearly always there is none.
        let Some(first) = map.entries.iter().position(is_empty) else { return Cow::Borrowed(map) };
        if self.is_flow(map.span) {
            return Cow::Borrowed(map);
        }
        let mut entries: Vec<Entry<'s>> = map.entries.get(..first).unwrap_or_default().to_vec();
        let mut rest = map.entries.iter().skip(first).peekable();
        let mut is_changed = false;
        while let Some(entry) = rest.next() {
            let mut below: Vec<Entry<'s>> = Vec::new();
            while is_empty(entry)
                && let Some(next) =
                    rest.next_if(|next| belongs(level, &entry.key, &next.key, below.is_empty()))
            {
                below.push(next.clone());
            }
            let (Some(start), Some(end)) = (below.first(), below.last()) else {
                entries.push(entry.clone());
                continue;
            };
            is_changed = true;
            self.too_little(&entry.key, start, end);
            let span = Span::new(start.key.span.start, end.value.span().end);
            let value = Value::Map(Map { entries: below, span });
            entries.push(Entry { key: entry.key.clone(), value });
        }
        if is_changed { Cow::Owned(Map { entries, span: map.span }) } else { Cow::Borrowed(map) }
    }

    fn too_little(&mut self, above: &Text<'_>, first: &Entry<'_>, last: &Entry<'_>) {
        let (key, above) = (first.key.value.as_ref(), above.value.as_ref());
        let message = format!(
            "`{key}` is not indented further than `{above}:`, so it does not belong to it; indent it, and what follows, by two spaces"
        );
        let end = last.value.span().end.max(last.key.span.end);
        let edit = |(start, _)| Edit { span: Span::new(start, start), text: "  ".to_owned() };
        let edits = self.lines(first.key.span.start, end);
        let edits = edits.map(|lines| lines.into_iter().map(edit).collect());
        self.say(Code::MisplacedKey, || {
            let diagnostic = Diagnostic::new(Code::MisplacedKey, first.key.span, message);
            match edits {
                Some(edits) => diagnostic.with_fix("indent it", edits),
                None => diagnostic,
            }
        });
    }

    /// A key of the top of the file that stands further down, with all that belongs to it: no name in there is missing.
    pub(super) fn too_far_down(&mut self, entry: &Entry<'_>) {
        self.set_aside(entry);
        let key = entry.key.value.as_ref();
        let message = format!("`{key}` belongs at the top of the file, not here");
        let edits = self.dedented(entry, 0);
        self.say(Code::MisplacedKey, || {
            let diagnostic = Diagnostic::new(Code::MisplacedKey, entry.key.span, message);
            match edits {
                Some(edits) => diagnostic.with_fix("indent it less", edits),
                None => diagnostic,
            }
        });
    }

    /// An answer, of those under the entry `answers`, that is called like a key. True if it is surely none, and told of.
    pub(super) fn is_no_answer(&mut self, answers: &Entry<'_>, answer: &Entry<'_>) -> bool {
        let key = answer.key.value.as_ref();
        if !answer.key.plain || !LIKE_KEYS.contains(&key) {
            return false;
        }
        let is_node_key = |entry: &Entry<'_>| {
            let of = entry.key.value.as_ref();
            [Keys::Node, Keys::Answer].iter().any(|keys| keys.names().contains(&of))
        };
        if let Value::Map(map) = &answer.value
            && Keys::File.names().contains(&key)
            && !map.entries.iter().any(is_node_key)
        {
            self.too_far_down(answer);
            return true;
        }
        let message = format!(
            "`{key}` is an answer here, as it stands among the answers; if it belongs to the question, or to the answer above, indent it so, and if it is an answer, put it in quotes"
        );
        // What only a question has is indented as its `answers`.
        let column = self.column(answers.key.span.start);
        let column = column.filter(|_| matches!(key, "else" | "unclear" | "offer"));
        let edits = column.and_then(|column| self.dedented(answer, column));
        self.say(Code::LooksLikeKey, || {
            let diagnostic = Diagnostic::new(Code::LooksLikeKey, answer.key.span, message);
            match edits {
                Some(edits) => diagnostic.with_fix("indent it as `answers`", edits),
                None => diagnostic,
            }
        });
        false
    }

    /// Something that was not read: a name that is in there is not missing.
    pub(super) fn set_aside(&mut self, entry: &Entry<'_>) {
        let end = entry.value.span().end.max(entry.key.span.end);
        self.draft.set_aside.push(Span::new(entry.key.span.start, end));
    }

    /// The edits that indent an entry, and all below it, as far as `column`; none where something that follows it
    /// would then belong to it, or where it shares its lines with others.
    fn dedented(&self, entry: &Entry<'_>, column: usize) -> Option<Vec<Edit>> {
        let (start, end) = (entry.key.span.start, entry.value.span().end.max(entry.key.span.end));
        let by = self.column(start)?.checked_sub(column).filter(|by| *by > 0)?;
        let lines = self.lines(start, end)?;
        let after = self.source.get(end..)?.lines().skip(1).find(|line| !line.trim().is_empty());
        if after.is_some_and(|line| indentation(line) > column) {
            return None;
        }
        lines
            .into_iter()
            .map(|(start, line)| {
                (indentation(line) >= by)
                    .then(|| Edit { span: Span::new(start, start + by), text: String::new() })
            })
            .collect()
    }

    /// The lines, each with where it starts, from that of `start` to that of `end`, without empty ones; none where the
    /// first does not begin at `start`, or anything is indented by more than spaces.
    fn lines(&self, start: usize, end: usize) -> Option<Vec<(usize, &str)>> {
        let first = start - self.column(start)?;
        let text = self.source.get(first..end)?;
        let mut at = first;
        let mut lines = Vec::new();
        for line in text.split_inclusive('\n') {
            if !line.trim().is_empty() {
                lines.push((at, line));
            }
            at += line.len();
        }
        Some(lines)
    }

    /// How far what begins its line is indented; none if something else stands before it.
    pub(super) fn column(&self, at: usize) -> Option<usize> {
        let before = self.source.get(..at)?;
        let line = before.get(before.rfind('\n').map_or(0, |end| end + 1)..)?;
        line.bytes().all(|byte| byte == b' ').then_some(line.len())
    }

    fn is_flow(&self, span: Span) -> bool {
        self.source.get(span.start..).is_some_and(|rest| rest.starts_with('{'))
    }
}

/// Whether `child` may belong to the key above it that has nothing; whether it would be the `first` below it.
fn belongs(level: Level, parent: &Text<'_>, child: &Text<'_>, first: bool) -> bool {
    let child = child.value.as_ref();
    let in_node = [Keys::Node, Keys::Answer].iter().any(|keys| keys.names().contains(&child));
    if level == Level::Named {
        return in_node;
    }
    let is_file = level == Level::File;
    let is_known = in_node
        || is_file && Keys::File.names().contains(&child)
        || child.starts_with(NOTE_KEY)
        || RESERVED_KEYS.contains(&child);
    let may_be_slip = || {
        let known: Vec<&str> =
            [Keys::Node, Keys::File].iter().flat_map(|of| of.names()).copied().collect();
        nearest(child, &known).is_some()
    };
    match parent.value.as_ref() {
        "answers" => !is_known && !may_be_slip(),
        "nodes" | "tests" if is_file => !is_known && !may_be_slip(),
        "commands" if is_file => {
            Keys::Commands.names().contains(&child) && (child != "help" || !first)
        }
        _ => false,
    }
}

fn is_nothing(value: &Value<'_>) -> bool {
    matches!(value, Value::Text(text) if text.plain && text.value.is_empty())
}

/// How many spaces a line begins with.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
