//! Changing an earlier answer: what of the later ones is kept, and what is never taken for one.

use treebot::{StepAnswer, Trail, Tree, change, choice, marks, narrow, resolve};

use crate::support::{Person, tree};

/// A person has said all of this; then the answer of that number becomes another. What stands then, with what was
/// kept and lost by its number.
fn check(tree: &Tree, said: &[&str], step: usize, now: &str, expected: (&str, &[usize], &[usize])) {
    let person = Person::who_said(tree, said);
    let former = person.history.trail().unwrap().clone();
    let before = resolve(tree, &former).trail;
    let mut prefix = before.clone();
    prefix.steps.truncate(step);
    let mut other = Person::new();
    other.start(tree);
    let code = treebot::PlaceCode::encode(tree, &prefix).to_string();
    other.take(tree, treebot::InputKind::Tap { code, title: None });
    other.say(tree, now);
    let new = other.history.trail().unwrap();
    let changed = change(tree, &former, step, new);
    let stands = resolve(tree, &changed.trail);
    assert!(stands.report.all_kept());
    let place = tree.place_name(stands.place.node);
    assert_eq!((place.as_str(), changed.kept.as_slice(), changed.lost.as_slice()), expected);
}

fn visa() -> Tree {
    tree(
        "
say: Why?
answers:
  study: {say: Which level?, id: level, answers: {school: {goto: stay}, college: {goto: stay}}}
  work: {say: Which job?, id: job, answers: {cook: {goto: stay}, nurse: {goto: stay}}}
nodes:
  stay: {say: How long?, answers: {short: {goto: passport}, long: {goto: passport}}}
  passport: {say: Which passport?, answers: {red: Red., blue: Blue.}}
",
    )
}

#[test]
fn answers_to_questions_that_are_asked_again_are_kept() {
    let said = ["study", "school", "short", "red"];
    check(&visa(), &said, 1, "college", ("passport/red", &[2, 3], &[]));
    check(&visa(), &said, 2, "long", ("passport/red", &[3], &[]));
    check(&visa(), &said, 3, "blue", ("passport/blue", &[], &[]));
}

#[test]
fn an_answer_whose_question_is_not_asked_on_the_new_way_is_lost_and_nothing_is_skipped() {
    let said = ["study", "school", "short", "red"];
    // The job is asked now, so what follows it waits.
    check(&visa(), &said, 0, "work", ("job", &[], &[1, 2, 3]));
}

#[test]
fn an_unnamed_question_is_the_same_only_where_it_asks_alike() {
    let alike = tree(
        "{say: a, answers: {x: {say: How long?, answers: {short: one, long: two}}, y: {say: How long?, answers: {short: three, long: four}}}}",
    );
    check(&alike, &["x", "short"], 0, "y", ("start/y/short", &[1], &[]));
    let other = tree(
        "{say: a, answers: {x: {say: How long?, answers: {short: one, long: two}}, y: {say: How tall?, answers: {short: three, long: four}}}}",
    );
    check(&other, &["x", "short"], 0, "y", ("start/y", &[], &[1]));
}

#[test]
fn the_same_words_with_another_label_are_another_answer() {
    let other = tree(
        "{say: a, answers: {x: {say: Where?, answers: {n: {label: north, say: one}, s: south}}, y: {say: Where?, answers: {n: {label: nowhere, say: two}, s: south}}}}",
    );
    check(&other, &["x", "north"], 0, "y", ("start/y", &[], &[1]));
}

#[test]
fn an_else_is_kept_at_its_own_question_only() {
    let source = "{say: a, answers: {x: {goto: q}, y: {goto: q}, z: {goto: other}}, nodes: {q: {say: Name?, answers: {none: bye}, else: {goto: end}}, other: {say: Name?, answers: {none: bye}, else: {goto: end}}, end: {say: Thanks., answers: {more: more}}}}";
    check(&tree(source), &["x", "Rumpelstiltskin"], 0, "y", ("end", &[1], &[]));
    check(&tree(source), &["x", "Rumpelstiltskin"], 0, "z", ("other", &[], &[1]));
}

#[test]
fn a_change_that_leads_round_undoes_nothing_else() {
    let source = "{say: a, id: a, answers: {x: {say: b, id: b, answers: {on: {say: c, id: c, answers: {again: {goto: start}, end: bye}}, off: {goto: start}}}, y: no}}";
    let round = tree(source);
    let person = Person::who_said(&round, &["x", "on", "end"]);
    let former = person.history.trail().unwrap();
    // The changed answer leads back to the start, where "x" was answered before: it is asked again.
    let changed = change(&round, former, 1, &Trail::root());
    assert_eq!((changed.kept, changed.lost), (vec![], vec![2]));
    assert_eq!(changed.trail.steps.len(), 0);
}

#[test]
fn what_is_typed_narrows_the_answers_down_by_the_beginnings_of_words() {
    let wide = tree(
        "{say: a, answers: {Work or business: {also: [job offer], say: one}, Study: two, Short course: three, École: four}}",
    );
    let found = |text: &str| -> Vec<String> {
        narrow(&wide, &Trail::root(), text, 9)
            .iter()
            .map(|candidate| {
                let label = &candidate.choice.label;
                let typed: Vec<_> =
                    candidate.marks.iter().map(|mark| label.get(mark.clone()).unwrap()).collect();
                format!("{label}: {}", typed.join("+"))
            })
            .collect()
    };
    assert_eq!(found("s"), ["Study: S", "Short course: S"]);
    assert_eq!(found("ST"), ["Study: St"]);
    assert_eq!(found("co sh"), ["Short course: Sh+co"]);
    assert_eq!(found("off"), ["Work or business: "]);
    assert_eq!(found("eco"), ["École: Éco"]);
    for nothing in ["", "  ", "z", "tudy", "study study"] {
        assert_eq!(found(nothing), [""; 0], "{nothing}");
    }
    assert_eq!(narrow(&wide, &Trail::root(), "s", 1).len(), 1);
    assert_eq!(marks(&wide, "Study", "study").first(), Some(&(0..5)));
}

#[test]
fn a_narrowed_answer_leads_where_its_code_says() {
    let wide = visa();
    let person = Person::who_said(&wide, &["study"]);
    let trail = person.history.trail().unwrap();
    let candidates = narrow(&wide, trail, "co", 9);
    assert_eq!(candidates.len(), 1);
    let code = candidates.first().unwrap().choice.code.as_str();
    let step = treebot::PlaceCode::decode(code).unwrap().trail.steps.pop().unwrap();
    assert!(matches!(step.answer, StepAnswer::Key(_)));
    assert_eq!(Some(code), choice(&wide, trail, "college").as_ref().map(|of| of.code.as_str()));
    assert_eq!(choice(&wide, trail, "study"), None);
}

#[test]
fn text_of_any_sort_narrows_without_harm() {
    let small = visa();
    for text in ["\u{0}", "\u{301}", "ﬃ", "😀", &"x ".repeat(9000), "a\u{202e}b", "ßtudy"] {
        let _ = narrow(&small, &Trail::root(), text, 9);
        let _ = marks(&small, "ﬃ Straße 😀 e\u{301}", text);
    }
}
