//! What only Treebot can do, timed in wasm: see `bench/contestants/treebot-wasm.mjs`.
//!
//! Messages, loading and memory are measured on the package that a host has; these are about parts of the engine that
//! no host binding offers one by one.

use treebot_bench::tasks;
use wasm_bindgen::prelude::*;

/// One thing that is timed, again and again.
#[wasm_bindgen]
pub struct Task(tasks::Task);

#[wasm_bindgen]
impl Task {
    /// Prepares a task of that kind over a tree. `conversations` are texts, one in a line, with an empty line after
    /// each conversation.
    ///
    /// # Errors
    /// What is wrong with the tree or the conversations; or there is no such kind.
    #[wasm_bindgen(constructor)]
    pub fn new(kind: &str, source: &str, conversations: &str) -> Result<Self, JsError> {
        let conversations: Vec<Vec<String>> = conversations
            .split_terminator("\n\n")
            .map(|texts| texts.lines().map(str::to_owned).collect())
            .collect();
        match tasks::task(kind, source, &conversations) {
            Ok(Some(task)) => Ok(Self(task)),
            Ok(None) => Err(JsError::new(&format!("there is no task `{kind}`"))),
            Err(problem) => Err(JsError::new(&problem)),
        }
    }

    /// What is timed.
    pub fn run(&mut self) {
        (self.0.run)();
    }

    /// How many things one run does, such as recorded answers.
    #[must_use]
    pub fn per(&self) -> usize {
        self.0.per
    }
}
