#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::strategies;

/// The file is blocks of `tree`, `start`, `step`, `ahead` and `code` lines. A step is
/// `[name of the question, key of the answer, words of the question]`.
#[test]
fn codes_are_what_they_always_were() {
    let golden = include_str!("../../tests/golden/codes-v1.txt");
    let mut count = 0;
    for block in golden.split("\n\n") {
        let (mut tree, mut trail, mut code) = ("", Trail::root(), "");
        for line in block.lines() {
            match line.split_once(' ').unwrap() {
                ("tree", name) => tree = name,
                ("start", name) => trail.start = Start::Named(Digest::of(name)),
                ("step", step) => trail.steps.push(golden_step(step)),
                ("ahead", step) => trail.ahead.push(golden_step(step)),
                ("code", text) => code = text,
                other => panic!("{other:?}"),
            }
        }
        let tree = Digest::of(tree);
        assert_eq!(PlaceCode::encode_named(tree, &trail).as_str(), code, "{block}");
        assert_eq!(PlaceCode::decode(code), Ok(Decoded { tree, trail }), "{block}");
        count += 1;
    }
    assert!(count >= 15);
}

fn golden_step(text: &str) -> Step {
    let (question, answer, words): (Option<String>, String, Option<String>) =
        serde_json::from_str(text).unwrap();
    Step {
        question: question.map(|name| Digest::of(&name)),
        answer: if answer.as_bytes() == ELSE {
            StepAnswer::Else
        } else {
            StepAnswer::Key(Digest::of(&answer))
        },
        mark: words.map(|words| Digest::of(&words)),
        words: None,
    }
}

#[test]
fn foreign_texts_are_no_codes() {
    for text in [
        "",
        "1",
        "hello",
        "GET_STARTED",
        "1aaaa",
        "1AAAAA",
        "1aaaa8",
        "1aaaaa=",
        "1aaaaa=bbbb",
        "1aaaaa=BBBBB",
        "1aaaaaA",
        "1aaaaaAbbbb",
        "1aaaaaAbbbbbB",
        "1aaaaaIbbbbb",
        "1aaaaa@bbbbb",
        "1aaaaaAbbbbb ",
        " 1aaaaa",
        "1aaaaaa",
        "1aaaaa=else",
        "1aaaaaA=else=else",
        "1aaaaaB=elsebbbbb",
        "1aaaaaAééb",
        "2 months",
        "-1aaaaa",
    ] {
        assert_eq!(PlaceCode::decode(text), Err(CodeError::NotACode), "{text}");
        assert_eq!(PlaceCode::parse(text), Err(CodeError::NotACode), "{text}");
    }
}

#[test]
fn answers_for_later_come_last() {
    assert!(PlaceCode::decode("1aaaaaAbbbbbEccccc").is_ok());
    assert_eq!(PlaceCode::decode("1aaaaaEbbbbbAccccc"), Err(CodeError::NotACode));
}

#[test]
fn codes_of_newer_versions_are_told_apart() {
    for text in ["2", "2aaaaa", "9-_=Zz", "0aaaaa"] {
        assert_eq!(PlaceCode::decode(text), Err(CodeError::NewerVersion), "{text}");
    }
}

#[test]
fn a_code_holds_24_answers() {
    let code = |steps: usize| format!("1aaaaa{}", "Abbbbb".repeat(steps));
    assert!(PlaceCode::decode(&code(24)).is_ok());
    assert_eq!(PlaceCode::decode(&code(25)), Err(CodeError::NotACode));

    let trail = PlaceCode::decode(&code(24)).unwrap().trail;
    let longer =
        Trail { steps: [trail.steps.clone(), trail.steps.clone()].concat(), ..trail.clone() };
    assert_eq!(PlaceCode::encode_named(Digest(0), &longer).as_str(), code(24));
    let both = Trail { ahead: trail.steps.clone(), ..trail };
    assert_eq!(PlaceCode::encode_named(Digest(0), &both).as_str(), code(24));
}

#[test]
fn the_longest_code_fits_where_codes_go() {
    const { assert!(MAX_CODE <= 400) };
    let digest = Digest(0);
    let step = Step {
        question: Some(digest),
        answer: StepAnswer::Key(digest),
        mark: Some(digest),
        words: None,
    };
    let trail = Trail { start: Start::Named(digest), steps: vec![step; 24], ahead: vec![] };
    assert_eq!(PlaceCode::encode_named(digest, &trail).as_str().len(), MAX_CODE);
}

/// A code with some of its characters changed, added or taken away.
fn nearly_a_code() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0..3_u8, "[A-Ia-z2-7=1é]");
    (strategies::digest(), strategies::trail(), prop::collection::vec(edit, 1..4)).prop_map(
        |(tree, trail, edits)| {
            let mut code: Vec<char> =
                PlaceCode::encode_named(tree, &trail).as_str().chars().collect();
            for (at, kind, character) in edits {
                let at = at.index(code.len());
                let character = character.chars().next().unwrap();
                match kind {
                    0 => drop(code.splice(at..=at, [character])),
                    1 => code.insert(at, character),
                    _ => drop(code.split_off(at.max(1))),
                }
            }
            code.into_iter().collect()
        },
    )
}

fn check_any(text: &str) -> Result<(), TestCaseError> {
    if let Ok(decoded) = PlaceCode::decode(text) {
        let code = PlaceCode::encode_named(decoded.tree, &decoded.trail);
        prop_assert_eq!(code.as_str(), text);
    }
    if let Some(trail) = read_trail(text) {
        prop_assert_eq!(write_trail(&trail), text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn any_trail_reads_back_from_its_code(tree in strategies::digest(), trail in strategies::trail()) {
        let code = PlaceCode::encode_named(tree, &trail);
        prop_assert!(code.as_str().len() <= MAX_CODE);
        prop_assert!(code.as_str().bytes().all(is_code_byte));
        prop_assert_eq!(PlaceCode::parse(code.as_str()), Ok(code.clone()));
        prop_assert_eq!(PlaceCode::decode(code.as_str()), Ok(Decoded { tree, trail: trail.clone() }));
        prop_assert_eq!(read_trail(&write_trail(&trail)), Some(trail));
    }

    #[test]
    fn any_text_is_read_without_harm(text in any::<String>()) {
        check_any(&text)?;
    }

    #[test]
    fn what_looks_like_a_code_is_the_only_code_of_its_place(text in "1[a-z2-7]{5}(=[a-z2-7]{5})?([A-H]([a-z2-7]{5}|=else){1,3}){0,26}") {
        check_any(&text)?;
    }

    #[test]
    fn a_damaged_code_is_read_without_harm(text in nearly_a_code()) {
        check_any(&text)?;
    }
}
