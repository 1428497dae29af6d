//! Blanks at the beginning of lines that look like spaces and are none to YAML, as they come from pages and word
//! processors: the copy has spaces there, and the author is told of all of them at once.
//!
//! Such a blank has two bytes or three, and takes the room of one space. So that what follows keeps its place in the
//! source and is indented as it looks, the bytes that are too many go to the end of the line above.

use super::Working;
use crate::yaml::line::{indentation, is_odd_blank};
use crate::{Code, Diagnostic, Edit, Span};

/// The text with spaces for such blanks, and what the author is told; none where there are none.
pub(super) fn with_plain_margins(working: &Working<'_>) -> Option<(String, Diagnostic)> {
    let text = working.text();
    let mut plain = String::with_capacity(text.len());
    let mut edits: Vec<Edit> = Vec::new();
    let mut blank = ' ';
    // How far the line is indented that a block of text (`|` or `>`) belongs to: what is in there is text.
    let mut block: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let column = indentation(line).len();
        let is_empty = line.trim().is_empty();
        if block.is_some_and(|owner| is_empty || column > owner) {
            plain.push_str(line);
            continue;
        }
        block = begins_block(line).then_some(column);
        let margin = margin(line);
        let Some(odd) = margin.chars().find(|c| is_odd_blank(*c)) else {
            plain.push_str(line);
            continue;
        };
        blank = if edits.is_empty() { odd } else { blank };
        let straight: String = margin.chars().map(|c| if c == '-' { '-' } else { ' ' }).collect();
        let spare = " ".repeat(margin.len() - straight.len());
        let above = plain.trim_end_matches(['\n', '\r']).len();
        let line_end = plain.get(above..).unwrap_or_default();
        // Of several line breaks only the last is the end of the line above.
        let line_end = if line_end.ends_with("\r\n") { "\r\n" } else { "\n" };
        if plain.ends_with(line_end) {
            plain.truncate(plain.len() - line_end.len());
            plain.push_str(&spare);
            plain.push_str(line_end);
            plain.push_str(&straight);
        } else {
            plain.push_str(&straight);
            plain.push_str(&spare);
        }
        plain.push_str(line.get(margin.len()..).unwrap_or_default());
        edits.push(Edit { span: Span::new(start, start + margin.len()), text: straight });
    }
    let first = edits.first()?.span;
    let others = match edits.len() {
        1 => String::new(),
        lines => format!(" (and {} more)", lines - 1),
    };
    let message = format!(
        "this line{others} begins with blanks that are no plain spaces (U+{:04X}), as they come from a web page or a word processor; indent with spaces",
        u32::from(blank)
    );
    let diagnostic =
        Diagnostic::new(Code::Syntax, first, message).with_fix("write plain spaces", edits);
    Some((plain, diagnostic))
}

/// The blanks that a line begins with, and the dashes of lists among them.
fn margin(line: &str) -> &str {
    let mut end = 0;
    let mut letters = line.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let is_dash = letter == '-'
            && letters.peek().is_some_and(|(_, next)| *next == ' ' || is_odd_blank(*next));
        if !is_dash && letter != ' ' && !is_odd_blank(letter) {
            break;
        }
        end = at + letter.len_utf8();
    }
    line.get(..end).unwrap_or_default()
}

/// Whether a line ends with the sign of a block of text.
fn begins_block(line: &str) -> bool {
    let words = line.split(" #").next().unwrap_or(line).trim_end();
    let words = words.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    let before = words.strip_suffix(['|', '>']);
    before.is_some_and(|before| before.ends_with([' ', '\t', ':']))
}
