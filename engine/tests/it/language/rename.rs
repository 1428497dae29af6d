//! Names and keys, renamed.

mod answers;
mod names;
mod refused;

use expect_test::Expect;

use treebot::{EdgeKind, StepOutcome, resolve};

use super::{at_caret, changed};
use crate::support::Person;
use crate::trees::visa;

fn check(source: &str, name: &str, expect: Expect) {
    let (analysis, offset) = at_caret(source);
    expect.assert_eq(&changed(&analysis, analysis.rename(offset, name)));
}

#[test]
fn everybody_keeps_their_place_when_half_of_the_visa_advisor_is_renamed() {
    let before = visa();
    let places = every_place(&before);
    let mut analysis = super::read(&crate::trees::source("uk-visa.yaml"));
    let mut renamed = 0;
    // From the end, so that what comes before stays where it is; half of it, as each takes a few readings.
    let nodes = analysis.graph().nodes.len();
    for number in (0..nodes).rev().step_by(2) {
        let graph = analysis.graph();
        let node = &graph.nodes[number];
        let mut places: Vec<usize> = graph
            .edges
            .iter()
            .filter(|edge| edge.to == node.id && matches!(edge.kind, EdgeKind::Answer { .. }))
            .map(|edge| edge.span.start)
            .collect();
        if let Some(name) = node.name.as_ref().filter(|name| *name != "start") {
            let of = &analysis.source()[node.span.start..];
            let id = of.find(&format!("id: {name}")).map(|at| at + "id: ".len());
            let is_shared = of.starts_with(name.as_str());
            places.push(node.span.start + if is_shared { 0 } else { id.unwrap() });
        }
        places.sort_unstable();
        for at in places.into_iter().rev() {
            renamed += 1;
            let edits = analysis.rename(at, &format!("renamed {renamed}")).unwrap();
            let source = treebot::apply(analysis.source(), &edits).unwrap();
            analysis = super::read(&source);
        }
    }
    assert!(renamed > 60, "{renamed}");
    let after = analysis.tree().unwrap();
    assert_eq!(before.len(), after.len());
    for trail in places {
        let (old, new) = (resolve(&before, &trail), resolve(after, &trail));
        assert_eq!(old.place.node, new.place.node);
        assert!(
            new.report
                .steps
                .iter()
                .all(|step| { matches!(step.outcome, StepOutcome::Kept | StepOutcome::Alias) })
        );
    }
}

/// The trail to each place that buttons lead to.
fn every_place(tree: &treebot::Tree) -> Vec<treebot::Trail> {
    let mut person = Person::new();
    let mut waiting = vec![person.start(tree)];
    let mut trails = Vec::new();
    while let Some(turn) = waiting.pop() {
        trails.push(turn.event.place.clone().unwrap());
        for choice in &turn.reply.choices {
            waiting.push(person.tap(tree, choice.code.as_str(), &choice.label));
        }
        waiting.retain(|turn| !trails.contains(turn.event.place.as_ref().unwrap()));
    }
    trails
}
