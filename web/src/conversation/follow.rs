//! Links that lead straight to a place, and what is still there for somebody who comes back.

use treebot::{CodeError, InputKind, PlaceCode, ReplyKind, StepOutcome, Trail, resolve};

use crate::answers::Report;
use crate::view::{News, came_to_an_end, said};

use super::change::way;
use super::{Conversation, Undo};

impl Conversation {
    /// Goes where a link leads, answer by answer. The code is from an address, so it may be anything: what is no code
    /// of this tree changes nothing, and is said.
    pub fn follow(&mut self, link: &str) {
        let Some(tree) = &self.tree else { return };
        let decoded = match PlaceCode::decode(link) {
            Ok(decoded) => decoded,
            Err(error) => {
                self.begin_action();
                self.news = match error {
                    CodeError::NotACode => News::LinkBroken,
                    CodeError::NewerVersion => News::LinkNewer,
                };
                return;
            }
        };
        let found = resolve(tree, &decoded.trail);
        // A tree that was renamed is still the same tree, as it is for buttons.
        let is_exact = |step: &treebot::StepReport| {
            matches!(step.outcome, StepOutcome::Kept | StepOutcome::Alias)
        };
        let is_alike = !decoded.trail.steps.is_empty()
            && found.report.start_kept
            && found.report.steps.iter().all(is_exact);
        if !decoded.belongs_to(tree) && !is_alike {
            self.begin_action();
            self.news = News::LinkElsewhere;
            return;
        }
        let here = self.history.trail().map(|trail| resolve(tree, trail).trail.without_ahead());
        if here.as_ref() == Some(&found.trail.clone().without_ahead()) {
            return;
        }
        let mut taps = Vec::new();
        if here.is_some() {
            taps.push(InputKind::Restart);
        }
        taps.extend(way(tree, &found.trail, 1));
        if !found.report.all_kept() {
            // The engine says itself that the way ends earlier than it did.
            taps.push(InputKind::Tap { code: link.to_owned(), title: None });
        }
        if taps.is_empty() {
            return;
        }
        self.take_all(taps);
        self.news = News::Followed;
        self.undo = Some(Undo::Place(here.unwrap_or_else(Trail::root)));
    }

    /// Notices, for somebody who comes back, that not all answers stand in the tree as it is now.
    pub(super) fn see_what_is_kept(&mut self) {
        let (Some(tree), Some(trail)) = (&self.tree, self.history.trail()) else { return };
        let report = resolve(tree, trail).report;
        if report.all_kept() {
            let Some(now) = self.reply.as_ref().filter(|now| now.kind == ReplyKind::End) else {
                return;
            };
            let told = self.history.events().iter().rfind(|event| came_to_an_end(event));
            if told.is_some_and(|told| !said(&told.said).ends_with(&said(&now.messages))) {
                self.news = News::Reworded;
            }
            return;
        }
        let stands = |outcome: StepOutcome| match outcome {
            StepOutcome::Kept | StepOutcome::Alias | StepOutcome::Rematched => true,
            StepOutcome::AskedAgain | StepOutcome::Ahead | StepOutcome::Unused => false,
        };
        let kept = report.steps.iter().take_while(|step| stands(step.outcome)).count();
        let words = |(step, row): (&treebot::Step, &treebot::StepReport)| {
            step.words.as_deref().filter(|_| !stands(row.outcome)).map(str::to_owned)
        };
        self.news = News::Updated;
        self.report = Some(Report {
            question: String::new(),
            answer: String::new(),
            kept: u32::try_from(kept).unwrap_or(u32::MAX),
            lost: trail.steps.iter().zip(&report.steps).filter_map(words).collect(),
        });
    }
}
