//! Meta's limits: three buttons, thirteen quick replies, twenty signs for the title of either.

use serde_json::{Value, json};

use crate::walker::Reply;

pub(crate) fn render(Reply { mut messages, choices }: Reply) -> Vec<Value> {
    let last = if choices.is_empty() { None } else { messages.pop() };
    let mut said: Vec<Value> = messages.into_iter().map(|text| json!({"text": text})).collect();
    let Some(text) = last else { return said };
    let length = |text: &str| text.encode_utf16().count();
    let numbers = choices.iter().any(|label| length(label) > 20);
    if !numbers && choices.len() <= 3 && length(&text) <= 640 {
        let buttons: Vec<Value> = choices
            .iter()
            .map(|label| json!({"type": "postback", "title": label, "payload": label}))
            .collect();
        let payload = json!({"template_type": "button", "text": text, "buttons": buttons});
        said.push(json!({"attachment": {"type": "template", "payload": payload}}));
        return said;
    }
    let shown = || (1..).zip(choices.iter().take(13));
    let list: Vec<String> = shown().map(|(number, label)| format!("{number}. {label}")).collect();
    let quick_replies: Vec<Value> = shown()
        .map(|(number, label)| {
            let title = if numbers { number.to_string() } else { label.clone() };
            json!({"content_type": "text", "title": title, "payload": label})
        })
        .collect();
    let text = if numbers { format!("{text}\n\n{}", list.join("\n")) } else { text };
    said.push(json!({"text": text, "quick_replies": quick_replies}));
    said
}
