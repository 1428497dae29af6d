//! The map of small trees, drawn as text: an outline with what is marked, and where everything stands.

use expect_test::{Expect, expect};
use treebot::{
    Input, InputKind, LoadOptions, Millis, TurnOptions, analyse, coverage, run_tests, turn,
};

use super::layout::{HEIGHT, ROW, WIDTH};
use super::*;

const TREE: &str = "\
say: Where to?
answers:
  town:
    say: And back?
    id: back
    answers:
      yes: {goto: ticket}
      no: {say: One way., goto: ticket}
  airport: Take the express.
  again: {goto: start}
else: I only know town and airport.
nodes:
  ticket:
    say: Paper or phone?
    answers:
      paper: Here it is.
      phone: {goto: back}
  lost: Nobody comes here.
tests:
  to the airport:
    - user: airport
    - bot: express
";

fn map_of(source: &str, said: &[&str]) -> Map {
    let mut map = Map::default();
    read(&mut map, source, said);
    map
}

fn read(map: &mut Map, source: &str, said: &[&str]) {
    let analysis = analyse(source, &LoadOptions::default());
    let mut history = treebot::History::new();
    let mut reached = None;
    if let Some(tree) = analysis.tree() {
        for (text, at) in said.iter().zip(1..) {
            let kind = InputKind::Text((*text).to_owned());
            let input = Input { at: Millis(at), id: at.to_string(), kind };
            history.insert(turn(tree, &history, &input, &TurnOptions::default()).event);
        }
        let tests = analysis.tests();
        reached = (!tests.is_empty()).then(|| coverage(tree, &run_tests(tree, tests)));
    }
    let now = Now {
        tree: analysis.tree(),
        trail: history.trail(),
        other: None,
        coverage: reached.as_ref(),
    };
    map.read(&analysis, now);
}

/// The outline, a row a line: `+` where something is hidden.
fn outline(map: &Map) -> String {
    let rows = map.outline(0, 1000).rows;
    let line = |row: &MapRow| {
        let indent = "  ".repeat(row.level as usize - 1);
        let sign = match row.open {
            Some(false) => "+",
            Some(true) => "-",
            None => " ",
        };
        let (position, siblings) = (row.position, row.siblings);
        format!("{indent}{sign} {position}/{siblings} {}: {}\n", row.title, row.about)
    };
    rows.iter().map(line).collect()
}

fn check(map: &Map, expected: &Expect) {
    expected.assert_eq(&outline(map));
}

/// A tree of so many shared questions, each of which leads to two more, and back to the first.
fn large(questions: usize) -> String {
    let mut source = String::from("say: Begin?\nanswers:\n  go: {goto: n0}\nnodes:\n");
    for n in 0..questions {
        let to = |next: usize| {
            if next < questions { format!("{{goto: n{next}}}") } else { "An end.".to_owned() }
        };
        source.push_str(&format!(
            "  n{n}:\n    say: Question {n}?\n    answers:\n      stop: Well then.\n      left: {}\n      right: {}\n      back: {{goto: n0}}\n",
            to(2 * n + 1),
            to(2 * n + 2),
        ));
    }
    source
}

#[test]
fn what_an_answer_says_hangs_from_it_and_a_shared_node_from_the_first_that_goes_there() {
    check(
        &map_of(TREE, &[]),
        &expect![[r#"
            - 1/2 start: Where to? Question. The conversation stands here. Tested
              - 1/4 town: And back? Question. No test comes here
                - 1/2 yes: Goes on. No test comes here
                  - 1/1 ticket: Paper or phone? Question. No test comes here
                      1/2 paper: Here it is. End. No test comes here
                      2/2 phone: Goes on. No test comes here. Goes on to back
                  2/2 no: One way. Goes on. No test comes here. Goes on to ticket
                2/4 airport: Take the express. End. Tested
                3/4 again: Goes on. No test comes here. Goes on to start
                4/4 else: I only know town and airport. Goes on. Tested
              2/2 lost: Nothing leads here. Nobody comes here. End. No test comes here
        "#]],
    );
}

#[test]
fn the_conversation_is_marked_from_the_start_to_where_it_stands() {
    check(
        &map_of(TREE, &["town", "no"]),
        &expect![[r#"
            - 1/2 start: Where to? Question. Visited. Tested
              - 1/4 town: And back? Question. Visited. No test comes here
                - 1/2 yes: Goes on. No test comes here
                  - 1/1 ticket: Paper or phone? Question. The conversation stands here. No test comes here
                      1/2 paper: Here it is. End. No test comes here
                      2/2 phone: Goes on. No test comes here. Goes on to back
                  2/2 no: One way. Goes on. Visited. No test comes here. Goes on to ticket
                2/4 airport: Take the express. End. Tested
                3/4 again: Goes on. No test comes here. Goes on to start
                4/4 else: I only know town and airport. Goes on. Tested
              2/2 lost: Nothing leads here. Nobody comes here. End. No test comes here
        "#]],
    );
}

#[test]
fn nothing_overlaps_and_everything_stands_right_of_what_it_hangs_from() {
    for source in [TREE.to_owned(), large(40), large(3)] {
        let mut map = map_of(&source, &[]);
        for _ in 0..60 {
            map.show_levels(true);
        }
        let view = map.view(Sight::ALL);
        assert_eq!(view.shown, view.all);
        let mut corners: Vec<(i32, i32)> = map.layout.corners.clone();
        corners.sort_unstable();
        for pair in corners.windows(2) {
            let [(x1, y1), (x2, y2)] = pair else { continue };
            assert!(x1 != x2 || y2 - y1 >= ROW - 1, "{pair:?}");
        }
        for node in &map.layout.shown {
            let parent = of(&map.shape.parents, *node);
            let corners = (map.layout.corner(*node), map.layout.corner(parent));
            if let (Some((x, y)), Some((left, _))) = corners {
                assert!(parent == NONE || left + WIDTH < x);
                assert!(x + WIDTH <= view.width && y + HEIGHT <= view.height);
            }
        }
    }
}

#[test]
fn large_trees_are_shown_in_part_and_open_by_hand() {
    let mut map = map_of(&large(300), &[]);
    let view = map.view(Sight::ALL);
    assert!(view.shown <= 150, "{}", view.shown);
    assert!(view.all > 600);
    let closed = map.outline(0, 1000).rows.into_iter().find(|row| row.open == Some(false));
    let closed = closed.map(|row| row.id).unwrap_or_default();
    let before = map.view(Sight::ALL).shown;
    map.toggle(closed);
    assert!(map.view(Sight::ALL).shown > before);
    map.toggle(closed);
    assert_eq!(map.view(Sight::ALL).shown, before);
    map.show_levels(false);
    assert!(map.view(Sight::ALL).shown < before);
    // What is chosen by hand stays while the tree grows.
    let levels = map.view(Sight::ALL).levels;
    read(&mut map, &large(310), &[]);
    assert_eq!(map.view(Sight::ALL).levels, levels);
}

#[test]
fn what_is_looked_at_and_where_the_conversation_stands_is_never_hidden() {
    let mut map = map_of(&large(300), &["go", "right", "right", "right"]);
    assert!(map.here().is_some_and(|here| map.layout.corner(here).is_some()));
    let last = number(map.graph.nodes.len()) - 1;
    let deep = map.shape.order.iter().copied().max_by_key(|node| of(&map.shape.depths, *node));
    let deep = deep.unwrap_or(last);
    assert_eq!(map.layout.corner(deep), None, "it is hidden at first");
    map.select(Some(deep));
    assert!(map.layout.corner(deep).is_some());
    assert!(map.view(Sight::ALL).nodes.iter().any(|node| node.selected && node.id == deep));
    map.select(None);
    assert_eq!(map.layout.corner(deep), None);
    assert!(map.frame(deep, 0, 0).is_some(), "whoever hides it stands in for it");
}

#[test]
fn at_first_as_many_levels_are_shown_as_can_be_read_at_once() {
    let open = |height: i32| {
        let mut map = map_of(TREE, &[]);
        map.begin(height.unsigned_abs());
        let first = map.view(Sight::ALL);
        assert!(first.height <= height || first.levels == Some(1));
        (map, first.shown)
    };
    // The first row of what nothing leads to is one more.
    assert_eq!([1, 5, 6, 7, 8].map(|rows| open(rows * ROW).1), [6, 6, 9, 11, 11]);
    let (mut map, shown) = open(5 * ROW);
    // One answer more closes nothing, many do; and what the conversation needs is open.
    read(&mut map, &TREE.replace("  airport", "  station: Mind the gap.\n  airport"), &[]);
    assert_eq!(map.view(Sight::ALL).shown, shown + 1);
    read(&mut map, TREE, &["town"]);
    assert_eq!(map.view(Sight::ALL).shown, shown + 2, "what can be answered is shown");
    let more: String = (0..9).map(|n| format!("  stop {n}: Here.\n")).collect();
    let (mut map, shown) = open(7 * ROW);
    read(&mut map, &TREE.replace("  airport", &format!("{more}  airport")), &[]);
    assert_eq!((shown, map.view(Sight::ALL).shown), (11, 15));
    // By hand, and in the picture that is kept, there is all of it.
    for _ in 0..9 {
        map.show_levels(true);
    }
    assert_eq!(map.view(Sight::ALL).shown, 20);
    assert_eq!(open(5 * ROW).0.svg("").matches("<rect").count(), 11);
}

#[test]
fn a_node_is_seen_with_what_is_around_it_as_far_as_there_is_room() {
    let map = map_of(TREE, &[]);
    let town = map.graph.nodes.iter().position(|node| node.name.as_deref() == Some("back"));
    let town = town.map(number).unwrap_or_default();
    let (left, top) = map.layout.corner(town).unwrap_or_default();
    let titles = |width: i32, height: i32| {
        let frame = map.frame(town, width, height).unwrap_or_default();
        assert!(frame.right - frame.left <= width.max(WIDTH));
        assert!(frame.bottom - frame.top <= height.max(HEIGHT));
        assert!(frame.left <= left && frame.top <= top && frame.bottom >= top + HEIGHT);
        let whole = |node: &MapNode| {
            frame.left <= node.x
                && frame.top <= node.y
                && node.x + WIDTH <= frame.right
                && node.y + HEIGHT <= frame.bottom
        };
        let view = map.view(Sight::ALL);
        let seen = view.nodes.iter().filter(|node| whole(node)).map(|node| node.title.as_str());
        seen.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(titles(0, 0), "town");
    assert_eq!(titles(450, 400), "town, yes, no");
    assert_eq!(titles(700, 400), "start, town, yes, no, airport");
    assert_eq!(titles(700, 60), "town");
    // What it hangs from does not stand beside it, and is in sight where there is room for just that as well.
    let bottom = map.frame(0, 0, 0).unwrap_or_default().bottom.max(ROW + HEIGHT);
    assert_eq!(titles(700, bottom), "start, town, yes, no, airport");
    assert_eq!(map.frame(u32::MAX, 700, 400), None);
}

#[test]
fn only_what_is_in_sight_is_handed_out() {
    let mut map = map_of(&large(1000), &[]);
    for _ in 0..40 {
        map.show_levels(true);
    }
    let sight = |top: i32| Sight { left: 0, top, right: 1200, bottom: top + 800 };
    for top in [0, 2_000, 10_000, 1_000_000_000, -5_000] {
        let view = map.view(sight(top));
        assert!(view.nodes.len() < 200, "{}", view.nodes.len());
        assert!(view.nodes.iter().all(|node| node.y + HEIGHT >= top && node.y <= top + 800));
        assert!(view.pattern.is_empty());
    }
    let all = map.view(Sight::ALL);
    assert!(all.nodes.len() <= 400 && all.pattern.len() > 10_000, "a pattern from afar");
}

#[test]
fn an_edit_that_moves_a_node_keeps_what_is_open_and_what_is_marked() {
    let mut map = map_of(&large(300), &["go", "left"]);
    let closed = map.outline(0, 1000).rows.into_iter().find(|row| row.open == Some(false));
    map.toggle(closed.map(|row| row.id).unwrap_or_default());
    let shown = map.view(Sight::ALL).shown;
    let edited = large(300).replace("answers:\n  go:", "answers:\n  stay: Stay then.\n  go:");
    read(&mut map, &edited, &["go", "left"]);
    assert_eq!(map.view(Sight::ALL).shown, shown + 1);
    assert!(map.here().is_some());
}

#[test]
fn a_source_with_errors_has_a_map_and_keeps_its_marks() {
    let mut map = map_of(TREE, &["town", "no"]);
    let here = map.here();
    read(&mut map, &TREE.replace("airport: Take", "aeroport: {sya: 1}\n  airport: Take"), &[]);
    assert_ne!(map.here(), here, "its number is another");
    assert_eq!(
        map.here().map(|here| map.words(here).to_owned()),
        Some("Paper or phone?".to_owned())
    );
    for source in ["", "say: [", "nodes: {a: {goto: a}}", "- 1", "say: a\nanswers: {a: {goto: b}}"]
    {
        read(&mut map, source, &[]);
        let view = map.view(Sight::ALL);
        assert!(view.all <= 3 && map.svg(source).ends_with("</svg>\n"));
    }
}

#[test]
fn the_outline_comes_in_pieces() {
    let map = map_of(&large(300), &[]);
    let all = map.outline(0, 1000);
    assert_eq!(all.all as usize, all.rows.len());
    let some = map.outline(40, 20);
    assert_eq!(Some(some.rows.as_slice()), all.rows.get(40..60));
    assert_eq!(map.outline(u32::MAX, 20).rows.len(), 20, "the last of them");
    for (row, at) in all.rows.iter().zip(0..) {
        assert_eq!(map.row_of(row.id), Some(at));
    }
    assert_eq!(map.row_of(u32::MAX), None);
}

#[test]
fn keys_move_as_in_any_outline() {
    let mut map = map_of(TREE, &[]);
    let mut at = 0;
    let mut walked = Vec::new();
    for key in [
        "ArrowDown",
        "ArrowRight",
        "ArrowLeft",
        "ArrowLeft",
        "ArrowDown",
        "End",
        "ArrowDown",
        "ArrowUp",
        "Home",
        "ArrowUp",
        "ArrowLeft",
        "ArrowDown",
        "ArrowRight",
        "ArrowRight",
        "x",
    ] {
        at = map.key(at, key);
        walked.push(format!("{key} {} ({} shown)", map.title(at), map.layout.shown.len()));
    }
    expect![[r#"
        ArrowDown town (11 shown)
        ArrowRight yes (11 shown)
        ArrowLeft yes (8 shown)
        ArrowLeft town (8 shown)
        ArrowDown yes (8 shown)
        End lost (8 shown)
        ArrowDown lost (8 shown)
        ArrowUp else (8 shown)
        Home start (8 shown)
        ArrowUp start (8 shown)
        ArrowLeft start (2 shown)
        ArrowDown lost (2 shown)
        ArrowRight lost (2 shown)
        ArrowRight lost (2 shown)
        x lost (2 shown)"#]]
    .assert_eq(&walked.join("\n"));
}

#[test]
fn nodes_are_found_by_name_answer_and_words() {
    let mut map = map_of(TREE, &[]);
    let titles = |map: &mut Map, text: &str| {
        let count = map.find(text);
        let mut found = Vec::new();
        let mut at = None;
        for _ in 0..count {
            at = map.next_found(at, false);
            found.push(at.map(|at| map.title(at).to_owned()).unwrap_or_default());
        }
        let first = map.next_found(at, false);
        assert_eq!(first, map.next_found(None, false), "round and round");
        assert_eq!(map.next_found(first, true), at);
        found.join(", ")
    };
    assert_eq!(titles(&mut map, "TICKET"), "ticket");
    assert_eq!(titles(&mut map, "express"), "airport");
    assert_eq!(titles(&mut map, "back"), "town");
    assert_eq!(titles(&mut map, "phone"), "ticket, phone");
    assert_eq!(titles(&mut map, "  "), "");
    assert_eq!(titles(&mut map, "nowhere"), "");
}

#[test]
fn the_picture_is_whole_and_nothing_in_it_runs() {
    let source = "title: x\nsay: '<script>alert(1)</script> & \"more\" \u{7}'\nanswers: {'<b>': a, 日本語日本語日本語日本語: b}\n";
    let svg = map_of(source, &[]).svg("A <b> & c");
    assert!(!svg.contains("<script") && !svg.contains("<b>"), "{svg}");
    assert!(svg.contains("A &lt;b&gt; &amp; c") && svg.contains("日本語日本語"));
    assert_eq!(svg.matches("<rect").count(), 3);
    assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
}

#[test]
fn a_keystroke_within_a_text_lays_nothing_out_anew() {
    let mut map = map_of(TREE, &["town"]);
    let before = map.layout.clone();
    assert_eq!(map.arranged, 1);
    read(&mut map, &TREE.replace("And back?", "And back again?"), &["town"]);
    assert_eq!((map.arranged, &map.layout), (1, &before));
    // Another answer, and another place of the conversation that opens something, do.
    read(&mut map, &TREE.replace("  airport:", "  harbour: Swim.\n  airport:"), &["town"]);
    assert_eq!(map.arranged, 2);
    assert_ne!(map.layout, before);
    map.show_levels(false);
    assert!(map.arranged > 2);
    assert_eq!(
        map.layout,
        Layout::of(&map.shape, |node| map.opened.as_ref().is_some_and(|open| of(open, node)))
    );
}
