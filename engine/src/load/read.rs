//! From YAML values to drafts of nodes: which keys there are, and of what kind their values must be.

use indexmap::IndexMap;

use crate::matching::Command;
use crate::text::Words;
use crate::yaml::{Entry, Map, Text, Value};
use crate::{Code, Diagnostic, Edit, Message, Span};

/// A tree as it was written, names not yet looked up.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) title: Option<String>,
    pub(super) lang: Option<Spanned>,
    pub(super) about: Option<String>,
    pub(super) help: Option<String>,
    pub(super) ended: Option<String>,
    pub(super) commands: Vec<(Command, Vec<String>)>,
    /// In the order of the source, the root first.
    pub(super) nodes: Vec<DraftNode>,
}

/// A text and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Spanned {
    pub(super) text: String,
    pub(super) span: Span,
}

/// A node as it was written.
#[derive(Debug)]
pub(super) struct DraftNode {
    pub(super) role: Role,
    /// What problems with the whole node point at: its key, or its text.
    pub(super) at: Span,
    pub(super) span: Span,
    pub(super) say: Vec<Message>,
    pub(super) say_span: Span,
    pub(super) answers: Vec<DraftAnswer>,
    pub(super) goto: Option<Spanned>,
    pub(super) otherwise: Option<usize>,
    pub(super) unclear: Vec<String>,
    pub(super) id: Option<Spanned>,
    pub(super) was: Vec<Spanned>,
    pub(super) offer: bool,
}

/// An answer as it was written.
#[derive(Debug)]
pub(super) struct DraftAnswer {
    pub(super) key: Spanned,
    pub(super) label: Option<Spanned>,
    pub(super) also: Vec<Spanned>,
    pub(super) was: Vec<Spanned>,
    pub(super) node: usize,
}

/// What a node is in its tree.
#[derive(Clone, Debug)]
pub(super) enum Role {
    /// The file itself.
    Root,
    /// One of `nodes`.
    Shared(Spanned),
    /// What follows an answer.
    Answer,
    /// What is said when nothing fits.
    Else,
}

/// The most characters of a word that others are compared with.
const MAX_NAME: usize = 64;

const NODE_KEYS: &[&str] = &["say", "answers", "goto", "else", "unclear", "id", "was", "offer"];
const ANSWER_KEYS: &[&str] = &["label", "also"];
const FILE_KEYS: &[&str] =
    &["title", "lang", "about", "nodes", "commands", "help", "ended", "tests"];
const RESERVED_KEYS: &[&str] = &["when", "route", "ask", "min", "max", "translates", "handover"];

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
    let broken = broken.iter().map(|broken| (line(broken.start), broken.start)).collect();
    let mut reader = Reader { source, broken, draft: Draft::default(), problems };
    match root {
        Value::Map(_) => {
            reader.node(root, Role::Root, Span::new(root.span().start, root.span().start));
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
    /// Where each part that could not be read begins, after where its line begins.
    broken: Vec<(usize, usize)>,
    draft: Draft,
    problems: &'p mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn problem(&mut self, code: Code, span: Span, message: impl Into<String>) {
        let is_missing = matches!(code, Code::MissingSay | Code::EmptyText | Code::NoAnswers);
        if !(is_missing && self.is_beside_broken(span)) {
            self.problems.push(Diagnostic::new(code, span, message));
        }
    }

    /// Whether a part that could not be read begins on the line where `span` ends.
    fn is_beside_broken(&self, span: Span) -> bool {
        self.broken.iter().any(|(line, start)| span.start <= *start && *line <= span.end)
    }

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
        let mut parts = AnswerParts::default();
        // A misspelt `say` is a problem of its own.
        let mut has_say = map.entries.iter().any(|entry| {
            let key = entry.key.value.as_ref();
            !NODE_KEYS.contains(&key) && nearest(key, &["say"]).is_some()
        });
        let mut has_goto = false;
        for entry in self.distinct(map) {
            let span = entry.value.span();
            match entry.key.value.as_ref() {
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
                    let unclear = self
                        .texts(&entry.value, "unclear")
                        .into_iter()
                        .map(|text| text.text)
                        .collect();
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
                "title" if is_root => {
                    self.draft.title = self.text(&entry.value, "title").map(|text| text.text)
                }
                "lang" if is_root => self.draft.lang = self.text(&entry.value, "lang"),
                "about" if is_root => {
                    self.draft.about = self.text(&entry.value, "about").map(|text| text.text)
                }
                "help" if is_root => {
                    self.draft.help = self.text(&entry.value, "help").map(|text| text.text)
                }
                "ended" if is_root => {
                    self.draft.ended = self.text(&entry.value, "ended").map(|text| text.text)
                }
                "commands" if is_root => self.commands(&entry.value),
                "nodes" if is_root => self.shared(&entry.value),
                "tests" if is_root => self.tests(&entry.value),
                _ => self.unknown_key(&entry.key, is_answer, is_root),
            }
        }
        let asks = self.draft.nodes.get(number).is_some_and(|node| !node.answers.is_empty());
        if !has_say && (is_root || asks || !has_goto) {
            let message = match (is_root, asks) {
                (true, _) => "the tree says nothing; begin with `say:` and the first message",
                (false, true) => "this question asks nothing; give it a `say`",
                (false, false) => "this node says nothing; give it a `say`, or a `goto`",
            };
            self.problem(Code::MissingSay, at, message);
        }
        (number, Some(parts))
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
            Value::Text(_) | Value::List(_) => {
                return self.problem(Code::WrongType, entry.value.span(), "answers are written one below the other, each as `answer: what the bot says then`");
            }
        };
        for answer in self.distinct_answers(map) {
            let key = Spanned { text: answer.key.value.trim().to_owned(), span: answer.key.span };
            if key.text.is_empty() {
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

    fn shared(&mut self, value: &Value<'_>) {
        let Value::Map(map) = value else {
            return self.problem(
                Code::WrongType,
                value.span(),
                "`nodes` holds shared nodes, each as `name:` with a node below it",
            );
        };
        for entry in self.distinct(map) {
            let name = Spanned { text: entry.key.value.trim().to_owned(), span: entry.key.span };
            if name.text.is_empty() {
                self.problem(Code::BadName, name.span, "a shared node needs a name");
                continue;
            }
            self.node(&entry.value, Role::Shared(name), entry.key.span);
        }
    }

    fn commands(&mut self, value: &Value<'_>) {
        let Value::Map(map) = value else {
            return self.problem(
                Code::WrongType,
                value.span(),
                "`commands` holds `back`, `restart` and `help`, each with a list of words",
            );
        };
        let mut words: IndexMap<Vec<String>, &str> = IndexMap::new();
        for entry in self.distinct(map) {
            let command = match entry.key.value.as_ref() {
                "back" => Command::Back,
                "restart" => Command::Restart,
                "help" => Command::Help,
                key if key.starts_with("x-") => continue,
                key => {
                    let message =
                        format!("unknown command `{key}`: there are `back`, `restart` and `help`");
                    self.problem(Code::UnknownKey, entry.key.span, message);
                    continue;
                }
            };
            let texts = self.texts(&entry.value, &entry.key.value);
            for text in &texts {
                let said = Words::of(&text.text).plain;
                let other = words.get(&said).filter(|other| **other != entry.key.value.as_ref());
                if let Some(other) = other {
                    let message = format!("`{}` is already a word for `{other}`", text.text);
                    self.problem(Code::DuplicateKey, text.span, message);
                }
                words.entry(said).or_insert(entry.key.value.as_ref());
            }
            let texts = texts.into_iter().map(|text| text.text).collect();
            self.draft.commands.push((command, texts));
        }
    }

    /// The tree's own tests: their shape is checked where they are run.
    fn tests(&mut self, value: &Value<'_>) {
        if let Value::Map(map) = value {
            for entry in self.distinct(map) {
                if !matches!(entry.value, Value::List(_)) {
                    let message = format!(
                        "the test `{}` is a list of steps, each beginning with `- `",
                        entry.key.value
                    );
                    self.problem(Code::WrongType, entry.value.span(), message);
                }
            }
        } else {
            self.problem(
                Code::WrongType,
                value.span(),
                "`tests` holds conversations, each as `name:` with a list of steps below it",
            );
        }
    }

    /// The messages of a `say`: a text, or a list of texts and pictures.
    fn messages(&mut self, value: &Value<'_>) -> Vec<Message> {
        match value {
            Value::Text(text) => self.words(text, "`say` is empty; write what the bot says"),
            Value::List(list) if list.items.is_empty() => {
                self.problem(Code::EmptyText, list.span, "`say` is empty; write what the bot says");
                Vec::new()
            }
            Value::List(list) => {
                let mut messages = Vec::new();
                for item in &list.items {
                    match item {
                        Value::Text(text) => {
                            messages.extend(self.words(text, "this message is empty"))
                        }
                        Value::Map(map) => messages.extend(self.image(map)),
                        Value::List(list) => self.problem(
                            Code::WrongType,
                            list.span,
                            "a message is a text, or `image:` with an address",
                        ),
                    }
                }
                messages
            }
            Value::Map(map) => self.image(map).into_iter().collect(),
        }
    }

    fn image(&mut self, map: &Map<'_>) -> Option<Message> {
        let (mut address, mut alt) = (None, None);
        if !map.entries.iter().any(|entry| entry.key.value == "image") {
            self.problem(Code::WrongType, map.span, "a message is a text, or `image:` with an address; a text with a colon in it needs quotes");
            return None;
        }
        for entry in self.distinct(map) {
            match entry.key.value.as_ref() {
                "image" => address = self.text(&entry.value, "image"),
                "alt" => {
                    alt = Some(if let Value::Text(text) = &entry.value {
                        text.value.trim().to_owned()
                    } else {
                        self.text(&entry.value, "alt")?.text
                    })
                }
                key if key.starts_with("x-") => {}
                key => {
                    let message = format!("unknown key `{key}`: a picture has `image` and `alt`");
                    self.problem(Code::UnknownKey, entry.key.span, message);
                }
            }
        }
        let address = address?;
        if !address.text.starts_with("https://")
            || address.text.contains(char::is_whitespace)
            || address.text.len() <= "https://".len()
        {
            self.problem(
                Code::BadAddress,
                address.span,
                format!(
                    "`{}` is not an address of a picture; it begins with `https://`",
                    address.text
                ),
            );
        }
        if alt.is_none() {
            let at = Span::new(address.span.end, address.span.end);
            let diagnostic = Diagnostic::new(
                Code::MissingAlt,
                address.span,
                "this picture has no `alt`: say what it shows, for those who cannot see it",
            );
            self.problems.push(match alt_after(self.source, map) {
                Some(text) => diagnostic.with_fix("add `alt`", vec![Edit { span: at, text }]),
                None => diagnostic,
            });
        }
        Some(Message::Image { address: address.text, alt: alt.unwrap_or_default() })
    }

    /// One text of the bot's.
    fn words(&mut self, text: &Text<'_>, when_empty: &str) -> Vec<Message> {
        if text.value.trim().is_empty() {
            self.problem(
                if text.plain { Code::MissingSay } else { Code::EmptyText },
                text.span,
                when_empty,
            );
            return Vec::new();
        }
        vec![Message::Text(text.value.trim_end().to_owned())]
    }

    /// A text that must not be empty.
    fn text(&mut self, value: &Value<'_>, key: &str) -> Option<Spanned> {
        match value {
            Value::Text(text) if !text.value.trim().is_empty() => {
                Some(Spanned { text: text.value.trim().to_owned(), span: text.span })
            }
            Value::Text(text) => {
                self.problem(Code::EmptyText, text.span, format!("`{key}` is empty"));
                None
            }
            Value::List(_) | Value::Map(_) => {
                self.problem(
                    Code::WrongType,
                    value.span(),
                    format!("`{key}` is one text; put it in quotes if it has a colon in it"),
                );
                None
            }
        }
    }

    /// A text or a list of texts.
    fn texts(&mut self, value: &Value<'_>, key: &str) -> Vec<Spanned> {
        match value {
            Value::Text(_) => self.text(value, key).into_iter().collect(),
            Value::List(list) => {
                list.items.iter().filter_map(|item| self.text(item, key)).collect()
            }
            Value::Map(map) => {
                self.problem(
                    Code::WrongType,
                    map.span,
                    format!(
                        "`{key}` is a text or a list of texts; put a text with a colon in quotes"
                    ),
                );
                Vec::new()
            }
        }
    }

    fn name(&mut self, value: &Value<'_>, when_wrong: &str) -> Option<Spanned> {
        match value {
            Value::Text(text) if !text.value.trim().is_empty() => {
                Some(Spanned { text: text.value.trim().to_owned(), span: text.span })
            }
            Value::Text(_) | Value::List(_) | Value::Map(_) => {
                self.problem(Code::WrongType, value.span(), when_wrong);
                None
            }
        }
    }

    fn switch(&mut self, value: &Value<'_>) -> bool {
        match value {
            Value::Text(text) if text.value.as_ref() == "true" => true,
            Value::Text(text) if text.value.as_ref() == "false" => false,
            Value::Text(_) | Value::List(_) | Value::Map(_) => {
                self.problem(Code::WrongType, value.span(), "`offer` is `true` or `false`");
                true
            }
        }
    }

    /// The entries of a map, each key once.
    fn distinct<'m, 's>(&mut self, map: &'m Map<'s>) -> Vec<&'m Entry<'s>> {
        self.first_of_each(map, "key")
    }

    fn distinct_answers<'m, 's>(&mut self, map: &'m Map<'s>) -> Vec<&'m Entry<'s>> {
        self.first_of_each(map, "answer")
    }

    fn first_of_each<'m, 's>(&mut self, map: &'m Map<'s>, what: &str) -> Vec<&'m Entry<'s>> {
        let mut seen = indexmap::IndexSet::new();
        let mut entries = Vec::with_capacity(map.entries.len());
        for entry in &map.entries {
            if seen.insert(entry.key.value.as_ref()) {
                entries.push(entry);
            } else {
                self.problem(
                    Code::DuplicateKey,
                    entry.key.span,
                    format!("the {what} `{}` is already there", entry.key.value),
                );
            }
        }
        entries
    }

    fn unknown_key(&mut self, key: &Text<'_>, is_answer: bool, is_root: bool) {
        let name = key.value.as_ref();
        if name.starts_with("x-") {
            return;
        }
        if RESERVED_KEYS.contains(&name) {
            return self.problem(Code::ReservedKey, key.span, format!("`{name}` does not mean anything yet; it is kept for a later version (use `x-{name}` for notes of your own)"));
        }
        if ANSWER_KEYS.contains(&name) {
            return self.problem(
                Code::MisplacedKey,
                key.span,
                format!("`{name}` belongs to an answer, not here"),
            );
        }
        if FILE_KEYS.contains(&name) && !is_root {
            return self.problem(
                Code::MisplacedKey,
                key.span,
                format!("`{name}` belongs at the top of the file, not here"),
            );
        }
        let mut known: Vec<&str> = NODE_KEYS.to_vec();
        if is_answer {
            known.extend(ANSWER_KEYS);
        }
        if is_root {
            known.extend(FILE_KEYS);
        }
        let is_full = self.problems.len() > MAX_SUGGESTIONS;
        match nearest(name, &known).filter(|_| !is_full) {
            Some(near) => {
                let diagnostic = Diagnostic::new(
                    Code::UnknownKey,
                    key.span,
                    format!("unknown key `{name}`: did you mean `{near}`?"),
                );
                let edits = vec![Edit { span: key.span, text: near.to_owned() }];
                self.problems.push(diagnostic.with_fix(format!("write `{near}`"), edits));
            }
            None => {
                let message = format!(
                    "unknown key `{name}`: a node has `say` and `answers`; to make it an answer, put it under `answers`"
                );
                self.problem(Code::UnknownKey, key.span, message);
            }
        }
    }
}

/// What stands beside an answer's node.
#[derive(Default)]
struct AnswerParts {
    label: Option<Spanned>,
    also: Vec<Spanned>,
    was: Vec<Spanned>,
}

/// How many problems a file may have before nobody looks for what its author may have meant.
pub(super) const MAX_SUGGESTIONS: usize = 100;

/// The known word that somebody may have meant.
pub(super) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let length = name.chars().count();
    let allowed = match length {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    if length > MAX_NAME {
        return None;
    }
    let lower = name.to_lowercase();
    known
        .iter()
        .filter(|word| word.len() <= MAX_NAME)
        .map(|word| (strsim::osa_distance(&lower, word), *word))
        .filter(|(distance, word)| {
            *distance <= allowed || (lower.len() >= 4 && word.starts_with(lower.as_str()))
        })
        .min()
        .map(|(_, word)| word)
}

/// The text that adds an `alt` after the address of a picture, in the way that the map is written.
fn alt_after(source: &str, map: &Map<'_>) -> Option<String> {
    if source.get(map.span.start..).is_some_and(|rest| rest.starts_with('{')) {
        return Some(", alt: \"\"".to_owned());
    }
    // In the column of the key before it. Between brackets there is no room for another.
    let key = map.entries.first()?.key.span.start;
    let near = source.floor_char_boundary(key.saturating_sub(MAX_COLUMN));
    let before = source.get(near..key)?;
    let line = match before.rsplit_once('\n') {
        Some((_, line)) => line,
        None if near == 0 => before,
        None => return None,
    };
    let is_block = line.bytes().all(|byte| matches!(byte, b' ' | b'-'));
    is_block.then(|| format!("\n{}alt: \"\"", " ".repeat(line.len())))
}

/// The column up to which a line is added to a block.
const MAX_COLUMN: usize = 200;
