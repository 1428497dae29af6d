//! The engine from outside, as its hosts use it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
#![expect(clippy::disallowed_methods, reason = "tests read trees and transcripts from files")]

mod commands;
mod compiled;
mod diagnostics;
mod laws;
mod matching;
mod replay;
mod support;
mod taps;
mod transcripts;
mod trees;
mod turns;
