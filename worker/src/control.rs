//! What is no input and yet concerns a person: who answers them, and what they take back.

use treebot::{Event, HostEvent, Millis, Recorded, current};
use treebot_messenger::incoming::Item;

use crate::delivery::{Clock, Graph};
use crate::keeping::{STILL_KEPT, host_event};
use crate::known::{Known, MUTE};
use crate::person::{Run, Undone, event_id, failed, line};
use crate::store::{Person, Row, Store, StoreError};

/// A mute that lasts nearly as long already is not written down again at each word of whoever answers instead.
const NEARLY: i64 = 60 * 60 * 1000;

impl<S: Store, G: Graph, C: Clock> Run<'_, S, G, C> {
    /// Somebody else answers from now on: another app, or a human in the page's inbox.
    pub(crate) async fn mute(
        &self,
        person: &Person,
        item: &Item,
        known: &mut Known,
    ) -> Result<(), Undone> {
        let now = self.host.clock.now();
        let until = Millis(item.at.0.saturating_add(MUTE));
        let lasts = known.muted(now).is_some_and(|muted| muted.0.saturating_add(NEARLY) > until.0);
        if until <= now || lasts {
            return Ok(());
        }
        self.log(line(item, person).with("outcome", "muted"));
        let event = host_event(item.at, event_id(item).into_owned(), HostEvent::MutedUntil(until));
        self.keep(person, item, event, None, known).await
    }

    /// We answer from now on; the question that waits is asked once more.
    pub(crate) async fn unmute(
        &self,
        person: &Person,
        item: &Item,
        known: &mut Known,
        ask: bool,
    ) -> Result<(), Undone> {
        let event =
            host_event(item.at, event_id(item).into_owned(), HostEvent::MutedUntil(item.at));
        known.history.insert(event.clone());
        let still_muted = known.muted(self.host.clock.now()).is_some();
        let tree = self.host.tree;
        let reply = current(tree, &known.history).filter(|_| ask && !still_muted);
        // People are to know when no human answers any more. (Meta's policy; law in some countries)
        let reply = reply.map(|reply| reply.automated(tree));
        let line = line(item, person).with("outcome", if still_muted { "muted" } else { "ours" });
        let mut class = None;
        if let (Some(reply), Some(trail)) = (reply, known.history.trail()) {
            match self.reply(person, item, (&event.id, trail), &reply).await {
                Ok(()) => self.log(line.with("asked", true)),
                Err(failure) => {
                    let given_up = !failure.class.passes() || self.too_old(item);
                    self.log(failed(line, &failure).with("given up", given_up));
                    if !given_up {
                        return Err(Undone);
                    }
                    class = Some(failure.class);
                }
            }
        } else {
            self.log(line);
        }
        self.keep(person, item, event, class, known).await
    }

    /// A message was taken back: what it said is taken out of what is kept. Where the conversation stands stays.
    pub(crate) async fn erase(&self, person: &Person, item: &Item, id: &str) -> Result<(), Undone> {
        self.count();
        let Ok(listing) = self.host.store.newest(person).await else {
            return self.undone(person, item, "list", Some(STILL_KEPT));
        };
        let found = |row: &&Row| row.stamp().is_some_and(|(_, of)| of == id);
        let compact = listing.rows.iter().find(found).and_then(|row| row.metadata.as_deref());
        let event = compact.and_then(|compact| Event::from_compact(compact).ok());
        let before = compact.and_then(Event::compact_before);
        self.log(
            line(item, person)
                .with("outcome", if event.is_some() { "erased" } else { "not found" }),
        );
        let Some(mut event) = event else { return Ok(()) };
        if let Recorded::Text(words) | Recorded::Tap(words) = &mut event.input {
            words.clear();
        }
        for step in
            event.place.iter_mut().flat_map(|trail| trail.steps.iter_mut().chain(&mut trail.ahead))
        {
            step.words = None;
        }
        match self.record(person, &event, before.as_ref(), None).await {
            Ok(()) => Ok(()),
            Err(StoreError) => self.undone(person, item, "erase", Some(STILL_KEPT)),
        }
    }
}
