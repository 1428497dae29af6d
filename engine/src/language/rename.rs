//! Renaming names and keys so that nobody loses their place.

use crate::load::draft::{Draft, Role, Spanned};
use crate::{Edit, Span};

use super::change::{ChangeErrorKind, usable};
use super::symbols::{Symbol, same};
use super::{Analysis, ChangeError};

/// The longest name, in characters.
const MAX_NAME: usize = 200;

impl Analysis {
    /// Renames the name or the answer's key that is meant at a byte offset: where it is given, and
    /// wherever a `goto` or a test means it. The old one is kept in `was`, so that everybody who stands
    /// there, and every old button, still finds the way. No edits where nothing changes.
    ///
    /// # Errors
    /// There is nothing to rename here, the new name is empty, taken or reserved, or the source is
    /// written or broken in a way that does not let it be done safely.
    pub fn rename(&self, offset: usize, new_name: &str) -> Result<Vec<Edit>, ChangeError> {
        let Some(symbol) = self.symbol_at(offset) else {
            let message = "there is no name and no answer here that could be renamed";
            return Err(ChangeError::nothing(message));
        };
        let Some(old) = self.given(symbol) else {
            let message = "the beginning is always called `start`";
            return Err(ChangeError::new(ChangeErrorKind::Unusable, message));
        };
        let new = usable(new_name, MAX_NAME)?;
        if new == old.text {
            return Ok(Vec::new());
        }
        let node = self.node_of(symbol).ok_or_else(ChangeError::layout)?;
        let is_respelt = same(new, &old.text);
        if !is_respelt {
            self.check_free(symbol, node, new, &old.text)?;
        }
        let mut edits = vec![self.respelt(old.span, new)?];
        let uses = self.uses(symbol);
        for used in &uses {
            let text = if used.is_place {
                self.renamed_place(symbol, used.text, new)
            } else {
                new.to_owned()
            };
            edits.push(self.respelt(used.span, &text)?);
        }
        if !is_respelt {
            edits.extend(self.keep(node, new, &old.text)?);
        }
        let mut places: Vec<Span> = uses.iter().map(|used| used.span).chain([old.span]).collect();
        places.sort_unstable();
        self.tried(edits, |draft| {
            rename_in(draft, &places, new);
            if !is_respelt {
                keep_in(draft, &self.written_with(node), new, &old.text);
            }
        })
    }

    /// Whether the new name can be told from all others, and the old one as a former name, too.
    fn check_free(
        &self,
        symbol: Symbol,
        node: usize,
        new: &str,
        old: &str,
    ) -> Result<(), ChangeError> {
        match symbol {
            Symbol::Start | Symbol::Shared(_) | Symbol::Id(_) => self.free_name(new, Some(node))?,
            Symbol::Answer { answer, .. } => {
                let Some(span) = self.given(symbol).map(|key| key.span) else { return Ok(()) };
                // An alias may give the same answers to several questions.
                for (question, node) in self.draft.nodes.iter().enumerate() {
                    let mut others = node.answers.iter().enumerate();
                    if !others.any(|(number, other)| number == answer && other.key.span == span) {
                        continue;
                    }
                    let own = self.answer(question, answer).map(|answer| answer.key.text.as_str());
                    match self.answer_called(question, new) {
                        Some(other) if Some(other) != own => {
                            let message =
                                format!("`{new}` is already there, in the answer `{other}`");
                            return Err(ChangeError::taken(message));
                        }
                        Some(_) | None => {}
                    }
                }
            }
        }
        self.keepable(node, old, matches!(symbol, Symbol::Answer { .. }))
    }

    /// Writes a text in place of the one in a span, in the same quotes.
    fn respelt(&self, span: Span, text: &str) -> Result<Edit, ChangeError> {
        let id = self.syntax.value_at(span).ok_or_else(ChangeError::layout)?;
        let edits = self.replaced(id, text).ok_or_else(ChangeError::layout)?;
        edits.into_iter().next().ok_or_else(ChangeError::layout)
    }

    /// What the name of a place is once a part of it is renamed.
    fn renamed_place(&self, symbol: Symbol, text: &str, new: &str) -> String {
        let Some(place) = self.place_name(text) else { return new.to_owned() };
        let name = text.get(..place.name_end).unwrap_or_default();
        let mut renamed = if place.name == symbol { new } else { name }.to_owned();
        for (answer, start, end) in place.answers {
            let key = text.get(start..end).unwrap_or_default();
            renamed.push('/');
            renamed.push_str(if answer == Some(symbol) { new } else { key });
        }
        renamed
    }

    /// The edits that keep an old name or key in `was`.
    fn keep(&self, node: usize, new: &str, old: &str) -> Result<Vec<Edit>, ChangeError> {
        let was = self.node(node).map_or(&[][..], |node| node.was.as_slice());
        if was.iter().any(|was| same(&was.text, old)) {
            return Ok(Vec::new());
        }
        // Back to a former name: the two change places.
        if let Some(former) = was.iter().find(|was| same(&was.text, new)) {
            return Ok(vec![self.respelt(former.span, old)?]);
        }
        // Where another answer leads to the same words by an alias, its key would be kept for that, too.
        let written = self.node(node).map(|node| (node.span, node.at));
        let is_shared =
            self.draft.nodes.iter().any(|other| {
                written.is_some_and(|(span, at)| other.span == span && other.at != at)
            });
        if is_shared {
            return Err(ChangeError::repeated());
        }
        self.with_text(node, "was", old)
    }
}

/// Renames in a draft what stands at these places, which are sorted.
fn rename_in(draft: &mut Draft, places: &[Span], new: &str) {
    let rename = |text: &mut Spanned| {
        if places.binary_search(&text.span).is_ok() {
            new.clone_into(&mut text.text);
        }
    };
    for node in &mut draft.nodes {
        match &mut node.role {
            Role::Shared(name) => rename(name),
            Role::Root | Role::Answer | Role::Else => {}
        }
        node.id.iter_mut().for_each(rename);
        node.goto.iter_mut().for_each(rename);
        node.answers.iter_mut().for_each(|answer| rename(&mut answer.key));
    }
}

/// Keeps an old name or key in the `was` of these nodes, whose numbers are sorted.
fn keep_in(draft: &mut Draft, nodes: &[usize], new: &str, old: &str) {
    let keep = |was: &mut Vec<Spanned>| {
        if was.iter().any(|was| same(&was.text, old)) {
            return;
        }
        match was.iter_mut().find(|was| same(&was.text, new)) {
            Some(former) => old.clone_into(&mut former.text),
            None => was.push(Spanned { text: old.to_owned(), span: Span::default() }),
        }
    };
    for answer in draft.nodes.iter_mut().flat_map(|node| &mut node.answers) {
        if nodes.binary_search(&answer.node).is_ok() {
            keep(&mut answer.was);
        }
    }
    for number in nodes {
        if let Some(node) = draft.nodes.get_mut(*number) {
            keep(&mut node.was);
        }
    }
}
