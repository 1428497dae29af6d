//! Meta's data-deletion callback: somebody removed the app in their Facebook settings, and asks for their data to be
//! deleted.
//!
//! The id in such a request is one of Facebook Login. It is another one than the person has on a page, and nothing
//! that a bot may ask for leads from one to the other. So the request can be checked and confirmed, but what a person
//! told the page is deleted by their telling it so ("delete my data"), or by its age.

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::Value;

use crate::signature::{digest, keyed_fits, same_token, sign};

/// The longest request that is looked at.
pub const MAX_REQUEST: usize = 4096;

/// How many digits of a code tell it from others, and how many that it is one.
const HALF: usize = 12;

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
    let fits = |secret: &&&str| keyed_fits(payload.as_bytes(), &signature, &[**secret]);
    let secret = secrets.iter().find(fits)?;
    let request = Base64UrlUnpadded::decode_vec(payload.trim_end_matches('=')).ok()?;
    let request: Value = serde_json::from_slice(&request).ok()?;
    let algorithm = request.get("algorithm").and_then(Value::as_str).unwrap_or_default();
    let has_id = request.get("user_id").is_some_and(|id| id.is_string() || id.is_number());
    if !algorithm.eq_ignore_ascii_case("HMAC-SHA256") || !has_id {
        return None;
    }
    let number: String = digest(signed_request.as_bytes()).chars().take(HALF).collect();
    Some(format!("{number}{}", mark(&number, secret)))
}

/// Whether a text is a code that was given out for a request, under one of the secrets. Nothing is kept of them: each
/// bears a mark that only who has the secret can make.
#[must_use]
pub fn is_code(text: &str, secrets: &[&str]) -> bool {
    let Some((number, its)) = text.split_at_checked(HALF) else { return false };
    secrets.iter().any(|secret| !secret.is_empty() && same_token(its, &mark(number, secret)))
}

fn mark(number: &str, secret: &str) -> String {
    let signed = sign(format!("data-deletion:{number}").as_bytes(), secret);
    signed.trim_start_matches("sha256=").chars().take(HALF).collect()
}
