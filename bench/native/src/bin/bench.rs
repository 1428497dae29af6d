//! Every kind of job but memory.

fn main() -> Result<(), treebot_bench_protocol::Problem> {
    treebot_bench_native::run(None)
}
