//! The conversation as lines of JSON, for programs.
//!
//! The first line of output is the opening turn; then there is one line of output for each line of
//! input.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};
use treebot::{InputKind, Match, Message, Place, Turn};

use super::Talk;
use super::lines;

const SHAPES: &str = r#"write plain text, {"text": …}, {"tap": code, "title": …} or {"command": "start"|"back"|"restart"|"help"}"#;

/// Answers line by line until the input ends.
pub(super) fn run(mut talk: Talk<'_>) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut out = io::stdout().lock();
    let turn = talk.open();
    write(&mut out, &Output::new(&talk, &turn))?;
    while let Some(line) = lines::next(&mut input)? {
        match line.text().and_then(|text| understand(&text)) {
            Ok(kind) => {
                let turn = talk.take(kind);
                write(&mut out, &Output::new(&talk, &turn))?;
            }
            Err(error) => write(&mut out, &Problem { error })?,
        }
    }
    Ok(())
}

/// What a line of input means. What is no JSON object is what somebody typed, as it stands.
fn understand(line: &str) -> Result<InputKind, String> {
    let Ok(object) = serde_json::from_str::<Map<String, Value>>(line) else {
        return Ok(InputKind::Text(line.to_owned()));
    };
    let mut object = object;
    let text = object.remove("text");
    let tap = object.remove("tap");
    let title = object.remove("title");
    let command = object.remove("command");
    if let Some(key) = object.keys().next() {
        return Err(format!("unknown key `{key}`: {SHAPES}"));
    }
    match (text, tap, title, command) {
        (Some(Value::String(text)), None, None, None) => Ok(InputKind::Text(text)),
        (None, Some(Value::String(code)), None | Some(Value::Null), None) => {
            Ok(InputKind::Tap { code, title: None })
        }
        (None, Some(Value::String(code)), Some(Value::String(title)), None) => {
            Ok(InputKind::Tap { code, title: Some(title) })
        }
        (None, None, None, Some(Value::String(command))) => match command.as_str() {
            "start" => Ok(InputKind::Start { at_node: None }),
            "back" => Ok(InputKind::Back),
            "restart" => Ok(InputKind::Restart),
            "help" => Ok(InputKind::Help),
            other => Err(format!("unknown command `{other}`: {SHAPES}")),
        },
        _ => Err(format!("this is no input: {SHAPES}")),
    }
}

/// One turn, as programs see it. The order of the fields is the order of the keys.
#[derive(Serialize)]
struct Output<'a> {
    kind: &'static str,
    messages: Vec<Said<'a>>,
    choices: Vec<Offered<'a>>,
    note: Option<&'a str>,
    r#match: Option<Matched<'a>>,
    place: Where,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Said<'a> {
    Text { text: &'a str },
    Image { image: &'a str, alt: &'a str },
}

#[derive(Serialize)]
struct Offered<'a> {
    label: &'a str,
    code: &'a str,
}

#[derive(Serialize)]
struct Matched<'a> {
    tier: &'static str,
    answer: Option<&'a str>,
    rivals: &'a [String],
}

#[derive(Serialize)]
struct Where {
    question: Option<String>,
    ended: bool,
    code: String,
}

#[derive(Serialize)]
struct Problem {
    error: String,
}

impl<'a> Output<'a> {
    fn new(talk: &Talk<'_>, turn: &'a Turn<'_>) -> Self {
        let reply = &turn.reply;
        Self {
            kind: reply.kind.as_str(),
            messages: reply.messages.iter().map(Said::new).collect(),
            choices: reply
                .choices
                .iter()
                .map(|choice| Offered { label: &choice.label, code: choice.code.as_str() })
                .collect(),
            note: reply.note.as_ref().map(|note| note.text.as_ref()),
            r#match: turn.event.matched.as_ref().map(Matched::new),
            place: Where::new(&turn.place, talk.code(turn).to_string()),
        }
    }
}

impl<'a> Said<'a> {
    fn new(message: &'a Message) -> Self {
        match message {
            Message::Text(text) => Self::Text { text },
            Message::Image { address, alt } => Self::Image { image: address, alt },
        }
    }
}

impl<'a> Matched<'a> {
    fn new(matched: &'a Match) -> Self {
        Self {
            tier: matched.tier.as_str(),
            answer: matched.answer.as_deref(),
            rivals: &matched.rivals,
        }
    }
}

impl Where {
    fn new(place: &Place<'_>, code: String) -> Self {
        Self { question: place.question(), ended: place.is_end(), code }
    }
}

/// Writes a line at once: the program at the other end waits for it.
fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: InputKind) {
        assert_eq!(understand(line), Ok(expected), "{line}");
    }

    fn text(text: &str) -> InputKind {
        InputKind::Text(text.to_owned())
    }

    fn tap(code: &str, title: Option<&str>) -> InputKind {
        InputKind::Tap { code: code.to_owned(), title: title.map(ToOwned::to_owned) }
    }

    #[test]
    fn what_is_no_json_object_is_plain_text() {
        check("study", text("study"));
        check("", text(""));
        check("2", text("2"));
        check("\"2\"", text("\"2\""));
        check("[1]", text("[1]"));
        check("{study}", text("{study}"));
        check("{\"text\": ", text("{\"text\": "));
        check(&"{\"a\":".repeat(5000), text(&"{\"a\":".repeat(5000)));
    }

    #[test]
    fn every_shape_of_input_is_understood() {
        check(r#"{"text": "study"}"#, text("study"));
        check(r#" {"text": ""} "#, text(""));
        check(r#"{"tap": "abc", "title": "Study"}"#, tap("abc", Some("Study")));
        check(r#"{"tap": "abc"}"#, tap("abc", None));
        check(r#"{"tap": "abc", "title": null}"#, tap("abc", None));
        check(r#"{"command": "start"}"#, InputKind::Start { at_node: None });
        check(r#"{"command": "back"}"#, InputKind::Back);
        check(r#"{"command": "restart"}"#, InputKind::Restart);
        check(r#"{"command": "help"}"#, InputKind::Help);
    }

    #[test]
    fn other_objects_are_refused_with_what_would_do() {
        for line in [
            "{}",
            r#"{"text": 2}"#,
            r#"{"text": "a", "tap": "b"}"#,
            r#"{"text": "a", "title": "b"}"#,
            r#"{"title": "a"}"#,
            r#"{"tap": "a", "title": 2}"#,
            r#"{"command": "stop"}"#,
            r#"{"say": "a"}"#,
        ] {
            let error = understand(line).err().unwrap_or_default();
            assert!(error.ends_with(SHAPES), "{line}: {error}");
        }
    }
}
