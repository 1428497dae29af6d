//! A tree without the engine: its opening as plain values, and all of it as a page of nested `<details>`.
//!
//! For the site's build: the Chat page shows the opening before anything else has arrived, and the page to read is
//! for browsers in which the engine does not start. Neither knows anything of a conversation.

use std::fmt::Write as _;

use serde::Serialize;
use treebot::{Message, Node, NodeId, Tree};

use crate::links::{Piece, pieces, plain};
use crate::view::{Said, dir};

/// How a conversation over a tree begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opening {
    /// The tree's name.
    pub id: String,
    /// Its title; may be empty.
    pub title: String,
    /// What the author says about it.
    pub about: Vec<Piece>,
    /// The language of its words.
    pub lang: String,
    /// Which way that language is written.
    pub dir: &'static str,
    /// What the bot says first.
    pub said: Vec<Said>,
    /// What can be answered then, each with the part of the page to read that goes on there.
    pub choices: Vec<Part>,
}

/// An answer, and where to read on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The answer.
    pub label: String,
    /// The `id` of its part of the page.
    pub anchor: String,
}

/// How a conversation over `tree` begins.
#[must_use]
pub fn opening(tree: &Tree, id: String) -> Opening {
    let mut said = Vec::new();
    let mut at = tree.get(NodeId(0));
    // No chain of silent steps is longer than the tree.
    for _ in 0..tree.len() {
        let Some(node) = at else { break };
        said.extend(node.say().map(|message| Said::from(&message)));
        if node.is_question() {
            break;
        }
        at = node.goto().and_then(|id| tree.get(id));
    }
    let answers = at.into_iter().filter(|node| node.offer()).flat_map(Node::answers);
    Opening {
        id,
        title: tree.title().to_owned(),
        about: pieces(tree.about()),
        lang: tree.lang().to_owned(),
        dir: dir(tree.lang()),
        said,
        choices: answers
            .map(|answer| Part { label: answer.label().to_owned(), anchor: anchor(answer.node()) })
            .collect(),
    }
}

/// All of a tree, to read: answers can be opened and closed, and what leads elsewhere is a link.
#[must_use]
pub fn page(tree: &Tree) -> String {
    let title = if tree.title().is_empty() { tree.name() } else { tree.title() };
    let mut out = String::new();
    let (lang, dir) = (tree.lang(), dir(tree.lang()));
    out.push_str("<!doctype html>\n<html lang=\"");
    escape(&mut out, lang);
    let _ = write!(out, "\" dir=\"{dir}\">\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; img-src 'self' https:; base-uri 'none'; form-action 'none'\">\n");
    out.push_str("<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    escape(&mut out, title);
    out.push_str("</title>\n<link rel=\"icon\" type=\"image/svg+xml\" href=\"../icon.svg\">\n<link rel=\"stylesheet\" href=\"../page.css\">\n<main>\n<h1>");
    escape(&mut out, title);
    out.push_str("</h1>\n");
    if !tree.about().is_empty() {
        out.push_str("<p>");
        words(&mut out, &pieces(tree.about()));
        out.push_str("</p>\n");
    }
    let mut writer = Writer { tree, out, done: vec![false; tree.len()], wanted: Vec::new() };
    writer.part(NodeId(0), 0);
    // What is led to from elsewhere stands by itself.
    while let Some(id) = writer.wanted.pop() {
        writer.section(id);
    }
    writer.out.push_str("</main>\n");
    writer.out
}

struct Writer<'t> {
    tree: &'t Tree,
    out: String,
    /// Which nodes are on the page already.
    done: Vec<bool>,
    /// Nodes that are linked to.
    wanted: Vec<NodeId>,
}

/// No tree is nested deeper than a conversation is long, with room for steps that only go on.
const MAX_DEPTH: usize = 200;

impl Writer<'_> {
    /// A node that is led to, unless it is on the page already.
    fn section(&mut self, id: NodeId) {
        let Some(node) = self.tree.get(id).filter(|_| !self.is_done(id)) else { return };
        let _ = write!(self.out, "<section id=\"{}\">\n<h2>", anchor(id));
        let heading = node.say().last().map(|message| plain(message.text())).unwrap_or_default();
        escape(&mut self.out, &heading);
        self.out.push_str("</h2>\n");
        self.part(id, 0);
        self.out.push_str("</section>\n");
    }

    /// What a node says, and what may be answered.
    fn part(&mut self, id: NodeId, depth: usize) {
        let Some(node) = self.tree.get(id) else { return };
        if let Some(done) = self.done.get_mut(id.0 as usize) {
            *done = true;
        }
        for message in node.say() {
            self.message(&message);
        }
        let mut answers: Vec<_> =
            node.answers().map(|answer| (answer.label().to_owned(), answer.node())).collect();
        answers.extend(node.otherwise().map(|other| ("…".to_owned(), other)));
        for (label, then) in answers {
            let _ = write!(self.out, "<details id=\"{}\"><summary>", anchor(then));
            escape(&mut self.out, &label);
            self.out.push_str("</summary>\n");
            if depth < MAX_DEPTH {
                self.part(then, depth.saturating_add(1));
            }
            let leads_on =
                self.tree.get(then).is_some_and(|node| node.is_question() || node.goto().is_some());
            if let Some(goto) = node.goto().filter(|_| !leads_on) {
                self.link(goto);
            }
            self.out.push_str("</details>\n");
        }
        if let Some(goto) = node.goto().filter(|_| !node.is_question()) {
            self.link(goto);
        }
    }

    fn link(&mut self, to: NodeId) {
        let asks = self.tree.get(to).and_then(|node| node.say().last());
        let asks = asks.map(|message| plain(message.text())).unwrap_or_default();
        let to_start = to == NodeId(0);
        let _ = write!(
            self.out,
            "<p class=\"on\"><a href=\"#{}\">",
            if to_start { String::new() } else { anchor(to) }
        );
        escape(&mut self.out, &asks);
        self.out.push_str("</a></p>\n");
        if !to_start && !self.is_done(to) {
            self.wanted.push(to);
        }
    }

    fn message(&mut self, message: &Message<'_>) {
        match message {
            Message::Text(text) => {
                self.out.push_str("<p>");
                words(&mut self.out, &pieces(text));
                self.out.push_str("</p>\n");
            }
            Message::Image { address, alt } => {
                self.out.push_str("<p><img loading=\"lazy\" src=\"");
                escape(&mut self.out, address);
                self.out.push_str("\" alt=\"");
                escape(&mut self.out, alt);
                self.out.push_str("\"></p>\n");
            }
        }
    }

    fn is_done(&self, id: NodeId) -> bool {
        self.done.get(id.0 as usize).copied().unwrap_or(true)
    }
}

fn anchor(id: NodeId) -> String {
    format!("n{}", id.0)
}

/// Words and links. Only what [`pieces`] takes for a link is one.
fn words(out: &mut String, pieces: &[Piece]) {
    for piece in pieces {
        match &piece.link {
            None => escape(out, &piece.text),
            Some(link) => {
                out.push_str("<a rel=\"noopener noreferrer\" href=\"");
                escape(out, link);
                out.push_str("\">");
                escape(out, &piece.text);
                out.push_str("</a>");
            }
        }
    }
}

/// Text that stands for itself, in elements and in attributes.
fn escape(out: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            _ => out.push(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::expect_used, reason = "tests")]
    fn tree(source: &str) -> Tree {
        treebot::load(source).tree.expect("the tree of a test loads").called("small")
    }

    const SMALL: &str = "\
title: Small
say: [Hello., Tea or coffee?]
answers:
  tea: {say: How hot?, answers: {hot: {goto: milk}, cold: 'See [it](https://a.example/?a=1&b=2).'}}
  coffee: {goto: milk}
nodes:
  milk: {say: Milk?, answers: {yes: With milk., no: {goto: start}}}
";

    #[test]
    fn every_word_of_a_tree_is_on_its_page_once() {
        let page = page(&tree(SMALL));
        for words in [
            "Hello.",
            "Tea or coffee?",
            "<summary>tea</summary>",
            "How hot?",
            "With milk.",
            "href=\"https://a.example/?a=1&amp;b=2\">it</a>",
        ] {
            assert!(page.contains(words), "{words}\n{page}");
        }
        assert_eq!(page.matches("With milk.").count(), 1);
        assert_eq!(page.matches("<details").count(), page.matches("</details>").count());
        // Every link within the page leads somewhere.
        for (_, rest) in page
            .match_indices("href=\"#n")
            .map(|(at, found)| (at, page.split_at(at + found.len() - 1).1))
        {
            let id = rest.split('"').next().unwrap_or_default();
            assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }

    #[test]
    fn nothing_that_a_tree_says_is_markup() {
        let hostile = tree(
            "title: '<b>\"&'
about: </main><script>1</script>
say: '<img src=x onerror=1> [a](javascript:1)'
answers: {'<i>': '\"><script>2</script>', b: {say: [{image: 'https://a.example/x', alt: '\" onload=1'}]}}
",
        );
        let page = page(&hostile);
        assert!(
            !page.contains("<script")
                && !page.contains("<img src=x")
                && !page.contains("<i>")
                && !page.contains("javascript:1\""),
            "{page}"
        );
        assert!(!page.contains("\" onload"), "{page}");
    }

    #[test]
    fn the_opening_is_what_a_conversation_begins_with() {
        let opening = opening(&tree(SMALL), "small".to_owned());
        assert_eq!((opening.said.len(), opening.dir, opening.title.as_str()), (2, "ltr", "Small"));
        let page = page(&tree(SMALL));
        for part in &opening.choices {
            assert!(
                page.contains(&format!("<details id=\"{}\"><summary>{}<", part.anchor, part.label)),
                "{part:?}"
            );
        }
        assert_eq!(opening.choices.len(), 2);
    }
}
