//! Lines of input that may be anything: too long, not text, without an end.

use std::io::{self, BufRead};

/// The most bytes of one line, its end not counted.
pub(crate) const MAX_LINE: usize = 64 << 10;

/// A line of input.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Text, without its line break.
    Text(String),
    /// More than [`MAX_LINE`] bytes; they were thrown away.
    TooLong,
    /// Not UTF-8.
    NotText,
}

impl Line {
    /// The text, or what is wrong with the line.
    pub(crate) fn text(self) -> Result<String, String> {
        match self {
            Self::Text(text) => Ok(text),
            Self::TooLong => Err(format!(
                "this line has more than {} KiB and was not read; write less in one line",
                MAX_LINE >> 10
            )),
            Self::NotText => Err("this line is not UTF-8 text and was not read".to_owned()),
        }
    }
}

/// The next line; none at the end of the input. At most [`MAX_LINE`] bytes are kept at a time.
pub(crate) fn next(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut too_long = false;
    let mut begun = false;
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            return Ok(begun.then(|| finish(line, too_long)));
        }
        begun = true;
        let end = chunk.iter().position(|&byte| byte == b'\n');
        let taken = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
        too_long |= line.len() + taken.len() > MAX_LINE;
        if !too_long {
            line.extend_from_slice(taken);
        }
        let used = taken.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            return Ok(Some(finish(line, too_long)));
        }
    }
}

fn finish(mut line: Vec<u8>, too_long: bool) -> Line {
    if too_long {
        return Line::TooLong;
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    String::from_utf8(line).map_or(Line::NotText, Line::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All lines of an input that arrives a few bytes at a time.
    fn all(input: &[u8]) -> Vec<Line> {
        let mut input = io::BufReader::with_capacity(3, input);
        std::iter::from_fn(|| next(&mut input).ok().flatten()).collect()
    }

    fn text(line: &str) -> Line {
        Line::Text(line.to_owned())
    }

    #[test]
    fn lines_end_at_line_breaks_and_at_the_end() {
        assert_eq!(all(b""), []);
        assert_eq!(all(b"\n"), [text("")]);
        assert_eq!(all(b"one\r\ntwo three\nfour"), [text("one"), text("two three"), text("four")]);
    }

    #[test]
    fn a_line_that_is_too_long_or_no_text_does_not_spoil_the_next() {
        let mut input = vec![b'x'; MAX_LINE];
        input.extend(b"\nok\n");
        assert_eq!(all(&input), [text(&"x".repeat(MAX_LINE)), text("ok")]);
        input.insert(0, b'x');
        assert_eq!(all(&input), [Line::TooLong, text("ok")]);
        assert_eq!(all(b"\xff\xfe\nok"), [Line::NotText, text("ok")]);
    }
}
