//! One conversation: a tree, a history, and where it is kept.

use treebot::{
    Effect, Event, History, Input, InputKind, Millis, PlaceCode, Reply, Tree, Turn, TurnOptions,
    current, turn,
};

use crate::archive::{Archive, Elsewhere};
use crate::host::Host;
use crate::store::{Store, StoreError};
use crate::view::{Entry, NOW, News, Sender, View, entries, question, spoken};

#[cfg(feature = "studio")]
mod edit;

#[cfg(feature = "studio")]
pub use edit::Kept;

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
    /// The greeting of a conversation that has not begun. It joins the history with the first
    /// input: somebody who only looks leaves nothing behind.
    opening: Option<Event>,
    /// What waits for an answer.
    reply: Option<Reply<'static>>,
    /// Whether `reply` is from the newest turn, rather than asked for anew.
    replied: bool,
    /// After an edit: the conversation as the new tree tells it, in place of all events up to this time.
    retold: Option<(Vec<Event>, Millis)>,
    news: News,
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
            opening: None,
            reply: None,
            replied: false,
            retold: None,
            news: News::None,
        };
        if let Elsewhere::Wrote(history) = conversation.archive.look() {
            conversation.history = history;
        }
        conversation.ask_again();
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
            transcript: tree.map(|tree| self.transcript(tree)).unwrap_or_default(),
            kind: reply.map_or("info", |reply| reply.kind.as_str()),
            question: reply.map(question).unwrap_or_default(),
            choices: reply
                .map(|reply| reply.choices.iter().map(Into::into).collect())
                .unwrap_or_default(),
            can_go_back: self.history.trail().is_some_and(|trail| !trail.steps.is_empty()),
            begun,
            back: tree.map(|tree| tree.back_label().to_owned()).unwrap_or_default(),
            start_again: tree.map(|tree| tree.start_again().label.into_owned()).unwrap_or_default(),
            keeping: self.archive.keeping(),
            news: self.news,
            spoken: reply.map(spoken).unwrap_or_default(),
            turns: u32::try_from(self.history.events().len()).unwrap_or(u32::MAX),
        }
    }

    /// Takes what somebody typed.
    pub fn send(&mut self, text: &str) {
        self.take(InputKind::Text(text.to_owned()));
    }

    /// Takes a pressed button.
    pub fn tap(&mut self, code: &str, title: &str) {
        self.take(InputKind::Tap { code: code.to_owned(), title: Some(title.to_owned()) });
    }

    /// Takes the last answer back.
    pub fn back(&mut self) {
        self.take(InputKind::Back);
    }

    /// Starts again.
    pub fn restart(&mut self) {
        self.take(InputKind::Restart);
    }

    /// Asks what can be said.
    pub fn help(&mut self) {
        self.take(InputKind::Help);
    }

    /// Returns to where the conversation stood before the newest turn.
    pub fn undo(&mut self) {
        let Some(tree) = &self.tree else { return };
        let mut trails =
            self.history.events().iter().rev().filter_map(|event| event.place.as_ref());
        let Some(before) = trails.nth(1) else { return };
        let code = PlaceCode::encode(tree, before).to_string();
        self.take(InputKind::Tap { code, title: None });
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
        let outcome = if everything { self.archive.clear_all() } else { self.archive.clear() };
        self.forget();
        self.news = if outcome.is_ok() { News::Deleted } else { News::None };
        outcome
    }

    /// Whether the pages keep anything in this browser besides this conversation.
    #[must_use]
    pub fn keeps_more(&self) -> bool {
        self.archive.keeps_more()
    }

    /// The key under which the conversation is stored.
    #[must_use]
    pub fn key(&self) -> String {
        self.archive.events_key()
    }

    /// One turn.
    ///
    /// 1. Take in what other tabs did. 2. Let the greeting join the history. 3. Take the turn.
    /// 4. Remember it. 5. Store it, unless the visitor asked to be forgotten.
    fn take(&mut self, kind: InputKind) {
        self.take_as(kind, |_| {});
    }

    /// One turn, whose event is amended before it is remembered.
    fn take_as(&mut self, kind: InputKind, amend: impl FnOnce(&mut Event)) {
        let seen = self.newest();
        self.news = News::None;
        self.look();
        let unseen = self.news == News::MovedElsewhere && !says_where(&kind);
        if !unseen {
            self.news = News::None;
        }
        let Some(tree) = &self.tree else { return };
        if let Some(opening) = self.opening.take().filter(|_| self.history.events().is_empty()) {
            self.history.insert(opening);
        }
        let next = |newest: i64| newest.saturating_add(1);
        let at = if unseen { next(seen) } else { next(self.newest()).max(self.host.now().0) };
        let input = Input { at: Millis(at), id: self.host.id(), kind };
        let Turn { mut event, reply, effect, .. } =
            turn(tree, &self.history, &input, &self.options());
        let reply = reply.into_owned();
        amend(&mut event);
        match effect {
            Effect::None => {
                self.history.insert(event);
                self.history.trim(MAX_EVENTS);
                self.reply = Some(reply);
                self.replied = true;
                self.archive.write(&self.history);
            }
            Effect::Forget => {
                // What cannot be deleted could not be kept either.
                let _ = self.clear(false);
            }
        }
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
            self.news = News::MovedElsewhere;
            self.ask_again();
        }
    }

    /// Begins anew, in memory.
    fn forget(&mut self) {
        self.history = History::new();
        self.retold = None;
        self.ask_again();
    }

    /// Asks what waits now; greets where nothing has been said.
    fn ask_again(&mut self) {
        self.opening = None;
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

    /// What was said. Where the tree has changed since, the newest question as it is asked now.
    fn transcript(&self, tree: &Tree) -> Vec<Entry> {
        let mut transcript: Vec<Entry> =
            self.told().flat_map(|event| entries(tree, event)).collect();
        let Some(reply) = &self.reply else { return transcript };
        let note = reply.note.as_ref().map(|note| note.text.to_string());
        let asked = Entry::bot(NOW.to_owned(), &reply.messages, note.clone());
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

/// Whether an input means the same wherever the conversation stands. What does not is understood
/// where the visitor saw it, even if another tab has gone on since.
fn says_where(kind: &InputKind) -> bool {
    match kind {
        InputKind::Start { .. }
        | InputKind::Tap { .. }
        | InputKind::Restart
        | InputKind::Forget => true,
        InputKind::Text(_) | InputKind::Back | InputKind::Help | InputKind::Unsupported => false,
    }
}
