//! What Graph answers mean.
#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};
use treebot::Millis;
use treebot_messenger::errors::{Class, Failure, Sent, WaitHeaders, read_answer};

use crate::fixtures::{json as fixture, list, text};

fn read(status: u16, body: &Value) -> Result<Sent, Failure> {
    read_answer(status, WaitHeaders::default(), body.to_string().as_bytes())
}

fn class(code: i64, subcode: Option<i64>) -> &'static str {
    let body = json!({"error": {"message": "m", "code": code, "error_subcode": subcode}});
    read(400, &body).unwrap_err().class.as_str()
}

#[test]
fn every_known_answer_is_of_its_class() {
    let manifest = fixture("manifest.json");
    let cases = list(manifest.get("graph").unwrap());
    assert_eq!(cases.len(), 15);
    for case in cases {
        let answer = fixture(text(case.get("file").unwrap()));
        let status = u16::try_from(answer.get("status").unwrap().as_u64().unwrap()).unwrap();
        let body = match answer.get("body").unwrap() {
            Value::String(text) => text.clone(),
            body => body.to_string(),
        };
        let (class, retry) = match read_answer(status, WaitHeaders::default(), body.as_bytes()) {
            Ok(_) => ("ok", false),
            Err(failure) => (failure.class.as_str(), failure.class.passes()),
        };
        assert_eq!(class, text(case.get("class").unwrap()), "{case}");
        assert_eq!(retry, case.get("retry").unwrap().as_bool().unwrap(), "{case}");
    }
}

#[test]
fn a_message_that_was_taken_has_an_id_and_an_action_has_none() {
    assert_eq!(
        read(200, &json!({"recipient_id": "1", "message_id": "m_1"}))
            .unwrap()
            .message_id
            .as_deref(),
        Some("m_1")
    );
    assert_eq!(read(200, &json!({"recipient_id": "1"})).unwrap().message_id, None);
}

#[test]
fn codes_decide_and_subcodes_before_them() {
    for (code, subcode, expected) in [
        (1, None, "transient"),
        (1, Some(99), "permission"),
        (2, None, "transient"),
        (1200, None, "transient"),
        (4, None, "rate_limited"),
        (17, None, "rate_limited"),
        (32, None, "rate_limited"),
        (341, None, "rate_limited"),
        (613, None, "rate_limited"),
        (613, Some(2_534_040), "rate_limited"),
        (80_006, None, "rate_limited"),
        (613, Some(2_018_338), "circuit_break"),
        (10, Some(1_893_063), "circuit_break"),
        (368, None, "circuit_break"),
        (2022, None, "circuit_break"),
        (190, None, "auth"),
        (190, Some(463), "auth"),
        (102, None, "auth"),
        (3, None, "permission"),
        (10, None, "permission"),
        (200, None, "permission"),
        (200, Some(2_018_028), "permission"),
        (230, None, "permission"),
        (299, None, "permission"),
        (10, Some(2_018_278), "window_closed"),
        (10, Some(2_534_022), "window_closed"),
        (10, Some(2_018_065), "window_closed"),
        (551, None, "undeliverable"),
        (200, Some(1_545_041), "undeliverable"),
        (10, Some(2_018_108), "undeliverable"),
        (100, Some(2_018_001), "undeliverable"),
        (100, Some(33), "undeliverable"),
        (2_018_300, None, "not_thread_owner"),
        (10, Some(2_018_321), "not_thread_owner"),
        (100, Some(2_534_037), "not_thread_owner"),
        (100, None, "bad_request"),
        (100, Some(2_018_109), "bad_request"),
        (987_654, None, "bad_request"),
    ] {
        assert_eq!(class(code, subcode), expected, "{code}/{subcode:?}");
    }
}

#[test]
fn codes_may_be_text() {
    let failure =
        read(400, &json!({"error": {"code": "10", "error_subcode": "2018278"}})).unwrap_err();
    assert_eq!(
        (failure.class, failure.code, failure.subcode),
        (Class::WindowClosed, Some(10), Some(2_018_278))
    );
}

#[test]
fn an_error_is_one_whatever_the_status() {
    let failure = read(200, &json!({"error": {"code": 190, "fbtrace_id": "Trace"}})).unwrap_err();
    assert_eq!((failure.class, failure.trace.as_deref()), (Class::Auth, Some("Trace")));
}

#[test]
fn a_wrong_proof_is_a_matter_of_configuration() {
    let message = "Invalid appsecret_proof provided in the API argument";
    assert_eq!(
        read(400, &json!({"error": {"code": 100, "message": message}})).unwrap_err().class,
        Class::Auth
    );
}

#[test]
fn what_is_no_json_goes_by_its_status() {
    for (status, expected) in [
        (500, Class::Transient),
        (502, Class::Transient),
        (429, Class::RateLimited),
        (401, Class::Auth),
        (403, Class::Permission),
        (404, Class::BadRequest),
        (302, Class::BadRequest),
    ] {
        for body in ["<html>", "", "[]", "null", "{\"error\": \"text\"}"] {
            let failure = read_answer(status, WaitHeaders::default(), body.as_bytes()).unwrap_err();
            assert_eq!(failure.class, expected, "{status} {body:?}");
        }
    }
    assert!(read_answer(200, WaitHeaders::default(), b"<html>").is_ok());
}

#[test]
fn the_answer_says_how_long_to_wait() {
    let wait = |usage, retry_after| {
        let body = json!({"error": {"code": 4}}).to_string();
        read_answer(400, WaitHeaders { usage, retry_after }, body.as_bytes()).unwrap_err().wait
    };
    let usage = r#"{"104512345678901": [{"type": "messenger", "call_count": 100, "estimated_time_to_regain_access": 3}]}"#;
    assert_eq!(wait(Some(usage), None), Some(Millis(180_000)));
    assert_eq!(wait(Some(usage), Some("5")), Some(Millis(180_000)));
    assert_eq!(wait(None, Some("5")), Some(Millis(5000)));
    assert_eq!(wait(Some("{"), None), None);
    assert_eq!(wait(Some("{}"), Some("soon")), None);
    assert_eq!(wait(None, Some("9999999999999999")), Some(Millis(86_400_000)));
}

#[test]
fn only_what_passes_is_worth_another_try() {
    let passing: Vec<_> =
        Class::ALL.into_iter().filter(|class| class.passes()).map(Class::as_str).collect();
    assert_eq!(passing, ["transient", "rate_limited"]);
}

#[test]
fn classes_have_names_and_those_of_the_operator_a_way_out() {
    for class in Class::ALL {
        assert_eq!(Class::parse(class.as_str()), Some(class));
        assert!(class.advice().is_some() || !class.needs_operator(), "{class:?}");
    }
    assert_eq!(Class::parse("unheard-of"), None);
}
