//! What a message tells or asks, rather than chooses: "my job is great", "what counts as skilled", "Swiss cheese".

use crate::text::Words;
use crate::tree::Node;

use super::guards::{Around, is_known};
use super::hits::Hit;
use super::reason::Doubt;
use super::said::{Said, is};
use super::typo::is_slip;
use super::word_is;

/// Whether a message asks about something, rather than choosing it.
pub(super) fn asks(said: &Said<'_, '_>, node: Node<'_>) -> bool {
    let pack = node.tree.pack;
    if pack.asking.iter().any(|phrase| said.stands(phrase, 0)) {
        return true;
    }
    // "where's" is "where is".
    let first = said.word(0);
    if first.strip_suffix('s').is_some_and(|word| pack.question_words.contains(word)) {
        return true;
    }
    // "what counts as skilled", but not "how can I study", nor "how to study".
    // "what documents do I need", but not "what can I study".
    let is_of_other_thing = !said.is(1, word_is::FUNCTION)
        && !said.word(1).is_empty()
        && !is_known(node, said, 1)
        && node.asked().binary_search(&said.id(1)).is_err()
        && said.len() > 3;
    pack.question_words.contains(first)
        && !said.is(0, word_is::SAYS_OF)
        && (is_of_other_thing
            || !pack.told.how_to.iter().any(|phrase| said.stands(phrase, 0))
                && !(0..said.len()).any(|at| pack.told.me.contains(said.word(at))))
}

impl Around<'_, '_> {
    /// Whether the question asks with this word.
    fn is_asked(&self, word: &str) -> bool {
        self.said.look_up(word).is_some_and(|id| self.node.asked().binary_search(&id).is_ok())
    }

    /// Whether a word tells of what has been, where it was asked how much there will be: "I stayed 2 weeks last
    /// time", but not "I was thinking of 2 weeks".
    pub(super) fn is_of_the_past(&self, at: usize) -> bool {
        let Around { node, said, amounts, .. } = *self;
        let told = node.tree.pack.told;
        let is_asked = |word: &str| self.is_asked(word);
        let goes_on = || told.verb_ends.iter().any(|end| said.word(at + 1).ends_with(end));
        !amounts.is_empty()
            && told.ahead.iter().any(is_asked)
            && ((told.past.contains(said.word(at)) && !goes_on())
                || said.word(at).strip_suffix(told.past_end).is_some_and(is_asked))
    }

    /// The word after a name that makes a thing, or somebody else, of it: "Swiss cheese", "Jordan Peterson".
    pub(super) fn named_thing(&self) -> Option<usize> {
        let Around { node, said, hits, .. } = *self;
        let pack = node.tree.pack;
        let is_name = |hit: &&Hit<'_>| {
            hit.phrase.is_also() && !hit.phrase.is_small() && !hit.phrase.is_acronym()
        };
        // In "main indian hoon" the words around are of another language.
        let is_first = |hit: &&Hit<'_>| hit.start == 0;
        let is_thing = |at: &usize| {
            let word = said.word(*at);
            let is_verb = pack.told.verb_ends.iter().any(|end| word.ends_with(end));
            said.is_unknown(*at)
                && !is_verb
                && !pack.told.people.contains(word)
                && !is_slip(node, said, *at)
        };
        // "Chinese new year", "polish my shoes".
        let is_other = |at: &usize| {
            pack.told.my.contains(said.word(*at))
                || said.is(*at, word_is::QUALIFIER) && self.is_own_word(at + 1)
        };
        let next = hits.iter().filter(is_name).filter(is_first).map(|hit| hit.end);
        next.filter(|at| *at < said.len()).find(|at| is_thing(at) || is_other(at))
    }

    /// Why a name is not what one is, where that is asked: "visiting the UK", "an American friend", "my mom's American",
    /// "a Japanese visa", "becoming British".
    pub(super) fn not_what_one_is(&self) -> Option<Doubt> {
        let Around { node, said, hits, .. } = *self;
        let pack = node.tree.pack;
        let is_asked = |word: &str| self.is_asked(word);
        if hits.is_empty() || !pack.told.origins.iter().any(is_asked) {
            return None;
        }
        for at in 0..said.len() {
            if pack.told.not_yet.contains(said.word(at)) && !self.has(at) {
                return Some(Doubt::Doubtful(at));
            }
        }
        let topic = Words::of(node.tree.title());
        for hit in hits {
            if !hit.phrase.is_also() || hit.phrase.is_small() {
                continue;
            }
            if said.is(hit.end, word_is::RELATIVE) {
                return Some(Doubt::SomebodyElse(hit.end));
            }
            let next = said.word(hit.end);
            let is_thing = !self.has(hit.end) && !said.is(hit.end, word_is::FUNCTION);
            if is_thing && topic.iter().any(|word| word == next) {
                return Some(Doubt::OtherName(hit.end));
            }
            let Some(mut before) = hit.start.checked_sub(1) else { continue };
            let stem = said.word(before).strip_suffix('s').and_then(|stem| said.look_up(stem));
            if stem.is_some_and(|id| is(node.tree, id, word_is::RELATIVE)) {
                return Some(Doubt::SomebodyElse(before));
            }
            if pack.determiners.contains(said.word(before)) {
                before = before.saturating_sub(1);
            }
            if pack.told.toward.contains(said.word(before)) {
                return Some(Doubt::Doubtful(before));
            }
        }
        None
    }

    /// The word that is the opposite of one in the name of the answer: "climb up" is not "Climb down", nor is "from
    /// Ireland" "On to Ireland".
    pub(super) fn opposite(&self) -> Option<usize> {
        let (node, said) = (self.node, self.said);
        let told = node.tree.pack.told;
        for at in 0..said.len() {
            let is_way = self.hits.iter().any(|hit| hit.start == at + 1);
            let ways = if is_way { told.ways } else { &[] };
            for (one, other) in told.opposites.iter().chain(ways) {
                let against = match said.word(at) {
                    word if word == *one => other,
                    word if word == *other => one,
                    _ => continue,
                };
                let Some(id) = said.look_up(against) else { continue };
                let is_said = !is_way && said.ids().contains(&id);
                if self.has(at) || is_said {
                    continue;
                }
                for name in node.phrases_with(id) {
                    if name.answer() == self.answer && !name.is_also() {
                        return Some(at);
                    }
                }
            }
        }
        None
    }

    /// The "was" right before the only answer, where it is not asked what was: "she was a student".
    fn was(&self) -> Option<usize> {
        let Around { node, said, hits, amounts, .. } = *self;
        let pack = node.tree.pack;
        let [hit] = hits else { return None };
        let mut before = hit.start.checked_sub(1)?;
        while pack.articles.contains(said.word(before)) {
            before = before.checked_sub(1)?;
        }
        if !amounts.is_empty() || !pack.told.was.contains(said.word(before)) {
            return None;
        }
        let is_asked = pack.told.was_asked.iter().any(|word| self.is_asked(word));
        (!is_asked).then_some(before)
    }

    /// Where something is told of the answer, or of a thing of one's own: "is study expensive", "my job is great",
    /// "your business", "good job", "my phone is on holiday mode", "work on my tan".
    pub(super) fn told(&self) -> Option<usize> {
        self.told_of_answer().or_else(|| self.told_of_thing()).or_else(|| self.was())
    }

    fn told_of_answer(&self) -> Option<usize> {
        let Around { node, said, hits, .. } = *self;
        let pack = node.tree.pack;
        let (first, last) = (hits.first()?, hits.last()?);
        let before = first.start.checked_sub(1);
        let is_only = hits.len() == 1;
        let tells = |from: usize| {
            (from..said.len()).any(|at| !said.is(at, word_is::FUNCTION | word_is::QUALIFIER))
        };
        let says_of = |at: usize| said.is(at, word_is::SAYS_OF);
        let begins = says_of(0) && pack.question_words.contains(said.word(0));
        if begins && !self.has(0) && (tells(last.end) || !is_only) {
            return Some(0);
        }
        // "my grandmother was British", but not "my family is great".
        let is_somebody = said.is(first.end - 1, word_is::RELATIVE) && tells(first.end);
        let is_mine = |at: usize| pack.told.my.contains(said.word(at));
        if is_only
            && before.is_some_and(is_mine)
            && !is_somebody
            && (says_of(first.end) || says_of(first.end + 1))
        {
            return Some(first.end);
        }
        let is_yours = |at: usize| pack.told.your.contains(said.word(at));
        let is_all_yours = hits
            .iter()
            .all(|hit| (1..=2).any(|by| hit.start.checked_sub(by).is_some_and(is_yours)));
        let is_praise = is_only && first.start == 1 && pack.told.praise.contains(said.word(0));
        // "my friend hurt himself".
        let is_somebodys = is_only
            && first.end == first.start + 1
            && before.is_some_and(|at| said.is(at, word_is::RELATIVE))
            && first.start.checked_sub(2).is_some_and(is_mine);
        before.filter(|_| is_all_yours || is_praise || is_somebodys)
    }

    /// Whether a word means something that neither the question nor its answers speak of.
    fn is_own_word(&self, at: usize) -> bool {
        let Around { node, said, .. } = *self;
        !said.word(at).is_empty()
            && !self.has(at)
            && !said.is(at, word_is::FUNCTION | word_is::RELATIVE)
            && !is_slip(node, said, at)
            && !is_known(node, said, at)
            && node.asked().binary_search(&said.id(at)).is_err()
            && !node.tree.pack.told.purposes.contains(said.word(at))
    }

    fn told_of_thing(&self) -> Option<usize> {
        let Around { node, said, .. } = *self;
        let pack = node.tree.pack;
        let is_own_word = |at: usize| self.is_own_word(at);
        (0..said.len()).find(|at| {
            let (before, word) = (at.checked_sub(1), said.word(*at));
            let is_set_off =
                before.is_none_or(|before| pack.determiners.contains(said.word(before)));
            let is_on_mine = pack.told.my.contains(word)
                && before.is_some_and(|before| said.word(before) == pack.told.on);
            is_set_off && said.is(at + 1, word_is::SAYS_OF) && is_own_word(*at)
                || is_on_mine && is_own_word(at + 1)
        })
    }
}
