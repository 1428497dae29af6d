//! How amounts are said in English.

use crate::lang::AmountWords;
use crate::lang::BoundWord::{About, Above, Almost, AtLeast, AtMost, Below};
use crate::lang::list::list;

/// Minutes in a day.
const DAY: i64 = 24 * 60;

// Words read better in rows.
#[rustfmt::skip]
pub(super) static AMOUNTS: AmountWords = AmountWords {
    ones: list![
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
        "eighteen", "nineteen",
    ],
    tens: list!["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
    multipliers: &[
        ("dozen", 12), ("hundred", 100), ("thousand", 1_000), ("k", 1_000), ("million", 1_000_000),
    ],
    some: &[
        ("a couple of", 2_000, 2_000),
        ("couple of", 2_000, 2_000),
        ("a couple", 2_000, 2_000),
        ("couple", 2_000, 2_000),
        ("a few", 2_000, 5_000),
        ("few", 2_000, 5_000),
        ("several", 3_000, 9_000),
        ("many", 5_000, i64::MAX),
    ],
    one: list!["a", "an", "one", "single", "whole", "full", "entire"],
    half: "half",
    half_of: list!["a", "an", "of", "the"],
    and: list!["and", "plus"],
    to: list!["to", "till", "until"],
    between: list!["between"],
    units: &[
        (list!["minute", "minutes", "min", "mins"], 0, 1),
        (list!["hour", "hours", "hr", "hrs", "h"], 0, 60),
        (list!["day", "days", "d", "night", "nights"], 0, DAY),
        (list!["weekend", "weekends"], 0, 3 * DAY),
        (list!["week", "weeks", "wk", "wks", "w"], 0, 7 * DAY),
        (list!["fortnight", "fortnights"], 0, 14 * DAY),
        (list!["month", "months", "mo", "mos", "mth", "mths", "mnths"], 1, 0),
        (list!["quarter", "quarters"], 3, 0),
        (list!["year", "years", "yr", "yrs", "y"], 12, 0),
        (list!["decade", "decades"], 120, 0),
    ],
    currencies: &[
        ("£", list!["pounds", "pound", "quid", "gbp"]),
        ("$", list!["dollars", "dollar", "bucks", "usd"]),
        ("€", list!["euros", "euro", "eur"]),
        ("₹", list!["rupees", "rupee", "inr"]),
    ],
    plural_units: list![
        "minutes", "hours", "days", "nights", "weekends", "weeks", "months", "years",
        "decades",
    ],
    bounds_before: &[
        (list![
            "no more than", "not more than", "no longer than", "not longer than",
            "not over", "not above", "at most", "at the most", "a maximum of",
            "maximum of", "maximum", "max", "up to", "within", "\u{2264}",
        ], AtMost),
        (list![
            "no less than", "not less than", "not under", "no fewer than", "at least",
            "a minimum of", "minimum of", "minimum", "min", "\u{2265}",
        ], AtLeast),
        (list!["just under", "a bit less than", "slightly less than", "almost", "nearly"], Almost),
        (list!["less than", "fewer than", "shorter than", "smaller than", "under", "below", "<"], Below),
        (list![
            "more than", "longer than", "greater than", "over", "above", "exceeding",
            "beyond", ">",
        ], Above),
        (list!["about", "around", "approximately", "approx", "roughly", "circa"], About),
    ],
    bounds_after: &[
        (list!["or so", "approximately", "approx", "roughly"], About),
        (list![
            "or less", "or fewer", "or under", "or shorter", "at most", "at the most",
            "maximum", "max", "tops", "or below",
        ], AtMost),
        (list![
            "or more", "or longer", "or over", "+", "at least", "minimum", "min", "plus",
            "and more", "and over", "and up", "upwards", "or above",
        ], AtLeast),
        (list!["and a bit", "and a bit more"], Above),
    ],
    not_before: list![
        "in", "after", "since", "every", "each", "per", "last", "next", "this", "past",
        "before", "by", "until", "till", "second", "third", "fourth", "fifth", "sixth",
        "final", "within the next", "another", "the next", "the last", "the first", "first",
        "same", "new", "every other", "born", "age", "aged", "grade", "page",
    ],
    not_after: list![
        "ago", "old", "later", "earlier", "from now", "of age", "of experience", "before",
        "after", "per", "every", "each", "a day", "a week", "a month", "a year", "time",
        "pregnant", "away", "apart", "into",
    ],
    rates: list!["per", "each", "every"],
};
