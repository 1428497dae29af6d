//! Names and keys, renamed.

use expect_test::{Expect, expect};

use treebot::{EdgeKind, StepOutcome, resolve};

use super::{at_caret, changed};
use crate::support::Person;
use crate::trees::visa;

fn check(source: &str, name: &str, expect: Expect) {
    let (analysis, offset) = at_caret(source);
    expect.assert_eq(&changed(&analysis, analysis.rename(offset, name)));
}

#[test]
fn a_short_answer_gets_room_for_its_old_key() {
    check(
        "say: a\nanswers:\n  st|udy: You need, say, a visa # note\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: You need, say, a visa # note
          y: c
    "#]],
    );
    check(
        "say: a\nanswers: {st|udy: You need a visa, y: c}\n",
        "learn",
        expect![[r#"
        say: a
        answers: {learn: {was: [study], say: You need a visa}, y: c}
    "#]],
    );
    check(
        "say: a\nanswers: {\"st|udy\":'You need a visa', y: c}\n",
        "learn, and so",
        expect![[r#"
        say: a
        answers: {"learn, and so": {was: [study], say: 'You need a visa'}, y: c}
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: You need\n    a visa\n\n    very much\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: You need
              a visa

              very much
          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: |\n    You need\n      a visa\n\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: |
              You need
                a visa

          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: >2-\n      You need\n    a visa\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: >2-
                You need
              a visa
          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n    st|udy:\n      You need\n      a visa\n    y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
            learn:
                was: [study]
                say:
                  You need
                  a visa
            y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: \"You need\n    a visa\"\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: "You need
              a visa"
          y: c
    "#]],
    );
}

#[test]
fn so_does_one_that_is_a_list() {
    check(
        "say: a\nanswers:\n  st|udy: [One, two]\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: [One, two]
          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: [\n    One, # note\n    two\n  ]\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: [
              One, # note
              two
            ]
          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy:\n  - One\n  - Two\n    lines\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say:
            - One
            - Two
              lines
          y: c
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: # note\n    - One\n    - {image: 'https://a.example/b', alt: c}\n  y: c\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn: # note
            was: [study]
            say:
              - One
              - {image: 'https://a.example/b', alt: c}
          y: c
    "#]],
    );
}

#[test]
fn an_answer_with_keys_gets_another() {
    check(
        "say: a\nanswers:\n  st|udy:\n    # how long?\n    say: b\n    goto: start\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            # how long?
            was: [study]
            say: b
            goto: start
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: {say: b}\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn: {was: [study], say: b}
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: {\n    say: b,\n    goto: start,\n  }\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn: {
            was: [study], say: b,
            goto: start,
          }
    "#]],
    );
    check(
        "say: a\nanswers:\n  ? st|udy\n  : say: b\n    goto: start\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          ? learn
          : was: [study]
            say: b
            goto: start
    "#]],
    );
}

#[test]
fn former_keys_are_added_to() {
    let source =
        |was: &str| format!("say: a\nanswers:\n  st|udy:\n    say: b\n    {was}\n  y: c\n");
    check(
        &source("was: old"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: [old, study]
          y: c
    "#]],
    );
    check(
        &source("was: 'old' # note"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: ['old', study] # note
          y: c
    "#]],
    );
    check(
        &source("was: old, and so"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: ["old, and so", study]
          y: c
    "#]],
    );
    check(
        &source("was: [old]"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: [old, study]
          y: c
    "#]],
    );
    check(
        &source("was: [\n      old, # note\n      older,\n    ]"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: [
              old, # note
              older, study,
            ]
          y: c
    "#]],
    );
    check(
        &source("was:\n      - old # note\n      - older"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was:
              - old # note
              - older
              - study
          y: c
    "#]],
    );
    check(
        &source("was:\n    - old\n    # note"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was:
            - old
            - study
            # note
          y: c
    "#]],
    );
    check(
        &source("was: []"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: [study]
          y: c
    "#]],
    );
    check(
        &source("was: >-\n      old"),
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            say: b
            was: ["old", study]
          y: c
    "#]],
    );
}

#[test]
fn a_former_key_comes_back() {
    check(
        "say: a\nanswers:\n  st|udy: {was: [learn, train], say: b}\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn: {was: [study, train], say: b}
    "#]],
    );
    check(
        "say: a\nanswers:\n  st|udy: {was: learn, say: b}\n",
        "Learn!",
        expect![[r#"
        say: a
        answers:
          Learn!: {was: study, say: b}
    "#]],
    );
}

#[test]
fn another_spelling_needs_no_former_key() {
    check(
        "say: a\nanswers:\n  st|udy: b\n",
        "Study!",
        expect![[r#"
        say: a
        answers:
          Study!: b
    "#]],
    );
}

#[test]
fn names_are_renamed_wherever_they_are_used() {
    check(
        "say: a\nanswers:\n  x: {say: b, id: 'leng|th'}\n  y: {goto: length}\n  z: {goto: Length}\ntests:\n  one:\n    - given: {start: x, length: y}\n    - at: \"length\"\n",
        "how long?",
        expect![[r#"
            say: a
            answers:
              x: {was: [length], say: b, id: 'how long?'}
              y: {goto: how long?}
              z: {goto: how long?}
            tests:
              one:
                - given: {start: x, how long?: y}
                - at: "how long?"
        "#]],
    );
    check(
        "say: a\nanswers:\n  x: {goto: pas|sport}\nnodes:\n  passport: Which?\n",
        "country",
        expect![[r#"
        say: a
        answers:
          x: {goto: country}
        nodes:
          country:
            was: [passport]
            say: Which?
    "#]],
    );
    check(
        "say: a\nanswers:\n  x: {goto: pas|sport}\nnodes:\n  passport:\n    say: Which?\n",
        "- odd: #1",
        expect![[r#"
        say: a
        answers:
          x: {goto: "- odd: #1"}
        nodes:
          "- odd: #1":
            was: [passport]
            say: Which?
    "#]],
    );
}

#[test]
fn answers_are_renamed_in_tests() {
    check(
        "say: a\nanswers:\n  st|udy:\n    say: b\n    answers: {short: c, long: d}\ntests:\n  one:\n    - given: {start: study, start/study: short}\n    - at: start/study\n",
        "learn",
        expect![[r#"
            say: a
            answers:
              learn:
                was: [study]
                say: b
                answers: {short: c, long: d}
            tests:
              one:
                - given: {start: learn, start/learn: short}
                - at: start/learn
        "#]],
    );
    check(
        "say: a\nanswers: {study: b}\ntests:\n  one:\n    - given:\n        start: st|udy\n",
        "learn",
        expect![[r#"
            say: a
            answers: {learn: {was: [study], say: b}}
            tests:
              one:
                - given:
                    start: learn
        "#]],
    );
}

#[test]
fn line_ends_are_kept() {
    check(
        "say: a\r\nanswers:\r\n  st|udy: b\r\n     c\r\n  y: d\r\n",
        "learn",
        expect![[r#"
        say: a␍
        answers:␍
          learn:␍
            was: [study]␍
            say: b␍
               c␍
          y: d␍
    "#]],
    );
}

#[test]
fn a_name_that_cannot_be_is_refused() {
    let answers = "say: a\nanswers:\n  st|udy: {say: b, was: train}\n  work: {say: c, label: Job, also: [earn], was: money}\n";
    refused(
        answers,
        &["", " ", "work", "JOB", "earn", "money", "a\nb"],
        expect![[r#"
        Unusable: there are no words in it
        Unusable: there are no words in it
        Taken: `work` is already there, in the answer `work`
        Taken: `JOB` is already there, in the answer `work`
        Taken: `earn` is already there, in the answer `work`
        Taken: `money` is already there, in the answer `work`
        Unusable: it must be one line, without invisible characters
    "#]],
    );
    let names = "say: a\nanswers:\n  x: {goto: pas|sport}\n  y: {say: b, id: length, was: long}\nnodes:\n  passport: {say: c, was: nation}\n  other: {say: d, was: nationality}\n";
    refused(
        names,
        &["start", "length", "OTHER", "nationality", "long"],
        expect![[r#"
        Taken: `start` is the name of the first question; choose another
        Taken: the name `length` is already there
        Taken: the name `OTHER` is already there
        Taken: `nationality` is a former name of `other`, and people may stand there still; choose another
        Taken: `long` is a former name of `length`, and people may stand there still; choose another
    "#]],
    );
}

fn refused(source: &str, names: &[&str], expect: Expect) {
    let (analysis, offset) = at_caret(source);
    let why = names.iter().map(|name| changed(&analysis, analysis.rename(offset, name)) + "\n");
    expect.assert_eq(&why.collect::<String>());
}

#[test]
fn where_there_is_no_name_there_is_nothing_to_rename() {
    check(
        "say: a|b\nanswers: {x: c}\n",
        "d",
        expect!["Nothing: there is no name and no answer here that could be renamed"],
    );
    check(
        "say: a\nanswers: {x: {goto: st|art, say: b}}\n",
        "d",
        expect!["Unusable: the beginning is always called `start`"],
    );
    check(
        "say: a\nanswers: {x: {goto: no|where, say: b}}\n",
        "d",
        expect!["Nothing: there is no name and no answer here that could be renamed"],
    );
}

#[test]
fn what_is_used_several_times_is_not_renamed_by_halves() {
    // The same answers of two questions: both are renamed, by one edit.
    check(
        "say: a\nanswers: &both\n  ye|s: {say: b}\n  no: c\nnodes:\n  n: {say: d, goto: start, answers: *both}\n",
        "sure",
        expect![[r#"
        say: a
        answers: &both
          sure: {was: ["yes"], say: b}
          no: c
        nodes:
          n: {say: d, goto: start, answers: *both}
    "#]],
    );
    // What an answer leads to stands elsewhere.
    check(
        "say: a\nanswers:\n  x: &x {say: b}\n  st|udy: *x\n",
        "learn",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
    // The old key would be one of the other answer, too.
    check(
        "say: a\nanswers:\n  st|udy: &x {say: b}\n  x: *x\n",
        "learn",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
    check(
        "say: a\nanswers:\n  st|udy: &x b\n  x: *x\n",
        "learn",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
    check(
        "say: a\nanswers:\n  x: {was: &w [old], say: b}\n  y:\n    say: c\n    answers: {st|udy: {was: *w, say: d}}\n",
        "learn",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
    // A name that is written once.
    check(
        "say: a\nanswers:\n  x: {say: b, id: &id leng|th}\n  y: {goto: *id}\n",
        "long",
        expect![[r#"
        say: a
        answers:
          x: {was: [length], say: b, id: &id long}
          y: {goto: *id}
    "#]],
    );
    check(
        "say: &id a\nanswers:\n  x: {say: b, id: *id}\n  y: {goto: |a}\n",
        "long",
        expect![
            "Repeated: this part is used several times by an alias (`*`), so it cannot be changed for one place alone; write it out first"
        ],
    );
}

#[test]
fn a_broken_source_is_mended_first() {
    check(
        "say: a\nanswers:\n  st|udy: b: c\n",
        "learn",
        expect!["Broken: part of this file cannot be read; mend that first"],
    );
    check(
        "say: a\nanswers:\n  st|udy: b\n  x: {goto: nowhere}\n",
        "learn",
        expect![[r#"
        say: a
        answers:
          learn:
            was: [study]
            say: b
          x: {goto: nowhere}
    "#]],
    );
}

#[test]
fn former_names_of_others_are_not_mixed_up() {
    check("say: a\nanswers:\n  nation: {say: b, id: country}\n  y: {goto: passport}\nnodes:\n  passport: {say: c, was: nation}\n".replace("  nation", "  na|tion").as_str(), "land", expect!["Taken: `nation` is a former name of `passport` too, so it could not be told who stands where"]);
}

#[test]
fn everybody_keeps_their_place_when_half_of_the_visa_advisor_is_renamed() {
    let before = visa();
    let places = every_place(&before);
    let mut analysis = super::read(&crate::trees::source("uk-visa.yaml"));
    let mut renamed = 0;
    // From the end, so that what comes before stays where it is; half of it, as each takes a few readings.
    let nodes = analysis.graph().nodes.len();
    for number in (0..nodes).rev().step_by(2) {
        let graph = analysis.graph();
        let node = &graph.nodes[number];
        let mut places: Vec<usize> = graph
            .edges
            .iter()
            .filter(|edge| edge.to == node.id && matches!(edge.kind, EdgeKind::Answer { .. }))
            .map(|edge| edge.span.start)
            .collect();
        if let Some(name) = node.name.as_ref().filter(|name| *name != "start") {
            let of = &analysis.source()[node.span.start..];
            let id = of.find(&format!("id: {name}")).map(|at| at + "id: ".len());
            let is_shared = of.starts_with(name.as_str());
            places.push(node.span.start + if is_shared { 0 } else { id.unwrap() });
        }
        places.sort_unstable();
        for at in places.into_iter().rev() {
            renamed += 1;
            let edits = analysis.rename(at, &format!("renamed {renamed}")).unwrap();
            let source = treebot::apply(analysis.source(), &edits).unwrap();
            analysis = super::read(&source);
        }
    }
    assert!(renamed > 60, "{renamed}");
    let after = analysis.tree().unwrap();
    assert_eq!(before.len(), after.len());
    for trail in places {
        let (old, new) = (resolve(&before, &trail), resolve(after, &trail));
        assert_eq!(old.place.node, new.place.node);
        assert!(
            new.report
                .steps
                .iter()
                .all(|step| { matches!(step.outcome, StepOutcome::Kept | StepOutcome::Alias) })
        );
    }
}

/// The trail to each place that buttons lead to.
fn every_place(tree: &treebot::Tree) -> Vec<treebot::Trail> {
    let mut person = Person::new();
    let mut waiting = vec![person.start(tree)];
    let mut trails = Vec::new();
    while let Some(turn) = waiting.pop() {
        trails.push(turn.event.place.clone().unwrap());
        for choice in &turn.reply.choices {
            waiting.push(person.tap(tree, choice.code.as_str(), &choice.label));
        }
        waiting.retain(|turn| !trails.contains(turn.event.place.as_ref().unwrap()));
    }
    trails
}
