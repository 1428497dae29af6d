//! Tables, filled node by node.

use std::borrow::Cow;

use crate::lang::Pack;
use crate::lookup::Lookup;
use crate::matching::{Command, Commands, Indexer, Typed};
use crate::{Digest, Message};

use super::also::Also;
use super::tables::{AnswerRow, MessageRow, NONE, NameRow, NodeRow, QuestionRow, Tables};
use super::vocabulary::Vocabulary;
use super::{About, MEANS_NOTHING, NodeId, Tree, number_of};

/// Makes a tree, node by node in the order of their numbers.
pub(crate) struct Builder {
    about: About,
    pack: &'static Pack,
    tables: Tables,
    /// Each `also` as it is recorded.
    also: Also,
    indexer: Indexer,
}

/// A node as it is to be put down.
pub(crate) struct NewNode<'d> {
    pub(crate) say: &'d [Message<'static>],
    /// Its names, the present one first.
    pub(crate) name: Option<&'d str>,
    pub(crate) names: &'d [Digest],
    pub(crate) goto: Option<NodeId>,
    pub(crate) otherwise: Option<NodeId>,
    pub(crate) unclear: &'d [String],
    pub(crate) offer: bool,
    pub(crate) answers: &'d [NewAnswer<'d>],
}

/// An answer as it is to be put down.
pub(crate) struct NewAnswer<'d> {
    pub(crate) key: &'d str,
    pub(crate) label: &'d str,
    pub(crate) also: Vec<&'d str>,
    /// The key as it is recorded, and whether it means nothing by itself.
    pub(crate) recorded: (Digest, bool),
    /// Its former keys, and its `also`, as they are recorded.
    pub(crate) was: Vec<Digest>,
    pub(crate) also_recorded: Vec<Digest>,
    pub(crate) node: NodeId,
}

impl Builder {
    pub(crate) fn new(about: About, pack: &'static Pack) -> Self {
        let indexer = Indexer::new(pack, &about.title);
        Self { about, pack, tables: Tables::default(), also: Also::default(), indexer }
    }

    /// Puts down the next node.
    pub(crate) fn node(&mut self, node: &NewNode<'_>) {
        let tables = &mut self.tables;
        let number = number_of(tables.nodes.len());
        let say = number_of(tables.messages.len());
        for message in node.say {
            let address = match message {
                Message::Text(_) => NONE,
                Message::Image { address, .. } => tables.add_text(address),
            };
            let text = tables.add_text(message.text());
            tables.messages.push(MessageRow { text, address });
        }
        let names = number_of(tables.digests.len());
        tables.digests.extend(node.names.iter().map(|name| name.0));
        let names_end = number_of(tables.digests.len());
        let name = node.name.map_or(NONE, |name| tables.add_text(name));
        let question = if node.answers.is_empty() {
            NONE
        } else {
            let row = self.question(number, node);
            self.tables.questions.push(row);
            number_of(self.tables.questions.len() - 1)
        };
        self.tables.nodes.push(NodeRow {
            say,
            say_end: number_of(self.tables.messages.len()),
            name,
            names,
            names_end,
            goto: node.goto.map_or(NONE, |goto| goto.0),
            from: NONE,
            question,
        });
    }

    fn question(&mut self, number: u32, node: &NewNode<'_>) -> QuestionRow {
        let (tables, also) = (&mut self.tables, &mut self.also);
        let answers = number_of(tables.answers.len());
        for new in node.answers {
            let (row, key) = answer(tables, number, new);
            also.put(tables.answers.len(), &new.also_recorded);
            tables.answers.push(row);
            tables.keys.push(key);
        }
        let unclear = number_of(tables.texts.len());
        for text in node.unclear {
            tables.add_text(text);
        }
        let said: Cow<'_, str> = match node.say {
            [message] => Cow::Borrowed(message.text()),
            messages => {
                let texts: Vec<&str> = messages.iter().map(Message::text).collect();
                Cow::Owned(texts.join("\n"))
            }
        };
        let mut row = QuestionRow {
            answers,
            answers_end: number_of(tables.answers.len()),
            otherwise: node.otherwise.map_or(NONE, |otherwise| otherwise.0),
            unclear,
            unclear_end: number_of(tables.texts.len()),
            offer: u32::from(node.offer),
            words: Digest::of(&said).0,
            yes: NONE,
            no: NONE,
            phrases: 0,
            phrases_end: 0,
            asked: 0,
            asked_end: 0,
            known: 0,
            known_end: 0,
            holders: NONE,
        };
        let typed: Vec<Typed<'_>> = node
            .answers
            .iter()
            .map(|new| Typed { key: new.key, label: new.label, also: &new.also })
            .collect();
        self.indexer.question(tables, &mut row, &said, &typed);
        row
    }

    /// The tree.
    pub(crate) fn finish(
        mut self,
        names: &Lookup<Digest, NodeId>,
        former: &Lookup<Digest, NodeId>,
        commands: &[(Command, Vec<String>)],
    ) -> Tree {
        self.tables.names = name_rows(names);
        self.tables.former = name_rows(former);
        self.tables.link();
        let own: Vec<(Command, Vec<&str>)> = commands
            .iter()
            .map(|(command, texts)| (*command, texts.iter().map(String::as_str).collect()))
            .collect();
        for (command, texts) in &own {
            for text in texts {
                let row = self.tables.add_text(text);
                self.tables.commands.extend([command.number(), row]);
            }
            // A command without words of its own is still replaced.
            if texts.is_empty() {
                self.tables.commands.extend([command.number(), NONE]);
            }
        }
        // The words stand behind all texts.
        self.indexer.finish(&mut self.tables);
        self.tables.shrink();
        Tree {
            name: Digest::of(&self.about.name),
            vocabulary: Vocabulary::of(&self.tables),
            commands: Commands::new(self.pack, &own),
            common: Cow::Borrowed(self.pack.common),
            about: self.about,
            pack: self.pack,
            tables: self.tables,
            also: self.also.shrink().into(),
        }
    }
}

fn answer(tables: &mut Tables, question: u32, new: &NewAnswer<'_>) -> (AnswerRow, u32) {
    let key = tables.add_text(new.key);
    let label = if new.label == new.key { key } else { tables.add_text(new.label) };
    let also = number_of(tables.texts.len());
    for text in &new.also {
        tables.add_text(text);
    }
    let also_end = number_of(tables.texts.len());
    let was = number_of(tables.was.len());
    tables.was.extend(new.was.iter().map(|digest| digest.0));
    let was_end = number_of(tables.was.len());
    let (digest, means_nothing) = new.recorded;
    let mark = if means_nothing { MEANS_NOTHING } else { 0 };
    let row = AnswerRow { question, node: new.node.0, key, label, also, also_end, was, was_end };
    (row, digest.0 | mark)
}

fn name_rows(names: &Lookup<Digest, NodeId>) -> Vec<NameRow> {
    let mut rows: Vec<NameRow> =
        names.iter().map(|(name, node)| NameRow { digest: name.0, node: node.0 }).collect();
    rows.sort_unstable_by_key(|row| row.digest);
    rows
}
