//! Where something new goes in a source, and how it is laid out there.

use crate::language::Analysis;
use crate::language::scalar::{Style, is_plain, quoted, scalar};
use crate::language::syntax::{Id, Item, Kind};
use crate::load::draft::Role;
use crate::{Edit, Span};

use super::ChangeError;

/// How far something is indented below its key, where the source does not show it.
const STEP: usize = 2;

/// The widest indentation that is followed.
const MAX_STEP: usize = 8;

impl Analysis {
    /// Adds a text to a list of a node's, such as `was`, or begins the list.
    pub(in crate::language) fn with_text(
        &self,
        node: usize,
        key: &str,
        text: &str,
    ) -> Result<Vec<Edit>, ChangeError> {
        let value = self.container(node)?;
        match self.syntax.entry(&self.source, value, key) {
            Some((_, list)) => {
                let item = self.syntax.get(list).ok_or_else(ChangeError::layout)?;
                if item.kind == Kind::Repeat {
                    return Err(ChangeError::repeated());
                }
                self.extended(list, item, text).ok_or_else(ChangeError::layout)
            }
            None => {
                self.with_entry(node, key, &|_| format!("[{}]", scalar(text, Style::FlowValue)))
            }
        }
    }

    /// Adds a key to a node. A node that is only a text becomes one with `say`.
    pub(in crate::language) fn with_entry(
        &self,
        node: usize,
        key: &str,
        value: &dyn Fn(Style) -> String,
    ) -> Result<Vec<Edit>, ChangeError> {
        let id = self.container(node)?;
        let item = self.syntax.get(id).ok_or_else(ChangeError::layout)?;
        let edits = match item.kind {
            Kind::Map { .. } => self.before_others(id, key, value),
            Kind::Plain | Kind::Quoted | Kind::Block | Kind::List { .. } => {
                if self.syntax.in_flow(id) {
                    self.wrapped_in_flow(id, item, key, &value(Style::FlowValue))
                } else {
                    self.wrapped(id, item, key, &value(Style::Value))
                }
            }
            Kind::Repeat => None,
        };
        edits.ok_or_else(ChangeError::layout)
    }

    /// What a node is written as. Where an alias stands for it there is no room for anything.
    fn container(&self, node: usize) -> Result<Id, ChangeError> {
        let node = self.node(node).ok_or_else(|| ChangeError::nothing("there is no such node"))?;
        let is_root = matches!(node.role, Role::Root);
        if !is_root && node.span.start < node.at.start {
            return Err(ChangeError::repeated());
        }
        self.syntax.value_at(node.span).ok_or_else(ChangeError::layout)
    }

    /// Adds an entry before what belongs behind it, or as the first of a map.
    fn before_others(
        &self,
        map: Id,
        key: &str,
        value: &dyn Fn(Style) -> String,
    ) -> Option<Vec<Edit>> {
        let item = self.syntax.get(map)?;
        let behind = match key {
            "also" => &["was", "id", "say", "goto", "answers"][..],
            "was" => &["id", "say", "goto", "answers"][..],
            _ => &["say", "goto", "answers"][..],
        };
        let is_at_line_start = |key: &Item| {
            let line = self.source.get(self.line_start(key.span.start)..key.span.start);
            line.is_some_and(|line| line.trim_matches([' ', '\u{feff}']).is_empty())
        };
        let is_flow = item.kind == Kind::Map { flow: true };
        let first = self.syntax.entries(map).next().and_then(|(key, _)| self.syntax.get(key));
        let one_of = |names: &[&str]| {
            self.syntax.entries(map).find_map(|(key, _)| {
                let name = self.text(key)?;
                let key = self.syntax.get(key).filter(|key| is_flow || is_at_line_start(key))?;
                (is_here(key) && names.contains(&name)).then_some(key)
            })
        };
        // A former name stands beside the present one.
        let own = if key == "was" { one_of(&["id"]) } else { None };
        let edit = match (is_flow, own.or_else(|| one_of(behind)).or(first)) {
            (false, other) => {
                let at = other.map_or(item.span.start, |key| key.span.start);
                let pad = " ".repeat(self.column(item.span.start)?);
                insert(at, format!("{key}: {}{}{pad}", value(Style::Value), self.eol()))
            }
            (true, Some(other)) => {
                insert(other.span.start, format!("{key}: {}, ", value(Style::FlowValue)))
            }
            (true, None) => {
                insert(item.span.start + 1, format!("{key}: {}", value(Style::FlowValue)))
            }
        };
        Some(vec![edit])
    }

    /// Adds an entry as the last of a map.
    pub(super) fn behind_last(
        &self,
        map: Id,
        key: &str,
        value: &dyn Fn(Style) -> String,
    ) -> Option<Vec<Edit>> {
        if self.is_flow_map(map) {
            let text = format!("{key}: {}", value(Style::FlowValue));
            return Some(vec![self.within_flow(map, &text)?]);
        }
        let column = self.column(self.syntax.get(map)?.span.start)?;
        let text = format!("{}{key}: {}", " ".repeat(column), value(Style::Value));
        Some(vec![self.after_line(map, &text)?])
    }

    /// Makes of `key: text` a map with `say: text` in it, on lines of their own.
    fn wrapped(&self, id: Id, item: &Item, key: &str, value: &str) -> Option<Vec<Edit>> {
        let colon = self.colon_before(id)?;
        let end = self.eol();
        let step = self.step();
        let owner = self.key_of(id)?;
        let pad = " ".repeat(self.column(owner.span.start)? + step);
        let span = item.span;
        if span.start == span.end {
            let at = self.line_end(colon);
            return Some(vec![insert(at, format!("{end}{pad}{key}: {value}"))]);
        }
        let line_end = self.line_end(colon);
        let mut edits = Vec::new();
        let mut at = if span.start < line_end {
            let rest = self.source.get(colon + 1..)?;
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let between = Span::new(colon + 1, colon + 1 + blanks);
            let text = format!("{end}{pad}{key}: {value}{end}{pad}say: ");
            edits.push(Edit { span: between, text });
            self.next_line(line_end)
        } else {
            let start = self.line_start(span.start);
            edits.push(insert(start, format!("{pad}{key}: {value}{end}{pad}say:{end}")));
            start
        };
        // What follows goes in as far as its first line does.
        while at < span.end && at < self.source.len() {
            let line_end = self.line_end(at);
            if at < line_end {
                edits.push(insert(at, " ".repeat(step)));
            }
            at = self.next_line(line_end);
        }
        Some(edits)
    }

    /// Makes of `key: text` between brackets a map with `say: text` in it.
    fn wrapped_in_flow(&self, id: Id, item: &Item, key: &str, value: &str) -> Option<Vec<Edit>> {
        self.colon_before(id)?;
        let Span { start, end } = item.span;
        let tight = self.source.get(..start)?.ends_with(':');
        let space = if tight { " " } else { "" };
        if start == end {
            return Some(vec![insert(start, format!("{space}{{{key}: {value}}}"))]);
        }
        let open = format!("{space}{{{key}: {value}, say: ");
        Some(vec![insert(start, open), insert(end, "}".to_owned())])
    }

    /// Adds a text to a list, or makes a list of a text.
    fn extended(&self, list: Id, item: &Item, text: &str) -> Option<Vec<Edit>> {
        let Span { start, end } = item.span;
        let flow = scalar(text, Style::FlowValue);
        Some(vec![match item.kind {
            Kind::Plain if start == end => {
                let tight = self.source.get(..start)?.ends_with(':');
                insert(start, format!("{}[{flow}]", if tight { " " } else { "" }))
            }
            Kind::Plain | Kind::Quoted | Kind::Block => {
                let old = self.text(list)?;
                let raw = self.slice(item.span);
                let stays = !raw.contains(['\n', '\r'])
                    && (item.kind == Kind::Quoted || is_plain(raw, Style::FlowValue));
                if stays {
                    return Some(vec![
                        insert(start, "[".to_owned()),
                        insert(end, format!(", {flow}]")),
                    ]);
                }
                let text = format!("[{}, {flow}]", quoted(old.trim()));
                Edit { span: item.span, text }
            }
            Kind::List { flow: true } => {
                let first = self.syntax.children(list).next();
                let last = self.syntax.children(list).last();
                match (first, last) {
                    (_, Some((_, last))) if is_here(last) => {
                        insert(last.span.end, format!(", {flow}"))
                    }
                    (Some((_, first)), _) if is_here(first) => {
                        insert(first.span.start, format!("{flow}, "))
                    }
                    (None, None) => insert(start + 1, flow),
                    (Some(_) | None, Some(_) | None) => return None,
                }
            }
            Kind::List { flow: false } => {
                let dash = self.dash(list)?;
                let pad = " ".repeat(self.column(dash)?);
                let item = scalar(text, Style::Value);
                match self.syntax.children(list).last() {
                    Some((_, last)) if is_here(last) => {
                        let at = self.line_end(last.span.end);
                        insert(at, format!("{}{pad}- {item}", self.eol()))
                    }
                    Some(_) | None => insert(dash, format!("- {item}{}{pad}", self.eol())),
                }
            }
            Kind::Map { .. } | Kind::Repeat => return None,
        }])
    }

    /// Adds something behind the last thing in a map between brackets.
    pub(in crate::language) fn within_flow(&self, map: Id, text: &str) -> Option<Edit> {
        let item = self.syntax.get(map)?;
        let (first, last) = (self.syntax.entries(map).next(), self.syntax.entries(map).last());
        let Some(((first, _), (_, last))) = first.zip(last) else {
            return Some(insert(item.span.start + 1, text.to_owned()));
        };
        let (first, last) = (self.syntax.get(first)?, self.syntax.get(last)?);
        Some(if is_here(last) {
            insert(last.span.end, format!(", {text}"))
        } else {
            insert(first.span.start, format!("{text}, "))
        })
    }

    /// Adds lines behind the last line of an item.
    pub(in crate::language) fn after_line(&self, id: Id, text: &str) -> Option<Edit> {
        let at = self.line_end(self.syntax.get(id)?.span.end);
        Some(insert(at, format!("{}{text}", self.eol())))
    }

    /// The end of the line of an offset, or of the last comment below it that is indented further than
    /// `column`.
    pub(in crate::language) fn behind_comments(&self, offset: usize, column: usize) -> usize {
        let mut end = self.line_end(offset);
        let mut next = self.next_line(end);
        while next < self.source.len() {
            let line_end = self.line_end(next);
            let line = self.source.get(next..line_end).unwrap_or_default();
            let words = line.trim_start_matches([' ', '\t']);
            if words.starts_with('#') && line.len() - words.len() > column {
                end = line_end;
            } else if !words.is_empty() {
                break;
            }
            next = self.next_line(line_end);
        }
        end
    }

    /// Adds lines at the end of the file.
    pub(in crate::language) fn at_end(&self, text: &str) -> Edit {
        let at = self.source.len();
        let end = self.eol();
        let is_open = !self.source.is_empty() && !self.source.ends_with(['\n', '\r']);
        insert(at, format!("{}{text}{end}", if is_open { end } else { "" }))
    }

    pub(in crate::language) fn is_flow_map(&self, id: Id) -> bool {
        self.syntax.get(id).is_some_and(|item| item.kind == Kind::Map { flow: true })
    }

    /// The first `-` of a list.
    pub(in crate::language) fn dash(&self, list: Id) -> Option<usize> {
        let start = self.syntax.get(list)?.span.start;
        if self.source.get(start..)?.starts_with('-') {
            return Some(start);
        }
        // Where a list stands as far left as its key, the parser tells only of its first item.
        let line = self.line_start(start);
        self.source.get(line..start)?.rfind('-').map(|at| line + at)
    }

    /// The key of a value.
    fn key_of(&self, value: Id) -> Option<&Item> {
        let map = self.syntax.parent(value)?;
        let (key, _) = self.syntax.entries(map).find(|(_, other)| *other == value)?;
        self.syntax.get(key)
    }

    /// The colon between a value and its key.
    fn colon_before(&self, value: Id) -> Option<usize> {
        let key = self.key_of(value)?.span;
        let rest = self.source.get(key.end..)?;
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(blanks..)?.starts_with(':').then_some(key.end + blanks)
    }

    /// How far things are indented below their keys: as the answers of the first question are.
    pub(in crate::language) fn step(&self) -> usize {
        let found = self.syntax.root().and_then(|root| {
            self.syntax.entries(root).find_map(|(key, value)| {
                let outer = self.column(self.syntax.get(key)?.span.start)?;
                let inner = self.syntax.get(value)?;
                let is_block = inner.kind == Kind::Map { flow: false };
                self.column(inner.span.start).filter(|_| is_block)?.checked_sub(outer)
            })
        });
        found.filter(|step| (1..=MAX_STEP).contains(step)).unwrap_or(STEP)
    }

    /// How far an offset is from the start of its line, in characters.
    pub(in crate::language) fn column(&self, offset: usize) -> Option<usize> {
        let line = self.source.get(self.line_start(offset)..offset)?;
        Some(line.trim_start_matches('\u{feff}').chars().count())
    }

    /// What ends a line of this source.
    pub(in crate::language) fn eol(&self) -> &'static str {
        let first = self.source.find(['\n', '\r']).and_then(|at| self.source.get(at..));
        match first {
            Some(rest) if rest.starts_with("\r\n") => "\r\n",
            Some(rest) if rest.starts_with('\r') => "\r",
            Some(_) | None => "\n",
        }
    }

    pub(in crate::language) fn line_start(&self, offset: usize) -> usize {
        let before = self.source.get(..offset).unwrap_or_default();
        before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
    }

    /// Where the words of a line end, before what ends the line.
    pub(in crate::language) fn line_end(&self, offset: usize) -> usize {
        let rest = self.source.get(offset..).unwrap_or_default();
        offset + rest.find(['\n', '\r']).unwrap_or(rest.len())
    }

    /// The start of the line after the one that ends at an offset.
    fn next_line(&self, end: usize) -> usize {
        let rest = self.source.get(end..).unwrap_or_default();
        end + if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) }
    }
}

fn insert(at: usize, text: String) -> Edit {
    Edit { span: Span::new(at, at), text }
}

/// Whether an item stands where it is used, and is not empty.
fn is_here(item: &Item) -> bool {
    item.kind != Kind::Repeat && item.span.start < item.span.end
}
