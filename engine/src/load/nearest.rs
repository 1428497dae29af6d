//! Which of the known words somebody may have meant.

/// How many problems a file may have before nobody looks for what its author may have meant.
pub(super) const MAX_SUGGESTIONS: usize = 100;

/// The most characters of a word that others are compared with.
const MAX_NAME: usize = 64;

/// The known word that somebody may have meant.
pub(crate) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let length = name.chars().count();
    let allowed = match length {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    if length > MAX_NAME {
        return None;
    }
    let lower = name.to_lowercase();
    known
        .iter()
        .filter(|word| word.len() <= MAX_NAME)
        .map(|word| (strsim::osa_distance(&lower, word), *word))
        .filter(|(distance, word)| {
            *distance <= allowed || (lower.len() >= 4 && word.starts_with(lower.as_str()))
        })
        .min()
        .map(|(_, word)| word)
}
