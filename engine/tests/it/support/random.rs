//! Random trees, written as sources, and random edits of them.
//!
//! Every node carries a mark `‹n›` in its words that no edit takes away, so that a test can tell
//! whether somebody still stands at the same node.

use std::fmt::Write as _;

use treebot::{NodeId, Tree};

/// Numbers that only look random: the same seed gives the same numbers.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 16) % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let index = self.below(from.len());
        from.get(index)
    }
}

/// A tree as its author thinks of it.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) nodes: Vec<PlanNode>,
    /// Which nodes stand under `nodes`.
    pub(crate) shared: Vec<usize>,
    /// How many names and words were made up so far.
    pub(crate) made_up: usize,
}

/// A node of a plan; the root is 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlanNode {
    pub(crate) words: String,
    /// The `id`, or the key under `nodes`.
    pub(crate) name: Option<String>,
    pub(crate) was: Vec<String>,
    pub(crate) answers: Vec<PlanAnswer>,
    /// A node under `nodes`, by its number; the root is `start`.
    pub(crate) goto: Option<usize>,
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

const MEANINGLESS: [&str; 6] = ["Yes", "No", "1", "2", "other", "Not sure"];

impl Plan {
    /// A random tree of at most `size` nodes or a few more.
    pub(crate) fn random(dice: &mut Dice, size: usize) -> Self {
        let mut plan = Self { nodes: vec![PlanNode::default()], shared: Vec::new(), made_up: 0 };
        plan.nodes[0].words = plan.fresh("words");
        for _ in 0..dice.below(4) {
            let node = plan.add();
            let name = plan.fresh("part");
            plan.nodes[node].name = Some(name);
            plan.shared.push(node);
        }
        let mut growing: Vec<(usize, usize)> =
            plan.shared.iter().map(|node| (*node, 1)).chain([(0, 0)]).collect();
        while let Some((node, depth)) = growing.pop() {
            let is_root = node == 0;
            if !is_root && (plan.nodes.len() >= size || depth > 5 || dice.chance(20)) {
                // A goto only leads to parts that come later, or to the root: no silent rings.
                if dice.chance(50) {
                    let targets: Vec<usize> = plan
                        .shared
                        .iter()
                        .copied()
                        .filter(|part| *part > node)
                        .chain([0])
                        .collect();
                    plan.nodes[node].goto = dice.pick(&targets).copied();
                }
                continue;
            }
            if !plan.shared.contains(&node) && !is_root && dice.chance(50) {
                let name = plan.fresh("name");
                plan.nodes[node].name = Some(name);
            }
            let meaningless = dice.chance(25);
            for number in 0..1 + dice.below(4) {
                let key = if meaningless {
                    MEANINGLESS[number % MEANINGLESS.len()].to_owned()
                } else {
                    plan.fresh("key")
                };
                let label = if dice.chance(30) { Some(plan.fresh("label")) } else { None };
                let also = (0..dice.below(3)).map(|_| plan.fresh("also")).collect();
                let child = plan.add();
                plan.nodes[node].answers.push(PlanAnswer {
                    key,
                    label,
                    also,
                    was: Vec::new(),
                    node: child,
                });
                growing.push((child, depth + 1));
            }
            if dice.chance(20) {
                plan.nodes[node].goto =
                    dice.pick(&plan.shared).copied().filter(|part| *part != node);
            }
        }
        plan
    }

    /// Something that was not there before.
    pub(crate) fn fresh(&mut self, what: &str) -> String {
        self.made_up += 1;
        // Letters, so that numbers that are typed mean nothing here.
        let mut number = self.made_up;
        let mut letters = String::new();
        while number > 0 {
            letters.insert(0, char::from(b'a' + u8::try_from(number % 26).unwrap()));
            number /= 26;
        }
        format!("{what} {letters}{}", if self.made_up.is_multiple_of(7) { " é" } else { "" })
    }

    /// A new node that only says something.
    pub(crate) fn add(&mut self) -> usize {
        let words = self.fresh("words");
        self.nodes.push(PlanNode { words, ..PlanNode::default() });
        self.nodes.len() - 1
    }

    /// Whether the question has answers whose keys mean nothing by themselves.
    pub(crate) fn is_meaningless(&self, node: usize) -> bool {
        self.nodes[node].answers.iter().any(|answer| MEANINGLESS.contains(&answer.key.as_str()))
    }

    /// The source of the tree.
    pub(crate) fn source(&self) -> String {
        let mut out = String::from("title: random\n");
        self.write(0, 0, &mut out);
        if !self.shared.is_empty() {
            out.push_str("nodes:\n");
            for node in &self.shared {
                writeln!(out, "  {}:", quoted(self.nodes[*node].name.as_ref().unwrap())).unwrap();
                self.write(*node, 4, &mut out);
            }
        }
        out
    }

    fn write(&self, number: usize, indent: usize, out: &mut String) {
        let node = &self.nodes[number];
        let pad = " ".repeat(indent);
        writeln!(out, "{pad}say: {}", quoted(&format!("{} ‹{number}›", node.words))).unwrap();
        if let Some(name) = &node.name
            && number != 0
            && !self.shared.contains(&number)
        {
            writeln!(out, "{pad}id: {}", quoted(name)).unwrap();
        }
        if let Some(goto) = node.goto {
            let name = if goto == 0 { "start" } else { self.nodes[goto].name.as_deref().unwrap() };
            writeln!(out, "{pad}goto: {}", quoted(name)).unwrap();
        }
        if self.shared.contains(&number) && !node.was.is_empty() {
            writeln!(out, "{pad}was: {}", list(&node.was)).unwrap();
        }
        if node.answers.is_empty() {
            return;
        }
        writeln!(out, "{pad}answers:").unwrap();
        for answer in &node.answers {
            writeln!(out, "{pad}  {}:", quoted(&answer.key)).unwrap();
            if let Some(label) = &answer.label {
                writeln!(out, "{pad}    label: {}", quoted(label)).unwrap();
            }
            if !answer.also.is_empty() {
                writeln!(out, "{pad}    also: {}", list(&answer.also)).unwrap();
            }
            let was: Vec<String> =
                answer.was.iter().chain(&self.nodes[answer.node].was).cloned().collect();
            if !was.is_empty() {
                writeln!(out, "{pad}    was: {}", list(&was)).unwrap();
            }
            self.write(answer.node, indent + 4, out);
        }
    }

    /// Edits that must never move anybody: words, labels, order, siblings, `also`, ids, keys with `was`.
    pub(crate) fn edit_without_moving_anybody(&mut self, dice: &mut Dice) {
        for number in 0..self.nodes.len() {
            let meaningless = self.is_meaningless(number);
            let inline = number != 0 && !self.shared.contains(&number);
            let mut keeps_name = self.nodes[number].name.is_some() || number == 0;
            if inline && !self.nodes[number].answers.is_empty() && dice.chance(30) {
                let renamed = self.nodes[number].name.is_some() && dice.chance(50);
                match self.nodes[number].name.take() {
                    // An id that is taken away …
                    Some(_) if !renamed => keeps_name = false,
                    // … or changed, with its former name kept …
                    Some(old) => {
                        self.nodes[number].was.push(old);
                        self.nodes[number].name = Some(self.fresh("name"));
                    }
                    // … or added.
                    None => {
                        self.nodes[number].name = Some(self.fresh("name"));
                        keeps_name = false;
                    }
                }
            } else if self.shared.contains(&number) && dice.chance(30) {
                let old = self.nodes[number].name.take().unwrap();
                self.nodes[number].was.push(old);
                self.nodes[number].name = Some(self.fresh("part"));
            }
            if dice.chance(50) && (!meaningless || keeps_name) {
                self.nodes[number].words = self.fresh("words");
            }
            self.edit_answers(number, dice);
        }
    }

    fn edit_answers(&mut self, number: usize, dice: &mut Dice) {
        for index in 0..self.nodes[number].answers.len() {
            if dice.chance(30) {
                let key = self.fresh("key");
                let answer = &mut self.nodes[number].answers[index];
                // A key that means nothing must keep meaning the same: it is only renamed at a question
                // that keeps its words.
                if !MEANINGLESS.contains(&answer.key.as_str()) {
                    answer.was.push(std::mem::replace(&mut answer.key, key));
                }
            }
            if dice.chance(30) {
                self.nodes[number].answers[index].label = Some(self.fresh("label"));
            }
            if dice.chance(30) {
                self.nodes[number].answers[index].also = vec![self.fresh("also")];
            }
        }
        if !self.nodes[number].answers.is_empty() && dice.chance(30) {
            let key = self.fresh("key");
            let node = self.add();
            let at = dice.below(self.nodes[number].answers.len() + 1);
            self.nodes[number].answers.insert(
                at,
                PlanAnswer { key, label: None, also: Vec::new(), was: Vec::new(), node },
            );
        }
        if dice.chance(30) {
            let by = dice.below(self.nodes[number].answers.len());
            self.nodes[number].answers.rotate_left(by);
        }
    }

    /// Edits of any kind to what `path` (questions with the answers taken there) does not touch.
    pub(crate) fn edit_off_the_path(
        &mut self,
        path: &[(usize, usize)],
        place: usize,
        dice: &mut Dice,
    ) {
        let passed: Vec<usize> = self.passed(path, place);
        for number in 0..self.nodes.len() {
            let taken: Vec<usize> = path
                .iter()
                .filter(|(question, _)| *question == number)
                .map(|(_, child)| *child)
                .collect();
            let on_path = number == place || passed.contains(&number) || !taken.is_empty();
            // Answers that were not taken may be changed in any way, or go.
            for index in (0..self.nodes[number].answers.len()).rev() {
                let child = self.nodes[number].answers[index].node;
                if passed.contains(&child)
                    || number == place && self.nodes[number].answers.len() == 1
                {
                    continue;
                }
                match dice.below(6) {
                    0 if self.nodes[number].answers.len() > 1 => {
                        drop(self.nodes[number].answers.remove(index))
                    }
                    1 => self.nodes[number].answers[index].key = self.fresh("key"),
                    2 => {
                        self.nodes[child] =
                            PlanNode { words: self.fresh("words"), ..PlanNode::default() }
                    }
                    3 => self.nodes[child].words = self.fresh("words"),
                    _ => {}
                }
            }
            if !on_path && dice.chance(20) {
                self.nodes[number].words = self.fresh("words");
                self.nodes[number].goto = None;
            }
        }
    }

    /// The nodes that a path goes through.
    fn passed(&self, path: &[(usize, usize)], place: usize) -> Vec<usize> {
        let mut passed = vec![0, place];
        let mut go = |from: usize, after: Option<usize>| {
            let (mut at, mut after) = (from, after);
            for _ in 0..self.nodes.len() {
                passed.push(at);
                if !self.nodes[at].answers.is_empty() {
                    break;
                }
                let Some(next) = self.nodes[at].goto.or(after.take()) else { break };
                after = None;
                at = next;
            }
        };
        go(0, None);
        for (question, child) in path {
            go(*child, self.nodes[*question].goto);
        }
        passed
    }
}

/// The number of the plan's node that a tree's node was made from.
pub(crate) fn plan_number(tree: &Tree, id: NodeId) -> usize {
    let say = tree.get(id).unwrap().say().next().unwrap();
    say.text()
        .rsplit_once('‹')
        .and_then(|(_, number)| number.trim_end_matches('›').parse().ok())
        .unwrap()
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}
