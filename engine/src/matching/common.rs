//! Which common words of a language matter to a tree: a compiled tree brings these, and no others.
//!
//! A word is asked for in three places: before it is taken for a slip of a word of the question (see
//! [`typo`](super::typo)), or of a negation (see [`guards`](super::guards)), and where it may be the beginning of a word of
//! the question (see [`part`](super::part)). A common word that is none of these for any question is never asked for.

use crate::tree::Tree;

use super::typo::{Shape, begins_alike, is_near};

/// The common words of a tree's language that may be asked for, sorted, with spaces between them.
pub(crate) fn common_words(tree: &Tree) -> String {
    let mut ids = tree.tables.known.clone();
    ids.sort_unstable();
    ids.dedup();
    // By the alphabet, as their numbers are.
    let known: Vec<(&str, Shape)> =
        ids.iter().map(|id| tree.tables.word(*id)).map(|word| (word, Shape::of(word))).collect();
    let mut words = String::new();
    for word in tree.common.split(' ').filter(|word| !word.is_empty()) {
        let begins = known.partition_point(|(of, _)| *of < word);
        let is_beginning = known.get(begins).is_some_and(|(of, _)| of.starts_with(word));
        let lists = [tree.pack.negations, tree.pack.comparisons];
        if is_beginning
            || lists.iter().any(|list| is_near(*list, word))
            || may_be_slip(&known, word)
        {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
    }
    words
}

/// Whether a word may be a slip of one of these, which are sorted.
fn may_be_slip(known: &[(&str, Shape)], word: &str) -> bool {
    let shape = Shape::of(word);
    // The first letter is right, or has changed places with the second.
    word.chars().take(2).any(|first| {
        let from = known.partition_point(|(of, _)| of.chars().next() < Some(first));
        let rest = known.get(from..).unwrap_or_default().iter();
        rest.take_while(|(of, _)| of.starts_with(first)).any(|(of, other)| {
            shape.may_be_within(other, MAX_EDITS)
                && begins_alike(word, of)
                && strsim::osa_distance(word, of) <= MAX_EDITS
        })
    })
}

/// The most edits that make a slip.
const MAX_EDITS: usize = 2;

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use crate::{Tree, explain, load};

    fn both(source: &str) -> (Tree, Tree) {
        let tree = load(source).tree.unwrap();
        let read = Tree::from_compiled(&tree.compile()).unwrap();
        (tree, read)
    }

    #[test]
    fn a_compiled_tree_brings_the_words_that_matter() {
        let (_, read) =
            both("say: Which?\nanswers: {standards: Yes., huge: {label: Huge size, say: No.}}");
        let common: Vec<&str> = read.common.split(' ').collect();
        // The beginning of an answer, something near another, and a slip of "not".
        for word in ["hug", "standard", "note"] {
            assert!(common.contains(&word), "{word}");
        }
        assert!(!common.contains(&"kitchen") && common.len() < 300, "{}", common.len());
    }

    #[test]
    fn common_words_are_understood_alike_with_them_and_with_all() {
        for source in
            [include_str!("../../../trees/uk-visa.yaml"), include_str!("../../../trees/cave.yaml")]
        {
            let (tree, read) = both(source);
            let questions: Vec<_> = tree.nodes().filter(|node| node.is_question()).collect();
            for (number, word) in tree.common.split_whitespace().enumerate() {
                // Each word at some of the questions, so that each question sees many words.
                for node in questions.iter().skip(number % 7).step_by(7) {
                    for text in [word.to_owned(), format!("the {word} please")] {
                        let one = explain(&tree, node.id(), &text, &[]);
                        assert_eq!(one, explain(&read, node.id(), &text, &[]), "{text}");
                    }
                }
            }
        }
    }
}
