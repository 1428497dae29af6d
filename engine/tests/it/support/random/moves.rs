//! Edits that may move people.

use super::{Dice, Plan, PlanAnswer};

impl Plan {
    /// One edit that may move people: a question put before another, or taken out; answers that lead elsewhere,
    /// are gone or called otherwise; names that are gone.
    pub(crate) fn edit_that_moves(&mut self, dice: &mut Dice) {
        let questions = self.questions();
        let Some(question) = dice.pick(&questions).copied() else { return };
        let index = dice.below(self.nodes[question].answers.len());
        let child = self.nodes[question].answers[index].node;
        match dice.below(7) {
            0 => {
                // It may well have the same answers as the one behind it.
                let mut keys: Vec<String> = if dice.chance(50) {
                    self.nodes[child].answers.iter().map(|answer| answer.key.clone()).collect()
                } else {
                    Vec::new()
                };
                if keys.is_empty() {
                    keys.push(self.fresh("key"));
                }
                let node = self.add(dice);
                for (number, key) in keys.into_iter().enumerate() {
                    let then = if number == 0 { child } else { self.add(dice) };
                    self.nodes[node].answers.push(plain(key, then));
                }
                self.nodes[question].answers[index].node = node;
            }
            1 => {
                if let Some(answer) = dice.pick(&self.nodes[child].answers) {
                    self.nodes[question].answers[index].node = answer.node;
                }
            }
            2 => {
                let other = dice.below(self.nodes[question].answers.len());
                let node = self.nodes[question].answers[other].node;
                self.nodes[question].answers[index].node = node;
                self.nodes[question].answers[other].node = child;
            }
            3 if self.nodes[question].answers.len() > 1 => {
                self.nodes[question].answers.remove(index);
            }
            4 => self.nodes[question].answers[index].key = self.fresh("key"),
            // Nothing leads by name to what has none.
            5 if !self.shared.contains(&child) && !self.is_target(child) => {
                self.nodes[child].name = None;
            }
            _ => {
                let part = dice.pick(&self.shared).copied();
                if let Some(part) = part.filter(|part| self.nodes[*part].goto.is_none()) {
                    let node = self.add(dice);
                    self.nodes[node].goto = Some(part);
                    self.nodes[question].answers[index].node = node;
                }
            }
        }
    }
}

fn plain(key: String, node: usize) -> PlanAnswer {
    PlanAnswer { key, label: None, also: Vec::new(), was: Vec::new(), node }
}
