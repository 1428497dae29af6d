//! Tables as bytes: small, because what is alike stands together.
//!
//! A table is written column by column. What follows from the rest is left out, and of the rest mostly a difference is
//! written, which is nearly always small: a byte, and often the same one again and again. Numbers have seven bits in each
//! byte, the lowest first; the highest bit of a byte says that there is more.

use super::tables::{NONE, Parts, Row};

/// How the numbers of one column are written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Column {
    /// As they are.
    Plain,
    /// Not at all: where the row before ended, in the column so many further on.
    Start(usize),
    /// As how much more it is than in the column so many before.
    Count(usize),
    /// As the difference from the row before, in the column so many further on.
    Step(usize),
    /// None is 0, and another number one more than the difference from the one before that is not none.
    Maybe,
    /// None is 0. The others, which number another table's rows, are 1.
    Next,
    /// Not at all: it is found out when all tables are there.
    Link,
}

impl Column {
    const fn is_stored(self) -> bool {
        match self {
            Self::Plain | Self::Count(_) | Self::Step(_) | Self::Maybe | Self::Next => true,
            Self::Start(_) | Self::Link => false,
        }
    }
}

/// How many bytes a word may share with the one before it. Bounds what a few bytes can grow to.
const MAX_SHARED: usize = 31;

pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    pub(super) fn number(&mut self, mut number: u32) {
        while number > 0x7f {
            self.0.push(low_byte(number) | 0x80);
            number >>= 7;
        }
        self.0.push(low_byte(number));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(super::number_of(text.len()));
        self.0.extend(text.as_bytes());
    }

    pub(super) fn maybe(&mut self, text: Option<&str>) {
        self.number(u32::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }

    pub(super) fn numbers(&mut self, column: Column, numbers: impl Iterator<Item = u32>) {
        self.table(&[column], numbers.collect());
    }

    pub(super) fn rows<T: Row>(&mut self, rows: &[T]) {
        let mut numbers = Vec::with_capacity(rows.len() * T::COLUMNS.len());
        rows.iter().for_each(|row| row.write(&mut numbers));
        self.table(T::COLUMNS, numbers);
    }

    fn table(&mut self, columns: &[Column], mut numbers: Vec<u32>) {
        let width = columns.len();
        let mut before = vec![0; width];
        let mut last = vec![0_u32; width];
        for row in numbers.chunks_exact_mut(width) {
            let whole = row.to_vec();
            let places = whole.iter().zip(row).zip(columns).zip(&mut last).enumerate();
            for (at, (((value, number), column), last)) in places {
                let of = |row: &[u32], at: usize| row.get(at).copied().unwrap_or_default();
                *number = match *column {
                    Column::Plain | Column::Start(_) | Column::Link => *value,
                    Column::Count(back) => value.wrapping_sub(of(&whole, at.saturating_sub(back))),
                    Column::Step(ahead) => unsigned(value.wrapping_sub(of(&before, at + ahead))),
                    Column::Maybe | Column::Next if *value == NONE => 0,
                    Column::Maybe => {
                        let step = value.wrapping_sub(std::mem::replace(last, *value));
                        unsigned(step).wrapping_add(1)
                    }
                    Column::Next => 1,
                };
            }
            before = whole;
        }
        self.number(super::number_of(numbers.len() / width));
        for (at, _) in (0..).zip(columns).filter(|(_, column)| column.is_stored()) {
            numbers.iter().skip(at).step_by(width).for_each(|number| self.number(*number));
        }
    }

    /// Words, sorted: of each only what it does not share with the one before it.
    pub(super) fn words<'w>(&mut self, words: impl ExactSizeIterator<Item = &'w str> + Clone) {
        let befores = std::iter::once("").chain(words.clone());
        let shared = befores.zip(words.clone()).map(|(before, word)| {
            let same = before.bytes().zip(word.bytes()).take_while(|(one, other)| one == other);
            same.take(MAX_SHARED).count()
        });
        let shared: Vec<usize> = shared.collect();
        let ends = words.zip(&shared).map(|(word, shared)| word.as_bytes().get(*shared..));
        let ends: Vec<&[u8]> = ends.map(Option::unwrap_or_default).collect();
        self.numbers(Column::Plain, shared.iter().map(|shared| super::number_of(*shared)));
        self.numbers(Column::Plain, ends.iter().map(|end| super::number_of(end.len())));
        ends.iter().for_each(|end| self.0.extend(*end));
    }
}

/// What is still to be read.
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl<'b> Reader<'b> {
    pub(super) fn number(&mut self) -> Option<u32> {
        // Nearly all are of one byte.
        if let Some((byte, rest)) = self.0.split_first().filter(|(byte, _)| **byte < 0x80) {
            self.0 = rest;
            return Some(u32::from(*byte));
        }
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return u32::try_from(number).ok();
            }
        }
        None
    }

    fn take(&mut self, bytes: usize) -> Option<&'b [u8]> {
        let (first, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(first)
    }

    pub(super) fn text(&mut self) -> Option<String> {
        let bytes = self.number()? as usize;
        String::from_utf8(self.take(bytes)?.to_vec()).ok()
    }

    pub(super) fn maybe(&mut self) -> Option<Option<String>> {
        match self.number()? {
            0 => Some(None),
            _ => self.text().map(Some),
        }
    }

    pub(super) fn numbers(&mut self, column: Column) -> Option<Vec<u32>> {
        self.table(&[column])
    }

    pub(super) fn rows<T: Row>(&mut self, into: &mut Vec<T>) -> Option<()> {
        let numbers = self.table(T::COLUMNS)?;
        into.reserve_exact(numbers.len() / T::COLUMNS.len());
        into.extend(numbers.chunks_exact(T::COLUMNS.len()).filter_map(T::read));
        Some(())
    }

    /// The rows of a table, one after the other.
    fn table(&mut self, columns: &[Column]) -> Option<Vec<u32>> {
        let width = columns.len();
        let rows = self.number()? as usize;
        // Each number that is written takes a byte at least, and each table has one that is.
        if rows > self.0.len() {
            return None;
        }
        let mut numbers = vec![0; rows.checked_mul(width)?];
        for (at, _) in (0..).zip(columns).filter(|(_, column)| column.is_stored()) {
            for number in numbers.iter_mut().skip(at).step_by(width) {
                *number = self.number()?;
            }
        }
        if let [Column::Plain] = columns {
            return Some(numbers);
        }
        let mut before = vec![0; width];
        let mut last = vec![0_u32; width];
        for row in numbers.chunks_exact_mut(width) {
            for (at, (column, last)) in columns.iter().zip(&mut last).enumerate() {
                let number = *row.get(at)?;
                *row.get_mut(at)? = match *column {
                    Column::Plain => number,
                    Column::Start(ahead) => *before.get(at + ahead)?,
                    Column::Count(back) => row.get(at.checked_sub(back)?)?.wrapping_add(number),
                    Column::Step(ahead) => before.get(at + ahead)?.wrapping_add(signed(number)),
                    Column::Link => NONE,
                    Column::Maybe | Column::Next if number == 0 => NONE,
                    Column::Maybe => {
                        *last = last.wrapping_add(signed(number.wrapping_sub(1)));
                        *last
                    }
                    Column::Next => {
                        *last += 1;
                        *last - 1
                    }
                };
            }
            before.copy_from_slice(row);
        }
        Some(numbers)
    }

    /// Words, put after a text, and where they are in it.
    pub(super) fn words(&mut self, text: &mut String) -> Option<Parts> {
        let shared = self.numbers(Column::Plain)?;
        let lengths = self.numbers(Column::Plain)?;
        if shared.len() != lengths.len() {
            return None;
        }
        let mut bytes = std::mem::take(text).into_bytes();
        let first = super::number_of(bytes.len());
        let mut before = bytes.len();
        let mut whole = Vec::with_capacity(shared.len());
        for (shared, length) in shared.iter().zip(&lengths) {
            whole.push(shared.wrapping_add(*length));
            let shared = *shared as usize;
            let start = bytes.len();
            if shared > MAX_SHARED || shared > start - before {
                return None;
            }
            bytes.extend_from_within(before..before + shared);
            bytes.extend(self.take(*length as usize)?);
            before = start;
        }
        *text = String::from_utf8(bytes).ok()?;
        Some(Parts::of_lengths(first, whole))
    }
}

/// A difference as a number that is small where the difference is: 0, -1, 1, -2 and so on.
const fn unsigned(difference: u32) -> u32 {
    let sign = if difference >> 31 == 0 { 0 } else { u32::MAX };
    (difference << 1) ^ sign
}

const fn signed(number: u32) -> u32 {
    let sign = if number & 1 == 0 { 0 } else { u32::MAX };
    (number >> 1) ^ sign
}

const fn low_byte(number: u32) -> u8 {
    let [lowest, ..] = number.to_le_bytes();
    lowest & 0x7f
}
