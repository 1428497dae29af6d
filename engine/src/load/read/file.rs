//! What only the top of the file has: words about the tree, shared nodes, commands, tests.

use indexmap::IndexMap;

use crate::Code;
use crate::load::draft::{Role, Spanned};
use crate::matching::Command;
use crate::text::Words;
use crate::yaml::{Entry, Value};

use super::Reader;

impl Reader<'_> {
    /// An entry at the top of the file that no other node has.
    pub(super) fn file_key(&mut self, entry: &Entry<'_>) {
        let key = entry.key.value.as_ref();
        match key {
            "title" => self.draft.title = self.text(&entry.value, key).map(|text| text.text),
            "lang" => self.draft.lang = self.text(&entry.value, key),
            "about" => self.draft.about = self.text(&entry.value, key).map(|text| text.text),
            "help" => self.draft.help = self.text(&entry.value, key).map(|text| text.text),
            "ended" => self.draft.ended = self.text(&entry.value, key).map(|text| text.text),
            "commands" => self.commands(&entry.value),
            "nodes" => self.shared(&entry.value),
            "tests" => self.tests(&entry.value),
            _ => self.unknown_key(&entry.key, false, true),
        }
    }

    fn shared(&mut self, value: &Value<'_>) {
        let Value::Map(map) = value else {
            return self.problem(
                Code::WrongType,
                value.span(),
                "`nodes` holds shared nodes, each as `name:` with a node below it",
            );
        };
        for entry in self.distinct(map) {
            let name = Spanned { text: entry.key.value.trim().to_owned(), span: entry.key.span };
            if name.text.is_empty() {
                self.problem(Code::BadName, name.span, "a shared node needs a name");
                continue;
            }
            self.node(&entry.value, Role::Shared(name), entry.key.span);
        }
    }

    fn commands(&mut self, value: &Value<'_>) {
        let Value::Map(map) = value else {
            return self.problem(
                Code::WrongType,
                value.span(),
                "`commands` holds `back`, `restart` and `help`, each with a list of words",
            );
        };
        let mut words: IndexMap<String, &str> = IndexMap::new();
        for entry in self.distinct(map) {
            let command = match entry.key.value.as_ref() {
                "back" => Command::Back,
                "restart" => Command::Restart,
                "help" => Command::Help,
                key if key.starts_with("x-") => continue,
                key => {
                    let message =
                        format!("unknown command `{key}`: there are `back`, `restart` and `help`");
                    self.problem(Code::UnknownKey, entry.key.span, message);
                    continue;
                }
            };
            let texts = self.texts(&entry.value, &entry.key.value);
            for text in &texts {
                let said = Words::of(&text.text).joined().to_owned();
                let other = words.get(&said).filter(|other| **other != entry.key.value.as_ref());
                if let Some(other) = other {
                    let message = format!("`{}` is already a word for `{other}`", text.text);
                    self.problem(Code::DuplicateKey, text.span, message);
                }
                words.entry(said).or_insert(entry.key.value.as_ref());
            }
            let texts = texts.into_iter().map(|text| text.text).collect();
            self.draft.commands.push((command, texts));
        }
    }
}
