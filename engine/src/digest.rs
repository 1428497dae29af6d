//! Five characters that stand for a key, a name or a question's words.

/// 25 bits of the SHA-256 of a text in its normal form, version 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub(crate) u32);
