//! Ends without a link: people have got their answer, and cannot go on to anything. Ends without a date: nobody can tell
//! whether it still holds.

use crate::load::draft::{Draft, DraftNode, Role};
use crate::load::read::has_link;
use crate::{Code, Diagnostic};

/// Tells of every end that says no link.
pub(super) fn without_link(draft: &Draft, problems: &mut Vec<Diagnostic>) {
    for node in ends(draft) {
        if !node.say.iter().any(|message| has_link(message.text())) {
            let message = "this is an end without a link; `[words](https://…)` would lead on";
            problems.push(Diagnostic::new(Code::EndWithoutLink, node.say_span, message));
        }
    }
}

/// Tells, at the first of them, of ends that say no date, where the tree says none for all.
pub(super) fn without_date(draft: &Draft, problems: &mut Vec<Diagnostic>) {
    if draft.about.as_deref().is_some_and(has_date) {
        return;
    }
    let says_date = |node: &&DraftNode| node.say.iter().any(|message| has_date(message.text()));
    let mut dateless = ends(draft).filter(|end| !says_date(end));
    let Some(first) = dateless.next() else { return };
    let whose = match dateless.count() {
        0 => "nothing says from when this end is".to_owned(),
        more => format!("nothing says from when this end and {more} more are"),
    };
    let message = format!(
        "{whose}; a date in `about`, such as `Checked on 1 November 2026`, is shown with each"
    );
    problems.push(Diagnostic::new(Code::EndWithoutDate, first.say_span, message));
}

/// What says something after which nothing more is asked.
fn ends(draft: &Draft) -> impl Iterator<Item = &DraftNode> {
    // The answers of a question with `goto` that have nothing after them are no ends.
    let mut goes_on = vec![false; draft.nodes.len()];
    for node in draft.nodes.iter().filter(|node| node.goto.is_some()) {
        for answer in &node.answers {
            if let Some(goes_on) = goes_on.get_mut(answer.node) {
                *goes_on = true;
            }
        }
    }
    draft.nodes.iter().zip(goes_on).filter_map(|(node, goes_on)| {
        // An `else` that only says something asks again.
        let is_end = node.answers.is_empty()
            && node.goto.is_none()
            && !goes_on
            && !matches!(node.role, Role::Else);
        (is_end && !node.say.is_empty()).then_some(node)
    })
}

/// Whether a text names a year, as every date that can be told apart from last year's does, in any language.
fn has_date(text: &str) -> bool {
    let years = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() == 4);
    years.filter_map(|word| word.parse::<u16>().ok()).any(|year| (1900..2200).contains(&year))
}
