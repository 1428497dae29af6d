//! What a compiled tree leaves out: nearly every `also` is written as it is looked for, word by word, so its text is there
//! already in the words of its phrase. Without these texts a tree that knows many words is a third smaller.

use crate::Digest;
use crate::digest::normal_form;

use super::tables::{AnswerRow, NONE, Parts, Tables, phrase_is, range, some};
use super::{Tree, number_of};

/// The tables of a tree of a source without those texts; phrases that stand for one say so.
pub(super) fn lean(tree: &Tree) -> Tables {
    let mut tables = tree.tables.clone();
    let mut is_left_out = vec![false; tables.texts.len()];
    for question in tree.nodes().filter_map(|node| node.question) {
        let answers = tree.tables.answers.get(range(question.answers, question.answers_end));
        for (number, answer) in (0..).zip(answers.unwrap_or_default()) {
            for text in answer.also..answer.also_end {
                let found =
                    stands_for(tree, range(question.phrases, question.phrases_end), number, text);
                let phrase = found.and_then(|at| tables.phrases.get_mut(at));
                if let (Some(phrase), Some(place)) = (phrase, is_left_out.get_mut(text as usize)) {
                    phrase.flags |= phrase_is::ALSO_AS_IS;
                    *place = true;
                }
            }
        }
    }
    leave_out(&mut tables, &is_left_out);
    tables
}

/// The phrase of an answer that is recorded as one of its `also` is.
fn stands_for(
    tree: &Tree,
    phrases: std::ops::Range<usize>,
    answer: u32,
    text: u32,
) -> Option<usize> {
    let tables = &tree.tables;
    let text = tables.text(text);
    let normal = normal_form(text);
    let find = |word| tree.vocabulary.find(tables, word);
    let words: Vec<u32> = normal.split(' ').map(find).collect::<Option<_>>()?;
    let first = phrases.start;
    let rows = tables.phrases.get(phrases)?;
    let ids = |at: usize| {
        rows.get(at).and_then(|row| tables.word_ids.get(range(row.words, row.words_end)))
    };
    let from = rows.partition_point(|row| {
        tables.word_ids.get(range(row.words, row.words_end)) < Some(words.as_slice())
    });
    let same = (from..rows.len()).take_while(|at| ids(*at) == Some(words.as_slice()));
    let mut same = same.filter(|at| {
        rows.get(*at).is_some_and(|row| {
            row.answer == answer && row.flags & phrase_is::ALSO != 0 && row.accented == NONE
        })
    });
    let at = same.next()?;
    (Digest::of(&normal) == Digest::of(text)).then_some(first + at)
}

/// Takes texts away, and numbers the others anew.
fn leave_out(tables: &mut Tables, is_left_out: &[bool]) {
    let mut numbers = Vec::with_capacity(is_left_out.len() + 1);
    let mut kept: u32 = 0;
    for is_left_out in is_left_out {
        numbers.push(kept);
        kept += u32::from(!*is_left_out);
    }
    numbers.push(kept);
    let renumber = |row: &mut u32| {
        if let Some(old) = some(*row) {
            *row = numbers.get(old as usize).copied().unwrap_or(NONE);
        }
    };
    tables.nodes.iter_mut().for_each(|row| renumber(&mut row.name));
    for row in &mut tables.questions {
        renumber(&mut row.unclear);
        renumber(&mut row.unclear_end);
    }
    for row in &mut tables.answers {
        let AnswerRow { key, label, also, also_end, .. } = row;
        [key, label, also, also_end].into_iter().for_each(renumber);
    }
    for row in &mut tables.messages {
        renumber(&mut row.text);
        renumber(&mut row.address);
    }
    tables.phrases.iter_mut().for_each(|row| renumber(&mut row.accented));
    tables.commands.iter_mut().skip(1).step_by(2).for_each(renumber);
    let mut text = String::with_capacity(tables.text.len());
    let mut texts = Parts::default();
    for (row, _) in (0..).zip(is_left_out).filter(|(_, is_left_out)| !**is_left_out) {
        text.push_str(tables.text(row));
        texts.push(number_of(text.len()));
    }
    // The words stand behind all texts.
    let mut words = Parts::beginning(number_of(text.len()));
    for id in 0..number_of(tables.words.len()) {
        text.push_str(tables.word(id));
        words.push(number_of(text.len()));
    }
    tables.text = text;
    tables.texts = texts;
    tables.words = words;
}
