//! Finding a word of a tree by its letters, in a time that does not grow with the tree.

use super::tables::Tables;

/// Where each word of a tree's tables is: a table with open places, at most half full. Empty where the words
/// are chosen so that they all want the same place, or are more than numbers of 16 bits: then they are found by halves,
/// as they are sorted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    places: Vec<u16>,
}

/// Stands in an open place.
const OPEN: u16 = u16::MAX;

/// How many places are looked at for each word, on average, before it is given up.
const MAX_LOOKS: usize = 16;

impl Vocabulary {
    /// That of these tables.
    pub(crate) fn of(tables: &Tables) -> Self {
        let size = (tables.words.len() * 2).next_power_of_two();
        let count = u16::try_from(tables.words.len()).ok().filter(|count| *count < OPEN);
        let Some(count) = count else { return Self::default() };
        let mut places = vec![OPEN; size];
        let mut looks = size.saturating_mul(MAX_LOOKS);
        for id in 0..count {
            let mut at = place(tables.word(u32::from(id)), size);
            // Half of the places are open, so one comes.
            while places.get(at).is_some_and(|id| *id != OPEN) {
                at = (at + 1) & (size - 1);
                looks = looks.saturating_sub(1);
                if looks == 0 {
                    return Self::default();
                }
            }
            if let Some(place) = places.get_mut(at) {
                *place = id;
            }
        }
        Self { places }
    }

    /// The number of a word; none if the tree has no such word.
    pub(crate) fn find(&self, tables: &Tables, word: &str) -> Option<u32> {
        let size = self.places.len();
        if size == 0 {
            return tables.word_by_halves(word);
        }
        let mut at = place(word, size);
        for _ in 0..size {
            let id = *self.places.get(at)?;
            if id == OPEN {
                return None;
            }
            let id = u32::from(id);
            if tables.word(id) == word {
                return Some(id);
            }
            at = (at + 1) & (size - 1);
        }
        None
    }
}

#[cfg(feature = "yaml")]
impl Vocabulary {
    /// The number of a word of ASCII characters, some of which may be capitals.
    pub(crate) fn find_in_small_letters(&self, tables: &Tables, word: &[u8]) -> Option<u32> {
        // A word that is longer is found all the same, only not as quickly.
        let mut small = [0; 32];
        match small.get_mut(..word.len()) {
            Some(small) => {
                small.copy_from_slice(word);
                small.make_ascii_lowercase();
                self.find(tables, str::from_utf8(small).ok()?)
            }
            None => self.find(tables, str::from_utf8(&word.to_ascii_lowercase()).ok()?),
        }
    }
}

/// The place where a word is looked for first: FNV-1a, with its high bits mixed in.
fn place(word: &str, size: usize) -> usize {
    let mut hash = 0x811c_9dc5_u32;
    for byte in word.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    (hash ^ (hash >> 15)) as usize & size.wrapping_sub(1)
}
