//! What an author can paste elsewhere.

use serde::Serialize;
use tsify::Tsify;

/// A link in the forms that people paste.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Snippets {
    /// The address itself.
    pub link: String,
    /// For Markdown.
    pub markdown: String,
    /// For a page of one's own: the conversation alone, without the editor.
    pub embed: String,
}

/// The parameter of the hash that holds what is shared.
pub(crate) const PARAMETER: &str = "share";

/// The forms of a link to what `pack` made. `page` is the address of the Studio without its hash; `title` is the tree's.
#[must_use]
pub(crate) fn snippets(page: &str, text: &str, title: &str) -> Snippets {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = if title.is_empty() { "A conversation" } else { &title };
    let link = format!("{page}#{PARAMETER}={text}");
    Snippets {
        markdown: format!("[{}](<{}>)", markdown(title), page_link(&link)),
        embed: format!(
            "<iframe src=\"{}&amp;only=preview\" title=\"{}\" width=\"100%\" height=\"600\" loading=\"lazy\"></iframe>",
            html(&link),
            html(title),
        ),
        link,
    }
}

/// Text in which Markdown finds nothing to do.
fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// An address between `<` and `>`.
fn page_link(link: &str) -> String {
    link.replace('<', "%3C").replace('>', "%3E").replace(char::is_whitespace, "%20")
}

/// Text in an attribute of HTML.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
