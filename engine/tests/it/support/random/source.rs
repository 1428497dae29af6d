//! Plans as sources.

use std::fmt::Write as _;

use super::{Plan, Said};

impl Plan {
    /// The source of the tree.
    pub(crate) fn source(&self) -> String {
        let mut out = format!("title: {}\n", quoted(&self.title));
        for (key, text) in [("help", &self.help), ("ended", &self.ended)] {
            if let Some(text) = text {
                writeln!(out, "{key}: {}", quoted(text)).unwrap();
            }
        }
        if self.commands {
            out.push_str("commands: {back: [zurück, oh no], restart: []}\n");
        }
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
        if !node.words.is_empty() {
            self.write_say(number, &pad, out);
        }
        let shared = self.shared.contains(&number);
        if let Some(name) = node.name.as_ref().filter(|_| number != 0 && !shared) {
            writeln!(out, "{pad}id: {}", quoted(name)).unwrap();
        }
        if let Some(goto) = node.goto {
            let name = if goto == 0 { "start" } else { self.nodes[goto].name.as_deref().unwrap() };
            writeln!(out, "{pad}goto: {}", quoted(name)).unwrap();
        }
        if shared && !node.was.is_empty() {
            writeln!(out, "{pad}was: {}", list(&node.was)).unwrap();
        }
        if node.answers.is_empty() {
            return;
        }
        if node.typed_only {
            writeln!(out, "{pad}offer: false").unwrap();
        }
        if !node.unclear.is_empty() {
            writeln!(out, "{pad}unclear: {}", list(&node.unclear)).unwrap();
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
            // On an answer, `was` is about its key and about the name of what follows.
            let was: Vec<String> =
                answer.was.iter().chain(&self.nodes[answer.node].was).cloned().collect();
            if !was.is_empty() {
                writeln!(out, "{pad}    was: {}", list(&was)).unwrap();
            }
            self.write(answer.node, indent + 4, out);
        }
        if let Some(otherwise) = node.otherwise {
            writeln!(out, "{pad}else:").unwrap();
            self.write(otherwise, indent + 2, out);
        }
    }

    fn write_say(&self, number: usize, pad: &str, out: &mut String) {
        let node = &self.nodes[number];
        let mut said: Vec<String> = node
            .before
            .iter()
            .map(|said| match said {
                Said::Text(text) => quoted(text),
                Said::Image(alt) => image(alt),
            })
            .collect();
        said.push(quoted(&format!("{} ‹{number}›", node.words)));
        said.extend(node.picture.then(|| image("a picture")));
        match said.as_slice() {
            [one] => writeln!(out, "{pad}say: {one}").unwrap(),
            all => writeln!(out, "{pad}say: [{}]", all.join(", ")).unwrap(),
        }
    }
}

fn image(alt: &str) -> String {
    format!("{{image: \"https://example.org/a.png\", alt: {}}}", quoted(alt))
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}
