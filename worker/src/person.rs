//! One person's items of a delivery, oldest first: what is done about each, and what when that fails.

use std::borrow::Cow;
use std::cell::Cell;

use treebot::{
    Effect, Event, HostEvent, Input, InputKind, Millis, Pending, Recorded, Tier, Turn, TurnOptions,
    turn,
};
use treebot_messenger::errors::{Class, Failure};
use treebot_messenger::incoming::{Control, Item, Via, What};

use crate::delivery::{Answered, Clock, Elsewhere, Ended, Graph, Host, NoAnswer, Part};
use crate::gate::Told;
use crate::keeping::{STILL_KEPT, host_event};
use crate::known::{CONTROL, Known, MUTE};
use crate::log::Line;
use crate::memory::Busy;
use crate::store::{Person, Store, StoreError};

/// All of a delivery is done within this. (Meta wants an answer within 5 s.)
pub const BUDGET: i64 = 4000;
/// A call is not begun with less than this left.
pub(crate) const LEAST_CALL: i64 = 250;
/// Inputs older than this are given up instead of being asked for again: Meta switches a webhook
/// off that fails for an hour.
const GIVE_UP: i64 = 10 * 60 * 1000;
/// After this long somebody may have forgotten that a bot answers.
const LONG_PAUSE: i64 = 24 * 60 * 60 * 1000;
/// The same button pressed again within this is one press.
const DOUBLE_TAP: i64 = 3000;
/// Calls to other services that one request may make. (Workers' free plan: 50)
pub(crate) const MAX_CALLS: u32 = 50;
/// The most calls that one input takes: its messages, once again in plain words, and the event.
const CALLS_OF_AN_INPUT: u32 = 12;
/// How often to look whether another request has finished with a person.
const LOOK_AGAIN: i64 = 25;

/// One delivery on its way.
pub(crate) struct Run<'a, S, G, C> {
    pub(crate) host: &'a Host<'a, S, G, C>,
    started: Millis,
    pub(crate) calls: Cell<u32>,
}

/// Something failed that may work in a moment.
pub(crate) struct Undone;

impl<'a, S: Store, G: Graph, C: Clock> Run<'a, S, G, C> {
    /// A delivery that came in at that time.
    pub(crate) const fn new(host: &'a Host<'a, S, G, C>, started: Millis) -> Self {
        Self { host, started, calls: Cell::new(0) }
    }

    /// The items of one person, oldest first.
    pub(crate) async fn person(&self, part: &Part<'_>, elsewhere: &impl Elsewhere) -> Ended {
        let Part { person, items, .. } = part;
        // A redelivery: nobody need be asked.
        let is_done = |item: &&Item| self.host.memory.borrow().is_done(person, &event_id(item));
        if items.iter().all(is_done) {
            return Ended::Done;
        }
        if !self.can_afford_an_input() {
            return Ended::Again;
        }
        let told = match self.before_handing_over(part, elsewhere).await {
            Ok(told) => told,
            Err(Undone) => return Ended::Again,
        };
        match elsewhere.answer(part, &told).await {
            Some(Ok(Answered { ended, told })) => {
                self.count();
                if let Some(told) = told {
                    let now = self.host.clock.now();
                    self.host.memory.borrow_mut().gates.take_over(person.page(), now, &told);
                }
                if ended == Ended::Done {
                    let now = self.host.clock.now();
                    let mut memory = self.host.memory.borrow_mut();
                    items.iter().for_each(|item| memory.done(person, &event_id(item), now));
                }
                return ended;
            }
            Some(Err(NoAnswer)) => {
                self.count();
                self.log(Line::about("object").with("failed", "call").person(person.pseudonym()));
                if items.iter().any(|item| !self.too_old(item)) {
                    return Ended::Again;
                }
                // What is too old to be asked for again is done here, rather than not at all.
            }
            None => {}
        }
        let Some(_busy) = self.turn_for(person).await else { return Ended::Again };
        // Another request may have answered meanwhile.
        if items.iter().all(is_done) {
            return Ended::Done;
        }
        let Ok(mut known) = self.known(person, items).await else {
            self.log(Line::about("store").with("failed", "list").person(person.pseudonym()));
            // There is nothing to be done about inputs that are too old to be asked for again.
            let given_up = items.iter().all(|item| self.too_old(item));
            return if given_up { Ended::Done } else { Ended::Again };
        };
        if known.unreadable > 0 {
            let line = Line::about("store").with("unreadable", known.unreadable);
            self.log(line.person(person.pseudonym()));
        }
        // Once somebody could not be reached, nothing more is tried until they write again.
        let mut unreachable = false;
        for item in items {
            if self.item(person, item, &mut known, &mut unreachable).await.is_err() {
                return Ended::Again;
            }
        }
        Ended::Done
    }

    /// What whoever answers elsewhere is to know about the page. Nothing is handed over that could only be sent, while the
    /// page is shut for a moment: each object would ask Meta by itself.
    async fn before_handing_over(
        &self,
        Part { person, items, .. }: &Part<'_>,
        elsewhere: &impl Elsewhere,
    ) -> Result<Told, Undone> {
        if !elsewhere.is_there() {
            return Ok(Told::default());
        }
        self.look_at_the_gate(person.page()).await;
        let (now, config) = (self.host.clock.now(), self.host.config.digest.as_str());
        let told = self.host.memory.borrow().gates.told(person.page(), now, config);
        let waits = told.stop.as_ref().filter(|stop| stop.class.passes());
        let is_only_sent = |item: &&Item| {
            matches!(item.what, What::Input { .. }) && !is_pressed_yes(item) && !self.too_old(item)
        };
        match waits.filter(|_| items.iter().all(is_only_sent)) {
            Some(stop) => {
                let line = Line::about("object").with("not asked", stop.class.as_str());
                self.log(line.person(person.pseudonym()));
                Err(Undone)
            }
            None => Ok(told),
        }
    }

    /// One item.
    async fn item(
        &self,
        person: &Person,
        item: &Item,
        known: &mut Known,
        unreachable: &mut bool,
    ) -> Result<(), Undone> {
        let id = event_id(item);
        let remembered = self.host.memory.borrow().is_answered(person, &id);
        let is_known = remembered || known.is_answered(&id);
        let is_answered = if is_known {
            true
        } else {
            match self.is_answered_long_ago(person, item, &id, known).await {
                Ok(is_answered) => is_answered,
                // As where nothing can be listed: nothing is said, rather than twice.
                Err(StoreError) => return self.undone(person, item, "list", None),
            }
        };
        if is_answered {
            self.log(line(item, person).with("outcome", "answered before"));
            return self.record_again(person, item, &id, known).await;
        }
        if known.is_forgotten(item.at) {
            self.log(line(item, person).with("outcome", "from before the deletion"));
            // It may be the one that asked for it, delivered again as not all of it was done.
            let Some(wish) = known.wish.clone().filter(|wish| wish.at == item.at) else {
                return Ok(());
            };
            if !self.can_afford_an_input() {
                return Err(Undone);
            }
            if !wish.told && is_pressed_yes(item) {
                return self.input(person, item, known, unreachable).await;
            }
            return match self.fulfil(person, &wish, known).await {
                Ok(_) => Ok(()),
                Err(StoreError) => self.undone(person, item, "forget", Some(STILL_KEPT)),
            };
        }
        match item.control(self.host.config.app_id.as_deref()) {
            Some(Control::Taken) => self.mute(person, item, known).await,
            Some(Control::Passed { ask }) => self.unmute(person, item, known, ask).await,
            Some(Control::Ours(_)) => Ok(()),
            None => match &item.what {
                What::Input { .. } => self.input(person, item, known, unreachable).await,
                What::Unsent { id } => self.erase(person, item, id).await,
                What::Echo { .. } | What::Handover { .. } | What::Ignored(_) => Ok(()),
            },
        }
    }

    /// One input: plan, send, record.
    async fn input(
        &self,
        person: &Person,
        item: &Item,
        known: &mut Known,
        unreachable: &mut bool,
    ) -> Result<(), Undone> {
        let Some(input) = self.input_of(item, known) else { return Ok(()) };
        let host = self.host;
        let now = host.clock.now();
        let line = line(item, person);
        let taken = turn(host.tree, &known.history, &input, &TurnOptions::default());
        let muted = known.muted(now);
        if let Some(until) = muted.filter(|_| !is_about_deletion(&input.kind, &taken, known)) {
            // What people say to somebody else is not kept; that they are answered by somebody else is.
            self.log(line.with("outcome", "muted"));
            let event = host_event(input.at, input.id, HostEvent::MutedUntil(until));
            return self.keep(person, item, event, None, known).await;
        }
        if !self.can_afford_an_input() {
            self.log(line.with("outcome", "no time left"));
            return Err(Undone);
        }
        let Turn { mut event, reply, effect, .. } = taken;
        if let What::Input { from: from @ 1.., .. } = item.what {
            // Two pages of a list are two presses.
            event.input = Recorded::Tap(format!("{} {from}", host.tree.more_label()));
        }
        let line = line.with("outcome", reply.kind.as_str());
        // Who comes back after long is to know that no human answers. (Meta's policy; law in some countries)
        let is_long = |before: &Event| input.at.0.saturating_sub(before.at.0) >= LONG_PAUSE;
        let comes_back = known.history.newest().is_some_and(is_long);
        let reply = if comes_back { reply.automated(host.tree) } else { reply };
        let line = line.with("tier", event.matched.as_ref().map(|matched| matched.tier.as_str()));
        let is_double = is_double_tap(&event, effect, known);
        if is_double && effect != Effect::Forget {
            event = stays(event);
        }
        if effect == Effect::Forget && is_pressed_yes(item) {
            // What is pressed says what it does: it is done first, and then it can be said.
            let reply = (!is_double && !*unreachable).then_some(reply);
            self.log(line.with("forgotten", true));
            let failure = self.forget_and_tell(person, item, &event, reply, muted, known).await?;
            *unreachable |= failure.is_some_and(|failure| failure.class == Class::Undeliverable);
            return Ok(());
        }
        // What is typed may be for somebody else, and only Meta knows: who is refused has said it to them, and deletes
        // nothing. So it is said first; of more than one listing brings, not that it is done.
        let takes_time = effect == Effect::Forget && known.more;
        let reply = if takes_time { reply.forgetting(host.tree) } else { reply };
        let sent = if is_double {
            Ok(())
        } else if *unreachable {
            Err(Failure { class: Class::Undeliverable, ..Failure::no_answer() })
        } else {
            let place = event.place.clone().unwrap_or_default();
            self.reply(person, item, (&event.id, &place), &reply).await
        };
        let line = line.with("ms", host.clock.now().0.saturating_sub(now.0));
        match sent {
            Ok(()) if effect == Effect::Forget => {
                self.log(line.with("forgotten", true));
                self.forget(person, item, &event, muted, known).await
            }
            Ok(()) => {
                self.log(line);
                self.keep(person, item, event, None, known).await
            }
            Err(failure) => {
                let given_up = !failure.class.passes() || self.too_old(item);
                self.log(failed(line, &failure).with("given up", given_up));
                if !given_up {
                    return Err(Undone);
                }
                *unreachable |= failure.class == Class::Undeliverable;
                let another = (failure.class == Class::NotThreadOwner)
                    .then(|| Millis(host.clock.now().0.saturating_add(MUTE)));
                // Who wants to be forgotten is, also where they cannot be told so. A "yes" that is typed to somebody
                // else may be about something else.
                if effect == Effect::Forget && another.is_none() {
                    return self.forget(person, item, &event, muted, known).await;
                }
                // Nothing was said, so the conversation stays where it is.
                let what = another.map_or(HostEvent::Failed, HostEvent::MutedUntil);
                let event = host_event(input.at, input.id, what);
                self.keep(person, item, event, Some(failure.class), known).await
            }
        }
    }

    /// What an item is to the engine.
    fn input_of(&self, item: &Item, known: &Known) -> Option<Input> {
        let mut input = item.input()?;
        let What::Input { via, link, .. } = &item.what else { return None };
        if let (None, Some(link)) = (known.history.newest(), link) {
            input.kind = link.clone();
        }
        if *via == Via::Like {
            // To a question that is answered with yes or no, a thumbs-up is a yes. To any other it is a picture.
            let yes = Input { kind: InputKind::Text("yes".to_owned()), ..input.clone() };
            let turn = turn(self.host.tree, &known.history, &yes, &TurnOptions::default());
            if turn.event.matched.is_some_and(|matched| matched.answer.is_some()) {
                return Some(yes);
            }
        }
        Some(input)
    }

    /// What the store and this isolate know.
    async fn known(&self, person: &Person, items: &[&Item]) -> Result<Known, StoreError> {
        let before = items.first().map_or(Millis(0), |item| item.at);
        self.count();
        let listing = self.host.store.newest(person).await?;
        let mut known = Known::read(&listing, before);
        self.host.memory.borrow().add_to(&mut known, person);
        Ok(known)
    }

    /// Whether an input is answered that is older than what was listed.
    async fn is_answered_long_ago(
        &self,
        person: &Person,
        item: &Item,
        id: &str,
        known: &Known,
    ) -> Result<bool, StoreError> {
        if !known.more || known.since.is_some_and(|since| since < item.at) {
            return Ok(false);
        }
        self.count();
        let rows = self.host.store.of_moment(person, item.at).await?;
        Ok(rows.iter().any(|row| row.stamp().is_some_and(|(_, of)| of == id)))
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

    pub(crate) fn left(&self) -> i64 {
        let deadline = self.started.0.saturating_add(BUDGET);
        deadline.saturating_sub(self.host.clock.now().0)
    }

    pub(crate) fn too_old(&self, item: &Item) -> bool {
        self.host.clock.now().0.saturating_sub(item.at.0) > GIVE_UP
    }

    pub(crate) fn count(&self) {
        self.calls.set(self.calls.get().saturating_add(1));
    }

    pub(crate) fn log(&self, line: Line) {
        (self.host.log)(line);
    }
}

/// Whether an input says by itself that it is about the deletion of everything, whoever else answers: a press that leads
/// there or answers it, or the whole words for it. A typed "yes" does not say so.
fn is_about_deletion(kind: &InputKind, taken: &Turn<'_>, known: &Known) -> bool {
    match kind {
        InputKind::Forget | InputKind::Confirm { forget: true } => true,
        InputKind::Confirm { forget: false } => {
            known.history.newest().is_some_and(|newest| newest.pending == Pending::Forget)
        }
        InputKind::Text(_) => {
            let is_command = taken.event.matched.as_ref().is_some_and(|m| m.tier == Tier::Command);
            is_command && taken.event.pending == Pending::Forget
        }
        InputKind::Start { .. }
        | InputKind::Tap { .. }
        | InputKind::Back
        | InputKind::Restart
        | InputKind::Help
        | InputKind::Unsupported => false,
    }
}

/// A finger that came down twice: the same button, leading to the same place, or the same entry of the menu, within
/// moments of the press that was answered.
fn is_double_tap(event: &Event, effect: Effect, known: &Known) -> bool {
    let soon = |before: Millis| event.at.0.abs_diff(before.0) <= DOUBLE_TAP.unsigned_abs();
    let Some(newest) = known.history.newest() else {
        // Nothing is left of a deletion but when it was, and whether it was told.
        let deleted = || known.wish.as_ref().is_some_and(|wish| wish.told && soon(wish.at));
        return effect == Effect::Forget && matches!(event.input, Recorded::Tap(_)) && deleted();
    };
    if newest.input != event.input || !soon(newest.at) {
        return false;
    }
    match event.input {
        Recorded::Tap(_) | Recorded::Start => newest.place == event.place,
        // Wherever they lead: another "Back" would take one more answer back.
        Recorded::Back | Recorded::Restart | Recorded::Help | Recorded::Forget => true,
        Recorded::Text(_) | Recorded::Unsupported | Recorded::Host(_) => false,
    }
}

/// Whether an item is a pressed "Yes" to the deletion of everything.
fn is_pressed_yes(item: &Item) -> bool {
    item.input().is_some_and(|input| input.kind == InputKind::Confirm { forget: true })
}

/// A press that is recorded and no more: the conversation stays where it is, as does the time of the press that was
/// answered.
fn stays(event: Event) -> Event {
    let Event { at, id, input, .. } = event;
    let nothing = host_event(at, id, HostEvent::Failed);
    Event { input, ..nothing }
}

/// What an item's event is called. Those that are no inputs are told apart: they are looked for in every listing.
pub(crate) fn event_id(item: &Item) -> Cow<'_, str> {
    match item.what {
        What::Input { .. } => item.id().into(),
        What::Echo { .. } | What::Handover { .. } | What::Unsent { .. } | What::Ignored(_) => {
            format!("{CONTROL}{}", item.id()).into()
        }
    }
}

pub(crate) fn line(item: &Item, person: &Person) -> Line {
    Line::about("input").with("kind", item.what.as_str()).person(person.pseudonym())
}

pub(crate) fn failed(line: Line, failure: &Failure) -> Line {
    line.with("class", failure.class.as_str())
        .with("code", failure.code)
        .with("subcode", failure.subcode)
        .with("fbtrace_id", failure.trace.as_deref())
        .with("alert", failure.class.advice())
}
