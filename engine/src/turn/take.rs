//! From an input to its outcome.

use crate::digest::Digest;
use crate::event::cut;
use crate::matching::Command;
use crate::place::{MAX_WORDS, Start, Trail};
use crate::tree::Tree;
use crate::walk::walk;
use crate::{Event, InputKind, Message, Recorded, ReplyKind, TurnOptions};

use super::arrive::begin;
use super::command::{command, confirmed};
use super::here::Here;
use super::outcome::Outcome;
use super::say;
use super::tap::tap;
use super::typed::typed;

/// Understands one input after the newest event with a place, if there is one.
pub(super) fn take<'t>(
    tree: &'t Tree,
    before: Option<&Event>,
    input: InputKind,
    options: TurnOptions,
) -> Outcome<'t> {
    let here = Here::at(tree, before);
    let mut outcome = match &input {
        InputKind::Start { at_node } => start(tree, at_node.as_deref()),
        InputKind::Text(text) => typed(tree, here, text, options),
        InputKind::Tap { code, title } => tap(tree, here, code, title.as_deref(), options),
        InputKind::Back => command(tree, here, Command::Back, options),
        InputKind::Restart => command(tree, here, Command::Restart, options),
        InputKind::Help => command(tree, here, Command::Help, options),
        InputKind::Forget => command(tree, here, Command::Forget, options),
        InputKind::Confirm { forget } => confirmed(tree, here, *forget),
        InputKind::Unsupported => unsupported(tree, here, options),
    };
    outcome.recorded = match input {
        InputKind::Start { .. } => Recorded::Start,
        InputKind::Text(text) => Recorded::Text(beginning(text)),
        InputKind::Tap { title, .. } => {
            // The words of the last answer, where the channel did not say what was pressed.
            let words = title.or_else(|| {
                outcome.walk.last_step().and_then(|step| step.words.as_deref()).map(str::to_owned)
            });
            Recorded::Tap(beginning(words.unwrap_or_default()))
        }
        InputKind::Back => Recorded::Back,
        InputKind::Restart => Recorded::Restart,
        InputKind::Help => Recorded::Help,
        InputKind::Forget => Recorded::Forget,
        InputKind::Confirm { forget } => {
            let [yes, no] = tree.yes_or_no();
            Recorded::Tap((if forget { yes } else { no }).to_owned())
        }
        InputKind::Unsupported => Recorded::Unsupported,
    };
    outcome
}

/// Begins at a named node, or at the root.
fn start<'t>(tree: &'t Tree, at_node: Option<&str>) -> Outcome<'t> {
    let named =
        at_node.map(Digest::of).filter(|name| tree.find(*name).is_some_and(|id| id != Tree::ROOT));
    let trail = Trail { start: named.map_or(Start::Root, Start::Named), ..Trail::root() };
    begin(tree, walk(tree, &trail))
}

/// Something that cannot be read.
fn unsupported<'t>(tree: &'t Tree, here: Here<'t, '_>, options: TurnOptions) -> Outcome<'t> {
    if here.event.is_none() {
        return begin(tree, here.walk);
    }
    let changed = !options.sees_current && here.has_changed(tree);
    let mut messages = vec![Message::new(tree.pack.unsupported)];
    messages.extend(say::again(tree, &here.walk));
    let reply = say::reply(
        tree,
        &here.walk,
        ReplyKind::Info,
        messages,
        changed.then(|| say::changed(tree)),
    );
    Outcome::new(here.walk, reply)
}

/// The first 200 characters.
fn beginning(mut text: String) -> String {
    cut(&mut text, MAX_WORDS);
    text
}
