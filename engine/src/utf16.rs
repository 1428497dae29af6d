//! Between bytes, in which the engine counts, and UTF-16 code units, in which editors in a page do.

/// How often an offset is known by heart, in bytes.
const STEP: usize = 256;

/// Where the lines of a source are, and how its bytes and UTF-16 code units correspond.
///
/// It does not hold the source: each call takes the one that the map was made of. An offset costs no
/// more than a look at a few hundred bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Utf16Map {
    /// At each [`STEP`], the next character's first byte and code unit; empty where all is ASCII.
    steps: Vec<(usize, usize)>,
    /// The first byte of each line.
    lines: Vec<usize>,
}

impl Utf16Map {
    /// The map of a source.
    #[must_use]
    pub fn new(source: &str) -> Self {
        let ends = source.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        let mut steps = Vec::new();
        if !source.is_ascii() {
            let mut units = 0;
            for (byte, c) in source.char_indices() {
                if byte >= steps.len() * STEP {
                    steps.push((byte, units));
                }
                units += c.len_utf16();
            }
        }
        Self { steps, lines }
    }

    /// The code unit that starts at a byte, or in the midst of whose character the byte is; for an
    /// offset past the end, the length.
    #[must_use]
    pub fn units(&self, source: &str, byte: usize) -> usize {
        let byte = source.floor_char_boundary(byte);
        let after = self.steps.partition_point(|(start, _)| *start <= byte);
        let Some((start, units)) = after.checked_sub(1).and_then(|step| self.steps.get(step))
        else {
            return byte;
        };
        let within = source.get(*start..byte).unwrap_or_default();
        units + within.chars().map(char::len_utf16).sum::<usize>()
    }

    /// The byte that a code unit starts at; for one in the midst of a character, where that starts; for
    /// an offset past the end, the length.
    #[must_use]
    pub fn byte(&self, source: &str, unit: usize) -> usize {
        let after = self.steps.partition_point(|(_, units)| *units <= unit);
        let Some((start, units)) = after.checked_sub(1).and_then(|step| self.steps.get(step))
        else {
            return unit.min(source.len());
        };
        let mut next = *units;
        let within = source.get(*start..).unwrap_or_default();
        let found = within.char_indices().find(|(_, c)| {
            next += c.len_utf16();
            next > unit
        });
        found.map_or(source.len(), |(at, _)| start + at)
    }

    /// The line of a byte, from 1.
    #[must_use]
    pub fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte).max(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn offsets_count_in_code_units() {
        let source = "é: 😀x\nb: c\n";
        let map = Utf16Map::new(source);
        let at = |needle: &str| source.find(needle).unwrap_or(99);
        let of = |byte: usize| (map.units(source, byte), map.line(byte));
        assert_eq!(of(at("é")), (0, 1));
        assert_eq!(of(at("😀")), (3, 1));
        assert_eq!(of(at("😀") + 2), (3, 1));
        assert_eq!(of(at("x")), (5, 1));
        assert_eq!(of(at("b")), (7, 2));
        assert_eq!(of(at("nowhere")), (12, 3));
        assert_eq!(map.byte(source, 4), at("😀"));
        assert_eq!(map.byte(source, 99), source.len());
        let nothing = Utf16Map::new("");
        assert_eq!((nothing.units("", 5), nothing.byte("", 5), nothing.line(5)), (0, 0, 1));
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same(pieces in proptest::collection::vec("[a-z\n]{0,90}|[é日😀\n]{0,90}", 0..20)) {
            let source = pieces.concat();
            let map = Utf16Map::new(&source);
            let mut units = 0;
            for (byte, c) in source.char_indices() {
                prop_assert_eq!(map.units(&source, byte), units);
                prop_assert_eq!(map.byte(&source, units), byte);
                prop_assert_eq!(map.line(byte), source.get(..byte).map_or(0, |text| text.matches('\n').count()) + 1);
                units += c.len_utf16();
            }
            prop_assert_eq!(map.units(&source, source.len()), units);
            prop_assert_eq!(map.byte(&source, units), source.len());
        }
    }
}
