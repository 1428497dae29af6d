//! Conversations over stores in memory: what is kept, what is left alone, what other tabs see.

mod change;

use std::cell::Cell;
use std::rc::Rc;

use treebot::Millis;

use crate::archive::Keeping;
use crate::conversation::{Conversation, Kept};
use crate::host::Host;
use crate::store::{BlockedStore, MemoryStore, Store, StoreError};
use crate::view::{News, Sender, View};

const TREE: &str = "\
title: Visas
about: Unofficial. [GOV.UK](https://www.gov.uk)
say: Why do you come?
answers:
  study:
    say: How long?
    id: length
    answers:
      short: A short visa.
      long: A long visa.
  work: A work visa.
";

const KEY: &str = "treebot/v1/visas/events";

/// A clock that stands still until it is set, and ids that count.
#[derive(Clone, Default)]
struct Clock {
    now: Rc<Cell<i64>>,
    ids: Rc<Cell<u32>>,
}

impl Host for Clock {
    fn now(&self) -> Millis {
        Millis(1_000 + self.now.get())
    }
    fn id(&self) -> String {
        self.ids.set(self.ids.get() + 1);
        self.ids.get().to_string()
    }
}

fn open(store: &MemoryStore, clock: &Clock) -> Conversation {
    Conversation::open(TREE, "visas", Box::new(store.clone()), Box::new(clock.clone()))
}

fn open_in(store: impl Store + 'static) -> Conversation {
    Conversation::open(TREE, "visas", Box::new(store), Box::new(Clock::default()))
}

fn tap(conversation: &mut Conversation, label: &str) {
    let choice = conversation.view().choices.into_iter().find(|choice| choice.label == label);
    assert!(choice.is_some(), "{label} is not offered");
    if let Some(choice) = choice {
        conversation.tap(&choice.code, &choice.label);
    }
}

/// A transcript, a line for each side's part: `>` before the visitor's.
fn said(view: &View) -> Vec<String> {
    let words = |entry: &crate::view::Entry| {
        let pieces = entry
            .messages
            .iter()
            .map(|said| said.pieces.iter().map(|piece| piece.text.as_str()).collect());
        let messages: Vec<String> = pieces.collect();
        messages.join(" | ")
    };
    view.transcript
        .iter()
        .map(|entry| match entry.sender {
            Sender::You => format!("> {}", words(entry)),
            Sender::Bot => words(entry),
        })
        .collect()
}

fn labels(view: &View) -> Vec<&str> {
    view.choices.iter().map(|choice| choice.label.as_str()).collect()
}

#[test]
fn a_visitor_is_greeted_and_nothing_is_stored_yet() {
    let store = MemoryStore::default();
    let view = open(&store, &Clock::default()).view();
    assert_eq!(said(&view), ["Why do you come?"]);
    assert_eq!(labels(&view), ["study", "work"]);
    assert_eq!((view.kind, view.begun, view.can_go_back), ("question", false, false));
    assert_eq!(view.spoken, "Why do you come? Options: study, work.");
    assert_eq!(store.keys(), Ok(vec![]));
}

#[test]
fn a_conversation_goes_on_after_a_reload() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    let mut before = open(&store, &clock);
    tap(&mut before, "study");
    let mut after = open(&store, &clock);
    assert_eq!(after.view().transcript, before.view().transcript);
    assert_eq!(said(&after.view()), ["Why do you come?", "> study", "How long?"]);
    after.send("long");
    assert_eq!(
        said(&after.view()),
        ["Why do you come?", "> study", "How long?", "> long", "A long visa."]
    );
    assert_eq!(after.view().kind, "end");
}

#[test]
fn one_can_go_back_and_start_again_and_undo_that() {
    let store = MemoryStore::default();
    let mut conversation = open(&store, &Clock::default());
    tap(&mut conversation, "study");
    conversation.back();
    assert_eq!(conversation.view().question, "Why do you come?");
    assert!(!conversation.view().can_go_back);
    tap(&mut conversation, "study");
    conversation.restart();
    assert_eq!(conversation.view().question, "Why do you come?");
    conversation.undo();
    assert_eq!(conversation.view().question, "How long?");
}

#[test]
fn the_clock_may_stand_still() {
    let store = MemoryStore::default();
    let mut conversation = open(&store, &Clock::default());
    for _ in 0..5 {
        tap(&mut conversation, "study");
        conversation.back();
    }
    assert_eq!(conversation.view().turns, 11);
    assert_eq!(conversation.view().question, "Why do you come?");
}

#[test]
fn a_browser_that_blocks_storage_does_not_stop_a_conversation() {
    let mut conversation = open_in(BlockedStore);
    assert_eq!(conversation.view().keeping, Keeping::Blocked);
    tap(&mut conversation, "study");
    conversation.send("short");
    assert_eq!((conversation.view().kind, conversation.view().keeping), ("end", Keeping::Blocked));
    // Nothing of it was kept, so there is nothing that the browser could refuse; and it can be undone all the same.
    assert_eq!(conversation.clear(false), Ok(()));
    let view = conversation.view();
    assert_eq!(said(&view), ["Why do you come?"]);
    assert_eq!((view.news, view.keeping, view.can_undo), (News::Deleted, Keeping::Blocked, true));
    conversation.undo();
    let view = conversation.view();
    assert_eq!((view.kind, view.answers.len(), view.news), ("end", 2, News::Undone));
    assert_eq!(view.keeping, Keeping::Blocked);
}

/// A store that can be read, and refuses to be written.
#[derive(Clone, Default)]
struct ReadOnly(MemoryStore);

impl Store for ReadOnly {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.0.get(key)
    }
    fn set(&self, _key: &str, _text: &str) -> Result<(), StoreError> {
        Err(StoreError::Blocked)
    }
    fn remove(&self, _key: &str) -> Result<(), StoreError> {
        Err(StoreError::Blocked)
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.0.keys()
    }
}

#[test]
fn what_could_not_be_kept_is_not_said_to_be_kept_after_a_look_at_another_tab() {
    let mut full = open(&MemoryStore::with_room(10), &Clock::default());
    let mut refused = open_in(ReadOnly::default());
    for (conversation, keeping) in [(&mut full, Keeping::Full), (&mut refused, Keeping::Blocked)] {
        tap(conversation, "study");
        assert_eq!(conversation.view().keeping, keeping);
        conversation.look();
        assert_eq!(conversation.view().keeping, keeping);
        conversation.settle();
        assert_eq!(conversation.view().keeping, keeping);
    }
}

#[test]
fn a_deletion_of_what_could_not_be_kept_can_be_undone() {
    let clock = Clock::default();
    // Nothing was ever kept; or only the first answer was.
    for room in [10, 800] {
        let store = MemoryStore::with_room(room);
        let mut conversation = open(&store, &clock);
        tap(&mut conversation, "study");
        for _ in 0..20 {
            conversation.send("Nothing that anybody could make sense of");
        }
        conversation.send("long");
        let before = conversation.view();
        assert_eq!((before.kind, before.keeping), ("end", Keeping::Full));
        assert_eq!(conversation.clear(false), Ok(()));
        assert_eq!(store.keys(), Ok(vec![]));
        assert_eq!((conversation.view().news, conversation.view().can_undo), (News::Deleted, true));
        conversation.undo();
        let after = conversation.view();
        assert_eq!((after.transcript, after.answers), (before.transcript, before.answers));
        assert_eq!((after.news, after.keeping), (News::Undone, Keeping::Full));
    }
}

#[test]
fn what_cannot_be_deleted_is_said_to_be_there_still() {
    let kept = MemoryStore::default();
    tap(&mut open(&kept, &Clock::default()), "study");
    let mut conversation = open_in(ReadOnly(kept));
    assert_eq!(conversation.clear(false), Err(StoreError::Blocked));
}

#[test]
fn a_full_browser_keeps_what_it_had_and_the_conversation_goes_on() {
    let (store, clock) = (MemoryStore::with_room(800), Clock::default());
    let mut conversation = open(&store, &clock);
    tap(&mut conversation, "study");
    assert_eq!(conversation.view().keeping, Keeping::Kept);
    let kept = store.get(KEY);
    let mut turns = 0;
    while conversation.view().keeping == Keeping::Kept {
        conversation.send("Nothing that anybody could make sense of");
        turns += 1;
        assert!(turns < 100, "800 bytes are never full");
    }
    assert_eq!(conversation.view().keeping, Keeping::Full);
    assert!(
        matches!(store.get(KEY), Ok(Some(document)) if document.len() >= kept.unwrap_or_default().unwrap_or_default().len())
    );
    conversation.send("long");
    assert_eq!(conversation.view().kind, "end");
    assert_eq!(open(&store, &clock).view().question, "How long?");
}

#[test]
fn what_cannot_be_read_is_left_alone_until_the_visitor_sets_it_aside() {
    for (document, keeping) in [
        ("not a history {", Keeping::Damaged),
        ("", Keeping::Damaged),
        ("null", Keeping::Damaged),
        ("{\"treebot\":\"history\",\"version\":99,\"events\":[]}", Keeping::Newer),
    ] {
        let (store, clock) = (MemoryStore::default(), Clock::default());
        assert_eq!(store.set(KEY, document), Ok(()));
        let mut conversation = open(&store, &clock);
        assert_eq!(conversation.view().keeping, keeping, "{document}");
        tap(&mut conversation, "study");
        conversation.sync(Some(document.to_owned()));
        conversation.look();
        assert_eq!(conversation.view().question, "How long?");
        assert_eq!(store.get(KEY), Ok(Some(document.to_owned())));

        assert_eq!(conversation.start_afresh(), Ok(()));
        assert_eq!(conversation.view().keeping, Keeping::Kept);
        assert_eq!(store.get("treebot/v1/visas/events.damaged-1"), Ok(Some(document.to_owned())));
        assert_eq!(open(&store, &clock).view().question, "How long?");
    }
}

#[test]
fn a_second_unreadable_document_does_not_replace_the_first_copy() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    for document in ["first", "second"] {
        assert_eq!(store.set(KEY, document), Ok(()));
        assert_eq!(open(&store, &clock).start_afresh(), Ok(()));
    }
    assert_eq!(store.get("treebot/v1/visas/events.damaged-1"), Ok(Some("first".to_owned())));
    assert_eq!(store.get("treebot/v1/visas/events.damaged-2"), Ok(Some("second".to_owned())));
}

#[test]
fn without_room_for_a_copy_an_unreadable_document_stays() {
    let store = MemoryStore::with_room(100);
    let document = "x".repeat(60);
    assert_eq!(store.set(KEY, &document), Ok(()));
    let mut conversation = open(&store, &Clock::default());
    assert_eq!(conversation.start_afresh(), Err(StoreError::Full));
    assert_eq!(conversation.view().keeping, Keeping::Damaged);
    assert_eq!(store.get(KEY), Ok(Some(document)));
}

#[test]
fn clearing_leaves_no_key_of_this_conversation_and_no_other_is_touched() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    for key in
        ["treebot/v1/visas/events.damaged-1", "treebot/v1/studio-visas/draft", "somebody-else"]
    {
        assert_eq!(store.set(key, "x"), Ok(()));
    }
    let mut conversation = open(&store, &clock);
    tap(&mut conversation, "study");
    assert!(conversation.keeps_more());
    assert_eq!(conversation.clear(false), Ok(()));
    assert_eq!(
        store.keys(),
        Ok(vec!["somebody-else".to_owned(), "treebot/v1/studio-visas/draft".to_owned()])
    );
    assert_eq!(said(&conversation.view()), ["Why do you come?"]);
    assert_eq!(conversation.view().news, News::Deleted);
    assert_eq!(conversation.clear(true), Ok(()));
    assert_eq!(store.keys(), Ok(vec!["somebody-else".to_owned()]));
}

#[test]
fn somebody_who_asks_to_be_forgotten_is_forgotten() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    let mut conversation = open(&store, &clock);
    tap(&mut conversation, "study");
    conversation.send("delete my data");
    assert!(!store.keys().unwrap_or_default().is_empty());
    conversation.send("yes");
    assert_eq!(store.keys(), Ok(vec![]));
    assert_eq!(said(&conversation.view()), ["Why do you come?"]);
    assert_eq!(conversation.view().news, News::Deleted);
}

#[test]
fn two_tabs_unite_what_they_store() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    let (mut one, mut two) = (open(&store, &clock), open(&store, &clock));
    tap(&mut one, "study");
    assert_eq!(two.view().news, News::None);
    two.sync(store.get(KEY).unwrap_or_default());
    assert_eq!(two.view().transcript, one.view().transcript);
    assert_eq!(two.view().news, News::MovedElsewhere);
    two.send("long");
    assert_eq!((two.view().kind, two.view().news), ("end", News::None));
    one.sync(store.get(KEY).unwrap_or_default());
    assert_eq!(one.view().transcript, two.view().transcript);
    assert_eq!(one.view().kind, "end");
}

#[test]
fn a_tab_that_heard_nothing_loses_nothing() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    let (mut one, mut two) = (open(&store, &clock), open(&store, &clock));
    tap(&mut one, "study");
    one.send("bananas");
    // The other tab still shows the greeting: its button means what it says.
    tap(&mut two, "work");
    let united = open(&store, &clock).view();
    assert_eq!(united.kind, "end");
    assert!(said(&united).contains(&"> bananas".to_owned()));
    assert!(said(&united).ends_with(&["> work".to_owned(), "A work visa.".to_owned()]));
    assert_eq!(
        said(&united).iter().filter(|line| *line == "Why do you come?").count(),
        1,
        "greeted once"
    );
}

#[test]
fn a_text_is_understood_where_it_was_typed() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    let (mut one, mut two) = (open(&store, &clock), open(&store, &clock));
    clock.now.set(100);
    tap(&mut one, "study");
    // The other tab has heard nothing: it still shows the first question.
    two.send("short");
    assert_eq!(two.view().question, "How long?", "not taken for an answer to what was not seen");
    assert!(said(&two.view()).contains(&"> short".to_owned()));
    assert_eq!(two.view().news, News::MovedElsewhere, "and the visitor is told why");
    two.send("short");
    assert_eq!((two.view().kind, two.view().news), ("end", News::None));
}

#[test]
fn a_clock_that_is_set_back_changes_nothing() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    clock.now.set(1_000_000);
    tap(&mut open(&store, &clock), "study");
    clock.now.set(-900);
    let mut conversation = open(&store, &clock);
    conversation.send("long");
    assert_eq!(conversation.view().kind, "end");
    assert_eq!(open(&store, &clock).view().kind, "end");
}

#[test]
fn two_tabs_that_write_at_the_same_moment_lose_nothing_when_they_are_left() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    let mut one = open(&store, &clock);
    one.send("study");
    let first = store.get(KEY).unwrap_or_default();
    let mut two = open(&store, &clock);
    clock.now.set(1);
    two.send("short");
    let second = store.get(KEY).unwrap_or_default();
    // The second was written first after all, and is gone from the store; both tabs have heard of it.
    assert!(store.set(KEY, first.as_deref().unwrap_or_default()).is_ok());
    one.sync(second.clone());
    one.settle();
    assert_eq!(store.get(KEY).unwrap_or_default(), second);
    // What was deleted is not brought back by a tab that is left later.
    assert!(store.remove(KEY).is_ok());
    two.settle();
    assert_eq!(store.get(KEY).unwrap_or_default(), None);
}

#[test]
fn what_another_tab_deletes_does_not_come_back() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    let mut one = open(&store, &clock);
    tap(&mut one, "study");
    let mut two = open(&store, &clock);
    assert_eq!(one.clear(false), Ok(()));
    two.sync(None);
    assert_eq!(two.view().news, News::DeletedElsewhere);
    assert_eq!(said(&two.view()), ["Why do you come?"]);
    assert_eq!(store.keys(), Ok(vec![]), "nothing is written in answer");

    let mut three = open(&store, &clock);
    tap(&mut three, "study");
    let mut four = open(&store, &clock);
    assert_eq!(three.clear(false), Ok(()));
    // This one heard nothing of it.
    four.send("long");
    assert!(!said(&open(&store, &clock).view()).contains(&"> study".to_owned()));
}

#[test]
fn nothing_is_written_in_answer_to_another_tab() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    let mut one = open(&store, &clock);
    let mut two = open(&MemoryStore::default(), &clock);
    tap(&mut two, "study");
    let other = MemoryStore::default();
    let mut third =
        Conversation::open(TREE, "visas", Box::new(other.clone()), Box::new(clock.clone()));
    tap(&mut third, "study");
    one.sync(other.get(KEY).unwrap_or_default());
    assert_eq!(one.view().question, "How long?");
    assert_eq!(store.keys(), Ok(vec![]));
}

#[test]
fn an_edit_keeps_the_place_and_shows_the_new_words() {
    let store = MemoryStore::default();
    let mut conversation = open(&store, &Clock::default());
    tap(&mut conversation, "study");
    let Kept { kept, answers, analysis } =
        conversation.reload(&TREE.replace("How long?", "For how long?"));
    assert_eq!((kept, answers, analysis.loads), (1, 1, true));
    assert_eq!(said(&conversation.view()), ["Why do you come?", "> study", "For how long?"]);
    conversation.send("long");
    assert_eq!(said(&conversation.view()).last().map(String::as_str), Some("A long visa."));
    conversation.reload(&TREE.replace("Why do you come?", "Why?"));
    assert_eq!(
        said(&conversation.view()),
        ["Why?", "> study", "How long?", "> long", "A long visa."]
    );
}

#[test]
fn while_a_source_does_not_load_the_last_tree_runs_on() {
    let store = MemoryStore::default();
    let mut conversation = open(&store, &Clock::default());
    tap(&mut conversation, "study");
    let report = conversation.reload("say: [");
    assert!(!report.analysis.loads);
    assert!(conversation.view().stale && conversation.view().ready);
    conversation.send("long");
    assert_eq!(conversation.view().kind, "end");
    conversation.reload(TREE);
    assert!(!conversation.view().stale);
    assert_eq!(conversation.view().kind, "end");
}

#[test]
fn an_answer_that_is_taken_away_and_put_back_is_still_given() {
    let store = MemoryStore::default();
    let mut conversation = open(&store, &Clock::default());
    tap(&mut conversation, "study");
    let (kept, answers) = {
        let report = conversation
            .reload("say: Why do you come?\nanswers:\n  work: A work visa.\n  play: A toy.\n");
        (report.kept, report.answers)
    };
    assert_eq!((kept, answers), (0, 1));
    assert_eq!(conversation.view().question, "Why do you come?");
    assert_eq!(conversation.reload(TREE).kept, 1);
    assert_eq!(conversation.view().question, "How long?");
}

#[test]
fn a_number_means_the_list_on_the_screen() {
    let store = MemoryStore::default();
    let mut conversation = open(&store, &Clock::default());
    tap(&mut conversation, "study");
    let swapped = TREE.replace(
        "      short: A short visa.\n      long: A long visa.\n",
        "      long: A long visa.\n      short: A short visa.\n",
    );
    conversation.reload(&swapped);
    assert_eq!(labels(&conversation.view()), ["long", "short"]);
    conversation.send("1");
    assert_eq!(said(&conversation.view()).last().map(String::as_str), Some("A long visa."));
}

#[test]
fn a_tree_that_never_loaded_shows_nothing_and_stops_nothing() {
    let store = MemoryStore::default();
    let mut conversation =
        Conversation::open("say: [", "visas", Box::new(store.clone()), Box::new(Clock::default()));
    conversation.send("hello");
    conversation.tap("nonsense", "nonsense");
    conversation.back();
    conversation.undo();
    assert!(!conversation.view().ready);
    assert_eq!(store.keys(), Ok(vec![]));
    conversation.reload(TREE);
    assert!(conversation.view().ready);
    tap(&mut conversation, "study");
    assert_eq!(conversation.view().question, "How long?");
}

#[test]
fn what_is_typed_is_never_a_link() {
    let store = MemoryStore::default();
    let mut conversation = open(&store, &Clock::default());
    conversation.send("[x](https://evil.example) <b>");
    let view = conversation.view();
    let yours: Vec<_> =
        view.transcript.iter().filter(|entry| entry.sender == Sender::You).collect();
    assert!(yours.iter().all(|entry| {
        entry.messages.iter().all(|said| said.pieces.iter().all(|piece| piece.link.is_none()))
    }));
    assert_eq!(
        view.about.last().and_then(|piece| piece.link.as_deref()),
        Some("https://www.gov.uk")
    );
}

#[test]
fn a_question_back_is_still_open_after_a_reload() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    let drinks =
        "say: What will it be?\nanswers:\n  beer: Beer.\n  red wine: Red.\n  white wine: White.\n";
    let open =
        || Conversation::open(drinks, "drinks", Box::new(store.clone()), Box::new(clock.clone()));
    let mut before = open();
    before.send("wine");
    let mut after = open();
    assert_eq!(after.view().transcript, before.view().transcript);
    assert_eq!(labels(&after.view()), ["red wine", "white wine"]);
    after.send("2");
    assert_eq!(said(&after.view()).last().map(String::as_str), Some("White."));
}

#[test]
fn who_comes_back_to_a_changed_tree_is_told_and_asked_again() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    tap(&mut open(&store, &clock), "study");
    let before = store.get(KEY);
    let changed = "say: Why do you come?\nanswers:\n  work: A work visa.\n  play: A toy.\n";
    let conversation =
        Conversation::open(changed, "visas", Box::new(store.clone()), Box::new(clock.clone()));
    let view = conversation.view();
    assert_eq!(said(&view), ["Why do you come?", "> study", "How long?", "Why do you come?"]);
    assert!(view.transcript.last().is_some_and(|entry| entry.note.is_some()));
    assert_eq!(labels(&view), ["work", "play"]);
    assert_eq!(store.get(KEY), before, "only looking changes nothing");
    assert_eq!(open(&store, &clock).view().question, "How long?", "and the tree may come back");
}

#[test]
fn a_long_conversation_forgets_its_oldest_turns_only() {
    let (store, clock) = (MemoryStore::default(), Clock::default());
    let mut conversation = open(&store, &clock);
    for _ in 0..300 {
        tap(&mut conversation, "study");
        conversation.back();
    }
    tap(&mut conversation, "study");
    // Whoever listens is still told of each turn.
    assert_eq!(conversation.view().turns, 602);
    conversation.back();
    assert_eq!(conversation.view().turns, 603);
    conversation.undo();
    let after = open(&store, &clock).view();
    assert_eq!((after.question.as_str(), after.turns), ("How long?", 500));
}

#[test]
fn what_is_drawn_crosses_as_json() {
    let check = |conversation: &Conversation| {
        let view = conversation.view();
        let mut json = String::new();
        crate::json::Json::write(&view, &mut json);
        assert_eq!(json, serde_json::to_string(&view).unwrap_or_default());
    };
    let mut conversation = open(&MemoryStore::default(), &Clock::default());
    check(&conversation);
    conversation.send("\u{1}\"study\" \\ 日本");
    conversation.send("study");
    check(&conversation);
    conversation
        .reload("say: [Changed, {image: https://a.example/b.png, alt: a cat}]\nanswers: {a: A.}");
    check(&conversation);
    let _ = conversation.clear(true);
    check(&conversation);
    check(&open_in(BlockedStore));
}
