//! Jobs about memory: what is allocated is counted.

use std::alloc::System;

use cap::Cap;

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> Result<(), treebot_bench_protocol::Problem> {
    treebot_bench_native::run(Some(|| ALLOCATOR.allocated()))
}
