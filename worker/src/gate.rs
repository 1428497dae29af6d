//! Pages that nothing is sent for at the moment, because Meta has said so.
//!
//! What one message is refused for holds for all messages of the page: one that is sent all the same makes it worse.
//! A stop is known at once to the isolate that met it. One that lasts is noted in KV, where the others look at most
//! once a minute; a short one would be over before they saw it, so each of them meets it by itself. At level 1 a person's
//! object, which meets it, and the Worker before it tell each other ([`Told`]).

use treebot::Millis;
use treebot_messenger::errors::{Class, Failure};

/// How long a page is left alone when Meta says "too many calls" without saying how long; twice as long each time.
const SHORTEST: i64 = 30_000;
/// The longest of these.
const LONGEST: i64 = 60 * 60 * 1000;
/// How long after Meta has warned or restricted a page a message is tried again; twice as long each time.
const AFTER_WARNING: i64 = 60 * 60 * 1000;
/// The longest of these.
const LONGEST_AFTER_WARNING: i64 = 24 * 60 * 60 * 1000;
/// A stop that lasts longer is noted for the other isolates: KV shows it to them after a minute.
const WORTH_NOTING: i64 = 2 * 60 * 1000;
/// How often the note is looked at.
const LOOK_AGAIN: i64 = 60 * 1000;
/// The end of a stop that only another configuration ends.
const NEVER: Millis = Millis(9_999_999_999_999);

/// Why nothing is sent for a page, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What Meta has said.
    pub class: Class,
    /// Until when it holds.
    pub until: Millis,
    /// What tells the configuration apart with which it was said: a refused token is refused until it is changed.
    pub config: String,
}

/// What one isolate tells another about a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How often in a row Meta has refused a message.
    pub refused: u32,
    /// Why nothing is sent now, and until when.
    pub stop: Option<Stop>,
}

/// What one isolate knows about pages.
#[derive(Debug, Default)]
pub struct Gates(Vec<Gate>);

#[derive(Debug)]
struct Gate {
    page: String,
    stop: Option<Stop>,
    since: Millis,
    failures: u32,
    /// Whether there is a note in KV.
    noted: bool,
    looked: Option<Millis>,
}

impl Stop {
    /// As it is written.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{} {} {}", self.class.as_str(), self.until.0, self.config)
    }

    /// As it was written.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let class = Class::parse(parts.next()?)?;
        let until = Millis(parts.next()?.parse().ok()?);
        Some(Self { class, until, config: parts.next()?.to_owned() })
    }

    /// Whether it still holds.
    #[must_use]
    pub fn holds(&self, now: Millis, config: &str) -> bool {
        now < self.until && (self.class != Class::Auth || self.config == config)
    }
}

impl Told {
    /// As it is written.
    #[must_use]
    pub fn to_text(&self) -> String {
        let stop = self.stop.as_ref().map(Stop::to_text).unwrap_or_default();
        format!("{} {stop}", self.refused).trim_end().to_owned()
    }

    /// As it was written.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (refused, stop) = text.split_once(' ').unwrap_or((text, ""));
        let stop = if stop.is_empty() { None } else { Some(Stop::read(stop)?) };
        Some(Self { refused: refused.parse().ok()?, stop })
    }
}

impl Gates {
    /// Why nothing is sent for a page now.
    #[must_use]
    pub fn stop_of(&self, page: &str, now: Millis, config: &str) -> Option<Class> {
        let stop = self.find(page)?.stop.as_ref()?;
        stop.holds(now, config).then_some(stop.class)
    }

    /// What another isolate is to know of a page.
    #[must_use]
    pub fn told(&self, page: &str, now: Millis, config: &str) -> Told {
        let Some(gate) = self.find(page) else { return Told::default() };
        let stop = gate.stop.clone().filter(|stop| stop.holds(now, config));
        Told { refused: gate.failures, stop }
    }

    /// Adds what another isolate knows.
    pub fn add(&mut self, page: &str, now: Millis, told: &Told) {
        if *told == Told::default() {
            return;
        }
        self.with(page, |gate| {
            gate.failures = gate.failures.max(told.refused);
            gate.shut(now, told.stop.clone());
        });
    }

    /// Takes over what has happened in another isolate.
    pub fn take_over(&mut self, page: &str, now: Millis, told: &Told) {
        self.with(page, |gate| {
            gate.failures = told.refused;
            match &told.stop {
                Some(stop) => gate.shut(now, Some(stop.clone())),
                None => gate.stop = None,
            }
        });
    }

    /// Whether Meta has lately asked for fewer calls: what is not needed is left out then.
    #[must_use]
    pub fn is_sore(&self, page: &str) -> bool {
        self.find(page).is_some_and(|gate| gate.failures > 0)
    }

    /// Whether it is time to look at the note of a page; if so, it counts as looked at.
    pub fn look(&mut self, page: &str, now: Millis) -> bool {
        self.with(page, |gate| {
            let due = gate.looked.is_none_or(|looked| (now.0 - looked.0).abs() >= LOOK_AGAIN);
            if due {
                gate.looked = Some(now);
            }
            due
        })
    }

    /// Takes over what the note says.
    pub fn seen(&mut self, page: &str, now: Millis, note: Option<Stop>) {
        self.with(page, |gate| match note {
            Some(note) => {
                gate.noted = true;
                gate.shut(now, Some(note));
            }
            // Somebody has taken it away; unless KV does not show yet what this isolate has just written.
            None if gate.noted && (now.0 - gate.since.0).abs() >= WORTH_NOTING => {
                gate.noted = false;
                gate.stop = None;
            }
            None => {}
        });
    }

    /// A message was refused. Gives the stop, if there is one now, and whether it is to be noted.
    pub fn failed(
        &mut self,
        page: &str,
        now: Millis,
        failure: &Failure,
        config: &str,
    ) -> Option<(Stop, bool)> {
        self.with(page, |gate| gate.failed(now, failure, config))
    }

    /// A message was taken. Says whether a note is to be taken away.
    pub fn succeeded(&mut self, page: &str) -> bool {
        let Some(gate) = self.0.iter_mut().find(|gate| gate.page == page) else { return false };
        gate.failures = 0;
        gate.stop = None;
        std::mem::take(&mut gate.noted)
    }

    fn find(&self, page: &str) -> Option<&Gate> {
        self.0.iter().find(|gate| gate.page == page)
    }

    /// Does something with what is known about a page.
    fn with<T>(&mut self, page: &str, what: impl FnOnce(&mut Gate) -> T) -> T {
        let known = self.0.iter().position(|gate| gate.page == page);
        let mut gate = known.map_or_else(|| Gate::of(page), |at| self.0.remove(at));
        let result = what(&mut gate);
        // A bot has a handful of pages. Whatever comes, this stays small.
        if self.0.len() >= MAX_PAGES {
            self.0.remove(0);
        }
        self.0.push(gate);
        result
    }
}

impl Gate {
    fn of(page: &str) -> Self {
        Self {
            page: page.to_owned(),
            stop: None,
            since: Millis(0),
            failures: 0,
            noted: false,
            looked: None,
        }
    }

    /// Holds for longer, where that is what others say.
    fn shut(&mut self, now: Millis, stop: Option<Stop>) {
        let until = self.stop.as_ref().map(|stop| stop.until);
        if stop.as_ref().is_some_and(|stop| until.is_none_or(|until| until < stop.until)) {
            self.stop = stop;
            self.since = now;
        }
    }

    fn failed(&mut self, now: Millis, failure: &Failure, config: &str) -> Option<(Stop, bool)> {
        // Calls that were under way together are one failure.
        let is_shut = self.stop.as_ref().is_some_and(|stop| stop.holds(now, config));
        let failures = if is_shut { self.failures.max(1) } else { self.failures.saturating_add(1) };
        let longer = |first: i64| first.saturating_mul(1 << (failures - 1).min(16));
        let wait = match failure.class {
            Class::RateLimited => {
                failure.wait.map_or_else(|| longer(SHORTEST).min(LONGEST), |wait| wait.0)
            }
            Class::CircuitBreak => longer(AFTER_WARNING).min(LONGEST_AFTER_WARNING),
            Class::Auth => NEVER.0,
            Class::Transient
            | Class::Permission
            | Class::WindowClosed
            | Class::Undeliverable
            | Class::NotThreadOwner
            | Class::BadRequest => return None,
        };
        let until = Millis(now.0.saturating_add(wait).min(NEVER.0));
        let stop = Stop { class: failure.class, until, config: config.to_owned() };
        self.failures = failures;
        self.since = now;
        self.noted |= wait >= WORTH_NOTING;
        self.stop = Some(stop.clone());
        Some((stop, wait >= WORTH_NOTING))
    }
}

/// The most pages that are remembered.
const MAX_PAGES: usize = 100;
