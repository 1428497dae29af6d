//! From an input to its outcome.

use crate::code::PlaceCode;
use crate::digest::Digest;
use crate::matching::{self, Command, Decision, asks_yes_or_no, yes_no};
use crate::place::{MAX_WORDS, Start, Step, Trail};
use crate::resolve::{StepOutcome, resolved};
use crate::tree::{AnswerId, Tree};
use crate::walk::{Walk, record_of, walk};
use crate::{
    Asked, Effect, Event, Input, InputKind, Match, Message, Note, Pending, Recorded, Reply,
    ReplyKind, Tier, TurnOptions,
};

use super::say;

/// What one input comes to.
pub(super) struct Outcome {
    pub(super) walk: Walk,
    pub(super) reply: Reply,
    pub(super) effect: Effect,
    recorded: Recorded,
    matched: Option<Match>,
    misses: u8,
    pending: Pending,
}

/// Where a conversation stands in the tree as it is now.
pub(super) struct Here<'h> {
    pub(super) walk: Walk,
    event: Option<&'h Event>,
    all_kept: bool,
}

/// Understands one input after the newest event with a place, if there is one.
pub(super) fn take(
    tree: &Tree,
    before: Option<&Event>,
    input: &InputKind,
    options: TurnOptions,
) -> Outcome {
    let here = Here::at(tree, before);
    let mut outcome = match input {
        InputKind::Start { at_node } => start(tree, at_node.as_deref()),
        InputKind::Text(text) => typed(tree, &here, text, options),
        InputKind::Tap { code, title } => tap(tree, &here, code, title.as_deref(), options),
        InputKind::Back => command(tree, &here, Command::Back, options),
        InputKind::Restart => command(tree, &here, Command::Restart, options),
        InputKind::Help => command(tree, &here, Command::Help, options),
        InputKind::Forget => command(tree, &here, Command::Forget, options),
        InputKind::Unsupported => unsupported(tree, &here, options),
    };
    outcome.recorded = match input {
        InputKind::Start { .. } => Recorded::Start,
        InputKind::Text(text) => Recorded::Text(cut(text)),
        InputKind::Tap { title, .. } => {
            // The words of the last answer, where the channel did not say what was pressed.
            let words = title
                .clone()
                .or_else(|| outcome.walk.path().last().and_then(|taken| taken.step.words.clone()));
            Recorded::Tap(cut(&words.unwrap_or_default()))
        }
        InputKind::Back => Recorded::Back,
        InputKind::Restart => Recorded::Restart,
        InputKind::Help => Recorded::Help,
        InputKind::Forget => Recorded::Forget,
        InputKind::Unsupported => Recorded::Unsupported,
    };
    outcome
}

impl<'h> Here<'h> {
    /// Where the newest event leads now; the start, if there is none.
    pub(super) fn at(tree: &Tree, event: Option<&'h Event>) -> Self {
        let root = Trail::root();
        let trail = event.and_then(|event| event.place.as_ref()).unwrap_or(&root);
        let walk = walk(tree, trail);
        let all_kept = resolved(tree, trail, &walk).report.all_kept();
        Self { walk, event, all_kept }
    }

    /// Whether the question that was asked is not the one that waits now.
    pub(super) fn has_changed(&self, tree: &Tree) -> bool {
        let node = tree.node(self.walk.place);
        let asks = Asked { name: node.names.first().copied(), words: node.words };
        // Whatever became of the way there, this is the very question that was asked.
        if node.is_question() && self.event.and_then(|event| event.asked) == Some(asks) {
            return false;
        }
        if !self.all_kept {
            return true;
        }
        match self.event.map(|event| event.asked) {
            None => false,
            Some(None) => node.is_question(),
            Some(Some(asked)) => {
                let renamed = match asked.name {
                    Some(name) => !node.names.contains(&name) && tree.find(name).is_some(),
                    None => false,
                };
                renamed || !node.is_question()
            }
        }
    }

    /// Whether the question's words are those that were asked, or it was asked by name.
    fn same_words(&self, tree: &Tree) -> bool {
        let node = tree.node(self.walk.place);
        match self.event.and_then(|event| event.asked) {
            None => true,
            Some(asked) => {
                asked.words == node.words
                    || asked.name.is_some_and(|name| node.names.contains(&name))
            }
        }
    }

    /// The answers of a question back ("Did you mean …?") that is still open.
    pub(super) fn short_list(&self, tree: &Tree) -> Option<Vec<AnswerId>> {
        let event = self.event?;
        let asked_back = event.matched.as_ref().is_some_and(|matched| {
            matched.answer.is_none() && !matched.rivals.is_empty() && !event.shown.is_empty()
        });
        if !asked_back || !self.same_words(tree) {
            return None;
        }
        let node = tree.node(self.walk.place);
        event.shown.iter().map(|key| node.keyed(*key)).collect()
    }

    /// What was shown when the question was asked; with `sees_current`, what [`current`](super::current)
    /// shows.
    fn shown(&self, tree: &Tree, options: TurnOptions) -> Vec<Digest> {
        let node = tree.node(self.walk.place);
        match self.event {
            Some(event) if !options.sees_current || self.short_list(tree).is_some() => {
                event.shown.clone()
            }
            Some(_) | None if node.offer => {
                node.answers.iter().map(|answer| answer.digest).collect()
            }
            Some(_) | None => Vec::new(),
        }
    }
}

/// Begins at a named node, or at the root.
fn start(tree: &Tree, at_node: Option<&str>) -> Outcome {
    let named =
        at_node.map(Digest::of).filter(|name| tree.find(*name).is_some_and(|id| id != Tree::ROOT));
    let trail = Trail { start: named.map_or(Start::Root, Start::Named), ..Trail::root() };
    begin(tree, walk(tree, &trail))
}

/// Says what is said at the start of a walk.
fn begin(tree: &Tree, walk: Walk) -> Outcome {
    let messages = say::passage(tree, &walk.opening, walk.place);
    let reply = say::reply(tree, &walk, say::place_kind(tree, &walk), messages, None);
    Outcome::new(walk, reply)
}

/// Something typed.
fn typed(tree: &Tree, here: &Here<'_>, text: &str, options: TurnOptions) -> Outcome {
    let whole_command = matching::command(tree, text);
    let node = tree.node(here.walk.place);
    if whole_command == Some(Command::Forget) && !matching::is_answer(tree, node, text) {
        return command(tree, here, Command::Forget, options).matched(Tier::Command);
    }
    let Some(event) = here.event else { return first(tree, here, text, options) };
    // "right" may be a way to go.
    let is_answer = matching::is_answer(tree, node, text);
    if event.pending == Pending::Forget && (!is_answer || asks_yes_or_no(node)) {
        match yes_no(tree.pack, text) {
            Some(true) => return forgotten(tree).matched(Tier::Command),
            Some(false) => return not_forgotten(tree, here).matched(Tier::Command),
            None => {}
        }
    }
    if !options.sees_current && here.has_changed(tree) {
        return match whole_command {
            Some(given) => command(tree, here, given, options).matched(Tier::Command),
            None => Outcome::new(
                here.walk.clone(),
                say::ask(tree, &here.walk, Some(say::changed(tree))),
            ),
        };
    }
    if !node.is_question() {
        return match whole_command {
            Some(given) => command(tree, here, given, options).matched(Tier::Command),
            None => ended(tree, here),
        };
    }
    if event.pending == Pending::Restart && !is_answer {
        match yes_no(tree.pack, text) {
            Some(true) => {
                return command(tree, here, Command::Restart, options).matched(Tier::Command);
            }
            Some(false) => {
                return Outcome::new(here.walk.clone(), say::ask(tree, &here.walk, None))
                    .matched(Tier::Command);
            }
            None => {}
        }
    }
    match matching::decide(tree, node, text, &here.shown(tree, options)) {
        Decision::Answer { answer, tier } => {
            let means_something = node.answer(answer).is_some_and(|answer| answer.means_something);
            if !means_something && !options.sees_current && !here.same_words(tree) {
                return Outcome::new(
                    here.walk.clone(),
                    say::ask(tree, &here.walk, Some(say::changed(tree))),
                );
            }
            // A number stands for the label that it was shown with.
            let words = if tier == Tier::Number { None } else { whole(text) };
            let key = node.answer(answer).map(|answer| answer.key.clone());
            answered(tree, &here.walk, Some(answer), words, Vec::new()).with_match(Match {
                tier,
                answer: key,
                rivals: Vec::new(),
            })
        }
        Decision::AskBack { tier, rivals } => {
            let keys = rivals
                .iter()
                .filter_map(|id| node.answer(*id))
                .map(|answer| answer.key.clone())
                .collect();
            let reply = say::ask_back(tree, &here.walk, &rivals);
            Outcome::new(here.walk.clone(), reply).with_match(Match {
                tier,
                answer: None,
                rivals: keys,
            })
        }
        Decision::Command(given) => command(tree, here, given, options).matched(Tier::Command),
        Decision::Nothing => missed(tree, here, text),
    }
}

/// The first text of a conversation: a greeting, and its answer if it is one beyond doubt.
fn first(tree: &Tree, here: &Here<'_>, text: &str, options: TurnOptions) -> Outcome {
    let node = tree.node(here.walk.place);
    let decided =
        if options.first_text_answers { matching::beyond_doubt(tree, node, text) } else { None };
    let Some((answer, tier)) = decided else {
        return begin(tree, here.walk.clone());
    };
    let greeting = say::passage(tree, &here.walk.opening, here.walk.place);
    let key = node.answer(answer).map(|answer| answer.key.clone());
    answered(tree, &here.walk, Some(answer), whole(text), greeting).with_match(Match {
        tier,
        answer: key,
        rivals: Vec::new(),
    })
}

/// Takes an answer (the `else`, if none) of the question where a walk has led.
fn answered(
    tree: &Tree,
    walked: &Walk,
    answer: Option<AnswerId>,
    words: Option<String>,
    before: Vec<Message>,
) -> Outcome {
    let mut trail = walked.trail();
    let label = answer
        .and_then(|id| tree.node(walked.place).answer(id))
        .and_then(|answer| whole(&answer.label));
    trail.steps.push(record_of(tree, walked.place, answer, words.or(label)));
    arrive(tree, &trail, before)
}

/// Walks a trail whose last step is new, and says what follows it.
fn arrive(tree: &Tree, trail: &Trail, mut messages: Vec<Message>) -> Outcome {
    let walked = walk(tree, trail);
    let new = trail.steps.len().saturating_sub(1);
    if trail.steps.is_empty() {
        messages.extend(say::passage(tree, &walked.opening, walked.place));
    }
    // Answers given before to questions that are reached now follow at once.
    for taken in walked.taken.iter().filter(|taken| taken.record >= new) {
        messages.extend(say::passage(tree, &taken.passage, walked.place));
    }
    let reply = say::reply(tree, &walked, say::place_kind(tree, &walked), messages, None);
    Outcome::new(walked, reply)
}

/// A button, quick reply or link: the place comes from its code alone.
fn tap(
    tree: &Tree,
    here: &Here<'_>,
    code: &str,
    title: Option<&str>,
    options: TurnOptions,
) -> Outcome {
    let as_text = || match title {
        Some(title) => typed(tree, here, title, options),
        None if here.event.is_none() => begin(tree, here.walk.clone()),
        None => Outcome::new(here.walk.clone(), say::ask(tree, &here.walk, None)),
    };
    let Ok(decoded) = PlaceCode::decode(code) else { return as_text() };
    let mut trail = decoded.trail;
    known_words(&mut trail, here, title);
    let walked = walk(tree, &trail);
    let report = resolved(tree, &trail, &walked).report;
    let exactly = report.start_kept
        && report
            .steps
            .iter()
            .all(|step| matches!(step.outcome, StepOutcome::Kept | StepOutcome::Alias));
    // A tree that was renamed is still the same tree; one that only looks alike is not.
    let is_ours = decoded.tree == Digest::of(tree.name()) || (exactly && !trail.steps.is_empty());
    if !is_ours {
        return as_text();
    }
    if report.all_kept() {
        return arrive(tree, &trail, Vec::new());
    }
    let reply = say::ask(tree, &walked, Some(say::changed(tree)));
    Outcome::new(walked, reply)
}

/// Gives the steps of a code the words that are known for them: codes carry none.
fn known_words(trail: &mut Trail, here: &Here<'_>, title: Option<&str>) {
    let known = here.event.and_then(|event| event.place.as_ref());
    let same = |number: usize, step: &Step| {
        known
            .and_then(|known| known.steps.get(number))
            .filter(|other| *other == step)
            .and_then(|other| other.words.clone())
    };
    let last = trail.steps.len();
    for (number, step) in trail.steps.iter_mut().enumerate() {
        let pressed = if number + 1 == last { title.and_then(whole) } else { None };
        step.words = pressed.or_else(|| same(number, step));
    }
}

fn command(tree: &Tree, here: &Here<'_>, command: Command, options: TurnOptions) -> Outcome {
    let changed = !options.sees_current && here.event.is_some() && here.has_changed(tree);
    let note: Option<Note> = changed.then(|| say::changed(tree));
    match command {
        Command::Forget => {
            let reply = say::ask_to_forget(tree, &here.walk);
            Outcome { pending: Pending::Forget, ..Outcome::new(here.walk.clone(), reply) }
        }
        // Before anything was said there is nothing else to do than to begin.
        _ if here.event.is_none() => begin(tree, here.walk.clone()),
        Command::Restart => begin(tree, walk(tree, &Trail::root())),
        Command::Back => {
            let mut trail = here.walk.trail();
            trail.steps.pop();
            let walked = walk(tree, &trail);
            let reply = say::ask(tree, &walked, note);
            Outcome::new(walked, reply)
        }
        Command::Help => {
            let mut messages = vec![say::text(tree.help.as_deref().unwrap_or(tree.pack.help_text))];
            messages.extend(say::again(tree, &here.walk));
            let reply = say::reply(tree, &here.walk, ReplyKind::Info, messages, note);
            Outcome {
                misses: here.event.map_or(0, |event| event.misses),
                ..Outcome::new(here.walk.clone(), reply)
            }
        }
    }
}

/// Something that cannot be read.
fn unsupported(tree: &Tree, here: &Here<'_>, options: TurnOptions) -> Outcome {
    if here.event.is_none() {
        return begin(tree, here.walk.clone());
    }
    let changed = !options.sees_current && here.has_changed(tree);
    let mut messages = vec![say::text(tree.pack.unsupported)];
    messages.extend(say::again(tree, &here.walk));
    let reply = say::reply(
        tree,
        &here.walk,
        ReplyKind::Info,
        messages,
        changed.then(|| say::changed(tree)),
    );
    Outcome::new(here.walk.clone(), reply)
}

/// Something typed after an end.
fn ended(tree: &Tree, here: &Here<'_>) -> Outcome {
    let messages = vec![say::text(tree.ended.as_deref().unwrap_or(tree.pack.ended))];
    let reply = say::reply(tree, &here.walk, ReplyKind::End, messages, None);
    Outcome::new(here.walk.clone(), reply).matched(Tier::None)
}

/// Nothing was understood: the question's `else`, or what it says when it does not understand.
fn missed(tree: &Tree, here: &Here<'_>, text: &str) -> Outcome {
    let node = tree.node(here.walk.place);
    let misses = here.event.map_or(0, |event| event.misses);
    let otherwise = node.otherwise.map(|id| tree.node(id));
    if otherwise.is_some_and(|node| node.is_question() || node.goto.is_some()) {
        return answered(tree, &here.walk, None, whole(text), Vec::new()).matched(Tier::None);
    }
    let (mut messages, pending) = match (otherwise, author_says(&node.unclear, misses)) {
        (Some(otherwise), _) => (otherwise.say.clone(), Pending::Nothing),
        (None, Some(unclear)) => (vec![say::text(unclear)], Pending::Nothing),
        (None, None) if asks_yes_or_no(node) => (vec![say::text(tree.pack.miss)], Pending::Nothing),
        (None, None) => (vec![say::text(tree.pack.miss_offer)], Pending::Restart),
    };
    messages.extend(say::again(tree, &here.walk));
    let reply = say::reply(tree, &here.walk, ReplyKind::Unclear, messages, None);
    Outcome { misses: misses.saturating_add(1), pending, ..Outcome::new(here.walk.clone(), reply) }
        .matched(Tier::None)
}

/// What the author says at this miss: the first, the second …, the last again and again.
fn author_says(unclear: &[String], misses: u8) -> Option<&str> {
    unclear.get(usize::from(misses)).or_else(|| unclear.last()).map(String::as_str)
}

/// Everything about the person is to be deleted.
fn forgotten(tree: &Tree) -> Outcome {
    let walked = walk(tree, &Trail::root());
    let reply = say::offering(
        tree,
        &walked,
        ReplyKind::Info,
        vec![say::text(tree.pack.forgotten)],
        None,
        &[],
    );
    Outcome { effect: Effect::Forget, ..Outcome::new(walked, reply) }
}

fn not_forgotten(tree: &Tree, here: &Here<'_>) -> Outcome {
    let mut messages = vec![say::text(tree.pack.not_forgotten)];
    messages.extend(say::again(tree, &here.walk));
    let reply = say::reply(tree, &here.walk, ReplyKind::Info, messages, None);
    Outcome::new(here.walk.clone(), reply)
}

/// A text that is kept with a step: all of it or nothing, as half of it may fit another answer.
fn whole(text: &str) -> Option<String> {
    (text.chars().count() <= MAX_WORDS).then(|| text.to_owned())
}

/// The first 200 characters.
fn cut(text: &str) -> String {
    text.chars().take(MAX_WORDS).collect()
}

impl Outcome {
    fn new(walk: Walk, reply: Reply) -> Self {
        Self {
            walk,
            reply,
            effect: Effect::None,
            recorded: Recorded::Start,
            matched: None,
            misses: 0,
            pending: Pending::Nothing,
        }
    }

    fn matched(self, tier: Tier) -> Self {
        if self.matched.is_some() {
            self
        } else {
            self.with_match(Match { tier, answer: None, rivals: Vec::new() })
        }
    }

    fn with_match(self, matched: Match) -> Self {
        Self { matched: Some(matched), ..self }
    }

    /// The turn as it is remembered.
    pub(super) fn event(&self, tree: &Tree, input: &Input) -> Event {
        let node = tree.node(self.walk.place);
        let note = self.reply.note.iter().map(|note| Message::Text(note.text.clone()));
        Event {
            at: input.at,
            id: input.id.clone(),
            input: self.recorded.clone(),
            matched: self.matched.clone(),
            place: Some(self.walk.trail()),
            asked: node
                .is_question()
                .then(|| Asked { name: node.names.first().copied(), words: node.words }),
            shown: say::shown(tree, &self.walk, &self.reply),
            misses: self.misses,
            pending: self.pending,
            said: note.chain(self.reply.messages.iter().cloned()).collect(),
        }
    }
}
