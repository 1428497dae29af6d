//! What is no input: what pages and other apps say and do, and what the webhook is told besides.

use expect_test::expect;
use serde_json::{Value, json};
use treebot_messenger::incoming::{Control, What};

use super::{PAGE, check, deliver, item, part};

#[test]
fn nobody_is_answered_for_what_is_no_input() {
    for (name, value, expected) in [
        (
            "message",
            json!({"mid": "m", "is_echo": true, "text": "x", "app_id": 812}),
            // By the person: nobody echoes what people say.
            expect!["Ignored(Unknown)"],
        ),
        (
            "message",
            json!({"mid": "m", "is_deleted": true}),
            expect![[r#"Unsent { id: "62c66a7a5dd70c3146618063" }"#]],
        ),
        ("message", json!("text"), expect!["Ignored(Unknown)"]),
        ("message", json!(null), expect!["Ignored(Unknown)"]),
        ("delivery", json!({}), expect!["Ignored(Delivery)"]),
        ("read", json!({}), expect!["Ignored(Read)"]),
        ("reaction", json!({"action": "react"}), expect!["Ignored(Reaction)"]),
        ("message_edit", json!({"text": "x", "num_edit": "1"}), expect!["Ignored(Edit)"]),
        ("optin", json!({}), expect!["Ignored(Optin)"]),
        ("account_linking", json!({}), expect!["Ignored(AccountLinking)"]),
        ("policy_enforcement", json!({"action": "block"}), expect!["Ignored(PolicyEnforcement)"]),
        ("messaging_feedback", json!({}), expect!["Ignored(Feedback)"]),
        ("app_roles", json!({}), expect!["Ignored(Roles)"]),
        ("request_thread_control", json!({}), expect!["Ignored(Roles)"]),
        (
            "pass_thread_control",
            json!({"new_owner_app_id": 812}),
            expect![[r#"Handover { passed: true, to: Some("812") }"#]],
        ),
        (
            "take_thread_control",
            json!({"new_owner_app_id": null}),
            expect!["Handover { passed: false, to: None }"],
        ),
        ("something_new", json!([1]), expect!["Ignored(Unknown)"]),
    ] {
        let item = part(name, value);
        check(&item, &expected);
        assert_eq!(item.input(), None);
    }
}

#[test]
fn an_echo_is_about_the_person_it_was_sent_to() {
    let echo = item(
        json!({"sender": {"id": PAGE}, "recipient": {"id": "61"}, "message": {"is_echo": true, "mid": "m"}}),
    );
    assert_eq!((echo.page.as_str(), echo.person.as_str()), (PAGE, "61"));
}

#[test]
fn who_has_no_id_cannot_be_answered() {
    for sender in [
        json!(null),
        json!({}),
        json!({"user_ref": "x"}),
        json!({"id": ""}),
        json!({"id": PAGE}),
        json!({"id": "a b"}),
        json!({"id": "6".repeat(65)}),
    ] {
        let item = item(json!({"sender": sender, "message": {"mid": "m", "text": "x"}}));
        check(&item, &expect!["Ignored(Unknown)"]);
    }
}

#[test]
fn who_answers_is_told_by_echoes_and_handovers() {
    let ours = Some("812");
    let echo = |app: Value, metadata: Value| {
        item(
            json!({"sender": {"id": PAGE}, "recipient": {"id": "61"}, "message": {"is_echo": true, "mid": "m", "app_id": app, "metadata": metadata}}),
        )
    };
    let confirmed = |text: &str| Some(Control::Ours(Some(text.to_owned())));
    for (item, without, with) in [
        (echo(json!(812), json!("reply-to:a:0")), confirmed("a:0"), confirmed("a:0")),
        (echo(json!("812"), json!(null)), Some(Control::Taken), Some(Control::Ours(None))),
        (
            echo(json!(263_902_037_430_900_u64), json!(null)),
            Some(Control::Taken),
            Some(Control::Taken),
        ),
        (echo(json!(null), json!("hi")), Some(Control::Taken), Some(Control::Taken)),
        (
            part(
                "pass_thread_control",
                json!({"previous_owner_app_id": "263902037430900", "new_owner_app_id": "812"}),
            ),
            Some(Control::Passed { ask: true }),
            Some(Control::Passed { ask: true }),
        ),
        (
            part("pass_thread_control", json!({"new_owner_app_id": 263_902_037_430_900_u64})),
            Some(Control::Passed { ask: true }),
            Some(Control::Taken),
        ),
        (
            part("pass_thread_control", json!({"new_owner_app_id": null})),
            Some(Control::Passed { ask: true }),
            Some(Control::Passed { ask: true }),
        ),
        (
            part(
                "take_thread_control",
                json!({"previous_owner_app_id": 812, "new_owner_app_id": "7"}),
            ),
            Some(Control::Taken),
            Some(Control::Taken),
        ),
        (
            part("take_thread_control", json!({"new_owner_app_id": 812})),
            Some(Control::Taken),
            Some(Control::Passed { ask: false }),
        ),
        (part("request_thread_control", json!({"requested_owner_app_id": 812})), None, None),
        (part("message", json!({"mid": "m", "text": "x"})), None, None),
    ] {
        assert_eq!(item.control(None), without, "{item:?}");
        assert_eq!(item.control(ours), with, "{item:?}");
        assert_eq!(item.key.is_empty(), item.control(None).is_none() && item.input().is_none());
    }
    let nobody = item(json!({"sender": {"id": PAGE}, "message": {"is_echo": true, "mid": "m"}}));
    assert_eq!(nobody.control(None), None);
}

#[test]
fn a_message_that_was_taken_back_is_the_input_that_it_was() {
    let said = part("message", json!({"mid": "m_x", "text": "my words"}));
    let What::Unsent { id } = part("message", json!({"mid": "m_x", "is_deleted": true})).what
    else {
        panic!()
    };
    assert_eq!(said.input().unwrap().id, id);
    check(&part("message", json!({"is_deleted": true})), &expect!["Ignored(Unknown)"]);
}

#[test]
fn standby_and_changes_are_never_answered() {
    let message = json!({"sender": {"id": "61"}, "message": {"mid": "m", "text": "x"}});
    let delivery = deliver(&json!({"object": "page", "entry": [
        {"id": PAGE, "standby": [message]},
        {"id": PAGE, "changes": [{"field": "messages", "value": message}]},
    ]}));
    let kinds: Vec<_> = delivery.items.iter().map(|item| item.what.as_str()).collect();
    assert_eq!(kinds, ["standby", "change"]);
}
