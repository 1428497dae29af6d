//! The conversation as text, for people.

use std::io::{self, Write};

use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Config, Editor};
use treebot::{InputKind, Message, Reply, Turn};

use super::{Talk, lines};
use crate::tell;

/// Talks in a terminal, with line editing, until Control-D or Control-C.
pub(super) fn run_in_terminal(mut talk: Talk<'_>) -> io::Result<()> {
    let mut editor = Editor::<(), MemHistory>::with_history(Config::default(), MemHistory::new())
        .map_err(other)?;
    say(&talk.open())?;
    loop {
        match editor.readline("> ") {
            Ok(line) if line.len() > lines::MAX_LINE => {
                if let Err(problem) = lines::Line::TooLong.text() {
                    tell(&problem);
                }
            }
            Ok(line) => {
                // Only what the arrow keys bring back is lost if this fails.
                drop(editor.add_history_entry(line.as_str()));
                say(&talk.take(InputKind::Text(line)))?;
            }
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(()),
            Err(error) => return Err(other(error)),
        }
    }
}

/// Talks over pipes and files, one line at a time.
pub(super) fn run_on_lines(mut talk: Talk<'_>) -> io::Result<()> {
    let mut input = io::stdin().lock();
    say(&talk.open())?;
    while let Some(line) = lines::next(&mut input)? {
        match line.text() {
            // What a line means is the tree's to say, commands and all.
            Ok(line) => say(&talk.take(InputKind::Text(line)))?,
            Err(problem) => tell(&problem),
        }
    }
    Ok(())
}

/// Shows what a turn says.
fn say(turn: &Turn<'_>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    write(&mut out, &turn.reply)?;
    out.flush()
}

fn write(out: &mut impl Write, reply: &Reply) -> io::Result<()> {
    if let Some(note) = &reply.note {
        writeln!(out, "({})", printable(&note.text))?;
    }
    for message in &reply.messages {
        match message {
            Message::Text(text) => writeln!(out, "{}", printable(&with_addresses(text)))?,
            Message::Image { address, alt } if alt.is_empty() => {
                writeln!(out, "[picture: {}]", printable(address))?;
            }
            Message::Image { address, alt } => {
                writeln!(out, "[picture: {} {}]", printable(alt), printable(address))?;
            }
        }
    }
    for (number, choice) in (1..).zip(&reply.choices) {
        writeln!(out, "  {number}. {}", printable(&choice.label))?;
    }
    writeln!(out)
}

/// `[words](address)` as `words (address)`: a terminal shows no links.
fn with_addresses(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once("](") {
        let linked = ["https:", "mailto:", "tel:"].iter().any(|start| tail.starts_with(start));
        match (head.rsplit_once('['), tail.split_once(')')) {
            (Some((before, words)), Some((address, after))) if linked => {
                shown.push_str(&format!("{before}{words} ({address})"));
                rest = after;
            }
            _ => {
                shown.push_str(head);
                shown.push_str("](");
                rest = tail;
            }
        }
    }
    shown.push_str(rest);
    shown
}

/// The text without what would steer the terminal.
fn printable(text: &str) -> String {
    let steers = |c: char| c.is_control() && c != '\n' && c != '\t';
    text.chars().map(|c| if steers(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn other(error: ReadlineError) -> io::Error {
    match error {
        ReadlineError::Io(error) => error,
        error => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_show_their_address_and_other_brackets_stay() {
        assert_eq!(
            with_addresses("See [the ETA](https://www.gov.uk/eta), or [write](mailto:a@b.c)."),
            "See the ETA (https://www.gov.uk/eta), or write (mailto:a@b.c)."
        );
        for text in ["[a", "a [b] (c)", "[a](b)", "[a](javascript:b)", "](https://a)", ""] {
            assert_eq!(with_addresses(text), text);
        }
        assert_eq!(with_addresses("[a] [b](https://c)"), "[a] b (https://c)");
    }

    #[test]
    fn a_tree_cannot_steer_the_terminal() {
        assert_eq!(printable("a\u{1b}[2Jb\nc\u{9b}"), "a\u{fffd}[2Jb\nc\u{fffd}");
    }
}
