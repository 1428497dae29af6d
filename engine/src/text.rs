//! Text as matching sees it: words without case, punctuation and typographic niceties.
//!
//! This may get better with time. It is never used for what is stored: see `digest` for that.

mod case;

use std::borrow::Cow;

pub(crate) use case::folded;

/// The words of a text, each in two forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    plain: Joined,
    /// None where these are the plain words.
    accented: Option<Joined>,
    /// Those of the plain words that stand in capitals in a text that has small letters as well.
    capitals: Vec<String>,
}

/// Words in one text, with single spaces between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Joined {
    text: String,
    /// Where each word ends.
    ends: Vec<usize>,
    /// Where the word starts that is being written.
    start: usize,
}

impl Words {
    /// The words of `text`. A text with neither letters nor digits is one word, as it is.
    pub(crate) fn of(text: &str) -> Self {
        if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
            return Self { plain: simple(text), accented: None, capitals: capitals(text) };
        }
        let is_ascii = text.is_ascii();
        let folded: Cow<'_, str> = if is_ascii {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Owned(folded(&compatible(text)))
        };
        let mut words = Joined::with_capacity(folded.len());
        // Where a row of single letters with dots between them began: U.S.A. is one word.
        let mut dotted = false;
        let mut characters = folded.chars();
        while let Some(character) = characters.next() {
            if character.is_alphanumeric() || is_mark(character) {
                words.text.push(character);
            } else if is_apostrophe(character) {
                // "don't" is one word.
            } else if character == '&' {
                words.end();
                words.push("and");
                dotted = false;
            } else if character == '.'
                && (dotted || is_single(words.last()))
                && !words.last().is_empty()
            {
                dotted = true;
                // Goes on only before another single letter; a longer word ends it below.
                let mut ahead = characters.clone();
                let next_is_letter = ahead.next().is_some_and(char::is_alphabetic);
                let then_ends = ahead.next().is_none_or(|after| !after.is_alphanumeric());
                if !(next_is_letter && then_ends) {
                    words.end();
                    dotted = false;
                }
            } else {
                let ends_word = !words.last().is_empty();
                words.end();
                dotted = false;
                if compares(character, ends_word, characters.clone()) {
                    words.push(character.encode_utf8(&mut [0; 4]));
                }
            }
        }
        words.end();
        if words.ends.is_empty() {
            words.push(folded.trim_matches(is_blank));
        }
        let words = words.whole();
        let capitals = capitals(text);
        if is_ascii {
            return Self { plain: words, accented: None, capitals };
        }
        let mut plain = Joined::with_capacity(words.text.len());
        for word in words.iter() {
            plain.push(&without_accents(word));
        }
        let plain = plain.whole();
        let accented = (plain != words).then_some(words);
        Self { plain, accented, capitals }
    }

    /// Whether there is nothing at all.
    #[cfg(feature = "yaml")]
    pub(crate) fn is_empty(&self) -> bool {
        self.plain.ends.is_empty()
    }

    /// A word without its accents.
    pub(crate) fn get(&self, number: usize) -> Option<&str> {
        self.plain.get(number)
    }

    /// The words without their accents.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator + Clone {
        self.plain.iter()
    }

    /// The words without their accents, with single spaces between them.
    pub(crate) fn joined(&self) -> &str {
        &self.plain.text
    }

    /// The words as written, but for case and width, where these are not the plain words.
    pub(crate) fn accented(&self) -> Option<&str> {
        self.accented.as_ref().map(|words| words.text.as_str())
    }

    /// Whether this plain word stands in capitals in a text that has small letters as well.
    pub(crate) fn is_in_capitals(&self, word: &str) -> bool {
        self.capitals.iter().any(|other| other == word)
    }

    /// The same words from one on.
    pub(crate) fn from(&self, number: usize) -> Self {
        let mut plain = Joined::with_capacity(self.plain.text.len());
        self.iter().skip(number).for_each(|word| plain.push(word));
        Self { plain: plain.whole(), accented: None, capitals: self.capitals.clone() }
    }
}

impl Joined {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes + 1), ends: Vec::with_capacity(8), start: 0 }
    }

    /// The word that is being written.
    fn last(&self) -> &str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// Ends the word that is being written, if there is one.
    fn end(&mut self) {
        if self.text.len() > self.start {
            self.ends.push(self.text.len());
            self.text.push(' ');
            self.start = self.text.len();
        }
    }

    /// A word, if it is one, after those that have ended.
    fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.end();
    }

    /// All words, ended.
    fn whole(mut self) -> Self {
        self.text.truncate(self.ends.last().copied().unwrap_or_default());
        self.start = 0;
        self
    }

    fn get(&self, number: usize) -> Option<&str> {
        let start = match number.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before)? + 1,
        };
        self.text.get(start..*self.ends.get(number)?)
    }

    fn iter(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator + Clone {
        (0..self.ends.len()).map(|number| self.get(number).unwrap_or_default())
    }
}

/// The words of a text of nothing but ASCII letters, digits and spaces: what most messages and labels are.
fn simple(text: &str) -> Joined {
    let lower = text.to_ascii_lowercase();
    // Mostly there are single spaces between the words already.
    let mut ends = Vec::with_capacity(8);
    let mut before = b' ';
    let mut is_joined = true;
    for (at, byte) in lower.bytes().enumerate() {
        if byte == b' ' {
            is_joined &= before != b' ';
            ends.push(at);
        }
        before = byte;
    }
    if is_joined && before != b' ' {
        ends.push(lower.len());
        return Joined { text: lower, ends, start: 0 };
    }
    let mut words = Joined::with_capacity(text.len());
    lower.split(' ').for_each(|word| words.push(word));
    words.whole()
}

/// The words in capitals of a text that has small letters as well: "to the US", but not "US".
fn capitals(text: &str) -> Vec<String> {
    // Most texts have a capital at their start at most.
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if text.bytes().skip(1).all(is_plain) {
        return Vec::new();
    }
    let has_row = text
        .as_bytes()
        .windows(2)
        .any(|pair| pair.iter().all(|byte| !byte.is_ascii_lowercase() && *byte != b' '));
    if !has_row || !text.chars().any(char::is_lowercase) {
        return Vec::new();
    }
    text.split(|character: char| !character.is_alphanumeric() && character != '.')
        .map(|word| word.replace('.', ""))
        .filter(|word| word.chars().count() > 1 && word.chars().all(char::is_uppercase))
        .map(|word| without_accents(&folded(&word)))
        .collect()
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
        let accented = words.accented().unwrap_or(words.joined());
        assert_eq!(words.iter().collect::<Vec<_>>().join(" "), words.joined());
        expect.assert_eq(&format!("{accented} | {}", words.joined()));
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
    fn simple_texts_are_read_as_all_others_are() {
        for text in ["", " ", "a", "Up to  6 MONTHS ", " R2D2 x", "the US and UK"] {
            let whole = Words::of(&format!("{text}!"));
            assert_eq!(
                Words::of(text),
                if text.trim().is_empty() { Words::default() } else { whole }
            );
        }
    }

    #[test]
    fn a_text_without_letters_is_itself_and_blank_is_nothing() {
        check("👍", expect!["👍 | 👍"]);
        check("++", expect!["++ | ++"]);
        check(" \u{200b}\n", expect![" | "]);
    }
}
