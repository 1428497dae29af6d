//! How a page shows the bot, made from trees.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use expect_test::{Expect, expect};
use proptest::prelude::*;
use serde_json::{Value, json};
use treebot::{InputKind, LoadOptions, Millis, Tree, load_with};
use treebot_messenger::incoming::{Pages, What, read};
use treebot_messenger::outgoing::length;
use treebot_messenger::profile::{
    Change, MAX_GREETING, MAX_ICE_BREAKER, MAX_ICE_BREAKERS, MAX_MENU_TITLE, OURS, Profile, lines,
    set, unset,
};

fn tree(source: &str) -> Tree {
    let options = LoadOptions { name: Some("test".to_owned()), ..LoadOptions::default() };
    let loaded = load_with(source, &options);
    let problems: Vec<_> = loaded.diagnostics.iter().map(|problem| &problem.message).collect();
    assert!(loaded.tree.is_some(), "{problems:?}\n{source}");
    loaded.tree.unwrap()
}

fn profile(source: &str) -> Profile {
    Profile::of(&tree(source))
}

/// All parts of a profile, as people see them.
fn shown(profile: &Profile) -> String {
    let part = |name| {
        let lines = profile.part(name).map(lines).unwrap_or_default();
        lines.into_iter().map(move |line| format!("{name}: {line}\n"))
    };
    OURS.into_iter().flat_map(part).collect()
}

fn check(source: &str, expected: Expect) {
    expected.assert_eq(&shown(&profile(source)));
}

/// What a payload leads to when somebody presses it.
fn pressed(payload: &str) -> InputKind {
    let item = json!({"sender": {"id": "61"}, "recipient": {"id": "1"}, "timestamp": 1_795_330_800_000_i64,
        "postback": {"mid": "m", "title": "T", "payload": payload}});
    let body = json!({"object": "page", "entry": [{"id": "1", "time": 1, "messaging": [item]}]});
    let delivery = read(body.to_string().as_bytes(), &Pages::default(), Millis(1)).unwrap();
    match delivery.items[0].what.clone() {
        What::Input { kind, .. } => kind,
        other => {
            assert_eq!(format!("{other:?}"), "an input");
            InputKind::Unsupported
        }
    }
}

const TEA: &str = "
title: Tea time
say: [Hello! I am a bot., 'Which tea?']
answers: {green: Green., black: Black., white: White., red: Red., blue: Blue.}
";

#[test]
fn a_page_greets_with_what_is_said_before_the_first_question_and_offers_its_first_answers() {
    check(
        TEA,
        expect![[r#"
            get_started: sends `treebot:start`
            greeting: Hello! I am a bot.
            persistent_menu: Start again (sends `treebot:restart`)
            persistent_menu: Delete my data (sends `treebot:forget`)
            ice_breakers: green (sends `1t6dnbBztwsrxjdyr`)
            ice_breakers: black (sends `1t6dnbBztwsryadmp`)
            ice_breakers: white (sends `1t6dnbBztwsragh2s`)
            ice_breakers: red (sends `1t6dnbBztwsrwh2ru`)
        "#]],
    );
}

#[test]
fn without_that_it_greets_with_the_title_and_without_a_title_with_the_question() {
    let greeting = |source: &str| {
        let profile = profile(source);
        lines(profile.part("greeting").unwrap()).concat()
    };
    assert_eq!(greeting("title: Tea time\nsay: Which?\nanswers: {a: A, b: B}"), "Tea time");
    assert_eq!(greeting("say: Which?\nanswers: {a: A, b: B}"), "Which?");
    assert_eq!(
        greeting("say: ['See [our page](https://example.org/a).', Which?]\nanswers: {a: A, b: B}"),
        "See our page: https://example.org/a."
    );
    let image = "{image: https://example.org/a.png, alt: a light}";
    assert_eq!(greeting(&format!("say: [{image}, Which?]\nanswers: {{a: A, b: B}}")), "Which?");
    let long =
        format!("say: ['Hello. {} end.', Which?]\nanswers: {{a: A, b: B}}", "Word ".repeat(60));
    assert_eq!(greeting(&long), "Hello.", "it is cut after a sentence");
}

#[test]
fn what_is_pressed_before_anything_was_said_is_understood() {
    let tree = tree(TEA);
    let profile = Profile::of(&tree);
    let payload = |pointer: &str| {
        let part = pointer.split('/').nth(1).unwrap();
        let rest = pointer.get(part.len() + 1..).unwrap();
        profile.part(part).unwrap().pointer(rest).and_then(Value::as_str).unwrap().to_owned()
    };
    assert_eq!(pressed(&payload("/get_started/payload")), InputKind::Start { at_node: None });
    let menu = "/persistent_menu/0/call_to_actions";
    assert_eq!(pressed(&payload(&format!("{menu}/0/payload"))), InputKind::Restart);
    assert_eq!(pressed(&payload(&format!("{menu}/1/payload"))), InputKind::Forget);
    let code = payload("/ice_breakers/0/call_to_actions/0/payload");
    assert_eq!(pressed(&code), InputKind::Tap { code, title: Some("T".to_owned()) });
}

#[test]
fn a_tree_that_offers_nothing_has_no_ice_breakers() {
    for source in ["say: Hello.", "say: Which?\noffer: false\nanswers: {a: A, b: B}"] {
        assert_eq!(profile(source).part("ice_breakers"), None, "{source}");
    }
}

#[test]
fn a_profile_that_is_set_needs_no_change() {
    let wanted = profile(TEA);
    let parts = |wanted: &Profile| -> Value {
        OURS.into_iter()
            .filter_map(|name| Some((name.to_owned(), wanted.part(name)?.clone())))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let one = json!({"data": [parts(&wanted)]});
    assert_eq!(Profile::read(&one).changes(&wanted), []);
    // Each part in an object of its own, with what Meta adds, and without what is off.
    let mut menu = wanted.part("persistent_menu").unwrap().clone();
    menu[0].as_object_mut().unwrap().remove("composer_input_disabled");
    menu[0]["disabled_surfaces"] = json!([]);
    let each = json!({"data": [
        {"get_started": wanted.part("get_started")},
        {"greeting": wanted.part("greeting")},
        {"persistent_menu": menu, "psid": 1},
        {"ice_breakers": wanted.part("ice_breakers")},
        {"commands": [{"locale": "default", "commands": [{"name": "x", "description": "y"}]}]},
    ]});
    let present = Profile::read(&each);
    assert_eq!(present.changes(&wanted), []);
    assert!(present.has_commands());
    assert!(!Profile::read(&one).has_commands());
}

#[test]
fn only_what_differs_is_changed() {
    let wanted = profile(TEA);
    let empty = Profile::read(&json!({"data": []}));
    let names = |changes: &[Change]| changes.iter().map(|change| change.name).collect::<Vec<_>>();
    assert_eq!(names(&empty.changes(&wanted)), OURS);
    let other = profile(&TEA.replace("blue: Blue.", "pink: Pink.").replace("Hello!", "Hi!"));
    let changes = other.changes(&wanted);
    assert_eq!(names(&changes), ["greeting"], "the fifth answer is no ice breaker");
    assert_eq!(set(&changes), Some(json!({"greeting": wanted.part("greeting")})));
    assert_eq!(unset(&changes), None);
    let silent = profile("say: Hello.");
    let changes = wanted.changes(&silent);
    assert_eq!(names(&changes), ["greeting", "ice_breakers"]);
    assert_eq!(set(&changes), Some(json!({"greeting": silent.part("greeting")})));
    assert_eq!(unset(&changes), Some(json!({"fields": ["ice_breakers"]})));
    assert_eq!((set(&[]), unset(&[])), (None, None));
}

#[test]
fn an_answer_that_is_none_is_an_empty_profile() {
    for answer in [json!(null), json!({"data": 3}), json!({"data": [3, null]}), json!([])] {
        assert_eq!(Profile::read(&answer), Profile::default());
    }
}

#[test]
fn entries_of_other_makers_are_shown_too() {
    let theirs = json!([
        {"locale": "default", "call_to_actions": [{"type": "web_url", "title": "Shop", "url": "https://example.org"}]},
        {"locale": "de_DE", "text": "Hallo"},
        {"question": "Old form?", "payload": "x"},
        7,
    ]);
    assert_eq!(
        lines(&theirs),
        ["Shop (sends `https://example.org`)", "de_DE: Hallo", "Old form? (sends `x`)", "7"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_global_rejects: 2000, ..ProptestConfig::default() })]

    /// Meta refuses a profile of which any part is too long.
    #[test]
    fn no_part_of_a_profile_is_too_long(
        title in "[a-zA-Zäöü👍🏽é. !?-]{0,300}",
        said in prop::collection::vec("[a-zA-Zäöü👍🏽é. !?\u{301}-]{0,400}", 1..4),
        labels in prop::collection::vec("[a-zäöü👍🏽é \u{301}-]{0,200}", 2..9),
    ) {
        // A word of its own in each, so that they load.
        let own = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
        let answers: Vec<String> = labels.iter().zip(own)
            .map(|(label, own)| format!("  {own}: {{label: {}, say: Fine}}\n", Value::from(format!("{own} {label}"))))
            .collect();
        let said: Vec<String> = said.iter().map(|said| format!("Hm. {said}")).collect();
        let source = format!("title: {}\nsay: {}\nanswers:\n{}", Value::from(format!("T {title}")), Value::from(said), answers.concat());
        let loaded = treebot::load(&source);
        prop_assume!(loaded.tree.is_some());
        let profile = Profile::of(&loaded.tree.unwrap());
        let texts = |part: &str, list: &str, name: &str| -> Vec<String> {
            let part = profile.part(part).cloned().unwrap_or(json!([{}]));
            let entries = if list.is_empty() { part.clone() } else { part[0][list].clone() };
            let entries = entries.as_array().cloned().unwrap_or_default();
            entries.iter().filter_map(|entry| entry[name].as_str()).map(str::to_owned).collect()
        };
        for greeting in texts("greeting", "", "text") {
            prop_assert!((1..=MAX_GREETING).contains(&length(&greeting)), "{greeting}");
        }
        for title in texts("persistent_menu", "call_to_actions", "title") {
            prop_assert!((1..=MAX_MENU_TITLE).contains(&length(&title)));
        }
        let questions = texts("ice_breakers", "call_to_actions", "question");
        prop_assert!(questions.len() <= MAX_ICE_BREAKERS);
        for question in questions {
            prop_assert!((1..=MAX_ICE_BREAKER).contains(&length(&question)), "{question}");
        }
        for payload in texts("ice_breakers", "call_to_actions", "payload") {
            prop_assert!(payload.len() <= 1000);
        }
    }
}
