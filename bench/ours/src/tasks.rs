//! What only Treebot can do, timed natively and in wasm: a keystroke in the editor, places after an edit, compiled trees.

use std::hint::black_box;

use saphyr_parser::Parser;
use treebot::{
    History, Input, InputKind, Limits, LoadOptions, Millis, Tests, Trail, Tree, TurnOptions,
    load_with, resolve, run_tests, turn,
};

/// What is typed to begin again: a command, and the answer to the question whether that is meant.
pub const RESTART: [&str; 2] = ["start again", "yes"];

/// The bytes of the largest source.
pub const MAX_BYTES: usize = 64 << 20;

/// One thing that is timed, again and again.
pub struct Task {
    /// What is timed.
    pub run: Box<dyn FnMut()>,
    /// How many things one run does, such as recorded answers.
    pub per: usize,
}

/// Prepares a task of that kind over a tree; none if there is no such kind.
///
/// * `keystroke`: the source is loaded, a place resolved, and the tree's own tests are run;
/// * `resolve`: the trails of the conversations are resolved in the tree as it is after an edit;
/// * `compiled`: the compiled tree is loaded;
/// * `parser`: the YAML parser reads the source, as it comes, and nobody takes what it tells;
/// * `whole`: the source is loaded, in the same build.
///
/// # Errors
/// What is wrong with the tree or the conversations.
pub fn task(
    kind: &str,
    source: &str,
    conversations: &[Vec<String>],
) -> Result<Option<Task>, String> {
    Ok(match kind {
        "keystroke" => Some(keystroke(source)?),
        "resolve" => Some(again(source, conversations)?),
        "compiled" => Some(compiled(source)?),
        "parser" => Some(parser(source)?),
        "whole" => Some(whole(source)?),
        _ => None,
    })
}

/// Loads a tree of any size, with its tests.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn load_any(source: &str) -> Result<(Tree, Tests), String> {
    let limits = Limits { bytes: MAX_BYTES, values: MAX_BYTES, ..Limits::default() };
    let loaded = load_with(source, &LoadOptions { limits, ..LoadOptions::default() });
    let problem = loaded.diagnostics.into_iter().next();
    let tree =
        loaded.tree.ok_or_else(|| problem.map_or_else(String::new, |problem| problem.message))?;
    Ok((tree, loaded.tests))
}

fn keystroke(source: &str) -> Result<Task, String> {
    let (tree, tests) = load_any(source)?;
    let reports = run_tests(&tree, &tests);
    if reports.tests.is_empty() || !reports.all_passed() {
        return Err("the tests of the tree do not pass".to_owned());
    }
    // The author tries the tree out, two answers deep.
    let trail = trail_of(&tree, &["1".to_owned(), "1".to_owned()])?;
    let source = source.to_owned();
    let run = move || {
        if let Ok((tree, tests)) = load_any(black_box(&source)) {
            black_box(resolve(&tree, black_box(&trail)));
            black_box(run_tests(&tree, &tests));
        }
    };
    Ok(Task { run: Box::new(run), per: 1 })
}

fn again(source: &str, conversations: &[Vec<String>]) -> Result<Task, String> {
    let (tree, _) = load_any(source)?;
    let trails: Vec<Trail> =
        conversations.iter().map(|texts| trail_of(&tree, texts)).collect::<Result<_, _>>()?;
    let (edited, _) = load_any(&edit(source))?;
    let per = trails.iter().map(|trail| trail.steps.len() + trail.ahead.len()).sum();
    let kept = trails.iter().map(|trail| resolve(&edited, trail).trail.steps.len()).sum::<usize>();
    if per == 0 || kept != per {
        return Err(format!("of {per} answers the edit kept {kept}"));
    }
    let run = move || {
        for trail in &trails {
            black_box(resolve(&edited, black_box(trail)));
        }
    };
    Ok(Task { run: Box::new(run), per })
}

/// An edit that changes every question's words, and with them every digest of them, but no answer.
fn edit(source: &str) -> String {
    source.replace('?', ", please?")
}

fn compiled(source: &str) -> Result<Task, String> {
    let (tree, _) = load_any(source)?;
    let bytes = tree.compile();
    let run = move || drop(black_box(Tree::from_compiled(black_box(&bytes))));
    Ok(Task { run: Box::new(run), per: 1 })
}

fn parser(source: &str) -> Result<Task, String> {
    if let Some(Err(error)) = Parser::new_from_str(source).find(Result::is_err) {
        return Err(error.to_string());
    }
    let source = source.to_owned();
    let run =
        move || Parser::new_from_str(black_box(&source)).for_each(|event| drop(black_box(event)));
    Ok(Task { run: Box::new(run), per: 1 })
}

fn whole(source: &str) -> Result<Task, String> {
    load_any(source)?;
    let source = source.to_owned();
    let run = move || drop(black_box(load_any(black_box(&source))));
    Ok(Task { run: Box::new(run), per: 1 })
}

/// The trail of a conversation from its start.
fn trail_of(tree: &Tree, texts: &[String]) -> Result<Trail, String> {
    let mut history = History::new();
    let mut trail = None;
    let start = InputKind::Start { at_node: None };
    let said = texts.iter().map(|text| InputKind::Text(text.clone()));
    for (kind, at) in std::iter::once(start).chain(said).zip(1..) {
        let input = Input { at: Millis(at), id: at.to_string(), kind };
        let event = turn(tree, &history, &input, &TurnOptions::default()).event;
        trail.clone_from(&event.place);
        history.insert(event);
    }
    trail.ok_or_else(|| "the conversation leads nowhere".to_owned())
}
