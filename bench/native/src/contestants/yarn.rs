//! Yarn by Yarn Spinner for Rust.
//!
//! A dialogue cannot save where it stands within a node; what its documentation keeps is the variables, and the node
//! to go on at. One node per question makes that exact.

use serde::{Deserialize, Serialize};
use yarnspinner::compiler::{Compiler, File};
use yarnspinner::runtime::{
    Dialogue, DialogueEvent, DialogueOption, MemoryVariableStorage, StringTableTextProvider,
};

use treebot_bench_protocol::{Contestant, Problem, Reply, Turn};

use crate::{SORRY, pick};

pub(crate) fn load(source: &str) -> Result<Box<dyn Contestant>, Problem> {
    let compilation = Compiler::new()
        .add_file(File { file_name: "tree.yarn".to_owned(), source: source.to_owned() })
        .compile()
        .map_err(|error| error.to_string())?;
    let mut texts = StringTableTextProvider::new();
    texts.extend_base_language(
        compilation.string_table.into_iter().map(|(id, info)| (id, info.text)),
    );
    let mut dialogue = Dialogue::new(Box::new(MemoryVariableStorage::new()), Box::new(texts));
    dialogue.add_program(compilation.program.ok_or("nothing was compiled")?);
    Ok(Box::new(Yarn { dialogue }))
}

struct Yarn {
    dialogue: Dialogue,
}

/// What is stored: the trees that are measured have no variables.
#[derive(Serialize, Deserialize)]
struct State {
    node: String,
}

/// What a dialogue says until somebody must choose, or it ends.
struct Heard {
    node: String,
    messages: Vec<String>,
    options: Vec<DialogueOption>,
}

impl Yarn {
    /// Begins that node; a dialogue that still waits for a choice must be stopped first.
    fn enter(&mut self, node: String) -> Result<Heard, Problem> {
        self.dialogue.stop();
        self.dialogue.set_node(&node)?;
        self.listen(node)
    }

    fn listen(&mut self, node: String) -> Result<Heard, Problem> {
        let mut heard = Heard { node, messages: Vec::new(), options: Vec::new() };
        while self.dialogue.can_continue() {
            for event in self.dialogue.continue_()? {
                match event {
                    DialogueEvent::Line(line) => heard.messages.push(line.text),
                    DialogueEvent::Options(options) => heard.options = options,
                    DialogueEvent::NodeStart(name) => heard.node = name,
                    _ => {}
                }
            }
            if !heard.options.is_empty() {
                break;
            }
        }
        Ok(heard)
    }
}

fn turn(heard: Heard) -> Result<Turn<'static>, Problem> {
    let Heard { node, messages, options } = heard;
    let choices = options.into_iter().map(|option| option.line.text).collect();
    Ok((Reply::owned(messages, choices), serde_json::to_string(&State { node })?))
}

impl Contestant for Yarn {
    fn start(&mut self) -> Result<Turn<'_>, Problem> {
        turn(self.enter("Start".to_owned())?)
    }

    fn message(&mut self, state: &str, text: &str) -> Result<Turn<'_>, Problem> {
        let State { node } = serde_json::from_str(state)?;
        let mut heard = self.enter(node)?;
        match pick(text, heard.options.iter().map(|option| option.line.text.as_str())) {
            Some(index) => {
                let option = heard.options.get(index).ok_or("no such option")?;
                self.dialogue.set_selected_option(option.id)?;
                turn(self.listen(heard.node)?)
            }
            None => {
                heard.messages = vec![SORRY.to_owned()];
                turn(heard)
            }
        }
    }
}
