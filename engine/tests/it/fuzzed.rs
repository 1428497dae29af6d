//! What fuzzing has found worth keeping, and thousands of small changes of it: the same checks as
//! `fuzz/` makes, without a nightly compiler. Always the same changes, so that what fails fails again.

use std::fs;
use std::path::Path;

use crate::support::changed::check;

#[expect(
    unreachable_pub,
    clippy::expect_used,
    reason = "public for `fuzz/`, where what fails is found"
)]
#[path = "../../../fuzz/src/checks.rs"]
mod checks;

/// The files of a corpus.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let mut files: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 10, "{target} has {} files", files.len());
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

#[test]
fn changed_sources_load_or_say_why() {
    check(&corpus("load"), 4000, checks::load);
}

#[test]
fn changed_place_codes_lead_somewhere_or_are_none() {
    check(&corpus("place_code"), 8000, checks::place_code);
}

#[test]
fn changed_histories_read_or_are_refused() {
    check(&corpus("history"), 5000, checks::history);
}

#[test]
fn changed_answers_and_texts_match_as_they_should() {
    check(&corpus("matching"), 6000, checks::matching);
}

#[test]
fn changed_compiled_trees_are_refused_or_do_no_harm() {
    // A corpus would be refused after the next change of the form, so it is made of the sources.
    let sources = corpus("load").into_iter().filter_map(|source| String::from_utf8(source).ok());
    let trees = sources.filter_map(|source| treebot::load(&source).tree);
    let compiled: Vec<Vec<u8>> = trees.map(|tree| tree.compile()).collect();
    assert!(compiled.len() >= 20, "{}", compiled.len());
    check(&compiled, 4000, checks::compiled);
}
