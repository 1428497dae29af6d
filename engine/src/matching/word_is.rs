//! What a word is in its language, whatever is asked: flags, looked up once for each word of a tree.

#[cfg(feature = "yaml")]
use crate::lang::{List, Pack};

/// It carries no meaning of its own.
pub(crate) const FUNCTION: u32 = 1;
/// It turns a meaning round.
pub(crate) const NEGATION: u32 = 1 << 1;
/// It is a number in letters, or stands for one.
pub(crate) const NUMERAL: u32 = 1 << 2;
/// Before a name it makes another name of it.
pub(crate) const QUALIFIER: u32 = 1 << 3;
/// It says more or less, and may turn a number's meaning round.
pub(crate) const COMPARISON: u32 = 1 << 4;
/// As a key it is a yes.
pub(crate) const YES_KEY: u32 = 1 << 5;
/// As a key it is a no.
pub(crate) const NO_KEY: u32 = 1 << 6;
/// By itself it says yes.
pub(crate) const YES: u32 = 1 << 7;
/// By itself it says no.
pub(crate) const NO: u32 = 1 << 8;
/// It stands between things of which either may be meant.
pub(crate) const OR: u32 = 1 << 9;

/// Beside an answer it makes doubtful whether that is meant.
pub(crate) const DOUBT: u32 = 1 << 10;
/// It is another person, of whom something may be said …
pub(crate) const RELATIVE: u32 = 1 << 11;
/// … with such a word.
pub(crate) const SAYS_OF: u32 = 1 << 12;
/// It is one of those whom people visit and live with: what is said of one may be said of another.
pub(crate) const KIN: u32 = 1 << 13;

/// All words of a language with what they are; a word may come several times.
#[cfg(feature = "yaml")]
pub(crate) fn all(pack: &'static Pack) -> impl Iterator<Item = (&'static str, u32)> {
    let lists: [(List, u32); 14] = [
        (pack.function_words, FUNCTION),
        (pack.negations, NEGATION),
        (pack.numerals, NUMERAL),
        (pack.qualifiers, QUALIFIER),
        (pack.comparisons, COMPARISON),
        (pack.yes_keys, YES_KEY),
        (pack.no_keys, NO_KEY),
        (pack.yes, YES),
        (pack.no, NO),
        (pack.doubts, DOUBT),
        (pack.relatives, RELATIVE),
        (pack.kin, RELATIVE),
        (pack.kin, KIN),
        (pack.says_of, SAYS_OF),
    ];
    let words =
        lists.into_iter().flat_map(|(words, flag)| words.iter().map(move |word| (word, flag)));
    words.chain([(pack.or.trim(), OR)]).filter(|(word, _)| !word.contains(' '))
}
