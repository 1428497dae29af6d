//! How events are kept.
#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use serde_json::json;
use treebot::{History, Input, InputKind, Millis, TurnOptions, turn};
use treebot_worker::known::Known;
use treebot_worker::store::{Listing, MAX_METADATA, Person, Row, Wish, Written};

use crate::fakes::World;

fn written(at: i64, text: &str) -> Written {
    let world = World::new();
    let input = Input {
        at: Millis(at),
        id: "0123456789abcdef01234567".to_owned(),
        kind: InputKind::Text(text.to_owned()),
    };
    let turn = turn(&world.tree, &History::new(), &input, &TurnOptions::default());
    Written::new(
        &Person::new("secret", "104512345678901", "6100000000000001"),
        &turn.event,
        None,
        None,
    )
}

#[test]
fn keys_hold_no_id_and_begin_with_the_newest() {
    let (old, new) = (written(1_795_330_800_000, "x"), written(1_795_330_800_001, "x"));
    assert!(new.key < old.key);
    assert!(old.key.starts_with("e1:104512345678901:"));
    assert!(old.key.ends_with(":8204669199999:0123456789abcdef01234567"));
    assert!(!old.key.contains("6100000000000001"));
    assert!(written(i64::MAX, "x").key < written(i64::MIN, "x").key);
}

#[test]
fn what_was_said_is_the_value_and_everything_else_the_metadata() {
    let event = written(1_795_330_800_000, "hello");
    assert!(event.value.contains("What brings you to the UK?"));
    assert!(!event.metadata.contains("What brings you"));
}

#[test]
fn a_listing_says_what_was_answered_even_where_it_cannot_be_read() {
    let event = written(1_795_330_800_000, "hello");
    let listing = Listing::of(vec![
        Row::new("e1:p:w:1:damaged", Some("{".to_owned())),
        Row::new("e1:p:w:2:bare", None),
        Row::new(event.key.as_str(), Some(event.metadata.clone())),
        Row::new("not a key", None),
    ]);
    let known = Known::read(&listing, Millis(i64::MAX));
    assert_eq!(known.answered, ["damaged", "bare", "0123456789abcdef01234567"]);
    assert_eq!((known.history.len(), known.unreadable), (1, 2));
}

#[test]
fn a_wish_to_be_forgotten_names_its_person() {
    let person = Person::new("secret", "1", "2");
    assert_eq!(Person::of_forget_key(&person.forget_key()), Some(person));
    assert_eq!(Person::of_forget_key("e1:1:2:3"), None);
}

#[test]
fn a_deletion_is_listed_first_and_nothing_older_is_read() {
    let person = Person::new("secret", "104512345678901", "6100000000000001");
    let row = |at: i64| {
        let event = written(at, "hello");
        Row::new(event.key, Some(event.metadata))
    };
    let wish = Wish::of(Millis(1_795_330_800_005));
    let earlier = Row::new(person.wish_key(&Wish::of(Millis(1_795_330_700_000))), None);
    let mut rows = vec![
        Row::new(person.wish_key(&wish), None),
        earlier.clone(),
        row(1_795_330_800_009),
        row(1_795_330_800_005),
        row(1_795_330_800_000),
    ];
    assert!(rows.is_sorted_by(|one, other| one.key < other.key));
    assert_eq!(
        rows.iter().map(|row| row.goes_with(&wish)).collect::<Vec<_>>(),
        [false, true, false, true, true]
    );
    let known = Known::read(&Listing::of(rows.clone()), Millis(i64::MAX));
    assert_eq!((known.history.len(), known.answered.len()), (1, 3));
    assert_eq!(known.wish, Some(wish));
    // Also of two that are not in order the later one counts.
    rows.swap(0, 1);
    assert_eq!(Listing::of(rows).wish, known.wish);
    assert_eq!(earlier.stamp(), None);
}

#[test]
fn of_a_long_listing_only_what_is_needed_is_read() {
    let rows: Vec<Row> = (0..10)
        .rev()
        .map(|second| {
            let event = written(1_795_330_800_000 + second * 1000, "x");
            Row::new(event.key, Some(event.metadata))
        })
        .collect();
    let rows = Listing::of(rows);
    let newest = Known::read(&rows, Millis(i64::MAX));
    assert_eq!((newest.history.len(), newest.answered.len()), (1, 10));
    // For somebody whose input is late, everything since.
    let late = Known::read(&rows, Millis(1_795_330_804_500));
    assert_eq!(late.history.len(), 6);
    assert_eq!(late.since, Some(Millis(1_795_330_800_000)));
}

#[test]
fn a_wish_covers_what_is_older_and_one_that_cannot_be_read_everything() {
    let wish = Wish::of(Millis(5));
    assert!(wish.covers(Millis(5)) && !wish.covers(Millis(6)));
    assert_eq!(Wish::read(Some(&wish.to_text()), Millis(9)), wish);
    assert_eq!(Wish::read(Some("x"), Millis(9)), Wish::of(Millis(9)));
}

proptest! {
    #[test]
    fn any_text_fits_into_the_metadata_and_comes_back(text in "([\"\\\\\u{1}😀é]|\\PC){0,400}") {
        let event = written(1_795_330_800_000, &text);
        prop_assert!(json!(event.metadata).to_string().len() <= MAX_METADATA);
        let known = Known::read(&Listing::of(vec![Row::new(event.key.as_str(), Some(event.metadata.clone()))]), Millis(i64::MAX));
        prop_assert_eq!(known.unreadable, 0);
        prop_assert_eq!(known.history.newest().unwrap().place.as_ref().map(|trail| trail.steps.len()), Some(0));
    }
}
