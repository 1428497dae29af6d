//! What the words of a question offer to choose, and no answer takes: "Tea, coffee or water?" where
//! there is no water.

use crate::digest::normal_form;
use crate::lang::Pack;
use crate::load::draft::{Draft, DraftNode};
use crate::lookup::Lookup;
use crate::{Code, Diagnostic, Message, Span};

/// How many options of one message are looked at.
const MAX_OPTIONS: usize = 50;

/// The most bytes of an option; longer ones are prose.
const MAX_OPTION: usize = 80;

/// How many options of one file are told of.
const MAX_TOLD: usize = 100;

/// Tells of every option in a question's words that is none of its answers.
pub(super) fn review(pack: &Pack, source: &str, draft: &Draft, problems: &mut Vec<Diagnostic>) {
    let mut told = 0;
    for node in draft.nodes.iter().filter(|node| !node.answers.is_empty()) {
        // What an `else` takes need not be an answer.
        let taken = node.otherwise.and_then(|otherwise| draft.nodes.get(otherwise));
        if taken.is_some_and(|taken| !taken.answers.is_empty() || taken.goto.is_some()) {
            continue;
        }
        let texts = node.say.iter().filter_map(|message| match message {
            Message::Text(text) => Some(text.as_ref()),
            Message::Image { .. } => None,
        });
        let mut known = None;
        for text in texts {
            for (options, any_order) in [(listed(text), true), (enumerated(pack, text), false)] {
                if options.len() < 2 {
                    continue;
                }
                let known = known.get_or_insert_with(|| Known::of(pack, node));
                // Only where one of them is an answer do the others look like answers, too; in a
                // sentence those after it: "After lunch or dinner, will you stay or leave?"
                let Some(first) = options.iter().position(|option| known.is_answer(option)) else {
                    continue;
                };
                let from = if any_order { 0 } else { first };
                let options = options.iter().skip(from);
                for option in options.filter(|option| known.is_strange(pack, option)) {
                    told += 1;
                    if told > MAX_TOLD {
                        return;
                    }
                    let message = format!(
                        "`{}` is offered here, but is no answer; add it under `answers`, or as `also` of the answer that means it",
                        option.words
                    );
                    let span = place(source, node.say_span, option.words);
                    problems.push(Diagnostic::new(Code::OptionInSay, span, message));
                }
            }
        }
    }
}

/// Something that is offered to choose.
struct Choosable<'t> {
    words: &'t str,
    /// Whether other words may stand before it: "How would you like it, black".
    is_first: bool,
}

/// The lines of a text that begin with a number or a dash.
fn listed(text: &str) -> Vec<Choosable<'_>> {
    let item = |line: &'_ str| {
        let line = line.trim();
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let rest = match digits {
            0 => line.strip_prefix(['-', '*', '•', '–']),
            1 | 2 => line.get(digits..).and_then(|rest| rest.strip_prefix(['.', ')'])),
            _ => None,
        };
        rest.filter(|rest| rest.starts_with(char::is_whitespace)).is_some()
    };
    text.lines()
        .filter(|line| item(line))
        .map(|line| line.trim().trim_start_matches(|c: char| !c.is_alphabetic()))
        .filter(|words| !words.is_empty() && words.len() <= MAX_OPTION)
        .map(|words| Choosable { words, is_first: false })
        .take(MAX_OPTIONS)
        .collect()
}

/// The parts of a text's last question, where that is of the form "this, that or the other?".
fn enumerated<'t>(pack: &Pack, text: &'t str) -> Vec<Choosable<'t>> {
    let Some((before, _)) = text.rsplit_once('?') else { return Vec::new() };
    let start = before.rfind(['?', '!', '.', ':', '\n', '(']).map_or(0, |at| at + 1);
    let question = before.get(start..).unwrap_or_default();
    if !question.contains(pack.or) {
        return Vec::new();
    }
    let or = pack.or.trim_start();
    let parts = question.split([',', ';']).flat_map(|part| {
        let part = part.trim_start();
        part.strip_prefix(or).unwrap_or(part).split(pack.or)
    });
    parts
        .map(str::trim)
        .enumerate()
        .filter(|(_, words)| !words.is_empty() && words.len() <= MAX_OPTION)
        // After a colon the first stands alone.
        .map(|(number, words)| Choosable {
            words,
            is_first: number == 0
                && !before.get(..start).is_some_and(|lead| lead.ends_with([':', '?'])),
        })
        .take(MAX_OPTIONS)
        .collect()
}

/// The words of the answers of one question.
struct Known {
    phrases: Lookup<String>,
    words: Lookup<String>,
}

impl Known {
    fn of(pack: &Pack, node: &DraftNode) -> Self {
        let mut known = Self { phrases: Lookup::new(), words: Lookup::new() };
        for answer in &node.answers {
            let texts = std::iter::once(&answer.key).chain(&answer.label).chain(&answer.also);
            for text in texts {
                let phrase = normal_form(&text.text);
                known.words.extend(content(pack, &phrase).map(str::to_owned));
                known.phrases.add(phrase, ());
            }
        }
        known
    }

    fn is_answer(&self, option: &Choosable<'_>) -> bool {
        let words = normal_form(option.words);
        let mut rest = words.as_str();
        loop {
            if self.phrases.contains(rest) {
                return true;
            }
            match rest.split_once(' ') {
                Some((_, fewer)) if option.is_first => rest = fewer,
                Some(_) | None => return false,
            }
        }
    }

    /// Whether an option has no word in common with any answer.
    fn is_strange(&self, pack: &Pack, option: &Choosable<'_>) -> bool {
        let words = normal_form(option.words);
        let mut content = content(pack, &words).peekable();
        !option.is_first
            && !self.phrases.contains(&words)
            && content.peek().is_some()
            && !content.any(|word| self.words.contains(word))
    }
}

/// The words that mean something by themselves.
fn content<'t>(pack: &Pack, words: &'t str) -> impl Iterator<Item = &'t str> {
    words.split(' ').filter(|word| !pack.function_words.contains(word))
}

/// Where some of the words of a `say` stand.
fn place(source: &str, say: Span, words: &str) -> Span {
    let raw = source.get(say.start..say.end).unwrap_or_default();
    match raw.rfind(words) {
        Some(at) => Span::new(say.start + at, say.start + at + words.len()),
        None => say,
    }
}
