//! Languages: the words that the engine itself says and knows, as data. A language is a file.

mod en;
mod list;

pub(crate) use list::List;

/// Everything the engine says or understands by itself in one language. What words are is looked up when a tree is made
/// of its source, and stands in the tree then: without `yaml` those lists are not here.
#[derive(Debug)]
pub(crate) struct Pack {
    /// The language as a BCP 47 tag.
    pub(crate) tag: &'static str,
    /// Words that take the last answer back.
    pub(crate) back: List,
    /// Words that start again.
    pub(crate) restart: List,
    /// Words that ask for help.
    pub(crate) help: List,
    /// Words that ask for everything about the person to be deleted.
    pub(crate) forget: List,
    /// Keys of answers that a yes stands for.
    #[cfg(feature = "yaml")]
    pub(crate) yes_keys: List,
    /// Keys of answers that a no stands for.
    #[cfg(feature = "yaml")]
    pub(crate) no_keys: List,
    /// What people say to greet.
    pub(crate) greetings: List,
    /// What people say for yes.
    pub(crate) yes: List,
    /// What people say for no.
    pub(crate) no: List,
    /// What people say when they cannot tell; holds a "no" that is not a no.
    pub(crate) unsure: List,
    /// Words that may stand between those of an answer: "my car is stolen" for "my car was stolen".
    pub(crate) auxiliaries: List,
    /// Words that carry no meaning of their own.
    #[cfg(feature = "yaml")]
    pub(crate) function_words: List,
    /// Words that follow a verb, and stand before what it is about: "attend a wedding".
    pub(crate) articles: List,
    /// Words of which one is as good as another before a thing: "renew my loan" for "renew a loan".
    pub(crate) determiners: List,
    /// Words that turn a meaning round.
    pub(crate) negations: List,
    /// Words before a name that make another name of it: "South American" is not "American".
    #[cfg(feature = "yaml")]
    pub(crate) qualifiers: List,
    /// What a single letter stands for before a name: "S. Korea".
    pub(crate) letters: &'static [(&'static str, &'static str)],
    /// What turns a meaning round in several words: "anything but".
    pub(crate) negation_phrases: List,
    /// Words that turn round what stands before them: "gluten-free".
    pub(crate) negating_ends: List,
    /// What the end of a negation looks like where its apostrophe became a space: "don t".
    pub(crate) negation_tail: Option<&'static str>,
    /// Words beside an answer with which it may not be meant: "born in", "used to".
    #[cfg(feature = "yaml")]
    pub(crate) doubts: List,
    /// Beginnings of a message that asks about something rather than choosing it: "what is".
    pub(crate) asking: List,
    /// Words with which a question begins.
    pub(crate) question_words: List,
    /// Other people, of whom something may be said …
    #[cfg(feature = "yaml")]
    pub(crate) relatives: List,
    /// … among them those whom people visit and live with …
    #[cfg(feature = "yaml")]
    pub(crate) kin: List,
    /// … with one of these: "my wife is British".
    #[cfg(feature = "yaml")]
    pub(crate) says_of: List,
    /// Words with which something is told rather than chosen.
    pub(crate) told: &'static ToldWords,
    /// Those of them that are also said of things: a "new job" is a job.
    pub(crate) soft_qualifiers: List,
    /// Words of more or less, which may turn a number's meaning round.
    pub(crate) comparisons: List,
    /// Numbers as words, and what stands for one.
    #[cfg(feature = "yaml")]
    pub(crate) numerals: List,
    /// How amounts are said: "at least two and a half weeks".
    pub(crate) amounts: &'static AmountWords,
    /// Letters that are easily taken for each other, each group in a row; the vowels first.
    pub(crate) alike: List,
    /// Letters that sound like two others, each with these in a row.
    pub(crate) sounds: List,
    /// Common words between single spaces: none of them is a slip of another word.
    #[cfg(feature = "yaml")]
    pub(crate) common: &'static str,
    /// How hard its words are to read; none where nobody has measured that.
    #[cfg(feature = "yaml")]
    pub(crate) reading: Option<Reading>,
    /// Words before a number that is typed: "option 2".
    pub(crate) number_words: List,
    /// What the first four of a short list may be called, in one way and then in another: "the first one", "1st".
    pub(crate) ordinals: List,
    /// What the last of them may be called.
    pub(crate) last: List,
    /// What may stand after one of these.
    pub(crate) picked: List,
    /// What says that it is none of a short list, or all of it.
    pub(crate) not_one_of_them: List,
    /// Said when nothing was understood, with the offer to start again.
    pub(crate) miss_offer: &'static str,
    /// Said when nothing was understood, without the offer.
    pub(crate) miss: &'static str,
    /// Asks which of a few answers a text meant; they take the place of `{}`.
    pub(crate) did_you_mean: &'static str,
    /// Stands between the last two of them.
    pub(crate) or: &'static str,
    /// Asks which of many answers a text meant.
    pub(crate) did_you_mean_one: &'static str,
    /// Said after an end; what starts again and what goes back take the places of `{}`.
    pub(crate) ended: Hint,
    /// Said when help is asked for; what goes back and what starts again take the places of `{}`.
    pub(crate) help_text: Hint,
    /// Says which answer a text with a slip was taken for; it takes the place of `{}`.
    pub(crate) took_as: &'static str,
    /// Said once when an edit of the tree has moved a place.
    pub(crate) changed: &'static str,
    /// Said where somebody may have forgotten that no human answers.
    pub(crate) automated: &'static str,
    /// Said when something came that is neither text nor a tap.
    pub(crate) unsupported: &'static str,
    /// Asked before everything about a person is deleted.
    pub(crate) forget_ask: &'static str,
    /// Said when everything about a person is deleted.
    pub(crate) forgotten: &'static str,
    /// Said when so much is to be deleted that it takes some time.
    pub(crate) forgetting: &'static str,
    /// Said when nothing is deleted after all.
    pub(crate) not_forgotten: &'static str,
    /// On a button that starts again.
    pub(crate) start_again_label: &'static str,
    /// On a button that takes the last answer back.
    pub(crate) back_label: &'static str,
    /// On a button that shows further answers.
    pub(crate) more_label: &'static str,
    /// On a button that deletes everything about a person.
    pub(crate) forget_label: &'static str,
    /// On the buttons under a question that yes or no answers. The words must be among `yes` and `no`.
    pub(crate) yes_or_no: [&'static str; 2],
}

/// A text that names two commands: as it is where a tree has neither, with the first alone, with the second alone, and
/// with both.
pub(crate) type Hint = [&'static str; 4];

/// A formula of how hard a text is to read, in hundredths: so much for each letter of a word, and for each word of a
/// sentence, on the average.
#[cfg(feature = "yaml")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// What it is called where it was published.
    pub(crate) name: &'static str,
    pub(crate) letters_of_word: usize,
    pub(crate) words_of_sentence: usize,
    /// What is taken off.
    pub(crate) less: usize,
    /// The most, in whole numbers, that is read with ease by people who have been to school and no further.
    pub(crate) most: usize,
}

/// Words with which something is told rather than chosen.
#[derive(Debug)]
pub(crate) struct ToldWords {
    /// Words of the one who speaks.
    pub(crate) me: List,
    /// What stands before something of one's own …
    pub(crate) my: List,
    /// … and before something of whoever is spoken to.
    pub(crate) your: List,
    /// The word before what somebody works on: "work on my tan".
    pub(crate) on: &'static str,
    /// Words for somebody or something else, before what they do: "it works".
    pub(crate) third_person: List,
    /// Beginnings of a question that chooses: "how to study".
    pub(crate) how_to: List,
    /// What one may say an answer is: "my purpose is study".
    pub(crate) purposes: List,
    /// What is said of something that was done well: "good job".
    pub(crate) praise: List,
    /// What people are called after a name: "a Japanese citizen".
    pub(crate) people: List,
    /// What words of doing often end with.
    pub(crate) verb_ends: List,
    /// Words of a question about what is to come …
    pub(crate) ahead: List,
    /// … and words of what has been, with which an amount is not what was asked for.
    pub(crate) past: List,
    /// What ends a word of what has been: "stayed".
    pub(crate) past_end: &'static str,
    /// With which people come along: "with my wife".
    pub(crate) with: &'static str,
    /// What follows an answer and says what it is about, or when it was: "masters in science".
    pub(crate) about: List,
    /// With which something is told that is no longer so …
    pub(crate) was: List,
    /// … unless the question asks with one of these.
    pub(crate) was_asked: List,
    /// Words that are the opposites of each other.
    pub(crate) opposites: &'static [(&'static str, &'static str)],
    /// Words that are opposites right before a name: "from Ireland" is not "On to Ireland".
    pub(crate) ways: &'static [(&'static str, &'static str)],
    /// Words of a question about what one is: "Which passport …".
    pub(crate) origins: List,
    /// Where one goes or stays, right before a name: "visiting the UK" makes nobody British.
    pub(crate) toward: List,
    /// With which one is something only in part, or not yet: "becoming British".
    pub(crate) not_yet: List,
    /// What stands between two things, one after the other: "leave, then live".
    pub(crate) then: &'static str,
    /// Before one of these, letters that look like a word are none: "a US citizen".
    pub(crate) article: List,
}

/// The words of amounts. A phrase is a row of words with single spaces between them.
#[derive(Debug)]
pub(crate) struct AmountWords {
    /// The numbers from zero to nineteen …
    pub(crate) ones: List,
    /// … and twenty, thirty and so on.
    pub(crate) tens: List,
    /// Words that multiply the number before them, by how much.
    pub(crate) multipliers: &'static [(&'static str, i64)],
    /// Phrases that stand for a number somewhere between two, in thousandths.
    pub(crate) some: &'static [(&'static str, i64, i64)],
    /// Words that stand for one, alone or after each other: "one whole".
    pub(crate) one: List,
    /// The word for a half.
    pub(crate) half: &'static str,
    /// What may stand between a half and its unit: "half a year".
    pub(crate) half_of: List,
    /// The word before a part of an amount: "6 months and a day".
    pub(crate) and: List,
    /// Stands between the ends of a range, beside the word for "or".
    pub(crate) to: List,
    /// Stands before a range whose ends have "and" between them.
    pub(crate) between: List,
    /// Units of time: their names, months, and minutes.
    pub(crate) units: &'static [(List, i64, i64)],
    /// Signs of money, and what else they are called.
    pub(crate) currencies: &'static [(&'static str, List)],
    /// Those of them that name more than one.
    pub(crate) plural_units: List,
    /// What stands before an amount and says more or less …
    pub(crate) bounds_before: &'static [(List, BoundWord)],
    /// … and what stands after it.
    pub(crate) bounds_after: &'static [(List, BoundWord)],
    /// Words directly before an amount that make a point in time of it: "in 2 weeks".
    pub(crate) not_before: List,
    /// Words directly after an amount that make something else of it: "2 weeks ago", "2 years old".
    pub(crate) not_after: List,
    /// Words after an amount of which there are several: "10 days each".
    pub(crate) rates: List,
}

/// What such a word makes of the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BoundWord {
    /// Less than it.
    Below,
    /// It or less.
    AtMost,
    /// More than it.
    Above,
    /// It or more.
    AtLeast,
    /// Some more or less.
    About,
    /// A little less.
    Almost,
}

/// Everything the bot says by itself in a language, and what it takes as commands: a name for each, and
/// the text, or the texts. None where the language is not known.
#[must_use]
pub fn own_texts(tag: &str) -> Option<Vec<(&'static str, Vec<&'static str>)>> {
    let pack = pack_of(tag)?;
    let one = |text| vec![text];
    let all = |list: List| list.iter().collect();
    let hint = |[.., with_both]: Hint| one(with_both);
    Some(vec![
        ("miss, with the offer", one(pack.miss_offer)),
        ("miss", one(pack.miss)),
        ("did you mean", one(pack.did_you_mean)),
        ("or", one(pack.or)),
        ("did you mean one", one(pack.did_you_mean_one)),
        ("ended", hint(pack.ended)),
        ("help", hint(pack.help_text)),
        ("took as", one(pack.took_as)),
        ("changed", one(pack.changed)),
        ("automated", one(pack.automated)),
        ("unsupported", one(pack.unsupported)),
        ("forget?", one(pack.forget_ask)),
        ("forgotten", one(pack.forgotten)),
        ("forgetting", one(pack.forgetting)),
        ("not forgotten", one(pack.not_forgotten)),
        ("start again button", one(pack.start_again_label)),
        ("back button", one(pack.back_label)),
        ("more button", one(pack.more_label)),
        ("forget button", one(pack.forget_label)),
        ("yes and no buttons", pack.yes_or_no.to_vec()),
        ("back", all(pack.back)),
        ("restart", all(pack.restart)),
        ("help words", all(pack.help)),
        ("forget", all(pack.forget)),
    ])
}

/// All languages there are; the first is used where a tree's own is not here.
pub(crate) static PACKS: &[&Pack] = &[&ENGLISH];

/// The language of trees that name none.
pub(crate) use en::EN as ENGLISH;

/// The pack of a language tag such as `en` or `en-GB`; none if there is none.
pub(crate) fn pack_of(tag: &str) -> Option<&'static Pack> {
    let primary = tag.split(['-', '_']).next().unwrap_or(tag);
    PACKS.iter().find(|pack| pack.tag.eq_ignore_ascii_case(primary)).copied()
}
