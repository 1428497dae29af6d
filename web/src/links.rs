//! Text as it is drawn: words, and links of the few kinds that are safe.

#[cfg(feature = "studio")]
use serde::Serialize;
use tsify::Tsify;

use crate::json::object;

/// A stretch of a message.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct Piece {
    /// What is shown.
    pub text: String,
    /// Where it leads, if it is a link: an `https:`, `mailto:` or `tel:` address.
    #[tsify(optional)]
    #[cfg_attr(feature = "studio", serde(skip_serializing_if = "Option::is_none"))]
    pub link: Option<String>,
}

object! { Piece { text: "text", link: "link" } }

/// The pieces of a message. In it only `[words](address)` is special, and only addresses that
/// cannot run anything become links; all else is text, brackets included.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        if let Some((words, address, after)) = link(after) {
            if !plain.is_empty() {
                pieces.push(Piece { text: std::mem::take(&mut plain), link: None });
            }
            pieces.push(Piece { text: words.to_owned(), link: Some(address.to_owned()) });
            rest = after;
        } else {
            plain.push('[');
            rest = after;
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece { text: plain, link: None });
    }
    pieces
}

/// The text of a message without its addresses.
pub(crate) fn plain(text: &str) -> String {
    pieces(text).into_iter().map(|piece| piece.text).collect()
}

/// What follows a `[`, taken apart: the words, the address, and the rest.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (words, after) = text.split_once(']')?;
    let (address, rest) = after.strip_prefix('(')?.split_once(')')?;
    let allowed = ["https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| address.strip_prefix(scheme).is_some_and(|after| !after.is_empty()));
    let clean = !address.chars().any(|c| c.is_whitespace() || c.is_control());
    (allowed && clean && !words.trim().is_empty() && !words.contains('['))
        .then_some((words, address, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let pieces = pieces(text);
        let found: Vec<_> =
            pieces.iter().map(|piece| (piece.text.as_str(), piece.link.as_deref())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_link_stands_among_words() {
        check(
            "See [GOV.UK](https://www.gov.uk/student-visa) or [call](tel:+44123).",
            &[
                ("See ", None),
                ("GOV.UK", Some("https://www.gov.uk/student-visa")),
                (" or ", None),
                ("call", Some("tel:+44123")),
                (".", None),
            ],
        );
    }

    #[test]
    fn an_address_that_could_run_stays_text() {
        for text in [
            "[x](javascript:alert(1))",
            "[x](JAVASCRIPT:1)",
            "[x](data:text/html,y)",
            "[x](http://a.example)",
            "[x](//a.example)",
            "[x](https://)",
            "[x](https://a b)",
            "[](https://a.example)",
            "[x] (https://a.example)",
            "a [b",
            "[a]",
            "<b onclick=x>",
        ] {
            assert!(pieces(text).iter().all(|piece| piece.link.is_none()), "{text}");
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn brackets_around_a_link_stay() {
        check(
            "[[a](https://b.example)]",
            &[("[", None), ("a", Some("https://b.example")), ("]", None)],
        );
    }

    #[test]
    fn an_empty_message_has_no_pieces() {
        check("", &[]);
    }
}
