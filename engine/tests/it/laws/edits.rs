//! Laws 3 and 4: who is moved by an edit, and who is not.

use proptest::prelude::*;
use treebot::{InputKind, NodeId, Resolved, StepOutcome, Tree, resolve};

use super::{config, somewhere};
use crate::support::random::{Dice, Plan, plan_number, talk};
use crate::support::{Person, answers, tree};

proptest! {
    #![proptest_config(config(1200))]

    /// Law 3: edits of words, labels, order, siblings and `also`, ids given, taken away and renamed, keys
    /// and names renamed with `was`, and questions moved under `nodes` with their names keep every place.
    #[test]
    fn edits_of_words_move_nobody(seed: u64) {
        let mut dice = Dice::new(seed);
        let plan = Plan::random(&mut dice, 40);
        let before = tree(&plan.source());
        let turns = dice.below(12);
        let person = talk(&before, &mut dice, turns);
        let trail = person.history.trail().unwrap();
        let stood = plan_number(&before, resolve(&before, trail).place.node);
        let mut edited = plan.clone();
        edited.edit_without_moving_anybody(&mut dice);
        let after = tree(&edited.source());
        let resolved = resolve(&after, trail);
        prop_assert_eq!(plan_number(&after, resolved.place.node), stood, "seed {}\n{}\n---\n{}\n{:?}", seed, plan.source(), edited.source(), resolved);
        prop_assert!(resolved.report.all_kept(), "seed {}\n{:?}", seed, resolved.report);
        // Whoever comes back is not told of any change.
        prop_assert_eq!(treebot::current(&after, &person.history).unwrap().note, None, "seed {}", seed);
        // What the new tree records means the same to it, and to it after more edits of the kind.
        let again = resolve(&after, &resolved.trail);
        prop_assert_eq!(again.place.node, resolved.place.node);
        prop_assert_eq!(&again.trail, &resolved.trail);
        edited.edit_without_moving_anybody(&mut dice);
        let later = tree(&edited.source());
        prop_assert_eq!(plan_number(&later, resolve(&later, &resolved.trail).place.node), stood, "seed {}", seed);
    }

    /// Law 4: whatever is edited off the path that was taken, the place stays.
    #[test]
    fn edits_off_the_path_move_nobody(seed: u64) {
        let mut dice = Dice::new(seed);
        let (mut plan, before, trail) = somewhere(&mut dice);
        let resolved = resolve(&before, &trail);
        let stood = plan_number(&before, resolved.place.node);
        let source = plan.source();
        plan.edit_off_the_path(&path(&plan, &before, &resolved), stood, &mut dice);
        let after = tree(&plan.source());
        let moved = resolve(&after, &trail);
        prop_assert_eq!(plan_number(&after, moved.place.node), stood, "seed {}\n{}\n---\n{}\n{:?}", seed, source, plan.source(), moved);
        prop_assert!(moved.report.steps.iter().all(|row| row.outcome == StepOutcome::Kept));
        prop_assert_eq!(&moved.trail, &resolved.trail);
    }

    /// Named questions that are put in before others are asked; then everybody stands where they stood.
    #[test]
    fn answers_wait_behind_new_questions(seed: u64) {
        let mut dice = Dice::new(seed);
        let mut plan = Plan::all_named(&mut dice, 30);
        let before = tree(&plan.source());
        let turns = dice.below(10);
        let mut person = talk(&before, &mut dice, turns);
        // No question of the bot's own is open.
        person.take(&before, InputKind::Help);
        let trail = person.history.trail().unwrap().clone();
        let resolved = resolve(&before, &trail);
        let stood = plan_number(&before, resolved.place.node);
        let new = plan.put_questions_in(&path(&plan, &before, &resolved), &mut dice);
        let after = tree(&plan.source());
        for _ in 0..=new.len() {
            let here = resolve(&after, person.history.trail().unwrap()).place;
            if !new.contains(&plan_number(&after, here.node)) {
                break;
            }
            // Its one answer, pressed: as Messenger would show it.
            let reply = treebot::current(&after, &person.history).unwrap();
            let choice = reply.choices[0].clone();
            person.tap(&after, choice.code.as_str(), &choice.label);
        }
        let found = resolve(&after, person.history.trail().unwrap());
        prop_assert_eq!(plan_number(&after, found.place.node), stood, "seed {}\n{}\n{:?}", seed, plan.source(), found);
    }

    /// However a tree is edited, what is typed or pressed next is an answer to the question that was
    /// asked, or it is none.
    #[test]
    fn nothing_is_an_answer_to_a_question_that_was_not_asked(seed: u64) {
        let mut dice = Dice::new(seed);
        let plan = Plan::all_named(&mut dice, 30);
        let before = tree(&plan.source());
        let turns = dice.below(10);
        let person = talk(&before, &mut dice, turns);
        let stood = resolve(&before, person.history.trail().unwrap());
        let here = stood.place.node;
        let mut edited = plan.clone();
        if dice.chance(50) {
            edited.put_questions_in(&path(&plan, &before, &stood), &mut dice);
        } else {
            edited.ruin(&mut dice);
        }
        let after = tree(&edited.source());
        let kept = resolve(&after, person.history.trail().unwrap());
        // A name that is gone without a trace may be the question's own or that of one that took its place.
        let asked = plan_number(&before, here);
        let name = plan.nodes[asked].name.clone().unwrap_or_default();
        let known_as = |node: usize| edited.nodes[node].name.iter().chain(&edited.nodes[node].was).any(|known| *known == name);
        let is_known = asked == 0 || edited.standing().into_iter().any(known_as);
        prop_assume!(is_known);
        for answer in answers(&before, here).iter().take(3) {
            let mut typist = Person { history: person.history.clone(), now: person.now };
            let turn = typist.say(&after, &answer.label);
            let taken = turn.event.place.clone().unwrap().steps.len() > kept.trail.steps.len();
            let stands = plan_number(&after, kept.place.node);
            prop_assert!(!taken || stands == asked, "seed {seed}: {} was said at {asked}, taken at {stands}\n{}\n---\n{}", answer.label, plan.source(), edited.source());
            prop_assert!(!turn.reply.messages.is_empty());
        }
        for choice in treebot::current(&before, &person.history).unwrap().choices {
            let mut presser = Person { history: person.history.clone(), now: person.now };
            let turn = presser.tap(&after, choice.code.as_str(), &choice.label);
            prop_assert!(!turn.reply.messages.is_empty(), "seed {seed}");
            let found = resolve(&after, turn.event.place.as_ref().unwrap());
            // A button that says nothing of a change was pressed at its own question, or at one that a loop
            // has led away from since. (What is asked after it now may have been answered before.)
            let way: Vec<usize> = found.path.iter().map(|(question, _)| plan_number(&after, *question)).collect();
            let here = plan_number(&after, found.place.node);
            let at_own = way.contains(&asked) || here == asked || after_loop(&edited, &after, &found);
            prop_assert!(turn.reply.note.is_some() || at_own, "seed {seed}: {} was pressed at {asked}, taken at {way:?}\n{}\n---\n{}", choice.label, plan.source(), edited.source());
        }
    }

    /// Nobody is lost for good: whatever was edited, the conversation can be gone on with to an end or
    /// round, by what it offers.
    #[test]
    fn whoever_is_moved_can_go_on(seed: u64) {
        let mut dice = Dice::new(seed);
        let (mut plan, before, _) = somewhere(&mut dice);
        let turns = dice.below(10);
        let mut person = talk(&before, &mut dice, turns);
        plan.ruin(&mut dice);
        let after = tree(&plan.source());
        for _ in 0..30 {
            let reply = treebot::current(&after, &person.history).unwrap();
            prop_assert!(!reply.messages.is_empty());
            let place = resolve(&after, person.history.trail().unwrap()).place;
            let turn = match dice.pick(&reply.choices).cloned() {
                Some(choice) => person.tap(&after, choice.code.as_str(), &choice.label),
                None if place.is_end() => break,
                // What is not shown can be typed, once the question was asked.
                None => {
                    person.take(&after, InputKind::Help);
                    let label = dice.pick(&answers(&after, place.node)).unwrap().label.clone();
                    person.say(&after, &label)
                }
            };
            prop_assert!(!turn.reply.messages.is_empty(), "seed {seed}");
            // What is offered now is taken now: nothing about it has changed.
            prop_assert_ne!(turn.reply.kind, treebot::ReplyKind::Unclear, "seed {}\n{}", seed, plan.source());
            prop_assert_eq!(&turn.reply.note, &None, "seed {}\n{}", seed, plan.source());
        }
    }
}

/// Whether an answer that leads round was taken last: then the way does not show it.
fn after_loop(plan: &Plan, tree: &Tree, found: &Resolved<'_>) -> bool {
    let here = plan_number(tree, found.place.node);
    here == 0 || plan.nodes.iter().any(|node| node.goto == Some(here))
}

/// The questions on the way to a place, each with the node that follows there, by the plan's numbers.
pub(super) fn path(plan: &Plan, tree: &Tree, resolved: &Resolved<'_>) -> Vec<(usize, usize)> {
    let step = |(question, answer): &(NodeId, Option<treebot::AnswerId>)| {
        let number = plan_number(tree, *question);
        let child = match answer {
            Some(answer) => {
                let key = &answers(tree, *question)[answer.0 as usize].key;
                plan.nodes[number].answers.iter().find(|planned| planned.key == *key).unwrap().node
            }
            None => plan.nodes[number].otherwise.unwrap(),
        };
        (number, child)
    };
    resolved.path.iter().map(step).collect()
}
