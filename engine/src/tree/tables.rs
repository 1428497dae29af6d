//! How a tree lies in memory: one text, and flat tables of numbers that point into it and at each other.
//!
//! So a tree is small, quick to walk, and the same thing as its compiled form (see `compiled`). Nothing in here
//! knows what the numbers mean together: that is the views' in [`tree`](super), and what a stranger's
//! tables must obey is [`check`](super::compiled)'s.

use std::ops::Range;

/// Stands for "none" where a number may be missing.
pub(crate) const NONE: u32 = u32::MAX;

/// A number, unless it is [`NONE`].
pub(crate) const fn some(number: u32) -> Option<u32> {
    if number == NONE { None } else { Some(number) }
}

/// A row of fixed width, as numbers.
pub(crate) trait Row: Copy {
    /// How many numbers it has.
    const WIDTH: usize;
    /// Appends the numbers.
    fn write(self, out: &mut Vec<u32>);
    /// From just as many numbers.
    fn read(numbers: &[u32]) -> Option<Self>;
}

macro_rules! rows {
    ($($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $field_doc:literal])* $field:ident,)+ })+) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) struct $name { $($(#[doc = $field_doc])* pub(crate) $field: u32,)+ }

        impl Row for $name {
            const WIDTH: usize = [$(stringify!($field)),+].len();

            fn write(self, out: &mut Vec<u32>) {
                out.extend([$(self.$field),+]);
            }

            fn read(numbers: &[u32]) -> Option<Self> {
                let [$($field),+] = *numbers else { return None };
                Some(Self { $($field),+ })
            }
        }
    )+};
}

rows! {
    /// A part of the text, in bytes.
    Text {
        start,
        end,
    }
    /// A node.
    NodeRow {
        /// What it says: rows of `messages`, from here …
        say,
        /// … up to here.
        say_end,
        /// Its present name, or none: a row of `texts`.
        name,
        /// Its names as they are recorded, the present one first: numbers of `digests`.
        names,
        names_end,
        /// Where `goto` leads, or none.
        goto,
        /// The answer that leads here (a row of `answers`), or none.
        parent,
        /// The question whose `else` this is (a row of `nodes`), or none.
        else_of,
        /// What it asks (a row of `questions`), or none at an end.
        question,
    }
    /// What a node with answers has besides.
    QuestionRow {
        /// Rows of `answers`.
        answers,
        answers_end,
        /// The node of its `else`, or none.
        otherwise,
        /// What is said at a miss: rows of `texts`.
        unclear,
        unclear_end,
        /// 1 if the answers are shown.
        offer,
        /// The digest of what it says.
        words,
        /// The answer of the question, from 0, that a "yes" is, or none.
        yes,
        /// The same for a "no".
        no,
        /// What can be typed, by its words: rows of `phrases`.
        phrases,
        phrases_end,
        /// The words that tell no answer from another, sorted: numbers of `word_ids`.
        asked,
        asked_end,
        /// Every word of its phrases once, sorted: numbers of `word_ids`.
        known,
        known_end,
        /// Which phrases have each of these words, where there are many phrases: numbers of `holders`. First, for each
        /// word and for the end, where its part begins; then the phrases, from 0.
        holders,
        holders_end,
    }
    /// An answer.
    AnswerRow {
        /// The node that asks.
        question,
        /// The node that follows.
        node,
        /// A row of `texts`.
        key,
        /// A row of `texts`; the same one where it is the key.
        label,
        /// Rows of `texts`.
        also,
        also_end,
        /// Its former keys, then its `also`, as they are recorded: numbers of `digests`.
        was,
        was_end,
        also_digests_end,
    }
    /// Something said.
    MessageRow {
        /// The text, or what a picture shows: a row of `texts`.
        text,
        /// The address of a picture, or none: a row of `texts`.
        address,
    }
    /// Something that may be typed for an answer.
    PhraseRow {
        /// The answer of the question, from 0.
        answer,
        /// Numbers of `word_ids`.
        words,
        words_end,
        /// Its words with their accents, joined by spaces, where these are not the plain words: a row of `texts`.
        accented,
        /// See [`phrase_is`].
        flags,
    }
    /// A name as it is recorded, and its node.
    NameRow {
        digest,
        node,
    }
}

/// Flags of a [`PhraseRow`].
pub(crate) mod phrase_is {
    /// It is an `also`: what is shown counts for more.
    pub(crate) const ALSO: u32 = 1;
    /// It is written in capitals, such as US.
    pub(crate) const ACRONYM: u32 = 2;
    /// It says from where or up to where, and nothing else: "up to 6 months".
    pub(crate) const BOUND: u32 = 4;
    /// It begins with a small letter, so that it is no name.
    pub(crate) const SMALL: u32 = 8;
}

/// Everything a tree is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tables {
    /// All texts, one after the other.
    pub(crate) text: String,
    /// Parts of the text.
    pub(crate) texts: Vec<Text>,
    pub(crate) nodes: Vec<NodeRow>,
    pub(crate) questions: Vec<QuestionRow>,
    pub(crate) answers: Vec<AnswerRow>,
    /// The key of each answer as it is recorded; the highest bit tells keys that mean nothing by themselves.
    pub(crate) keys: Vec<u32>,
    pub(crate) messages: Vec<MessageRow>,
    pub(crate) digests: Vec<u32>,
    pub(crate) phrases: Vec<PhraseRow>,
    /// Lists of words: rows of `words`.
    pub(crate) word_ids: Vec<u32>,
    /// See [`QuestionRow`].
    pub(crate) holders: Vec<u32>,
    /// All words of all phrases, and of the language, sorted and each once.
    pub(crate) words: Vec<Text>,
    /// What each word is in the language: see `matching::word_is`.
    pub(crate) word_flags: Vec<u32>,
    /// Present names, sorted.
    pub(crate) names: Vec<NameRow>,
    /// Former names that nothing bears now, sorted.
    pub(crate) former: Vec<NameRow>,
    /// The author's own words for commands: rows of commands and of `texts`, in turn.
    pub(crate) commands: Vec<u32>,
}

impl Tables {
    /// Adds a text, and gives its row of `texts`.
    #[cfg(feature = "yaml")]
    pub(crate) fn add_text(&mut self, text: &str) -> u32 {
        let start = super::number_of(self.text.len());
        self.text.push_str(text);
        self.texts.push(Text { start, end: super::number_of(self.text.len()) });
        super::number_of(self.texts.len() - 1)
    }

    /// Tells each node which answer leads to it, or whose `else` it is.
    #[cfg(feature = "yaml")]
    pub(crate) fn link_parents(&mut self) {
        for (number, answer) in (0..).zip(&self.answers) {
            if let Some(node) = self.nodes.get_mut(answer.node as usize) {
                node.parent = number;
            }
        }
        let questions: Vec<(u32, u32)> =
            (0..).zip(&self.nodes).map(|(number, node)| (number, node.question)).collect();
        for (number, question) in questions {
            let otherwise = self.questions.get(question as usize).map(|row| row.otherwise);
            if let Some(node) = otherwise.and_then(|at| self.nodes.get_mut(at as usize)) {
                node.else_of = number;
            }
        }
    }

    /// Gives back the room that was kept for more rows.
    #[cfg(feature = "yaml")]
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.texts.shrink_to_fit();
        self.nodes.shrink_to_fit();
        self.questions.shrink_to_fit();
        self.answers.shrink_to_fit();
        self.keys.shrink_to_fit();
        self.messages.shrink_to_fit();
        self.digests.shrink_to_fit();
        self.phrases.shrink_to_fit();
        self.word_ids.shrink_to_fit();
        self.holders.shrink_to_fit();
        self.words.shrink_to_fit();
        self.word_flags.shrink_to_fit();
    }

    /// A row of `texts` as text.
    pub(crate) fn text(&self, row: u32) -> &str {
        self.texts.get(row as usize).map_or("", |text| self.part(*text))
    }

    /// A part of the text.
    pub(crate) fn part(&self, part: Text) -> &str {
        self.text.get(part.start as usize..part.end as usize).unwrap_or_default()
    }

    /// A word.
    pub(crate) fn word(&self, id: u32) -> &str {
        self.words.get(id as usize).map_or("", |text| self.part(*text))
    }

    /// Lists of words.
    pub(crate) fn word_list(&self, start: u32, end: u32) -> &[u32] {
        self.word_ids.get(range(start, end)).unwrap_or_default()
    }
}

/// From numbers to the range that they mean.
pub(crate) const fn range(start: u32, end: u32) -> Range<usize> {
    start as usize..end as usize
}
