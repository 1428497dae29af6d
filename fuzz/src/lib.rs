//! What fuzzing checks. The engine's own tests check the same with small changes of the corpus.

pub mod checks;
pub mod webhook;
