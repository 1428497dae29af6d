//! How long a turn takes, part by part: `cargo bench -p treebot --bench turn`.
//!
//! These are for whoever changes the engine; how it stands beside others is `npm run bench`.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use treebot::{
    Event, History, Input, InputKind, Millis, PlaceCode, Trail, Tree, TurnOptions, current, load,
    resolve, turn,
};

const VISA: &str = include_str!("../../trees/uk-visa.yaml");

/// As a host that keeps no transcript takes turns.
const OPTIONS: TurnOptions =
    TurnOptions { first_text_answers: true, sees_current: false, remembers_said: false };

fn tree(source: &str) -> Tree {
    load(source).tree.unwrap()
}

fn input(at: i64, text: &str) -> Input {
    Input { at: Millis(at), id: format!("m{at}"), kind: InputKind::Text(text.to_owned()) }
}

/// What is remembered of a conversation: the greeting, and each of the texts.
fn talk<'a>(tree: &Tree, texts: impl IntoIterator<Item = &'a str>) -> History {
    let mut history = History::new();
    let start =
        Input { at: Millis(0), id: "start".to_owned(), kind: InputKind::Start { at_node: None } };
    history.insert(turn(tree, &history, &start, &OPTIONS).event);
    for (at, text) in (1..).zip(texts) {
        history.insert(turn(tree, &history, &input(at, text), &OPTIONS).event);
    }
    history
}

/// One question with so many answers, none of which is contained in another.
fn wide(answers: usize) -> String {
    const FIRST: [&str; 8] = ["amber", "bright", "calm", "deep", "early", "fast", "green", "high"];
    const SECOND: [&str; 8] =
        ["bridge", "castle", "field", "harbour", "island", "market", "river", "valley"];
    const THIRD: [&str; 8] =
        ["north", "south", "east", "west", "above", "below", "beyond", "inside"];
    let word = |list: [&'static str; 8], n: usize| list.get(n % 8).copied().unwrap_or_default();
    (0..answers).fold("say: Where to?\nanswers:\n".to_owned(), |mut source, n| {
        let (one, two, three) = (word(FIRST, n), word(SECOND, n / 8), word(THIRD, n / 64));
        writeln!(source, "  {one} {two} {three}: You are there.").unwrap();
        source
    })
}

/// A message of the visa conversation, as a webhook takes it: the state is read before it and written after it.
fn visa(criterion: &mut Criterion) {
    let tree = tree(VISA);
    let history = talk(&tree, ["study"]);
    let state = history.newest().unwrap().to_compact(1024);
    let input = input(7, "short course");
    let mut group = criterion.benchmark_group("visa");
    let remembered = || {
        let mut history = History::new();
        history.insert(Event::from_compact(black_box(&state)).unwrap());
        history
    };
    group.bench_function("restore the state", |bencher| bencher.iter(remembered));
    let history = remembered();
    group.bench_function("turn", |bencher| {
        bencher.iter(|| turn(&tree, black_box(&history), black_box(&input), &OPTIONS));
    });
    let event = turn(&tree, &history, &input, &OPTIONS).event;
    group.bench_function("write the state", |bencher| {
        bencher.iter(|| black_box(&event).to_compact(1024));
    });
    group.bench_function("all of it", |bencher| {
        bencher.iter(|| {
            let turn = turn(&tree, &remembered(), black_box(&input), &OPTIONS);
            (turn.event.to_compact(1024), turn.reply)
        });
    });
    group.finish();
}

/// A turn over a history that is kept whole: only its newest event is looked at.
fn events(criterion: &mut Criterion) {
    let tree = tree(VISA);
    let round = ["study", "short course", "start again", "yes"];
    let mut group = criterion.benchmark_group("stored events");
    for events in [10, 100, 1_000, 10_000] {
        let history = talk(&tree, round.into_iter().cycle().take(events));
        let input = input(1 << 40, "study");
        group.bench_function(BenchmarkId::new("turn", events), |bencher| {
            bencher.iter(|| turn(&tree, black_box(&history), black_box(&input), &OPTIONS));
        });
        group.bench_function(BenchmarkId::new("current", events), |bencher| {
            bencher.iter(|| current(&tree, black_box(&history)));
        });
    }
    group.finish();
}

/// Understanding a message, at questions of more and more answers.
fn matching(criterion: &mut Criterion) {
    const MESSAGES: [(&str, &str); 5] = [
        ("exact", "EARLY BRIDGE NORTH"),
        ("sentence", "I want to go to the early bridge north, please"),
        ("typo", "I want to go to the early brigde north, please"),
        ("nothing", "I have no idea what you are talking about"),
        ("two", "early bridge north or deep bridge north"),
    ];
    let mut group = criterion.benchmark_group("matching");
    for answers in [5, 50, 500] {
        let tree = tree(&wide(answers));
        let history = talk(&tree, []);
        for (name, text) in MESSAGES {
            let input = input(1, text);
            group.bench_function(BenchmarkId::new(name, answers), |bencher| {
                bencher.iter(|| turn(&tree, black_box(&history), black_box(&input), &OPTIONS));
            });
        }
    }
    group.finish();
}

/// A place found again in a tree whose questions have been worded anew; time for each answer that was given.
fn places(criterion: &mut Criterion) {
    let before = tree(VISA);
    let after = tree(&VISA.replace('?', ", please?"));
    let history = talk(&before, ["work or business", "1", "1"]);
    let trail: Trail = history.newest().and_then(|event| event.place.clone()).unwrap();
    assert!(trail.steps.len() >= 2);
    let mut group = criterion.benchmark_group("resolve");
    group.throughput(Throughput::Elements(trail.steps.len() as u64));
    group.bench_function("an edited tree", |bencher| {
        bencher.iter(|| resolve(&after, black_box(&trail)));
    });
    let code = PlaceCode::encode(&before, &trail);
    group.bench_function("from a place code", |bencher| {
        bencher.iter(|| {
            let decoded = PlaceCode::decode(black_box(code.as_str())).unwrap();
            resolve(&after, &decoded.trail)
        });
    });
    group.finish();
}

/// A compiled tree beside its source.
fn compiled(criterion: &mut Criterion) {
    let tree = tree(VISA);
    let bytes = tree.compile();
    let mut group = criterion.benchmark_group("visa tree");
    group.bench_function("from its source", |bencher| bencher.iter(|| load(black_box(VISA))));
    group.bench_function("compiled", |bencher| {
        bencher.iter(|| Tree::from_compiled(black_box(&bytes)).unwrap());
    });
    group.bench_function("compile", |bencher| bencher.iter(|| black_box(&tree).compile()));
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = visa, events, matching, places, compiled
}
criterion_main!(benches);
