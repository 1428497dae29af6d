//! The newest source that loaded, while the present one does not: the conversation goes on over its tree, and its nodes
//! have other numbers than those of the source that is being written.

use std::cell::OnceCell;

use serde::Serialize;
use treebot::{Analysis, Graph, NodeId};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::document::Units;
use crate::view::entry_ids;

use super::map::{Key, keys};
use super::spoken::Spoken;
use super::told::narrow;
use super::{Desk, Studio, handed};

/// A source that loaded.
pub(crate) struct Sound {
    pub(crate) analysis: Analysis,
    units: Units,
    /// Its tree as a graph, with what tells the nodes from one another; made when somebody asks.
    graph: OnceCell<(Graph, Vec<Key>)>,
}

/// Where something stands that was said in the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Origin {
    /// The node, by its number in the present source; none where it is not there any more.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<u32>,
    /// Its first UTF-16 code unit, in the newest source that loaded.
    pub from: u32,
    /// One past its last.
    pub to: u32,
}

#[wasm_bindgen]
impl Studio {
    /// Where a part of the conversation stands in the newest source that loaded: one of its messages, counted from the
    /// last, which is 0; of what the person said, the answer. None where nothing of it is in the source.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn origin(&mut self, entry: &str, message: u32) -> Result<Option<Ts<Origin>>, JsError> {
        self.desk.origin(entry, message as usize).as_ref().map(handed).transpose()
    }

    /// The same of a message on the phone, by its number.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    #[wasm_bindgen(js_name = phoneOrigin)]
    pub fn phone_origin(&mut self, bubble: u32) -> Result<Option<Ts<Origin>>, JsError> {
        self.desk.phone_origin(bubble as usize).as_ref().map(handed).transpose()
    }

    /// Where an answer of the conversation stands, by its number in `Preview::steps`: the answer that it is now, or the
    /// question where it would be. None where neither is in the source any more.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    #[wasm_bindgen(js_name = stepOrigin)]
    pub fn step_origin(&mut self, step: u32) -> Result<Option<Ts<Origin>>, JsError> {
        self.desk.step_origin(step as usize).as_ref().map(handed).transpose()
    }

    /// The node of the conversation's tree that a node of the present source is. Another one only while the source does
    /// not load.
    #[wasm_bindgen(js_name = spokenBy)]
    pub fn spoken_by(&mut self, node: u32) -> Option<u32> {
        self.desk.in_conversation(node)
    }
}

impl Sound {
    pub(crate) fn new(analysis: Analysis, units: Units) -> Self {
        Self { analysis, units, graph: OnceCell::new() }
    }

    /// Its tree as a graph, with what tells the nodes from one another.
    pub(crate) fn graph(&self) -> (&Graph, &[Key]) {
        let (graph, keys) = self.graph.get_or_init(|| {
            let graph = self.analysis.graph();
            let keys = keys(&graph);
            (graph, keys)
        });
        (graph, keys)
    }
}

impl Desk {
    /// The node of the conversation's tree that a node of the present source is.
    pub(crate) fn in_conversation(&mut self, node: u32) -> Option<u32> {
        if self.sound.is_none() {
            return Some(node);
        }
        let key = self.map().key_of(node)?;
        let (_, keys) = self.sound.as_ref()?.graph();
        keys.iter().position(|known| *known == key).map(narrow)
    }

    /// The node of the present source that a node of the conversation's tree is.
    pub(crate) fn in_source(&mut self, node: u32) -> Option<u32> {
        let Some(sound) = &self.sound else { return Some(node) };
        let key = *sound.graph().1.get(node as usize)?;
        self.map().node_of(key)
    }

    /// Where a part of the conversation stands, counted from its last message.
    pub fn origin(&mut self, entry: &str, message: usize) -> Option<Origin> {
        let spoken = self.said(entry, message)?;
        self.found(spoken)
    }

    /// Where a message on the phone stands, by its number there.
    pub fn phone_origin(&mut self, bubble: usize) -> Option<Origin> {
        let spoken = self.phone()?.bubbles.get(bubble)?.spoken?;
        self.found(spoken)
    }

    /// Where an answer of the conversation stands, by its number among all of them.
    pub fn step_origin(&mut self, step: usize) -> Option<Origin> {
        let step = self.conversation.steps().into_iter().nth(step)?;
        let question = NodeId(step.question?);
        self.found(match step.given {
            Some(answer) => Spoken::Answer(question, answer),
            None => Spoken::Message(question, 0),
        })
    }

    fn found(&mut self, spoken: Spoken) -> Option<Origin> {
        let (analysis, units) = match &self.sound {
            Some(sound) => (&sound.analysis, &sound.units),
            None => (&self.analysis, &self.units),
        };
        let (from, to, _) = units.range(analysis.source(), spoken.span(analysis)?);
        let node = spoken.node(self.conversation.tree()?)?;
        Some(Origin { node: self.in_source(node.0), from, to })
    }

    /// What a part of the conversation is, in its tree.
    fn said(&self, entry: &str, message: usize) -> Option<Spoken> {
        let tree = self.conversation.tree()?;
        let answered = self.conversation.turns().find(|(_, event)| entry_ids(event).0 == entry);
        if let Some((before, event)) = answered {
            let given = event.place.as_ref().filter(|place| Some(*place) != before);
            if let Some(answer) = given.and_then(|place| Spoken::answer(tree, place)) {
                return Some(answer);
            }
        }
        let about = self.about().into_iter().find(|about| about.id == entry)?;
        Spoken::message(tree, &about.nodes, message)
    }
}

#[cfg(test)]
mod tests;
