//! Settings, by name.
#![expect(clippy::unwrap_used, reason = "tests")]

use treebot_worker::config::{Config, DEFAULT_GRAPH, Presence, There};
use treebot_worker::publish::token;

const COMPLETE: [(&str, &str); 3] =
    [("VERIFY_TOKEN", "verify"), ("APP_SECRET", "secret"), ("PAGE_ACCESS_TOKEN", "token")];

fn read(settings: &[(&str, &str)], has_state: bool) -> Result<Config, Presence> {
    let get = |name: &str| {
        settings.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    Config::read(get, has_state)
}

#[test]
fn three_secrets_and_a_store_are_enough() {
    let config = read(&COMPLETE, true).unwrap();
    assert_eq!(config.graph, DEFAULT_GRAPH);
    assert_eq!(config.retention_days, 90);
    assert_eq!(config.state_secret, "secret");
    assert_eq!(config.app_secrets(), ["secret"]);
}

#[test]
fn each_of_them_is_missed_by_its_name_also_when_it_is_blank() {
    for (name, _) in COMPLETE {
        for value in [None, Some(""), Some(" \n")] {
            let others = COMPLETE.into_iter().filter(|(other, _)| *other != name);
            let settings: Vec<_> = others.chain(value.map(|value| (name, value))).collect();
            assert_eq!(read(&settings, true).unwrap_err().missing(), [name]);
        }
    }
    assert_eq!(read(&COMPLETE, false).unwrap_err().missing(), ["STATE"]);
    assert_eq!(read(&[], false).unwrap_err().missing().len(), 4);
}

#[test]
fn a_token_that_publishes_nothing_is_not_said_to_be_there() {
    for (value, expected) in [
        ("", There::Missing),
        ("  \n", There::Missing),
        ("short", There::TooShort),
        (" 15-characters-1 ", There::TooShort),
        ("16-characters-12", There::Present),
    ] {
        let get = |name: &str| (name == "PUBLISH_TOKEN").then(|| value.to_owned());
        let presence = Presence::read(get, true);
        let found = presence.settings.iter().find(|(name, ..)| *name == "PUBLISH_TOKEN").unwrap();
        assert_eq!(found.2, expected, "{value}");
        assert_eq!(token(get).is_some(), expected == There::Present);
    }
}

#[test]
fn the_rest_may_be_set() {
    let more = [
        ("APP_SECRET_PREVIOUS", "old"),
        ("STATE_SECRET", "state"),
        ("RETENTION_DAYS", "7"),
        ("GRAPH_API_BASE", "http://127.0.0.1:1/v25.0/"),
    ];
    let config = read(&[&COMPLETE[..], &more[..]].concat(), true).unwrap();
    assert_eq!(config.app_secrets(), ["secret", "old"]);
    assert_eq!(config.state_secret, "state");
    assert_eq!(config.retention_days, 7);
    assert_eq!((config.app_id, config.page_ids), (None, Vec::<String>::new()));
    assert_eq!(config.graph, "http://127.0.0.1:1/v25.0");
}

#[test]
fn our_own_app_and_pages_may_be_named() {
    let more = [("APP_ID", " 812 "), ("PAGE_ID", "1, 2,")];
    let config = read(&[&COMPLETE[..], &more[..]].concat(), true).unwrap();
    assert_eq!(config.app_id.as_deref(), Some("812"));
    assert_eq!(config.page_ids, ["1", "2"]);
}

#[test]
fn configurations_are_told_apart_without_giving_them_away() {
    let digest = |token: &str| {
        let settings = [("VERIFY_TOKEN", "v"), ("APP_SECRET", "s"), ("PAGE_ACCESS_TOKEN", token)];
        read(&settings, true).unwrap().digest
    };
    assert_eq!(digest("a"), digest("a"));
    assert_ne!(digest("a"), digest("b"));
    assert_eq!(digest("a").len(), 8);
}

#[test]
fn a_retention_that_makes_no_sense_is_brought_to_one_that_does() {
    for (days, expected) in [("0", 1), ("many", 90), ("-3", 90), ("999999", 3650)] {
        assert_eq!(
            read(&[&COMPLETE[..], &[("RETENTION_DAYS", days)]].concat(), true)
                .unwrap()
                .retention_days,
            expected
        );
    }
}

#[test]
fn a_configuration_that_is_printed_shows_no_value() {
    assert_eq!(format!("{:?}", read(&COMPLETE, true).unwrap()), "Config { .. }");
}
