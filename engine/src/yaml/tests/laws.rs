//! What holds for any source.

use proptest::prelude::*;

use super::super::{Document, Map, Value, read};
use crate::{Code, Diagnostic, Limits, Severity, Span};

/// Reads a source with tight limits and with the usual ones, and checks all spans.
fn check(source: &str) {
    let tight = Limits { bytes: 300, depth: 4, values: 30 };
    for limits in [Limits::default(), tight] {
        let document = read(source, &limits);
        let check_span = |span: Span| {
            assert!(source.get(span.start..span.end).is_some(), "{span:?} in {source:?}");
        };
        for diagnostic in &document.diagnostics {
            check_span(diagnostic.span);
            assert!(!diagnostic.message.contains('\n'), "{:?}", diagnostic.message);
            assert!(!diagnostic.message.ends_with('.'), "{:?}", diagnostic.message);
            let mut end = 0;
            for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
                check_span(edit.span);
                assert!(end <= edit.span.start, "{diagnostic:?}");
                end = edit.span.end;
            }
        }
        for span in &document.broken {
            check_span(*span);
        }
        if document.root.is_none() || !document.broken.is_empty() {
            let is_error = |d: &crate::Diagnostic| d.severity == Severity::Error;
            assert!(document.diagnostics.iter().any(is_error), "{source:?}");
        }
        assert!(document.diagnostics.is_sorted_by_key(|diagnostic| diagnostic.span));
        if let Some(root) = &document.root {
            walk(root, &mut |value| check_span(value.span()));
        }
    }
}

fn walk<'v>(value: &'v Value<'_>, visit: &mut dyn FnMut(&'v Value<'_>)) {
    visit(value);
    match value {
        Value::Text(_) => {}
        Value::List(list) => list.items.iter().for_each(|item| walk(item, visit)),
        Value::Map(Map { entries, .. }) => {
            entries.iter().for_each(|entry| walk(&entry.value, visit));
        }
    }
}

/// Pieces that mean something to YAML, so that random sources get past the first character.
const PIECES: &[&str] = &[
    "a",
    "b",
    "say",
    "é",
    "😀",
    "\u{feff}",
    "\0",
    "\u{80}",
    "\u{2028}",
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
    "\r",
    "\t",
    ":",
    ": ",
    ":\t",
    ":\n",
    "- ",
    "-",
    "? ",
    "?",
    ", ",
    ",",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "''",
    "\\",
    "\\n",
    "\\x",
    "#",
    " # ",
    " #",
    "&a ",
    "*a",
    "*a ",
    "*b",
    "&b",
    "!",
    "!t ",
    "!!str ",
    "!a!b ",
    "|",
    "|\n",
    "|-\n  ",
    ">\n",
    "|2\n",
    "@",
    "`",
    "%",
    "%YAML 1.2\n",
    "%TAG ! x\n",
    "---\n",
    "---",
    "...\n",
    "<<: ",
    "~",
    "0x1",
    "x: y",
    "x: y\n",
    "k: v: w\n",
    "[a, b]",
    "{a: b}",
    "=",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_read(source in any::<String>()) {
        check(&source);
    }

    #[test]
    fn any_mixture_of_yaml_is_read(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40),
    ) {
        check(&pieces.concat());
    }

    #[test]
    fn any_cut_of_a_tree_is_read(cut in 0_usize..TREE.len(), length in 0_usize..30, piece in prop::sample::select(PIECES)) {
        let start = TREE.floor_char_boundary(cut);
        let end = TREE.ceil_char_boundary((start + length).min(TREE.len()));
        let mut source = TREE.to_owned();
        source.replace_range(start..end, piece);
        check(&source);
    }

    #[test]
    fn good_yaml_is_read_as_others_read_it(shape in shape()) {
        let source = serde_yaml::to_string(&shape.to_yaml()).unwrap();
        let document = read(&source, &Limits::default());
        prop_assert_eq!(errors(&document), 0, "{}", source);
        let root = document.root.map(|root| Shape::from_read(&root));
        prop_assert_eq!(root, Some(shape.clone()), "{}", source);
        let flow = shape.to_flow();
        let document = read(&flow, &Limits::default());
        prop_assert_eq!(errors(&document), 0, "{}", flow);
        let root = document.root.map(|root| Shape::from_read(&root));
        prop_assert_eq!(root, Some(shape), "{}", flow);
    }
}

const TREE: &str = "\
# A tree
title: Do I need a visa?
say: [How long, \"will you stay?\"]
answers:
  short: {say: 'Fine', id: x}
  long:
    label: More than é months
    also: [long, &more longer, *more]
    say: |
      Then apply.
      Soon.
    answers:
    - a
    - b: c
else: >-
  What?

nodes: {x: {say: \"😀\"}}
";

/// How much is wrong with a document; that a text looks like something else is not.
fn errors(document: &Document<'_>) -> usize {
    let is_other = |found: &&Diagnostic| found.code != Code::LooksLikeYaml;
    document.diagnostics.iter().filter(is_other).count()
}

/// A document as text, as the other parser and this one should both see it.
#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Text(String),
    List(Vec<Shape>),
    Map(Vec<(String, Shape)>),
}

fn shape() -> impl Strategy<Value = Shape> {
    // Nothing that is printed otherwise than as itself: control characters are refused.
    let text = || "[ -~éß–😀\n\t]{0,12}";
    let leaf = text().prop_map(Shape::Text);
    let inner = leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Shape::List),
            prop::collection::btree_map("[ -~éß]{1,8}", inner, 0..5).prop_map(|map| Shape::Map(
                map.into_iter().filter(|(key, _)| key != "<<").collect()
            )),
        ]
    });
    inner.prop_filter("something", |shape| *shape != Shape::Text(String::new()))
}

impl Shape {
    fn to_yaml(&self) -> serde_yaml::Value {
        match self {
            Self::Text(text) => serde_yaml::Value::String(text.clone()),
            Self::List(items) => items.iter().map(Self::to_yaml).collect(),
            Self::Map(entries) => serde_yaml::Value::Mapping(
                entries
                    .iter()
                    .map(|(key, value)| (serde_yaml::Value::String(key.clone()), value.to_yaml()))
                    .collect(),
            ),
        }
    }

    /// The same in brackets, with all texts in single or double quotes.
    fn to_flow(&self) -> String {
        match self {
            Self::Text(text) => serde_json::to_string(text).unwrap(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::to_flow).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| {
                        format!("'{}': {}", key.replace('\'', "''"), value.to_flow())
                    })
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    fn from_read(value: &Value<'_>) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.value.to_string()),
            Value::List(list) => Self::List(list.items.iter().map(Self::from_read).collect()),
            Value::Map(map) => Self::Map(
                map.entries
                    .iter()
                    .map(|entry| (entry.key.value.to_string(), Self::from_read(&entry.value)))
                    .collect(),
            ),
        }
    }
}
