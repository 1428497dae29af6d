//! Jobs about memory: what is allocated is counted.

use std::alloc::System;

use cap::Cap;
use treebot_bench::native;

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> Result<(), treebot_bench_protocol::Problem> {
    let job = std::env::args().nth(1).ok_or("usage: treebot-bench-memory JOB.json")?;
    native::run(&job, Some(|| ALLOCATOR.allocated()))
}
