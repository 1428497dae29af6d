//! Plain transcripts: what was received and sent, line by line, without places.
//!
//! Bots that remember a conversation as its text alone, and find out where it stands by playing all of it
//! for each message, can go on here: the text is played once, and from then on the places count.

use crate::turn::{Effect, Input, InputKind, Millis, TurnOptions, turn};
use crate::{History, Tree};

/// A line of a plain transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranscriptLine {
    /// Who said it.
    pub direction: Direction,
    /// What was said.
    pub text: String,
    /// When, if that is known.
    pub at: Option<Millis>,
}

/// Who said a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The person: the bot received it.
    Received,
    /// The bot: it sent it.
    Sent,
}

impl History {
    /// The history of a conversation of which only the text is known: all that the person said, played over
    /// the tree as it is now.
    ///
    /// What the bot sent is only looked at for who spoke first; what it says now is what counts. So a line
    /// that fitted an answer once and fits none now is one that was not understood, and nobody is taken to
    /// have said anything else. Ids are made of the line's number, times are those of the lines, but never go
    /// back; a line without a time has that of the line before it. The same lines over the same tree are the
    /// same history, so importing them again, or more of them, adds nothing twice.
    #[must_use]
    pub fn from_transcript(tree: &Tree, lines: &[TranscriptLine]) -> Self {
        let options = TurnOptions { sees_current: true, ..TurnOptions::default() };
        let mut history = Self::new();
        let mut at = Millis::default();
        for (number, line) in lines.iter().enumerate() {
            at = line.at.unwrap_or(at).max(at);
            let kind = match line.direction {
                Direction::Received => InputKind::Text(line.text.clone()),
                // The bot spoke first: the conversation was opened without a word.
                Direction::Sent if number == 0 => InputKind::Start { at_node: None },
                Direction::Sent => continue,
            };
            // Of the same time the number decides, so all are as long.
            let input = Input { at, id: format!("line-{number:010}"), kind };
            let turn = turn(tree, &history, &input, &options);
            match turn.effect {
                Effect::None => {
                    history.insert(turn.event);
                }
                Effect::Forget => history = Self::new(),
            }
        }
        history
    }
}
