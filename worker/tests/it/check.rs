//! The self-check.

use serde_json::json;
use treebot_messenger::subscription::FIELDS;
use treebot_worker::check::{Found, read};

#[test]
fn a_page_that_tells_us_everything_is_well() {
    let body = json!({"data": [{"id": "812", "subscribed_fields": FIELDS}]}).to_string();
    let found = read(200, body.as_bytes(), Some("812"));
    assert_eq!((found.problem(), found), (None, Found::Well));
}

#[test]
fn what_it_does_not_tell_is_an_alert() {
    let found = read(
        200,
        br#"{"data": [{"id": "812", "subscribed_fields": ["messages", "standby"]}]}"#,
        Some("812"),
    );
    assert_eq!(
        found.problem().as_deref(),
        Some(
            "not subscribed to messaging_postbacks, messaging_referrals, message_echoes, messaging_handovers"
        )
    );
    assert!(found.line().to_text().contains(r#""alert":"subscribe the page again"#));
    assert!(read(200, br#"{"data": []}"#, None).problem().is_some());
}

#[test]
fn a_refused_token_is_an_alert_and_a_bad_moment_is_none() {
    let refused = read(401, br#"{"error": {"code": 190, "message": "x"}}"#, None);
    assert_eq!(refused.problem().as_deref(), Some("subscriptions: auth"));
    for (status, body) in [(500, "{}"), (200, "no JSON"), (429, ""), (200, r#"{"data": 7}"#)] {
        assert_eq!(read(status, body.as_bytes(), None).problem(), None, "{body}");
    }
}
