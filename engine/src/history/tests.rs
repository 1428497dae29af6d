//! Law 6, as far as histories go: the same events are the same history, however they come.

use proptest::prelude::*;

use super::*;
use crate::strategies;
use crate::{Digest, Match, Pending, Step, StepAnswer, Tier};

/// An event of this time and id: a text of those words, which leads to the root.
fn event(at: i64, id: &str, words: &str) -> Event {
    Event {
        at: Millis(at),
        id: id.to_owned(),
        input: Recorded::Text(words.to_owned()),
        matched: None,
        place: Some(Trail::root()),
        asked: None,
        shown: Vec::new(),
        misses: 0,
        pending: Pending::Nothing,
        said: Vec::new(),
    }
}

fn host_event(at: i64, what: HostEvent) -> Event {
    Event { input: Recorded::Host(what), place: None, ..event(at, "host", "") }
}

/// The ids in their order.
fn ids(events: &[Event]) -> String {
    events.iter().map(|event| event.id.as_str()).collect()
}

/// Everything in a history; `==` does not look at the words of steps.
fn all_of(history: &History) -> String {
    format!("{history:?}")
}

#[test]
fn events_are_ordered_by_time_and_id() {
    let mut history = History::new();
    for (at, id) in [(2, "c"), (1, "a"), (3, "d"), (2, "b"), (0, "z")] {
        assert!(history.insert(event(at, id, "")));
    }
    assert_eq!(ids(history.events()), "zabcd");
    assert_eq!(ids(history.older_than(Millis(2), "c")), "zab");
    assert_eq!(ids(history.newer_than(Millis(2), "c")), "d");
    assert_eq!(ids(history.older_than(Millis(2), "bb")), "zab");
    assert_eq!(ids(history.newer_than(Millis(2), "bb")), "cd");
    assert_eq!(ids(history.older_than(Millis(-1), "")), "");
    assert_eq!(ids(history.newer_than(Millis(9), "")), "");
}

#[test]
fn an_event_is_there_once_and_the_fuller_one_stays() {
    let (short, long) = (event(1, "a", "stu"), event(1, "a", "study"));
    for [first, then] in [[&short, &long], [&long, &short]] {
        let mut history = History::new();
        assert!(history.insert(first.clone()));
        assert!(!history.insert(then.clone()));
        assert_eq!(history.events(), std::slice::from_ref(&long));
    }
}

#[test]
fn an_id_of_any_length_is_found_again() {
    let long = "x".repeat(5000);
    for id in ["m_abc", "", "with space", "\"quoted\"", "日本", &long, &"x".repeat(201)] {
        let mut history = History::new();
        history.insert(event(1, id, ""));
        assert!(history.contains(id), "{id}");
        assert!(!history.contains(&format!("{id}x")), "{id}");
        assert!(!history.insert(event(1, id, "")), "{id}");
        assert_eq!(history.older_than(Millis(1), id).len(), 0, "{id}");
        assert_eq!(history.newer_than(Millis(1), id).len(), 0, "{id}");
        assert!(history.events().iter().all(|event| event.id.len() <= 200));
    }
}

#[test]
fn what_is_remembered_is_bounded() {
    let mut history = History::new();
    let long = "x".repeat(500);
    let said = |count: usize| Step {
        question: None,
        answer: StepAnswer::Else,
        mark: None,
        words: Some("é".repeat(count).into()),
    };
    let trail =
        Trail { steps: vec![said(200), said(201)], ahead: vec![said(0); 50], ..Trail::root() };
    history.insert(Event { place: Some(trail), ..event(1, "a", &"é".repeat(500)) });
    let fullest = Event {
        matched: Some(Match {
            tier: Tier::None,
            answer: Some(long.clone()),
            rivals: vec![long; 30],
        }),
        shown: vec![Digest::of("x"); 2000],
        ..event(0, "b", "")
    };
    let fullest = fullest.bounded();
    let matched = fullest.matched.as_ref();
    let answer = matched.and_then(|matched| matched.answer.as_ref());
    assert_eq!(answer.map(String::len), Some(200));
    assert_eq!(matched.map(|matched| matched.rivals.concat().len()), Some(20 * 200));
    assert_eq!(fullest.shown.len(), 1000);

    let kept = history.trail().cloned().unwrap_or_default();
    assert_eq!(
        history.events().first().map(|event| &event.input),
        Some(&Recorded::Text("é".repeat(200)))
    );
    let lengths: Vec<_> =
        kept.steps.iter().map(|step| step.words.as_ref().map(|words| words.len())).collect();
    assert_eq!(lengths, [Some(400), None]);
    assert_eq!(kept.ahead.len(), 22);
}

#[test]
fn the_newest_event_with_a_place_is_the_state() {
    let mut history = History::new();
    assert_eq!(history.trail(), None);
    history.insert(host_event(1, HostEvent::Failed));
    assert_eq!(history.newest(), None);
    history.insert(event(2, "a", ""));
    history.insert(event(3, "b", ""));
    history.insert(host_event(4, HostEvent::Failed));
    assert_eq!(history.newest().map(|event| event.id.as_str()), Some("b"));
    assert_eq!(history.trail(), Some(&Trail::root()));
}

#[test]
fn only_the_host_ends_the_silence_it_asked_for() {
    let mut history = History::new();
    assert_eq!(history.muted_until(), None);
    history.insert(host_event(1, HostEvent::MutedUntil(Millis(100))));
    history.insert(event(2, "a", "are you there?"));
    history.insert(host_event(3, HostEvent::Failed));
    assert_eq!(history.muted_until(), Some(Millis(100)));
    history.insert(host_event(4, HostEvent::MutedUntil(Millis(4))));
    assert_eq!(history.muted_until(), Some(Millis(4)));
}

#[test]
fn trimming_keeps_the_newest_and_the_place() {
    let history = || {
        let mut history: Vec<Event> =
            ["a", "b", "c"].iter().zip(1..).map(|(id, at)| event(at, id, "")).collect();
        history.extend((4..7).map(|at| host_event(at, HostEvent::Failed)));
        History::of(history)
    };
    for (max, left) in [
        (9, "abchosthosthost"),
        (6, "abchosthosthost"),
        (5, "bchosthosthost"),
        (4, "chosthosthost"),
        (3, "chosthost"),
        (2, "chost"),
        (1, "c"),
        (0, "c"),
    ] {
        let mut history = history();
        history.trim(max);
        assert_eq!(ids(history.events()), left, "{max}");
    }
    let mut without_place = History::of([host_event(1, HostEvent::Failed)]);
    without_place.trim(0);
    assert!(without_place.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn any_order_and_any_repetition_is_the_same_history(
        (events, shuffled) in strategies::clashing_events().prop_flat_map(|events| {
            let twice = [events.clone(), events.clone()].concat();
            (Just(events), Just(twice).prop_shuffle())
        })
    ) {
        let history = History::of(events.clone());
        let mut one_by_one = History::new();
        for event in shuffled {
            one_by_one.insert(event);
        }
        prop_assert_eq!(all_of(&one_by_one), all_of(&history));
        let keys: Vec<_> = history.events().iter().map(key).collect();
        prop_assert!(keys.is_sorted_by(|one, next| one < next));
        for event in &events {
            prop_assert!(keys.contains(&key(event)));
        }
    }

    #[test]
    fn histories_unite_in_any_order(
        one in strategies::clashing_events(),
        other in strategies::clashing_events(),
        third in strategies::clashing_events(),
    ) {
        let united = |parts: [&Vec<Event>; 3]| {
            let mut history = History::new();
            for part in parts {
                history.merge(History::of(part.clone()));
            }
            all_of(&history)
        };
        let all = united([&one, &other, &third]);
        prop_assert_eq!(&united([&third, &other, &one]), &all);
        prop_assert_eq!(&united([&other, &one, &third]), &all);

        // (one + other) + one = one + other
        let mut both = History::of(one.clone());
        both.merge(History::of(other));
        let before = all_of(&both);
        both.merge(History::of(one));
        prop_assert_eq!(all_of(&both), before);
    }

    #[test]
    fn an_input_parts_a_history_in_two(events in strategies::clashing_events(), at in 0..4_i64, id in "[abc]{0,2}") {
        let history = History::of(events);
        let (older, newer) = (history.older_than(Millis(at), &id), history.newer_than(Millis(at), &id));
        prop_assert!(older.iter().all(|event| key(event) < (Millis(at), &id)));
        prop_assert!(newer.iter().all(|event| key(event) > (Millis(at), &id)));
        let same = history.events().iter().filter(|event| key(event) == (Millis(at), &id)).count();
        prop_assert_eq!(older.len() + same + newer.len(), history.len());
    }
}
