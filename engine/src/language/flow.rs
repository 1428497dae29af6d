//! What stands between brackets, token by token; never wrong enough to stop.

use crate::Span;
use crate::yaml::quoted_length;

/// A token between brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Open {
        map: bool,
    },
    Close,
    Comma,
    /// What ends a key.
    Colon,
    /// A text, with its quotes; one line of it.
    Text,
    Comment,
}

/// The next token from an offset on.
pub(super) fn token(source: &str, from: usize) -> Option<(Token, Span)> {
    let rest = source.get(from..)?;
    let words = rest.trim_start();
    let start = from + rest.len() - words.len();
    let first = words.chars().next()?;
    let (token, length) = match first {
        '{' => (Token::Open { map: true }, 1),
        '[' => (Token::Open { map: false }, 1),
        '}' | ']' => (Token::Close, 1),
        ',' => (Token::Comma, 1),
        ':' if ends_key(words.get(1..)) || is_behind_quote(source, start) => (Token::Colon, 1),
        '#' => (Token::Comment, words.find(['\n', '\r']).unwrap_or(words.len())),
        '"' | '\'' => (Token::Text, quoted_length(words)),
        _ => (Token::Text, plain_length(words)),
    };
    Some((token, Span::new(start, start + length)))
}

/// How long a text without quotes is.
fn plain_length(words: &str) -> usize {
    let mut end = 0;
    for (at, c) in words.char_indices() {
        let after = words.get(at + c.len_utf8()..);
        let is_end = match c {
            ',' | '[' | ']' | '{' | '}' | '\n' | '\r' => true,
            ':' => at > 0 && ends_key(after),
            '#' => words.get(..at).is_some_and(|before| before.ends_with([' ', '\t'])),
            _ => false,
        };
        if is_end {
            break;
        }
        if !c.is_whitespace() {
            end = at + c.len_utf8();
        }
    }
    end.max(words.chars().next().map_or(0, char::len_utf8))
}

fn ends_key(after: Option<&str>) -> bool {
    after.is_none_or(|after| {
        after.is_empty() || after.starts_with([' ', '\t', '\n', '\r', ',', '[', ']', '{', '}'])
    })
}

/// Whether a key in quotes ends right before an offset.
fn is_behind_quote(source: &str, offset: usize) -> bool {
    source.get(..offset).is_some_and(|before| before.ends_with(['"', '\'']))
}
