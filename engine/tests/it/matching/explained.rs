//! Why something was understood as it was.

use expect_test::{Expect, expect};
use treebot::{Tree, explain};

use crate::trees::visa;

fn check(tree: &Tree, question: &str, text: &str, expect: Expect) {
    let question = tree.named(question).unwrap();
    let node = tree.get(question).unwrap();
    let why = explain(tree, question, text, &[]);
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
        phrase: AskBack([AnswerId(2)]), doubt Some(Doubtful(1))
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
