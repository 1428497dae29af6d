//! The same with CSML, which takes long to compile.

fn main() -> Result<(), treebot_bench_protocol::Problem> {
    treebot_bench_native::run(None)
}
