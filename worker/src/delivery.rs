//! What is done with one delivery: whom to answer, and how many at once. What is done for one person is
//! [`person`](crate::person)'s.
//!
//! Everything outside is handed in (the store, the Graph API, the clock), so this runs and is
//! tested anywhere.

use std::cell::RefCell;
use std::future::poll_fn;
use std::task::Poll;

use treebot::{Millis, Tree};
use treebot_messenger::errors::{Failure, Sent};
use treebot_messenger::incoming::{Control, Delivery, Ignored, Item, What};
use treebot_messenger::outgoing::Graphemes;

use crate::config::Config;
use crate::gate::Told;
use crate::log::Line;
use crate::memory::Memory;
use crate::person::Run;
use crate::store::{Person, Store};

/// How many people are answered at once. (Workers: 6 open connections)
pub(crate) const AT_ONCE: usize = 6;

/// The Graph API.
#[expect(async_fn_in_trait, reason = "a Worker has one thread: no future is ever sent to another")]
pub trait Graph {
    /// Sends one body of the Send API for a page.
    async fn send(&self, page: &str, body: &str, within: Millis) -> Result<Sent, Failure>;
    /// Sends one that may be lost, and does not wait for what becomes of it.
    fn hint(&self, page: &str, body: &str);
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
    /// Where a text may be cut.
    pub graphemes: Graphemes,
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

/// Whoever answers a person's inputs elsewhere. None where nobody does, and they are answered here.
#[expect(async_fn_in_trait, reason = "a Worker has one thread: no future is ever sent to another")]
pub trait Elsewhere {
    /// Whether there is anybody.
    fn is_there(&self) -> bool;
    /// Hands a person's part of a delivery over, with what is known about the page.
    async fn answer(&self, part: &Part<'_>, told: &Told) -> Option<Result<Answered, NoAnswer>>;
}

/// What became of a person's part of a delivery elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// How it ended.
    pub ended: Ended,
    /// What is known about the page there, where it is something else than was told.
    pub told: Option<Told>,
}

/// Whoever answers elsewhere did not say what became of it.
#[derive(Clone, Copy, Debug)]
pub struct NoAnswer;

/// One person's part of a delivery.
pub struct Part<'a> {
    /// The person.
    pub person: &'a Person,
    /// What they have done, oldest first.
    pub items: Vec<&'a Item>,
    /// The body that it came in.
    pub body: &'a [u8],
    /// Whether nobody else is in it.
    pub alone: bool,
    /// When it came in.
    pub started: Millis,
}

/// Answers a delivery: steps 3 to 6 of [`receive`](crate::webhook::receive).
pub async fn answer<S: Store, G: Graph, C: Clock>(
    host: &Host<'_, S, G, C>,
    delivery: &Delivery,
    body: &[u8],
    started: Millis,
    elsewhere: &impl Elsewhere,
) -> Ended {
    let run = Run::new(host, started);
    let people = people(host, &delivery.items);
    let alone = people.len() == 1;
    let parts: Vec<Part<'_>> = people
        .iter()
        .map(|(person, items)| Part { person, items: items.clone(), body, alone, started })
        .collect();
    // Whoever came last in a delivery that was too long for one request comes earlier in the next.
    let turned = usize::try_from(started.0 / 1000).unwrap_or_default() % parts.len().max(1);
    let (first, second) = parts.split_at_checked(turned).unwrap_or((&parts, &[]));
    let mut parts = second.iter().chain(first);
    // People do not wait for each other, and what fails for one is done for the others.
    let mut ended = Vec::new();
    loop {
        let some: Vec<_> =
            parts.by_ref().take(AT_ONCE).map(|part| run.person(part, elsewhere)).collect();
        if some.is_empty() {
            break;
        }
        ended.extend(together(some).await);
    }
    if ended.contains(&Ended::Again) { Ended::Again } else { Ended::Done }
}

/// Answers what one person has done, in a delivery that was handed over; `nobody` has nobody to hand it on to. (It is
/// no type of its own, as all of this would be compiled once more for it.)
///
/// # Errors
/// The person is not in it, by the settings that are here: for a moment others may hold where it was handed over from.
/// Nothing was done, so nobody may take it for done.
pub async fn answer_person<S: Store, G: Graph, C: Clock>(
    host: &Host<'_, S, G, C>,
    delivery: &Delivery,
    who: &str,
    started: Millis,
    told: &Told,
    nobody: &impl Elsewhere,
) -> Result<Answered, NoAnswer> {
    let people = people(host, &delivery.items);
    let found = people.iter().find(|(person, _)| person.pseudonym() == who);
    let (person, items) = found.ok_or(NoAnswer)?;
    let part = Part { person, items: items.clone(), body: &[], alone: false, started };
    host.memory.borrow_mut().gates.add(person.page(), host.clock.now(), told);
    let ended = Run::new(host, started).person(&part, nobody).await;
    let config = host.config.digest.as_str();
    let now_told = host.memory.borrow().gates.told(person.page(), host.clock.now(), config);
    Ok(Answered { ended, told: (now_told != *told).then_some(now_told) })
}

/// Whose items there are that something is to be done about, oldest first for each.
fn people<'d, S, G, C>(
    host: &Host<'_, S, G, C>,
    items: &'d [Item],
) -> Vec<(Person, Vec<&'d Item>)> {
    let mut people: Vec<(Person, Vec<&Item>)> = Vec::new();
    for item in items {
        let concerns_somebody = match (&item.what, item.control(host.config.app_id.as_deref())) {
            (_, Some(Control::Ours(name))) => {
                if let Some(name) = name {
                    host.memory.borrow_mut().has_gone_out(&name);
                }
                false
            }
            (_, Some(Control::Taken | Control::Passed { .. })) => true,
            (What::Input { .. } | What::Unsent { .. }, None) => true,
            (What::Ignored(Ignored::PolicyEnforcement), None) => {
                let line = Line::about("policy enforcement");
                (host.log)(
                    line.with("alert", "Meta has acted against the page: look at Page Quality"),
                );
                false
            }
            (What::Ignored(_) | What::Echo { .. } | What::Handover { .. }, None) => false,
        };
        if concerns_somebody {
            let person = Person::new(&host.config.state_secret, &item.page, &item.person);
            match people.iter_mut().find(|(known, _)| *known == person) {
                Some((_, items)) => items.push(item),
                None => people.push((person, vec![item])),
            }
        }
    }
    people
}

/// Does a few things at once, and waits for all.
pub(crate) async fn together<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
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
