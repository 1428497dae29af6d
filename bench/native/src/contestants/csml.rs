//! CSML by its interpreter, as its engine calls it: the bot is validated and compiled beforehand, the context is made
//! anew for each message from what was held.

use std::collections::HashMap;
use std::sync::mpsc::channel;

use csml_interpreter::data::ast::Flow;
use csml_interpreter::data::csml_bot::CsmlBot;
use csml_interpreter::data::csml_flow::CsmlFlow;
use csml_interpreter::data::event::Event;
use csml_interpreter::data::hold::{Hold, IndexInfo};
use csml_interpreter::data::message_data::MessageData;
use csml_interpreter::data::msg::MSG;
use csml_interpreter::data::{Context, CsmlResult};
use csml_interpreter::{interpret, load_components, validate_bot};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use treebot_bench_protocol::{Contestant, Problem, Reply, Turn};

const FLOW: &str = "tree";

pub(crate) fn load(source: &str) -> Result<Box<dyn Contestant>, Problem> {
    let components = load_components().map_err(|error| error.message)?;
    let flow = CsmlFlow::new(FLOW, FLOW, source, Vec::new());
    let mut bot = CsmlBot::new(
        "bot",
        "bot",
        None,
        vec![flow],
        Some(components),
        None,
        FLOW,
        None,
        None,
        None,
        None,
        None,
    );
    let CsmlResult { flows, extern_flows, errors, .. } = validate_bot(&bot);
    if let Some(error) = errors.and_then(|errors| errors.into_iter().next()) {
        return Err(error.message.into());
    }
    let flows: HashMap<String, Flow> = flows.ok_or("nothing was compiled")?;
    let compiled = bincode::serialize(&(flows, extern_flows.unwrap_or_default()))?;
    bot.bot_ast = Some(base64::encode(compiled));
    // Only the compiled form is read from now on, and the bot is copied for each message.
    for flow in &mut bot.flows {
        flow.content = String::new();
    }
    Ok(Box::new(Csml { bot }))
}

struct Csml {
    bot: CsmlBot,
}

/// What is stored: where the bot holds, or nothing after an end.
#[derive(Serialize, Deserialize)]
struct Held {
    step: String,
    index: IndexInfo,
    variables: Value,
}

impl Csml {
    fn turn(&self, held: Option<Held>, text: &str) -> Result<Turn<'_>, Problem> {
        let (step, hold) = match held {
            None => ("start".to_owned(), None),
            Some(Held { step, index, variables }) => {
                let hold = Hold::new(index, variables, step.clone(), FLOW.to_owned(), None, false);
                (step, Some(hold))
            }
        };
        let context = Context::new(HashMap::new(), HashMap::new(), None, hold, &step, FLOW, None);
        let event = Event::new("text", text, json!({ "text": text }));
        let (sender, receiver) = channel();
        let said = interpret(self.bot.clone(), context, event, Some(sender));
        // Where it holds is only told as it happens.
        let hold = receiver.try_iter().find_map(|message| match message {
            MSG::Hold(hold) => Some(hold),
            _ => None,
        });
        reply(said, hold)
    }
}

fn reply(said: MessageData, hold: Option<Hold>) -> Result<Turn<'_>, Problem> {
    let mut messages = Vec::new();
    let mut choices = Vec::new();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for message in &said.messages {
        match message.content_type.as_str() {
            "text" => messages.push(text(&message.content["text"])),
            "question" => {
                messages.push(text(&message.content["title"]));
                let buttons = message.content["buttons"].as_array();
                choices.extend(
                    buttons.into_iter().flatten().map(|button| text(&button["content"]["title"])),
                );
            }
            _ => return Err(text(&message.content["error"]).into()),
        }
    }
    let held = hold.map(|hold| Held {
        step: hold.step_name,
        index: hold.index,
        variables: hold.step_vars,
    });
    Ok((Reply::owned(messages, choices), serde_json::to_string(&held)?))
}

impl Contestant for Csml {
    fn start(&mut self) -> Result<Turn<'_>, Problem> {
        self.turn(None, "")
    }

    fn message(&mut self, state: &str, text: &str) -> Result<Turn<'_>, Problem> {
        self.turn(serde_json::from_str(state)?, &text.trim().to_lowercase())
    }
}
