//! A desk over stores in memory: what the page is told, and what its presses do to source and conversation.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]

use treebot::apply;

use crate::document::Replacement;
use crate::host::Host;
use crate::store::{MemoryStore, Store};
use crate::view::Sender;

use super::changes::Change;
use super::{Desk, StepOutcome};

pub(super) const TREE: &str = "\
title: Visas 😀
say: Why do you come?
answers:
  study:
    also: [university]
    say: How long?
    id: length
    answers:
      short: A short visa.
      long: A long visa.
  work: {goto: job}
nodes:
  job: # kept
    say: Which job?
    answers: {cook: You need a cook's visa., other: {say: Please ask., goto: start}}
";

/// A clock that stands still, and ids that are all the same.
struct Still;

impl Host for Still {
    fn now(&self) -> treebot::Millis {
        treebot::Millis(1_000)
    }
    fn id(&self) -> String {
        "id".to_owned()
    }
}

pub(super) fn desk(source: &str) -> Desk {
    desk_in(&MemoryStore::default(), source)
}

/// A desk over what is kept.
fn desk_in(store: &MemoryStore, source: &str) -> Desk {
    Desk::open(source, "visas", Box::new(store.clone()), Box::new(Still))
}

/// A desk whose person has said this.
pub(super) fn said(source: &str, texts: &[&str]) -> Desk {
    let mut desk = desk(source);
    for text in texts {
        say(&mut desk, text);
    }
    desk
}

pub(super) fn say(desk: &mut Desk, text: &str) {
    desk.conversation.send(text);
    desk.note();
}

/// The transcript, a line for each part: `>` before the person's.
fn transcript(desk: &Desk) -> Vec<String> {
    let view = desk.preview().view;
    let entries = view.transcript.iter().map(|entry| {
        let words: Vec<&str> = entry
            .messages
            .iter()
            .flat_map(|said| &said.pieces)
            .map(|piece| piece.text.as_str())
            .collect();
        match entry.sender {
            Sender::You => format!("> {}", words.join(" | ")),
            Sender::Bot => words.join(" | "),
        }
    });
    entries.collect()
}

/// What the person said, and the bot's newest message.
pub(super) fn last(desk: &Desk) -> String {
    transcript(desk).pop().unwrap_or_default()
}

/// A source after a change, or why there is none.
fn changed(desk: &Desk, change: &Change) -> String {
    if let Some(problem) = &change.problem {
        return format!("problem: {problem}");
    }
    let source = desk.analysis.source();
    let edits: Vec<treebot::Edit> = change.edits.iter().map(|edit| bytes(desk, edit)).collect();
    apply(source, &edits).unwrap_or_else(|error| error.to_string())
}

fn bytes(desk: &Desk, edit: &Replacement) -> treebot::Edit {
    let span = treebot::Span::new(desk.byte(edit.from), desk.byte(edit.to));
    treebot::Edit { span, text: edit.insert.clone() }
}

/// The offset of some words, in UTF-16 code units.
pub(super) fn at(desk: &Desk, words: &str) -> u32 {
    let source = desk.analysis.source();
    let before = source.split(words).next().unwrap_or_default();
    u32::try_from(before.encode_utf16().count()).unwrap_or(0)
}

#[test]
fn every_keystroke_keeps_the_place() {
    let mut desk = said(TREE, &["study", "long"]);
    let new = TREE.replace("A long visa.", "A very long visa.");
    let from = TREE.find("long visa").unwrap_or(0);
    for typed in 0..="very ".len() {
        let word = "very ".get(..typed).unwrap_or_default();
        let source = [TREE.get(..from), Some(word), TREE.get(from..)];
        desk.edit(&source.map(Option::unwrap_or_default).concat());
        assert_eq!(last(&desk), format!("A {word}long visa."));
    }
    assert_eq!(desk.analysis.source(), new);
    let told = desk.told();
    assert!(told.loads);
    let outcomes: Vec<_> = told.preview.steps.iter().map(|step| step.outcome).collect();
    assert_eq!(outcomes, [StepOutcome::Kept, StepOutcome::Kept]);
    assert_eq!(
        (told.preview.steps[0].answer.as_str(), told.preview.steps[1].asked.as_str()),
        ("study", "How long?")
    );
}

#[test]
fn while_the_source_is_broken_the_last_tree_runs_on() {
    let mut desk = said(TREE, &["study"]);
    desk.edit(&TREE.replace("    id: length", "    nonsense: length"));
    let told = desk.told();
    assert!(!told.loads && told.preview.view.stale && told.tests.is_empty());
    assert!(told.faults[0].message.starts_with("unknown key `nonsense`"));
    say(&mut desk, "long");
    assert_eq!(last(&desk), "A long visa.");
}

#[test]
fn an_answer_that_got_another_key_is_kept_by_one_press() {
    let mut desk = said(TREE, &["study", "long"]);
    desk.edit(&TREE.replace("      long:", "      longer:"));
    let step = desk.told().preview.steps[1].clone();
    assert_eq!(step.outcome, StepOutcome::AskedAgain);
    assert_eq!(step.mends, ["`long` is `longer` now: add `was`"]);
    assert_eq!(last(&desk), "How long?");
    let mended = changed(&desk, &desk.mend(1, 0));
    assert!(mended.contains("longer:\n        was: [long]\n        say: A long visa."), "{mended}");
    desk.edit(&mended);
    assert_eq!(desk.told().preview.steps[1].outcome, StepOutcome::Alias);
    assert_eq!(last(&desk), "A long visa.");
    assert!(desk.mend(1, 0).problem.is_some());
}

/// What became of each answer, in words, with what would keep it.
fn steps(desk: &Desk) -> Vec<String> {
    let told = |step: super::Step| {
        let asked = if step.question.is_some() { step.asked } else { "-".to_owned() };
        let mends = step.mends.join(", ");
        format!("{:?} {} {asked} {mends}", step.outcome, step.answer).trim_end().to_owned()
    };
    desk.preview().steps.into_iter().map(told).collect()
}

#[test]
fn what_an_edit_has_lost_is_told_until_another_answer_is_given() {
    let lost = [
        "Kept study Why do you come?",
        "AskedAgain long How long? `long` is `longer` now: add `was`",
    ];
    let renamed = TREE.replace("      long:", "      longer:");
    let mut desk = said(TREE, &["study", "long"]);
    desk.edit(&renamed);
    assert_eq!(steps(&desk), lost);
    for text in ["bananas", "help", "and so on"] {
        say(&mut desk, text);
        assert_eq!(steps(&desk), lost, "{text}");
    }
    // The mend brings it back to where it was.
    let mended = changed(&desk, &desk.mend(1, 0));
    desk.edit(&mended);
    assert_eq!(last(&desk), "A long visa.");
    assert_eq!(steps(&desk), ["Kept study Why do you come?", "Kept long How long?"]);
    desk.edit(&renamed);
    desk.edit(TREE);
    assert_eq!(last(&desk), "A long visa.");
    // Another answer is given instead, or it is taken back.
    for text in ["short", "back", "start again"] {
        let mut desk = said(TREE, &["study", "long"]);
        desk.edit(&renamed);
        say(&mut desk, "bananas");
        say(&mut desk, text);
        assert!(!steps(&desk).concat().contains("AskedAgain"), "{text}");
        let stands = last(&desk);
        desk.edit(TREE);
        assert_eq!(last(&desk), stands, "{text}");
    }
}

#[test]
fn what_an_edit_has_lost_is_told_after_a_reload_too_with_what_would_keep_it() {
    let store = MemoryStore::default();
    let renamed = TREE.replace("      long:", "      longer:");
    let mut desk = desk_in(&store, TREE);
    for text in ["study", "long"] {
        say(&mut desk, text);
    }
    let before = |store: &MemoryStore| store.get("treebot/v1/visas/before").ok().flatten();
    assert_eq!(before(&store), None);
    desk.edit(&renamed);
    desk.edit(&renamed.replace("A long", "A very long"));
    assert_eq!(before(&store).as_deref(), Some(TREE));
    let lost = [
        "Kept study Why do you come?",
        "AskedAgain long How long? `long` is `longer` now: add `was`",
    ];
    for typed in [None, Some("bananas")] {
        let mut desk = desk_in(&store, &renamed);
        desk.recall([]);
        if let Some(typed) = typed {
            say(&mut desk, typed);
        }
        assert_eq!(steps(&desk), lost);
    }
    let mut again = desk_in(&store, &renamed);
    again.recall([]);
    assert_eq!(steps(&again), lost);
    // A broken source offers nothing, as its answers have other numbers.
    again.edit(&renamed.replace("id: length", "nonsense: length"));
    assert_eq!(steps(&again)[1], "AskedAgain long How long?");
    again.edit(&renamed);
    let mended = changed(&again, &again.mend(1, 0));
    again.edit(&mended);
    assert_eq!(last(&again), "A long visa.");
    assert_eq!(before(&store), None);
}

#[test]
fn where_nothing_was_kept_of_before_it_is_found_among_the_versions() {
    let store = MemoryStore::default();
    let mut desk = desk_in(&store, TREE);
    for text in ["study", "long"] {
        say(&mut desk, text);
    }
    let renamed = TREE.replace("      long:", "      longer:");
    let mut desk = desk_in(&store, &renamed);
    assert_eq!(steps(&desk)[1], "AskedAgain long How long?");
    desk.recall(["say: [".to_owned(), "say: Hi\n".to_owned(), TREE.to_owned()]);
    assert_eq!(steps(&desk)[1], "AskedAgain long How long? `long` is `longer` now: add `was`");
}

#[test]
fn each_answer_leads_to_where_it_is_written() {
    let source = "say: Where to?\nanswers:\n  town:\n    say: By bus?\n    id: bus\n    answers: {sure: Fine., never: Walk.}\n  sea: Swim.\n";
    let mut desk = said(source, &["town", "sure"]);
    let line = |desk: &mut Desk, step: usize| {
        let origin = desk.step_origin(step)?;
        let units: Vec<u16> = desk.analysis.source().encode_utf16().collect();
        Some(String::from_utf16_lossy(&units[origin.from as usize..origin.to as usize]))
    };
    assert_eq!(line(&mut desk, 0).as_deref(), Some("town"));
    assert_eq!(line(&mut desk, 1).as_deref(), Some("sure"));
    assert_eq!(line(&mut desk, 2), None);
    desk.edit(&source.replace("  town:", "  village:"));
    assert_eq!(steps(&desk)[1], "Ahead sure By bus?");
    assert_eq!(line(&mut desk, 0).as_deref(), Some("Where to?"));
    assert_eq!(line(&mut desk, 1).as_deref(), Some("By bus?"));
    desk.edit(&source.replace("  town:", "  village:").replace("id: bus", "id: train"));
    assert_eq!(steps(&desk)[1], "Unused sure -");
    assert_eq!(line(&mut desk, 1), None);
}

#[test]
fn whoever_has_the_conversation_deleted_keeps_the_draft() {
    let store = MemoryStore::default();
    for key in ["treebot/v1/visas/draft", "treebot/v1/visas/snapshots/1"] {
        assert_eq!(store.set(key, "x"), Ok(()));
    }
    let mut desk = desk_in(&store, TREE);
    for text in ["study", "delete my data", "yes"] {
        say(&mut desk, text);
    }
    assert_eq!(transcript(&desk), ["Why do you come?"]);
    let keys = store.keys().unwrap_or_default();
    assert_eq!(keys, ["treebot/v1/visas/draft", "treebot/v1/visas/snapshots/1"]);
}

#[test]
fn changed_words_of_yes_and_no_are_mended_by_a_name() {
    let tree =
        "say: a\nanswers:\n  x:\n    say: Are you over 18?\n    answers: {'yes': b, 'no': c}\n";
    let mut desk = said(tree, &["x", "yes"]);
    desk.edit(&tree.replace("over 18", "under 18"));
    let step = desk.told().preview.steps[1].clone();
    assert_eq!(
        step.mends,
        ["call the question `are-you-under-18`, so that its words may change from now on"]
    );
    let mended = changed(&desk, &desk.mend(1, 0));
    assert!(mended.contains("    id: are-you-under-18\n"), "{mended}");
}

#[test]
fn what_was_not_understood_is_still_there_after_an_edit() {
    let mut desk = said(TREE, &["study", "bananas"]);
    let before = transcript(&desk);
    desk.edit(&TREE.replace("say: Which job?", "say: Which job is it?"));
    assert_eq!(transcript(&desk), before);
    let entry = desk
        .preview()
        .view
        .transcript
        .iter()
        .rev()
        .find(|entry| entry.sender == Sender::You)
        .map(|entry| entry.id.clone());
    let why = desk.why(&entry.unwrap_or_default());
    let why = why.as_ref();
    assert_eq!(why.map(|why| why.rule), Some("none"));
    let add: Vec<&str> =
        why.into_iter().flat_map(|why| &why.add).map(|add| add.label.as_str()).collect();
    assert_eq!(add, ["short", "long"]);
    let question = why.map_or(0, |why| why.question);
    let mended = changed(&desk, &desk.add_also(question, 1, "bananas"));
    desk.edit(&mended);
    let entry = desk
        .preview()
        .view
        .transcript
        .iter()
        .rev()
        .find(|entry| entry.sender == Sender::You)
        .map(|entry| entry.id.clone());
    let why = desk.why(&entry.unwrap_or_default()).unwrap_or_default();
    assert_eq!(why.rule, "exact");
    assert_eq!(
        why.lines,
        [
            "It is what ‘long’ is called: its label, its key or an `also`.",
            "When it was said nothing was taken; now it would be taken as ‘long’."
        ]
    );
}

#[test]
fn it_is_told_why_something_was_understood() {
    let check = |texts: &[&str], rule: &str, lines: &[&str]| {
        let desk = said(TREE, texts);
        let view = desk.preview().view;
        let entry = view.transcript.iter().rev().find(|entry| entry.sender == Sender::You);
        let why = entry.and_then(|entry| desk.why(&entry.id)).unwrap_or_default();
        assert_eq!(
            (why.rule, why.lines.iter().map(String::as_str).collect::<Vec<_>>()),
            (rule, lines.to_vec()),
            "{texts:?}"
        );
    };
    check(&["I go to the university"], "phrase", &["The words of ‘study’ stand in it."]);
    check(&["hm", "2"], "number", &["It is the number of ‘work’ on the list that was shown."]);
    check(&["study", "shrot"], "typo", &["But for a slip of the finger it is ‘short’."]);
    check(&["study", "back"], "command", &["It is a command, such as “back”."]);
    check(
        &["study", "not long"],
        "phrase",
        &[
            "It may mean ‘long’, but that is not sure enough to be taken.",
            "‘not’ may turn the meaning round.",
        ],
    );
}

/// Why each part of the conversation is there.
fn whys(desk: &Desk) -> Vec<String> {
    let why = |entry: &crate::view::Entry| {
        let why = desk.why(&entry.id).unwrap_or_default();
        let near = |near: &super::Near| format!("[{}: {} ({})]", near.label, near.why, near.rule);
        let rivals: Vec<String> = why.rivals.iter().map(near).collect();
        let words = [why.lines.join(" "), rivals.join(" ")].join(" ");
        format!("{} {}", why.rule, words.trim()).trim().to_owned()
    };
    desk.preview().view.transcript.iter().map(why).collect()
}

#[test]
fn of_everything_that_was_said_it_is_told_why() {
    let source =
        "say: How long?\nanswers:\n  up to 6 months: Short.\n  more than 6 months: Long.\n";
    let desk = said(source, &["6 months", "thanks"]);
    let taken = "amount Its amount lies within what ‘up to 6 months’ says.";
    let near = "[more than 6 months: what was said stands in it: ‘6’, ‘months’ (part)]";
    let (rule, line) = taken.split_once(' ').unwrap();
    let ended = "Nothing is asked here, so there is nothing that it could answer.";
    assert_eq!(
        whys(&desk),
        [
            "The conversation begins here.".to_owned(),
            format!("{taken} {near}"),
            format!("{rule} It answers ‘6 months’. {line} {near}"),
            ended.to_owned(),
            format!("It answers ‘thanks’. {ended}"),
        ]
    );
    let mut desk = said(TREE, &["bananas", "yes", "study"]);
    desk.conversation.back();
    let all = whys(&desk);
    assert_eq!(all[3], "command It says yes or no to what the bot had asked back.");
    assert_eq!(all[7], "The last answer was taken back.");
    assert_eq!(all[8], "The last answer was taken back.");
    // What is asked anew, as the source has changed, is from no turn.
    let mut desk = said(TREE, &["study", "long"]);
    desk.edit(&TREE.replace("      long:", "      longer:"));
    let why = desk.why("now").unwrap_or_default();
    assert_eq!(why.lines, ["The source has changed since: the question is asked as it is now."]);
}

#[test]
fn one_goes_to_and_fro_in_time() {
    let mut desk = said(TREE, &["study", "long"]);
    assert_eq!((desk.preview().moment, desk.preview().moments), (2, 3));
    desk.seek(0);
    assert_eq!(transcript(&desk), ["Why do you come?"]);
    desk.seek(2);
    assert_eq!(
        transcript(&desk),
        ["Why do you come?", "> study", "How long?", "> long", "A long visa."]
    );
    desk.seek(1);
    assert_eq!((desk.preview().moment, desk.preview().moments), (1, 3));
    // Another answer, and what came later is gone.
    say(&mut desk, "short");
    assert_eq!((desk.preview().moment, desk.preview().moments), (2, 3));
    assert_eq!(last(&desk), "A short visa.");
    desk.seek(9);
    assert_eq!(last(&desk), "A short visa.");
}

#[test]
fn the_conversation_jumps_to_any_node_that_it_can_come_to() {
    let mut desk = said(TREE, &["university"]);
    let node = |desk: &Desk, words: &str| desk.node_at(at(desk, words)).unwrap_or(99);
    let cook = node(&desk, "cook");
    assert!(desk.jump(cook));
    assert_eq!(
        transcript(&desk),
        ["Why do you come?", "> work", "Which job?", "> cook", "You need a cook's visa."]
    );
    // Back to what it has come through.
    let job = node(&desk, "Which job?");
    assert!(desk.jump(job));
    assert_eq!(last(&desk), "Which job?");
    assert_eq!((desk.preview().moment, desk.preview().here), (3, Some(job)));
    assert!(!desk.jump(99));
    desk.seek(1);
    assert_eq!(transcript(&desk), ["Why do you come?", "> university", "How long?"]);
}

#[test]
fn parts_of_the_conversation_know_their_nodes() {
    let mut desk = said(TREE, &["work", "other"]);
    let about = desk.preview().about;
    let ids: Vec<String> =
        desk.preview().view.transcript.iter().map(|entry| entry.id.clone()).collect();
    let nodes: Vec<&[u32]> = ids
        .iter()
        .map(|id| about.iter().find(|about| about.id == *id).map_or(&[][..], |about| &about.nodes))
        .collect();
    let job = desk.node_at(at(&desk, "Which job")).unwrap_or(99);
    let work = desk.node_at(at(&desk, "work:")).unwrap_or(99);
    assert_eq!(nodes, [&[0][..], &[0], &[work, job], &[job], &[0]]);
    desk.edit(TREE);
}

#[test]
fn the_conversation_becomes_a_test_and_passes() {
    let desk = said(TREE, &["universty", "2"]);
    let name = desk.test_name();
    assert_eq!(name, "universty, 2");
    let source = changed(&desk, &desk.record(&name));
    assert!(source.starts_with(TREE), "{source}");
    assert_eq!(
        source.get(TREE.len()..),
        Some(
            "tests:\n  universty, 2:\n    - bot: Why do you come?\n    - user: universty\n    - bot: How long?\n    - user: \"2\"\n    - bot: A long visa.\n    - end: true\n"
        )
    );
    let mut desk = desk;
    desk.edit(&source);
    assert_eq!(desk.told().tests[0].outcome, "passed");
    assert_eq!(desk.test_name(), "universty, 2 (2)");
    assert!(desk.record("Universty  2").problem.is_some());
    assert!(desk.record(" ").problem.is_some());
    let told = desk.told();
    assert_eq!((told.covered.reached, told.covered.all), (5, 12));
    assert_eq!((told.ways.count, told.ways.ends, told.ways.loops), (4, 3, 1));
    let lines = desk.covered_lines();
    assert_eq!(lines, [2, 4, -9, 10, -13, -15]);
}

#[test]
fn what_was_not_understood_and_taken_back_is_part_of_the_test() {
    let desk = said(TREE, &["study", "bananas", "back", "study", "2"]);
    let name = desk.test_name();
    assert_eq!(name, "study, bananas, back, study, 2");
    let source = changed(&desk, &desk.record(&name));
    let users: Vec<&str> =
        source.lines().filter_map(|line| line.trim().strip_prefix("- user: ")).collect();
    assert_eq!(users, ["study", "bananas", "back", "study", "\"2\""]);
}

#[test]
fn what_the_bot_says_now_is_accepted_by_one_press() {
    let source = format!(
        "{TREE}tests:\n  a year:\n    - user: study # kept too\n    - bot: How long?\n    - at: length\n"
    );
    let mut desk = desk(&source);
    assert_eq!(desk.told().tests[0].outcome, "passed");
    desk.edit(&source.replacen("say: How long?", "say: For how many months?", 1));
    let failure = desk.told().tests[0].failure.clone();
    let failure = failure.as_ref();
    assert_eq!(failure.and_then(|failure| failure.expected.as_deref()), Some("How long?"));
    assert_eq!(
        failure.and_then(|failure| failure.acceptable.as_deref()),
        Some("For how many months?")
    );
    let accepted = changed(&desk, &desk.accept(0));
    assert!(
        accepted.ends_with(
            "    - user: study # kept too\n    - bot: For how many months?\n    - at: length\n"
        ),
        "{accepted}"
    );
    desk.edit(&accepted);
    assert_eq!(desk.told().tests[0].outcome, "passed");
    assert!(desk.accept(0).problem.is_some());
    assert!(desk.accept(7).problem.is_some());
}

#[test]
fn the_editor_is_answered_in_its_own_units() {
    let desk = desk(TREE);
    let offset = at(&desk, "job}");
    let definition = desk.definition(offset).unwrap();
    assert_eq!((definition.from, definition.text.as_str()), (at(&desk, "job: #"), "job: # kept"));
    let lines: Vec<_> =
        desk.references(offset).list.iter().map(|spot| (spot.line, spot.gives)).collect();
    assert_eq!(lines, [(11, false), (13, true)]);
    let renamed = changed(&desk, &desk.rename(offset, "trade"));
    assert!(
        renamed.contains("{goto: trade}") && renamed.contains("  trade: # kept\n    was: [job]\n"),
        "{renamed}"
    );
    assert_eq!(
        changed(&desk, &desk.rename(at(&desk, "Why"), "x")),
        "problem: There is no name and no answer here that could be renamed."
    );
    let found = desk.complete(offset).list;
    let labels: Vec<&str> = found.iter().map(|found| found.label.as_str()).collect();
    assert_eq!(labels, ["start", "length", "job"]);
    let hover = desk.hover(offset);
    assert!(hover.is_some_and(|hover| hover.from == offset && hover.lines.len() > 1));
    let outline: Vec<_> =
        desk.outline().list.into_iter().map(|heading| (heading.depth, heading.label)).collect();
    assert_eq!(
        outline[..3],
        [(0, "start".to_owned()), (1, "study".to_owned()), (2, "short".to_owned())]
    );
    let answer = desk.answer_at(at(&desk, "A long visa"));
    assert_eq!(answer.map(|answer| answer.key), Some("long".to_owned()));
}

#[test]
fn of_very_many_problems_the_errors_come_first() {
    let warnings: String =
        (0..300).map(|n| format!("  a{n}: {{say: b{n}, answers: {{'1': c, '2': d}}}}\n")).collect();
    let mut desk = desk(&format!("say: a\nanswers:\n{warnings}"));
    let told = desk.told();
    assert_eq!(told.faults.len(), 200);
    assert!(told.loads && told.more_faults >= 100);
    desk.edit(&format!("say: a\nanswers:\n{warnings}odd: key\n"));
    let told = desk.told();
    assert_eq!(told.faults.len(), 200);
    assert_eq!(told.faults.last().map(|fault| fault.severity), Some("error"));
}
