//! Changing an earlier answer: its question is asked again, and the later answers are kept where they still apply.

use treebot::{
    Effect, History, Input, InputKind, Millis, PlaceCode, Reply, ReplyKind, Trail, Tree, Turn,
    TurnOptions, change, resolve, turn,
};

use crate::answers::{ChangeView, Report, given};
use crate::view::{Label, News, Said, question};

use super::{Conversation, Undo};

/// An answer that is being changed.
pub(super) struct Changing {
    /// All answers, as they stand.
    former: Trail,
    /// The number of the answer.
    step: usize,
    /// The question, and the present answer.
    question: String,
    now: String,
    /// The question's own little conversation: what is typed for it is understood as anywhere.
    history: History,
    reply: Reply<'static>,
    /// Whether something was typed for it that decided nothing.
    undecided: bool,
}

impl Conversation {
    /// Asks the question of an earlier answer again. Nothing changes until it is answered.
    pub fn change(&mut self, step: usize) {
        self.begin_action();
        let (Some(tree), Some(trail)) = (&self.tree, self.history.trail()) else { return };
        let former = resolve(tree, trail).trail;
        let Some(present) = given(tree, Some(&former)).into_iter().nth(step) else { return };
        let kind = InputKind::Tap { code: code(tree, &former, step), title: None };
        let input = Input { at: self.host.now(), id: self.host.id(), kind };
        let mut history = History::new();
        let Turn { event, reply, .. } = turn(tree, &history, &input, &TurnOptions::default());
        history.insert(event);
        self.changing = Some(Changing {
            former,
            step,
            question: present.question,
            now: present.answer,
            history,
            reply: reply.into_owned(),
            undecided: false,
        });
    }

    /// Leaves the answer that is being changed as it is.
    pub fn keep_answer(&mut self) {
        self.changing = None;
    }

    /// Takes an input for the answer that is being changed; without one, for the conversation.
    pub(super) fn answer(&mut self, kind: InputKind) {
        let Some(mut changing) = self.changing.take() else { return self.take(kind) };
        let Some(tree) = &self.tree else { return };
        let at = changing.history.events().last().map_or(0, |event| event.at.0.saturating_add(1));
        let input = Input { at: Millis(at), id: self.host.id(), kind: kind.clone() };
        let options = TurnOptions { sees_current: true, ..TurnOptions::default() };
        let Turn { event, reply, effect, .. } = turn(tree, &changing.history, &input, &options);
        match (effect, reply.kind) {
            (Effect::Forget, _) => return self.take(kind),
            (Effect::None, ReplyKind::Unclear | ReplyKind::DidYouMean | ReplyKind::Info) => {
                changing.reply = reply.into_owned();
                changing.undecided = true;
                changing.history.insert(event);
                self.changing = Some(changing);
                return;
            }
            (Effect::None, ReplyKind::Question | ReplyKind::End) => {}
        }
        let former = changing.former;
        let step = changing.step;
        let Some(new) = event.place.filter(|new| new.steps.get(step).is_some()) else {
            // Not an answer, but "back" or "start again"; or one that leads round, and undoes all there is.
            return self.take(kind);
        };
        if new.steps.get(step) == former.steps.get(step) {
            return;
        }
        let changed = change(tree, &former, step, &new);
        let before = given(tree, Some(&former));
        let lost = changed.lost.iter().filter_map(|number| before.get(*number));
        let report = Report {
            question: changing.question,
            answer: given(tree, Some(&changed.trail))
                .into_iter()
                .nth(step)
                .map_or_else(String::new, |given| given.answer),
            kept: u32::try_from(changed.kept.len()).unwrap_or(u32::MAX),
            lost: lost.map(|given| given.answer.clone()).collect(),
        };
        self.take_all(way(tree, &changed.trail, step.saturating_add(1)));
        self.news = News::Changed;
        self.report = Some(report);
        self.undo = Some(Undo::Place(former));
    }
}

impl Changing {
    /// The words that are typed for it are understood after these.
    pub(super) fn history(&self) -> &History {
        &self.history
    }

    pub(super) fn view(&self) -> ChangeView {
        let said = if self.undecided { self.reply.messages.as_slice() } else { &[] };
        ChangeView {
            step: u32::try_from(self.step).unwrap_or(u32::MAX),
            question: self.question.clone(),
            now: self.now.clone(),
            said: said.iter().map(Said::from).collect(),
            choices: self.reply.choices.iter().map(Label::from).collect(),
        }
    }

    /// What is asked now, for those who listen.
    pub(super) fn spoken(&self) -> String {
        if self.undecided { question(&self.reply) } else { self.question.clone() }
    }
}

/// The taps that lead along a trail, from its first so many answers on.
pub(super) fn way(tree: &Tree, trail: &Trail, from: usize) -> Vec<InputKind> {
    let taps = (from..=trail.steps.len()).map(|length| {
        let last = length.checked_sub(1).and_then(|last| trail.steps.get(last));
        let title = last.and_then(|step| step.words.as_deref()).map(str::to_owned);
        InputKind::Tap { code: code(tree, trail, length), title }
    });
    taps.collect()
}

/// The code of the first so many answers of a trail.
pub(super) fn code(tree: &Tree, trail: &Trail, length: usize) -> String {
    let steps = trail.steps.iter().take(length).cloned().collect();
    let way = Trail { start: trail.start, steps, ahead: Vec::new() };
    PlaceCode::encode(tree, &way).into()
}
