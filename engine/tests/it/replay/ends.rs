//! Ends that became questions, and questions that became ends.

use expect_test::expect;
use treebot::{InputKind, NoteKind, ReplyKind};

use super::{check, found_again};
use crate::support::{Person, shown, tree};

#[test]
fn an_end_that_grew_a_question_asks_it() {
    let before = tree("{say: a, answers: {x: Bye., y: Ciao.}}");
    let after = tree("{say: a, answers: {x: {say: One more?, answers: {y: z, w: v}}, y: Ciao.}}");
    let mut person = Person::new();
    person.start(&before);
    person.say(&before, "x");
    let turn = person.say(&after, "y");
    assert_eq!(
        shown(&turn.reply),
        "(This conversation has been updated since, and that question has changed.)\nOne more?\n[y] [w]\n"
    );
}

#[test]
fn a_question_that_became_an_end_says_so() {
    let before = tree("{say: a, answers: {x: {say: One more?, answers: {y: z}}}}");
    let after = tree("{say: a, answers: {x: Bye.}}");
    let mut person = Person::new();
    person.start(&before);
    person.say(&before, "x");
    let turn = person.say(&after, "y");
    assert_eq!(turn.reply.kind, ReplyKind::End);
    assert_eq!(
        shown(&turn.reply),
        "(This conversation has been updated since, and that question has changed.)\nBye.\n"
    );
}

#[test]
fn an_end_that_grew_a_question_waits_there() {
    let before = "{say: a, answers: {x: {say: b, answers: {y: Bye., z: Ciao.}}}}";
    let inline = "{say: a, answers: {x: {say: b, answers: {y: {say: One more?, answers: {v: d, w: e}}, z: Ciao.}}}}";
    let shared = "{say: a, answers: {x: {say: b, answers: {y: {say: Bye., goto: more}, z: Ciao.}}}, nodes: {more: {say: One more?, answers: {v: d, w: e}}}}";
    let all = "{say: a, answers: {x: {say: b, goto: more, answers: {y: Bye., z: Ciao.}}}, nodes: {more: {say: One more?, answers: {v: d, w: e}}}}";
    check(before, &["x", "y"], inline, expect!["start/x/y: One more? | Kept, Kept"]);
    check(before, &["x", "y"], shared, expect!["more: One more? | Kept, Kept"]);
    check(before, &["x", "y"], all, expect!["more: One more? | Kept, Kept"]);
    // Whatever is typed first was said to the end.
    for after in [inline, shared, all] {
        let after = tree(after);
        for text in ["v", "1", "hello", "yes"] {
            let mut person = Person::who_said(&tree(before), &["x", "y"]);
            let turn = person.say(&after, text);
            assert_eq!(turn.reply.note.as_ref().unwrap().kind, NoteKind::Changed, "{text}");
            assert_eq!(turn.reply.messages.last().unwrap().text(), "One more?");
            assert_eq!(turn.event.place.unwrap().steps.len(), 2);
            assert!(person.say(&after, "v").place.is_end());
        }
    }
}

#[test]
fn an_end_that_leads_back_now_asks_there() {
    let mut person = Person::who_said(&tree("{say: a, answers: {x: Bye., y: Ciao.}}"), &["x"]);
    let after = tree("{say: a, answers: {x: {say: Bye., goto: start}, y: Ciao.}}");
    expect!["start: a | Kept"].assert_eq(&found_again(&after, &person));
    assert_eq!(person.say(&after, "y").reply.note.unwrap().kind, NoteKind::Changed);
    assert_eq!(shown(&person.say(&after, "y").reply), "Ciao.\n");
}

#[test]
fn an_end_may_be_said_otherwise() {
    let before = "{say: a, answers: {x: Bye., y: Ciao.}}";
    check(
        before,
        &["x"],
        "{say: a, answers: {y: Ciao., x: [So, long!]}}"
            .replace("[So, long!]", "{say: [So, long!]}")
            .as_str(),
        expect!["end: long! | Kept"],
    );
    let mut person = Person::who_said(&tree(before), &["x"]);
    let after = tree("{say: a, answers: {y: Ciao., x: {say: [So, long!]}}}");
    assert_eq!(shown(&treebot::current(&after, &person.history).unwrap()), "So\nlong!\n");
    let turn = person.say(&after, "thank you");
    assert_eq!((turn.reply.kind, turn.reply.note), (ReplyKind::End, None));
}

#[test]
fn a_question_that_became_an_end_keeps_what_was_answered_before_it() {
    check(
        "{say: a, answers: {x: {say: b, answers: {y: {say: c, answers: {z: d}}}}}}",
        &["x", "y", "z"],
        "{say: a, answers: {x: {say: b, answers: {y: The end.}}}}",
        expect!["end: The end. | Kept, Kept, Unused"],
    );
}

#[test]
fn a_tree_that_only_says_something_is_the_end_of_every_conversation() {
    let alone = tree("say: We are closed.\n");
    for said in [&[][..], &["x"], &["x", "y"]] {
        let mut person =
            Person::who_said(&tree("{say: a, answers: {x: {say: b, answers: {y: c}}}}"), said);
        assert!(found_again(&alone, &person).starts_with("end: We are closed."));
        assert_eq!(person.take(&alone, InputKind::Back).reply.kind, ReplyKind::End);
        assert_eq!(person.say(&alone, "x").reply.kind, ReplyKind::End);
    }
}
