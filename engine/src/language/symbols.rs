//! Names of nodes and keys of answers: where each is given, and everything that means it.

use crate::digest::{Digest, normal_form};
use crate::load::draft::{Role, Spanned};
use crate::{Span, Tree};

use super::tests_in_tree::{Meaning, Mention};
use super::{Analysis, node_id, number, touches};

/// A place in the source that means what another one names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// Where it is.
    pub span: Span,
    /// Whether the name or key is given here, and not only used.
    pub is_definition: bool,
}

/// Something with a name of the author's own. Nodes and answers by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    /// The beginning, which is always called `start`.
    Start,
    /// A node, by its key under `nodes`.
    Shared(usize),
    /// A node, by its `id`.
    Id(usize),
    Answer {
        question: usize,
        answer: usize,
    },
}

/// The name of a place in a test: a name, and the answers that lead on from there.
pub(super) struct PlaceName {
    /// Where a conversation stands then.
    pub(super) node: usize,
    pub(super) name: Symbol,
    /// Where the name ends in the text.
    pub(super) name_end: usize,
    /// The answers, each with where its key starts and ends in the text.
    /// None for `else`.
    pub(super) answers: Vec<(Option<Symbol>, usize, usize)>,
}

/// A text that uses a name or key.
pub(super) struct Use<'a> {
    pub(super) span: Span,
    pub(super) text: &'a str,
    /// Whether it may go on with answers, behind slashes.
    pub(super) is_place: bool,
}

/// How many answers the name of a place may have.
const MAX_ANSWERS: usize = 64;

impl Analysis {
    /// Where the name or key is given that is meant at a byte offset: for a `goto`, and for what tests
    /// name, and for a name or key itself.
    #[must_use]
    pub fn definition(&self, offset: usize) -> Option<Span> {
        self.given_at(self.symbol_at(offset)?)
    }

    /// The name or key that could be renamed at a byte offset: where it is, and what it is called now.
    /// Whether it can, and to what, only [`rename`](Self::rename) tells.
    #[must_use]
    pub fn name_at(&self, offset: usize) -> Option<(Span, &str)> {
        let symbol = self.symbol_at(offset)?;
        let given = self.given(symbol)?;
        let used = self.uses(symbol).into_iter().map(|used| used.span);
        let here = used.chain([given.span]).find(|span| touches(*span, offset))?;
        Some((here, &given.text))
    }

    /// All places that mean the name or key at a byte offset, in the order of the source.
    #[must_use]
    pub fn references(&self, offset: usize) -> Vec<Reference> {
        let Some(symbol) = self.symbol_at(offset) else { return Vec::new() };
        let definition = self.given_at(symbol);
        let used = self.uses(symbol).into_iter().map(|used| used.span);
        let used = used.filter(|span| Some(*span) != definition);
        let mut all: Vec<Reference> =
            used.map(|span| Reference { span, is_definition: false }).collect();
        all.extend(definition.map(|span| Reference { span, is_definition: true }));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What is named at an offset.
    pub(super) fn symbol_at(&self, offset: usize) -> Option<Symbol> {
        let is_here = |text: &&Spanned| touches(text.span, offset);
        for (number, node) in self.draft.nodes.iter().enumerate() {
            if let Role::Shared(name) = &node.role
                && is_here(&name)
            {
                return Some(Symbol::Shared(number));
            }
            if node.id.as_ref().filter(is_here).is_some() {
                return Some(Symbol::Id(number));
            }
            if let Some(goto) = node.goto.as_ref().filter(is_here) {
                return self.symbol_of(&goto.text);
            }
            let answer = node.answers.iter().position(|answer| touches(answer.key.span, offset));
            if let Some(answer) = answer {
                return Some(Symbol::Answer { question: number, answer });
            }
        }
        let mention = self.mention_at(offset)?;
        match mention.meaning {
            Meaning::Place => {
                let place = self.place_name(mention.text)?;
                place.answers.last().map_or(Some(place.name), |(symbol, ..)| *symbol)
            }
            Meaning::Answer { to } => self.symbol_of_answer(to, mention.text),
        }
    }

    /// What bears a name.
    pub(super) fn symbol_of(&self, name: &str) -> Option<Symbol> {
        let number = self.named(name)?;
        let node = self.node(number)?;
        let is_id = node.id.as_ref().is_some_and(|id| same(&id.text, name));
        Some(match &node.role {
            Role::Root if same(name, Tree::START) => Symbol::Start,
            Role::Shared(key) if same(&key.text, name) => Symbol::Shared(number),
            Role::Root | Role::Shared(_) | Role::Answer | Role::Else if is_id => Symbol::Id(number),
            Role::Root | Role::Shared(_) | Role::Answer | Role::Else => return None,
        })
    }

    /// The answer to a question, by its key.
    pub(super) fn symbol_of_answer(&self, question: &str, key: &str) -> Option<Symbol> {
        let question = self.question(question)?;
        self.answer_keyed(question, key)
    }

    fn answer_keyed(&self, question: usize, key: &str) -> Option<Symbol> {
        let node = self.tree.as_ref()?.get(node_id(question))?;
        let answer = node.keyed(Digest::of(key))?.0 as usize;
        // Another text may have the same digest, by chance.
        let is_it = same(&self.answer(question, answer)?.key.text, key);
        is_it.then_some(Symbol::Answer { question, answer })
    }

    /// The node that the name of a place means.
    pub(super) fn question(&self, text: &str) -> Option<usize> {
        self.place_name(text).map(|place| place.node)
    }

    /// Takes the name of a place apart: `start/study` is the question after the answer `study`.
    pub(super) fn place_name(&self, text: &str) -> Option<PlaceName> {
        let slashes = text.rmatch_indices('/').map(|(at, _)| at).take(MAX_ANSWERS);
        std::iter::once(text.len()).chain(slashes).find_map(|end| {
            let name = self.symbol_of(text.get(..end)?.trim())?;
            let mut place =
                PlaceName { node: self.node_of(name)?, name, name_end: end, answers: Vec::new() };
            let mut at = end;
            while at < text.len() {
                let start = at + 1;
                let rest = text.get(start..)?;
                let question = place.node;
                let ends = rest.match_indices('/').map(|(at, _)| at).chain([rest.len()]);
                let (symbol, length) = ends.take(MAX_ANSWERS).find_map(|length| {
                    let key = rest.get(..length)?;
                    Some((self.answer_keyed(question, key), length))
                        .filter(|(symbol, _)| symbol.is_some() || key == "else")
                })?;
                place.node = match symbol {
                    Some(symbol) => self.arrival(self.node_of(symbol)?, self.target(question)),
                    None => self.arrival(self.node(question)?.otherwise?, None),
                };
                at = start + length;
                place.answers.push((symbol, start, at));
            }
            Some(place)
        })
    }

    /// Where a conversation comes to that goes on from a node; `after` is where the `goto` of the question
    /// leads that the node answers.
    fn arrival(&self, node: usize, after: Option<usize>) -> usize {
        let (mut at, mut after) = (node, after);
        for _ in 0..MAX_ANSWERS {
            if self.node(at).is_none_or(|node| !node.answers.is_empty()) {
                break;
            }
            let Some(next) = self.target(at).or(after.take()) else { break };
            (at, after) = (next, None);
        }
        at
    }

    /// The node that is named, or that an answer leads to.
    pub(super) fn node_of(&self, symbol: Symbol) -> Option<usize> {
        match symbol {
            Symbol::Start => Some(number(Tree::ROOT)),
            Symbol::Shared(node) | Symbol::Id(node) => Some(node),
            Symbol::Answer { question, answer } => Some(self.answer(question, answer)?.node),
        }
    }

    /// The text that names it, as it is written.
    pub(super) fn given(&self, symbol: Symbol) -> Option<&Spanned> {
        match symbol {
            Symbol::Start => None,
            Symbol::Shared(node) => match &self.node(node)?.role {
                Role::Shared(name) => Some(name),
                Role::Root | Role::Answer | Role::Else => None,
            },
            Symbol::Id(node) => self.node(node)?.id.as_ref(),
            Symbol::Answer { question, answer } => Some(&self.answer(question, answer)?.key),
        }
    }

    fn given_at(&self, symbol: Symbol) -> Option<Span> {
        match symbol {
            // Nobody writes it; it is where the bot's first words are.
            Symbol::Start => self.node(number(Tree::ROOT)).map(|root| root.say_span),
            Symbol::Shared(_) | Symbol::Id(_) | Symbol::Answer { .. } => {
                self.given(symbol).map(|given| given.span)
            }
        }
    }

    /// All texts that use a name or key.
    pub(super) fn uses(&self, symbol: Symbol) -> Vec<Use<'_>> {
        let mut uses = Vec::new();
        if !matches!(symbol, Symbol::Answer { .. }) {
            let node = self.node_of(symbol);
            for (number, from) in self.draft.nodes.iter().enumerate() {
                if let Some(goto) = &from.goto
                    && self.target(number) == node
                    && self.symbol_of(&goto.text) == Some(symbol)
                {
                    uses.push(Use { span: goto.span, text: &goto.text, is_place: false });
                }
            }
        }
        let tests = self.mentions();
        let used = tests.iter().filter(|mention| self.mentions_symbol(mention, symbol));
        uses.extend(used.map(|mention| Use {
            span: mention.span,
            text: mention.text,
            is_place: matches!(mention.meaning, Meaning::Place),
        }));
        uses
    }

    fn mentions_symbol(&self, mention: &Mention<'_>, symbol: Symbol) -> bool {
        match mention.meaning {
            Meaning::Place => self.place_name(mention.text).is_some_and(|place| {
                place.name == symbol
                    || place.answers.iter().any(|(answer, ..)| *answer == Some(symbol))
            }),
            Meaning::Answer { to } => {
                matches!(symbol, Symbol::Answer { .. })
                    && self.symbol_of_answer(to, mention.text) == Some(symbol)
            }
        }
    }

    /// The names of a node that lead to it.
    pub(super) fn names_of(&self, number: usize) -> Vec<String> {
        let Some(node) = self.node(number) else { return Vec::new() };
        let own = match &node.role {
            Role::Root => Some(Tree::START.to_owned()),
            Role::Shared(name) => Some(name.text.clone()),
            Role::Answer | Role::Else => None,
        };
        let mut names: Vec<String> = own.into_iter().collect();
        names.extend(node.id.as_ref().map(|id| id.text.clone()).filter(|id| !names.contains(id)));
        names
    }
}

/// Whether two texts are the same name or key: capitals and punctuation do not count.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || normal_form(one) == normal_form(other)
}
