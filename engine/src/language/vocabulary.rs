//! Which keys may stand where, told by the keys that lead there.

use crate::Keys;

/// What a part of a source is, by the keys that lead to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// The whole file, which is the first node as well.
    File,
    /// A node under `nodes` or `else`.
    Node,
    /// The node of an answer.
    Answer,
    /// What is under `answers`: keys of the author's own.
    Answers,
    /// What is under `nodes`: names of the author's own.
    Nodes,
    Commands,
    /// What the bot says: a text, a picture, or a list of them.
    Say,
    /// A name of the author's own, or former names.
    Names,
    Goto,
    /// `true` or `false`.
    Switch,
    Lang,
    /// What is under `tests`: names of the author's own.
    Tests,
    /// The list of a test's steps.
    Steps,
    Step,
    /// Answers by the names of their questions.
    Given,
    /// The answer to a question of a test's `given`.
    GivenAnswer,
    /// The name of the question where a test's conversation stands.
    At,
    /// Words, or what is not known.
    Words,
}

impl Context {
    /// The kinds of keys that may stand in a map here, as far as they are the language's own.
    const fn kinds(self) -> &'static [Keys] {
        match self {
            Self::File => &[Keys::File, Keys::Node],
            Self::Answer => &[Keys::Answer, Keys::Node],
            Self::Node => &[Keys::Node],
            Self::Commands => &[Keys::Commands],
            Self::Say => &[Keys::Picture],
            Self::Step => &[Keys::Step],
            Self::Answers
            | Self::Nodes
            | Self::Names
            | Self::Goto
            | Self::Switch
            | Self::Lang
            | Self::Tests
            | Self::Steps
            | Self::Given
            | Self::GivenAnswer
            | Self::At
            | Self::Words => &[],
        }
    }

    /// The keys that may stand in a map here, each with what it does.
    pub(super) fn keys(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.kinds().iter().flat_map(|kind| {
            let about = |name: &&'static str| Some((*name, kind.about(name)?));
            kind.names().iter().filter_map(about)
        })
    }

    /// What a key does that stands in a map here.
    pub(super) fn about(self, name: &str) -> Option<&'static str> {
        self.kinds().iter().find_map(|kind| kind.about(name))
    }

    /// What the value of a key is.
    pub(super) fn under(self, name: &str) -> Self {
        match self {
            Self::Answers => Self::Answer,
            Self::Nodes => Self::Node,
            Self::Tests => Self::Steps,
            Self::Given => Self::GivenAnswer,
            Self::File
            | Self::Node
            | Self::Answer
            | Self::Commands
            | Self::Say
            | Self::Names
            | Self::Goto
            | Self::Switch
            | Self::Lang
            | Self::Steps
            | Self::Step
            | Self::GivenAnswer
            | Self::At
            | Self::Words => self.value_of(name),
        }
    }

    /// What the value of one of the language's own keys is.
    fn value_of(self, name: &str) -> Self {
        let Some(kind) = self.kinds().iter().find(|kind| kind.names().contains(&name)) else {
            return Self::Words;
        };
        match (kind, name) {
            (Keys::File, "nodes") => Self::Nodes,
            (Keys::File, "commands") => Self::Commands,
            (Keys::File, "tests") => Self::Tests,
            (Keys::File, "lang") => Self::Lang,
            (Keys::Node, "say") => Self::Say,
            (Keys::Node, "answers") => Self::Answers,
            (Keys::Node, "goto") => Self::Goto,
            (Keys::Node, "else") => Self::Node,
            (Keys::Node, "id" | "was") => Self::Names,
            (Keys::Node, "offer") | (Keys::Step, "end") => Self::Switch,
            (Keys::Step, "at") => Self::At,
            (Keys::Step, "given") => Self::Given,
            (
                Keys::File
                | Keys::Node
                | Keys::Answer
                | Keys::Picture
                | Keys::Commands
                | Keys::Step,
                _,
            ) => Self::Words,
        }
    }

    /// Whether this is one text of a kind that is known.
    pub(super) fn is_value(self) -> bool {
        matches!(self, Self::Goto | Self::At | Self::Switch | Self::Lang | Self::GivenAnswer)
    }

    /// Whether the value of this key begins on the next line: it has keys of its own.
    pub(super) fn is_block(self) -> bool {
        matches!(self, Self::Answers | Self::Nodes | Self::Node | Self::Commands | Self::Tests)
    }

    /// What an item of a list is.
    pub(super) fn item(self) -> Self {
        match self {
            // An answer may be a list of messages.
            Self::Node | Self::Answer | Self::Say => Self::Say,
            Self::Steps => Self::Step,
            Self::Names => Self::Names,
            Self::GivenAnswer => Self::GivenAnswer,
            Self::File
            | Self::Answers
            | Self::Nodes
            | Self::Commands
            | Self::Goto
            | Self::Switch
            | Self::Lang
            | Self::Tests
            | Self::Step
            | Self::Given
            | Self::At
            | Self::Words => Self::Words,
        }
    }
}
