//! A Graph API, a clock and Durable Objects that do as they are told, and everything around the Worker.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::task::Poll;

use serde_json::{Value, json};
use treebot::{LoadOptions, Millis, Tree, load_with};
use treebot_messenger::errors::{Class, Failure, Sent};
use treebot_messenger::incoming::{only, read};
use treebot_messenger::outgoing::graphemes;
use treebot_messenger::signature::sign;
use treebot_worker::answer::Answer;
use treebot_worker::config::Config;
use treebot_worker::delivery::{
    Answered, Clock, Elsewhere, Graph, Host, NoAnswer, Part, answer_person,
};
use treebot_worker::gate::Told;
use treebot_worker::keys::seconds;
use treebot_worker::log::Line;
use treebot_worker::memory::Memory;
use treebot_worker::sequencer::{Notebook, Sequenced};
use treebot_worker::store::{Person, StoreError};
use treebot_worker::webhook::{Head, receive};

use crate::kv::{Location, StaleKv};

pub(crate) const PAGE: &str = "104512345678901";
pub(crate) const APP: &str = "812345678901234";
const SECRET: &str = "fixture-app-secret";
pub(crate) const TOKEN: &str = "fixture-page-token";

/// Everything around the Worker.
pub(crate) struct World {
    pub(crate) tree: Tree,
    pub(crate) config: Config,
    pub(crate) kv: StaleKv,
    pub(crate) graph: FakeGraph,
    pub(crate) clock: FakeClock,
    /// Isolates, each at a location of its own.
    pub(crate) memories: [RefCell<Memory>; 3],
    /// Level 1: one object for each person.
    objects: Option<RefCell<BTreeMap<String, Rc<Object>>>>,
    /// Whether no object answers.
    pub(crate) broken_objects: Cell<bool>,
    /// How many parts of deliveries were handed to objects.
    pub(crate) handed_over: Cell<u32>,
    /// What the objects are told by their operator, where it is not the same.
    pub(crate) config_of_objects: Option<Config>,
    pub(crate) log: RefCell<Vec<String>>,
}

/// One person's object: its storage, and the isolate that it lives in.
#[derive(Default)]
pub(crate) struct Object {
    pub(crate) notes: RefCell<BTreeMap<String, String>>,
    /// The ids of events in the order in which they were first kept.
    pub(crate) order: RefCell<Vec<String>>,
    memory: RefCell<Memory>,
}

/// The Graph API: answers from `script` first, then takes everything.
#[derive(Default)]
pub(crate) struct FakeGraph {
    pub(crate) script: RefCell<VecDeque<Failure>>,
    /// How many calls are taken before the script begins.
    pub(crate) first: Cell<u32>,
    pub(crate) sent: RefCell<Vec<Value>>,
    pub(crate) hints: RefCell<Vec<Value>>,
    pub(crate) calls: Cell<u32>,
    /// How many of the next calls do what they are asked to, and then do not say so.
    pub(crate) silent: Cell<u32>,
}

pub(crate) struct FakeClock(pub(crate) Rc<Cell<i64>>);

impl World {
    pub(crate) fn new() -> Self {
        Self::of_level(0, 1)
    }

    /// One of each level: what holds must hold at both.
    pub(crate) fn both() -> [Self; 2] {
        [Self::of_level(0, 1), Self::of_level(1, 1)]
    }

    pub(crate) fn of_level(level: u8, seed: u64) -> Self {
        Self::with_settings(level, seed, &[])
    }

    pub(crate) fn with_settings(level: u8, seed: u64, settings: &[(&str, &str)]) -> Self {
        let source = include_str!("../../../messenger/tests/fixtures/tree.yaml");
        let get = |name: &str| match name {
            "APP_SECRET" => Some(SECRET.to_owned()),
            "VERIFY_TOKEN" => Some("x".to_owned()),
            "PAGE_ACCESS_TOKEN" => Some(TOKEN.to_owned()),
            _ => settings
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned()),
        };
        let clock = Rc::new(Cell::new(1_795_330_800_000));
        let config = Config::read(get, true).unwrap();
        let kv = StaleKv::new(Rc::clone(&clock), seed);
        kv.retention.set(seconds(config.retention_days));
        Self {
            tree: tree(source),
            config,
            kv,
            graph: FakeGraph::default(),
            clock: FakeClock(clock),
            memories: Default::default(),
            objects: (level > 0).then(RefCell::default),
            broken_objects: Cell::default(),
            handed_over: Cell::default(),
            config_of_objects: None,
            log: RefCell::default(),
        }
    }

    /// The operator binds the objects, or takes the binding away; all isolates are new.
    pub(crate) fn switch_to(&mut self, level: u8) {
        self.objects = (level > 0).then(RefCell::default);
        self.evict();
    }

    /// All isolates are new.
    pub(crate) fn evict(&self) {
        self.memories.iter().for_each(|memory| drop(memory.take()));
        for object in self
            .objects
            .iter()
            .flat_map(|objects| objects.borrow().values().cloned().collect::<Vec<_>>())
        {
            object.memory.take();
        }
    }

    /// Delivers items to one of the isolates.
    pub(crate) async fn deliver_to(&self, isolate: usize, items: &[Value]) -> Answer {
        let body = json!({"object": "page", "entry": [{"id": PAGE, "messaging": items}]});
        self.post_to(isolate, &body.to_string()).await
    }

    /// Posts a body to one of the isolates.
    pub(crate) async fn post_to(&self, isolate: usize, body: &str) -> Answer {
        let head = Head { signature: Some(sign(body.as_bytes(), SECRET)), length: None };
        let log = |line: Line| self.log.borrow_mut().push(line.to_text());
        let store = Location { kv: &self.kv, number: isolate };
        let host = Host {
            tree: &self.tree,
            config: &self.config,
            store: &Sequenced::<Notes<'_>, _> { notebook: None, store },
            graph: &self.graph,
            clock: &self.clock,
            memory: self.memories.get(isolate).unwrap(),
            graphemes,
            log: &log,
        };
        receive(&host, &head, async |_| Ok(body.as_bytes().to_vec()), &Objects(Some(self))).await
    }

    pub(crate) fn deliver(&self, items: &[Value]) -> u16 {
        futures_executor::block_on(self.deliver_to(0, items)).status
    }

    /// A text that somebody types now.
    pub(crate) fn text(&self, person: u32, mid: &str, text: &str) -> Value {
        item(person, self.now(), json!({"message": {"mid": mid, "text": text}}))
    }

    /// A button that somebody presses now.
    pub(crate) fn tap(&self, person: u32, mid: &str, title: &str, payload: &str) -> Value {
        let postback = json!({"mid": mid, "title": title, "payload": payload});
        item(person, self.now(), json!({"postback": postback}))
    }

    /// The first line of what was said, message by message.
    pub(crate) fn said(&self) -> Vec<String> {
        self.graph.sent.borrow().iter().map(first_line).collect()
    }

    /// The payload of a button that was shown.
    pub(crate) fn payload(&self, title: &str) -> String {
        let sent = self.graph.sent.borrow();
        let presses = sent.iter().rev().flat_map(presses);
        let mut found = presses.filter(|(known, _)| known == title);
        found.next().unwrap().1
    }

    pub(crate) fn later(&self, millis: i64) {
        self.clock.0.set(self.now() + millis);
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.0.get()
    }

    /// A person as storage knows them.
    pub(crate) fn person(&self, number: u32) -> Person {
        Person::new(&self.config.state_secret, PAGE, &format!("61{number}"))
    }

    /// The object of a person.
    pub(crate) fn object(&self, person: &Person) -> Option<Rc<Object>> {
        let mut objects = self.objects.as_ref()?.borrow_mut();
        Some(Rc::clone(objects.entry(person.pseudonym().to_owned()).or_default()))
    }
}

/// A tree of this source, as the Worker calls it.
pub(crate) fn tree(source: &str) -> Tree {
    let options = LoadOptions { name: Some("test".to_owned()), ..LoadOptions::default() };
    load_with(source, &options).tree.unwrap()
}

/// An item of a delivery, from a person at a time.
pub(crate) fn item(person: u32, at: i64, what: Value) -> Value {
    let mut item = json!({"sender": {"id": format!("61{person}")}, "recipient": {"id": PAGE}, "timestamp": at});
    item.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
    item
}

/// The echo of what the page says to a person.
pub(crate) fn echo(
    person: u32,
    at: i64,
    mid: &str,
    app: Option<&str>,
    metadata: Option<&str>,
) -> Value {
    let message = json!({"mid": mid, "is_echo": true, "app_id": app, "metadata": metadata, "text": "words of the page"});
    json!({"sender": {"id": PAGE}, "recipient": {"id": format!("61{person}")}, "timestamp": at, "message": message})
}

pub(crate) fn first_line(body: &Value) -> String {
    let text =
        body.pointer("/message/text").or_else(|| body.pointer("/message/attachment/payload/text"));
    text.and_then(Value::as_str).unwrap().lines().next().unwrap().to_owned()
}

/// What can be pressed under a message: titles and payloads.
pub(crate) fn presses(body: &Value) -> Vec<(String, String)> {
    let quick = body
        .pointer("/message/quick_replies")
        .or_else(|| body.pointer("/message/attachment/payload/buttons"));
    let text =
        |press: &Value, name: &str| press.get(name).and_then(Value::as_str).unwrap().to_owned();
    let list = quick.and_then(Value::as_array).into_iter().flatten();
    list.map(|press| (text(press, "title"), text(press, "payload"))).collect()
}

pub(crate) fn count_down(counter: &Cell<u32>) -> bool {
    let left = counter.get();
    counter.set(left.saturating_sub(1));
    left > 0
}

/// A refusal of this class.
pub(crate) fn refusal(class: Class) -> Failure {
    Failure { class, ..Failure::no_answer() }
}

/// Durable Objects: one for each person, wherever a delivery comes in.
pub(crate) struct Objects<'a>(Option<&'a World>);

/// Nobody: everything is answered where it is.
pub(crate) const NOBODY: Objects<'static> = Objects(None);

impl Elsewhere for Objects<'_> {
    fn is_there(&self) -> bool {
        self.0.is_some_and(|world| world.objects.is_some())
    }

    async fn answer(&self, part: &Part<'_>, told: &Told) -> Option<Result<Answered, NoAnswer>> {
        let world = self.0?;
        let object = world.object(part.person)?;
        yield_now().await;
        if world.broken_objects.get() {
            return Some(Err(NoAnswer));
        }
        let id = &part.items.first().unwrap().person;
        let body = if part.alone { part.body.to_vec() } else { only(part.body, PAGE, id) };
        let config = world.config_of_objects.as_ref().unwrap_or(&world.config);
        let delivery = read(&body, &config.pages, part.started).unwrap();
        let log = |line: Line| world.log.borrow_mut().push(line.to_text());
        let store = Location { kv: &world.kv, number: 9 };
        let host = Host {
            tree: &world.tree,
            config,
            store: &Sequenced { notebook: Some(Notes(&object)), store },
            graph: &world.graph,
            clock: &world.clock,
            memory: &object.memory,
            graphemes,
            log: &log,
        };
        let who = part.person.pseudonym();
        world.handed_over.set(world.handed_over.get() + 1);
        // As it goes over the wire.
        let told = Told::read(&told.to_text()).unwrap();
        Some(Box::pin(answer_person(&host, &delivery, who, part.started, &told, &NOBODY)).await)
    }
}

/// An object's storage.
pub(crate) struct Notes<'a>(pub(crate) &'a Object);

impl Notebook for Notes<'_> {
    fn list(&self, prefix: &str, most: usize) -> Result<Vec<(String, String)>, StoreError> {
        let notes = self.0.notes.borrow();
        let found = notes.iter().filter(|(key, _)| key.starts_with(prefix)).take(most);
        Ok(found.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.0.notes.borrow().get(key).cloned())
    }

    fn put(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let id = key.rsplit(':').next().unwrap().to_owned();
        if self.0.notes.borrow_mut().insert(key.to_owned(), value.to_owned()).is_none()
            && key.starts_with("e:")
        {
            self.0.order.borrow_mut().push(id);
        }
        Ok(())
    }

    fn delete(&self, key: &str) -> Result<(), StoreError> {
        self.0.notes.borrow_mut().remove(key);
        Ok(())
    }
}

impl Graph for FakeGraph {
    async fn send(&self, page: &str, body: &str, within: Millis) -> Result<Sent, Failure> {
        assert_eq!(page, PAGE);
        assert!((1..=2000).contains(&within.0));
        self.calls.set(self.calls.get() + 1);
        yield_now().await;
        let refused =
            if count_down(&self.first) { None } else { self.script.borrow_mut().pop_front() };
        if let Some(refused) = refused {
            return Err(refused);
        }
        let body: Value = serde_json::from_str(body).unwrap();
        within_limits(&body);
        self.sent.borrow_mut().push(body);
        if count_down(&self.silent) { Err(Failure::no_answer()) } else { Ok(Sent::default()) }
    }

    fn hint(&self, _: &str, body: &str) {
        self.hints.borrow_mut().push(serde_json::from_str(body).unwrap());
    }
}

/// What Meta documents as limits.
fn within_limits(body: &Value) {
    let message = body.get("message").unwrap();
    assert_eq!(body.get("messaging_type").unwrap(), "RESPONSE");
    let length = |text: &str| text.encode_utf16().count();
    let template = message.pointer("/attachment/payload/text").and_then(Value::as_str);
    let text = message.get("text").and_then(Value::as_str);
    assert!(text.is_some() || message.get("attachment").is_some());
    for (text, most) in
        text.map(|text| (text, 2000)).into_iter().chain(template.map(|text| (text, 640)))
    {
        assert!(!text.trim().is_empty() && length(text) <= most);
    }
    let presses = presses(body);
    assert!(presses.len() <= if template.is_some() { 3 } else { 13 });
    for (title, payload) in presses {
        assert!((1..=20).contains(&length(&title)) && (1..=1000).contains(&length(&payload)));
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
pub(crate) async fn yield_now() {
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
