//! Reading a tree's file.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The most bytes that are read of one file. The engine refuses much less than this, and says so
/// better; this only stops a file without an end from filling the memory.
const MAX_BYTES: u64 = 16 << 20;

/// Why a file could not be read.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// The system says no.
    Io(io::Error),
    /// It has no end, or nearly so.
    TooLarge,
    /// It is not text: the byte at this offset is not UTF-8.
    NotUtf8(usize),
}

/// Reads a file as text.
pub(crate) fn read(path: &Path) -> Result<String, ReadError> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(ReadError::Io)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(ReadError::Io)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    String::from_utf8(bytes).map_err(|error| ReadError::NotUtf8(error.utf8_error().valid_up_to()))
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::TooLarge => write!(f, "it has more than {} MiB", MAX_BYTES >> 20),
            Self::NotUtf8(offset) => {
                write!(f, "it is not UTF-8 text: see the byte at offset {offset}")
            }
        }
    }
}
