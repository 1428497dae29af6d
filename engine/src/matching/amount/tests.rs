use super::{Found, Measure, Openers, Signs, amounts, whole_amount};
use crate::lang::{ENGLISH, List};
use crate::text::Words;
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn shown(found: &Found<'_>) -> String {
    let amount = |end: super::End| {
        let (months, minutes) = (end.amount.months, end.amount.minutes);
        match (months, minutes) {
            (0, 0) => "0".to_owned(),
            (months, 0) => {
                format!("{}", f64::from(i32::try_from(months).unwrap_or(i32::MAX)) / 1e3)
            }
            (0, minutes) => format!("{}d", minutes / 1_440_000),
            (months, minutes) => format!("{}+{}d", months / 1_000, minutes / 1_440_000),
        }
    };
    let open = if found.range.low.is_in { '[' } else { '(' };
    let close = if found.range.high.is_some_and(|high| high.is_in) { ']' } else { ')' };
    let high = found.range.high.map_or("∞".to_owned(), amount);
    let unit = match found.range.measure {
        Measure::Time => "",
        Measure::Of(unit) => unit,
    };
    let doubt = if found.is_doubtful { "?" } else { "" };
    format!(
        "{open}{}, {high}{close}{unit}{doubt} at {}-{}",
        amount(found.range.low),
        found.start,
        found.end
    )
}

fn check(texts: &[&str], expect: Expect) {
    let rows: Vec<String> = texts
        .iter()
        .map(|text| {
            let words = Words::of(text);
            let words: Vec<&str> = words.iter().collect();
            let found: Vec<String> = amounts(&ENGLISH, &words, &["people"], None, Signs::of(text))
                .iter()
                .map(shown)
                .collect();
            format!("{text} = {}\n", found.join("; "))
        })
        .collect();
    expect.assert_eq(&rows.concat());
}

#[test]
fn numbers_with_units_are_amounts() {
    check(
        &[
            "11 days",
            "6months",
            "2w",
            "a year",
            "half a year",
            "half year",
            "a year and a half",
            "two and a half years",
            "1.5 years",
            "6½ months",
            "twenty-five weeks",
            "a hundred days",
            "two dozen weeks",
            "6 months and a day",
            "1 year 2 months",
            "six (6) months",
            "we are 4 people",
        ],
        expect![[r#"
            11 days = [11d, 11d] at 0-2
            6months = [6, 6] at 0-1
            2w = [14d, 14d] at 0-1
            a year = [12, 12] at 0-2
            half a year = [6, 6] at 0-3
            half year = [6, 6] at 0-2
            a year and a half = [18, 18] at 0-5
            two and a half years = [30, 30] at 0-5
            1.5 years = [18, 18] at 0-2
            6½ months = [6.5, 6.5] at 0-2
            twenty-five weeks = [175d, 175d] at 0-3
            a hundred days = [100d, 100d] at 0-3
            two dozen weeks = [168d, 168d] at 0-3
            6 months and a day = [6+1d, 6+1d] at 0-5
            1 year 2 months = [14, 14] at 0-4
            six (6) months = [6, 6] at 0-3
            we are 4 people = [4, 4]people at 2-4
        "#]],
    );
}

#[test]
fn words_of_more_or_less_make_ranges() {
    check(
        &[
            "up to 6 months",
            "less than half a year",
            "no more than 3 weeks",
            "at least 2 years",
            "6 months or more",
            "6+ months",
            "over a year",
            "about 3 weeks",
            "a month or so",
            "almost 6 months",
            "3 weeks max",
            "a few weeks",
            "weeks",
        ],
        expect![[r#"
            up to 6 months = [0, 6] at 0-4
            less than half a year = [0, 6) at 0-5
            no more than 3 weeks = [0, 21d] at 0-5
            at least 2 years = [24, ∞) at 0-4
            6 months or more = [6, ∞) at 0-4
            6+ months = [6, ∞) at 0-3
            over a year = (12, ∞) at 0-3
            about 3 weeks = [18d, 23d] at 0-3
            a month or so = [0.9, 1.1] at 0-4
            almost 6 months = [4.8, 6) at 0-3
            3 weeks max = [0, 21d] at 0-3
            a few weeks = [14d, 35d] at 0-3
            weeks = [14d, 77d] at 0-1
        "#]],
    );
}

#[test]
fn ranges_have_two_ends() {
    check(
        &[
            "5-7 months",
            "5 to 7 months",
            "between 3 and 9 months",
            "2 or 3 weeks",
            "a week or two",
            "6 months to a year",
            "2 weeks or a year",
            "2 weeks, maybe 8 months",
            "10 000 people",
        ],
        expect![[r#"
            5-7 months = [5, 7] at 0-3
            5 to 7 months = [5, 7] at 0-4
            between 3 and 9 months = [3, 9] at 0-5
            2 or 3 weeks = [14d, 21d] at 0-4
            a week or two = [7d, 14d] at 0-4
            6 months to a year = [6, 12] at 0-5
            2 weeks or a year = [14d, 12] at 0-5
            2 weeks, maybe 8 months = [14d, 14d] at 0-2; [8, 8] at 3-5
            10 000 people = [0, 10]people? at 0-3
        "#]],
    );
}

#[test]
fn a_point_in_time_and_an_age_are_doubtful() {
    check(
        &[
            "in 2 weeks",
            "2 years ago",
            "10 years old",
            "next year",
            "5 days a week",
            "every month",
            "42",
        ],
        expect![[r#"
            in 2 weeks = [14d, 14d]? at 1-3
            2 years ago = [24, 24]? at 0-2
            10 years old = [120, 120]? at 0-2
            next year = 
            5 days a week = [5d, 5d]? at 0-2; [7d, 7d] at 2-4
            every month = 
            42 = 
        "#]],
    );
}

/// Words that mean something where amounts are read, and some that do not.
fn words_about_amounts() -> Vec<&'static str> {
    let of = ENGLISH.amounts;
    let bounds = of.bounds_before.iter().chain(of.bounds_after);
    let phrases = bounds.flat_map(|(phrases, _)| phrases.iter());
    let phrases = phrases.chain(of.some.iter().map(|(phrase, ..)| *phrase));
    let lists = [of.ones, of.tens, of.one, of.half_of, of.and, of.to, of.between, of.plural_units];
    let others = [of.not_before, of.not_after, of.rates];
    let units = of.units.iter().map(|(names, ..)| *names);
    let currencies = of.currencies.iter().map(|(_, names)| *names);
    let lists = lists.into_iter().chain(others).chain(units).chain(currencies);
    let more =
        ["2", "10k", "6½", "½", ".5h", "2w", "6months", "or", "people", "price", "of", "half"];
    let multipliers = of.multipliers.iter().map(|(name, _)| *name);
    let words = phrases.flat_map(|phrase| phrase.split(' '));
    words.chain(lists.flat_map(List::iter)).chain(multipliers).chain(more).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn no_amount_begins_with_a_word_that_none_may_begin_with(
        words in prop::collection::vec(prop::sample::select(words_about_amounts()), 1..6),
        has_currency in any::<bool>(),
    ) {
        let currency = has_currency.then_some("£");
        let found = whole_amount(&ENGLISH, &words, &["people"], currency);
        if found.is_some() {
            let openers = Openers::of(&ENGLISH);
            prop_assert!(words.iter().take(1).all(|first| openers.may_begin(first)), "{words:?}");
        }
    }
}
