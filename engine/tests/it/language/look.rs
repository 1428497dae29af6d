//! What is told about a place, and where it leads.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use treebot::{EdgeKind, OutlineItem};

use super::{at_caret, read, shown};

const TREE: &str = "\
title: Tickets
say: Where to?
answers:
  town:
    label: Into town
    also: [centre]
    say: Which day?
    id: day
    answers: {Today: {goto: price}, Later: Come back}
  airport: Take the express
  abroad: {say: Far!, goto: nowhere}
else: {say: I only know about trains}
nodes:
  price:
    say: Old or young?
    goto: day
    answers: {Old: Half, Young: {say: Free, goto: start}}
tests:
  one:
    - given: {start: town}
    - at: day
";

fn hover(source: &str, expect: Expect) {
    let (analysis, offset) = at_caret(source);
    let told = analysis.hover(offset);
    let told = told.map(|told| format!("{}\n{}\n", shown(&analysis, told.span), told.text));
    expect.assert_eq(&told.unwrap_or_default());
}

fn links(source: &str, expect: Expect) {
    let (analysis, offset) = at_caret(source);
    let definition = analysis.definition(offset).map(|span| shown(&analysis, span));
    let mut out = format!("-> {}\n", definition.unwrap_or_default());
    for found in analysis.references(offset) {
        let mark = if found.is_definition { "*" } else { " " };
        writeln!(out, "{mark} {}", shown(&analysis, found.span)).unwrap();
    }
    expect.assert_eq(&out);
}

/// The tree with a `|` at a text, behind its first character.
fn at(text: &str) -> String {
    let at = TREE.find(text).unwrap() + 1;
    format!("{}|{}", &TREE[..at], &TREE[at..])
}

#[test]
fn keys_are_explained() {
    hover(
        &at("title"),
        expect![[r#"
            1: title
            `title`: The tree's name.
        "#]],
    );
    hover(
        &at("also"),
        expect![[r#"
            6: also
            `also`: Other words by which people may choose the answer.
        "#]],
    );
    hover(
        &at("goto: price"),
        expect![[r#"
            9: goto
            `goto`: Where the conversation goes on, after `say`: a name under `nodes`, an `id`, or `start`.
        "#]],
    );
    hover(
        &at("given"),
        expect![[r#"
            20: given
            `given`: The answers that somebody gave before, as they were recorded: each `question: answer`.
        "#]],
    );
    hover(&at("Where to"), expect![[r#""#]]);
    hover(&at("Tickets"), expect![[r#""#]]);
}

#[test]
fn names_and_answers_are_told_about() {
    hover(
        &at("price}"),
        expect![[r#"
        9: price
        `price`: a shared part
        says: Old or young?
        answers: `Old`, `Young`
        1 `goto` leads here (line 9)
    "#]],
    );
    hover(
        &at("day\n"),
        expect![[r#"
        8: day
        `day`: a question with an `id`
        says: Which day?
        answers: `Today`, `Later`
        1 `goto` leads here (line 16), 1 mention in the tests
    "#]],
    );
    hover(
        &at("town:"),
        expect![[r#"
        4: town
        `town`: an answer, shown as `Into town`
        says: Which day?
        answers: `Today`, `Later`
    "#]],
    );
    hover(
        &at("Old:"),
        expect![[r#"
        17: Old
        `Old`: an answer
        says: Half
        goes on at `day`: Which day?
    "#]],
    );
    hover(
        &at("airport"),
        expect![[r#"
        10: airport
        `airport`: an answer
        says: Take the express
        here the conversation ends
    "#]],
    );
    hover(
        &at("abroad"),
        expect![[r#"
        11: abroad
        `abroad`: an answer
        says: Far!
        goes on at `nowhere`, which is not there
    "#]],
    );
    hover(
        &at("start}"),
        expect![[r#"
        17: start
        `start`: the beginning
        says: Where to?
        answers: `Into town`, `airport`, `abroad`
        1 `goto` leads here (line 17), 1 mention in the tests
    "#]],
    );
    hover(&at("nowhere"), expect![[r#""#]]);
    hover(
        &at("town}"),
        expect![[r#"
        20: town
        `town`: an answer, shown as `Into town`
        says: Which day?
        answers: `Today`, `Later`
    "#]],
    );
}

#[test]
fn names_lead_to_what_they_mean() {
    links(
        &at("price}"),
        expect![[r#"
        -> 14: price
          9: price
        * 14: price
    "#]],
    );
    links(
        &at("day\n"),
        expect![[r#"
        -> 8: day
        * 8: day
          16: day
          21: day
    "#]],
    );
    links(
        &at("town}"),
        expect![[r#"
        -> 4: town
        * 4: town
          20: town
    "#]],
    );
    links(
        &at("start:"),
        expect![[r#"
        -> 2: Where to?
        * 2: Where to?
          17: start
          20: start
    "#]],
    );
    links(
        &at("nowhere"),
        expect![[r#"
        -> 
    "#]],
    );
    links(
        &at("Where"),
        expect![[r#"
        -> 
    "#]],
    );
}

#[test]
fn a_name_is_found_where_it_could_be_renamed() {
    let name = |text: &str| {
        let (analysis, offset) = at_caret(&at(text));
        let found = analysis.name_at(offset);
        found.map(|(span, name)| format!("{} is {name}", shown(&analysis, span)))
    };
    assert_eq!(name("price}").as_deref(), Some("9: price is price"));
    assert_eq!(name("town}").as_deref(), Some("20: town is town"));
    assert_eq!(name("day\n").as_deref(), Some("8: day is day"));
    assert_eq!(name("start}"), None);
    assert_eq!(name("Which"), None);
}

#[test]
fn the_outline_shows_what_hangs_from_what() {
    let analysis = read(TREE);
    let mut out = String::new();
    draw(&analysis, &analysis.outline(), 0, &mut out);
    expect![[r#"
        start (0 question) "Where to?" "2: say"
          Into town (1 question after 0.0) "Which day?" "4: town"
            Today (2 say after 1.0) "" "9: Today"
            Later (3 end after 1.1) "Come back" "9: Later"
          airport (4 end after 0.1) "Take the express" "10: airport"
          abroad (5 say after 0.2) "Far!" "11: abroad"
          else (6 say) "I only know about trains" "12: else"
        price (7 question) "Old or young?" "14: price"
          Old (8 say after 7.0) "Half" "17: Old"
          Young (9 say after 7.1) "Free" "17: Young"
        tests (test) "" "18: tests"
          one (test) "" "19: one"
    "#]]
    .assert_eq(&out);
}

fn draw(analysis: &treebot::Analysis, items: &[OutlineItem], depth: usize, out: &mut String) {
    for item in items {
        let pad = "  ".repeat(depth);
        let kind = match item.kind {
            treebot::OutlineKind::Node { node, kind, after } => {
                let after =
                    after.map(|(question, answer)| format!(" after {}.{}", question.0, answer.0));
                format!("{} {}{}", node.0, kind.as_str(), after.unwrap_or_default())
            }
            treebot::OutlineKind::Test => "test".to_owned(),
        };
        let selection = shown(analysis, item.selection);
        writeln!(out, "{pad}{} ({kind}) {:?} {selection:?}", item.label, item.detail).unwrap();
        draw(analysis, &item.children, depth + 1, out);
    }
}

#[test]
fn the_graph_shows_what_leads_where() {
    let analysis = read(TREE);
    let graph = analysis.graph();
    let mut out = String::new();
    for node in &graph.nodes {
        let name = node.name.as_deref().unwrap_or("-");
        writeln!(out, "{} {name} {} {:?}", node.id.0, node.kind.as_str(), node.label).unwrap();
    }
    for edge in &graph.edges {
        let kind = match &edge.kind {
            EdgeKind::Answer { label, .. } => label,
            EdgeKind::Else => "else",
            EdgeKind::Goto => "goto",
        };
        let at = shown(&analysis, edge.span);
        writeln!(out, "{} -> {} {kind} ({at})", edge.from.0, edge.to.0).unwrap();
    }
    expect![[r#"
        0 start question "Where to?"
        1 day question "Which day?"
        2 - say ""
        3 - end "Come back"
        4 - end "Take the express"
        5 - say "Far!"
        6 - say "I only know about trains"
        7 price question "Old or young?"
        8 - say "Half"
        9 - say "Free"
        0 -> 1 Into town (4: town)
        0 -> 4 airport (10: airport)
        0 -> 5 abroad (11: abroad)
        0 -> 6 else (12: else)
        1 -> 2 Today (9: Today)
        1 -> 3 Later (9: Later)
        2 -> 7 goto (9: price)
        7 -> 8 Old (17: Old)
        7 -> 9 Young (17: Young)
        8 -> 1 goto (16: day)
        9 -> 0 goto (17: start)
    "#]]
    .assert_eq(&out);
}

#[test]
fn every_line_belongs_to_a_node() {
    let source = TREE.replace("    answers: {Today", "    \n  \n\n    # note\n    answers: {Today");
    let analysis = read(&source);
    let mut out = String::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_end_matches('\n');
        let node = analysis.node_at(start + text.len()).map(|node| node.0.to_string());
        writeln!(out, "{} {text}", node.unwrap_or_else(|| "-".to_owned())).unwrap();
        start += line.len();
    }
    expect![[r#"
        - title: Tickets
        0 say: Where to?
        0 answers:
        1   town:
        1     label: Into town
        1     also: [centre]
        1     say: Which day?
        1     id: day
        1     
        0   
        0 
        1     # note
        1     answers: {Today: {goto: price}, Later: Come back}
        4   airport: Take the express
        5   abroad: {say: Far!, goto: nowhere}
        6 else: {say: I only know about trains}
        - nodes:
        7   price:
        7     say: Old or young?
        7     goto: day
        7     answers: {Old: Half, Young: {say: Free, goto: start}}
        - tests:
        -   one:
        -     - given: {start: town}
        -     - at: day
    "#]]
    .assert_eq(&out);
}

#[test]
fn each_message_is_known_where_it_is_written() {
    let source = "say: [One, 'Two']\nanswers:\n  a:\n    say:\n      - Three\n      - image: https://a.example/b.png\n        alt: A cat\n  b: {goto: c}\n  d: [Four]\nnodes:\n  c: Five\n";
    let analysis = read(source);
    let mut out = String::new();
    for node in 0..6 {
        let text = |message| {
            let span = analysis.span_of_message(treebot::NodeId(node), message);
            let text = span.map(|span| source[span.start..span.end].replace('\n', "|"));
            text.unwrap_or_else(|| "-".to_owned())
        };
        writeln!(out, "{}", [0, 1, 2].map(text).join(" · ")).unwrap();
    }
    // A number that is none is all of the words; what says nothing has its key.
    expect![[r#"
        One · 'Two' · [One, 'Two']
        Three · image: https://a.example/b.png|        alt: A cat · - Three|      - image: https://a.example/b.png|        alt: A cat
        b · b · b
        Four · [Four] · [Four]
        Five · Five · Five
        - · - · -
    "#]].assert_eq(&out);
}
