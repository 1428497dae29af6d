//! What can be typed at a question, looked up beforehand.

use indexmap::IndexMap;

use crate::lang::Pack;
use crate::text::Words;
use crate::tree::{Answer, AnswerId};

use super::Command;

/// What can be typed at one question.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    /// Every key, label and `also`, by its words.
    pub(super) phrases: Vec<Phrase>,
    /// The words of the question itself, and of the tree's title as far as no label has them, sorted:
    /// they tell no answer from another.
    pub(super) asked: Vec<String>,
    /// The answer that a "yes" is.
    pub(super) yes: Option<AnswerId>,
    /// The answer that a "no" is.
    pub(super) no: Option<AnswerId>,
}

/// One thing that may be typed for an answer.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) answer: AnswerId,
    pub(super) words: Words,
    /// Whether it is an `also`: what is shown counts for more.
    pub(super) is_also: bool,
    /// Whether it is written in capitals, such as US.
    pub(super) is_acronym: bool,
}

impl Phrase {
    fn order(&self) -> (&[String], AnswerId, &[String]) {
        (&self.words.plain, self.answer, &self.words.accented)
    }
}

impl Index {
    /// That of a node without answers.
    pub(crate) const EMPTY: Self =
        Self { phrases: Vec::new(), asked: Vec::new(), yes: None, no: None };

    /// What can be typed at a question that says `say` and has these answers, in a tree with
    /// these words in its title.
    pub(crate) fn new(pack: &Pack, title: &[String], say: &str, answers: &[Answer]) -> Self {
        let mut phrases: Vec<Phrase> = Vec::new();
        for (answer, of) in (0..).map(AnswerId).zip(answers) {
            let shown = [&of.label, &of.key].into_iter().map(|text| (text, false));
            for (text, is_also) in shown.chain(of.also.iter().map(|text| (text, true))) {
                let words = Words::of(text);
                let is_acronym =
                    text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
                if !words.is_empty() {
                    phrases.push(Phrase { answer, words, is_also, is_acronym });
                }
            }
        }
        // By their words, so that what may be meant is found without looking at everything. The order is
        // kept among equals, so what is shown comes before an `also`.
        phrases.sort_by(|a, b| a.order().cmp(&b.order()));
        phrases.dedup_by(|a, b| a.order() == b.order());
        let mut asked = Words::of(say).plain;
        let labels: Vec<Words> = answers.iter().map(|of| Words::of(&of.label)).collect();
        let is_in_label = |word: &String| labels.iter().any(|label| label.plain.contains(word));
        asked.extend(title.iter().filter(|word| !is_in_label(word)).cloned());
        asked.sort_unstable();
        asked.dedup();
        let keyed = |keys: &[&str]| {
            (0..)
                .map(AnswerId)
                .zip(answers)
                .find(|(_, of)| keys.contains(&Words::of(&of.key).plain.join(" ").as_str()))
                .map(|(id, _)| id)
        };
        let (yes, no) = (keyed(pack.yes_keys), keyed(pack.no_keys));
        // A single letter is a yes only beside a no: `y` may as well be one of x, y and z.
        let is_letter =
            |id: AnswerId| answers.get(id.0 as usize).is_some_and(|of| of.key.chars().count() == 1);
        let (yes, no) = (
            yes.filter(|id| !is_letter(*id) || no.is_some()),
            no.filter(|id| !is_letter(*id) || yes.is_some()),
        );
        Self { phrases, asked, yes, no }
    }

    /// The answers one of whose phrases is exactly this: with its accents, else without.
    pub(super) fn exact(&self, words: &Words) -> Vec<AnswerId> {
        let same: Vec<&Phrase> = self
            .starting_with(words.plain.first())
            .iter()
            .filter(|phrase| phrase.words.plain == words.plain)
            .collect();
        let accented: Vec<AnswerId> = same
            .iter()
            .filter(|phrase| phrase.words.accented == words.accented)
            .map(|phrase| phrase.answer)
            .collect();
        let mut hits = if accented.is_empty() {
            same.iter().map(|phrase| phrase.answer).collect()
        } else {
            accented
        };
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    /// The phrases whose first word is this.
    pub(super) fn starting_with(&self, word: Option<&String>) -> &[Phrase] {
        let Some(word) = word else { return &[] };
        let from = self.phrases.partition_point(|phrase| phrase.words.plain.first() < Some(word));
        let rest = self.phrases.get(from..).unwrap_or_default();
        let count = rest.partition_point(|phrase| phrase.words.plain.first() <= Some(word));
        rest.get(..count).unwrap_or_default()
    }
}

/// What can be said anywhere in one tree.
#[derive(Clone, Debug)]
pub(crate) struct Commands {
    phrases: IndexMap<String, Command>,
}

impl Commands {
    /// The commands of a language, each replaced by the author's own words where given.
    pub(crate) fn new(pack: &Pack, own: &[(Command, Vec<String>)]) -> Self {
        let defaults = [
            (Command::Back, pack.back),
            (Command::Restart, pack.restart),
            (Command::Help, pack.help),
            (Command::Forget, pack.forget),
        ];
        let mut phrases = IndexMap::new();
        let mut add = |text: &str, command| {
            phrases.entry(Words::of(text).plain.join(" ")).or_insert(command);
        };
        // The author's words come first: they may be what another command is called by default.
        for (command, texts) in own {
            texts.iter().for_each(|text| add(text, *command));
        }
        for (command, texts) in defaults {
            if !own.iter().any(|(of, _)| *of == command) {
                texts.iter().for_each(|text| add(text, command));
            }
        }
        phrases.shift_remove("");
        Self { phrases }
    }

    /// The command that these words, joined by spaces, are.
    pub(crate) fn find(&self, said: &str) -> Option<Command> {
        self.phrases.get(said).copied()
    }
}
