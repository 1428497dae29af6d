//! Languages: the words that the engine itself says and knows, as data. A language is a file.

mod en;

/// Everything the engine says or understands by itself in one language.
#[derive(Debug)]
pub(crate) struct Pack {
    /// The language as a BCP 47 tag.
    pub(crate) tag: &'static str,
    /// Words that take the last answer back.
    pub(crate) back: &'static [&'static str],
    /// Words that start again.
    pub(crate) restart: &'static [&'static str],
    /// Words that ask for help.
    pub(crate) help: &'static [&'static str],
    /// Words that ask for everything about the person to be deleted.
    pub(crate) forget: &'static [&'static str],
    /// Keys of answers that a yes stands for.
    pub(crate) yes_keys: &'static [&'static str],
    /// Keys of answers that a no stands for.
    pub(crate) no_keys: &'static [&'static str],
    /// What people say to greet.
    pub(crate) greetings: &'static [&'static str],
    /// What people say for yes.
    pub(crate) yes: &'static [&'static str],
    /// What people say for no.
    pub(crate) no: &'static [&'static str],
    /// What people say when they cannot tell; holds a "no" that is not a no.
    pub(crate) unsure: &'static [&'static str],
    /// Words that carry no meaning of their own.
    pub(crate) function_words: &'static [&'static str],
    /// Words that turn a meaning round.
    pub(crate) negations: &'static [&'static str],
    /// Words before a name that make another name of it: "South American" is not "American".
    pub(crate) qualifiers: &'static [&'static str],
    /// Words of more or less, which may turn a number's meaning round.
    pub(crate) comparisons: &'static [&'static str],
    /// Numbers as words, and what stands for one.
    pub(crate) numerals: &'static [&'static str],
    /// Words before a number that is typed: "option 2".
    pub(crate) number_words: &'static [&'static str],
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
    /// Said after an end.
    pub(crate) ended: &'static str,
    /// Said when help is asked for.
    pub(crate) help_text: &'static str,
    /// Said once when an edit of the tree has moved a place.
    pub(crate) changed: &'static str,
    /// Said when something came that is neither text nor a tap.
    pub(crate) unsupported: &'static str,
    /// Asked before everything about a person is deleted.
    pub(crate) forget_ask: &'static str,
    /// Said when everything about a person is deleted.
    pub(crate) forgotten: &'static str,
    /// Said when nothing is deleted after all.
    pub(crate) not_forgotten: &'static str,
    /// On a button that starts again.
    pub(crate) start_again_label: &'static str,
    /// On a button that takes the last answer back.
    pub(crate) back_label: &'static str,
    /// On a button that shows further answers.
    pub(crate) more_label: &'static str,
}

/// Everything the bot says by itself in a language, and what it takes as commands: a name for each, and
/// the text, or the texts. None where the language is not known.
#[must_use]
pub fn own_texts(tag: &str) -> Option<Vec<(&'static str, &'static [&'static str])>> {
    let pack = pack_of(tag)?;
    let one = std::slice::from_ref;
    Some(vec![
        ("miss, with the offer", one(&pack.miss_offer)),
        ("miss", one(&pack.miss)),
        ("did you mean", one(&pack.did_you_mean)),
        ("or", one(&pack.or)),
        ("did you mean one", one(&pack.did_you_mean_one)),
        ("ended", one(&pack.ended)),
        ("help", one(&pack.help_text)),
        ("changed", one(&pack.changed)),
        ("unsupported", one(&pack.unsupported)),
        ("forget?", one(&pack.forget_ask)),
        ("forgotten", one(&pack.forgotten)),
        ("not forgotten", one(&pack.not_forgotten)),
        ("start again button", one(&pack.start_again_label)),
        ("back button", one(&pack.back_label)),
        ("more button", one(&pack.more_label)),
        ("back", pack.back),
        ("restart", pack.restart),
        ("help words", pack.help),
        ("forget", pack.forget),
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
