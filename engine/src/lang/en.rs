//! English.

use super::Pack;

pub(crate) static EN: Pack = Pack {
    tag: "en",
    back: &["back", "go back", "undo", "previous", "previous question", "go back please", "take that back"],
    restart: &[
        "start again", "restart", "start over", "begin again", "start from the beginning", "new conversation", "reset",
        "start", "get started", "menu", "main menu",
    ],
    help: &["help", "help me", "what can i say", "what can i do", "how does this work"],
    forget: &["delete my data", "delete my information", "delete my messages", "forget me", "erase my data", "remove my data"],
    yes_keys: &["yes", "y"],
    no_keys: &["no", "n"],
    yes: &[
        "yes", "y", "yeah", "yep", "yup", "yes please", "yea", "ya", "sure", "of course", "ok", "okay", "correct", "right",
        "thats right", "definitely", "absolutely", "certainly", "i am", "i do", "it is", "true", "please", "please do",
    ],
    no: &[
        "no", "n", "nope", "nah", "no thanks", "no thank you", "not really", "never", "im not", "i am not", "i dont", "i do not",
        "it isnt", "it is not", "false", "negative", "no way",
    ],
    unsure: &[
        "no idea", "no clue", "not sure", "unsure", "dont know", "do not know", "i dont know", "dunno", "no opinion", "maybe",
        "no preference", "it depends", "depends", "no one", "nobody", "no problem", "no worries", "yes and no",
    ],
    function_words: &[
        "a", "an", "the", "to", "or", "and", "for", "i", "im", "id", "ill", "ive", "me", "my", "mine", "we", "our", "us", "you",
        "your", "he", "she", "it", "its", "they", "them", "their", "this", "that", "these", "those", "is", "am", "are", "was",
        "were", "be", "been", "being", "do", "does", "did", "have", "has", "had", "will", "would", "can", "could", "should",
        "shall", "may", "might", "must", "in", "on", "at", "of", "by", "with", "from", "as", "into", "about", "so", "but", "if",
        "then", "than", "there", "here", "just", "please", "want", "like", "need", "going", "go", "get", "some", "any", "what",
        "which", "who", "how", "when", "where", "thats", "theres", "hi", "hello", "hey", "thanks", "thank", "well", "really",
        "very", "also", "too", "think", "plan", "planning", "hope", "hoping", "intend", "wish", "would", "let", "lets", "gonna",
        "wanna", "one", "kind", "sort", "because", "since", "now", "only", "s", "m", "t", "re", "ve", "ll", "d", "oh", "um", "er",
    ],
    negations: &[
        "not", "no", "never", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "wont", "cant", "cannot", "without", "except",
        "neither", "nor", "nothing", "none", "hardly", "instead", "rather", "excluding", "wouldnt", "couldnt", "shouldnt",
        "aint", "havent", "hasnt", "werent", "avoid", "stop",
    ],
    number_words: &["option", "number", "answer", "no", "nr", "choice"],
    miss_offer: "Sorry, I didn't understand that. Shall we start again? Say \"yes\", or answer the question:",
    miss: "Sorry, I didn't understand that.",
    did_you_mean: "Did you mean {}?",
    or: " or ",
    did_you_mean_one: "Did you mean one of these?",
    ended: "That was the end. Say \"start again\" for another question, or \"back\" to change your last answer.",
    help_text: "Choose an answer, or type it or its number. You can also say \"back\" or \"start again\".",
    changed: "This conversation has been updated since, and that question has changed.",
    unsupported: "Sorry, I can only read text and buttons.",
    forget_ask: "Shall I delete everything I have stored about this conversation? Say \"yes\" to delete it.",
    forgotten: "Everything I had stored about this conversation is deleted.",
    not_forgotten: "Nothing was deleted.",
    start_again_label: "Start again",
    back_label: "Back",
    more_label: "More…",
};
