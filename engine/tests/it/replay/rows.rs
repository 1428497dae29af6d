//! The table: what becomes of one answer, row by row.

use expect_test::expect;
use treebot::{InputKind, NoteKind};

use super::{check, found_again};
use crate::support::{Person, tree};

const LENGTH: &str = "
say: What for?
answers:
  study:
    say: How long?
    answers:
      short:
        say: Which passport?
        answers: {uk: None needed., other: Needed.}
      long: A visa.
  work: Ask your boss.
";

#[test]
fn an_answer_that_is_still_there_is_kept() {
    check(
        LENGTH,
        &["study", "short"],
        "
say: Why do you come?
answers:
  holiday: Nice.
  work: Ask.
  study:
    label: Studies
    say: For how long, then?
    answers:
      long: A visa.
      short: {say: Whose passport?, answers: {other: Needed., uk: None needed.}}
",
        expect!["start/study/short: Whose passport? | Kept, Kept"],
    );
}

#[test]
fn a_renamed_answer_is_found_by_its_former_key() {
    check(
        LENGTH,
        &["study", "short"],
        "
say: What for?
answers:
  education:
    was: [study]
    say: How long?
    answers: {brief: {was: short, say: Which passport?, answers: {uk: None., other: Some.}}}
",
        expect!["start/education/brief: Which passport? | Alias, Alias"],
    );
}

#[test]
fn an_answer_merged_into_another_is_found_by_what_may_be_typed() {
    check(
        LENGTH,
        &["study"],
        "{say: What for?, answers: {learning: {also: [study], say: How long?, answers: {short: x, long: y}}, work: Ask.}}",
        expect!["start/learning: How long? | Alias"],
    );
}

#[test]
fn what_was_typed_finds_an_answer_whose_key_is_gone() {
    check(
        LENGTH,
        &["study", "it is a short one"],
        "{say: What for?, answers: {study: {say: How long?, answers: {brief: {also: [short one], say: Fine.}, long: A visa.}}}}",
        expect!["end: Fine. | Kept, Rematched"],
    );
}

#[test]
fn a_number_counts_as_the_label_it_stood_for() {
    check(
        LENGTH,
        &["1"],
        "{say: What for?, answers: {work: Ask., learn: {label: Study, say: How long?, answers: {short: x}}}}",
        expect!["start/learn: How long? | Rematched"],
    );
}

#[test]
fn an_answer_that_is_gone_is_asked_again() {
    check(
        LENGTH,
        &["study", "short"],
        "{say: What for?, answers: {study: {say: How long?, answers: {a year: x, long: y}}, work: Ask.}}",
        expect!["start/study: How long? | Kept, AskedAgain"],
    );
    check(
        LENGTH,
        &["study", "short"],
        "{say: What for?, answers: {travel: Go., work: Ask.}}",
        expect!["start: What for? | AskedAgain, Unused"],
    );
}

#[test]
fn an_other_is_never_taken_for_the_other_of_another_question() {
    check(
        "say: What for?\nanswers: {study: {say: Which passport?, answers: {uk: None., other: {say: Sure?, answers: {fine: Fine., bad: Bad.}}}}}",
        &["study", "other"],
        "say: What for?\nanswers: {study: {say: Which school?, answers: {art: None., other: {say: Sure?, answers: {fine: Fine., bad: Bad.}}}}}",
        expect!["start/study: Which school? | Kept, AskedAgain"],
    );
}

#[test]
fn a_named_question_may_change_its_words() {
    let before = "{say: Go on, answers: {go: {id: hungry, say: Hungry?, answers: {'yes': Eat., 'no': Bye.}}}}";
    check(
        before,
        &["go", "yes"],
        "{say: Go on, answers: {go: {id: hungry, say: Are you hungry?, answers: {'no': Bye., 'yes': Eat.}}}}",
        expect!["end: Eat. | Kept, Kept"],
    );
    // Without the name, and with other words, nobody can know what the "yes" was for.
    check(
        before,
        &["go", "yes"],
        "{say: Go on, answers: {go: {say: Thirsty?, answers: {'yes': Drink., 'no': Bye.}}}}",
        expect!["start/go: Thirsty? | Kept, AskedAgain"],
    );
}

/// `was` and `also` of two answers never name the same: such a tree does not load.
#[test]
fn no_two_answers_can_be_what_an_answer_was() {
    for answers in [
        "{brief: {was: [short], say: a}, quick: {was: [short], say: b}}",
        "{brief: {was: [short], say: a}, quick: {also: [Short!], say: b}}",
        "{brief: {was: [quick], say: a}, quick: {was: [brief], say: b}}",
    ] {
        let loaded = treebot::load(&format!("say: How long?\nanswers: {answers}\n"));
        assert!(loaded.tree.is_none());
        assert!(loaded.diagnostics.iter().all(|found| found.code.as_str() == "T018"));
    }
}

#[test]
fn a_key_that_is_there_counts_for_more_than_what_was_typed() {
    // "short stay" is what `brief` is called now, but `short` is still an answer of its own.
    check(
        "{say: How long?, answers: {short: {label: Short stay, say: a}, long: b}}",
        &["short stay"],
        "{say: How long?, answers: {brief: {label: Short stay, say: a}, short: {label: Very short, say: c}}}",
        expect!["end: c | Kept"],
    );
}

#[test]
fn a_former_key_counts_for_more_than_what_was_typed() {
    check(
        LENGTH,
        &["study", "short"],
        "{say: What for?, answers: {study: {say: How long?, answers: {brief: {was: short, say: Fine.}, other: {label: shorter, also: [quite short], say: No.}}}}}",
        expect!["end: Fine. | Kept, Alias"],
    );
}

#[test]
fn a_yes_is_kept_where_its_question_has_the_same_words() {
    check(
        "{say: Hi, answers: {go: {say: Hungry?, answers: {'yes': Eat., 'no': Bye.}}}}",
        &["go", "yes"],
        "{say: Hello, answers: {go: {say: 'hungry', answers: {'no': {label: Not at all, say: Bye.}, maybe: Hm., 'yes': {label: Very, say: Eat!}}}}}",
        expect!["end: Eat! | Kept, Kept"],
    );
}

#[test]
fn a_yes_under_a_new_key_is_kept_where_its_question_has_the_same_words() {
    let before = "{say: Hungry?, answers: {'yes': Eat., 'no': Bye.}}";
    let plain = "{say: Go on, answers: {go: {say: Hungry?, answers: {'yes': Eat., 'no': Bye.}}}}";
    let renamed = |words: &str| {
        format!(
            "{{say: Go on, answers: {{go: {{say: '{words}', answers: {{hungry: {{was: ['yes'], say: Eat.}}, full: {{was: ['no'], say: Bye.}}}}}}}}}}"
        )
    };
    check(plain, &["go", "yes"], &renamed("Hungry?"), expect!["end: Eat. | Kept, Alias"]);
    check(
        plain,
        &["go", "yes"],
        &renamed("Tired?"),
        expect!["start/go: Tired? | Kept, AskedAgain"],
    );
    // The root has a name, so its words may change as well.
    check(
        before,
        &["yes"],
        "{say: Are you?, answers: {hungry: {was: ['yes'], say: Eat.}, full: {was: ['no'], say: Bye.}}}",
        expect!["end: Eat. | Alias"],
    );
}

#[test]
fn numbers_letters_and_the_answers_beside_the_answers_mean_nothing_elsewhere() {
    for key in ["1", "B", "1.50", "none of these", "Don't know", "Next", "Maybe", "OK"] {
        let source = |words: &str| {
            format!(
                "say: Hi\nanswers: {{go: {{say: '{words}', answers: {{\"{key}\": A., more: B.}}}}}}\n"
            )
        };
        let (before, after) = (tree(&source("How many?")), tree(&source("How few?")));
        let mut person = Person::who_said(&before, &["go"]);
        let reply = treebot::current(&before, &person.history).unwrap();
        person.press(&before, &reply, key);
        assert_eq!(found_again(&before, &person), "end: A. | Kept, Kept", "{key}");
        assert_eq!(found_again(&after, &person), "start/go: How few? | Kept, AskedAgain", "{key}");
    }
}

#[test]
fn an_answer_that_means_something_is_kept_whatever_is_asked() {
    check(
        "{say: Hi, answers: {go: {say: What do you eat?, answers: {fish: Fish., meat: Meat.}}}}",
        &["go", "fish"],
        "{say: Hi, answers: {go: {say: What do you drink?, answers: {fish: Odd., tea: Tea.}}}}",
        expect!["end: Odd. | Kept, Kept"],
    );
}

#[test]
fn what_was_typed_fits_one_answer_or_none() {
    let typed = |text: &str, answers: &str| {
        let before = tree(
            "{say: Hi, answers: {go: {say: Why?, answers: {old: {also: [red wine, 'the red one', 'not white wine', 'yes please', '12'], say: a}, keep: b}}}}",
        );
        let after =
            tree(&format!("{{say: Hi, answers: {{go: {{say: Why?, answers: {answers}}}}}}}"));
        found_again(&after, &Person::who_said(&before, &["go", text]))
    };
    let wines = "{claret: {label: red wine, say: One.}, hock: {label: white wine, say: Two.}}";
    // Tier 1 and tier 4.
    expect!["end: One. | Kept, Rematched"].assert_eq(&typed("Red wine!", wines));
    expect!["end: One. | Kept, Rematched"].assert_eq(&typed("some red wine, please", wines));
    // A part of an answer decides nothing here, nor do two answers, nor one that was refused.
    expect!["start/go: Why? | Kept, AskedAgain"].assert_eq(&typed("the red one", wines));
    expect!["start/go: Why? | Kept, AskedAgain"].assert_eq(&typed("not white wine", wines));
    expect!["start/go: Why? | Kept, AskedAgain"].assert_eq(&typed(
        "red wine",
        "{a: {also: [red], say: One.}, b: {also: [wine], say: Two.}}",
    ));
    // Never a yes, a number, or a command.
    expect!["start/go: Why? | Kept, AskedAgain"]
        .assert_eq(&typed("yes please", "{'yes': One., 'no': Two.}"));
    expect!["start/go: Why? | Kept, AskedAgain"]
        .assert_eq(&typed("12", "{'12': One., '13': Two.}"));
}

#[test]
fn a_command_is_no_answer_to_a_question_asked_later() {
    // "help" was an answer once; now it is only what helps.
    check(
        "{say: Hi, answers: {go: {say: What then?, answers: {help: Here., more: b}}}}",
        &["go", "help"],
        "{say: Hi, answers: {go: {say: What then?, answers: {assistance: {also: [help me out], say: Here.}, more: b}}}}",
        expect!["start/go: What then? | Kept, AskedAgain"],
    );
}

#[test]
fn what_was_pressed_counts_as_the_label_that_was_shown() {
    let before = tree("{say: Hi, answers: {a1: {label: A short stay, say: x}, a2: y}}");
    let after =
        tree("{say: Hi, answers: {b1: {label: Short, also: [a short stay], say: x}, b2: y}}");
    let mut person = Person::new();
    let reply = person.start(&before).reply;
    person.press(&before, &reply, "A short stay");
    expect!["end: x | Rematched"].assert_eq(&found_again(&after, &person));
}

#[test]
fn half_of_what_was_typed_is_not_what_was_typed() {
    // More than is kept with an answer: then nothing is kept, not even its beginning.
    let before = tree("{say: Hi, answers: {old: x, other: y}}");
    let after = tree(
        "{say: Hi, answers: {new: {also: [old], say: x}, older: {label: 'old thing', say: y}}}",
    );
    let gone = tree("{say: Hi, answers: {new: {label: quite old, say: x}, older: y}}");
    let person = Person::who_said(&before, &[&format!("old {}", "and ".repeat(60))]);
    expect!["end: x | Alias"].assert_eq(&found_again(&after, &person));
    expect!["start: Hi | AskedAgain"].assert_eq(&found_again(&gone, &person));
}

#[test]
fn an_else_that_was_taken_is_kept_while_there_is_one() {
    let before = "{say: Hi, answers: {go: {say: What?, answers: {x: X.}, else: {say: Else, answers: {yellow: Y.}}}}}";
    let same = "{say: Hello, answers: {go: {say: What?, answers: {z: Z.}, else: {say: Otherwise, answers: {yellow: Y!}}}}}";
    let other = "{say: Hi, answers: {go: {say: Who?, answers: {x: X.}, else: {say: Else, answers: {yellow: Y.}}}}}";
    let silent = "{say: Hi, answers: {go: {say: What?, answers: {x: X.}, else: Only x.}}}";
    check(before, &["go", "whatever", "yellow"], same, expect!["end: Y! | Kept, Kept, Kept"]);
    check(
        before,
        &["go", "whatever", "yellow"],
        other,
        expect!["start/go: Who? | Kept, AskedAgain, Unused"],
    );
    check(
        before,
        &["go", "whatever", "yellow"],
        silent,
        expect!["start/go: What? | Kept, AskedAgain, Unused"],
    );
    // An answer that now fits what fell to the `else` is what was said.
    check(
        before,
        &["go", "bananas"],
        "{say: Hi, answers: {go: {say: What?, answers: {bananas: Fruit., x: X.}}}}",
        expect!["end: Fruit. | Kept, Rematched"],
    );
}

#[test]
fn no_key_that_an_author_can_write_is_the_else() {
    let before = tree("{say: Hi, answers: {x: X.}, else: {say: Else, answers: {y: Y.}}}");
    let person = Person::who_said(&before, &["hm"]);
    for key in ["else", "=else", "'else'", "~"] {
        let after = tree(&format!("say: Hi\nanswers: {{\"{key}\": No., x: X.}}\n"));
        assert_eq!(found_again(&after, &person), "start: Hi | AskedAgain", "{key}");
    }
}

#[test]
fn a_question_that_has_changed_is_asked_again_and_says_so_once() {
    let before = tree(LENGTH);
    let after = tree(
        "{say: What for?, answers: {study: {say: How long?, answers: {a year: x, long: y}}, work: Ask.}}",
    );
    for (number, kind) in
        [InputKind::Text("uk".to_owned()), InputKind::Back, InputKind::Help, InputKind::Unsupported]
            .into_iter()
            .enumerate()
    {
        let mut person = Person::who_said(&before, &["study", "short"]);
        let reply = treebot::current(&after, &person.history).unwrap();
        assert_eq!(reply.note.unwrap().kind, NoteKind::Changed, "{number}");
        let turn = person.take(&after, kind);
        assert_eq!(turn.reply.note.unwrap().kind, NoteKind::Changed, "{number}");
        assert_eq!(person.say(&after, "hm").reply.note, None, "{number}");
        assert_eq!(treebot::current(&after, &person.history).unwrap().note, None, "{number}");
    }
}
