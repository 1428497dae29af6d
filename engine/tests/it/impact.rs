//! What an edit does to everybody who is in the middle of a conversation.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use treebot::{
    Impact, ImpactOutcome, StepOutcome, Trail, Tree, each_path, impact, impact_within, resolve,
};

use crate::support::random::{Dice, Plan, plan_number};
use crate::support::tree;
use crate::trees::source;

/// Shows what an edit does, but for what is simply kept.
fn check(old: &str, new: &str, expect: Expect) {
    let impact = impact(&tree(old), &tree(new));
    let mut out = String::new();
    for row in &impact.rows {
        if row.outcome == ImpactOutcome::Kept {
            continue;
        }
        let told = match (row.told, row.outcome) {
            (
                false,
                ImpactOutcome::Elsewhere | ImpactOutcome::AskedAgain | ImpactOutcome::AskedFirst,
            ) => " SILENTLY",
            (true, _) | (false, _) => "",
        };
        let step = match &row.step {
            Some(step) => format!(", by {} of {}", step.answer, step.question),
            None => String::new(),
        };
        writeln!(
            out,
            "{} × {} -> {}: {}{told}{step}",
            row.places,
            row.old_name,
            row.new_name,
            row.outcome.as_str()
        )
        .unwrap();
    }
    writeln!(out, "{} kept", impact.counts.kept).unwrap();
    assert!(impact.complete);
    expect.assert_eq(&out);
}

const OLD: &str = "
say: Why do you come?
answers:
  study:
    say: How long will you study?
    answers:
      short: No visa.
      long: A visa.
  work:
    say: What is your job?
    id: job
    answers:
      nurse: {goto: health}
      cook: {goto: skilled}
nodes:
  health: A health visa.
  skilled: A work visa.
";

fn edit(from: &str, to: &str, expect: Expect) {
    assert!(OLD.contains(from), "{from}");
    check(OLD, &OLD.replacen(from, to, 1), expect);
}

#[test]
fn an_edit_of_words_keeps_everybody() {
    edit(
        "Why do you come?",
        "What brings you here?",
        expect![[r#"
        7 kept
    "#]],
    );
    edit(
        "How long will you study?",
        "For how long?",
        expect![[r#"
        7 kept
    "#]],
    );
    edit(
        "No visa.",
        "You need none.",
        expect![[r#"
        7 kept
    "#]],
    );
    edit(
        "A health visa.",
        "The visa for nurses.",
        expect![[r#"
        7 kept
    "#]],
    );
    edit(
        "    id: job\n",
        "",
        expect![[r#"
        7 kept
    "#]],
    );
    edit(
        "say: How long will you study?",
        "say: How long?\n    id: length",
        expect![[r#"
        7 kept
    "#]],
    );
}

#[test]
fn a_renamed_key_is_an_alias_with_was_and_rematched_where_the_words_still_fit() {
    edit(
        "  study:\n",
        "  learn:\n    was: [study]\n",
        expect![[r#"
        1 × start/study -> start/learn: alias, by study of start
        1 × start/study/short -> start/learn/short: alias, by study of start
        1 × start/study/long -> start/learn/long: alias, by study of start
        4 kept
    "#]],
    );
    edit(
        "  study:\n",
        "  learn:\n    label: study\n",
        expect![[r#"
        1 × start/study -> start/learn: rematched, by study of start
        1 × start/study/short -> start/learn/short: rematched, by study of start
        1 × start/study/long -> start/learn/long: rematched, by study of start
        4 kept
    "#]],
    );
    edit(
        "  study:\n",
        "  learn:\n",
        expect![[r#"
        1 × start/study -> start: asked-again, by study of start
        1 × start/study/short -> start: asked-again, by study of start
        1 × start/study/long -> start: asked-again, by study of start
        4 kept
    "#]],
    );
}

#[test]
fn an_answer_that_is_gone_is_asked_again() {
    edit(
        "      nurse: {goto: health}\n",
        "",
        expect![[r#"
        1 × health -> job: asked-again, by nurse of job
        6 kept
    "#]],
    );
}

#[test]
fn another_question_in_its_place_is_found_out() {
    // Other words and other answers: nobody would be told.
    edit(
        "    say: How long will you study?\n    answers:\n      short: No visa.\n      long: A visa.\n",
        "    say: What will you study?\n    answers:\n      music: A visa.\n      maths: A visa.\n",
        expect![[r#"
            1 × start/study -> start/study: elsewhere SILENTLY, by study of start
            1 × start/study/short -> start/study: asked-again, by short of start/study
            1 × start/study/long -> start/study: asked-again, by long of start/study
            4 kept
        "#]],
    );
    // Even under the same name.
    edit(
        "    say: What is your job?\n    id: job\n    answers:\n      nurse: {goto: health}\n      cook: {goto: skilled}\n",
        "    say: Have you an offer?\n    id: job\n    answers:\n      good: {goto: health}\n      bad: {goto: skilled}\n",
        expect![[r#"
            1 × job -> job: elsewhere SILENTLY, by work of start
            1 × health -> job: asked-again, by nurse of job
            1 × skilled -> job: asked-again, by cook of job
            4 kept
        "#]],
    );
}

#[test]
fn a_question_put_before_is_asked_first_and_never_takes_an_answer_of_another() {
    edit(
        "  study:\n    say: How long will you study?\n",
        "  study:\n    say: Where?\n    answers:\n      here: {goto: length}\n      there: No visa.\n  x:\n    say: How long will you study?\n    id: length\n",
        expect![[r#"
            1 × start/study -> start/study: elsewhere SILENTLY, by study of start
            1 × start/study/short -> start/study: asked-again, by short of start/study
            1 × start/study/long -> start/study: asked-again, by long of start/study
            4 kept
        "#]],
    );
    // The same answers, so what was said about one counts for the other.
    let old = "say: A drink?\nanswers:\n  small: {say: A sip.}\n  large: {say: A gulp.}\n";
    let new = "say: A burger?\nanswers:\n  small: {say: A drink?, answers: {small: A sip., large: A gulp.}}\n  large: {say: A bite.}\n";
    check(
        old,
        new,
        expect![[r#"
            1 × start -> start: elsewhere SILENTLY
            1 × start/large -> start/large: elsewhere SILENTLY, by large of start
            1 × start/small -> start/small: elsewhere, by small of start
            0 kept
        "#]],
    );
}

#[test]
fn an_end_that_is_another_one_is_found_out() {
    edit(
        "nurse: {goto: health}",
        "nurse: {goto: skilled}",
        expect![[r#"
        1 × health -> skilled: elsewhere SILENTLY, by nurse of job
        6 kept
    "#]],
    );
    edit(
        "short: No visa.",
        "short: {goto: skilled}",
        expect![[r#"
        1 × start/study/short -> skilled: elsewhere SILENTLY, by short of start/study
        6 kept
    "#]],
    );
    edit(
        "cook: {goto: skilled}",
        "cook: {say: Sure?, answers: {sure: {goto: skilled}, unsure: Think.}}",
        expect![[r#"
            1 × skilled -> job/cook: asked-first, by cook of job
            6 kept
        "#]],
    );
    edit(
        "    say: How long will you study?\n    answers:\n      short: No visa.\n      long: A visa.\n",
        "    say: You need a visa.\n",
        expect![[r#"
            1 × start/study -> start/study: elsewhere, by study of start
            6 kept
        "#]],
    );
}

#[test]
fn a_question_that_went_leaves_its_answers_to_nobody() {
    // "small" was said about the drink; now only the burger is asked, which has a "small" too.
    let old = "say: Hungry?\nanswers:\n  so so:\n    say: A drink?\n    id: drink\n    answers:\n      small: {goto: burger}\n      large: {goto: burger}\n  no: Bye.\nnodes:\n  burger: {say: A burger?, answers: {small: A bite., large: A meal.}}\n";
    let new = "say: Hungry?\nanswers:\n  so so: {goto: burger}\n  no: Bye.\nnodes:\n  burger: {say: A burger?, answers: {small: A bite., large: A meal.}}\n";
    check(
        old,
        new,
        expect![[r#"
        1 × drink -> burger: elsewhere SILENTLY, by so so of start
        1 × burger -> burger/small: elsewhere, by small of drink
        1 × burger -> burger/large: elsewhere, by large of drink
        6 kept
    "#]],
    );
}

#[test]
fn the_limit_is_told() {
    let tree = tree(&source("uk-visa.yaml"));
    let all = impact(&tree, &tree);
    assert!(all.complete);
    let some = impact_within(&tree, &tree, all.counts.all() - 1);
    assert!(!some.complete);
    assert_eq!(some.counts.all(), all.counts.all() - 1);
    assert!(impact_within(&tree, &tree, all.counts.all()).complete);
}

#[test]
fn our_trees_are_kept_by_themselves() {
    for name in ["uk-visa.yaml", "coffee-machine.yaml", "cave.yaml", "first.yaml"] {
        let tree = tree(&source(name));
        let impact = impact(&tree, &tree);
        assert_eq!(impact.counts.kept, impact.counts.all(), "{name}: {impact:#?}");
    }
}

/// The trails of all places of a tree, found in another way than `impact` finds them.
fn trails(tree: &Tree) -> Vec<Trail> {
    let mut seen = std::collections::BTreeSet::new();
    let mut trails = Vec::new();
    for path in each_path(tree) {
        for length in 0..=path.steps.len() {
            let is_whole = length == path.steps.len();
            if is_whole && path.kind == treebot::PathKind::Loop {
                continue;
            }
            let part = treebot::Path { steps: path.steps[..length].to_vec(), ..path.clone() };
            if seen.insert(part.steps.clone()) {
                trails.push(part.trail(tree));
            }
        }
    }
    trails
}

fn moved(impact: &Impact) -> usize {
    let counts = impact.counts;
    counts.elsewhere + counts.asked_again + counts.asked_first
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_moves_nobody(seed: u64) {
        let tree = tree(&Plan::random(&mut Dice::new(seed), 40).source());
        let impact = impact_within(&tree, &tree, 2000);
        prop_assert_eq!(impact.counts.kept, impact.counts.all(), "{:#?}", impact.rows);
    }

    /// Law 3, of every place at once.
    #[test]
    fn edits_of_words_are_kept_or_aliases(seed: u64) {
        let mut dice = Dice::new(seed);
        let mut plan = Plan::random(&mut dice, 40);
        let before = plan.source();
        let old = tree(&before);
        plan.edit_without_moving_anybody(&mut dice);
        let new = tree(&plan.source());
        let impact = impact_within(&old, &new, 2000);
        prop_assert_eq!(moved(&impact), 0, "seed {}\n{}\n---\n{}\n{:#?}", seed, before, plan.source(), impact.rows);
        prop_assert_eq!(impact.counts.rematched, 0);
    }

    /// Whoever is said to be kept at a question stands at the very one where they stood, whatever was edited.
    #[test]
    fn nobody_is_said_to_be_kept_who_is_not(seed: u64) {
        let mut dice = Dice::new(seed);
        let mut plan = Plan::random(&mut dice, 25);
        let before = plan.source();
        let old = tree(&before);
        for _ in 0..=dice.below(4) {
            plan.edit_that_moves(&mut dice);
        }
        let after = plan.source();
        let Some(new) = treebot::load(&after).tree else { return Ok(()) };
        let impact = impact(&old, &new);
        // One that took the place of another which is gone, with some of its answers, is that other one reworded
        // for all that anybody can see.
        let left: std::collections::BTreeSet<usize> =
            new.nodes().filter(|node| node.is_question()).map(|node| plan_number(&new, node.id())).collect();
        let is_another = |old_question, new_question| {
            let number = plan_number(&old, old_question);
            number != plan_number(&new, new_question) && left.contains(&number)
        };
        // An answer that was given to one question and is used for another is never passed over.
        let trails = trails(&old);
        let mistaken = trails.iter().filter(|trail| {
            let given = resolve(&old, trail).report.steps;
            let used = resolve(&new, trail).report.steps;
            given.iter().zip(&used).any(|(given, used)| {
                used.answer.is_some() && is_another(given.question.unwrap(), used.question.unwrap())
            })
        });
        prop_assert!(mistaken.count() <= impact.counts.elsewhere, "seed {}\n{}\n---\n{}", seed, before, after);
        for row in &impact.rows {
            let is_question = new.get(row.new).unwrap().is_question();
            let is_kept = matches!(row.outcome, ImpactOutcome::Kept | ImpactOutcome::Alias | ImpactOutcome::Rematched);
            if is_kept && is_question {
                prop_assert!(!is_another(row.old, row.new), "seed {}: {:#?}\n{}\n---\n{}", seed, row, before, after);
            }
            // And the other way round: who stands where they stood, and gave no answer that is gone, is kept.
            if !is_kept && row.outcome == ImpactOutcome::AskedFirst {
                prop_assert!(plan_number(&old, row.old) != plan_number(&new, row.new), "seed {}: {:#?}\n{}\n---\n{}", seed, row, before, after);
            }
        }
    }

    /// Any edit: the counts are those of every trail resolved one by one.
    #[test]
    fn counts_agree_with_each_trail(seed: u64) {
        let mut dice = Dice::new(seed);
        let mut plan = Plan::random(&mut dice, 25);
        let old = tree(&plan.source());
        if dice.chance(50) {
            plan.edit_without_moving_anybody(&mut dice);
        }
        plan.edit_off_the_path(&[], 0, &mut dice);
        let source = plan.source();
        // What an edit leaves of a tree may be no tree.
        let Some(new) = treebot::load(&source).tree else { return Ok(()) };
        let impact = impact(&old, &new);
        let trails = trails(&old);
        prop_assert_eq!(impact.counts.all(), trails.len());
        let mut by_place = std::collections::BTreeMap::new();
        let mut stopped = 0;
        for trail in &trails {
            let stood = resolve(&old, trail).place.node;
            let resolved = resolve(&new, trail);
            *by_place.entry((stood, resolved.place.node)).or_insert(0) += 1;
            stopped += usize::from(resolved.report.steps.iter().any(|step| step.outcome == StepOutcome::AskedAgain));
        }
        let mut by_row = std::collections::BTreeMap::new();
        for row in &impact.rows {
            *by_row.entry((row.old, row.new)).or_insert(0) += row.places;
        }
        prop_assert_eq!(by_place, by_row);
        prop_assert!(impact.counts.asked_again <= stopped);
        prop_assert!(stopped <= impact.counts.asked_again + impact.counts.elsewhere);
    }
}
