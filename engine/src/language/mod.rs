//! What an editor asks about a source, by byte offset: what may be written here, what this is, where
//! else it stands, and how to change it without disturbing anything else.
//!
//! Everything is total: any source, however broken, and any offset, also in the midst of a character
//! or past the end. An [`Analysis`] reads its source once; its answers take microseconds, but for
//! changes, which are tried out before they are handed over.
//!
//! * [`spot`] tells from lines and indentation where an offset is, and [`vocabulary`] which keys stand
//!   there: while somebody types, nothing else can be relied upon. [`complete`] builds on both;
//! * [`symbols`] are names and answer keys, with all places that mean them; [`rename`] changes them;
//! * [`syntax`] is how the source is laid out, which [`change`] follows;
//! * [`outline`] and [`graph`] show the whole tree, and [`hover`] explains a part of it.

mod change;
mod complete;
mod edit;
mod flow;
mod graph;
mod hover;
mod outline;
mod places;
mod rename;
mod row;
mod scalar;
mod spot;
mod symbols;
mod syntax;
mod tests_in_tree;
mod vocabulary;

pub use change::{ChangeError, ChangeErrorKind};
pub use complete::{Completion, CompletionKind};
pub use edit::{ApplyError, apply};
pub use graph::{EdgeKind, Graph, GraphEdge, GraphNode};
pub use hover::Hover;
pub use outline::{NodeKind, OutlineItem, OutlineKind};
pub use symbols::Reference;
pub use tests_in_tree::NewStep;

use crate::load::draft::{Draft, DraftAnswer, DraftNode};
use crate::load::{LoadOptions, Loaded, Reading, has_errors, read_with};
use crate::{AnswerId, Diagnostic, NodeId, Span, Tests, Tree};
use syntax::Syntax;

/// A source as an editor sees it: read once, then asked many things.
///
/// Nodes and answers have the numbers that they have in the tree; they are there also while errors
/// keep the source from being a tree, as far as it could be read.
#[derive(Clone, Debug)]
pub struct Analysis {
    source: String,
    options: LoadOptions,
    /// What could be made of it, with errors or without.
    tree: Option<Tree>,
    is_sound: bool,
    diagnostics: Vec<Diagnostic>,
    tests: Tests,
    draft: Draft,
    syntax: Syntax,
    /// Parts that could not be read.
    broken: Vec<Span>,
}

/// Reads a source for an editor; [`load_with`](crate::load_with) does the same for a conversation.
///
/// ```
/// let source = "say: Where to?\nanswers:\n  Town: Here you are.\n  Home: {goto: }\n";
/// let analysis = treebot::analyse(source, &treebot::LoadOptions::default());
///
/// let names = analysis.complete(source.find("}").unwrap());
/// assert_eq!(names[0].label, "start");
///
/// let edits = analysis.rename(source.find("Town").unwrap(), "Into town").unwrap();
/// assert_eq!(
///     treebot::apply(source, &edits).unwrap(),
///     "say: Where to?\nanswers:\n  Into town:\n    was: [Town]\n    say: Here you are.\n  Home: {goto: }\n"
/// );
/// ```
#[must_use]
pub fn analyse(source: impl Into<String>, options: &LoadOptions) -> Analysis {
    let source = source.into();
    let (mut syntax, mut broken) = (Syntax::default(), Vec::new());
    let read = read_with(&source, options, &mut |root, unread| {
        syntax = Syntax::new(&source, root);
        broken = unread.to_vec();
    });
    let Reading { tree, draft, tests, diagnostics } = read;
    let is_sound = !has_errors(&diagnostics);
    let options = options.clone();
    Analysis { source, options, tree, is_sound, diagnostics, tests, draft, syntax, broken }
}

impl Analysis {
    /// The source.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The tree; none while there is an error.
    #[must_use]
    pub fn tree(&self) -> Option<&Tree> {
        self.tree.as_ref().filter(|_| self.is_sound)
    }

    /// All that is wrong, in the order of the source, as in [`Loaded`].
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The tests of the tree, as in [`Loaded`].
    #[must_use]
    pub fn tests(&self) -> &Tests {
        &self.tests
    }

    /// What [`load_with`](crate::load_with) says of the source.
    #[must_use]
    pub fn into_loaded(self) -> Loaded {
        let tree = self.tree.filter(|_| self.is_sound);
        Loaded { tree, diagnostics: self.diagnostics, tests: self.tests }
    }

    fn node(&self, number: usize) -> Option<&DraftNode> {
        self.draft.nodes.get(number)
    }

    fn answer(&self, question: usize, answer: usize) -> Option<&DraftAnswer> {
        self.node(question)?.answers.get(answer)
    }

    /// The node that a name leads to.
    fn named(&self, name: &str) -> Option<usize> {
        self.tree.as_ref()?.named(name).map(number)
    }

    /// Where the `goto` of a node leads.
    fn target(&self, node: usize) -> Option<usize> {
        self.tree.as_ref()?.get(node_id(node))?.goto().map(number)
    }

    fn slice(&self, span: Span) -> &str {
        self.source.get(span.start..span.end).unwrap_or_default()
    }
}

fn number(id: NodeId) -> usize {
    id.0 as usize
}

fn node_id(number: usize) -> NodeId {
    // A source is far too short for more nodes.
    NodeId(u32::try_from(number).unwrap_or(u32::MAX))
}

fn answer_id(number: usize) -> AnswerId {
    AnswerId(u32::try_from(number).unwrap_or(u32::MAX))
}

/// Whether an offset is in a span or at its edge.
fn touches(span: Span, offset: usize) -> bool {
    span.start <= offset && offset <= span.end
}

/// The first words of a text, for a label: at most `length` characters of its first line.
fn first_words(text: &str, length: usize) -> String {
    let line = text.trim_start().lines().next().unwrap_or_default().trim_end();
    match line.char_indices().nth(length) {
        None => line.to_owned(),
        Some((end, _)) => {
            let cut = line.get(..end).unwrap_or_default();
            // Not in the midst of a word, where there is a space in sight.
            let space = cut.rfind(' ').filter(|space| *space * 2 > cut.len());
            format!("{}…", cut.get(..space.unwrap_or(end)).unwrap_or(cut).trim_end())
        }
    }
}
