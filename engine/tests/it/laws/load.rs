//! Law 1: whatever is loaded, the author is told or there is a tree.

use proptest::prelude::*;

use super::config;
use crate::support::random::{Dice, Plan};

proptest! {
    #![proptest_config(config(2000))]

    /// Law 1: `load` of anything returns; spans lie on character boundaries; no error, a tree.
    #[test]
    fn any_source_loads_or_says_why(source in source()) {
        let loaded = treebot::load(&source);
        let mut errors = false;
        for diagnostic in &loaded.diagnostics {
            prop_assert!(source.get(diagnostic.span.start..diagnostic.span.end).is_some(), "{diagnostic:?} in {source:?}");
            prop_assert!(!diagnostic.message.is_empty());
            for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
                prop_assert!(source.get(edit.span.start..edit.span.end).is_some(), "{diagnostic:?} in {source:?}");
            }
            errors |= diagnostic.severity == treebot::Severity::Error;
        }
        prop_assert_eq!(loaded.tree.is_none(), errors, "{:?}", loaded.diagnostics);
    }
}

/// Sources: random text, YAML-like text, and damaged good trees.
fn source() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "say",
        "answers",
        "goto",
        "id",
        "was",
        "also",
        "label",
        "else",
        "unclear",
        "nodes",
        "title",
        "offer",
        ": ",
        ":",
        "\n",
        "  ",
        "    ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "é",
        "😀",
        "# ",
        "&a ",
        "*a",
        "!!str ",
        "<<",
        "yes",
        "1",
        "~",
        "|\n",
        ">\n",
        "\t",
        "\r\n",
        "---\n",
        "...\n",
        "start",
        "x-y",
        "\u{0}",
        "\u{feff}",
        "study",
        "true",
        "false",
        "image",
        "https://a.b/c.png",
        ", ",
        "? ",
        "%",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()),
        (any::<u64>(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<char>())
            .prop_map(|(seed, from, to, with)| {
                let mut source: Vec<char> =
                    Plan::random(&mut Dice::new(seed), 10).source().chars().collect();
                let (from, to) = (from.index(source.len()), to.index(source.len()));
                source.splice(from..to.max(from).min(from + 6), [with]);
                source.into_iter().collect()
            }),
    ]
}
