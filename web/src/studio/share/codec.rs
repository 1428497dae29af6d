//! Text for links: packed, with a dictionary of the tree language's own words, and written in base64.
//!
//! The dictionary stands before everything that is packed, so that even a small tree is full of repetitions. It is part
//! of version 1 of the format, and never changes.

use base64ct::{Base64UrlUnpadded, Encoding};
use miniz_oxide::DataFormat;
use miniz_oxide::deflate::CompressionLevel;
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use super::ShareError;

/// What is known before anything is read. The likeliest stands last, where pointing at it is shortest.
const DICTIONARY: &[u8] = include_bytes!("dictionary.txt");

const CHECK: usize = 4;

/// The most thorough packing.
const LEVEL: CompressionLevel = CompressionLevel::UberCompression;

pub(super) fn packed(plain: &[u8]) -> String {
    let mut bytes = Vec::new();
    let mut packer = CompressorOxide::with_format_and_level(DataFormat::Raw, LEVEL);
    // The dictionary is packed for its effect: it ends at a whole byte, and what follows may point into it.
    compress_to_output(&mut packer, DICTIONARY, TDEFLFlush::Sync, |_| true);
    compress_to_output(&mut packer, plain, TDEFLFlush::Finish, |part| {
        bytes.extend_from_slice(part);
        true
    });
    bytes.extend(adler2::adler32_slice(plain).to_be_bytes());
    Base64UrlUnpadded::encode_string(&bytes)
}

/// At most `limit` bytes: who wants more is refused before they are made.
pub(super) fn unpacked(text: &str, limit: usize) -> Result<Vec<u8>, ShareError> {
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        return Err(ShareError::Characters);
    }
    // Of the right characters, but not as many as there must be.
    let bytes = Base64UrlUnpadded::decode_vec(text).map_err(|_| ShareError::CutOff)?;
    let (packed, check) = bytes.split_last_chunk::<CHECK>().ok_or(ShareError::CutOff)?;
    let plain = inflated(packed, limit)?;
    if adler2::adler32_slice(&plain).to_be_bytes() == *check {
        Ok(plain)
    } else {
        Err(ShareError::Damaged)
    }
}

fn inflated(packed: &[u8], limit: usize) -> Result<Vec<u8>, ShareError> {
    let most = DICTIONARY.len() + limit;
    let mut out = DICTIONARY.to_vec();
    out.resize((DICTIONARY.len() + 4 * packed.len() + 64).min(most), 0);
    let (mut unread, mut written) = (packed, DICTIONARY.len());
    let mut unpacker = Box::<DecompressorOxide>::default();
    loop {
        let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, wrote) = decompress(&mut unpacker, unread, &mut out, written, flags);
        written += wrote;
        unread = unread.get(read..).unwrap_or_default();
        match status {
            TINFLStatus::Done if unread.is_empty() => break,
            // Something was put behind the end.
            TINFLStatus::Done => return Err(ShareError::Damaged),
            TINFLStatus::HasMoreOutput if out.len() >= most => return Err(ShareError::TooLarge),
            TINFLStatus::HasMoreOutput => out.resize(out.len().saturating_mul(2).min(most), 0),
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => {
                return Err(ShareError::CutOff);
            }
            // Failed, and whatever later versions of the crate may add.
            _ => return Err(ShareError::Damaged),
        }
    }
    out.truncate(written);
    out.drain(..DICTIONARY.len());
    Ok(out)
}
