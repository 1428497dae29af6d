//! Lists of words in one text, so that they take a byte for each word besides its letters: a slice of a text is a
//! pointer and a length, which are eight bytes in wasm, and hardly get smaller when they are compressed.

/// Words, or phrases, one after the other: each is a character that says how many bytes it has, and these bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List(&'static str);

/// A [`List`] of these words, put together by the compiler.
macro_rules! list {
    ($($word:expr),* $(,)?) => {{
        const WORDS: &[&str] = &[$($word),*];
        const BYTES: [u8; $crate::lang::list::length_of(WORDS)] = $crate::lang::list::joined(WORDS);
        const TEXT: &str = $crate::lang::list::text_of(&BYTES);
        $crate::lang::list::List::of(TEXT)
    }};
}

pub(crate) use list;

impl List {
    /// What [`list`] has put together.
    pub(crate) const fn of(text: &'static str) -> Self {
        Self(text)
    }

    /// The words, in their order.
    pub(crate) fn iter(self) -> Words {
        Words(self.0)
    }

    /// Whether this is one of the words.
    pub(crate) fn contains(self, word: &str) -> bool {
        self.position(word).is_some()
    }

    /// The number of this word, from 0.
    pub(crate) fn position(self, word: &str) -> Option<usize> {
        // As bytes: that is asked with each message, of hundreds of words.
        let (mut rest, mut number) = (self.0.as_bytes(), 0);
        loop {
            let (length, after) = rest.split_first()?;
            let (of, next) = after.split_at_checked(usize::from(*length))?;
            if of == word.as_bytes() {
                return Some(number);
            }
            rest = next;
            number += 1;
        }
    }
}

/// The words of a [`List`] that are left.
#[derive(Clone, Debug)]
pub(crate) struct Words(&'static str);

impl Iterator for Words {
    type Item = &'static str;

    fn next(&mut self) -> Option<Self::Item> {
        let length = usize::from(*self.0.as_bytes().first()?);
        let (word, rest) = self.0.get(1..)?.split_at_checked(length)?;
        self.0 = rest;
        Some(word)
    }
}

/// How many bytes these words take as a [`List`].
pub(crate) const fn length_of(words: &[&str]) -> usize {
    let (mut bytes, mut rest) = (0, words);
    while let [word, others @ ..] = rest {
        // A length is an ASCII character.
        assert!(word.len() < 128);
        bytes += 1 + word.len();
        rest = others;
    }
    bytes
}

/// These words as a [`List`].
#[expect(clippy::indexing_slicing, reason = "runs in the compiler, and nowhere else")]
#[expect(clippy::cast_possible_truncation, reason = "less than 128: see `length_of`")]
pub(crate) const fn joined<const LENGTH: usize>(words: &[&str]) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    let (mut at, mut rest) = (0, words);
    while let [word, others @ ..] = rest {
        bytes[at] = word.len() as u8;
        at += 1;
        let mut letters = word.as_bytes();
        while let [letter, after @ ..] = letters {
            bytes[at] = *letter;
            at += 1;
            letters = after;
        }
        rest = others;
    }
    bytes
}

/// The bytes of a [`List`] as its text.
#[expect(clippy::panic, reason = "runs in the compiler, and nowhere else")]
pub(crate) const fn text_of(bytes: &'static [u8]) -> &'static str {
    match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("words between ASCII characters are a text"),
    }
}

#[cfg(test)]
mod tests {
    use super::List;

    const SOME: List = list!["yes", "", "of course", "не", "👍"];

    #[test]
    fn words_come_as_they_were_put_in() {
        assert_eq!(SOME.iter().collect::<Vec<_>>(), ["yes", "", "of course", "не", "👍"]);
        assert_eq!(list![].iter().next(), None);
    }

    #[test]
    fn words_are_found_whole() {
        assert!(SOME.contains("of course") && SOME.contains("👍") && SOME.contains(""));
        assert!(!SOME.contains("of") && !SOME.contains("course") && !SOME.contains("ye"));
        assert_eq!((SOME.position("не"), SOME.position("no")), (Some(3), None));
    }
}
