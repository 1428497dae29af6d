//! What is told or asked rather than chosen, and other rules against a wrong answer.

use expect_test::expect;

use super::rules::check;

#[test]
fn what_is_told_of_an_answer_does_not_choose_it() {
    let source = "
title: Visas
say: Why do you come?
answers:
  Work: {also: [job, business], say: Fine.}
  Study: {also: [university], say: Fine.}
  Holiday: {also: [family, holidays], say: Fine.}
";
    check(
        source,
        &[
            "my job is great",
            "my university is in Leeds",
            "mind your own business",
            "good job!",
            "is study expensive",
            "what counts as study",
            "where's my holiday",
            "how can I study",
            "how to study there",
            "my phone is on holiday mode",
            "my purpose is study",
            "work on my tan",
            "it works",
            "my friend works",
            "work for my friend",
        ],
        expect![[r#"
            my job is great = Work or?
            my university is in Leeds = Study or?
            mind your own business = Work or?
            good job! = Work or?
            is study expensive = Study or?
            what counts as study = Study or?
            where's my holiday = Holiday or?
            how can I study = phrase: Study
            how to study there = phrase: Study
            my phone is on holiday mode = Holiday or?
            my purpose is study = phrase: Study
            work on my tan = Work or?
            it works = Work or?
            my friend works = Work or?
            work for my friend = phrase: Work
        "#]],
    );
}

#[test]
fn a_name_before_a_thing_is_another_name() {
    let source = "
say: Which passport?
answers:
  Europe: {also: [Swiss, French], say: Fine.}
  Asia: {also: [Indian, Jordan], say: Fine.}
";
    check(
        source,
        &[
            "Swiss cheese",
            "Jordan Peterson",
            "Indian man",
            "main indian hoon",
            "French citzen",
            "swiss",
        ],
        expect![[r#"
            Swiss cheese = Europe or?
            Jordan Peterson = Asia or?
            Indian man = phrase: Asia
            main indian hoon = phrase: Asia
            French citzen = Europe or?
            swiss = exact: Europe
        "#]],
    );
}

#[test]
fn an_amount_of_the_past_is_not_what_will_be() {
    let source = "
say: How long will you stay?
answers:
  Short: {label: Up to 6 months, say: Fine.}
  Long: {label: More than 6 months, say: Fine.}
";
    check(
        source,
        &[
            "I stayed 2 weeks last time",
            "I was there for 2 years",
            "I've been ill for two years",
            "I was thinking of two weeks",
            "I stay two weeks",
            "2 weeks is too short",
        ],
        expect![[r#"
            I stayed 2 weeks last time = Short or?
            I was there for 2 years = Long or?
            I've been ill for two years = Long or?
            I was thinking of two weeks = amount: Short
            I stay two weeks = amount: Short
            2 weeks is too short = Short or?
        "#]],
    );
}

#[test]
fn one_article_is_as_good_as_another() {
    let source = "
say: What is it about?
answers:
  Renew a loan: Fine.
  Return a book: {also: [my wedding], say: Fine.}
  Pay a charge: {also: [loan, go to a wedding], say: Fine.}
";
    check(
        source,
        &[
            "renew my loan",
            "renew loan",
            "I'd like to renew the loan",
            "return books",
            "go to my wedding",
            "renew his loan",
            "a loan to renew",
        ],
        expect![[r#"
            renew my loan = phrase: Renew a loan
            renew loan = phrase: Renew a loan
            I'd like to renew the loan = phrase: Renew a loan
            return books = typo: Return a book
            go to my wedding = phrase: Return a book
            renew his loan = Renew a loan or Pay a charge or?
            a loan to renew = Renew a loan or Pay a charge or?
        "#]],
    );
}

#[test]
fn a_longer_row_of_words_counts_for_more() {
    let source = "
say: How can we help?
answers:
  Order a pizza: {also: [order], say: Fine.}
  Track my order: Fine.
  Go in: Fine.
  Walk home: {also: [home], say: Fine.}
";
    check(
        source,
        &["order", "cancel my order", "go in and then home", "home"],
        expect![[r#"
        order = exact: Order a pizza
        cancel my order = Order a pizza or Track my order or?
        go in and then home = Go in or Walk home or?
        home = exact: Walk home
    "#]],
    );
}

#[test]
fn what_a_question_lists_is_no_word_of_the_question() {
    let source = "
say: Why do you come, for study or for work and business?
answers:
  study: Fine.
  work/business: Fine.
";
    check(
        source,
        &["work or study", "study and business", "for study"],
        expect![[r#"
        work or study = study or work/business or?
        study and business = study or work/business or?
        for study = phrase: study
    "#]],
    );
}

#[test]
fn a_part_that_is_turned_round_in_the_answer_is_asked_about() {
    check(
        "{say: Which base?, answers: {Thin: a, Gluten-free: b}}",
        &["gluten", "with gluten", "gluten free"],
        expect![[r#"
            gluten = Gluten-free or?
            with gluten = Gluten-free or?
            gluten free = exact: Gluten-free
        "#]],
    );
    check(
        "{say: Since when?, answers: {Today: a, More than a week: b}}",
        &["a week", "two weeks", "more than a week"],
        expect![[r#"
            a week = More than a week or?
            two weeks = amount: More than a week
            more than a week = exact: More than a week
        "#]],
    );
    check(
        "{say: Whose fault was it?, answers: {My fault: a, Nobody's fault: b}}",
        &["fault", "my fault"],
        expect![[r#"
            fault = My fault or Nobody's fault or?
            my fault = exact: My fault
        "#]],
    );
}

#[test]
fn money_is_an_amount() {
    let source = "
say: How much is the damage?
answers:
  Under £500: Fine.
  £500 to £5000: Fine.
  Over £5000: Fine.
";
    check(
        source,
        &[
            "£300",
            "£1,200",
            "about £700, I think",
            "10k",
            "£10k",
            "two thousand pounds",
            "£400-£600",
            "€300",
            "2 cars, £800",
            "£5000",
        ],
        expect![[r#"
            £300 = amount: Under £500
            £1,200 = amount: £500 to £5000
            about £700, I think = amount: £500 to £5000
            10k = none
            £10k = amount: Over £5000
            two thousand pounds = amount: £500 to £5000
            £400-£600 = Under £500 or £500 to £5000 or?
            €300 = none
            2 cars, £800 = £500 to £5000 or?
            £5000 = amount: £500 to £5000
        "#]],
    );
}

#[test]
fn what_is_counted_may_be_shown_as_a_single_number() {
    let source = "
say: For how many?
answers:
  1 guest: Fine.
  2 guests: Fine.
  3 or more guests: Fine.
  A dog: Fine.
";
    check(
        source,
        &[
            "one guest",
            "two guests",
            "five guests",
            "1-2 guests",
            "0 guests",
            "dog",
            "at least 3 guests",
        ],
        expect![[r#"
            one guest = amount: 1 guest
            two guests = amount: 2 guests
            five guests = amount: 3 or more guests
            1-2 guests = 1 guest or 2 guests or?
            0 guests = 2 guests or 3 or more guests or?
            dog = part: A dog
            at least 3 guests = amount: 3 or more guests
        "#]],
    );
}

#[test]
fn a_doubled_yes_or_no_is_one() {
    let source = "{say: Is it on?, answers: {'yes': {id: a, say: a}, 'no': {id: b, say: b}}}";
    check(
        source,
        &["no no", "no no it is", "no no it is not", "yes yes, sure"],
        expect![[r#"
        no no = command: no
        no no it is = yes or no or?
        no no it is not = command: no
        yes yes, sure = command: yes
    "#]],
    );
}

#[test]
fn where_one_comes_from_is_not_where_one_goes() {
    check(
        "say: Where to?\nanswers: {Stay: a, On to Ireland: {also: [Dublin, Ireland], say: b}}",
        &[
            "Ireland",
            "to Dublin",
            "from France to Ireland",
            "from Ireland",
            "from Dublin to New York",
        ],
        expect![[r#"
            Ireland = exact: On to Ireland
            to Dublin = phrase: On to Ireland
            from France to Ireland = phrase: On to Ireland
            from Ireland = On to Ireland or?
            from Dublin to New York = On to Ireland or?
        "#]],
    );
}

#[test]
fn an_amount_alone_is_no_answer_where_no_amount_is_asked_for() {
    check(
        "say: What is it?\nanswers: {Short course: {also: up to 6 months, say: a}, English 6-11 months: {also: [6 to 11 months, English course], say: b}, Degree: c, School: d, Research: e}",
        &[
            "8 months",
            "French for 8 months",
            "a course of 8 months",
            "English for 8 months",
            "a 2 week course",
            "a degree for 3 months",
        ],
        expect![[r#"
            8 months = English 6-11 months or?
            French for 8 months = English 6-11 months or?
            a course of 8 months = English 6-11 months or?
            English for 8 months = amount: English 6-11 months
            a 2 week course = amount: Short course
            a degree for 3 months = Short course or Degree or?
        "#]],
    );
}

#[test]
fn who_is_something_already_may_not_want_to_become_it() {
    check(
        "say: What is your plan?\nanswers: {Get married: a, Join my partner: b}",
        &["married", "get married", "we will get married", "I'm married"],
        expect![[r#"
            married = Get married or?
            get married = exact: Get married
            we will get married = phrase: Get married
            I'm married = Get married or?
        "#]],
    );
}

#[test]
fn what_does_not_apply_is_no_no() {
    check(
        "say: Are you sure?\nanswers: {\"yes\": a, \"no\": b}",
        &["n", "n/a", "N.A.", "never", "never say never"],
        expect![[r#"
            n = exact: no
            n/a = none
            N.A. = none
            never = exact: no
            never say never = none
        "#]],
    );
}

#[test]
fn where_one_goes_and_whom_one_knows_is_not_what_one_is() {
    let source = "
title: A UK visa
say: Which passport do you have?
answers:
  Home: {also: [British, UK, Irish], say: a}
  Away: {also: [American, US, Japanese, Chinese, Polish, India], say: b}
";
    check(
        source,
        &[
            "I want to come to the UK",
            "a visa for the UK",
            "visiting the UK",
            "I am in India",
            "from India",
            "I belong to India",
            "an American friend",
            "I work for an American company",
            "my mom's American",
            "a Japanese visa",
            "a Japanese passport",
            "becoming British next year",
            "I am half Irish",
            "applied for home",
            "polish my shoes",
            "Chinese new year",
            "Chinese, new passport",
            "im a us national visiting uk",
            "uk and us",
            "UK/US",
        ],
        expect![[r#"
            I want to come to the UK = Home or?
            a visa for the UK = Home or?
            visiting the UK = Home or?
            I am in India = Away or?
            from India = phrase: Away
            I belong to India = Away or?
            an American friend = Away or?
            I work for an American company = Away or?
            my mom's American = Away or?
            a Japanese visa = Away or?
            a Japanese passport = phrase: Away
            becoming British next year = Home or?
            I am half Irish = Home or?
            applied for home = Home or?
            polish my shoes = Away or?
            Chinese new year = Away or?
            Chinese, new passport = phrase: Away
            im a us national visiting uk = Home or Away or?
            uk and us = Home or Away or?
            UK/US = Home or Away or?
        "#]],
    );
    // Where one goes may be what is asked.
    check(
        "say: Where to?\nanswers: {North: {also: [Norway], say: a}, South: {also: [Spain], say: b}}",
        &["I want to go to Spain", "in Norway", "visiting Spain"],
        expect![[r#"
            I want to go to Spain = phrase: South
            in Norway = phrase: North
            visiting Spain = phrase: South
        "#]],
    );
}

#[test]
fn what_is_left_out_or_otherwise_is_not_taken() {
    check(
        "say: Which day?\nanswers: {Saturday: a, Sunday: b}",
        &[
            "any day but Sunday",
            "all but sunday",
            "every day but on Sunday",
            "but Sunday",
            "until Sunday",
            "till next Sunday",
            "Sunday till late",
        ],
        expect![[r#"
            any day but Sunday = Sunday or?
            all but sunday = Sunday or?
            every day but on Sunday = Sunday or?
            but Sunday = phrase: Sunday
            until Sunday = Sunday or?
            till next Sunday = Sunday or?
            Sunday till late = Sunday or?
        "#]],
    );
    check(
        "say: Does it work now?\nanswers: {\"yes\": {also: [works], say: a}, \"no\": {also: [broken], say: b}}",
        &["it works but it leaks", "it works", "but it works", "it works but still broken"],
        expect![[r#"
            it works but it leaks = yes or no or?
            it works = phrase: yes
            but it works = yes or no or?
            it works but still broken = yes or no or?
        "#]],
    );
}

#[test]
fn what_has_ended_or_is_asked_about_is_not_chosen() {
    check(
        "say: Why do you come?\nanswers: {Work: {also: [work visa], say: a}, Travel: {also: [tourist visa], say: b}}",
        &[
            "I got fired from work",
            "my work visa expires",
            "what can I do on a tourist visa",
            "when can I travel",
            "how can I work",
        ],
        expect![[r#"
            I got fired from work = Work or?
            my work visa expires = Work or?
            what can I do on a tourist visa = Travel or?
            when can I travel = Travel or?
            how can I work = phrase: Work
        "#]],
    );
}
