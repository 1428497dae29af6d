//! The conversations under `tests:`, step by step.
//!
//! What cannot be read of them is told as a warning: a mistake in a test stops nobody from talking to the tree.

use crate::load::nearest::{MAX_SUGGESTIONS, nearest};
use crate::place::MAX_STEPS;
use crate::testing::{GivenAnswer, TestStep, TestStepKind, TreeTest};
use crate::yaml::{Entry, Map, Value};
use crate::{Code, Diagnostic, Edit, Keys, NOTE_KEY, Span};

use super::Reader;
use super::values::boolean;

impl Reader<'_> {
    /// All tests of the file.
    pub(super) fn tests(&mut self, value: &Value<'_>) {
        let Value::Map(map) = value else {
            return self.problem(
                Code::WrongType,
                value.span(),
                "`tests` holds conversations, each as `name:` with a list of steps below it",
            );
        };
        for entry in self.distinct(map) {
            let name = entry.key.value.trim();
            if name.starts_with(NOTE_KEY) {
                continue;
            }
            let Value::List(list) = &entry.value else {
                self.no_list(name, &entry.value);
                continue;
            };
            let mut test = TreeTest {
                name: name.to_owned(),
                span: entry.key.span,
                steps: Vec::new(),
                is_whole: true,
            };
            if list.items.is_empty() {
                let message = format!(
                    "the test `{name}` has no steps; begin with `- user:` and what somebody types"
                );
                self.problem(Code::TestStep, entry.key.span, message);
                test.is_whole = false;
            }
            for item in &list.items {
                test.is_whole &= self.steps(item, &mut test.steps);
            }
            self.draft.tests.push(test);
        }
    }

    /// A test that is no list; where it has steps without dashes, with these.
    fn no_list(&mut self, name: &str, value: &Value<'_>) {
        let dash = |entry: &Entry<'_>| {
            let start = entry.key.span.start;
            let is_step = Keys::Step.names().contains(&entry.key.value.as_ref());
            // What goes on below its key would have to be indented further.
            let value = entry.value.span();
            let is_long = self.source.get(start..value.end)?.contains('\n');
            self.column(start).filter(|_| is_step && !is_long)?;
            Some(Edit { span: Span::new(start, start), text: "- ".to_owned() })
        };
        let edits: Option<Vec<Edit>> = match value {
            Value::Map(map) => map.entries.iter().map(dash).collect(),
            Value::Text(_) | Value::List(_) => None,
        };
        self.say(Code::WrongType, || {
            let message = format!("the test `{name}` is a list of steps, each beginning with `- `");
            let diagnostic = Diagnostic::new(Code::WrongType, value.span(), message);
            match edits.filter(|edits| !edits.is_empty()) {
                Some(edits) => diagnostic.with_fix("write `- ` before each", edits),
                None => diagnostic,
            }
        });
    }

    /// One item of a test's list: one step, and what was written into the same item by mistake. False if
    /// there is a mistake.
    fn steps(&mut self, item: &Value<'_>, steps: &mut Vec<TestStep>) -> bool {
        let Value::Map(map) = item else {
            self.problem(
                Code::TestStep,
                item.span(),
                "a step begins with `user:`, `bot:`, `at:`, `end:` or `given:`",
            );
            return false;
        };
        let mut is_right = true;
        let mut first: Option<&str> = None;
        for entry in self.distinct(map) {
            let key = entry.key.value.as_ref();
            if key.starts_with(NOTE_KEY) {
                continue;
            }
            let kind = match key {
                "user" => self.typed(entry).map(TestStepKind::User),
                "bot" => self.step_text(entry).map(TestStepKind::Bot),
                "at" => self.step_text(entry).map(TestStepKind::At),
                "end" => self.whether_end(&entry.value).map(TestStepKind::End),
                "given" => self.given(&entry.value).map(TestStepKind::Given),
                _ => {
                    self.unknown_step(entry);
                    is_right = false;
                    continue;
                }
            };
            match first {
                None => first = Some(key),
                Some(first) => {
                    is_right = false;
                    self.second_key(map, entry, first);
                }
            }
            match kind {
                Some(kind) => steps.push(TestStep { kind, span: entry.value.span() }),
                None => is_right = false,
            }
        }
        is_right
    }

    /// What somebody types. `""` is nothing, which one may type too.
    fn typed(&mut self, entry: &Entry<'_>) -> Option<String> {
        match &entry.value {
            Value::Text(text) if !text.plain || !text.value.is_empty() => {
                Some(text.value.as_ref().to_owned())
            }
            Value::Text(_) | Value::List(_) | Value::Map(_) => self.wrong_text(entry),
        }
    }

    fn step_text(&mut self, entry: &Entry<'_>) -> Option<String> {
        match &entry.value {
            Value::Text(text) if !text.value.trim().is_empty() => {
                Some(text.value.trim().to_owned())
            }
            Value::Text(_) | Value::List(_) | Value::Map(_) => self.wrong_text(entry),
        }
    }

    fn wrong_text(&mut self, entry: &Entry<'_>) -> Option<String> {
        let key = entry.key.value.as_ref();
        let (span, message) = match &entry.value {
            Value::Text(_) => (entry.key.span, format!("`{key}` is empty")),
            Value::List(list) => (list.span, format!("`{key}` is one text; write a step for each")),
            Value::Map(map) => {
                (map.span, format!("`{key}` is one text; put it in quotes if it has a colon in it"))
            }
        };
        self.problem(Code::TestStep, span, message);
        None
    }

    fn whether_end(&mut self, value: &Value<'_>) -> Option<bool> {
        match value {
            Value::Text(text) if text.value.as_ref() == "true" => Some(true),
            Value::Text(text) if text.value.as_ref() == "false" => Some(false),
            Value::Text(_) | Value::List(_) | Value::Map(_) => {
                let meant = match value {
                    Value::Text(text) => boolean(&text.value),
                    Value::List(_) | Value::Map(_) => None,
                };
                self.say(Code::TestStep, || {
                    let message = "`end` is `true` or `false`";
                    let diagnostic = Diagnostic::new(Code::TestStep, value.span(), message);
                    let Some(meant) = meant else { return diagnostic };
                    let edit = Edit { span: value.span(), text: meant.to_owned() };
                    diagnostic.with_fix(format!("write `{meant}`"), vec![edit])
                });
                None
            }
        }
    }

    fn given(&mut self, value: &Value<'_>) -> Option<Vec<GivenAnswer>> {
        let map = match value {
            Value::Map(map) if !map.entries.is_empty() => map,
            Value::Map(_) | Value::Text(_) | Value::List(_) => {
                self.problem(
                    Code::TestStep,
                    value.span(),
                    "`given` holds the answers given before, each as `question: answer`",
                );
                return None;
            }
        };
        if map.entries.len() > MAX_STEPS {
            let message = format!("a conversation has at most {MAX_STEPS} answers");
            self.problem(Code::TestStep, map.span, message);
            return None;
        }
        let mut given = Vec::new();
        let mut is_right = true;
        for entry in self.distinct(map) {
            let question = entry.key.value.trim();
            match &entry.value {
                Value::Text(text) if !text.value.trim().is_empty() && !question.is_empty() => {
                    given.push(GivenAnswer {
                        question: question.to_owned(),
                        question_span: entry.key.span,
                        answer: text.value.trim().to_owned(),
                        answer_span: text.span,
                    });
                }
                Value::Text(_) | Value::List(_) | Value::Map(_) => {
                    let message = format!("`{question}` needs the key of one of its answers");
                    self.problem(Code::TestStep, entry.key.span, message);
                    is_right = false;
                }
            }
        }
        is_right.then_some(given)
    }

    fn unknown_step(&mut self, entry: &Entry<'_>) {
        let key = entry.key.value.as_ref();
        let span = entry.key.span;
        let is_full = self.problems.len() > MAX_SUGGESTIONS;
        self.say(Code::TestStep, || match nearest(key, Keys::Step.names()).filter(|_| !is_full) {
            Some(near) => {
                let message = format!("unknown step `{key}`: did you mean `{near}`?");
                let edits = vec![Edit { span, text: near.to_owned() }];
                Diagnostic::new(Code::TestStep, span, message)
                    .with_fix(format!("write `{near}`"), edits)
            }
            None => {
                let message = format!(
                    "unknown step `{key}`: there are `user`, `bot`, `at`, `end` and `given`; put a text with a colon in quotes"
                );
                Diagnostic::new(Code::TestStep, span, message)
            }
        });
    }

    /// Two steps in one item of the list: the dash of the second is missing.
    fn second_key(&mut self, map: &Map<'_>, entry: &Entry<'_>, first: &str) {
        let key = entry.key.value.as_ref();
        let span = entry.key.span;
        let dash = self.dash_before(map, span);
        self.say(Code::TestStep, || {
            let message =
                format!("`{key}` is a step of its own, but stands in the same one as `{first}`");
            let diagnostic = Diagnostic::new(Code::TestStep, span, message);
            match dash {
                Some(edit) => diagnostic.with_fix(format!("write `- {key}`"), vec![edit]),
                None => diagnostic,
            }
        });
    }

    /// Puts a dash before a key that stands on a line of its own, two columns in from its list.
    fn dash_before(&self, map: &Map<'_>, key: Span) -> Option<Edit> {
        let before = |at: usize| self.source.get(at.checked_sub(2)?..at);
        let first = map.entries.first()?.key.span.start;
        let is_block = before(first) == Some("- ") && before(key.start) == Some("  ");
        is_block.then(|| Edit { span: Span::new(key.start - 2, key.start), text: "- ".to_owned() })
    }
}
