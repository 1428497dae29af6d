//! What random authors write and random people type.

use super::Dice;

/// Keys that mean nothing without their question.
pub(super) const MEANINGLESS: [&[&str]; 5] = [
    &["Yes", "No", "Not sure"],
    &["y", "n"],
    &["1", "2", "3", "10"],
    &["other", "None of these", "don't know"],
    &["A", "B", "é", "OK"],
];

/// Texts of many looks; `{}` is what tells them from all others.
const LOOKS: [&str; 16] = [
    "key {}",
    "key {}",
    "Key {}",
    "the {} way",
    "Ärger {}",
    "{} Łódź",
    "Côte d’Ivoire {}",
    "don't {}",
    "日本 {}",
    "R&D {}",
    "{}, U.S.A.",
    "up to 6 {}",
    "{} (2+)",
    "😀 {}",
    "no {}",
    "Straße \"{}\"",
];

/// A text that was not there before, in one of many looks.
pub(super) fn look(dice: &mut Dice, unique: &str) -> String {
    dice.pick(&LOOKS).unwrap().replace("{}", unique)
}

/// A number as letters, so that numbers that are typed mean nothing here.
pub(super) fn letters(mut number: usize) -> String {
    let mut letters = String::from("q");
    while number > 0 {
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    letters
}

/// A text with what does not count changed: case, spaces, punctuation, accents.
pub(crate) fn varied(text: &str, dice: &mut Dice) -> String {
    let mut out = match dice.below(5) {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        2 => bare(text),
        3 => decomposed(text),
        _ => text.to_owned(),
    };
    if dice.chance(40) {
        let space = *dice.pick(&["  ", "\u{a0}", "\t", "\u{3000}"]).unwrap();
        out = format!("{}{}", out.replace(' ', space), if dice.chance(50) { " " } else { "" });
    }
    // What has neither letters nor digits is nothing but its punctuation.
    if text.chars().any(char::is_alphanumeric) && dice.chance(40) {
        let (before, after) =
            *dice.pick(&[("", "!"), ("", " ?!"), ("“", "”"), ("- ", ""), ("(", ")")]).unwrap();
        out = format!("{before}{out}{after}");
    }
    if dice.chance(30) {
        out = out.replace('\'', "’");
    }
    out
}

/// The words of a text as loosely as they may be read: small letters and digits without accents.
pub(crate) fn loose(text: &str) -> String {
    let small = bare(text).to_lowercase().replace('&', " and ").replace('ß', "ss");
    let silent = |character: &char| matches!(character, '\'' | '’' | '.' | '\u{301}' | '\u{308}');
    let kept: String = small
        .chars()
        .filter(|character| !silent(character))
        .map(|character| if character.is_alphanumeric() { character } else { ' ' })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without the accents of the alphabet above.
fn bare(text: &str) -> String {
    let plain = |character| match character {
        'Ä' => 'A',
        'ä' => 'a',
        'Ł' => 'L',
        'ł' => 'l',
        'Ó' | 'Ô' => 'O',
        'ó' | 'ô' => 'o',
        'Ź' => 'Z',
        'ź' => 'z',
        'É' => 'E',
        'é' => 'e',
        other => other,
    };
    text.chars().map(plain).collect()
}

/// A text with some of its accents written as combining ones.
fn decomposed(text: &str) -> String {
    text.replace('é', "e\u{301}")
        .replace('É', "E\u{301}")
        .replace('Ä', "A\u{308}")
        .replace('ó', "o\u{301}")
}
