//! An end, as a page shows it: what fits, what there is to know, and where to read on.

#[cfg(feature = "studio")]
use serde::Serialize;
use tsify::Tsify;

use crate::json::object;
use crate::links::Piece;
use crate::view::Said;

/// What the bot says at an end, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct ResultCard {
    /// Its first sentence, where it is short.
    #[tsify(optional)]
    #[cfg_attr(feature = "studio", serde(skip_serializing_if = "Option::is_none"))]
    pub heading: Option<String>,
    /// The rest, without links.
    pub said: Vec<Said>,
    /// The links, each once.
    pub links: Vec<Source>,
    /// Whether it is where the conversation stands: the answers have not changed since.
    pub holds: bool,
}

/// Where to read on.
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
#[cfg_attr(feature = "studio", derive(Serialize))]
pub struct Source {
    /// The words of the link.
    pub text: String,
    /// Its `https:`, `mailto:` or `tel:` address.
    pub address: String,
    /// Whose page it is (`www.gov.uk`), or the address itself where it is no page.
    pub host: String,
}

object! { ResultCard { heading: "heading", said: "said", links: "links", holds: "holds" } }

object! { Source { text: "text", address: "address", host: "host" } }

/// The most bytes of a first sentence that is a heading.
const MAX_HEADING: usize = 140;

/// The messages of an end as a result; none where nothing was said.
pub(crate) fn result(messages: &[Said]) -> Option<ResultCard> {
    let last = messages.iter().rposition(|said| said.picture.is_none())?;
    let mut links: Vec<Source> = Vec::new();
    for piece in messages.iter().flat_map(|said| &said.pieces) {
        let Some(address) = &piece.link else { continue };
        if links.iter().all(|other| other.address != *address) {
            let host = host(address).to_owned();
            links.push(Source { text: piece.text.clone(), address: address.clone(), host });
        }
    }
    let mut heading = None;
    let mut said = Vec::new();
    for (number, message) in messages.iter().enumerate() {
        let mut words: String = message.pieces.iter().map(|piece| piece.text.as_str()).collect();
        if number == last {
            let length = first_sentence(&words);
            if length <= MAX_HEADING {
                heading = words.get(..length).map(str::to_owned);
                words = words.get(length..).unwrap_or_default().trim_start().to_owned();
            }
        }
        let pieces = vec![Piece { text: words, link: None }];
        let is_something =
            message.picture.is_some() || pieces.iter().any(|piece| !piece.text.is_empty());
        if is_something {
            let pieces = if message.picture.is_some() { Vec::new() } else { pieces };
            said.push(Said { pieces, picture: message.picture.clone() });
        }
    }
    Some(ResultCard { heading, said, links, holds: false })
}

/// How many bytes the first sentence has: up to a mark that ends one, before a space and what may begin another.
fn first_sentence(text: &str) -> usize {
    let ends = text.char_indices().filter(|(_, sign)| matches!(sign, '.' | '!' | '?' | '。'));
    let is_end = |rest: &str| {
        let after = rest.trim_start();
        rest.is_empty()
            || (after.len() < rest.len()
                && after.chars().next().is_some_and(|sign| !sign.is_ascii_lowercase()))
    };
    let mut ends = ends.map(|(at, sign)| at.saturating_add(sign.len_utf8()));
    let end = ends.find(|end| text.get(*end..).is_some_and(is_end));
    text.find('\n').into_iter().chain(end).min().unwrap_or(text.len())
}

/// Whose page an address is, so that nobody has to guess where a link leads.
fn host(address: &str) -> &str {
    let Some(rest) = address.strip_prefix("https://") else {
        return address.split_once(':').map_or(address, |(_, rest)| rest);
    };
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#' | b'\\'));
    let authority = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
    // What stands before an `@` is a name that anybody may choose.
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::pieces;

    fn of(texts: &[&str]) -> ResultCard {
        let said: Vec<_> =
            texts.iter().map(|text| Said { pieces: pieces(text), picture: None }).collect();
        result(&said).unwrap_or(ResultCard {
            heading: None,
            said: vec![],
            links: vec![],
            holds: false,
        })
    }

    fn words(card: &ResultCard) -> Vec<&str> {
        card.said.iter().flat_map(|said| &said.pieces).map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn the_first_sentence_is_the_heading_and_links_stand_apart() {
        let card = of(&[
            "A Student visa fits. You need a place. See [it](https://www.gov.uk/a) or [it](https://www.gov.uk/a), or [call](tel:+44123)",
        ]);
        assert_eq!(card.heading.as_deref(), Some("A Student visa fits."));
        assert_eq!(words(&card), ["You need a place. See it or it, or call"]);
        let links: Vec<_> =
            card.links.iter().map(|link| (link.text.as_str(), link.host.as_str())).collect();
        assert_eq!(links, [("it", "www.gov.uk"), ("call", "+44123")]);
    }

    #[test]
    fn a_point_within_a_sentence_does_not_end_it() {
        assert_eq!(
            of(&["It costs 2.50 pounds, e.g. for tea. More."]).heading.as_deref(),
            Some("It costs 2.50 pounds, e.g. for tea.")
        );
        assert_eq!(of(&["No point"]).heading.as_deref(), Some("No point"));
    }

    #[test]
    fn a_long_first_sentence_is_no_heading() {
        let long = "word ".repeat(40);
        let card = of(&[&long]);
        assert_eq!((card.heading, card.said.len()), (None, 1));
    }

    #[test]
    fn what_was_said_before_the_end_stays() {
        let card = of(&["Thanks.", "Done! Go [home](https://a.example/)."]);
        assert_eq!(card.heading.as_deref(), Some("Done!"));
        assert_eq!(words(&card), ["Thanks.", "Go home."]);
    }

    #[test]
    fn the_host_is_where_the_link_leads_whatever_stands_before_it() {
        for (address, expected) in [
            ("https://www.gov.uk/visa", "www.gov.uk"),
            ("https://www.gov.uk@evil.example/", "evil.example"),
            ("https://evil.example\\@www.gov.uk", "evil.example"),
            ("https://a.example?x=https://www.gov.uk", "a.example"),
            ("mailto:a@b.example", "a@b.example"),
        ] {
            assert_eq!(host(address), expected, "{address}");
        }
    }

    #[test]
    fn nothing_said_is_no_result() {
        assert_eq!(result(&[]), None);
    }
}
