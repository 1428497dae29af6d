//! Where everything stands on the map.
//!
//! From left to right: a node stands one column to the right of what it hangs from, each node from which nothing is
//! shown has a row of its own, and any other stands in the middle of its own. So nothing ever overlaps, what changes in
//! one part moves the others as a whole at most, and a tree of n nodes takes n steps.

use super::shape::{NONE, Shape, number, of, put};

/// The width of a node: a label of 20 letters, which is what Messenger shows, nearly fits.
pub(super) const WIDTH: i32 = 160;
/// The height of a node.
pub(super) const HEIGHT: i32 = 42;
/// From one column to the next: three of them can be read side by side in a pane of 412 pixels.
pub(super) const COLUMN: i32 = 186;
/// From one row to the next.
pub(super) const ROW: i32 = 54;

/// Where everything stands that is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Layout {
    /// What is shown, in the order of the outline.
    pub(super) shown: Vec<u32>,
    /// For each node, where it is in `shown`; [`NONE`] if it is not.
    pub(super) rows: Vec<u32>,
    /// The upper left corner of each node that is shown, in the order of `shown`.
    pub(super) corners: Vec<(i32, i32)>,
    /// The width of all.
    pub(super) width: i32,
    /// The height of all.
    pub(super) height: i32,
}

impl Layout {
    /// Places what is shown of a shape: the nodes that hang from an open one, and those that hang from nothing.
    pub(super) fn of(shape: &Shape, is_open: impl Fn(u32) -> bool) -> Self {
        let mut layout = Self { rows: vec![NONE; shape.parents.len()], ..Self::default() };
        let mut at = 0;
        while let Some(node) = shape.order.get(at).copied() {
            put(&mut layout.rows, node, number(layout.shown.len()));
            layout.shown.push(node);
            at += 1;
            if !is_open(node) {
                at += of(&shape.below, node) as usize;
            }
        }
        layout.place(shape);
        layout
    }

    fn place(&mut self, shape: &Shape) {
        // A row for each that nothing is shown of.
        let mut rows = 0;
        let mut heights = Vec::with_capacity(self.shown.len());
        let mut shown = self.shown.iter().peekable();
        while let Some(node) = shown.next() {
            heights.push(rows);
            let is_open = shown.peek().is_some_and(|next| of(&shape.parents, **next) == *node);
            rows += if is_open { 0 } else { ROW };
        }
        // From the back, so that whatever hangs from a node has its place before it.
        let mut spans: Vec<Option<(i32, i32)>> = vec![None; self.shown.len()];
        for (row, node) in self.shown.iter().enumerate().rev() {
            let Some(height) = heights.get_mut(row) else { continue };
            if let Some(Some((first, last))) = spans.get(row) {
                *height = i32::midpoint(*first, *last);
            }
            let parent = of(&shape.parents, *node);
            let above = self.rows.get(parent as usize).copied().unwrap_or(NONE);
            if let Some(span) = spans.get_mut(above as usize) {
                // Those further down were there before.
                *span = Some((*height, span.map_or(*height, |(_, last)| last)));
            }
        }
        for (node, y) in self.shown.iter().zip(&heights) {
            let column = i32::try_from(of(&shape.depths, *node)).unwrap_or(i32::MAX);
            let x = column.saturating_mul(COLUMN);
            self.width = self.width.max(x.saturating_add(WIDTH));
            self.corners.push((x, *y));
        }
        self.height = (rows - ROW).max(0) + HEIGHT;
    }

    /// The upper left corner of a node, if it is shown.
    pub(super) fn corner(&self, node: u32) -> Option<(i32, i32)> {
        let row = self.rows.get(node as usize).filter(|row| **row != NONE)?;
        self.corners.get(*row as usize).copied()
    }

    /// Whether a node is shown, and what hangs from it too.
    pub(super) fn is_open(&self, shape: &Shape, node: u32) -> bool {
        let row = self.rows.get(node as usize).filter(|row| **row != NONE);
        let next = row.and_then(|row| self.shown.get(*row as usize + 1));
        next.is_some_and(|next| of(&shape.parents, *next) == node)
    }

    /// The node itself if it is shown, else the one that hides it.
    pub(super) fn stand_in(&self, shape: &Shape, node: u32) -> Option<u32> {
        shape.way_up(node).find(|up| self.corner(*up).is_some())
    }
}
