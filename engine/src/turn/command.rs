//! What can be said anywhere: back, start again, help, delete my data.

use crate::matching::Command;
use crate::place::Trail;
use crate::tree::Tree;
use crate::walk::{Walk, walk};
use crate::{Effect, Message, Note, Pending, ReplyKind, TurnOptions};

use super::arrive::begin;
use super::here::Here;
use super::outcome::Outcome;
use super::say;
use super::typed::asked;

pub(super) fn command<'t>(
    tree: &'t Tree,
    here: Here<'t, '_>,
    command: Command,
    options: TurnOptions,
) -> Outcome<'t> {
    let changed = !options.sees_current && here.event.is_some() && here.has_changed(tree);
    let note: Option<Note<'t>> = changed.then(|| say::changed(tree));
    match command {
        Command::Forget => {
            let reply = say::ask_to_forget(tree, &here.walk);
            Outcome::new(here.walk, reply)
        }
        // Before anything was said there is nothing else to do than to begin.
        _ if here.event.is_none() => begin(tree, here.walk),
        Command::Restart => begin(tree, walk(tree, &Trail::root())),
        Command::Back => {
            let mut trail = here.walk.into_trail();
            trail.steps.pop();
            let walked = walk(tree, &trail);
            let reply = say::ask(tree, &walked, note);
            Outcome::new(walked, reply)
        }
        Command::Help => {
            let (own, commands) = (tree.about.help.as_deref(), [Command::Back, Command::Restart]);
            let mut messages = vec![say::own_or(tree, own, tree.pack.help_text, commands)];
            messages.extend(say::again(tree, &here.walk));
            let reply = say::reply(tree, &here.walk, ReplyKind::Info, messages, note);
            Outcome {
                misses: here.event.map_or(0, |event| event.misses),
                ..Outcome::new(here.walk, reply)
            }
        }
    }
}

/// Yes or no to whether everything about the person is to be deleted, where that was pressed. "Yes" says what it does,
/// so it does it, whatever was asked last. "No" does nothing; where nothing was asked it does not say that nothing was
/// deleted, as that may have been done meanwhile.
pub(super) fn confirmed<'t>(tree: &'t Tree, here: Here<'t, '_>, forget: bool) -> Outcome<'t> {
    match here.event {
        _ if forget => forgotten(tree),
        None => begin(tree, here.walk),
        Some(event) if event.pending == Pending::Forget => not_forgotten(tree, here.walk),
        Some(_) => asked(tree, here.walk, None),
    }
}

/// Everything about the person is to be deleted.
pub(super) fn forgotten(tree: &Tree) -> Outcome<'_> {
    let walked = walk(tree, &Trail::root());
    let reply = say::offering(
        tree,
        &walked,
        ReplyKind::Info,
        vec![Message::new(tree.pack.forgotten)],
        None,
        &[],
    );
    Outcome { effect: Effect::Forget, ..Outcome::new(walked, reply) }
}

pub(super) fn not_forgotten<'t>(tree: &'t Tree, walk: Walk<'t>) -> Outcome<'t> {
    let mut messages = vec![Message::new(tree.pack.not_forgotten)];
    messages.extend(say::again(tree, &walk));
    let reply = say::reply(tree, &walk, ReplyKind::Info, messages, None);
    Outcome::new(walk, reply)
}
