//! Why something was understood as it was.

use expect_test::{Expect, expect};
use treebot::{AnswerId, Tree, Understood, explain};

use crate::support::{Person, tree};
use crate::trees::visa;

fn check(tree: &Tree, question: &str, text: &str, expect: Expect) {
    let question = tree.named(question).unwrap();
    let node = tree.get(question).unwrap();
    let why = explain(tree, question, text, None);
    let mut rows =
        vec![format!("{}: {:?}, doubt {:?}", why.tier.as_str(), why.understood, why.doubt)];
    rows.extend(why.evidence.iter().map(|evidence| {
        format!(
            "`{}` as `{}` for {}",
            why.words[evidence.start..evidence.end].join(" "),
            evidence.phrase,
            node.answer(evidence.answer).unwrap().key()
        )
    }));
    rows.dedup();
    expect.assert_eq(&(rows.join("\n") + "\n"));
}

#[test]
fn every_rule_names_its_words_and_what_speaks_against_them() {
    let visa = visa();
    check(
        &visa,
        "start",
        "STUDY!",
        expect![[r#"
        exact: Answer(AnswerId(1)), doubt None
        `study` as `study` for Study
    "#]],
    );
    check(
        &visa,
        "start",
        "I want to study in London",
        expect![[r#"
        phrase: Answer(AnswerId(1)), doubt None
        `study` as `study` for Study
    "#]],
    );
    check(
        &visa,
        "start",
        "I don't want to study",
        expect![[r#"
        phrase: AskBack([AnswerId(1)]), doubt Some(Negation(1))
        `study` as `study` for Study
    "#]],
    );
    check(
        &visa,
        "start",
        "study or work",
        expect![[r#"
        phrase: AskBack([AnswerId(1), AnswerId(2)]), doubt Some(SeveralAnswers)
        `study` as `study` for Study
        `work` as `work` for Work or business
    "#]],
    );
    check(
        &visa,
        "start",
        "what is a student visa",
        expect![[r#"
        phrase: AskBack([AnswerId(1)]), doubt Some(Asks)
        `student visa` as `student visa` for Study
    "#]],
    );
    check(
        &visa,
        "start",
        "univeristy",
        expect![[r#"
        typo: Answer(AnswerId(1)), doubt None
        `univeristy` as `university` for Study
    "#]],
    );
    check(
        &visa,
        "start",
        "vaca",
        expect![[r#"
            part: AskBack([AnswerId(0)]), doubt Some(SmallPart)
            `vaca` as `family vacation` for Holiday or visit
            `vaca` as `vacation` for Holiday or visit
            `vaca` as `vacationing` for Holiday or visit
            `vaca` as `vacations` for Holiday or visit
        "#]],
    );
    check(
        &visa,
        "start",
        "back",
        expect![[r#"
        command: Command, doubt None
    "#]],
    );
    check(
        &visa,
        "start",
        "xyzzy",
        expect![[r#"
        none: Nothing, doubt None
    "#]],
    );
    check(
        &visa,
        "visit-length",
        "eleven days",
        expect![[r#"
        amount: Answer(AnswerId(0)), doubt None
        `eleven days` as `` for Up to 6 months
    "#]],
    );
    check(
        &visa,
        "visit-length",
        "at least 6 months",
        expect![[r#"
        amount: AskBack([AnswerId(0), AnswerId(1)]), doubt Some(Amount(0))
        `at least 6 months` as `` for Up to 6 months
        `at least 6 months` as `` for Longer
    "#]],
    );
    check(
        &visa,
        "visit-length",
        "2 weeks ago",
        expect![[r#"
        amount: AskBack([AnswerId(0)]), doubt Some(Amount(0))
        `2 weeks` as `` for Up to 6 months
    "#]],
    );
    check(
        &visa,
        "passport",
        "my wife is Japanese",
        expect![[r#"
        phrase: AskBack([AnswerId(2)]), doubt Some(SomebodyElse(1))
        `japanese` as `japanese` for ETA-list country
    "#]],
    );
    check(
        &visa,
        "passport",
        "I live in Japan",
        expect![[r#"
            phrase: AskBack([AnswerId(2)]), doubt Some(Doubtful(2))
            `japan` as `japan` for ETA-list country
        "#]],
    );
    check(
        &visa,
        "passport",
        "Papua New Guinea",
        expect![[r#"
        exact: Answer(AnswerId(2)), doubt None
        `papua new guinea` as `papua new guinea` for ETA-list country
    "#]],
    );
    check(
        &visa,
        "student-brake",
        "yes, but from India",
        expect![[r#"
        command: AskBack([AnswerId(0), AnswerId(1)]), doubt Some(SeveralAnswers)
        `india` as `india` for No
    "#]],
    );
    check(
        &visa,
        "temporary-kind",
        "fxrm",
        expect![[r#"
        typo: AskBack([AnswerId(0)]), doubt Some(ShortSlip(0))
        `fxrm` as `farm` for Farm season
    "#]],
    );
    check(
        &visa,
        "transit-kind",
        "bags please, quickly",
        expect![[r#"
        none: Nothing, doubt None
    "#]],
    );
}

#[test]
fn a_number_after_a_question_back_is_explained_as_it_was_taken() {
    let tree = tree("say: How many?\nanswers: {1 to 4 people: a, 5 to 8 people: b}");
    let question = tree.named("start").unwrap();
    let mut person = Person::new();
    let asked = person.start(&tree).event;
    let back = person.say(&tree, "4 or 5 people").event;
    assert!(!asked.asks_back() && back.asks_back() && back.shown.len() == 2);
    let taken = person.say(&tree, "2").event.matched.unwrap();
    assert_eq!(taken.answer.as_deref(), Some("5 to 8 people"));
    let why = |before| explain(&tree, question, "2", before).understood;
    assert_eq!(why(Some(&back)), Understood::Answer(AnswerId(1)));
    // In the full list it may as well be how many.
    assert!(matches!(why(Some(&asked)), Understood::AskBack(_)));
    let first = explain(&tree, question, "the first one", Some(&back));
    assert_eq!(first.understood, Understood::Answer(AnswerId(0)));
}

#[test]
fn what_came_next_is_named_with_what_speaks_for_it() {
    let near = |answers: &[&str], text: &str| {
        let mut source = "say: Which?\nanswers:\n".to_owned();
        for answer in answers {
            source += &format!("  {answer}: x\n");
        }
        let tree = treebot::load(&source).tree.unwrap();
        let why = explain(&tree, treebot::NodeId(0), text, None);
        let node = tree.nodes().next().unwrap();
        let rivals = why.rivals.iter().map(|rival| {
            let words: Vec<&str> = rival.words.iter().map(|at| why.words[*at].as_str()).collect();
            let key = node.answer(rival.answer).unwrap().key();
            format!("{key} by {} ({})", words.join(" "), rival.tier.as_str())
        });
        rivals.collect::<Vec<_>>().join("; ")
    };
    let months = ["up to 6 months", "more than 6 months"];
    assert_eq!(near(&months, "6 months"), "more than 6 months by 6 months (part)");
    let study = ["study", "study and work", "work in a school", "other"];
    assert_eq!(near(&study, "study"), "study and work by study (part)");
    assert_eq!(
        near(&study, "I study at a schol"),
        "work in a school by schol (typo); study and work by study (shared)"
    );
    assert_eq!(near(&study, "bananas"), "");
    // What is asked back is no rival beside.
    assert_eq!(near(&["red car", "red bus", "blue bus"], "red"), "");
    assert_eq!(
        near(&["red car", "red bus", "blue bus"], "red bus"),
        "red car by red (shared); blue bus by bus (shared)"
    );
}
