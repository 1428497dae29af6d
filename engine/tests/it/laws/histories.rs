//! Laws 6 and 9: what is remembered, however it is learned, and how it is written down.

use proptest::prelude::*;
use treebot::{Event, History, Input, InputKind, Millis, TurnOptions};

use super::config;
use crate::support::random::{Dice, Plan, talk};
use crate::support::tree;

/// Everything in a value; `==` does not look at the words of steps.
fn all_of(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
}

proptest! {
    #![proptest_config(config(1000))]

    /// Law 6: events in any order, any number of times, one by one or many at once, are the same history
    /// and place.
    #[test]
    fn the_order_in_which_events_are_learned_does_not_matter(seed: u64) {
        let mut dice = Dice::new(seed);
        let tree = tree(&Plan::random(&mut dice, 30).source());
        let turns = dice.below(14);
        let person = talk(&tree, &mut dice, turns);
        let events = person.history.events();
        let mut left: Vec<Event> = events.iter().chain(events.iter().filter(|_| dice.chance(50))).cloned().collect();
        let mut parts = vec![History::new()];
        while !left.is_empty() {
            let event = left.swap_remove(dice.below(left.len()));
            if dice.chance(20) {
                parts.push(History::new());
            }
            let at = dice.below(parts.len());
            parts[at].insert(event);
        }
        let mut other = History::new();
        while !parts.is_empty() {
            let part = parts.swap_remove(dice.below(parts.len()));
            other.merge(part.clone());
            if dice.chance(20) {
                other.merge(part);
            }
        }
        prop_assert_eq!(all_of(&other), all_of(&person.history));
        prop_assert_eq!(other.trail(), person.history.trail());
        prop_assert_eq!(treebot::current(&tree, &other), treebot::current(&tree, &person.history));
        prop_assert_eq!(other.to_json(), person.history.to_json());
        for event in events {
            prop_assert!(other.contains(&event.id));
        }
    }

    /// Law 9: a stored history reads, and writing and reading it changes nothing. One event is enough to
    /// go on.
    #[test]
    fn a_stored_conversation_goes_on(seed: u64) {
        let mut dice = Dice::new(seed);
        let tree = tree(&Plan::random(&mut dice, 30).source());
        let turns = dice.below(14);
        let person = talk(&tree, &mut dice, turns);
        let stored = person.history.to_json();
        let read = History::from_json(&stored).unwrap();
        prop_assert_eq!(all_of(&read), all_of(&person.history));
        prop_assert_eq!(read.to_json(), stored);
        let compact = person.history.newest().unwrap().to_compact(1024);
        let event = Event::from_compact(&compact).unwrap();
        prop_assert_eq!(event.to_compact(1024), compact);
        let mut one = History::new();
        one.insert(event);
        prop_assert_eq!(treebot::current(&tree, &one), treebot::current(&tree, &person.history));
        for (number, text) in ["1", "yes", "back", "what?", "hello"].into_iter().enumerate() {
            let next = Input { at: Millis(10_000), id: format!("next {number}"), kind: InputKind::Text(text.to_owned()) };
            let options = TurnOptions { sees_current: dice.chance(50), ..TurnOptions::default() };
            let (short, whole) = (treebot::turn(&tree, &one, &next, &options), treebot::turn(&tree, &person.history, &next, &options));
            prop_assert_eq!(&short.reply, &whole.reply, "seed {}", seed);
            prop_assert_eq!(&short.event, &whole.event);
        }
    }
}
