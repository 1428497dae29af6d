//! Trees that are published while people talk: who may, what is refused, and which one is served whatever the store says.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use futures_executor::block_on;
use treebot::{Bundle, Millis, load};
use treebot_worker::answer::Answer;
use treebot_worker::log::Line;
use treebot_worker::publish::{Answered, Asked, MAX_BUNDLE, Verb, publish, token};
use treebot_worker::served::{
    FRESH, NoTree, Origin, Problem, Served, Shelf, Sources, TreeStore, keys,
};
use treebot_worker::store::StoreError;
use treebot_worker::webhook::BodyError;

const TOKEN: &str = "a-token-of-some-length";
const NAME: &str = "tea";
const BUILT: &str = "title: Built\nsay: Tea?\nanswers: {a: A., b: B.}\n";
const NEW: &str = "title: New\nsay: Tea?\nanswers: {a: A!, c: C.}\n";
const NEWER: &str = "title: Newer\nsay: Tea?\nanswers: {a: A!, d: D.}\n";

/// Workers KV for trees.
#[derive(Default)]
struct Trees {
    kept: RefCell<BTreeMap<String, Vec<u8>>>,
    reads: Cell<u32>,
    fails: Cell<bool>,
    fails_to_write: Cell<bool>,
}

/// One isolate, and the store that it shares with others.
struct Isolate<'a> {
    store: Option<&'a Trees>,
    built: Option<Vec<u8>>,
    shelf: RefCell<Shelf>,
    now: Cell<i64>,
    log: RefCell<String>,
}

impl TreeStore for Trees {
    async fn tree(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.reads.set(self.reads.get() + 1);
        if self.fails.get() {
            return Err(StoreError);
        }
        Ok(self.kept.borrow().get(key).cloned())
    }

    async fn put_tree(&self, key: &str, bundle: &[u8]) -> Result<(), StoreError> {
        if self.fails.get() || self.fails_to_write.get() {
            return Err(StoreError);
        }
        self.kept.borrow_mut().insert(key.to_owned(), bundle.to_vec());
        Ok(())
    }

    async fn delete_tree(&self, key: &str) -> Result<(), StoreError> {
        if self.fails.get() || self.fails_to_write.get() {
            return Err(StoreError);
        }
        self.kept.borrow_mut().remove(key);
        Ok(())
    }
}

impl Trees {
    fn holding(source: &str) -> Self {
        let trees = Self::default();
        for key in keys(NAME) {
            trees.kept.borrow_mut().insert(key, bundle(source));
        }
        trees
    }

    /// Puts these bytes in the place of the tree, or of its copy.
    fn spoil(&self, which: usize, bytes: &[u8]) {
        self.kept.borrow_mut().insert(keys(NAME).get(which).unwrap().clone(), bytes.to_vec());
    }
}

impl<'a> Isolate<'a> {
    fn new(store: &'a Trees) -> Self {
        Self {
            store: Some(store),
            built: Some(compiled(BUILT)),
            shelf: RefCell::default(),
            now: Cell::new(1_795_330_800_000),
            log: RefCell::default(),
        }
    }

    fn sources(&self) -> Sources<'_, Trees> {
        Sources { name: NAME, built: self.built.as_deref(), store: self.store, shelf: &self.shelf }
    }

    fn served(&self) -> Result<Served, NoTree> {
        block_on(self.sources().served(Millis(self.now.get())))
    }

    /// The title of the tree that is served, and what is wrong.
    fn serves(&self) -> (String, Origin, Option<Problem>) {
        let Served { tree, origin, problem } = self.served().unwrap();
        assert_eq!(tree.name(), NAME, "place codes call every tree the same");
        (tree.title().to_owned(), origin, problem)
    }

    fn wait(&self, time: i64) {
        self.now.set(self.now.get() + time);
    }

    fn ask(&self, asked: &Asked, body: Result<Vec<u8>, BodyError>) -> Answered {
        let read = async |most: usize| match body {
            Ok(body) if body.len() > most => Err(BodyError::TooLong),
            body => body,
        };
        let log = |line: Line| self.log.borrow_mut().push_str(&line.to_text());
        let now = Millis(self.now.get());
        block_on(publish(&self.sources(), Some(TOKEN), asked, now, read, &log))
    }

    /// Status and body.
    fn put(&self, body: &[u8]) -> (u16, String) {
        said(self.ask(&asked(Verb::Put), Ok(body.to_vec())))
    }
}

fn compiled(source: &str) -> Vec<u8> {
    load(source).tree.unwrap().of_source(source).compile()
}

fn bundle(source: &str) -> Vec<u8> {
    Bundle::new(&compiled(source), source).to_bytes()
}

fn asked(verb: Verb) -> Asked {
    Asked { verb, authorization: Some(format!("Bearer {TOKEN}")), if_match: None, length: None }
}

fn said(answered: Answered) -> (u16, String) {
    match answered {
        Answered::Said(Answer { status, body, .. }) => (status, body),
        Answered::Bundle(..) => panic!("a bundle"),
    }
}

fn revision(source: &str) -> String {
    load(source).tree.unwrap().of_source(source).source_digest().to_owned()
}

const BUILT_IN: (&str, Origin, Option<Problem>) = ("Built", Origin::Built, None);

fn check(isolate: &Isolate<'_>, title: &str, origin: Origin, problem: Option<Problem>) {
    assert_eq!(isolate.serves(), (title.to_owned(), origin, problem));
}

#[test]
fn what_is_published_is_served_at_once_here_and_within_a_minute_elsewhere() {
    let store = Trees::default();
    let (here, there) = (Isolate::new(&store), Isolate::new(&store));
    check(&here, BUILT_IN.0, BUILT_IN.1, BUILT_IN.2);
    check(&there, BUILT_IN.0, BUILT_IN.1, BUILT_IN.2);
    let (status, body) = here.put(&bundle(NEW));
    assert_eq!(status, 200, "{body}");
    assert!(body.contains(&revision(NEW)) && body.contains(&revision(BUILT)), "{body}");
    check(&here, "New", Origin::Published, None);
    check(&there, "Built", Origin::Built, None);
    there.wait(FRESH);
    check(&there, "New", Origin::Published, None);
    // With what KV itself may keep in mind, within a minute.
    const { assert!(FRESH + 30_000 < 60_000) };
}

#[test]
fn between_two_looks_the_store_is_left_alone() {
    let store = Trees::holding(NEW);
    let isolate = Isolate::new(&store);
    for _ in 0..10 {
        check(&isolate, "New", Origin::Published, None);
    }
    assert_eq!(store.reads.get(), 1);
    isolate.wait(FRESH);
    for _ in 0..10 {
        check(&isolate, "New", Origin::Published, None);
    }
    assert_eq!(store.reads.get(), 2);
}

#[test]
fn where_publishing_is_off_the_store_is_never_asked() {
    let store = Trees::holding(NEW);
    let mut isolate = Isolate::new(&store);
    isolate.store = None;
    check(&isolate, "Built", Origin::Built, None);
    isolate.wait(10 * FRESH);
    check(&isolate, "Built", Origin::Built, None);
    assert_eq!(store.reads.get(), 0);
}

#[test]
fn a_store_that_still_shows_the_tree_before_does_not_bring_it_back() {
    let store = Trees::holding(NEW);
    let isolate = Isolate::new(&store);
    assert_eq!(isolate.put(&bundle(NEWER)).0, 200);
    store.spoil(0, &bundle(NEW));
    isolate.wait(60_000);
    check(&isolate, "Newer", Origin::Published, None);
}

#[test]
fn a_damaged_tree_is_not_served_and_the_last_good_one_is() {
    let store = Trees::holding(NEW);
    let isolate = Isolate::new(&store);
    check(&isolate, "New", Origin::Published, None);
    let mut damaged = bundle(NEWER);
    *damaged.last_mut().unwrap() ^= 1;
    for bytes in [&damaged[..], b"", b"say: hello", &bundle(NEWER)[..200]] {
        store.spoil(0, bytes);
        isolate.wait(FRESH);
        check(&isolate, "New", Origin::Published, Some(Problem::Damaged));
        // An isolate that has just started knows of no tree from before, but of the copy.
        check(&Isolate::new(&store), "New", Origin::Published, Some(Problem::Damaged));
    }
    store.spoil(1, b"nonsense");
    check(&Isolate::new(&store), "Built", Origin::Built, Some(Problem::Damaged));
    store.spoil(0, &bundle(NEWER));
    isolate.wait(FRESH);
    check(&isolate, "Newer", Origin::Published, None);
}

#[test]
fn a_tree_of_another_engine_is_told_of() {
    let store = Trees::default();
    let mut other = compiled(NEW);
    *other.get_mut(12).unwrap() += 1;
    store.spoil(0, &Bundle::new(&other, NEW).to_bytes());
    let isolate = Isolate::new(&store);
    check(&isolate, "Built", Origin::Built, Some(Problem::OtherEngine));
    let (status, body) = isolate.put(&Bundle::new(&other, NEW).to_bytes());
    assert_eq!(status, 422);
    assert!(body.contains("another version of the engine"), "{body}");
}

#[test]
fn while_the_store_is_down_nobody_is_moved() {
    let store = Trees::holding(NEW);
    let isolate = Isolate::new(&store);
    check(&isolate, "New", Origin::Published, None);
    store.fails.set(true);
    isolate.wait(FRESH);
    check(&isolate, "New", Origin::Published, Some(Problem::Store));
    // Whoever has never seen the store cannot know which tree to serve.
    let fresh = Isolate::new(&store);
    assert_eq!(fresh.served().unwrap_err(), NoTree::Store);
    store.fails.set(false);
    check(&fresh, "New", Origin::Published, None);
    isolate.wait(FRESH);
    check(&isolate, "New", Origin::Published, None);
}

#[test]
fn a_tree_that_is_taken_back_leaves_the_built_one() {
    let store = Trees::holding(NEW);
    let (here, there) = (Isolate::new(&store), Isolate::new(&store));
    check(&there, "New", Origin::Published, None);
    let (status, body) = said(here.ask(&asked(Verb::Delete), Ok(Vec::new())));
    assert_eq!(status, 200, "{body}");
    check(&here, "Built", Origin::Built, None);
    there.wait(FRESH);
    check(&there, "Built", Origin::Built, None);
    assert!(store.kept.borrow().is_empty(), "nor is there a copy");
    assert_eq!(
        said(here.ask(&asked(Verb::Delete), Ok(Vec::new()))).0,
        200,
        "once more is no error"
    );
}

#[test]
fn a_tree_that_is_not_built_in_can_be_published_and_not_taken_back() {
    let store = Trees::default();
    let mut isolate = Isolate::new(&store);
    isolate.built = None;
    assert_eq!(isolate.served().unwrap_err(), NoTree::Unknown);
    for verb in [Verb::Get, Verb::GetBuilt] {
        assert_eq!(said(isolate.ask(&asked(verb), Ok(Vec::new()))).0, 404);
    }
    assert_eq!(isolate.put(&bundle(NEW)).0, 200);
    check(&isolate, "New", Origin::Published, None);
    assert_eq!(said(isolate.ask(&asked(Verb::Delete), Ok(Vec::new()))).0, 409);
    check(&isolate, "New", Origin::Published, None);
}

#[test]
fn whoever_has_the_token_sees_what_is_served() {
    let store = Trees::default();
    let isolate = Isolate::new(&store);
    let see = |verb| match isolate.ask(&asked(verb), Ok(Vec::new())) {
        Answered::Bundle(bytes, revision) => {
            let bundle = Bundle::from_bytes(&bytes).unwrap();
            (
                bundle.source().map(str::to_owned),
                bundle.tree().unwrap().title().to_owned(),
                revision,
            )
        }
        Answered::Said(answer) => panic!("{answer:?}"),
    };
    let built = (None, "Built".to_owned(), revision(BUILT));
    assert_eq!(see(Verb::Get), built);
    assert_eq!(isolate.put(&bundle(NEW)).0, 200);
    assert_eq!(see(Verb::Get), (Some(NEW.to_owned()), "New".to_owned(), revision(NEW)));
    assert_eq!(see(Verb::GetBuilt), built);
}

#[test]
fn nobody_else_does_anything() {
    let store = Trees::holding(NEW);
    let isolate = Isolate::new(&store);
    for authorization in [
        None,
        Some(""),
        Some("Bearer "),
        Some("Bearer"),
        Some(TOKEN),
        Some("Bearer a-token-of-some-lengt"),
        Some("Bearer a-token-of-some-lengthx"),
        Some("Bearer A-TOKEN-OF-SOME-LENGTH"),
        Some("Basic a-token-of-some-length"),
    ] {
        for verb in [Verb::Get, Verb::GetBuilt, Verb::Put, Verb::Delete] {
            let asked = Asked { authorization: authorization.map(str::to_owned), ..asked(verb) };
            let (status, body) = said(isolate.ask(&asked, Ok(bundle(NEWER))));
            assert_eq!(status, 401, "{authorization:?}");
            assert!(!body.contains("some-length"), "{body}");
        }
    }
    assert_eq!(store.reads.get(), 0, "nothing is looked up for a stranger");
    check(&isolate, "New", Origin::Published, None);
    assert!(!isolate.log.borrow().contains("some-length"));
}

#[test]
fn a_token_that_could_be_guessed_is_none() {
    let read = |value: Option<&str>| {
        token(|name| (name == "PUBLISH_TOKEN").then(|| value.map(str::to_owned))?)
    };
    assert_eq!(read(None), None);
    assert_eq!(read(Some("")), None);
    assert_eq!(read(Some("fifteen-letters")), None);
    assert_eq!(read(Some("   fifteen-letters   ")), None);
    assert_eq!(read(Some(" sixteen-letters! ")).as_deref(), Some("sixteen-letters!"));
    let store = Trees::default();
    let isolate = Isolate::new(&store);
    let read = async |_| Err(BodyError::Broken);
    let answered =
        block_on(publish(&isolate.sources(), None, &asked(Verb::Put), Millis(0), read, &|_| {}));
    let (status, body) = said(answered);
    assert_eq!(status, 403);
    assert!(body.contains("PUBLISH_TOKEN"), "{body}");
}

#[test]
fn what_is_no_tree_is_refused_with_the_reason() {
    let store = Trees::default();
    let isolate = Isolate::new(&store);
    let other_source = Bundle::new(&compiled(NEW), NEWER).to_bytes();
    let no_source = Bundle::new(&compiled(NEW), "").to_bytes();
    let mut damaged = bundle(NEW);
    *damaged.get_mut(100).unwrap() ^= 1;
    for (body, why) in [
        (b"".to_vec(), "not a bundle"),
        (NEW.as_bytes().to_vec(), "not a bundle"),
        (damaged, "damaged"),
        (Bundle::new(b"treebot tree", NEW).to_bytes(), "damaged"),
        (b"treebot bundle 2\n".to_vec(), "newer version"),
        (other_source, "not compiled from the source"),
        (no_source, "the source is missing"),
    ] {
        let (status, said) = isolate.put(&body);
        assert_eq!(status, 422, "{said}");
        assert!(said.contains(why), "{why}: {said}");
    }
    check(&isolate, BUILT_IN.0, BUILT_IN.1, BUILT_IN.2);
    assert!(store.kept.borrow().is_empty());
}

#[test]
fn a_body_has_a_bound_and_may_break_off() {
    let store = Trees::default();
    let isolate = Isolate::new(&store);
    let announced = Asked { length: Some((MAX_BUNDLE + 1).to_string()), ..asked(Verb::Put) };
    assert_eq!(said(isolate.ask(&announced, Ok(bundle(NEW)))).0, 413);
    assert_eq!(isolate.put(&vec![b'x'; MAX_BUNDLE + 1]).0, 413);
    assert_eq!(said(isolate.ask(&asked(Verb::Put), Err(BodyError::Broken))).0, 400);
    assert!(store.kept.borrow().is_empty());
}

#[test]
fn whoever_looked_at_another_tree_replaces_nothing() {
    let store = Trees::holding(NEW);
    let isolate = Isolate::new(&store);
    let matching = |verb, source: &str| Asked {
        if_match: Some(format!("\"{}\"", revision(source))),
        ..asked(verb)
    };
    for verb in [Verb::Put, Verb::Delete] {
        assert_eq!(said(isolate.ask(&matching(verb, BUILT), Ok(bundle(NEWER)))).0, 412);
    }
    assert_eq!(said(isolate.ask(&matching(Verb::Put, NEW), Ok(bundle(NEWER)))).0, 200);
    check(&isolate, "Newer", Origin::Published, None);
}

#[test]
fn a_store_that_does_not_take_it_is_told_of_and_nothing_changes() {
    let store = Trees::holding(NEW);
    let isolate = Isolate::new(&store);
    store.fails_to_write.set(true);
    assert_eq!(isolate.put(&bundle(NEWER)).0, 503);
    assert_eq!(said(isolate.ask(&asked(Verb::Delete), Ok(Vec::new()))).0, 503);
    check(&isolate, "New", Origin::Published, None);
    let fresh = Isolate::new(&store);
    store.fails.set(true);
    assert_eq!(said(fresh.ask(&asked(Verb::Get), Ok(Vec::new()))).0, 503);
    let mut unbound = Isolate::new(&store);
    unbound.store = None;
    assert_eq!(said(unbound.ask(&asked(Verb::Get), Ok(Vec::new()))).0, 503);
}
