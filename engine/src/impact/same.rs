//! Whether a question (or an end) of a tree is still the same one after an edit.
//!
//! A name vouches for a question; of one without, only where it stands is known, and any other could have
//! been put there. So each is looked at: its words, its answers, and whether either question is to be found
//! somewhere else in the other tree. What is left in doubt counts as another.

use indexmap::{IndexMap, IndexSet};

use crate::moves::{Tour, ids};
use crate::resolve::Resolved;
use crate::tree::{NodeId, Tree};
use crate::turn::has_changed;
use crate::{Asked, Digest, Event, Millis, Pending, Recorded, Trail};

/// What is known of two versions of a tree.
pub(super) struct Sameness<'t> {
    pub(super) old: &'t Tree,
    pub(super) new: &'t Tree,
    /// How many questions have these words in the old tree, and in the new one.
    asked: IndexMap<Digest, (usize, usize)>,
    /// What was found out about two questions.
    known: IndexMap<(NodeId, NodeId), bool>,
}

impl<'t> Sameness<'t> {
    pub(super) fn between(old: &'t Tree, new: &'t Tree) -> Self {
        let mut asked: IndexMap<Digest, (usize, usize)> = IndexMap::new();
        for words in questions(old) {
            asked.entry(words).or_default().0 += 1;
        }
        for words in questions(new) {
            asked.entry(words).or_default().1 += 1;
        }
        Self { old, new, asked, known: IndexMap::new() }
    }

    /// Whether people who stood there are told that something has changed, when they come back.
    pub(super) fn is_told(&self, place: NodeId, trail: Trail) -> bool {
        let question = self.old.get(place).filter(|node| node.is_question());
        let event = Event {
            at: Millis::default(),
            id: String::new(),
            input: Recorded::Start,
            matched: None,
            place: Some(trail),
            asked: question.map(|node| Asked { name: node.names().next(), words: node.words() }),
            shown: Vec::new(),
            misses: 0,
            pending: Pending::Nothing,
            said: Vec::new(),
        };
        has_changed(self.new, &event)
    }

    /// Whether two places are the same question, or the same end.
    pub(super) fn same_place(&mut self, tour: &Tour, old: NodeId, found: &Resolved<'_>) -> bool {
        let new = found.place.node;
        let is_question =
            |tree: &Tree, id: NodeId| tree.get(id).is_some_and(|node| node.is_question());
        match (is_question(self.old, old), is_question(self.new, new)) {
            (true, true) => self.same_question(old, new),
            (false, false) => self.same_end(tour, old, found),
            (true, false) | (false, true) => false,
        }
    }

    /// Whether a question of the new tree is that question of the old one, as far as can be told.
    pub(super) fn same_question(&mut self, old: NodeId, new: NodeId) -> bool {
        if let Some(known) = self.known.get(&(old, new)) {
            return *known;
        }
        let is_same = self.compare(old, new);
        self.known.insert((old, new), is_same);
        is_same
    }

    fn compare(&self, old: NodeId, new: NodeId) -> bool {
        let (Some(before), Some(after)) = (self.old.get(old), self.new.get(new)) else {
            return false;
        };
        let same_words = before.words() == after.words();
        if !same_words
            && (self.has_moved_away(before.words()) || self.has_moved_here(after.words()))
        {
            return false;
        }
        if self.bears_its_name(old, new) {
            // Even so: with other words and other answers, only the name is left of it.
            return same_words || self.shares_an_answer(old, new, false);
        }
        !self.is_named_as_another(old, new) && (same_words || self.shares_an_answer(old, new, true))
    }

    /// Whether the very words that were asked are asked in the new tree as often as before. Where they are not
    /// asked any more, they are asked somewhere else.
    fn has_moved_away(&self, words: Digest) -> bool {
        let (was, is) = self.asked.get(&words).copied().unwrap_or_default();
        is >= was
    }

    /// Whether the words that are asked now were asked in the old tree as often. Where they were not asked, they
    /// were asked somewhere else.
    fn has_moved_here(&self, words: Digest) -> bool {
        let (was, is) = self.asked.get(&words).copied().unwrap_or_default();
        was >= is
    }

    fn same_end(&self, tour: &Tour, old: NodeId, found: &Resolved<'_>) -> bool {
        let new = found.place.node;
        if self.bears_its_name(old, new) || self.says_the_same(old, new) {
            return true;
        }
        // Where an answer says its end itself, that end is whatever the answer says.
        let was_inline = tour.last().is_none_or(|last| last.from == old);
        let is_inline = found.path.last().is_none_or(|(question, answer)| {
            let node = self.new.get(*question);
            let says = match answer {
                Some(answer) => {
                    node.and_then(|node| node.answer(*answer)).map(|answer| answer.node())
                }
                None => node.and_then(|node| node.otherwise()),
            };
            says == Some(new)
        });
        was_inline && is_inline && !self.is_named_as_another(old, new)
    }

    /// Whether the new node has, or had, the name that the old one has.
    fn bears_its_name(&self, old: NodeId, new: NodeId) -> bool {
        let name = self.old.get(old).and_then(|node| node.names().next());
        let after = self.new.get(new);
        name.zip(after).is_some_and(|(name, after)| after.names().any(|other| other == name))
    }

    /// Whether either node's name is another node's in the other tree.
    fn is_named_as_another(&self, old: NodeId, new: NodeId) -> bool {
        let name = |tree: &Tree, id| tree.get(id).and_then(|node| node.names().next());
        let is_now = name(self.old, old).and_then(|name| self.new.find(name));
        let was = name(self.new, new).and_then(|name| self.old.find(name));
        is_now.is_some_and(|id| id != new) || was.is_some_and(|id| id != old)
    }

    fn says_the_same(&self, old: NodeId, new: NodeId) -> bool {
        self.old.node(old).say().eq(self.new.node(new).say())
    }

    /// Whether some answer of the old question is, or was, one of the new question's. Those that mean nothing by
    /// themselves, such as yes, tell only where something else vouches for the question.
    fn shares_an_answer(&self, old: NodeId, new: NodeId, must_mean_something: bool) -> bool {
        let Some((old, new)) = self.old.get(old).zip(self.new.get(new)) else { return false };
        let mut known: IndexSet<Digest> = IndexSet::new();
        for answer in new.answers() {
            known.insert(answer.digest());
            known.insert(Digest::of(answer.label()));
            known.extend(answer.aliases());
        }
        let mut answers =
            old.answers().filter(|answer| !must_mean_something || answer.means_something());
        answers.any(|answer| {
            known.contains(&answer.digest()) || known.contains(&Digest::of(answer.label()))
        })
    }
}

/// The words of all questions.
fn questions(tree: &Tree) -> impl Iterator<Item = Digest> {
    let nodes = ids(tree).filter_map(|id| tree.get(id));
    nodes.filter(|node| node.is_question()).map(|node| node.words())
}
