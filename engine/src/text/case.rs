//! Letters without case.

/// A text without case: in small letters, and what is the same in capitals is the same, such as `ß` and `ss`, or `ς`
/// and `σ`.
///
/// This is Unicode's full case folding, made of the tables that the standard library has anyway, but for two
/// differences that do not matter to matching: `ı` is `i`, and Cherokee becomes small letters.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            out.push(character.to_ascii_lowercase());
            continue;
        }
        // By way of small letters, since `ẞ` has no capitals of its own.
        for small in character.to_lowercase() {
            for capital in small.to_uppercase() {
                capital.to_lowercase().for_each(|folded| out.push(folded));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn case_is_folded_as_unicode_says() {
        for character in char::MIN..=char::MAX {
            let text = character.to_string();
            let differs = folded(&text) != caseless::default_case_fold_str(&text);
            let may_differ = matches!(
                character,
                'ı' | '\u{13a0}'..='\u{13f5}' | '\u{13f8}'..='\u{13fd}' | '\u{ab70}'..='\u{abbf}'
            );
            // What is newer than caseless's tables stays as it was there.
            let is_new = differs && caseless::default_case_fold_str(&text) == text;
            assert!(may_differ || !differs || is_new, "{character}");
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for character in char::MIN..=char::MAX {
            let once = folded(&character.to_string());
            assert_eq!(folded(&once), once);
        }
    }
}
