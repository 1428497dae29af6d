//! Questions that need a name, as their answers mean nothing by themselves; and a name for each.

use crate::digest::{means_nothing, normal_form};
use crate::load::draft::{Draft, DraftNode, Role};
use crate::lookup::Lookup;
use crate::{Code, Diagnostic, Digest, Edit, Span};

/// For how many questions of a file a name is suggested.
const MAX_SUGGESTED: usize = 1000;

/// How many characters of an answer's key go into a name.
const MAX_WORDS: usize = 30;

/// A line deeper than this is not added to.
const MAX_COLUMN: usize = 200;

/// Tells of every question that needs a name, with a name to give it.
pub(super) fn review(source: &str, draft: &Draft, problems: &mut Vec<Diagnostic>) {
    let mut names: Option<Names> = None;
    let mut suggested = 0;
    // Many questions have the same keys.
    let mut known: Lookup<&str, bool> = Lookup::new();
    let mut is_meant =
        |key| known.entry(key, || means_nothing(key)).is_some_and(|means_nothing| !*means_nothing);
    for (number, node) in draft.nodes.iter().enumerate() {
        if node.id.is_some() || !matches!(node.role, Role::Answer | Role::Else) {
            continue;
        }
        let Some(answer) = node.answers.iter().find(|answer| !is_meant(answer.key.text.as_str()))
        else {
            continue;
        };
        let message = format!(
            "this question needs an `id`: its answer `{}` means nothing by itself, so people would be asked again whenever the question's words change",
            answer.key.text
        );
        let mut diagnostic = Diagnostic::new(Code::NeedsName, node.at, message);
        suggested += 1;
        if suggested <= MAX_SUGGESTED {
            let names = names.get_or_insert_with(|| Names::of(draft));
            if let Some(insert) = names.insertion(source, node) {
                let name = names.invent(draft, number);
                let (at, before, after) = insert;
                let edit =
                    Edit { span: Span::new(at, at), text: format!("{before}id: {name}{after}") };
                diagnostic = diagnostic.with_fix(format!("call it `{name}`"), vec![edit]);
            }
        }
        problems.push(diagnostic);
    }
}

/// What names there are, and what nodes hang from.
struct Names {
    taken: Lookup<Digest>,
    /// For each node the question and the key that lead to it.
    parents: Vec<Option<(usize, String)>>,
    /// Where nodes begin that are there more than once, by an alias.
    repeated: Lookup<usize>,
    /// The numbers that have been put after names.
    counts: Lookup<String, usize>,
}

impl Names {
    fn of(draft: &Draft) -> Self {
        let mut taken = Lookup::from_iter([Digest::of("start")]);
        let mut parents = vec![None; draft.nodes.len()];
        let mut begun = Lookup::new();
        let mut repeated = Lookup::new();
        for (number, node) in draft.nodes.iter().enumerate() {
            let shared = match &node.role {
                Role::Shared(name) => Some(name),
                Role::Root | Role::Answer | Role::Else => None,
            };
            taken.extend(
                shared
                    .into_iter()
                    .chain(&node.id)
                    .chain(&node.was)
                    .map(|name| Digest::of(&name.text)),
            );
            // A `goto` that leads nowhere yet would lead here.
            taken.extend(node.goto.iter().map(|goto| Digest::of(&goto.text)));
            if !begun.add(node.span.start, ()) {
                repeated.add(node.span.start, ());
            }
            let answers = node.answers.iter().map(|answer| (answer.node, answer.key.text.clone()));
            for (child, key) in answers.chain(node.otherwise.map(|of| (of, "else".to_owned()))) {
                if let Some(parent) = parents.get_mut(child) {
                    *parent = Some((number, key));
                }
            }
        }
        Self { taken, parents, repeated, counts: Lookup::new() }
    }

    /// Where an `id` can be added to a node: the place, what stands before it there and what after.
    fn insertion(&self, source: &str, node: &DraftNode) -> Option<(usize, &'static str, String)> {
        let start = node.span.start;
        if self.repeated.contains(&start) {
            return None;
        }
        if source.get(start..)?.starts_with('{') {
            return Some((start + 1, "", ", ".to_owned()));
        }
        // On a line of its own, before the first key and in its column.
        let near = source.floor_char_boundary(start.saturating_sub(MAX_COLUMN));
        let before = source.get(near..start)?;
        let (_, indent) = before.rsplit_once('\n')?;
        indent.bytes().all(|byte| byte == b' ').then(|| (start, "", format!("\n{indent}")))
    }

    /// A name that nothing has yet, made of the answers that lead to a node.
    fn invent(&mut self, draft: &Draft, number: usize) -> String {
        let mut name = String::new();
        let mut at = number;
        // Each step back makes the name longer and so more likely to be new; the depth of YAML bounds them.
        while let Some(Some((question, key))) = self.parents.get(at) {
            let words = words(key);
            name = if name.is_empty() { words } else { format!("{words}-{name}") };
            // A name that means nothing by itself tells nobody what it names.
            if !means_nothing(&name) && self.is_new(&name) {
                break;
            }
            at = *question;
            if let Some(parent) = draft.nodes.get(at)
                && let Some(of) = parent.id.as_ref().or(match &parent.role {
                    Role::Shared(name) => Some(name),
                    Role::Root | Role::Answer | Role::Else => None,
                })
            {
                name = format!("{}-{name}", self::words(&of.text));
                break;
            }
        }
        if means_nothing(&name) {
            name = format!("after-{name}");
        }
        let base = name.clone();
        while !self.is_new(&name) {
            let Some(count) = self.counts.entry(base.clone(), || 1) else { break };
            *count += 1;
            name = format!("{base}-{count}");
        }
        self.taken.add(Digest::of(&name), ());
        name
    }

    fn is_new(&self, name: &str) -> bool {
        !self.taken.contains(&Digest::of(name))
    }
}

/// The words of a key with `-` between them, so that they need no quotes.
fn words(key: &str) -> String {
    let normal = normal_form(key);
    let cut = normal.char_indices().nth(MAX_WORDS).map_or(normal.len(), |(at, _)| at);
    let cut = normal.get(..cut).unwrap_or_default();
    let kept: String = cut.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    if words.is_empty() { "answer".to_owned() } else { words.join("-") }
}
