//! Everything that is known of the source that an author is working on.

use treebot::{
    Analysis, Coverage, LoadOptions, NodeId, TestReport, Tree, analyse, coverage, run_tests,
};

use crate::conversation::Conversation;
use crate::document::Units;
use crate::host::Host;
use crate::store::Store;

use super::Whereabouts;
use super::beside::Beside;
use super::timeline::Timeline;

/// A source, its conversation and its tests. Pure but for the store and the host that it is given.
pub struct Desk {
    id: String,
    /// The present source, as it was read.
    pub(crate) analysis: Analysis,
    /// Its offsets as the page counts them.
    pub(crate) units: Units,
    /// The conversation over the newest source that loaded.
    pub(crate) conversation: Conversation,
    /// What became of its tests; of the last source that loaded.
    pub(crate) tests: TestReport,
    /// What they reach.
    pub(crate) coverage: Coverage,
    /// What is shown beside it.
    pub(crate) beside: Beside,
    /// Where the conversation has stood.
    pub(crate) timeline: Timeline,
    /// The newest tree in which every answer of the conversation stood, where that is not the present one.
    pub(crate) whole: Option<Tree>,
}

impl Desk {
    /// Opens a source. The conversation of that id goes on over it, or begins.
    #[must_use]
    pub fn open(source: &str, id: &str, store: Box<dyn Store>, host: Box<dyn Host>) -> Self {
        let analysis = read(source, id);
        let conversation = Conversation::over(analysis.tree().cloned(), id, store, host);
        let mut desk = Self {
            timeline: Timeline::of(conversation.places()),
            whole: None,
            id: id.to_owned(),
            units: Units::new(source),
            analysis,
            conversation,
            tests: TestReport::default(),
            coverage: Coverage::default(),
            beside: Beside::default(),
        };
        desk.note();
        desk.run_tests();
        desk
    }

    /// Puts another source in place of the present one. While it does not load, the conversation goes on over the
    /// last that did.
    pub fn edit(&mut self, source: &str) {
        self.analysis = read(source, &self.id);
        self.units = Units::new(source);
        let stood = self.conversation.stands();
        let before = self.conversation.put(self.analysis.tree().cloned());
        self.whole = match before {
            Some(before) if stood => Some(before),
            Some(_) | None => self.whole.take(),
        };
        self.run_tests();
        self.beside.outdate();
    }

    /// What place codes know the tree by.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The node that is written at an offset.
    #[must_use]
    pub fn node_at(&self, offset: u32) -> Option<u32> {
        let byte = self.units.byte(self.analysis.source(), offset);
        self.analysis.node_at(byte).map(|node| node.0)
    }

    /// Where a node is written.
    #[must_use]
    pub fn where_is(&self, node: u32) -> Option<Whereabouts> {
        let span = self.analysis.span_of(NodeId(node))?;
        let (from, to, line) = self.units.range(self.analysis.source(), span);
        Some(Whereabouts { from, to, line })
    }

    fn run_tests(&mut self) {
        let Some(tree) = self.analysis.tree() else { return };
        self.tests = run_tests(tree, self.analysis.tests());
        self.coverage = coverage(tree, &self.tests);
    }
}

/// Reads a source. Place codes know its tree by its id, so that a changed title changes no code.
fn read(source: &str, id: &str) -> Analysis {
    analyse(source, &LoadOptions { name: Some(id.to_owned()), ..LoadOptions::default() })
}
