//! The text as the parser reads it, character by character. That is asked several times for each of them, so it is made
//! for what most characters of a tree are: a byte.

use saphyr_parser::input::{Input, is_blank_or_breakz, is_flow};

/// A text, and how far it is read.
#[derive(Clone, Copy)]
pub(super) struct Letters<'t> {
    text: &'t str,
    at: usize,
}

/// How many characters the parser looks at in one go. It makes so much room for each text, and most are short.
const AT_ONCE: usize = 16;

impl<'t> Letters<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte; 0 at the end.
    #[inline]
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// What is still to be read.
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

impl Input for Letters<'_> {
    // All of the text is there all the time.
    #[inline]
    fn lookahead(&mut self, _: usize) {}

    #[inline]
    fn buflen(&self) -> usize {
        AT_ONCE
    }

    #[inline]
    fn bufmaxlen(&self) -> usize {
        AT_ONCE
    }

    #[inline]
    fn raw_read_ch(&mut self) -> char {
        let next = self.peek();
        self.skip();
        next
    }

    #[inline]
    fn raw_read_non_breakz_ch(&mut self) -> Option<char> {
        let next = self.peek();
        if matches!(next, '\0' | '\n' | '\r' | '\u{feff}') {
            return None;
        }
        self.skip();
        Some(next)
    }

    #[inline]
    fn skip(&mut self) {
        self.at += match self.text.as_bytes().get(self.at) {
            Some(0..0x80) => 1,
            Some(0x80..0xe0) => 2,
            Some(0xe0..0xf0) => 3,
            Some(_) => 4,
            None => 0,
        };
    }

    #[inline]
    fn skip_n(&mut self, count: usize) {
        (0..count).for_each(|_| self.skip());
    }

    #[inline]
    fn peek(&self) -> char {
        match self.byte() {
            byte @ 0..0x80 => char::from(byte),
            _ => self.rest().chars().next().unwrap_or('\0'),
        }
    }

    #[inline]
    fn peek_nth(&self, n: usize) -> char {
        match (n, self.byte(), self.text.as_bytes().get(self.at + 1)) {
            (1, 0..0x80, Some(next @ 0..0x80)) => char::from(*next),
            _ => self.rest().chars().nth(n).unwrap_or('\0'),
        }
    }

    #[inline]
    fn peek_opt(&self) -> Option<char> {
        self.rest().chars().next()
    }

    #[inline]
    fn next_can_be_plain_scalar(&self, in_flow: bool) -> bool {
        match self.byte() {
            b':' => {
                // No byte of a longer character is one of these.
                let next = self.text.as_bytes().get(self.at + 1).copied().unwrap_or(0);
                let next = char::from(next);
                !(is_blank_or_breakz(next) || in_flow && is_flow(next))
            }
            byte @ 0..0x80 => !(in_flow && is_flow(char::from(byte))),
            _ => self.peek() != '\u{feff}',
        }
    }

    #[inline]
    fn next_is_blank_or_break(&self) -> bool {
        matches!(self.byte(), b' ' | b'\t' | b'\n' | b'\r')
    }

    #[inline]
    fn next_is_blank_or_breakz(&self) -> bool {
        matches!(self.byte(), b' ' | b'\t' | b'\n' | b'\r' | 0)
    }

    #[inline]
    fn next_is_blank(&self) -> bool {
        matches!(self.byte(), b' ' | b'\t')
    }

    #[inline]
    fn next_is_break(&self) -> bool {
        matches!(self.byte(), b'\n' | b'\r')
    }

    #[inline]
    fn next_is_breakz(&self) -> bool {
        matches!(self.byte(), b'\n' | b'\r' | 0)
    }
}
