//! Byte offsets as lines and columns, the way editors count them.

use std::ops::Range;

/// Where the lines of a text begin.
pub(crate) struct Lines<'s> {
    source: &'s str,
    starts: Vec<usize>,
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl<'s> Lines<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        let starts =
            std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { source, starts }
    }

    /// The line and column of a byte offset; an offset past the end counts as the end.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let (line, range) = self.line(offset);
        let before =
            self.source.get(range.start..offset.min(self.source.len())).unwrap_or_default();
        // A byte order mark is no character of the first line.
        let column = before.chars().filter(|&c| c != '\u{feff}').count() + 1;
        Position { line, column }
    }

    /// The number of the line with this byte, and its bytes without the line break.
    pub(crate) fn line(&self, offset: usize) -> (usize, Range<usize>) {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let end = self.starts.get(line).map_or(self.source.len(), |next| next - 1);
        let text = self.source.get(start..end).unwrap_or_default();
        (line, start..start + text.trim_end_matches('\r').len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, offset: usize, line: usize, column: usize) {
        assert_eq!(Lines::new(source).position(offset), Position { line, column }, "{source:?}");
    }

    #[test]
    fn lines_and_columns_start_at_one_and_columns_count_characters() {
        check("", 0, 1, 1);
        check("ab\ncd", 0, 1, 1);
        check("ab\ncd", 2, 1, 3);
        check("ab\ncd", 3, 2, 1);
        check("ab\ncd", 5, 2, 3);
        check("é: ü", 4, 1, 4);
        check("a\r\nb", 3, 2, 1);
        check("a\n", 2, 2, 1);
        check("\u{feff}say", 3, 1, 1);
        check("ab", 99, 1, 3);
    }
}
