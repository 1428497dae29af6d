//! JSON in little code: histories are documents in it, and a page gets what it draws in it.
//!
//! A library for all of JSON and for any type is the larger part of what a visitor would download, see
//! `docs/decisions/0018-json-by-hand.md`. This writes texts, and `read` reads the few kinds of values that there are.

#[cfg(feature = "json")]
pub(crate) mod read;

/// Appends a text in quotes.
pub fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            0..=0x1f => b'u',
            _ => continue,
        };
        out.push_str(text.get(plain..at).unwrap_or_default());
        plain = at + 1;
        out.push('\\');
        out.push(char::from(escape));
        if escape == b'u' {
            out.push_str("00");
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte & 15));
        }
    }
    out.push_str(text.get(plain..).unwrap_or_default());
    out.push('"');
}

/// Appends a whole number.
pub fn write_number(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    let (mut rest, mut digits) = (number.unsigned_abs(), [0_u8; 20]);
    let mut count = 0;
    for digit in digits.iter_mut().rev() {
        let last = (rest % 10) as u8;
        *digit = b'0' + last;
        count += 1;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits.iter().skip(20 - count).map(|digit| char::from(*digit)));
}

/// The digit of a number below sixteen.
#[must_use]
pub fn hex_digit(number: u8) -> char {
    char::from(if number < 10 { b'0' + number } else { b'a' + (number & 15) - 10 })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use proptest::prelude::*;

    use super::read::Reader;
    use super::*;

    fn text(text: &str) -> String {
        let mut out = String::new();
        write_text(&mut out, text);
        out
    }

    fn number(number: i64) -> String {
        let mut out = String::new();
        write_number(&mut out, number);
        out
    }

    /// What serde_json says of a value of these kinds.
    fn known(json: &str) -> Option<serde_json::Value> {
        serde_json::from_str(json).ok()
    }

    /// Reads a value in full; as JSON again.
    fn read(reader: &mut Reader<'_>) -> Option<String> {
        let mut out = String::new();
        match reader.peek()? {
            b'"' => write_text(&mut out, &reader.text()?),
            b'[' => {
                let mut items = Vec::new();
                reader.items(&mut |reader| {
                    items.push(read(reader)?);
                    Some(())
                })?;
                out = format!("[{}]", items.join(","));
            }
            b'{' => {
                let mut fields = Vec::new();
                reader.fields(&mut |name, reader| {
                    fields.push(format!("{}:{}", text(name), read(reader)?));
                    Some(())
                })?;
                out = format!("{{{}}}", fields.join(","));
            }
            b'n' => {
                reader.null().then_some(())?;
                out.push_str("null");
            }
            _ => write_number(&mut out, reader.number()?),
        }
        Some(out)
    }

    fn read_all(json: &str) -> Option<String> {
        let mut reader = Reader::new(json);
        let value = read(&mut reader)?;
        reader.is_at_end().then_some(value)
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for one in [0, 9, 10, -1, 1_787_300_000_000, i64::MAX, i64::MIN] {
            assert_eq!(number(one), one.to_string());
            assert_eq!(Reader::new(&number(one)).number(), Some(one));
        }
        for other in ["", "-", "01", "1.0", "1e3", "+1", "9223372036854775808", "-0", "x"] {
            let mut reader = Reader::new(other);
            assert!(reader.number().is_none() || !reader.is_at_end(), "{other}");
        }
    }

    #[test]
    fn escapes_are_read() {
        let json = r#""\"\\\/\b\f\n\r\t\u00e9\u20AC\ud83d\udc4d""#;
        assert_eq!(Reader::new(json).text().unwrap(), "\"\\/\u{8}\u{c}\n\r\té€👍");
        for other in [
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\ud83d\u0041""#,
            r#""\udc4d""#,
            r#""\x""#,
            r#""\u12""#,
            r#""\u+123""#,
            "\"a\nb\"",
            "\"a",
            "'a'",
        ] {
            assert_eq!(Reader::new(other).text(), None, "{other}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn texts_are_written_as_they_should(of in any::<String>()) {
            prop_assert_eq!(text(&of), serde_json::to_string(&of).unwrap());
            let json = text(&of);
            prop_assert_eq!(Reader::new(&json).text().unwrap(), of);
        }

        #[test]
        fn any_json_is_read_or_refused_as_it_should(json in r#"[\[\]{}",:0-9 .eE\\u\-antrlfse\x00-\x1f]{0,16}"#) {
            let mut reader = Reader::new(&json);
            let skipped = reader.skip().is_some() && reader.is_at_end();
            match known(&json) {
                None => prop_assert!(read_all(&json).is_none()),
                Some(value) => {
                    prop_assert!(skipped, "{}", json);
                    if let Some(read) = read_all(&json) {
                        prop_assert_eq!(known(&read), Some(value));
                    }
                }
            }
        }

        #[test]
        fn json_that_is_made_is_read(value in json_value()) {
            let json = value.to_string();
            let mut reader = Reader::new(&json);
            prop_assert!(reader.skip().is_some() && reader.is_at_end());
            prop_assert_eq!(known(&read_all(&json).unwrap()), Some(value));
            // Cut anywhere it is none.
            for (end, _) in json.char_indices().skip(1) {
                let part = json.get(..end).unwrap();
                let mut reader = Reader::new(part);
                let skipped = reader.skip().is_some() && reader.is_at_end();
                prop_assert_eq!(skipped, known(part).is_some(), "{}", part);
            }
        }
    }

    /// Values of the kinds that are read.
    fn json_value() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<i64>().prop_map(Into::into),
            ".{0,9}".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
                prop::collection::hash_map(".{0,3}", inner, 0..4)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }
}
