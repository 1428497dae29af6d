//! From a draft to a tree: names are looked up, and what could be mistaken for something else is found.

use indexmap::IndexMap;

use crate::lang::{PACKS, Pack, pack_of};
use crate::matching::{Commands, Index};
use crate::text::Words;
use crate::tree::{Answer, AnswerId, Node, NodeId, Tree};
use crate::{Code, Diagnostic, Digest, Edit, Span};

use super::read::{Draft, DraftAnswer, DraftNode, MAX_SUGGESTIONS, Role, Spanned, nearest};

/// A tree whose names are looked up, with what only its author needs.
pub(super) struct Linked {
    pub(super) tree: Tree,
    /// As many as there are nodes.
    pub(super) places: Vec<Places>,
}

/// Where the parts of a node are in the source.
pub(super) struct Places {
    /// What problems with the whole node point at.
    pub(super) at: Span,
    pub(super) say: Span,
    pub(super) goto: Option<Span>,
    /// Whether it is one of `nodes`.
    pub(super) shared: bool,
    /// Labels, keys and `also` of its answers, each with its place.
    pub(super) answers: Vec<AnswerPlaces>,
}

/// Where the parts of an answer are in the source.
pub(super) struct AnswerPlaces {
    pub(super) label: Span,
    pub(super) typed: Vec<Spanned>,
}

/// How many names a wrong one is compared with.
const MAX_COMPARED: usize = 1000;

/// How many words of the title are looked at.
const MAX_TITLE_WORDS: usize = 50;

/// Looks up all names of a draft.
pub(super) fn link(draft: Draft, name: Option<&str>, problems: &mut Vec<Diagnostic>) -> Linked {
    let pack = language(draft.lang.as_ref(), problems);
    let names = present_names(&draft.nodes, problems);
    let former = former_names(&draft.nodes, &names, problems);
    let parents = parents(&draft.nodes);
    let mut title = Words::of(draft.title.as_deref().unwrap_or_default()).plain;
    title.truncate(MAX_TITLE_WORDS);

    let mut nodes = Vec::with_capacity(draft.nodes.len());
    let mut places = Vec::with_capacity(draft.nodes.len());
    for (number, node) in draft.nodes.iter().enumerate() {
        let goto = node
            .goto
            .as_ref()
            .and_then(|goto| target(goto, &draft.nodes, &names, &former, problems));
        clashes(&node.answers, problems);
        let answers: Vec<Answer> = node.answers.iter().map(answer).collect();
        let index = if answers.is_empty() {
            Index::EMPTY
        } else {
            let say: Vec<&str> = node.say.iter().map(crate::Message::text).collect();
            Index::new(pack, &title, &say.join("\n"), &answers)
        };
        let own = own_name(node);
        let mut digests: Vec<Digest> = own.iter().map(|own| Digest::of(own)).collect();
        digests.extend(node.id.iter().map(|id| Digest::of(&id.text)));
        // Of its former names those that no other node bears, or bore.
        digests.extend(
            node.was
                .iter()
                .map(|was| Digest::of(&was.text))
                .filter(|was| former.get(was) == Some(&node_id(number))),
        );
        digests.dedup();
        places.push(Places {
            at: node.at,
            say: node.say_span,
            goto: node.goto.as_ref().map(|goto| goto.span),
            shared: matches!(node.role, Role::Shared(_)),
            answers: node.answers.iter().map(answer_places).collect(),
        });
        nodes.push(Node {
            words: Digest::of_words(&node.say),
            say: node.say.clone(),
            name: own,
            answers,
            goto,
            otherwise: node.otherwise.map(node_id),
            unclear: node.unclear.clone(),
            offer: node.offer,
            span: node.span,
            names: digests,
            parent: parents.get(number).copied().flatten(),
            index,
        });
    }
    let title = draft.title.unwrap_or_default();
    let tree = Tree {
        name: name.map_or_else(|| title.clone(), str::to_owned),
        title,
        about: draft.about.unwrap_or_default(),
        lang: draft.lang.map_or_else(
            || PACKS.first().map_or("en", |pack| pack.tag).to_owned(),
            |lang| lang.text,
        ),
        pack,
        commands: Commands::new(pack, &draft.commands),
        help: draft.help,
        ended: draft.ended,
        nodes,
        names,
        former,
    };
    Linked { tree, places }
}

fn node_id(number: usize) -> NodeId {
    // A source has at most as many nodes as bytes, and is bounded far below this.
    NodeId(u32::try_from(number).unwrap_or(u32::MAX))
}

fn language(lang: Option<&Spanned>, problems: &mut Vec<Diagnostic>) -> &'static Pack {
    let english = PACKS.first().copied().unwrap_or(&crate::lang::ENGLISH);
    let Some(lang) = lang else { return english };
    pack_of(&lang.text).unwrap_or_else(|| {
        let known: Vec<String> = PACKS.iter().map(|pack| format!("`{}`", pack.tag)).collect();
        let message = format!("there are no words of the bot's own for the language `{}` yet, so it says those in English; there are {}", lang.text, known.join(", "));
        problems.push(Diagnostic::new(Code::UnknownLanguage, lang.span, message));
        english
    })
}

/// The name by which a node is known: `start`, its key under `nodes`, or its `id`.
fn own_name(node: &DraftNode) -> Option<String> {
    match &node.role {
        Role::Root => Some(Tree::START.to_owned()),
        Role::Shared(name) => Some(name.text.clone()),
        Role::Answer | Role::Else => node.id.as_ref().map(|id| id.text.clone()),
    }
}

fn present_names(nodes: &[DraftNode], problems: &mut Vec<Diagnostic>) -> IndexMap<Digest, NodeId> {
    let mut names = IndexMap::new();
    let mut spelled: IndexMap<Digest, String> = IndexMap::new();
    names.insert(Digest::of(Tree::START), Tree::ROOT);
    spelled.insert(Digest::of(Tree::START), Tree::START.to_owned());
    for (number, node) in nodes.iter().enumerate() {
        let key = match &node.role {
            Role::Shared(name) => Some(name),
            Role::Root | Role::Answer | Role::Else => None,
        };
        for name in key.into_iter().chain(&node.id) {
            let digest = Digest::of(&name.text);
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
                    let other = other.map_or("", String::as_str);
                    problems.push(Diagnostic::new(
                        Code::NameClash,
                        name.span,
                        format!(
                            "the name `{}` cannot be told from `{other}`; choose another",
                            name.text
                        ),
                    ));
                }
                (None, _) => {
                    names.insert(digest, node_id(number));
                    spelled.insert(digest, name.text.clone());
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
fn former_names(
    nodes: &[DraftNode],
    names: &IndexMap<Digest, NodeId>,
    problems: &mut Vec<Diagnostic>,
) -> IndexMap<Digest, NodeId> {
    let mut former: IndexMap<Digest, Option<NodeId>> = IndexMap::new();
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
                    former.insert(digest, Some(node_id(number)));
                }
            }
        }
    }
    former.into_iter().filter_map(|(digest, of)| of.map(|of| (digest, of))).collect()
}

/// The question and answer that each node hangs from.
fn parents(nodes: &[DraftNode]) -> Vec<Option<(NodeId, Option<AnswerId>)>> {
    let mut parents = vec![None; nodes.len()];
    for (number, node) in nodes.iter().enumerate() {
        let branches =
            (0..).map(AnswerId).zip(&node.answers).map(|(id, answer)| (answer.node, Some(id)));
        for (child, answer) in branches.chain(node.otherwise.map(|otherwise| (otherwise, None))) {
            if let Some(parent) = parents.get_mut(child) {
                *parent = Some((node_id(number), answer));
            }
        }
    }
    parents
}

fn target(
    goto: &Spanned,
    nodes: &[DraftNode],
    names: &IndexMap<Digest, NodeId>,
    former: &IndexMap<Digest, NodeId>,
    problems: &mut Vec<Diagnostic>,
) -> Option<NodeId> {
    let digest = Digest::of(&goto.text);
    if let Some(found) = names.get(&digest) {
        return Some(*found);
    }
    let now = former.get(&digest).and_then(|of| nodes.get(of.0 as usize)).and_then(own_name);
    let near = now.clone().or_else(|| {
        if problems.len() > MAX_SUGGESTIONS {
            return None;
        }
        let all = names.values().filter_map(|of| own_name(nodes.get(of.0 as usize)?));
        let known: Vec<String> = all.take(MAX_COMPARED).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        nearest(&goto.text, &known).map(str::to_owned)
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
        diagnostic = diagnostic
            .with_fix(format!("write `{near}`"), vec![Edit { span: goto.span, text: near }]);
    }
    problems.push(diagnostic);
    None
}

fn answer(draft: &DraftAnswer) -> Answer {
    Answer {
        digest: Digest::of(&draft.key.text),
        was: draft.was.iter().map(|was| Digest::of(&was.text)).collect(),
        also_digests: draft.also.iter().map(|also| Digest::of(&also.text)).collect(),
        means_something: !crate::digest::means_nothing(&draft.key.text),
        key: draft.key.text.clone(),
        label: draft
            .label
            .as_ref()
            .map_or_else(|| draft.key.text.clone(), |label| label.text.clone()),
        also: draft.also.iter().map(|also| also.text.clone()).collect(),
        node: node_id(draft.node),
        span: draft.key.span,
    }
}

fn answer_places(draft: &DraftAnswer) -> AnswerPlaces {
    let typed =
        std::iter::once(&draft.key).chain(&draft.label).chain(&draft.also).cloned().collect();
    AnswerPlaces { label: draft.label.as_ref().map_or(draft.key.span, |label| label.span), typed }
}

/// Two answers of one question must differ in every key, label, `also` and `was`, as they are recorded.
fn clashes(answers: &[DraftAnswer], problems: &mut Vec<Diagnostic>) {
    let mut seen: IndexMap<Digest, (usize, &str)> = IndexMap::new();
    for (number, answer) in answers.iter().enumerate() {
        let texts = std::iter::once(&answer.key)
            .chain(&answer.label)
            .chain(&answer.also)
            .chain(&answer.was);
        for text in texts {
            let digest = Digest::of(&text.text);
            match seen.get(&digest) {
                Some((other, _)) if *other == number => {}
                Some((other, theirs)) => {
                    let key = answers.get(*other).map_or("", |other| other.key.text.as_str());
                    let message = if *theirs == text.text {
                        format!("`{}` is already there, in the answer `{key}`", text.text)
                    } else if crate::digest::normal_form(theirs)
                        == crate::digest::normal_form(&text.text)
                    {
                        format!(
                            "`{}` is already there (it differs from `{theirs}` only in capitals or punctuation)",
                            text.text
                        )
                    } else {
                        format!(
                            "`{}` gets the same short code as `{theirs}` by chance; change a letter of either",
                            text.text
                        )
                    };
                    problems.push(Diagnostic::new(Code::AnswerClash, text.span, message));
                }
                None => {
                    seen.insert(digest, (number, text.text.as_str()));
                }
            }
        }
    }
}
