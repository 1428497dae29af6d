//! What is asked of Graph so that a page's events come to the bot.

use serde_json::json;
use treebot::Millis;
use treebot_messenger::incoming::{Pages, read};
use treebot_messenger::setup::{
    AppSubscription, Lifetime, SubscribedApp, VERSIONS, absent, app_form, app_token, lifetime,
    page_form, read_app, read_page, signed_test_event,
};
use treebot_messenger::signature::verify;
use treebot_messenger::subscription::FIELDS;

#[test]
fn both_subscriptions_ask_for_all_that_the_bot_needs() {
    let fields = "messages,messaging_postbacks,messaging_referrals,message_echoes,messaging_handovers,standby";
    assert_eq!(
        app_form("https://bot.example.com/webhook", "token"),
        [
            ("object", "page".to_owned()),
            ("callback_url", "https://bot.example.com/webhook".to_owned()),
            ("verify_token", "token".to_owned()),
            ("fields", fields.to_owned()),
        ]
    );
    assert_eq!(page_form(), [("subscribed_fields", fields.to_owned())]);
    assert_eq!(app_token("12", "secret"), "12|secret");
}

#[test]
fn what_meta_says_of_subscriptions_is_read() {
    let fields: Vec<_> =
        FIELDS.iter().map(|name| json!({"name": name, "version": "v25.0"})).collect();
    let answer = json!({"data": [
        {"object": "user", "callback_url": "https://other.example.com", "active": true, "fields": []},
        {"object": "page", "callback_url": "https://bot.example.com/webhook", "active": false, "fields": fields},
    ]});
    let expected = AppSubscription {
        callback: "https://bot.example.com/webhook".to_owned(),
        fields: FIELDS.iter().map(|name| (*name).to_owned()).collect(),
        active: false,
    };
    assert_eq!(read_app(&answer), Some(expected));
    let apps = json!({"data": [{"id": 812, "name": "Ours", "subscribed_fields": ["messages", "standby"]}, 3]});
    let ours = SubscribedApp {
        id: "812".to_owned(),
        name: "Ours".to_owned(),
        fields: vec!["messages".to_owned(), "standby".to_owned()],
    };
    let nobody = SubscribedApp { id: String::new(), name: String::new(), fields: Vec::new() };
    assert_eq!(read_page(&apps), [ours, nobody]);
    for nothing in [json!(null), json!({"data": []}), json!({"data": {"object": "page"}})] {
        assert_eq!(read_app(&nothing), None);
        assert_eq!(read_page(&nothing), []);
    }
}

#[test]
fn what_is_not_subscribed_to_is_named() {
    let all: Vec<String> = FIELDS.iter().map(|name| (*name).to_owned()).collect();
    assert!(absent(&all).is_empty());
    assert_eq!(absent(all.get(1..).unwrap_or_default()), ["messages"]);
    assert_eq!(absent(&[]), FIELDS);
}

#[test]
fn the_end_of_a_version_is_known() {
    assert_eq!(
        lifetime("https://graph.facebook.com/v25.0"),
        Lifetime::Until("29 July 2028", 1_848_441_600)
    );
    assert_eq!(
        lifetime("https://graph.facebook.com/v25.0/"),
        Lifetime::Until("29 July 2028", 1_848_441_600)
    );
    assert_eq!(lifetime("https://graph.facebook.com/v26.0"), Lifetime::Open);
    assert_eq!(lifetime("https://graph.facebook.com/v99.0"), Lifetime::Open);
    assert_eq!(lifetime("https://graph.facebook.com/v2.6"), Lifetime::Over);
    assert_eq!(lifetime("https://graph.facebook.com"), Lifetime::Unversioned);
    assert_eq!(lifetime(""), Lifetime::Unversioned);
}

/// Reckoned from the day in another way than the number was.
#[test]
fn each_day_is_the_second_that_stands_beside_it() {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    for (version, end) in VERSIONS {
        let Some((day, seconds)) = end else { continue };
        let parts: Vec<&str> = day.split(' ').collect();
        let number =
            |at: usize| parts.get(at).and_then(|part| part.parse::<i64>().ok()).unwrap_or_default();
        let month = MONTHS.iter().position(|name| parts.get(1) == Some(name)).unwrap_or_default();
        let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let years: i64 = (1970..number(2)).map(|year| if leap(year) { 366 } else { 365 }).sum();
        let february = if leap(number(2)) { 29 } else { 28 };
        let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let months: i64 = lengths.iter().take(month).sum();
        assert_eq!((years + months + number(0) - 1) * 86_400, seconds, "v{version}.0: {day}");
    }
}

#[test]
fn the_test_event_is_signed_and_answered_by_nobody() {
    let (body, signature) = signed_test_event("secret");
    assert!(verify(&body, Some(&signature), &["secret"]));
    let delivery = read(&body, &Pages::default(), Millis(1)).unwrap_or_default();
    assert_eq!(delivery.items.len(), 1);
    assert!(delivery.items.iter().all(|item| item.input().is_none()), "{delivery:?}");
}
