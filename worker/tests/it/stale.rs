//! Any permutation, repetition, staleness and passing failure of one person's deliveries: nothing is lost or doubled
//! in the history, taps are always right, and typed text is only answered at a place that the store once held.
//!
//! Level 1 promises more: each input is understood after all that were answered before it.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use futures_executor::block_on;
use futures_util::future::join_all;
use proptest::prelude::*;
use serde_json::{Value, json};
use treebot::{
    Event, History, HostEvent, Input, InputKind, Millis, PlaceCode, Recorded, Trail, TurnOptions,
    turn, turn_after,
};
use treebot_messenger::errors::Class;
use treebot_messenger::incoming::{FORGET_NO, FORGET_YES, Pages, read};
use treebot_worker::deletion::{callback, status};
use treebot_worker::sequencer::FORGOTTEN;
use treebot_worker::store::{Row, Wish};

use crate::deletion::SIGNED;
use crate::fakes::{PAGE, World, item, presses, refusal};
use crate::kv::{Lateness, Location, STALE};

/// What the person does.
#[derive(Clone, Debug)]
pub(crate) enum Does {
    Types(&'static str),
    /// The same, with a word behind it that is typed only once.
    Mumbles(&'static str),
    /// A button that this bot once showed, by its place in a list of all.
    Taps(prop::sample::Index),
    Starts,
    /// The menu's "Delete my data".
    Forgets,
    /// "Yes" or "No" under the question whether that is meant.
    Confirms(bool),
}

/// One post: which of the inputs it holds, in this order, and to which isolate it goes after how long.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    holds: Vec<prop::sample::Index>,
    isolate: usize,
    after: i64,
    /// Whether it comes in while the one before is still under way.
    at_once: bool,
    /// Whether Meta's data-deletion callback comes in after it.
    then_callback: bool,
}

pub(crate) fn does() -> impl Strategy<Value = Does> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "hello", "study", "business/work", "travel", "up to 6 months", "more than 6 months", "back", "2", "start again", "sesame", "help", "4"
        ]).prop_map(Does::Types),
        2 => any::<prop::sample::Index>().prop_map(Does::Taps),
        1 => Just(Does::Starts),
    ]
}

pub(crate) fn post() -> impl Strategy<Value = Post> {
    let holds = prop::collection::vec(any::<prop::sample::Index>(), 1..3);
    let (at_once, then_callback) = (prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    (holds, 0_usize..3, 0_i64..25_000, at_once, then_callback).prop_map(
        |(holds, isolate, after, at_once, then_callback)| Post {
            holds,
            isolate,
            after,
            at_once,
            then_callback,
        },
    )
}

/// All buttons of the tree, as this bot makes them.
fn buttons() -> Vec<(String, String)> {
    let world = World::new();
    let mut found: Vec<(String, String)> = Vec::new();
    for path in [
        &["hello"][..],
        &["hello", "study"],
        &["hello", "business/work"],
        &["hello", "business/work", "more than 6 months"],
    ] {
        for text in path {
            world.later(5000);
            world.deliver(&[world.text(1, &world.now().to_string(), text)]);
        }
        found.extend(presses(world.graph.sent.borrow().last().unwrap()));
        world.later(5000);
        world.deliver(&[world.tap(1, &world.now().to_string(), "", "treebot:start")]);
    }
    assert_eq!(found.len(), 7 + 2 + 2 + 4);
    found
}

pub(crate) struct Case {
    pub(crate) world: World,
    pub(crate) items: Vec<Value>,
    /// The inputs by their ids.
    pub(crate) inputs: BTreeMap<String, Input>,
}

impl Case {
    pub(crate) fn new(level: u8, seed: u64, script: &[(Does, i64)]) -> Self {
        let world = World::of_level(level, seed);
        let buttons = buttons();
        let mut at = world.now();
        let items: Vec<Value> = script.iter().enumerate().map(|(number, (does, pause))| {
            at += pause;
            let mid = format!("m{number}");
            match does {
                Does::Mumbles(text) => item(7, at, json!({"message": {"mid": mid, "text": format!("{text} zq{number}.")}})),
                Does::Types(text) => item(7, at, json!({"message": {"mid": mid, "text": text}})),
                Does::Taps(index) => {
                    let (title, payload) = index.get(&buttons);
                    item(7, at, json!({"postback": {"mid": mid, "title": title, "payload": payload}}))
                }
                Does::Forgets => item(7, at, json!({"postback": {"mid": mid, "title": "Delete my data", "payload": "treebot:forget"}})),
                Does::Confirms(yes) => {
                    let (title, payload) = if *yes { ("Yes", FORGET_YES) } else { ("No", FORGET_NO) };
                    item(7, at, json!({"message": {"mid": mid, "text": title, "quick_reply": {"payload": payload}}}))
                }
                Does::Starts => item(7, at, json!({"postback": {"mid": mid, "title": "Get Started", "payload": "treebot:start"}})),
            }
        }).collect();
        let body =
            json!({"object": "page", "entry": [{"id": PAGE, "messaging": items}]}).to_string();
        let delivery = read(body.as_bytes(), &Pages::default(), Millis(1_795_340_000_000)).unwrap();
        let inputs = delivery
            .items
            .iter()
            .map(|item| item.input().unwrap())
            .map(|input| (input.id.clone(), input))
            .collect();
        Self { world, items, inputs }
    }

    /// Posts in turn, some at once; then Meta delivers again what was not acknowledged, until all of it is.
    pub(crate) fn run(&self, posts: &[Post]) {
        let mut acknowledged = BTreeSet::new();
        let mut rest = posts;
        while let Some((first, after)) = rest.split_first() {
            let together = 1 + after.iter().take_while(|post| post.at_once).count();
            self.world.later(first.after);
            let (now, later) = rest.split_at(together);
            rest = later;
            let bodies: Vec<(usize, Vec<usize>)> = now
                .iter()
                .map(|post| {
                    (
                        post.isolate,
                        post.holds.iter().map(|index| index.index(self.items.len())).collect(),
                    )
                })
                .collect();
            let answers = block_on(join_all(bodies.iter().map(|(isolate, holds)| async {
                let items: Vec<Value> =
                    holds.iter().map(|at| self.items.get(*at).unwrap().clone()).collect();
                self.world.deliver_to(*isolate, &items).await.status
            })));
            for ((_, holds), status) in bodies.iter().zip(answers) {
                assert!(matches!(status, 200 | 503));
                if status == 200 {
                    acknowledged.extend(holds.iter().copied());
                }
            }
            if now.iter().any(|post| post.then_callback) {
                self.callback();
            }
        }
        // What was acknowledged is in the store, whatever comes after; but for what was to be forgotten.
        let kept = self.ids();
        let wish = self.wish();
        for at in acknowledged {
            let id = self.id(at);
            let forgotten = wish >= self.inputs.get(&id).unwrap().at;
            assert!(forgotten || kept.contains(&id), "an acknowledged input is lost");
        }
        let settle = |isolate: usize| {
            for item in &self.items {
                let mut tries = 0;
                while block_on(self.world.deliver_to(isolate, std::slice::from_ref(item))).status
                    != 200
                {
                    tries += 1;
                    assert!(tries < 200, "there is no progress");
                    self.world.later(500);
                }
            }
        };
        settle(1);
        // Once everything is seen everywhere, delivering all of it again changes nothing.
        self.world.kv.failing_one_in.set(0);
        self.world.graph.script.borrow_mut().clear();
        self.world.later(STALE + 1);
        let changes_nothing = |isolate: usize| {
            let (events, sent) = (self.world.kv.events(), self.world.graph.sent.borrow().len());
            settle(isolate);
            assert_eq!(self.world.kv.events(), events);
            assert_eq!(self.world.graph.sent.borrow().len(), sent);
        };
        // Also just after the scheduled handler, before all see what it has done; the next time it has nothing left to do.
        self.tidy();
        changes_nothing(2);
        self.world.later(STALE + 1);
        self.tidy();
        changes_nothing(0);
    }

    /// Meta's data-deletion callback, once with a signature and once without a good one. Its id is not the person's on the
    /// page, so it is confirmed and changes nothing of what anybody said; the same request has the same code each time.
    fn callback(&self) {
        let before = (self.world.kv.all(), self.world.kv.calls.get());
        let call = |request: &str| {
            let form = format!("signed_request={request}");
            let (answer, line) =
                callback(form.as_bytes(), "https://bot.example", &self.world.config);
            self.world.log.borrow_mut().push(line.to_text());
            answer
        };
        let (first, again) = (call(SIGNED), call(SIGNED));
        assert_eq!((first.status, &first.body), (200, &again.body));
        assert_eq!(call(&format!("{SIGNED}A")).status, 403);
        let code: Value = serde_json::from_str(&first.body).unwrap();
        let code = code.get("confirmation_code").unwrap().as_str().unwrap();
        assert_eq!(status(&format!("code={code}"), &self.world.config).status, 200);
        assert_eq!((self.world.kv.all(), self.world.kv.calls.get()), before);
    }

    /// What the scheduled handler does, for the person.
    fn tidy(&self) {
        let location = Location { kv: &self.world.kv, number: 2 };
        location.forget_the_rest();
    }

    /// When the person was forgotten last; the beginning of time, if never. What the scheduled handler or the person's
    /// object has been told is as good as done, even where KV failed before it stood among the events.
    pub(crate) fn wish(&self) -> Millis {
        let person = self.world.person(7);
        let kept = self.world.kv.all();
        let told = kept.get(&person.forget_key()).map(|(text, _)| text.clone());
        let noted = self.world.object(&person);
        let noted = noted.and_then(|object| object.notes.borrow().get(FORGOTTEN).cloned());
        let told = [told, noted].into_iter().flatten();
        let told = told.map(|text| Wish::read(Some(&text), Millis(i64::MIN)).at);
        let wishes = kept.keys().filter_map(|key| Row::new(key.clone(), None).wish());
        wishes.map(|wish| wish.at).chain(told).max().unwrap_or(Millis(i64::MIN))
    }

    fn id(&self, at: usize) -> String {
        let body = json!({"object": "page", "entry": [{"id": PAGE, "messaging": [self.items.get(at).unwrap()]}]}).to_string();
        read(body.as_bytes(), &Pages::default(), Millis(1_795_340_000_000))
            .unwrap()
            .items
            .first()
            .unwrap()
            .id()
            .to_owned()
    }

    pub(crate) fn ids(&self) -> BTreeSet<String> {
        self.world.kv.events().iter().map(|row| row.stamp().unwrap().1.to_owned()).collect()
    }

    /// What holds at both levels.
    fn check(&self) -> Result<(), TestCaseError> {
        let rows = self.world.kv.events();
        prop_assert_eq!(rows.len(), self.inputs.len(), "each input once");
        prop_assert_eq!(self.ids(), self.inputs.keys().cloned().collect::<BTreeSet<_>>());
        let events: Vec<Event> = rows.iter().rev().map(read_row).collect();
        let ever: Vec<Event> = self.world.kv.versions().iter().map(read_row).collect();
        let answered: BTreeSet<String> = self
            .world
            .graph
            .sent
            .borrow()
            .iter()
            .map(|body| {
                body.pointer("/message/metadata")
                    .unwrap()
                    .as_str()
                    .unwrap()
                    .split(':')
                    .nth(1)
                    .unwrap()
                    .to_owned()
            })
            .collect();
        for event in &events {
            prop_assert!(event.input != Recorded::Host(HostEvent::Failed));
            let input = self.inputs.get(&event.id).unwrap();
            let place = event.place.as_ref().unwrap();
            if let Some(trail) = self.absolute(input) {
                prop_assert_eq!(place, &trail, "a tap leads where it says");
            } else {
                // As after some event that was there, or none.
                let tree = &self.world.tree;
                let options = TurnOptions::default();
                let possible = |before: Option<&Event>| {
                    turn_after(tree, before, input.clone(), &options).event.place.as_ref()
                        == Some(place)
                };
                let mut older =
                    ever.iter().filter(|other| (other.at, &other.id) < (event.at, &event.id));
                prop_assert!(possible(None) || older.any(|other| possible(Some(other))));
            }
            let taps = matches!(event.input, Recorded::Tap(_) | Recorded::Start);
            prop_assert!(taps || answered.contains(&event.id), "nobody is left without an answer");
        }
        for line in self.world.log.borrow().iter() {
            for secret in ["617", "218471", "sesame", "study", PAGE] {
                prop_assert!(!line.contains(secret), "{}", line);
            }
        }
        Ok(())
    }

    /// Where an absolute input leads.
    fn absolute(&self, input: &Input) -> Option<Trail> {
        match &input.kind {
            InputKind::Tap { code, .. } => Some(PlaceCode::decode(code).unwrap().trail),
            InputKind::Start { .. } => Some(Trail::root()),
            _ => None,
        }
    }
}

pub(crate) fn read_row(row: &Row) -> Event {
    Event::from_compact(row.metadata.as_deref().unwrap()).unwrap()
}

pub(crate) fn cases() -> ProptestConfig {
    ProptestConfig {
        cases: 300,
        failure_persistence: None,
        max_shrink_iters: 500,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn level_0_loses_nothing_doubles_nothing_and_taps_are_right(
        seed: u64,
        script in prop::collection::vec((does(), 4000_i64..20_000), 1..8),
        posts in prop::collection::vec(post(), 1..20),
        refusals in 0_usize..8,
        failing in prop::sample::select(vec![0_u64, 0, 9, 4]),
    ) {
        let case = Case::new(0, seed, &script);
        case.world.kv.lateness.set(Lateness::Random);
        case.world.kv.failing_one_in.set(failing);
        case.world.graph.script.borrow_mut().extend((0..refusals).map(|_| refusal(Class::Transient)));
        case.run(&posts);
        case.check()?;
    }

    #[test]
    fn level_1_promises_that_too_and_the_order_besides(
        seed: u64,
        script in prop::collection::vec((does(), 4000_i64..20_000), 1..8),
        posts in prop::collection::vec(post(), 1..20),
        refusals in 0_usize..8,
        failing in prop::sample::select(vec![0_u64, 0, 9, 4]),
    ) {
        let case = Case::new(1, seed, &script);
        case.world.kv.lateness.set(Lateness::Random);
        case.world.kv.failing_one_in.set(failing);
        case.world.graph.script.borrow_mut().extend((0..refusals).map(|_| refusal(Class::Transient)));
        case.run(&posts);
        case.check()?;
        // In the order in which they were answered, each after all before it: as one conversation on one machine.
        let tree = &case.world.tree;
        let mut history = History::new();
        let mut told: Vec<String> = Vec::new();
        for body in case.world.graph.sent.borrow().iter() {
            let id = body.pointer("/message/metadata").unwrap().to_string();
            prop_assert!(!told.contains(&id), "a reply is repeated");
            told.push(id);
        }
        let person = case.world.person(7);
        let object = case.world.object(&person).unwrap();
        let order = object.order.borrow().clone();
        prop_assert_eq!(order.len(), case.inputs.len());
        let rows = case.world.kv.events();
        for id in order {
            let event = rows.iter().map(read_row).find(|event| event.id == id).unwrap();
            let expected = turn(tree, &history, case.inputs.get(&id).unwrap(), &TurnOptions::default()).event;
            prop_assert_eq!(&event.place, &expected.place);
            prop_assert_eq!(&event.matched, &expected.matched);
            history.insert(event);
        }
    }
}
