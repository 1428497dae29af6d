//! English.

mod amounts;
#[cfg(feature = "yaml")]
mod common;

#[cfg(feature = "yaml")]
use super::Reading;
use super::list::list;
use super::{Pack, ToldWords};
use amounts::AMOUNTS;
#[cfg(feature = "yaml")]
use common::COMMON;

/// The Automated Readability Index: Smith and Senter, AMRL-TR-66-220 (1967). It needs no syllables. 13 is the last year
/// of school.
#[cfg(feature = "yaml")]
const READING: Reading = Reading {
    name: "Automated Readability Index",
    letters_of_word: 471,
    words_of_sentence: 50,
    less: 2143,
    most: 13,
};

// Words read better in rows.
#[rustfmt::skip]
pub(crate) static EN: Pack = Pack {
    tag: "en",
    back: list![
        "back", "go back", "undo", "previous", "previous question", "go back please",
        "take that back", "back please", "please go back", "step back", "one step back",
        "previous step", "undo that", "can i undo that", "undo please", "i want to go back", "can i go back", "go back one",
    ],
    restart: list![
        "start again", "restart", "start over", "begin again", "start from the beginning",
        "new conversation", "reset", "start", "get started", "menu", "main menu",
        "start again please", "please start again", "lets start again", "can we start again",
        "can i start again", "i want to start again", "i want to start over", "start over please",
        "lets start over", "start from scratch", "begin from the start", "restart please",
        "please restart", "from the beginning", "from the start", "startover",
        "go back to the start", "go back to the start please", "back to the start", "back to start",
        "go back to the beginning", "back to the beginning", "go to the start",
    ],
    help: list![
        "help", "help me", "what can i say", "what can i do", "how does this work", "help please", "help me please",
        "please help", "please help me", "can you help me", "i need help", "need help",
        "what do i do", "what can you do", "how do i use this",
    ],
    forget: list![
        "delete my data", "delete my information", "delete my messages", "forget me",
        "erase my data", "remove my data", "delete all my data", "delete everything about me",
        "delete my conversation", "forget everything", "forget everything about me",
    ],
    #[cfg(feature = "yaml")]
    yes_keys: list!["yes", "y"],
    #[cfg(feature = "yaml")]
    no_keys: list!["no", "n"],
    greetings: list![
        "hello", "hi", "hey", "hiya", "hello there", "hi there", "hey there", "good morning",
        "good afternoon", "good evening", "good day", "greetings", "hi bot", "hello bot",
        "hey bot", "hello everyone", "hallo", "hola", "bonjour", "salut", "ciao", "namaste",
        "salam", "good night", "yo", "howdy", "evening", "morning",
    ],
    yes: list![
        "yes", "y", "yeah", "yep", "yup", "yes please", "yea", "ya", "sure", "of course", "ok",
        "okay", "correct", "right", "thats right", "definitely", "absolutely", "certainly", "i am",
        "i do", "it is", "true", "please do", "ye", "yess", "yesss", "yeh", "yeap", "yes sir",
        "yes maam", "yes indeed", "yes of course", "yes sure", "yes i am", "yes i do", "yes it is",
        "yes we are", "yes we do", "yes he is", "yes she is", "yes they are", "yes that is right",
        "yes thats right", "i guess so", "i guess", "guess so", "i think so", "i suppose so",
        "i believe so", "indeed", "affirmative", "for sure", "sure thing", "surely", "exactly",
        "that is right", "that is correct", "thats correct", "we are", "we do", "he is", "she is",
        "they are", "it does", "he does", "she does", "they do", "aye", "totally", "si", "oui",
        "ja", "all right", "alright", "👍", "✅", "✔",
    ],
    no: list![
        "no", "n", "nope", "nah", "no thanks", "no thank you", "not really", "never", "im not",
        "i am not", "i dont", "i do not", "it isnt", "it is not", "false", "negative", "no way",
        "noo", "nooo", "nop", "no sir", "no maam", "no i am not", "no im not", "no i dont",
        "no i do not", "no it is not", "no it isnt", "no we are not", "no not really",
        "not at all", "absolutely not", "definitely not", "certainly not", "of course not",
        "no of course not", "i dont think so", "i do not think so", "i dont believe so",
        "i think not", "i guess not", "im afraid not", "we are not", "we arent", "we dont",
        "we do not", "he is not", "he isnt", "she is not", "she isnt", "they are not",
        "they arent", "it does not", "it doesnt", "he doesnt", "she doesnt", "they dont",
        "by no means", "nein", "non", "niet", "👎", "❌",
    ],
    unsure: list![
        "no idea", "no clue", "not sure", "unsure", "dont know", "do not know", "i dont know",
        "dunno", "no opinion", "maybe", "no preference", "it depends", "depends", "no one",
        "nobody", "no problem", "no worries", "yes and no", "who knows", "i have no idea",
        "cant say", "cannot say", "hard to say", "cant tell", "not certain", "im not sure",
        "i am not sure", "i cant remember", "dont remember", "no comment", "no one knows",
        "yes or no", "either", "idk", "perhaps", "possibly", "no matter", "n a", "never say",
    ],
    auxiliaries: list![
        "is", "are", "am", "was", "were", "be", "been", "being", "get", "gets", "got", "getting",
        "has", "have", "had",
    ],
    #[cfg(feature = "yaml")]
    function_words: list![
        "a", "an", "the", "to", "or", "and", "for", "i", "im", "id", "ill", "ive", "me", "my",
        "mine", "we", "our", "us", "you", "your", "he", "she", "it", "its", "they", "them",
        "their", "this", "that", "these", "those", "is", "am", "are", "was", "were", "be", "been",
        "being", "do", "does", "did", "have", "has", "had", "will", "would", "can", "could",
        "should", "shall", "may", "might", "must", "in", "on", "at", "of", "by", "with", "from",
        "as", "into", "about", "so", "but", "if", "then", "than", "there", "here", "just",
        "please", "want", "like", "need", "going", "go", "get", "some", "any", "what", "which",
        "who", "how", "when", "where", "thats", "theres", "hi", "hello", "hey", "thanks", "thank",
        "well", "really", "very", "also", "too", "think", "plan", "planning", "hope", "hoping",
        "intend", "wish", "would", "let", "lets", "gonna", "wanna", "one", "kind", "sort",
        "because", "since", "now", "only", "s", "m", "t", "re", "ve", "ll", "d", "oh", "um", "er",
        "yet", "even", "perhaps", "probably", "myself", "yourself", "hers", "his", "her", "him",
        "whose", "while", "during", "though", "although", "however", "anyway", "actually",
        "basically", "simply", "currently", "ok", "okay", "cool", "nice", "perfect", "awesome",
        "lovely", "sorry", "sir", "madam", "maam", "dear", "lot", "lots", "bit", "much", "such",
        "know", "say", "tell", "make", "come", "coming", "came", "got", "getting", "gets", "gone",
        "went", "wants", "wanted", "wanting", "needs", "needed", "likes", "looking", "interested",
        "able", "ready", "shortly", "own", "along", "lol", "haha", "hmm", "hm", "ah", "aha", "btw",
        "pls", "plz", "thx", "ty", "u", "ur", "r", "gotta", "kinda", "sorta", "itll", "youre",
        "hes", "shes", "theyre", "whats", "heres", "ours", "theirs", "said", "says", "mean",
        "means", "ask", "asking", "thinking", "thought", "guess", "suppose", "believe", "feel",
        "seem", "seems", "way", "great", "fine", "brilliant", "excellent", "wonderful", "amazing",
        "super", "good",
    ],
    articles: list!["a", "an", "the", "my", "our", "your", "his", "her", "their", "some", "to"],
    determiners: list!["a", "an", "the", "my", "our", "this", "that", "some"],
    negations: list![
        "not", "no", "never", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "wont", "cant",
        "cannot", "without", "except", "neither", "nor", "nothing", "none", "hardly", "instead",
        "rather", "excluding", "wouldnt", "couldnt", "shouldnt", "aint", "havent", "hasnt",
        "werent", "avoid", "non", "outside", "besides", "former", "formerly", "ex", "donot", "dnt",
        "dosent", "dosnt", "doesnot", "didnot", "isnot", "wasnot", "cannt", "havnt", "hadnt",
        "mustnt", "neednt", "darent", "mightnt", "wouldn", "couldn", "shouldn", "didn", "doesn",
        "isn", "wasn", "aren", "weren", "hasn", "haven", "hadn", "unless", "nope", "nah", "stop", "apart",
        "against", "refuse", "refused", "refusing", "declined", "barely", "scarcely", "seldom",
        "rarely", "nicht", "kein", "keine", "nein", "pas", "jamais", "nunca", "sin", "sem", "niet",
        "geen", "nie", "nao", "ne", "не", "нет", "без", "لا", "不",
    ],
    #[cfg(feature = "yaml")]
    qualifiers: list![
        "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central",
        "latin", "new", "greater", "upper", "lower",
    ],
    soft_qualifiers: list!["new"],
    letters: &[
        ("n", "north"), ("n", "northern"), ("s", "south"), ("s", "southern"), ("e", "east"), ("w", "west"),
    ],
    negation_phrases: list![
        "anything but", "everything but", "all but", "other than", "apart from", "no longer",
        "any more", "far from", "sick of", "tired of", "fed up", "done with", "give up", "gave up",
        "given up", "opposite of", "is applying", "hes applying", "shes applying", "are applying",
        "is too", "are too", "was too", "work for me", "on it", "fired from", "got fired", "was fired", "sacked",
        "expires", "expiring", "until", "till", "day but", "but it",
    ],
    negating_ends: list!["free"],
    negation_tail: Some("t"),
    #[cfg(feature = "yaml")]
    doubts: list![
        "than", "hate", "hated", "hates", "dislike", "dislikes", "loathe", "despise", "regret",
        "joke", "joking", "kidding", "useless", "stupid", "idiot", "idiots", "dumb", "moron",
        "crap", "shit", "bullshit", "fuck", "fucking", "fucked", "damn", "bloody", "sucks", "suck",
        "piece", "wtf", "broken", "used", "previously", "quit", "quitted", "resigned", "retired",
        "failed", "lost", "rejected", "denied", "expired", "live", "lives", "living", "lived",
        "reside", "resides", "residing", "resident", "residents", "residence", "residency", "born",
        "raised", "speak", "speaks", "speaking", "spoken", "spoke", "speaker", "fluent",
        "language", "languages", "teach", "teaches", "cares", "married", "green", "card", "permit", "flying", "flight", "fly",
        "flew", "food", "restaurant", "cuisine", "accent", "ancestors", "ancestry", "descent",
        "heritage", "origin", "roots", "name", "named", "called", "nickname", "neighbour",
        "neighbor", "after", "afterwards", "previous", "whether", "suppose",
        "imagine", "waiting", "awaiting", "pending", "cancelled", "canceled", "valid", "example",
        "vs", "versus", "difference", "compare", "compared", "between",
    ],
    asking: list![
        "what is", "whats", "what are", "what does", "what do you", "what did", "what was",
        "what about", "what if", "what happens", "what s", "who is", "whos", "who are", "who was",
        "who won", "who invented", "why", "how much", "how many", "how long", "how old", "how does", "how is", "how are", "how was", "how expensive",
        "how come", "does", "did you", "do you", "do they", "are you", "are they", "are there",
        "is this", "is that", "is there", "is it", "will this", "will it", "was it", "have you",
        "what can i do", "when can",
        "tell me what", "tell me about", "tell me more", "tell me why", "explain", "define",
        "definition of", "meaning of", "describe", "whats the", "difference between", "when is",
        "when does", "when are", "when was", "where is", "where are", "where was", "which is",
        "which one is", "is the", "are the",
    ],
    question_words: list![
        "what", "whats", "which", "who", "whos", "whose", "how", "when", "where", "why", "does",
        "is", "are", "did", "was",
    ],
    #[cfg(feature = "yaml")]
    relatives: list![
        "boss", "employer", "company", "colleague", "neighbour", "neighbor", "ex", "roommate", "teacher", "doctor",
    ],
    #[cfg(feature = "yaml")]
    kin: list![
        "wife", "husband", "spouse", "partner", "girlfriend", "boyfriend", "mother", "father",
        "mum", "mom", "dad", "parents", "brother", "sister", "son", "daughter", "child",
        "children", "kids", "friend", "friends", "uncle", "aunt", "cousin", "cousins",
        "grandmother", "grandfather", "grandma", "grandpa", "grandparents", "family", "fiance",
        "fiancee", "nan", "nana", "gran", "granny", "grandad", "granddad", "niece", "nephew",
        "grandson", "granddaughter", "grandchildren", "relative", "relatives", "mate", "mates",
        "gf", "bf", "hubby", "auntie", "mummy", "daddy",
    ],
    #[cfg(feature = "yaml")]
    says_of: list![
        "is", "was", "are", "were", "has", "had", "have", "holds", "comes", "came", "hasnt",
        "isnt",
    ],
    told: &TOLD,
    comparisons: list![
        "more", "over", "above", "beyond", "exceeding", "least", "minimum", "min", "plus",
        "longer", "less", "under", "below", "fewer", "shorter", "+", "<", ">", "\u{2264}",
        "\u{2265}", "up", "max", "maximum", "exceeds", "greater", "smaller", "upwards", "almost",
        "nearly", "approximately", "roughly",
    ],
    #[cfg(feature = "yaml")]
    numerals: list![
        "a", "an", "half", "few", "several", "couple", "zero", "one", "two", "three", "four",
        "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen", "fifteen",
        "eighteen", "twenty", "thirty", "first", "second", "third", "fourth", "fifth", "sixth",
        "seventh", "eighth", "ninth", "tenth", "last", "1st", "2nd", "3rd", "4th", "5th", "6th",
        "7th", "8th", "9th", "10th", "thirteen", "fourteen", "sixteen", "seventeen", "nineteen",
        "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million",
        "eleventh", "twelfth", "11th", "12th",
    ],
    amounts: &AMOUNTS,
    alike: list!["aeiouy", "cksz", "gj", "bv"],
    sounds: list!["kch", "fph", "kck"],
    #[cfg(feature = "yaml")]
    common: COMMON,
    #[cfg(feature = "yaml")]
    reading: Some(READING),
    number_words: list!["option", "number", "answer", "no", "nr", "choice"],
    ordinals: list!["first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th"],
    last: list!["last", "latter"],
    picked: list!["one", "option", "answer", "choice", "please"],
    not_one_of_them: list![
        "neither", "none", "neither of them", "neither of these", "neither of those", "none of them", "none of these",
        "none of those", "both", "both of them", "all of them", "either", "either one",
    ],
    miss_offer: "Sorry, I didn't understand that. Shall we start again? Say \"yes\", or answer the question:",
    miss: "Sorry, I didn't understand that.",
    did_you_mean: "Did you mean {}?",
    or: " or ",
    did_you_mean_one: "Did you mean one of these?",
    ended: [
        "That was the end.",
        "That was the end. Say \"{}\" for another question.",
        "That was the end. Say \"{}\" to change your last answer.",
        "That was the end. Say \"{}\" for another question, or \"{}\" to change your last answer.",
    ],
    help_text: [
        "Choose an answer, or type it or its number.",
        "Choose an answer, or type it or its number. You can also say \"{}\".",
        "Choose an answer, or type it or its number. You can also say \"{}\".",
        "Choose an answer, or type it or its number. You can also say \"{}\" or \"{}\".",
    ],
    took_as: "I took that as {}.",
    changed: "This conversation has been updated since, and that question has changed.",
    automated: "I am a bot: no human answers here.",
    unsupported: "Sorry, I can only read text and buttons.",
    forget_ask: "Shall I delete everything I have stored about this conversation? Say \"yes\" to delete it.",
    forgotten: "Everything I had stored about this conversation is deleted.",
    forgetting: "Everything I had stored about this conversation is being deleted. None of it is used any more, and the last of it is gone after some hours.",
    not_forgotten: "Nothing was deleted.",
    start_again_label: "Start again",
    back_label: "Back",
    more_label: "More…",
    forget_label: "Delete my data",
    yes_or_no: ["Yes", "No"],
};

#[rustfmt::skip]
static TOLD: ToldWords = ToldWords {
    me: list!["i", "im", "ive", "id", "ill", "me", "my", "we", "our", "us"],
    my: list!["my", "our"],
    your: list!["your", "ur"],
    on: "on",
    third_person: list!["it", "this", "that", "he", "she"],
    how_to: list!["how to", "where to", "when to", "what to"],
    purposes: list![
        "purpose", "reason", "goal", "aim", "dream", "intention", "nationality", "citizenship",
        "country", "profession", "occupation", "field", "subject", "choice", "answer", "duration",
        "length",
    ],
    praise: list![
        "good", "nice", "great", "excellent", "amazing", "brilliant", "wonderful", "perfect",
        "lovely",
    ],
    people: list![
        "citizen", "citizens", "national", "nationals", "passport", "holder", "person", "people",
        "man", "woman", "guy", "girl", "boy", "lady", "male", "female", "tourist", "student",
    ],
    verb_ends: list!["ed", "ing"],
    ahead: list!["will"],
    past: list!["been", "had", "did", "last", "was", "were"],
    past_end: "ed",
    with: "with",
    about: list!["in"],
    was: list!["was"],
    was_asked: list!["did", "was", "were", "had", "has", "have", "happened"],
    opposites: &[("up", "down"), ("left", "right"), ("inside", "outside"), ("hot", "cold")],
    ways: &[("from", "to"), ("to", "from")],
    origins: list![
        "passport", "passports", "nationality", "nationalities", "citizenship", "citizen", "national", "status",
    ],
    toward: list![
        "to", "in", "into", "for", "through", "via", "at", "near", "visit", "visiting", "enter", "entering", "leaving",
    ],
    not_yet: list!["becoming", "become", "applied", "almost", "half", "soon"],
    then: "then",
    article: list!["a", "an", "the"],
};
