//! Words, names and keys of a source, looked up in a time that nobody who writes the source can make long.
//!
//! Where anybody can know how a table spreads its keys, somebody can choose keys that all want the same place; each is
//! then compared with all before it. A secret would help, but there is none in here: the same source always loads in
//! the same way. So no more than so many places are looked at for one key. Where that is not enough, which takes keys
//! that were chosen for it, they are put in order, and found by halves from then on.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hash};

use rustc_hash::FxBuildHasher;

/// Keys, each once, with what belongs to them, in the order in which they came.
pub(crate) struct Lookup<K, V = ()> {
    entries: Vec<(K, V)>,
    /// At most half of them are taken, so that the next open one is near.
    places: Vec<Place>,
    /// In use from when the places were not enough.
    ordered: Option<BTreeMap<K, u32>>,
}

/// Where a key is looked for.
#[derive(Clone, Copy)]
struct Place {
    /// Most keys are told from others by this, without a look at them.
    hash: u32,
    /// The number of the entry from 1; 0 where the place is open.
    entry: u32,
}

const OPEN: Place = Place { hash: 0, entry: 0 };

/// The most places that are looked at for one key. Of keys that nobody has chosen, not one in a million millions needs
/// as many.
const MAX_LOOKS: usize = 128;

/// The fewest places that there are.
const MIN_PLACES: usize = 16;

/// What was found of a key.
enum Spot {
    /// Its entry.
    Known(usize),
    /// The place that it would have.
    Open(usize),
    /// None: there is no open place near.
    Full,
}

impl<K: Hash + Ord + Clone, V> Lookup<K, V> {
    pub(crate) const fn new() -> Self {
        Self { entries: Vec::new(), places: Vec::new(), ordered: None }
    }

    /// The number of a key, in the order in which they came.
    pub(crate) fn number_of<Q: Hash + Ord + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        if let Some(ordered) = &self.ordered {
            return ordered.get(key).map(|number| *number as usize);
        }
        match self.spot(key, hash(key)) {
            Spot::Known(number) => Some(number),
            Spot::Open(_) | Spot::Full => None,
        }
    }

    /// What belongs to a key.
    pub(crate) fn get<Q: Hash + Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries.get(self.number_of(key)?).map(|(_, value)| value)
    }

    /// The same, to be changed.
    pub(crate) fn get_mut<Q: Hash + Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let number = self.number_of(key)?;
        self.entries.get_mut(number).map(|(_, value)| value)
    }

    /// Whether a key is there.
    pub(crate) fn contains<Q: Hash + Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.number_of(key).is_some()
    }

    /// The number of a key that is there from now on, and whether it is new. Where it is not, what belongs to it stays.
    pub(crate) fn add_with(&mut self, key: K, value: impl FnOnce() -> V) -> (usize, bool) {
        if self.ordered.is_none() && self.entries.len() * 2 >= self.places.len() {
            self.widen();
        }
        let number = self.entries.len();
        // A number of 32 bits: a source has no more keys than bytes, and is bounded far below this.
        let entry = u32::try_from(number).unwrap_or(u32::MAX);
        if self.ordered.is_none() {
            let hash = hash(&key);
            match self.spot(&key, hash) {
                Spot::Known(known) => return (known, false),
                Spot::Open(at) => {
                    if let Some(place) = self.places.get_mut(at) {
                        *place = Place { hash, entry: entry.saturating_add(1) };
                    }
                    self.entries.push((key, value()));
                    return (number, true);
                }
                Spot::Full => self.put_in_order(),
            }
        }
        let known = self.ordered.as_ref().and_then(|ordered| ordered.get(&key));
        if let Some(known) = known {
            return (*known as usize, false);
        }
        if let Some(ordered) = &mut self.ordered {
            ordered.insert(key.clone(), entry);
        }
        self.entries.push((key, value()));
        (number, true)
    }

    /// Adds a key, unless it is there; whether it is new.
    pub(crate) fn add(&mut self, key: K, value: V) -> bool {
        self.add_with(key, || value).1
    }

    /// What belongs to a key, which is made if it is not there.
    pub(crate) fn entry(&mut self, key: K, value: impl FnOnce() -> V) -> Option<&mut V> {
        let (number, _) = self.add_with(key, value);
        self.entries.get_mut(number).map(|(_, value)| value)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All of them, in the order in which they came.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &(K, V)> {
        self.entries.iter()
    }

    fn spot<Q: Ord + ?Sized>(&self, key: &Q, hash: u32) -> Spot
    where
        K: Borrow<Q>,
    {
        let last = self.places.len().wrapping_sub(1);
        for look in 0..MAX_LOOKS {
            let at = (hash as usize).wrapping_add(look) & last;
            let Some(place) = self.places.get(at) else { break };
            let Some(number) = place.entry.checked_sub(1) else { return Spot::Open(at) };
            let number = number as usize;
            if place.hash == hash
                && self.entries.get(number).is_some_and(|(known, _)| known.borrow() == key)
            {
                return Spot::Known(number);
            }
        }
        Spot::Full
    }

    /// Twice as many places.
    fn widen(&mut self) {
        let count = (self.places.len() * 2).max(MIN_PLACES);
        let old = std::mem::replace(&mut self.places, vec![OPEN; count]);
        let last = count - 1;
        for place in old.into_iter().filter(|place| place.entry > 0) {
            let near = (0..MAX_LOOKS).map(|look| (place.hash as usize).wrapping_add(look) & last);
            let open = { near }.find(|at| self.places.get(*at).is_some_and(|of| of.entry == 0));
            match open.and_then(|at| self.places.get_mut(at)) {
                Some(open) => *open = place,
                None => return self.put_in_order(),
            }
        }
    }

    fn put_in_order(&mut self) {
        self.places = Vec::new();
        let keys = self.entries.iter().map(|(key, _)| key.clone());
        self.ordered = Some(keys.zip(0..).collect());
    }
}

impl<K: Hash + Ord + Clone, V> Default for Lookup<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Hash + Ord + Clone> FromIterator<K> for Lookup<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        let mut all = Self::new();
        all.extend(keys);
        all
    }
}

impl<K: Hash + Ord + Clone> Extend<K> for Lookup<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        keys.into_iter().for_each(|key| {
            self.add(key, ());
        });
    }
}

/// Where a key wants to be.
fn hash<Q: Hash + ?Sized>(key: &Q) -> u32 {
    let hash = FxBuildHasher.hash_one(key);
    #[expect(clippy::cast_possible_truncation, reason = "both halves are mixed")]
    let mixed = (hash ^ (hash >> 32)) as u32;
    mixed
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::cmp::Ordering;
    use std::collections::HashMap;
    use std::hash::Hasher;

    use proptest::prelude::*;

    use super::*;

    thread_local! {
        /// How often two keys were compared.
        static COMPARED: Cell<usize> = const { Cell::new(0) };
    }

    /// A number that counts how often it is compared, and wants to be where `wants` says.
    #[derive(Clone, Copy)]
    struct Chosen {
        number: u32,
        wants: u32,
    }

    impl Hash for Chosen {
        fn hash<H: Hasher>(&self, state: &mut H) {
            state.write_u32(self.wants);
        }
    }

    impl Ord for Chosen {
        fn cmp(&self, other: &Self) -> Ordering {
            COMPARED.set(COMPARED.get() + 1);
            self.number.cmp(&other.number)
        }
    }

    impl PartialOrd for Chosen {
        fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }

    impl PartialEq for Chosen {
        fn eq(&self, other: &Self) -> bool {
            self.cmp(other) == Ordering::Equal
        }
    }

    impl Eq for Chosen {}

    /// How often keys are compared until so many of them are there, and each was found once more.
    fn compared(count: u32, wants: impl Fn(u32) -> u32) -> usize {
        COMPARED.set(0);
        let mut all = Lookup::new();
        for number in 0..count {
            assert!(all.add(Chosen { number, wants: wants(number) }, number));
        }
        for number in 0..count {
            assert_eq!(all.get(&Chosen { number, wants: wants(number) }), Some(&number));
        }
        COMPARED.get()
    }

    #[test]
    fn keys_that_want_the_same_place_are_found_by_halves() {
        // One after the other would be 200 millions.
        let count = 20_000;
        assert!(compared(count, |_| 7) < 20_000 * 150);
        // A hundred that want the same place, and as many in the next, and so on.
        assert!(compared(count, |number| number / 100) < 20_000 * 150);
        // What nobody has chosen is compared with itself alone.
        assert!(compared(count, |number| number) < 20_000 * 3 / 2);
    }

    /// Words that all want one of a few places, as anybody can find them who knows how they are spread.
    fn chosen_words(count: usize) -> Vec<String> {
        let words = (0_u32..).map(|number| format!("w{number}"));
        words.filter(|word| hash(word.as_str()) & 0xfff == 0).take(count).collect()
    }

    #[test]
    fn words_that_were_chosen_are_put_in_order() {
        let words = chosen_words(1_000);
        let mut all: Lookup<&str> = Lookup::new();
        assert!(words.iter().all(|word| all.add(word, ())));
        assert!(all.ordered.is_some());
        for (number, word) in words.iter().enumerate() {
            assert_eq!(all.number_of(word.as_str()), Some(number));
        }
        assert!(!all.contains("w"));
    }

    #[test]
    fn ordinary_words_never_are() {
        for write in [
            (|n| format!("{n}")) as fn(u32) -> String,
            |n| format!("part-{n}"),
            |n| format!("The answer {n} of all"),
            |n| format!("{n:08}"),
            |n| format!("{}{}", "word ".repeat(5), n * 64),
        ] {
            let all: Lookup<String> = (0..100_000).map(write).collect();
            assert!(all.ordered.is_none());
            assert_eq!(all.iter().len(), 100_000);
        }
    }

    proptest! {
        #[test]
        fn each_key_is_there_once(keys in prop::collection::vec((0..60_u32, 0..3_u32), 0..400), same: bool) {
            let mut all = Lookup::new();
            let mut known: HashMap<u32, usize> = HashMap::new();
            for (number, wants) in keys {
                let wants = if same { 0 } else { number * 8 + wants };
                // What wants different places is another key.
                let number = if same { number } else { number * 3 + wants % 8 };
                let count = known.len();
                let at = *known.entry(number).or_insert(count);
                prop_assert_eq!(all.add_with(Chosen { number, wants }, || number), (at, at == count));
            }
            prop_assert_eq!(all.iter().len(), known.len());
            for (number, (key, value)) in all.iter().enumerate() {
                prop_assert_eq!(key.number, *value);
                prop_assert_eq!(known.get(value), Some(&number));
                prop_assert_eq!(all.number_of(key), Some(number));
            }
        }
    }
}
