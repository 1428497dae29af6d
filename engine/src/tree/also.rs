//! Each `also` of a tree as it is recorded, to find an answer by a key that it has not.

use crate::Digest;

use super::tables::{Tables, phrase_is, range};
use super::{Tree, number_of, texts};

/// Those of an answer stand together, answer by answer. A tree without any takes no room for them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Also {
    recorded: Vec<u32>,
    /// Where those of each answer begin; empty as long as there are none.
    starts: Vec<u32>,
}

impl Also {
    /// Puts down those of the answer of this number. Answers come in their order; without any they need not come.
    #[cfg(feature = "yaml")]
    pub(crate) fn put(&mut self, answer: usize, recorded: &[Digest]) {
        if !recorded.is_empty() {
            self.starts.resize(answer + 1, number_of(self.recorded.len()));
            self.recorded.extend(recorded.iter().map(|digest| digest.0));
        }
    }

    /// Gives back what was kept for more.
    #[cfg(feature = "yaml")]
    pub(crate) fn shrink(mut self) -> Self {
        self.recorded.shrink_to_fit();
        self.starts.shrink_to_fit();
        self
    }

    /// Those of a tree, from its texts, and from its phrases where a compiled one has left the texts out.
    pub(crate) fn of(tree: &Tree) -> Self {
        let tables = &tree.tables;
        let counts = counts(tables);
        let mut all = 0_u32;
        let mut starts = Vec::with_capacity(counts.len());
        for count in counts {
            starts.push(all);
            all = all.saturating_add(count);
        }
        let mut ends = starts.clone();
        let mut also = Self { recorded: vec![0; all as usize], starts };
        let mut put = |answer: usize, text: &str| {
            let Some(end) = ends.get_mut(answer) else { return };
            let place = also.recorded.get_mut(*end as usize);
            place.into_iter().for_each(|place| *place = Digest::of(text).0);
            *end = end.saturating_add(1);
        };
        for (answer, row) in tables.answers.iter().enumerate() {
            texts(tables, row.also, row.also_end).for_each(|text| put(answer, text));
        }
        for question in tree.nodes().filter_map(|node| node.question.map(|row| (node, row))) {
            let (node, row) = question;
            let phrases = node.phrases().iter().map(|row| node.phrase(row));
            for phrase in phrases.filter(|phrase| phrase.stands_for_also()) {
                put(row.answers.saturating_add(phrase.answer().0) as usize, &phrase.joined());
            }
        }
        also
    }

    /// Those of the answer of this number.
    pub(crate) fn of_answer(&self, answer: usize) -> &[u32] {
        let Some(start) = self.starts.get(answer) else { return &[] };
        let end = self.starts.get(answer + 1).copied();
        let end = end.unwrap_or_else(|| number_of(self.recorded.len()));
        self.recorded.get(range(*start, end)).unwrap_or_default()
    }
}

/// How many each answer has.
fn counts(tables: &Tables) -> Vec<u32> {
    let mut counts: Vec<u32> =
        tables.answers.iter().map(|row| row.also_end.saturating_sub(row.also)).collect();
    for row in &tables.questions {
        let phrases = tables.phrases.get(range(row.phrases, row.phrases_end)).unwrap_or_default();
        for phrase in phrases.iter().filter(|row| row.flags & phrase_is::ALSO_AS_IS != 0) {
            let answer = row.answers.saturating_add(phrase.answer) as usize;
            counts.get_mut(answer).into_iter().for_each(|count| *count = count.saturating_add(1));
        }
    }
    counts
}

#[cfg(all(test, feature = "yaml"))]
mod tests {
    use super::Also;
    use crate::{Digest, Tree, load};

    const SOURCE: &str = "say: Which?
answers:
  one: 1.
  two: {also: [deux, Zwei!, \"C++\"], say: 2.}
  three: 3.
  four: {say: Sure?, answers: {yes: Y., no: {also: [never], say: N.}}}
  five: 5.
";

    fn of(tree: &Tree, also: &Also) -> Vec<Vec<u32>> {
        (0..tree.tables.answers.len()).map(|at| also.of_answer(at).to_vec()).collect()
    }

    #[test]
    fn each_answer_has_its_own_however_the_tree_came() {
        let loaded = load(SOURCE).tree;
        let own: Option<Vec<Vec<u32>>> = loaded.as_ref().map(|tree| of(tree, tree.also()));
        let digests =
            |texts: &[&str]| -> Vec<u32> { texts.iter().map(|text| Digest::of(text).0).collect() };
        let wanted = |tree: &Tree| -> Vec<Vec<u32>> {
            let keys = tree.tables.answers.iter().map(|row| tree.tables.text(row.key));
            keys.map(|key| match key {
                "two" => digests(&["deux", "Zwei!", "C++"]),
                "no" => digests(&["never"]),
                _ => Vec::new(),
            })
            .collect()
        };
        assert!(own.as_ref().is_some_and(|own| own.len() == 7));
        assert_eq!(own, loaded.as_ref().map(wanted));
        assert_eq!(own, loaded.as_ref().map(|tree| of(tree, &Also::of(tree))));
        let compiled = loaded.and_then(|tree| Tree::from_compiled(&tree.compile()).ok());
        let sorted = |mut own: Vec<Vec<u32>>| {
            own.iter_mut().for_each(|of| of.sort_unstable());
            own
        };
        assert_eq!(compiled.map(|tree| sorted(of(&tree, tree.also()))), own.map(sorted));
    }

    #[test]
    fn a_tree_without_any_takes_no_room_for_them() {
        let tree = load("say: Which?\nanswers: {one: 1., two: 2.}\n").tree;
        let also = tree.map(|tree| tree.also().clone()).unwrap_or_default();
        assert_eq!((also.starts.capacity(), also.recorded.capacity()), (0, 0));
    }
}
