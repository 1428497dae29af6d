//! Amounts in a message: "11 days", "at least two and a half weeks", "5-7 months".
//!
//! An amount is read as a range, and so is what an answer says of amounts ("Up to 6 months"). Which answers
//! an amount may mean is then a matter of comparing ranges: see [`Range::is_within`] and
//! [`Range::may_meet`]. All numbers are in thousandths and whole, so that nothing depends on rounding.

mod read;

use std::cmp::Ordering;

#[cfg(feature = "yaml")]
use crate::lang::List;
use crate::lang::Pack;
#[cfg(feature = "yaml")]
use crate::lookup::Lookup;
use crate::text::holds;

use read::{Reader, Unit};

/// Minutes in an average month.
const MONTH: i64 = 43_830;

/// How near two amounts in different units are, in hundredths, for neither to be surely the greater.
const UNSURE: i64 = 3;

/// No months are longer or shorter than others by more than these, in thousandths of a minute.
const MOST_UNSURE: i64 = 3_600 * 1_000;

/// Signs of a message that are no letters or digits, and tell how its numbers belong together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// "1/2 year"
    has_slash: bool,
    /// "6 months - 1 day"
    has_minus: bool,
}

impl Signs {
    /// Those of a message.
    pub(super) fn of(text: &str) -> Self {
        Self { has_slash: holds(text, "/"), has_minus: holds(text, " - ") }
    }
}

/// The most amounts that are looked at in a message.
const MAX_FOUND: usize = 8;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure<'w> {
    Time,
    /// Anything else, by its word.
    Of(&'w str),
}

/// How much: of time, months and minutes; of anything else, the first number alone. In thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    months: i64,
    minutes: i64,
}

/// From one amount to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range<'w> {
    pub(super) measure: Measure<'w>,
    low: End,
    /// None: there is no end.
    high: Option<End>,
}

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct End {
    amount: Amount,
    is_in: bool,
}

/// An amount in a row of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<'w> {
    pub(super) range: Range<'w>,
    /// Its first word, with those of more or less.
    pub(super) start: usize,
    /// The word after it.
    pub(super) end: usize,
    /// Whether it says from where or up to where: "up to 6 months", "6-11 months".
    pub(super) is_bound: bool,
    /// Whether it may be something else than an amount of what is asked: "2 weeks ago".
    pub(super) is_doubtful: bool,
}

/// The amounts in a row of words; `units` are words that count as units besides those of time, and `currency` is
/// that of numbers without one; `signs` are those of the message.
pub(super) fn amounts<'w>(
    pack: &Pack,
    words: &[&'w str],
    units: &[&'w str],
    currency: Option<&'static str>,
    signs: Signs,
) -> Vec<Found<'w>> {
    let reader = Reader { pack, of: pack.amounts, words, units, currency, signs };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() && found.len() < MAX_FOUND {
        match reader.amount(at) {
            Some(amount) => {
                at = amount.end.max(at + 1);
                found.push(amount);
            }
            None => at += 1,
        }
    }
    found
}

/// The amount that all of these words together are, if they are one.
pub(super) fn whole_amount<'w>(
    pack: &Pack,
    words: &[&'w str],
    units: &[&'w str],
    currency: Option<&'static str>,
) -> Option<Found<'w>> {
    let reader = Reader { pack, of: pack.amounts, words, units, currency, signs: Signs::default() };
    reader.amount(0).filter(|found| found.start == 0 && found.end == words.len())
}

/// The words of a language that an amount may begin with. Most phrases begin with another, and need no reading.
#[cfg(feature = "yaml")]
pub(super) struct Openers(Lookup<&'static str>);

#[cfg(feature = "yaml")]
impl Openers {
    pub(super) fn of(pack: &Pack) -> Self {
        let of = pack.amounts;
        let bounds = of.bounds_before.iter().flat_map(|(phrases, _)| phrases.iter());
        let some = of.some.iter().map(|(phrase, ..)| *phrase);
        let phrases = bounds.chain(some).filter_map(|phrase| phrase.split(' ').next());
        let lists = [of.ones, of.tens, of.one, of.between, of.plural_units];
        let words = lists.into_iter().flat_map(List::iter);
        let multipliers = of.multipliers.iter().map(|(name, _)| *name);
        let mut openers = Lookup::new();
        for word in phrases.chain(words).chain(multipliers).chain([of.half]) {
            openers.add(word, ());
        }
        Self(openers)
    }

    /// Whether an amount may begin with this word: otherwise none does.
    pub(super) fn may_begin(&self, word: &str) -> bool {
        word.starts_with(|first: char| first.is_ascii_digit() || first == '.')
            || self.0.contains(word)
    }
}

impl<'w> Range<'w> {
    /// Whether this is one amount.
    pub(super) fn is_exact(&self) -> bool {
        self.high == Some(self.low)
    }

    /// Whether all of this surely lies in `other`.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        if self.measure != other.measure {
            return false;
        }
        // "Under 3 people" is as good as "1 or 2": from where is not said.
        let begins_anywhere = self.low.amount == Amount::NOTHING && self.high.is_some();
        let low = match self.low.amount.compare(other.low.amount) {
            _ if begins_anywhere => true,
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => other.low.is_in || !self.low.is_in,
            Some(Ordering::Less) | None => false,
        };
        let high = match (self.high, other.high) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(this), Some(other)) => match this.amount.compare(other.amount) {
                Some(Ordering::Less) => true,
                Some(Ordering::Equal) => other.is_in || !this.is_in,
                Some(Ordering::Greater) | None => false,
            },
        };
        low && high
    }

    /// Whether something of this may lie in `other`.
    pub(super) fn may_meet(&self, other: &Self) -> bool {
        self.measure == other.measure
            && !ends_before(self.high, other.low)
            && !ends_before(other.high, self.low)
    }

    /// What lies in both; none if nothing does.
    pub(super) fn and(&self, other: &Self) -> Option<Self> {
        if !self.may_meet(other) {
            return None;
        }
        let low = match self.low.amount.compare(other.low.amount)? {
            Ordering::Greater => self.low,
            Ordering::Less => other.low,
            Ordering::Equal => End { is_in: self.low.is_in && other.low.is_in, ..self.low },
        };
        let high = match (self.high, other.high) {
            (None, high) | (high, None) => high,
            (Some(this), Some(other)) => Some(match this.amount.compare(other.amount)? {
                Ordering::Less => this,
                Ordering::Greater => other,
                Ordering::Equal => End { is_in: this.is_in && other.is_in, ..this },
            }),
        };
        Some(Self { measure: self.measure, low, high })
    }

    /// From the lower beginning to the higher end of both.
    pub(super) fn or(&self, other: &Self) -> Self {
        if self.measure != other.measure {
            return *self;
        }
        let low = match self.low.amount.compare(other.low.amount) {
            Some(Ordering::Greater) => other.low,
            Some(Ordering::Equal) => End { is_in: self.low.is_in || other.low.is_in, ..self.low },
            Some(Ordering::Less) | None => self.low,
        };
        let high = match (self.high, other.high) {
            (None, _) | (_, None) => None,
            (Some(this), Some(other)) => Some(match this.amount.compare(other.amount) {
                Some(Ordering::Less) => other,
                Some(Ordering::Equal) => End { is_in: this.is_in || other.is_in, ..this },
                Some(Ordering::Greater) | None => this,
            }),
        };
        Self { measure: self.measure, low, high }
    }
}

fn ends_before(high: Option<End>, low: End) -> bool {
    let Some(high) = high else { return false };
    match high.amount.compare(low.amount) {
        Some(Ordering::Less) => true,
        Some(Ordering::Equal) => !(high.is_in && low.is_in),
        Some(Ordering::Greater) | None => false,
    }
}

impl Amount {
    const NOTHING: Self = Self { months: 0, minutes: 0 };

    fn of(thousandths: i64, unit: Unit<'_>) -> Self {
        Self {
            months: thousandths.saturating_mul(unit.months),
            minutes: thousandths.saturating_mul(unit.minutes),
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            months: self.months.saturating_add(other.months),
            minutes: self.minutes.saturating_add(other.minutes),
        }
    }

    fn times(self, by: i64, over: i64) -> Self {
        Self {
            months: self.months.saturating_mul(by) / over,
            minutes: self.minutes.saturating_mul(by) / over,
        }
    }

    fn total(self) -> i64 {
        self.months.saturating_mul(MONTH).saturating_add(self.minutes)
    }

    /// Which is more; none if months are held against days and come too near.
    fn compare(self, other: Self) -> Option<Ordering> {
        if self.minutes == other.minutes {
            return Some(self.months.cmp(&other.months));
        }
        if self.months == other.months {
            return Some(self.minutes.cmp(&other.minutes));
        }
        let (this, that) = (self.total(), other.total());
        let apart = this.saturating_sub(that).saturating_abs();
        let near = (this.max(that) / 100 * UNSURE).min(MOST_UNSURE);
        (apart > near).then(|| this.cmp(&that))
    }
}

#[cfg(test)]
mod tests;
