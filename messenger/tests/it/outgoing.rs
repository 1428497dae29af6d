//! Replies out.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use expect_test::{Expect, expect};
use proptest::prelude::*;
use serde_json::Value;
use treebot::{
    Choice, History, Input, InputKind, LoadOptions, Message, Millis, Note, NoteKind, Pending,
    PlaceCode, Reply, ReplyKind, Tree, TurnOptions, load_with, turn,
};
use treebot_messenger::incoming::{Pages, What, read};
use treebot_messenger::outgoing::{
    Dress, MAX_BUTTON_TEXT, MAX_BUTTONS, MAX_MESSAGES, MAX_PAYLOAD, MAX_QUICK_REPLIES, MAX_TEXT,
    MAX_TITLE, graphemes, length, render, render_plain,
};

/// A tree with one question and these answers.
fn tree(labels: &[String]) -> Tree {
    let answers: Vec<String> = labels
        .iter()
        .enumerate()
        .map(|(at, label)| {
            format!("  k{at}: {{label: {}, say: You chose {at}}}\n", Value::from(label.as_str()))
        })
        .collect();
    let source = format!("say: Which?\nanswers:\n{}", answers.concat());
    let loaded = load_with(
        &source,
        &LoadOptions { name: Some("test".to_owned()), ..LoadOptions::default() },
    );
    let problems: Vec<_> =
        loaded.diagnostics.iter().map(|diagnostic| &diagnostic.message).collect();
    loaded.tree.unwrap_or_else(|| panic!("{problems:?}\n{source}"))
}

fn take(tree: &Tree, kind: InputKind) -> (Reply<'_>, String) {
    let input = Input { at: Millis(1), id: "1".to_owned(), kind };
    let turn = turn(tree, &History::new(), &input, &TurnOptions::default());
    let place = turn
        .event
        .place
        .as_ref()
        .map_or_else(String::new, |trail| PlaceCode::encode(tree, trail).as_str().to_owned());
    (turn.reply, place)
}

fn dressed(tree: &Tree, reply: &Reply, place: &str, from: usize) -> Vec<Value> {
    let start_again = tree.start_again();
    let dress = Dress {
        person: "61",
        place,
        from,
        more: tree.more_label(),
        yes_or_no: tree.yes_or_no(),
        start_again: &start_again,
        metadata: Some("m"),
        graphemes,
    };
    values(&render(reply, &dress))
}

fn values(bodies: &[String]) -> Vec<Value> {
    bodies.iter().map(|body| serde_json::from_str(body).unwrap()).collect()
}

/// A reply that says this, with the answers of a tree.
fn question(labels: &[&str], messages: &[&str]) -> (Tree, Reply<'static>, String) {
    let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
    let tree = if labels.is_empty() { tree(&["none".to_owned()]) } else { tree(&labels) };
    let (reply, place) = take(&tree, InputKind::Start { at_node: None });
    let mut reply = reply.into_owned();
    reply.messages = messages.iter().map(|text| Message::new((*text).to_owned())).collect();
    if labels.is_empty() {
        reply.choices = Vec::new();
    }
    (tree, reply, place)
}

fn check(labels: &[&str], messages: &[&str], expected: &Expect) {
    let (tree, reply, place) = question(labels, messages);
    expected.assert_eq(&shown(&dressed(&tree, &reply, &place, 0)));
}

/// What somebody would see, one message a line; payloads are left out.
fn shown(bodies: &[Value]) -> String {
    let show = |body: &Value| {
        let message = body.get("message").unwrap();
        let text = words(message).map_or_else(
            || format!("<{}>", message.pointer("/attachment/payload/url").unwrap()),
            |text| format!("{text:?}"),
        );
        let titles: Vec<String> =
            presses(message).iter().map(|(title, _)| format!("[{title}]")).collect();
        let kind =
            if message.pointer("/attachment/payload/buttons").is_some() { " stays" } else { "" };
        format!("{text} {}{kind}", titles.join(" ")).trim_end().to_owned()
    };
    bodies.iter().map(show).collect::<Vec<_>>().join("\n")
}

fn words(message: &Value) -> Option<&str> {
    message
        .get("text")
        .or_else(|| message.pointer("/attachment/payload/text"))
        .and_then(Value::as_str)
}

fn presses(message: &Value) -> Vec<(String, String)> {
    let list =
        message.get("quick_replies").or_else(|| message.pointer("/attachment/payload/buttons"));
    let text = |press: &Value, name| press.get(name).and_then(Value::as_str).unwrap().to_owned();
    list.and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|press| (text(press, "title"), text(press, "payload")))
        .collect()
}

#[test]
fn up_to_three_short_answers_are_buttons_that_stay() {
    check(&["Yes", "No"], &["Is it?"], &expect![[r#""Is it?" [Yes] [No] stays"#]]);
    check(
        &["a", "b", "12345678901234567890"],
        &["Which?"],
        &expect![[r#""Which?" [a] [b] [12345678901234567890] stays"#]],
    );
}

#[test]
fn whether_all_is_to_be_deleted_is_answered_by_quick_replies_which_do_not_stay() {
    for labels in [&["a", "b"][..], &["Yes", "No"], &[]] {
        let (tree, _, _) = question(labels, &["Which?"]);
        let (reply, place) = take(&tree, InputKind::Forget);
        let bodies = dressed(&tree, &reply, &place, 0);
        expect![[r#""Shall I delete everything I have stored about this conversation? Say \"yes\" to delete it." [Yes] [No]"#]]
            .assert_eq(&shown(&bodies));
        let message = bodies.last().unwrap().get("message").unwrap();
        let pressed: Vec<String> =
            presses(message).into_iter().map(|(_, payload)| payload).collect();
        assert_eq!(pressed, ["treebot:forget:yes", "treebot:forget:no"]);
    }
}

#[test]
fn more_answers_or_more_words_are_quick_replies() {
    check(&["a", "b", "c", "d"], &["Which?"], &expect![[r#""Which?" [a] [b] [c] [d]"#]]);
    let (tree, reply, place) = question(&["a", "b"], &[&"x".repeat(MAX_BUTTON_TEXT + 1)]);
    let bodies = dressed(&tree, &reply, &place, 0);
    assert!(bodies.first().unwrap().pointer("/message/quick_replies").is_some());
}

#[test]
fn one_long_answer_makes_a_numbered_list() {
    check(
        &["yes", "123456789012345678901"],
        &["Which?"],
        &expect![[r#""Which?\n\n1. yes\n2. 123456789012345678901" [1] [2]"#]],
    );
    // Ten characters, twenty-one units.
    check(
        &["yes", "😀😀😀😀😀😀😀😀😀😀!"],
        &["Which?"],
        &expect![[r#""Which?\n\n1. yes\n2. 😀😀😀😀😀😀😀😀😀😀!" [1] [2]"#]],
    );
}

#[test]
fn a_long_list_has_pages() {
    let labels: Vec<String> = (1..=30).map(|n| format!("answer {n}")).collect();
    let tree = tree(&labels);
    let (reply, place) = take(&tree, InputKind::Start { at_node: None });
    let page = |from| shown(&dressed(&tree, &reply, &place, from));
    expect![[r#""Which?" [answer 1] [answer 2] [answer 3] [answer 4] [answer 5] [answer 6] [answer 7] [answer 8] [answer 9] [answer 10] [answer 11] [answer 12] [More…]"#]]
        .assert_eq(&page(0));
    expect![[
        r#""Which?" [answer 25] [answer 26] [answer 27] [answer 28] [answer 29] [answer 30]"#
    ]]
    .assert_eq(&page(24));
    assert_eq!(page(999), page(0));
    let bodies = dressed(&tree, &reply, &place, 0);
    let (_, payload) = presses(bodies.first().unwrap().get("message").unwrap()).pop().unwrap();
    assert_eq!(payload, format!("{place}=m12"));
}

#[test]
fn numbers_go_on_over_the_pages() {
    let labels: Vec<String> =
        (1..=14).map(|n| format!("a rather long answer, number {n}")).collect();
    let tree = tree(&labels);
    let (reply, place) = take(&tree, InputKind::Start { at_node: None });
    let last = shown(&dressed(&tree, &reply, &place, 12));
    expect![[r#""Which?\n\n13. a rather long answer, number 13\n14. a rather long answer, number 14" [13] [14]"#]].assert_eq(&last);
}

#[test]
fn an_end_offers_to_start_again() {
    let tree = tree(&["a".to_owned()]);
    let (reply, place) = take(&tree, InputKind::Start { at_node: None });
    let code = reply.choices.first().unwrap().code.as_str().to_owned();
    let (end, _) = take(&tree, InputKind::Tap { code, title: None });
    assert_eq!(end.kind, ReplyKind::End);
    expect![[r#""You chose 0" [Start again]"#]].assert_eq(&shown(&dressed(&tree, &end, &place, 0)));
}

#[test]
fn a_question_that_is_typed_has_nothing_to_press() {
    check(&[], &["Which country?"], &expect![[r#""Which country?""#]]);
}

#[test]
fn several_messages_are_several_and_answers_are_under_the_last() {
    check(
        &["a", "b"],
        &["Hello.", "Which?"],
        &expect![[r#"
        "Hello."
        "Which?" [a] [b] stays"#]],
    );
}

#[test]
fn the_bots_own_words_share_a_message_with_the_question() {
    let (tree, mut reply, place) = question(&["a", "b"], &["Sorry?", "Which?"]);
    reply.kind = ReplyKind::Unclear;
    expect![[r#""Sorry?\n\nWhich?" [a] [b] stays"#]]
        .assert_eq(&shown(&dressed(&tree, &reply, &place, 0)));
    reply.kind = ReplyKind::Question;
    reply.note = Some(Note { kind: NoteKind::Changed, text: "This has changed.".into() });
    expect![[r#"
        "This has changed.\n\nSorry?"
        "Which?" [a] [b] stays"#]]
    .assert_eq(&shown(&dressed(&tree, &reply, &place, 0)));
}

#[test]
fn links_are_written_out() {
    for (text, expected) in [
        (
            "See [GOV.UK](https://www.gov.uk/visa), or not.",
            "See GOV.UK: https://www.gov.uk/visa, or not.",
        ),
        ("[https://a.b/](https://a.b/)", "https://a.b/"),
        ("[Write](mailto:a@b.c) [Call](tel:+4412)", "Write: a@b.c Call: +4412"),
        ("[a](http://b) [c](javascript:d) [e]", "[a](http://b) [c](javascript:d) [e]"),
        ("[a [b](https://c) [", "[a b: https://c ["),
    ] {
        let (tree, reply, place) = question(&[], &[text]);
        let bodies = dressed(&tree, &reply, &place, 0);
        assert_eq!(words(bodies.first().unwrap().get("message").unwrap()), Some(expected));
    }
}

#[test]
fn pictures_are_attachments() {
    let picture = || Message::Image { address: "https://a.b/c.png".into(), alt: "a map".into() };
    let (tree, mut reply, place) = question(&["a", "b"], &["Which?"]);
    reply.messages.insert(0, picture());
    expect![[r#"
        <"https://a.b/c.png">
        "Which?" [a] [b] stays"#]]
    .assert_eq(&shown(&dressed(&tree, &reply, &place, 0)));
    reply.messages = vec![picture()];
    expect![[r#"<"https://a.b/c.png"> [a] [b]"#]]
        .assert_eq(&shown(&dressed(&tree, &reply, &place, 0)));
}

#[test]
fn what_is_too_long_is_cut_where_it_hurts_least() {
    let cuts = |text: &str| {
        let (tree, reply, place) = question(&["a", "b"], &[text]);
        let bodies = dressed(&tree, &reply, &place, 0);
        let (last, before) = bodies.split_last().unwrap();
        assert!(before.iter().all(|body| presses(body.get("message").unwrap()).is_empty()));
        assert_eq!(presses(last.get("message").unwrap()).len(), 2);
        bodies
            .iter()
            .map(|body| words(body.get("message").unwrap()).unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let sentence = |letter: &str, length: usize| format!("{}.", letter.repeat(length - 1));
    let (a, b, c) = (sentence("a", 900), sentence("b", 900), sentence("c", 900));
    assert_eq!(
        cuts(&format!("{a}\n\n{b} {c}")),
        [a.clone(), format!("{b} {c}")],
        "after a paragraph"
    );
    assert_eq!(cuts(&format!("{a} {b} {c}")), [format!("{a} {b}"), c.clone()], "after a sentence");
    let word = "w".repeat(1500);
    assert_eq!(cuts(&format!("{word} {word}")), [word.clone(), word.clone()], "after a word");
    let family = "👨‍👩‍👧‍👦";
    assert!(
        cuts(&family.repeat(500)).iter().all(|part| part.chars().count() % 7 == 0),
        "between two characters as people see them"
    );
    assert_eq!(cuts(&format!("e{}", "\u{301}".repeat(4500))).len(), 3, "and at last within one");
    assert_eq!(cuts(&"x".repeat(MAX_TEXT)).len(), 1);
}

/// All that is said, in one text.
fn said(bodies: &[Value]) -> String {
    let texts = bodies.iter().filter_map(|body| words(body.get("message").unwrap()));
    texts.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn more_messages_than_may_be_sent_share_some_and_no_word_is_lost() {
    let texts: Vec<String> = (1..=15).map(|number| format!("This is number {number}.")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (tree, reply, place) = question(&["a", "b"], &texts);
    let bodies = dressed(&tree, &reply, &place, 0);
    assert_eq!((bodies.len(), said(&bodies)), (MAX_MESSAGES, texts.join("\n\n")));
    assert_eq!(presses(bodies.last().unwrap().get("message").unwrap()).len(), 2);
}

#[test]
fn what_is_left_out_of_far_too_much_is_said_to_be() {
    let text = "x".repeat(15 * MAX_TEXT);
    let (tree, reply, place) = question(&["a", "b"], &[&text]);
    let bodies = dressed(&tree, &reply, &place, 0);
    assert_eq!(bodies.len(), MAX_MESSAGES);
    let told: Vec<&str> =
        bodies.iter().filter_map(|body| words(body.get("message").unwrap())).collect();
    assert_eq!(told.iter().position(|text| *text == "…"), Some(MAX_MESSAGES - 2));
}

#[test]
fn in_plain_words_nothing_is_lost_but_the_buttons() {
    let (tree, reply, place) = question(&["yes", "no"], &["Hello.", "Is it?"]);
    let start_again = tree.start_again();
    let dress = Dress {
        person: "61",
        place: &place,
        from: 0,
        more: "More",
        yes_or_no: ["Yes", "No"],
        start_again: &start_again,
        metadata: None,
        graphemes,
    };
    expect![[r#""Hello.\n\nIs it?\n\n1. yes\n2. no""#]]
        .assert_eq(&shown(&values(&render_plain(&reply, &dress))));
}

/// Any reply that could be made, and many that could not.
fn any_reply() -> impl Strategy<Value = (Vec<String>, Reply<'static>)> {
    let text = prop_oneof![
        "\\PC{0,30}",
        "[a-z .!?\n]{0,60}",
        Just(String::new()),
        ("[a-z]{1,9}[ .\n]{0,2}", 1_usize..900).prop_map(|(part, times)| part.repeat(times)),
        ("[\u{301}\u{200d}😀é ]{1,6}", 1_usize..900).prop_map(|(part, times)| part.repeat(times)),
        "\\[[a-z ]{0,8}\\]\\(https:[a-z/]{0,20}\\)?",
    ];
    let message = prop_oneof![
        5 => text.clone().prop_map(Message::new),
        1 => Just(Message::Image { address: "https://a.b/c.png".into(), alt: "".into() }),
    ];
    let kind = prop::sample::select(vec![
        ReplyKind::Question,
        ReplyKind::End,
        ReplyKind::Unclear,
        ReplyKind::DidYouMean,
        ReplyKind::Info,
    ]);
    let label = prop_oneof![4 => "[a-z]{1,14}", 1 => "[a-z]{15,40}", 1 => "[a-z]{150,400}"];
    let note =
        prop::option::of(text.prop_map(|text| Note { kind: NoteKind::TookAs, text: text.into() }));
    (prop::collection::vec(label, 0..40), prop::collection::vec(message, 0..14), kind, note)
        .prop_map(|(mut labels, messages, kind, note)| {
            for (at, label) in labels.iter_mut().enumerate() {
                // Labels of one question are never alike.
                label.push_str(&format!(" {at}"));
            }
            (labels, Reply { kind, messages, choices: Vec::new(), note, pending: Pending::Nothing })
        })
}

/// What Meta would say against a body, if anything.
fn problem(body: &Value) -> Option<String> {
    let message = body.get("message")?;
    let too_long = |what: &str, text: &str, limit: usize| {
        (text.trim().is_empty() || length(text) > limit).then(|| format!("{what}: {text:?}"))
    };
    let text = message.get("text").map(|text| too_long("text", text.as_str().unwrap(), MAX_TEXT));
    let template = message
        .pointer("/attachment/payload/text")
        .map(|text| too_long("text", text.as_str().unwrap(), MAX_BUTTON_TEXT));
    let pressed = presses(message);
    let most = if template.is_some() { MAX_BUTTONS } else { MAX_QUICK_REPLIES };
    let count = (pressed.len() > most).then(|| format!("{} buttons", pressed.len()));
    let press = pressed.iter().find_map(|(title, payload)| {
        too_long("title", title, MAX_TITLE).or_else(|| too_long("payload", payload, MAX_PAYLOAD))
    });
    let metadata = message
        .get("metadata")
        .and_then(|metadata| too_long("metadata", metadata.as_str().unwrap(), 1000));
    let envelope = (body.get("messaging_type").and_then(Value::as_str) != Some("RESPONSE"))
        .then(|| "messaging_type".to_owned());
    text.flatten().or(template.flatten()).or(count).or(press).or(metadata).or(envelope)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    /// Law 8: the limits are kept, every answer can be reached, and each payload picks the answer it came from.
    #[test]
    fn every_reply_keeps_the_limits_and_offers_every_answer((labels, mut reply) in any_reply()) {
        let tree = if labels.is_empty() { tree(&["none".to_owned()]) } else { tree(&labels) };
        let (asked, place) = take(&tree, InputKind::Start { at_node: None });
        reply.choices = if labels.is_empty() { Vec::new() } else { asked.choices };
        let mut reached: Vec<String> = Vec::new();
        let mut from = 0;
        loop {
            let bodies = dressed(&tree, &reply, &place, from);
            prop_assert!((1..=MAX_MESSAGES).contains(&bodies.len()));
            // Two texts that share no message have more than the longest text has room for: five such pairs are enough.
            let all = reply.messages.iter().map(|message| match message {
                Message::Text(text) => Some(text.to_string()),
                Message::Image { .. } => None,
            });
            let note = reply.note.iter().map(|note| Some(note.text.to_string()));
            let all: Option<Vec<String>> = all.chain(note).collect();
            let all = all.filter(|texts| texts.iter().map(|text| text.encode_utf16().count() + 2).sum::<usize>() < 4 * MAX_TEXT);
            if let Some(texts) = all {
                let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
                let said = letters(&said(&bodies));
                // Links are written out, and the list comes on top.
                for text in texts.iter().filter(|text| !text.contains('[')) {
                    prop_assert!(said.contains(&letters(text)));
                }
            }
            for body in &bodies {
                prop_assert_eq!(problem(body), None);
            }
            let (last, before) = bodies.split_last().unwrap();
            prop_assert!(before.iter().all(|body| presses(body.get("message").unwrap()).is_empty()));
            let mut more = None;
            for (title, payload) in presses(last.get("message").unwrap()) {
                match came_back(&title, &payload) {
                    What::Input { kind: InputKind::Tap { .. }, from: next @ 1.., .. } => more = Some(next),
                    What::Input { kind: InputKind::Tap { code, .. }, .. } => reached.push(code),
                    other => prop_assert!(false, "{other:?}"),
                }
            }
            match more {
                Some(next) => { prop_assert!(next > from); from = next; }
                None => break,
            }
        }
        let offered: Vec<String> = match (&reply.choices[..], reply.kind) {
            ([], ReplyKind::End) => vec![tree.start_again().code.as_str().to_owned()],
            (choices, _) => choices.iter().map(|choice| choice.code.as_str().to_owned()).collect(),
        };
        prop_assert_eq!(&reached, &offered);
        for (at, Choice { code, .. }) in reply.choices.iter().enumerate().take(3) {
            let (end, _) = take(&tree, InputKind::Tap { code: code.as_str().to_owned(), title: None });
            prop_assert_eq!(end.messages, vec![Message::new(format!("You chose {at}"))]);
        }
        let start_again = tree.start_again();
        let dress = Dress { person: "61", place: &place, from: 0, more: "", yes_or_no: ["Yes", "No"], start_again: &start_again, metadata: None, graphemes };
        for body in values(&render_plain(&reply, &dress)) {
            prop_assert_eq!(problem(&body), None);
        }
    }
}

/// What a press is when it comes back to the webhook.
fn came_back(title: &str, payload: &str) -> What {
    let item = serde_json::json!({"sender": {"id": "61"}, "postback": {"mid": "m", "title": title, "payload": payload}});
    let body = serde_json::json!({"object": "page", "entry": [{"id": "10", "messaging": [item]}]});
    read(body.to_string().as_bytes(), &Pages::default(), Millis(1))
        .unwrap()
        .items
        .pop()
        .unwrap()
        .what
}
