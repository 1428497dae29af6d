//! ink by bladeink: one story, whose state is loaded from JSON before each message and saved after it.
//!
//! ink has no typed text: choices are picked by number. So the words are compared here, with the choices that wait.

use bladeink::story::Story;

use treebot_bench_protocol::{Contestant, Problem, Reply, Turn};

use crate::{SORRY, pick};

/// From a story that was compiled beforehand.
pub(crate) fn load(source: &str) -> Result<Box<dyn Contestant>, Problem> {
    let story = Story::new(source)?;
    let first = story.save_state()?;
    Ok(Box::new(Ink { story, first }))
}

/// From ink source.
pub(crate) fn compile(source: &str) -> Result<Box<dyn Contestant>, Problem> {
    let json = bladeink_compiler::Compiler::new().compile(source)?;
    load(&json)
}

struct Ink {
    story: Story,
    first: String,
}

impl Ink {
    fn turn(&mut self, mut messages: Vec<String>) -> Result<Turn<'_>, Problem> {
        while self.story.can_continue() {
            let mut line = self.story.cont()?;
            line.truncate(line.trim_end().len());
            messages.push(line);
        }
        let choices = self.story.get_current_choices();
        let choices = choices.iter().map(|choice| choice.text.clone()).collect();
        Ok((Reply::owned(messages, choices), self.story.save_state()?))
    }
}

impl Contestant for Ink {
    fn start(&mut self) -> Result<Turn<'_>, Problem> {
        self.story.load_state(&self.first)?;
        self.turn(Vec::new())
    }

    fn message(&mut self, state: &str, text: &str) -> Result<Turn<'_>, Problem> {
        self.story.load_state(state)?;
        let choices = self.story.get_current_choices();
        match pick(text, choices.iter().map(|choice| choice.text.as_str())) {
            Some(index) => {
                self.story.choose_choice_index(index)?;
                self.turn(Vec::new())
            }
            None => self.turn(vec![SORRY.to_owned()]),
        }
    }
}
