//! Changed answers, links to places, what is typed, what is undone, and what is taken away.

use treebot::PlaceCode;

use super::{Clock, KEY, TREE, labels, open, said};
use crate::conversation::Conversation;
use crate::export::Format;
use crate::store::{MemoryStore, Store};
use crate::view::{News, View};

const LONG: &str = "\
title: Visas
say: Why do you come?
answers:
  study:
    id: level
    say: Which level?
    answers: {school: {goto: stay}, college: {goto: stay}}
  work:
    id: job
    say: Which job?
    answers: {cook: {goto: stay}, nurse: {goto: stay}}
  visit: {goto: stay}
nodes:
  stay: {say: How long?, answers: {short: {goto: passport}, long: {goto: passport}}}
  passport: {say: Which passport?, answers: {red: 'Red fits. See [more](https://red.example/x).', blue: Blue fits.}}
";

fn long(store: &MemoryStore, said: &[&str]) -> Conversation {
    let mut conversation =
        Conversation::open(LONG, "visas", Box::new(store.clone()), Box::new(Clock::default()));
    for text in said {
        conversation.send(text);
    }
    conversation
}

/// "question answer" for each answer that stands.
fn given(view: &View) -> Vec<String> {
    view.answers.iter().map(|given| format!("{} {}", given.question, given.answer)).collect()
}

#[test]
fn the_answers_that_stand_are_listed_with_their_questions() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["I want to study", "school"]);
    assert_eq!(given(&conversation.view()), ["Why do you come? study", "Which level? school"]);
    conversation.back();
    assert_eq!(given(&conversation.view()), ["Why do you come? study"]);
    conversation.restart();
    assert_eq!(given(&conversation.view()), [""; 0]);
}

#[test]
fn a_changed_answer_keeps_the_later_ones_that_still_apply_and_says_which_do_not() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["study", "school", "short", "red"]);
    conversation.change(0);
    let asked = conversation.view().changing;
    let asked = asked.as_ref();
    assert_eq!(
        asked.map(|of| (of.question.as_str(), of.now.as_str())),
        Some(("Why do you come?", "study"))
    );
    assert_eq!(asked.map(|of| of.choices.len()), Some(3));
    let before = store.get(KEY);
    conversation.send("visit");
    let view = conversation.view();
    assert_eq!(given(&view), ["Why do you come? visit", "How long? short", "Which passport? red"]);
    assert_eq!((view.kind, view.news, view.changing.is_none()), ("end", News::Changed, true));
    let report = view.report.as_ref();
    assert_eq!(
        report.map(|of| (of.kept, of.lost.as_slice())),
        Some((2, ["school".to_owned()].as_slice()))
    );
    assert_eq!(report.map(|of| of.answer.as_str()), Some("visit"));
    assert!(store.get(KEY) != before);
    assert_eq!(long(&store, &[]).view().answers, view.answers, "and it is kept");

    conversation.undo();
    assert_eq!(
        given(&conversation.view()),
        ["Why do you come? study", "Which level? school", "How long? short", "Which passport? red"]
    );
    assert_eq!(conversation.view().news, News::Undone);
}

#[test]
fn the_new_way_waits_where_it_asks_what_was_never_answered() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["study", "school", "short", "red"]);
    conversation.change(0);
    conversation.send("work");
    let view = conversation.view();
    assert_eq!((view.question.as_str(), given(&view).len()), ("Which job?", 1));
    assert_eq!(view.report.map(|of| (of.kept, of.lost.len())), Some((0, 3)));
}

#[test]
fn an_answer_is_changed_by_its_button_too_and_the_same_answer_changes_nothing() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["study", "school"]);
    conversation.change(1);
    let same = conversation.view().changing.and_then(|of| of.choices.into_iter().next());
    let before = store.get(KEY);
    if let Some(same) = same {
        conversation.tap(&same.code, &same.label);
    }
    assert_eq!((store.get(KEY), conversation.view().changing), (before, None));
    assert_eq!(conversation.view().news, News::None);

    conversation.change(1);
    let other = conversation.view().changing.and_then(|of| of.choices.into_iter().nth(1));
    if let Some(other) = other {
        conversation.tap(&other.code, &other.label);
    }
    assert_eq!(given(&conversation.view()), ["Why do you come? study", "Which level? college"]);
    assert!(
        said(&conversation.view()).ends_with(&["> college".to_owned(), "How long?".to_owned()])
    );
}

#[test]
fn what_does_not_answer_the_question_that_is_asked_again_changes_nothing() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["study", "school", "short"]);
    let before = store.get(KEY);
    conversation.change(0);
    conversation.send("bananas");
    let asked = conversation.view().changing;
    assert!(asked.as_ref().is_some_and(|of| !of.said.is_empty() && of.choices.len() == 3));
    assert_eq!(store.get(KEY), before);
    conversation.keep_answer();
    assert_eq!((conversation.view().changing, store.get(KEY)), (None, before));
    assert_eq!(conversation.view().question, "Which passport?");
    // Numbers that are out of reach ask nothing.
    conversation.change(3);
    assert_eq!(conversation.view().changing, None);
    conversation.change(usize::MAX);
    assert_eq!(conversation.view().changing, None);
}

#[test]
fn commands_are_heard_while_an_answer_is_changed() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["study", "school", "short"]);
    conversation.change(0);
    conversation.send("start again");
    assert_eq!((given(&conversation.view()).len(), conversation.view().changing), (0, None));
}

#[test]
fn another_tab_that_goes_on_ends_the_change() {
    let store = MemoryStore::default();
    let mut one = long(&store, &["study", "school"]);
    let mut two = long(&store, &[]);
    two.change(0);
    one.send("short");
    two.sync(store.get(KEY).unwrap_or_default());
    assert_eq!((two.view().changing, two.view().news), (None, News::MovedElsewhere));
}

#[test]
fn starting_again_can_be_undone() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["study", "school"]);
    conversation.restart();
    assert_eq!((conversation.view().news, conversation.view().can_undo), (News::Restarted, true));
    conversation.undo();
    assert_eq!(conversation.view().question, "How long?");
}

#[test]
fn a_deletion_can_be_undone_until_something_else_is_done() {
    let store = MemoryStore::default();
    assert_eq!(store.set("treebot/v1/_page/theme", "dark"), Ok(()));
    assert_eq!(store.set("treebot/v1/other/draft", "x"), Ok(()));
    let mut conversation = long(&store, &["study", "school"]);
    let all: Vec<_> = store.keys().unwrap_or_default();
    assert_eq!(conversation.clear(false), Ok(()));
    assert_eq!(store.keys(), Ok(vec!["treebot/v1/other/draft".to_owned()]));
    assert_eq!(conversation.clear(true), Ok(()));
    assert_eq!(store.keys(), Ok(vec![]));
    assert!(conversation.view().can_undo);
    conversation.undo();
    assert_eq!(store.keys(), Ok(all));
    assert_eq!(
        (conversation.view().question.as_str(), conversation.view().news),
        ("How long?", News::Undone)
    );

    assert_eq!(conversation.clear(true), Ok(()));
    conversation.send("work");
    conversation.undo();
    assert_eq!(given(&conversation.view()), [""; 0], "only the newest turn is undone");
    assert!(!store.keys().unwrap_or_default().contains(&"treebot/v1/other/draft".to_owned()));
}

#[test]
fn a_link_leads_to_its_place_answer_by_answer_and_that_can_be_undone() {
    let store = MemoryStore::default();
    let link = long(&MemoryStore::default(), &["study", "school", "short", "red"]).view().place;
    let mut conversation = long(&store, &[]);
    conversation.follow(&link);
    let view = conversation.view();
    assert_eq!((view.kind, view.news, view.place.as_str()), ("end", News::Followed, link.as_str()));
    assert_eq!(
        said(&view),
        [
            "Why do you come?",
            "> study",
            "Which level?",
            "> school",
            "How long?",
            "> short",
            "Which passport?",
            "> red",
            "Red fits. See more."
        ]
    );
    // Opened once more, it changes nothing.
    let before = store.get(KEY);
    conversation.follow(&link);
    assert_eq!(store.get(KEY), before);

    let mut other = long(&store, &["back", "back"]);
    other.follow(&link);
    assert_eq!(other.view().kind, "end");
    other.undo();
    assert_eq!(other.view().question, "How long?");
}

#[test]
fn a_link_that_leads_nowhere_is_said_and_changes_nothing() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["study"]);
    let before = (store.get(KEY), said(&conversation.view()));
    let newer = format!("2{}", "a".repeat(5));
    let foreign = Conversation::open(
        "{say: Tea?, answers: {green: Here., black: There.}}",
        "tea",
        Box::new(MemoryStore::default()),
        Box::new(Clock::default()),
    )
    .view()
    .choices
    .into_iter()
    .next()
    .map_or_else(String::new, |choice| choice.code);
    for (link, news) in [
        ("", News::LinkBroken),
        ("1", News::LinkBroken),
        ("javascript:alert(1)", News::LinkBroken),
        ("<img src=x>", News::LinkBroken),
        (&"1".repeat(100_000), News::LinkBroken),
        ("1\u{0}aaaa", News::LinkBroken),
        (&newer, News::LinkNewer),
        (&foreign, News::LinkElsewhere),
    ] {
        conversation.follow(link);
        assert_eq!(conversation.view().news, news, "{link:.40}");
        assert_eq!((store.get(KEY), said(&conversation.view())), before, "{link:.40}");
    }
}

#[test]
fn an_old_link_asks_where_the_tree_has_changed_since() {
    let link = long(&MemoryStore::default(), &["study", "school", "short", "red"]).view().place;
    let store = MemoryStore::default();
    let changed = LONG.replace(
        "{red: 'Red fits. See [more](https://red.example/x).', blue: Blue fits.}",
        "{green: Green fits.}",
    );
    let mut conversation =
        Conversation::open(&changed, "visas", Box::new(store), Box::new(Clock::default()));
    conversation.follow(&link);
    let view = conversation.view();
    assert_eq!((view.question.as_str(), view.answers.len()), ("Which passport?", 3));
    assert!(view.transcript.last().is_some_and(|entry| entry.note.is_some()));
}

#[test]
fn who_comes_back_is_told_up_to_which_answer_the_changed_tree_still_goes() {
    let store = MemoryStore::default();
    long(&store, &["study", "school", "short", "red"]);
    assert_eq!(long(&store, &[]).view().news, News::None);
    let changed = LONG.replace("{short:", "{brief:");
    let view =
        Conversation::open(&changed, "visas", Box::new(store), Box::new(Clock::default())).view();
    assert_eq!(view.news, News::Updated);
    let report = view.report.map(|report| (report.kept, report.lost.first().cloned()));
    assert_eq!(report, Some((2, Some("short".to_owned()))));
}

#[test]
fn what_is_typed_is_shown_as_what_it_would_do_and_nothing_is_recorded() {
    let store = MemoryStore::default();
    let conversation = long(&store, &["study"]);
    let before = (store.get(KEY), conversation.view());
    let narrowed = |text: &str| {
        let narrowed = conversation.narrow(text);
        let labels: Vec<_> = narrowed.choices.iter().map(|of| of.choice.label.clone()).collect();
        (narrowed.takes, narrowed.asks, narrowed.is_command, labels.join(","))
    };
    let takes = |label: &str| Some(label.to_owned());
    assert_eq!(narrowed("I go to school"), (takes("school"), false, false, "school".to_owned()));
    assert_eq!(narrowed("sc"), (None, false, false, "school".to_owned()));
    assert_eq!(narrowed("2"), (takes("college"), false, false, "college".to_owned()));
    assert_eq!(narrowed("back"), (None, false, true, String::new()));
    assert_eq!(narrowed("zebra"), (None, false, false, String::new()));
    assert_eq!(narrowed(" "), (None, false, false, String::new()));
    let (_, asks, _, choices) = narrowed("school or college");
    assert_eq!((asks, choices.as_str()), (true, "school,college"));
    assert_eq!((store.get(KEY), conversation.view()), before);
}

#[test]
fn before_the_first_answer_typing_narrows_down_as_well() {
    let store = MemoryStore::default();
    let conversation = open(&store, &Clock::default());
    let narrowed = conversation.narrow("stu");
    assert_eq!(narrowed.takes.as_deref(), Some("study"));
    let typed: Vec<_> = narrowed
        .choices
        .iter()
        .flat_map(|of| &of.label)
        .map(|stretch| (stretch.text.as_str(), stretch.typed))
        .collect();
    assert_eq!(typed, [("stu", true), ("dy", false)]);
    assert_eq!(store.keys(), Ok(vec![]));
}

#[test]
fn while_an_answer_is_changed_typing_is_about_its_question() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["study", "school", "short"]);
    conversation.change(0);
    assert_eq!(conversation.narrow("vis").takes.as_deref(), Some("visit"));
    assert_eq!(conversation.narrow("red").takes, None);
}

#[test]
fn the_place_of_a_new_conversation_is_the_start() {
    let view = open(&MemoryStore::default(), &Clock::default()).view();
    let steps = PlaceCode::decode(&view.place).map(|decoded| decoded.trail.steps.len());
    assert_eq!(steps, Ok(0));
    assert_eq!((view.dir, labels(&view).len()), ("ltr", 2));
}

#[test]
fn a_tree_in_a_language_from_right_to_left_says_so() {
    for (lang, dir) in
        [("ar", "rtl"), ("he-IL", "rtl"), ("FA", "rtl"), ("en", "ltr"), ("arn", "ltr")]
    {
        assert_eq!(crate::view::dir(lang), dir, "{lang}");
    }
}

#[test]
fn a_conversation_is_saved_as_text_and_as_markdown_with_addresses() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["study", "*s_c[h]ool* <b>", "school", "short", "red"]);
    let text = conversation.export(Format::Text);
    assert!(
        text.starts_with(
            "Visas\n\nYour answers\n\n1. Why do you come? study\n2. Which level? school\n"
        ),
        "{text}"
    );
    assert!(text.contains("You: *s_c[h]ool* <b>\n"), "{text}");
    assert!(text.ends_with("Advisor: Red fits. See more (https://red.example/x).\n"), "{text}");
    let markdown = conversation.export(Format::Markdown);
    assert!(
        markdown.contains("# Visas\n\n## Your answers\n\n1. Why do you come? **study**\n"),
        "{markdown}"
    );
    assert!(markdown.contains("**You:** \\*s\\_c\\[h\\]ool\\* \\<b\\>\n"), "{markdown}");
    assert!(markdown.contains("[more](<https://red.example/x>)"), "{markdown}");
    assert_eq!(Ok(Some(conversation.document())), store.get(KEY));
    conversation.restart();
    assert!(!conversation.export(Format::Text).contains("Your answers\n"));
}

#[test]
fn an_end_is_a_result_and_what_is_typed_after_it_is_not() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["visit", "short", "red"]);
    let result = conversation.view().transcript.pop().and_then(|entry| entry.result);
    assert_eq!(result.as_ref().and_then(|of| of.heading.as_deref()), Some("Red fits."));
    assert_eq!(result.map(|of| of.links.len()), Some(1));
    conversation.send("thank you");
    let view = conversation.view();
    assert_eq!(view.transcript.last().and_then(|entry| entry.result.as_ref()), None);
    assert_eq!(results(&view), ["Red fits. holds"], "and the result holds all the same");
    assert!(TREE.contains("Visas"));
}

/// The heading of each result, and whether it holds.
fn results(view: &View) -> Vec<String> {
    let cards = view.transcript.iter().filter_map(|entry| entry.result.as_ref());
    let told = cards.map(|card| {
        let holds = if card.holds { "holds" } else { "held" };
        format!("{} {holds}", card.heading.as_deref().unwrap_or_default())
    });
    told.collect()
}

#[test]
fn who_comes_back_to_an_end_is_shown_what_it_says_now_as_the_one_result() {
    let edited = LONG.replace("Red fits.", "Green fits, not red.");
    for after in [&[][..], &["thank you"]] {
        let store = MemoryStore::default();
        let mut conversation = long(&store, &["visit", "short", "red"]);
        after.iter().for_each(|text| conversation.send(text));
        let turns = conversation.view().transcript.len();
        let before = store.get(KEY);
        let mut conversation = Conversation::open(
            &edited,
            "visas",
            Box::new(store.clone()),
            Box::new(Clock::default()),
        );
        let view = conversation.view();
        assert_eq!(results(&view), ["Green fits, not red. holds"]);
        assert_eq!((view.news, view.transcript.len()), (News::Reworded, turns));
        assert!(!said(&view).iter().any(|line| line.contains("Red fits.")));
        assert_eq!(store.get(KEY), before, "only looking changes nothing");
        // What is said next does not bring the old words back.
        conversation.send("thanks a lot");
        let view = conversation.view();
        assert_eq!(
            (results(&view).as_slice(), view.news),
            (&["Green fits, not red. holds".to_owned()][..], News::None)
        );
    }
    let store = MemoryStore::default();
    long(&store, &["visit", "short", "red", "thank you"]);
    let view = long(&store, &[]).view();
    assert_eq!((view.news, results(&view)), (News::None, vec!["Red fits. holds".to_owned()]));
    assert_eq!(said(&view).iter().filter(|line| line.contains("Red fits.")).count(), 1);
}

#[test]
fn a_question_that_is_an_end_by_now_is_a_result() {
    let store = MemoryStore::default();
    long(&store, &["visit", "short"]);
    let edited = LONG
        .replace("{say: Which passport?, answers: {red: 'Red fits. See [more](https://red.example/x).', blue: Blue fits.}}", "{say: All passports fit.}");
    let view =
        Conversation::open(&edited, "visas", Box::new(store), Box::new(Clock::default())).view();
    assert_eq!((view.kind, results(&view)), ("end", vec!["All passports fit. holds".to_owned()]));
}

#[test]
fn a_result_that_the_answers_no_longer_lead_to_is_told_from_the_one_that_holds() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["visit", "short", "red"]);
    conversation.change(2);
    conversation.send("blue");
    assert_eq!(results(&conversation.view()), ["Red fits. held", "Blue fits. holds"]);
    for text in [conversation.export(Format::Text), conversation.export(Format::Markdown)] {
        let at = |words| text.find(words);
        let mark = at("An earlier result. Your answers have changed since.");
        assert!(mark.is_some() && mark < at("Red fits."), "{text}");
        assert_eq!(text.matches("An earlier result").count(), 1, "{text}");
    }
    assert_eq!(results(&long(&store, &[]).view()), ["Red fits. held", "Blue fits. holds"]);
    conversation.back();
    assert_eq!(results(&conversation.view()), ["Red fits. held", "Blue fits. held"]);
    conversation.undo();
    assert_eq!(results(&conversation.view()).last().map(String::as_str), Some("Blue fits. holds"));
    conversation.send("delete my data");
    assert_eq!(results(&conversation.view()).last().map(String::as_str), Some("Blue fits. holds"));
    conversation.restart();
    assert!(results(&conversation.view()).iter().all(|told| told.ends_with("held")));
}

#[test]
fn what_the_engine_notes_is_saved_too() {
    let store = MemoryStore::default();
    let mut conversation = long(&store, &["stdy"]);
    let note = conversation.view().transcript.last().and_then(|entry| entry.note.clone());
    assert!(note.is_some());
    assert!(conversation.export(Format::Text).contains(note.as_deref().unwrap_or("?")));
    conversation.restart();
}

#[test]
fn what_the_page_draws_of_all_this_crosses_as_json() {
    let check = |json: &dyn crate::json::Json, known: serde_json::Result<String>| {
        let mut written = String::new();
        json.write(&mut written);
        assert_eq!(Some(written), known.ok());
    };
    let mut conversation = long(&MemoryStore::default(), &["study", "school", "short", "red"]);
    let narrowed = conversation.narrow("\"s");
    check(&narrowed, serde_json::to_string(&narrowed));
    for act in [
        |of: &mut Conversation| of.change(0),
        |of: &mut Conversation| of.send("bananas"),
        |of: &mut Conversation| of.send("visit"),
        |of: &mut Conversation| of.restart(),
        |of: &mut Conversation| of.undo(),
        |of: &mut Conversation| of.follow("2x"),
        |of: &mut Conversation| of.follow("x"),
    ] {
        act(&mut conversation);
        let view = conversation.view();
        check(&view, serde_json::to_string(&view));
        let narrowed = conversation.narrow("lo");
        check(&narrowed, serde_json::to_string(&narrowed));
    }
}
