//! Deletions among deliveries in any order, repeated, at once, over a store that shows them late and fails: what was
//! deleted does not come back, nothing typed before stays, and what is said later counts.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use treebot::{Event, Trail, TurnOptions, turn_after};
use treebot_messenger::errors::Class;

use crate::fakes::refusal;
use crate::kv::Lateness;
use crate::stale::{Case, Does, Post, cases, does, post, read_row};

/// A script with deletions in it: somebody asks for one, and mostly says "yes" to the question whether it is meant.
fn script() -> impl Strategy<Value = Vec<(Does, i64)>> {
    let mumbles = prop::sample::select(vec!["study", "travel", "up to 6 months", "sesame"]);
    let some = prop_oneof![
        4 => does().prop_map(|does| vec![does]),
        3 => mumbles.prop_map(|text| vec![Does::Mumbles(text)]),
        3 => Just(vec![Does::Types("delete my data"), Does::Types("yes")]),
        1 => Just(vec![Does::Types("delete my data"), Does::Types("no")]),
        1 => Just(vec![Does::Forgets, Does::Types("yes")]),
        2 => any::<bool>().prop_map(|yes| vec![Does::Forgets, Does::Confirms(yes)]),
        1 => any::<bool>().prop_map(|yes| vec![Does::Confirms(yes)]),
    ];
    let list = prop::collection::vec((some, 4000_i64..9000), 2..5);
    list.prop_map(|list| {
        let each = |(all, pause): (Vec<Does>, i64)| all.into_iter().map(move |does| (does, pause));
        list.into_iter().flat_map(each).collect()
    })
}

fn run(
    level: u8,
    seed: u64,
    script: &[(Does, i64)],
    posts: &[Post],
    refusals: usize,
    failing: u64,
) -> Case {
    let case = Case::new(level, seed, script);
    case.world.kv.lateness.set(Lateness::Random);
    case.world.kv.failing_one_in.set(failing);
    let refused = (0..refusals).map(|_| refusal(Class::Transient));
    case.world.graph.script.borrow_mut().extend(refused);
    case.run(posts);
    case
}

impl Case {
    /// What holds after deletions at both levels, once everything is seen everywhere and the scheduled handler has been there.
    fn check_forgotten(&self) -> Result<(), TestCaseError> {
        let wish = self.wish();
        let rows = self.world.kv.events();
        // Nothing older comes back, and nothing newer is lost or doubled.
        let later = self.inputs.values().filter(|input| input.at > wish);
        let later: BTreeSet<String> = later.map(|input| input.id.clone()).collect();
        prop_assert_eq!(rows.len(), later.len(), "each later input once");
        prop_assert_eq!(self.ids(), later);
        Ok(())
    }

    /// What holds besides where all comes in the order in which it was said, and what is written can be seen: whoever was
    /// forgotten begins anew, and what was typed before is nowhere.
    fn check_anew(&self) -> Result<(), TestCaseError> {
        let wish = self.wish();
        let object = self.world.object(&self.world.person(7));
        let notes = object.map(|object| object.notes.borrow().clone()).unwrap_or_default();
        let all = self.world.kv.all().into_iter();
        let texts = all.flat_map(|(key, (metadata, value))| [key, metadata, value]);
        let kept: Vec<String> = texts.chain(notes.into_values()).collect();
        for (number, item) in self.items.iter().enumerate() {
            let at = item.get("timestamp").unwrap().as_i64().unwrap();
            let word = format!("zq{number}.");
            let stays = kept.iter().any(|text| text.contains(&word));
            prop_assert!(at > wish.0 || !stays, "{} was typed before the deletion", word);
        }
        let rows = self.world.kv.events();
        let events: Vec<Event> = rows.iter().rev().map(read_row).collect();
        let mut before: Vec<Option<&Event>> = vec![None];
        for event in &events {
            let input = self.inputs.get(&event.id).unwrap();
            let options = TurnOptions::default();
            let place = |before: Option<&Event>| -> Option<Trail> {
                turn_after(&self.world.tree, before, input.clone(), &options).event.place
            };
            // After one of what was said since; whatever was said before plays no part.
            prop_assert!(before.iter().any(|before| place(*before) == event.place));
            before.push(Some(event));
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn at_level_0_what_was_deleted_does_not_come_back(
        seed: u64,
        script in script(),
        posts in prop::collection::vec(post(), 1..12),
        refusals in 0_usize..8,
        failing in prop::sample::select(vec![0_u64, 0, 9, 4]),
    ) {
        run(0, seed, &script, &posts, refusals, failing).check_forgotten()?;
    }

    #[test]
    fn at_level_1_neither(
        seed: u64,
        script in script(),
        posts in prop::collection::vec(post(), 1..12),
        refusals in 0_usize..8,
        failing in prop::sample::select(vec![0_u64, 0, 9, 4]),
    ) {
        run(1, seed, &script, &posts, refusals, failing).check_forgotten()?;
    }

    /// Whatever KV shows, as at level 1 nobody asks it.
    #[test]
    fn whoever_was_forgotten_begins_anew_at_level_1(
        seed: u64,
        script in script(),
        refusals in 0_usize..8,
        failing in prop::sample::select(vec![0_u64, 0, 9, 4]),
    ) {
        let case = run(1, seed, &script, &[], refusals, failing);
        case.check_forgotten()?;
        case.check_anew()?;
    }

    #[test]
    fn whoever_was_forgotten_begins_anew_over_a_store_that_shows_everything(
        seed: u64,
        script in script(),
        failing in prop::sample::select(vec![0_u64, 0, 9, 4]),
    ) {
        let case = Case::new(0, seed, &script);
        case.world.kv.failing_one_in.set(failing);
        case.run(&[]);
        case.check_forgotten()?;
        case.check_anew()?;
    }
}
