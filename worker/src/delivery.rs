//! What is done with one delivery: whom to answer, in which order, and what to do when that fails.
//!
//! Everything outside is handed in (the store, the Graph API, the clock), so this runs and is
//! tested anywhere.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::Poll;

use serde_json::Value;
use treebot::{
    Effect, Event, HostEvent, Input, Millis, Pending, PlaceCode, Recorded, Reply, Tree, Turn,
    TurnOptions, turn,
};
use treebot_messenger::errors::{Class, Failure, Sent};
use treebot_messenger::incoming::{Delivery, Item, What};
use treebot_messenger::outgoing::{Dress, render, render_plain};

use crate::config::Config;
use crate::log::Line;
use crate::memory::{Busy, Memory};
use crate::store::{Known, Person, Store, StoreError};

/// All of a delivery is done within this. (Meta wants an answer within 5 s.)
pub const BUDGET: i64 = 4000;
/// The longest that one call of the Graph API may take.
const CALL: i64 = 2000;
/// A call is not begun with less than this left.
const LEAST_CALL: i64 = 250;
/// How long to wait before a call is tried again.
const PAUSE: i64 = 300;
/// A call is not tried again with less than this left.
const LEAST_RETRY: i64 = 1500;
/// Inputs older than this are given up instead of being asked for again: Meta switches a webhook
/// off that fails for an hour.
const GIVE_UP: i64 = 10 * 60 * 1000;
/// The same button pressed again within this is one press.
const DOUBLE_TAP: i64 = 3000;
/// Calls to other services that one request may make. (Workers' free plan: 50)
const MAX_CALLS: u32 = 50;
/// The most calls that one input takes: its messages, once again in plain words, and the event.
const CALLS_OF_AN_INPUT: u32 = 12;
/// How often to look whether another request has finished with a person.
const LOOK_AGAIN: i64 = 25;
/// How many people are answered at once. (Workers: 6 open connections)
const AT_ONCE: usize = 6;

/// The Graph API.
#[expect(async_fn_in_trait, reason = "a Worker has one thread: no future is ever sent to another")]
pub trait Graph {
    /// Sends one body of the Send API for a page.
    async fn send(&self, page: &str, body: &Value, within: Millis) -> Result<Sent, Failure>;
}

/// The clock.
#[expect(async_fn_in_trait, reason = "a Worker has one thread: no future is ever sent to another")]
pub trait Clock {
    /// What time it is.
    fn now(&self) -> Millis;
    /// Waits.
    async fn sleep(&self, time: Millis);
}

/// Everything outside.
pub struct Host<'a, S, G, C> {
    /// The conversation.
    pub tree: &'a Tree,
    /// The configuration.
    pub config: &'a Config,
    /// Where events are kept.
    pub store: &'a S,
    /// The Graph API.
    pub graph: &'a G,
    /// The clock.
    pub clock: &'a C,
    /// What this isolate remembers.
    pub memory: &'a RefCell<Memory>,
    /// Takes log lines.
    pub log: &'a dyn Fn(Line),
}

/// How a delivery ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Everything is answered, or given up for good.
    Done,
    /// Something failed that may work in a moment: Meta should deliver it again.
    Again,
}

/// Answers a delivery: steps 3 to 6 of [`receive`](crate::webhook::receive).
pub async fn answer<S: Store, G: Graph, C: Clock>(
    host: &Host<'_, S, G, C>,
    delivery: &Delivery,
    started: Millis,
) -> Ended {
    let run = Run { host, deadline: Millis(started.0.saturating_add(BUDGET)), calls: Cell::new(0) };
    let mut people: Vec<(Person, Vec<(&Item, Input)>)> = Vec::new();
    for item in &delivery.items {
        if let Some(input) = item.input() {
            let person = Person::new(&host.config.state_secret, &item.page, &item.person);
            match people.iter_mut().find(|(known, _)| *known == person) {
                Some((_, inputs)) => inputs.push((item, input)),
                None => people.push((person, vec![(item, input)])),
            }
        }
    }
    // People do not wait for each other, and what fails for one is done for the others.
    let mut ended = Vec::new();
    // Whoever came last in a delivery that was too long for one request comes earlier in the next.
    let turned = usize::try_from(started.0 / 1000).unwrap_or_default() % people.len().max(1);
    let (first, second) = people.split_at_checked(turned).unwrap_or((&people, &[]));
    let mut people = second.iter().chain(first);
    loop {
        let some: Vec<_> = people
            .by_ref()
            .take(AT_ONCE)
            .map(|(person, inputs)| run.person(person, inputs))
            .collect();
        if some.is_empty() {
            break;
        }
        ended.extend(together(some).await);
    }
    if ended.contains(&Ended::Again) { Ended::Again } else { Ended::Done }
}

/// Does a few things at once, and waits for all.
async fn together<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut running: Vec<_> = futures.into_iter().map(|future| Some(Box::pin(future))).collect();
    let mut done = Vec::new();
    poll_fn(|context| {
        for slot in &mut running {
            if let Some(Poll::Ready(value)) =
                slot.as_mut().map(|future| future.as_mut().poll(context))
            {
                done.push(value);
                *slot = None;
            }
        }
        if running.iter().all(Option::is_none) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done
}

/// One delivery on its way.
struct Run<'a, S, G, C> {
    host: &'a Host<'a, S, G, C>,
    deadline: Millis,
    calls: Cell<u32>,
}

impl<S: Store, G: Graph, C: Clock> Run<'_, S, G, C> {
    /// The inputs of one person, oldest first.
    async fn person(&self, person: &Person, inputs: &[(&Item, Input)]) -> Ended {
        let Some(_busy) = self.turn_for(person).await else { return Ended::Again };
        if inputs.iter().all(|(_, input)| self.host.memory.borrow().is_done(person, &input.id)) {
            return Ended::Done;
        }
        if !self.can_afford_an_input() {
            return Ended::Again;
        }
        let Ok(mut known) = self.known(person).await else {
            self.log(Line::about("store").with("failed", "list").person(person.pseudonym()));
            // There is nothing to be done about inputs that are too old to be asked for again.
            return if inputs.iter().all(|(_, input)| self.too_old(input)) {
                Ended::Done
            } else {
                Ended::Again
            };
        };
        if known.unreadable > 0 {
            self.log(
                Line::about("store")
                    .with("unreadable", known.unreadable)
                    .person(person.pseudonym()),
            );
        }
        for (item, input) in inputs {
            if known.answered.contains(&input.id) {
                self.log(line(item, person).with("outcome", "answered before"));
                // The reply went out, and then the store failed.
                let missing = self.host.memory.borrow().not_stored(person, &input.id);
                if let Some(event) = missing
                    && self.record(person, &event).await.is_err()
                    && !self.too_old(input)
                {
                    return Ended::Again;
                }
                continue;
            }
            match self.input(person, item, input, &known).await {
                Ok(Some(event)) => known.insert(event),
                // The person is forgotten, and with them what was known.
                Ok(None) => known = Known { answered: known.answered, ..Known::default() },
                Err(Undone) => return Ended::Again,
            }
        }
        Ended::Done
    }

    /// One input: plan, send, record. Gives the event, or none when the person is forgotten.
    async fn input(
        &self,
        person: &Person,
        item: &Item,
        input: &Input,
        known: &Known,
    ) -> Result<Option<Event>, Undone> {
        let host = self.host;
        let now = host.clock.now();
        if !self.can_afford_an_input() {
            self.log(line(item, person).with("outcome", "no time left"));
            return Err(Undone);
        }
        let Turn { event, reply, effect, .. } =
            turn(host.tree, &known.history, input, &TurnOptions::default());
        let line = line(item, person).with("outcome", reply.kind.as_str());
        let line = line.with("tier", event.matched.as_ref().map(|matched| matched.tier.as_str()));
        let sent = if is_double_tap(&event, item, known) {
            Ok(())
        } else if host.memory.borrow().is_shut(person.page(), now) {
            Err(Failure { class: Class::RateLimited, ..Failure::no_answer() })
        } else {
            self.reply(person, item, &event, &reply).await
        };
        let line = line.with("ms", host.clock.now().0.saturating_sub(now.0));
        let event = match sent {
            Ok(()) if effect == Effect::Forget => {
                self.log(line.with("forgotten", true));
                self.count();
                host.store.forget(person).await.map_err(|StoreError| Undone)?;
                let mut memory = host.memory.borrow_mut();
                memory.remember(person, &event, host.clock.now());
                memory.forget(person);
                return Ok(None);
            }
            Ok(()) => {
                self.log(line);
                event
            }
            Err(failure) => {
                let given_up = !failure.class.passes() || self.too_old(input);
                self.log(failed(line, &failure).with("given up", given_up));
                if !given_up {
                    return Err(Undone);
                }
                // Nothing was said, so the conversation stays where it is.
                failed_event(input)
            }
        };
        // From here on the input is answered, for this isolate even if the store fails.
        host.memory.borrow_mut().remember(person, &event, host.clock.now());
        let recorded = self.record(person, &event).await;
        if recorded.is_err() && !self.too_old(input) { Err(Undone) } else { Ok(Some(event)) }
    }

    /// Sends a reply, message by message. What Meta does not accept goes out once more in plain words.
    async fn reply(
        &self,
        person: &Person,
        item: &Item,
        event: &Event,
        reply: &Reply<'_>,
    ) -> Result<(), Failure> {
        let tree = self.host.tree;
        let from = match &item.what {
            What::Input { from, .. } => *from,
            What::Echo { .. } | What::Handover { .. } | What::Unsent { .. } | What::Ignored(_) => 0,
        };
        let place = event.place.as_ref().map(|trail| PlaceCode::encode(tree, trail));
        let start_again = tree.start_again();
        let metadata = format!("reply-to:{}", event.id);
        let dress = Dress {
            person: &item.person,
            place: place.as_ref().map_or(start_again.code.as_str(), PlaceCode::as_str),
            from,
            more: tree.more_label(),
            start_again: &start_again,
            metadata: Some(&metadata),
        };
        let sent = match self.send_all(person, &render(reply, &dress)).await {
            Err(failure) if failure.class == Class::BadRequest => {
                self.log(failed(line(item, person).with("again", "plain"), &failure));
                self.send_all(person, &render_plain(reply, &dress)).await
            }
            sent => sent,
        };
        let mut memory = self.host.memory.borrow_mut();
        if let Err(Failure { class: Class::RateLimited, wait, .. }) = &sent {
            memory.shut(person.page(), self.host.clock.now(), *wait);
        }
        memory.sent(sent.as_ref().err().map(|failure| failure.class));
        sent
    }

    /// One after the other, each awaited: Meta keeps no order by itself.
    async fn send_all(&self, person: &Person, bodies: &[Value]) -> Result<(), Failure> {
        for body in bodies {
            match self.send(person, body).await {
                Err(failure) if failure.class == Class::Transient && self.left() >= LEAST_RETRY => {
                    self.host.clock.sleep(Millis(PAUSE)).await;
                    self.send(person, body).await?;
                }
                sent => sent?,
            }
        }
        Ok(())
    }

    async fn send(&self, person: &Person, body: &Value) -> Result<(), Failure> {
        let within = self.left().min(CALL);
        if within < LEAST_CALL || self.calls.get() + 1 >= MAX_CALLS {
            return Err(Failure::no_answer());
        }
        self.count();
        self.host.graph.send(person.page(), body, Millis(within)).await.map(|Sent { .. }| ())
    }

    async fn record(&self, person: &Person, event: &Event) -> Result<(), StoreError> {
        self.count();
        let recorded = self.host.store.append(person, event).await;
        match recorded {
            Ok(()) => self.host.memory.borrow_mut().stored(person, &event.id),
            Err(StoreError) => {
                self.log(Line::about("store").with("failed", "put").person(person.pseudonym()))
            }
        }
        recorded
    }

    /// What the store and this isolate know.
    async fn known(&self, person: &Person) -> Result<Known, StoreError> {
        self.count();
        let mut known = self.host.store.newest(person).await?;
        self.host.memory.borrow().add_to(&mut known, person);
        Ok(known)
    }

    /// Waits until no other request of this isolate answers this person.
    async fn turn_for(&self, person: &Person) -> Option<Busy<'_>> {
        loop {
            let busy = Busy::take(self.host.memory, person, self.host.clock.now());
            if busy.is_some() || self.left() < LEAST_CALL {
                return busy;
            }
            self.host.clock.sleep(Millis(LOOK_AGAIN)).await;
        }
    }

    /// Whether there is time for an input, and calls for as many messages as it may take.
    fn can_afford_an_input(&self) -> bool {
        self.left() >= LEAST_CALL && self.calls.get() + CALLS_OF_AN_INPUT <= MAX_CALLS
    }

    fn left(&self) -> i64 {
        self.deadline.0.saturating_sub(self.host.clock.now().0)
    }

    fn too_old(&self, input: &Input) -> bool {
        self.host.clock.now().0.saturating_sub(input.at.0) > GIVE_UP
    }

    fn count(&self) {
        self.calls.set(self.calls.get().saturating_add(1));
    }

    fn log(&self, line: Line) {
        (self.host.log)(line);
    }
}

/// Something failed that may work in a moment.
struct Undone;

/// A finger that came down twice: the same button, leading to the same place, within moments. To
/// turn the page of a long list is no answer, so that is never one.
fn is_double_tap(event: &Event, item: &Item, known: &Known) -> bool {
    let Some(newest) = known.history.newest() else { return false };
    let turns_page = matches!(item.what, What::Input { from: 1.., .. });
    let taps = matches!(event.input, Recorded::Tap(_)) && newest.input == event.input;
    let soon = event.at.0.abs_diff(newest.at.0) <= DOUBLE_TAP.unsigned_abs();
    taps && soon && !turns_page && newest.place == event.place
}

/// An input that could not be answered, for good.
fn failed_event(input: &Input) -> Event {
    Event {
        at: input.at,
        id: input.id.clone(),
        input: Recorded::Host(HostEvent::Failed),
        matched: None,
        place: None,
        asked: None,
        shown: Vec::new(),
        misses: 0,
        pending: Pending::Nothing,
        said: Vec::new(),
    }
}

fn line(item: &Item, person: &Person) -> Line {
    Line::about("input").with("kind", item.what.as_str()).person(person.pseudonym())
}

fn failed(line: Line, failure: &Failure) -> Line {
    line.with("class", failure.class.as_str())
        .with("code", failure.code)
        .with("subcode", failure.subcode)
        .with("fbtrace_id", failure.trace.as_deref())
}
