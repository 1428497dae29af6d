//! What is understood of what people type: an answer, a question back, or nothing.
//!
//! * [`explained`] shows why something is understood as it is;
//! * [`laws`] hold for anything that may be typed;
//! * [`rules`] shows each rule by itself, on trees of a few lines;
//! * [`told`] shows those about what is told or asked rather than chosen;
//! * [`written`] shows those about how words are written, and about what stands beside an answer by chance;
//! * [`table`] holds what people type at whole trees against what a careful person would understand.

mod explained;
mod laws;
mod rules;
mod table;
mod told;
mod written;

use treebot::{Match, ReplyKind, Tier, Tree};

use crate::support::Person;

/// What came of a typed text.
pub(crate) enum Understood {
    /// The key of an answer.
    Answer(Tier, String),
    /// A question back, between the answers with these keys.
    Ask(Vec<String>),
    /// A command.
    Command,
    /// Nothing.
    Nothing,
}

/// Types `text` where `person` stands.
pub(crate) fn understood(tree: &Tree, person: &mut Person, text: &str) -> Understood {
    let turn = person.say(tree, text);
    let Match { tier, answer, rivals } = turn.event.matched.clone().unwrap();
    match (answer, turn.reply.kind) {
        (Some(answer), _) => Understood::Answer(tier, answer),
        (None, ReplyKind::DidYouMean) => Understood::Ask(rivals),
        (None, _) if tier == Tier::Command => Understood::Command,
        (None, _) => Understood::Nothing,
    }
}
