//! `treebot chat`: a conversation with a tree, by a person or by a program.

pub(crate) mod lines;
mod people;
mod programs;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use treebot::{
    Effect, History, Input, InputKind, Millis, PlaceCode, Tree, Turn, TurnOptions, turn,
};

use crate::Outcome;
use crate::problems::{Opened, open, write_json, write_people};

/// Loads the tree and talks until the input ends.
pub(crate) fn run(path: &Path, json: bool) -> io::Result<Outcome> {
    let Some(Opened { checked, tree, .. }) = open(path) else { return Ok(Outcome::Unreadable) };
    let Some(tree) = tree else {
        let mut out = io::stdout().lock();
        let checked = [checked];
        if json { write_json(&mut out, &checked) } else { write_people(&mut out, &checked) }?;
        out.flush()?;
        return Ok(Outcome::Errors);
    };
    let talk = Talk::new(&tree);
    if json {
        programs::run(talk)?;
    } else if io::stdin().is_terminal() && io::stdout().is_terminal() {
        people::run_in_terminal(talk)?;
    } else {
        people::run_on_lines(talk)?;
    }
    Ok(Outcome::Fine)
}

/// A conversation in memory: the history, and the clock and counter that tell its inputs apart.
struct Talk<'t> {
    tree: &'t Tree,
    history: History,
    last: Millis,
    inputs: u64,
}

impl<'t> Talk<'t> {
    fn new(tree: &'t Tree) -> Self {
        Self { tree, history: History::new(), last: Millis::default(), inputs: 0 }
    }

    /// The opening turn.
    fn open(&mut self) -> Turn<'t> {
        self.take(InputKind::Start { at_node: None })
    }

    /// Takes a turn and remembers it.
    fn take(&mut self, kind: InputKind) -> Turn<'t> {
        self.last = now().max(Millis(self.last.0.saturating_add(1)));
        self.inputs += 1;
        let input = Input { at: self.last, id: self.inputs.to_string(), kind };
        let turn = turn(self.tree, &self.history, &input, &TurnOptions::default());
        match turn.effect {
            Effect::None => {
                self.history.insert(turn.event.clone());
            }
            Effect::Forget => self.history = History::new(),
        }
        turn
    }

    /// The code of the place where a turn led.
    fn code(&self, turn: &Turn<'_>) -> PlaceCode {
        let trail = turn.event.place.as_ref().or_else(|| self.history.trail());
        PlaceCode::encode(self.tree, &trail.cloned().unwrap_or_default())
    }
}

/// The system's clock; 1970 where it is set before that.
fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
