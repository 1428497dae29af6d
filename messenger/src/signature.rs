//! Who sent it: the signature of a webhook body, the token of a verification, and the proof that
//! goes with our own calls.
//!
//! Comparisons take the same time wherever two values differ. An empty secret matches nothing.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use treebot::json::hex_digit;

/// Whether `header`, the value of `X-Hub-Signature-256`, is the signature of `body` under one of
/// `secrets` (the current app secret, and while it is being changed the previous one).
///
/// The body is taken as it came over the wire: Meta escapes letters such as `ä` before it signs,
/// so a body that was parsed and written again no longer fits. Only the form that Meta sends is
/// accepted: `sha256=` and 64 lower-case hexadecimal digits. The older `X-Hub-Signature` (SHA-1) is
/// not.
#[must_use]
pub fn verify(body: &[u8], header: Option<&str>, secrets: &[&str]) -> bool {
    let Some(signature) = header.and_then(parse_header) else {
        return false;
    };
    keyed_fits(body, &signature, secrets)
}

/// Whether this is the HMAC-SHA256 of a message under one of the secrets.
pub(crate) fn keyed_fits(message: &[u8], signature: &[u8], secrets: &[&str]) -> bool {
    let mut fits = false;
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        // No early return: how long this takes does not tell which secret fitted.
        fits |= keyed(secret.as_bytes(), message)
            .is_some_and(|mac| mac.verify_slice(signature).is_ok());
    }
    fits
}

/// Whether `header` looks like a signature at all, so that a body without one need not be read.
#[must_use]
pub fn well_formed(header: Option<&str>) -> bool {
    header.and_then(parse_header).is_some()
}

/// The value of `X-Hub-Signature-256` for a body: for tests and for simulated deliveries.
#[must_use]
pub fn sign(body: &[u8], secret: &str) -> String {
    format!("sha256={}", keyed_hex(secret, body))
}

/// Whether a token that somebody showed is the configured one.
#[must_use]
pub fn same_token(shown: &str, configured: &str) -> bool {
    if configured.is_empty() {
        return false;
    }
    // Both are hashed first, so that neither their bytes nor their lengths can be timed.
    let Some(expected) = keyed(configured.as_bytes(), configured.as_bytes()) else {
        return false;
    };
    keyed(configured.as_bytes(), shown.as_bytes())
        .is_some_and(|mac| mac.verify_slice(&expected.finalize().into_bytes()).is_ok())
}

/// The `appsecret_proof` that goes with a call made with `token`.
#[must_use]
pub fn appsecret_proof(app_secret: &str, token: &str) -> String {
    keyed_hex(app_secret, token.as_bytes())
}

/// What a person is called in storage and in logs: a keyed hash, 32 hexadecimal digits.
///
/// The same person has another id on every page, and so another name.
#[must_use]
pub fn pseudonym(secret: &str, page: &str, person: &str) -> String {
    let mut name = keyed_hex(secret, format!("{page}|{person}").as_bytes());
    name.truncate(32);
    name
}

/// A short digest of a text, 24 hexadecimal digits.
#[must_use]
pub fn digest(text: &[u8]) -> String {
    let mut digest = hex(&Sha256::digest(text));
    digest.truncate(24);
    digest
}

/// Tells a page from others without naming it.
#[must_use]
pub fn page_mark(page: &str) -> String {
    let mut mark = digest(format!("page {page}").as_bytes());
    mark.truncate(12);
    mark
}

fn parse_header(header: &str) -> Option<[u8; 32]> {
    let digits = header.strip_prefix("sha256=")?.as_bytes();
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; 32];
    if pairs.len() != bytes.len() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = nibble(*high)? << 4 | nibble(*low)?;
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// None never happens: HMAC takes a key of any length.
fn keyed(key: &[u8], message: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(message);
    Some(mac)
}

fn keyed_hex(key: &str, message: &[u8]) -> String {
    keyed(key.as_bytes(), message).map_or_else(String::new, |mac| hex(&mac.finalize().into_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [hex_digit(byte >> 4), hex_digit(byte & 15)]).collect()
}
