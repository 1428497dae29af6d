//! Reading a tree from its source.

mod check;
mod link;
mod read;

use crate::{Code, Diagnostic, Severity, Span, Tree, yaml};

/// A tree and what its author should know about it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The tree; none while there is an error.
    pub tree: Option<Tree>,
    /// All that is wrong, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
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
    if let Some(root) = &document.root {
        let draft = read::read(source, root, &document.broken, &mut diagnostics);
        let linked = link::link(draft, options.name.as_deref(), &mut diagnostics);
        check::check(&linked, &mut diagnostics);
        tree = Some(linked.tree);
    }
    // A name that leads nowhere, or that nothing leads to, may have its other end in what could not be read.
    let is_in_broken = |span: Span| {
        let name = source.get(span.start..span.end).unwrap_or_default();
        document.broken.iter().any(|broken| {
            source.get(broken.start..broken.end).is_some_and(|text| text.contains(name))
        })
    };
    diagnostics.retain(|diagnostic| match diagnostic.code {
        Code::UnknownName | Code::Unreachable => !is_in_broken(diagnostic.span),
        Code::NoWayOut => document.broken.is_empty(),
        _ => true,
    });
    diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    diagnostics.dedup();
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        tree = None;
    }
    Loaded { tree, diagnostics }
}
