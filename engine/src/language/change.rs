//! Changes of a source that keep everything else as it is: comments, layout, quotes and line ends.
//!
//! Each is tried out before it is handed over: the changed source is read, and must mean what the old
//! one meant but for the change.

mod layout;
mod meaning;

use std::fmt;

use crate::digest::means_nothing;
use crate::load::draft::{Draft, Spanned};
use crate::{AnswerId, Code, Edit, Message, NodeId, Severity, Span};

use super::scalar::{Style, like, scalar};
use super::symbols::same;
use super::syntax::{Id, Kind};
use super::{Analysis, analyse, apply, number};
use meaning::same_meaning;

/// Why a change cannot be made, in words for the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeError {
    /// What is in the way.
    pub kind: ChangeErrorKind,
    /// The reason: lower case, no full stop.
    pub message: String,
}

/// What is in the way of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeErrorKind {
    /// There is nothing of this kind at this place.
    Nothing,
    /// The new name or text is empty, or cannot stand there.
    Unusable,
    /// The new name or text is there already, or was once.
    Taken,
    /// Part of the source cannot be read, so nobody knows what is in there.
    Broken,
    /// The part is written once and used several times (`*name`).
    Repeated,
    /// It is written in a way that is not changed safely.
    Layout,
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ChangeError {}

impl ChangeError {
    pub(super) fn new(kind: ChangeErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    pub(super) fn nothing(message: impl Into<String>) -> Self {
        Self::new(ChangeErrorKind::Nothing, message)
    }

    pub(super) fn unusable(message: impl Into<String>) -> Self {
        Self::new(ChangeErrorKind::Unusable, message)
    }

    pub(super) fn taken(message: impl Into<String>) -> Self {
        Self::new(ChangeErrorKind::Taken, message)
    }

    pub(super) fn layout() -> Self {
        let message = "this is written in a way that cannot be changed here; change it by hand";
        Self::new(ChangeErrorKind::Layout, message)
    }

    pub(super) fn repeated() -> Self {
        let message = "this part is used several times by an alias (`*`), so it cannot be changed \
                       for one place alone; write it out first";
        Self::new(ChangeErrorKind::Repeated, message)
    }
}

/// The longest name, key or word that a change writes, in characters.
const MAX_NAME: usize = 200;

/// The longest text that a change writes, in characters.
const MAX_TEXT: usize = 2000;

impl Analysis {
    /// Adds a word by which people may choose an answer to its `also`.
    ///
    /// # Errors
    /// There is no such answer, the word chooses an answer of the question already, or the source has
    /// errors in the way.
    pub fn add_also(
        &self,
        question: NodeId,
        answer: AnswerId,
        word: &str,
    ) -> Result<Vec<Edit>, ChangeError> {
        self.add_to_answer(question, answer, "also", word)
    }

    /// Adds a former key of an answer to its `was`.
    ///
    /// # Errors
    /// As for [`add_also`](Self::add_also).
    pub fn add_was(
        &self,
        question: NodeId,
        answer: AnswerId,
        former: &str,
    ) -> Result<Vec<Edit>, ChangeError> {
        self.add_to_answer(question, answer, "was", former)
    }

    /// Gives a node an `id`.
    ///
    /// # Errors
    /// There is no such node, it has a name, another node has this one or had it once, or the source
    /// has errors in the way.
    pub fn add_id(&self, node: NodeId, id: &str) -> Result<Vec<Edit>, ChangeError> {
        let node = number(node);
        let id = usable(id, MAX_NAME)?;
        if self.node(node).is_none() {
            return Err(ChangeError::nothing("there is no such node any more"));
        }
        if let Some(name) = self.names_of(node).first() {
            return Err(ChangeError::taken(format!("this node is called `{name}` already")));
        }
        self.free_name(id, None)?;
        if self.written_with(node).len() > 1 {
            return Err(ChangeError::repeated());
        }
        let edits = self.with_entry(node, "id", &|style| scalar(id, style))?;
        self.tried(edits, |draft| {
            if let Some(node) = draft.nodes.get_mut(node) {
                node.id = Some(Spanned { text: id.to_owned(), span: Span::default() });
            }
        })
    }

    /// Says what a picture shows: sets the `alt` of the message with this number, from 0.
    ///
    /// # Errors
    /// There is no such picture, or the source has errors in the way.
    pub fn set_alt(
        &self,
        node: NodeId,
        message: usize,
        alt: &str,
    ) -> Result<Vec<Edit>, ChangeError> {
        let node = number(node);
        let alt = usable(alt, MAX_TEXT)?;
        let picture = self.picture(node, message);
        let picture = picture.ok_or_else(|| ChangeError::nothing("there is no picture here"))?;
        let edits = match self.syntax.entry(&self.source, picture, "alt") {
            Some((_, value)) => self.replaced(value, alt),
            None => self.behind_last(picture, "alt", &|style| scalar(alt, style)),
        };
        self.tried(edits.ok_or_else(ChangeError::layout)?, |draft| {
            for number in self.written_with(node) {
                let said = draft.nodes.get_mut(number).and_then(|node| node.say.get_mut(message));
                if let Some(Message::Image { alt: old, .. }) = said {
                    *old = alt.to_owned().into();
                }
            }
        })
    }

    fn add_to_answer(
        &self,
        question: NodeId,
        answer: AnswerId,
        key: &str,
        word: &str,
    ) -> Result<Vec<Edit>, ChangeError> {
        let word = usable(word, MAX_NAME)?;
        let (question, answer) = (number(question), answer.0 as usize);
        let Some(to) = self.answer(question, answer) else {
            return Err(ChangeError::nothing("there is no such answer any more"));
        };
        if let Some(other) = self.answer_called(question, word) {
            return Err(ChangeError::taken(format!(
                "`{word}` is already there, in the answer `{other}`"
            )));
        }
        let node = to.node;
        if key == "was" {
            self.keepable(node, word, true)?;
        }
        let edits = self.with_text(node, key, word)?;
        self.tried(edits, |draft| {
            let text = Spanned { text: word.to_owned(), span: Span::default() };
            let all = self.written_with(node);
            for answer in draft.nodes.iter_mut().flat_map(|node| &mut node.answers) {
                if all.binary_search(&answer.node).is_ok() {
                    let list = if key == "also" { &mut answer.also } else { &mut answer.was };
                    list.push(text.clone());
                }
            }
            for number in all.iter().filter(|_| key == "was") {
                if let Some(node) = draft.nodes.get_mut(*number) {
                    node.was.push(text.clone());
                }
            }
        })
    }

    /// The answer to a question that a word stands for, whether as key, label, `also` or `was`.
    pub(super) fn answer_called(&self, question: usize, word: &str) -> Option<&str> {
        let answers = &self.node(question)?.answers;
        let answer = answers.iter().find(|answer| {
            let words = [&answer.key].into_iter().chain(&answer.label);
            words.chain(&answer.also).chain(&answer.was).any(|text| same(&text.text, word))
        });
        answer.map(|answer| answer.key.text.as_str())
    }

    /// Whether a name is free, for the node `of` or a new one.
    pub(super) fn free_name(&self, name: &str, of: Option<usize>) -> Result<(), ChangeError> {
        if same(name, crate::Tree::START) {
            let message = "`start` is the name of the first question; choose another";
            return Err(ChangeError::taken(message));
        }
        if self.symbol_of(name).is_some() {
            return Err(ChangeError::taken(format!("the name `{name}` is already there")));
        }
        match self.other_former(name, of) {
            Some(other) => Err(ChangeError::taken(format!(
                "`{name}` is a former name of `{other}`, and people may stand there still; \
                 choose another"
            ))),
            None => Ok(()),
        }
    }

    /// Another node than `of` that was called this once.
    pub(super) fn other_former(&self, name: &str, of: Option<usize>) -> Option<String> {
        let all = 0..self.draft.nodes.len();
        let mut others = all.filter(|number| Some(*number) != of);
        others.find_map(|number| {
            let was = &self.node(number)?.was;
            let found = was.iter().any(|was| same(&was.text, name));
            self.names_of(number).into_iter().next().filter(|_| found)
        })
    }

    /// Whether something can be kept as a former key or name of a node, or would be mixed up with those of
    /// another one.
    pub(super) fn keepable(&self, node: usize, old: &str, is_key: bool) -> Result<(), ChangeError> {
        // Where an answer's node has a name, its former keys and names are kept in one list. A key such as
        // `yes` was nobody's name.
        if self.names_of(node).is_empty() || is_key && means_nothing(old) {
            return Ok(());
        }
        match self.other_former(old, Some(node)) {
            Some(other) => Err(ChangeError::taken(format!(
                "`{old}` is a former name of `{other}` too, so it could not be told who stands where"
            ))),
            None => Ok(()),
        }
    }

    /// The nodes that are written where this one is, by their numbers: an alias repeats all of it.
    pub(super) fn written_with(&self, node: usize) -> Vec<usize> {
        let span = self.node(node).map(|node| node.span);
        let all = self.draft.nodes.iter().enumerate();
        let same = all.filter(|(_, other)| Some(other.span) == span);
        same.map(|(number, _)| number).collect()
    }

    /// The picture that is a node's message of this number.
    fn picture(&self, node: usize, message: usize) -> Option<Id> {
        let node = self.node(node)?;
        matches!(node.say.get(message)?, Message::Image { .. }).then_some(())?;
        let say = self.syntax.value_at(node.say_span)?;
        match self.syntax.get(say)?.kind {
            Kind::Map { .. } => Some(say),
            Kind::List { .. } => {
                let item = self.message(say, message)?;
                matches!(self.syntax.get(item)?.kind, Kind::Map { .. }).then_some(item)
            }
            Kind::Plain | Kind::Quoted | Kind::Block | Kind::Repeat => None,
        }
    }

    /// The edits that write a text in place of another.
    pub(super) fn replaced(&self, id: Id, text: &str) -> Option<Vec<Edit>> {
        let item = self.syntax.get(id)?;
        let style = self.style(id);
        let text = match item.kind {
            Kind::Plain | Kind::Quoted => like(text, self.slice(item.span), style),
            Kind::Block => scalar(text, style),
            Kind::List { .. } | Kind::Map { .. } | Kind::Repeat => return None,
        };
        let before = self.source.get(..item.span.start).unwrap_or_default();
        let space = if before.ends_with(':') { " " } else { "" };
        Some(vec![Edit { span: item.span, text: format!("{space}{text}") }])
    }

    /// How a text is written where an item is.
    pub(super) fn style(&self, id: Id) -> Style {
        let is_key = self.syntax.get(id).is_some_and(|item| item.is_key);
        match (is_key, self.syntax.in_flow(id)) {
            (true, true) => Style::FlowKey,
            (true, false) => Style::Key,
            (false, true) => Style::FlowValue,
            (false, false) => Style::Value,
        }
    }

    /// The edits, in order, if they do what `change` does to the draft, and nothing else.
    pub(super) fn tried(
        &self,
        edits: Vec<Edit>,
        change: impl FnOnce(&mut Draft),
    ) -> Result<Vec<Edit>, ChangeError> {
        self.tried_with(edits, change, |_| true)
    }

    /// The same; the changed source must also be what `is_right` asks for.
    pub(super) fn tried_with(
        &self,
        mut edits: Vec<Edit>,
        change: impl FnOnce(&mut Draft),
        is_right: impl FnOnce(&Self) -> bool,
    ) -> Result<Vec<Edit>, ChangeError> {
        if !self.broken.is_empty() {
            let message = "part of this file cannot be read; mend that first";
            return Err(ChangeError::new(ChangeErrorKind::Broken, message));
        }
        // What an alias repeats is changed where it is written, once.
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        edits.dedup();
        let Ok(source) = apply(&self.source, &edits) else { return Err(ChangeError::layout()) };
        let changed = analyse(source, &self.options);
        let mut expected = self.draft.clone();
        change(&mut expected);
        if let Some(message) = self.new_error(&changed) {
            return Err(ChangeError::taken(message));
        }
        let has_repeats = self.syntax.root().is_some_and(|root| self.syntax.has_repeats(root));
        match same_meaning(&expected, &changed.draft) && is_right(&changed) {
            true => Ok(edits),
            false if has_repeats => Err(ChangeError::repeated()),
            false => Err(ChangeError::layout()),
        }
    }

    /// An error that the source did not have before.
    fn new_error(&self, changed: &Self) -> Option<String> {
        let count = |of: &Self, code: Code| {
            of.diagnostics.iter().filter(|diagnostic| diagnostic.code == code).count()
        };
        let errors = changed.diagnostics.iter();
        let mut errors = errors.filter(|diagnostic| diagnostic.severity == Severity::Error);
        errors
            .find(|diagnostic| count(changed, diagnostic.code) > count(self, diagnostic.code))
            .map(|diagnostic| diagnostic.message.clone())
    }
}

/// A text that can stand in one line, without spaces around it.
pub(super) fn usable(text: &str, length: usize) -> Result<&str, ChangeError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ChangeError::unusable("there are no words in it"));
    }
    if text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
    {
        return Err(ChangeError::unusable("it must be one line, without invisible characters"));
    }
    if text.chars().nth(length).is_some() {
        return Err(ChangeError::unusable(format!("it is longer than {length} characters")));
    }
    Ok(text)
}
