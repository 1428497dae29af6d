//! What the author of a tree should know, and where: values, never failures.

use std::fmt;

/// A range of bytes of the source, `start` included and `end` not. Both are character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// There is no tree while this stands. A test that fails is an error too, though people can talk on.
    Error,
    /// The tree works, but probably not as its author means it.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Something the author should know, with its place in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem this is; it is explained in `docs/tree-format.md`.
    pub code: Code,
    /// Whether it stops the tree from loading.
    pub severity: Severity,
    /// The problem in the author's words: lower case, no full stop.
    pub message: String,
    /// Where it is.
    pub span: Span,
    /// A change of the source that mends it, where one is obvious.
    pub fix: Option<Fix>,
}

/// A change of the source that mends a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, such as "write `answers`".
    pub title: String,
    /// The replacements, in order and not overlapping.
    pub edits: Vec<Edit>,
}

/// Text to put in place of a range of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = ($number:literal, $severity:ident),)+) => {
        /// The kinds of problem. A code keeps its number for ever.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// Every code, in the order of its number.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as it is written, such as `T012`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $number,)+ }
            }

            /// Whether this kind of problem stops a tree from loading.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// The text is not YAML.
    Syntax = ("T001", Error),
    /// The source has more bytes than the limit.
    TooLarge = ("T002", Error),
    /// Values are nested more deeply than the limit.
    TooDeep = ("T003", Error),
    /// More values than the limit, once aliases are written out.
    TooMany = ("T004", Error),
    /// A second document in the file.
    SecondDocument = ("T005", Error),
    /// A YAML tag such as `!!str`.
    Tag = ("T006", Error),
    /// The merge key `<<`.
    MergeKey = ("T007", Error),
    /// An alias that is not defined, or contains itself.
    Alias = ("T008", Error),
    /// There is nothing in the file.
    Empty = ("T009", Error),
    /// A key that the language does not have.
    UnknownKey = ("T010", Error),
    /// A key that is kept for later.
    ReservedKey = ("T011", Error),
    /// A key that stands where it means nothing.
    MisplacedKey = ("T012", Error),
    /// The same key twice in one place.
    DuplicateKey = ("T013", Error),
    /// A value of the wrong kind.
    WrongType = ("T014", Error),
    /// A node without words.
    MissingSay = ("T015", Error),
    /// Words that are empty.
    EmptyText = ("T016", Error),
    /// A question without answers.
    NoAnswers = ("T017", Error),
    /// Two answers of a question that cannot be told apart.
    AnswerClash = ("T018", Error),
    /// Two names that cannot be told apart.
    NameClash = ("T019", Error),
    /// A `goto` to a name that nothing has.
    UnknownName = ("T020", Error),
    /// A chain of `goto` that never asks anything.
    SilentLoop = ("T021", Error),
    /// A conversation longer than a place code can hold.
    TooLong = ("T022", Error),
    /// A name that cannot be used.
    BadName = ("T023", Error),
    /// An address that is not allowed.
    BadAddress = ("T024", Error),
    /// A test of the tree that does not go as written. Only running it tells: see
    /// [`TestReport::diagnostics`](crate::TestReport::diagnostics).
    TestFails = ("T025", Error),
    /// Bytes that are no text.
    NotUtf8 = ("T030", Error),
    /// A node that no conversation reaches.
    Unreachable = ("T050", Warning),
    /// An answer that is also a command.
    AnswerIsCommand = ("T051", Warning),
    /// A question that needs a name, as its answers mean nothing by themselves.
    NeedsName = ("T052", Warning),
    /// A loop that no answer leads out of.
    NoWayOut = ("T053", Warning),
    /// A picture without words for those who cannot see it.
    MissingAlt = ("T054", Warning),
    /// Text that YAML has cut at a `#`.
    CutAtHash = ("T055", Warning),
    /// Longer than Messenger shows.
    MessengerLimit = ("T056", Warning),
    /// A language that there are no default words for.
    UnknownLanguage = ("T057", Warning),
    /// A name given twice to one question.
    SecondName = ("T058", Warning),
    /// Words offer something to choose that is no answer.
    OptionInSay = ("T059", Warning),
    /// Two answers that a message which people may well type does not tell apart.
    AnswersAlike = ("T060", Warning),
    /// An end that leads nowhere further. Off by default: see `LoadOptions::ends_need_links` and `LoadOptions::advice`.
    EndWithoutLink = ("T061", Warning),
    /// Something written as a link that will not be one.
    NoLink = ("T062", Warning),
    /// An answer that is called like a key, so that it is probably one in the wrong place.
    LooksLikeKey = ("T063", Warning),
    /// Signs that are meant for YAML's own, and are part of the text: typographic quotes around it, or a long dash before
    /// it.
    LooksLikeYaml = ("T064", Warning),
    /// Words that are the name of a node, so that a `goto` is probably missing.
    NameAsWords = ("T065", Warning),
    /// Several words in one text, where a list is probably meant.
    ListInText = ("T066", Warning),
    /// More answers than people take in at once. Off by default: see `LoadOptions::advice`.
    ManyAnswers = ("T067", Warning),
    /// Words that are hard to read. Off by default: see `LoadOptions::advice`.
    HardWords = ("T068", Warning),
    /// Ends of which nobody knows from when they are. Off by default: see `LoadOptions::advice`.
    EndWithoutDate = ("T069", Warning),
    /// A step of a test that cannot be read.
    TestStep = ("T070", Warning),
    /// A test that names a question which is not there.
    TestName = ("T071", Warning),
    /// A question or an answer that no test reaches, in a tree with tests. Only running them tells: see
    /// [`Coverage::diagnostics`](crate::Coverage::diagnostics).
    Untested = ("T072", Warning),
    /// A key that only questions need, at a node without answers.
    WithoutAnswers = ("T073", Warning),
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Diagnostic {
    /// A diagnostic without a fix; its severity is that of its code.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity(), message: message.into(), span, fix: None }
    }

    /// The same, with a change that mends it.
    #[must_use]
    pub fn with_fix(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits });
        self
    }
}

impl Span {
    /// From `start` to `end`, in bytes.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}
