//! What can be said anywhere, whatever is asked.

use crate::lang::Pack;
use crate::text::Words;

use super::Command;

/// What can be said anywhere in one tree.
#[derive(Clone, Debug)]
pub(crate) struct Commands {
    /// Words, joined by spaces; the first that fit count. They are few, and looked at once in a turn.
    phrases: Vec<(String, Command)>,
}

impl Commands {
    /// The commands of a language, each replaced by the author's own words where given.
    pub(crate) fn new(pack: &Pack, own: &[(Command, Vec<&str>)]) -> Self {
        let defaults = [
            (Command::Back, pack.back),
            (Command::Restart, pack.restart),
            (Command::Help, pack.help),
            (Command::Forget, pack.forget),
        ];
        let mut phrases = Vec::new();
        let mut add = |text: &str, command| {
            let said = Words::of(text);
            if !said.joined().is_empty() {
                phrases.push((said.joined().to_owned(), command));
            }
        };
        // The author's words come first: they may be what another command is called by default.
        for (command, texts) in own {
            texts.iter().for_each(|text| add(text, *command));
        }
        for (command, texts) in defaults {
            if !own.iter().any(|(of, _)| *of == command) {
                texts.iter().for_each(|text| add(text, command));
            }
        }
        phrases.shrink_to_fit();
        Self { phrases }
    }

    /// Everything that is a command, as words joined by spaces.
    #[cfg(feature = "yaml")]
    pub(crate) fn phrases(&self) -> impl Iterator<Item = &str> {
        self.phrases.iter().map(|(said, _)| said.as_str())
    }

    /// The command that these words, joined by spaces, are.
    pub(crate) fn find(&self, said: &str) -> Option<Command> {
        self.phrases.iter().find(|(phrase, _)| phrase == said).map(|(_, command)| *command)
    }
}
