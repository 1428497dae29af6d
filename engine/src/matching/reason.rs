//! Why a text was understood as it was.

use crate::Tier;
use crate::tree::AnswerId;

/// What a text comes to at a question, and why: for the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The words of the text as they were compared: without case, accents and punctuation.
    pub words: Vec<String>,
    /// The rule that decided; [`Tier::None`] where none did.
    pub tier: Tier,
    /// What was understood.
    pub understood: Understood,
    /// Which words spoke for which answers.
    pub evidence: Vec<Evidence>,
    /// What turned an answer into a question back, where something did.
    pub doubt: Option<Doubt>,
    /// The answers that came next, the nearest first: three at most.
    pub rivals: Vec<Rival>,
}

/// An answer that was not understood, though something of it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// The answer.
    pub answer: AnswerId,
    /// The first rule that finds it in the text.
    pub tier: Tier,
    /// The words that speak for it, by their numbers in [`Explanation::words`].
    pub words: Vec<usize>,
}

/// What a text comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Understood {
    /// This answer.
    Answer(AnswerId),
    /// A question back between these answers; there may be only one.
    AskBack(Vec<AnswerId>),
    /// A command, such as "back".
    Command,
    /// Nothing.
    Nothing,
}

/// Words of a text that speak for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The answer, by its number from 0.
    pub answer: AnswerId,
    /// The first of the words in [`Explanation::words`].
    pub start: usize,
    /// The word after the last.
    pub end: usize,
    /// What the answer is called that they were compared with: a label, a key or an `also`, as words. Empty where
    /// an amount lies within what the answer says.
    pub phrase: String,
}

/// Why an answer was not taken although words spoke for it. The numbers are those of words in
/// [`Explanation::words`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Several answers fit.
    SeveralAnswers,
    /// A word turns the meaning round: "I don't want to study".
    Negation(usize),
    /// A word looks like a slip of one that turns the meaning round: "i nto want to study".
    SlipOfNegation(usize),
    /// A word says more or less, which the answer does not: "at least 6 months".
    Comparison(usize),
    /// A number belongs to nothing: "3 to 9 months".
    Number(usize),
    /// A word makes another name of the one after it: "South American".
    OtherName(usize),
    /// A word belongs to another answer.
    OtherAnswer(usize),
    /// A word tells of something else than the answer: "I used to work".
    Doubtful(usize),
    /// Something is said of somebody else: "my wife is British".
    SomebodyElse(usize),
    /// The message asks about something: "what is …".
    Asks,
    /// An amount does not lie within one answer, or may be no amount of what is asked: "2 weeks ago".
    Amount(usize),
    /// There is much more in the message than the answer.
    LongStory,
    /// The tree's language is not one whose negations are known, and there are words around the answer.
    UnknownLanguage(usize),
    /// Only a small or common part of the answer was said.
    SmallPart,
    /// The answer turns round what was said: "power" for "No power".
    TurnedPart,
    /// The slip is a short word's, which may be another word.
    ShortSlip(usize),
    /// Words are shared with answers, no more.
    SharedWords,
}

/// What is collected while a text is understood; nothing, unless somebody wants to know.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) is_wanted: bool,
    pub(super) evidence: Vec<Evidence>,
    pub(super) doubt: Option<Doubt>,
}

impl Trace {
    /// Notes the first doubt there is.
    pub(super) fn doubt(&mut self, doubt: Doubt) {
        self.doubt.get_or_insert(doubt);
    }

    /// Forgets what was collected for a rule that did not decide.
    pub(super) fn clear(&mut self) {
        self.evidence.clear();
        self.doubt = None;
    }
}
