//! Workers KV as it may be: what is written is seen later, elsewhere much later, and not in its order; a miss is
//! remembered; and now and then it does not answer, or answers that it has failed when it has not.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_executor::block_on;
use serde_json::json;
use treebot::Millis;
use treebot_worker::gate::Stop;
use treebot_worker::keys::{self, CALLS_AT_ONCE, Namespace};
use treebot_worker::store::{
    Forgotten, LISTED, Listing, Person, Row, Store, StoreError, Wish, Written, stop_key,
};

use crate::fakes::{count_down, yield_now};

/// "60 seconds or more", of which the more is not needed: it changes nothing but how long a test has to wait.
pub(crate) const STALE: i64 = 60_000;

/// One namespace, seen from all its locations.
pub(crate) struct StaleKv {
    clock: Rc<Cell<i64>>,
    changes: RefCell<Vec<Change>>,
    /// What `get` has found at a location, and when: nothing counts as well.
    cached: RefCell<BTreeMap<(usize, String), Got>>,
    /// How late writes are seen.
    pub(crate) lateness: Cell<Lateness>,
    /// How many of the next writes fail, and how many of the next listings.
    pub(crate) failing_writes: Cell<u32>,
    pub(crate) failing_lists: Cell<u32>,
    /// How many listings are answered before these fail.
    pub(crate) answered_lists: Cell<u32>,
    pub(crate) failing_deletes: Cell<u32>,
    /// For how many seconds what was written last is kept, by its key.
    pub(crate) expires: RefCell<BTreeMap<String, u64>>,
    /// For how many seconds events are kept.
    pub(crate) retention: Cell<u64>,
    /// One in so many calls fails, half of these writes having been done; 0 for none.
    pub(crate) failing_one_in: Cell<u64>,
    luck: Cell<u64>,
    pub(crate) calls: Cell<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lateness {
    /// As Miniflare's: at once.
    None,
    /// Nobody sees what is written after this time.
    After(i64),
    /// At once where it was written, mostly; elsewhere within [`STALE`], each write by itself.
    Random,
}

/// What was found, and when.
type Got = (i64, Option<String>);

struct Change {
    at: i64,
    location: usize,
    key: String,
    /// The metadata and the value; none where it is deleted.
    content: Option<(String, String)>,
    luck: u64,
}

/// The namespace from one location.
pub(crate) struct Location<'a> {
    pub(crate) kv: &'a StaleKv,
    pub(crate) number: usize,
}

impl StaleKv {
    pub(crate) fn new(clock: Rc<Cell<i64>>, seed: u64) -> Self {
        Self {
            clock,
            changes: RefCell::default(),
            cached: RefCell::default(),
            lateness: Cell::new(Lateness::None),
            failing_writes: Cell::default(),
            failing_lists: Cell::default(),
            answered_lists: Cell::default(),
            failing_deletes: Cell::default(),
            expires: RefCell::default(),
            retention: Cell::new(60),
            failing_one_in: Cell::default(),
            luck: Cell::new(seed | 1),
            calls: Cell::default(),
        }
    }

    /// From now on nobody sees what is written.
    pub(crate) fn freeze(&self) {
        self.lateness.set(Lateness::After(self.clock.get()));
    }

    /// Everything, as it is in the end.
    pub(crate) fn all(&self) -> BTreeMap<String, (String, String)> {
        let mut all = BTreeMap::new();
        for change in self.changes.borrow().iter() {
            match &change.content {
                Some(content) => all.insert(change.key.clone(), content.clone()),
                None => all.remove(&change.key),
            };
        }
        all
    }

    /// The events, as they are in the end.
    pub(crate) fn events(&self) -> Vec<Row> {
        let all = self.all().into_iter().filter(|(key, _)| key.starts_with("e1:"));
        let rows = all.map(|(key, (metadata, _))| Row::new(key, Some(metadata)));
        rows.filter(|row| row.wish().is_none()).collect()
    }

    /// Every event that there ever was, also where another one took its place.
    pub(crate) fn versions(&self) -> Vec<Row> {
        let changes = self.changes.borrow();
        let written = changes.iter().filter(|change| change.key.starts_with("e1:"));
        let row = |change: &Change| {
            Some(Row::new(change.key.as_str(), Some(change.content.as_ref()?.0.clone())))
        };
        written.filter_map(row).filter(|row| row.wish().is_none()).collect()
    }

    fn seen(&self, location: usize) -> BTreeMap<String, (String, String)> {
        let now = self.clock.get();
        let mut seen = BTreeMap::new();
        for change in self.changes.borrow().iter() {
            let lateness = match (self.lateness.get(), change.location == location) {
                (Lateness::None, _) => 0,
                (Lateness::After(frozen), _) => {
                    if change.at >= frozen {
                        i64::MAX
                    } else {
                        0
                    }
                }
                (Lateness::Random, true) if change.luck % 4 > 0 => 0,
                (Lateness::Random, _) => {
                    let luck = change.luck.wrapping_mul(location as u64 + 7) >> 16;
                    i64::try_from(luck % STALE as u64).unwrap()
                }
            };
            if now.saturating_sub(change.at) < lateness {
                continue;
            }
            match &change.content {
                Some(content) => seen.insert(change.key.clone(), content.clone()),
                None => seen.remove(&change.key),
            };
        }
        seen
    }

    fn change(&self, location: usize, key: &str, content: Option<(String, String)>) {
        let change = Change {
            at: self.clock.get(),
            location,
            key: key.to_owned(),
            content,
            luck: self.dice(),
        };
        self.changes.borrow_mut().push(change);
    }

    fn dice(&self) -> u64 {
        let luck = self
            .luck
            .get()
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.luck.set(luck);
        luck >> 20
    }

    fn fails(&self) -> bool {
        self.calls.set(self.calls.get() + 1);
        let one_in = self.failing_one_in.get();
        one_in > 0 && self.dice().is_multiple_of(one_in)
    }
}

impl Location<'_> {
    fn listed(&self, prefix: &str, most: usize) -> Vec<Row> {
        let seen = self.kv.seen(self.number).into_iter().filter(|(key, _)| key.starts_with(prefix));
        seen.take(most).map(|(key, (metadata, _))| Row::new(key, Some(metadata))).collect()
    }

    fn get(&self, key: &str) -> Option<String> {
        let now = self.kv.clock.get();
        let name = (self.number, key.to_owned());
        if let Some((since, found)) = self.kv.cached.borrow().get(&name)
            && self.kv.lateness.get() == Lateness::Random
            && now - since < STALE
        {
            return found.clone();
        }
        let found = self.kv.seen(self.number).get(key).map(|(_, value)| value.clone());
        self.kv.cached.borrow_mut().insert(name, (now, found.clone()));
        found
    }

    fn write(&self, key: &str, content: Option<(String, String)>) -> Result<(), StoreError> {
        assert!(key.len() <= 512, "Workers KV keys");
        if let Some((metadata, _)) = &content {
            assert!(json!(metadata).to_string().len() <= 1024, "Workers KV metadata");
        }
        if count_down(&self.kv.failing_writes) {
            return Err(StoreError);
        }
        let fails = self.kv.fails();
        if !fails || self.kv.dice().is_multiple_of(2) {
            self.kv.change(self.number, key, content);
        }
        if fails { Err(StoreError) } else { Ok(()) }
    }

    fn answers(&self) -> Result<(), StoreError> {
        let is_answered = count_down(&self.kv.answered_lists);
        let fails = !is_answered && count_down(&self.kv.failing_lists);
        if fails || self.kv.fails() { Err(StoreError) } else { Ok(()) }
    }

    /// As the scheduled handler does.
    pub(crate) fn forget_the_rest(&self) {
        self.kv.calls.set(0);
        let now = Millis(self.kv.clock.get());
        let done = block_on(keys::forget_the_rest(self, now));
        assert!(done.is_ok() || self.kv.failing_one_in.get() > 0);
        assert!(
            self.kv.calls.get() <= CALLS_AT_ONCE,
            "the scheduled handler does other things, too"
        );
    }
}

impl Namespace for Location<'_> {
    async fn list(&self, prefix: &str, most: usize) -> Result<Vec<Row>, StoreError> {
        yield_now().await;
        self.answers()?;
        Ok(self.listed(prefix, most))
    }

    async fn put(
        &self,
        key: &str,
        value: &str,
        metadata: Option<&str>,
        seconds: u64,
    ) -> Result<(), StoreError> {
        yield_now().await;
        assert!(seconds >= 60, "Workers KV expiration");
        self.kv.expires.borrow_mut().insert(key.to_owned(), seconds);
        self.write(key, Some((metadata.unwrap_or_default().to_owned(), value.to_owned())))
    }

    async fn delete(&self, key: &str) -> Result<(), StoreError> {
        yield_now().await;
        if count_down(&self.kv.failing_deletes) {
            return Err(StoreError);
        }
        self.write(key, None)
    }
}

impl Store for Location<'_> {
    async fn newest(&self, person: &Person) -> Result<Listing, StoreError> {
        self.list(&person.prefix(), LISTED).await.map(Listing::of)
    }

    async fn of_moment(&self, person: &Person, at: Millis) -> Result<Vec<Row>, StoreError> {
        self.list(&person.moment(at), LISTED).await
    }

    async fn append(&self, _: &Person, event: &Written) -> Result<(), StoreError> {
        keys::append(self, event, self.kv.retention.get()).await
    }

    async fn forget(
        &self,
        person: &Person,
        wish: &Wish,
        calls: u32,
    ) -> Result<Forgotten, StoreError> {
        let retention = self.kv.retention.get();
        keys::forget(self, person, wish, retention, calls).await
    }

    async fn told(&self, person: &Person, wish: &Wish) -> Result<(), StoreError> {
        keys::told(self, person, wish).await
    }

    async fn stop_of(&self, page: &str) -> Result<Option<Stop>, StoreError> {
        yield_now().await;
        Ok(self.get(&stop_key(page)).and_then(|text| Stop::read(&text)))
    }

    async fn keep_stop(&self, page: &str, stop: Option<&Stop>) -> Result<(), StoreError> {
        yield_now().await;
        self.write(&stop_key(page), stop.map(|stop| (stop.to_text(), stop.to_text())))
    }
}
