//! The real `treebot`, run as people and programs run it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod chat;
mod check;
mod common;
mod edits;
mod operator;
mod tests;
mod trees;
