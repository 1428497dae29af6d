//! `contestants/js-walker.mjs` in Rust: a walker over a tree as it stands in JSON, whose state is the answers that were
//! taken.

use std::collections::HashMap;

use serde_json::Value;

pub(crate) struct Walker {
    tree: &'static Value,
    /// Everything that `goto` can lead to.
    named: HashMap<&'static str, &'static Value>,
}

pub(crate) struct Reply {
    pub(crate) messages: Vec<String>,
    pub(crate) choices: Vec<String>,
}

/// An answer, and the `goto` of its question, which holds where the answer has no way on.
type Taken = (&'static Value, Option<&'static Value>);

impl Walker {
    #[expect(clippy::expect_used, reason = "the bench writes this JSON")]
    pub(crate) fn new(tree: &str) -> Self {
        let tree: &Value = Box::leak(serde_json::from_str(tree).expect("the tree is JSON"));
        let mut named = HashMap::from([("start", tree)]);
        let nodes = tree.get("nodes").and_then(Value::as_object).into_iter().flatten();
        named.extend(nodes.map(|(key, node)| (key.as_str(), node)));
        let mut waiting: Vec<&Value> = named.values().copied().collect();
        while let Some(node) = waiting.pop() {
            if let Some(id) = node.get("id").and_then(Value::as_str) {
                named.insert(id, node);
            }
            waiting.extend(answers(node).map(|(_, answer)| answer));
        }
        Self { tree, named }
    }

    pub(crate) fn start(&self) -> (Reply, String) {
        let (messages, node) = self.arrive((self.tree, None));
        reply(messages, node, &[])
    }

    pub(crate) fn message(&self, state: &str, text: &str) -> (Reply, String) {
        let mut path: Vec<String> = serde_json::from_str(state).unwrap_or_default();
        let (_, mut node) = self.arrive((self.tree, None));
        for key in &path {
            let Some(answer) = taken(node, key) else { break };
            (_, node) = self.arrive(answer);
        }
        if node.get("answers").is_none() {
            return reply(vec!["That was the end.".to_owned()], node, &path);
        }
        let said = text.trim().to_lowercase();
        let found = (1..).zip(answers(node)).find(|(number, (key, answer))| {
            label(key, answer).to_lowercase() == said || number.to_string() == said
        });
        let Some((key, answer)) = found.and_then(|(_, (key, _))| Some((key, taken(node, key)?)))
        else {
            let mut messages = vec!["Sorry, I didn't understand.".to_owned()];
            messages.extend(says(node));
            return reply(messages, node, &path);
        };
        let (messages, next) = self.arrive(answer);
        path.push(key.to_owned());
        reply(messages, next, &path)
    }

    /// What is said when an answer is taken, and the question that then waits, if any.
    fn arrive(&self, (answer, otherwise): Taken) -> (Vec<String>, &'static Value) {
        let (mut messages, mut node) = (says(answer), answer);
        let mut goto = node.get("goto").or(otherwise);
        while node.get("answers").is_none() {
            let name = goto.and_then(Value::as_str);
            let Some(next) = name.and_then(|name| self.named.get(name)) else { break };
            messages.extend(says(next));
            node = next;
            goto = node.get("goto");
        }
        (messages, node)
    }
}

fn taken(question: &'static Value, key: &str) -> Option<Taken> {
    let (_, answer) = answers(question).find(|(known, _)| *known == key)?;
    Some((answer, question.get("goto")))
}

fn reply(messages: Vec<String>, node: &Value, path: &[String]) -> (Reply, String) {
    let choices = answers(node).map(|(key, answer)| label(key, answer).to_owned());
    (Reply { messages, choices: choices.collect() }, Value::from(path).to_string())
}

fn says(node: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match node.get("say").unwrap_or(node) {
        Value::Array(parts) => parts.iter().filter_map(text).collect(),
        one => text(one).into_iter().collect(),
    }
}

fn label<'a>(key: &'a str, answer: &'a Value) -> &'a str {
    answer.get("label").and_then(Value::as_str).unwrap_or(key)
}

fn answers(node: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let pairs = node.get("answers").and_then(Value::as_array).into_iter().flatten();
    pairs.filter_map(|pair| Some((pair.get(0)?.as_str()?, pair.get(1)?)))
}
