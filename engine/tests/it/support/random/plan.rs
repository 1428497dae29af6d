//! A tree as its author thinks of it.

use std::collections::BTreeSet;

use treebot::Digest;

use super::Dice;
use super::words::{MEANINGLESS, letters, look};

/// A tree as its author thinks of it.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) title: String,
    pub(crate) nodes: Vec<PlanNode>,
    /// Which nodes stand under `nodes`.
    pub(crate) shared: Vec<usize>,
    /// What is said when somebody asks for help, and after an end.
    pub(crate) help: Option<String>,
    pub(crate) ended: Option<String>,
    /// Whether the author has words of their own for going back, and none for starting again.
    pub(crate) commands: bool,
    /// How many names and words were made up so far.
    made_up: usize,
    /// What they are recorded as: five letters may be the same by chance.
    taken: BTreeSet<Digest>,
}

/// A node of a plan; the root is 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlanNode {
    /// What is said before, and a picture after, the words.
    pub(crate) before: Vec<Said>,
    /// The words that carry the mark. Without any, the node only leads on.
    pub(crate) words: String,
    pub(crate) picture: bool,
    /// The `id`, or the key under `nodes`.
    pub(crate) name: Option<String>,
    pub(crate) was: Vec<String>,
    pub(crate) answers: Vec<PlanAnswer>,
    /// A node with a name, by its number; the root is `start`.
    pub(crate) goto: Option<usize>,
    pub(crate) otherwise: Option<usize>,
    pub(crate) unclear: Vec<String>,
    /// `offer: false`
    pub(crate) typed_only: bool,
}

/// Something said besides.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    Text(String),
    Image(String),
}

/// An answer of a plan.
#[derive(Clone, Debug)]
pub(crate) struct PlanAnswer {
    pub(crate) key: String,
    pub(crate) label: Option<String>,
    pub(crate) also: Vec<String>,
    pub(crate) was: Vec<String>,
    pub(crate) node: usize,
}

/// A tree of more questions may need more answers in a row than a trail holds.
const MAX_QUESTIONS: usize = 20;

impl Plan {
    /// A random tree of at most `size` nodes or a few more.
    pub(crate) fn random(dice: &mut Dice, size: usize) -> Self {
        Self::grown(dice, size, 50)
    }

    /// A random tree in which every question has a name.
    pub(crate) fn all_named(dice: &mut Dice, size: usize) -> Self {
        Self::grown(dice, size, 100)
    }

    fn grown(dice: &mut Dice, size: usize, named: usize) -> Self {
        let mut plan = Self {
            title: "random".to_owned(),
            nodes: Vec::new(),
            shared: Vec::new(),
            help: None,
            ended: None,
            commands: dice.chance(10),
            made_up: 0,
            taken: BTreeSet::new(),
        };
        plan.help = dice.chance(20).then(|| plan.fresh("help"));
        plan.ended = dice.chance(20).then(|| plan.fresh("ended"));
        plan.add(dice);
        for _ in 0..dice.below(4) {
            let node = plan.add(dice);
            plan.nodes[node].name = Some(plan.fresh("part"));
            plan.shared.push(node);
        }
        let mut growing: Vec<(usize, usize)> =
            plan.shared.iter().map(|node| (*node, 1)).chain([(0, 0)]).collect();
        while let Some((node, depth)) = growing.pop() {
            let full = plan.nodes.len() >= size || plan.questions().len() >= MAX_QUESTIONS;
            if node != 0 && (full || depth > 5 || dice.chance(20)) {
                // A goto only leads to parts that come later, or to the root: no silent rings.
                let later = |part: &usize| *part > node;
                let targets: Vec<usize> =
                    plan.shared.iter().copied().filter(later).chain([0]).collect();
                plan.nodes[node].goto = dice.pick(&targets).copied().filter(|_| dice.chance(50));
                continue;
            }
            let inline = node != 0 && !plan.shared.contains(&node);
            if inline && dice.chance(named) {
                plan.nodes[node].name = Some(plan.fresh("name"));
            }
            let children = plan.grow(node, dice);
            growing.extend(children.into_iter().map(|child| (child, depth + 1)));
            if dice.chance(20) {
                let shared = dice.pick(&plan.shared).copied();
                plan.nodes[node].goto = shared.filter(|part| *part != node);
            }
        }
        plan.lead_back(dice);
        plan
    }

    /// Makes a node a question; gives the nodes that may grow on.
    fn grow(&mut self, node: usize, dice: &mut Dice) -> Vec<usize> {
        let meaningless = dice.pick(&MEANINGLESS).copied().filter(|_| dice.chance(30));
        let mut children = Vec::new();
        for number in 0..1 + dice.below(4) {
            let key = match meaningless.map(|keys| keys.get(number)) {
                Some(None) => break,
                Some(Some(key)) => (*key).to_owned(),
                None => self.made(dice),
            };
            let answer = self.new_answer(key, dice);
            children.push(answer.node);
            self.nodes[node].answers.push(answer);
        }
        self.twin(node, dice);
        self.nodes[node].typed_only = dice.chance(10);
        if dice.chance(15) {
            self.nodes[node].unclear = vec![self.fresh("What"), self.fresh("Pardon")];
        }
        if dice.chance(20) {
            let otherwise = self.add(dice);
            self.nodes[node].otherwise = Some(otherwise);
            match dice.below(3) {
                0 => self.nodes[otherwise].goto = Some(0),
                1 => children.push(otherwise),
                _ => {}
            }
        }
        children
    }

    /// Gives a question, now and then, an answer that differs from another in its accents alone.
    fn twin(&mut self, node: usize, dice: &mut Dice) {
        let accented = self.nodes[node].answers.iter().find(|answer| answer.key.starts_with('Ä'));
        let Some(twin) = accented.map(|answer| answer.key.replace('Ä', "A")) else { return };
        if dice.chance(50) && self.taken.insert(Digest::of(&twin)) {
            let answer = self.new_answer(twin, dice);
            self.nodes[node].answers.push(answer);
        }
    }

    /// Lets some ends lead back to any question with a name.
    fn lead_back(&mut self, dice: &mut Dice) {
        let named: Vec<usize> =
            self.questions().into_iter().filter(|node| self.nodes[*node].name.is_some()).collect();
        for node in 1..self.nodes.len() {
            let is_end = self.nodes[node].answers.is_empty() && self.nodes[node].goto.is_none();
            let is_said = self.nodes.iter().any(|other| other.otherwise == Some(node));
            if is_end && !is_said && dice.chance(10) {
                self.nodes[node].goto = dice.pick(&named).copied();
            }
        }
    }

    /// Makes some questions wide, and some of what is shown and said long.
    pub(crate) fn widen(&mut self, dice: &mut Dice) {
        for question in self.questions() {
            for _ in 0..dice.pick(&[0, 0, 3, 9, 14, 40]).copied().unwrap_or_default() {
                let key = self.made(dice);
                let answer = self.new_answer(key, dice);
                self.nodes[question].answers.push(answer);
            }
            if dice.chance(20) {
                let long = format!("{} and so on and so forth", self.made(dice));
                self.nodes[question].answers[0].label = Some(long.repeat(1 + dice.below(5)));
            }
            if dice.chance(20) {
                let words = self.fresh("words");
                self.nodes[question].words = format!("{words}. ").repeat(40 + dice.below(400));
            }
        }
    }

    /// The nodes that ask something.
    pub(crate) fn questions(&self) -> Vec<usize> {
        (0..self.nodes.len()).filter(|node| !self.nodes[*node].answers.is_empty()).collect()
    }

    /// An answer of this key that leads to a new node.
    pub(super) fn new_answer(&mut self, key: String, dice: &mut Dice) -> PlanAnswer {
        let label = dice.chance(30).then(|| self.made(dice));
        let also = (0..dice.below(3)).map(|_| self.made(dice)).collect();
        PlanAnswer { key, label, also, was: Vec::new(), node: self.add(dice) }
    }

    /// A key, a label, or what else may be typed, that was not there before.
    pub(super) fn made(&mut self, dice: &mut Dice) -> String {
        loop {
            self.made_up += 1;
            let made = look(dice, &letters(self.made_up));
            if self.taken.insert(Digest::of(&made)) {
                return made;
            }
        }
    }

    /// A name or words that were not there before.
    pub(super) fn fresh(&mut self, what: &str) -> String {
        loop {
            self.made_up += 1;
            let fresh = format!("{what} {}", letters(self.made_up));
            if self.taken.insert(Digest::of(&fresh)) {
                return fresh;
            }
        }
    }

    /// A new node that only says something.
    pub(super) fn add(&mut self, dice: &mut Dice) -> usize {
        self.nodes.push(PlanNode::default());
        let number = self.nodes.len() - 1;
        self.say_anew(number, dice);
        number
    }

    /// Makes a node say other things.
    pub(super) fn say_anew(&mut self, number: usize, dice: &mut Dice) {
        self.nodes[number].words = self.fresh("words");
        self.nodes[number].picture = dice.chance(5);
        self.nodes[number].before = match dice.below(10) {
            0 => vec![Said::Text(self.fresh("first"))],
            1 => vec![Said::Image(self.fresh("picture")), Said::Text(self.fresh("then"))],
            _ => Vec::new(),
        };
    }

    /// Whether the question has answers that mean nothing by themselves.
    pub(crate) fn is_meaningless(&self, node: usize) -> bool {
        self.nodes[node].answers.iter().any(|answer| is_meaningless(&answer.key))
            || self.takes_else(node)
    }

    /// Whether the question's `else` is taken like an answer.
    pub(crate) fn takes_else(&self, node: usize) -> bool {
        self.nodes[node]
            .otherwise
            .map(|otherwise| &self.nodes[otherwise])
            .is_some_and(|otherwise| !otherwise.answers.is_empty() || otherwise.goto.is_some())
    }
}

/// Whether a key means nothing without its question.
pub(super) fn is_meaningless(key: &str) -> bool {
    MEANINGLESS.iter().any(|keys| keys.contains(&key))
}
