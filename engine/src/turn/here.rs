//! Where a conversation stands in the tree as it is now, and what has changed there.

use std::borrow::Cow;

use crate::digest::Digest;
use crate::place::Trail;
use crate::stored::MAX_COMPACT_SHOWN;
use crate::tree::{AnswerId, Tree};
use crate::walk::{Walk, walk};
use crate::{Asked, Event, TurnOptions};

/// Where a conversation stands in the tree as it is now.
pub(super) struct Here<'t, 'h> {
    pub(super) walk: Walk<'t>,
    pub(super) event: Option<&'h Event>,
    all_kept: bool,
}

impl<'t, 'h> Here<'t, 'h> {
    /// Where the newest event leads now; the start, if there is none.
    pub(super) fn at(tree: &'t Tree, event: Option<&'h Event>) -> Self {
        let root = Trail::root();
        let trail = event.and_then(|event| event.place.as_ref()).unwrap_or(&root);
        let walk = walk(tree, trail);
        let all_kept = walk.all_kept(trail);
        Self { walk, event, all_kept }
    }

    /// Whether the question that was asked is not the one that waits now.
    pub(super) fn has_changed(&self, tree: &Tree) -> bool {
        let node = tree.node(self.walk.place);
        let asks = Asked { name: node.names().next(), words: node.words() };
        // Whatever became of the way there, this is the very question that was asked.
        if node.is_question() && self.event.and_then(|event| event.asked) == Some(asks) {
            return false;
        }
        if !self.all_kept {
            return true;
        }
        match self.event.map(|event| event.asked) {
            None => false,
            Some(None) => node.is_question(),
            Some(Some(asked)) => {
                let renamed = match asked.name {
                    // Where the name is gone with its words, and another one is here, it is another question.
                    Some(name) => {
                        let is_reworded = asked.words != node.words();
                        let has_another = is_reworded && node.names().next().is_some();
                        !node.names().any(|of| of == name)
                            && (tree.find(name).is_some() || has_another)
                    }
                    None => false,
                };
                renamed || !node.is_question()
            }
        }
    }

    /// The answers of a question back ("Did you mean …?") that is still open.
    pub(super) fn short_list(&self, tree: &Tree) -> Option<Vec<AnswerId>> {
        let event = self.event?;
        if !event.asks_back() || !self.same_words(tree) {
            return None;
        }
        let node = tree.node(self.walk.place);
        event.shown.iter().map(|key| node.keyed(*key)).collect()
    }

    /// What was shown when the question was asked; with `sees_current`, what [`current`](super::current)
    /// shows.
    pub(super) fn shown(&self, tree: &Tree, options: TurnOptions) -> Cow<'h, [Digest]> {
        let node = tree.node(self.walk.place);
        match self.event {
            Some(event) if !options.sees_current || self.short_list(tree).is_some() => {
                Cow::Borrowed(&event.shown)
            }
            Some(_) | None if node.offer() => node.keys().collect(),
            Some(_) | None => Cow::Borrowed(&[]),
        }
    }

    /// Whether the question's words are those that were asked, or it was asked by name.
    pub(super) fn same_words(&self, tree: &Tree) -> bool {
        let node = tree.node(self.walk.place);
        match self.event.and_then(|event| event.asked) {
            None => true,
            Some(asked) => {
                asked.words == node.words()
                    || asked.name.is_some_and(|name| node.names().any(|of| of == name))
            }
        }
    }

    /// Whether an answer was there when the question was asked, as far as what was shown tells: nothing is shown
    /// where answers are typed, few are after a question back, and of long lists not all are kept.
    pub(super) fn was_there(&self, tree: &Tree, answer: AnswerId) -> bool {
        let Some(event) = self.event else { return true };
        let asked_back = event.matched.as_ref().is_some_and(|matched| !matched.rivals.is_empty());
        if asked_back || event.shown.is_empty() || event.shown.len() >= MAX_COMPACT_SHOWN {
            return true;
        }
        let Some(answer) = tree.node(self.walk.place).answer(answer) else { return false };
        std::iter::once(answer.digest()).chain(answer.was()).any(|key| event.shown.contains(&key))
    }
}
