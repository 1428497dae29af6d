//! What is kept of one person's items, and how all of it is deleted.

use std::rc::Rc;

use treebot::{Event, HostEvent, Millis, Pending, Recorded};
use treebot_messenger::errors::Class;
use treebot_messenger::incoming::Item;

use crate::delivery::{Clock, Graph};
use crate::known::{CONTROL, Known};
use crate::log::Line;
use crate::person::{Run, Undone};
use crate::store::{Person, Store, StoreError, Wish, Written};

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
        let wish = Wish { at: event.at };
        if self.fulfil(person, &wish, known).await.is_err() {
            return self.undone(person, item, "forget", Some(STILL_KEPT));
        }
        let now = self.host.clock.now();
        self.host.memory.borrow_mut().forget(person, &wish, &event.id, now);
        known.answered.push(event.id.clone());
        *known = Known {
            answered: std::mem::take(&mut known.answered),
            wish: Some(wish),
            ..Known::default()
        };
        let Some(until) = muted else { return Ok(()) };
        // After the deletion, which covers its own moment.
        let at = Millis(event.at.0.saturating_add(1));
        let id = format!("{CONTROL}{}", event.id);
        self.keep(person, item, host_event(at, id, HostEvent::MutedUntil(until)), None, known).await
    }

    /// Deletes what the store has of the person up to a moment.
    pub(crate) async fn fulfil(
        &self,
        person: &Person,
        wish: &Wish,
        known: &Known,
    ) -> Result<(), StoreError> {
        self.count();
        let mut forgotten = self.host.store.forget(person, wish).await;
        // Of what came before a deletion that was late, newer ones may still say where the conversation stood.
        let mut before = None;
        for event in known.history.events().iter().filter(|event| !wish.covers(event.at)) {
            if event.place.is_some() {
                before = Some(event);
            } else if forgotten.is_ok() {
                forgotten = self.record(person, event, before, None).await;
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
