//! Compiled trees: the same conversations without the source, and nothing that harms in bytes from anywhere.

use treebot::{
    CompiledError, History, Input, InputKind, Millis, StepOutcome, Tree, TurnOptions, load,
    resolve, turn,
};

use crate::support::{Person, shown};
use crate::trees::{source, visa};

const SMALL: &str = "
title: Ümläute & Co.
about: Small.
help: Say something.
commands: {back: [retour], help: []}
say: [Which?, {image: https://example.org/a.png, alt: a light}]
answers:
  yes: {say: Sure?, answers: {1: One., 2: {goto: end}}, unclear: [What?, Eh?], goto: end}
  no: {label: No way, also: [café, US], was: [nope], goto: shared}
nodes:
  shared: {was: [common], say: Shared., answers: {a: {goto: start}, b: B.}, offer: false, else: {goto: end}}
  end: The end.
";

fn small() -> Tree {
    load(SMALL).tree.unwrap()
}

#[test]
fn a_compiled_tree_is_the_tree() {
    for name in ["uk-visa.yaml", "coffee-machine.yaml", "cave.yaml", "first.yaml"] {
        let tree = load(&source(name)).tree.unwrap();
        let bytes = tree.compile();
        let read = Tree::from_compiled(&bytes).unwrap();
        assert_eq!(read.compile(), bytes, "{name}");
        assert_eq!(read.source_digest(), tree.source_digest());
        assert_eq!(read.title(), tree.title());
        assert!(read.nodes().eq_by_debug(tree.nodes()), "{name}");
    }
}

#[test]
fn a_conversation_over_a_compiled_tree_is_the_same() {
    let (loaded, tree) = (visa(), Tree::from_compiled(&visa().compile()).unwrap());
    let (mut one, mut other) = (Person::new(), Person::new());
    one.start(&loaded);
    other.start(&tree);
    for text in ["study", "I'd like a degree", "nope", "back", "2", "hm?", "start again", "transit"]
    {
        let (a, b) = (one.say(&loaded, text), other.say(&tree, text));
        assert_eq!(shown(&a.reply), shown(&b.reply), "{text}");
        assert_eq!(a.event, b.event, "{text}");
    }
}

#[test]
fn a_compiled_tree_knows_answers_by_their_other_names() {
    let named = "say: A or b?\nanswers: {a: {also: [first, one], say: A.}, b: {was: [c], say: B.}}";
    let other = "say: A or b?\nanswers: {first: One., c: See.}";
    let (named, other) = (load(named).tree.unwrap(), load(other).tree.unwrap());
    let read = Tree::from_compiled(&named.compile()).unwrap();
    let reply = Person::new().start(&other).reply;
    assert_eq!(reply.choices.len(), 2);
    for choice in reply.choices {
        let trail = treebot::PlaceCode::decode(choice.code.as_str()).unwrap().trail;
        let (found, same) = (resolve(&read, &trail), resolve(&named, &trail));
        assert_eq!(found.report, same.report);
        assert_eq!(found.report.steps[0].outcome, StepOutcome::Alias, "{}", choice.label);
    }
}

/// Most `also` are not written as texts, since their words are there; none is forgotten for that.
#[test]
fn a_compiled_tree_knows_every_other_name_of_the_visa_tree() {
    let loaded = visa();
    let read = Tree::from_compiled(&loaded.compile()).unwrap();
    let (mut asked, mut aliases) = (0, 0);
    for node in loaded.nodes().filter(|node| node.is_question()) {
        let names: Vec<&str> = node.answers().flat_map(|answer| answer.also()).collect();
        // Whoever gave an answer that was called so, at a question with just this answer.
        for name in names.iter().step_by(23) {
            let Some(question) = node.name() else { continue };
            let quoted = name.replace('\'', "''");
            let source =
                format!("say: Hm?\nid: {question}\nanswers: {{'{quoted}': A., 'b c d e': B.}}");
            let Some(other) = load(&source).tree else { continue };
            let reply = Person::new().start(&other).reply;
            let code = treebot::PlaceCode::decode(reply.choices[0].code.as_str()).unwrap();
            let (found, same) = (resolve(&read, &code.trail), resolve(&loaded, &code.trail));
            assert_eq!(found.report, same.report, "{name}");
            asked += 1;
            aliases +=
                usize::from(found.report.steps.iter().any(|of| of.outcome == StepOutcome::Alias));
        }
    }
    assert!(asked > 100 && aliases > 50, "{aliases} of {asked}");
    let texts = |tree: &Tree| -> usize {
        tree.nodes().flat_map(|node| node.answers()).map(|answer| answer.also().len()).sum()
    };
    let (left, all) = (texts(&read), texts(&loaded));
    assert!(left * 20 < all, "{left} of {all}");
}

#[test]
fn the_same_source_compiles_to_the_same_bytes() {
    assert_eq!(small().compile(), small().compile());
}

#[test]
fn bytes_of_another_version_are_refused_as_such() {
    let mut bytes = small().compile();
    bytes[12] += 1;
    assert_eq!(Tree::from_compiled(&bytes).unwrap_err(), CompiledError::OtherVersion);
    assert_eq!(Tree::from_compiled(b"").unwrap_err(), CompiledError::Damaged);
    assert_eq!(Tree::from_compiled(b"say: hello").unwrap_err(), CompiledError::Damaged);
}

#[test]
fn a_part_of_a_compiled_tree_is_refused() {
    let bytes = small().compile();
    for end in 0..bytes.len() {
        assert!(Tree::from_compiled(&bytes[..end]).is_err(), "{end}");
    }
    assert!(Tree::from_compiled(&[bytes, vec![0]].concat()).is_err());
}

#[test]
fn a_damaged_compiled_tree_is_refused_or_does_no_harm() {
    let bytes = small().compile();
    let mut accepted = 0;
    for at in 16..bytes.len() {
        for value in [0, 1, 0x7f, 0xff, bytes[at].wrapping_add(1)] {
            let mut damaged = bytes.clone();
            damaged[at] = value;
            let Ok(tree) = Tree::from_compiled(&damaged) else { continue };
            accepted += 1;
            use_it(&tree);
        }
    }
    assert!(accepted > 100, "{accepted}");
}

/// Talks over a tree: whatever is in it, each turn comes to an end.
fn use_it(tree: &Tree) {
    let mut history = History::new();
    let texts = ["yes", "1", "no", "café", "zz", "us", "back", "help", "a", "start again", "the b"];
    for (at, text) in (0..).zip(texts) {
        let kind = InputKind::Text(text.to_owned());
        let input = Input { at: Millis(at), id: format!("{at}"), kind };
        let turn = turn(tree, &history, &input, &TurnOptions::default());
        for choice in &turn.reply.choices {
            let trail = treebot::PlaceCode::decode(choice.code.as_str()).unwrap().trail;
            let _ = resolve(tree, &trail).place.question();
        }
        history.insert(turn.event);
    }
    let _ = format!("{:?}", tree.nodes().collect::<Vec<_>>());
}

trait EqByDebug: Iterator + Sized {
    fn eq_by_debug(self, other: impl Iterator<Item = Self::Item>) -> bool
    where
        Self::Item: std::fmt::Debug,
    {
        self.map(|item| format!("{item:?}")).eq(other.map(|item| format!("{item:?}")))
    }
}

impl<I: Iterator> EqByDebug for I {}
