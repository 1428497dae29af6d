//! Links for a channel that shows text only: `[words](address)` becomes `words: address`.

/// The text as Messenger gets it: with its links written out.
#[must_use]
pub fn written_out(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        written.push_str(before);
        match parse(link) {
            Some((words, address, after)) => {
                push(&mut written, words, address);
                rest = after;
            }
            None => {
                written.push('[');
                rest = link;
            }
        }
    }
    written.push_str(rest);
    written
}

/// Reads `words](address)` and what follows.
fn parse(link: &str) -> Option<(&str, &str, &str)> {
    let (words, rest) = link.split_once("](")?;
    let (address, after) = rest.split_once(')')?;
    let nested = words.contains(['[', ']', '\n']);
    let known = ["https:", "mailto:", "tel:"].iter().any(|scheme| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    (known && !nested && !address.contains(char::is_whitespace)).then_some((words, address, after))
}

fn push(written: &mut String, words: &str, address: &str) {
    // Messenger makes links of addresses, of e-mail addresses and of numbers, but not of `mailto:`.
    let shown =
        address.strip_prefix("mailto:").or_else(|| address.strip_prefix("tel:")).unwrap_or(address);
    let words = words.trim();
    if !words.is_empty() && words != shown && words != address {
        written.push_str(words);
        written.push_str(": ");
    }
    written.push_str(shown);
}
