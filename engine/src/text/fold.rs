//! Characters as the plain ones that they stand for.

use std::borrow::Cow;

/// A combining accent.
pub(super) fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// Full-width forms, ligatures, letters and digits of mathematics, in circles, and digits of other scripts, as the
/// plain characters that they stand for.
pub(crate) fn compatible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|character| stands_for(character).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match stands_for(character) {
            Some(Plain::One(plain)) => out.push(plain),
            Some(Plain::Row(plain)) => out.push_str(plain),
            None => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// What one character stands for.
enum Plain {
    One(char),
    Row(&'static str),
}

fn stands_for(character: char) -> Option<Plain> {
    let code = u32::from(character);
    // Nothing below is special, and nearly all text is.
    if code < 0x660 {
        return None;
    }
    let letter = |first: char, number: u32| char::from_u32(u32::from(first) + number);
    let plain = match character {
        '\u{660}'..='\u{669}' => letter('0', code - 0x660),
        '\u{6f0}'..='\u{6f9}' => letter('0', code - 0x6f0),
        '\u{966}'..='\u{96f}' => letter('0', code - 0x966),
        '\u{9e6}'..='\u{9ef}' => letter('0', code - 0x9e6),
        '\u{e50}'..='\u{e59}' => letter('0', code - 0xe50),
        '\u{2460}'..='\u{2468}' => letter('1', code - 0x2460),
        '\u{24b6}'..='\u{24cf}' => letter('A', code - 0x24b6),
        '\u{24d0}'..='\u{24e9}' => letter('a', code - 0x24d0),
        '\u{ff01}'..='\u{ff5e}' => letter('!', code - 0xff01),
        '\u{3000}' => Some(' '),
        // Thirteen alphabets of capital and small letters, with a few gaps that stand elsewhere.
        '\u{1d400}'..='\u{1d6a3}' => {
            let number = (code - 0x1d400) % 52;
            if number < 26 { letter('A', number) } else { letter('a', number - 26) }
        }
        '\u{1d7ce}'..='\u{1d7ff}' => letter('0', (code - 0x1d7ce) % 10),
        _ => None,
    };
    plain.map(Plain::One).or(match character {
        '\u{fb00}' => Some(Plain::Row("ff")),
        '\u{fb01}' => Some(Plain::Row("fi")),
        '\u{fb02}' => Some(Plain::Row("fl")),
        '\u{fb03}' => Some(Plain::Row("ffi")),
        '\u{fb04}' => Some(Plain::Row("ffl")),
        '\u{fb05}' | '\u{fb06}' => Some(Plain::Row("st")),
        _ => None,
    })
}

/// A case-folded word without its accents: Latin letters only, and never an empty word.
pub(super) fn without_accents(word: &str) -> String {
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
