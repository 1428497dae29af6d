//! What sources that want to cost time or memory may cost: as counts, and as ratios to eight of an eighth of the size.
//! (How long they take: benches/load.rs.)
//!
//! What is allocated is counted, so there is nothing else in this program, and only one test.
#![expect(clippy::unwrap_used, reason = "tests")]
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the engine has no clock; what it costs is measured from outside"
)]

#[expect(dead_code, reason = "well-meant trees are in there, too")]
#[path = "../benches/sources/mod.rs"]
mod sources;

use std::alloc::System;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use cap::Cap;
use treebot::{LoadOptions, load_bytes};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// How much smaller the small source is, and how often it is loaded for each time that the large one is.
const SMALLER: usize = 8;

/// In proportion it would be 1; where all is compared with all, 8. Sorting, and what a machine does besides, is in between.
const MAX_GROWTH: f64 = 3.0;

/// What takes less than this is not compared: some systems count the processor's time in steps of 4 ms.
const LEAST: Duration = Duration::from_millis(10);

/// How often a time is measured at most, to find one in which nothing came between.
const ROUNDS: usize = 6;

/// The most memory in use at once, for each byte of a source of one MiB …
const MAX_MEMORY: usize = 64;

/// … and all that is ever allocated.
const MAX_ALLOCATED: usize = 256;

#[test]
fn what_is_hostile_costs_in_proportion_to_its_size() {
    let (large, small) =
        (sources::hostile(sources::MEBIBYTE), sources::hostile(sources::MEBIBYTE / SMALLER));
    for ((name, large), (_, small)) in large.iter().zip(&small) {
        let before = (ALLOCATOR.allocated(), ALLOCATOR.total_allocated());
        load(large);
        // The most of all sources so far: the first that takes too much is named.
        let most = ALLOCATOR.max_allocated().saturating_sub(before.0);
        let all = ALLOCATOR.total_allocated() - before.1;
        let bytes = large.len().max(sources::MEBIBYTE);
        assert!(most <= bytes * MAX_MEMORY, "{name}: {most} bytes at once");
        assert!(all <= bytes * MAX_ALLOCATED, "{name}: {all} bytes in all");
        let mut found = Vec::new();
        for _ in 0..ROUNDS {
            let growth = growth(large, small);
            found.push(growth);
            if growth <= MAX_GROWTH {
                break;
            }
        }
        assert!(
            found.last().is_some_and(|last| *last <= MAX_GROWTH),
            "{name}: {found:.1?} × the time"
        );
    }
}

fn load(source: &[u8]) {
    drop(black_box(load_bytes(black_box(source), &LoadOptions::default())));
}

/// How much longer the large one takes than all the small ones.
fn growth(large: &[u8], small: &[u8]) -> f64 {
    let of_small = time_of(|| (0..SMALLER).for_each(|_| load(small)));
    let of_large = time_of(|| load(large));
    of_large.as_secs_f64() / of_small.max(LEAST).as_secs_f64()
}

fn time_of(work: impl FnOnce()) -> Duration {
    let before = processor_time();
    work();
    processor_time().saturating_sub(before)
}

/// The time that the processor has given to this thread, where the system tells; else the time that has passed.
fn processor_time() -> Duration {
    thread_local!(static START: Instant = Instant::now());
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.with(Instant::elapsed), Duration::from_nanos)
}
