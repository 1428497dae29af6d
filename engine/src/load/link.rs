//! From a draft to a tree: names are looked up, and what could be mistaken for something else is found.
//!
//! * [`names`] says what each node is called, and where a `goto` leads;
//! * [`clashes`] finds answers that cannot be told from each other.

mod clashes;
mod names;

use crate::lang::{PACKS, Pack, pack_of};
use crate::matching::{Commands, Index};
use crate::text::Words;
use crate::tree::{Answer, AnswerId, Node, NodeId, Tree};
use crate::{Code, Diagnostic, Digest, Span};

use super::draft::{Draft, DraftAnswer, DraftNode, Role, Spanned};
use clashes::clashes;
use names::{former_names, own_name, present_names, target};

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

fn node_id(number: usize) -> NodeId {
    // A source has at most as many nodes as bytes, and is bounded far below this.
    NodeId(u32::try_from(number).unwrap_or(u32::MAX))
}
