//! Sources that may not be text: files, uploads.

use std::borrow::Cow;

use crate::{Code, Diagnostic, Span, Tests};

use super::{LoadOptions, Loaded, load_with, told};

/// At most this many places are told of that are no UTF-8. A file with more of them is another encoding.
const MAX_PLACES: usize = 20;

/// Stands for each byte that is no text. A letter would look like the author's own, and most other
/// characters mean something to YAML.
const STAND_IN: &str = "_";

/// Loads a tree from bytes that may not be text.
///
/// Beside it comes the text as it was read, for whoever shows the diagnostics in it: of the same length
/// in bytes, with a `_` for each byte that is no UTF-8. (Of a source above the limit it is empty.)
#[must_use]
pub fn load_bytes<'s>(bytes: &'s [u8], options: &LoadOptions) -> (Cow<'s, str>, Loaded) {
    if bytes.len() > options.limits.bytes {
        let diagnostics = vec![crate::yaml::too_large(bytes.len(), &options.limits)];
        return (Cow::Borrowed(""), Loaded { tree: None, diagnostics, tests: Tests::default() });
    }
    if let Ok(source) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(source), load_with(source, options));
    }
    let (source, broken) = repaired(bytes);
    let say = |place: &Span, message: String| Diagnostic::new(Code::NotUtf8, *place, message);
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let message = "this file is UTF-16, and a tree is UTF-8; save it as UTF-8";
        let diagnostics = vec![say(&Span::new(0, 2), message.to_owned())];
        return (Cow::Owned(source), Loaded { tree: None, diagnostics, tests: Tests::default() });
    }
    let mut diagnostics = load_with(&source, options).diagnostics;
    // What is said of words that could not be read may not be true.
    diagnostics.retain(|diagnostic| {
        let Span { start, end } = diagnostic.span;
        let next = broken.partition_point(|place| place.end <= start);
        broken.get(next).is_none_or(|place| end <= place.start)
    });
    diagnostics.extend(broken.iter().take(MAX_PLACES).map(|place| {
        let byte = bytes.get(place.start).copied().unwrap_or_default();
        say(place, format!("this is no UTF-8 text (byte {byte:02X}); save the file as UTF-8"))
    }));
    (
        Cow::Owned(source),
        Loaded { tree: None, diagnostics: told(diagnostics), tests: Tests::default() },
    )
}

/// The text with a stand-in for each byte that is none, and where those are.
fn repaired(bytes: &[u8]) -> (String, Vec<Span>) {
    let mut text = String::with_capacity(bytes.len());
    let mut broken: Vec<Span> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let start = text.len();
        text.push_str(&STAND_IN.repeat(chunk.invalid().len()));
        match broken.last_mut() {
            Some(last) if last.end == start => last.end = text.len(),
            _ if start < text.len() => broken.push(Span::new(start, text.len())),
            _ => {}
        }
    }
    (text, broken)
}
