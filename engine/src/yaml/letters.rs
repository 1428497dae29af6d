//! The text as the parser reads it, character by character. That is asked several times for each of them, so it is made
//! for what most characters of a tree are: a byte.

use saphyr_parser::input::{Input, is_blank_or_breakz, is_flow};

/// What is still to be read.
#[derive(Clone, Copy)]
pub(super) struct Letters<'t>(&'t str);

/// How many characters the parser looks at in one go. It makes so much room for each text, and most are short.
const AT_ONCE: usize = 16;

impl<'t> Letters<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self(text)
    }

    /// The next byte; 0 at the end.
    #[inline]
    fn byte(&self) -> u8 {
        self.0.as_bytes().first().copied().unwrap_or(0)
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
        let mut rest = self.0.chars();
        rest.next();
        self.0 = rest.as_str();
    }

    #[inline]
    fn skip_n(&mut self, count: usize) {
        (0..count).for_each(|_| self.skip());
    }

    #[inline]
    fn peek(&self) -> char {
        self.peek_opt().unwrap_or('\0')
    }

    #[inline]
    fn peek_nth(&self, n: usize) -> char {
        self.0.chars().nth(n).unwrap_or('\0')
    }

    #[inline]
    fn peek_opt(&self) -> Option<char> {
        self.0.chars().next()
    }

    #[inline]
    fn next_can_be_plain_scalar(&self, in_flow: bool) -> bool {
        match self.0.as_bytes() {
            [b':', rest @ ..] => {
                // No byte of a longer character is one of these.
                let next = char::from(rest.first().copied().unwrap_or(0));
                !(is_blank_or_breakz(next) || in_flow && is_flow(next))
            }
            [0..0x80, ..] | [] => !(in_flow && is_flow(char::from(self.byte()))),
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
