//! What is only told of where advice is wanted: many answers at once, hard words, ends without a date.

use expect_test::{Expect, expect};
use treebot::{Code, LoadOptions};

use super::check_with;

/// Loads a source with all advice, which is not given by itself.
fn advised(source: &str, expect: Expect) {
    assert_eq!(treebot::load(source).diagnostics, [], "{source}");
    check_with(source, &LoadOptions { advice: true, ..LoadOptions::default() }, expect);
}

#[test]
fn more_answers_than_people_take_in_at_once() {
    let question = |many: usize, rest: &str| {
        let answers: String = (0..many).map(|n| format!("  word {n}: {{goto: part}}\n")).collect();
        format!(
            "say: Which?\n{rest}answers:\n{answers}nodes:\n  part: 'In 2026: https://a.example [a](https://a.example/b)'\n"
        )
    };
    advised(
        &question(8, ""),
        expect![[r#"
        say: Which?
        ^^^ warning T067: this question offers 8 answers, and people take in about 7 at once; ask in two steps, or let them type with `offer: false`
        answers:
          word 0: {goto: part}
          word 1: {goto: part}
          word 2: {goto: part}
          word 3: {goto: part}
          word 4: {goto: part}
          word 5: {goto: part}
          word 6: {goto: part}
          word 7: {goto: part}
        nodes:
          part: 'In 2026: https://a.example [a](https://a.example/b)'
    "#]],
    );
    for quiet in [question(7, ""), question(20, "offer: false\n")] {
        let options = LoadOptions { advice: true, ..LoadOptions::default() };
        assert_eq!(treebot::load_with(&quiet, &options).diagnostics, [], "{quiet}");
    }
}

#[test]
fn words_that_need_more_than_school() {
    let hard = "Applications for reimbursement necessitated by participation in examinations are to be submitted to the administration within fourteen days following the examination, accompanied by original documentation of all expenditure, in 2026.";
    let link = "[the form](https://a.example/a-very-long-address-that-nobody-reads)";
    advised(
        &format!("say: {hard} See {link}\n"),
        expect![[r#"
        say: Applications for reimbursement necessitated by participation in examinations are to be submitted to the administration within fourteen days following the examination, accompanied by original documentation of all expenditure, in 2026. See [the form](https://a.example/a-very-long-address-that-nobody-reads)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning T068: few people under 18 read this with ease (Automated Readability Index: 17, and school ends at 13); use shorter sentences and shorter words
    "#]],
    );
    let easy = "We pay for the ticket. ".repeat(20);
    let lines = "\n  - a long word: examination".repeat(20);
    let short: String = hard.split_inclusive(' ').take(20).collect();
    for quiet in [
        format!("say: '{easy}In 2026. {link}'\n"),
        format!("say: |\n  In 2026, {link}:{}\n", lines.replace("- a", "- A")),
        format!("say: '{short} 2026 {link}'\n"),
        format!("lang: de\nsay: {hard} {link}\n"),
    ] {
        let options = LoadOptions { advice: true, ..LoadOptions::default() };
        let found = treebot::load_with(&quiet, &options).diagnostics;
        let found: Vec<_> =
            found.iter().filter(|found| found.code != Code::UnknownLanguage).collect();
        assert!(found.is_empty(), "{quiet}\n{found:?}");
    }
}

#[test]
fn ends_of_which_nobody_knows_from_when_they_are() {
    let link = "[a](https://a.example/b)";
    advised(
        &format!(
            "say: Where?\nanswers:\n  Town: By bus, as of 2026. {link}\n  Home: By foot. {link}\n  Shop: By car 12345. {link}\n"
        ),
        expect![[r#"
            say: Where?
            answers:
              Town: By bus, as of 2026. [a](https://a.example/b)
              Home: By foot. [a](https://a.example/b)
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning T069: nothing says from when this end and 1 more are; a date in `about`, such as `Checked on 1 November 2026`, is shown with each
              Shop: By car 12345. [a](https://a.example/b)
        "#]],
    );
    advised(
        &format!("say: In the year 20260 {link}\n"),
        expect![[r#"
        say: In the year 20260 [a](https://a.example/b)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning T069: nothing says from when this end is; a date in `about`, such as `Checked on 1 November 2026`, is shown with each
    "#]],
    );
    for quiet in [
        format!("about: As of 1.11.2026\nsay: Go. {link}\n"),
        format!("say: Go. Checked 2026-11-01 {link}\n"),
        format!(
            "say: Where?\nanswers:\n  Town: 1 May 2026 {link}\n  Home: {{goto: start}}\nelse: Which?\n"
        ),
    ] {
        let options = LoadOptions { advice: true, ..LoadOptions::default() };
        assert_eq!(treebot::load_with(&quiet, &options).diagnostics, [], "{quiet}");
    }
}
