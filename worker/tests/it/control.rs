//! Who answers: this bot, another app, or a human in the page's inbox.
#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};
use treebot::{Event, Millis};
use treebot_messenger::errors::Class;

use treebot_messenger::incoming::{FORGET, FORGET_NO, FORGET_YES};

use treebot_worker::sequencer::{Tidied, tidy};

use crate::fakes::{APP, Notes, World, echo, item, refusal};

const ROOT: &str = "What brings you to the UK?";
const STUDY: &str = "How long will you stay?";
const BOT: &str = "I am a bot: no human answers here.";
const HOUR: i64 = 60 * 60 * 1000;
const INBOX: Option<&str> = Some("263902037430900");

fn handover(world: &World, kind: &str, to: &str) -> Value {
    item(1, world.now(), json!({kind: {"new_owner_app_id": to, "metadata": "x"}}))
}

/// Says something a moment later, and gives what came back.
fn says(world: &World, text: &str) -> Vec<String> {
    world.later(5000);
    let before = world.said().len();
    assert_eq!(world.deliver(&[world.text(1, &format!("m{}", world.now()), text)]), 200);
    world.said().split_off(before)
}

fn happens(world: &World, what: Value) -> Vec<String> {
    world.later(5000);
    let before = world.said().len();
    assert_eq!(world.deliver(&[what]), 200);
    world.said().split_off(before)
}

#[test]
fn while_somebody_else_answers_the_bot_is_quiet_and_then_asks_again_once() {
    for world in World::both() {
        says(&world, "hello");
        assert_eq!(says(&world, "study"), [STUDY]);
        assert!(happens(&world, echo(1, world.now() + 5000, "e", INBOX, None)).is_empty());
        assert!(says(&world, "more than 6 months").is_empty());
        world.later(3 * HOUR);
        assert!(says(&world, "are you there?").is_empty());
        let passed = handover(&world, "pass_thread_control", APP);
        assert_eq!(happens(&world, passed.clone()), [BOT]);
        let asked = world.graph.sent.borrow().last().unwrap().to_string();
        assert!(asked.contains(STUDY) && asked.contains("up to 6 months"), "{asked}");
        assert!(happens(&world, passed).is_empty(), "delivered again");
        assert_eq!(says(&world, "up to 6 months"), ["A short-term study visa fits."]);
    }
}

/// More than one listing brings.
const MANY: usize = 25;

#[test]
fn many_messages_to_somebody_else_do_not_lose_the_place() {
    for world in World::both() {
        says(&world, "hello");
        assert_eq!(says(&world, "study"), [STUDY]);
        happens(&world, echo(1, world.now() + 5000, "e", INBOX, None));
        for number in 0..MANY {
            assert!(says(&world, &format!("and another thing, {number}")).is_empty());
            if number == MANY / 2 {
                // The day of quiet begins anew, and the object forgets what is old.
                world.later(20 * HOUR);
                happens(&world, echo(1, world.now(), "f", INBOX, None));
                world.later(20 * HOUR);
            }
        }
        if let Some(object) = world.object(&world.person(1)) {
            let (now, retention) = (Millis(world.now()), Millis(90 * 24 * HOUR));
            assert_ne!(tidy(&Notes(&object), now, retention), Ok(Tidied::Empty));
        }
        world.evict();
        assert_eq!(happens(&world, handover(&world, "pass_thread_control", APP)), [BOT]);
        let asked = world.graph.sent.borrow().last().unwrap().to_string();
        assert!(asked.contains(STUDY) && asked.contains("up to 6 months"), "{asked}");
        world.evict();
        assert_eq!(says(&world, "1"), [BOT], "it is long ago");
        let said = world.graph.sent.borrow().last().unwrap().to_string();
        assert!(said.contains("A short-term study visa fits."), "by its number: {said}");
    }
}

#[test]
fn nor_do_they_where_the_mute_just_lapses_and_what_was_asked_still_waits() {
    for world in World::both() {
        says(&world, "hello");
        says(&world, "study");
        assert_eq!(says(&world, "delete my data"), [ASKED]);
        happens(&world, echo(1, world.now() + 5000, "e", INBOX, None));
        for _ in 0..MANY {
            assert!(says(&world, "yes").is_empty());
        }
        world.evict();
        assert_eq!(presses(&world, "No", FORGET_NO), ["Nothing was deleted."]);
        for _ in 0..MANY {
            assert!(says(&world, "hm").is_empty());
        }
        world.later(25 * HOUR);
        world.evict();
        assert_eq!(says(&world, "up to 6 months"), [BOT], "somebody else may have answered");
        let said = world.graph.sent.borrow().last().unwrap().to_string();
        assert!(said.contains("A short-term study visa fits."), "{said}");
    }
}

#[test]
fn many_messages_within_moments_do_not_either_whatever_the_store_shows() {
    for world in World::both() {
        says(&world, "hello");
        world.kv.freeze();
        says(&world, "study");
        happens(&world, echo(1, world.now(), "e", INBOX, None));
        for number in 0..15 {
            world.later(1000);
            world.deliver(&[world.text(1, &format!("n{number}"), "wait")]);
        }
        happens(&world, handover(&world, "pass_thread_control", APP));
        assert!(world.graph.sent.borrow().last().unwrap().to_string().contains(STUDY));
        assert_eq!(says(&world, "up to 6 months"), ["A short-term study visa fits."]);
    }
}

#[test]
fn many_inputs_that_could_not_be_answered_do_not_lose_the_place() {
    for world in World::both() {
        says(&world, "hello");
        says(&world, "study");
        for _ in 0..MANY {
            world.graph.script.borrow_mut().push_back(refusal(Class::Undeliverable));
            assert!(says(&world, "up to 6 months").is_empty());
            world.evict();
        }
        assert_eq!(says(&world, "up to 6 months"), ["A short-term study visa fits."]);
    }
}

#[test]
fn what_was_deleted_does_not_come_back_with_who_answers() {
    for world in World::both() {
        says(&world, "hello");
        says(&world, "study");
        let yes = world.now() + 1000;
        happens(&world, echo(1, world.now() + 5000, "e", INBOX, None));
        says(&world, "wait");
        // The press comes late: what is newer than it stays, and says nothing of what was before it.
        let press = json!({"postback": {"mid": "y", "title": "Yes", "payload": FORGET_YES}});
        assert_eq!(happens(&world, item(1, yes, press)), [DELETED]);
        let rows = world.kv.events();
        assert_eq!(rows.len(), 3, "who answers, and then an input");
        for row in rows {
            assert_eq!(Event::compact_before(row.metadata.as_deref().unwrap()), None);
        }
        world.evict();
        world.later(25 * HOUR);
        assert_eq!(says(&world, "up to 6 months"), [ROOT]);
    }
}

#[test]
fn control_that_is_taken_mutes_and_lapses_after_a_day_of_quiet() {
    for world in World::both() {
        says(&world, "hello");
        happens(&world, handover(&world, "take_thread_control", "7"));
        assert!(says(&world, "study").is_empty());
        // Whoever answers goes on doing so, and the day begins anew.
        world.later(20 * HOUR);
        happens(&world, echo(1, world.now() + 5000, "e", INBOX, None));
        world.later(20 * HOUR);
        assert!(says(&world, "study").is_empty());
        world.later(5 * HOUR);
        assert_eq!(says(&world, "study"), [BOT], "somebody else may have answered meanwhile");
    }
}

#[test]
fn our_own_messages_mute_nobody() {
    for level in [0, 1] {
        let world = World::of_level(level, 1);
        says(&world, "hello");
        let metadata =
            world.graph.sent.borrow().last().unwrap().pointer("/message/metadata").unwrap().clone();
        happens(&world, echo(1, world.now(), "e", Some(APP), metadata.as_str()));
        assert_eq!(says(&world, "study"), [STUDY]);
        // One that another program of the same app has sent, where the app is known.
        let world = World::with_settings(level, 1, &[("APP_ID", APP)]);
        says(&world, "hello");
        happens(&world, echo(1, world.now(), "e", Some(APP), None));
        assert_eq!(says(&world, "study"), [STUDY]);
        happens(&world, handover(&world, "pass_thread_control", "7"));
        assert!(says(&world, "up to 6 months").is_empty(), "passed to another");
    }
}

#[test]
fn who_spoke_last_counts_in_whatever_order_it_is_delivered() {
    for world in World::both() {
        says(&world, "hello");
        let taken = handover(&world, "take_thread_control", "7");
        world.later(60_000);
        let passed = handover(&world, "pass_thread_control", APP);
        happens(&world, passed);
        assert!(happens(&world, taken).is_empty());
        assert_eq!(says(&world, "study"), [STUDY], "it was passed to us later than it was taken");

        let passed = handover(&world, "pass_thread_control", APP);
        world.later(60_000);
        happens(&world, handover(&world, "take_thread_control", "7"));
        assert!(happens(&world, passed).is_empty(), "somebody else has it: nothing is asked");
        assert!(says(&world, "up to 6 months").is_empty());
    }
}

#[test]
fn when_meta_says_that_somebody_else_answers_the_bot_is_quiet() {
    for world in World::both() {
        says(&world, "hello");
        world.graph.script.borrow_mut().push_back(refusal(Class::NotThreadOwner));
        assert!(says(&world, "study").is_empty());
        let calls = world.graph.calls.get();
        assert!(says(&world, "study").is_empty());
        assert_eq!(world.graph.calls.get(), calls, "nothing is tried");
        let passed = handover(&world, "pass_thread_control", APP);
        assert_eq!(happens(&world, passed), [BOT]);
        assert!(world.graph.sent.borrow().last().unwrap().to_string().contains(ROOT));
    }
}

#[test]
fn who_comes_back_after_a_day_is_told_that_a_bot_answers() {
    for world in World::both() {
        says(&world, "hello");
        world.later(23 * HOUR);
        assert_eq!(says(&world, "study"), [STUDY]);
        world.later(25 * HOUR);
        assert_eq!(says(&world, "up to 6 months"), [BOT]);
        let said = world.graph.sent.borrow().last().unwrap().to_string();
        assert!(said.contains("A short-term study visa fits."), "{said}");
        assert_eq!(says(&world, "back"), [STUDY]);
    }
}

#[test]
fn who_has_not_begun_is_asked_nothing() {
    for world in World::both() {
        assert!(happens(&world, handover(&world, "pass_thread_control", APP)).is_empty());
        assert_eq!(says(&world, "hello"), [ROOT]);
    }
}

#[test]
fn what_is_said_to_somebody_else_is_not_kept() {
    for world in World::both() {
        says(&world, "hello");
        happens(&world, echo(1, world.now() + 5000, "e", INBOX, None));
        says(&world, "my very own secret");
        for (key, (metadata, value)) in world.kv.all() {
            assert!(!format!("{key}{metadata}{value}").contains("secret"), "{key}");
        }
        assert_eq!(world.kv.events().len(), 3, "that there was an input is");
    }
}

const ASKED: &str =
    "Shall I delete everything I have stored about this conversation? Say \"yes\" to delete it.";
const DELETED: &str = "Everything I had stored about this conversation is deleted.";

fn presses(world: &World, title: &str, payload: &str) -> Vec<String> {
    let press = world.tap(1, &format!("p{}", world.now() + 5000), title, payload);
    happens(world, press)
}

#[test]
fn everything_is_deleted_at_a_press_also_while_somebody_else_answers_and_the_bot_stays_quiet() {
    for world in World::both() {
        says(&world, "hello");
        says(&world, "study");
        happens(&world, echo(1, world.now() + 5000, "e", INBOX, None));
        assert_eq!(presses(&world, "Delete my data", FORGET), [ASKED]);
        assert!(says(&world, "yes").is_empty(), "it may be about something else");
        assert!(presses(&world, "Start again", "treebot:restart").is_empty());
        assert_eq!(presses(&world, "No", FORGET_NO), ["Nothing was deleted."]);
        assert!(presses(&world, "No", FORGET_NO).is_empty(), "nothing waits for it");
        assert_eq!(says(&world, "delete my data"), [ASKED], "the words for it are as clear");
        assert_eq!(presses(&world, "Yes", FORGET_YES), [DELETED]);
        assert_eq!(world.kv.events().len(), 1, "who answers");
        assert!(says(&world, "thank you").is_empty());
        world.later(25 * HOUR);
        assert_eq!(says(&world, "hello"), [ROOT], "and then it begins anew");
    }
}

#[test]
fn a_pressed_yes_deletes_also_where_meta_lets_nobody_be_told() {
    for world in World::both() {
        says(&world, "hello");
        says(&world, "delete my data");
        world.graph.script.borrow_mut().push_back(refusal(Class::NotThreadOwner));
        assert!(presses(&world, "Yes", FORGET_YES).is_empty());
        assert_eq!(world.kv.events().len(), 1, "who answers");
        assert!(says(&world, "study").is_empty());
    }
}

#[test]
fn every_word_of_somebody_else_is_not_a_write() {
    let world = World::new();
    says(&world, "hello");
    for second in 0..50 {
        happens(&world, echo(1, world.now(), &format!("e{second}"), INBOX, None));
    }
    assert_eq!(world.kv.events().len(), 2);
}

#[test]
fn a_message_that_is_taken_back_is_forgotten_and_the_place_stays() {
    for world in World::both() {
        says(&world, "hello");
        world.later(5000);
        world.deliver(&[world.text(1, "m_back", "study at a secret school")]);
        assert!(world.kv.all().values().any(|(metadata, _)| metadata.contains("secret")));
        let unsent =
            item(1, world.now() + 1, json!({"message": {"mid": "m_back", "is_deleted": true}}));
        assert!(happens(&world, unsent.clone()).is_empty());
        assert!(happens(&world, unsent).is_empty());
        assert!(
            !world
                .kv
                .all()
                .values()
                .any(|(metadata, value)| format!("{metadata}{value}").contains("secret"))
        );
        if let Some(object) = world.object(&world.person(1)) {
            assert!(!object.notes.borrow().values().any(|note| note.contains("secret")));
        }
        assert_eq!(says(&world, "up to 6 months"), ["A short-term study visa fits."]);
    }
}

#[test]
fn a_link_into_a_conversation_that_has_begun_changes_nothing_about_what_is_typed() {
    for world in World::both() {
        let linked = |text: &str, mid: &str| {
            item(
                1,
                world.now(),
                json!({"message": {"mid": mid, "text": text, "referral": {"ref": "nowhere"}}}),
            )
        };
        assert_eq!(happens(&world, linked("study", "a")), [ROOT], "a link says where to begin");
        assert_eq!(happens(&world, linked("study", "b")), [STUDY]);
    }
}

#[test]
fn policy_enforcement_is_an_alert() {
    let world = World::new();
    let enforced = json!({"recipient": {"id": "1"}, "timestamp": world.now(), "policy_enforcement": {"action": "block", "reason": "x"}});
    assert!(happens(&world, enforced).is_empty());
    assert!(world.log.borrow().iter().any(|line| line.contains(r#""alert":"Meta has acted"#)));
}

#[test]
fn a_thumbs_up_is_a_yes_where_one_is_asked_for() {
    let mut world = World::new();
    world.tree = crate::fakes::tree(
        "say: Are you from the UK?\nanswers:\n  yes: No visa.\n  no: {say: Which colour?, answers: {red: R, blue: B}}\n",
    );
    let like = |at: i64| {
        item(
            1,
            at,
            json!({"message": {"mid": format!("l{at}"), "attachments": [{"type": "sticker", "payload": {"sticker_id": 369_239_263_222_822_u64}}]}}),
        )
    };
    says(&world, "hello");
    assert_eq!(happens(&world, like(world.now() + 1)), ["No visa."]);
    says(&world, "start again");
    says(&world, "no");
    let said = happens(&world, like(world.now() + 1));
    assert!(
        said.last().unwrap().starts_with("Sorry") || said.last().unwrap().contains("only"),
        "{said:?}"
    );
}
