//! What is in sight of the map.

use std::fmt::Write as _;

use serde::Serialize;
use tsify::Tsify;

use super::layout::{COLUMN, HEIGHT, WIDTH};
use super::shape::{NONE, number, of};
use super::{Map, id};

/// More nodes than this are drawn as a pattern: nobody can read them.
const MOST: usize = 400;
/// How wide a line of text on a node is, in letters: of its title, which is bold, and of its words.
const BOLD: usize = 19;
const LETTERS: usize = 21;

/// The part of the map that is looked at, in its own units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// Its left edge.
    pub left: i32,
    /// Its upper edge.
    pub top: i32,
    /// Its right edge.
    pub right: i32,
    /// Its lower edge.
    pub bottom: i32,
}

/// What is in sight.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MapView {
    /// The width of the whole map.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// The width of a node.
    pub node_width: i32,
    /// The height of a node.
    pub node_height: i32,
    /// The nodes; where there are too many to be read, only those that are marked.
    pub nodes: Vec<MapNode>,
    /// The other nodes, as a path to be filled.
    pub pattern: String,
    /// What leads from nodes to those that hang from them, as a path.
    pub ways: String,
    /// Those that the conversation has gone.
    pub gone: String,
    /// What leads across, as a path.
    pub across: String,
    /// How many nodes there are.
    pub all: u32,
    /// How many of them are shown, in sight or not.
    pub shown: u32,
    /// How many levels are shown; none if all are.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub levels: Option<u32>,
    /// Whether there are tests.
    pub has_tests: bool,
    /// How many nodes were found.
    pub found: u32,
}

/// A node as it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MapNode {
    /// Its number.
    pub id: u32,
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// Whether it asks, ends, or goes on by itself.
    #[tsify(type = "\"question\" | \"end\" | \"say\"")]
    pub kind: &'static str,
    /// The answer that leads to it, or its name; cut to fit.
    pub title: String,
    /// Its first words; cut to fit.
    pub words: String,
    /// Whether the conversation stands here.
    pub here: bool,
    /// Whether it came this way.
    pub visited: bool,
    /// Whether some test does.
    pub tested: bool,
    /// Whether the author is looking at it.
    pub selected: bool,
    /// Whether it was looked for and found.
    pub found: bool,
    /// Whether something hangs from it.
    pub parent: bool,
    /// How many nodes it hides.
    pub hides: u32,
    /// Whether the conversation stands at one of those.
    pub hides_here: bool,
}

impl Map {
    /// What is to be drawn where somebody looks at this part.
    #[must_use]
    pub fn view(&self, sight: Sight) -> MapView {
        let in_sight: Vec<u32> = self
            .layout
            .shown
            .iter()
            .zip(&self.layout.corners)
            .filter(|(_, (x, y))| sight.meets(*x, *y, x + WIDTH, y + HEIGHT))
            .map(|(node, _)| *node)
            .collect();
        let is_far = in_sight.len() > MOST;
        let is_drawn = |node: &u32| !is_far || self.is_marked(*node);
        let nodes: Vec<MapNode> = in_sight
            .iter()
            .filter(|node| is_drawn(node))
            .take(MOST)
            .map(|node| self.node(*node))
            .collect();
        let mut pattern = String::new();
        if is_far {
            for node in &in_sight {
                if let Some((x, y)) = self.layout.corner(*node) {
                    let _ = write!(pattern, "M{x} {y}h{WIDTH}v{HEIGHT}h-{WIDTH}z");
                }
            }
        }
        let (ways, gone) = self.ways(sight);
        MapView {
            width: self.layout.width,
            height: self.layout.height,
            node_width: WIDTH,
            node_height: HEIGHT,
            nodes,
            pattern,
            ways,
            gone,
            across: if is_far { String::new() } else { self.across(sight) },
            all: number(self.graph.nodes.len()),
            shown: number(self.layout.shown.len()),
            levels: (self.levels != NONE).then_some(self.levels),
            has_tests: self.marked.has_tests,
            found: number(self.found.len()),
        }
    }

    /// What is best seen together with a node, or with the one that hides it, where there is so much room: what it hangs
    /// from and what hangs from it, else the latter alone, and as much of them as there is room for. The node itself
    /// always.
    #[must_use]
    pub fn frame(&self, node: u32, width: i32, height: i32) -> Option<Sight> {
        let own = self.layout.stand_in(&self.shape, node)?;
        let of_node = |node: u32| {
            let (left, top) = self.layout.corner(node)?;
            Some(Sight { left, top, right: left + WIDTH, bottom: top + HEIGHT })
        };
        let alone = of_node(own)?;
        let shown = &self.layout.shown;
        let children = shown.iter().filter(|node| of(&self.shape.parents, **node) == own);
        let children = children.filter_map(|node| of_node(*node));
        let below = children.fold(alone, Sight::with);
        let right = below.right.min(alone.left + width.max(WIDTH));
        let below = Sight { right, ..below };
        let fits = |frame: &Sight| frame.bottom - frame.top <= height;
        // As much above the node as below it, where not all of it fits.
        let middle = i32::midpoint(alone.top, alone.bottom);
        let clipped = |frame: Sight| Sight {
            top: frame.top.max(middle - height / 2).min(alone.top),
            bottom: frame.bottom.min(middle + height / 2).max(alone.bottom),
            ..frame
        };
        let near = if fits(&below) { below } else { clipped(below) };
        let parent = of_node(of(&self.shape.parents, own));
        let Some(parent) = parent.filter(|parent| right - parent.left <= width) else {
            return Some(near);
        };
        Some(Some(near.with(parent)).filter(fits).unwrap_or_else(|| clipped(below.with(parent))))
    }

    /// Where the conversation stands.
    #[must_use]
    pub fn here(&self) -> Option<u32> {
        self.marked.here
    }

    pub(super) fn node(&self, node: u32) -> MapNode {
        let (x, y) = self.layout.corner(node).unwrap_or_default();
        let is_leaf = self.shape.is_leaf(node);
        let is_closed = !is_leaf && !self.is_open(node);
        MapNode {
            id: node,
            x,
            y,
            kind: self.kind(node),
            title: fitting(self.title(node), BOLD),
            words: fitting(self.words(node), LETTERS),
            here: self.marked.here == Some(node),
            visited: of(&self.marked.visited, node),
            tested: of(&self.marked.tested, node),
            selected: self.selected == Some(node),
            found: self.is_found(node),
            parent: !is_leaf,
            hides: if is_closed { of(&self.shape.below, node) } else { 0 },
            hides_here: is_closed
                && self
                    .marked
                    .here
                    .is_some_and(|here| self.shape.way_up(here).skip(1).any(|up| up == node)),
        }
    }

    pub(super) fn kind(&self, node: u32) -> &'static str {
        self.graph.nodes.get(id(node).0 as usize).map_or("end", |node| node.kind.as_str())
    }

    pub(super) fn is_found(&self, node: u32) -> bool {
        let place = of(&self.shape.places, node);
        self.found.binary_search_by_key(&place, |found| of(&self.shape.places, *found)).is_ok()
    }

    fn is_marked(&self, node: u32) -> bool {
        self.marked.here == Some(node)
            || self.selected == Some(node)
            || of(&self.marked.visited, node)
            || self.is_found(node)
    }

    /// The ways to what hangs from nodes: those not gone, and those gone.
    fn ways(&self, sight: Sight) -> (String, String) {
        let (mut ways, mut gone) = (String::new(), String::new());
        for (node, (x, y)) in self.layout.shown.iter().zip(&self.layout.corners) {
            let parent = of(&self.shape.parents, *node);
            if parent == NONE {
                continue;
            }
            let Some((from_x, from_y)) = self.layout.corner(parent) else { continue };
            let (x1, y1, y2) = (from_x + WIDTH, from_y + HEIGHT / 2, y + HEIGHT / 2);
            if !sight.meets(x1, y1.min(y2), *x, y1.max(y2)) {
                continue;
            }
            let is_gone = of(&self.marked.visited, *node) && of(&self.marked.visited, parent);
            let bend = i32::midpoint(x1, *x);
            let path = if is_gone { &mut gone } else { &mut ways };
            let _ = write!(path, "M{x1} {y1}C{bend} {y1} {bend} {y2} {x} {y2}");
        }
        (ways, gone)
    }

    /// What leads across, with a point at the end. From afar it would be a tangle.
    pub(super) fn across(&self, sight: Sight) -> String {
        let mut path = String::new();
        for edge in &self.shape.across {
            let Some(edge) = self.graph.edges.get(*edge as usize) else { continue };
            let ends = [edge.from.0, edge.to.0].map(|node| {
                let shown = self.layout.stand_in(&self.shape, node)?;
                Some((shown, self.layout.corner(shown)?))
            });
            let [Some((from, (from_x, from_y))), Some((to, (x2, to_y)))] = ends else { continue };
            if from == to {
                continue;
            }
            let (x1, y1, y2) = (from_x + WIDTH, from_y + HEIGHT / 2, to_y + HEIGHT / 2);
            let reach = if x2 > x1 { (x2 - x1) / 2 } else { COLUMN / 2 };
            let (out, back) = (x1 + reach, x2 - reach);
            if !sight.meets(back.min(x1), y1.min(y2), out.max(x2), y1.max(y2)) {
                continue;
            }
            let _ = write!(path, "M{x1} {y1}C{out} {y1} {back} {y2} {x2} {y2}m-7 -4l7 4l-7 4");
        }
        path
    }
}

impl Sight {
    /// Everything.
    pub(super) const ALL: Self =
        Self { left: i32::MIN, top: i32::MIN, right: i32::MAX, bottom: i32::MAX };

    /// What shows the other as well.
    fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether some of a rectangle can be seen.
    fn meets(self, left: i32, top: i32, right: i32, bottom: i32) -> bool {
        left <= self.right && right >= self.left && top <= self.bottom && bottom >= self.top
    }
}

/// A text as far as it fits on a node. The letters of some languages are twice as wide.
pub(super) fn fitting(text: &str, letters: usize) -> String {
    let mut width = 0;
    let mut end = text.len();
    // Where it would end with room for the sign that it was cut.
    let mut cut = 0;
    for (at, letter) in text.char_indices() {
        if width < letters {
            cut = at;
        }
        width += if letter < '\u{1100}' { 1 } else { 2 };
        if width > letters {
            end = cut;
            break;
        }
    }
    let start = text.get(..end).unwrap_or_default();
    if end == text.len() { start.to_owned() } else { format!("{}…", start.trim_end()) }
}
