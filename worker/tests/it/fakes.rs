//! A store, a Graph API and a clock that do as they are told.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::task::Poll;

use serde_json::{Value, json};
use treebot::{Event, LoadOptions, Millis, Tree, load_with};
use treebot_messenger::errors::{Class, Failure, Sent};
use treebot_messenger::signature::sign;
use treebot_worker::answer::Answer;
use treebot_worker::config::Config;
use treebot_worker::delivery::{Clock, Graph, Host};
use treebot_worker::log::Line;
use treebot_worker::memory::Memory;
use treebot_worker::store::{Known, Person, Store, StoreError, Written};
use treebot_worker::webhook::{Head, receive};

pub(crate) const PAGE: &str = "104512345678901";
const SECRET: &str = "fixture-app-secret";

/// Everything around the Worker.
pub(crate) struct World {
    pub(crate) tree: Tree,
    pub(crate) config: Config,
    pub(crate) store: FakeStore,
    pub(crate) graph: FakeGraph,
    pub(crate) clock: FakeClock,
    /// One for each isolate.
    pub(crate) memories: [RefCell<Memory>; 2],
    pub(crate) log: RefCell<Vec<String>>,
}

/// Workers KV, or a bad day of it.
#[derive(Default)]
pub(crate) struct FakeStore {
    pub(crate) written: RefCell<BTreeMap<String, Written>>,
    /// What listings show while they are stale.
    pub(crate) stale: RefCell<Option<BTreeMap<String, Written>>>,
    /// How many of the next writes fail, and how many of the next listings.
    pub(crate) failing_writes: Cell<u32>,
    pub(crate) failing_lists: Cell<u32>,
    pub(crate) forgotten: Cell<u32>,
}

/// The Graph API: answers from `script` first, then takes everything.
#[derive(Default)]
pub(crate) struct FakeGraph {
    pub(crate) script: RefCell<VecDeque<Class>>,
    pub(crate) sent: RefCell<Vec<Value>>,
    pub(crate) calls: Cell<u32>,
}

pub(crate) struct FakeClock(pub(crate) Cell<i64>);

impl World {
    pub(crate) fn new() -> Self {
        let source = include_str!("../../../messenger/tests/fixtures/tree.yaml");
        let tree = load_with(
            source,
            &LoadOptions { name: Some("test".to_owned()), ..LoadOptions::default() },
        )
        .tree;
        let get = |name: &str| match name {
            "APP_SECRET" => Some(SECRET.to_owned()),
            "VERIFY_TOKEN" | "PAGE_ACCESS_TOKEN" => Some("x".to_owned()),
            _ => None,
        };
        Self {
            tree: tree.unwrap(),
            config: Config::read(get, true).unwrap(),
            store: FakeStore::default(),
            graph: FakeGraph::default(),
            clock: FakeClock(Cell::new(1_795_330_800_000)),
            memories: Default::default(),
            log: RefCell::default(),
        }
    }

    /// Delivers items to one of the isolates.
    pub(crate) async fn deliver_to(&self, isolate: usize, items: &[Value]) -> Answer {
        let body =
            json!({"object": "page", "entry": [{"id": PAGE, "messaging": items}]}).to_string();
        let head = Head { signature: Some(sign(body.as_bytes(), SECRET)), length: None };
        let log = |line: Line| self.log.borrow_mut().push(line.to_text());
        let host = Host {
            tree: &self.tree,
            config: &self.config,
            store: &self.store,
            graph: &self.graph,
            clock: &self.clock,
            memory: self.memories.get(isolate).unwrap(),
            log: &log,
        };
        receive(&host, &head, async |_| Ok(body.into_bytes())).await
    }

    pub(crate) fn deliver(&self, items: &[Value]) -> u16 {
        futures_executor::block_on(self.deliver_to(0, items)).status
    }

    /// A text that somebody types now.
    pub(crate) fn text(&self, person: u32, mid: &str, text: &str) -> Value {
        item(person, self.clock.0.get(), json!({"message": {"mid": mid, "text": text}}))
    }

    /// The last line of what was said, message by message.
    pub(crate) fn said(&self) -> Vec<String> {
        let words = |body: &Value| {
            let text = body
                .pointer("/message/text")
                .or_else(|| body.pointer("/message/attachment/payload/text"));
            text.and_then(Value::as_str).unwrap().lines().next().unwrap().to_owned()
        };
        self.graph.sent.borrow().iter().map(words).collect()
    }

    /// The payload of a button that was shown.
    pub(crate) fn payload(&self, title: &str) -> String {
        let sent = self.graph.sent.borrow();
        let presses = sent.iter().rev().flat_map(|body| {
            let quick = body
                .pointer("/message/quick_replies")
                .or_else(|| body.pointer("/message/attachment/payload/buttons"));
            quick.and_then(Value::as_array).cloned().unwrap_or_default()
        });
        let press = presses
            .into_iter()
            .find(|press| press.get("title").and_then(Value::as_str) == Some(title));
        press.unwrap().get("payload").unwrap().as_str().unwrap().to_owned()
    }

    pub(crate) fn later(&self, millis: i64) {
        self.clock.0.set(self.clock.0.get() + millis);
    }
}

/// An item of a delivery, from a person at a time.
pub(crate) fn item(person: u32, at: i64, what: Value) -> Value {
    let mut item = json!({"sender": {"id": format!("61{person}")}, "recipient": {"id": PAGE}, "timestamp": at});
    item.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
    item
}

fn count_down(counter: &Cell<u32>) -> bool {
    let left = counter.get();
    counter.set(left.saturating_sub(1));
    left > 0
}

impl Store for FakeStore {
    async fn newest(&self, person: &Person) -> Result<Known, StoreError> {
        yield_now().await;
        if count_down(&self.failing_lists) {
            return Err(StoreError);
        }
        let (stale, written) = (self.stale.borrow(), self.written.borrow());
        let listed = stale
            .as_ref()
            .unwrap_or(&written)
            .iter()
            .filter(|(key, _)| key.starts_with(&person.prefix()));
        Ok(Known::read(
            listed.map(|(key, written)| (key.as_str(), Some(written.metadata.as_str()))),
        ))
    }

    async fn append(&self, person: &Person, event: &Event) -> Result<(), StoreError> {
        yield_now().await;
        if count_down(&self.failing_writes) {
            return Err(StoreError);
        }
        let written = Written::new(person, event);
        assert!(written.key.len() <= 512, "Workers KV keys");
        assert!(json!(written.metadata).to_string().len() <= 1024, "Workers KV metadata");
        self.written.borrow_mut().insert(written.key.clone(), written);
        Ok(())
    }

    async fn forget(&self, person: &Person) -> Result<(), StoreError> {
        self.forgotten.set(self.forgotten.get() + 1);
        self.written.borrow_mut().retain(|key, _| !key.starts_with(&person.prefix()));
        Ok(())
    }
}

impl Graph for FakeGraph {
    async fn send(&self, page: &str, body: &Value, within: Millis) -> Result<Sent, Failure> {
        assert_eq!(page, PAGE);
        assert!((1..=2000).contains(&within.0));
        self.calls.set(self.calls.get() + 1);
        yield_now().await;
        match self.script.borrow_mut().pop_front() {
            Some(class) => Err(Failure { class, ..Failure::no_answer() }),
            None => {
                self.sent.borrow_mut().push(body.clone());
                Ok(Sent::default())
            }
        }
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Millis {
        Millis(self.0.get())
    }

    async fn sleep(&self, time: Millis) {
        self.0.set(self.0.get() + time.0);
        yield_now().await;
    }
}

/// Lets the others have a go.
async fn yield_now() {
    let mut waited = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            Poll::Ready(())
        } else {
            context.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await;
}
