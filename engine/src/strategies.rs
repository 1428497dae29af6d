//! What property tests are fed with: any trail, any event, any history.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::place::MAX_STEPS;
use crate::{Digest, Start, Step, StepAnswer, Trail};

/// Any digest.
pub(crate) fn digest() -> impl Strategy<Value = Digest> {
    (0..1_u32 << 25).prop_map(Digest)
}

/// Any step without words.
pub(crate) fn step() -> impl Strategy<Value = Step> {
    let answer = prop_oneof![
        4 => digest().prop_map(StepAnswer::Key),
        1 => Just(StepAnswer::Else),
    ];
    (option::of(digest()), answer, option::of(digest())).prop_map(|(question, answer, mark)| Step {
        question,
        answer,
        mark,
        words: None,
    })
}

/// Any trail that a code can hold, without words.
pub(crate) fn trail() -> impl Strategy<Value = Trail> {
    let start = prop_oneof![Just(Start::Root), digest().prop_map(Start::Named)];
    (start, vec(step(), 0..=MAX_STEPS), 0..=MAX_STEPS).prop_map(|(start, mut steps, ahead)| {
        let ahead = steps.split_off(ahead.min(steps.len()));
        Trail {
            start,
            steps,
            ahead,
        }
    })
}
