//! What can be said anywhere, whatever is asked.

use crate::lang::Pack;
use crate::text::Words;

use super::Command;

/// What can be said anywhere in one tree.
#[derive(Clone, Debug)]
pub(crate) struct Commands {
    /// Words, joined by spaces; the first that fit count. They are few, and looked at once in a turn.
    phrases: Vec<(String, Command)>,
    /// What to say for each, as it is written; none for one that has no words of its own.
    called: Vec<(String, Command)>,
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
        let mut commands = Self { phrases: Vec::new(), called: Vec::new() };
        let mut add = |text: &str, command| {
            let said = Words::of(text);
            if !said.joined().is_empty() {
                // The first that is not another command's already.
                if commands.called(command).is_none() && commands.find(said.joined()).is_none() {
                    commands.called.push((text.to_owned(), command));
                }
                commands.phrases.push((said.joined().to_owned(), command));
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
        commands.phrases.shrink_to_fit();
        commands
    }

    /// What people are told to say for a command; none where it is turned off.
    pub(crate) fn called(&self, command: Command) -> Option<&str> {
        self.called.iter().find(|(_, of)| *of == command).map(|(text, _)| text.as_str())
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
