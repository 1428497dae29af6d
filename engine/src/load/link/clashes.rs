//! Answers of one question that cannot be told from each other.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::digest::normal_form;
use crate::load::draft::DraftAnswer;
use crate::{Code, Diagnostic, Digest};

/// Two answers of one question must differ in every key, label, `also` and `was`, as they are recorded.
pub(super) fn clashes(answers: &[DraftAnswer], problems: &mut Vec<Diagnostic>) {
    let mut seen: IndexMap<Digest, (usize, &str, bool), FxBuildHasher> = IndexMap::default();
    for (number, answer) in answers.iter().enumerate() {
        let recorded = std::iter::once(&answer.key).chain(&answer.was).chain(&answer.also);
        let texts = recorded.map(|text| (text, true));
        for (text, is_recorded) in texts.chain(answer.label.iter().map(|label| (label, false))) {
            let digest = Digest::of(&text.text);
            match seen.get(&digest) {
                Some((other, ..)) if *other == number => {}
                // A label is not recorded, so it may have the short code of another text.
                Some((_, theirs, theirs_is_recorded))
                    if !(is_recorded && *theirs_is_recorded)
                        && normal_form(theirs) != normal_form(&text.text) => {}
                Some((other, theirs, _)) => {
                    let key = answers.get(*other).map_or("", |other| other.key.text.as_str());
                    let message = if *theirs == text.text {
                        format!("`{}` is already there, in the answer `{key}`", text.text)
                    } else if normal_form(theirs) == normal_form(&text.text) {
                        format!(
                            "`{}` is already there (it differs from `{theirs}` only in capitals or punctuation)",
                            text.text
                        )
                    } else {
                        format!(
                            "`{}` gets the same short code as `{theirs}` by chance; change a letter of either",
                            text.text
                        )
                    };
                    problems.push(Diagnostic::new(Code::AnswerClash, text.span, message));
                }
                None => {
                    seen.insert(digest, (number, text.text.as_str(), is_recorded));
                }
            }
        }
    }
}
