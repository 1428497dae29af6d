//! Earlier versions of the source that an author is working on: kept as they were, and thinned out as they grow old.
//!
//! A version is a text of its own under its own key, so that one that is damaged harms no other:
//!
//! ```text
//! key    treebot/v1/<id>/snapshots/<when, in milliseconds since 1970>
//! value  treebot snapshot 1 <why>⏎ and then the source, as it was
//! ```

use std::cell::Cell;

use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::archive::{self, BEFORE, Keeping, PREFIX, plain};
use crate::drafts::{Drafts, draft_key, keeping};
use crate::host::{Host, PageHost};
use crate::store::{LocalStore, Store, StoreError};

/// The most versions that are kept of one draft.
const MAX_COUNT: usize = 40;

/// The most characters of all versions of one draft. Browsers give a site about five million.
const MAX_SIZE: usize = 1_500_000;

/// How long after a version another is kept by itself, in milliseconds.
const PAUSE: i64 = 120_000;

/// The same while the source does not load.
const LONG_PAUSE: i64 = 5 * PAUSE;

/// What a version begins with.
const HEAD: &str = "treebot snapshot 1 ";

/// A version of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Version {
    /// When it was kept, in milliseconds since 1970: its name.
    #[tsify(type = "number")]
    pub at: i64,
    /// Why.
    pub why: Reason,
    /// How many lines it has.
    pub lines: u32,
}

/// Why a version was kept. Where the same source is kept for two reasons, the greater one stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// Some time had passed, though it did not load.
    Faulty,
    /// Some time had passed, and it loaded.
    Pause,
    /// Something else was about to take its place.
    Replaced,
    /// The author saved it.
    Saved,
}

/// All versions of a draft, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Versions {
    /// The newest first.
    pub list: Vec<Version>,
}

/// How a draft was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Written {
    /// Whether it is kept.
    pub keeping: Keeping,
    /// How many old versions had to go in order to make room.
    pub dropped: u32,
    /// Whether a version was kept as well.
    pub version: bool,
}

#[wasm_bindgen]
impl Drafts {
    /// Keeps a source as the draft of that name, and now and then, while it loads, as a version. Where there is no room,
    /// the oldest versions go first.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn write(id: &str, source: &str, loads: bool) -> Result<Ts<Written>, JsError> {
        thread_local! {
            /// When versions had to go as there was no room.
            static SCARCE: Cell<Option<i64>> = const { Cell::new(None) };
        }
        let now = PageHost.now().0;
        let written = write(&LocalStore, id, source, loads, now, SCARCE.get());
        if written.dropped > 0 {
            SCARCE.set(Some(now));
        }
        Ok(Ts::new_unchecked(serde_wasm_bindgen::to_value(&written)?))
    }

    /// Keeps a source as a version, unless the newest is the same.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn snapshot(id: &str, source: &str, replaced: bool) -> Result<Ts<Keeping>, JsError> {
        let why = if replaced { Reason::Replaced } else { Reason::Saved };
        let kept = keep(&LocalStore, id, source, why, PageHost.now().0);
        Ok(Ts::new_unchecked(serde_wasm_bindgen::to_value(&keeping(kept))?))
    }

    /// All versions of a draft, the newest first.
    ///
    /// # Errors
    /// The page's JavaScript could not hold the result.
    pub fn versions(id: &str) -> Result<Ts<Versions>, JsError> {
        let list = versions(&LocalStore, id);
        Ok(Ts::new_unchecked(serde_wasm_bindgen::to_value(&Versions { list })?))
    }

    /// The source of one version; none where it is not there any more.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    pub fn version(id: &str, at: f64) -> Option<String> {
        version(&LocalStore, id, at as i64)
    }
}

/// Keeps a draft, and a version of it where it is time. `scarce` is when versions had to go last: one that was kept right
/// after that would be the next to go.
fn write(
    store: &dyn Store,
    id: &str,
    source: &str,
    loads: bool,
    now: i64,
    scarce: Option<i64>,
) -> Written {
    let mut dropped = 0;
    let kept = loop {
        match store.set(&draft_key(id), source) {
            // What only saves an author a few keys goes before any version.
            Err(StoreError::Full) if drop_before(store, id) => {}
            Err(StoreError::Full) if drop_oldest(store, id) => dropped += 1,
            outcome => break outcome,
        }
    };
    // The draft itself is kept; a version is a convenience.
    let (why, pause) = if loads { (Reason::Pause, PAUSE) } else { (Reason::Faulty, LONG_PAUSE) };
    let version = kept.is_ok()
        && dropped == 0
        && is_time(store, id, now, pause, scarce)
        && keep(store, id, source, why, now).is_ok();
    Written { keeping: keeping(kept), dropped, version }
}

/// Whether another version is to be kept.
fn is_time(store: &dyn Store, id: &str, now: i64, pause: i64, scarce: Option<i64>) -> bool {
    let newest = times(store, id).last().copied().max(scarce);
    newest.is_none_or(|newest| now.saturating_sub(newest) >= pause)
}

/// Keeps a version, and drops the oldest where there are too many.
fn keep(
    store: &dyn Store,
    id: &str,
    source: &str,
    why: Reason,
    now: i64,
) -> Result<(), StoreError> {
    let times = times(store, id);
    let newest = times.last().copied();
    let kept = newest.and_then(|at| Some((at, store.get(&key(id, at)).ok().flatten()?)));
    let kept = kept.as_ref().and_then(|(at, document)| Some((*at, parts(document)?)));
    if let Some((at, (known, _))) = kept.filter(|(_, (_, known))| *known == source) {
        if why <= known {
            return Ok(());
        }
        return store.set(&key(id, at), &format!("{HEAD}{}\n{source}", why.word()));
    }
    // A clock that was set back does not put it among the old ones.
    let at = now.max(newest.map_or(0, |newest| newest.saturating_add(1)));
    let document = format!("{HEAD}{}\n{source}", why.word());
    loop {
        match store.set(&key(id, at), &document) {
            Err(StoreError::Full) if drop_oldest(store, id) => {}
            outcome => {
                outcome?;
                break;
            }
        }
    }
    thin(store, id);
    Ok(())
}

/// Drops versions until the rest is within the bounds.
fn thin(store: &dyn Store, id: &str) {
    let (mut older, newest) = in_order(store, id);
    let mut size: usize = older.iter().chain(&newest).map(|version| version.size).sum();
    while !older.is_empty() && (older.len() + 1 > MAX_COUNT || size > MAX_SIZE) {
        let first = older.remove(0);
        let _ = store.remove(&key(id, first.at));
        size = size.saturating_sub(first.size);
    }
}

/// Drops the source from before an edit lost an answer. False where there is none.
fn drop_before(store: &dyn Store, id: &str) -> bool {
    let key = archive::key(&plain(id), BEFORE);
    matches!(store.get(&key), Ok(Some(_))) && store.remove(&key).is_ok()
}

/// Drops the version that can be spared most. False where there is none.
fn drop_oldest(store: &dyn Store, id: &str) -> bool {
    let (older, newest) = in_order(store, id);
    let first = older.first().or(newest.as_ref()).map(|version| version.at);
    first.is_some_and(|at| store.remove(&key(id, at)).is_ok())
}

/// How large a version is.
struct Weighed {
    at: i64,
    size: usize,
}

/// All versions but the newest, in the order in which they can be spared: those that were kept by themselves before those
/// that somebody wanted or that something took the place of, and of each the oldest first. And the newest.
fn in_order(store: &dyn Store, id: &str) -> (Vec<Weighed>, Option<Weighed>) {
    let read = |at: i64| {
        let document = store.get(&key(id, at)).ok().flatten().unwrap_or_default();
        let is_wanted = parts(&document).is_none_or(|(why, _)| why > Reason::Pause);
        (is_wanted, Weighed { at, size: document.len() })
    };
    let mut all: Vec<_> = times(store, id).into_iter().map(read).collect();
    let newest = all.pop().map(|(_, version)| version);
    all.sort_by_key(|(is_wanted, version)| (*is_wanted, version.at));
    (all.into_iter().map(|(_, version)| version).collect(), newest)
}

/// All versions that can be read.
fn versions(store: &dyn Store, id: &str) -> Vec<Version> {
    let read = |at: i64| {
        let document = store.get(&key(id, at)).ok().flatten()?;
        let (why, source) = parts(&document)?;
        Some(Version { at, why, lines: u32::try_from(source.lines().count()).unwrap_or(u32::MAX) })
    };
    times(store, id).into_iter().rev().filter_map(read).collect()
}

/// The sources of the few newest versions, the newest first.
pub(crate) fn newest(store: &dyn Store, id: &str) -> impl Iterator<Item = String> {
    let newest = versions(store, id).into_iter().take(5);
    newest.filter_map(move |kept| version(store, id, kept.at))
}

/// The source of one version.
fn version(store: &dyn Store, id: &str, at: i64) -> Option<String> {
    let document = store.get(&key(id, at)).ok().flatten()?;
    parts(&document).map(|(_, source)| source.to_owned())
}

/// The reason and the source of a version; none where it cannot be read, or was written by a later Treebot.
fn parts(document: &str) -> Option<(Reason, &str)> {
    let (why, source) = document.strip_prefix(HEAD)?.split_once('\n')?;
    Some((Reason::named(why)?, source))
}

/// When the versions were kept, the oldest first.
fn times(store: &dyn Store, id: &str) -> Vec<i64> {
    let all = folder(id);
    let keys = store.keys().unwrap_or_default();
    let times = keys.iter().filter_map(|key| key.strip_prefix(&all)?.parse().ok());
    let mut times: Vec<i64> = times.collect();
    times.sort_unstable();
    times
}

fn key(id: &str, at: i64) -> String {
    format!("{}{at}", folder(id))
}

fn folder(id: &str) -> String {
    format!("{PREFIX}{}/snapshots/", plain(id))
}

impl Reason {
    fn word(self) -> &'static str {
        match self {
            Self::Faulty => "faulty",
            Self::Pause => "pause",
            Self::Saved => "saved",
            Self::Replaced => "replaced",
        }
    }

    fn named(word: &str) -> Option<Self> {
        [Self::Faulty, Self::Pause, Self::Saved, Self::Replaced]
            .into_iter()
            .find(|reason| reason.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{BlockedStore, MemoryStore};

    const DAY: i64 = 1_790_000_000_000;

    fn at(versions: &[Version]) -> Vec<i64> {
        versions.iter().map(|version| version.at - DAY).collect()
    }

    #[test]
    fn versions_of_the_first_form_are_read_for_ever() {
        let store = MemoryStore::default();
        let golden = "treebot snapshot 1 saved\nsay: Hi\n";
        assert_eq!(store.set("treebot/v1/studio-tea/snapshots/1790000000000", golden), Ok(()));
        assert_eq!(
            versions(&store, "studio-tea"),
            [Version { at: DAY, why: Reason::Saved, lines: 1 }]
        );
        assert_eq!(version(&store, "studio-tea", DAY).as_deref(), Some("say: Hi\n"));
        assert_eq!(keep(&store, "studio-tea", "say: Ho\n", Reason::Replaced, DAY + 5), Ok(()));
        assert_eq!(
            store.get("treebot/v1/studio-tea/snapshots/1790000000005"),
            Ok(Some("treebot snapshot 1 replaced\nsay: Ho\n".to_owned()))
        );
    }

    #[test]
    fn what_cannot_be_read_is_left_alone_and_not_shown() {
        let store = MemoryStore::default();
        for (at, text) in [(1, "rubbish"), (2, "treebot snapshot 2 saved\nx"), (3, "")] {
            assert_eq!(store.set(&key("tea", at), text), Ok(()));
        }
        assert_eq!(store.set(&format!("{}x", folder("tea")), "rubbish"), Ok(()));
        assert_eq!(versions(&store, "tea"), []);
        assert_eq!(keep(&store, "tea", "say: a\n", Reason::Saved, DAY), Ok(()));
        assert_eq!(at(&versions(&store, "tea")), [0]);
        assert_eq!(store.keys().unwrap_or_default().len(), 5);
    }

    #[test]
    fn a_version_is_kept_now_and_then_while_the_source_loads() {
        let store = MemoryStore::default();
        for (seconds, source, loads) in
            [(0, "a", true), (1, "b", true), (130, "c", false), (140, "d", true), (400, "d", true)]
        {
            let written = write(&store, "tea", source, loads, DAY + seconds * 1000, None);
            assert_eq!((written.keeping, written.dropped), (Keeping::Kept, 0));
            assert_eq!(written.version, [0, 140, 400].contains(&seconds));
        }
        // The last was kept already.
        assert_eq!(at(&versions(&store, "tea")), [140_000, 0]);
        assert_eq!(store.get("treebot/v1/tea/draft"), Ok(Some("d".to_owned())));
    }

    #[test]
    fn what_does_not_load_for_long_is_kept_too_and_said_to_have_errors() {
        let store = MemoryStore::default();
        for (minutes, loads) in [(0, true), (9, false), (10, false), (15, false), (20, false)] {
            write(&store, "tea", &minutes.to_string(), loads, DAY + minutes * 60_000, None);
        }
        let kept: Vec<_> = versions(&store, "tea").iter().map(|version| version.why).collect();
        assert_eq!(kept, [Reason::Faulty, Reason::Faulty, Reason::Pause]);
    }

    #[test]
    fn what_was_kept_by_itself_goes_before_what_the_author_kept() {
        let store = MemoryStore::default();
        for (number, why) in [(0, Reason::Saved), (1, Reason::Replaced)] {
            assert_eq!(keep(&store, "tea", &number.to_string(), why, DAY + number), Ok(()));
        }
        for number in 2..100 {
            assert_eq!(
                keep(&store, "tea", &number.to_string(), Reason::Pause, DAY + number),
                Ok(())
            );
        }
        let kept = at(&versions(&store, "tea"));
        assert_eq!((kept.len(), kept.get(37..)), (MAX_COUNT, Some(&[62, 1, 0][..])));
        assert!(drop_oldest(&store, "tea"));
        assert_eq!(at(&versions(&store, "tea")).get(36..), Some(&[63, 1, 0][..]));
    }

    #[test]
    fn what_is_kept_again_is_one_version_and_tells_the_greater_reason() {
        let store = MemoryStore::default();
        for (why, kept) in [
            (Reason::Pause, Reason::Pause),
            (Reason::Replaced, Reason::Replaced),
            (Reason::Pause, Reason::Replaced),
            (Reason::Saved, Reason::Saved),
            (Reason::Replaced, Reason::Saved),
        ] {
            assert_eq!(keep(&store, "tea", "a", why, DAY), Ok(()));
            assert_eq!(versions(&store, "tea"), [Version { at: DAY, why: kept, lines: 1 }]);
        }
    }

    #[test]
    fn two_versions_of_one_moment_are_both_kept() {
        let store = MemoryStore::default();
        for (now, source) in [(0, "a"), (0, "b"), (-5000, "c"), (-5000, "c")] {
            assert_eq!(keep(&store, "tea", source, Reason::Saved, DAY + now), Ok(()));
        }
        assert_eq!(at(&versions(&store, "tea")), [2, 1, 0]);
    }

    #[test]
    fn there_are_never_too_many_and_the_oldest_go() {
        let store = MemoryStore::default();
        for number in 0..50 {
            let source = number.to_string();
            assert_eq!(keep(&store, "tea", &source, Reason::Saved, DAY + number), Ok(()));
        }
        let kept = at(&versions(&store, "tea"));
        assert_eq!((kept.len(), kept.first(), kept.last()), (MAX_COUNT, Some(&49), Some(&10)));
        for number in 50..54 {
            let source = number.to_string().repeat(400_000);
            assert_eq!(keep(&store, "tea", &source, Reason::Saved, DAY + number), Ok(()));
        }
        assert_eq!(at(&versions(&store, "tea")), [53]);
    }

    #[test]
    fn where_there_is_no_room_the_draft_goes_before_old_versions() {
        let store = MemoryStore::with_room(3_000);
        for number in 0..4 {
            let source = number.to_string().repeat(500);
            assert_eq!(keep(&store, "tea", &source, Reason::Saved, DAY + number), Ok(()));
        }
        let written = write(&store, "tea", &"x".repeat(1_500), true, DAY + 1_000_000, None);
        assert_eq!(written, Written { keeping: Keeping::Kept, dropped: 2, version: false });
        assert_eq!(at(&versions(&store, "tea")), [3, 2]);
        // None is kept at the next key, which would be the next to go.
        let scarce = Some(DAY + 1_000_000);
        for (later, kept) in [(1_000, false), (PAUSE, true)] {
            let now = DAY + 1_000_000 + later;
            assert_eq!(write(&MemoryStore::default(), "tea", "x", true, now, scarce).version, kept);
        }
        // The versions of other drafts are not ours to drop.
        let written = write(&store, "coffee", &"x".repeat(2_000), true, DAY, None);
        assert_eq!(written.keeping, Keeping::Full);
        assert_eq!(at(&versions(&store, "tea")), [3, 2]);
    }

    #[test]
    fn a_browser_that_blocks_storage_says_so() {
        let written = write(&BlockedStore, "tea", "say: a\n", true, DAY, None);
        assert_eq!(written, Written { keeping: Keeping::Blocked, dropped: 0, version: false });
        assert_eq!(versions(&BlockedStore, "tea"), []);
    }
}
