//! Reading a tree from its source.
//!
//! * [`read`] makes a [`draft`] of the values: what stands where;
//! * [`link`] makes a tree of the draft, with its names looked up;
//! * [`review`] looks at each node as it was written;
//! * [`check`] looks at the whole tree: circles, loops, what nothing leads to;
//! * [`tested`] finds what the tests name;
//! * [`nearest`] is the word that somebody may have meant.

mod bytes;
mod check;
pub(crate) mod draft;
mod link;
mod nearest;
mod read;
mod review;
mod tested;

pub use bytes::load_bytes;

use crate::yaml::{self, Document};
use crate::{Code, Diagnostic, Severity, Span, Tests, Tree};
use draft::Draft;

pub(crate) use nearest::nearest;

/// A tree and what its author should know about it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The tree; none while there is an error.
    pub tree: Option<Tree>,
    /// All that is wrong, in the order of the source; of more than 1000 problems the first, errors
    /// before warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// The tests of the tree, as far as they could be read. They are not run: see
    /// [`run_tests`](crate::run_tests).
    pub tests: Tests,
}

/// How a tree is to be loaded.
#[derive(Clone, Debug, Default)]
pub struct LoadOptions {
    /// What place codes call the tree; its title where this is none. A code of a tree of another
    /// name is not trusted, so give a name that does not change.
    pub name: Option<String>,
    /// What is too much.
    pub limits: Limits,
    /// Warn of ends without a link: where each is to lead people on to something.
    pub ends_need_links: bool,
    /// Warn of what makes a tree that works harder to use: many answers at once, hard words, ends without a date or
    /// a link.
    pub advice: bool,
}

/// What is too much for one tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of source.
    pub bytes: usize,
    /// Levels of YAML.
    pub depth: usize,
    /// Values, once aliases are written out.
    pub values: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 20, depth: 64, values: 100_000 }
    }
}

/// The most problems of one file that its author is told at once.
const MAX_DIAGNOSTICS: usize = 1000;

/// How often the whole source, at most, is looked through for names in what could not be read.
const MAX_LOOKS: usize = 20;

/// Loads a tree from its source.
#[must_use]
pub fn load(source: &str) -> Loaded {
    load_with(source, &LoadOptions::default())
}

/// Loads a tree from its source, with limits and a name of the host's choice.
#[must_use]
pub fn load_with(source: &str, options: &LoadOptions) -> Loaded {
    let Reading { tree, tests, diagnostics, .. } = read_with(source, options, &mut |_, _| {});
    let tree = tree.filter(|_| !has_errors(&diagnostics));
    Loaded { tree, diagnostics, tests }
}

/// What was read of a source, with errors in it or without.
pub(crate) struct Reading {
    /// What could be made of the source; only without errors it is a tree to talk to.
    pub(crate) tree: Option<Tree>,
    pub(crate) draft: Draft,
    pub(crate) tests: Tests,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Whether anything of this stops a tree from loading.
pub(crate) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Loads, and shows the values on the way, and what could not be read.
pub(crate) fn read_with(
    source: &str,
    options: &LoadOptions,
    look: &mut dyn FnMut(&yaml::Value<'_>, &[Span]),
) -> Reading {
    let Document { root, mut diagnostics, mut broken } = yaml::read(source, &options.limits);
    let read = root.map(|root| {
        let draft = read::read(source, &root, &broken, &mut diagnostics);
        look(&root, &broken);
        draft
    });
    let has_values = read.is_some();
    let is_whole = broken.is_empty();
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
    // Nobody is told of more, so nothing more is looked for; nor where there is more than is read.
    let is_cut = diagnostics.iter().any(|of| of.code == Code::TooMany);
    let enough = is_cut || diagnostics.iter().filter(is_error).count() >= MAX_DIAGNOSTICS;
    let (mut tree, mut draft, mut tests) = (None, Draft::default(), Tests::default());
    if let Some(read) = read {
        draft = read;
        tests = tested::tests(&mut draft);
        broken.append(&mut draft.set_aside);
    }
    if has_values && !enough {
        review::review(source, &draft, options, &mut diagnostics);
        let linked = link::link(&draft, options.name.as_deref(), &mut diagnostics);
        check::check(&draft, &linked, &mut diagnostics);
        // While there are errors, a name may be missing because of them.
        if !has_errors(&diagnostics) {
            tested::check(&linked.tree, &mut tests, &mut diagnostics);
        }
        tree = Some(linked.tree);
    }
    // A name that leads nowhere, or that nothing leads to, may have its other end in what could not be read.
    let length: usize = broken.iter().map(|broken| broken.end - broken.start).sum();
    let mut room = source.len().saturating_mul(MAX_LOOKS);
    let mut is_in_broken = |span: Span| {
        room = room.saturating_sub(length);
        let name = source.get(span.start..span.end).unwrap_or_default();
        let mut texts = broken.iter().filter_map(|broken| source.get(broken.start..broken.end));
        length > 0 && (room == 0 || texts.any(|text| text.contains(name)))
    };
    // Nor is something out of reach while a `goto` or a key is misspelt, or stands where it does nothing.
    let misspelt = diagnostics.iter().any(|of| {
        matches!(
            of.code,
            Code::UnknownName | Code::UnknownKey | Code::MisplacedKey | Code::WithoutAnswers
        )
    });
    diagnostics.retain(|diagnostic| match diagnostic.code {
        Code::UnknownName => !is_in_broken(diagnostic.span),
        Code::Unreachable => !misspelt && !is_in_broken(diagnostic.span),
        Code::NoWayOut => is_whole,
        _ => true,
    });
    Reading { tree, draft, tests, diagnostics: told(diagnostics) }
}

/// In the order of the source; of too many the first, errors before warnings.
fn told(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let order = |of: &Diagnostic| (of.span, of.code);
    diagnostics.sort_by_key(|of| (of.severity, order(of)));
    diagnostics.dedup();
    diagnostics.truncate(MAX_DIAGNOSTICS);
    diagnostics.sort_by_key(order);
    diagnostics
}
