//! Text as matching sees it: words without case, punctuation and typographic niceties.
//!
//! This may get better with time. It is never used for what is stored: see `digest` for that.

use std::borrow::Cow;

/// The words of a text, each in two forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// As written, but for case and width.
    pub(crate) accented: Vec<String>,
    /// The same words without accents.
    pub(crate) plain: Vec<String>,
    /// Those of the plain words that stand in capitals in a text that has small letters as well.
    pub(crate) capitals: Vec<String>,
}

impl Words {
    /// The words of `text`. A text with neither letters nor digits is one word, as it is.
    pub(crate) fn of(text: &str) -> Self {
        let folded = caseless::default_case_fold_str(&compatible(text));
        let mut accented: Vec<String> = Vec::new();
        let mut word = String::new();
        // Where a row of single letters with dots between them began: U.S.A. is one word.
        let mut dotted = false;
        let mut characters = folded.chars().peekable();
        while let Some(character) = characters.next() {
            if character.is_alphanumeric() || is_mark(character) {
                word.push(character);
            } else if is_apostrophe(character) {
                // "don't" is one word.
            } else if character == '&' {
                flush(&mut accented, &mut word);
                accented.push("and".to_owned());
                dotted = false;
            } else if character == '.' && (dotted || is_single(&word)) && !word.is_empty() {
                dotted = true;
                // Goes on only before another single letter; a longer word ends it below.
                let mut ahead = characters.clone();
                let next_is_letter = ahead.next().is_some_and(char::is_alphabetic);
                let then_ends = ahead.next().is_none_or(|after| !after.is_alphanumeric());
                if !(next_is_letter && then_ends) {
                    flush(&mut accented, &mut word);
                    dotted = false;
                }
            } else {
                let ends_word = !word.is_empty();
                flush(&mut accented, &mut word);
                dotted = false;
                if compares(character, ends_word, characters.clone()) {
                    accented.push(character.to_string());
                }
            }
        }
        flush(&mut accented, &mut word);
        if accented.is_empty() {
            let whole = folded.trim_matches(is_blank);
            if !whole.is_empty() {
                accented.push(whole.to_owned());
            }
        }
        let plain = accented.iter().map(|word| without_accents(word)).collect();
        Self { accented, plain, capitals: capitals(text) }
    }

    /// Whether there is nothing at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }
}

/// The words in capitals of a text that has small letters as well: "to the US", but not "US".
fn capitals(text: &str) -> Vec<String> {
    if !text.chars().any(char::is_lowercase) {
        return Vec::new();
    }
    text.split(|character: char| !character.is_alphanumeric() && character != '.')
        .map(|word| word.replace('.', ""))
        .filter(|word| word.chars().count() > 1 && word.chars().all(char::is_uppercase))
        .map(|word| without_accents(&caseless::default_case_fold_str(&word)))
        .collect()
}

fn flush(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// Whether a sign says more or less: `6+`, `> 6`, `<6`. Elsewhere it says nothing.
fn compares(sign: char, ends_word: bool, after: impl Iterator<Item = char>) -> bool {
    let mut after = after.skip_while(|character| *character == ' ' && sign != '+');
    match sign {
        '+' => ends_word && after.next().is_none_or(|next| !next.is_alphanumeric()),
        '<' | '>' | '\u{2264}' | '\u{2265}' => after.next().is_some_and(char::is_numeric),
        _ => false,
    }
}

fn is_single(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none()
}

/// White space, and what looks like nothing at all.
fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{ad}')
}

fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '\u{2018}'
            | '\u{2019}'
            | '\u{201b}'
            | '\u{2bc}'
            | '\u{2032}'
            | '`'
            | '\u{b4}'
            | '\u{ff07}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200d}' | '\u{2060}'
    )
}

/// A combining accent.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// Full-width forms and ligatures as the plain characters that they stand for.
fn compatible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|character| matches!(character, '\u{ff01}'..='\u{ff5e}' | '\u{fb00}'..='\u{fb06}' | '\u{3000}')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{ff01}'..='\u{ff5e}' => {
                out.push(char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character))
            }
            '\u{3000}' => out.push(' '),
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// A case-folded word without its accents: Latin letters only, and never an empty word.
fn without_accents(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for character in word.chars() {
        match base(character) {
            Some(base) => out.push_str(base),
            None if is_mark(character) => {}
            None => out.push(character),
        }
    }
    if out.is_empty() { word.to_owned() } else { out }
}

/// The plain letters of a small Latin letter with an accent.
fn base(character: char) -> Option<&'static str> {
    Some(match character {
        'à'..='å'
        | 'ā'
        | 'ă'
        | 'ą'
        | 'ǎ'
        | 'ǟ'
        | 'ǡ'
        | 'ǻ'
        | 'ȁ'
        | 'ȃ'
        | 'ȧ'
        | 'ạ'
        | 'ả'
        | 'ấ'
        | 'ầ'
        | 'ẩ'
        | 'ẫ'
        | 'ậ'
        | 'ắ'
        | 'ằ'
        | 'ẳ'
        | 'ẵ'
        | 'ặ' => "a",
        'æ' | 'ǣ' | 'ǽ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë'
        | 'ē'
        | 'ĕ'
        | 'ė'
        | 'ę'
        | 'ě'
        | 'ȅ'
        | 'ȇ'
        | 'ȩ'
        | 'ẹ'
        | 'ẻ'
        | 'ẽ'
        | 'ế'
        | 'ề'
        | 'ể'
        | 'ễ'
        | 'ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' | 'ǵ' => "g",
        'ĥ' | 'ħ' | 'ȟ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' | 'ȉ' | 'ȋ' | 'ỉ' | 'ị' => "i",
        'ĵ' | 'ǰ' => "j",
        'ķ' | 'ǩ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŉ' | 'ǹ' => "n",
        'ò'..='ö'
        | 'ø'
        | 'ō'
        | 'ŏ'
        | 'ő'
        | 'ǒ'
        | 'ǫ'
        | 'ǿ'
        | 'ȍ'
        | 'ȏ'
        | 'ȫ'
        | 'ȭ'
        | 'ȯ'
        | 'ȱ'
        | 'ơ'
        | 'ọ'
        | 'ỏ'
        | 'ố'
        | 'ồ'
        | 'ổ'
        | 'ỗ'
        | 'ộ'
        | 'ớ'
        | 'ờ'
        | 'ở'
        | 'ỡ'
        | 'ợ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' | 'ȑ' | 'ȓ' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü'
        | 'ũ'
        | 'ū'
        | 'ŭ'
        | 'ů'
        | 'ű'
        | 'ų'
        | 'ǔ'
        | 'ǖ'
        | 'ǘ'
        | 'ǚ'
        | 'ǜ'
        | 'ȕ'
        | 'ȗ'
        | 'ư'
        | 'ụ'
        | 'ủ'
        | 'ứ'
        | 'ừ'
        | 'ử'
        | 'ữ'
        | 'ự' => "u",
        'ŵ' | 'ẁ' | 'ẃ' | 'ẅ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ȳ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Words;
    use expect_test::{Expect, expect};

    fn check(text: &str, expect: Expect) {
        let words = Words::of(text);
        expect.assert_eq(&format!("{} | {}", words.accented.join(" "), words.plain.join(" ")));
    }

    #[test]
    fn case_punctuation_and_accents_do_not_count() {
        check("  HOLIDAY, or visit?! ", expect!["holiday or visit | holiday or visit"]);
        check("Côte d’Ivoire", expect!["côte divoire | cote divoire"]);
        check("Straße ŁÓDŹ", expect!["strasse łódź | strasse lodz"]);
        check("cafe\u{301}", expect!["cafe\u{301} | cafe"]);
    }

    #[test]
    fn abbreviations_are_one_word() {
        check("the U.S.A. and the U.K.", expect!["the usa and the uk | the usa and the uk"]);
        check("e.g. this. a. Then", expect!["eg this a then | eg this a then"]);
        check("R&D", expect!["r and d | r and d"]);
        check("ＡＢＣ １２", expect!["abc 12 | abc 12"]);
    }

    #[test]
    fn more_and_less_are_words() {
        check("6+ months, >6 months", expect!["6 + months > 6 months | 6 + months > 6 months"]);
        check("work+study -> both < 3", expect!["work study both < 3 | work study both < 3"]);
    }

    #[test]
    fn a_text_without_letters_is_itself_and_blank_is_nothing() {
        check("👍", expect!["👍 | 👍"]);
        check("++", expect!["++ | ++"]);
        check(" \u{200b}\n", expect![" | "]);
    }
}
