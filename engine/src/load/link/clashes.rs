//! Answers of one question that cannot be told from each other.

use crate::digest::normal_form;
use crate::load::draft::{DraftAnswer, Spanned};
use crate::tree::build::NewAnswer;
use crate::{Code, Diagnostic, Digest};

/// A text of an answer.
struct Called<'d> {
    digest: Digest,
    answer: usize,
    text: &'d Spanned,
    /// Whether it is recorded when the answer is given, as its key is.
    is_recorded: bool,
}

/// Two answers of one question must differ in every key, label, `also` and `was`, as they are recorded.
pub(super) fn clashes(
    drafts: &[DraftAnswer],
    answers: &[NewAnswer<'_>],
    problems: &mut Vec<Diagnostic>,
) {
    let mut all: Vec<Called<'_>> = Vec::with_capacity(answers.len() * 2);
    for (number, (draft, answer)) in drafts.iter().zip(answers).enumerate() {
        let called = |digest: Digest, text, is_recorded| Called {
            digest,
            answer: number,
            text,
            is_recorded,
        };
        all.push(called(answer.recorded.0, &draft.key, true));
        all.extend(
            answer.was.iter().zip(&draft.was).map(|(digest, text)| called(*digest, text, true)),
        );
        let also = answer.also_recorded.iter().zip(&draft.also);
        all.extend(also.map(|(digest, text)| called(*digest, text, true)));
        all.extend(draft.label.iter().map(|label| called(Digest::of(&label.text), label, false)));
    }
    // The order is kept among equals, so of several with one digest the first is what the others clash with.
    all.sort_by_key(|called| called.digest);
    for same in all.chunk_by(|one, other| one.digest == other.digest) {
        let Some((first, others)) = same.split_first() else { continue };
        for other in others.iter().filter(|other| other.answer != first.answer) {
            problems.extend(clash(drafts, first, other));
        }
    }
}

fn clash(drafts: &[DraftAnswer], first: &Called<'_>, other: &Called<'_>) -> Option<Diagnostic> {
    let (theirs, text) = (&first.text.text, &other.text.text);
    let key = drafts.get(first.answer).map_or("", |first| first.key.text.as_str());
    let message = if theirs == text {
        format!("`{text}` is already there, in the answer `{key}`")
    } else if normal_form(theirs) == normal_form(text) {
        format!(
            "`{text}` is already there (it differs from `{theirs}` only in capitals or punctuation)"
        )
    } else if first.is_recorded && other.is_recorded {
        format!(
            "`{text}` gets the same short code as `{theirs}` by chance; change a letter of either"
        )
    } else {
        // A label is not recorded, so it may have the short code of another text.
        return None;
    };
    Some(Diagnostic::new(Code::AnswerClash, other.text.span, message))
}
