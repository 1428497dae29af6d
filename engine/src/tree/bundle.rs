//! A tree on its way to a host: compiled, and with the source that it was compiled from, for whoever edits it next.
//!
//! ```text
//! "treebot bundle 1\n"
//! the whole SHA-256 of all that follows, in base32, and "\n"
//! how many bytes the compiled tree has, in decimal, and "\n"
//! the compiled tree
//! the source, to the end; nothing where it is not known
//! ```
//!
//! This form is for ever, so that a source can always be had back. The compiled tree in it is not: see
//! [`compiled`](super::compiled).

use std::fmt;

use crate::digest::whole_digest;
use crate::{CompiledError, Tree};

/// A compiled tree and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bundle<'b> {
    compiled: &'b [u8],
    source: &'b str,
}

/// Why bytes are no bundle, or not one of a tree that can be talked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BundleError {
    /// They are not a bundle at all, or a damaged one.
    Damaged,
    /// The bundle was written by a newer version.
    NewerVersion,
    /// The tree in it was compiled by an engine of another version: compile its source anew.
    OtherEngine,
    /// The source is not the one that the tree was compiled from.
    OtherSource,
}

/// How a bundle begins, before its version.
const MAGIC: &[u8] = b"treebot bundle ";

/// Changes with the form of what is around the tree.
const VERSION: &[u8] = b"1";

impl<'b> Bundle<'b> {
    /// A tree in its compiled form with its source; an empty one where it is not known.
    #[must_use]
    pub const fn new(compiled: &'b [u8], source: &'b str) -> Self {
        Self { compiled, source }
    }

    /// Reads a bundle. The bytes may come from anywhere; the tree in them is looked at by [`tree`](Self::tree) only.
    ///
    /// # Errors
    /// They are no bundle of this version, or not as they were written.
    pub fn from_bytes(bytes: &'b [u8]) -> Result<Self, BundleError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(BundleError::Damaged)?;
        let (version, rest) = line(rest).ok_or(BundleError::Damaged)?;
        if version != VERSION {
            let is_number = !version.is_empty() && version.iter().all(u8::is_ascii_digit);
            return Err(if is_number { BundleError::NewerVersion } else { BundleError::Damaged });
        }
        let (digest, rest) = line(rest).ok_or(BundleError::Damaged)?;
        if digest != whole_digest(rest).as_bytes() {
            return Err(BundleError::Damaged);
        }
        split(rest).ok_or(BundleError::Damaged)
    }

    /// The bundle as bytes, for [`from_bytes`](Self::from_bytes).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = format!("{}\n", self.compiled.len()).into_bytes();
        body.extend(self.compiled);
        body.extend(self.source.as_bytes());
        let mut bytes = Vec::with_capacity(body.len() + 80);
        bytes.extend(MAGIC);
        bytes.extend(VERSION);
        bytes.push(b'\n');
        bytes.extend(whole_digest(&body).as_bytes());
        bytes.push(b'\n');
        bytes.extend(body);
        bytes
    }

    /// The tree.
    ///
    /// # Errors
    /// It is damaged, of another version of the engine, or not compiled from this source.
    pub fn tree(&self) -> Result<Tree, BundleError> {
        let tree = Tree::from_compiled(self.compiled).map_err(|error| match error {
            CompiledError::Damaged => BundleError::Damaged,
            CompiledError::OtherVersion => BundleError::OtherEngine,
        })?;
        match self.source() {
            Some(source) if whole_digest(source.as_bytes()) != tree.source_digest() => {
                Err(BundleError::OtherSource)
            }
            Some(_) | None => Ok(tree),
        }
    }

    /// The source; none where whoever made the bundle did not know it.
    #[must_use]
    pub fn source(&self) -> Option<&'b str> {
        Some(self.source).filter(|source| !source.is_empty())
    }
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => "not a bundle of a tree, or a damaged one",
            Self::NewerVersion => "a bundle of a newer version",
            Self::OtherEngine => "compiled by another version of the engine",
            Self::OtherSource => "not compiled from the source that comes with it",
        })
    }
}

impl std::error::Error for BundleError {}

/// What stands before the first line break, and what after it.
fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

fn split(body: &[u8]) -> Option<Bundle<'_>> {
    let (length, rest) = line(body)?;
    let length = std::str::from_utf8(length).ok()?.parse().ok()?;
    let (compiled, source) = rest.split_at_checked(length)?;
    Some(Bundle { compiled, source: std::str::from_utf8(source).ok()? })
}
