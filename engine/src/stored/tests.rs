//! Law 9, golden files, and what hostile texts may not do.
#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::json::*;
use super::*;
use crate::History;
use crate::{
    Asked, Digest, HostEvent, Match, Message, Millis, Pending, Recorded, Start, Step, StepAnswer,
    Tier, Trail, strategies,
};

const HISTORY_V1: &str = include_str!("../../tests/golden/history-v1.json");
const EVENTS_V1: &str = include_str!("../../tests/golden/event-v1.txt");
const EVENTS_V2: &str = include_str!("../../tests/golden/event-v2.txt");

/// One event of every kind, and every field in use and not in use.
fn golden_events() -> Vec<Event> {
    let step =
        |question: Option<&str>, answer: &str, mark: Option<&str>, words: Option<&str>| Step {
            question: question.map(Digest::of),
            answer: StepAnswer::Key(Digest::of(answer)),
            mark: mark.map(Digest::of),
            words: words.map(Into::into),
        };
    let start = Event {
        at: Millis(1_787_300_000_000),
        id: "m_0000".to_owned(),
        input: Recorded::Start,
        matched: None,
        place: Some(Trail::root()),
        asked: Some(Asked {
            name: Some(Digest::of("start")),
            words: Digest::of("Why do you visit?"),
        }),
        shown: ["travel", "study", "work"].map(Digest::of).to_vec(),
        misses: 0,
        pending: Pending::Nothing,
        said: vec![Message::new("Why do you \"visit\"?\nIch möchte – 日本")],
    };
    let next = |number: i64, input: Recorded| Event {
        at: Millis(start.at.0 + number),
        id: format!("m_{number:04}"),
        input,
        ..start.clone()
    };
    let study = step(Some("start"), "study", None, Some("I want to study"));
    let else_step = Step { answer: StepAnswer::Else, ..step(None, "", None, Some("what?")) };
    let sure = step(None, "yes", Some("Are you sure?"), None);
    let passport = step(Some("passport"), "eta", None, Some("Japan"));
    let later = step(None, "2", Some("How long?"), Some("two"));
    vec![
        start.clone(),
        Event {
            matched: Some(Match {
                tier: Tier::Phrase,
                answer: Some("study".to_owned()),
                rivals: vec![],
            }),
            place: Some(Trail { steps: vec![study.clone()], ..Trail::root() }),
            asked: Some(Asked { name: None, words: Digest::of("How long?") }),
            shown: ["up to 6 months", "more than 6 months"].map(Digest::of).to_vec(),
            said: vec![
                Message::Image { address: "https://example.org/a.png".into(), alt: "a map".into() },
                Message::Image { address: "https://example.org/b.png".into(), alt: "".into() },
                Message::new(""),
            ],
            ..next(1, Recorded::Text("I want to study".to_owned()))
        },
        Event {
            matched: Some(Match {
                tier: Tier::None,
                answer: None,
                rivals: vec!["up to 6 months".to_owned(), "more than 6 months".to_owned()],
            }),
            misses: 2,
            pending: Pending::Restart,
            asked: None,
            shown: vec![],
            said: vec![],
            ..next(2, Recorded::Text("6 \\ \"months\"".to_owned()))
        },
        Event {
            place: Some(Trail {
                start: Start::Named(Digest::of("passport")),
                steps: vec![study, else_step, sure],
                ahead: vec![passport, later],
            }),
            ..next(3, Recorded::Tap("Japan".to_owned()))
        },
        next(4, Recorded::Back),
        next(5, Recorded::Restart),
        next(6, Recorded::Help),
        Event { pending: Pending::Forget, ..next(7, Recorded::Forget) },
        next(8, Recorded::Unsupported),
        Event {
            place: None,
            asked: None,
            ..next(9, Recorded::Host(HostEvent::MutedUntil(Millis(-1))))
        },
        Event { place: None, asked: None, ..next(10, Recorded::Host(HostEvent::Failed)) },
    ]
}

/// Everything in a value; `==` does not look at the words of steps.
fn all_of(value: &impl fmt::Debug) -> String {
    format!("{value:?}")
}

fn without_said(event: &Event) -> Event {
    Event { said: Vec::new(), ..event.clone() }
}

#[test]
fn a_history_of_version_1_reads_and_is_written_so() {
    let history = History::of(golden_events());
    assert_eq!(history.to_json(), HISTORY_V1.trim_end());
    assert_eq!(all_of(&History::from_json(HISTORY_V1).unwrap()), all_of(&history));
}

#[test]
fn events_of_version_1_read() {
    assert_eq!(EVENTS_V1.lines().count(), golden_events().len());
    for (event, line) in golden_events().iter().zip(EVENTS_V1.lines()) {
        assert_eq!(all_of(&Event::from_compact(line).unwrap()), all_of(&without_said(event)));
    }
}

#[test]
fn events_of_version_2_read_and_are_written_so() {
    let lines: Vec<&str> = EVENTS_V2.lines().collect();
    assert_eq!(lines.len(), golden_events().len());
    for (event, line) in golden_events().iter().zip(lines) {
        assert_eq!(event.to_compact(1024), line);
        assert_eq!(all_of(&Event::from_compact(line).unwrap()), all_of(&without_said(event)));
    }
}

#[test]
fn fields_that_are_not_known_are_ignored() {
    let json = r#"{"new":{"a":[1]},"version":1,"events":[{"new":[],"k":"start","i":"b","t":2},
        {"t":1,"i":"a","k":"help","p":""},{"t":1,"i":"a","k":"help","p":""}],"treebot":"history"}"#;
    let history = History::from_json(json).unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!(history.trail(), Some(&Trail::root()));
    assert!(Event::from_compact(r#"{"new":null,"t":1,"i":"a","k":"help","v":1}"#).is_ok());
}

#[test]
fn newer_versions_are_refused_by_their_number() {
    for (version, seen) in [("2", 2), ("77", 77), ("99999999999", u32::MAX)] {
        let json = format!(r#"{{"treebot":"history","version":{version},"events":{{"other":1}}}}"#);
        assert_eq!(History::from_json(&json), Err(StoredError::NewerVersion(seen)));
        if version != "2" {
            let compact = format!("{version} other");
            assert_eq!(Event::from_compact(&compact), Err(StoredError::NewerVersion(seen)));
        }
        let json = format!(r#"{{"v":{version},"t":"other"}}"#);
        assert_eq!(Event::from_compact(&json), Err(StoredError::NewerVersion(seen)));
    }
}

#[test]
fn damaged_texts_are_refused() {
    let damaged_events = [
        r#"{"i":"a","k":"help"}"#,
        r#"{"t":1,"k":"help"}"#,
        r#"{"t":1,"i":"a"}"#,
        r#"{"t":1.5,"i":"a","k":"help"}"#,
        r#"{"t":1,"i":"a","k":"dance"}"#,
        r#"{"t":1,"i":"a","k":"muted"}"#,
        r#"{"t":1,"i":"a","k":"help","m":"luck"}"#,
        r#"{"t":1,"i":"a","k":"help","p":"Abbbb"}"#,
        r#"{"t":1,"i":"a","k":"help","q":"abcd"}"#,
        r#"{"t":1,"i":"a","k":"help","q":"abcdefgh"}"#,
        r#"{"t":1,"i":"a","k":"help","l":"abcdefg"}"#,
        r#"{"t":1,"i":"a","k":"help","l":"ééé"}"#,
        r#"{"t":1,"i":"a","k":"help","n":256}"#,
        r#"{"t":1,"i":"a","k":"help","d":"dance"}"#,
        r#"{"t":1,"i":"a","k":"help","k":"help"}"#,
    ];
    for event in damaged_events {
        let json = format!("{DOCUMENT_START}{event}{DOCUMENT_END}");
        assert_eq!(History::from_json(&json), Err(StoredError::Damaged), "{event}");
        let json = event.replacen('{', r#"{"v":1,"#, 1);
        assert_eq!(Event::from_compact(&json), Err(StoredError::Damaged), "{event}");
    }
    for text in [
        "",
        "null",
        "[]",
        "{}",
        "0",
        "\"history\"",
        "{\"version\":1}",
        "{\"version\":2}",
        r#"{"treebot":"tree","version":1,"events":[]}"#,
        r#"{"treebot":"history","version":0,"events":[]}"#,
        r#"{"treebot":"history","version":-1,"events":[]}"#,
        r#"{"treebot":"history","version":1}"#,
        r#"{"treebot":"history","version":1,"events":[]} "#.trim_end_matches("} "),
        r#"{"treebot":"history","version":1,"events":[null]}"#,
        &"[".repeat(100_000),
        &format!("{DOCUMENT_START}{}", "[".repeat(100_000)),
    ] {
        assert_eq!(History::from_json(text), Err(StoredError::Damaged), "{}", text.len());
        assert!(Event::from_compact(text).is_err(), "{}", text.len());
    }
}

#[test]
fn damaged_events_of_version_2_are_refused() {
    let good = "2 1 a text exact 0 . q5foz2w4ue chr3j x2:hi a1:b w2:hi w- r1:c z3:new";
    assert!(Event::from_compact(good).is_ok());
    for (part, damaged) in [
        ("2 1", "2 1.5"),
        ("2 1", "2  1"),
        ("2 1", "1 1"),
        ("2 1", "0 1"),
        ("text", "dance"),
        ("text", "muted:"),
        ("exact", "luck"),
        (" 0 ", " 256 "),
        (" 0 ", " 0d "),
        (" . ", " .Abbbb "),
        (" . ", " A "),
        ("q5foz2w4ue", "q5foz2w4u"),
        ("chr3j", "chr3"),
        ("x2:hi", "x3:hi"),
        ("x2:hi", "x99999999999999999999:hi"),
        ("x2:hi", "x+2:hi"),
        ("x2:hi", "x:hi"),
        ("x2:hi", " x2:hi"),
        ("x2:hi", "x2:é!"),
        ("x2:hi", "X2:hi"),
        ("z3:new", "z3:new "),
    ] {
        let text = good.replacen(part, damaged, 1);
        assert_ne!(text, good);
        assert_eq!(Event::from_compact(&text), Err(StoredError::Damaged), "{text}");
    }
}

#[test]
fn a_document_has_bounds() {
    let event = |at: usize| format!(r#"{{"t":{at},"i":"a","k":"help","p":""}}"#);
    let document = |count: usize| {
        let events: Vec<String> = (0..count).rev().map(event).collect();
        format!("{DOCUMENT_START}{}{DOCUMENT_END}", events.join(","))
    };
    let mut history = History::from_json(&document(MAX_EVENTS)).unwrap();
    assert_eq!(history.len(), MAX_EVENTS);
    assert_eq!(History::from_json(&document(MAX_EVENTS + 1)), Err(StoredError::Damaged));

    // One more is no harm: the oldest goes.
    let newest = history.newest().unwrap().clone();
    history.insert(Event { at: Millis(i64::MAX), ..newest });
    let read = History::from_json(&history.to_json()).unwrap();
    assert_eq!(read.events(), history.events().get(1..).unwrap());

    let padded = format!("{}{}", " ".repeat(MAX_DOCUMENT), document(1));
    assert_eq!(History::from_json(&padded), Err(StoredError::Damaged));
}

#[test]
fn a_history_that_is_too_large_loses_what_was_said_and_then_the_oldest() {
    let host = |at: i64, said: usize| Event {
        at: Millis(at),
        input: Recorded::Host(HostEvent::Failed),
        place: None,
        said: vec![Message::new("x".repeat(said))],
        ..golden_events().remove(10)
    };
    let place = Event { at: Millis(0), ..golden_events().remove(3) };
    let mut history = History::of([place.clone()]);
    for at in 1..=40 {
        history.insert(host(at, 1 << 20));
    }
    let json = history.to_json();
    assert!(json.len() <= MAX_DOCUMENT);
    let read = History::from_json(&json).unwrap();
    assert_eq!(read.len(), 41);
    assert_eq!(all_of(&read.newest()), all_of(&Some(place.clone())));
    assert_eq!(read.events().iter().filter(|event| !event.said.is_empty()).count(), 5);

    // So little room that events must go: the one with the place stays.
    let kept = history.fitting_json(1000);
    assert_eq!(kept.last(), Some(&silent_json(&place)));
    assert!(kept.len() < 41);
    assert!(kept.iter().map(String::len).sum::<usize>() <= 1000);
}

#[test]
fn what_is_needed_to_go_on_always_fits_into_the_metadata_of_a_key() {
    let digest = Digest::of("x");
    let words = Some("\u{0}".repeat(200).into());
    let step =
        Step { question: Some(digest), answer: StepAnswer::Key(digest), mark: Some(digest), words };
    let fullest = Event {
        at: Millis(i64::MIN),
        id: "x".repeat(200),
        input: Recorded::Text("\"\\\n\u{0}".repeat(50)),
        matched: Some(Match {
            tier: Tier::Command,
            answer: Some("\u{0}".repeat(300)),
            rivals: vec!["\u{0}".repeat(300); 30],
        }),
        place: Some(Trail { start: Start::Named(digest), steps: vec![step; 24], ahead: vec![] }),
        asked: Some(Asked { name: Some(digest), words: digest }),
        shown: vec![digest; 40],
        misses: 255,
        pending: Pending::Restart,
        said: vec![],
    };
    let muted =
        Event { input: Recorded::Host(HostEvent::MutedUntil(Millis(i64::MIN))), ..fullest.clone() };
    let odd_id = |character: &str| Event { id: character.repeat(200), ..fullest.clone() };
    let (quotes, backslashes) = (odd_id("\""), odd_id("\\"));
    for event in [&fullest, &muted, &quotes, &backslashes] {
        let compact = event.to_compact(1024);
        assert!(serde_json::to_string(&compact).unwrap().len() <= 1024, "{compact}");
        check_essentials(event, &Event::from_compact(&compact).unwrap());
    }
    let beside = Event { place: None, asked: None, shown: vec![], ..muted.clone() };
    let compact = beside.to_compact_after(&fullest, 1024);
    assert!(serde_json::to_string(&compact).unwrap().len() <= 1024, "{compact}");
    check_essentials(
        &Event { id: String::new(), ..fullest.without_words() },
        &Event::compact_before(&compact).unwrap(),
    );
    // Nothing is cut where there is room, and even the fullest is read again.
    let compact = fullest.to_compact(usize::MAX);
    assert_eq!(all_of(&Event::from_compact(&compact).unwrap()), all_of(&fullest.clone().bounded()));
    // Where there is no room at all, what is needed is there all the same.
    check_essentials(&fullest, &Event::from_compact(&fullest.to_compact(0)).unwrap());
}

#[test]
fn words_are_cut_last_things_first() {
    let mut event = golden_events().remove(3);
    event.input = Recorded::Text("Tōkyō and \"Kyōto\"".to_owned());
    let lengths: Vec<usize> = (0..500)
        .map(|limit| {
            let read = Event::from_compact(&event.to_compact(limit)).unwrap();
            let Recorded::Text(text) = &read.input else {
                return usize::MAX;
            };
            let trail = read.place.unwrap();
            let words =
                trail.steps.iter().rev().chain(&trail.ahead).filter(|step| step.words.is_some());
            text.chars().count() * 10 + words.count()
        })
        .collect();
    assert!(lengths.is_sorted());
    let (first, last) = (lengths.first().unwrap(), lengths.last().unwrap());
    assert_eq!((*first, *last), (0, 174));
}

/// What must be left of an event in its compact form.
fn check_essentials(event: &Event, read: &Event) {
    let event = event.clone().bounded();
    assert_eq!((read.at, &read.id, &read.place), (event.at, &event.id, &event.place));
    assert_eq!((read.asked, read.misses, read.pending), (event.asked, event.misses, event.pending));
    assert_eq!(read.shown, event.shown.iter().take(40).copied().collect::<Vec<_>>());
    assert_eq!(read.matched.as_ref().map(|it| it.tier), event.matched.as_ref().map(|it| it.tier));
    match (&read.input, &event.input) {
        (Recorded::Text(read), Recorded::Text(whole))
        | (Recorded::Tap(read), Recorded::Tap(whole)) => {
            assert!(whole.starts_with(read.as_str()));
        }
        (read, whole) => assert_eq!(read, whole),
    }
}

fn check_any(text: &str) -> Result<(), TestCaseError> {
    if let Ok(history) = History::from_json(text) {
        let again = History::from_json(&history.to_json());
        prop_assert_eq!(all_of(&again), all_of(&Ok::<_, StoredError>(history)));
    }
    if let Ok(event) = Event::from_compact(text) {
        let again = Event::from_compact(&event.to_compact(usize::MAX)).unwrap();
        check_essentials(&event, &again);
    }
    Ok(())
}

/// A text with some of its bytes changed, added or taken away.
fn damaged(text: String, edits: Vec<(prop::sample::Index, u8, char)>) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for (at, kind, character) in edits {
        let at = at.index(text.len());
        match kind {
            0 => drop(text.splice(at..=at, [character])),
            1 => text.insert(at, character),
            2 => drop(text.remove(at)),
            _ => drop(text.splice(at..(at + 9).min(text.len()), [])),
        }
        if text.is_empty() {
            text.push(' ');
        }
    }
    text.into_iter().collect()
}

fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, char)>> {
    let character = prop::sample::select(r#"{}[]",:\0123-e.AabcpqwéX"#.chars().collect::<Vec<_>>());
    prop::collection::vec((any::<prop::sample::Index>(), 0..4_u8, character), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn writing_and_reading_a_history_is_the_identity(history in strategies::history()) {
        let json = history.to_json();
        let read = History::from_json(&json).unwrap();
        prop_assert_eq!(all_of(&read), all_of(&history));
        prop_assert_eq!(read.to_json(), json);
    }

    #[test]
    fn an_event_fits_and_is_enough_to_go_on(event in strategies::event(), limit in prop_oneof![Just(1024_usize), 1024..4096_usize]) {
        let compact = event.to_compact(limit);
        prop_assert!(serde_json::to_string(&compact).unwrap().len() <= limit);
        let read = Event::from_compact(&compact).unwrap();
        check_essentials(&event, &read);
        prop_assert_eq!(read.to_compact(limit), compact);
    }

    #[test]
    fn an_event_without_a_place_brings_the_one_before_it(event in strategies::event(), before in strategies::event(), limit in 1024..4096_usize) {
        let event = Event { place: None, asked: None, shown: Vec::new(), ..event };
        let text = event.to_compact_after(&before, limit);
        prop_assert!(serde_json::to_string(&text).unwrap().len() <= limit, "{}", text);
        check_essentials(&event, &Event::from_compact(&text).unwrap());
        prop_assert_eq!(Event::compact_before(&event.to_compact(limit)), None);
        let read = Event::compact_before(&text).unwrap();
        let id = read.id.clone();
        prop_assert!(id.is_empty() || id == before.clone().bounded().id);
        check_essentials(&Event { id, ..before.without_words() }, &read);
        prop_assert_eq!(read.without_words(), read);
    }

    #[test]
    fn an_event_without_a_limit_is_whole(event in strategies::event()) {
        let read = Event::from_compact(&event.to_compact(usize::MAX)).unwrap();
        let mut whole = without_said(&event).bounded();
        whole.shown.truncate(40);
        prop_assert_eq!(all_of(&read), all_of(&whole));
    }

    #[test]
    fn any_text_is_read_without_harm(text in any::<String>()) {
        let _ = Event::compact_before(&text);
        check_any(&text)?;
    }

    #[test]
    fn a_damaged_history_is_read_without_harm(history in strategies::history(), edits in edits()) {
        check_any(&damaged(history.to_json(), edits))?;
    }

    #[test]
    fn a_damaged_event_is_read_without_harm(event in strategies::event(), edits in edits()) {
        check_any(&damaged(event.to_compact(1024), edits))?;
    }
}
