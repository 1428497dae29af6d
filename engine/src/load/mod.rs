//! Reading a tree from its source.
//!
//! * [`read`] makes a [`draft`] of the values: what stands where;
//! * [`link`] makes a tree of the draft, with its names looked up;
//! * [`check`] looks at the whole tree: circles, loops, what nothing leads to;
//! * [`tested`] finds what the tests name;
//! * [`nearest`] is the word that somebody may have meant.

mod check;
mod draft;
mod link;
mod nearest;
mod read;
mod tested;

use crate::{Code, Diagnostic, Severity, Span, Tests, Tree, yaml};

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
        Self { bytes: 1 << 20, depth: 64, values: 200_000 }
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
    let document = yaml::read(source, &options.limits);
    let mut diagnostics = document.diagnostics;
    let mut tree = None;
    let mut tests = Tests::default();
    if let Some(root) = &document.root {
        let mut draft = read::read(source, root, &document.broken, &mut diagnostics);
        tests = tested::tests(&mut draft);
        let linked = link::link(&draft, options.name.as_deref(), source, &mut diagnostics);
        check::check(&draft, &linked, &mut diagnostics);
        // While there are errors, a name may be missing because of them.
        if !has_errors(&diagnostics) {
            tested::check(&linked.tree, &tests, &mut diagnostics);
        }
        tree = Some(linked.tree);
    }
    // A name that leads nowhere, or that nothing leads to, may have its other end in what could not be read.
    let broken: usize = document.broken.iter().map(|broken| broken.end - broken.start).sum();
    let mut room = source.len().saturating_mul(MAX_LOOKS);
    let mut is_in_broken = |span: Span| {
        room = room.saturating_sub(broken);
        let name = source.get(span.start..span.end).unwrap_or_default();
        let mut texts =
            document.broken.iter().filter_map(|broken| source.get(broken.start..broken.end));
        broken > 0 && (room == 0 || texts.any(|text| text.contains(name)))
    };
    // Nor is something out of reach while a `goto` or a key is misspelt.
    let misspelt = diagnostics
        .iter()
        .any(|diagnostic| matches!(diagnostic.code, Code::UnknownName | Code::UnknownKey));
    diagnostics.retain(|diagnostic| match diagnostic.code {
        Code::UnknownName => !is_in_broken(diagnostic.span),
        Code::Unreachable => !misspelt && !is_in_broken(diagnostic.span),
        Code::NoWayOut => document.broken.is_empty(),
        _ => true,
    });
    if has_errors(&diagnostics) {
        tree = None;
    }
    let order = |of: &Diagnostic| (of.span, of.code);
    // Of too many the first are told, errors before warnings.
    diagnostics.sort_by_key(|of| (of.severity, order(of)));
    diagnostics.dedup();
    diagnostics.truncate(MAX_DIAGNOSTICS);
    diagnostics.sort_by_key(order);
    Loaded { tree, diagnostics, tests }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
