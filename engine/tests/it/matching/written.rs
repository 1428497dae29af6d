//! How people write words: as one or as two, by a letter, as they sound; and what stands beside an answer by chance.

use expect_test::expect;

use super::rules::check;

const COUNTRIES: &str = "
title: Passports
say: Which one do you have?
answers:
  free: {label: Free, also: [South Korea, New Zealand, Japan, Northern Ireland], say: Fine.}
  visa: {label: Visa, also: [Sri Lanka, Sri Lankan, Sudan, Bangladesh, Morocco, Côte d'Ivoire], say: Apply.}
  other: {label: Not here, also: [South Sudan], say: Hm.}
";

#[test]
fn words_are_put_together_and_taken_apart() {
    check(
        COUNTRIES,
        &[
            "srilanka",
            "I am srilankan",
            "bangla desh",
            "cote d ivoire",
            "newzealand please",
            "not srilanka",
            "srilanka or japan",
            "new land",
        ],
        expect![[r#"
            srilanka = typo: visa
            I am srilankan = typo: visa
            bangla desh = typo: visa
            cote d ivoire = typo: visa
            newzealand please = typo: free
            not srilanka = visa or?
            srilanka or japan = free or visa or?
            new land = none
        "#]],
    );
}

#[test]
fn a_letter_stands_for_a_word() {
    check(
        COUNTRIES,
        &["S. Korea", "s korea", "S. Sudan", "N. Ireland", "n korea", "W. Sudan"],
        expect![[r#"
            S. Korea = typo: free
            s korea = typo: free
            S. Sudan = typo: other
            N. Ireland = typo: free
            n korea = free or?
            W. Sudan = phrase: visa
        "#]],
    );
}

#[test]
fn words_as_they_sound() {
    check(
        "say: What is it?\nanswers: {Business: A., Headache: B., A photo: C., Work: D.}\n",
        &["bisness", "buisness", "headake", "worck", "my hedache", "businesses", "bushiness"],
        expect![[r#"
            bisness = typo: Business
            buisness = typo: Business
            headake = typo: Headache
            worck = typo: Work
            my hedache = typo: Headache
            businesses = Business or?
            bushiness = typo: Business
        "#]],
    );
    check(
        COUNTRIES,
        &["morroco", "moroco"],
        expect![[r#"
        morroco = typo: visa
        moroco = typo: visa
    "#]],
    );
}

const VISITS: &str = "
say: Why do you come?
answers:
  visit: {label: A visit, also: [visit my mother, see my friends, holiday, child's wedding], say: Fine.}
  family: {label: Family, also: [husband, live with my wife], say: Fine.}
  work: {label: Work, also: [job, data analyst], say: Fine.}
  study: {label: Study, also: [masters], say: Fine.}
";

#[test]
fn what_is_said_of_one_relative_is_said_of_others() {
    check(
        VISITS,
        &["visit my nan", "to see my uncle", "live with my gf", "visit my doctor", "my nan"],
        expect![[r#"
            visit my nan = phrase: visit
            to see my uncle = phrase: visit
            live with my gf = phrase: family
            visit my doctor = phrase: visit
            my nan = none
        "#]],
    );
    // Not where they have answers of their own.
    check(
        "say: Whom?\nanswers: {wife: {label: A, also: [join my wife], say: b}, son: {label: B, also: [join my son], say: c}}\n",
        &["join my wife", "join my son", "join my nan"],
        expect![[r#"
            join my wife = exact: wife
            join my son = exact: son
            join my nan = wife or son or?
        "#]],
    );
}

#[test]
fn who_comes_along_chooses_nothing() {
    check(
        VISITS,
        &[
            "a holiday with my husband",
            "holiday with husband and two kids",
            "husband",
            "live with my husband",
        ],
        expect![[r#"
            a holiday with my husband = phrase: visit
            holiday with husband and two kids = phrase: visit
            husband = exact: family
            live with my husband = phrase: family
        "#]],
    );
}

#[test]
fn what_an_answer_is_about_speaks_for_no_other() {
    check(
        VISITS,
        &["masters in data science", "masters, data", "masters job"],
        expect![[r#"
        masters in data science = phrase: study
        masters, data = work or study or?
        masters job = work or study or?
    "#]],
    );
}

#[test]
fn what_was_is_not_chosen() {
    check(
        VISITS,
        &[
            "I was on holiday",
            "it was work",
            "I had a job in 2010",
            "a job in 2030",
            "we're at work",
        ],
        expect![[r#"
            I was on holiday = phrase: visit
            it was work = work or?
            I had a job in 2010 = work or?
            a job in 2030 = phrase: work
            we're at work = phrase: work
        "#]],
    );
    check(
        "say: What was it?\nanswers: {Fire: a, Water: b}\n",
        &["it was fire"],
        expect![[r#"
            it was fire = phrase: Fire
        "#]],
    );
}

#[test]
fn the_opposite_of_a_name_is_not_meant() {
    check(
        "say: Where?\nanswers: {down: {label: Climb down, also: [climb], say: a}, on: {label: Go on, say: b}}\n",
        &["climb", "climb up", "climb down", "climb up and down"],
        expect![[r#"
            climb = exact: down
            climb up = down or?
            climb down = exact: down
            climb up and down = phrase: down
        "#]],
    );
}

#[test]
fn yes_and_no_at_the_end_or_before_what_agrees() {
    check(
        "say: Is it in?\nanswers: {'Yes': {also: [works], say: a}, 'No': {also: [broken, still], say: b}}\n",
        &[
            "I have looked, yes",
            "I have looked yes",
            "it is broken, yes",
            "not sure, yes",
            "nope still broken",
            "is it, no",
        ],
        expect![[r#"
            I have looked, yes = command: Yes
            I have looked yes = none
            it is broken, yes = Yes or No or?
            not sure, yes = none
            nope still broken = command: No
            is it, no = none
        "#]],
    );
}

#[test]
fn a_question_about_another_thing_chooses_nothing() {
    check(
        VISITS,
        &["what documents do I need for a job", "what job can I do", "how do I study"],
        expect![[r#"
            what documents do I need for a job = work or?
            what job can I do = phrase: work
            how do I study = phrase: study
        "#]],
    );
    check(
        VISITS,
        &["actually no, work", "no work", "no, not work"],
        expect![[r#"
        actually no, work = phrase: work
        no work = work or?
        no, not work = work or?
    "#]],
    );
}

#[test]
fn the_words_of_a_name_without_the_small_ones() {
    check(
        "say: What?\nanswers: {school: {label: Child at school, say: a}, child: {label: A child, say: b}}\n",
        &["child school", "school child", "the child"],
        expect![[r#"
            child school = school or child or?
            school child = school or child or?
            the child = phrase: child
        "#]],
    );
}

#[test]
fn amounts_with_what_is_asked_and_of_each() {
    check(
        "say: How long ago was it?\nanswers: {new: {label: Up to 6 months, say: a}, old: {label: More than 6 months, say: b}}\n",
        &[
            "3 days ago",
            "2 weeks each",
            "90 days per visit",
            "in 3 days",
            "179 days",
            "about 7 months",
            "about 6 months",
        ],
        expect![[r#"
            3 days ago = amount: new
            2 weeks each = amount: new
            90 days per visit = amount: new
            in 3 days = new or?
            179 days = amount: new
            about 7 months = amount: old
            about 6 months = new or old or?
        "#]],
    );
    check(
        "say: How much?\nanswers: {low: {label: Up to €80, say: a}, high: {label: More than €80, say: b}}\n",
        &["€120 a night", "about 120€ per night", "€20 cars"],
        expect![[r#"
            €120 a night = amount: high
            about 120€ per night = high or?
            €20 cars = none
        "#]],
    );
}

#[test]
fn countries_in_capitals() {
    check(
        "say: Which?\nanswers: {uk: {label: British, also: [UK], say: a}, us: {label: American, also: [US], say: b}}\n",
        &["UK & US", "UK", "HELP US", "tell us"],
        expect![[r#"
            UK & US = uk or us or?
            UK = exact: uk
            HELP US = none
            tell us = none
        "#]],
    );
}
