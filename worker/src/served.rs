//! Which tree is served: the one that was published last, or else the one that the Worker was built with.
//!
//! A published tree is kept in the store as a [`Bundle`], twice. Each isolate holds the tree that it serves, and looks
//! again after [`FRESH`]. What is stored is never trusted: where it cannot be used the last good one is served on, and
//! `/health` says why.

use std::cell::RefCell;
use std::rc::Rc;

use treebot::{Bundle, BundleError, Millis, Tree};

use crate::store::StoreError;

/// How long an isolate serves a tree before it looks again. With the 30 seconds for which KV may answer from memory, a
/// new tree is there within a minute.
pub const FRESH: i64 = 25_000;
/// How long an isolate does not look after it has changed the published tree itself: what KV answers meanwhile may be
/// the one before.
const SETTLED: i64 = 65_000;

/// Where published trees are kept.
#[expect(async_fn_in_trait, reason = "a Worker has one thread: no future is ever sent to another")]
pub trait TreeStore {
    /// What is kept under a key.
    async fn tree(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// Keeps something under a key.
    async fn put_tree(&self, key: &str, bundle: &[u8]) -> Result<(), StoreError>;
    /// Takes away what is kept under a key.
    async fn delete_tree(&self, key: &str) -> Result<(), StoreError>;
}

/// The keys of the tree that is published under this name, and of its copy.
#[must_use]
pub fn keys(name: &str) -> [String; 2] {
    [format!("t1:{name}"), format!("t1c:{name}")]
}

/// A tree that is served.
#[derive(Clone, Debug)]
pub struct Served {
    /// The tree.
    pub tree: Rc<Tree>,
    /// Where it comes from.
    pub origin: Origin,
    /// Why this may not be what was published last.
    pub problem: Option<Problem>,
}

/// Where a tree comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The Worker was built with it.
    Built,
    /// It was published.
    Published,
}

/// Why what is stored cannot be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is damaged.
    Damaged,
    /// It was compiled by another version of the engine than the Worker's.
    OtherEngine,
    /// The store did not answer.
    Store,
}

/// Why no tree is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTree {
    /// `TREE` names none that the Worker was built with, and none was published.
    Unknown,
    /// The store did not answer, so that it is not known whether one was published.
    Store,
}

/// The tree that an isolate serves, and what it knows about it.
#[derive(Debug, Default)]
pub struct Shelf {
    built: Option<Rc<Tree>>,
    published: Option<Published>,
    problem: Option<Problem>,
    /// When to look again; none before the first look.
    look_at: Option<Millis>,
    /// When what the store says can be trusted to be the newest again.
    settled_at: Millis,
}

/// A published tree, as it is stored and as it is used.
#[derive(Debug)]
struct Published {
    bundle: Vec<u8>,
    tree: Rc<Tree>,
}

/// What there is to be served.
pub struct Sources<'a, S> {
    /// The name that the tree is served under.
    pub name: &'a str,
    /// The tree that the Worker was built with, compiled.
    pub built: Option<&'a [u8]>,
    /// Where a published one may be; none where publishing is off.
    pub store: Option<&'a S>,
    /// What this isolate serves.
    pub shelf: &'a RefCell<Shelf>,
}

impl<S: TreeStore> Sources<'_, S> {
    /// The tree that is to be served now.
    ///
    /// 1. Within [`FRESH`], and where publishing is off, it is the one from before.  2. Else what is stored is read;
    ///    other requests go on with the tree from before.  3. If that cannot be used, and no published tree is known
    ///    from before, its copy is.
    ///
    /// # Errors
    /// There is none, or it is not known which.
    pub async fn served(&self, now: Millis) -> Result<Served, NoTree> {
        let look_at = self.shelf.borrow().look_at;
        if look_at.is_none_or(|look_at| look_at <= now) {
            self.look(now).await?;
        }
        self.shelf.borrow_mut().served(self)
    }

    /// The same, after a look at the store whatever is known, unless this isolate has just changed what is there.
    ///
    /// # Errors
    /// There is none, or it is not known which.
    pub async fn served_exactly(&self, now: Millis) -> Result<Served, NoTree> {
        if self.shelf.borrow().settled_at <= now {
            self.look(now).await?;
        }
        self.shelf.borrow_mut().served(self)
    }

    async fn look(&self, now: Millis) -> Result<(), NoTree> {
        let is_first = self.shelf.borrow().look_at.is_none();
        // With nothing to serve meanwhile, the others look for themselves.
        if !is_first {
            self.shelf.borrow_mut().look_at = Some(after(now, FRESH));
        }
        let Some(store) = self.store else {
            let mut shelf = self.shelf.borrow_mut();
            (shelf.published, shelf.problem) = (None, None);
            shelf.look_at = Some(after(now, FRESH));
            return Ok(());
        };
        let [key, copy] = keys(self.name);
        let found = store.tree(&key).await;
        let problem = self.shelf.borrow_mut().take(found, self.name);
        let mut known = problem != Some(Problem::Store);
        if problem.is_some_and(|problem| problem != Problem::Store)
            && self.shelf.borrow().published.is_none()
        {
            let found = store.tree(&copy).await;
            let second = self.shelf.borrow_mut().take(found, self.name);
            known = second != Some(Problem::Store);
        }
        if is_first && !known {
            // Perhaps one is published: to serve another would move people.
            return Err(NoTree::Store);
        }
        let mut shelf = self.shelf.borrow_mut();
        shelf.problem = problem;
        shelf.look_at = Some(after(now, FRESH));
        Ok(())
    }
}

impl Shelf {
    /// Puts a tree there that was just published, or takes it away.
    pub fn change(&mut self, published: Option<(Vec<u8>, Tree)>, now: Millis) {
        self.published = published.map(|(bundle, tree)| Published { bundle, tree: Rc::new(tree) });
        self.problem = None;
        self.settled_at = after(now, SETTLED);
        self.look_at = Some(self.settled_at);
    }

    /// The bundle of the published tree, with its source.
    #[must_use]
    pub fn bundle(&self) -> Option<&[u8]> {
        self.published.as_ref().map(|published| published.bundle.as_slice())
    }

    /// Takes what was found in the store. Where that cannot be used, what was there stays.
    fn take(&mut self, found: Result<Option<Vec<u8>>, StoreError>, name: &str) -> Option<Problem> {
        match found {
            Err(StoreError) => Some(Problem::Store),
            Ok(None) => {
                self.published = None;
                None
            }
            Ok(Some(bundle)) if self.bundle() == Some(&bundle) => None,
            Ok(Some(bundle)) => match read(&bundle, name) {
                Ok(tree) => {
                    self.published = Some(Published { bundle, tree: Rc::new(tree) });
                    None
                }
                Err(problem) => Some(problem),
            },
        }
    }

    /// The tree that is there, or else the built one.
    pub(crate) fn served<S>(&mut self, sources: &Sources<'_, S>) -> Result<Served, NoTree> {
        let problem = self.problem;
        if let Some(Published { tree, .. }) = &self.published {
            return Ok(Served { tree: Rc::clone(tree), origin: Origin::Published, problem });
        }
        if self.built.is_none() {
            let tree = sources.built.and_then(|built| Tree::from_compiled(built).ok());
            self.built = tree.map(|tree| Rc::new(tree.called(sources.name)));
        }
        let tree = self.built.as_ref().map(Rc::clone).ok_or(NoTree::Unknown)?;
        Ok(Served { tree, origin: Origin::Built, problem })
    }
}

impl Origin {
    /// The origin in a word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Built => "built in",
            Self::Published => "published",
        }
    }
}

impl Problem {
    /// What is wrong, in a few words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Damaged => "what was published is damaged",
            Self::OtherEngine => {
                "what was published was compiled by another version of the engine: publish it again"
            }
            Self::Store => "the store did not answer",
        }
    }
}

/// The tree of a bundle, under the name that it is served by.
fn read(bundle: &[u8], name: &str) -> Result<Tree, Problem> {
    let tree = Bundle::from_bytes(bundle).and_then(|bundle| bundle.tree());
    tree.map(|tree| tree.called(name)).map_err(|error| match error {
        BundleError::Damaged | BundleError::OtherSource => Problem::Damaged,
        BundleError::OtherEngine | BundleError::NewerVersion => Problem::OtherEngine,
    })
}

fn after(now: Millis, time: i64) -> Millis {
    Millis(now.0.saturating_add(time))
}
