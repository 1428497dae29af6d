//! Edits of any kind: off the path that somebody took, or wherever they do most harm.

use super::plan::is_meaningless;
use super::words::MEANINGLESS;
use super::{Dice, Plan, PlanNode};

impl Plan {
    /// Edits of any kind to what `path` (questions with the nodes that follow there) does not touch.
    pub(crate) fn edit_off_the_path(
        &mut self,
        path: &[(usize, usize)],
        place: usize,
        dice: &mut Dice,
    ) {
        let passed = self.passed(path, place);
        for number in 0..self.nodes.len() {
            // Answers that were not taken may be changed in any way, or go.
            for index in (0..self.nodes[number].answers.len()).rev() {
                let child = self.nodes[number].answers[index].node;
                if !self.may_go(child, &passed) {
                    continue;
                }
                match dice.below(8) {
                    0 if self.nodes[number].answers.len() > 1 => {
                        self.nodes[number].answers.remove(index);
                    }
                    1 => self.nodes[number].answers[index].key = self.made(dice),
                    2 => self.empty(child, dice),
                    3 => self.say_anew(child, dice),
                    4 => self.nodes[number].answers[index].also = vec![self.made(dice)],
                    5 => self.nodes[number].answers[index].label = Some(self.made(dice)),
                    _ => {}
                }
            }
            if let Some(otherwise) =
                self.nodes[number].otherwise.filter(|node| self.may_go(*node, &passed))
            {
                match dice.below(4) {
                    0 => self.nodes[number].otherwise = None,
                    1 => self.empty(otherwise, dice),
                    _ => {}
                }
            }
            if !self.nodes[number].answers.is_empty() && dice.chance(20) {
                let answer = self.sibling(dice);
                let at = dice.below(self.nodes[number].answers.len() + 1);
                self.nodes[number].answers.insert(at, answer);
            }
            if !passed.contains(&number) && !self.nodes[number].words.is_empty() && dice.chance(20)
            {
                self.say_anew(number, dice);
                self.nodes[number].goto = dice.chance(50).then_some(0);
                if self.nodes[number].name.is_some()
                    && dice.chance(30)
                    && !self.shared.contains(&number)
                {
                    self.nodes[number].name = Some(self.fresh("name"));
                }
            }
        }
    }

    /// A few edits of any kind, anywhere.
    pub(crate) fn ruin(&mut self, dice: &mut Dice) {
        for _ in 0..1 + dice.below(6) {
            let question = *dice.pick(&self.standing_questions()).unwrap();
            self.ruin_at(question, dice);
        }
    }

    fn ruin_at(&mut self, question: usize, dice: &mut Dice) {
        let index = dice.below(self.nodes[question].answers.len());
        let child = self.nodes[question].answers[index].node;
        let answers = self.nodes[question].answers.len();
        match dice.below(17) {
            0 if answers > 1 && self.may_go(child, &[]) => {
                drop(self.nodes[question].answers.remove(index))
            }
            1 => self.nodes[question].answers[index].key = self.made(dice),
            2 => {
                let key = self.made(dice);
                let answer = &mut self.nodes[question].answers[index];
                answer.was.push(std::mem::replace(&mut answer.key, key));
            }
            // An answer split in two, of which neither is what it was …
            3 => {
                let old = self.nodes[question].answers[index].key.clone();
                self.nodes[question].answers[index].key = self.made(dice);
                let mut other = self.sibling(dice);
                // … or one may be called so.
                other.also.extend(dice.chance(50).then_some(old));
                self.nodes[question].answers.insert(index, other);
            }
            // Two answers in one.
            4 if answers > 1 && self.may_go(child, &[]) => {
                let gone = self.nodes[question].answers.remove(index);
                self.nodes[question].answers[0].was.push(gone.key);
            }
            5 if answers > 1 => {
                let other = dice.below(answers);
                let others = self.nodes[question].answers[other].node;
                // What an answer was stays with it, so it must not be the name of the other's question.
                if self.nodes[child].was.is_empty() && self.nodes[others].was.is_empty() {
                    self.nodes[question].answers[index].node = others;
                    self.nodes[question].answers[other].node = child;
                }
            }
            6 if self.questions().len() < 22 => {
                drop(self.put_questions_in(&[(question, child)], dice));
            }
            7 => self.take_out(question, index, dice),
            8 if self.nodes[child].answers.is_empty()
                && !self.nodes[child].words.is_empty()
                && self.questions().len() < 22 =>
            {
                self.nodes[child].answers = vec![self.sibling(dice)];
            }
            9 if self.may_go(child, &[]) => self.empty(child, dice),
            10 => self.say_anew(question, dice),
            11 => {
                let named = self.nodes[question].name.is_some();
                let free = question != 0 && !self.shared.contains(&question);
                if free && named && dice.chance(50) && !self.is_target(question) {
                    self.nodes[question].name = None;
                } else if question != 0 {
                    self.nodes[question].name = Some(self.fresh("name"));
                }
            }
            12 => self.other_meaningless_keys(question, dice),
            13 if self.nodes[child].answers.is_empty() && self.nodes[child].goto.is_none() => {
                let named = |node: &usize| *node == 0 || self.nodes[*node].name.is_some();
                let targets: Vec<usize> =
                    self.standing_questions().into_iter().filter(named).collect();
                self.nodes[child].goto = dice.pick(&targets).copied();
            }
            14 => match self.nodes[question].otherwise {
                Some(otherwise) if self.may_go(otherwise, &[]) => {
                    self.nodes[question].otherwise = None
                }
                Some(_) => {}
                None => {
                    let otherwise = self.add(dice);
                    self.nodes[otherwise].goto = dice.chance(50).then_some(0);
                    self.nodes[question].otherwise = Some(otherwise);
                }
            },
            15 => self.change_places(question, index, dice),
            _ => self.nodes[question].answers.reverse(),
        }
    }

    /// The nodes that are in the tree still.
    pub(crate) fn standing(&self) -> Vec<usize> {
        let tops = [0].into_iter().chain(self.shared.iter().copied());
        tops.flat_map(|top| [vec![top], self.below(top)].concat()).collect()
    }

    fn standing_questions(&self) -> Vec<usize> {
        let is_question = |node: &usize| !self.nodes[*node].answers.is_empty();
        self.standing().into_iter().filter(is_question).collect()
    }

    /// All that stands below a node.
    fn below(&self, number: usize) -> Vec<usize> {
        let mut below = vec![number];
        let mut at = 0;
        while let Some(node) = below.get(at).map(|node| &self.nodes[*node]) {
            below.extend(node.answers.iter().map(|answer| answer.node).chain(node.otherwise));
            at += 1;
        }
        below.remove(0);
        below
    }

    /// Takes the question after an answer out: what follows one of its answers follows at once.
    fn take_out(&mut self, question: usize, index: usize, dice: &mut Dice) {
        let child = self.nodes[question].answers[index].node;
        let Some(kept) = dice.pick(&self.nodes[child].answers).map(|answer| answer.node) else {
            return;
        };
        if self.is_target(child) || self.shared.contains(&child) {
            return;
        }
        let others = self.nodes[child].answers.iter().filter(|answer| answer.node != kept);
        let others: Vec<usize> =
            others.map(|answer| answer.node).chain(self.nodes[child].otherwise).collect();
        if others.iter().all(|other| self.may_go(*other, &[])) {
            self.nodes[question].answers[index].node = kept;
        }
    }

    /// Asks what was asked after the question after an answer before it.
    fn change_places(&mut self, question: usize, index: usize, dice: &mut Dice) {
        let upper = self.nodes[question].answers[index].node;
        let below = 0..self.nodes[upper].answers.len();
        let is_question = |at: &usize| {
            let lower = &self.nodes[self.nodes[upper].answers[*at].node];
            !lower.answers.is_empty() && lower.was.is_empty()
        };
        let asked: Vec<usize> = below.filter(is_question).collect();
        let Some(at) = dice.pick(&asked).copied() else { return };
        if self.nodes[upper].was.is_empty() {
            let lower = self.nodes[upper].answers[at].node;
            let on = dice.below(self.nodes[lower].answers.len());
            let after = std::mem::replace(&mut self.nodes[lower].answers[on].node, upper);
            self.nodes[upper].answers[at].node = after;
            self.nodes[question].answers[index].node = lower;
        }
    }

    /// Gives answers that mean nothing by themselves other keys that mean nothing.
    fn other_meaningless_keys(&mut self, question: usize, dice: &mut Dice) {
        let keys = *dice.pick(&MEANINGLESS).unwrap();
        let answers = &mut self.nodes[question].answers;
        let are_free =
            answers.iter().all(|answer| answer.was.iter().all(|was| !is_meaningless(was)));
        if are_free
            && answers.len() <= keys.len()
            && answers.iter().all(|answer| is_meaningless(&answer.key))
        {
            answers.iter_mut().zip(keys).for_each(|(answer, key)| answer.key = (*key).to_owned());
        }
    }

    /// Makes an end of a node.
    fn empty(&mut self, number: usize, dice: &mut Dice) {
        let was = std::mem::take(&mut self.nodes[number].was);
        self.nodes[number] = PlanNode { was, ..PlanNode::default() };
        self.say_anew(number, dice);
    }

    /// Whether a node and all that is below it may go: none of it is in use elsewhere.
    fn may_go(&self, number: usize, passed: &[usize]) -> bool {
        let mut below = self.below(number);
        below.push(number);
        let stays = |node: &usize| self.shared.contains(node) || passed.contains(node);
        let led_to = |node: &PlanNode| node.goto.is_some_and(|goto| below.contains(&goto));
        let outside = |number: &usize| !below.contains(number);
        !below.iter().any(stays)
            && !(0..self.nodes.len()).filter(outside).any(|node| led_to(&self.nodes[node]))
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
            go(*question, None);
            // Only answers go on where their question says; its `else` does not.
            let is_answer = self.nodes[*question].otherwise != Some(*child);
            go(*child, self.nodes[*question].goto.filter(|_| is_answer));
        }
        passed
    }
}
