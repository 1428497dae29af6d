//! Any source, any offset: nothing panics, and everything lies within the source.

use proptest::prelude::*;
use treebot::{Analysis, AnswerId, NodeId, OutlineItem, Span, apply};

use super::read;

const SOURCES: &[&str] = &[
    "title: x\nsay: Hello # note\nanswers:\n  study: {label: Study, also: [a, 'b'], say: How long?, id: length, answers: {short: c, long: {goto: start}}}\n  work: &w\n    was: [job]\n    say:\n      - One\n      - {image: 'https://a.example/b', alt: é}\n    goto: length\n  again: *w\nelse: {say: no}\nnodes:\n  part: {say: >-\n      x, goto: length}\ncommands: {back: [b]}\ntests:\n  one:\n    - given: {start: study, start/study: short}\n    - user: \"2\"\n    - at: length\n",
    "\u{feff}say: Größe 😀?\r\nanswers:\r\n\t1: {say: \u{0}a}\r\n  \"2\": |\r\n    日本語\r\n     more\r\n  ? long key\r\n  : goto: nowhere\r\n",
    "{say: [a, {image: x}], answers: {a: {also: [b, {c: d}], goto: }, b: [[[[, c: }}, tests: {x: [{at: y}, {given: {start: [a, b]}}]}}",
    "say: &a [*a, *b, <<: *a]\nanswers: *a\nnodes: {x: &x {say: y, answers: {z: *x}}}\n",
    "say: \"unclosed\nanswers:\n  a: b: c\n   d: e\n - f\n- g:\n  - h\n    - i: [\n",
    "- - - - a: - b\n  - c\n: : :\n? ? ?\n--- |\n...\n# \n#\n'\n\"\n",
    "tests:\n  a\n  - at: [x]\n  - given: x\n  - - at: y\nnodes: []\nanswers: [a]\nsay: {image: [], alt: {}}\ngoto: {}\nid: []\nwas: {a: b}\n",
];

fn is_within(source: &str, span: Span) -> bool {
    source.get(span.start..span.end).is_some()
}

/// Asks everything that is quick to answer.
fn ask(analysis: &Analysis, offset: usize) {
    let source = analysis.source();
    for completion in analysis.complete(offset) {
        assert!(
            apply(source, std::slice::from_ref(&completion.insert)).is_ok(),
            "{completion:?} at {offset} in {source:?}"
        );
        assert!(!completion.label.is_empty());
    }
    let told = analysis.hover(offset);
    assert!(told.is_none_or(|told| is_within(source, told.span) && !told.text.is_empty()));
    assert!(analysis.definition(offset).is_none_or(|span| is_within(source, span)));
    assert!(analysis.references(offset).iter().all(|found| is_within(source, found.span)));
    if let Some(node) = analysis.node_at(offset) {
        assert!(analysis.span_of(node).is_some());
    }
}

fn rename(analysis: &Analysis, offset: usize) {
    for name in ["new", "- odd, \"name\": #"] {
        match analysis.rename(offset, name) {
            Ok(edits) => assert!(apply(analysis.source(), &edits).is_ok()),
            Err(error) => assert!(!error.message.is_empty()),
        }
    }
}

fn look(analysis: &Analysis) {
    let source = analysis.source();
    let graph = analysis.graph();
    let nodes = u32::try_from(graph.nodes.len()).unwrap();
    for node in &graph.nodes {
        assert!(is_within(source, node.span));
        assert_eq!(analysis.span_of(node.id), Some(node.span));
        for message in [0, 1, usize::MAX] {
            assert!(
                analysis
                    .span_of_message(node.id, message)
                    .is_some_and(|span| is_within(source, span))
            );
        }
    }
    for edge in &graph.edges {
        assert!(is_within(source, edge.span) && edge.from.0 < nodes && edge.to.0 < nodes);
    }
    assert!(analysis.span_of(NodeId(nodes)).is_none());
    assert!(analysis.span_of_message(NodeId(nodes), 0).is_none());
    assert!(analysis.span_of_answer(NodeId(nodes), AnswerId(0)).is_none());
    all_within(source, &analysis.outline());
    if let Some(tree) = analysis.tree() {
        assert_eq!(tree.nodes().len(), graph.nodes.len());
    }
}

fn all_within(source: &str, items: &[OutlineItem]) {
    for item in items {
        assert!(is_within(source, item.span) && is_within(source, item.selection));
        all_within(source, &item.children);
    }
}

fn change(analysis: &Analysis) {
    for number in 0..4 {
        let (node, answer) = (NodeId(number), AnswerId(number % 2));
        let changes = [
            analysis.add_also(node, answer, "word"),
            analysis.add_was(node, answer, "word, too"),
            analysis.add_id(node, "name"),
            analysis.set_alt(node, number as usize, "a picture"),
            analysis.insert_test("test", &[]),
        ];
        for edits in changes.into_iter().flatten() {
            assert!(apply(analysis.source(), &edits).is_ok());
        }
    }
}

#[test]
fn every_offset_of_a_source_can_be_asked_about() {
    for source in SOURCES {
        let analysis = read(source);
        look(&analysis);
        change(&analysis);
        for offset in 0..source.len() + 3 {
            ask(&analysis, offset);
            rename(&analysis, offset);
        }
        ask(&analysis, usize::MAX);
        rename(&analysis, usize::MAX);
    }
}

#[test]
fn a_source_can_end_anywhere() {
    for source in SOURCES {
        for end in (0..source.len()).filter(|end| source.is_char_boundary(*end)) {
            let analysis = read(&source[..end]);
            look(&analysis);
            for offset in end.saturating_sub(12)..=end + 1 {
                ask(&analysis, offset);
            }
            rename(&analysis, end);
        }
    }
}

#[test]
fn so_it_is_where_a_source_is_large_and_wrong() {
    let sources = [
        "[".repeat(100_000),
        "- ".repeat(100_000),
        "a: ".repeat(100_000),
        "{".repeat(100_000),
        "say: {a: [".repeat(20_000),
        format!("say: a\nanswers:\n{}", "  k: {goto: k}\n".repeat(20_000)),
        format!("say: a\nanswers: {{x: {{also: [{}", "a, ".repeat(50_000)),
        "\n".repeat(200_000),
        " ".repeat(200_000),
        (0..400).map(|depth| " ".repeat(depth) + "k:\n").collect(),
    ];
    all_bounded(&sources);
}

/// Each of these would take minutes if the work grew with the square of the source.
#[test]
fn so_it_is_where_a_source_is_large_and_right() {
    let many = |piece: &dyn Fn(usize) -> String| (0..20_000).map(piece).collect::<String>();
    let gotos = many(&|number| format!("  k{number}: {{goto: n}}\n"));
    let repeats = many(&|number| format!("  k{number}: *x\n"));
    let steps = many(&|number| format!("    - given: {{start: k{number}, start/k{number}: x}}\n"));
    let ends = many(&|number| format!("  k{number}: b\n"));
    let words = many(&|number| format!("w{number}, "));
    let sources = [
        format!("say: a\nnodes: {{n: {{say: b, was: [o]}}}}\nanswers:\n{gotos}"),
        format!("say: a\nanswers:\n  k: &x {{say: b}}\n{repeats}"),
        format!("say: a\nanswers:\n{ends}tests:\n  one:\n{steps}"),
        format!("say: a\nanswers: {{k1: {{say: b, also: [{words}]}}}}\n"),
    ];
    all_bounded(&sources);
}

fn all_bounded(sources: &[String]) {
    for source in sources {
        let analysis = read(source);
        look(&analysis);
        let key = source.find("k1").unwrap_or_default();
        let name = source.find("n:").unwrap_or_default();
        for offset in
            [0, 1, key, name, source.len() / 2, source.len() - 1, source.len(), source.len() + 9]
        {
            ask(&analysis, offset);
            rename(&analysis, offset);
        }
        change(&analysis);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_asked_about(source in soup(), offset in 0..200_usize) {
        let analysis = read(&source);
        look(&analysis);
        ask(&analysis, offset);
        ask(&analysis, source.len());
        rename(&analysis, offset);
        change(&analysis);
    }
}

/// Pieces of trees, in any order.
fn soup() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "say: ", "answers:", "goto: ", "id: ", "was: ", "also: ", "nodes:", "tests:", "else: ",
        "given: ", "at: ", "image: ", "start", "x", "y", "x: ", "y: ", "\n", "\n  ", "\n    ",
        "\n- ", "  - ", "{", "}", "[", "]", ", ", ": ", "\"", "'", "#", " # ", "&a ", "*a", "|\n",
        ">-\n", "? ", "\t", "é", "😀", "\r\n", "\u{feff}", "~", "---\n",
    ];
    proptest::collection::vec(proptest::sample::select(PIECES), 0..40)
        .prop_map(|pieces| pieces.concat())
}
