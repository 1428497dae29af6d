//! What makes one word of another, and whether it is a slip of the finger.

use crate::lang::Pack;

/// Whether a word that looks like another with slips may well be a third one, which nobody here knows.
///
/// Letters that change places, double letters and letters that sound alike are slips. A letter too many or
/// too few is one, too. But a letter in the place of quite another one, or two things at once, makes other words:
/// "export" is no "expert", and "infection" no "inspection".
pub(super) fn is_doubtful(pack: &Pack, word: &str, other: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let others: Vec<char> = other.chars().collect();
    let length = letters.len().min(others.len());
    let is_doubtful = match Edits::between(pack, &letters, &others, 2) {
        Some(Edits { other: 0, alike, .. }) => alike > 0 && length < 7,
        // "bisness" sounds as "business".
        Some(Edits { other: 1, missing: 1, vowels: 1, alike, light }) if alike + light == 1 => {
            length < 7
        }
        Some(Edits { other: 1, missing: 1, alike, light, .. }) => alike + light > 0 && length < 9,
        Some(Edits { .. }) | None => true,
    };
    is_doubtful && heard(pack, letters) != heard(pack, others)
}

/// The letters of a word; one for two that sound like it: "headake" for "headache".
fn heard(pack: &Pack, word: Vec<char>) -> Vec<char> {
    let mut letters: Vec<char> = Vec::new();
    for letter in word {
        let mut heard = letter;
        for sound in pack.sounds.iter() {
            let mut of = sound.chars();
            let one = of.next();
            if of.next() == letters.last().copied() && of.next() == Some(letter) {
                letters.pop();
                heard = one.unwrap_or(letter);
            }
        }
        letters.push(heard);
    }
    letters
}

/// Whether a letter is one of these.
fn has(group: &str, letter: char) -> bool {
    group.chars().any(|of| of == letter)
}

/// What makes one word of another.
#[derive(Clone, Copy, Default)]
struct Edits {
    /// Letters that change places, and double letters that are single, or the other way round.
    light: usize,
    /// Letters in the place of one that sounds alike.
    alike: usize,
    /// All others.
    other: usize,
    /// How many of these are letters too many or too few …
    missing: usize,
    /// … and of those, how many are vowels.
    vowels: usize,
}

impl Edits {
    /// The edits between two words, if they are few: those with the fewest that are not slight.
    fn between(pack: &Pack, word: &[char], other: &[char], most: usize) -> Option<Self> {
        let same = word.iter().zip(other).take_while(|(one, two)| one == two).count();
        let before = same.checked_sub(1).and_then(|at| word.get(at));
        let (word, other) = (word.get(same..)?, other.get(same..)?);
        if word.is_empty() && other.is_empty() {
            return Some(Self::default());
        }
        let left = most.checked_sub(1)?;
        let rest = |skip: usize, skip_other: usize| {
            Self::between(pack, word.get(skip..)?, other.get(skip_other..)?, left)
        };
        let swapped = match (word, other) {
            ([a, b, ..], [x, y, ..]) if a == y && b == x => {
                rest(2, 2).map(|rest| Self { light: rest.light + 1, ..rest })
            }
            _ => None,
        };
        let replaced = match (word, other) {
            ([a, ..], [x, ..]) => rest(1, 1).map(|rest| {
                if pack.alike.iter().any(|group| has(group, *a) && has(group, *x)) {
                    Self { alike: rest.alike + 1, ..rest }
                } else {
                    Self { other: rest.other + 1, ..rest }
                }
            }),
            _ => None,
        };
        let vowels = pack.alike.iter().next().unwrap_or_default();
        let single = |letter: Option<&char>, next: Option<&char>, rest: Option<Self>| {
            let letter = letter?;
            let is_double = before == Some(letter) || next == Some(letter);
            rest.map(|rest| {
                if is_double {
                    Self { light: rest.light + 1, ..rest }
                } else {
                    let vowels = rest.vowels + usize::from(has(vowels, *letter));
                    Self { other: rest.other + 1, missing: rest.missing + 1, vowels, ..rest }
                }
            })
        };
        let more = single(word.first(), word.get(1), rest(1, 0));
        let fewer = single(other.first(), other.get(1), rest(0, 1));
        let ways = [swapped, replaced, more, fewer].into_iter().flatten();
        ways.min_by_key(|edits| {
            (edits.other, edits.other - edits.missing, edits.alike, edits.light)
        })
    }
}
