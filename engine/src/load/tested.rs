//! The tests of a tree, beside it: where what they reach is in the source, and whether what they name is there.

use crate::testing::given::leads_on;
use crate::testing::names::find;
use crate::testing::{TestStepKind, TestedNode, Tests};
use crate::{Code, Diagnostic, Edit, Span, Tree};

use super::draft::Draft;
use super::nearest::{MAX_SUGGESTIONS, nearest};

/// How many names a wrong one is compared with.
const MAX_COMPARED: usize = 1000;

/// How many names, and parts of ways, are looked for. Of more tests than anybody writes the rest is not looked
/// at here: running them tells.
const MAX_LOOKS: usize = 20_000;

/// Takes the tests out of a draft.
pub(super) fn tests(draft: &mut Draft) -> Tests {
    let list = std::mem::take(&mut draft.tests);
    if list.is_empty() {
        return Tests::default();
    }
    let places = draft.nodes.iter().map(|node| TestedNode {
        at: node.at,
        answers: node.answers.iter().map(|answer| answer.key.span).collect(),
        otherwise: node.otherwise.and_then(|node| draft.nodes.get(node)).map(|node| node.at),
    });
    Tests { list, places: places.collect() }
}

/// Finds what the tests name and the tree does not have. A test that can only fail for that is not run: it would say
/// the same once more.
pub(super) fn check(tree: &Tree, tests: &mut Tests, problems: &mut Vec<Diagnostic>) {
    let known: Vec<&str> = tree.nodes().filter_map(|node| node.name()).take(MAX_COMPARED).collect();
    let (mut found, mut looks) = (0, 0);
    for test in &mut tests.list {
        let steps = test.steps.iter();
        let next = test.steps.iter().skip(1).map(Some).chain([None]);
        for (step, next) in steps.zip(next) {
            // What somebody gave whose question is gone may stand there, if the next step says where that leads.
            let is_met = next.is_some_and(|next| matches!(next.kind, TestStepKind::At(_)));
            let names = match &step.kind {
                TestStepKind::At(name) => vec![(name.as_str(), step.span)],
                TestStepKind::Given(given) => {
                    let names = given.iter();
                    names.map(|given| (given.question.as_str(), given.question_span)).collect()
                }
                TestStepKind::User(_) | TestStepKind::Bot(_) | TestStepKind::End(_) => continue,
            };
            let must_be_there = || match &step.kind {
                TestStepKind::Given(given) => !is_met && !leads_on(tree, given),
                TestStepKind::At(_)
                | TestStepKind::User(_)
                | TestStepKind::Bot(_)
                | TestStepKind::End(_) => true,
            };
            for (name, span) in names {
                looks += 1 + name.matches('/').count() * 4;
                if looks > MAX_LOOKS {
                    return;
                }
                if find(tree, name).is_some() {
                    continue;
                }
                found += 1;
                test.is_whole &= !must_be_there();
                let near = nearest(name, &known).filter(|_| found <= MAX_SUGGESTIONS);
                problems.push(unknown(name, span, near));
            }
        }
    }
}

fn unknown(name: &str, span: Span, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => {
            let message = format!("no question is or was called `{name}`: did you mean `{near}`?");
            let edits = vec![Edit { span, text: near.to_owned() }];
            Diagnostic::new(Code::TestName, span, message)
                .with_fix(format!("write `{near}`"), edits)
        }
        None => {
            let message = format!(
                "no question is or was called `{name}`; name it by its `id`, or by the way to it, such as `start/study`"
            );
            Diagnostic::new(Code::TestName, span, message)
        }
    }
}
