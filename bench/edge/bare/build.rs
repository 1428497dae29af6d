//! Hands the tree that the bench names to the compiler. Where it names none, as in checks of all crates, it is empty.
#![expect(clippy::expect_used, reason = "a build that fails")]

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-env-changed=BENCH_TREE");
    let tree = env::var("BENCH_TREE").map_or_else(
        |_| "{}".to_owned(),
        |file| {
            println!("cargo:rerun-if-changed={file}");
            fs::read_to_string(file).expect("the tree is there")
        },
    );
    let out = env::var("OUT_DIR").expect("cargo says where");
    fs::write(Path::new(&out).join("tree.json"), tree).expect("it can be written");
}
