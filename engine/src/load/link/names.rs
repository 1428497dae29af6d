//! What each node is called, and was called, and where a `goto` leads.

use crate::digest::normal_form;
use crate::load::draft::{DraftNode, Role, Spanned};
use crate::load::nearest::{MAX_SUGGESTIONS, nearest};
use crate::lookup::Lookup;
use crate::tree::{NodeId, Tree};
use crate::{Code, Diagnostic, Digest, Edit};

use super::node_id;

/// Names as they are recorded, each with its node.
pub(super) type Names = Lookup<Digest, NodeId>;

/// What names are recorded as. Each is there twice at least, where it is given and where a `goto` leads to it, and to find
/// this out takes long.
#[derive(Default)]
pub(super) struct Digests<'d>(Lookup<&'d str, Digest>);

impl<'d> Digests<'d> {
    pub(super) fn of(&mut self, name: &'d str) -> Digest {
        self.0.entry(name, || Digest::of(name)).map_or(Digest::NOTHING, |digest| *digest)
    }
}

/// How many names a wrong one is compared with.
const MAX_COMPARED: usize = 1000;

/// The name by which a node is known: `start`, its key under `nodes`, or its `id`.
pub(super) fn own_name(node: &DraftNode) -> Option<&str> {
    match &node.role {
        Role::Root => Some(Tree::START),
        Role::Shared(name) => Some(&name.text),
        Role::Answer | Role::Else => node.id.as_ref().map(|id| id.text.as_str()),
    }
}

pub(super) fn present_names<'d>(
    nodes: &'d [DraftNode],
    digests: &mut Digests<'d>,
    problems: &mut Vec<Diagnostic>,
) -> Names {
    let mut names = Names::default();
    let mut spelled: Lookup<Digest, &str> = Lookup::new();
    names.add(Digest::of(Tree::START), Tree::ROOT);
    spelled.add(Digest::of(Tree::START), Tree::START);
    for (number, node) in nodes.iter().enumerate() {
        let key = match &node.role {
            Role::Shared(name) => Some(name),
            Role::Root | Role::Answer | Role::Else => None,
        };
        for name in key.into_iter().chain(&node.id) {
            let digest = digests.of(&name.text);
            let of = names.get(&digest).copied();
            match (of, spelled.get(&digest)) {
                (Some(of), _) if of == node_id(number) => {}
                (Some(_), Some(other)) if *other == name.text => {
                    let message = if name.text == Tree::START {
                        "`start` is the name of the first question; choose another".to_owned()
                    } else {
                        format!("the name `{other}` is already there")
                    };
                    problems.push(Diagnostic::new(Code::NameClash, name.span, message));
                }
                (Some(_), other) => {
                    let other = other.copied().unwrap_or_default();
                    let text = &name.text;
                    let message = if normal_form(text) == normal_form(other) {
                        format!("the name `{text}` cannot be told from `{other}`; choose another")
                    } else {
                        format!(
                            "the name `{text}` gets the same short code as `{other}` by chance; change a letter of the one that is newer"
                        )
                    };
                    problems.push(Diagnostic::new(Code::NameClash, name.span, message));
                }
                (None, _) => {
                    names.add(digest, node_id(number));
                    spelled.add(digest, name.text.as_str());
                }
            }
        }
        if let (Some(id), Some(name)) = (&node.id, own_name(node))
            && !matches!(node.role, Role::Answer | Role::Else)
            && id.text != name
        {
            let message = format!(
                "this node is called `{name}` already; `{}` is a second name for it",
                id.text
            );
            problems.push(Diagnostic::new(Code::SecondName, id.span, message));
        }
    }
    names
}

/// Former names, as far as nothing bears them now.
pub(super) fn former_names(
    nodes: &[DraftNode],
    names: &Names,
    problems: &mut Vec<Diagnostic>,
) -> Names {
    let mut former: Lookup<Digest, Option<NodeId>> = Lookup::new();
    for (number, node) in nodes.iter().enumerate() {
        // On an answer, `was` is about its key; it is about the name as well where there is one.
        let inline = matches!(node.role, Role::Answer | Role::Else);
        if inline && node.id.is_none() {
            continue;
        }
        for was in &node.was {
            let digest = Digest::of(&was.text);
            match (names.get(&digest), former.get(&digest)) {
                (Some(of), _) if *of == node_id(number) => {}
                (Some(_), _) | (None, Some(_)) if inline => {
                    // It was the answer's key, then. Two nodes that may have borne a name: neither.
                    if let Some(other) = former.get_mut(&digest)
                        && *other != Some(node_id(number))
                    {
                        *other = None;
                    }
                }
                (Some(_), _) => problems.push(Diagnostic::new(
                    Code::NameClash,
                    was.span,
                    format!("`{}` is a name that another node has now", was.text),
                )),
                (None, Some(other)) if *other != Some(node_id(number)) => {
                    problems.push(Diagnostic::new(
                        Code::NameClash,
                        was.span,
                        format!("`{}` is a former name of another node too", was.text),
                    ));
                }
                (None, Some(_)) => {}
                (None, None) => {
                    former.add(digest, Some(node_id(number)));
                }
            }
        }
    }
    let mut kept = Names::new();
    for (digest, of) in former.iter() {
        if let Some(of) = of {
            kept.add(*digest, *of);
        }
    }
    kept
}

pub(super) fn target<'d>(
    goto: &'d Spanned,
    nodes: &[DraftNode],
    (names, former): (&Names, &Names),
    digests: &mut Digests<'d>,
    problems: &mut Vec<Diagnostic>,
) -> Option<NodeId> {
    let digest = digests.of(&goto.text);
    if let Some(found) = names.get(&digest) {
        return Some(*found);
    }
    let now = former.get(&digest).and_then(|of| nodes.get(of.0 as usize)).and_then(own_name);
    let near = now.or_else(|| {
        if problems.len() > MAX_SUGGESTIONS {
            return None;
        }
        let all = names.iter().filter_map(|(_, of)| own_name(nodes.get(of.0 as usize)?));
        let known: Vec<&str> = all.take(MAX_COMPARED).collect();
        nearest(&goto.text, &known)
    });
    let message = match (&now, &near) {
        (Some(now), _) => format!("`{}` is called `{now}` now", goto.text),
        (None, Some(near)) => format!("nothing is called `{}`: did you mean `{near}`?", goto.text),
        (None, None) => format!(
            "nothing is called `{}`; a `goto` leads to one of `nodes`, to an `id`, or to `start`",
            goto.text
        ),
    };
    let mut diagnostic = Diagnostic::new(Code::UnknownName, goto.span, message);
    if let Some(near) = near {
        diagnostic = diagnostic.with_fix(
            format!("write `{near}`"),
            vec![Edit { span: goto.span, text: near.to_owned() }],
        );
    }
    problems.push(diagnostic);
    None
}
