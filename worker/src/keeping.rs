//! What is kept of one person's items, and how all of it is deleted.

use std::rc::Rc;

use treebot::{Event, HostEvent, Millis, Pending, Recorded, Reply};
use treebot_messenger::errors::{Class, Failure};
use treebot_messenger::incoming::Item;

use crate::delivery::{Clock, Graph};
use crate::known::{CONTROL, Known, MUTE};
use crate::log::Line;
use crate::person::{MAX_CALLS, Run, Undone, failed, line};
use crate::store::{Forgotten, Person, Store, StoreError, Wish, Written};

/// How many calls are left for what follows a deletion: that it is told, in plain words if need be, and who answers.
const CALLS_OF_TELLING: u32 = 8;

/// What somebody has to know where a deletion has failed for ten minutes.
pub(crate) const STILL_KEPT: &str =
    "what somebody wants deleted is still kept: the store has refused it for ten minutes";

impl<S: Store, G: Graph, C: Clock> Run<'_, S, G, C> {
    /// Deletes everything about the person, who has been told so where that is possible. Who answers them is not theirs:
    /// the bot stays quiet where it was.
    pub(crate) async fn forget(
        &self,
        person: &Person,
        item: &Item,
        event: &Event,
        muted: Option<Millis>,
        known: &mut Known,
    ) -> Result<(), Undone> {
        let wish = Wish { at: event.at, told: true };
        if self.fulfil(person, &wish, known).await.is_err() {
            return self.undone(person, item, "forget", Some(STILL_KEPT));
        }
        self.begin_anew(person, wish, known);
        self.stay_quiet(person, item, event, muted, known).await?;
        self.is_done_with(person, event, known);
        Ok(())
    }

    /// Deletes everything about the person, and then tells them what has become of it. Until they have been told, or need
    /// not be (`reply` is none), the deletion says so, as its input may be delivered again.
    pub(crate) async fn forget_and_tell(
        &self,
        person: &Person,
        item: &Item,
        event: &Event,
        reply: Option<Reply<'_>>,
        muted: Option<Millis>,
        known: &mut Known,
    ) -> Result<Option<Failure>, Undone> {
        let wish = Wish { at: event.at, told: reply.is_none() };
        let Ok(forgotten) = self.fulfil(person, &wish, known).await else {
            self.undone(person, item, "forget", Some(STILL_KEPT))?;
            return Ok(None);
        };
        self.begin_anew(person, wish.clone(), known);
        self.stay_quiet(person, item, event, muted, known).await?;
        let mut failed = None;
        if let Some(reply) = reply {
            let tree = self.host.tree;
            let reply = if forgotten.left { reply.forgetting(tree) } else { reply };
            let place = event.place.clone().unwrap_or_default();
            if let Err(failure) = self.reply(person, item, (&event.id, &place), &reply).await {
                if failure.class.passes() && !self.too_old(item) {
                    self.log(telling_failed(item, person, &failure, false));
                    return Err(Undone);
                }
                self.log(telling_failed(item, person, &failure, true));
                if failure.class == Class::NotThreadOwner {
                    let until = Millis(self.host.clock.now().0.saturating_add(MUTE));
                    self.stay_quiet(person, item, event, Some(until), known).await?;
                }
                failed = Some(failure);
            }
            self.count();
            let wish = Wish { told: true, ..wish };
            if self.host.store.told(person, &wish).await.is_err() {
                self.undone(person, item, "put", None)?;
            }
            known.wish = Some(wish);
        }
        self.is_done_with(person, event, known);
        Ok(failed)
    }

    /// Nothing is known of the person any more.
    fn begin_anew(&self, person: &Person, wish: Wish, known: &mut Known) {
        self.host.memory.borrow_mut().forget(person, &wish);
        *known = Known {
            answered: std::mem::take(&mut known.answered),
            wish: Some(wish),
            ..Known::default()
        };
    }

    /// Who answers a person is put down anew after a deletion, which covers its own moment.
    async fn stay_quiet(
        &self,
        person: &Person,
        item: &Item,
        event: &Event,
        muted: Option<Millis>,
        known: &mut Known,
    ) -> Result<(), Undone> {
        let Some(until) = muted else { return Ok(()) };
        let at = Millis(event.at.0.saturating_add(1));
        let id = format!("{CONTROL}{}", event.id);
        self.keep(person, item, host_event(at, id, HostEvent::MutedUntil(until)), None, known).await
    }

    /// The input that asked for a deletion is answered, though nothing of it is kept.
    fn is_done_with(&self, person: &Person, event: &Event, known: &mut Known) {
        let now = self.host.clock.now();
        self.host.memory.borrow_mut().done(person, &event.id, now);
        known.answered.push(event.id.clone());
    }

    /// Deletes what the store has of the person up to a moment.
    pub(crate) async fn fulfil(
        &self,
        person: &Person,
        wish: &Wish,
        known: &Known,
    ) -> Result<Forgotten, StoreError> {
        let calls = MAX_CALLS.saturating_sub(self.calls.get().saturating_add(CALLS_OF_TELLING));
        let mut forgotten = self.host.store.forget(person, wish, calls).await;
        let made = forgotten.map_or(calls, |forgotten| forgotten.calls);
        self.calls.set(self.calls.get().saturating_add(made));
        // Of what came before a deletion that was late, newer ones may still say where the conversation stood.
        let mut before = None;
        for event in known.history.events().iter().filter(|event| !wish.covers(event.at)) {
            if event.place.is_some() {
                before = Some(event);
            } else if forgotten.is_ok() {
                let recorded = self.record(person, event, before, None).await;
                forgotten = recorded.and(forgotten);
            }
        }
        forgotten
    }

    /// The store has failed. What is too old to be asked for again is given up: Meta switches a webhook off that fails for
    /// an hour, for all people. Where something stays undone then, somebody is told.
    pub(crate) fn undone(
        &self,
        person: &Person,
        item: &Item,
        failed: &str,
        alert: Option<&str>,
    ) -> Result<(), Undone> {
        let too_old = self.too_old(item);
        let line = Line::about("store").with("failed", failed).with("given up", too_old);
        let line = line.with("alert", alert.filter(|_| too_old));
        self.log(line.person(person.pseudonym()));
        if too_old { Ok(()) } else { Err(Undone) }
    }

    /// Records an event. From here on its input is answered, for this isolate even if the store fails.
    pub(crate) async fn keep(
        &self,
        person: &Person,
        item: &Item,
        event: Event,
        failed: Option<Class>,
        known: &mut Known,
    ) -> Result<(), Undone> {
        let recorded = self.record(person, &event, known.history.newest(), failed).await;
        known.insert(event);
        if recorded.is_err() && !self.too_old(item) { Err(Undone) } else { Ok(()) }
    }

    pub(crate) async fn record(
        &self,
        person: &Person,
        event: &Event,
        before: Option<&Event>,
        failed: Option<Class>,
    ) -> Result<(), StoreError> {
        let written = Rc::new(Written::new(person, event, before, failed));
        let now = self.host.clock.now();
        self.host.memory.borrow_mut().remember(person, event, Rc::clone(&written), now);
        self.append(person, &event.id, &written).await
    }

    async fn append(&self, person: &Person, id: &str, event: &Written) -> Result<(), StoreError> {
        self.count();
        let recorded = self.host.store.append(person, event).await;
        match recorded {
            Ok(()) => self.host.memory.borrow_mut().stored(person, id),
            Err(StoreError) => {
                self.log(Line::about("store").with("failed", "put").person(person.pseudonym()));
            }
        }
        recorded
    }

    /// The reply to an input went out, and then the store failed: it is asked again to keep it.
    pub(crate) async fn record_again(
        &self,
        person: &Person,
        item: &Item,
        id: &str,
        known: &Known,
    ) -> Result<(), Undone> {
        // What was deleted meanwhile does not come back.
        if known.is_forgotten(item.at) || known.kept.iter().any(|kept| kept == id) {
            self.host.memory.borrow_mut().stored(person, id);
            return Ok(());
        }
        let remembered = self.host.memory.borrow().not_stored(person, id);
        let pending = || {
            let row =
                known.pending.iter().find(|row| row.stamp().is_some_and(|(_, of)| of == id))?;
            let (at, _) = row.stamp()?;
            let metadata = row.metadata.clone()?;
            Some(Rc::new(Written { at, key: row.key.clone(), metadata, value: String::new() }))
        };
        let Some(written) = remembered.or_else(pending) else { return Ok(()) };
        let recorded = self.append(person, id, &written).await;
        if recorded.is_err() && !self.too_old(item) { Err(Undone) } else { Ok(()) }
    }
}

fn telling_failed(item: &Item, person: &Person, failure: &Failure, given_up: bool) -> Line {
    failed(line(item, person).with("outcome", "forgotten"), failure).with("given up", given_up)
}

/// Something that the host remembers, in the place of an input or beside it.
pub(crate) const fn host_event(at: Millis, id: String, what: HostEvent) -> Event {
    Event {
        at,
        id,
        input: Recorded::Host(what),
        matched: None,
        place: None,
        asked: None,
        shown: Vec::new(),
        misses: 0,
        pending: Pending::Nothing,
        said: Vec::new(),
    }
}
