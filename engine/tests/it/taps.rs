//! What was shown keeps its meaning: buttons, and the numbers of answers.

use treebot::{InputKind, Reply, ReplyKind, Tree};

use crate::support::{Person, shown, tree};

#[test]
fn a_number_means_the_list_that_was_shown() {
    let before = tree("{say: a, answers: {x: one, y: two, z: three}}");
    let after = tree("{say: a, answers: {w: zero, z: three, y: two, x: one}}");
    let mut person = Person::new();
    person.start(&before);
    assert_eq!(shown(&person.say(&after, "2").reply), "two\n");
}

#[test]
fn after_a_question_back_a_number_means_the_short_list() {
    let tree = tree("{say: a, answers: {x: one, red wine: two, white wine: three}}");
    let mut person = Person::new();
    person.start(&tree);
    let turn = person.say(&tree, "wine");
    assert_eq!(turn.reply.kind, ReplyKind::DidYouMean);
    assert_eq!(
        shown(&turn.reply),
        "Did you mean red wine or white wine?\n[red wine] [white wine]\n"
    );
    assert_eq!(shown(&person.say(&tree, "2").reply), "three\n");
}

#[test]
fn a_question_back_is_still_open_for_who_comes_back() {
    let tree = tree("{say: a, answers: {x: one, red wine: two, white wine: three}}");
    let mut person = Person::new();
    person.start(&tree);
    let asked = person.say(&tree, "wine").reply;
    assert_eq!(treebot::current(&tree, &person.history), Some(asked));
    let number = treebot::Input {
        at: treebot::Millis(99),
        id: "n".to_owned(),
        kind: InputKind::Text("1".to_owned()),
    };
    let options = treebot::TurnOptions { sees_current: true, ..treebot::TurnOptions::default() };
    assert_eq!(shown(&treebot::turn(&tree, &person.history, &number, &options).reply), "two\n");
    // An edit that takes one of them away closes it.
    let after = crate::support::tree("{say: a, answers: {x: one, red wine: two}}");
    assert_eq!(shown(&treebot::current(&after, &person.history).unwrap()), "a\n[x] [red wine]\n");
}

#[test]
fn what_is_typed_is_not_shown_and_a_number_is_a_text() {
    let tree = tree("{say: a, offer: false, answers: {x: one, '7': seven}}");
    let mut person = Person::new();
    let turn = person.start(&tree);
    assert!(turn.reply.choices.is_empty());
    assert_eq!(person.say(&tree, "1").reply.kind, ReplyKind::Unclear);
    assert_eq!(shown(&person.say(&tree, "7").reply), "seven\n");
}

#[test]
fn an_old_button_keeps_its_meaning() {
    let before = tree("{say: a, answers: {x: {say: b, answers: {y: one, z: two}}, w: three}}");
    let mut person = Person::new();
    person.start(&before);
    let old = person.say(&before, "x").reply;
    person.take(&before, InputKind::Restart);
    person.say(&before, "w");
    let turn = person.press(&before, &old, "z");
    assert_eq!(shown(&turn.reply), "two\n");
    // The answer is gone, and its label fits none: the question is asked again.
    let after = tree("{say: a, answers: {x: {say: b, answers: {y: one, v: four}}, w: three}}");
    let turn = person.press(&after, &old, "z");
    assert_eq!(
        shown(&turn.reply),
        "(This conversation has been updated since, and that question has changed.)\nb\n[y] [v]\n"
    );
    // The label fits another answer.
    let after = tree(
        "{say: a, answers: {x: {say: b, answers: {y: one, v: {label: z, say: four}}}, w: three}}",
    );
    assert_eq!(shown(&person.press(&after, &old, "z").reply), "four\n");
    // All of the way is gone: the deepest question that is left.
    let after = tree("{say: a, answers: {w: three}}");
    let turn = person.press(&after, &old, "z");
    assert_eq!(turn.place.question().as_deref(), Some("start"));
}

#[test]
fn a_payload_that_is_no_place_counts_as_its_label() {
    let tree = tree("{say: a, answers: {x: one, y: two}}");
    let mut person = Person::new();
    person.start(&tree);
    for payload in ["CARE_HELP", "", "9zzzzz", "1", "1aaaaaZZZ", &"1".repeat(10_000)] {
        assert_eq!(shown(&person.tap(&tree, payload, "y").reply), "two\n", "{payload:.20}");
        person.take(&tree, InputKind::Back);
    }
}

const TREE: &str = "
title: One
say: a
answers:
  x: {id: b, say: b, answers: {y: {id: c, say: c, answers: {tea: d, coffee: e}}, v: f}}
  w: g
";

/// Somebody who has started again, with the last question of the way still in sight.
fn with_old_buttons(tree: &Tree) -> (Person, Reply<'_>) {
    let mut person = Person::who_said(tree, &["x"]);
    let old = person.say(tree, "y").reply;
    person.take(tree, InputKind::Restart);
    (person, old)
}

/// What comes of pressing the old button `tea` after an edit.
fn press_tea(after: &str) -> String {
    let before = tree(TREE);
    let (mut person, old) = with_old_buttons(&before);
    shown(&person.press(&tree(after), &old, "tea").reply)
}

const CHANGED: &str =
    "(This conversation has been updated since, and that question has changed.)\n";

#[test]
fn an_old_button_leads_there_whatever_was_edited_on_the_way() {
    // Words, order, a renamed answer, a renamed name, and a new title.
    let edited = "
title: Another
say: A
answers:
  w: g
  xx: {was: [x], id: bb, say: B, answers: {v: f, y: {id: c, say: C, answers: {coffee: e, green: {was: [tea], say: D}}}}}
";
    assert_eq!(press_tea(edited), "D\n");
    // A question was taken out: not all of the way is left, so the button is not sure of itself.
    let shorter =
        "{title: One, say: a, answers: {x: {id: c, say: c, answers: {tea: d, coffee: e}}}}";
    assert_eq!(press_tea(shorter), format!("{CHANGED}d\n"));
}

#[test]
fn an_old_button_says_where_it_leads_where_questions_have_changed_places() {
    // Pressed was `tea`; what was answered before it is asked after it now.
    let swapped = "
title: One
say: a
answers:
  x: {id: c, say: c, answers: {coffee: e, tea: {id: b, say: b, answers: {y: Both are known., v: f}}}}
  w: g
";
    assert_eq!(press_tea(swapped), "Both are known.\n");
}

#[test]
fn an_old_button_asks_a_question_that_was_put_in_and_keeps_its_answer() {
    let after = "
title: One
say: a
answers:
  x: {id: b, say: b, answers: {y: {id: new, say: New?, answers: {n: {id: c, say: c, answers: {tea: d, coffee: e}}}}, v: f}}
";
    assert_eq!(press_tea(after), format!("{CHANGED}New?\n[n]\n"));
    let before = tree(TREE);
    let (mut person, old) = with_old_buttons(&before);
    let after = tree(after);
    person.press(&after, &old, "tea");
    assert_eq!(shown(&person.say(&after, "n").reply), "d\n");
}

#[test]
fn an_old_button_asks_the_deepest_question_that_is_left() {
    let broken = "{title: One, say: a, answers: {x: {id: b, say: b, answers: {z: h, v: f}}, w: g}}";
    assert_eq!(press_tea(broken), format!("{CHANGED}b\n[z] [v]\n"));
    // Not even where the answer's label stands at that question: it was pressed at another one.
    let tempting =
        "{title: One, say: a, answers: {x: {id: b, say: b, answers: {tea: No!, v: f}}, w: g}}";
    assert_eq!(press_tea(tempting), format!("{CHANGED}b\n[tea] [v]\n"));
}

#[test]
fn a_button_without_its_label_still_leads_to_its_place() {
    let tree = tree(TREE);
    let (mut person, old) = with_old_buttons(&tree);
    let code = old.choices[1].code.as_str().to_owned();
    let turn = person.take(&tree, InputKind::Tap { code: code.clone(), title: None });
    assert_eq!(shown(&turn.reply), "e\n");
    // A link that somebody else follows: a conversation that has not begun stands there at once.
    let mut other = Person::new();
    let turn = other.take(&tree, InputKind::Tap { code, title: None });
    assert_eq!(shown(&turn.reply), "e\n");
    assert_eq!(other.take(&tree, InputKind::Back).place.question().as_deref(), Some("c"));
}

#[test]
fn a_button_of_another_tree_counts_as_what_it_says() {
    let other = tree("{title: Two, say: z, answers: {q: {say: Drink?, answers: {w: x, tea: y}}}}");
    let mut there = Person::who_said(&other, &["q"]);
    let reply = treebot::current(&other, &there.history).unwrap();
    let code = reply.choices[0].code.as_str().to_owned();
    let tree = tree(TREE);
    let mut person = Person::who_said(&tree, &[]);
    assert_eq!(shown(&person.tap(&tree, &code, "w").reply), "g\n");
    person.take(&tree, InputKind::Back);
    // One that says nothing is no answer: the question is asked again.
    let turn = person.take(&tree, InputKind::Tap { code, title: None });
    assert_eq!(shown(&turn.reply), "a\n[x] [w]\n");
    // And in its own tree it is what it always was.
    assert_eq!(shown(&there.press(&other, &reply, "tea").reply), "y\n");
}

#[test]
fn a_yes_of_another_tree_is_no_yes_to_this_one() {
    let source = |title: &str, asks: &str| {
        format!(
            "{{title: {title}, say: {asks}, answers: {{'yes': {{say: What then?, answers: {{a: A., b: B.}}}}, 'no': Bye.}}}}"
        )
    };
    let dogs = tree(&source("Dogs", "Have you a dog?"));
    let yes = Person::new().start(&dogs).reply.choices[0].code.as_str().to_owned();
    let age = tree(&source("Age", "Are you over 18?"));
    let mut person = Person::who_said(&age, &["no"]);
    let turn = person.tap(&age, &yes, "yes");
    assert!(turn.place.is_end(), "{:?}", turn.place.question());
    assert_eq!(turn.event.place.unwrap().steps.len(), 1);
    // Where the same is asked, it is the same tree under another title.
    let renamed = tree(&source("About dogs", "Have you a dog?"));
    let mut person = Person::who_said(&renamed, &["no"]);
    let turn = person.tap(&renamed, &yes, "yes");
    assert_eq!(turn.place.question().as_deref(), Some("start/yes"));
    // In its own tree it is not lost where the question has other words: that is asked again.
    let reworded = tree(&source("Dogs", "Have you got a dog?"));
    let mut person = Person::who_said(&reworded, &["no"]);
    let turn = person.tap(&reworded, &yes, "yes");
    assert_eq!(turn.place.question().as_deref(), Some("start/yes"), "`start` is its name");
}

#[test]
fn a_yes_that_is_pressed_after_its_question_was_reworded_asks_it_again() {
    let before =
        tree("{say: Hi, answers: {go: {say: Hungry?, answers: {'Yes': Eat., 'No': Bye.}}}}");
    let after =
        tree("{say: Hi, answers: {go: {say: Thirsty?, answers: {'Yes': Drink., 'No': Bye.}}}}");
    let mut person = Person::who_said(&before, &[]);
    let old = person.say(&before, "go").reply;
    let turn = person.press(&after, &old, "Yes");
    assert_eq!(shown(&turn.reply), format!("{CHANGED}Thirsty?\n[Yes] [No]\n"));
    // The new button of the same look is another one.
    let fresh = treebot::current(&after, &person.history).unwrap();
    assert_eq!(shown(&person.press(&after, &fresh, "Yes").reply), "Drink.\n");
    assert_eq!(shown(&person.press(&before, &old, "Yes").reply), "Eat.\n");
}

#[test]
fn a_pressed_answer_counts_whatever_was_typed_in_between() {
    let tree = tree(TREE);
    let (mut person, old) = with_old_buttons(&tree);
    for text in ["bananas", "bananas", "w", "thanks", "delete my data"] {
        person.say(&tree, text);
        assert_eq!(shown(&person.press(&tree, &old, "coffee").reply), "e\n", "{text}");
        assert_eq!(person.last().misses, 0);
        assert_eq!(person.last().pending, treebot::Pending::Nothing);
    }
}

#[test]
fn a_number_that_was_pressed_counts_as_the_label_it_stood_for() {
    // Messenger numbers long lists, and what comes back is the number.
    let before = tree("{say: a, answers: {k1: {label: Quite a long label, say: One.}, k2: Two.}}");
    let mut person = Person::new();
    let code = person.start(&before).reply.choices[0].code.as_str().to_owned();
    assert_eq!(shown(&person.tap(&before, &code, "1").reply), "One.\n");
    let after = tree("{say: a, answers: {k3: Three., k4: {label: Quite a long label, say: One!}}}");
    assert_eq!(shown(&treebot::current(&after, &person.history).unwrap()), "One!\n");
    // So does one of which nothing came back but its code.
    let mut person = Person::new();
    person.start(&before);
    person.take(&before, InputKind::Tap { code, title: None });
    assert_eq!(shown(&treebot::current(&after, &person.history).unwrap()), "One!\n");
}

#[test]
fn a_number_counts_through_all_pages_of_a_list() {
    let answers: String = (1..=30).map(|n| format!("  way {n} up: {{say: w{n}}}\n")).collect();
    let before = tree(&format!("say: a\nanswers:\n{answers}"));
    let mut person = Person::who_said(&before, &[]);
    // To turn a page is to press the code of the place itself: nothing is answered, all is shown.
    let place = before.start_again().code.as_str().to_owned();
    person.take(&before, InputKind::Tap { code: place, title: None });
    assert_eq!(shown(&person.say(&before, "27").reply), "w27\n");
    person.take(&before, InputKind::Back);
    let after = tree(&format!("say: a\nanswers:\n  new: New.\n{answers}"));
    assert_eq!(shown(&person.say(&after, "30").reply), "w30\n");
}
