//! Law 8: whole conversations with random trees, as Messenger sees them.
#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use serde_json::Value;
use treebot::{Effect, InputKind, Millis, Pending, PlaceCode, Reply, ReplyKind, Tree, resolve};
use treebot_messenger::incoming::{Pages, What, read};
use treebot_messenger::outgoing::{
    Dress, MAX_BUTTON_TEXT, MAX_BUTTONS, MAX_MESSAGES, MAX_PAYLOAD, MAX_QUICK_REPLIES, MAX_TEXT,
    MAX_TITLE, graphemes, length, render,
};

use crate::support::random::{Dice, Plan, Talk};
use crate::support::{Person, tree};

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, max_shrink_iters: 100, ..ProptestConfig::default() })]

    /// For every reply of a conversation: the limits are kept, every answer can be reached over the
    /// pages, and each press, when it comes back, picks the answer that it stood for.
    #[test]
    fn every_press_that_comes_back_picks_the_answer_it_stood_for(seed: u64) {
        every_press_picks_its_answer(seed)?;
    }
}

fn every_press_picks_its_answer(seed: u64) -> Result<(), TestCaseError> {
    let failed = |error| TestCaseError::fail(format!("seed {seed}: {error}"));
    let mut dice = Dice::new(seed);
    let mut plan = Plan::random(&mut dice, 25);
    plan.widen(&mut dice);
    let tree = tree(&plan.source());
    let mut person = Person::new();
    let mut reply = person.start(&tree).reply;
    let mut talk = Talk::default();
    for _ in 0..1 + dice.below(5) {
        check(&tree, &person, &reply, &mut dice).map_err(failed)?;
        let events = person.history.len();
        let next = talk.go_on(&tree, &mut person, &mut dice);
        // What is delivered again is answered by no host: it may be understood otherwise by now.
        if person.history.len() != events {
            reply = next;
        }
    }
    check(&tree, &person, &reply, &mut dice).map_err(failed)
}

/// A press as Messenger shows it: its title, its payload, and whether it stays in the conversation.
struct Press {
    title: String,
    payload: String,
    stays: bool,
}

/// Follows a reply over its pages, and presses what it offers.
fn check(
    tree: &Tree,
    person: &Person,
    reply: &Reply,
    dice: &mut Dice,
) -> Result<(), TestCaseError> {
    let place = PlaceCode::encode(tree, person.history.trail().unwrap());
    let mut shown = reply.clone();
    let mut reached: Vec<(String, Press)> = Vec::new();
    let mut from = 0;
    loop {
        let bodies = dressed(tree, &shown, place.as_str(), from);
        prop_assert!((1..=MAX_MESSAGES).contains(&bodies.len()));
        for body in &bodies {
            limits(body)?;
        }
        let (last, before) = bodies.split_last().unwrap();
        prop_assert!(before.iter().all(|body| presses(body).is_empty()));
        if reply.pending == Pending::Forget {
            return check_confirming(tree, person, &presses(last));
        }
        let mut more = None;
        for press in presses(last) {
            let What::Input { kind: InputKind::Tap { code, title }, from: next, .. } =
                came_back(&press)
            else {
                return Err(TestCaseError::fail(format!("{} is no press", press.payload)));
            };
            if next > 0 {
                more = Some((code, next));
            } else {
                prop_assert_eq!(title.as_deref(), Some(press.title.as_str()));
                reached.push((code, press));
            }
        }
        let Some((code, next)) = more else { break };
        // The next page is that of the question as it is asked where its code leads.
        prop_assert!(next > from);
        from = next;
        let mut reader = Person { history: person.history.clone(), now: person.now };
        shown = reader.tap(tree, &code, "More…").reply;
        prop_assert_eq!(
            resolve(tree, reader.history.trail().unwrap()).trail,
            person.history.trail().unwrap().clone()
        );
    }
    let codes: Vec<&str> = reached.iter().map(|(code, _)| code.as_str()).collect();
    let again = tree.start_again();
    for (number, choice) in (1..).zip(&reply.choices) {
        let press = reached.iter().find(|(code, _)| code == choice.code.as_str());
        let Some((_, Press { title, .. })) = press else {
            return Err(TestCaseError::fail(format!("{} cannot be reached", choice.label)));
        };
        // It says what it stands for: the label, or its number on the whole list.
        let says = *title == choice.label.trim() || *title == number.to_string() || shown != *reply;
        prop_assert!(says, "{title} stands for {}", choice.label);
    }
    if reply.choices.is_empty() && reply.kind == ReplyKind::End {
        prop_assert_eq!(&codes, &[again.code.as_str()]);
    }
    // Each question's answers are those that its codes pick; a few of them pressed.
    for _ in 0..3.min(reached.len()) {
        let (code, press) = dice.pick(&reached).unwrap();
        let mut presser = Person { history: person.history.clone(), now: person.now };
        let turn = presser.tap(tree, code, &press.title);
        let decoded = PlaceCode::decode(code).unwrap().trail;
        prop_assert_eq!(&turn.reply.note, &None);
        let kept = resolve(tree, &decoded);
        prop_assert!(kept.report.all_kept());
        prop_assert_eq!(turn.place.node, kept.place.node);
        prop_assert_eq!(turn.event.place.as_ref(), Some(&kept.trail));
        let Some(choice) = reply.choices.iter().find(|choice| choice.code.as_str() == code) else {
            continue;
        };
        let typed =
            Person { history: person.history.clone(), now: person.now }.say(tree, &choice.label);
        // What is typed to a question of the bot's own ("Shall I delete …?") is another thing.
        if person.history.newest().unwrap().pending != Pending::Forget {
            prop_assert_eq!(
                &typed.event.place,
                &turn.event.place,
                "{} picked another answer",
                choice.label
            );
        }
    }
    Ok(())
}

/// Presses what is under "Shall I delete …?": it means what it says, and the conversation stays where it is.
fn check_confirming(tree: &Tree, person: &Person, presses: &[Press]) -> Result<(), TestCaseError> {
    let meant: Vec<InputKind> = presses
        .iter()
        .filter_map(|press| match came_back(press) {
            What::Input { kind, .. } if !press.stays => Some(kind),
            _ => None,
        })
        .collect();
    let confirm = |forget| InputKind::Confirm { forget };
    prop_assert_eq!(&meant, &[confirm(true), confirm(false)]);
    for (kind, effect) in meant.into_iter().zip([Effect::Forget, Effect::None]) {
        let mut presser = Person { history: person.history.clone(), now: person.now };
        let turn = presser.take(tree, kind);
        prop_assert_eq!(turn.effect, effect);
        if effect == Effect::None {
            prop_assert_eq!(turn.event.place.as_ref(), person.history.trail());
        }
    }
    Ok(())
}

fn dressed(tree: &Tree, reply: &Reply, place: &str, from: usize) -> Vec<Value> {
    let start_again = tree.start_again();
    let dress = Dress {
        person: "61",
        place,
        from,
        yes_or_no: tree.yes_or_no(),
        more: tree.more_label(),
        start_again: &start_again,
        metadata: Some("m"),
        graphemes,
    };
    render(reply, &dress).iter().map(|body| serde_json::from_str(body).unwrap()).collect()
}

/// What Meta documents as limits.
fn limits(body: &Value) -> Result<(), TestCaseError> {
    let message = body.get("message").unwrap();
    let template = message.pointer("/attachment/payload/text").and_then(Value::as_str);
    let text = message.get("text").and_then(Value::as_str);
    let most = if template.is_some() { MAX_BUTTON_TEXT } else { MAX_TEXT };
    for text in text.into_iter().chain(template) {
        prop_assert!(!text.trim().is_empty() && length(text) <= most);
    }
    prop_assert!(text.is_some() || message.get("attachment").is_some());
    let presses = presses(body);
    let most = if template.is_some() { MAX_BUTTONS } else { MAX_QUICK_REPLIES };
    prop_assert!(presses.len() <= most);
    for press in presses {
        prop_assert!(!press.title.trim().is_empty() && length(&press.title) <= MAX_TITLE);
        prop_assert!(!press.payload.is_empty() && length(&press.payload) <= MAX_PAYLOAD);
    }
    Ok(())
}

fn presses(body: &Value) -> Vec<Press> {
    let of = |at: &str, stays: bool| {
        let list = body.pointer(at).and_then(Value::as_array).into_iter().flatten();
        let text =
            |press: &Value, name: &str| press.get(name).and_then(Value::as_str).unwrap().to_owned();
        list.map(|press| Press {
            title: text(press, "title"),
            payload: text(press, "payload"),
            stays,
        })
        .collect::<Vec<_>>()
    };
    let mut presses = of("/message/quick_replies", false);
    presses.extend(of("/message/attachment/payload/buttons", true));
    presses
}

/// What a press is when it comes back to the webhook.
fn came_back(press: &Press) -> What {
    let Press { title, payload, stays } = press;
    let item = if *stays {
        serde_json::json!({"sender": {"id": "61"}, "postback": {"mid": "m", "title": title, "payload": payload}})
    } else {
        serde_json::json!({"sender": {"id": "61"}, "message": {"mid": "m", "text": title, "quick_reply": {"payload": payload}}})
    };
    let body = serde_json::json!({"object": "page", "entry": [{"id": "10", "messaging": [item]}]});
    read(body.to_string().as_bytes(), &Pages::default(), Millis(1))
        .unwrap()
        .items
        .pop()
        .unwrap()
        .what
}

/// Its talk once had two messages of one id, which no platform sends: the one took the other's place.
#[test]
fn two_messages_of_one_moment_are_two() {
    every_press_picks_its_answer(15_779_580_078_713_610_985).unwrap();
}
