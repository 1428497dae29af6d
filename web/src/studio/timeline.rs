//! The author's way through the conversation: to and fro among the places where it has stood, and straight to any node.

use serde::Serialize;
use treebot::{NodeId, Trail, Tree, resolve, way_to};
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::view::{NOW, entry_ids};

use super::{Desk, Studio};

/// The most places that are remembered.
const MAX_MOMENTS: usize = 500;

/// The places where the conversation has stood, in their order, and which of them it stands at now. An answer given at
/// an earlier one makes an end of those that came after it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timeline {
    moments: Vec<Trail>,
    now: usize,
}

/// What a part of the conversation is about, for the source and the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct About {
    /// The part: an entry of the transcript.
    pub id: String,
    /// The nodes that speak in it; for what the person said, the question.
    pub nodes: Vec<u32>,
}

#[wasm_bindgen]
impl Studio {
    /// Goes to an earlier or later moment of the conversation, by its number from 0.
    pub fn seek(&mut self, moment: u32) {
        self.desk.seek(moment);
    }

    /// Leads the conversation to a node by the answers of a shortest way, or of the way that it has taken already. False
    /// where no conversation comes there.
    pub fn jump(&mut self, node: u32) -> bool {
        self.desk.jump(node)
    }
}

impl Timeline {
    /// Those of a conversation that was kept.
    pub(crate) fn of<'t>(places: impl Iterator<Item = &'t Trail>) -> Self {
        let mut timeline = Self::default();
        for place in places {
            timeline.note(place);
        }
        timeline
    }

    /// Notes where the conversation stands.
    pub(crate) fn note(&mut self, place: &Trail) {
        if self.moments.get(self.now) == Some(place) {
            return;
        }
        self.moments.truncate(self.now + 1);
        self.moments.push(place.clone());
        if self.moments.len() > MAX_MOMENTS {
            self.moments.remove(0);
        }
        self.now = self.moments.len().saturating_sub(1);
    }

    /// How many moments there are, and which of them is now.
    pub(crate) fn stand(&self) -> (usize, usize) {
        (self.moments.len(), self.now)
    }
}

impl Desk {
    /// Notes where the conversation stands, after a turn.
    pub(crate) fn note(&mut self) {
        self.timeline.note(self.conversation.trail().unwrap_or(&Trail::root()));
    }

    /// Goes to an earlier or later moment of the conversation.
    pub fn seek(&mut self, moment: u32) {
        let moment = moment as usize;
        let Some(trail) = self.timeline.moments.get(moment).cloned() else { return };
        self.timeline.now = moment;
        self.conversation.go_to(&trail);
    }

    /// Leads the conversation to a node of the present source.
    pub fn jump(&mut self, node: u32) -> bool {
        let Some(node) = self.in_conversation(node) else { return false };
        let Some(tree) = self.conversation.tree() else { return false };
        let taken = self.conversation.trail().and_then(|trail| way_on(tree, trail, NodeId(node)));
        let Some(trail) = taken.or_else(|| way_to(tree, NodeId(node))) else { return false };
        self.conversation.go_to(&trail);
        self.note();
        true
    }

    /// What the parts of the conversation are about.
    pub(crate) fn about(&self) -> Vec<About> {
        let Some(tree) = self.conversation.tree() else { return Vec::new() };
        let mut about = Vec::new();
        for (before, event) in self.conversation.turns() {
            let (yours, bots) = entry_ids(event);
            if let Some(before) = before {
                let nodes = vec![resolve(tree, before).place.node.0];
                about.push(About { id: yours, nodes });
            }
            let nodes = event.place.as_ref().map(|place| speaking(tree, place));
            about.extend(nodes.map(|nodes| About { id: bots, nodes }));
        }
        let here = self.conversation.here().into_iter().map(|id| id.0).collect();
        about.push(About { id: NOW.to_owned(), nodes: here });
        about
    }
}

/// The part of a way that leads to a node which has been on it.
fn way_on(tree: &Tree, trail: &Trail, node: NodeId) -> Option<Trail> {
    let whole = resolve(tree, trail).trail;
    let part = |length: usize| Trail {
        start: whole.start,
        steps: whole.steps.iter().take(length).cloned().collect(),
        ahead: Vec::new(),
    };
    (0..=whole.steps.len()).map(part).find(|way| speaking(tree, way).contains(&node.0))
}

/// The nodes that speak when the last answer of a trail is given, the place included.
pub(crate) fn speaking(tree: &Tree, trail: &Trail) -> Vec<u32> {
    let resolved = resolve(tree, trail);
    let place = resolved.place.node;
    let (first, after) = match resolved.path.last() {
        None => (tree.nodes().next().map(|root| root.id()), None),
        Some((question, answer)) => {
            let question = tree.get(*question);
            let first = question.and_then(|question| match answer {
                Some(answer) => question.answer(*answer).map(|answer| answer.node()),
                None => question.otherwise(),
            });
            (first, question.filter(|_| answer.is_some()).and_then(|question| question.goto()))
        }
    };
    let mut nodes = Vec::new();
    let (mut at, mut after) = (first, after);
    while let Some(node) = at.and_then(|id| tree.get(id)).filter(|_| nodes.len() < tree.len()) {
        nodes.push(node.id().0);
        if node.is_question() || node.id() == place {
            break;
        }
        at = node.goto().or(after.take());
    }
    if nodes.last() != Some(&place.0) {
        nodes.push(place.0);
    }
    nodes
}
