//! A source of which a part is handed over is the same as one that is handed over as a whole.

#![expect(clippy::unwrap_used, reason = "tests")]

use crate::studio::tests::{TREE, desk, said};

use super::*;

/// All that the page is told, as text.
fn told(desk: &Desk) -> String {
    serde_json::to_string(&desk.told()).unwrap()
}

#[test]
fn a_part_changes_a_source_as_the_whole_does() {
    let units: Vec<u16> = TREE.encode_utf16().collect();
    let inserts = ["", "x", "\n", "😀", ": ", "è\n  - ", "#"];
    let (mut one, mut other) = (said(TREE, &["university"]), said(TREE, &["university"]));
    let parts = (0..=units.len()).zip(inserts.iter().cycle()).zip([0, 1, 9].into_iter().cycle());
    for ((from, insert), length) in parts {
        let to = (from + length).min(units.len());
        let part = |from: usize, to: usize| String::from_utf16(units.get(from..to).unwrap());
        one.edit(TREE);
        other.edit(TREE);
        let (Ok(before), Ok(after)) = (part(0, from), part(to, units.len())) else {
            // In the midst of a character.
            assert!(!one.edit_part(from as u32, to as u32, insert), "{from}..{to}");
            assert_eq!(one.analysis.source(), TREE);
            continue;
        };
        assert!(one.edit_part(from as u32, to as u32, insert), "{from}..{to}");
        other.edit(&format!("{before}{insert}{after}"));
        assert_eq!(one.analysis.source(), other.analysis.source());
        assert_eq!(told(&one), told(&other), "{from}..{to} {insert}");
    }
}

#[test]
fn keystrokes_one_after_the_other_change_what_is_there_by_then() {
    let (mut one, mut whole) = (desk("say: 😀\n"), String::from("say: 😀\n"));
    for letter in "answers: {é😀: Oh.}\n".chars() {
        let end = whole.encode_utf16().count() as u32;
        assert!(one.edit_part(end, end, letter.to_string().as_str()));
        whole.push(letter);
    }
    let mut other = desk("");
    other.edit(&whole);
    assert_eq!(told(&one), told(&other));
    assert!(one.analysis.tree().is_some());
}

#[test]
fn a_part_that_is_not_there_changes_nothing() {
    let mut desk = desk(TREE);
    assert!(!desk.edit_part(u32::MAX, u32::MAX, "x"));
    assert!(!desk.edit_part(9, 3, "x"));
    assert_eq!(desk.analysis.source(), TREE);
}

#[test]
fn advice_is_given_while_it_is_wanted_and_changes_nothing_else() {
    let mut desk = said(TREE, &["university"]);
    desk.edit(TREE);
    let before = told(&desk);
    desk.advise(true);
    let codes: Vec<_> = desk.told().faults.into_iter().map(|fault| fault.code).collect();
    assert!(codes.contains(&"T061") && codes.contains(&"T069"));
    desk.edit(&TREE.replace("How long?", "How long will you be here?"));
    assert_eq!(desk.told().faults.len(), codes.len());
    desk.edit(TREE);
    desk.advise(false);
    assert_eq!(told(&desk), before);
}
