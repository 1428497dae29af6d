//! Every kind of job but memory.

fn main() -> Result<(), treebot_bench_native::Problem> {
    treebot_bench_native::run(None)
}
