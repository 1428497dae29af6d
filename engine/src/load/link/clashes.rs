//! Answers of one question that cannot be told from each other.

use indexmap::IndexMap;

use crate::digest::normal_form;
use crate::load::draft::DraftAnswer;
use crate::{Code, Diagnostic, Digest};

/// Two answers of one question must differ in every key, label, `also` and `was`, as they are recorded.
pub(super) fn clashes(answers: &[DraftAnswer], problems: &mut Vec<Diagnostic>) {
    let mut seen: IndexMap<Digest, (usize, &str)> = IndexMap::new();
    for (number, answer) in answers.iter().enumerate() {
        let texts = std::iter::once(&answer.key)
            .chain(&answer.label)
            .chain(&answer.also)
            .chain(&answer.was);
        for text in texts {
            let digest = Digest::of(&text.text);
            match seen.get(&digest) {
                Some((other, _)) if *other == number => {}
                Some((other, theirs)) => {
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
                    seen.insert(digest, (number, text.text.as_str()));
                }
            }
        }
    }
}
