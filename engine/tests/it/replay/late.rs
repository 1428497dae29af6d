//! Inputs that come late, twice, or at the same moment.

use treebot::{Event, Input, InputKind, Millis, Tree, Turn, TurnOptions};

use crate::support::{Person, shown, tree};

/// Takes a turn with an input of this time and id, and remembers it.
fn take<'t>(person: &mut Person, tree: &'t Tree, at: i64, id: &str, kind: InputKind) -> Turn<'t> {
    let input = Input { at: Millis(at), id: id.to_owned(), kind };
    let turn = treebot::turn(tree, &person.history, &input, &TurnOptions::default());
    person.history.insert(turn.event.clone());
    turn
}

fn say<'t>(person: &mut Person, tree: &'t Tree, at: i64, id: &str, text: &str) -> Turn<'t> {
    take(person, tree, at, id, InputKind::Text(text.to_owned()))
}

/// Somebody at `b`, by events of the times 10, 20 and 30.
fn reach(tree: &Tree) -> Person {
    let mut person = Person::new();
    take(&mut person, tree, 10, "m1", InputKind::Start { at_node: None });
    say(&mut person, tree, 20, "m2", "hm");
    say(&mut person, tree, 30, "m3", "x");
    person
}

const TREE: &str =
    "{say: a, answers: {x: {say: b, answers: {y: c, z: d}}, w: {say: e, answers: {v: f}}}}";

#[test]
fn a_late_input_is_understood_where_it_was_made() {
    let tree = tree(TREE);
    for (at, id, kind, question) in [
        (25, "l", InputKind::Text("w".to_owned()), Some("start/w")),
        (25, "l", InputKind::Text("z".to_owned()), Some("start")),
        (25, "l", InputKind::Back, Some("start")),
        (15, "l", InputKind::Text("2".to_owned()), Some("start/w")),
        (5, "l", InputKind::Text("w".to_owned()), Some("start/w")),
        (5, "l", InputKind::Start { at_node: None }, Some("start")),
        (25, "l", InputKind::Restart, Some("start")),
    ] {
        let mut person = reach(&tree);
        let turn = take(&mut person, &tree, at, id, kind.clone());
        // The event says where it led then; the conversation stays where it is, and asks there.
        assert_eq!(turn.place.question().as_deref(), Some("start/x"), "{kind:?}");
        assert_eq!(shown(&turn.reply), "b\n[y] [z]\n", "{kind:?}");
        let then = treebot::resolve(&tree, turn.event.place.as_ref().unwrap());
        assert_eq!(then.place.question().as_deref(), question, "{kind:?}");
        assert_eq!(person.history.newest().unwrap().id, "m3");
        assert_eq!(person.history.len(), 4);
        assert_eq!(shown(&say(&mut person, &tree, 40, "m4", "y").reply), "c\n");
    }
}

#[test]
fn a_late_button_leads_where_it_led_and_moves_nobody() {
    let tree = tree(TREE);
    let mut person = reach(&tree);
    let code = treebot::current(&tree, &person.history).unwrap().choices[0].code.clone();
    let press = InputKind::Tap { code: code.as_str().to_owned(), title: Some("y".to_owned()) };
    say(&mut person, &tree, 50, "m5", "start again");
    let turn = take(&mut person, &tree, 35, "late", press.clone());
    assert_eq!(turn.event.place.as_ref().unwrap().steps.len(), 2);
    assert_eq!(turn.place.question().as_deref(), Some("start"));
    // Pressed now, it leads there now.
    assert!(take(&mut person, &tree, 60, "m6", press).place.is_end());
}

#[test]
fn at_the_same_moment_ids_decide_which_input_came_first() {
    let tree = tree(TREE);
    let mut person = reach(&tree);
    assert_eq!(say(&mut person, &tree, 40, "b", "y").event.place.unwrap().steps.len(), 2);
    // `a` comes before `b`: it was typed where `b` was typed.
    let turn = say(&mut person, &tree, 40, "a", "z");
    assert_eq!(shown(&turn.reply), "c\n");
    assert_eq!(turn.event.place.unwrap().steps.len(), 2);
    // `c` comes after it, at the end that `b` led to.
    assert_eq!(say(&mut person, &tree, 40, "c", "z").event.place.unwrap().steps.len(), 2);
    let ids: Vec<&str> = person.history.events().iter().map(|event| event.id.as_str()).collect();
    assert_eq!(ids, ["m1", "m2", "m3", "a", "b", "c"]);
}

#[test]
fn what_is_delivered_again_is_the_same_event() {
    let tree = tree(TREE);
    let mut person = reach(&tree);
    let before = person.history.clone();
    // Understood against what is older than itself, it comes to what it came to.
    let turn = say(&mut person, &tree, 30, "m3", "x");
    assert_eq!(&turn.event, before.events().last().unwrap());
    assert_eq!(person.history, before);
    assert!(person.history.contains("m3"));
    // Of an older one, too, and the reply asks where the conversation stands now.
    let turn = say(&mut person, &tree, 20, "m2", "hm");
    assert_eq!(&turn.event, &before.events()[1]);
    assert_eq!(shown(&turn.reply), "b\n[y] [z]\n");
    assert_eq!(person.history, before);
}

#[test]
fn a_late_miss_makes_no_offer_now() {
    let tree = tree(TREE);
    let mut person = reach(&tree);
    let turn = say(&mut person, &tree, 25, "late", "bananas");
    assert_eq!((turn.event.misses, shown(&turn.reply).as_str()), (2, "b\n[y] [z]\n"));
    // Its "yes" would have started again; said now it means nothing.
    let turn = say(&mut person, &tree, 40, "m4", "yes");
    assert_eq!(turn.place.question().as_deref(), Some("start/x"));
}

#[test]
fn a_late_input_after_an_edit_asks_the_question_of_now() {
    let before = tree(TREE);
    let after =
        tree("{say: a, answers: {x: {say: b, answers: {new: g}}, w: {say: e, answers: {v: f}}}}");
    let mut person = reach(&before);
    say(&mut person, &before, 40, "m4", "y");
    let turn = say(&mut person, &after, 35, "late", "z");
    assert_eq!(turn.place.question().as_deref(), Some("start/x"));
    assert!(shown(&turn.reply).ends_with("b\n[new]\n"));
}

#[test]
fn a_late_input_of_two_devices_leaves_one_history() {
    // Two devices that do not know of each other; then each learns what the other has.
    let tree = tree(TREE);
    let (mut one, mut two) = (reach(&tree), reach(&tree));
    say(&mut one, &tree, 40, "one", "y");
    say(&mut two, &tree, 41, "two", "z");
    let events = |person: &Person| -> Vec<Event> { person.history.events().to_vec() };
    let (of_one, of_two) = (events(&one), events(&two));
    of_two.into_iter().for_each(|event| {
        one.history.insert(event);
    });
    of_one.into_iter().for_each(|event| {
        two.history.insert(event);
    });
    assert_eq!(one.history, two.history);
    assert_eq!(one.history.newest().unwrap().id, "two");
    assert_eq!(shown(&treebot::current(&tree, &one.history).unwrap()), "d\n");
}

#[test]
fn what_a_host_records_is_no_place() {
    let tree = tree(TREE);
    let mut person = reach(&tree);
    let host = Event {
        at: Millis(100),
        id: "host".to_owned(),
        input: treebot::Recorded::Host(treebot::HostEvent::MutedUntil(Millis(200))),
        place: None,
        ..person.history.events()[0].clone()
    };
    person.history.insert(host);
    assert_eq!(shown(&treebot::current(&tree, &person.history).unwrap()), "b\n[y] [z]\n");
    // What is said before and after it goes on from the newest place.
    assert_eq!(shown(&say(&mut person, &tree, 50, "m5", "y").reply), "c\n");
    assert_eq!(
        say(&mut person, &tree, 150, "m6", "back").place.question().as_deref(),
        Some("start/x")
    );
}
