//! The map as an outline: what somebody hears who does not see it, and how the keys move through it.

use serde::Serialize;
use treebot::EdgeKind;
use tsify::Tsify;

use super::Map;
use super::shape::{NONE, number, of};

/// A piece of the outline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Tsify)]
pub struct Outline {
    /// The first row's place among all rows, from 0.
    pub from: u32,
    /// The rows.
    pub rows: Vec<MapRow>,
    /// How many rows there are in all.
    pub all: u32,
}

/// A node as a row of the outline.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
pub struct MapRow {
    /// Its number.
    pub id: u32,
    /// How deep it is, from 1.
    pub level: u32,
    /// The how-manieth it is of those that hang from the same.
    pub position: u32,
    /// How many those are.
    pub siblings: u32,
    /// Whether what hangs from it is shown; none where nothing does.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// What it is called.
    pub title: String,
    /// Its words, what it is, and what is marked about it.
    pub about: String,
    /// Whether the author is looking at it.
    pub selected: bool,
}

impl Map {
    /// So many rows of the outline, from one on.
    #[must_use]
    pub fn outline(&self, from: u32, count: u32) -> Outline {
        let all = number(self.layout.shown.len());
        let from = from.min(all.saturating_sub(count));
        let shown = self.layout.shown.iter().skip(from as usize).take(count as usize);
        Outline { from, rows: shown.map(|node| self.row(*node)).collect(), all }
    }

    /// The row of a node, or of the one that hides it.
    #[must_use]
    pub fn row_of(&self, node: u32) -> Option<u32> {
        Some(of(&self.layout.rows, self.layout.stand_in(&self.shape, node)?))
    }

    /// Where a key leads from a node: the arrows as in any outline, `Home` and `End`. What it opens or closes is opened
    /// or closed.
    pub fn key(&mut self, node: u32, key: &str) -> u32 {
        let shown = self.layout.stand_in(&self.shape, node).unwrap_or(0);
        let row = of(&self.layout.rows, shown);
        let at = |row: u32| self.layout.shown.get(row as usize).copied();
        let moved = match key {
            "ArrowDown" => at(row + 1),
            "ArrowUp" => row.checked_sub(1).and_then(at),
            "Home" => at(0),
            "End" => self.layout.shown.last().copied(),
            "ArrowRight" if self.shape.is_leaf(shown) => None,
            "ArrowRight" if self.is_open(shown) => at(row + 1),
            "ArrowRight" => {
                self.set_open(shown, true);
                None
            }
            "ArrowLeft" if !self.shape.is_leaf(shown) && self.is_open(shown) => {
                self.set_open(shown, false);
                None
            }
            "ArrowLeft" => Some(of(&self.shape.parents, shown)).filter(|parent| *parent != NONE),
            _ => None,
        };
        moved.unwrap_or(shown)
    }

    fn row(&self, node: u32) -> MapRow {
        let (position, siblings) = of(&self.shape.positions, node);
        let title = self.title(node);
        MapRow {
            id: node,
            level: of(&self.shape.depths, node) + 1,
            position,
            siblings,
            open: (!self.shape.is_leaf(node)).then(|| self.is_open(node)),
            title: if title.is_empty() { "a node without a name" } else { title }.to_owned(),
            about: self.about(node),
            selected: self.selected == Some(node),
        }
    }

    /// What is to be known of a node beside its title.
    fn about(&self, node: u32) -> String {
        let mut parts = Vec::new();
        let words = self.words(node);
        let is_lost = node != 0 && of(&self.shape.parents, node) == NONE;
        parts.extend(is_lost.then(|| "Nothing leads here".to_owned()));
        parts.extend((!words.is_empty()).then(|| words.to_owned()));
        parts.push(
            match self.kind(node) {
                "question" => "Question",
                "say" => "Goes on",
                _ => "End",
            }
            .to_owned(),
        );
        let drawn = self.node(node);
        if drawn.here {
            parts.push("The conversation stands here".to_owned());
        } else if drawn.hides_here {
            parts.push("The conversation stands below".to_owned());
        } else if drawn.visited {
            parts.push("Visited".to_owned());
        }
        if self.marked.has_tests {
            parts.push(if drawn.tested { "Tested" } else { "No test comes here" }.to_owned());
        }
        if drawn.hides > 0 {
            parts.push(format!("{} hidden", drawn.hides));
        }
        parts.extend(self.leads_across(node).map(|to| format!("Goes on to {to}")));
        sentences(&parts)
    }

    /// What a node leads to that hangs elsewhere.
    fn leads_across(&self, node: u32) -> impl Iterator<Item = &str> {
        // They are in the order of the nodes that they start from.
        let from = |edge: &u32| self.graph.edges.get(*edge as usize).map_or(0, |edge| edge.from.0);
        let first = self.shape.across.partition_point(|edge| from(edge) < node);
        let edges = self.shape.across.iter().skip(first).take_while(move |edge| from(edge) == node);
        edges.filter_map(|edge| {
            let edge = self.graph.edges.get(*edge as usize)?;
            let is_goto = matches!(edge.kind, EdgeKind::Goto);
            let name = self.graph.nodes.get(edge.to.0 as usize)?.name.as_deref();
            is_goto.then_some(name.unwrap_or_else(|| self.title(edge.to.0)))
        })
    }
}

/// Parts one after the other, each with a stop, unless it brings one.
fn sentences(parts: &[String]) -> String {
    let mut text = String::new();
    for part in parts {
        let stops = text.ends_with(['.', '?', '!', '…', ':']);
        text.push_str(if text.is_empty() {
            ""
        } else if stops {
            " "
        } else {
            ". "
        });
        text.push_str(part);
    }
    text
}
