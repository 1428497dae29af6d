//! Meta's data-deletion callback: somebody removed the app in their Facebook settings, and asks for their data to be
//! deleted.
//!
//! The id in such a request is one of Facebook Login. It is another one than the person has on a page, and nothing
//! that a bot may ask for leads from one to the other. So the request can be checked and confirmed, but what a person
//! told the page is deleted by their telling it so ("delete my data"), or by its age.

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::Value;

use crate::signature::{digest, keyed_fits};

/// The longest request that is looked at.
pub const MAX_REQUEST: usize = 4096;

/// The code by which somebody can ask what became of their request, if `signed_request` was signed with one of the
/// secrets: `base64url(signature).base64url(json)`, HMAC-SHA256 over the second part as it stands.
///
/// The same request always has the same code, and the code says nothing about the person.
#[must_use]
pub fn confirmation(signed_request: &str, secrets: &[&str]) -> Option<String> {
    if signed_request.len() > MAX_REQUEST {
        return None;
    }
    let (signature, payload) = signed_request.split_once('.')?;
    let signature = Base64UrlUnpadded::decode_vec(signature.trim_end_matches('=')).ok()?;
    if !keyed_fits(payload.as_bytes(), &signature, secrets) {
        return None;
    }
    let request = Base64UrlUnpadded::decode_vec(payload.trim_end_matches('=')).ok()?;
    let request: Value = serde_json::from_slice(&request).ok()?;
    let algorithm = request.get("algorithm").and_then(Value::as_str).unwrap_or_default();
    let has_id = request.get("user_id").is_some_and(|id| id.is_string() || id.is_number());
    (algorithm.eq_ignore_ascii_case("HMAC-SHA256") && has_id)
        .then(|| digest(signed_request.as_bytes()))
}

/// Whether a text could be such a code.
#[must_use]
pub fn is_code(text: &str) -> bool {
    text.len() == 24
        && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
