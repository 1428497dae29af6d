//! ASCII that is put together piece by piece: codes, most of which are short, without memory of their own.

/// So many bytes are kept where the text itself is kept.
const SHORT: usize = 70;

/// A text of ASCII characters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Ascii {
    Short {
        length: u8,
        /// Zeros after the text.
        bytes: [u8; SHORT],
    },
    Long(Vec<u8>),
}

impl Ascii {
    /// A text of these bytes.
    pub(super) fn of(ascii: &[u8]) -> Self {
        let mut text = Self::Short { length: 0, bytes: [0; SHORT] };
        text.put(ascii);
        text
    }

    /// Puts more after it.
    pub(super) fn put(&mut self, piece: &[u8]) {
        match self {
            Self::Short { length, bytes } => {
                let (start, end) = (usize::from(*length), usize::from(*length) + piece.len());
                match bytes.get_mut(start..end) {
                    Some(room) => {
                        room.copy_from_slice(piece);
                        // No more than there is room for.
                        *length = u8::try_from(end).unwrap_or_default();
                    }
                    None => {
                        let mut all = Vec::with_capacity(end * 2);
                        all.extend_from_slice(bytes.get(..start).unwrap_or_default());
                        all.extend_from_slice(piece);
                        *self = Self::Long(all);
                    }
                }
            }
            Self::Long(bytes) => bytes.extend_from_slice(piece),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        let bytes = match self {
            Self::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Self::Long(bytes) => bytes,
        };
        // All of it is ASCII.
        str::from_utf8(bytes).unwrap_or_default()
    }
}
