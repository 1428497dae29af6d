//! How long loading takes: trees of any size, and what wants to cost time.
//!
//! `cargo bench -p treebot --bench load`. What is hostile should stay below 100 ms for each MiB, and trees
//! should take as long for each node, however many there are.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

mod sources;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use treebot::{Limits, LoadOptions, load_bytes, load_with};

fn trees(criterion: &mut Criterion) {
    let limits = Limits { bytes: 1 << 30, values: 1 << 30, ..Limits::default() };
    let options = LoadOptions { limits, ..LoadOptions::default() };
    let mut group = criterion.benchmark_group("load");
    for nodes in [1_000, 10_000, 100_000] {
        let source = sources::tree(nodes);
        assert_eq!(load_with(&source, &options).diagnostics, []);
        group.throughput(Throughput::Elements(nodes as u64));
        group.bench_function(format!("{nodes} nodes"), |bencher| {
            bencher.iter(|| load_with(black_box(&source), &options));
        });
    }
    group.finish();
}

fn hostile(criterion: &mut Criterion) {
    let options = LoadOptions::default();
    let mut group = criterion.benchmark_group("hostile");
    for (name, source) in sources::hostile(sources::MEBIBYTE) {
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| load_bytes(black_box(&source), &options));
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = trees, hostile
}
criterion_main!(benches);
