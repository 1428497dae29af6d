//! Every way that a conversation can go.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use treebot::{NodeId, PathKind, each_path, paths, resolve, way_to};

use crate::support::random::{Dice, Plan};
use crate::support::{Person, tree};
use crate::trees::source;

#[test]
fn our_trees_have_just_these_paths() {
    for (name, count, ends, loops, longest) in
        [("uk-visa.yaml", 92, 92, 0, 4), ("first.yaml", 15, 15, 0, 4), ("cave.yaml", 9, 5, 4, 5)]
    {
        let paths = paths(&tree(&source(name)), 1000);
        let found = (paths.count, paths.ends, paths.loops, paths.longest);
        assert_eq!(found, (count, ends, loops, longest), "{name}");
        assert!(paths.complete && paths.stuck.is_empty());
    }
}

#[test]
fn a_limit_is_met_or_not() {
    let cave = tree(&source("cave.yaml"));
    assert!(!paths(&cave, 8).complete);
    assert_eq!(paths(&cave, 8).count, 8);
    assert!(paths(&cave, 9).complete);
    // 20 questions that all lead to each other have more paths than there are seconds.
    let mut ring = "say: a\nanswers: {go: {goto: n0}}\nnodes:\n".to_owned();
    for from in 0..20 {
        let answers: Vec<String> = (0..20).map(|to| format!("a{to}: {{goto: n{to}}}")).collect();
        writeln!(ring, "  n{from}: {{say: b{from}, answers: {{{}, end: c}}}}", answers.join(", "))
            .unwrap();
    }
    let ring = tree(&ring);
    let some = paths(&ring, 1000);
    assert_eq!((some.complete, some.count), (false, 1000));
    assert_eq!(each_path(&ring).take(10).count(), 10);
}

#[test]
fn a_question_that_no_answer_leads_out_of_is_stuck() {
    let tree = tree(
        "say: a\nanswers: {in: {goto: trap}, out: b}\nnodes:\n  trap: {say: c, answers: {again: {goto: trap}, deeper: {say: d, id: pit, answers: {up: {goto: trap}}}}}\n",
    );
    let stuck: Vec<String> =
        paths(&tree, 100).stuck.iter().map(|id| tree.place_name(*id)).collect();
    assert_eq!(stuck, ["trap", "pit"]);
}

#[test]
fn the_shortest_way_to_a_node_goes_by_its_answers() {
    let source = "say: a\nanswers: {long: {say: b, answers: {on: {goto: far}}}, short: {goto: near}, lost: x}\nelse: {goto: near}\nnodes:\n  near: {say: c, goto: far}\n  far: {say: d, answers: {again: {goto: start}, end: e}}\n  alone: {say: f, answers: {x: {goto: near}}}\n";
    let tree = tree(source);
    let way = |said: &str| {
        let node = tree.nodes().find(|node| node.say().any(|message| message.text() == said));
        let trail = way_to(&tree, node.unwrap().id())?;
        let resolved = resolve(&tree, &trail);
        let steps = trail.steps.iter().map(|step| step.words.as_deref().unwrap_or("else"));
        let steps: Vec<&str> = steps.collect();
        Some(format!("{} → {}", steps.join(" "), tree.place_name(resolved.place.node)))
    };
    assert_eq!(way("a").as_deref(), Some(" → start"));
    assert_eq!(way("d").as_deref(), Some("short → far"));
    // What only speaks is passed on the way.
    assert_eq!(way("c").as_deref(), Some("short → far"));
    assert_eq!(way("e").as_deref(), Some("short end → far/end"));
    assert_eq!(way("f"), None);
    assert_eq!(way_to(&tree, NodeId(99)), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// A conversation comes to every place that some path comes to, and by no more answers.
    #[test]
    fn the_shortest_way_is_one(seed: u64) {
        let tree = tree(&Plan::random(&mut Dice::new(seed), 30).source());
        for path in each_path(&tree).take(200).filter(|path| path.kind == PathKind::End) {
            let way = way_to(&tree, path.to);
            prop_assert!(way.is_some(), "{}", tree.place_name(path.to));
            let way = way.unwrap_or_default();
            prop_assert!(way.steps.len() <= path.steps.len());
            let resolved = resolve(&tree, &way);
            prop_assert!(resolved.report.all_kept());
            prop_assert_eq!(resolved.place.node, path.to);
        }
    }

    /// Every path ends or loops where it says, as somebody finds who takes its answers.
    #[test]
    fn each_path_is_a_conversation(seed: u64) {
        let tree = tree(&Plan::random(&mut Dice::new(seed), 30).source());
        let all = paths(&tree, 300);
        let mut seen = BTreeSet::new();
        for path in each_path(&tree).take(300) {
            prop_assert!(seen.insert(path.steps.clone()), "twice: {path:?}");
            let mut person = Person::new();
            let mut turn = person.start(&tree);
            let mut been = Vec::new();
            for (question, answer) in &path.steps {
                prop_assert_eq!(turn.place.node, *question);
                been.push(*question);
                let node = tree.get(*question).unwrap();
                let label = answer.map(|answer| node.answer(answer).unwrap().label());
                turn = person.choose(&tree, &turn.reply, label);
            }
            prop_assert_eq!(turn.place.node, path.to);
            prop_assert_eq!(turn.place.is_end(), path.kind == PathKind::End);
            if path.kind == PathKind::Loop {
                prop_assert!(been.contains(&path.to));
            }
            prop_assert_eq!(treebot::resolve(&tree, &path.trail(&tree)).place.node, path.to);
        }
        prop_assert_eq!(seen.len(), all.count);
        prop_assert!(all.complete || all.count == 300);
    }
}
