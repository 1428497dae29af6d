//! Cutting text where it hurts least: after a paragraph, else a sentence, else a word, else between
//! two characters as people see them.

use unicode_segmentation::UnicodeSegmentation;

use super::length;

/// The text in parts of at most `limit` units, none of them blank. Nothing but blanks at the cuts
/// is lost.
pub(super) fn parts(text: &str, limit: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (part, after) = rest.split_at_checked(cut(rest, limit)).unwrap_or((rest, ""));
        parts.push(part.trim_end().to_owned());
        rest = after.trim_start();
    }
    parts
}

/// The start of a text, with "…" if it is not all of it.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    let text = text.trim();
    if length(text) <= limit {
        return text.to_owned();
    }
    let start = text.get(..fitting(text, limit.saturating_sub(1))).unwrap_or_default();
    format!("{}…", start.trim_end())
}

/// Where the first part of `text` ends, in bytes: never 0 for a text that is not empty.
fn cut(text: &str, limit: usize) -> usize {
    let end = fitting(text, limit);
    if end == text.len() {
        return end;
    }
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
fn fitting(text: &str, limit: usize) -> usize {
    let mut units = 0;
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        units += length(grapheme);
        if units > limit {
            break;
        }
        end = at + grapheme.len();
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
