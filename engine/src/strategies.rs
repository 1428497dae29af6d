//! What property tests are fed with: any trail, any event, any history.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::place::MAX_STEPS;
use crate::{
    Asked, Digest, Event, History, HostEvent, Match, Message, Millis, Pending, Recorded, Start,
    Step, StepAnswer, Tier, Trail,
};

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
        Trail { start, steps, ahead }
    })
}

/// Any words: short, long, in any script, with whatever needs escaping.
pub(crate) fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,9}( [a-z]{1,9}){0,5}",
        1 => any::<String>(),
        1 => r#"["\\\n\x00é日😀]{0,250}"#,
        1 => (150..250_usize).prop_map(|count| "é ".repeat(count / 2)),
    ]
}

/// Any trail that can be stored, some of its steps with words.
pub(crate) fn spoken_trail() -> impl Strategy<Value = Trail> {
    let words = vec(option::of(words()), 0..6);
    (trail(), 0..=MAX_STEPS, words).prop_map(|(mut trail, silent, words)| {
        let steps = trail.steps.iter_mut().chain(&mut trail.ahead);
        let spoken = steps.skip(silent).zip(words);
        spoken.for_each(|(step, words)| step.words = words.map(Into::into));
        trail
    })
}

/// Any event, of any time and id.
pub(crate) fn event() -> impl Strategy<Value = Event> {
    let id = prop_oneof![
        4 => "[A-Za-z0-9_.:$-]{1,120}",
        1 => any::<String>(),
        1 => "[A-Za-z0-9]{190,210}",
    ];
    let when = (any::<i64>().prop_map(Millis), id);
    let turn = (recorded(), option::of(matched()), option::of(spoken_trail()));
    let asked = option::of((option::of(digest()), digest()))
        .prop_map(|asked| asked.map(|(name, words)| Asked { name, words }));
    let pending =
        prop_oneof![Just(Pending::Nothing), Just(Pending::Restart), Just(Pending::Forget)];
    let after = (asked, vec(digest(), 0..50), any::<u8>(), pending, vec(message(), 0..4));
    (when, turn, after).prop_map(|((at, id), (input, matched, place), after)| {
        let (asked, shown, misses, pending, said) = after;
        Event { at, id, input, matched, place, asked, shown, misses, pending, said }
    })
}

/// Events among which many share their time, or even their time and id, with different contents.
pub(crate) fn clashing_events() -> impl Strategy<Value = Vec<Event>> {
    let clashing = (event(), 0..4_i64, "[abc]").prop_map(|(event, at, id)| Event {
        at: Millis(at),
        id,
        ..event
    });
    vec(clashing, 0..8)
}

/// Any history.
pub(crate) fn history() -> impl Strategy<Value = History> {
    prop_oneof![vec(event(), 0..8), clashing_events()].prop_map(History::of)
}

fn recorded() -> impl Strategy<Value = Recorded> {
    prop_oneof![
        4 => words().prop_map(Recorded::Text),
        2 => words().prop_map(Recorded::Tap),
        1 => any::<i64>().prop_map(|until| Recorded::Host(HostEvent::MutedUntil(Millis(until)))),
        2 => prop::sample::select(vec![
            Recorded::Start,
            Recorded::Back,
            Recorded::Restart,
            Recorded::Help,
            Recorded::Forget,
            Recorded::Unsupported,
            Recorded::Host(HostEvent::Failed),
        ]),
    ]
}

fn matched() -> impl Strategy<Value = Match> {
    let tier = prop::sample::select(Tier::ALL.to_vec());
    (tier, option::of(words()), vec(words(), 0..4)).prop_map(|(tier, answer, rivals)| Match {
        tier,
        answer,
        rivals,
    })
}

fn message() -> impl Strategy<Value = Message<'static>> {
    prop_oneof![
        words().prop_map(Message::new),
        (words(), words())
            .prop_map(|(address, alt)| Message::Image { address: address.into(), alt: alt.into() }),
    ]
}
