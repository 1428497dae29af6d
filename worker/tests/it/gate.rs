//! Pages that nothing is sent for.
#![expect(clippy::unwrap_used, reason = "tests")]

use treebot::Millis;
use treebot_messenger::errors::{Class, Failure};
use treebot_worker::gate::{Gates, Stop, Told};

use crate::fakes::refusal;

const NOW: Millis = Millis(1_795_330_800_000);

fn later(millis: i64) -> Millis {
    Millis(NOW.0 + millis)
}

#[test]
fn each_rate_limit_lasts_twice_as_long_as_the_one_before_until_a_message_is_taken() {
    let mut gates = Gates::default();
    let mut now = NOW;
    let mut waits = Vec::new();
    for _ in 0..10 {
        let (stop, _) = gates.failed("1", now, &refusal(Class::RateLimited), "c").unwrap();
        waits.push((stop.until.0 - now.0) / 1000);
        // Others that were under way when it shut make it no longer.
        let (again, _) = gates.failed("1", now, &refusal(Class::RateLimited), "c").unwrap();
        assert_eq!(again, stop);
        assert_eq!(gates.stop_of("1", Millis(stop.until.0 - 1), "c"), Some(Class::RateLimited));
        assert_eq!(gates.stop_of("1", stop.until, "c"), None);
        assert_eq!(gates.stop_of("2", now, "c"), None);
        assert!(gates.is_sore("1") && !gates.is_sore("2"));
        now = stop.until;
    }
    assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
    gates.succeeded("1");
    assert!(!gates.is_sore("1"));
    let (stop, _) = gates.failed("1", now, &refusal(Class::RateLimited), "c").unwrap();
    assert_eq!(stop.until.0 - now.0, 30_000);
}

#[test]
fn what_meta_says_of_the_time_is_taken() {
    let failure = Failure { wait: Some(Millis(7 * 60_000)), ..refusal(Class::RateLimited) };
    let (stop, noted) = Gates::default().failed("1", NOW, &failure, "c").unwrap();
    assert_eq!((stop.until, noted), (later(7 * 60_000), true));
}

#[test]
fn only_what_concerns_the_page_shuts_it() {
    for class in Class::ALL {
        let shuts = matches!(class, Class::RateLimited | Class::CircuitBreak | Class::Auth);
        assert_eq!(
            Gates::default().failed("1", NOW, &refusal(class), "c").is_some(),
            shuts,
            "{class:?}"
        );
    }
}

#[test]
fn a_refused_token_is_refused_until_the_configuration_changes() {
    let mut gates = Gates::default();
    let (stop, noted) = gates.failed("1", NOW, &refusal(Class::Auth), "old").unwrap();
    assert!(noted);
    assert_eq!(gates.stop_of("1", later(400 * 24 * 60 * 60 * 1000), "old"), Some(Class::Auth));
    assert_eq!(gates.stop_of("1", later(1), "new"), None);
    // Once a message is taken with the new one the note goes.
    assert!(gates.succeeded("1"));
    assert!(!gates.succeeded("1"));
    assert_eq!(Stop::read(&stop.to_text()), Some(stop));
}

#[test]
fn what_others_have_noted_holds_here_and_is_looked_at_once_a_minute() {
    let mut gates = Gates::default();
    assert!(
        gates.look("1", NOW) && !gates.look("1", later(59_999)) && gates.look("1", later(60_000))
    );
    let stop = Stop { class: Class::CircuitBreak, until: later(3_600_000), config: "c".to_owned() };
    gates.seen("1", NOW, Some(stop));
    assert_eq!(gates.stop_of("1", later(1), "c"), Some(Class::CircuitBreak));
    // Somebody has taken it away.
    gates.seen("1", later(10 * 60_000), None);
    assert_eq!(gates.stop_of("1", later(10 * 60_000), "c"), None);
}

#[test]
fn a_note_that_is_not_to_be_seen_yet_opens_nothing() {
    let mut gates = Gates::default();
    gates.failed("1", NOW, &refusal(Class::CircuitBreak), "c");
    gates.seen("1", later(61_000), None);
    assert_eq!(gates.stop_of("1", later(61_000), "c"), Some(Class::CircuitBreak));
    // Nor does a short one, which is not noted at all.
    gates.failed("2", NOW, &refusal(Class::RateLimited), "c");
    gates.seen("2", later(1), None);
    assert_eq!(gates.stop_of("2", later(2), "c"), Some(Class::RateLimited));
}

#[test]
fn what_one_isolate_tells_another_shuts_it_and_opens_it() {
    let (mut one, mut other) = (Gates::default(), Gates::default());
    assert_eq!(one.told("1", NOW, "c"), Told::default());
    let (stop, _) = one.failed("1", NOW, &refusal(Class::RateLimited), "c").unwrap();
    let told = one.told("1", NOW, "c");
    assert_eq!(told, Told { refused: 1, stop: Some(stop.clone()) });
    other.take_over("1", NOW, &told);
    assert_eq!(other.stop_of("1", NOW, "c"), Some(Class::RateLimited));
    // It is over, and the next one lasts twice as long, wherever it is met.
    let over = stop.until;
    let told = other.told("1", over, "c");
    assert_eq!(told, Told { refused: 1, stop: None });
    let mut third = Gates::default();
    third.add("1", over, &told);
    let (longer, _) = third.failed("1", over, &refusal(Class::RateLimited), "c").unwrap();
    assert_eq!(longer.until.0 - over.0, 60_000);
    // Who is told less than they know keeps it.
    third.add("1", over, &Told::default());
    third.add("1", over, &Told { refused: 1, stop: Some(stop) });
    assert_eq!(third.told("1", over, "c"), Told { refused: 2, stop: Some(longer) });
    // A message was taken.
    third.succeeded("1");
    other.take_over("1", over, &third.told("1", over, "c"));
    assert_eq!(other.told("1", over, "c"), Told::default());
}

#[test]
fn what_is_told_is_read_as_it_was_written() {
    let stop = Stop { class: Class::Auth, until: NOW, config: "c".to_owned() };
    for told in
        [Told::default(), Told { refused: 3, stop: None }, Told { refused: 1, stop: Some(stop) }]
    {
        assert_eq!(Told::read(&told.to_text()), Some(told));
    }
    for text in ["", "x", "-1", "1 love", "1 auth", "99999999999"] {
        assert_eq!(Told::read(text), None, "{text}");
    }
}

#[test]
fn notes_are_hostile() {
    for text in ["", "auth", "auth x c", "love 5 c", "auth 5", "\u{0}"] {
        assert_eq!(Stop::read(text), None, "{text}");
    }
    let mut gates = Gates::default();
    for page in 0..1000 {
        gates.failed(&page.to_string(), NOW, &refusal(Class::Auth), "c");
    }
    assert_eq!(gates.stop_of("999", NOW, "c"), Some(Class::Auth));
}
