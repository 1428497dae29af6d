//! Ends without a link: people have got their answer, and cannot go on to anything.

use crate::load::draft::{Draft, Role};
use crate::load::read::has_link;
use crate::{Code, Diagnostic};

/// Tells of every end that says no link.
pub(super) fn review(draft: &Draft, problems: &mut Vec<Diagnostic>) {
    // The answers of a question with `goto` that have nothing after them are no ends.
    let mut goes_on = vec![false; draft.nodes.len()];
    for node in draft.nodes.iter().filter(|node| node.goto.is_some()) {
        for answer in &node.answers {
            if let Some(goes_on) = goes_on.get_mut(answer.node) {
                *goes_on = true;
            }
        }
    }
    for (node, goes_on) in draft.nodes.iter().zip(goes_on) {
        // An `else` that only says something asks again.
        let is_end = node.answers.is_empty()
            && node.goto.is_none()
            && !goes_on
            && !matches!(node.role, Role::Else);
        let says = !node.say.is_empty();
        if is_end && says && !node.say.iter().any(|message| has_link(message.text())) {
            let message = "this is an end without a link; `[words](https://…)` would lead on";
            problems.push(Diagnostic::new(Code::EndWithoutLink, node.say_span, message));
        }
    }
}
