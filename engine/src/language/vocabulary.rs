//! The keys of the language: where each may stand, and what it does in the words of
//! `docs/tree-format.md`.

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
    Offer,
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
    End,
    /// Words, or what is not known.
    Words,
}

/// A key, and what it does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// What its value is.
    leads_to: Context,
    /// Whether its value begins on the next line.
    pub(super) is_block: bool,
}

const fn key(name: &'static str, leads_to: Context, about: &'static str) -> Key {
    let is_block = matches!(
        leads_to,
        Context::Answers | Context::Nodes | Context::Node | Context::Commands | Context::Tests
    );
    Key { name, about, leads_to, is_block }
}

const ANSWER: &[Key] = &[
    key("label", Context::Words, "what is shown. Without it, the answer's key is shown"),
    key(
        "also",
        Context::Words,
        "other words by which people may choose it. Think of what they would type",
    ),
];

const NODE: &[Key] = &[
    key("say", Context::Say, "what the bot says: a text, or a list of messages"),
    key(
        "answers",
        Context::Answers,
        "the answers, in the order in which they are shown and numbered",
    ),
    key(
        "goto",
        Context::Goto,
        "where the conversation goes on, after `say`. On a question: where those of its answers go that lead nowhere by themselves",
    ),
    key(
        "id",
        Context::Names,
        "a name for this question. With it you may change the question's words and move it elsewhere, and people keep their place",
    ),
    key(
        "was",
        Context::Names,
        "former names and keys, so that people who were here before you renamed it keep their place",
    ),
    key(
        "unclear",
        Context::Words,
        "what is said when a message is not understood: a text, or a list (at the first miss, at the second …)",
    ),
    key(
        "else",
        Context::Node,
        "what happens with every message that fits no answer, instead of `unclear`. If it has `answers` or `goto`, it is taken like an answer; if not, its words are said and the question is asked again",
    ),
    key(
        "offer",
        Context::Offer,
        "`false` if the answers are only to be typed, not shown as buttons: for long lists, such as countries",
    ),
];

const FILE: &[Key] = &[
    key("title", Context::Words, "the tree's name"),
    key(
        "lang",
        Context::Lang,
        "the language of your texts, such as `en` or `de`. The bot's own words follow it where it knows them, and are English otherwise",
    ),
    key("about", Context::Words, "what people should know: who made it, when it was checked"),
    key("nodes", Context::Nodes, "shared parts, reached by `goto` from anywhere"),
    key(
        "commands",
        Context::Commands,
        "the words for `back`, `restart` and `help`, each with a list",
    ),
    key("help", Context::Words, "what is said to somebody who asks for help"),
    key("ended", Context::Words, "what is said when somebody goes on typing after the end"),
    key("tests", Context::Tests, "conversations that must go as written, to be run as tests"),
];

const COMMANDS: &[Key] = &[
    key("back", Context::Words, "the words that take the last answer back"),
    key("restart", Context::Words, "the words that start the conversation again"),
    key("help", Context::Words, "the words that ask for help"),
];

const PICTURE: &[Key] = &[
    key("image", Context::Words, "the address of a picture; it begins with `https://`"),
    key("alt", Context::Words, "what the picture shows, for those who cannot see it"),
];

const STEP: &[Key] = &[
    key("user", Context::Words, "what somebody types"),
    key(
        "bot",
        Context::Words,
        "words that one of the bot's messages in its last reply must contain",
    ),
    key("at", Context::At, "the name of the question where the conversation must stand now"),
    key("end", Context::End, "`true` if the conversation must have come to its end"),
    key(
        "given",
        Context::Given,
        "answers that were given before, by the names of their questions: an older conversation, as it was recorded",
    ),
];

impl Context {
    /// The keys that may stand in a map here, as far as they are the language's own.
    pub(super) fn keys(self) -> impl Iterator<Item = &'static Key> {
        let (first, then): (&[Key], &[Key]) = match self {
            Self::File => (FILE, NODE),
            Self::Answer => (ANSWER, NODE),
            Self::Node => (NODE, &[]),
            Self::Commands => (COMMANDS, &[]),
            Self::Say => (PICTURE, &[]),
            Self::Step => (STEP, &[]),
            Self::Answers
            | Self::Nodes
            | Self::Names
            | Self::Goto
            | Self::Offer
            | Self::Lang
            | Self::Tests
            | Self::Steps
            | Self::Given
            | Self::GivenAnswer
            | Self::At
            | Self::End
            | Self::Words => (&[], &[]),
        };
        first.iter().chain(then)
    }

    /// A key that may stand here, by its name.
    pub(super) fn key(self, name: &str) -> Option<&'static Key> {
        self.keys().find(|key| key.name == name)
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
            | Self::Offer
            | Self::Lang
            | Self::Steps
            | Self::Step
            | Self::GivenAnswer
            | Self::At
            | Self::End
            | Self::Words => self.key(name).map_or(Self::Words, |key| key.leads_to),
        }
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
            | Self::Offer
            | Self::Lang
            | Self::Tests
            | Self::Step
            | Self::Given
            | Self::At
            | Self::End
            | Self::Words => Self::Words,
        }
    }
}
