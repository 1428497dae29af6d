//! Random trees, written as people may write YAML: in blocks and brackets, with and without quotes,
//! with comments and anchors.

use crate::support::random::{Dice, Plan, PlanNode, Said};

/// The source of a plan, in a style of its own.
pub(super) fn styled(plan: &Plan, dice: &mut Dice) -> String {
    let step = 1 + dice.below(4);
    let mut writer = Writer { plan, dice, step, out: String::new(), anchors: Vec::new() };
    writer.out.push_str("# A tree.\n");
    writer.block(0, 0);
    if !plan.shared.is_empty() {
        writer.out.push_str("nodes:\n");
        for node in &plan.shared {
            writer.comment(step);
            let name = plan.nodes[*node].name.clone().unwrap();
            let name = writer.quoted(&name, true);
            writer.line(step, &format!("{name}:"));
            writer.value(*node, step);
        }
    }
    let out = writer.out;
    let out = if dice.chance(20) { out.replace('\n', "\r\n") } else { out };
    if dice.chance(10) { format!("\u{feff}{out}") } else { out }
}

struct Writer<'p, 'd> {
    plan: &'p Plan,
    dice: &'d mut Dice,
    step: usize,
    out: String,
    /// What a `goto` names, by the anchor it has.
    anchors: Vec<String>,
}

impl Writer<'_, '_> {
    fn line(&mut self, indent: usize, text: &str) {
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn comment(&mut self, indent: usize) {
        // Below a block of text a comment may be part of it.
        let last = self.out.rsplit('\n').find(|line| line.contains(':')).unwrap_or_default();
        if last.ends_with(['|', '-']) || last.contains(" # ") {
            return;
        }
        match self.dice.below(12) {
            0 => self.line(indent, "# a note: with, [some] {signs}"),
            1 => self.line(0, ""),
            2 => self.line(indent + 3, "# further in"),
            _ => {}
        }
    }

    fn note(&mut self) -> &'static str {
        if self.dice.chance(10) { " # note" } else { "" }
    }

    fn quoted(&mut self, text: &str, is_key: bool) -> String {
        let needs =
            text.contains([',', '[', ']', '{', '}', ':', '#', '\'', '"']) || text.starts_with('-');
        let anchor = if !is_key && self.dice.chance(5) { "&unused " } else { "" };
        match self.dice.below(3) {
            0 => format!("{anchor}'{}'", text.replace('\'', "''")),
            1 => format!("{anchor}\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
            _ if needs => format!("{anchor}'{}'", text.replace('\'', "''")),
            _ => format!("{anchor}{text}"),
        }
    }

    /// What stands behind a `key:` that has been written: on its line, or below it.
    fn value(&mut self, number: usize, indent: usize) {
        if is_short(&self.plan.nodes[number]) && self.dice.chance(70) {
            return self.text(&self.words(number), indent);
        }
        if self.is_small(number) && self.dice.chance(40) {
            let flow = self.flow(number, "");
            return self.behind(&flow);
        }
        if self.dice.chance(5) {
            self.behind("&unused");
        }
        self.block(number, indent + self.step);
    }

    /// Writes behind the key of the last line.
    fn behind(&mut self, text: &str) {
        let note = self.note();
        self.out.truncate(self.out.trim_end_matches('\n').len());
        self.out.push_str(&format!(" {text}{note}\n"));
    }

    /// A text behind the key of the last line, in one of the ways that YAML has.
    fn text(&mut self, text: &str, indent: usize) {
        let inner = indent + self.step;
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        match self.dice.below(8) {
            0 => {
                self.behind(">-");
                self.line(inner, first);
                self.line(inner, rest);
            }
            1 => {
                self.behind("|");
                self.line(inner, text);
                if self.dice.chance(30) {
                    self.line(0, "");
                }
            }
            2 => {
                self.out.truncate(self.out.trim_end_matches('\n').len());
                self.out.push_str(&format!(" {first}\n"));
                self.line(indent + 1, rest);
            }
            3 => self.line(indent + 1 + self.step, text),
            4 => {
                self.out.truncate(self.out.trim_end_matches('\n').len());
                self.out.push_str(&format!(" \"{first}\n"));
                self.line(inner, &format!("{rest}\""));
            }
            5 => self.behind(&format!("[\"{text}\"]")),
            6 => {
                let dash = if indent > 0 && self.dice.chance(50) { indent } else { inner };
                self.line(dash, &format!("- {text}"));
            }
            _ => {
                let text = self.quoted(text, false);
                self.behind(&text);
            }
        }
    }

    fn words(&self, number: usize) -> String {
        format!("{} ‹{number}›", self.plan.nodes[number].words)
    }

    fn is_small(&self, number: usize) -> bool {
        let node = &self.plan.nodes[number];
        let answers = node.answers.iter().map(|answer| answer.node);
        node.answers.len() < 3 && answers.chain(node.otherwise).all(|child| self.is_small(child))
    }

    fn goto(&mut self, goto: usize, flow: bool) -> String {
        let name = if goto == 0 { "start" } else { self.plan.nodes[goto].name.as_deref().unwrap() };
        let known = self.anchors.iter().position(|anchor| anchor == name);
        if let Some(number) = known.filter(|_| self.dice.chance(30)) {
            return format!("*g{number}");
        }
        let text = self.quoted(name, false);
        if known.is_none() && !text.starts_with('&') && !flow && self.dice.chance(20) {
            self.anchors.push(name.to_owned());
            return format!("&g{} {text}", self.anchors.len() - 1);
        }
        text
    }

    fn texts(&mut self, key: &str, texts: &[String], indent: usize) {
        if texts.is_empty() {
            return;
        }
        if let ([text], true) = (texts, self.dice.chance(40)) {
            let text = self.quoted(text, false);
            let note = self.note();
            return self.line(indent, &format!("{key}: {text}{note}"));
        }
        if self.dice.chance(50) {
            self.line(indent, &format!("{key}:"));
            let dash = if self.dice.chance(50) { indent } else { indent + self.step };
            for text in texts {
                let text = self.quoted(text, false);
                let note = self.note();
                self.line(dash, &format!("- {text}{note}"));
            }
            return;
        }
        let texts: Vec<String> = texts.iter().map(|text| self.quoted(text, false)).collect();
        if self.dice.chance(30) {
            let pad = " ".repeat(indent + self.step);
            let inner = texts.join(&format!(",\n{pad}"));
            return self.line(indent, &format!("{key}: [\n{pad}{inner},\n{pad}]"));
        }
        self.line(indent, &format!("{key}: [{}]", texts.join(", ")));
    }

    fn block(&mut self, number: usize, indent: usize) {
        let node = self.plan.nodes[number].clone();
        let inline = number != 0 && !self.plan.shared.contains(&number);
        let mut was = node.was.clone();
        let mut owner = self.plan.nodes.iter().flat_map(|node| &node.answers);
        let owner = owner.find(|answer| answer.node == number && inline).cloned();
        if let Some(answer) = &owner {
            if let Some(label) = &answer.label {
                let label = self.quoted(label, false);
                self.line(indent, &format!("label: {label}"));
            }
            self.texts("also", &answer.also, indent);
            was.extend(answer.was.iter().cloned());
        }
        self.texts("was", &was, indent);
        self.comment(indent);
        self.say(number, indent);
        if let Some(name) = node.name.as_ref().filter(|_| inline) {
            let name = self.quoted(name, false);
            self.line(indent, &format!("id: {name}"));
        }
        if let Some(goto) = node.goto {
            let goto = self.goto(goto, false);
            let note = self.note();
            self.line(indent, &format!("goto: {goto}{note}"));
        }
        if node.answers.is_empty() {
            return;
        }
        if node.typed_only {
            self.line(indent, "offer: false");
        }
        self.texts("unclear", &node.unclear, indent);
        if let Some(otherwise) = node.otherwise {
            self.line(indent, "else:");
            self.value(otherwise, indent);
        }
        self.line(indent, "answers:");
        let inner = indent + self.step;
        for answer in &node.answers {
            self.comment(inner);
            let key = self.quoted(&answer.key, true);
            self.line(inner, &format!("{key}:"));
            if answer.label.is_some() || !answer.also.is_empty() || !answer.was.is_empty() {
                self.block(answer.node, inner + self.step);
            } else {
                self.value(answer.node, inner);
            }
        }
    }

    /// What a node says.
    fn say(&mut self, number: usize, indent: usize) {
        let node = self.plan.nodes[number].clone();
        if node.words.is_empty() {
            return;
        }
        self.line(indent, "say:");
        let words = self.words(number);
        if is_plain(&node) {
            return self.text(&words, indent);
        }
        let said = self.all_said(number);
        if self.dice.chance(50) {
            return self.behind(&format!("[{}]", said.join(", ")));
        }
        for message in said {
            self.line(indent + self.step, &format!("- {message}"));
        }
    }

    /// All messages of a node, as they stand in a list.
    fn all_said(&mut self, number: usize) -> Vec<String> {
        let node = self.plan.nodes[number].clone();
        let mut said = Vec::new();
        for message in &node.before {
            said.push(match message {
                Said::Text(text) => self.quoted(text, false),
                Said::Image(alt) => image(alt),
            });
        }
        let words = self.words(number);
        said.push(self.quoted(&words, false));
        said.extend(node.picture.then(|| image("a picture")));
        said
    }

    /// All of a node between brackets; `head` stands first in them.
    fn flow(&mut self, number: usize, head: &str) -> String {
        let node = self.plan.nodes[number].clone();
        let mut parts: Vec<String> = Vec::new();
        if !head.is_empty() {
            parts.push(head.to_owned());
        }
        let said = self.all_said(number);
        if !node.words.is_empty() {
            let list = format!("[{}]", said.join(", "));
            parts.push(format!("say: {}", if is_plain(&node) { &said[0] } else { &list }));
        }
        if !node.was.is_empty() {
            let was: Vec<String> = node.was.iter().map(|was| self.quoted(was, false)).collect();
            parts.push(format!("was: [{}]", was.join(", ")));
        }
        if let Some(name) = node.name.as_ref().filter(|_| !self.plan.shared.contains(&number)) {
            let name = self.quoted(name, false);
            parts.push(format!("id: {name}"));
        }
        if let Some(goto) = node.goto {
            let goto = self.goto(goto, true);
            parts.push(format!("goto: {goto}"));
        }
        let mut answers = Vec::new();
        for answer in &node.answers {
            let key = self.quoted(&answer.key, true);
            let mut head = Vec::new();
            if let Some(label) = &answer.label {
                let label = self.quoted(label, false);
                head.push(format!("label: {label}"));
            }
            if !answer.also.is_empty() {
                let also: Vec<String> =
                    answer.also.iter().map(|also| self.quoted(also, false)).collect();
                head.push(format!("also: [{}]", also.join(", ")));
            }
            let is_short = head.is_empty() && is_short(&self.plan.nodes[answer.node]);
            let value = if is_short && self.dice.chance(60) {
                let words = self.words(answer.node);
                self.quoted(&words, false)
            } else {
                self.flow(answer.node, &head.join(", "))
            };
            answers.push(format!("{key}: {value}"));
        }
        if !answers.is_empty() {
            parts.push(format!("answers: {{{}}}", answers.join(", ")));
        }
        if node.typed_only {
            parts.push("offer: false".to_owned());
        }
        if let Some(otherwise) = node.otherwise {
            let otherwise = self.flow(otherwise, "");
            parts.push(format!("else: {otherwise}"));
        }
        format!("{{{}}}", parts.join(", "))
    }
}

/// Whether a node may be written as just its words.
fn is_short(node: &PlanNode) -> bool {
    node.answers.is_empty()
        && node.goto.is_none()
        && node.was.is_empty()
        && node.name.is_none()
        && is_plain(node)
        && !node.words.is_empty()
}

/// Whether a node says nothing but its words.
fn is_plain(node: &PlanNode) -> bool {
    node.before.is_empty() && !node.picture
}

fn image(alt: &str) -> String {
    format!("{{image: \"https://example.org/a.png\", alt: \"{alt}\"}}")
}
