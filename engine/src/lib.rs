//! The engine of Treebot: conversations as trees.
//!
//! Pure functions over values, text in and values out. There is no clock, no randomness, no file,
//! no network and no log in here: times and ids are handed in.
//!
//! A tour:
//!
//! * [`load`] reads a tree from its YAML source. It never fails: what is wrong with the text comes
//!   back as [`Diagnostic`]s, and without errors there is a [`Tree`].
//! * [`turn`] takes one [`Input`] over a [`History`] and gives the [`Reply`] and the [`Event`] to
//!   remember. [`current`] asks again where a conversation stands now.
//! * [`resolve`] walks a [`Trail`] (the answers somebody gave) over the tree *as it is now*, and
//!   reports what could be kept. A live turn and a replay use this same walk.
//! * [`analyse`] reads a source for an editor, and answers what it asks: completion, definitions,
//!   renaming and more.
//! * [`change`] goes on after an answer that somebody has changed, and [`narrow`] lists what a text may become while it is
//!   typed.
//! * [`Tree::compile`] writes a tree down as bytes, and [`Tree::from_compiled`] reads it without YAML; a [`Bundle`] is
//!   both, the compiled tree and its source.
//! * A [`PlaceCode`] is a trail as text: it is in every button, and is good for ever.
//! * [`run_tests`] plays the conversations that stand in a tree as tests, [`coverage`] tells what they
//!   reach, [`paths`] follows every way that a conversation can go, and [`impact`] tells what an edit does
//!   to everybody who is on one.
//!
//! The first three of these, and an edit under a running conversation:
//!
#![cfg_attr(feature = "yaml", doc = "```")]
#![cfg_attr(not(feature = "yaml"), doc = "```ignore")]
//! use treebot::{Code, History, Input, InputKind, Millis, NoteKind, ReplyKind, TurnOptions, current, load, turn};
//!
//! // What is wrong is told, with where it is and, where that is obvious, how to mend it.
//! let loaded = load("say: Welcome.\nanswer:\n  Tea: Coming up.\n");
//! assert!(loaded.tree.is_none());
//! let problem = &loaded.diagnostics[0];
//! assert_eq!((problem.code, problem.span.start), (Code::UnknownKey, 14));
//! assert_eq!(problem.fix.as_ref().map(|fix| fix.title.as_str()), Some("write `answers`"));
//!
//! let source = "say: Tea or coffee?\nanswers:\n  Tea: Coming up.\n  Coffee:\n    say: How do you like it?\n    answers:\n      With milk: Here you are.\n      Black: Black it is.\n";
//! let tree = load(source).tree.ok_or("has no errors")?;
//!
//! // A turn changes nothing: what is to be remembered comes back beside the reply.
//! let mut history = History::new();
//! let text = |at: i64, text: &str| Input {
//!     at: Millis(at),
//!     id: at.to_string(),
//!     kind: InputKind::Text(text.to_owned()),
//! };
//! for (at, said) in [(1, "hello"), (2, "I would like some cofee, please")] {
//!     let turn = turn(&tree, &history, &text(at, said), &TurnOptions::default());
//!     assert_eq!(turn.reply.kind, ReplyKind::Question);
//!     history.insert(turn.event);
//! }
//! let asked = current(&tree, &history).ok_or("has begun")?;
//! let labels: Vec<&str> = asked.choices.iter().map(|choice| choice.label.as_ref()).collect();
//! assert_eq!(labels, ["With milk", "Black"]);
//!
//! // The words change, and the place is kept; the answer goes, and the person is told and asked again.
//! let reworded = load(&source.replace("How do you like it?", "Milk?")).tree.ok_or("loads")?;
//! assert!(current(&reworded, &history).is_some_and(|asked| asked.note.is_none()));
//! let without = load("say: Tea or juice?\nanswers: {Tea: Coming up., Juice: Here it is.}").tree.ok_or("loads")?;
//! let note = current(&without, &history).and_then(|asked| asked.note);
//! assert_eq!(note.map(|note| note.kind), Some(NoteKind::Changed));
//! # Ok::<(), &'static str>(())
//! ```

#![forbid(unsafe_code)]

mod change;
mod code;
mod diagnostic;
mod digest;
mod event;
mod history;
mod impact;
pub mod json;
#[cfg(feature = "yaml")]
mod keys;
mod lang;
#[cfg(feature = "yaml")]
mod language;
#[cfg(feature = "yaml")]
mod load;
#[cfg(feature = "yaml")]
mod lookup;
mod matching;
mod moves;
mod narrow;
mod order;
mod paths;
mod place;
mod reply;
mod resolve;
mod route;
mod stored;
#[cfg(test)]
mod strategies;
#[cfg(feature = "yaml")]
mod testing;
mod text;
mod transcript;
mod tree;
mod turn;
mod utf16;
mod walk;
#[cfg(feature = "yaml")]
mod yaml;

pub use change::{Changed, change};
pub use code::{CodeError, Decoded, PlaceCode};
pub use diagnostic::{Code, Diagnostic, Edit, Fix, Severity, Span};
pub use digest::Digest;
pub use event::{Asked, Event, HostEvent, Match, Pending, Recorded, Tier};
pub use history::History;
pub use impact::{
    Impact, ImpactCounts, ImpactOutcome, ImpactRow, ImpactStep, MAX_PLACES, impact, impact_within,
};
#[cfg(feature = "yaml")]
pub use keys::{Keys, NOTE_KEY, RESERVED_KEYS};
pub use lang::own_texts;
#[cfg(feature = "yaml")]
pub use language::{
    Analysis, ApplyError, ChangeError, ChangeErrorKind, Completion, CompletionKind, EdgeKind,
    Graph, GraphEdge, GraphNode, Hover, NewStep, NodeKind, OutlineItem, OutlineKind, Reference,
    analyse, apply,
};
#[cfg(feature = "yaml")]
pub use load::{Limits, LoadOptions, Loaded, load, load_bytes, load_with};
pub use matching::{Doubt, Evidence, Explanation, Rival, Understood, explain};
pub use narrow::{Candidate, choice, marks, narrow};
pub use paths::{MAX_PATHS, Path, PathKind, Paths, each_path, paths};
pub use place::{Start, Step, StepAnswer, Trail};
pub use reply::{Choice, Message, Note, NoteKind, Reply, ReplyKind};
pub use resolve::{Place, Report, Resolved, StepOutcome, StepReport, resolve};
pub use route::way_to;
pub use stored::StoredError;
#[cfg(feature = "yaml")]
pub use testing::{
    Count, Coverage, GivenAnswer, Instead, StepResult, TestFailure, TestOutcome, TestReport,
    TestResult, TestStep, TestStepKind, Tests, TreeTest, coverage, run_tests,
};
pub use transcript::{Direction, TranscriptLine};
pub use tree::bundle::{Bundle, BundleError};
pub use tree::compiled::CompiledError;
pub use tree::{Answer, AnswerId, Node, NodeId, Tree};
pub use turn::{Effect, Input, InputKind, Millis, Turn, TurnOptions, current, turn, turn_after};
pub use utf16::Utf16Map;
