//! Five characters that stand for a key, a name or a question's words.
//!
//! Digests are in buttons that stay in threads for ever, so everything in this file is frozen: the
//! normal form is spelled out here, character by character, and asks no table of the standard
//! library or of a crate, since those change with Unicode. How typed text is matched is another
//! matter, and may improve: see `text`. The golden vectors are in `tests/golden/digests-v1.txt`.

use std::fmt::{self, Write as _};

use sha2::{Digest as _, Sha256};

#[cfg(test)]
mod tests;

/// 25 bits of the SHA-256 of a text in its normal form, version 1.
///
/// As text it is five characters of base32, `a-z` and `2-7`. Texts that differ only in capitals,
/// spaces, punctuation or apostrophes have the same digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub(crate) u32);

impl Digest {
    /// That of no words at all.
    pub(crate) const NOTHING: Self = Self(0);

    /// The digest of a key, a name or any other text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if is_normal(text) {
            return Self::of_normal(text);
        }
        Self::of_normal(&normal_form(text))
    }

    /// The digest of a key, and whether that means nothing without its question, such as `yes`: then steps carry a
    /// mark.
    #[cfg(feature = "yaml")]
    pub(crate) fn of_key(key: &str) -> (Self, bool) {
        if is_normal(key) {
            return (Self::of_normal(key), normal_means_nothing(key));
        }
        let normal = normal_form(key);
        (Self::of_normal(&normal), normal_means_nothing(&normal))
    }

    fn of_normal(normal: &str) -> Self {
        let hash = Sha256::digest(normal.as_bytes());
        let first = hash.iter().take(4).fold(0, |bits, byte| (bits << 8) | u32::from(*byte));
        Self(first >> (32 - BITS))
    }

    /// Reads the five characters; none if they are not exactly that.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_bytes(text.as_bytes())
    }

    /// Reads the five characters from bytes.
    pub(crate) fn parse_bytes(text: &[u8]) -> Option<Self> {
        if text.len() != DIGEST_LEN {
            return None;
        }
        // What is no digit has the high bit, and that is looked for once.
        let (mut bits, mut all) = (0, 0);
        for byte in text {
            let digit = DIGITS.get(usize::from(*byte)).copied().unwrap_or(NO_DIGIT);
            all |= digit;
            bits = (bits << 5) | u32::from(digit);
        }
        (all < NO_DIGIT).then_some(Self(bits))
    }

    /// Its five characters.
    pub(crate) fn ascii(self) -> [u8; DIGEST_LEN] {
        // All of them at once, a byte for each: the codes of a reply are made of these.
        let bits = u64::from(self.0);
        let digits = bits >> 20 & 31
            | (bits >> 15 & 31) << 8
            | (bits >> 10 & 31) << 16
            | (bits >> 5 & 31) << 24
            | (bits & 31) << 32;
        // 1 where a digit is past `z`, so that six more need a sixth bit.
        let is_number = (digits + 0x06_06_06_06_06) >> 5 & 0x01_01_01_01_01;
        let letters = digits + 0x61_61_61_61_61 - is_number * u64::from(b'a' + 26 - b'2');
        let [one, two, three, four, five, ..] = letters.to_le_bytes();
        [one, two, three, four, five]
    }

    /// Its five characters, after what is there.
    pub(crate) fn write(self, ascii: &mut Vec<u8>) {
        ascii.extend_from_slice(&self.ascii());
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ascii().into_iter().try_for_each(|byte| f.write_char(char::from(byte)))
    }
}

/// All 256 bits of the SHA-256 of bytes as they are: 52 characters of the same base32.
pub(crate) fn whole_digest(bytes: &[u8]) -> String {
    let mut digest = String::with_capacity(52);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in Sha256::digest(bytes) {
        bits = (bits << 8) | u32::from(byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            digest.push(char::from(base32_digit(bits >> count)));
        }
    }
    digest.push(char::from(base32_digit(bits << (5 - count))));
    digest
}

/// How many characters a digest is as text.
pub(crate) const DIGEST_LEN: usize = 5;

/// How many bits of the SHA-256 are kept: five characters of five bits.
const BITS: u32 = 25;

/// The normal form of a text, version 1. Frozen: another rule would be another version.
///
/// * Apostrophes (`'`, U+2018, U+2019, U+02BC) are dropped.
/// * Separators become one space, and none at either end: all other ASCII characters that are
///   neither letters nor digits; U+0080 to U+00BF but for `ª ² ³ µ ¹ º`; `×` and `÷`; U+2000 to
///   U+206F; U+3000 to U+303F; U+FEFF.
/// * Capitals become small letters: see [`small`].
/// * Everything else stays as it is; accents, too, composed or not.
///
/// A text of which nothing would be left is its own normal form.
pub(crate) fn normal_form(text: &str) -> String {
    if text.is_ascii() {
        return ascii_normal_form(text);
    }
    let mut normal = String::with_capacity(text.len());
    let mut between = false;
    for character in text.chars() {
        if is_apostrophe(character) {
            continue;
        }
        if is_separator(character) {
            between = !normal.is_empty();
            continue;
        }
        if between {
            normal.push(' ');
            between = false;
        }
        normal.push(small(character));
    }
    if normal.is_empty() { text.to_owned() } else { normal }
}

/// The same for a text that has nothing but ASCII characters, byte by byte: nearly all texts of large trees.
fn ascii_normal_form(text: &str) -> String {
    let mut normal = Vec::with_capacity(text.len());
    let mut between = false;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            if between {
                normal.push(b' ');
                between = false;
            }
            normal.push(byte.to_ascii_lowercase());
        } else if byte != b'\'' {
            between = !normal.is_empty();
        }
    }
    match String::from_utf8(normal) {
        Ok(normal) if !normal.is_empty() => normal,
        Ok(_) | Err(_) => text.to_owned(),
    }
}

/// Whether a key means nothing without its question, such as `yes`: then steps carry a mark.
///
/// Version 1's list; frozen, and the same for every language.
pub(crate) fn means_nothing(key: &str) -> bool {
    if is_normal(key) { normal_means_nothing(key) } else { normal_means_nothing(&normal_form(key)) }
}

fn normal_means_nothing(normal: &str) -> bool {
    normal.chars().nth(1).is_none()
        || normal.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ')
        || normal.len() <= MAX_MEANS_NOTHING && MEANS_NOTHING.contains(&normal)
}

/// The bytes of the longest word that means nothing by itself.
const MAX_MEANS_NOTHING: usize = {
    let (mut most, mut rest) = (0, MEANS_NOTHING);
    while let [word, others @ ..] = rest {
        most = if word.len() > most { word.len() } else { most };
        rest = others;
    }
    most
};

/// Whether a text is plainly its own normal form: small letters and digits with single spaces between them. Most
/// keys are.
fn is_normal(text: &str) -> bool {
    let mut before = b' ';
    let is_normal = text.bytes().all(|byte| {
        let fits = match byte {
            b' ' => before != b' ',
            _ => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
        };
        before = byte;
        fits
    });
    is_normal && before != b' '
}

/// The words that mean nothing by themselves, in their normal form. Single letters and numbers
/// are rules of their own.
const MEANS_NOTHING: &[&str] = &[
    // yes and no: English, then German, Dutch, French, Spanish, Italian, Portuguese
    "yes",
    "yeah",
    "yep",
    "yup",
    "no",
    "nope",
    "nah",
    "true",
    "false", //
    "ja",
    "nein",
    "nee",
    "oui",
    "non",
    "si",
    "sí",
    "sì",
    "sim",
    "não",
    "nao", //
    // the answers beside the answers
    "other",
    "none",
    "none of these",
    "not sure",
    "dont know",
    "i dont know",
    "maybe", //
    // going on
    "ok",
    "okay",
    "continue",
    "next",
    "skip",
];

const fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2018}' | '\u{2019}' | '\u{02BC}')
}

const fn is_separator(character: char) -> bool {
    match character {
        '\0'..='\u{7F}' => !character.is_ascii_alphanumeric(),
        'ª' | '²' | '³' | 'µ' | '¹' | 'º' => false,
        '\u{80}'..='\u{BF}' | '×' | '÷' => true,
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' | '\u{FEFF}' => true,
        _ => false,
    }
}

/// The small letter of a capital of Latin, Greek or Cyrillic; any other character is itself.
const fn small(character: char) -> char {
    let code = character as u32;
    let distance = match code {
        // A–Z
        0x41..=0x5A => 32,
        // À–Þ, but not ×
        0xC0..=0xD6 | 0xD8..=0xDE => 32,
        // Latin Extended-A stands in pairs of a capital and its small letter; the capital is even …
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 if code & 1 == 0 => 1,
        // … or odd. What is left out has no such partner: İ ı ĸ ŉ Ÿ ſ stay as they are.
        0x139..=0x148 | 0x179..=0x17E if code & 1 == 1 => 1,
        // Α–Ω; U+03A2 is no letter
        0x391..=0x3A1 | 0x3A3..=0x3A9 => 32,
        // Ѐ–Џ
        0x400..=0x40F => 80,
        // А–Я
        0x410..=0x42F => 32,
        _ => 0,
    };
    match char::from_u32(code + distance) {
        Some(small) => small,
        None => character,
    }
}

/// The ASCII character of the lowest five bits.
const fn base32_digit(bits: u32) -> u8 {
    let digit = (bits & 31) as u8;
    if digit < 26 { b'a' + digit } else { b'2' + digit - 26 }
}

/// For each byte the five bits that it stands for.
const DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut bits = 0;
    while bits < 32 {
        #[expect(clippy::indexing_slicing, reason = "runs in the compiler, and nowhere else")]
        {
            digits[base32_digit(bits) as usize] = bits as u8;
        }
        bits += 1;
    }
    digits
};

/// Stands there for a byte that is no digit.
const NO_DIGIT: u8 = 0x80;
