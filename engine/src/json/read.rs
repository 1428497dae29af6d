//! Reading JSON from anywhere, value by value, by whoever knows what should come next.

use std::borrow::Cow;

/// What is still to be read of a document. Where a method gives none, the text is not what was asked for, and nothing
/// more can be read.
pub(crate) struct Reader<'j> {
    rest: &'j str,
}

/// How deep lists and objects that are skipped may stand in each other.
const MAX_DEPTH: usize = 128;

impl<'j> Reader<'j> {
    pub(crate) const fn new(json: &'j str) -> Self {
        Self { rest: json }
    }

    /// The first byte of the next value.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
        self.rest.as_bytes().first().copied()
    }

    /// Whether nothing is left.
    pub(crate) fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// The next value, if it is an object: calls `field` with each name, to read its value.
    pub(crate) fn fields(
        &mut self,
        field: &mut dyn FnMut(&str, &mut Self) -> Option<()>,
    ) -> Option<()> {
        self.row(b'{', b'}', &mut |reader| {
            let name = reader.text()?;
            reader.sign(b':')?;
            field(&name, reader)
        })
    }

    /// The next value, if it is a list: calls `item` to read each value in it.
    pub(crate) fn items(&mut self, item: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.row(b'[', b']', item)
    }

    /// The next value, if it is a text.
    pub(crate) fn text(&mut self) -> Option<Cow<'j, str>> {
        self.sign(b'"')?;
        let mut whole: Option<String> = None;
        loop {
            let special = |byte: u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
            let end = self.rest.bytes().position(special)?;
            let part = self.rest.get(..end)?;
            let sign = self.rest.as_bytes().get(end).copied()?;
            self.rest = self.rest.get(end + 1..)?;
            match (sign, &mut whole) {
                (b'"', None) => return Some(Cow::Borrowed(part)),
                (b'"', Some(whole)) => {
                    whole.push_str(part);
                    return Some(Cow::Owned(std::mem::take(whole)));
                }
                (b'\\', _) => {
                    let whole = whole.get_or_insert_default();
                    whole.push_str(part);
                    whole.push(self.escaped()?);
                }
                _ => return None,
            }
        }
    }

    /// The next value, if it is a whole number.
    pub(crate) fn number(&mut self) -> Option<i64> {
        match self.digits()? {
            "-0" => None,
            digits => digits.parse().ok(),
        }
    }

    /// Whether the next value is none; then it is read.
    pub(crate) fn null(&mut self) -> bool {
        self.peek();
        self.word("null").is_some()
    }

    /// Steps over the next value, whatever it is.
    pub(crate) fn skip(&mut self) -> Option<()> {
        self.skip_within(MAX_DEPTH)
    }

    fn skip_within(&mut self, depth: usize) -> Option<()> {
        let deeper = depth.checked_sub(1)?;
        match self.peek()? {
            b'"' => self.text().map(|_| ()),
            b'{' => self.fields(&mut |_, reader| reader.skip_within(deeper)),
            b'[' => self.items(&mut |reader| reader.skip_within(deeper)),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.digits().map(|_| ()),
        }
    }

    /// What stands between two brackets, with commas.
    fn row(
        &mut self,
        open: u8,
        close: u8,
        each: &mut dyn FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.sign(open)?;
        if self.sign(close).is_some() {
            return Some(());
        }
        loop {
            each(self)?;
            if self.sign(b',').is_none() {
                return self.sign(close);
            }
        }
    }

    /// Steps over a sign, if it comes next.
    fn sign(&mut self, sign: u8) -> Option<()> {
        if self.peek()? != sign {
            return None;
        }
        self.rest = self.rest.get(1..)?;
        Some(())
    }

    /// Steps over these letters, if they come next.
    fn word(&mut self, word: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    /// A number as it is written, of any kind.
    fn digits(&mut self) -> Option<&'j str> {
        self.peek()?;
        let bytes = self.rest.as_bytes();
        let count = |from: usize| {
            let rest = bytes.get(from..).unwrap_or_default();
            rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let is = |at: usize, signs: &[u8]| bytes.get(at).is_some_and(|byte| signs.contains(byte));
        let start = usize::from(is(0, b"-"));
        let mut end = start + count(start);
        // No number begins with a zero, but zero itself.
        if end == start || (is(start, b"0") && end > start + 1) {
            return None;
        }
        if is(end, b".") {
            let digits = count(end + 1);
            end += 1 + digits;
            if digits == 0 {
                return None;
            }
        }
        if is(end, b"eE") {
            let signed = end + 1 + usize::from(is(end + 1, b"+-"));
            let digits = count(signed);
            end = signed + digits;
            if digits == 0 {
                return None;
            }
        }
        let (digits, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(digits)
    }

    /// What follows a backslash.
    fn escaped(&mut self) -> Option<char> {
        let sign = self.rest.as_bytes().first().copied()?;
        self.rest = self.rest.get(1..)?;
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.four()?;
                // Characters above U+FFFF are two of these.
                if (0xd800..0xdc00).contains(&first) {
                    self.word("\\u")?;
                    let second = self.four()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    char::from_u32(0x10000 + ((first - 0xd800) << 10) + second)?
                } else {
                    char::from_u32(first)?
                }
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn four(&mut self) -> Option<u32> {
        let (four, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        four.chars().try_fold(0, |number, digit| Some(number << 4 | digit.to_digit(16)?))
    }
}
