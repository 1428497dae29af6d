//! What is typed, pressed and taken back right after an edit.

use expect_test::expect;
use treebot::{InputKind, NoteKind, Pending, ReplyKind};

use super::check;
use crate::support::{Person, shown, tree};

const CHANGED: &str =
    "(This conversation has been updated since, and that question has changed.)\n";

#[test]
fn a_yes_is_never_taken_for_another_question() {
    let before = "{say: Hello., answers: {go: {say: Hungry?, answers: {'yes': {say: Pizza?, answers: {'yes': Good., 'no': Bad.}}, 'no': Bye.}}}}";
    let after = "{say: Hello., answers: {go: {say: Thirsty?, answers: {'yes': {say: Water?, answers: {'yes': x, 'no': y}}, 'no': Bye.}}}}";
    check(before, &["go", "yes"], after, expect!["start/go: Thirsty? | Kept, AskedAgain"]);
    // Nor one that is typed after the edit.
    let (before, after) = (tree(before), tree(after));
    let mut person = Person::new();
    person.start(&before);
    person.say(&before, "go");
    let turn = person.say(&after, "yes");
    assert_eq!(turn.reply.note.as_ref().unwrap().kind, NoteKind::Changed);
    assert_eq!(turn.place.question().as_deref(), Some("start/go"));
    assert_eq!(person.say(&after, "yes").place.question().as_deref(), Some("start/go/yes"));
}

#[test]
fn an_edit_before_the_question_that_waits_takes_no_answer_away() {
    let before = tree(
        "say: a\nanswers: {go: {id: q, say: b, answers: {on: {id: r, say: How long?, answers: {short: Done., long: Long.}}}}}",
    );
    let after = tree(
        "say: a\nanswers: {go: {id: r, say: How long?, answers: {short: Done., long: Long.}}}",
    );
    let mut person = Person::new();
    person.start(&before);
    person.say(&before, "go");
    person.say(&before, "on");
    let turn = person.say(&after, "short");
    assert_eq!(shown(&turn.reply), "Done.\n");
}

#[test]
fn who_sees_the_question_as_it_is_now_is_not_asked_twice() {
    let before = tree("{say: a, answers: {x: {id: old, say: b, answers: {y: c, z: d}}}}");
    let after = tree("{say: a, answers: {x: {id: new, say: Other?, answers: {y: c, z: d}}}}");
    let mut person = Person::new();
    person.start(&before);
    person.say(&before, "x");
    let input = treebot::Input {
        at: treebot::Millis(99),
        id: "m".to_owned(),
        kind: InputKind::Text("z".to_owned()),
    };
    let options = treebot::TurnOptions { sees_current: true, ..treebot::TurnOptions::default() };
    assert_eq!(shown(&treebot::turn(&after, &person.history, &input, &options).reply), "d\n");
}

#[test]
fn a_number_means_the_list_that_was_shown_whatever_became_of_it() {
    let before = tree("{say: a, answers: {one: One., two: Two., three: Three.}}");
    let typed = |after: &str, text: &str| {
        let after = tree(after);
        shown(&Person::who_said(&before, &[]).say(&after, text).reply)
    };
    let reordered = "{say: a, answers: {new: New., three: Three., two: Two., one: One.}}";
    assert_eq!(typed(reordered, "1"), "One.\n");
    assert_eq!(typed(reordered, "#2"), "Two.\n");
    assert_eq!(typed(reordered, "option 3"), "Three.\n");
    // There were only three.
    assert!(typed(reordered, "4").starts_with("Sorry"));
    // Renamed, it is still what was shown; gone, it is none.
    let renamed = "{say: a, answers: {two: Two., deux: {was: [one], say: Un.}, three: Three.}}";
    assert_eq!(typed(renamed, "1"), "Un.\n");
    let gone = "{say: a, answers: {two: Two., three: Three.}}";
    assert!(typed(gone, "1").starts_with("Sorry"));
    assert_eq!(typed(gone, "2"), "Two.\n");
    // Nor does it matter whether a list is shown now.
    let quiet = "{say: a, offer: false, answers: {three: Three., two: Two., one: One.}}";
    assert_eq!(typed(quiet, "1"), "One.\n");
}

#[test]
fn a_number_is_a_text_where_nothing_was_shown_whatever_is_shown_now() {
    let before = tree("{say: a, offer: false, answers: {one: One., two: Two.}}");
    let after = tree("{say: a, answers: {one: One., two: Two.}}");
    let mut person = Person::who_said(&before, &[]);
    assert_eq!(person.say(&after, "1").reply.kind, ReplyKind::Unclear);
    assert_eq!(shown(&person.say(&after, "1").reply), "One.\n");
}

#[test]
fn a_number_after_a_question_back_means_the_short_list_after_an_edit_too() {
    let before = tree("{say: a, answers: {x: One., red wine: Two., white wine: Three.}}");
    let mut person = Person::who_said(&before, &["wine"]);
    let after =
        tree("{say: a, answers: {white wine: Three., beer: Four., red wine: Two., x: One.}}");
    assert_eq!(shown(&person.say(&after, "2").reply), "Three.\n");
}

#[test]
fn a_label_that_is_still_there_is_taken_and_one_that_moved_as_well() {
    let before =
        tree("{say: a, answers: {k1: {label: Tea, say: One.}, k2: {label: Coffee, say: Two.}}}");
    let after = tree(
        "{say: a, answers: {k3: {label: Milk, say: Three.}, k2: {label: Tea, say: Two.}, k1: {label: Green, say: One.}}}",
    );
    // What is typed is read by whoever typed it on the list that was shown; a label says what it says.
    assert_eq!(shown(&Person::who_said(&before, &[]).say(&after, "Tea").reply), "Two.\n");
    let mut person = Person::new();
    let reply = person.start(&before).reply;
    // What is pressed is the answer that the button stood for.
    assert_eq!(shown(&person.press(&after, &reply, "Tea").reply), "One.\n");
}

#[test]
fn an_offer_that_was_made_before_an_edit_holds_where_its_question_is_the_same() {
    let before = tree("{say: a, answers: {x: {say: b, answers: {y: c, z: d}}}}");
    let same = tree("{say: a, answers: {x: {say: b!, answers: {z: d, y: C}}}}");
    let other = tree("{say: a, answers: {w: e, v: f}}");
    let offered = || {
        let person = Person::who_said(&before, &["x", "hm?"]);
        assert_eq!(person.last().pending, Pending::Restart);
        person
    };
    assert_eq!(offered().say(&same, "yes").place.question().as_deref(), Some("start"));
    assert_eq!(shown(&offered().say(&same, "no").reply), "b!\n[z] [y]\n");
    // At another question nobody has offered anything.
    let mut person = offered();
    assert_eq!(shown(&person.say(&other, "yes").reply), format!("{CHANGED}a\n[w] [v]\n"));
    assert_eq!(person.last().pending, Pending::Nothing);
}

#[test]
fn a_question_back_is_closed_by_an_edit_of_its_answers() {
    let before = tree("{say: How?, answers: {No power: Plug it in., Too hot: Wait.}}");
    let after = tree("{say: How?, answers: {Too hot: Wait., Too cold: Heat.}}");
    let mut person = Person::who_said(&before, &["power"]);
    let reply = person.say(&after, "yes").reply;
    assert_eq!(reply.kind, ReplyKind::Unclear);
    assert_eq!(person.history.trail().unwrap().steps.len(), 0);
}

#[test]
fn misses_in_a_row_are_counted_over_an_edit() {
    let before = tree("{say: a, answers: {x: b}, unclear: [First., Second., Third.]}");
    let after = tree("{say: A, answers: {x: b, y: c}, unclear: [One., Two., Three.]}");
    let mut person = Person::who_said(&before, &["?", "?"]);
    assert_eq!(person.say(&after, "?").reply.messages[0].text(), "Three.");
    // What a miss says when the question is another one: that it is.
    let other = tree("{say: Hi, answers: {go: {say: New?, answers: {x: b}}}}");
    let mut person = Person::who_said(
        &tree("{say: Hi, answers: {go: {id: q, say: a, answers: {x: b}}}}"),
        &["go", "?", "?"],
    );
    person.say(&tree("{say: Hi, answers: {go: {id: r, say: New?, answers: {x: {id: q, say: a, answers: {x: b}}}}}}"), "?");
    assert_eq!(person.last().misses, 0);
    assert_eq!(person.say(&other, "?").reply.kind, ReplyKind::Unclear);
}

#[test]
fn back_takes_back_the_last_answer_that_is_left() {
    let before = tree(
        "{say: a, answers: {x: {id: b, say: b, answers: {y: {id: c, say: c, answers: {z: d}}}}}}",
    );
    let back = |after: &str| {
        let mut person = Person::who_said(&before, &["x", "y", "z"]);
        shown(&person.take(&tree(after), InputKind::Back).reply)
    };
    assert_eq!(
        back(
            "{say: A, answers: {x: {id: b, say: B, answers: {y: {id: c, say: C, answers: {z: D}}}}}}"
        ),
        "C\n[z]\n"
    );
    // A question was taken out: the one before it.
    assert_eq!(
        back("{say: a, answers: {x: {id: c, say: c, answers: {z: d}}}}"),
        format!("{CHANGED}c\n[z]\n")
    );
    // The last answer is gone, so the conversation is at its question already, and goes back from there.
    assert_eq!(
        back(
            "{say: a, answers: {x: {id: b, say: b, answers: {y: {id: c, say: c, answers: {w: d}}}}}}"
        ),
        format!("{CHANGED}b\n[y]\n")
    );
    assert_eq!(back("{say: a, answers: {v: w}}"), format!("{CHANGED}a\n[v]\n"));
}

#[test]
fn back_at_a_question_that_was_put_in_goes_before_it() {
    let before = tree(
        "{say: a, answers: {x: {id: b, say: b, answers: {y: {id: c, say: c, answers: {z: d}}}}}}",
    );
    let after = tree(
        "{say: a, answers: {x: {id: n, say: N?, answers: {m: {id: b, say: b, answers: {y: {id: c, say: c, answers: {z: d}}}}}}}}",
    );
    let mut person = Person::who_said(&before, &["x", "y"]);
    let turn = person.take(&after, InputKind::Back);
    assert_eq!(turn.reply.note.unwrap().kind, NoteKind::Changed);
    assert_eq!(turn.place.question().as_deref(), Some("start"));
    // What waits further on still waits.
    person.say(&after, "x");
    assert_eq!(person.say(&after, "m").place.question().as_deref(), Some("c"));
    // And from there, back takes back what was answered, one by one.
    for question in ["b", "n", "start", "start"] {
        assert_eq!(
            person.take(&after, InputKind::Back).place.question().as_deref(),
            Some(question)
        );
    }
}

#[test]
fn commands_are_heard_at_a_question_that_has_changed() {
    let before = tree("{say: a, answers: {x: {say: b, answers: {y: c}}}}");
    let after = tree("{say: a, answers: {x: {say: New?, answers: {z: d}}, w: e}}");
    let reach = || Person::who_said(&before, &["x", "y"]);
    assert_eq!(shown(&reach().say(&after, "start again").reply), "a\n[x] [w]\n");
    assert_eq!(shown(&reach().say(&after, "back").reply), format!("{CHANGED}a\n[x] [w]\n"));
    assert!(shown(&reach().say(&after, "help").reply).ends_with("New?\n[z]\n"));
    assert_eq!(reach().say(&after, "delete my data").event.pending, Pending::Forget);
}

#[test]
fn a_yes_or_a_number_is_no_answer_that_was_not_there_when_it_was_typed() {
    let typed = |before: &str, said: &[&str], after: &str, text: &str| {
        let after = tree(after);
        shown(&Person::who_said(&tree(before), said).say(&after, text).reply)
    };
    // The first on the list that was shown is gone; one that is called so is another.
    let before = "{say: a, answers: {one: One., two: Two.}}";
    let after = "{say: a, answers: {'1': Other., two: Two.}}";
    assert_eq!(typed(before, &[], after, "1"), format!("{CHANGED}a\n[1] [two]\n"));
    // "Shall we start again? Say yes" was asked, not this.
    let before = "{say: a, answers: {x: {say: b, answers: {y: c, z: d}}}}";
    let after = "{say: a, answers: {x: {say: b, answers: {'yes': c, 'no': d}}}}";
    assert_eq!(typed(before, &["x", "hm?"], after, "yes"), format!("{CHANGED}b\n[yes] [no]\n"));
    // What was there under another key still is, and what says something by itself may be new.
    let after = "{say: a, answers: {x: {say: b, answers: {'1': {was: [y], say: c}, tea: d}}}}";
    assert_eq!(typed(before, &["x"], after, "1"), "c\n");
    assert_eq!(typed(before, &["x"], after, "tea"), "d\n");
}
