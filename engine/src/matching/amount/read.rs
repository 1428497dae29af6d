//! Reading amounts in a row of words.

use std::cmp::Ordering;

use crate::lang::{AmountWords, BoundWord, List, Pack};

use super::{Amount, End, Found, Measure, Range, Signs};

/// A unit of something.
#[derive(Clone, Copy)]
pub(super) struct Unit<'w> {
    measure: Measure<'w>,
    pub(super) months: i64,
    pub(super) minutes: i64,
}

/// A number of units, or some between two numbers.
#[derive(Clone, Copy)]
struct Quantity<'w> {
    low: Amount,
    high: Amount,
    unit: Unit<'w>,
    end: usize,
    is_doubtful: bool,
    /// What is said of more or less before the unit: "6+ months", "4 or more people".
    inner: Option<BoundWord>,
    /// Whether two numbers were said: "6-11 months", but not "a few months".
    is_range: bool,
}

/// A row of words, and what is known of amounts.
pub(super) struct Reader<'r, 'w> {
    pub(super) pack: &'r Pack,
    pub(super) of: &'static AmountWords,
    pub(super) words: &'r [&'w str],
    /// Words that count as units besides those of time.
    pub(super) units: &'r [&'w str],
    /// The currency of numbers without a unit.
    pub(super) currency: Option<&'static str>,
    /// What signs there are in the message.
    pub(super) signs: Signs,
}

/// Numbers on both sides of a slash that may be a part of one, in thousandths.
const PARTS: [(i64, i64); 5] =
    [(1_000, 2_000), (1_000, 3_000), (2_000, 3_000), (1_000, 4_000), (3_000, 4_000)];

impl<'w> Reader<'_, 'w> {
    /// The amount that begins at a word.
    pub(super) fn amount(&self, start: usize) -> Option<Found<'w>> {
        let before = self.bound(start, self.of.bounds_before);
        let from = before.map_or(start, |(_, end)| end);
        let mut quantity = self.quantity(from)?;
        let mut is_doubtful = quantity.is_doubtful || self.ends_with(start, self.of.not_before);
        is_doubtful |= self.any_at(quantity.end, self.of.not_after).is_some();
        let mut after = self.bound(quantity.end, self.of.bounds_after);
        if after.is_none() && !is_doubtful {
            quantity = self.parts(quantity);
            after = self.bound(quantity.end, self.of.bounds_after);
            if after.is_none() {
                quantity = self.range(quantity);
                after = self.bound(quantity.end, self.of.bounds_after);
            }
        }
        // "2 weeks plus a day" is read above; a bare "plus" is "or more".
        let end = after.map_or(quantity.end, |(_, end)| end);
        is_doubtful |= quantity.is_doubtful || self.any_at(end, self.of.not_after).is_some();
        let after = after.map(|(bound, _)| bound);
        let after = after.or(quantity.inner);
        let before = before.map(|(bound, _)| bound);
        let bound = match (before, after) {
            (Some(bound), None) | (None, Some(bound)) => Some(bound),
            (Some(before), Some(after)) => {
                is_doubtful |= before != after;
                Some(before)
            }
            (None, None) => None,
        };
        let range = bounded(bound, &quantity);
        let is_bound = bound.is_some() || quantity.is_range;
        Some(Found { range, start, end, is_bound, is_doubtful })
    }

    /// A number and its unit.
    fn quantity(&self, at: usize) -> Option<Quantity<'w>> {
        if let Some(quantity) = self.glued(at) {
            return Some(quantity);
        }
        let whole = |low: i64, high: i64, unit: Unit<'w>, end: usize| Quantity {
            low: Amount::of(low, unit),
            high: Amount::of(high, unit),
            unit,
            end,
            is_doubtful: false,
            inner: None,
            is_range: false,
        };
        if self.word(at) == Some(self.of.half) {
            let skip =
                usize::from(self.word(at + 1).is_some_and(|word| self.of.half_of.contains(word)));
            // "half a dozen people"
            let (number, end) = self.multiplied(500, at + 1 + skip);
            let (unit, end) = self.unit(end)?;
            return Some(whole(number, number, unit, end));
        }
        for (phrase, low, high) in self.of.some {
            if let Some(end) = self.phrase_at(at, phrase)
                && let Some((unit, end)) = self.unit(end)
            {
                return Some(whole(*low, *high, unit, end));
            }
        }
        let is_between = self.word(at).is_some_and(|word| self.of.between.contains(word));
        let from = if is_between { at + 1 } else { at };
        if let Some((number, end)) = self.number(from) {
            let (number, end) = self.with_half(number, end);
            let (other, end, is_doubtful) = self.other_end(number, end, is_between);
            // "1/2 year" is half of one, though "2/3 weeks" are rather 2 or 3.
            let is_part = self.signs.has_slash && PARTS.contains(&(number, other));
            let number = if is_part { number * 1_000 / other } else { number };
            let inner = self.bound(end, self.of.bounds_after);
            let after = inner.map_or(end, |(_, end)| end);
            if let Some((unit, end)) = self.unit(after).or_else(|| Some((self.money_at(end)?, end)))
            {
                let quantity = whole(number.min(other), number.max(other), unit, end);
                let is_range = other != number;
                let inner = inner.filter(|_| end > after).map(|(bound, _)| bound);
                return Some(Quantity { is_doubtful, inner, is_range, ..quantity });
            }
        }
        self.one_or_some(at)
    }

    /// "a year", "one whole year", and "weeks" by itself.
    fn one_or_some(&self, at: usize) -> Option<Quantity<'w>> {
        let is_one = |at: usize| self.word(at).is_some_and(|word| self.of.one.contains(word));
        let ones = (at..).take_while(|at| is_one(*at)).take(3).count();
        let (unit, end) = self.unit(at + ones)?;
        if ones > 0 {
            let one = Amount::of(1_000, unit);
            return Some(Quantity {
                low: one,
                high: one,
                unit,
                end,
                is_doubtful: false,
                inner: None,
                is_range: false,
            });
        }
        let is_plural = self.word(at).is_some_and(|word| self.of.plural_units.contains(word));
        if !is_plural || self.number_ends_at(at) {
            return None;
        }
        let (low, high) = (Amount::of(2_000, unit), Amount::of(11_000, unit));
        Some(Quantity { low, high, unit, end, is_doubtful: false, inner: None, is_range: false })
    }

    /// The other end of "5-7", "5 to 7", "5 or 7", "between 5 and 7"; the same number where there is none.
    fn other_end(&self, number: i64, end: usize, is_between: bool) -> (i64, usize, bool) {
        let joins = |word: &str| {
            self.of.to.contains(word)
                || word == self.pack.or.trim()
                || (is_between && self.of.and.contains(word))
        };
        if self.word(end).is_some_and(joins)
            && let Some((other, end)) = self.number(end + 1)
        {
            let (other, end) = self.with_half(other, end);
            return (other, end, false);
        }
        // A hyphen is gone: "5 7 months". In "10 000" it is no range.
        match self.number(end) {
            Some((other, end)) => {
                let (other, end) = self.with_half(other, end);
                (other, end, other < number || self.number(end).is_some())
            }
            None => (number, end, false),
        }
    }

    /// Parts of an amount: "a year and a half", "6 months and a day", "1 year 2 months".
    fn parts(&self, mut quantity: Quantity<'w>) -> Quantity<'w> {
        for _ in 0..3 {
            let and =
                usize::from(self.word(quantity.end).is_some_and(|word| self.of.and.contains(word)));
            if and == 0 && self.signs.has_minus {
                // "6 months - 1 day"
                break;
            }
            let at = quantity.end + and;
            if and == 1
                && let Some(end) = self.half_at(at).filter(|end| self.unit(*end).is_none())
            {
                let half = Amount::of(500, quantity.unit);
                quantity.low = quantity.low.plus(half);
                quantity.high = quantity.high.plus(half);
                quantity.end = end;
                continue;
            }
            let Some(part) = self.quantity(at).filter(|part| {
                part.unit.measure == quantity.unit.measure
                    && Amount::of(1, part.unit).total() < Amount::of(1, quantity.unit).total()
            }) else {
                break;
            };
            quantity.low = quantity.low.plus(part.low);
            quantity.high = quantity.high.plus(part.high);
            quantity.end = part.end;
            quantity.is_doubtful |= part.is_doubtful;
        }
        quantity
    }

    /// A second amount: "6 months to a year", "2 weeks or a month", "a week or two".
    fn range(&self, mut quantity: Quantity<'w>) -> Quantity<'w> {
        let joins = |word: &str| self.of.to.contains(word) || word == self.pack.or.trim();
        if !self.word(quantity.end).is_some_and(joins) {
            return quantity;
        }
        let at = quantity.end + 1;
        let other = match self.quantity(at) {
            Some(other) if other.unit.measure == quantity.unit.measure => self.parts(other),
            Some(_) => return quantity,
            None => {
                let Some((number, end)) = self.number(at) else { return quantity };
                let amount = Amount::of(number, quantity.unit);
                Quantity { low: amount, high: amount, end, ..quantity }
            }
        };
        let is_less = other.low.compare(quantity.low) == Some(Ordering::Less);
        let is_more = other.high.compare(quantity.high) != Some(Ordering::Less);
        quantity.low = if is_less { other.low } else { quantity.low };
        quantity.high = if is_more { other.high } else { quantity.high };
        quantity.end = other.end;
        quantity.is_doubtful |= other.is_doubtful;
        quantity.is_range = true;
        quantity
    }

    /// A number, in digits or words, in thousandths.
    fn number(&self, at: usize) -> Option<(i64, usize)> {
        let word = self.word(at)?;
        if word.starts_with(|first: char| first.is_ascii_digit()) {
            // "10k"
            let digits_end = word.find(char::is_alphabetic).unwrap_or(word.len());
            let (number, suffix) = word.split_at_checked(digits_end)?;
            let by = self.of.multipliers.iter().find(|(name, _)| *name == suffix);
            let by = if suffix.is_empty() { 1 } else { by?.1 };
            let number = digits(number)?.saturating_mul(by);
            return Some(self.multiplied(number, at + 1));
        }
        let named = |at: usize| {
            let word = self.word(at)?;
            let small = self.of.ones.position(word);
            let number = small.or_else(|| Some(20 + 10 * self.of.tens.position(word)?))?;
            i64::try_from(number).ok().map(|number| number * 1_000)
        };
        if self.multiplier(at).is_some() {
            return Some(self.multiplied(1_000, at));
        }
        let is_one = self.of.one.contains(word);
        if is_one && self.multiplier(at + 1).is_some() {
            return Some(self.multiplied(1_000, at + 1));
        }
        let number = named(at)?;
        // "twenty five"
        match named(at + 1).filter(|ones| number >= 20_000 && (1_000..10_000).contains(ones)) {
            Some(ones) => Some(self.multiplied(number + ones, at + 2)),
            None => Some(self.multiplied(number, at + 1)),
        }
    }

    fn multiplied(&self, number: i64, at: usize) -> (i64, usize) {
        match self.multiplier(at) {
            Some(by) => (number.saturating_mul(by), at + 1),
            None => (number, at),
        }
    }

    fn multiplier(&self, at: usize) -> Option<i64> {
        let word = self.word(at)?;
        self.of.multipliers.iter().find(|(name, _)| *name == word).map(|(_, by)| *by)
    }

    /// "… and a half", before the unit.
    fn with_half(&self, number: i64, end: usize) -> (i64, usize) {
        if let Some(part) = self.word(end).and_then(fraction) {
            return (number.saturating_add(part), end + 1);
        }
        let and = self.word(end).is_some_and(|word| self.of.and.contains(word));
        match self.half_at(end + 1).filter(|_| and) {
            Some(end) => (number.saturating_add(500), end),
            None => (number, end),
        }
    }

    /// Where "a half" or "half" ends.
    fn half_at(&self, at: usize) -> Option<usize> {
        let skip = usize::from(self.word(at).is_some_and(|word| self.of.one.contains(word)));
        (self.word(at + skip) == Some(self.of.half)).then_some(at + skip + 1)
    }

    /// A number and its unit in one word: "6months", "2w".
    fn glued(&self, at: usize) -> Option<Quantity<'w>> {
        let word = self.word(at)?;
        let split = word.find(|character: char| !character.is_ascii_digit() && character != '.')?;
        let (number, name) = word.split_at_checked(split)?;
        let number = digits(number)?;
        let amount = |unit| Amount::of(number, unit);
        let unit = self.unit_named(name)?;
        Some(Quantity {
            low: amount(unit),
            high: amount(unit),
            unit,
            end: at + 1,
            is_doubtful: false,
            inner: None,
            is_range: false,
        })
    }

    fn unit(&self, at: usize) -> Option<(Unit<'w>, usize)> {
        Some((self.unit_named(self.word(at)?)?, at + 1))
    }

    /// The unit of a number that ends before a word, where it was written as "£500".
    fn money_at(&self, end: usize) -> Option<Unit<'w>> {
        let sign = self.currency?;
        // "2 cars" are no £2.
        let is_alone = self.word(end).is_none_or(|word| {
            word.starts_with(|first: char| first.is_ascii_digit())
                || self.pack.told.me.contains(word)
                || self.of.to.contains(word)
                || self.of.and.contains(word)
                || word == self.pack.or.trim()
                || self.of.rates.contains(word)
                || self.of.one.contains(word) && self.unit(end + 1).is_some()
        }) || self.bound(end, self.of.bounds_after).is_some();
        is_alone.then_some(Unit { measure: Measure::Of(sign), months: 1, minutes: 0 })
    }

    fn unit_named(&self, word: &str) -> Option<Unit<'w>> {
        let money = self.of.currencies.iter().find(|(_, names)| names.contains(word));
        if let Some((sign, _)) = money {
            return Some(Unit { measure: Measure::Of(sign), months: 1, minutes: 0 });
        }
        let time = self.of.units.iter().find(|(names, ..)| names.contains(word));
        if let Some((_, months, minutes)) = time {
            return Some(Unit { measure: Measure::Time, months: *months, minutes: *minutes });
        }
        let other = self.units.iter().find(|unit| is_same_unit(unit, word))?;
        let one = other.strip_suffix('s').unwrap_or(other);
        Some(Unit { measure: Measure::Of(one), months: 1, minutes: 0 })
    }

    /// The longest words of more or less at a place, and where they end.
    fn bound(&self, at: usize, words: &[(List, BoundWord)]) -> Option<(BoundWord, usize)> {
        words
            .iter()
            .flat_map(|(phrases, bound)| phrases.iter().map(move |phrase| (phrase, *bound)))
            .filter_map(|(phrase, bound)| Some((bound, self.phrase_at(at, phrase)?)))
            .max_by_key(|(_, end)| *end)
    }

    fn any_at(&self, at: usize, phrases: List) -> Option<usize> {
        phrases.iter().find_map(|phrase| self.phrase_at(at, phrase))
    }

    /// Whether one of these phrases ends just before a place.
    fn ends_with(&self, at: usize, phrases: List) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.word(before)) else {
            return false;
        };
        phrases.iter().filter(|phrase| phrase.ends_with(before)).any(|phrase| {
            let length = phrase.split(' ').count();
            at.checked_sub(length).is_some_and(|start| self.phrase_at(start, phrase).is_some())
        })
    }

    fn number_ends_at(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.number(before).is_some())
    }

    /// Where a phrase that begins at a place ends.
    fn phrase_at(&self, at: usize, phrase: &str) -> Option<usize> {
        // Nearly all phrases begin with another letter.
        let first = self.word(at)?;
        if phrase.as_bytes().first() != first.as_bytes().first() || !phrase.starts_with(first) {
            return None;
        }
        let mut end = at;
        for word in phrase.split(' ') {
            if self.word(end) != Some(word) {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    fn word(&self, at: usize) -> Option<&'w str> {
        self.words.get(at).copied()
    }
}

/// One more or less than a plural.
fn is_same_unit(unit: &str, word: &str) -> bool {
    unit == word || unit.strip_suffix('s') == Some(word) || word.strip_suffix('s') == Some(unit)
}

/// The number that a word of digits is, in thousandths: "6", "2.5", "6½".
fn digits(word: &str) -> Option<i64> {
    let (last, _) = word.char_indices().next_back()?;
    let (word, fraction) = match fraction(word.get(last..)?) {
        Some(part) => (word.get(..last)?, part),
        None => (word, 0),
    };
    let (whole, part) = word.split_once('.').unwrap_or((word, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // Three digits after the dot are rather thousands: "10.000".
    if whole.is_empty()
        || whole.len() > 9
        || part.len() > 2
        || !is_number(whole)
        || !is_number(part)
    {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part = match part.len() {
        0 => 0,
        1 => part.parse::<i64>().ok()? * 100,
        _ => part.parse::<i64>().ok()? * 10,
    };
    Some(whole * 1_000 + part + fraction)
}

fn fraction(word: &str) -> Option<i64> {
    match word {
        "½" => Some(500),
        "¼" => Some(250),
        "¾" => Some(750),
        _ => None,
    }
}

/// What words of more or less make of an amount.
fn bounded<'w>(bound: Option<BoundWord>, of: &Quantity<'w>) -> Range<'w> {
    let at = |amount: Amount| End { amount, is_in: true };
    let beside = |amount: Amount| End { amount, is_in: false };
    let nothing = at(Amount::NOTHING);
    let (low, high) = match bound {
        None => (at(of.low), Some(at(of.high))),
        Some(BoundWord::Below) => (nothing, Some(beside(of.high))),
        Some(BoundWord::AtMost) => (nothing, Some(at(of.high))),
        Some(BoundWord::Above) => (beside(of.low), None),
        Some(BoundWord::AtLeast) => (at(of.low), None),
        Some(BoundWord::About) => (at(of.low.times(9, 10)), Some(at(of.high.times(11, 10)))),
        Some(BoundWord::Almost) => (at(of.low.times(4, 5)), Some(beside(of.high))),
    };
    Range { measure: of.unit.measure, low, high }
}
