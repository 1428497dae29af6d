//! What only the top of the file has: words about the tree, shared nodes, commands, tests.

use crate::Code;
use crate::keys::{Keys, NOTE_KEY};
use crate::load::draft::{Role, Spanned};
use crate::lookup::Lookup;
use crate::matching::Command;
use crate::text::Words;
use crate::yaml::{Entry, Value};

use super::Reader;
use super::keys::Seen;
use super::shifted::Level;

impl Reader<'_> {
    /// An entry at the top of the file that no other node has.
    pub(super) fn file_key(&mut self, key: &str, entry: &Entry<'_>) {
        match key {
            "title" => self.draft.title = self.text(&entry.value, key).map(|text| text.text),
            "lang" => self.draft.lang = self.text(&entry.value, key),
            "about" => self.draft.about = self.text(&entry.value, key).map(|text| text.text),
            "help" => self.draft.help = self.said(&entry.value, key),
            "ended" => self.draft.ended = self.said(&entry.value, key),
            "commands" => self.commands(&entry.value),
            "nodes" => self.shared(&entry.value),
            "tests" => self.tests(&entry.value),
            _ => {}
        }
    }

    /// A text that the bot says.
    fn said(&mut self, value: &Value<'_>, key: &str) -> Option<String> {
        let text = self.text(value, key)?;
        self.short(&text);
        Some(text.text)
    }

    fn shared(&mut self, value: &Value<'_>) {
        let Value::Map(map) = value else {
            return self.problem(
                Code::WrongType,
                value.span(),
                "`nodes` holds shared nodes, each as `name:` with a node below it",
            );
        };
        let map = &*self.regrouped(map, Level::Named);
        let mut seen = Seen::none_of(map);
        for entry in &map.entries {
            if !self.is_first(&mut seen, entry, "key") {
                continue;
            }
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
        let mut words: Lookup<String, &str> = Lookup::new();
        let mut seen = Seen::none_of(map);
        for entry in &map.entries {
            if !self.is_first(&mut seen, entry, "key") {
                continue;
            }
            let command = match entry.key.value.as_ref() {
                "back" => Command::Back,
                "restart" => Command::Restart,
                "help" => Command::Help,
                key if key.starts_with(NOTE_KEY) => continue,
                _ => {
                    self.unknown(map, &entry.key, &[Keys::Commands], |key| {
                        format!("unknown command `{key}`: there are `back`, `restart` and `help`")
                    });
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
                words.add(said, entry.key.value.as_ref());
            }
            let texts = texts.into_iter().map(|text| text.text).collect();
            self.draft.commands.push((command, texts));
        }
    }
}
