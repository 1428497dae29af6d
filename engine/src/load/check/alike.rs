//! Two answers that a likely message does not tell apart: typed it is asked back about, or taken for the
//! other one.
//!
//! Likely is what somebody types for one answer in particular: its label without accents; without the small
//! words around it ("town" for "The town"); one of its alternatives ("work" for "Business/work"); and
//! what is left without the words of more and less ("up to the 3rd floor"). For an amount it is the amounts that it
//! names ("6 months" for "up to 6 months", but not for "more than 6 months"). Each is put to the matching itself. What merely shares a word with an answer is asked back about with good reason: "town"
//! where there are the old town and the new one.

use crate::digest::normal_form;
use crate::load::draft::DraftNode;
use crate::lookup::Lookup;
use crate::matching::{Decision, Said, amounts_named, decide, word_is};
use crate::text::Words;
use crate::tree::{Answer, AnswerId, Node};
use crate::{Code, Diagnostic, Digest, Tier};

/// The numbers that are tried where answers count something.
const MAX_COUNTED: usize = 12;

/// How many answers of one question are told of.
const MAX_TOLD: usize = 5;

/// How much of a file is looked at: phrases of questions, once for each message that is tried there.
const MAX_LOOKS: usize = 200_000;

/// What is left of it.
pub(super) struct Budget {
    looks: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { looks: MAX_LOOKS }
    }
}

/// Tells of the answers of a question that likely messages do not tell apart.
pub(super) fn alike(
    node: Node<'_>,
    draft: &DraftNode,
    budget: &mut Budget,
    problems: &mut Vec<Diagnostic>,
) {
    // Mostly nobody would type anything else than what is shown.
    if node.answers().all(|answer| is_plain(node, answer.label())) {
        return;
    }
    let Some(shared) = shared_words(node, budget) else { return };
    let mut tried: Lookup<String> = Lookup::new();
    let mut pairs = Vec::new();
    for (answer, drafted) in node.answers().zip(&draft.answers) {
        for message in messages(node, answer.id(), answer.label()) {
            let said = Words::of(&message);
            // Only what another answer has, too, can be taken for it.
            let may_clash = said.iter().any(|word| shared.contains(word));
            if !may_clash || !tried.add(message.clone(), ()) {
                continue;
            }
            let Some(left) = budget.looks.checked_sub(node.phrases().len()) else { return };
            budget.looks = left;
            let Some((other, is_taken)) = taken_for(node, answer.id(), &message) else { continue };
            let pair = (answer.id().min(other), answer.id().max(other));
            if pairs.len() >= MAX_TOLD || pairs.contains(&pair) {
                continue;
            }
            pairs.push(pair);
            let other = node.answer(other).map_or("", |other| other.label());
            let label = answer.label();
            let text = if is_taken {
                format!(
                    "`{message}` is taken for `{other}`, and people may well mean `{label}` by it; give one of them other words"
                )
            } else {
                format!(
                    "`{message}` fits `{label}` and `{other}`, so the bot asks back; if it means one of them, write it under its `also`"
                )
            };
            let at = drafted.label.as_ref().unwrap_or(&drafted.key).span;
            problems.push(Diagnostic::new(Code::AnswersAlike, at, text));
        }
    }
}

/// Tells of the numbers that stand for one answer in the list and count what another one says: "3" beside "1-3 people".
/// The bot asks back there.
pub(super) fn counted(node: Node<'_>, draft: &DraftNode, problems: &mut Vec<Diagnostic>) {
    let is_bound = |row| node.phrase(row).is_bound();
    if !node.offer() || !node.phrases().iter().any(is_bound) {
        return;
    }
    let shown: Vec<Digest> = node.keys().collect();
    for (number, drafted) in (1..=MAX_COUNTED).zip(&draft.answers) {
        let text = number.to_string();
        let Decision::AskBack { tier: Tier::Number, rivals } =
            decide(node, &Said::of(node.tree, &text), &shown, false)
        else {
            continue;
        };
        let other = rivals
            .into_iter()
            .filter_map(|rival| node.answer(rival))
            .find(|rival| rival.key() != drafted.key.text);
        if let Some(other) = other {
            let label = drafted.label.as_ref().unwrap_or(&drafted.key);
            let message = format!(
                "`{number}` is the number of `{}` in the list, and fits `{}`, so the bot asks back; write it under the `also` of the one that it means",
                label.text,
                other.label()
            );
            problems.push(Diagnostic::new(Code::AnswersAlike, label.span, message));
            return;
        }
    }
}

/// The other answer that a message meant for one is taken for (true), or may be.
fn taken_for(node: Node<'_>, meant: AnswerId, message: &str) -> Option<(AnswerId, bool)> {
    let said = Said::of(node.tree, message);
    match decide(node, &said, &[], false) {
        Decision::Answer { answer, .. } => (answer != meant).then_some((answer, true)),
        // What an author has written under `also` of the other one is asked back about on purpose.
        Decision::AskBack { rivals, tier } if rivals.contains(&meant) => {
            let is_amount = tier == Tier::Amount;
            let mut others = rivals.into_iter().filter(|rival| *rival != meant);
            let other = others.find(|rival| {
                let rival = node.answer(*rival);
                is_amount || rival.is_some_and(|rival| shows_some_of(node, rival, message))
            });
            other.map(|other| (other, false))
        }
        Decision::AskBack { .. }
        | Decision::Command(_)
        | Decision::NoneOfThem
        | Decision::Nothing => None,
    }
}

/// Whether the label of an answer has a word of a message that means something.
fn shows_some_of(node: Node<'_>, answer: Answer<'_>, message: &str) -> bool {
    let shown = Words::of(answer.label());
    let mut words = message.split(' ').filter(|word| !says(node, word, SAYS_NOTHING));
    words.any(|word| shown.iter().any(|other| other == word))
}

/// The words that several answers of a question have and that mean something; none if there are no such.
fn shared_words<'t>(node: Node<'t>, budget: &mut Budget) -> Option<Lookup<&'t str>> {
    budget.looks = budget.looks.checked_sub(node.phrases().len())?;
    let tables = &node.tree.tables;
    let mut owned: Vec<(u32, AnswerId)> = Vec::new();
    for phrase in node.phrases().iter().map(|row| node.phrase(row)) {
        let words = phrase.words().iter().filter(|word| !is(node, **word, word_is::FUNCTION));
        owned.extend(words.map(|word| (*word, phrase.answer())));
    }
    owned.sort_unstable();
    owned.dedup();
    let next = owned.iter().skip(1);
    let shared: Lookup<&str> = owned
        .iter()
        .zip(next)
        .filter(|((word, _), (next, _))| word == next)
        .map(|((word, _), _)| tables.word(*word))
        .collect();
    (!shared.is_empty()).then_some(shared)
}

/// What people may well type for an answer with this label, other than the label itself.
fn messages(node: Node<'_>, answer: AnswerId, label: &str) -> Vec<String> {
    if let Some(amounts) = amounts_named(node, answer, label) {
        return amounts;
    }
    if is_plain(node, label) {
        return Vec::new();
    }
    let words = Words::of(label);
    let words: Vec<&str> = words.iter().collect();
    let small = word_is::FUNCTION;
    let mut messages = vec![words.join(" ")];
    messages.push(trimmed(node, &words, small).join(" "));
    messages.push(trimmed(node, &words, small | word_is::COMPARISON).join(" "));
    let parts = label.split([',', ';', '/', '(', ')', '|']);
    let or = format!(" {} ", node.tree.pack.or.trim());
    for part in parts.flat_map(|part| part.split(or.as_str())) {
        let words = Words::of(part);
        let words: Vec<&str> = words.iter().collect();
        messages.push(trimmed(node, &words, small).join(" "));
    }
    // A number, a letter, or a yes or no, says nothing by itself.
    messages.retain(|message| {
        message.chars().nth(1).is_some()
            && message.split(' ').any(|word| !word.is_empty() && !says(node, word, SAYS_NOTHING))
            && normal_form(message) != normal_form(label)
    });
    messages
}

/// Whether a label is all that anybody would type for it: plain words, with none at either end that may be left out.
/// Most labels are, and then there is nothing to make.
fn is_plain(node: Node<'_>, label: &str) -> bool {
    const ENDS: u32 = word_is::FUNCTION | word_is::COMPARISON;
    let (tree, or) = (node.tree, node.tree.pack.or.trim());
    let is_end = |word: &[u8]| {
        let id = tree.vocabulary.find_in_small_letters(&tree.tables, word);
        id.is_some_and(|id| is(node, id, ENDS))
    };
    let mut words = label.as_bytes().split(|byte| *byte == b' ');
    label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
        && !words.clone().any(|word| word == or.as_bytes())
        && !words.next().is_some_and(is_end)
        && !words.next_back().is_some_and(is_end)
}

/// Words that name nothing.
const SAYS_NOTHING: u32 = word_is::FUNCTION
    | word_is::NEGATION
    | word_is::NUMERAL
    | word_is::COMPARISON
    | word_is::YES
    | word_is::NO
    | word_is::YES_KEY
    | word_is::NO_KEY;

/// The words without those of some kinds at either end.
fn trimmed<'w, 's>(node: Node<'_>, words: &'w [&'s str], kinds: u32) -> &'w [&'s str] {
    let mut words = words;
    while let [first, rest @ ..] = words
        && says(node, first, kinds)
    {
        words = rest;
    }
    while let [rest @ .., last] = words
        && says(node, last, kinds)
    {
        words = rest;
    }
    words
}

/// Whether a word is of one of these kinds, or is a number where that names nothing.
fn says(node: Node<'_>, word: &str, kinds: u32) -> bool {
    let is_digits = kinds & word_is::NUMERAL != 0 && word.bytes().all(|byte| byte.is_ascii_digit());
    let id = node.tree.vocabulary.find(&node.tree.tables, word);
    is_digits || id.is_some_and(|id| is(node, id, kinds))
}

fn is(node: Node<'_>, word: u32, kinds: u32) -> bool {
    let flags = node.tree.tables.word_flags.get(word as usize).copied().unwrap_or_default();
    u32::from(flags) & kinds != 0
}
