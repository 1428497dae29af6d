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
    kind: Kind,
}

/// What a text of an answer is, as far as it matters that its short code is its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It is, or was, recorded when the answer is given.
    Key,
    /// It may have been recorded: an `also` may have been a key before.
    Also,
    /// What is shown is never recorded.
    Label,
}

/// Two answers of one question must differ in every key, label, `also` and `was`. Those that differ may have the same
/// short code by chance. Of keys, present and former, none may: it would not be clear which answer a code stands for.
/// Beside an `also` it is: a key comes first, and what two of them may have been called is neither's.
pub(super) fn clashes(
    drafts: &[DraftAnswer],
    answers: &[NewAnswer<'_>],
    problems: &mut Vec<Diagnostic>,
) {
    let mut all: Vec<Called<'_>> = Vec::with_capacity(answers.len() * 2);
    for (number, (draft, answer)) in drafts.iter().zip(answers).enumerate() {
        let called = |digest, text, kind| Called { digest, answer: number, text, kind };
        all.push(called(answer.recorded.0, &draft.key, Kind::Key));
        let was = answer.was.iter().zip(&draft.was);
        all.extend(was.map(|(digest, text)| called(*digest, text, Kind::Key)));
        let also = answer.also_recorded.iter().zip(&draft.also);
        all.extend(also.map(|(digest, text)| called(*digest, text, Kind::Also)));
        let label = draft.label.iter();
        all.extend(label.map(|label| called(Digest::of(&label.text), label, Kind::Label)));
    }
    // The order is kept among equals, so of several with one digest the first is what the others clash with.
    all.sort_by_key(|called| called.digest);
    for same in all.chunk_by(|one, other| one.digest == other.digest) {
        let Some((first, others)) = same.split_first() else { continue };
        // Where the first has the code by chance, and may, a key may come after it.
        let key = same.iter().position(|called| called.kind == Kind::Key).unwrap_or_default();
        for (number, other) in (1..).zip(others) {
            let before = [Some(first), same.get(key).filter(|_| key < number)];
            let mut before = before.into_iter().flatten().filter(|of| of.answer != other.answer);
            problems.extend(before.find_map(|of| clash(drafts, of, other)));
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
    } else if (first.kind, other.kind) == (Kind::Key, Kind::Key) {
        format!(
            "`{text}` gets the same short code as `{theirs}` by chance; change a letter of the one that is newer"
        )
    } else {
        return None;
    };
    Some(Diagnostic::new(Code::AnswerClash, other.text.span, message))
}
