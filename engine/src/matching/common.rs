//! Which common words of a language matter to a tree: a compiled tree brings these, and no others.
//!
//! A word is asked for in three places: before it is taken for a slip of a word of the question (see
//! [`typo`](super::typo)), or of a negation (see [`guards`](super::guards)), and where it may be the beginning of a word of
//! the question (see [`part`](super::part)). In all of them it is a word that the tree does not have. A common word that
//! is none of these for any question is never asked for.

use crate::tree::Tree;

use super::said::is;
use super::typo::{NO_SLIP, Shape, begins_alike, is_near};

/// The common words of a tree's language that may be asked for, sorted, with spaces between them.
pub(crate) fn common_words(tree: &Tree) -> String {
    let mut ids = tree.tables.known.clone();
    ids.sort_unstable();
    ids.dedup();
    // By the alphabet, as their numbers are.
    let known: Vec<Known<'_>> = ids.iter().map(|id| Known::of(tree, *id)).collect();
    let is_unknown = |word: &&str| tree.vocabulary.find(&tree.tables, word).is_none();
    let mut words = String::new();
    for word in tree.common.split(' ').filter(|word| !word.is_empty()).filter(is_unknown) {
        let next = known.get(known.partition_point(|of| of.word < word));
        let is_beginning = next.is_some_and(|of| of.word.starts_with(word));
        let lists = [tree.pack.negations, tree.pack.comparisons];
        let is_near_list = lists.iter().any(|list| is_near(*list, word));
        if is_beginning || is_near_list || may_be_slip(&known, word) {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
    }
    words
}

/// A word of a question.
struct Known<'t> {
    word: &'t str,
    shape: Shape,
    /// Whether anything is a slip of it.
    has_slips: bool,
}

impl<'t> Known<'t> {
    fn of(tree: &'t Tree, id: u32) -> Self {
        let word = tree.tables.word(id);
        Self { word, shape: Shape::of(word), has_slips: !is(tree, id, NO_SLIP) }
    }
}

/// Whether a word may be a slip of one of these, which are sorted.
fn may_be_slip(known: &[Known<'_>], word: &str) -> bool {
    let shape = Shape::of(word);
    let is_slip_of = |of: &Known<'_>| {
        let within = |edits| {
            shape.may_be_within(&of.shape, edits)
                && begins_alike(word, of.word)
                && strsim::osa_distance(word, of.word) <= edits
        };
        of.has_slips && shape.allowed(&of.shape).is_some_and(within)
    };
    // The first letter is right, or has changed places with the second.
    word.chars().take(2).any(|first| {
        let from = known.partition_point(|of| of.word.chars().next() < Some(first));
        let rest = known.get(from..).unwrap_or_default().iter();
        rest.take_while(|of| of.word.starts_with(first)).any(is_slip_of)
    })
}

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
                        let one = explain(&tree, node.id(), &text, None);
                        assert_eq!(one, explain(&read, node.id(), &text, None), "{text}");
                    }
                }
            }
        }
    }
}
