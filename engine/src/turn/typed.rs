//! Something typed: what it means where the conversation stands.

use std::sync::Arc;

use crate::matching::{self, Command, Decision, Said, asks_yes_or_no, yes_no};
use crate::text::says_nothing;
use crate::tree::{Answer, AnswerId, Node, Tree};
use crate::walk::Walk;
use crate::{Match, Message, Note, Pending, Reply, ReplyKind, Tier, TurnOptions};

use super::arrive::{answered, begin, whole};
use super::command::{command, forgotten, not_forgotten};
use super::here::Here;
use super::outcome::Outcome;
use super::say;

/// The most answers that one question back offers: what fits more says too little, and no channel shows more at once.
/// Of a question whose answers are only typed there is no further page.
const MAX_ASKED_BACK: usize = 12;

/// Something typed.
pub(super) fn typed<'t>(
    tree: &'t Tree,
    here: Here<'t, '_>,
    text: &str,
    options: TurnOptions,
) -> Outcome<'t> {
    let said = Said::of(tree, text);
    let whole_command = matching::command(tree, &said);
    let node = here.walk.node();
    // "right" may be a way to go.
    let is_answer = matching::is_answer(node, &said);
    if whole_command == Some(Command::Forget) && !is_answer {
        return command(tree, here, Command::Forget, options).matched(Tier::Command);
    }
    let Some(event) = here.event else { return first(tree, here.walk, &said, options) };
    if event.pending == Pending::Forget && (!is_answer || asks_yes_or_no(node)) {
        match yes_no(tree, &said) {
            Some(true) => return forgotten(tree).matched(Tier::Command),
            Some(false) => return not_forgotten(tree, here.walk).matched(Tier::Command),
            None => {}
        }
    }
    if !options.sees_current && here.has_changed(tree) {
        return match whole_command {
            Some(given) => command(tree, here, given, options).matched(Tier::Command),
            None => asked(tree, here.walk, Some(say::changed(tree))),
        };
    }
    if !node.is_question() {
        return match whole_command {
            Some(given) => command(tree, here, given, options).matched(Tier::Command),
            None => ended(tree, here.walk),
        };
    }
    if event.pending == Pending::Restart && !is_answer {
        match yes_no(tree, &said) {
            Some(true) => {
                return command(tree, here, Command::Restart, options).matched(Tier::Command);
            }
            Some(false) => {
                return asked(tree, here.walk, None).matched(Tier::Command);
            }
            None => {}
        }
    }
    if let Some(rivals) = here.short_list(tree).filter(|_| !is_answer && !asks_yes_or_no(node)) {
        match (yes_no(tree, &said), rivals.as_slice()) {
            (Some(true), [answer]) => return taken(tree, here.walk, *answer, Tier::Command, None),
            (Some(false), _) => {
                return asked(tree, here.walk, None).matched(Tier::Command);
            }
            (Some(true) | None, _) => {}
        }
    }
    let asked_back = here.short_list(tree).is_some();
    match matching::decide(node, &said, &here.shown(tree, options), asked_back) {
        Decision::Answer { answer, tier } => {
            let means_something =
                node.answer(answer).is_some_and(|answer| answer.means_something());
            let is_known =
                options.sees_current || here.same_words(tree) && here.was_there(tree, answer);
            if !means_something && !is_known {
                return asked(tree, here.walk, Some(say::changed(tree)));
            }
            // A number stands for the label that it was shown with.
            let words = if tier == Tier::Number { None } else { whole(text) };
            taken(tree, here.walk, answer, tier, words)
        }
        Decision::AskBack { tier, rivals } => {
            // "Did you mean Yes?" would turn a "no" round.
            let rivals = if rivals.len() == 1 && asks_yes_or_no(node) {
                node.answers().map(Answer::id).collect()
            } else {
                rivals
            };
            let keys = rivals
                .iter()
                .filter_map(|id| node.answer(*id))
                .map(|answer| answer.key().to_owned())
                .collect();
            let first = rivals.get(..MAX_ASKED_BACK).unwrap_or(&rivals);
            let reply = say::ask_back(tree, &here.walk, first);
            Outcome::new(here.walk, reply).with_match(Match { tier, answer: None, rivals: keys })
        }
        Decision::Command(given) => command(tree, here, given, options).matched(Tier::Command),
        Decision::NoneOfThem => asked(tree, here.walk, None).matched(Tier::Command),
        // Who has said nothing has not missed, and has not answered with an `else`.
        Decision::Nothing
            if says_nothing(text)
                || matching::greets(tree, &said) && node.otherwise().is_none() =>
        {
            asked(tree, here.walk, None).matched(Tier::None)
        }
        Decision::Nothing => missed(tree, here, text),
    }
}

/// The question once more, or what was said at the end.
pub(super) fn asked<'t>(tree: &'t Tree, walk: Walk<'t>, note: Option<Note<'t>>) -> Outcome<'t> {
    let reply = say::ask(tree, &walk, note);
    Outcome::new(walk, reply)
}

/// An answer that was understood.
fn taken<'t>(
    tree: &'t Tree,
    walk: Walk<'t>,
    answer: AnswerId,
    tier: Tier,
    words: Option<Arc<str>>,
) -> Outcome<'t> {
    let of = walk.node().answer(answer);
    let key = of.map(|answer| answer.key().to_owned());
    let mut outcome = answered(tree, walk, Some(answer), words, Vec::new());
    if tier == Tier::Typo {
        outcome.reply.note = Some(say::took_as(tree, of.map_or("", Answer::label)));
    }
    outcome.with_match(Match { tier, answer: key, rivals: Vec::new() })
}

/// The first text of a conversation: a greeting, and its answer if it is one beyond doubt.
fn first<'t>(
    tree: &'t Tree,
    walk: Walk<'t>,
    said: &Said<'_, '_>,
    options: TurnOptions,
) -> Outcome<'t> {
    let node = walk.node();
    let decided =
        if options.first_text_answers { matching::beyond_doubt(node, said) } else { None };
    let Some((answer, tier)) = decided else {
        return begin(tree, walk);
    };
    let greeting = say::passage(tree, walk.opening, walk.place).collect();
    let key = node.answer(answer).map(|answer| answer.key().to_owned());
    answered(tree, walk, Some(answer), whole(said.text()), greeting).with_match(Match {
        tier,
        answer: key,
        rivals: Vec::new(),
    })
}

/// Nothing was understood: the question's `else`, or what it says when it does not understand.
fn missed<'t>(tree: &'t Tree, here: Here<'t, '_>, text: &str) -> Outcome<'t> {
    let node = tree.node(here.walk.place);
    let misses = here.event.map_or(0, |event| event.misses);
    let otherwise = node.otherwise().map(|id| tree.node(id));
    if otherwise.is_some_and(|node| node.is_question() || node.goto().is_some()) {
        return answered(tree, here.walk, None, whole(text), Vec::new()).matched(Tier::None);
    }
    let (mut messages, pending) = match (otherwise, author_says(node, misses)) {
        (Some(otherwise), _) => (otherwise.say().collect(), Pending::Nothing),
        (None, Some(unclear)) => (vec![Message::new(unclear)], Pending::Nothing),
        (None, None) if asks_yes_or_no(node) => {
            (vec![Message::new(tree.pack.miss)], Pending::Nothing)
        }
        (None, None) => (vec![Message::new(tree.pack.miss_offer)], Pending::Restart),
    };
    messages.extend(say::again(tree, &here.walk));
    let reply = say::reply(tree, &here.walk, ReplyKind::Unclear, messages, None);
    let reply = Reply { pending, ..reply };
    Outcome { misses: misses.saturating_add(1), ..Outcome::new(here.walk, reply) }
        .matched(Tier::None)
}

/// What the author says at this miss: the first, the second …, the last again and again.
fn author_says(node: Node<'_>, misses: u8) -> Option<&str> {
    node.unclear().nth(usize::from(misses)).or_else(|| node.unclear().last())
}

/// Something typed after an end.
fn ended<'t>(tree: &'t Tree, walk: Walk<'t>) -> Outcome<'t> {
    let commands = [Command::Restart, Command::Back];
    let messages = vec![say::own_or(tree, tree.about.ended.as_deref(), tree.pack.ended, commands)];
    let reply = say::reply(tree, &walk, ReplyKind::End, messages, None);
    Outcome::new(walk, reply).matched(Tier::None)
}
