//! A button, quick reply or link that was pressed.

use crate::TurnOptions;
use crate::code::PlaceCode;
use crate::matching::whole_number;
use crate::place::{Step, Trail};
use crate::tree::Tree;
use crate::walk::walk;

use super::arrive::{arrive, begin, whole};
use super::here::Here;
use super::outcome::Outcome;
use super::say;
use super::typed::{asked, typed};

/// A button, quick reply or link: the place comes from its code alone.
pub(super) fn tap<'t>(
    tree: &'t Tree,
    here: Here<'t, '_>,
    code: &str,
    title: Option<&str>,
    options: TurnOptions,
) -> Outcome<'t> {
    let Ok(decoded) = PlaceCode::decode(code) else { return as_text(tree, here, title, options) };
    let is_of_this_tree = decoded.belongs_to(tree);
    let mut trail = decoded.trail;
    // A number is the look that a long label has on a channel: it is not what was said.
    let said = title.filter(|title| whole_number(tree.pack, title).is_none());
    known_words(&mut trail, &here, said);
    let walked = walk(tree, &trail);
    let all_kept = walked.all_kept(&trail);
    // A tree that was renamed is still the same tree; one that only looks alike is not. Every root has the same name, so
    // a "yes" counts only under the very words that it answered.
    let is_ours =
        is_of_this_tree || (all_kept && !trail.steps.is_empty() && walked.answers_as_asked(&trail));
    if !is_ours {
        return as_text(tree, here, title, options);
    }
    if all_kept {
        if let (Some(step), Some(label)) = (trail.steps.last_mut(), walked.last_label()) {
            step.words = step.words.take().or_else(|| whole(label));
        }
        return arrive(tree, &trail, Vec::new());
    }
    asked(tree, walked, Some(say::changed(tree)))
}

/// What carries no code of this tree is what is written on it.
fn as_text<'t>(
    tree: &'t Tree,
    here: Here<'t, '_>,
    title: Option<&str>,
    options: TurnOptions,
) -> Outcome<'t> {
    match title {
        Some(title) => typed(tree, here, title, options),
        None if here.event.is_none() => begin(tree, here.walk),
        None => asked(tree, here.walk, None),
    }
}

/// Gives the steps of a code the words that are known for them: codes carry none.
fn known_words(trail: &mut Trail, here: &Here<'_, '_>, title: Option<&str>) {
    let known = here.event.and_then(|event| event.place.as_ref());
    let same = |number: usize, step: &Step| {
        known
            .and_then(|known| known.steps.get(number))
            .filter(|other| *other == step)
            .and_then(|other| other.words.clone())
    };
    let last = trail.steps.len();
    for (number, step) in trail.steps.iter_mut().enumerate() {
        let pressed = if number + 1 == last { title.and_then(whole) } else { None };
        step.words = pressed.or_else(|| same(number, step));
    }
}
