//! `treebot-bench JOB.json` does a job of the bench; `treebot-bench compile TREE.yaml INTO` compiles a tree of any size.

use treebot_bench::{native, tasks};
use treebot_bench_protocol::Problem;

fn main() -> Result<(), Problem> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.as_slice() {
        [job] => native::run(job, None),
        [command, from, into] if command == "compile" => {
            let tree = tasks::load_any(&std::fs::read_to_string(from)?)?.0;
            Ok(std::fs::write(into, tree.compile())?)
        }
        _ => Err("usage: treebot-bench JOB.json, or treebot-bench compile TREE.yaml INTO".into()),
    }
}
