//! Text as matching sees it: words without case, punctuation and typographic niceties.
//!
//! This may get better with time. It is never used for what is stored: see `digest` for that.

mod case;
mod fold;

pub(crate) use case::folded;
pub(crate) use fold::compatible;
use fold::{is_mark, without_accents};

/// Texts as one, with something between them.
pub(crate) fn join(texts: &mut dyn Iterator<Item = &str>, between: &str) -> String {
    let mut joined = String::new();
    for (number, text) in texts.enumerate() {
        if number > 0 {
            joined.push_str(between);
        }
        joined.push_str(text);
    }
    joined
}

/// Whether a text holds another. (The standard library's way is quicker in long texts, and takes a kilobyte.)
pub(crate) fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    (0..text.len()).any(|at| text.get(at..).is_some_and(|rest| rest.starts_with(part)))
}

/// How many characters a word has. (The same: in short texts a look at each byte is as quick.)
pub(crate) fn letters_of(word: &str) -> usize {
    word.bytes().filter(|byte| byte & 0xc0 != 0x80).fold(0, |count, _| count + 1)
}

/// A text with another one in the place of its `{}`.
pub(crate) fn filled(text: &str, by: &str) -> String {
    let (before, after) = text.split_once('{').unwrap_or((text, ""));
    let mut filled = before.to_owned();
    filled.push_str(by);
    filled.push_str(after.strip_prefix('}').unwrap_or(after));
    filled
}

/// The words of a text, each in two forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    plain: Joined,
    /// None where these are the plain words.
    accented: Option<Joined>,
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
        let mut words = Self { plain: Joined::with_capacity(text.len()), accented: None };
        words.read(text);
        words
    }

    /// The words of another text in the place of these: what they take up is used again.
    pub(crate) fn read(&mut self, text: &str) {
        self.accented = None;
        if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
            // As most messages and labels are.
            return self.plain.read_simple(text.trim_matches(' '));
        }
        if text.is_ascii() {
            return self.plain.read(text);
        }
        let mut words = Joined::with_capacity(text.len());
        words.read(&folded(&compatible(text)));
        let mut plain = Joined::with_capacity(words.text.len());
        for word in words.iter() {
            plain.push(&without_accents(word));
        }
        self.plain = plain.whole();
        self.accented = (self.plain != words).then_some(words);
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

    /// The same words with others in the place of some, by their numbers.
    pub(crate) fn with<'w>(&'w self, other: impl Fn(usize) -> Option<&'w str>) -> Self {
        let mut plain = Joined::with_capacity(self.plain.text.len());
        for (number, word) in self.iter().enumerate() {
            plain.push(other(number).unwrap_or(word));
        }
        Self { plain: plain.whole(), accented: None }
    }

    /// The same words from one on.
    pub(crate) fn from(&self, number: usize) -> Self {
        let mut plain = Joined::with_capacity(self.plain.text.len());
        self.iter().skip(number).for_each(|word| plain.push(word));
        Self { plain: plain.whole(), accented: None }
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
        self.trim();
        self
    }

    /// The words of a text, which has no capitals but those of ASCII, in the place of these.
    fn read(&mut self, text: &str) {
        self.text.clear();
        self.ends.clear();
        self.start = 0;
        // Where a row of single letters with dots between them began: U.S.A. is one word.
        let mut dotted = false;
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            if character.is_ascii_alphanumeric() {
                self.text.push(character.to_ascii_lowercase());
            } else if character == ' ' {
                self.end();
                dotted = false;
            } else if character.is_alphanumeric() || is_mark(character) {
                self.text.push(character);
            } else if is_apostrophe(character) {
                // "don't" is one word.
            } else if joins_digits(character, self.last(), characters.clone()) {
                // "2.5" is one word, and so is "1,000".
                if character == '.' {
                    self.text.push('.');
                }
            } else if character == '&' {
                self.end();
                self.push("and");
                dotted = false;
            } else if character == '.'
                && (dotted || is_single(self.last()))
                && !self.last().is_empty()
            {
                dotted = true;
                // Goes on only before another single letter; a longer word ends it below.
                let mut ahead = characters.clone();
                let next_is_letter = ahead.next().is_some_and(char::is_alphabetic);
                let then_ends = ahead.next().is_none_or(|after| !after.is_alphanumeric());
                if !(next_is_letter && then_ends) {
                    self.end();
                    dotted = false;
                }
            } else {
                let ends_word = !self.last().is_empty();
                self.end();
                dotted = false;
                if let Some(sign) = compares(character, ends_word, characters.clone()) {
                    self.push(sign);
                }
            }
        }
        self.end();
        if self.ends.is_empty() {
            self.push(text.trim_matches(is_blank));
        }
        self.trim();
    }

    /// Ends all words.
    fn trim(&mut self) {
        self.text.truncate(self.ends.last().copied().unwrap_or_default());
        self.start = 0;
    }

    /// The words of a text of nothing but ASCII letters, digits and spaces, in the place of these.
    fn read_simple(&mut self, text: &str) {
        self.text.clear();
        self.ends.clear();
        self.start = 0;
        self.text.push_str(text);
        self.text.make_ascii_lowercase();
        // Mostly there are single spaces between the words already.
        let mut before = b' ';
        let mut is_joined = true;
        for (at, byte) in self.text.bytes().enumerate() {
            if byte == b' ' {
                is_joined &= before != b' ';
                self.ends.push(at);
            }
            before = byte;
        }
        if is_joined && before != b' ' {
            self.ends.push(self.text.len());
            return;
        }
        let lower = std::mem::take(&mut self.text);
        self.ends.clear();
        lower.split(' ').for_each(|word| self.push(word));
        self.trim();
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

/// The words in capitals of a text that has small letters as well: "to the US", but not "US".
pub(crate) fn capitals(text: &str) -> Vec<String> {
    // Most texts have a capital at their start at most.
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if text.bytes().skip(1).all(is_plain) {
        return Vec::new();
    }
    let has_row = text
        .as_bytes()
        .windows(2)
        .any(|pair| pair.iter().all(|byte| !byte.is_ascii_lowercase() && *byte != b' '));
    if !has_row || !text.chars().any(is_small) {
        return Vec::new();
    }
    text.split(|character: char| !character.is_alphanumeric() && character != '.')
        .map(|word| word.replace('.', ""))
        .filter(|word| letters_of(word) > 1 && word.chars().all(is_capital))
        .map(|word| without_accents(&folded(&word)))
        .collect()
}

/// Whether a sign stands inside a number: a decimal point, or the comma before three digits.
fn joins_digits(sign: char, before: &str, after: impl Iterator<Item = char> + Clone) -> bool {
    let ends_in_digit = before.ends_with(|last: char| last.is_ascii_digit());
    let digits = || after.clone().take_while(char::is_ascii_digit).take(4).count();
    match sign {
        '.' => ends_in_digit && digits() > 0,
        ',' => ends_in_digit && digits() == 3,
        _ => false,
    }
}

/// What a sign says of more or less: `6+`, `> 6`, `<=6`. Elsewhere it says nothing.
fn compares(
    sign: char,
    ends_word: bool,
    mut after: impl Iterator<Item = char> + Clone,
) -> Option<&'static str> {
    if sign == '+' {
        return (ends_word && after.next().is_none_or(|next| !next.is_alphanumeric()))
            .then_some("+");
    }
    let or_equal = after.clone().next() == Some('=');
    let says = match sign {
        '<' if or_equal => "\u{2264}",
        '<' => "<",
        '>' if or_equal => "\u{2265}",
        '>' => ">",
        '\u{2264}' => "\u{2264}",
        '\u{2265}' => "\u{2265}",
        _ => return None,
    };
    let mut after = after.skip_while(|character| matches!(character, ' ' | '='));
    after.next().is_some_and(char::is_numeric).then_some(says)
}

/// Whether a character has a small letter. (So says no table that is not here anyway.)
fn is_capital(character: char) -> bool {
    character.to_lowercase().next() != Some(character)
}

/// Whether a character has a capital. (As above: the standard library's table of small letters is not needed for this.)
pub(crate) fn is_small(character: char) -> bool {
    character.to_uppercase().next() != Some(character)
}

fn is_single(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none()
}

/// Whether there is nothing to be seen in a text.
pub(crate) fn says_nothing(text: &str) -> bool {
    text.chars().all(is_blank)
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
        check("𝓢𝓽𝓾𝓭𝔂 ⓦⓞⓡⓚ ٦", expect!["study work 6 | study work 6"]);
    }

    #[test]
    fn a_number_is_one_word() {
        check(
            "2.5 or 1,000. 2,3 and 10.000",
            expect!["2.5 or 1000 2 3 and 10.000 | 2.5 or 1000 2 3 and 10.000"],
        );
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
