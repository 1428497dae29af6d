//! One turn: an input and its reply.
//!
//! * [`here`] is where the conversation stands in the tree as it is now;
//! * [`take`] goes from the input to its [`outcome`]: by what was [`typed`], by a [`tap`], by a [`command`];
//! * [`arrive`] begins a walk or goes on with an answer;
//! * [`say`] puts the reply together.

mod arrive;
mod command;
mod here;
mod outcome;
mod say;
mod take;
mod tap;
mod typed;

use crate::{Event, History, Pending, Place, Reply, Tree};

use here::Here;

/// Milliseconds since 1970, as the host's clock gives them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub i64);

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// When it was made.
    pub at: Millis,
    /// What tells it from every other input; given by the channel or made up by the host.
    pub id: String,
    /// What it is.
    pub kind: InputKind,
}

/// The kinds of input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// Begin, at the node of that name if there is one, else at the root.
    Start {
        /// A name, such as an `id` or a key under `nodes`.
        at_node: Option<String>,
    },
    /// Something typed.
    Text(String),
    /// A button, quick reply or link that carries a place code.
    Tap {
        /// The place code, as it came: hostile until decoded.
        code: String,
        /// The label of what was pressed, if known.
        title: Option<String>,
    },
    /// Take the last answer back.
    Back,
    /// Start again.
    Restart,
    /// Say what can be said.
    Help,
    /// Delete everything about this person (asks first).
    Forget,
    /// What was pressed under the question whether everything about this person is to be deleted. It means what it
    /// says, whatever was asked last.
    Confirm {
        /// Yes: it is to be deleted. No: it is not.
        forget: bool,
    },
    /// Something that is neither text nor a tap, such as a picture.
    Unsupported,
}

/// How a host wants turns to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TurnOptions {
    /// Whether the text that starts a conversation may also answer its first question.
    pub first_text_answers: bool,
    /// Whether the person sees [`current`], so the question as it is in the tree now. Where this is
    /// false, a text that was typed at a question which has changed since is not taken for an answer:
    /// the question is asked again.
    pub sees_current: bool,
    /// Whether [`Event::said`] holds what the bot said. A host that keeps no transcript, or keeps it elsewhere, can do
    /// without: a turn needs nothing of it.
    pub remembers_said: bool,
}

impl Default for TurnOptions {
    fn default() -> Self {
        Self { first_text_answers: true, sees_current: false, remembers_said: true }
    }
}

/// One turn.
#[derive(Clone, Debug)]
pub struct Turn<'t> {
    /// What to remember: insert it into the history once the reply is delivered.
    pub event: Event,
    /// What to say.
    pub reply: Reply<'t>,
    /// Where the conversation stands now.
    pub place: Place<'t>,
    /// What the host must do besides.
    pub effect: Effect,
}

/// What a turn asks of the host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    #[default]
    None,
    /// Delete everything stored about this person, this event included.
    Forget,
}

/// Takes one turn: understands `input` against the events of `history` that are older than it.
///
/// The history is not changed; inserting [`Turn::event`] is the caller's, once the reply is out. If the
/// history has newer events, the input came late: it is understood where it was made, the place stays
/// that of the newest event, and the reply only asks there again (unless all up to then is to be deleted).
#[must_use]
pub fn turn<'t>(
    tree: &'t Tree,
    history: &History,
    input: &Input,
    options: &TurnOptions,
) -> Turn<'t> {
    let older = history.older_than(input.at, &input.id);
    let before = older.iter().rev().find(|event| event.place.is_some());
    let newer = history.newer_than(input.at, &input.id);
    let newest = newer.iter().rev().find(|event| event.place.is_some());
    let turn = turn_after(tree, before, input.clone(), options);
    match newest {
        None => turn,
        // Who is deleted is told so, also where they have gone on meanwhile.
        Some(_) if turn.effect == Effect::Forget => turn,
        Some(newest) => {
            let here = Here::at(tree, Some(newest));
            let place = Place::new(tree, here.walk.place);
            // A "yes" would delete everything: nobody may see another question then.
            let reply = match newest.pending {
                Pending::Forget => say::ask_to_forget(tree, &here.walk),
                Pending::Nothing | Pending::Restart => say::ask(tree, &here.walk, None),
            };
            Turn { reply, place, ..turn }
        }
    }
}

/// Takes one turn after the event `before`, for a host that has that one only: the newest that has a place, or none where
/// the conversation begins. It is [`turn`] over a history of this event, which must be older than the input.
#[must_use]
pub fn turn_after<'t>(
    tree: &'t Tree,
    before: Option<&Event>,
    input: Input,
    options: &TurnOptions,
) -> Turn<'t> {
    let Input { at, id, kind } = input;
    let before = before.filter(|event| event.place.is_some());
    take::take(tree, before, kind, *options).turn(tree, at, id, *options)
}

/// What the bot would say now to somebody who comes back: the question that waits (or the question back
/// that is still open), or the end. None where the conversation has not begun.
#[must_use]
pub fn current<'t>(tree: &'t Tree, history: &History) -> Option<Reply<'t>> {
    let newest = history.newest()?;
    let here = Here::at(tree, Some(newest));
    if newest.pending == Pending::Forget {
        // A "yes" would delete everything: nobody may see another question then.
        return Some(say::ask_to_forget(tree, &here.walk));
    }
    let note = here.has_changed(tree).then(|| say::changed(tree));
    if let Some(rivals) = here.short_list(tree).filter(|_| note.is_none()) {
        return Some(say::ask_back(tree, &here.walk, &rivals));
    }
    Some(say::ask(tree, &here.walk, note))
}

/// Whether the place of an event is not where it was in the tree as it is now, so that people are told.
pub(crate) fn has_changed(tree: &Tree, event: &Event) -> bool {
    Here::at(tree, Some(event)).has_changed(tree)
}
