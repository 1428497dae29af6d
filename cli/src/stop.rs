//! Why a command ends before it is done.

use std::io;

use crate::{Outcome, tell};

/// What keeps a command from going on.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Something that the person at the terminal can do something about, in their words.
    Because(String),
    /// Output could not be written.
    Output(io::Error),
    /// It has been said already.
    As(Outcome),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<String> for Stop {
    fn from(problem: String) -> Self {
        Self::Because(problem)
    }
}

/// How a command ended, with its problem told.
pub(crate) fn ended(result: Result<Outcome, Stop>) -> io::Result<Outcome> {
    match result {
        Ok(outcome) | Err(Stop::As(outcome)) => Ok(outcome),
        Err(Stop::Because(problem)) => {
            tell(&problem);
            Ok(Outcome::Unreadable)
        }
        Err(Stop::Output(error)) => Err(error),
    }
}
