//! Sources that want to cost time or memory: each loads, or its author is told why not, in a bounded number
//! of words. (What that costs: tests/cost.rs; how long it takes: benches/load.rs)

#[path = "../../benches/sources/mod.rs"]
mod sources;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use expect_test::expect;
use treebot::{LoadOptions, load_bytes};

/// The most bytes that any one message has.
const MAX_MESSAGE: usize = 700;

#[test]
fn everything_hostile_loads_or_is_told_of() {
    let mut table = String::new();
    for (name, source) in sources::hostile(sources::MEBIBYTE) {
        let (text, loaded) = load_bytes(&source, &LoadOptions::default());
        let mut codes = BTreeMap::new();
        for found in &loaded.diagnostics {
            assert!(
                source.len() > sources::MEBIBYTE
                    || text.get(found.span.start..found.span.end).is_some(),
                "{name}: {found:?}"
            );
            assert!(found.message.len() <= MAX_MESSAGE, "{name}: {}", found.message.len());
            *codes.entry(found.code.as_str()).or_insert(0) += 1;
        }
        assert!(loaded.diagnostics.len() <= 1000, "{name}");
        let codes: Vec<String> = codes.iter().map(|(code, n)| format!("{n} × {code}")).collect();
        let tree = loaded
            .tree
            .map_or("no tree".to_owned(), |tree| format!("{} nodes", tree.nodes().len()));
        writeln!(table, "{name}: {tree}; {}", codes.join(", ")).unwrap();
    }
    expect![[r#"
        open lists: no tree; 1 × T003, 1 × T014
        open maps: no tree; 1 × T003, 1 × T014
        dashes: no tree; 1 × T003, 1 × T014
        question marks: no tree; 1 × T003, 63 × T014
        stairs: no tree; 1 × T003, 1 × T010
        a billion laughs: no tree; 1 × T004, 1 × T010
        long words repeated: no tree; 1 × T004
        ten megabytes of one word: no tree; 1 × T002
        one long word: 1 nodes; 1 × T056
        one long block: 1 nodes; 1 × T056
        one long accented text: 1 nodes; 1 × T056
        NULs: no tree; 1 × T001
        NULs in words: no tree; 20 × T001, 1 × T014
        byte order marks: no tree; 1 × T001, 1 × T014
        carriage returns: no tree; 1 × T009
        tabs: no tree; 1 × T009
        lines that begin with tabs: no tree; 1 × T001, 1 × T010, 998 × T013
        quotes: no tree; 1 × T001, 1 × T014
        unclosed quotes: no tree; 21 × T001, 1 × T010, 19 × T013
        unclosed lists: no tree; 21 × T001, 1 × T010, 19 × T013
        colons: no tree; 21 × T001, 1 × T010, 19 × T013
        commas: no tree; 1 × T001
        unclosed quotes in brackets: no tree; 1 × T001, 1 × T014
        lines with carriage returns: no tree; 1 × T004
        line separators: no tree; 1 × T014
        anchors: no tree; 1 × T014
        brackets of links: no tree; 1 × T001, 1 × T014
        links that are none: 1 nodes; 1 × T056, 999 × T062
        options to choose: 3 nodes; 1 × T056, 1 × T059
        many messages with options: 3 nodes; 1 × T056, 1 × T059
        answers that are alike: no tree; 1 × T004
        questions that are alike: no tree; 1 × T004
        questions without names: no tree; 1 × T004
        texts cut at commas: no tree; 1 × T004, 1 × T010
        hashes: no tree; 1 × T010, 999 × T013
        tags: no tree; 100 × T006, 1 × T056
        90,000 answers: no tree; 1000 × T015
        50,000 answers: no tree; 1 × T004
        90,000 duplicate keys: no tree; 1000 × T013
        duplicate answers: no tree; 1000 × T013
        unknown gotos: no tree; 1 × T004, 1 × T014
        unknown keys: no tree; 1 × T004, 1 × T010
        pictures without words: 1 nodes; 999 × T054, 1 × T056
        other words: 2 nodes; 
        a chain of gotos: no tree; 1 × T004
        loops: no tree; 1 × T004
        broken lines among answers: no tree; 1 × T004
        49,000 answers: no tree; 32 × T018, 1 × T056
        answers of several words: no tree; 16 × T018, 984 × T056
        unequal names: no tree; 1 × T004
        questions of two answers: no tree; 1 × T004
        tests: no tree; 1 × T004, 1 × T070
        accents: no tree; 1 × T004
        former names: 2 nodes; 
        anchors with long names: no tree; 1 × T014
        quotes in brackets over lines: no tree; 21 × T001, 1 × T010, 19 × T013
        dashes before answers: no tree; 1 × T004, 1 × T014
        bytes that are no text: no tree; 1 × T030
        words in another encoding: no tree; 980 × T013, 20 × T030
        UTF-16: no tree; 1 × T030
        characters that are cut off: no tree; 20 × T030
    "#]]
    .assert_eq(&table);
}

#[test]
fn large_trees_load_without_a_problem() {
    for nodes in [1_000, 10_000] {
        let source = sources::tree(nodes);
        let loaded = treebot::load(&source);
        assert_eq!(loaded.diagnostics, []);
        assert!(loaded.tree.is_some());
    }
}
