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
pub use matching::{Doubt, Evidence, Explanation, Understood, explain};
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
