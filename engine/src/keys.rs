//! Every key of the language: where it may stand, and what it does, in one sentence.
//!
//! The reader, the documents, the JSON Schema and editors all go by this one list. A test holds
//! `docs/tree-format.md` and `trees/tree.schema.json` to it, word for word.

/// A kind of map in a source, with keys of its own.
///
/// A node is one of `nodes`, what follows an answer, an `else`, or the file itself, which has the keys
/// of a node as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keys {
    /// What only the top of the file has.
    File,
    /// What every node has.
    Node,
    /// What a node has besides, where it follows an answer.
    Answer,
    /// A picture among messages.
    Picture,
    /// The words for commands.
    Commands,
    /// A step of a test; it has one of these.
    Step,
}

macro_rules! keys {
    ($($of:ident { $($name:literal: $about:literal,)+ })+) => {
        impl Keys {
            /// Every kind of map.
            pub const ALL: &[Self] = &[$(Self::$of,)+];

            /// The keys, in the order in which they are explained.
            #[must_use]
            pub const fn names(self) -> &'static [&'static str] {
                match self { $(Self::$of => &[$($name,)+],)+ }
            }

            /// What a key does, in one sentence for authors; none if it is no key of this kind of map.
            #[must_use]
            pub fn about(self, name: &str) -> Option<&'static str> {
                match (self, name) {
                    $($((Self::$of, $name) => Some($about),)+)+
                    $((Self::$of, _) => None,)+
                }
            }
        }
    };
}

keys! {
    File {
        "title": "The tree's name.",
        "lang": "The language of your texts, such as `en` or `de`. The bot's own words follow it where it knows them.",
        "about": "What people should know: who made it, when it was checked.",
        "nodes": "Shared parts: each a name with a node below it, reached by `goto`.",
        "commands": "The words for `back`, `restart` and `help`, instead of the usual ones.",
        "help": "What is said to somebody who asks for help.",
        "ended": "What is said when somebody goes on typing after the end.",
        "tests": "Conversations that must go as written: each a name with a list of steps below it.",
    }
    Node {
        "say": "What the bot says: a text, or a list of messages.",
        "answers": "The answers, in the order in which they are shown and numbered: each a key with what the bot says then.",
        "goto": "Where the conversation goes on, after `say`: a name under `nodes`, an `id`, or `start`.",
        "else": "What happens with every message that fits no answer, instead of `unclear`.",
        "unclear": "What is said when a message is not understood: a text, or a list (at the first miss, at the second …).",
        "id": "A name for this question, so that its words and place may change.",
        "was": "Former names of this question, and former keys of its answer.",
        "offer": "`false` if the answers are only to be typed, not shown as buttons.",
    }
    Answer {
        "label": "What is shown instead of the answer's key.",
        "also": "Other words by which people may choose the answer.",
    }
    Picture {
        "image": "The address of a picture; it begins with `https://`.",
        "alt": "What the picture shows, for those who cannot see it.",
    }
    Commands {
        "back": "What people say to take their last answer back.",
        "restart": "What people say to start again.",
        "help": "What people say to get help.",
    }
    Step {
        "user": "What somebody types, or the words on a button.",
        "bot": "What some message that the bot sends then contains.",
        "at": "The name of the question that is asked then.",
        "end": "Whether the conversation has come to an end then.",
        "given": "The answers that somebody gave before, as they were recorded: each `question: answer`.",
    }
}

/// Keys that are kept for a later version; none of them means anything yet.
pub const RESERVED_KEYS: &[&str] =
    &["when", "route", "ask", "min", "max", "translates", "handover"];

/// What the keys begin with that are left to authors, for notes of their own.
pub const NOTE_KEY: &str = "x-";
