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
//! * [`Tree::compile`] writes a tree down as bytes, and [`Tree::from_compiled`] reads it without YAML.
//! * A [`PlaceCode`] is a trail as text: it is in every button, and is good for ever.

#![forbid(unsafe_code)]

mod code;
mod diagnostic;
mod digest;
mod event;
mod history;
mod impact;
mod lang;
#[cfg(feature = "yaml")]
mod load;
mod matching;
mod moves;
mod paths;
mod place;
mod reply;
mod resolve;
mod stored;
#[cfg(test)]
mod strategies;
#[cfg(feature = "yaml")]
mod testing;
mod text;
mod transcript;
mod tree;
mod turn;
mod walk;
#[cfg(feature = "yaml")]
mod yaml;

pub use code::{CodeError, Decoded, PlaceCode};
pub use diagnostic::{Code, Diagnostic, Edit, Fix, Severity, Span};
pub use digest::Digest;
pub use event::{Asked, Event, HostEvent, Match, Pending, Recorded, Tier};
pub use history::History;
pub use impact::{
    Impact, ImpactCounts, ImpactOutcome, ImpactRow, ImpactStep, MAX_PLACES, impact, impact_within,
};
#[cfg(feature = "yaml")]
pub use load::{Limits, LoadOptions, Loaded, load, load_with};
pub use matching::{Doubt, Evidence, Explanation, Understood, explain};
pub use paths::{MAX_PATHS, Path, PathKind, Paths, each_path, paths};
pub use place::{Start, Step, StepAnswer, Trail};
pub use reply::{Choice, Message, Note, NoteKind, Reply, ReplyKind};
pub use resolve::{Place, Report, Resolved, StepOutcome, StepReport, resolve};
pub use stored::StoredError;
#[cfg(feature = "yaml")]
pub use testing::{
    Count, Coverage, GivenAnswer, Instead, StepResult, TestFailure, TestOutcome, TestReport,
    TestResult, TestStep, TestStepKind, Tests, TreeTest, coverage, run_tests,
};
pub use transcript::{Direction, TranscriptLine};
pub use tree::compiled::CompiledError;
pub use tree::{Answer, AnswerId, Node, NodeId, Tree};
pub use turn::{Effect, Input, InputKind, Millis, Turn, TurnOptions, current, turn};
