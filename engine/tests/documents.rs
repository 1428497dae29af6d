//! The trees that are shown in the documents are trees.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::fs;
use std::path::Path;

use treebot::load;

/// Every block of a document that is marked as `yaml` is a whole tree without a single problem, whose tests pass. A
/// part of a tree, or one that is wrong on purpose, is marked otherwise (`yaml part`).
#[test]
fn trees_in_documents_load_without_a_problem() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for (document, least) in [("README.md", 1), ("docs/tree-format.md", 6)] {
        let text = fs::read_to_string(top.join(document)).unwrap();
        let blocks: Vec<&str> = text
            .split("```yaml\n")
            .skip(1)
            .map(|rest| rest.split_once("\n```").unwrap().0)
            .collect();
        assert!(blocks.len() >= least, "{document} shows {} trees", blocks.len());
        for block in blocks {
            let loaded = load(block);
            let problems: Vec<String> = loaded
                .all_diagnostics()
                .iter()
                .map(|found| format!("{}: {}", found.code, found.message))
                .collect();
            assert!(
                loaded.tree.is_some() && problems.is_empty(),
                "{document}:\n{block}\n{problems:#?}"
            );
        }
    }
}
