//! Data-deletion requests.
#![expect(clippy::unwrap_used, reason = "tests")]

use base64ct::{Base64UrlUnpadded, Encoding};
use proptest::prelude::*;
use serde_json::{Value, json};
use treebot_messenger::deletion::{MAX_REQUEST, confirmation, is_code};
use treebot_messenger::signature::sign;

/// A request as Meta makes it.
fn request(payload: &Value, secret: &str) -> String {
    let payload = Base64UrlUnpadded::encode_string(payload.to_string().as_bytes());
    let hex = sign(payload.as_bytes(), secret);
    let digits = hex.strip_prefix("sha256=").unwrap();
    let signature: Vec<u8> = (0..32)
        .map(|at| u8::from_str_radix(digits.get(at * 2..at * 2 + 2).unwrap(), 16).unwrap())
        .collect();
    format!("{}.{payload}", Base64UrlUnpadded::encode_string(&signature))
}

fn right() -> Value {
    json!({"algorithm": "HMAC-SHA256", "expires": 1_291_840_400, "issued_at": 1_291_836_800, "user_id": "218471"})
}

#[test]
fn a_signed_request_is_confirmed_always_with_the_same_code() {
    let signed = request(&right(), "secret");
    let code = confirmation(&signed, &["secret"]).unwrap();
    assert_eq!(code.len(), 24);
    assert!(code.bytes().all(|digit| digit.is_ascii_hexdigit()) && is_code(&code, &["secret"]));
    assert_eq!(confirmation(&signed, &["new", "secret"]), Some(code.clone()));
    assert!(!code.contains("218471"));
    // Some libraries pad.
    let padded = signed.replacen('.', "=.", 1);
    assert!(confirmation(&padded, &["secret"]).is_some());
}

#[test]
fn what_is_not_signed_by_us_is_not() {
    let signed = request(&right(), "secret");
    for wrong in [
        request(&right(), "other"),
        request(&json!({"algorithm": "none", "user_id": "1"}), "secret"),
        request(&json!({"algorithm": "HMAC-SHA256"}), "secret"),
        request(&json!([]), "secret"),
        signed.replace('.', ""),
        signed.replacen('.', "x.", 1),
        format!("{signed}x"),
        format!(".{}", signed.split_once('.').unwrap().1),
        String::new(),
        ".".to_owned(),
        "x".repeat(MAX_REQUEST + 1),
    ] {
        assert_eq!(confirmation(&wrong, &["secret"]), None, "{wrong}");
    }
    assert_eq!(confirmation(&request(&right(), ""), &[""]), None);
    assert_eq!(confirmation(&signed, &[]), None);
}

#[test]
fn only_codes_that_were_given_out_are_known() {
    let code = confirmation(&request(&right(), "secret"), &["secret"]).unwrap();
    assert!(
        is_code(&code, &["new", "secret"]) && !is_code(&code, &["new"]) && !is_code(&code, &[])
    );
    let (number, mark) = code.split_at(12);
    for wrong in [
        "",
        "0123456789abcdef01234567",
        &code.to_uppercase(),
        &format!("{code}0"),
        number,
        &format!("{mark}{number}"),
        &format!("000000000000{mark}"),
        "äääääääääääääääääääääääää",
    ] {
        assert!(!is_code(wrong, &["secret"]), "{wrong}");
    }
    assert!(!is_code(&code, &[""]));
}

proptest! {
    #[test]
    fn any_text_is_looked_at(text in "\\PC{0,60}\\.?\\PC{0,60}") {
        prop_assert_eq!(confirmation(&text, &["secret"]), None);
        prop_assert!(!is_code(&text, &["secret"]));
    }
}
