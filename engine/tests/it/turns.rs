//! How a conversation begins, goes on, goes round and ends.

use treebot::{Event, Input, InputKind, Millis, ReplyKind, TurnOptions, turn_after};

use crate::support::{Person, shown, tree};
use crate::trees::visa;

#[test]
fn the_first_text_may_answer_the_first_question() {
    let tree = tree(
        "{say: [Hello!, What for?], answers: {study: {say: How long?, answers: {short: x}}, 'no': y}}",
    );
    assert_eq!(
        shown(&Person::new().say(&tree, "I want to study").reply),
        "Hello!\nWhat for?\nHow long?\n[short]\n"
    );
    // Neither a number nor a command nor a "no" means anything before the question was asked.
    for text in ["1", "back", "no", "help", "restart", "hello", "", "   "] {
        assert_eq!(
            shown(&Person::new().say(&tree, text).reply),
            "Hello!\nWhat for?\n[study] [no]\n",
            "{text}"
        );
    }
}

#[test]
fn what_is_resumed_goes_on_as_the_whole_event_does() {
    let visa = visa();
    let options = TurnOptions::default();
    let mut state: Option<String> = None;
    let said = [
        "hello",
        "study",
        "  SHORT course ",
        "back",
        "2",
        "xyzzy",
        "no",
        "hm",
        "yes",
        "study or work",
        "1",
        "delete my data",
        "no",
        "start again",
        "transit",
        "help",
    ];
    for (at, text) in (1..).zip(said) {
        let (whole, resumed) = match &state {
            None => (None, None),
            Some(text) => {
                (Some(Event::from_compact(text).unwrap()), Some(Event::resume(text).unwrap()))
            }
        };
        let kind = InputKind::Text(text.to_owned());
        let input = Input { at: Millis(at), id: format!("m{at}"), kind };
        let one = turn_after(&visa, whole.as_ref(), input.clone(), &options);
        let other = turn_after(&visa, resumed.as_ref(), input, &options);
        assert_eq!(one.event, other.event, "{text}");
        assert_eq!(one.reply, other.reply, "{text}");
        state = Some(one.event.to_compact(1024));
    }
    assert!(Event::resume("2 damaged").is_err());
}

#[test]
fn a_conversation_may_start_at_a_named_node() {
    let tree = tree("{say: a, answers: {x: {id: b, say: b, answers: {y: c}}}}");
    let mut person = Person::new();
    let at = |name: &str| InputKind::Start { at_node: Some(name.to_owned()) };
    assert_eq!(person.take(&tree, at("b")).place.question().as_deref(), Some("b"));
    assert_eq!(shown(&person.say(&tree, "y").reply), "c\n");
    assert_eq!(person.say(&tree, "back").place.question().as_deref(), Some("b"));
    assert_eq!(person.take(&tree, at("nobody")).place.question().as_deref(), Some("start"));
}

#[test]
fn an_else_is_taken_or_said() {
    let tree = tree("{say: a, answers: {x: b}, else: {say: Else., answers: {y: c}}}");
    let mut person = Person::new();
    person.start(&tree);
    assert_eq!(shown(&person.say(&tree, "whatever").reply), "Else.\n[y]\n");
    assert_eq!(person.last().place.as_ref().unwrap().steps.len(), 1);
    let said = crate::support::tree("{say: a, answers: {x: b}, else: I only know x.}");
    let mut person = Person::new();
    person.start(&said);
    assert_eq!(shown(&person.say(&said, "whatever").reply), "I only know x.\na\n[x]\n");
    assert_eq!(person.last().place.as_ref().unwrap().steps.len(), 0);
}

#[test]
fn the_author_says_what_is_said_at_each_miss() {
    let tree = tree("{say: a, answers: {x: b}, unclear: [First., Second.]}");
    let mut person = Person::new();
    person.start(&tree);
    let said: Vec<String> =
        (0..3).map(|_| person.say(&tree, "?!").reply.messages[0].text().to_owned()).collect();
    assert_eq!(said, ["First.", "Second.", "Second."]);
}

#[test]
fn a_loop_cuts_the_trail_back() {
    let tree = tree(
        "{say: a, answers: {x: {id: b, say: b, answers: {again: {say: Once more., goto: b}, top: {goto: start}, out: d}}}}",
    );
    let mut person = Person::new();
    person.start(&tree);
    person.say(&tree, "x");
    for _ in 0..50 {
        let turn = person.say(&tree, "again");
        assert_eq!(shown(&turn.reply), "Once more.\nb\n[again] [top] [out]\n");
        assert_eq!(turn.event.place.unwrap().steps.len(), 1);
    }
    assert_eq!(person.say(&tree, "top").event.place.unwrap().steps.len(), 0);
}

#[test]
fn a_lone_node_ends_and_a_second_name_leads_to_the_same_question() {
    let alone = tree("say: Hello.\n");
    let mut person = Person::new();
    for text in ["hi", "again", "back", "2"] {
        assert_eq!(person.say(&alone, text).reply.kind, ReplyKind::End, "{text}");
    }
    let named = tree(
        "say: a\nid: first\nanswers: {x: {goto: first}, y: {goto: part}, z: end}\nnodes: {part: {id: shared, say: b, answers: {on: {goto: shared}, up: {goto: start}}}}\n",
    );
    let mut person = Person::new();
    person.start(&named);
    assert_eq!(person.say(&named, "x").place.question().unwrap(), "start");
    for text in ["y", "on"] {
        assert_eq!(person.say(&named, text).place.question().unwrap(), "part");
    }
    assert_eq!(person.history.trail().unwrap().steps.len(), 1);
    person.say(&named, "up");
    assert_eq!(person.history.trail().unwrap().steps.len(), 0);
}

#[test]
fn a_late_message_does_not_pull_anybody_back() {
    let tree = tree("{say: a, answers: {x: {say: b, answers: {y: c, z: d}}, w: e}}");
    let mut person = Person::new();
    person.start(&tree);
    person.say(&tree, "x");
    let late = treebot::Input {
        at: treebot::Millis(1),
        id: "m1b".to_owned(),
        kind: InputKind::Text("w".to_owned()),
    };
    let turn = treebot::turn(&tree, &person.history, &late, &treebot::TurnOptions::default());
    assert_eq!(shown(&turn.reply), "b\n[y] [z]\n");
    person.history.insert(turn.event);
    assert_eq!(person.say(&tree, "y").reply.kind, ReplyKind::End);
}

/// Each of these would take minutes if the work grew with the square of the question or the text.
#[test]
fn long_texts_and_wide_questions_are_answered_at_once() {
    let answers: String = (0..1000).map(|n| format!("  way {n} up: {{say: w{n}}}\n")).collect();
    let wide = tree(&format!("say: a\nanswers:\n{answers}"));
    let mut person = Person::new();
    person.start(&wide);
    for text in ["way 7 ".repeat(100_000), "a".repeat(1_000_000), "hm ".repeat(400_000)] {
        assert_eq!(person.say(&wide, &text).reply.kind, ReplyKind::Unclear);
    }
    assert_eq!(
        person.say(&wide, &format!("way 7 up {}", "and x ".repeat(300))).reply.kind,
        ReplyKind::DidYouMean
    );
    assert_eq!(shown(&person.say(&wide, "way 7 up").reply), "w7\n");
}

#[test]
fn a_yes_takes_the_one_answer_that_was_asked_back_about() {
    let tree = tree(
        "{say: How?, answers: {No power: {say: Plug it in., answers: {done: Fine.}}, Too hot: Wait.}}",
    );
    let mut person = Person::new();
    person.start(&tree);
    assert_eq!(person.say(&tree, "power").reply.kind, ReplyKind::DidYouMean);
    assert_eq!(shown(&person.say(&tree, "yes").reply), "Plug it in.\n[done]\n");
    person.say(&tree, "back");
    person.say(&tree, "power");
    assert_eq!(shown(&person.say(&tree, "no").reply), "How?\n[No power] [Too hot]\n");
    assert!(person.last().place.as_ref().unwrap().steps.is_empty());
}

#[test]
fn a_question_back_at_a_yes_or_no_offers_both() {
    let tree = tree("{say: From there?, answers: {'Yes': {also: [Sudanese], say: a}, 'No': b}}");
    let mut person = Person::new();
    person.start(&tree);
    let turn = person.say(&tree, "not sudanese");
    assert_eq!(shown(&turn.reply), "Did you mean Yes or No?\n[Yes] [No]\n");
    assert_eq!(shown(&person.say(&tree, "no").reply), "b\n");
}

#[test]
fn who_says_nothing_is_asked_again_whatever_else_there_is() {
    for otherwise in ["", ", else: {say: Noted., goto: n}", ", else: Hm?", ", unclear: Hm?"] {
        let tree = tree(&format!(
            "{{say: a, answers: {{x: b}}{otherwise}, nodes: {{n: {{say: c, answers: {{z: d}}}}}}}}"
        ));
        let mut person = Person::new();
        person.start(&tree);
        for nothing in ["  ", "\u{200b}", "\n\t"] {
            let shown = shown(&person.say(&tree, nothing).reply);
            assert_eq!(shown, "a\n[x]\n", "{nothing:?}{otherwise}");
            assert!(person.last().place.as_ref().unwrap().steps.is_empty());
            assert_eq!(person.last().misses, 0);
        }
    }
}

#[test]
fn a_greeting_is_no_miss() {
    let tree = tree("{say: a, answers: {x: b}}");
    let mut person = Person::new();
    person.start(&tree);
    assert_eq!(shown(&person.say(&tree, "Hello!").reply), "a\n[x]\n");
    assert_eq!(person.last().misses, 0);
}

#[test]
fn a_question_back_offers_so_many_answers_that_a_channel_shows_them_at_once() {
    let answers: String =
        (0..20).map(|number| format!("  town {}: Here.\n", letters(number))).collect();
    let tree = tree(&format!("say: Where?\noffer: false\nanswers:\n{answers}"));
    let mut person = Person::new();
    person.start(&tree);
    let reply = person.say(&tree, "town").reply;
    assert_eq!((reply.kind, reply.choices.len()), (ReplyKind::DidYouMean, 12));
    assert!(person.say(&tree, "town sss").place.is_end());
}

#[test]
fn a_number_that_another_answer_counts_is_asked_back_about_once() {
    let tree = tree(
        "{say: How many people?, answers: {1-3 people: a, 4 to 8 people: b, More than 8: c, I do not know: d}}",
    );
    let mut person = Person::new();
    person.start(&tree);
    let turn = person.say(&tree, "3");
    assert_eq!(
        shown(&turn.reply),
        "Did you mean 1-3 people or More than 8?\n[1-3 people] [More than 8]\n"
    );
    // Of the short list a number is just a number.
    assert_eq!(shown(&person.say(&tree, "2").reply), "c\n");
    for (number, kind) in [
        ("1", ReplyKind::End),
        ("2", ReplyKind::DidYouMean),
        ("4", ReplyKind::DidYouMean),
        ("5", ReplyKind::Unclear),
    ] {
        let mut person = Person::new();
        person.start(&tree);
        assert_eq!(person.say(&tree, number).reply.kind, kind, "{number}");
    }
    let visa = crate::support::tree("{say: How long?, answers: {Up to 6 months: a, Longer: b}}");
    let mut person = Person::new();
    person.start(&visa);
    // How long something takes has a unit.
    assert_eq!(shown(&person.say(&visa, "2").reply), "b\n");
}

fn letters(number: u8) -> String {
    char::from(b'a' + number).to_string().repeat(3)
}
