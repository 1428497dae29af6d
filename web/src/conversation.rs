//! One conversation: a tree, a history, and where it is kept.

use treebot::{
    Effect, Event, History, Input, InputKind, Millis, PlaceCode, Reply, ReplyKind, Trail, Tree,
    Turn, TurnOptions, current, turn,
};

use crate::answers::{Report, given};
use crate::archive::{Archive, Elsewhere, Removed};
use crate::export::{Format, export};
use crate::host::Host;
use crate::result::result;
use crate::store::{Store, StoreError};
use crate::view::{Entry, NOW, News, Sender, View, dir, entries, led_on, question, said, spoken};

mod change;
#[cfg(feature = "studio")]
mod edit;
mod follow;
mod narrow;

use change::Changing;
pub use narrow::Narrowed;

#[cfg(feature = "studio")]
pub use edit::Kept;
#[cfg(feature = "studio")]
pub(crate) use edit::stand;

/// The most turns that are kept. With what the bot says in them they fill a tenth of what browsers
/// allow, and nobody reads further back.
const MAX_EVENTS: usize = 500;

/// A conversation as a page holds it. Pure but for the store and the host that it is given.
pub struct Conversation {
    #[cfg(feature = "studio")]
    id: String,
    host: Box<dyn Host>,
    archive: Archive,
    /// The newest tree that loaded.
    tree: Option<Tree>,
    /// Whether the newest source did not load.
    stale: bool,
    history: History,
    /// How many turns are no longer in it.
    forgotten: usize,
    /// The greeting of a conversation that has not begun. It joins the history with the first
    /// input: somebody who only looks leaves nothing behind.
    opening: Option<Event>,
    /// What waits for an answer.
    reply: Option<Reply<'static>>,
    /// Whether `reply` is from the newest turn, rather than asked for anew.
    replied: bool,
    /// After an edit: the conversation as the new tree tells it, in place of all events up to this time.
    retold: Option<(Vec<Event>, Millis)>,
    /// The answer that is being changed.
    changing: Option<Changing>,
    news: News,
    /// What became of the answers, where the news is about them.
    report: Option<Report>,
    /// What "undo" returns to, where that is more than the newest turn.
    undo: Option<Undo>,
}

/// What can be undone besides a turn.
enum Undo {
    /// Several turns that were one action: it returns to this place.
    Place(Trail),
    /// A deletion: it puts back what was deleted from the browser, and what was said, as not all of that may have been kept.
    Deletion(Removed, History),
}

impl Conversation {
    /// Goes on with the conversation called `id` over a tree, or begins it. Without a tree there is nothing to say.
    #[must_use]
    pub fn over(tree: Option<Tree>, id: &str, store: Box<dyn Store>, host: Box<dyn Host>) -> Self {
        let mut conversation = Self {
            #[cfg(feature = "studio")]
            id: id.to_owned(),
            host,
            archive: Archive::new(store, id),
            stale: tree.is_none(),
            tree,
            history: History::new(),
            forgotten: 0,
            opening: None,
            reply: None,
            replied: false,
            retold: None,
            changing: None,
            news: News::None,
            report: None,
            undo: None,
        };
        if let Elsewhere::Wrote(history) = conversation.archive.look() {
            conversation.history = history;
        }
        conversation.ask_again();
        conversation.see_what_is_kept();
        conversation
    }

    /// Everything that a page shows.
    #[must_use]
    pub fn view(&self) -> View {
        let tree = self.tree.as_ref();
        let reply = self.reply.as_ref();
        let begun = !self.history.events().is_empty();
        View {
            ready: tree.is_some(),
            stale: self.stale,
            title: tree.map(|tree| tree.title().to_owned()).unwrap_or_default(),
            about: tree.map(|tree| crate::pieces(tree.about())).unwrap_or_default(),
            lang: tree.map_or("en", Tree::lang).to_owned(),
            dir: dir(tree.map_or("en", Tree::lang)),
            transcript: tree.map(|tree| self.transcript(tree)).unwrap_or_default(),
            kind: reply.map_or("info", |reply| reply.kind.as_str()),
            question: reply.map(question).unwrap_or_default(),
            choices: reply
                .map(|reply| reply.choices.iter().map(Into::into).collect())
                .unwrap_or_default(),
            can_go_back: self.history.trail().is_some_and(|trail| !trail.steps.is_empty()),
            can_undo: self.can_undo(),
            begun,
            answers: tree.map(|tree| given(tree, self.history.trail())).unwrap_or_default(),
            changing: self.changing.as_ref().map(Changing::view),
            place: tree.map(|tree| self.place(tree)).unwrap_or_default(),
            back: tree.map(|tree| tree.back_label().to_owned()).unwrap_or_default(),
            start_again: tree.map(|tree| tree.start_again().label.into_owned()).unwrap_or_default(),
            keeping: self.archive.keeping(),
            news: self.news,
            report: self.report.clone(),
            spoken: match &self.changing {
                Some(changing) => changing.spoken(),
                None => reply.map(spoken).unwrap_or_default(),
            },
            turns: u32::try_from(self.history.events().len().saturating_add(self.forgotten))
                .unwrap_or(u32::MAX),
        }
    }

    /// Takes what somebody typed; while an answer is being changed, for its question.
    pub fn send(&mut self, text: &str) {
        self.answer(InputKind::Text(text.to_owned()));
    }

    /// Takes a pressed button; while an answer is being changed, one of its question's.
    pub fn tap(&mut self, code: &str, title: &str) {
        self.answer(InputKind::Tap { code: code.to_owned(), title: Some(title.to_owned()) });
    }

    /// Takes the last answer back.
    pub fn back(&mut self) {
        self.take(InputKind::Back);
    }

    /// Starts again. That can be undone.
    pub fn restart(&mut self) {
        self.take(InputKind::Restart);
        self.news = News::Restarted;
    }

    /// Asks what can be said.
    pub fn help(&mut self) {
        self.take(InputKind::Help);
    }

    /// Returns to where the conversation stood before the newest turn, or before all turns that were one action; puts
    /// back what was just deleted.
    pub fn undo(&mut self) {
        let Some(tree) = &self.tree else { return };
        let before = match self.undo.take() {
            Some(Undo::Deletion(removed, said)) => return self.put_back(&removed, said),
            Some(Undo::Place(before)) => before,
            None => match self.stood().nth(1) {
                Some(before) => before.clone(),
                None => return,
            },
        };
        let code = PlaceCode::encode(tree, &before).into();
        self.take(InputKind::Tap { code, title: None });
        self.news = News::Undone;
    }

    /// Takes in what another tab stored: its document, or none where it deleted the conversation.
    /// Nothing is written in answer, or two tabs would answer each other for ever.
    pub fn sync(&mut self, document: Option<String>) {
        let elsewhere = self.archive.take(document);
        self.unite(elsewhere);
    }

    /// Takes in what other tabs have stored meanwhile.
    pub fn look(&mut self) {
        let elsewhere = self.archive.look();
        self.unite(elsewhere);
    }

    /// Stores what this tab knows and the store lacks, for a page that is being left: two tabs that wrote
    /// at the same moment have told each other, but only one of them was stored. What another tab has
    /// deleted stays deleted.
    pub fn settle(&mut self) {
        self.look();
        if self.archive.lacks(&self.history) {
            self.archive.write(&self.history);
        }
    }

    /// Sets aside a document that cannot be read, and keeps the conversation from now on.
    ///
    /// # Errors
    /// The browser has no room for a copy: then all stays as it is.
    pub fn start_afresh(&mut self) -> Result<(), StoreError> {
        self.archive.set_aside()?;
        if !self.history.events().is_empty() {
            self.archive.write(&self.history);
        }
        Ok(())
    }

    /// Deletes this conversation, or everything that the pages keep in this browser, and greets.
    ///
    /// # Errors
    /// The browser did not let it be deleted.
    pub fn clear(&mut self, everything: bool) -> Result<(), StoreError> {
        let (mut removed, mut said) = match self.undo.take() {
            Some(Undo::Deletion(removed, said)) => (removed, said),
            Some(Undo::Place(_)) | None => (Removed::default(), History::new()),
        };
        let outcome = if everything { self.archive.clear_all() } else { self.archive.clear() };
        said.merge(std::mem::take(&mut self.history));
        self.forget();
        removed.extend(outcome?);
        self.news = News::Deleted;
        let is_something = !removed.is_empty() || !said.is_empty();
        self.undo = is_something.then_some(Undo::Deletion(removed, said));
        Ok(())
    }

    /// Whether the pages keep anything in this browser besides this conversation.
    #[must_use]
    pub fn keeps_more(&self) -> bool {
        self.archive.keeps_more()
    }

    /// What was said, and the answers that stand, to take away.
    #[must_use]
    pub fn export(&self, format: Format) -> String {
        export(&self.view(), format)
    }

    /// The document that the browser keeps.
    #[must_use]
    pub fn document(&self) -> String {
        self.history.to_json()
    }

    /// The key under which the conversation is stored.
    #[must_use]
    pub fn key(&self) -> String {
        self.archive.events_key()
    }

    /// One turn.
    fn take(&mut self, kind: InputKind) {
        self.take_all(vec![kind]);
    }

    /// Turns that are one action of the visitor.
    fn take_all(&mut self, kinds: Vec<InputKind>) {
        self.take_as(kinds, &mut |_| {});
    }

    /// Turns that are one action of the visitor; each event may be amended before it is remembered.
    ///
    /// 1. Take in what other tabs did. 2. Let the greeting join the history. 3. Take the turns.
    /// 4. Remember them. 5. Store them, unless the visitor asked to be forgotten.
    fn take_as(&mut self, kinds: Vec<InputKind>, amend: &mut dyn FnMut(&mut Event)) {
        let seen = self.newest();
        self.begin_action();
        self.look();
        let unseen = self.news == News::MovedElsewhere && !kinds.iter().all(says_where);
        if !unseen {
            self.news = News::None;
        }
        let Some(tree) = &self.tree else { return };
        if let Some(opening) = self.opening.take().filter(|_| self.history.events().is_empty()) {
            self.history.insert(opening);
        }
        for kind in kinds {
            let next = |newest: i64| newest.saturating_add(1);
            let newest = self.history.events().last().map_or(0, |event| event.at.0);
            let at = if unseen { next(seen) } else { next(newest).max(self.host.now().0) };
            let input = Input { at: Millis(at), id: self.host.id(), kind };
            let Turn { mut event, reply, effect, .. } =
                turn(tree, &self.history, &input, &self.options());
            match effect {
                Effect::None => {
                    self.reply = Some(reply.into_owned());
                    self.replied = true;
                    amend(&mut event);
                    self.history.insert(event);
                }
                Effect::Forget => {
                    // What cannot be deleted could not be kept either; and who wants to be forgotten wants no way back.
                    let _ = self.clear(false);
                    self.undo = None;
                    return;
                }
            }
        }
        let too_many = self.history.events().len().saturating_sub(MAX_EVENTS);
        self.forgotten = self.forgotten.saturating_add(too_many);
        self.history.trim(MAX_EVENTS);
        self.archive.write(&self.history);
    }

    /// Whatever there was to tell has been seen.
    fn begin_action(&mut self) {
        self.news = News::None;
        self.report = None;
        self.undo = None;
        self.changing = None;
    }

    /// Puts back what was deleted, and goes on with it. What had found no room may find some now.
    fn put_back(&mut self, removed: &Removed, said: History) {
        let outcome = self.archive.put_back(removed);
        let is_back = outcome.is_ok() || !said.is_empty();
        self.history.merge(said);
        self.begin_action();
        self.look();
        if !self.history.is_empty() {
            self.archive.write(&self.history);
        }
        self.ask_again();
        self.news = if is_back { News::Undone } else { News::None };
    }

    /// Whether there is something to undo.
    fn can_undo(&self) -> bool {
        self.undo.is_some() || self.stood().nth(1).is_some()
    }

    /// Where the conversation stood, the newest first.
    fn stood(&self) -> impl Iterator<Item = &Trail> {
        self.history.events().iter().rev().filter_map(|event| event.place.as_ref())
    }

    /// The code of where the conversation stands.
    fn place(&self, tree: &Tree) -> String {
        let root = Trail::root();
        let trail = self.history.trail().unwrap_or(&root);
        PlaceCode::encode(tree, &treebot::resolve(tree, trail).trail.without_ahead()).into()
    }

    /// What was asked for anew is seen as it is in the tree now; a reply is seen as it was given.
    fn options(&self) -> TurnOptions {
        TurnOptions { sees_current: !self.replied, ..TurnOptions::default() }
    }

    /// Takes in what other tabs did.
    fn unite(&mut self, elsewhere: Elsewhere) {
        let before = self.history.newest().map(|event| (event.at, event.id.clone()));
        match elsewhere {
            Elsewhere::Nothing => return,
            Elsewhere::Wrote(history) => self.history.merge(history),
            Elsewhere::Cleared => {
                self.forget();
                self.news = News::DeletedElsewhere;
                return;
            }
        }
        if before != self.history.newest().map(|event| (event.at, event.id.clone())) {
            self.retold = None;
            self.begin_action();
            self.news = News::MovedElsewhere;
            self.ask_again();
        }
    }

    /// Begins anew, in memory.
    fn forget(&mut self) {
        self.history = History::new();
        self.forgotten = 0;
        self.retold = None;
        self.begin_action();
        self.ask_again();
    }

    /// Asks what waits now; greets where nothing has been said.
    fn ask_again(&mut self) {
        self.opening = None;
        self.changing = None;
        self.replied = false;
        let Some(tree) = &self.tree else { return };
        self.reply = current(tree, &self.history).map(Reply::into_owned);
        if self.reply.is_none() {
            let kind = InputKind::Start { at_node: None };
            let input = Input { at: self.host.now(), id: self.host.id(), kind };
            let turn = turn(tree, &self.history, &input, &TurnOptions::default());
            self.reply = Some(turn.reply.into_owned());
            self.replied = true;
            self.opening = Some(turn.event);
        }
    }

    /// When the newest turn was made, the greeting included. What comes next is always later, even
    /// where the clock was set back.
    fn newest(&self) -> i64 {
        let newest = self.history.events().last().or(self.opening.as_ref());
        newest.map_or(0, |event| event.at.0)
    }

    /// The turns that are shown: after an edit, the older ones as the new tree tells them.
    fn told(&self) -> impl Iterator<Item = &Event> {
        let retold = self.retold.as_ref();
        let until = retold.map(|(_, until)| *until);
        let newer = self.history.events().iter().chain(&self.opening);
        let newer = newer.filter(move |event| until.is_none_or(|until| event.at > until));
        retold.into_iter().flat_map(|(events, _)| events).chain(newer)
    }

    /// What was said. Where the tree has changed since, the newest question as it is asked now, and the end where the
    /// conversation stands as it is told now: an old advice would only mislead.
    fn transcript(&self, tree: &Tree) -> Vec<Entry> {
        let mut transcript: Vec<Entry> = Vec::new();
        let stands = self.history.trail();
        let mut end = None;
        for event in self.told() {
            let mut entries = entries(tree, event);
            if let Some(step) = stands.and_then(|stands| answered(event, stands)) {
                // Of an answer that was given twice, the newer one counts.
                transcript
                    .iter_mut()
                    .filter(|entry: &&mut Entry| entry.step == Some(step))
                    .for_each(|entry| entry.step = None);
                if let Some(yours) = entries.first_mut().filter(|entry| entry.sender == Sender::You)
                {
                    yours.step = Some(step);
                }
            }
            let ends = entries.last().is_some_and(|entry| entry.result.is_some());
            transcript.extend(entries);
            if ends {
                end = transcript.len().checked_sub(1);
            } else if event.asked.is_some() {
                end = None;
            }
        }
        let Some(reply) = &self.reply else { return transcript };
        let note = reply.note.as_ref().map(|note| note.text.to_string());
        let is_end = reply.kind == ReplyKind::End && !self.replied;
        if let Some(end) = end.and_then(|end| transcript.get_mut(end)) {
            let now = current(tree, &self.history).filter(|now| now.kind == ReplyKind::End);
            let now = now.map(|now| said(&now.messages)).unwrap_or_default();
            if !end.messages.ends_with(&now) {
                end.result = result(&now);
                end.messages = now;
            }
            end.hold();
            if is_end {
                end.note = note;
                return transcript;
            }
        }
        let mut asked = Entry::bot(NOW.to_owned(), &reply.messages, note.clone());
        if is_end {
            asked.result = result(&asked.messages);
            asked.hold();
        }
        match transcript.last_mut() {
            Some(last)
                if last.sender == Sender::Bot
                    && (self.replied || last.messages.ends_with(&asked.messages)) =>
            {
                last.note = note;
            }
            _ => transcript.push(asked),
        }
        transcript
    }
}

/// The number of the answer that a turn gave, if it is one of those that stand.
fn answered(event: &Event, stands: &Trail) -> Option<u32> {
    let steps = &event.place.as_ref().filter(|_| led_on(event))?.steps;
    let last = steps.len().checked_sub(1)?;
    (stands.steps.get(..steps.len())? == steps.as_slice()).then(|| u32::try_from(last).ok())?
}

/// Whether an input means the same wherever the conversation stands. What does not is understood
/// where the visitor saw it, even if another tab has gone on since.
fn says_where(kind: &InputKind) -> bool {
    match kind {
        InputKind::Start { .. }
        | InputKind::Tap { .. }
        | InputKind::Restart
        | InputKind::Forget
        | InputKind::Confirm { .. } => true,
        InputKind::Text(_) | InputKind::Back | InputKind::Help | InputKind::Unsupported => false,
    }
}
