//! Share links: a tree, and a conversation where its author wants it, as text that fits after the `#` of an address.
//! Servers never see it.
//!
//! A link is good for ever: what version 1 made must open in every later Treebot, so its form is frozen.
//!
//! ```text
//! text  = "1" base64url( deflate( plain ) check )      no padding; see `codec` for the dictionary
//! check = Adler-32 of plain, 4 bytes, the highest first
//! plain = 0 source                                     UTF-8
//!       | 1 length source history                      length of the source: 4 bytes, the lowest first
//!       | 2 length length source sound history         lengths of the source and of what loaded last
//! ```
//!
//! The last is of a source that does not load: its conversation goes on over the newest that did, which comes along. A
//! Treebot that does not know it says that the link is newer.
//!
//! A link comes from anybody. Its length is bounded before anything is done with it, and what it unpacks to while that
//! is done.

mod codec;
mod snippet;

use serde::Serialize;
use treebot::History;
use tsify::Tsify;

pub use snippet::Snippets;
pub(crate) use snippet::snippets;

/// The longest link that is opened: more is not even looked at.
pub(crate) const MAX_TEXT: usize = 64 << 10;
/// The longest link that is made. What many programs do to longer ones is to cut them.
pub(crate) const MAX_MADE: usize = 32 << 10;
/// The most that a link may unpack to: as much as a source may have (`treebot::Limits`).
pub(crate) const MAX_PLAIN: usize = 1 << 20;

const VERSION: char = '1';
const SOURCE: u8 = 0;
const SOURCE_AND_HISTORY: u8 = 1;
const SOURCE_SOUND_AND_HISTORY: u8 = 2;

/// What a link holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    /// The source of a tree, as its author had it: it may have errors.
    pub source: String,
    /// A conversation, in its stored form.
    pub history: Option<String>,
    /// The newest source that loaded, where this one does not: what the conversation goes on over.
    pub sound: Option<String>,
}

/// What came of opening a link: a source, or a problem.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Tsify)]
pub struct Opened {
    /// The source; empty where there is a problem.
    pub source: String,
    /// The conversation that came along, in its stored form: to be handed back as it is.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<String>,
    /// What it goes on over, where the source does not load.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<String>,
    /// Why the link, or the conversation in it, cannot be opened.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// Why there is no link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong {
    /// How long it would be.
    pub length: usize,
}

/// Why a link cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShareError {
    /// It is longer than [`MAX_TEXT`].
    TooLong,
    /// It has characters that no link has.
    Characters,
    /// Its end is missing.
    CutOff,
    /// It says something else than it was made to say, or never said anything.
    Damaged,
    /// It unpacks to more than [`MAX_PLAIN`].
    TooLarge,
    /// A later Treebot made it.
    Newer,
}

/// The text of a link: a source, and a conversation with what it goes on over, where the source does not load.
///
/// # Errors
/// It would be longer than [`MAX_MADE`].
pub(crate) fn pack(
    source: &str,
    conversation: Option<(&History, Option<&str>)>,
) -> Result<String, TooLong> {
    let stored = conversation.map(|(history, _)| history.to_json());
    pack_parts(source, stored.as_deref(), conversation.and_then(|(_, sound)| sound))
}

/// The same of a conversation in its stored form.
pub(crate) fn pack_parts(
    source: &str,
    history: Option<&str>,
    sound: Option<&str>,
) -> Result<String, TooLong> {
    // A source that long makes no link anyway.
    let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes();
    let sound = sound.filter(|_| history.is_some());
    let mut plain = Vec::with_capacity(source.len() + 1);
    match (history, sound) {
        (None, _) => plain.push(SOURCE),
        (Some(_), None) => {
            plain.push(SOURCE_AND_HISTORY);
            plain.extend(length(source));
        }
        (Some(_), Some(sound)) => {
            plain.push(SOURCE_SOUND_AND_HISTORY);
            plain.extend(length(source));
            plain.extend(length(sound));
        }
    }
    plain.extend(source.as_bytes());
    plain.extend(sound.unwrap_or_default().as_bytes());
    plain.extend(history.unwrap_or_default().as_bytes());
    let text = format!("{VERSION}{}", codec::packed(&plain));
    if text.len() > MAX_MADE || plain.len() > MAX_PLAIN {
        return Err(TooLong { length: text.len() });
    }
    Ok(text)
}

/// What a link holds. Any text may be handed in.
///
/// # Errors
/// It is no link, or a damaged one, or one that this version cannot open.
pub(crate) fn unpack(text: &str) -> Result<Shared, ShareError> {
    if text.len() > MAX_TEXT {
        return Err(ShareError::TooLong);
    }
    let mut characters = text.chars();
    match characters.next() {
        Some(VERSION) => {}
        Some('2'..='9') => return Err(ShareError::Newer),
        Some(_) => return Err(ShareError::Characters),
        None => return Err(ShareError::CutOff),
    }
    let plain = codec::unpacked(characters.as_str(), MAX_PLAIN)?;
    let (kind, rest) = plain.split_first().ok_or(ShareError::Damaged)?;
    let (source, sound, history) = match *kind {
        SOURCE => (rest, None, None),
        SOURCE_AND_HISTORY => {
            let (length, rest) = length_of(rest)?;
            let (source, history) = rest.split_at_checked(length).ok_or(ShareError::Damaged)?;
            (source, None, Some(history))
        }
        SOURCE_SOUND_AND_HISTORY => {
            let (length, rest) = length_of(rest)?;
            let (sound, rest) = length_of(rest)?;
            let (source, rest) = rest.split_at_checked(length).ok_or(ShareError::Damaged)?;
            let (sound, history) = rest.split_at_checked(sound).ok_or(ShareError::Damaged)?;
            (source, Some(sound), Some(history))
        }
        _ => return Err(ShareError::Newer),
    };
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| ShareError::Damaged);
    Ok(Shared {
        source: text(source)?,
        history: history.map(text).transpose()?,
        sound: sound.map(text).transpose()?,
    })
}

/// A length, and what follows it.
fn length_of(bytes: &[u8]) -> Result<(usize, &[u8]), ShareError> {
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(ShareError::Damaged)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| ShareError::Damaged)?;
    Ok((length, rest))
}

impl Opened {
    /// Opens a link. A conversation that cannot be read keeps nobody from the tree.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match unpack(text) {
            Err(error) => Self { problem: Some(error.message().to_owned()), ..Self::default() },
            Ok(Shared { source, history, sound }) => {
                let unread = history.as_ref().and_then(|stored| History::from_json(stored).err());
                let problem = unread.map(|error| {
                    format!(
                        "The conversation in this link cannot be opened: {error}. Here is the tree."
                    )
                });
                let history = history.filter(|_| problem.is_none());
                Self { source, sound: sound.filter(|_| history.is_some()), history, problem }
            }
        }
    }
}

impl ShareError {
    /// What somebody is told who has opened such a link.
    #[must_use]
    pub(crate) const fn message(self) -> &'static str {
        match self {
            Self::TooLong => {
                "This link is longer than any that is made here, so it was not opened. Ask for the tree as a file."
            }
            Self::Characters => {
                "This link is damaged: it has characters that do not belong there. Ask for it again, or for the tree as a file."
            }
            Self::CutOff => {
                "The end of this link is missing: some programs cut long links. Ask for it again, or for the tree as a file."
            }
            Self::Damaged => {
                "This link is damaged: what it holds is not what was put in. Ask for it again, or for the tree as a file."
            }
            Self::TooLarge => {
                "What this link holds would be larger than a tree may be, so it was not opened. Ask for the tree as a file."
            }
            Self::Newer => {
                "This link was made by a newer version of the Studio. Reload the page; if that does not help, open it where it was made."
            }
        }
    }
}

impl TooLong {
    /// What an author is told who asks for a link of too much.
    #[must_use]
    pub(crate) fn message(self) -> String {
        format!(
            "A link of this would have {} characters, and programs cut links of more than {MAX_MADE}. Send the file instead.",
            self.length
        )
    }
}

#[cfg(test)]
mod tests;
