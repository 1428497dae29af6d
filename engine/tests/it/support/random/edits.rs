//! Edits that must never move anybody.

use super::plan::is_meaningless;
use super::{Dice, Plan, PlanAnswer, PlanNode, Said};

impl Plan {
    /// Edits of words, labels, order, siblings, `also`, ids, and of keys and names with `was`: some of
    /// them everywhere in the tree.
    pub(crate) fn edit_without_moving_anybody(&mut self, dice: &mut Dice) {
        if dice.chance(30) {
            self.title = self.fresh("title");
            self.help = Some(self.fresh("help"));
            self.ended = Some(self.fresh("ended"));
        }
        for number in 0..self.nodes.len() {
            if self.nodes[number].words.is_empty() {
                continue;
            }
            let was_named = self.nodes[number].name.is_some() || number == 0;
            self.edit_name(number, dice);
            let named = was_named && (self.nodes[number].name.is_some() || number == 0);
            // A question without a name is known by its words, where its answers mean nothing.
            let may_reword = named || !self.is_meaningless(number);
            let reworded = may_reword && dice.chance(50);
            if reworded {
                self.say_anew(number, dice);
            }
            if !self.nodes[number].answers.is_empty() {
                self.edit_answers(number, named || !reworded, dice);
                self.edit_the_rest(number, dice);
            }
        }
    }

    /// Gives a question a name, another one, or none; or moves it under `nodes`.
    fn edit_name(&mut self, number: usize, dice: &mut Dice) {
        let old = self.nodes[number].name.clone();
        if self.shared.contains(&number) {
            if dice.chance(30) {
                self.nodes[number].was.extend(old);
                self.nodes[number].name = Some(self.fresh("part"));
            }
            return;
        }
        let inline = number != 0 && !self.nodes[number].answers.is_empty();
        if !inline || !dice.chance(40) {
            return;
        }
        let answer = self.answer_before(number);
        match (old, dice.below(3)) {
            (None, _) => self.nodes[number].name = Some(self.fresh("name")),
            (Some(_), 0) if !self.is_target(number) => self.nodes[number].name = None,
            (Some(old), 1) if answer.is_some() => {
                self.nodes[number].was.push(old);
                self.nodes[number].name = Some(self.fresh("name"));
            }
            (Some(_), 2) => {
                if let Some((question, index)) = answer {
                    // Its place is taken by a node that only leads there.
                    self.nodes.push(PlanNode { goto: Some(number), ..PlanNode::default() });
                    self.nodes[question].answers[index].node = self.nodes.len() - 1;
                    let was = std::mem::take(&mut self.nodes[number].was);
                    self.nodes[question].answers[index].was.extend(was.iter().cloned());
                    self.nodes[number].was = was;
                    self.shared.push(number);
                }
            }
            (Some(_), _) => {}
        }
    }

    fn edit_answers(&mut self, number: usize, known: bool, dice: &mut Dice) {
        for index in 0..self.nodes[number].answers.len() {
            if dice.chance(30) && (known || !is_meaningless(&self.nodes[number].answers[index].key))
            {
                let key = self.made(dice);
                let answer = &mut self.nodes[number].answers[index];
                answer.was.push(std::mem::replace(&mut answer.key, key));
            }
            if dice.chance(30) {
                self.nodes[number].answers[index].label = dice.chance(80).then(|| self.made(dice));
            }
            if dice.chance(30) {
                self.nodes[number].answers[index].also = vec![self.made(dice)];
            }
        }
        if dice.chance(30) {
            let answer = self.sibling(dice);
            let at = dice.below(self.nodes[number].answers.len() + 1);
            self.nodes[number].answers.insert(at, answer);
        }
        if dice.chance(30) {
            let by = dice.below(self.nodes[number].answers.len());
            self.nodes[number].answers.rotate_left(by);
        }
    }

    /// What is said at a miss, and whether answers are shown.
    fn edit_the_rest(&mut self, number: usize, dice: &mut Dice) {
        if dice.chance(20) {
            self.nodes[number].typed_only ^= true;
        }
        if dice.chance(20) {
            self.nodes[number].unclear = vec![self.fresh("What")];
        }
        if dice.chance(20) && self.nodes[number].otherwise.is_none() {
            let otherwise = self.add(dice);
            self.nodes[otherwise].goto = dice.chance(50).then_some(0);
            self.nodes[number].otherwise = Some(otherwise);
        }
    }

    /// A new answer of a new key.
    pub(super) fn sibling(&mut self, dice: &mut Dice) -> PlanAnswer {
        let key = self.made(dice);
        self.new_answer(key, dice)
    }

    /// Puts new questions with names in before some of those on the way; gives their numbers.
    pub(crate) fn put_questions_in(
        &mut self,
        path: &[(usize, usize)],
        dice: &mut Dice,
    ) -> Vec<usize> {
        let mut new = Vec::new();
        for (question, child) in path {
            if self.nodes[*child].answers.is_empty() || !dice.chance(40) {
                continue;
            }
            let asked = self.add(dice);
            self.nodes[asked].name = Some(self.fresh("new"));
            // What would answer the question behind it may answer this one as well.
            let tempting = self.nodes[*child].answers[0].key.clone();
            let key = if dice.chance(50) { tempting } else { self.made(dice) };
            self.nodes[asked].answers = vec![PlanAnswer {
                key,
                label: None,
                also: Vec::new(),
                was: Vec::new(),
                node: *child,
            }];
            let answers = &mut self.nodes[*question].answers;
            answers
                .iter_mut()
                .filter(|answer| answer.node == *child)
                .for_each(|answer| answer.node = asked);
            self.nodes[asked].before = vec![Said::Text("One thing more.".to_owned())];
            new.push(asked);
        }
        new
    }

    /// The answer that leads straight to a node.
    pub(super) fn answer_before(&self, number: usize) -> Option<(usize, usize)> {
        (0..self.nodes.len()).find_map(|question| {
            let index =
                self.nodes[question].answers.iter().position(|answer| answer.node == number)?;
            Some((question, index))
        })
    }

    /// Whether a `goto` leads to a node.
    pub(super) fn is_target(&self, number: usize) -> bool {
        self.nodes.iter().any(|node| node.goto == Some(number))
    }
}
