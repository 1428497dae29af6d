//! What is hard to take in: many answers at once, and words that need more than school.

use crate::lang::Reading;
use crate::load::draft::Draft;
use crate::{Code, Diagnostic, Message};

/// How many answers people take in at once: about seven (Miller, "The magical number seven, plus or minus two", 1956).
const MAX_ANSWERS: usize = 7;

/// Shorter texts say too little to be measured.
const MIN_WORDS: usize = 30;

/// Looks at every node.
pub(super) fn review(reading: Option<Reading>, draft: &Draft, problems: &mut Vec<Diagnostic>) {
    for node in &draft.nodes {
        let offered = if node.offer { node.answers.len() } else { 0 };
        if offered > MAX_ANSWERS {
            let message = format!(
                "this question offers {offered} answers, and people take in about {MAX_ANSWERS} at once; ask in two steps, or let them type with `offer: false`"
            );
            problems.push(Diagnostic::new(Code::ManyAnswers, node.at, message));
        }
        let Some(reading) = reading else { continue };
        let texts = node.say.iter().filter_map(|message| match message {
            Message::Text(text) => Some(text.as_ref()),
            Message::Image { .. } => None,
        });
        let marks = texts.map(|text| Counts::of(text).mark(reading));
        if let Some(mark) = marks.max().filter(|mark| *mark > reading.most) {
            let message = format!(
                "few people under 18 read this with ease ({}: {mark}, and school ends at {}); use shorter sentences and shorter words",
                reading.name, reading.most
            );
            problems.push(Diagnostic::new(Code::HardWords, node.say_span, message));
        }
    }
}

/// What a text is made of.
#[derive(Default)]
struct Counts {
    /// Letters and digits.
    letters: usize,
    words: usize,
    sentences: usize,
}

impl Counts {
    fn of(text: &str) -> Self {
        // No text has more words than every other byte.
        let mut counts = Self::default();
        if text.len() < 2 * MIN_WORDS {
            return counts;
        }
        let mut is_ended = true;
        for line in text.lines() {
            for word in line.split_whitespace() {
                // Nobody reads the address of a link.
                let (word, after) = match word.split_once("](") {
                    Some((word, address)) => {
                        (word, address.split_once(')').map_or("", |(_, after)| after))
                    }
                    None => (word, ""),
                };
                let letters = word.chars().filter(|letter| letter.is_alphanumeric()).count();
                if letters > 0 {
                    counts.letters += letters;
                    counts.words += 1;
                    is_ended = false;
                }
                let end = if after.is_empty() { word } else { after };
                let end = end.trim_end_matches(['"', '\'', '”', '’', ')', ']', '*']);
                if end.ends_with(['.', '!', '?', ':']) && !is_ended {
                    counts.sentences += 1;
                    is_ended = true;
                }
            }
            // The items of a list end with their lines.
            if !is_ended {
                counts.sentences += 1;
                is_ended = true;
            }
        }
        counts
    }

    /// How hard it is to read; nothing where it is too short to tell.
    fn mark(&self, of: Reading) -> usize {
        if self.words < MIN_WORDS {
            return 0;
        }
        let words = (of.letters_of_word * self.letters).div_ceil(self.words);
        let sentences = (of.words_of_sentence * self.words).div_ceil(self.sentences.max(1));
        (words + sentences).saturating_sub(of.less).div_ceil(100)
    }
}
