//! One conversation: a tree, a history, and where it is kept.

use serde::Serialize;
use treebot::{
    Effect, Event, History, Input, InputKind, LoadOptions, Loaded, Millis, PlaceCode, Reply,
    StepOutcome, Trail, Tree, Turn, TurnOptions, current, load_with, resolve, turn,
};
use tsify::Tsify;

use crate::archive::{Archive, Elsewhere};
use crate::document::{Analysis, analysis};
use crate::host::Host;
use crate::store::{Store, StoreError};
use crate::view::{Entry, News, Sender, View, entries, question, spoken};

/// The most turns that are kept. With what the bot says in them they fill a tenth of what browsers
/// allow, and nobody reads further back.
const MAX_EVENTS: usize = 500;

/// A conversation as a page holds it. Pure but for the store and the host that it is given.
pub struct Conversation {
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
    /// After an edit: the conversation as the new tree tells it, up to this many events.
    retold: Option<(Vec<Entry>, Millis)>,
    news: News,
}

/// What an edit did to the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Kept {
    /// What is wrong with the new source.
    pub analysis: Analysis,
    /// How many answers still stand.
    pub kept: u32,
    /// How many answers there were.
    pub answers: u32,
}

impl Conversation {
    /// Goes on with the conversation called `id` over the tree of `source`, or begins it.
    #[must_use]
    pub fn open(source: &str, id: &str, store: Box<dyn Store>, host: Box<dyn Host>) -> Self {
        let tree = load(source, id).tree;
        let mut conversation = Self {
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

    /// Puts another source in place of the tree's. While it does not load, the last tree runs on.
    pub fn reload(&mut self, source: &str) -> Kept {
        let loaded = load(source, &self.id);
        let analysis = analysis(source, &loaded);
        self.stale = loaded.tree.is_none();
        if let Some(tree) = loaded.tree {
            self.retold = self.history.newest().and_then(|newest| {
                let trail = newest.place.as_ref()?;
                Some((retell(&tree, trail), newest.at))
            });
            self.tree = Some(tree);
            self.ask_again();
        }
        let (kept, answers) = self.kept();
        Kept { analysis, kept, answers }
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
        let Turn { event, reply, effect, .. } = turn(tree, &self.history, &input, &self.options());
        let reply = reply.into_owned();
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

    /// What was said. Where the tree has changed since, the newest question as it is asked now.
    fn transcript(&self, tree: &Tree) -> Vec<Entry> {
        let retold = self.retold.as_ref();
        let mut transcript = retold.map(|(entries, _)| entries.clone()).unwrap_or_default();
        let events = self.history.events().iter().chain(&self.opening);
        for event in events.filter(|event| retold.is_none_or(|(_, until)| event.at > *until)) {
            transcript.extend(entries(tree, event));
        }
        let Some(reply) = &self.reply else { return transcript };
        let note = reply.note.as_ref().map(|note| note.text.to_string());
        let asked = Entry::bot("now".to_owned(), &reply.messages, note.clone());
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

    /// How many answers of the conversation stand in the tree as it is now, and how many there were.
    fn kept(&self) -> (u32, u32) {
        let (Some(tree), Some(trail)) = (&self.tree, self.history.trail()) else { return (0, 0) };
        let report = resolve(tree, trail).report;
        let steps = report.steps.iter().chain(&report.ahead);
        let kept = steps.clone().filter(|step| match step.outcome {
            StepOutcome::Kept | StepOutcome::Alias | StepOutcome::Rematched => true,
            StepOutcome::Ahead | StepOutcome::AskedAgain | StepOutcome::Unused => false,
        });
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (count(kept.count()), count(steps.count()))
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

/// The tree of a source. Place codes know it by its id, so that a changed title changes no code.
fn load(source: &str, id: &str) -> Loaded {
    load_with(source, &LoadOptions { name: Some(id.to_owned()), ..LoadOptions::default() })
}

/// The conversation that leads to a place, as `tree` tells it: the way there, answer by answer.
fn retell(tree: &Tree, trail: &Trail) -> Vec<Entry> {
    let whole = resolve(tree, trail).trail;
    let mut history = History::new();
    let mut told = Vec::new();
    for length in 0..=whole.steps.len() {
        let steps = whole.steps.iter().take(length).cloned().collect();
        let way = Trail { start: whole.start, steps, ahead: Vec::new() };
        let title = way
            .steps
            .last()
            .map(|step| step.words.as_deref().map_or_else(|| label(tree, &way), str::to_owned));
        let code = PlaceCode::encode(tree, &way).to_string();
        let at = Millis(i64::try_from(length).unwrap_or(i64::MAX));
        let input =
            Input { at, id: format!("retold-{length}"), kind: InputKind::Tap { code, title } };
        let event = turn(tree, &history, &input, &TurnOptions::default()).event;
        told.extend(entries(tree, &event));
        history.insert(event);
    }
    told
}

/// The label of the last answer of a way.
fn label(tree: &Tree, way: &Trail) -> String {
    let last = resolve(tree, way).path.last().copied();
    let answer = last.and_then(|(question, answer)| tree.get(question)?.answer(answer?));
    answer.map(|answer| answer.label().to_owned()).unwrap_or_default()
}
