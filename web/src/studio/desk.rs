//! Everything that is known of the source that an author is working on.

use treebot::{
    Analysis, Coverage, LoadOptions, NodeId, Span, TestReport, Trail, Tree, analyse, coverage,
    resolve, run_tests,
};

use crate::conversation::{Conversation, stand};
use crate::document::Units;
use crate::host::Host;
use crate::store::Store;

use super::Whereabouts;
use super::beside::Beside;
use super::sound::Sound;
use super::timeline::Timeline;

/// A source, its conversation and its tests. Pure but for the store and the host that it is given.
pub struct Desk {
    id: String,
    /// Whether the author wants advice, too.
    advice: bool,
    /// The present source, as it was read.
    pub(crate) analysis: Analysis,
    /// Its offsets as the page counts them.
    pub(crate) units: Units,
    /// The newest source that loaded, while the present one does not.
    pub(crate) sound: Option<Sound>,
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
    /// Whether its source is kept: an edit has lost an answer.
    keeps_before: bool,
}

impl Desk {
    /// Opens a source. The conversation of that id goes on over it, or begins.
    #[must_use]
    pub fn open(source: &str, id: &str, store: Box<dyn Store>, host: Box<dyn Host>) -> Self {
        let analysis = read(source, id, false);
        let conversation = Conversation::over(analysis.tree().cloned(), id, store, host);
        let mut desk = Self {
            timeline: Timeline::of(conversation.places()),
            whole: None,
            keeps_before: false,
            id: id.to_owned(),
            advice: false,
            units: Units::new(source),
            sound: None,
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

    /// Where an edit of an earlier visit has lost an answer, finds out what would keep it: from the newest source over which
    /// every answer stood. That is the one that was kept then, or one of the `others`, or none.
    pub fn recall(&mut self, others: impl IntoIterator<Item = String>) {
        let kept = self.conversation.before();
        self.keeps_before = kept.is_some();
        let Some(given) = self.conversation.given().filter(|_| !self.conversation.stands()) else {
            return;
        };
        let trees = kept.into_iter().chain(others);
        let mut trees = trees.filter_map(|source| read(source, &self.id, false).tree().cloned());
        self.whole = trees.find(|tree| stand(&resolve(tree, given).report));
    }

    /// Puts another source in place of the present one. While it does not load, the conversation goes on over the
    /// last that did.
    pub fn edit(&mut self, source: &str) {
        self.put(source.to_owned());
    }

    fn put(&mut self, source: String) {
        let units = std::mem::replace(&mut self.units, Units::new(&source));
        let before = std::mem::replace(&mut self.analysis, read(source, &self.id, self.advice));
        let stood = self.conversation.stands();
        let lost = self.conversation.given().filter(|_| !stood).cloned();
        let earlier = self.conversation.put(self.analysis.tree().cloned());
        if let Some(earlier) = earlier.filter(|_| stood) {
            self.whole = Some(earlier);
        }
        if self.analysis.tree().is_some() {
            let sound = self.sound.take().map(|sound| sound.analysis);
            self.keep_answers(stood, lost, &sound.unwrap_or(before));
        } else if before.tree().is_some() {
            self.sound = Some(Sound::new(before, units));
        }
        self.run_tests();
        self.beside.outdate();
    }

    /// After an edit from `before`, over which every answer `stood`, or some were `lost`: keeps what is needed to offer
    /// the lost ones, and goes back to where they lead once they are there again.
    fn keep_answers(&mut self, stood: bool, lost: Option<Trail>, before: &Analysis) {
        let now = self.conversation.tree().zip(self.conversation.trail());
        let found = lost.zip(now).and_then(|(lost, (tree, trail))| {
            let found = resolve(tree, &lost).trail;
            (found.steps.len() > resolve(tree, trail).trail.steps.len()).then_some(found)
        });
        if let Some(found) = found {
            self.conversation.go_to(&found);
            self.note();
        }
        let stands = self.conversation.stands();
        if stood && !stands {
            self.conversation.keep_before(Some(before.source()));
            self.keeps_before = true;
        } else if stands && self.keeps_before {
            self.conversation.keep_before(None);
            self.keeps_before = false;
        }
    }

    /// The same as [`Self::edit`] with `insert` in place of a part of the present source: a keystroke need not hand over
    /// all of it. False where the part begins or ends in the midst of a character, or is not there: then nothing is done.
    pub fn edit_part(&mut self, from: u32, to: u32, insert: &str) -> bool {
        let source = self.analysis.source();
        let at = |unit: u32| {
            let byte = self.units.byte(source, unit);
            Some(byte).filter(|byte| self.units.unit(source, *byte) == unit)
        };
        let (Some(start), Some(end)) = (at(from), at(to)) else { return false };
        if start > end {
            return false;
        }
        let (Some(before), Some(after)) = (source.get(..start), source.get(end..)) else {
            return false;
        };
        let mut edited = String::with_capacity(before.len() + insert.len() + after.len());
        edited.push_str(before);
        edited.push_str(insert);
        edited.push_str(after);
        self.put(edited);
        true
    }

    /// Whether the present source loads.
    #[must_use]
    pub fn loads(&self) -> bool {
        self.analysis.tree().is_some()
    }

    /// Gives advice from now on (what makes a tree that works harder to use), or none.
    pub fn advise(&mut self, advice: bool) {
        if self.advice != advice {
            self.advice = advice;
            self.analysis = read(self.analysis.source(), &self.id, advice);
        }
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
        let span = self.span_of(NodeId(node))?;
        let (from, to, line) = self.units.range(self.analysis.source(), span);
        Some(Whereabouts { from, to, line })
    }

    /// All of a node, from its key on; from its words on where it is the first, which has no key.
    pub(crate) fn span_of(&self, node: NodeId) -> Option<Span> {
        let span = self.analysis.span_of(node)?;
        let words = self.analysis.span_of_message(node, 0).filter(|_| node.0 == 0);
        let start = words.map_or(span.start, |words| words.start);
        Some(Span::new(start, span.end.max(start)))
    }

    fn run_tests(&mut self) {
        let Some(tree) = self.analysis.tree() else { return };
        self.tests = run_tests(tree, self.analysis.tests());
        self.coverage = coverage(tree, &self.tests);
    }
}

/// Reads a source. Place codes know its tree by its id, so that a changed title changes no code.
fn read(source: impl Into<String>, id: &str, advice: bool) -> Analysis {
    analyse(source, &LoadOptions { name: Some(id.to_owned()), advice, ..LoadOptions::default() })
}

#[cfg(test)]
mod tests;
