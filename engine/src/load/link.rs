//! From a draft to a tree: names are looked up, and what could be mistaken for something else is found.
//!
//! * [`names`] says what each node is called, and where a `goto` leads;
//! * [`clashes`] finds answers that cannot be told from each other.

mod clashes;
mod names;

use crate::lang::{PACKS, Pack, pack_of};
use crate::lookup::Lookup;
use crate::tree::build::{Builder, NewAnswer, NewNode};
use crate::tree::{About, NodeId, Tree};
use crate::{Code, Diagnostic, Digest, Edit, Span};

use super::draft::{Draft, DraftAnswer, Role, Spanned};
use clashes::clashes;
use names::{Digests, former_names, own_name, present_names, target};

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
    pub(super) goto: Option<Span>,
    /// Whether it is one of `nodes`.
    pub(super) shared: bool,
}

/// Looks up all names of a draft.
pub(super) fn link(draft: &Draft, name: Option<&str>, problems: &mut Vec<Diagnostic>) -> Linked {
    let pack = language(draft.lang.as_ref(), problems);
    let mut recorded = Digests::default();
    let names = present_names(&draft.nodes, &mut recorded, problems);
    let former = former_names(&draft.nodes, &names, problems);
    let title = draft.title.clone().unwrap_or_default();
    let about = About {
        name: name.map_or_else(|| title.clone(), str::to_owned),
        title,
        about: draft.about.clone().unwrap_or_default(),
        lang: draft.lang.as_ref().map_or(pack.tag, |lang| lang.text.as_str()).to_owned(),
        help: draft.help.clone(),
        ended: draft.ended.clone(),
        source: String::new(),
    };
    let mut builder = Builder::new(about, pack);
    let mut places = Vec::with_capacity(draft.nodes.len());
    let mut keys = Keys::default();
    for (number, node) in draft.nodes.iter().enumerate() {
        let goto = node.goto.as_ref().and_then(|goto| {
            target(goto, &draft.nodes, (&names, &former), &mut recorded, problems)
        });
        let own = own_name(node);
        let mut digests: Vec<Digest> = own.map(|name| recorded.of(name)).into_iter().collect();
        let second = node.id.iter().filter(|id| own != Some(id.text.as_str()));
        digests.extend(second.map(|id| recorded.of(&id.text)));
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
            goto: node.goto.as_ref().map(|goto| goto.span),
            shared: matches!(node.role, Role::Shared(_)),
        });
        let answers: Vec<NewAnswer<'_>> =
            node.answers.iter().map(|draft| answer(draft, &mut keys)).collect();
        clashes(&node.answers, &answers, problems);
        builder.node(&NewNode {
            say: &node.say,
            name: own,
            names: &digests,
            goto,
            otherwise: node.otherwise.map(node_id),
            unclear: &node.unclear,
            offer: node.offer,
            answers: &answers,
        });
    }
    Linked { tree: builder.finish(&names, &former, &draft.commands), places }
}

fn language(lang: Option<&Spanned>, problems: &mut Vec<Diagnostic>) -> &'static Pack {
    let english = PACKS.first().copied().unwrap_or(&crate::lang::ENGLISH);
    let Some(lang) = lang else { return english };
    pack_of(&lang.text).unwrap_or_else(|| {
        let known: Vec<String> = PACKS.iter().map(|pack| format!("`{}`", pack.tag)).collect();
        let message = format!("there are no words of the bot's own for the language `{}` yet, so it says those in English; there are {}", lang.text, known.join(", "));
        let diagnostic = Diagnostic::new(Code::UnknownLanguage, lang.span, message);
        let is_english = lang.text.eq_ignore_ascii_case("english");
        problems.push(if is_english {
            let edit = Edit { span: lang.span, text: english.tag.to_owned() };
            diagnostic.with_fix(format!("write `{}`", english.tag), vec![edit])
        } else {
            diagnostic
        });
        english
    })
}

/// The keys of answers as they are recorded. Many questions have the same, such as yes and no, and to find out what is
/// recorded takes longer than all else that is done with a key.
type Keys<'d> = Lookup<&'d str, (Digest, bool)>;

fn answer<'d>(draft: &'d DraftAnswer, keys: &mut Keys<'d>) -> NewAnswer<'d> {
    let key = draft.key.text.as_str();
    NewAnswer {
        key,
        label: draft.label.as_ref().map_or(&draft.key.text, |label| &label.text),
        also: draft.also.iter().map(|also| also.text.as_str()).collect(),
        recorded: keys
            .entry(key, || Digest::of_key(key))
            .copied()
            .unwrap_or((Digest::NOTHING, false)),
        was: draft.was.iter().map(|was| Digest::of(&was.text)).collect(),
        also_recorded: draft.also.iter().map(|also| Digest::of(&also.text)).collect(),
        node: node_id(draft.node),
    }
}

fn node_id(number: usize) -> NodeId {
    // A source has at most as many nodes as bytes, and is bounded far below this.
    NodeId(u32::try_from(number).unwrap_or(u32::MAX))
}
