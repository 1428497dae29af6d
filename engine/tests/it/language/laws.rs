//! Changes of random trees, in whatever way they are written: nobody loses their place, and nothing but
//! the change changes.

use proptest::prelude::*;
use treebot::{
    Analysis, AnswerId, ChangeErrorKind, Code, EdgeKind, Edit, InputKind, NewStep, NodeId,
    NodeKind, StepOutcome, Trail, Tree, apply, current, resolve,
};

use super::read;
use super::styled::styled;
use crate::support::Person;
use crate::support::random::{Dice, Plan, plan_number};

/// Names that are hard to write down.
const HARD: &[&str] = &[
    "a, b",
    "[x]",
    "{y}",
    "- z",
    "#5",
    "it's",
    "\"so\"",
    "key: value",
    "1",
    "true",
    "~",
    "é‹›",
    "&a",
    "*b",
    "100 %",
    "@",
    "`",
    "? why",
    "!no",
    "|",
    ">",
    "a #b",
    "<<",
    "---",
    "back\\slash",
];

fn a_name(dice: &mut Dice) -> String {
    let fresh = dice.below(1_000_000_000);
    if dice.chance(50) {
        format!("{} new {fresh}", dice.pick(HARD).unwrap())
    } else {
        format!("brand new {fresh}")
    }
}

fn random(seed: u64) -> (Dice, Analysis) {
    let mut dice = Dice::new(seed);
    let plan = Plan::random(&mut dice, 25);
    let source = styled(&plan, &mut dice);
    let analysis = read(&source);
    assert!(analysis.tree().is_some(), "{:#?}\n{source}", analysis.diagnostics());
    (dice, analysis)
}

/// Places that people stand at, and the words there.
fn places(tree: &Tree, dice: &mut Dice) -> Vec<(Trail, usize)> {
    let mut found = Vec::new();
    for _ in 0..6 {
        let mut person = Person::new();
        person.start(tree);
        for _ in 0..dice.below(6) {
            let choices = current(tree, &person.history).unwrap().choices;
            let Some(choice) = dice.pick(&choices) else { break };
            let (code, label) = (choice.code.as_str().to_owned(), choice.label.clone().to_string());
            person.take(tree, InputKind::Tap { code, title: Some(label) });
        }
        let trail = person.last().place.clone().unwrap();
        let stood = plan_number(tree, resolve(tree, &trail).place.node);
        found.push((trail, stood));
    }
    found
}

/// The way to a place, as a test.
fn as_test(tree: &Tree, trail: &Trail) -> Vec<NewStep> {
    let resolved = resolve(tree, trail);
    let given = resolved.path.iter().filter_map(|(question, answer)| {
        let answer = tree.get(*question)?.answer((*answer)?)?;
        Some((tree.place_name(*question), answer.key().to_owned()))
    });
    let given: Vec<_> = given.collect();
    let mut steps = if given.is_empty() { Vec::new() } else { vec![NewStep::Given(given)] };
    steps.push(match resolved.place.is_end() {
        true => NewStep::End(true),
        false => NewStep::At(tree.place_name(resolved.place.node)),
    });
    steps
}

/// Whether all tests go as written.
fn all_pass(analysis: &Analysis) -> bool {
    treebot::run_tests(analysis.tree().unwrap(), analysis.tests()).all_passed()
}

/// Applies edits that must have been made, and reads the result.
fn made(
    before: &Analysis,
    edits: Result<Vec<Edit>, treebot::ChangeError>,
    seed: u64,
) -> Option<Analysis> {
    let edits = match edits {
        Ok(edits) => edits,
        Err(error) => {
            // Only what an alias repeats cannot be changed.
            assert_eq!(
                error.kind,
                ChangeErrorKind::Repeated,
                "seed {seed}: {error}\n{}",
                before.source()
            );
            return None;
        }
    };
    let source = apply(before.source(), &edits).unwrap();
    let after = read(&source);
    assert!(after.tree().is_some(), "seed {seed}: {:?}\n{source}", after.diagnostics());
    // Nothing that stood there is gone, but for what a name or text is replaced by.
    let kept: usize = before.source().len()
        - edits.iter().map(|edit| edit.span.end - edit.span.start).sum::<usize>();
    let written: usize = edits.iter().map(|edit| edit.text.len()).sum();
    assert_eq!(source.len(), kept + written);
    let bare = |source: &str| source.matches("\r\n").count() == source.matches('\n').count();
    assert_eq!(
        bare(before.source()) && before.source().contains('\r'),
        bare(&source) && source.contains('\r')
    );
    let removed: usize =
        edits.iter().map(|edit| signs(&before.source()[edit.span.start..edit.span.end])).sum();
    let added: usize = edits.iter().map(|edit| signs(&edit.text)).sum();
    assert_eq!(signs(before.source()) - removed + added, signs(&source), "seed {seed}");
    Some(after)
}

/// How many `#` there are: comments, most of all.
fn signs(source: &str) -> usize {
    source.matches('#').count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is renamed, everybody stays where they are, and what leads where stays as it is.
    #[test]
    fn a_renamed_name_or_key_moves_nobody(seed: u64) {
        let (mut dice, mut before) = random(seed);
        let first = before.clone();
        let tree = first.tree().unwrap();
        let people = places(tree, &mut dice);
        for (number, (trail, _)) in people.iter().take(2).enumerate() {
            let edits = before.insert_test(&format!("test {number}"), &as_test(tree, trail));
            before = made(&before, edits, seed).unwrap();
        }
        prop_assert!(all_pass(&before), "seed {}\n{}", seed, before.source());
        for _ in 0..4 {
            let graph = before.graph();
            let mut names: Vec<usize> = graph.edges.iter().map(|edge| edge.span.start).collect();
            for node in &graph.nodes {
                let id = "id: ";
                names.extend(before.source()[node.span.start..node.span.end].find(id).map(|at| node.span.start + at + id.len()));
                names.push(node.span.start);
            }
            let at = *dice.pick(&names).unwrap();
            let name = a_name(&mut dice);
            let edits = before.rename(at, &name);
            if let Err(error) = &edits && matches!(error.kind, ChangeErrorKind::Nothing | ChangeErrorKind::Unusable) {
                continue;
            }
            let Some(after) = made(&before, edits, seed) else { continue };
            let (old, new) = (before.graph(), after.graph());
            prop_assert_eq!(old.nodes.len(), new.nodes.len());
            let lines = |graph: &treebot::Graph| -> Vec<(NodeId, NodeId)> { graph.edges.iter().map(|edge| (edge.from, edge.to)).collect() };
            prop_assert_eq!(lines(&old), lines(&new));
            prop_assert_eq!(old.nodes.iter().map(|node| &node.label).collect::<Vec<_>>(), new.nodes.iter().map(|node| &node.label).collect::<Vec<_>>());
            // Tests name what they did.
            prop_assert!(all_pass(&after), "seed {}\n{}", seed, after.source());
            before = after;
        }
        let tree = before.tree().unwrap();
        for (trail, stood) in people {
            let resolved = resolve(tree, &trail);
            prop_assert_eq!(plan_number(tree, resolved.place.node), stood, "seed {}\n{}\n---\n{}", seed, first.source(), before.source());
            prop_assert!(resolved.report.steps.iter().all(|step| matches!(step.outcome, StepOutcome::Kept | StepOutcome::Alias)), "seed {}: {:?}", seed, resolved.report);
        }
    }

    /// Words, former keys and ids are added; the tree has them then, and is the same otherwise.
    #[test]
    fn what_is_added_is_there_then(seed: u64) {
        let (mut dice, before) = random(seed);
        let graph = before.graph();
        let answers: Vec<(NodeId, AnswerId)> = graph.edges.iter().filter_map(|edge| match &edge.kind {
            EdgeKind::Answer { answer, .. } => Some((edge.from, *answer)),
            EdgeKind::Else | EdgeKind::Goto => None,
        }).collect();
        let (question, answer) = *dice.pick(&answers).unwrap();
        let word = a_name(&mut dice);
        let edits = before.add_also(question, answer, &word);
        if let Some(after) = made(&before, edits, seed) {
            let tree = after.tree().unwrap();
            let mut person = Person::new();
            person.start(tree);
            let (old, new) = (before.graph(), after.graph());
            prop_assert_eq!(old.edges.len(), new.edges.len());
            prop_assert!(after.source().contains("also:"));
            // What is there is not added twice.
            prop_assert!(after.add_also(question, answer, &word).is_err());
            prop_assert!(after.add_was(question, answer, &word).is_err());
            let more = a_name(&mut dice) + " too";
            let edits = after.add_was(question, answer, &more);
            made(&after, edits, seed);
        }
        let unnamed: Vec<NodeId> = graph.nodes.iter().filter(|node| node.name.is_none()).map(|node| node.id).collect();
        if let Some(node) = dice.pick(&unnamed) {
            let name = a_name(&mut dice);
            let edits = before.add_id(*node, &name);
            if let Some(after) = made(&before, edits, seed) {
                prop_assert_eq!(after.tree().unwrap().named(&name), Some(*node));
            }
        }
    }

    /// Map, outline and source show the nodes of the tree, under their numbers.
    #[test]
    fn what_is_shown_is_the_tree(seed: u64) {
        let (_, analysis) = random(seed);
        let tree = analysis.tree().unwrap();
        let graph = analysis.graph();
        prop_assert_eq!(graph.nodes.len(), tree.len());
        for (node, shown) in tree.nodes().zip(&graph.nodes) {
            prop_assert_eq!((node.id(), node.name()), (shown.id, shown.name.as_deref()));
            prop_assert_eq!(node.is_question(), shown.kind == NodeKind::Question);
            let edges = || graph.edges.iter().filter(|edge| edge.from == node.id());
            let answers: Vec<_> = edges().filter_map(|edge| match &edge.kind {
                EdgeKind::Answer { answer, key, label } => Some((*answer, key.as_str(), label.as_str(), edge.to)),
                EdgeKind::Else | EdgeKind::Goto => None,
            }).collect();
            let expected: Vec<_> = node.answers().map(|answer| (answer.id(), answer.key(), answer.label(), answer.node())).collect();
            prop_assert_eq!(answers, expected);
            let goes_on = edges().find(|edge| edge.kind == EdgeKind::Goto).map(|edge| edge.to);
            if !node.is_question() && node.goto().is_some() {
                prop_assert_eq!(goes_on, node.goto());
            }
            // From the source to the node and back.
            prop_assert_eq!(analysis.span_of(node.id()), Some(shown.span));
            prop_assert_eq!(analysis.node_at(shown.span.start), Some(node.id()));
            for answer in node.answers() {
                let span = analysis.span_of_answer(node.id(), answer.id()).unwrap();
                prop_assert_eq!(analysis.node_at(span.end), Some(answer.node()));
            }
        }
        fn count(items: &[treebot::OutlineItem]) -> usize {
            items.iter().map(|item| 1 + count(&item.children)).sum()
        }
        prop_assert_eq!(count(&analysis.outline()), tree.len());
    }

    /// A test is added to any tree, and another after it.
    #[test]
    fn tests_are_added_to_any_tree(seed: u64) {
        let (mut dice, mut analysis) = random(seed);
        for number in 1..3 {
            let steps = vec![
                NewStep::User(a_name(&mut dice)),
                NewStep::Bot(a_name(&mut dice)),
                NewStep::Given(vec![("start".to_owned(), a_name(&mut dice))]),
            ];
            let name = a_name(&mut dice) + &number.to_string();
            let edits = analysis.insert_test(&name, &steps);
            analysis = made(&analysis, edits, seed).unwrap();
            let outline = analysis.outline();
            let tests = outline.iter().find(|item| item.label == "tests").unwrap();
            prop_assert_eq!(tests.children.len(), number);
            prop_assert_eq!(&tests.children.last().unwrap().label, &name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// In an empty line of a tree, just those keys are offered that may stand there.
    #[test]
    fn keys_are_offered_exactly_where_they_may_stand(seed: u64) {
        let (mut dice, analysis) = random(seed);
        let source = analysis.source();
        let end = if source.contains('\r') { "\r\n" } else { "\n" };
        let lines: Vec<&str> = source.split_inclusive('\n').collect();
        let known = ["say", "answers", "goto", "id", "was", "label", "also", "title", "image", "user", "back"];
        // Before a key of a node, as far in as that.
        let spots: Vec<usize> = (1..lines.len()).filter(|number| {
            let words = lines[*number].trim_start();
            let is_key = known.iter().any(|key| words.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
            is_key && !lines[*number].contains(['{', '['])
        }).collect();
        let line = dice.pick(&spots).map(|spot| {
            let pad = &lines[*spot][..lines[*spot].len() - lines[*spot].trim_start().len()];
            (lines[..*spot].concat() + pad, format!("{end}{}", lines[*spot..].concat()), ": x")
        });
        // And between brackets, as the first of them.
        let brackets: Vec<usize> = source.match_indices("{say").map(|(at, _)| at + 1).collect();
        let bracket = dice.pick(&brackets).map(|at| (source[..*at].to_owned(), format!(", {}", &source[*at..]), ": x"));
        for (before, after, value) in line.into_iter().chain(bracket) {
            let typed = read(&format!("{before}{after}"));
            let offered: Vec<String> = typed.complete(before.len()).into_iter().map(|found| found.label).collect();
            for keys in treebot::Keys::ALL {
                for key in keys.names() {
                    let written = read(&format!("{before}{key}{value}{after}"));
                    let at = before.len();
                    let is_wrong = written.diagnostics().iter().any(|found| {
                        let known = matches!(found.code, Code::UnknownKey | Code::MisplacedKey | Code::DuplicateKey);
                        let second = found.span.start > at && found.code == Code::DuplicateKey;
                        known && (found.span.start == at || second)
                    });
                    prop_assert_eq!(!is_wrong, offered.iter().any(|offered| offered == key), "seed {}: {} at {} in\n{}", seed, key, at, written.source());
                }
            }
        }
    }
}
