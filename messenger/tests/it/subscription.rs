//! What a page tells us of.

use serde_json::json;
use treebot_messenger::subscription::{FIELDS, missing};

#[test]
fn what_a_page_does_not_tell_us_of_is_named() {
    let all = json!({"data": [{"id": "812", "name": "ours", "subscribed_fields": FIELDS}]});
    assert_eq!(missing(&all, Some("812")), Some(vec![]));
    assert_eq!(missing(&all, None), Some(vec![]));
    assert_eq!(missing(&all, Some("813")), Some(FIELDS.to_vec()));
    let some = json!({"data": [
        {"id": 7, "subscribed_fields": FIELDS},
        {"id": 812, "subscribed_fields": ["messages", "standby", "feed", 7]},
        {"id": null},
        3,
    ]});
    assert_eq!(
        missing(&some, Some("812")).unwrap_or_default(),
        ["messaging_postbacks", "messaging_referrals", "message_echoes", "messaging_handovers"]
    );
    assert_eq!(missing(&json!({"data": []}), None), Some(FIELDS.to_vec()));
}

#[test]
fn an_error_is_no_answer() {
    for answer in [json!({"error": {"code": 190}}), json!({"data": {}}), json!([]), json!(null)] {
        assert_eq!(missing(&answer, None), None);
    }
}
