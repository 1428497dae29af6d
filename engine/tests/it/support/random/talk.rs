//! Random conversations.

use treebot::{Effect, Event, History, HostEvent, Input, InputKind, Millis, Recorded, Reply, Tree};

use super::{Dice, varied};
use crate::support::{Person, answers};

/// What somebody has seen and said so far.
#[derive(Default)]
pub(crate) struct Talk {
    /// All buttons there ever were: their labels and codes.
    buttons: Vec<(String, String)>,
    /// All that was delivered.
    delivered: Vec<Input>,
}

/// Somebody who says this and that for so many turns: labels and what else may be typed, numbers,
/// things the bot does not know, commands, old buttons; some of it late, some of it twice.
pub(crate) fn talk(tree: &Tree, dice: &mut Dice, turns: usize) -> Person {
    let mut person = Person::new();
    person.start(tree);
    let mut talk = Talk::default();
    for _ in 0..turns {
        talk.go_on(tree, &mut person, dice);
    }
    person
}

impl Talk {
    /// One more input of any kind, and the reply to it.
    pub(crate) fn go_on<'t>(
        &mut self,
        tree: &'t Tree,
        person: &mut Person,
        dice: &mut Dice,
    ) -> Reply<'t> {
        self.go_on_knowing(tree, tree, person, dice)
    }

    /// The same, by somebody who knows what may be typed from the tree of the source: a compiled one tells not all of it.
    pub(crate) fn go_on_knowing<'t>(
        &mut self,
        source: &Tree,
        tree: &'t Tree,
        person: &mut Person,
        dice: &mut Dice,
    ) -> Reply<'t> {
        let Some(kind) = self.next(source, tree, person, dice) else {
            let at = Millis(person.now);
            let muted = Recorded::Host(HostEvent::MutedUntil(Millis(at.0 + 5)));
            let last = person.last().clone();
            let event = Event { at, id: "host".to_owned(), input: muted, place: None, ..last };
            person.history.insert(event);
            return treebot::current(tree, &person.history).unwrap();
        };
        let input = match dice.below(20) {
            // It comes late: after something that was said long ago.
            0 => {
                let at =
                    1 + i64::try_from(dice.below(usize::try_from(person.now).unwrap())).unwrap();
                // Each message has an id of its own.
                Input { at: Millis(at), id: format!("m{at}late{}", self.delivered.len()), kind }
            }
            // What was delivered is delivered again.
            1 if !self.delivered.is_empty() => dice.pick(&self.delivered).unwrap().clone(),
            _ => person.next(kind),
        };
        let turn = person.hear(tree, &input);
        self.delivered.push(input);
        if turn.effect == Effect::Forget {
            // The host deletes everything.
            person.history = History::new();
            self.delivered.clear();
            return person.start(tree).reply;
        }
        turn.reply
    }

    /// What somebody might say next.
    pub(crate) fn kind(&mut self, tree: &Tree, person: &Person, dice: &mut Dice) -> InputKind {
        self.next(tree, tree, person, dice).unwrap_or(InputKind::Help)
    }

    /// What somebody might say next; none for something that the host has to remember.
    fn next(
        &mut self,
        source: &Tree,
        tree: &Tree,
        person: &Person,
        dice: &mut Dice,
    ) -> Option<InputKind> {
        let choices: Vec<(String, String)> = treebot::current(tree, &person.history)
            .unwrap()
            .choices
            .iter()
            .map(|choice| (choice.label.to_string(), choice.code.as_str().to_owned()))
            .collect();
        self.buttons.extend(choices.iter().cloned());
        let press = |(label, code): &(String, String)| InputKind::Tap {
            code: code.clone(),
            title: Some(label.clone()),
        };
        let place = treebot::resolve(tree, person.history.trail().unwrap()).place.node;
        let answer = dice.pick(&answers(source, place)).cloned();
        let typed = answer.map_or_else(String::new, |answer| {
            let names: Vec<String> =
                [answer.key, answer.label].into_iter().chain(answer.also).collect();
            dice.pick(&names).unwrap().clone()
        });
        Some(match dice.below(24) {
            0 | 1 => InputKind::Back,
            2 => InputKind::Text((*dice.pick(&NONSENSE).unwrap()).to_owned()),
            3 if dice.chance(30) => InputKind::Restart,
            4 => press(dice.pick(&self.buttons)?),
            5 => InputKind::Text(format!(
                "{}{}",
                dice.pick(&["", "#", "option "]).unwrap(),
                dice.below(6)
            )),
            6 => InputKind::Text((*dice.pick(&SAID).unwrap()).to_owned()),
            7 => InputKind::Text(format!("I think {typed}, please")),
            8 => InputKind::Text(typed.split(' ').next().unwrap_or_default().to_owned()),
            9 if dice.chance(50) => InputKind::Unsupported,
            10 if dice.chance(30) => InputKind::Help,
            11 if dice.chance(30) => {
                let name = person.last().id.clone();
                InputKind::Start { at_node: dice.chance(50).then_some(name) }
            }
            12 if dice.chance(30) => return None,
            13 => InputKind::Tap {
                code: "CARE_HELP".to_owned(),
                title: dice.chance(50).then_some(typed),
            },
            14..=17 => InputKind::Text(varied(&typed, dice)),
            _ => match dice.pick(&choices) {
                Some(choice) => press(choice),
                None => InputKind::Text(typed),
            },
        })
    }
}

const NONSENSE: [&str; 6] =
    ["what is this?", "", " \u{200b}\n", "ждать", "🤷", "0x1F \u{0} \\\" ‹9›"];

const SAID: [&str; 11] = [
    "Zuruck!",
    "yes",
    "no",
    "hello",
    "back",
    "start again",
    "help",
    "delete my data",
    "Yes!",
    "none of these",
    "the first one",
];
