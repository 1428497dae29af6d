//! A conversation to take away: as text, or as Markdown.

use treebot::json::write_number;

use crate::links::Piece;
use crate::view::{Said, Sender, View};

/// The forms that a conversation can be saved in, besides the document that the browser keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown; what people typed and trees say is never taken for its signs.
    Markdown,
}

/// What was said, and the answers that stand, as a text.
pub(crate) fn export(view: &View, format: Format) -> String {
    let mut out = Writer { out: String::new(), is_markdown: format == Format::Markdown };
    out.heading("# ", if view.title.is_empty() { "Conversation" } else { &view.title });
    if !view.about.is_empty() {
        out.words(&view.about);
        out.sign("\n\n");
    }
    if !view.answers.is_empty() {
        out.heading("## ", "Your answers");
        for (number, given) in (1_i64..).zip(&view.answers) {
            write_number(&mut out.out, number);
            out.sign(". ");
            out.text(&given.question);
            out.sign(" ");
            out.bold(|out| out.text(&given.answer));
            out.sign("\n");
        }
        out.sign("\n");
    }
    out.heading("## ", "What was said");
    for entry in &view.transcript {
        let held = entry.result.as_ref().filter(|card| !card.holds).map(|_| EARLIER);
        for note in held.into_iter().chain(entry.note.as_deref()) {
            out.text(note);
            out.sign("\n\n");
        }
        for said in &entry.messages {
            out.bold(|out| {
                out.sign(match entry.sender {
                    Sender::Bot => "Advisor:",
                    Sender::You => "You:",
                });
            });
            out.sign(" ");
            out.message(said);
            out.sign("\n\n");
        }
    }
    let mut text = out.out;
    while text.ends_with('\n') {
        text.pop();
    }
    text.push('\n');
    text
}

/// What stands before a result that holds no more. The page says the same.
const EARLIER: &str = "An earlier result. Your answers have changed since.";

struct Writer {
    out: String,
    is_markdown: bool,
}

impl Writer {
    /// Signs that stand for themselves.
    fn sign(&mut self, sign: &str) {
        self.out.push_str(sign);
    }

    /// A sign of Markdown, which is nothing in a text.
    fn mark(&mut self, mark: &str) {
        if self.is_markdown {
            self.sign(mark);
        }
    }

    fn heading(&mut self, mark: &str, text: &str) {
        self.mark(mark);
        self.text(text);
        self.sign("\n\n");
    }

    fn bold(&mut self, write: impl FnOnce(&mut Self)) {
        self.mark("**");
        write(self);
        self.mark("**");
    }

    fn message(&mut self, said: &Said) {
        match &said.picture {
            Some(picture) => {
                let text = picture.alt.clone();
                self.words(&[Piece { text, link: Some(picture.address.clone()) }]);
            }
            None => self.words(&said.pieces),
        }
    }

    /// Words with the addresses of their links.
    fn words(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            let Some(address) = &piece.link else {
                self.text(&piece.text);
                continue;
            };
            self.mark("[");
            self.text(&piece.text);
            self.sign(if self.is_markdown { "](<" } else { " (" });
            self.sign(address);
            self.sign(if self.is_markdown { ">)" } else { ")" });
        }
    }

    /// A text; in Markdown so that nothing in it is special. Lines stay lines.
    fn text(&mut self, text: &str) {
        if !self.is_markdown {
            return self.sign(text);
        }
        let mut begins_line = true;
        for sign in text.chars() {
            let is_special = matches!(
                sign,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&'
            );
            if is_special || (begins_line && matches!(sign, '-' | '+' | '=')) {
                self.out.push('\\');
            }
            self.out.push(sign);
            begins_line = sign == '\n' || (begins_line && sign.is_whitespace());
            if sign == '\n' {
                self.out.push('\n');
            }
        }
    }
}
