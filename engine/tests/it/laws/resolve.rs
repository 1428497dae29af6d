//! Law 2: `resolve` is total and deterministic, and takes nothing for an answer that was not given.

use proptest::prelude::*;
use treebot::{Digest, Start, Step, StepAnswer, StepOutcome, StepReport, Trail, Tree, resolve};

use super::{config, somewhere};
use crate::support::random::{Dice, Plan, loose, plan_number};
use crate::support::{Known, all_words, answers, name, questions, tree};

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn nothing_is_taken_for_an_answer_that_was_not_given(seed: u64, other: u64) {
        let mut dice = Dice::new(seed);
        let (plan, before, mut trail) = somewhere(&mut dice);
        let plan = edited_or_another(plan, &mut dice, other);
        let after = tree(&plan.source());
        scramble(&mut trail, &before, &after, &mut dice);
        let resolved = resolve(&after, &trail);

        prop_assert_eq!(format!("{resolved:?}"), format!("{:?}", resolve(&after, &trail)));
        prop_assert_eq!(resolved.report.steps.len(), trail.steps.len());
        prop_assert_eq!(resolved.report.ahead.len(), trail.ahead.len());
        let given = trail.steps.iter().zip(&resolved.report.steps).map(|given| (given, true));
        let ahead = trail.ahead.iter().zip(&resolved.report.ahead).map(|given| (given, false));
        let mut used = 0;
        for ((step, row), in_turn) in given.chain(ahead) {
            if let Err(why) = check_row(&plan, &after, step, row, in_turn) {
                prop_assert!(false, "{why}: {row:?} for {step:?} of {:?}\nseeds {seed} {other}\n{}", row.question.map(|at| answers(&after, at)), plan.source());
            }
            used += usize::from(is_use(row.outcome));
        }
        // One record, one answer: each question on the way used one, and is on it once.
        prop_assert!(resolved.path.len() <= used);
        let mut asked: Vec<_> = resolved.path.iter().map(|(question, _)| *question).collect();
        asked.sort_unstable();
        asked.dedup();
        prop_assert_eq!(asked.len(), resolved.path.len());
        prop_assert!(!asked.contains(&resolved.place.node));
        // What the tree itself records of it leads to the same place by the same way.
        let again = resolve(&after, &resolved.trail);
        prop_assert_eq!(again.place.node, resolved.place.node);
        prop_assert_eq!(&again.path, &resolved.path);
        prop_assert_eq!(&again.trail, &resolved.trail);
        prop_assert!(again.report.start_kept);
        prop_assert!(again.report.steps.iter().all(|row| row.outcome == StepOutcome::Kept));
    }
}

/// Whether a record stands for an answer on the walk.
fn is_use(outcome: StepOutcome) -> bool {
    match outcome {
        StepOutcome::Kept | StepOutcome::Alias | StepOutcome::Rematched => true,
        StepOutcome::AskedAgain | StepOutcome::Ahead | StepOutcome::Unused => false,
    }
}

/// Half of the time the same tree after a few edits of any kind, else one that has nothing to do with it.
fn edited_or_another(mut plan: Plan, dice: &mut Dice, other: u64) -> Plan {
    if dice.chance(50) {
        return Plan::random(&mut Dice::new(other), 30);
    }
    plan.ruin(dice);
    plan
}

/// Why a record may not have been used as the report says, if so.
fn check_row(
    plan: &Plan,
    tree: &Tree,
    step: &Step,
    row: &StepReport,
    in_turn: bool,
) -> Result<(), &'static str> {
    let fail = |holds: bool, why| if holds { Ok(()) } else { Err(why) };
    let Some(question) = row.question else {
        return fail(!is_use(row.outcome) && row.answer.is_none(), "used nowhere");
    };
    let number = plan_number(tree, question);
    let known_as = |number: usize| {
        let was = plan.nodes[number].was.clone();
        let name =
            if number == 0 { Some("start".to_owned()) } else { plan.nodes[number].name.clone() };
        let is_named = name.is_some();
        let names: Vec<String> =
            name.into_iter().chain(was.into_iter().filter(|_| is_named)).collect();
        names.iter().map(|name| Digest::of(name)).collect::<Vec<_>>()
    };
    let by_name = step.question.is_some_and(|name| known_as(number).contains(&name));
    let of_another = !by_name
        && step.question.is_some_and(|name| {
            plan.standing().into_iter().any(|node| known_as(node).contains(&name))
        });
    fail(!of_another, "the record of another question")?;
    fail(in_turn || by_name, "what waits is only used by name")?;
    let fits =
        by_name || step.mark.is_none_or(|mark| mark == Digest::of(&all_words(tree, question)));
    if !is_use(row.outcome) {
        return fail(row.answer.is_none(), "an answer that was not taken");
    }
    let Some(answer) = row.answer else {
        fail(step.answer == StepAnswer::Else && fits, "an else that was not taken")?;
        return fail(plan.takes_else(number), "an else that takes nothing");
    };
    let answer = &answers(tree, question)[answer.0 as usize];
    let is = |texts: &[String]| {
        texts.iter().any(|text| step.answer == StepAnswer::Key(Digest::of(text)))
    };
    match row.outcome {
        StepOutcome::Kept => fail(fits && is(std::slice::from_ref(&answer.key)), "another key"),
        StepOutcome::Alias => {
            let planned =
                plan.nodes[number].answers.iter().find(|planned| planned.key == answer.key);
            let planned = planned.ok_or("an answer of no plan")?;
            let was: Vec<String> =
                planned.was.iter().chain(&plan.nodes[planned.node].was).cloned().collect();
            fail(fits && (is(&answer.also) || is(&was)), "never called so")
        }
        StepOutcome::Rematched => {
            let words = step.words.as_deref().ok_or("nothing was said")?;
            fail(holds(words, answer), "something else was said")
        }
        StepOutcome::AskedAgain | StepOutcome::Ahead | StepOutcome::Unused => Ok(()),
    }
}

/// Whether what was said holds the words of an answer.
fn holds(said: &str, answer: &Known) -> bool {
    let said = format!(" {} ", loose(said));
    let names = [&answer.key, &answer.label].into_iter().chain(&answer.also);
    names.map(|name| loose(name)).any(|name| said.contains(&format!(" {name} ")))
}

/// Mixes a trail up: steps of other trees, lost names and marks, words that were never said.
fn scramble(trail: &mut Trail, before: &Tree, after: &Tree, dice: &mut Dice) {
    if dice.chance(40) {
        return;
    }
    for _ in 0..dice.below(4) {
        let of = if dice.chance(50) { before } else { after };
        let question = *dice.pick(&questions(of)).unwrap();
        let answer = dice.pick(&answers(of, question)).unwrap().clone();
        let step = Step {
            question: name(of, question).filter(|_| dice.chance(70)).map(|name| Digest::of(&name)),
            answer: if dice.chance(10) {
                StepAnswer::Else
            } else {
                StepAnswer::Key(Digest::of(&answer.key))
            },
            mark: dice.chance(20).then(|| Digest::of(&all_words(of, question))),
            words: dice.chance(50).then(|| answer.label.into()),
        };
        let at = dice.below(trail.steps.len() + 1);
        if dice.chance(30) { trail.ahead.push(step) } else { trail.steps.insert(at, step) }
    }
    if dice.chance(20) {
        let of = if dice.chance(50) { before } else { after };
        let at = *dice.pick(&questions(of)).unwrap();
        trail.start =
            Start::Named(Digest::of(&name(of, at).unwrap_or_else(|| "nobody".to_owned())));
    }
    if dice.chance(20) && !trail.steps.is_empty() {
        let at = dice.below(trail.steps.len());
        trail.steps[at].words = None;
        trail.steps.truncate(at + 1);
    }
}
