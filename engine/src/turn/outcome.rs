//! What an input comes to, and the event that is remembered of it.

use crate::tree::Tree;
use crate::walk::Walk;
use crate::{
    Asked, Effect, Event, Match, Message, Millis, Place, Recorded, Reply, Tier, Turn, TurnOptions,
};

use super::say;

/// What one input comes to.
pub(super) struct Outcome<'t> {
    pub(super) walk: Walk<'t>,
    pub(super) reply: Reply<'t>,
    pub(super) effect: Effect,
    pub(super) recorded: Recorded,
    pub(super) matched: Option<Match>,
    pub(super) misses: u8,
}

impl<'t> Outcome<'t> {
    pub(super) fn new(walk: Walk<'t>, reply: Reply<'t>) -> Self {
        Self {
            walk,
            reply,
            effect: Effect::None,
            recorded: Recorded::Start,
            matched: None,
            misses: 0,
        }
    }

    pub(super) fn matched(self, tier: Tier) -> Self {
        if self.matched.is_some() {
            self
        } else {
            self.with_match(Match { tier, answer: None, rivals: Vec::new() })
        }
    }

    pub(super) fn with_match(self, matched: Match) -> Self {
        Self { matched: Some(matched), ..self }
    }

    /// The turn: what is remembered of it, and what is said.
    pub(super) fn turn(
        self,
        tree: &'t Tree,
        at: Millis,
        id: String,
        options: TurnOptions,
    ) -> Turn<'t> {
        let node = self.walk.node();
        let said = if options.remembers_said { said(&self.reply) } else { Vec::new() };
        let event = Event {
            at,
            id,
            input: self.recorded,
            matched: self.matched,
            asked: node
                .is_question()
                .then(|| Asked { name: node.names().next(), words: node.words() }),
            shown: say::shown(&self.walk, &self.reply),
            misses: self.misses,
            pending: self.reply.pending,
            said,
            place: Some(self.walk.into_trail()),
        };
        Turn { event, reply: self.reply, place: Place::new(tree, node.id()), effect: self.effect }
    }
}

fn said(reply: &Reply<'_>) -> Vec<Message<'static>> {
    let note = reply.note.iter().map(|note| Message::Text(note.text.clone()));
    note.chain(reply.messages.iter().cloned()).map(Message::into_owned).collect()
}
