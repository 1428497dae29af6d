//! Back, start again, help, delete my data; and what a yes or no means besides an answer.

use treebot::{Effect, InputKind, Pending, Recorded, ReplyKind};

use crate::support::{Person, shown, tree};

#[test]
fn back_takes_the_last_answer_back_and_start_again_all_of_them() {
    let tree = tree("{say: a, answers: {x: {say: b, answers: {y: {say: c, answers: {z: d}}}}}}");
    let mut person = Person::new();
    person.start(&tree);
    for text in ["x", "y", "z"] {
        person.say(&tree, text);
    }
    assert_eq!(person.say(&tree, "back").place.question().as_deref(), Some("start/x/y"));
    assert_eq!(person.say(&tree, "go back").place.question().as_deref(), Some("start/x"));
    assert_eq!(person.take(&tree, InputKind::Back).place.question().as_deref(), Some("start"));
    assert_eq!(person.take(&tree, InputKind::Back).place.question().as_deref(), Some("start"));
    person.say(&tree, "x");
    assert_eq!(person.say(&tree, "Start again!").place.question().as_deref(), Some("start"));
}

#[test]
fn the_words_of_commands_are_the_authors() {
    let source = "say: a\nanswers: {x: {say: b, answers: {stay: c, delete my data: d}}}\n";
    let own = tree(&format!("{source}commands: {{back: [], restart: [back, help]}}\n"));
    let mut person = Person::new();
    person.start(&own);
    person.say(&own, "x");
    assert_eq!(person.say(&own, "go back").reply.kind, ReplyKind::Unclear);
    assert!(person.say(&own, "help").place.question().unwrap() == "start");
    // An answer is an answer, whatever else it may mean.
    person.say(&own, "x");
    let turn = person.say(&own, "delete my data");
    assert_eq!(shown(&turn.reply), "d\n");
    assert_eq!(person.say(&own, "delete my data").reply.kind, ReplyKind::Info);
    let twice = treebot::load(&format!("{source}commands: {{back: [undo], help: [Undo!]}}\n"));
    assert_eq!(
        twice.diagnostics.iter().map(|found| found.code.as_str()).collect::<Vec<_>>(),
        ["T051", "T013"]
    );
}

/// What a tree with these commands says after an end, and when it is asked for help.
fn hints(commands: &str) -> [String; 2] {
    let tree = tree(&format!("{{say: a, answers: {{x: b}}, commands: {commands}}}"));
    let mut person = Person::who_said(&tree, &["x"]);
    let ended = shown(&person.say(&tree, "hm").reply);
    let help = shown(&person.take(&tree, InputKind::Help).reply);
    [ended, help].map(|text| text.trim_end().to_owned())
}

#[test]
fn people_are_told_to_say_what_works() {
    let end = "That was the end.";
    let help = "Choose an answer, or type it or its number.";
    let told = |commands: &str, after_end: &str, in_help: &str| {
        let expected = [format!("{end}{after_end}"), format!("{help}{in_help}")];
        assert_eq!(hints(commands), expected, "{commands}");
    };
    told(
        "{help: [hilfe]}",
        " Say \"start again\" for another question, or \"back\" to change your last answer.",
        " You can also say \"back\" or \"start again\".",
    );
    told(
        "{restart: [Von vorn, neu], back: [zurück]}",
        " Say \"Von vorn\" for another question, or \"zurück\" to change your last answer.",
        " You can also say \"zurück\" or \"Von vorn\".",
    );
    told(
        "{back: []}",
        " Say \"start again\" for another question.",
        " You can also say \"start again\".",
    );
    told(
        "{restart: []}",
        " Say \"back\" to change your last answer.",
        " You can also say \"back\".",
    );
    told("{restart: [], back: []}", "", "");
    // What is another command's is not told.
    told(
        "{restart: [back, again]}",
        " Say \"back\" for another question, or \"go back\" to change your last answer.",
        " You can also say \"go back\" or \"back\".",
    );
}

#[test]
fn the_offer_to_start_again_holds_once() {
    let tree = tree("{say: a, answers: {x: {say: b, answers: {y: c, z: d}}}}");
    let mut person = Person::new();
    person.start(&tree);
    person.say(&tree, "x");
    assert_eq!(person.say(&tree, "hm?").reply.kind, ReplyKind::Unclear);
    assert_eq!(shown(&person.say(&tree, "no").reply), "b\n[y] [z]\n");
    // The offer is over now: a "yes" means nothing.
    assert_eq!(person.say(&tree, "yes").reply.kind, ReplyKind::Unclear);
    assert_eq!(person.say(&tree, "yes").place.question().as_deref(), Some("start"));
}

#[test]
fn at_a_question_that_takes_yes_or_no_nothing_else_is_offered() {
    let tree = tree("{say: Sure?, answers: {'Yes': a, 'No': b}}");
    let mut person = Person::new();
    person.start(&tree);
    assert_eq!(
        shown(&person.say(&tree, "hm?").reply),
        "Sorry, I didn't understand that.\nSure?\n[Yes] [No]\n"
    );
    assert_eq!(shown(&person.say(&tree, "yeah").reply), "a\n");
}

#[test]
fn a_yes_that_is_an_answer_is_that_answer() {
    let tree = tree("{say: Where to?, answers: {left: L., right: {say: R., answers: {stay: S.}}}}");
    let mut person = Person::new();
    person.start(&tree);
    person.say(&tree, "hm");
    assert_eq!(shown(&person.say(&tree, "right").reply), "R.\n[stay]\n");
    person.say(&tree, "back");
    person.say(&tree, "delete my data");
    let turn = person.say(&tree, "right");
    assert_eq!((turn.effect, shown(&turn.reply)), (Effect::None, "R.\n[stay]\n".to_owned()));
    let asked = person.say(&tree, "delete my data").reply;
    // Who comes back sees what a "yes" would mean.
    assert_eq!(treebot::current(&tree, &person.history), Some(asked));
    assert_eq!(person.say(&tree, "yes").effect, Effect::Forget);
}

#[test]
fn deleting_everything_is_asked_first() {
    let tree = tree("{say: a, answers: {x: b}}");
    let mut person = Person::new();
    person.start(&tree);
    assert_eq!(person.say(&tree, "delete my data").effect, Effect::None);
    assert_eq!(person.say(&tree, "no").effect, Effect::None);
    assert_eq!(person.say(&tree, "yes").effect, Effect::None);
    person.say(&tree, "Delete my data!");
    assert_eq!(person.say(&tree, "Yes").effect, Effect::Forget);
}

#[test]
fn what_is_pressed_under_that_question_means_what_it_says() {
    const YES: InputKind = InputKind::Confirm { forget: true };
    const NO: InputKind = InputKind::Confirm { forget: false };
    let tree = tree("{say: a, answers: {x: {say: b, answers: {y: c}}}}");
    let mut person = Person::new();
    // Before anything was said there is nothing to keep; and "deleted" is true.
    assert_eq!(shown(&Person::new().take(&tree, NO).reply), "a\n[x]\n");
    assert_eq!(Person::new().take(&tree, YES).effect, Effect::Forget);
    person.start(&tree);
    person.say(&tree, "x");
    let asked = person.say(&tree, "delete my data").reply;
    assert_eq!(asked.pending, Pending::Forget);
    let turn = person.take(&tree, NO);
    assert_eq!(shown(&turn.reply), "Nothing was deleted.\nb\n[y]\n");
    assert_eq!((turn.effect, turn.reply.pending), (Effect::None, Pending::Nothing));
    assert_eq!(person.last().input, Recorded::Tap("No".to_owned()));
    // An old one: by now something else may have been deleted, so it says nothing of that.
    assert_eq!(shown(&person.take(&tree, NO).reply), "b\n[y]\n");
    let turn = person.take(&tree, YES);
    assert_eq!((turn.effect, turn.event.input), (Effect::Forget, Recorded::Tap("Yes".to_owned())));
}

#[test]
fn what_is_on_those_buttons_is_understood_where_it_is_typed() {
    let tree = tree("{say: a, answers: {yes: b, no: c}}");
    let mut person = Person::new();
    person.start(&tree);
    let [yes, no] = tree.yes_or_no();
    person.say(&tree, "delete my data");
    let turn = person.say(&tree, no);
    assert_eq!(shown(&turn.reply), "Nothing was deleted.\na\n[yes] [no]\n");
    person.say(&tree, "delete my data");
    assert_eq!(person.say(&tree, yes).effect, Effect::Forget);
}

#[test]
fn while_a_yes_would_delete_everything_nobody_sees_another_question_whatever_comes_late() {
    let tree = tree("{say: Sure?, answers: {yes: a, no: b}}");
    let mut person = Person::new();
    person.start(&tree);
    let late = person.next(InputKind::Text("hm?".to_owned()));
    let asked = person.say(&tree, "delete my data").reply;
    let reply = person.hear(&tree, &late).reply;
    assert_eq!(reply, asked);
    assert_eq!(treebot::current(&tree, &person.history), Some(asked));
    // A deletion that comes late is done, and said.
    let late = person.next(InputKind::Confirm { forget: true });
    person.say(&tree, "hm?");
    let turn = person.hear(&tree, &late);
    assert_eq!((turn.effect, shown(&turn.reply).starts_with("Everything")), (Effect::Forget, true));
}
