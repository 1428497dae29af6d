//! Meta's data-deletion callback.
#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::Value;
use treebot_worker::deletion::{callback, status};

use crate::fakes::World;

/// Made with Python: `hmac.new(b"fixture-app-secret", payload, "sha256")`.
pub(crate) const SIGNED: &str = "-9_AezNyhCKnQ4_s8Dqw2flQHIuKUcwtG3NI11OcLkM.eyJhbGdvcml0aG0iOiAiSE1BQy1TSEEyNTYiLCAiaXNzdWVkX2F0IjogMTI5MTgzNjgwMCwgInVzZXJfaWQiOiAiMjE4NDcxIn0";

#[test]
fn a_signed_request_gets_an_address_and_a_code() {
    let world = World::new();
    let form = format!("signed_request={SIGNED}&other=x");
    let (answer, line) = callback(form.as_bytes(), "https://bot.example", &world.config);
    assert_eq!(answer.status, 200);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let code = body.get("confirmation_code").unwrap().as_str().unwrap();
    let url = format!("https://bot.example/webhook/data-deletion?code={code}");
    assert_eq!(body.get("url").unwrap().as_str(), Some(url.as_str()));
    let line = line.to_text();
    assert!(!line.contains(code) && !line.contains("218471"));

    let page = status(&format!("code={code}"), &world.config);
    assert_eq!(page.status, 200);
    assert!(page.body.starts_with(&format!("Your request {code} has been received.")));
    assert!(page.body.contains("delete my data") && page.body.contains("90 days"));
}

#[test]
fn anything_else_is_refused() {
    let world = World::new();
    for form in
        ["", "signed_request=", "signed_request=a.b", "x=y", &format!("signed_request={SIGNED}A")]
    {
        assert_eq!(
            callback(form.as_bytes(), "https://bot.example", &world.config).0.status,
            403,
            "{form}"
        );
    }
}

#[test]
fn the_page_confirms_no_code_that_was_not_given_out() {
    let world = World::new();
    for query in ["", "other=0123456789abcdef01234567"] {
        let page = status(query, &world.config);
        assert!(page.body.starts_with("What you told this bot"), "{query}");
    }
    for code in ["", "<script>", "abc", "0123456789abcdef01234567"] {
        let page = status(&format!("code={code}"), &world.config);
        assert_eq!(page.status, 200);
        assert!(page.body.starts_with("This code is not one that the bot knows"), "{code}");
        assert!(code.is_empty() || !page.body.contains(code), "{code}");
        assert!(page.body.contains("delete my data") && !page.body.contains("received"));
    }
}

#[test]
fn a_code_is_known_while_the_app_secret_is_being_changed() {
    let form = format!("signed_request={SIGNED}");
    let (answer, _) = callback(form.as_bytes(), "https://bot.example", &World::new().config);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let query = format!("code={}", body.get("confirmation_code").unwrap().as_str().unwrap());
    let settings = [("APP_SECRET_PREVIOUS", "fixture-app-secret"), ("APP_SECRET", "another")];
    let mut config = World::with_settings(0, 1, &settings).config;
    config.app_secret = "another".to_owned();
    assert!(status(&query, &config).body.starts_with("Your request"));
    config.app_secret_previous = None;
    assert!(status(&query, &config).body.starts_with("This code is not"));
}
