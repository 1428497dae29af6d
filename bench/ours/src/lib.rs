//! Treebot as a contestant of its own bench (`bench/README.md`).
//!
//! * [`tasks`] is what only Treebot can do, and is timed natively and in wasm;
//! * `native` is the contestant that is a program.

#[cfg(feature = "native")]
pub mod native;
pub mod tasks;
