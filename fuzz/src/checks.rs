//! What must hold of any bytes whatever: the laws, as far as they say something of a single input.
//!
//! Each function takes what came from outside and panics where a law does not hold.

use std::str;
use std::sync::OnceLock;

use treebot::{
    Event, History, Input, InputKind, Loaded, Millis, PlaceCode, Recorded, ReplyKind, Severity,
    StepOutcome, StoredError, Tier, Trail, Tree, Turn, TurnOptions, current, load as load_source,
    resolve,
};

/// Law 1: any source loads or says why, at places that are there; then one can talk with it.
pub fn load(data: &[u8]) {
    let Ok(source) = str::from_utf8(data) else { return };
    let Loaded { tree, diagnostics, .. } = load_source(source);
    let mut errors = 0;
    for found in &diagnostics {
        let place = source.get(found.span.start..found.span.end);
        assert!(place.is_some(), "{found:?}");
        assert!(!found.message.is_empty() && !found.message.ends_with('.'), "{found:?}");
        errors += usize::from(found.severity == Severity::Error);
        for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
            assert!(source.get(edit.span.start..edit.span.end).is_some(), "{found:?}");
        }
    }
    assert_eq!(tree.is_none(), errors > 0, "{diagnostics:?}");
    if let Some(tree) = tree {
        same_when_compiled(&tree);
        walk_about(&tree);
    }
}

/// Law 5: a text is the one code of its place or none; it leads somewhere in every tree.
pub fn place_code(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let tree = a_tree();
    let mut history = History::new();
    history.insert(take(tree, &history, 1, InputKind::Start { at_node: None }).event);
    let press = InputKind::Tap { code: text.to_owned(), title: Some("study".to_owned()) };
    let turn = take(tree, &history, 2, press);
    assert!(!turn.reply.messages.is_empty());
    let Ok(decoded) = PlaceCode::decode(text) else {
        assert!(PlaceCode::parse(text).is_err());
        return;
    };
    assert!(
        text.len() <= 400
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte))
    );
    assert_eq!(PlaceCode::parse(text).map(|code| code.as_str().to_owned()), Ok(text.to_owned()));
    // In this tree it differs in the tree's digest alone.
    let code = PlaceCode::encode(tree, &decoded.trail);
    assert_eq!(code.as_str().get(6..), text.get(6..));
    resolves(tree, &decoded.trail);
    if decoded.belongs_to(tree) {
        let there = resolve(tree, turn.event.place.as_ref().unwrap_or(&Trail::root()));
        assert_eq!(there.place.node, turn.place.node);
    }
}

/// Law 9: what reads is written and read again without a change; what does not is refused.
pub fn history(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    match History::from_json(text) {
        Ok(history) => check_history(&history),
        Err(StoredError::NewerVersion(version)) => assert!(version > 1),
        Err(StoredError::Damaged) => {}
    }
    if let Ok(event) = Event::from_compact(text) {
        let written = event.to_compact(usize::MAX);
        assert_eq!(Event::from_compact(&written).as_ref().map(all_of), Ok(all_of(&event)));
        let short =
            Event::from_compact(&event.to_compact(1024)).map(|short| (short.at, short.place));
        assert_eq!(short, Ok((event.at, event.place.clone())));
        let mut history = History::new();
        history.insert(event);
        check_history(&history);
    }
}

/// Law 7 and determinism: what is typed at a question of these answers.
///
/// The data are lines, one an answer: `key|label|also|also …`; after an empty line the rest is typed.
pub fn matching(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let Some((answers, typed)) = text.split_once("\n\n") else { return };
    if answers.len() > 4000 || typed.len() > 4000 {
        return;
    }
    let Some(tree) = load_source(&source_of(answers)).tree else { return };
    let mut history = History::new();
    history.insert(take(&tree, &history, 1, InputKind::Start { at_node: None }).event);
    let said = |typed: &str| take(&tree, &history, 2, InputKind::Text(typed.to_owned()));
    let turn = said(typed);
    check_typed(&tree, &turn, typed);
    let twin = said(typed);
    assert_eq!((&twin.event, &twin.reply), (&turn.event, &turn.reply), "not always the same");
    // Space around it says nothing.
    let spaced = said(&format!(" \u{a0}{typed}\n"));
    assert_eq!(spaced.event.matched, turn.event.matched, "{typed:?}");
    assert_eq!(spaced.event.place, turn.event.place, "{typed:?}");
    let compiled = Tree::from_compiled(&tree.compile()).expect("what was compiled reads");
    let read = take(&compiled, &history, 2, InputKind::Text(typed.to_owned()));
    assert_eq!((&read.event, &read.reply), (&turn.event, &turn.reply), "not as compiled");
    // What is shown picks what it says, if it shows anything.
    let offered = current(&tree, &history).into_iter().flat_map(|reply| reply.choices);
    for choice in offered.filter(|choice| !is_blank(&choice.label)) {
        let turn = said(&choice.label);
        let press = InputKind::Tap {
            code: choice.code.as_str().to_owned(),
            title: Some(choice.label.to_string()),
        };
        let pressed = take(&tree, &history, 2, press);
        // Two labels may be read as the same; then it is asked which.
        if turn.reply.kind != ReplyKind::DidYouMean {
            assert_eq!(turn.event.place, pressed.event.place, "{:?}", choice.label);
        }
    }
}

/// Compiled trees: any bytes are refused or are a tree that does no harm.
pub fn compiled(data: &[u8]) {
    // How it begins, with the version, is always right: a kept corpus is of use for the next version, too.
    let begins = data.len().min(BEGINNING);
    let mut bytes = data.to_vec();
    static HEAD: OnceLock<Vec<u8>> = OnceLock::new();
    let head = HEAD.get_or_init(|| a_tree().compile().into_iter().take(BEGINNING).collect());
    bytes.splice(..begins, head.iter().copied());
    for data in [data, &bytes] {
        if let Ok(tree) = Tree::from_compiled(data) {
            same_when_compiled(&tree);
            walk_about(&tree);
        }
    }
}

/// How many bytes of a compiled tree say what it is.
const BEGINNING: usize = 16;

fn same_when_compiled(tree: &Tree) {
    let bytes = tree.compile();
    let read = Tree::from_compiled(&bytes).expect("what was compiled reads");
    assert!(read.compile() == bytes, "compiling it again changes it");
    assert_eq!(read.len(), tree.len());
    assert_eq!(all_of(&read), all_of(tree));
}

/// Presses and types this and that.
fn walk_about(tree: &Tree) {
    let mut history = History::new();
    let texts =
        ["hello", "1", "yes", "the first", "back", "2", "", "no", "help", "0", "start again"];
    for (at, text) in (1..).zip(texts) {
        let turn = take(tree, &history, at, InputKind::Text(text.to_owned()));
        check_turn(tree, &turn);
        let press = turn.reply.choices.get(usize::try_from(at).unwrap_or_default() % 3).cloned();
        history.insert(turn.event);
        if let Some(choice) = press {
            let press = InputKind::Tap { code: choice.code.as_str().to_owned(), title: None };
            let turn = take(tree, &history, at + 100, press);
            check_turn(tree, &turn);
            if at % 2 == 0 {
                history.insert(Event { at: Millis(at), ..turn.event });
            }
        }
    }
    check_history(&history);
}

fn check_turn(tree: &Tree, turn: &Turn<'_>) {
    let trail = turn.event.place.as_ref().expect("a turn has a place");
    resolves(tree, trail);
    for choice in turn.reply.choices.iter().take(20) {
        let decoded = PlaceCode::decode(choice.code.as_str()).expect("an offered code reads");
        assert!(decoded.belongs_to(tree));
        resolves(tree, &decoded.trail);
    }
}

/// Law 2, as far as it can be told without the tree's source.
fn resolves(tree: &Tree, trail: &Trail) {
    let resolved = resolve(tree, trail);
    assert_eq!(all_of(&resolve(tree, trail)), all_of(&resolved));
    assert_eq!(resolved.report.steps.len(), trail.steps.len());
    assert_eq!(resolved.report.ahead.len(), trail.ahead.len());
    let rows = resolved.report.steps.iter().chain(&resolved.report.ahead);
    let used = rows.filter(|row| match row.outcome {
        StepOutcome::Kept | StepOutcome::Alias | StepOutcome::Rematched => true,
        StepOutcome::AskedAgain | StepOutcome::Ahead | StepOutcome::Unused => false,
    });
    assert!(resolved.path.len() <= used.count());
    let again = resolve(tree, &resolved.trail);
    assert_eq!(again.place.node, resolved.place.node);
    assert_eq!(again.trail, resolved.trail);
    assert_eq!(resolved.place.is_end(), resolved.place.question().is_none());
}

fn check_history(history: &History) {
    let json = history.to_json();
    assert_eq!(History::from_json(&json).as_ref().map(all_of), Ok(all_of(history)));
    let mut twice = history.clone();
    twice.merge(history.clone());
    assert_eq!(all_of(&twice), all_of(history));
    let tree = a_tree();
    assert_eq!(current(tree, history).is_none(), history.trail().is_none());
    if let Some(trail) = history.trail() {
        resolves(tree, trail);
    }
    // One event is enough to go on.
    let mut newest = History::new();
    if let Some(event) = history.newest() {
        newest.insert(event.clone());
    }
    for (number, text) in ["1", "yes", "study"].into_iter().enumerate() {
        let input = Input {
            at: Millis(i64::MAX),
            id: format!("~{number}"),
            kind: InputKind::Text(text.to_owned()),
        };
        let options = TurnOptions::default();
        let (one, all) = (
            treebot::turn(tree, &newest, &input, &options),
            treebot::turn(tree, history, &input, &options),
        );
        assert_eq!((one.reply, one.event), (all.reply, all.event));
    }
    let mut trimmed = history.clone();
    trimmed.trim(1);
    assert!(trimmed.len() <= 1 && trimmed.trail() == history.trail());
}

fn check_typed(tree: &Tree, turn: &Turn<'_>, typed: &str) {
    let event = &turn.event;
    let steps = event.place.as_ref().map_or(0, |place| place.steps.len());
    assert!(matches!(&event.input, Recorded::Text(_)));
    let matched = event.matched.as_ref().expect("a text is matched or not");
    let root: Vec<&str> = tree
        .nodes()
        .next()
        .into_iter()
        .flat_map(treebot::Node::answers)
        .map(treebot::Answer::key)
        .collect();
    match &matched.answer {
        Some(key) => {
            assert!(root.contains(&key.as_str()) && matched.rivals.is_empty());
            assert_eq!(steps, 1);
            assert!(!typed.trim().is_empty());
            assert_ne!(matched.tier, Tier::None);
        }
        None => assert_eq!(steps, 0),
    }
    if matched.tier == Tier::Number {
        assert!(typed.contains(|character: char| character.is_ascii_digit()));
    }
    if turn.reply.kind == ReplyKind::DidYouMean {
        assert!(matched.answer.is_none() && !matched.rivals.is_empty());
        assert_eq!(turn.reply.choices.len(), matched.rivals.len());
        assert!(matched.rivals.iter().all(|rival| root.contains(&rival.as_str())));
    }
}

/// Whether a text looks like nothing at all.
fn is_blank(text: &str) -> bool {
    let invisible = |character: char| matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    text.chars().all(|character| {
        character.is_whitespace() || character.is_control() || invisible(character)
    })
}

/// A question of these answers, each of which ends.
fn source_of(answers: &str) -> String {
    let quoted = |text: &str| serde_json::to_string(text).expect("a text is JSON");
    let mut source = "say: Which?\nanswers:\n".to_owned();
    for line in answers.lines() {
        let mut names = line.split('|');
        let (key, label) = (names.next().unwrap_or_default(), names.next());
        let also: Vec<String> = names.map(quoted).collect();
        let label = label.map(|label| format!("label: {}, ", quoted(label))).unwrap_or_default();
        source.push_str(&format!(
            "  {}: {{{label}also: [{}], say: Fine.}}\n",
            quoted(key),
            also.join(", ")
        ));
    }
    source
}

/// A tree with a bit of everything, to be where histories and codes lead.
fn a_tree() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(|| load_source(TREE_SOURCE).tree.expect("this tree loads"))
}

const TREE_SOURCE: &str = "
title: UK visa
say: Why do you visit?
answers:
  travel: {say: Nice., goto: length}
  study: {was: [education], id: length, say: How long?, answers: {up to 6 months: {goto: passport}, more than 6 months: {say: Sure?, answers: {yes: Good., no: {goto: start}}}}}
  work: {label: Work, also: [job, '2'], say: Where?, answers: {1: One., 2: {goto: length}}, else: {goto: passport}}
nodes:
  passport: {was: [nationality], say: Which passport?, offer: false, answers: {eta: {also: [Japan, Brazil], say: Fine.}, other: {goto: passport}}, else: Say a country.}
";

fn take<'t>(tree: &'t Tree, history: &History, at: i64, kind: InputKind) -> Turn<'t> {
    let input = Input { at: Millis(at), id: format!("m{at}"), kind };
    treebot::turn(tree, history, &input, &TurnOptions::default())
}

/// Everything in a value; `==` does not look at the words of steps.
fn all_of(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
}
