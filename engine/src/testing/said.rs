//! Comparing what the bot says with what a test expects of it.

/// A text that some message is expected to contain. Capitals, the kind of quotes, and how words are spaced and
/// broken into lines do not count; letters, accents and punctuation do. Of a link its words are enough.
pub(super) struct Expected(String);

impl Expected {
    pub(super) fn new(text: &str) -> Self {
        Self(folded(text))
    }

    pub(super) fn is_in(&self, message: &str) -> bool {
        folded(message).contains(&self.0)
            || (message.contains("](") && folded(&without_addresses(message)).contains(&self.0))
    }
}

fn folded(text: &str) -> String {
    let text = text.replace(['\u{2018}', '\u{2019}', '\u{2BC}'], "'");
    let text = text.replace(['\u{201C}', '\u{201D}', '\u{201E}'], "\"");
    let words: Vec<&str> = text.split_whitespace().collect();
    crate::text::folded(&words.join(" "))
}

/// `[words](address)` as `words`, as people see it.
fn without_addresses(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        shown.push_str(before);
        match link(after) {
            Some((words, after)) => {
                shown.push_str(words);
                rest = after;
            }
            None => {
                shown.push('[');
                rest = after;
            }
        }
    }
    shown.push_str(rest);
    shown
}

/// What follows a `[`: the words of a link, and what is behind it.
fn link(text: &str) -> Option<(&str, &str)> {
    // A longer one is none that anybody wrote; the bound keeps a text full of brackets cheap.
    let near = text.get(..text.floor_char_boundary(MAX_LINK)).unwrap_or(text);
    let (words, after) = near.split_once("](")?;
    let (address, _) = after.split_once(')')?;
    let is_link = !words.contains('[') && !address.contains(char::is_whitespace);
    let end = words.len() + address.len() + "]()".len();
    text.get(end..).filter(|_| is_link).map(|rest| (words, rest))
}

const MAX_LINK: usize = 3000;

#[cfg(test)]
mod tests {
    use super::Expected;

    #[test]
    fn capitals_spaces_and_quotes_do_not_count_and_letters_do() {
        for (message, expected, is_in) in [
            ("How long will you stay?", "how LONG", true),
            ("How\n  long?", "how long", true),
            ("You don’t need one.", "don't need", true),
            ("Say “back”.", "say \"back\"", true),
            ("Straße", "STRASSE", true),
            ("Café", "cafe", false),
            ("You need a visa", "you need no visa", false),
            ("See [the visa](https://a.example/b).", "see the visa.", true),
            ("See [the visa](https://a.example/b).", "https://a.example/b", true),
            ("[a [b](c) d]", "[a b d]", true),
            ("a [b", "a [b", true),
            ("a ](", "](", true),
        ] {
            assert_eq!(Expected::new(expected).is_in(message), is_in, "{message} / {expected}");
        }
    }
}
