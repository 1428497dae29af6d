//! From YAML values to drafts of nodes: what stands where.
//!
//! * [`file`] reads what only the top of the file has;
//! * [`tests`] reads the conversations under `tests:`;
//! * [`values`] says of what kind a value must be;
//! * [`links`] looks at what is written as a link;
//! * [`keys`] says which keys there are, and what is wrong with others;
//! * [`shifted`] finds what is indented so that it belongs to something else.

mod file;
mod keys;
mod links;
mod shifted;
mod tests;
mod values;

use crate::keys::Keys;
use crate::text::says_nothing;
use crate::yaml::{Entry, List, Value};
use crate::{Code, Diagnostic, Edit, Severity, Span};

use super::MAX_DIAGNOSTICS;
use super::draft::{Draft, DraftAnswer, DraftNode, Role, Spanned};
pub(super) use links::has_link;

use keys::{Seen, may_be_say};
use shifted::Level;

/// Reads the whole file. What is wrong goes into `problems`; what is right is read all the same. What is
/// missing beside a part that could not be read (`broken`) is no second problem.
pub(super) fn read<'p>(
    source: &'p str,
    root: &Value<'_>,
    broken: &[Span],
    problems: &'p mut Vec<Diagnostic>,
) -> Draft {
    let line =
        |at: usize| source.get(..at).and_then(|text| text.rfind('\n')).map_or(0, |end| end + 1);
    let broken = broken.iter().map(|broken| {
        let start = broken.start;
        let line_start = line(start);
        Broken { start, line: line_start, above: line(line_start.saturating_sub(1)) }
    });
    let broken = broken.collect();
    let mut reader = Reader {
        source,
        broken,
        draft: Draft::default(),
        problems,
        errors: 0,
        warnings: 0,
        unknown_until: 0,
    };
    match root {
        Value::Map(map) => {
            // What is said of the whole file is said at its `say`, or where it begins.
            let say = map.entries.iter().find(|entry| entry.key.value == "say");
            let at = say.or(map.entries.first()).map(|entry| entry.key.span);
            reader.node(root, Role::Root, at.unwrap_or(map.span));
        }
        Value::Text(_) | Value::List(_) => {
            reader.problem(
                Code::WrongType,
                root.span(),
                "a tree begins with `say:` and what the bot says first",
            );
        }
    }
    reader.draft
}

struct Reader<'p> {
    source: &'p str,
    broken: Vec<Broken>,
    draft: Draft,
    problems: &'p mut Vec<Diagnostic>,
    /// How many of the problems are errors of the reader's …
    errors: usize,
    /// … and how many are warnings.
    warnings: usize,
    /// Where a row of unknown keys ends that has been told of.
    unknown_until: usize,
}

/// What is said of answers that are no map.
const NO_MAP: &str =
    "answers are written one below the other, each as `answer: what the bot says then`";

/// Where a part that could not be read begins, with its line and the one above.
struct Broken {
    start: usize,
    line: usize,
    above: usize,
}

/// The column up to which a dash is taken away.
const MAX_COLUMN: usize = 200;

/// What stands beside an answer's node.
#[derive(Default)]
struct AnswerParts {
    label: Option<Spanned>,
    also: Vec<Spanned>,
    was: Vec<Spanned>,
}

impl Reader<'_> {
    /// Reads one node and what hangs from it; the depth of YAML bounds the recursion.
    fn node(&mut self, value: &Value<'_>, role: Role, at: Span) -> (usize, Option<AnswerParts>) {
        let number = self.draft.nodes.len();
        let is_answer = matches!(role, Role::Answer);
        let is_root = matches!(role, Role::Root);
        self.draft.nodes.push(DraftNode {
            role,
            at,
            span: value.span(),
            say: Vec::new(),
            say_span: value.span(),
            answers: Vec::new(),
            goto: None,
            otherwise: None,
            unclear: Vec::new(),
            id: None,
            was: Vec::new(),
            offer: true,
        });
        let map = match value {
            Value::Map(map) => map,
            Value::Text(text) => {
                let say = self.words(
                    text,
                    "this node says nothing; write what the bot says, or `goto:` and a name",
                );
                self.update(number, |node| node.say = say);
                return (number, None);
            }
            Value::List(list) => {
                let say = self.messages(value);
                let span = list.span;
                self.update(number, |node| {
                    node.say = say;
                    node.say_span = span;
                });
                return (number, None);
            }
        };
        let map = &*self.regrouped(map, if is_root { Level::File } else { Level::Node });
        let mut parts = AnswerParts::default();
        let mut has_say = false;
        let mut has_goto = false;
        let mut seen = Seen::none_of(map);
        let errors = self.errors;
        for entry in &map.entries {
            if !self.is_first(&mut seen, entry, "key") {
                continue;
            }
            let span = entry.value.span();
            let Some(key) = self.meant(map, entry, is_answer, is_root) else { continue };
            match key {
                "say" => {
                    has_say = true;
                    let say = self.messages(&entry.value);
                    self.update(number, |node| {
                        node.say = say;
                        node.say_span = span;
                    });
                }
                "answers" => self.answers(number, entry),
                "goto" => {
                    has_goto = true;
                    let goto = self.name(&entry.value, "`goto` needs the name of a node");
                    self.update(number, |node| node.goto = goto);
                }
                "else" => {
                    let (otherwise, _) = self.node(&entry.value, Role::Else, entry.key.span);
                    self.update(number, |node| node.otherwise = Some(otherwise));
                }
                "unclear" => {
                    let unclear = self.texts(&entry.value, "unclear");
                    unclear.iter().for_each(|text| self.short(text));
                    let unclear = unclear.into_iter().map(|text| text.text).collect();
                    self.update(number, |node| node.unclear = unclear);
                }
                "id" => {
                    let id = self.name(&entry.value, "`id` needs a name");
                    self.update(number, |node| node.id = id);
                }
                "was" => {
                    let was = self.texts(&entry.value, "was");
                    parts.was.clone_from(&was);
                    self.update(number, |node| node.was = was);
                }
                "offer" => {
                    let offer = self.switch(&entry.value);
                    self.update(number, |node| node.offer = offer);
                }
                "label" if is_answer => parts.label = self.text(&entry.value, "label"),
                "also" if is_answer => parts.also = self.texts(&entry.value, "also"),
                _ => self.file_key(key, entry),
            }
        }
        // A `say` of another name is a problem of its own.
        has_say |= !has_say && map.entries.iter().any(|entry| may_be_say(entry, is_root));
        let asks = self.draft.nodes.get(number).is_some_and(|node| !node.answers.is_empty());
        // It may be in what could not be read.
        let may_be_broken = is_root && !self.broken.is_empty();
        if !has_say && !may_be_broken && (is_root || asks || !has_goto) {
            let message = match (is_root, asks) {
                (true, _) => "the tree says nothing; begin with `say:` and the first message",
                (false, true) => "this question asks nothing; give it a `say`",
                (false, false) => "this node says nothing; give it a `say`, or a `goto`",
            };
            self.problem(Code::MissingSay, at, message);
        }
        // Where something is wrong, answers may be meant by that.
        if !asks && self.errors == errors && self.broken.is_empty() {
            self.without_answers(&map.entries);
        }
        (number, Some(parts))
    }

    /// Tells of the keys that only a question has, at a node that asks nothing.
    fn without_answers(&mut self, entries: &[Entry<'_>]) {
        for Entry { key, .. } in entries {
            let name = key.value.as_ref();
            if matches!(name, "else" | "unclear" | "offer") {
                self.say(Code::WithoutAnswers, || {
                    let message = format!(
                        "there are no answers here, so `{name}` does nothing; give this node `answers`, or leave `{name}` out"
                    );
                    Diagnostic::new(Code::WithoutAnswers, key.span, message)
                });
            }
        }
    }

    /// Changes a draft that is being read.
    fn update(&mut self, number: usize, change: impl FnOnce(&mut DraftNode)) {
        if let Some(node) = self.draft.nodes.get_mut(number) {
            change(node);
        }
    }

    fn answers(&mut self, number: usize, entry: &Entry<'_>) {
        let map = match &entry.value {
            Value::Map(map) if !map.entries.is_empty() => map,
            Value::Map(_) => {
                return self.problem(
                    Code::NoAnswers,
                    entry.key.span,
                    "there are no answers here; write at least one, or leave `answers` out",
                );
            }
            Value::Text(text) if text.value.is_empty() => {
                return self.problem(
                    Code::NoAnswers,
                    entry.key.span,
                    "there are no answers here; write at least one, or leave `answers` out",
                );
            }
            Value::Text(_) => {
                return self.problem(Code::WrongType, entry.value.span(), NO_MAP);
            }
            Value::List(list) => return self.list_of_answers(list),
        };
        let map = &*self.regrouped(map, Level::Named);
        let mut seen = Seen::none_of(map);
        for answer in &map.entries {
            if !self.is_first(&mut seen, answer, "answer") || self.is_no_answer(entry, answer) {
                continue;
            }
            let key = Spanned { text: answer.key.value.trim().to_owned(), span: answer.key.span };
            if says_nothing(&key.text) {
                self.problem(Code::BadName, key.span, "an answer needs words");
                continue;
            }
            let (node, parts) = self.node(&answer.value, Role::Answer, answer.key.span);
            let parts = parts.unwrap_or_default();
            self.update(number, |question| {
                question.answers.push(DraftAnswer {
                    key,
                    label: parts.label,
                    also: parts.also,
                    was: parts.was,
                    node,
                });
            });
        }
    }

    /// `- Tea: Here you are.`: answers, each with a dash before it.
    fn list_of_answers(&mut self, list: &List<'_>) {
        let edits = self.without_dashes(list);
        self.say(Code::WrongType, || {
            let Some(edits) = edits else {
                return Diagnostic::new(Code::WrongType, list.span, NO_MAP);
            };
            let message = format!("{NO_MAP}, with no `-` before it");
            let diagnostic = Diagnostic::new(Code::WrongType, list.span, message);
            diagnostic.with_fix("leave the dashes out", edits)
        });
    }

    /// The edits that make a map of a list of maps, if their keys stand below each other and are no node's.
    fn without_dashes(&self, list: &List<'_>) -> Option<Vec<Edit>> {
        let mut column = None;
        let is_key = |entry: &Entry<'_>| {
            let key = entry.key.value.as_ref();
            entry.key.plain && Keys::ALL.iter().any(|keys| keys.names().contains(&key))
        };
        let edit = |item: &Value<'_>| {
            let Value::Map(map) = item else { return None };
            let start = map.span.start;
            let near = self.source.floor_char_boundary(start.saturating_sub(MAX_COLUMN));
            let (_, before) = self.source.get(near..start)?.rsplit_once('\n')?;
            let dash = before.find('-')?;
            let is_dashed = before.bytes().filter(|byte| *byte != b' ').eq(*b"-");
            let is_plain =
                self.source.get(start..).is_some_and(|rest| !rest.starts_with(['{', '&']));
            let fits = *column.get_or_insert(before.len()) == before.len();
            if !is_dashed || !is_plain || !fits || map.entries.iter().any(is_key) {
                return None;
            }
            let at = start - before.len() + dash;
            Some(Edit { span: Span::new(at, at + 1), text: " ".to_owned() })
        };
        list.items.iter().map(edit).collect()
    }

    fn problem(&mut self, code: Code, span: Span, message: impl Into<String>) {
        let is_missing = matches!(code, Code::MissingSay | Code::EmptyText | Code::NoAnswers);
        if !(is_missing && self.is_beside_broken(span)) {
            self.say(code, || Diagnostic::new(code, span, message));
        }
    }

    /// Tells of a problem, unless there are more already than anybody will be told.
    fn say(&mut self, code: Code, diagnostic: impl FnOnce() -> Diagnostic) {
        let said = match code.severity() {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        if *said < MAX_DIAGNOSTICS {
            *said += 1;
            self.problems.push(diagnostic());
        }
    }

    /// Whether a part that could not be read begins on the line where `span` ends, or is all that the next begins with
    /// and is indented further.
    fn is_beside_broken(&self, span: Span) -> bool {
        let margin = |line: usize| {
            let text = self.source.get(line..).unwrap_or_default();
            text.len() - text.trim_start_matches([' ', '\t']).len()
        };
        self.broken.iter().any(|Broken { start, line, above }| {
            // The lines are known: many texts may be missing on one that is long.
            let is_below = || {
                *above <= span.end
                    && *start == line + margin(*line)
                    && (margin(*line) > margin(*above)
                        || self.source.get(*line..).is_some_and(|text| text.starts_with('\t')))
            };
            span.start <= *start && (*line <= span.end || is_below())
        })
    }
}
