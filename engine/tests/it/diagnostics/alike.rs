//! Answers that a likely message does not tell apart.

use std::fmt::Write as _;

use expect_test::expect;
use treebot::Code;

use super::check;

#[test]
fn a_message_that_people_are_likely_to_type_fits_two_answers() {
    check(
        "say: Why?\nanswers:\n  business/work: b\n  work experience: {label: 'Work experience, unpaid', say: c}\n",
        expect![[r#"
            say: Why?
            answers:
              business/work: b
              ^^^^^^^^^^^^^ warning T060: `work` fits `business/work` and `Work experience, unpaid`, so the bot asks back; if it means one of them, write it under its `also`
              work experience: {label: 'Work experience, unpaid', say: c}
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^ warning T056: Messenger shows 20 characters of a button and `Work experience, unpaid` has 23; there it becomes a numbered list
        "#]],
    );
    check(
        "say: Where to?\nanswers:\n  Pâté: b\n  Pate: c\n",
        expect![[r#"
            say: Where to?
            answers:
              Pâté: b
              ^^^^ warning T060: `pate` is taken for `Pate`, and people may well mean `Pâté` by it; give one of them other words
              Pate: c
        "#]],
    );
    check(
        "say: Where to?\nanswers:\n  The town: b\n  Elsewhere: {also: town, say: c}\n",
        expect![[r#"
            say: Where to?
            answers:
              The town: b
              ^^^^^^^^ warning T060: `town` is taken for `Elsewhere`, and people may well mean `The town` by it; give one of them other words
              Elsewhere: {also: town, say: c}
        "#]],
    );
}

#[test]
fn an_amount_that_lies_in_two_answers() {
    check(
        "say: How many nights?\nanswers:\n  1-3 nights: a\n  3-7 nights: b\n  A week or longer: c\n",
        expect![[r#"
            say: How many nights?
            answers:
              1-3 nights: a
              ^^^^^^^^^^ warning T060: `3 nights` fits `1-3 nights` and `3-7 nights`, so the bot asks back; if it means one of them, write it under its `also`
              3-7 nights: b
              ^^^^^^^^^^ warning T060: `7 nights` fits `3-7 nights` and `A week or longer`, so the bot asks back; if it means one of them, write it under its `also`
              A week or longer: c
        "#]],
    );
    check(
        "say: How much may it cost?\nanswers:\n  Up to £80: a\n  £80 to £150: b\n  More than £150: c\n",
        expect![[r#"
            say: How much may it cost?
            answers:
              Up to £80: a
              ^^^^^^^^^ warning T060: `£80` fits `Up to £80` and `£80 to £150`, so the bot asks back; if it means one of them, write it under its `also`
              £80 to £150: b
              More than £150: c
        "#]],
    );
}

#[test]
fn amounts_that_lie_beside_each_other_are_told_apart() {
    for source in [
        "say: How long?\nanswers: {1-7 days: a, 8-30 days: b, More than 30 days: c}\n",
        "say: How long?\nanswers: {Up to 6 months: a, More than 6 months: b}\n",
        "say: How long?\nanswers: {Less than a week: a, 1 to 4 weeks: b, Over 4 weeks: c}\n",
        "say: How many?\nanswers: {1 guest: a, 2 or more guests: b}\n",
        "say: How much?\nanswers: {Under £500: a, £500 to £5000: b, Over £5000: c}\n",
        "say: How old?\nanswers: {Under 18: a, 18 to 65: b, Over 65: c}\n",
    ] {
        let found = treebot::load(source).diagnostics;
        let alike: Vec<_> = found.iter().filter(|of| of.code == Code::AnswersAlike).collect();
        assert_eq!(alike, Vec::<&treebot::Diagnostic>::new(), "{source}");
    }
}

#[test]
fn what_is_asked_back_about_with_good_reason_is_fine() {
    for source in [
        "say: Where to?\nanswers: {The old town: b, The new town: c}\n",
        "say: Where from?\nanswers: {North Korea: b, South Korea: c}\n",
        "say: Where to?\nanswers: {The town: {also: town, say: b}, The town hall: {also: town hall, say: c}}\n",
        "say: How long?\nanswers: {6 months or more: b, less than 6 months: c}\n",
        "say: How long?\nanswers: {'up to 6 months': {also: 6 months, say: b}, more than 6 months: c}\n",
        "say: Why?\nanswers: {Get married: b, Join my partner: {also: [my married partner], say: c}}\n",
        "say: How many?\nanswers: {one or two: b, two or three: c}\n",
        "say: Sure?\nid: sure\nanswers: {'yes': b, yes and no: c}\n",
    ] {
        let found = treebot::load(source).diagnostics;
        let alike: Vec<_> = found.iter().filter(|of| of.code == Code::AnswersAlike).collect();
        assert_eq!(alike, Vec::<&treebot::Diagnostic>::new(), "{source}");
    }
}

#[test]
fn of_many_pairs_a_few_are_told() {
    let mut source = "say: Which?\nanswers:\n".to_owned();
    for number in 0..20_000 {
        writeln!(source, "  the house, {number}: a").unwrap();
    }
    let found = treebot::load(&source).diagnostics;
    let alike = found.iter().filter(|of| of.code == Code::AnswersAlike).count();
    assert!(alike <= 5, "{alike}");
}

#[test]
fn a_number_of_the_list_that_counts_what_another_answer_says() {
    check(
        "say: How many people?\nanswers:\n  1-3 people: a\n  4 to 8 people: b\n  More than 8: c\n",
        expect![[r#"
            say: How many people?
            answers:
              1-3 people: a
              4 to 8 people: b
              ^^^^^^^^^^^^^ warning T060: `2` is the number of `4 to 8 people` in the list, and fits `1-3 people`, so the bot asks back; write it under the `also` of the one that it means
              More than 8: c
        "#]],
    );
    check(
        "say: How many people?\nanswers:\n  1-3 people: {also: ['1', '2', '3'], say: a}\n  4 to 8 people: b\n  More than 8: c\n",
        expect![[r#"
            say: How many people?
            answers:
              1-3 people: {also: ['1', '2', '3'], say: a}
              4 to 8 people: b
              More than 8: c
        "#]],
    );
    check(
        "say: How long?\nanswers:\n  Up to 6 months: a\n  Longer: b\n",
        expect![[r#"
            say: How long?
            answers:
              Up to 6 months: a
              Longer: b
        "#]],
    );
}
