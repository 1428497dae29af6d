//! Amounts in a message against what the answers say of amounts.

use crate::lang::Pack;
#[cfg(feature = "yaml")]
use crate::text::Words;
use crate::text::holds;
use crate::tree::{AnswerId, Node, Phrase};

#[cfg(feature = "yaml")]
use super::amount::Openers;
use super::amount::{Found, Measure, Range, Signs, amounts, whole_amount};
use super::hits::distinct;
use super::said::{Said, is, is_digits};
use super::word_is;

/// The most answers that are looked at for what they say of amounts.
const MAX_BOUNDS: usize = 200;

/// The most words of a phrase that is a range.
#[cfg(feature = "yaml")]
const MAX_BOUND: usize = 8;

/// In how many units a number alone may be meant.
const MAX_UNITS: usize = 4;

/// The most words of a message that are searched for amounts.
const MAX_WORDS: usize = 200;

/// What an answer says of amounts.
struct Bound<'t> {
    answer: AnswerId,
    /// What surely lies in it; none if its phrases contradict each other.
    sure: Option<Range<'t>>,
    /// What may lie in it.
    may: Range<'t>,
    /// Whether it is said by what is shown.
    is_shown: bool,
}

/// An amount in a message, and the answers that it may mean.
pub(super) struct Meant {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Those in whose range some of it may lie.
    pub(super) answers: Vec<AnswerId>,
    /// Whether all of it lies in the range of the only one, and it is surely an amount of what is asked.
    pub(super) is_sure: bool,
    pub(super) is_doubtful: bool,
    /// Whether the question is about amounts, as most answers or those meant are called by them: "French for 8 months"
    /// is no answer to what one will study.
    pub(super) is_asked: bool,
}

/// The amounts of a message; none where the answers of the question say nothing of such amounts.
pub(super) fn meant(node: Node<'_>, said: &Said<'_, '_>) -> Vec<Meant> {
    if !node.phrases().iter().any(|row| node.phrase(row).is_bound()) {
        return Vec::new();
    }
    let mut words = said.words();
    words.truncate(MAX_WORDS);
    let may_be_amount = (0..words.len()).any(|at| {
        said.word(at).starts_with(|first: char| first.is_ascii_digit())
            || is_unit(node, said.word(at))
            || said.is(at, word_is::NUMERAL)
    });
    if !may_be_amount {
        return Vec::new();
    }
    let bounds = bounds(node);
    let units: Vec<&str> = bounds
        .iter()
        .filter_map(|bound| match bound.may.measure {
            Measure::Time => None,
            Measure::Of(unit) => Some(unit),
        })
        .collect();
    if bounds.is_empty() {
        return Vec::new();
    }
    let currency = currency_in(node.tree.pack, said.text());
    pass_over(node, said, &mut words);
    let found = amounts(node.tree.pack, &words, &units, currency, Signs::of(said.text()));
    let is_measured =
        |found: &&Found<'_>| bounds.iter().any(|bound| bound.may.measure == found.range.measure);
    let is_asked = bounds.len() * 2 >= node.answers().len();
    let understood = |found: &Found<'_>| understood(&bounds, found, is_asked);
    found.iter().filter(is_measured).map(understood).collect()
}

/// Takes out what makes an amount doubtful elsewhere, but not here: "3 days ago" where it is asked how long ago, and
/// "10 days each", or "per visit".
fn pass_over(node: Node<'_>, said: &Said<'_, '_>, words: &mut [&str]) {
    let of = node.tree.pack.amounts;
    for at in 1..words.len() {
        let word = said.word(at);
        let is_asked =
            of.not_after.contains(word) && node.asked().binary_search(&said.id(at)).is_ok();
        let next = said.word(at + 1);
        let is_rate = of.rates.contains(word)
            && is_unit(node, said.word(at - 1))
            && !is_unit(node, next)
            && !of.one.contains(next);
        if let Some(place) = words.get_mut(at).filter(|_| is_asked || is_rate) {
            *place = "";
        }
    }
}

/// The answers that a number may mean, where it stands for one in a list and lies in another's range as well: "3" beside
/// "1-3 people". None where it does not. How long something takes is said with its unit: beside "Up to 6 months" a "2" is
/// the second answer.
pub(super) fn counted(node: Node<'_>, number: usize, listed: AnswerId) -> Vec<AnswerId> {
    let mut answers = vec![listed];
    let mut units: Vec<u32> = Vec::new();
    let number = number.to_string();
    // Only what everybody sees makes a question one of how many.
    let phrases = node.phrases().iter().map(|row| node.phrase(row));
    for phrase in phrases.filter(|phrase| phrase.is_bound() && !phrase.is_also()) {
        let Some(unit) = phrase.words().last().filter(|unit| !is(node.tree, **unit, NO_UNIT))
        else {
            continue;
        };
        if units.len() < MAX_UNITS && !units.contains(unit) {
            units.push(*unit);
            // Not by `format!`: all that it can do would be downloaded for it.
            let text = [&number, " ", node.tree.tables.word(*unit)].concat();
            let meant = meant(node, &Said::of(node.tree, &text));
            let meant = meant.into_iter().flat_map(|meant| meant.answers);
            answers.extend(meant.filter(|answer| counts_things(node, *answer)));
        }
    }
    let answers = distinct(answers);
    if answers.len() > 1 { answers } else { Vec::new() }
}

/// Whether the answer says something of amounts.
pub(super) fn has_bound(node: Node<'_>, answer: AnswerId) -> bool {
    bounds(node).iter().any(|bound| bound.answer == answer)
}

/// Whether the answer says how many there are of something, rather than how long something takes.
fn counts_things(node: Node<'_>, answer: AnswerId) -> bool {
    bounds(node).iter().any(|of| of.answer == answer && of.may.measure != Measure::Time)
}

/// The amounts that a label names and that lie in what it says of amounts: "6 months" in "Up to 6 months", but not in
/// "More than 6 months". None where the label is no amount.
#[cfg(feature = "yaml")]
pub(crate) fn amounts_named(node: Node<'_>, answer: AnswerId, label: &str) -> Option<Vec<String>> {
    let bounds = bounds(node);
    let bound = bounds.iter().find(|bound| bound.answer == answer && bound.is_shown);
    let range = bound?.sure?;
    let pack = node.tree.pack;
    let currency = currency_in(pack, label);
    let units: &[&str] = match &range.measure {
        Measure::Time => &[],
        Measure::Of(unit) => std::slice::from_ref(unit),
    };
    let words = Words::of(label);
    let words: Vec<&str> = words.iter().collect();
    let mut named: Vec<String> = Vec::new();
    for (at, number) in words.iter().enumerate() {
        // "a week", "4 people" of "4 or more people", "£500".
        let nouns = [words.get(at + 1), words.last()].into_iter().flatten();
        let counted = nouns.map(|noun| format!("{number} {noun}"));
        let money = currency.map(|sign| format!("{sign}{number}"));
        let lies_in = |message: &String| {
            let words = Words::of(message);
            let words: Vec<&str> = words.iter().collect();
            matches!(
                amounts(pack, &words, units, currency_in(pack, message), Signs::default()).as_slice(),
                [found] if found.start == 0
                    && found.end == words.len()
                    && found.range.is_exact()
                    && found.range.is_within(&range)
            )
        };
        if let Some(message) = counted.chain(money).find(lies_in)
            && !named.contains(&message)
        {
            named.push(message);
        }
    }
    Some(named)
}

fn understood(bounds: &[Bound<'_>], found: &Found<'_>, is_asked: bool) -> Meant {
    // "6-11 months" may be just what one answer says.
    let mut same = bounds.iter().filter(|bound| bound.sure == Some(found.range) && found.is_bound);
    if let (Some(bound), None) = (same.next(), same.next())
        && !found.is_doubtful
    {
        let (start, end) = (found.start, found.end);
        return Meant {
            start,
            end,
            answers: vec![bound.answer],
            is_sure: true,
            is_doubtful: false,
            is_asked: is_asked || bound.is_shown,
        };
    }
    let near = bounds.iter().filter(|bound| found.range.may_meet(&bound.may));
    let is_asked = is_asked || near.clone().all(|bound| bound.is_shown);
    let answers = distinct(near.map(|bound| bound.answer).collect());
    let is_within = |bound: &Bound<'_>| bound.sure.is_some_and(|sure| found.range.is_within(&sure));
    let is_within = bounds.iter().any(is_within);
    let is_sure = answers.len() == 1 && is_within && !found.is_doubtful;
    let Found { start, end, is_doubtful, .. } = *found;
    Meant { start, end, answers, is_sure, is_doubtful, is_asked }
}

/// What the answers say of amounts, in phrases that say nothing else: "Up to 6 months". What is shown counts for
/// more than an `also`; of several phrases, what they agree on is sure.
fn bounds<'t>(node: Node<'t>) -> Vec<Bound<'t>> {
    let mut bounds: Vec<Bound<'t>> = Vec::new();
    let phrases = || node.phrases().iter().map(|row| node.phrase(row)).filter(|of| of.is_bound());
    let shown = phrases().filter(|phrase| !phrase.is_also());
    for phrase in shown.chain(phrases().filter(|phrase| phrase.is_also())) {
        let answer = phrase.answer();
        let known = bounds.iter().position(|bound| bound.answer == answer);
        let known = known.and_then(|at| bounds.get_mut(at));
        if known.as_ref().is_some_and(|bound| bound.is_shown && phrase.is_also()) {
            continue;
        }
        let Some(range) = range_of(node, phrase) else { continue };
        match known {
            Some(bound) => {
                bound.sure = bound.sure.and_then(|sure| sure.and(&range));
                bound.may = bound.may.or(&range);
            }
            None => {
                let is_shown = !phrase.is_also();
                bounds.push(Bound { answer, sure: Some(range), may: range, is_shown });
            }
        }
        if bounds.len() == MAX_BOUNDS {
            break;
        }
    }
    bounds
}

/// The currency of the numbers in a text: "£500", "500 €". None where there are several.
pub(super) fn currency_in(pack: &Pack, text: &str) -> Option<&'static str> {
    if text.is_ascii() && !text.contains('$') {
        return None;
    }
    let mut signs =
        pack.amounts.currencies.iter().map(|(sign, _)| *sign).filter(|sign| holds(text, sign));
    signs.next().filter(|_| signs.next().is_none())
}

/// The range that a phrase is, if it is nothing else.
fn range_of<'t>(node: Node<'t>, phrase: Phrase<'t>) -> Option<Range<'t>> {
    if !phrase.is_bound() {
        return None;
    }
    let words: Vec<&'t str> = phrase.words().iter().map(|id| node.tree.tables.word(*id)).collect();
    let last = *phrase.words().last()?;
    let kind = Kind {
        is_counted: !is(node.tree, last, NO_UNIT),
        currency: phrase.currency(),
        is_shown: !phrase.is_also(),
    };
    range(node.tree.pack, &words, kind)
}

/// Whether a phrase is a range and nothing else; asked when a tree is made. `has_numeral`: one of its words is a number.
#[cfg(feature = "yaml")]
pub(super) fn is_bound(
    pack: &Pack,
    openers: &Openers,
    words: &Words,
    kind: Kind,
    has_numeral: bool,
) -> bool {
    let has_digit = || words.joined().bytes().any(|byte| byte.is_ascii_digit());
    if !(2..=MAX_BOUND).contains(&words.iter().len()) || !(has_numeral || has_digit()) {
        return false;
    }
    if !words.iter().next().is_some_and(|first| openers.may_begin(first)) {
        return false;
    }
    let words: Vec<&str> = words.iter().collect();
    range(pack, &words, kind).is_some()
}

/// What says how many there are, rather than of what.
pub(super) const NO_UNIT: u32 = word_is::NUMERAL | word_is::FUNCTION | word_is::COMPARISON;

/// What is known of a phrase that may be a range.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    /// Whether its last word may be what is counted.
    pub(super) is_counted: bool,
    pub(super) currency: Option<&'static str>,
    /// Whether it is shown: that may be a single amount as well, such as "2 guests".
    pub(super) is_shown: bool,
}

/// The range that these words are, if they are nothing else.
fn range<'w>(pack: &Pack, words: &[&'w str], kind: Kind) -> Option<Range<'w>> {
    // "1-3 people": whatever follows the number is what is counted.
    let last = words.last().copied()?;
    let units = [last];
    let units = if kind.is_counted && !is_digits(last) { &units[..] } else { &[] };
    let found = whole_amount(pack, words, units, kind.currency)?;
    // "A dog" is no amount.
    let is_counted = found.range.measure == Measure::Time
        || words.first().is_some_and(|first| !pack.determiners.contains(first));
    let is_exact = kind.is_shown && is_counted && found.range.is_exact();
    ((found.is_bound || is_exact) && !found.is_doubtful).then_some(found.range)
}

fn is_unit(node: Node<'_>, word: &str) -> bool {
    node.tree.pack.amounts.units.iter().any(|(names, ..)| names.contains(word))
}
