//! Whether two drafts mean the same, wherever it is written.

use crate::load::draft::{Draft, DraftAnswer, DraftNode, Role, Spanned};

/// Whether two drafts are of the same tree.
pub(super) fn same_meaning(one: &Draft, other: &Draft) -> bool {
    let file = |draft: &Draft| {
        let texts = [&draft.title, &draft.about, &draft.help, &draft.ended].map(Clone::clone);
        (texts, draft.lang.as_ref().map(|lang| lang.text.clone()))
    };
    let words = |draft: &Draft| -> Vec<String> {
        draft.commands.iter().map(|(command, words)| format!("{command:?} {words:?}")).collect()
    };
    file(one) == file(other)
        && words(one) == words(other)
        && one.nodes.len() == other.nodes.len()
        && one.nodes.iter().zip(&other.nodes).all(|(one, other)| same_node(one, other))
}

fn same_node(one: &DraftNode, other: &DraftNode) -> bool {
    same_role(&one.role, &other.role)
        && one.say == other.say
        && one.unclear == other.unclear
        && (one.otherwise, one.offer) == (other.otherwise, other.offer)
        && text(one.goto.as_ref()) == text(other.goto.as_ref())
        && text(one.id.as_ref()) == text(other.id.as_ref())
        && same_texts(&one.was, &other.was)
        && one.answers.len() == other.answers.len()
        && one.answers.iter().zip(&other.answers).all(|(one, other)| same_answer(one, other))
}

fn same_answer(one: &DraftAnswer, other: &DraftAnswer) -> bool {
    one.key.text == other.key.text
        && one.node == other.node
        && text(one.label.as_ref()) == text(other.label.as_ref())
        && same_texts(&one.also, &other.also)
        && same_texts(&one.was, &other.was)
}

fn same_role(one: &Role, other: &Role) -> bool {
    match (one, other) {
        (Role::Root, Role::Root) | (Role::Answer, Role::Answer) | (Role::Else, Role::Else) => true,
        (Role::Shared(one), Role::Shared(other)) => one.text == other.text,
        (Role::Root | Role::Shared(_) | Role::Answer | Role::Else, _) => false,
    }
}

/// The same texts, in any order.
fn same_texts(one: &[Spanned], other: &[Spanned]) -> bool {
    let sorted = |texts: &[Spanned]| {
        let mut texts: Vec<String> = texts.iter().map(|text| text.text.clone()).collect();
        texts.sort_unstable();
        texts
    };
    one.len() == other.len() && sorted(one) == sorted(other)
}

fn text(of: Option<&Spanned>) -> Option<&str> {
    of.map(|of| of.text.as_str())
}
