//! Which keys there are, each once, and what is wrong with others.

use crate::keys::{Keys, NOTE_KEY, RESERVED_KEYS};
use crate::load::nearest::{MAX_SUGGESTIONS, nearest};
use crate::lookup::Lookup;
use crate::yaml::{Entry, Map, Text, Value, quoted_anew};
use crate::{Code, Diagnostic, Edit, Span};

use super::Reader;

/// The keys that were read of one map.
pub(super) enum Seen<'m, 's> {
    /// Few: they are looked through.
    Few(&'m [Entry<'s>]),
    /// Many: they are looked up.
    Many(Lookup<&'m str>),
}

/// Up to how many keys are looked through.
const FEW: usize = 12;

impl<'m, 's> Seen<'m, 's> {
    /// None yet of this map's.
    pub(super) fn none_of(map: &'m Map<'s>) -> Self {
        if map.entries.len() <= FEW { Self::Few(&map.entries) } else { Self::Many(Lookup::new()) }
    }

    /// Whether the map has this key further up already.
    fn is_repeated(&mut self, entry: &'m Entry<'s>) -> bool {
        let key = entry.key.value.as_ref();
        match self {
            Self::Few(entries) => entries
                .iter()
                .take_while(|other| !std::ptr::eq(*other, entry))
                .any(|other| other.key.value == key),
            Self::Many(keys) => !keys.add(key, ()),
        }
    }
}

impl Reader<'_> {
    /// The entries of a map, each key once.
    pub(super) fn distinct<'m, 's>(&mut self, map: &'m Map<'s>) -> Vec<&'m Entry<'s>> {
        let mut seen = Seen::none_of(map);
        map.entries.iter().filter(|entry| self.is_first(&mut seen, entry, "key")).collect()
    }

    /// Whether a key is there for the first time; if not, that is a problem. `what` it is: a key, an answer.
    pub(super) fn is_first<'m, 's>(
        &mut self,
        seen: &mut Seen<'m, 's>,
        entry: &'m Entry<'s>,
        what: &str,
    ) -> bool {
        let repeated = seen.is_repeated(entry);
        if repeated {
            self.say(Code::DuplicateKey, || {
                let message = format!("the {what} `{}` is already there", entry.key.value);
                Diagnostic::new(Code::DuplicateKey, entry.key.span, message)
            });
        }
        !repeated
    }

    /// The key that an entry of a node, or of the top of the file, is to be read as: its own, or the one that was meant.
    /// None, and that is told, where it is no such key.
    pub(super) fn meant<'e>(
        &mut self,
        map: &Map<'_>,
        entry: &'e Entry<'_>,
        is_answer: bool,
        is_root: bool,
    ) -> Option<&'e str> {
        let key = entry.key.value.as_ref();
        let is_known = Keys::Node.names().contains(&key)
            || is_answer && Keys::Answer.names().contains(&key)
            || is_root && Keys::File.names().contains(&key);
        if is_known {
            return Some(key);
        }
        let meant = self.unknown_key(map, entry, is_answer, is_root)?;
        let has_it = map.entries.iter().any(|other| other.key.value == meant);
        (!has_it).then_some(meant)
    }

    /// A key that a node, or the top of the file, does not have; which one was meant, if that is clear.
    fn unknown_key(
        &mut self,
        map: &Map<'_>,
        entry: &Entry<'_>,
        is_answer: bool,
        is_root: bool,
    ) -> Option<&'static str> {
        let key = &entry.key;
        let name = key.value.as_ref();
        if name.starts_with(NOTE_KEY) {
            return None;
        }
        if RESERVED_KEYS.contains(&name) {
            self.say(Code::ReservedKey, || {
                let message = format!(
                    "`{name}` does not mean anything yet; it is kept for a later version (use `{NOTE_KEY}{name}` for notes of your own)"
                );
                let diagnostic = Diagnostic::new(Code::ReservedKey, key.span, message);
                replaced(diagnostic, map, key, format!("{NOTE_KEY}{name}"))
            });
            return None;
        }
        let belongs = [
            (Keys::Answer, "to an answer"),
            (Keys::Picture, "to a picture among the messages of a `say`"),
        ];
        let home = belongs.iter().find(|(keys, _)| keys.names().contains(&name));
        if let Some((_, home)) = home {
            let message = format!("`{name}` belongs {home}, not here");
            self.problem(Code::MisplacedKey, key.span, message);
            return None;
        }
        if Keys::File.names().contains(&name) {
            self.too_far_down(entry);
            return None;
        }
        if let Some(text) = cut_at_comma(self.source, map, key) {
            // The first of several tells of them all.
            let text = text?;
            let raw = self.source.get(text.start..text.end).unwrap_or_default();
            self.say(Code::UnknownKey, || {
                let message = format!(
                    "unknown key `{name}`: in braces a `,` ends a text; if it is part of the text, put it in quotes"
                );
                let edit = Edit { span: text, text: quoted_anew(raw) };
                Diagnostic::new(Code::UnknownKey, key.span, message)
                    .with_fix("put it in quotes", vec![edit])
            });
            return None;
        }
        let others: &[Keys] = match (is_root, is_answer) {
            (true, _) => &[Keys::Node, Keys::File],
            (false, true) => &[Keys::Node, Keys::Answer],
            (false, false) => &[Keys::Node],
        };
        self.set_aside(entry);
        if key.span.start < self.unknown_until {
            return None;
        }
        let known: Vec<&str> = others.iter().flat_map(|keys| keys.names()).copied().collect();
        let is_known = |name: &str, looks: usize| {
            Keys::ALL.iter().any(|keys| keys.names().contains(&name))
                || RESERVED_KEYS.contains(&name)
                || name.starts_with(NOTE_KEY)
                || looks < MAX_SUGGESTIONS && nearest(name, &known).is_some()
        };
        // Where one is, the others around it are for the same reason.
        let at = map.entries.partition_point(|entry| entry.key.span.start < key.span.start);
        let run = map.entries.iter().skip(at).enumerate();
        let run = run.take_while(|(looks, entry)| !is_known(&entry.key.value, *looks));
        let (mut more, mut last) = (0, key.span);
        for (count, entry) in run {
            (more, last) = (count, entry.key.span);
        }
        self.unknown_until = last.end;
        if let Some(meant) =
            called_otherwise(map, entry).filter(|_| more == 0 && !is_known(name, 0))
        {
            self.say(Code::UnknownKey, || {
                let message = format!("unknown key `{name}`: did you mean `{meant}`?");
                let diagnostic = Diagnostic::new(Code::UnknownKey, key.span, message);
                replaced(diagnostic, map, key, meant.to_owned())
            });
            return Some(meant);
        }
        let is_node = matches!(&entry.value, Value::Map(_));
        self.unknown(map, key, others, |name| {
            let others = if more > 0 { format!(", and {more} more below it") } else { String::new() };
            let or_node = if is_node { "; if it is one of `nodes`, indent it as those" } else { "" };
            format!(
                "unknown key `{name}`{others}: a node has `say` and `answers`; to make it an answer, put it under `answers`{or_node}"
            )
        })
    }

    /// A key that is not one of `known`, and what is said if it is like none of them. Which one it is like.
    pub(super) fn unknown(
        &mut self,
        map: &Map<'_>,
        key: &Text<'_>,
        known: &[Keys],
        otherwise: impl FnOnce(&str) -> String,
    ) -> Option<&'static str> {
        let name = key.value.as_ref();
        let is_full = self.problems.len() > MAX_SUGGESTIONS;
        let near = || {
            let known: Vec<&str> = known.iter().flat_map(|keys| keys.names()).copied().collect();
            nearest(name, &known)
        };
        let near = if is_full { None } else { near() };
        self.say(Code::UnknownKey, || match near {
            Some(near) => {
                let message = format!("unknown key `{name}`: did you mean `{near}`?");
                let diagnostic = Diagnostic::new(Code::UnknownKey, key.span, message);
                replaced(diagnostic, map, key, near.to_owned())
            }
            None => Diagnostic::new(Code::UnknownKey, key.span, otherwise(name)),
        });
        near
    }
}

/// The key that another word stands for, as far as what is missing beside it tells: `options:` above answers, or `text:`
/// before a sentence.
fn called_otherwise(map: &Map<'_>, entry: &Entry<'_>) -> Option<&'static str> {
    let has = |key: &str| map.entries.iter().any(|entry| entry.key.value == key);
    let is_node_key = |entry: &Entry<'_>| {
        let of = entry.key.value.as_ref();
        Keys::ALL.iter().any(|keys| keys.names().contains(&of))
    };
    match &entry.value {
        Value::Map(below) => {
            let are_answers = !below.entries.is_empty() && !below.entries.iter().any(is_node_key);
            (has("say") && !has("answers") && !has("goto") && are_answers).then_some("answers")
        }
        Value::Text(text) => (text.value.trim().contains(' ') && !has("say")).then_some("say"),
        Value::List(_) => None,
    }
}

/// For `too` in `{say: There, too, goto: start}` the text that was meant; none within for the second such
/// key in a row.
#[expect(clippy::option_option, reason = "a key may be no such case, or be told of already")]
fn cut_at_comma(source: &str, map: &Map<'_>, key: &Text<'_>) -> Option<Option<Span>> {
    let in_braces = source.get(map.span.start..).is_some_and(|rest| rest.starts_with('{'));
    let is_empty = |entry: &&Entry<'_>| {
        matches!(&entry.value, Value::Text(text) if text.plain && text.value.is_empty())
            && entry.key.plain
    };
    // Keys are in the order of the source.
    let at = map.entries.partition_point(|entry| entry.key.span.start < key.span.start);
    let before = map.entries.get(at.checked_sub(1)?)?;
    if !in_braces || map.entries.get(at).filter(is_empty).is_none() {
        return None;
    }
    if is_empty(&before) {
        return Some(None);
    }
    let first = match &before.value {
        Value::Text(text) if text.plain => text.span,
        Value::Text(_) | Value::List(_) | Value::Map(_) => return None,
    };
    let last = map.entries.iter().skip(at).take_while(is_empty).last()?;
    let text = Span::new(first.start, last.key.span.end);
    let raw = source.get(text.start..text.end)?;
    // What stands between them must be commas: `{say: There, too:}` is no text.
    (!raw.contains(['\n', '\r', ':'])).then_some(Some(text))
}

/// With the fix to write another key, unless the map has that one, too.
fn replaced(diagnostic: Diagnostic, map: &Map<'_>, key: &Text<'_>, text: String) -> Diagnostic {
    if map.entries.iter().any(|entry| entry.key.value == text) {
        return diagnostic;
    }
    diagnostic.with_fix(format!("write `{text}`"), vec![Edit { span: key.span, text }])
}

/// Whether this may be a `say`, misspelt or called otherwise.
pub(super) fn may_be_say(entry: &Entry<'_>, is_root: bool) -> bool {
    let key = entry.key.value.as_ref();
    let is_known = |keys: &Keys| keys.names().contains(&key);
    if Keys::Node.names().contains(&key) {
        return false;
    }
    let is_text = matches!(&entry.value, Value::Text(text) if !text.value.is_empty());
    let is_unknown = !Keys::ALL.iter().any(is_known)
        && !RESERVED_KEYS.contains(&key)
        && !key.starts_with(NOTE_KEY);
    is_text && is_unknown && !is_root || nearest(key, &["say"]).is_some()
}
