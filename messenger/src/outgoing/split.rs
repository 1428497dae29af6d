//! Cutting text where it hurts least: after a paragraph, else a sentence, else a word, else between
//! two characters as people see them.

use super::length;

/// Where the characters of a text end as people see them, in bytes, in order. (Handed in: the tables for this are a
/// thirtieth of a Worker, and JavaScript has them already.)
pub type Graphemes = fn(&str) -> Vec<usize>;

/// The same by Unicode's tables, for programs that have no other way.
#[cfg(feature = "graphemes")]
#[must_use]
pub fn graphemes(text: &str) -> Vec<usize> {
    use unicode_segmentation::UnicodeSegmentation;
    text.grapheme_indices(true).map(|(at, grapheme)| at + grapheme.len()).collect()
}

/// How much longer than what fits a text is looked at: the last character that fits has to be seen whole.
const LONGEST: usize = 64;

/// The text in parts of at most `limit` units, none of them blank. Nothing but blanks at the cuts
/// is lost.
pub(crate) fn parts(text: &str, limit: usize, graphemes: Graphemes) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (part, after) =
            rest.split_at_checked(cut(rest, limit, graphemes)).unwrap_or((rest, ""));
        parts.push(part.trim_end().to_owned());
        rest = after.trim_start();
    }
    parts
}

/// The start of a text, with "…" if it is not all of it.
pub(crate) fn shortened(text: &str, limit: usize, graphemes: Graphemes) -> String {
    let text = text.trim();
    if length(text) <= limit {
        return text.to_owned();
    }
    let start = text.get(..fitting(text, limit.saturating_sub(1), graphemes)).unwrap_or_default();
    format!("{}…", start.trim_end())
}

/// Where the first part of `text` ends, in bytes: never 0 for a text that is not empty.
fn cut(text: &str, limit: usize, graphemes: Graphemes) -> usize {
    if length(text) <= limit {
        return text.len();
    }
    let end = fitting(text, limit, graphemes);
    let Some(window) = text.get(..end) else {
        return end;
    };
    // A border right at the end of the window counts, so each search looks at what follows as well.
    let paragraph = window.rfind("\n\n").map(|at| at + 2);
    let sentence = || sentence_end(window);
    let word = || {
        let boundary = text.get(end..).is_some_and(|after| after.starts_with(char::is_whitespace));
        if boundary { Some(end) } else { window.rfind(char::is_whitespace) }
    };
    let blank = |at: &usize| window.get(..*at).is_none_or(|part| part.trim().is_empty());
    paragraph
        .filter(|at| !blank(at))
        .or_else(|| sentence().filter(|at| !blank(at)))
        .or_else(|| word().filter(|at| !blank(at)))
        .unwrap_or(end)
}

/// Where the last whole sentence of a text ends: at a mark with a blank after it. (The tables by
/// which Unicode tells sentences apart would be a twentieth of the Worker, for texts that are rare.)
fn sentence_end(text: &str) -> Option<usize> {
    let mut after = text.char_indices().rev().peekable();
    while let Some((at, blank)) = after.next() {
        let ends =
            after.peek().is_some_and(|(_, mark)| matches!(mark, '.' | '!' | '?' | '…' | ':' | ';'));
        if blank.is_whitespace() && ends || matches!(blank, '。' | '！' | '？') {
            return Some(at + blank.len_utf8());
        }
    }
    None
}

/// How much of `text` fits, in bytes, up to a border between two characters as people see them. A
/// single one that does not fit is cut all the same.
fn fitting(text: &str, limit: usize, graphemes: Graphemes) -> usize {
    let window = text.get(..fitting_characters(text, limit + LONGEST)).unwrap_or(text);
    let (mut units, mut end) = (0, 0);
    for border in graphemes(window) {
        units += window.get(end..border).map_or(0, length);
        if units > limit {
            break;
        }
        end = border;
    }
    if end > 0 || text.is_empty() { end } else { fitting_characters(text, limit) }
}

fn fitting_characters(text: &str, limit: usize) -> usize {
    let mut units = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units > limit && at > 0 {
            return at;
        }
    }
    text.len()
}
