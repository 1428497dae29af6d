//! Which keys there are, each once, and what is wrong with others.

use indexmap::IndexSet;

use crate::load::nearest::{MAX_SUGGESTIONS, nearest};
use crate::yaml::{Entry, Map, Text};
use crate::{Code, Diagnostic, Edit};

use super::Reader;

const NODE_KEYS: &[&str] = &["say", "answers", "goto", "else", "unclear", "id", "was", "offer"];
const ANSWER_KEYS: &[&str] = &["label", "also"];
const FILE_KEYS: &[&str] =
    &["title", "lang", "about", "nodes", "commands", "help", "ended", "tests"];
const RESERVED_KEYS: &[&str] = &["when", "route", "ask", "min", "max", "translates", "handover"];

impl Reader<'_> {
    /// The entries of a map, each key once.
    pub(super) fn distinct<'m, 's>(&mut self, map: &'m Map<'s>) -> Vec<&'m Entry<'s>> {
        self.first_of_each(map, "key")
    }

    pub(super) fn distinct_answers<'m, 's>(&mut self, map: &'m Map<'s>) -> Vec<&'m Entry<'s>> {
        self.first_of_each(map, "answer")
    }

    pub(super) fn unknown_key(&mut self, key: &Text<'_>, is_answer: bool, is_root: bool) {
        let name = key.value.as_ref();
        if name.starts_with("x-") {
            return;
        }
        if RESERVED_KEYS.contains(&name) {
            return self.problem(Code::ReservedKey, key.span, format!("`{name}` does not mean anything yet; it is kept for a later version (use `x-{name}` for notes of your own)"));
        }
        if ANSWER_KEYS.contains(&name) {
            return self.problem(
                Code::MisplacedKey,
                key.span,
                format!("`{name}` belongs to an answer, not here"),
            );
        }
        if FILE_KEYS.contains(&name) && !is_root {
            return self.problem(
                Code::MisplacedKey,
                key.span,
                format!("`{name}` belongs at the top of the file, not here"),
            );
        }
        let mut known: Vec<&str> = NODE_KEYS.to_vec();
        if is_answer {
            known.extend(ANSWER_KEYS);
        }
        if is_root {
            known.extend(FILE_KEYS);
        }
        let is_full = self.problems.len() > MAX_SUGGESTIONS;
        match nearest(name, &known).filter(|_| !is_full) {
            Some(near) => {
                let diagnostic = Diagnostic::new(
                    Code::UnknownKey,
                    key.span,
                    format!("unknown key `{name}`: did you mean `{near}`?"),
                );
                let edits = vec![Edit { span: key.span, text: near.to_owned() }];
                self.problems.push(diagnostic.with_fix(format!("write `{near}`"), edits));
            }
            None => {
                let message = format!(
                    "unknown key `{name}`: a node has `say` and `answers`; to make it an answer, put it under `answers`"
                );
                self.problem(Code::UnknownKey, key.span, message);
            }
        }
    }

    fn first_of_each<'m, 's>(&mut self, map: &'m Map<'s>, what: &str) -> Vec<&'m Entry<'s>> {
        let mut seen = IndexSet::new();
        let mut entries = Vec::with_capacity(map.entries.len());
        for entry in &map.entries {
            if seen.insert(entry.key.value.as_ref()) {
                entries.push(entry);
            } else {
                self.problem(
                    Code::DuplicateKey,
                    entry.key.span,
                    format!("the {what} `{}` is already there", entry.key.value),
                );
            }
        }
        entries
    }
}

/// Whether this may be `say`, misspelt.
pub(super) fn is_misspelt_say(key: &str) -> bool {
    !NODE_KEYS.contains(&key) && nearest(key, &["say"]).is_some()
}
