//! The rules one by one.

use expect_test::{Expect, expect};
use treebot::{ReplyKind, Tree};

use super::{Understood, understood};
use crate::support::{Person, tree};
use crate::trees::visa;

/// Answers the questions on the way with `before`, types `text`, and tells what was understood.
fn said(tree: &Tree, before: &[&str], text: &str) -> String {
    let mut person = Person::new();
    person.start(tree);
    for answer in before {
        person.say(tree, answer);
    }
    match understood(tree, &mut person, text) {
        Understood::Answer(tier, answer) => format!("{}: {answer}", tier.as_str()),
        Understood::Ask(rivals) => format!("{} or?", rivals.join(" or ")),
        Understood::Command => "command".to_owned(),
        Understood::Nothing => "none".to_owned(),
    }
}

pub(super) fn check(source: &str, texts: &[&str], expect: Expect) {
    check_at(&tree(source), &[], texts, expect);
}

fn check_at(tree: &Tree, before: &[&str], texts: &[&str], expect: Expect) {
    let rows: Vec<String> =
        texts.iter().map(|text| format!("{text} = {}\n", said(tree, before, text))).collect();
    expect.assert_eq(&rows.concat());
}

const LENGTH: &str = "
title: A stay in the UK
say: How long?
answers:
  short: {label: Up to 6 months, also: [6 months, a month, less than 6 months, 7 days, 3 weeks], say: Short.}
  long: {label: Longer, also: [a year, 7 months, more than 6 months, second home, not sure], say: Long.}
  other: {label: None of these, say: Hm.}
";

#[test]
fn more_or_less_beside_a_number_may_turn_its_meaning_round() {
    check(
        LENGTH,
        &[
            "6 months",
            "at least 6 months",
            "6+ months",
            "> 6 months",
            "6 months or more",
            "a month plus",
            "more than a year",
            "3 weeks, I think",
        ],
        expect![[r#"
            6 months = exact: short
            at least 6 months = short or long or?
            6+ months = short or long or?
            > 6 months = amount: long
            6 months or more = short or long or?
            a month plus = short or long or?
            more than a year = amount: long
            3 weeks, I think = amount: short
        "#]],
    );
}

#[test]
fn a_number_or_a_yes_by_itself_is_no_part_of_an_answer() {
    check(
        LENGTH,
        &["just 7", "the second one", "a year", "sure", "not", "none", "weeks"],
        expect![[r#"
            just 7 = none
            the second one = none
            a year = exact: long
            sure = none
            not = none
            none = part: other
            weeks = amount: short
        "#]],
    );
}

#[test]
fn another_name_is_not_the_name_in_it() {
    let source = "
say: Which passport?
answers:
  free: {label: Visa-free, also: [American, South Korean, Germany], say: Fine.}
  visa: {label: Visa country, also: [Indian, New Guinean], say: Apply.}
";
    check(
        source,
        &[
            "American",
            "I am American",
            "South American",
            "I am South American",
            "South Korean",
            "South American and Indian",
            "non American",
            "New Guinean citizen",
        ],
        expect![[r#"
            American = exact: free
            I am American = phrase: free
            South American = none
            I am South American = none
            South Korean = exact: free
            South American and Indian = free or visa or?
            non American = free or?
            New Guinean citizen = phrase: visa
        "#]],
    );
}

#[test]
fn what_the_whole_tree_is_about_tells_no_answer_from_another() {
    let source = "
title: Working in the UK
say: What do you want?
answers:
  job: {label: A job, also: [nurse], say: Fine.}
  branch: {label: A branch, also: [UK branch, UK shop], say: Fine.}
";
    check(
        source,
        &["nurse in the UK", "UK", "nurse, shop", "nurse in a shop"],
        expect![[r#"
            nurse in the UK = phrase: job
            UK = none
            nurse, shop = job or branch or?
            nurse in a shop = phrase: job
        "#]],
    );
    check(
        &source.replace("A branch", "UK branch"),
        &["nurse in the UK"],
        expect![[r#"
        nurse in the UK = job or branch or?
    "#]],
    );
}

#[test]
fn a_yes_that_is_taken_back_is_asked_about() {
    let source = "
say: Are you from here?
answers: {'yes': Good., 'no': {also: [from abroad], say: Fine.}}
";
    check(
        source,
        &[
            "yes",
            "yes, I am",
            "yes I am not",
            "no I am",
            "no, I'm not",
            "yes, from abroad",
            "no problem",
            "maybe",
        ],
        expect![[r#"
            yes = exact: yes
            yes, I am = exact: yes
            yes I am not = yes or no or?
            no I am = yes or no or?
            no, I'm not = exact: no
            yes, from abroad = yes or no or?
            no problem = none
            maybe = none
        "#]],
    );
}

#[test]
fn a_wrong_visa_is_never_guessed() {
    let visa = visa();
    check_at(
        &visa,
        &["Transit", "Stay airside"],
        &[
            "South American",
            "Latin American",
            "American",
            "not EU",
            "non-EU",
            "Indian with a US visa",
        ],
        expect![[r#"
            South American = none
            Latin American = none
            American = exact: Listed or visa-free
            not EU = Listed or visa-free or?
            non-EU = Listed or visa-free or?
            Indian with a US visa = Listed or visa-free or Any other country or?
        "#]],
    );
    check_at(
        &visa,
        &["Holiday or visit"],
        &[
            "at least 6 months",
            "half a year or more",
            "6+ months",
            "6 months minimum",
            "just 7",
            "over a year",
            "up to 3 months",
            "5 or 6 months",
            "6-7 months",
            "between 3 and 9 months",
            "6 months and a day",
            "1 week or 2 weeks",
            "six (6) months",
        ],
        expect![[r#"
            at least 6 months = Up to 6 months or Longer or?
            half a year or more = Up to 6 months or Longer or?
            6+ months = Up to 6 months or Longer or?
            6 months minimum = Up to 6 months or Longer or?
            just 7 = none
            over a year = amount: Longer
            up to 3 months = amount: Up to 6 months
            5 or 6 months = amount: Up to 6 months
            6-7 months = Up to 6 months or Longer or?
            between 3 and 9 months = Up to 6 months or Longer or?
            6 months and a day = amount: Longer
            1 week or 2 weeks = amount: Up to 6 months
            six (6) months = amount: Up to 6 months
        "#]],
    );
    check_at(
        &visa,
        &["Holiday or visit", "Up to 6 months"],
        &["I'm British and Indian", "UK visa", "not British", "South Korean", "Korean"],
        expect![[r#"
            I'm British and Indian = British or Irish or Visa country or?
            UK visa = British or Irish or Visa country or?
            not British = British or Irish or?
            South Korean = exact: ETA-list country
            Korean = ETA-list country or Visa country or?
        "#]],
    );
    check_at(
        &visa,
        &[],
        &[
            "study or work",
            "I don't want to work",
            "the second one",
            "I want to study in the UK",
            "UK",
        ],
        expect![[r#"
            study or work = Study or Work or business or?
            I don't want to work = Work or business or?
            the second one = none
            I want to study in the UK = phrase: Study
            UK = none
        "#]],
    );
}

#[test]
fn a_part_is_not_taken_against_what_the_answer_says() {
    check(
        "{say: What is wrong?, answers: {No power: a, No coffee comes: b, Too hot: c}}",
        &["power", "it has power", "no power", "hot"],
        expect![[r#"
            power = No power or?
            it has power = No power or?
            no power = exact: No power
            hot = part: Too hot
        "#]],
    );
}

#[test]
fn words_of_the_question_alone_are_no_answer() {
    let visa = visa();
    check_at(
        &visa,
        &["Holiday or visit"],
        &["stay", "time", "long"],
        expect![[r#"
            stay = none
            time = none
            long = exact: Longer
        "#]],
    );
    check_at(
        &visa,
        &["Holiday or visit", "Up to 6 months"],
        &["passport", "travel"],
        expect![[r#"
            passport = none
            travel = Not sure or?
        "#]],
    );
    // What is shown may well be in the question.
    check(
        "{say: Red or white wine?, answers: {red: a, white wine: b}}",
        &["white"],
        expect![[r#"
        white = part: white wine
    "#]],
    );
}

#[test]
fn capitals_tell_the_us_from_us() {
    let visa = visa();
    check_at(
        &visa,
        &["Holiday or visit", "Up to 6 months"],
        &["tell us more", "I am from the US", "from the U.S.", "US", "us"],
        expect![[r#"
            tell us more = none
            I am from the US = phrase: ETA-list country
            from the U.S. = phrase: ETA-list country
            US = exact: ETA-list country
            us = exact: ETA-list country
        "#]],
    );
}

#[test]
fn parts_of_an_amount_are_no_list_of_numbers() {
    check(
        LENGTH,
        &[
            "1/2 year",
            "1/4 year",
            "2/3 weeks",
            "6/7 months",
            "6 months - 1 day",
            "1 year - 2 months",
            "2 - 3 weeks",
        ],
        expect![[r#"
            1/2 year = short or long or?
            1/4 year = short or long or?
            2/3 weeks = amount: short
            6/7 months = short or long or?
            6 months - 1 day = short or?
            1 year - 2 months = short or long or?
            2 - 3 weeks = amount: short
        "#]],
    );
    check(
        "say: How many?\nanswers: {1 to 4 people: a, 5 to 10 people: b, More than 10 people: c}",
        &["half a dozen people", "half a person", "a dozen people"],
        expect![[r#"
            half a dozen people = amount: 5 to 10 people
            half a person = none
            a dozen people = amount: More than 10 people
        "#]],
    );
}

#[test]
fn one_of_a_short_list_is_picked_by_its_place() {
    let source = "
say: What for?
answers:
  Study: a
  Work: b
  Travel: c
  None of these: {also: [neither, none of them], say: d}
";
    let tree = tree(source);
    check_at(
        &tree,
        &["travel or work"],
        &[
            "the first one",
            "first",
            "2nd",
            "the second one please",
            "the latter",
            "the third one",
            "neither",
            "none of them",
            "none of these",
            "both",
            "either one",
            "one",
            "the one",
            "study",
        ],
        expect![[r#"
            the first one = number: Work
            first = number: Work
            2nd = number: Travel
            the second one please = number: Travel
            the latter = number: Travel
            the third one = none
            neither = command
            none of them = command
            none of these = exact: None of these
            both = command
            either one = command
            one = none
            the one = none
            study = exact: Study
        "#]],
    );
    // Without a question back there is no short list.
    check_at(
        &tree,
        &[],
        &["the first one", "both", "neither"],
        expect![[r#"
        the first one = none
        both = none
        neither = exact: None of these
    "#]],
    );
}

#[test]
fn after_neither_and_after_both_the_whole_question_is_asked() {
    let tree = tree("say: What for?\nanswers: {Study: a, Work: b, Travel: c}");
    for text in ["neither", "none of them", "both", "Either."] {
        let mut person = Person::new();
        person.start(&tree);
        person.say(&tree, "travel or work");
        let reply = person.say(&tree, text).reply;
        assert_eq!((reply.kind, reply.choices.len()), (ReplyKind::Question, 3), "{text}");
        let turn = person.say(&tree, "1");
        assert_eq!(turn.event.matched.unwrap().answer.as_deref(), Some("Study"), "{text}");
    }
}
