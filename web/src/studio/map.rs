//! The map: the tree as it is drawn, and as an outline for those who do not see it.
//!
//! * [`shape`] says what hangs from what, [`layout`] where everything stands;
//! * [`marks`] says where the conversation is, and what the tests reach;
//! * [`draw`] hands out what is in sight, [`outline`] a piece of the outline, and [`svg`] all of it as a picture.
//!
//! Everything here is about the newest source, also while it does not load, as far as it could be read.

mod draw;
mod layout;
mod marks;
mod outline;
mod shape;
mod svg;

use std::collections::HashMap;

use treebot::{Analysis, Coverage, EdgeKind, Graph, NodeId, Trail};

use layout::Layout;
use marks::{Marked, Marks};
use shape::{NONE, Shape, number, of};

pub use draw::{MapNode, MapView, Sight};
pub use outline::{MapRow, Outline};
pub(crate) use shape::Key;

/// How many nodes are shown at once where the author has not opened more.
const FEW: usize = 150;

/// The map of a source, with what the author has opened and closed of it.
#[derive(Debug, Default)]
pub struct Map {
    graph: Graph,
    shape: Shape,
    keys: Vec<Key>,
    marks: Marks,
    marked: Marked,
    /// What the author has opened (true) or closed.
    touched: HashMap<Key, bool>,
    /// Nodes of this many above them are closed where the author has not touched them.
    levels: u32,
    /// Whether the author has chosen `levels`.
    is_chosen: bool,
    /// How many rows could be read at once when the map was first looked at.
    room: Option<usize>,
    /// The node that the author is looking at: it is always shown.
    selected: Option<u32>,
    layout: Layout,
    /// What was open when it was made; none where the shape is another one since.
    opened: Option<Vec<bool>>,
    /// How often it was made.
    #[cfg(test)]
    arranged: u32,
    found: Vec<u32>,
    wanted: String,
}

/// Where a conversation is, and what the tests reach.
#[derive(Clone, Copy)]
pub(crate) struct Now<'a> {
    /// The tree of the conversation; none where no source has loaded yet.
    pub(crate) tree: Option<&'a treebot::Tree>,
    /// The way of the conversation; none where it has not begun.
    pub(crate) trail: Option<&'a Trail>,
    /// That tree as a graph, with what tells its nodes from one another, where it is not the map's own: the map shows a
    /// source that does not load, and the conversation goes on over the last that did.
    pub(crate) other: Option<(&'a Graph, &'a [Key])>,
    /// What the tests reach; none where there are none.
    pub(crate) coverage: Option<&'a Coverage>,
}

impl Map {
    /// Draws another source, or another edition of it.
    pub(crate) fn read(&mut self, analysis: &Analysis, now: Now<'_>) {
        let graph = analysis.graph();
        if !same_shape(&self.graph, &graph) {
            self.shape = Shape::of(&graph);
            self.opened = None;
        }
        self.graph = graph;
        self.keys = self.shape.keys(&self.graph);
        self.choose_levels();
        self.mark(now);
        self.search();
    }

    /// Takes in where the conversation is now.
    pub(crate) fn mark(&mut self, now: Now<'_>) {
        let root = Trail::root();
        if let Some(tree) = now.tree {
            let trail = now.trail.unwrap_or(&root);
            let (graph, keys) = now.other.unwrap_or((&self.graph, &self.keys));
            self.marks = Marks::of(tree, graph, keys, trail, now.coverage);
        }
        self.marked = self.marks.on(&self.keys);
        self.arrange();
    }

    /// Looks at the map for the first time, where so much of its height can be read at once: as many levels are shown
    /// as leave everything in sight.
    pub fn begin(&mut self, height: u32) {
        if self.room.is_none() {
            self.room = Some((height / layout::ROW.unsigned_abs()).max(1) as usize);
            if !self.is_chosen {
                self.levels = 0;
            }
            self.choose_levels();
            self.arrange();
        }
    }

    /// Looks at a node, or at none. It is shown from now on, whatever hid it.
    pub fn select(&mut self, node: Option<u32>) {
        if self.selected != node {
            self.selected = node;
            self.arrange();
        }
    }

    /// What tells a node from all others, also after an edit.
    pub(crate) fn key_of(&self, node: u32) -> Option<Key> {
        self.keys.get(node as usize).copied()
    }

    /// The node that is told from all others by this.
    pub(crate) fn node_of(&self, key: Key) -> Option<u32> {
        self.keys.iter().position(|known| *known == key).map(number)
    }

    /// Opens a node that is closed, or closes it.
    pub fn toggle(&mut self, node: u32) {
        self.set_open(node, !self.is_open(node));
    }

    /// Shows one level more of everything, or one less; what was opened and closed by hand is forgotten.
    pub fn show_levels(&mut self, more: bool) {
        let deepest = self.shape.depths.iter().copied().max().unwrap_or_default();
        let now = self.levels.min(deepest);
        self.levels = if more { (now + 1).min(deepest) } else { now.saturating_sub(1) };
        self.is_chosen = true;
        self.touched.clear();
        self.arrange();
    }

    /// Looks for nodes whose name, answer or words contain `text`, whatever their capitals. Returns how many there are.
    pub fn find(&mut self, text: &str) -> u32 {
        self.wanted = text.trim().to_lowercase();
        self.search();
        number(self.found.len())
    }

    /// The next of the nodes found after one, or the one before it; round and round.
    #[must_use]
    pub fn next_found(&self, after: Option<u32>, back: bool) -> Option<u32> {
        let place = |node: u32| of(&self.shape.places, node);
        let (first, last) = (self.found.first(), self.found.last());
        let next = match (after.map(place), back) {
            (None, false) => first,
            (None, true) => last,
            (Some(at), false) => self.found.iter().find(|node| place(**node) > at).or(first),
            (Some(at), true) => self.found.iter().rev().find(|node| place(**node) < at).or(last),
        };
        next.copied()
    }

    fn search(&mut self) {
        let wanted = &self.wanted;
        let is_wanted = |node: &u32| {
            !wanted.is_empty()
                && self.texts(*node).into_iter().any(|text| text.to_lowercase().contains(wanted))
        };
        self.found = self.shape.order.iter().copied().filter(is_wanted).collect();
    }

    /// Everything by which a node can be found.
    fn texts(&self, node: u32) -> Vec<&str> {
        let name = self.graph.nodes.get(node as usize).and_then(|node| node.name.as_deref());
        let key = match self.graph.edges.get(of(&self.shape.by, node) as usize).map(|by| &by.kind) {
            Some(EdgeKind::Answer { key, .. }) => Some(key.as_str()),
            Some(EdgeKind::Else | EdgeKind::Goto) | None => None,
        };
        name.into_iter().chain(key).chain([self.title(node), self.words(node)]).collect()
    }

    /// What a node is called on the map: the answer that leads to it, else its name.
    fn title(&self, node: u32) -> &str {
        let name = || self.graph.nodes.get(node as usize).and_then(|node| node.name.as_deref());
        let hangs = of(&self.shape.parents, node) != NONE;
        let by = self.graph.edges.get(of(&self.shape.by, node) as usize).filter(|_| hangs);
        match by.map(|by| &by.kind) {
            Some(EdgeKind::Answer { label, .. }) => label,
            Some(EdgeKind::Else) => "else",
            Some(EdgeKind::Goto) | None => name().unwrap_or_default(),
        }
    }

    /// Its first words.
    fn words(&self, node: u32) -> &str {
        self.graph.nodes.get(node as usize).map(|node| node.label.as_str()).unwrap_or_default()
    }

    fn set_open(&mut self, node: u32, open: bool) {
        if self.shape.is_leaf(node) {
            return;
        }
        if let Some(key) = self.keys.get(node as usize) {
            self.touched.insert(*key, open);
            // What is looked at would keep it open.
            if !open
                && self
                    .selected
                    .is_some_and(|at| self.shape.way_up(at).skip(1).any(|up| up == node))
            {
                self.selected = Some(node);
            }
            self.arrange();
        }
    }

    /// Whether what hangs from a node is shown.
    fn is_open(&self, node: u32) -> bool {
        self.layout.is_open(&self.shape, node)
    }

    /// How many levels are open by themselves: as many as there is room for. Some more may stay open that were, so that
    /// one new answer does not close what the author looks at.
    fn choose_levels(&mut self) {
        if self.is_chosen {
            return;
        }
        // For each level, how many nodes stand there, and how many of them nothing hangs from.
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for (node, depth) in (0..).zip(&self.shape.depths) {
            let depth = *depth as usize;
            if counts.len() <= depth {
                counts.resize(depth + 1, (0, 0));
            }
            if let Some((all, leaves)) = counts.get_mut(depth) {
                *all += 1;
                *leaves += usize::from(self.shape.is_leaf(node));
            }
        }
        let deepest = number(counts.len()).saturating_sub(1);
        // How many levels fit where there is `more` room than there is, in thirds.
        let fitting = |more: usize| {
            let (mut nodes, mut rows) = (0, 0);
            let fits = |(all, leaves): &&(usize, usize)| {
                nodes += all;
                let shown = rows + all;
                rows += leaves;
                let room = self.room.unwrap_or(FEW);
                nodes <= FEW + FEW * more / 3 && shown <= room + room * more / 3
            };
            number(counts.iter().take_while(fits).count()).saturating_sub(1).max(1)
        };
        let levels = self.levels.clamp(fitting(0), fitting(1));
        self.levels = if levels >= deepest { NONE } else { levels };
    }

    /// Places everything that is shown.
    fn arrange(&mut self) {
        let mut open: Vec<bool> =
            self.shape.depths.iter().map(|depth| *depth < self.levels).collect();
        if !self.touched.is_empty() {
            for (key, open) in self.keys.iter().zip(&mut open) {
                *open = self.touched.get(key).copied().unwrap_or(*open);
            }
        }
        // What can be answered where the conversation stands is shown, too.
        for up in self.marked.here.into_iter().flat_map(|here| self.shape.way_up(here)) {
            if !self.touched.contains_key(&of(&self.keys, up)) {
                shape::put(&mut open, up, true);
            }
        }
        for up in self.selected.into_iter().flat_map(|node| self.shape.way_up(node).skip(1)) {
            shape::put(&mut open, up, true);
        }
        if self.opened.as_ref() == Some(&open) {
            // A keystroke within a text moves nothing.
            return;
        }
        self.layout = Layout::of(&self.shape, |node| of(&open, node));
        self.opened = Some(open);
        #[cfg(test)]
        {
            self.arranged += 1;
        }
    }
}

/// Whether all hangs together in the same way, so that nothing moves.
fn same_shape(one: &Graph, other: &Graph) -> bool {
    let is_goto = |kind: &EdgeKind| matches!(kind, EdgeKind::Goto);
    one.nodes.len() == other.nodes.len()
        && one.edges.len() == other.edges.len()
        && one.edges.iter().zip(&other.edges).all(|(one, other)| {
            (one.from, one.to) == (other.from, other.to)
                && is_goto(&one.kind) == is_goto(&other.kind)
        })
}

/// What tells the nodes of a tree from one another.
pub(crate) fn keys(graph: &Graph) -> Vec<Key> {
    Shape::of(graph).keys(graph)
}

/// A node of the graph, by its number.
fn id(node: u32) -> NodeId {
    NodeId(node)
}

#[cfg(test)]
mod tests;
