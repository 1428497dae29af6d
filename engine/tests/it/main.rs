//! The engine from outside, as its hosts use it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
#![expect(clippy::disallowed_methods, reason = "tests read trees and transcripts from files")]

mod bundle;
mod changed;
mod commands;
mod compiled;
mod diagnostics;
mod fuzzed;
mod golden;
mod hostile;
mod impact;
mod language;
mod laws;
mod matching;
mod page;
mod paths;
mod replay;
mod schema;
mod support;
mod taps;
mod transcript;
mod transcripts;
mod tree_tests;
mod trees;
mod turns;
