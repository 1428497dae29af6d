//! The door: a copy of the source whose bytes stand where they stand in the original.
//!
//! Everything that has to be got out of the parser's way is overwritten in the copy, never cut
//! out. So a byte offset means the same in both, and only here are characters counted.

mod margin;

use std::borrow::Cow;
use std::ops::Range;

use super::line::{indentation, is_odd_blank};
use margin::with_plain_margins;

use crate::{Code, Diagnostic, Edit, Span};

/// At most this many runs of control characters are reported. A file with more of them is no text.
const MAX_CONTROLS: usize = 20;

/// What stands in the copy for a value that cannot be read.
pub(super) const STAND_IN: &str = "x";

const BOM: char = '\u{feff}';

/// A source, and the copy that the parser reads.
pub(super) struct Working<'s> {
    source: &'s str,
    text: Cow<'s, str>,
    /// Bytes of a byte order mark, which the parser does not see.
    skipped: usize,
}

impl<'s> Working<'s> {
    /// Takes a source in, and reports the characters that no text should have.
    pub(super) fn new(source: &'s str) -> (Self, Vec<Diagnostic>) {
        let skipped = if source.starts_with(BOM) { BOM.len_utf8() } else { 0 };
        let mut working = Self { source, text: Cow::Borrowed(source), skipped };
        let mut diagnostics = Vec::new();
        // Mostly there is none, and that is told faster byte by byte.
        let may_be_control = |byte: u8| match byte {
            b'\t' | b'\n' | b'\r' => false,
            _ => !(b' '..=b'~').contains(&byte),
        };
        // Many at once, which are told faster than whether to stop at each.
        let may_have =
            |bytes: &[u8]| bytes.iter().fold(false, |may, byte| may | may_be_control(*byte));
        if source.as_bytes().chunks(256).any(may_have) {
            if source.chars().skip(usize::from(skipped > 0)).any(is_control) {
                working.text = Cow::Owned(without_controls(source, skipped, &mut diagnostics));
            }
            if source.contains(is_odd_blank)
                && let Some((text, diagnostic)) = with_plain_margins(&working)
            {
                working.text = Cow::Owned(text);
                diagnostics.push(diagnostic);
            }
        }
        (working, diagnostics)
    }

    /// As the author wrote it.
    pub(super) fn source(&self) -> &'s str {
        self.source
    }

    /// As the parser is to read it.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where the parser starts to read.
    pub(super) fn skipped(&self) -> usize {
        self.skipped
    }

    /// A span of the source from offsets into the copy, where they may be inside a character that
    /// has been overwritten.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let start = self.source.floor_char_boundary(start);
        Span::new(start, self.source.ceil_char_boundary(end).max(start))
    }

    /// Overwrites a part with spaces, and with a [`STAND_IN`] at its start if it `is_value`; line
    /// breaks stay. False if there was nothing but spaces.
    pub(super) fn blank(&mut self, part: Span, is_value: bool) -> bool {
        let Some(old) = self.text.get(part.start..part.end) else {
            return false;
        };
        if old.trim().is_empty() {
            return false;
        }
        let blanks: String = old
            .chars()
            .flat_map(|c| {
                let keep = matches!(c, '\n' | '\r');
                std::iter::repeat_n(if keep { c } else { ' ' }, c.len_utf8())
            })
            .collect();
        let text = self.text.to_mut();
        text.replace_range(part.start..part.end, &blanks);
        if is_value {
            text.replace_range(part.start..part.start + STAND_IN.len(), STAND_IN);
        }
        true
    }

    /// Indents the lines of a part by so many spaces less. What stands on them stays where it is: the line breaks before
    /// them move. False if any of the lines is not indented so far.
    pub(super) fn dedent(&mut self, part: Span, by: usize) -> bool {
        let text = self.text();
        let Some(before) = text.get(..part.start) else { return false };
        let mut at = before.rfind('\n').map_or(0, |end| end + 1);
        let mut starts = Vec::new();
        for line in text.get(at..part.end).unwrap_or_default().split_inclusive('\n') {
            if !line.trim().is_empty() {
                let is_indented = line.bytes().take(by).all(|byte| byte == b' ');
                if at == 0 || !is_indented {
                    return false;
                }
                starts.push(at);
            }
            at += line.len();
        }
        let text = self.text.to_mut();
        for start in starts {
            let is_crlf = text.get(..start).is_some_and(|before| before.ends_with("\r\n"));
            let line_end = if is_crlf { "\r\n" } else { "\n" };
            let moved = format!("{}{line_end}", " ".repeat(by));
            text.replace_range(start - line_end.len()..start + by, &moved);
        }
        true
    }

    /// Makes spaces of the tabs that follow the first colon of a line.
    pub(super) fn respace_after_colons(&mut self) {
        self.respace(|line| {
            let colon = line.find(":\t").unwrap_or(line.len());
            let colon = line.find(": ").map_or(colon, |space| space.min(colon));
            let rest = line.get(colon + 1..).unwrap_or_default();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            colon + 1..colon + 1 + blanks
        });
    }

    /// Whether the line of an offset begins with a tab in the source.
    pub(super) fn begins_with_tab(&self, at: usize) -> bool {
        let before = self.source.get(..at).unwrap_or_default();
        let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        indentation(self.source.get(start..).unwrap_or_default()).contains('\t')
    }

    /// A part as far as its lines begin with tabs in the source, if its first does.
    pub(super) fn without_other_margins(&self, part: Span) -> Span {
        if !self.begins_with_tab(part.start) {
            return part;
        }
        let mut end = part.start;
        for line in self.source.get(part.start..part.end).unwrap_or_default().split_inclusive('\n')
        {
            if end > part.start && !line.trim().is_empty() && !indentation(line).contains('\t') {
                break;
            }
            end += line.len();
        }
        Span::new(part.start, end)
    }

    /// Makes spaces of the tabs that lines begin with. False if there are none.
    pub(super) fn respace_indentation(&mut self) -> bool {
        self.respace(|line| 0..line.len() - line.trim_start_matches([' ', '\t']).len())
    }

    fn respace(&mut self, part: impl Fn(&str) -> Range<usize>) -> bool {
        let mut changed = false;
        let mut text = String::with_capacity(self.text.len());
        for line in self.text.split_inclusive(['\n', '\r']) {
            let part = part(line);
            for (at, c) in line.char_indices() {
                let respaced = c == '\t' && part.contains(&at);
                changed |= respaced;
                text.push(if respaced { ' ' } else { c });
            }
        }
        if changed {
            self.text = Cow::Owned(text);
        }
        changed
    }
}

/// From characters to bytes.
pub(super) struct Offsets<'t> {
    text: &'t str,
    skipped: usize,
    /// The byte at which every [`STEP`]th character starts.
    steps: Vec<usize>,
}

const STEP: usize = 64;

impl<'t> Offsets<'t> {
    pub(super) fn new(working: &'t Working<'_>) -> Self {
        let skipped = working.skipped();
        let text = working.text().get(skipped..).unwrap_or_default();
        let steps = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(at, _)| at).collect()
        };
        Self { text, skipped, steps }
    }

    /// The byte of the source at which a character starts.
    pub(super) fn byte(&self, character: usize) -> usize {
        let end = self.text.len();
        if self.steps.is_empty() {
            return self.skipped + character.min(end);
        }
        let Some(step) = self.steps.get(character / STEP) else {
            return self.skipped + end;
        };
        let further = character % STEP;
        // Where the next of these is as many bytes on as characters, each of them is a byte.
        if self.steps.get(character / STEP + 1) == Some(&(step + STEP)) {
            return self.skipped + step + further;
        }
        let rest = self.text.get(*step..).unwrap_or_default();
        let within = rest.char_indices().nth(further).map_or(rest.len(), |(at, _)| at);
        self.skipped + step + within
    }
}

/// What YAML 1.2 calls not printable, and byte order marks in the midst of a text.
fn is_control(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        BOM | '\u{fffe}' | '\u{ffff}' => true,
        _ => c.is_control(),
    }
}

/// The source with something harmless, of the same length, for each control character.
fn without_controls(source: &str, skipped: usize, diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut text = String::with_capacity(source.len());
    let mut run: Option<(usize, char)> = None;
    for (at, c) in source.char_indices() {
        let control = at >= skipped && is_control(c);
        match run {
            None if control => run = Some((at, c)),
            Some((start, first)) if !control => {
                run = None;
                report_control(start..at, first, diagnostics);
            }
            None | Some(_) => {}
        }
        text.push(match c.len_utf8() {
            _ if !control => c,
            1 => ' ',
            2 => '\u{a0}',
            _ => '\u{fffd}',
        });
    }
    if let Some((start, first)) = run {
        report_control(start..source.len(), first, diagnostics);
    }
    text
}

fn report_control(run: Range<usize>, first: char, diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.len() < MAX_CONTROLS {
        let span = Span::new(run.start, run.end);
        let message =
            format!("there is an invisible character here (U+{:04X}); delete it", u32::from(first));
        let edit = Edit { span, text: String::new() };
        diagnostics
            .push(Diagnostic::new(Code::Syntax, span, message).with_fix("delete it", vec![edit]));
    }
}
