//! Links in texts: `[words](address)`, where the address is one that channels make links of.

use crate::yaml::Text;
use crate::{Code, Diagnostic, Edit, Span};

use super::Reader;

/// What the address of a link begins with.
pub(crate) const SCHEMES: &[&str] = &["https://", "mailto:", "tel:"];

/// The most bytes of an address.
const MAX_ADDRESS: usize = 1000;

impl Reader<'_> {
    /// Tells of everything in a text that is written as a link, and will not be one.
    pub(super) fn links(&mut self, text: &Text<'_>) {
        let raw = self.source.get(text.span.start..text.span.end).unwrap_or_default();
        // How far the source is looked through already; none where it is written otherwise than it reads.
        let mut from = Some(0);
        for address in addresses(&text.value).filter(|address| !is_address(address)) {
            let written = format!("]({address})");
            let at = from.and_then(|from| Some(from + raw.get(from..)?.find(&written)? + 2));
            from = at;
            // Where quotes hide how it is written, all of the text is pointed at.
            let at = at.map(|at| text.span.start + at);
            let span = at.map_or(text.span, |at| Span::new(at, at + address.len()));
            let secure = at.and_then(|_| secure(self.source, span, address));
            self.say(Code::NoLink, || {
                let message = if address.contains(char::is_whitespace) {
                    format!("this is no link, as there is a space in `{address}`")
                } else {
                    format!(
                        "this is no link: `{address}` does not begin with `https://`, `mailto:` or `tel:`"
                    )
                };
                with_https(Diagnostic::new(Code::NoLink, span, message), secure)
            });
        }
    }
}

/// Whether a text holds a link that channels show as one.
pub(in crate::load) fn has_link(text: &str) -> bool {
    addresses(text).any(is_address)
}

/// The edit that makes an address that begins with `http:` or `www.` a good one, where it stands there as
/// it is.
pub(super) fn secure(source: &str, span: Span, address: &str) -> Option<Edit> {
    let raw = source.get(span.start..span.end)?;
    let start = span.start + raw.find(address)?;
    let (old, rest) = match address.strip_prefix("http://") {
        Some(rest) => ("http://".len(), rest),
        None => (0, address.strip_prefix("www.").map(|_| address)?),
    };
    let text = "https://".to_owned();
    is_address(&format!("{text}{rest}")).then(|| Edit { span: Span::new(start, start + old), text })
}

pub(super) fn with_https(diagnostic: Diagnostic, edit: Option<Edit>) -> Diagnostic {
    match edit {
        Some(edit) => diagnostic.with_fix("begin it with `https://`", vec![edit]),
        None => diagnostic,
    }
}

/// What stands where the address of a link does.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    text.match_indices("](").filter_map(move |(at, bracket)| {
        let before = text.get(from..at)?;
        from = at + bracket.len();
        let (_, words) = before.rsplit_once('[')?;
        let after = text.get(from..)?;
        let after = after.get(..after.floor_char_boundary(MAX_ADDRESS))?;
        let (address, _) = after.split_once(')')?;
        let is_link = !words.trim().is_empty() && !words.contains([']', '\n']);
        (is_link && is_meant(address)).then_some(address)
    })
}

/// Whether this may be meant as an address: `[or so](see below)` is none.
fn is_meant(address: &str) -> bool {
    const BEGINNINGS: &[&str] = &["http:", "https:", "www.", "mailto:", "tel:"];
    let begins = BEGINNINGS.iter().any(|beginning| address.trim_start().starts_with(beginning));
    let is_one_word = !address.contains(char::is_whitespace);
    begins || (is_one_word && address.contains(['.', ':', '/', '@']))
}

fn is_address(address: &str) -> bool {
    SCHEMES.iter().any(|scheme| address.len() > scheme.len() && address.starts_with(scheme))
        && !address.contains(|c: char| c.is_whitespace() || c.is_control())
}
