//! What was written once is read for ever: every file in `golden/` is as it was, is read, and means
//! what it meant.
//!
//! A file is called `<what>-v<version>`; a new version gets new files, and `DIGESTS.txt` their lines.
//! `WRITE_GOLDEN=1` writes what is missing, and changes nothing that is there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use treebot::{
    Bundle, BundleError, CompiledError, Digest, Event, History, InputKind, PlaceCode, Start, Step,
    StepAnswer, Trail, Tree, resolve,
};

use super::support::{Person, answers, questions, tree, words};

const DIGESTS: &str = "DIGESTS.txt";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn text(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

/// All golden files but the list of their digests, by name.
fn files() -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let named = files.map(|path| {
        (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())
    });
    named.filter(|(name, _)| name != DIGESTS).collect()
}

/// What a file is of, and its version: `codes-v1.txt` is of codes, version 1.
fn kind(name: &str) -> (&str, u32) {
    let (what, rest) = name.split_once("-v").unwrap();
    let digits = rest.split(['.', '-']).next().unwrap();
    (what, digits.parse().unwrap())
}

#[test]
fn nobody_has_changed_a_golden_file() {
    let mut listed: BTreeMap<String, String> = text(DIGESTS)
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .map(|(digest, name)| (name.to_owned(), digest.to_owned()))
        .collect();
    let mut list = String::new();
    for (name, bytes) in files() {
        let digest: String =
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(list, "{digest}  {name}").unwrap();
        match listed.remove(&name) {
            Some(old) => {
                assert_eq!(digest, old, "{name} has changed: a new version gets a new file")
            }
            None => {
                assert!(std::env::var_os("WRITE_GOLDEN").is_some(), "{name} is not in {DIGESTS}")
            }
        }
    }
    assert!(listed.is_empty(), "gone: {listed:?}");
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        fs::write(folder().join(DIGESTS), list).unwrap();
    }
}

#[test]
fn every_golden_file_is_read() {
    let mut kinds: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (name, bytes) in files() {
        let (what, version) = kind(&name);
        kinds.entry(what.to_owned()).or_default().push(version);
        let text = || String::from_utf8(bytes.clone()).unwrap();
        match what {
            "codes" => read_codes(&text()),
            "digests" => read_digests(&text()),
            "event" => read_events(&text()),
            "history" => read_history(&text()),
            "compiled" => read_compiled(&bytes, version),
            "bundle" => read_bundle(&bytes),
            "places" => assert!(name.ends_with(".txt") || tree(&text()).len() > 1),
            _ => assert!(name.is_empty(), "nothing reads {name}"),
        }
    }
    let known: Vec<&str> = kinds.keys().map(String::as_str).collect();
    for needed in ["bundle", "codes", "compiled", "digests", "event", "history", "places"] {
        assert!(known.contains(&needed), "no golden file of {needed}");
    }
    // Of every version up to the newest; of compiled trees, of which only that is read, since they are kept.
    for (what, versions) in kinds {
        let (oldest, newest) = match what.as_str() {
            "compiled" => (2, compiled_version(&tree(&text("places-v1.yaml")).compile())),
            _ => (1, *versions.iter().max().unwrap()),
        };
        assert!(
            (oldest..=newest).all(|version| versions.contains(&version)),
            "{what}: {versions:?}"
        );
    }
}

/// Blocks of a tree's name, steps and their code: it says just that.
fn read_codes(text: &str) {
    for block in text.trim_end().split("\n\n") {
        let (mut trail, mut tree, mut code) = (Trail::root(), "", "");
        for line in block.lines() {
            match line.split_once(' ').unwrap() {
                ("tree", name) => tree = name,
                ("start", name) => trail.start = Start::Named(Digest::of(name)),
                ("step", written) => trail.steps.push(step(written)),
                ("ahead", written) => trail.ahead.push(step(written)),
                ("code", written) => code = written,
                other => assert_eq!(other.0, "", "{block}"),
            }
        }
        let decoded = PlaceCode::decode(code).unwrap();
        assert_eq!((decoded.tree, decoded.trail), (Digest::of(tree), trail), "{block}");
    }
}

/// `[the question's name, the answer's key, the question's words]`
fn step(written: &str) -> Step {
    let (question, answer, words): (Option<String>, String, Option<String>) =
        serde_json::from_str(written).unwrap();
    let answer = match answer.as_str() {
        "=else" => StepAnswer::Else,
        key => StepAnswer::Key(Digest::of(key)),
    };
    let digest = |text: String| Digest::of(&text);
    Step { question: question.map(digest), answer, mark: words.map(digest), words: None }
}

fn read_digests(text: &str) {
    for line in text.lines() {
        let (digest, text) = line.split_once(' ').unwrap();
        let text: String = serde_json::from_str(text).unwrap();
        assert_eq!(Digest::of(&text).to_string(), digest, "{text:?}");
    }
}

/// The events of all versions are the same, and the same as in the histories but for what was said.
fn read_events(text: &str) {
    let history = History::from_json(&self::text("history-v1.json")).unwrap();
    let without_said = |event: &Event| format!("{:?}", Event { said: Vec::new(), ..event.clone() });
    let events: Vec<Event> = text.lines().map(|line| Event::from_compact(line).unwrap()).collect();
    assert_eq!(
        events.iter().map(without_said).collect::<Vec<_>>(),
        history.events().iter().map(without_said).collect::<Vec<_>>()
    );
}

/// The histories of all versions are the same; what is in the first is told in `stored/tests.rs`.
fn read_history(text: &str) {
    let history = History::from_json(text).unwrap();
    let first = History::from_json(&self::text("history-v1.json")).unwrap();
    assert_eq!(format!("{history:?}"), format!("{first:?}"));
    assert_eq!(history.len(), 11);
}

/// A compiled tree is not for ever: it is what its source compiles to, or it says that it is of another
/// version. Whoever changes what is in it must count the version up.
fn read_compiled(bytes: &[u8], version: u32) {
    assert_eq!(compiled_version(bytes), version);
    let loaded = tree(&text("places-v1.yaml"));
    let now = loaded.compile();
    if version != compiled_version(&now) {
        assert_eq!(Tree::from_compiled(bytes).unwrap_err(), CompiledError::OtherVersion);
        return;
    }
    assert!(now == bytes, "the form has changed: it needs a new version");
    let read = Tree::from_compiled(bytes).unwrap();
    assert!(read.compile() == bytes);
    assert_eq!(
        format!("{:?}", read.nodes().collect::<Vec<_>>()),
        format!("{:?}", loaded.nodes().collect::<Vec<_>>())
    );
}

/// The version that a compiled tree says it has: it stands after the twelve bytes with which all of them begin.
fn compiled_version(bytes: &[u8]) -> u32 {
    assert!(bytes.starts_with(b"treebot tree") && bytes[12] < 0x80);
    u32::from(bytes[12])
}

/// Whatever became of the compiled tree in it, the source is still there.
fn read_bundle(bytes: &[u8]) {
    let source = text("places-v1.yaml");
    let bundle = Bundle::from_bytes(bytes).unwrap();
    assert_eq!(bundle.source(), Some(source.as_str()));
    assert_eq!(bundle.tree().unwrap_err(), BundleError::Damaged);
}

/// Each line: a code, where it leads in the golden tree, and where in that tree after an edit.
#[test]
fn old_codes_lead_where_they_led() {
    let (before, after) = (tree(&text("places-v1.yaml")), tree(&text("places-v1-edited.yaml")));
    let now = places(&before, &after);
    let version = now.chars().next().unwrap();
    let newest = format!("places-v{version}.txt");
    write_missing(&newest, now.as_bytes());
    for (name, bytes) in files() {
        if !name.starts_with("places-") || !name.ends_with(".txt") {
            continue;
        }
        let written = String::from_utf8(bytes).unwrap();
        assert!(written.lines().count() > 15, "{name}");
        for line in written.lines() {
            let [code, there, edited] = line.split("  ").collect::<Vec<_>>().try_into().unwrap();
            let trail = PlaceCode::decode(code).unwrap().trail;
            let led = (place(&before, &trail), place(&after, &trail));
            assert_eq!((led.0.as_str(), led.1.as_str()), (there, edited), "{code}");
        }
        // What is written today is written so; older versions are only read.
        assert!(name != newest || written == now, "{now}");
    }
    let compiled = before.compile();
    let version = compiled_version(&compiled);
    write_missing(&format!("compiled-v{version}.bin"), &compiled);
}

/// Writes a golden file that is not there yet, when asked to.
fn write_missing(name: &str, bytes: &[u8]) {
    let file = folder().join(name);
    if std::env::var_os("WRITE_GOLDEN").is_some() && !file.exists() {
        fs::write(file, bytes).unwrap();
    }
}

/// What a code leads to, in words.
fn place(tree: &Tree, trail: &Trail) -> String {
    let place = resolve(tree, trail).place;
    format!("{}: {}", place.question().unwrap_or_else(|| "end".to_owned()), words(tree, place.node))
}

/// The places of the golden tree, as `old_codes_lead_where_they_led` reads them.
fn places(before: &Tree, after: &Tree) -> String {
    let mut out = String::new();
    let mut trails = vec![Trail::root()];
    let mut at = 0;
    while let Some(trail) = trails.get(at).cloned() {
        at += 1;
        let code = PlaceCode::encode(before, &trail);
        writeln!(out, "{code}  {}  {}", place(before, &trail), place(after, &trail)).unwrap();
        let here = resolve(before, &trail).place.node;
        for answer in answers(before, here) {
            let mut person = Person::new();
            person.take(before, InputKind::Tap { code: code.as_str().to_owned(), title: None });
            let next = person.say(before, &answer.label).event.place.unwrap();
            if trails.len() < 60 && !trails.contains(&next) {
                trails.push(next);
            }
        }
        if questions(before).contains(&here) {
            let mut person = Person::new();
            person.take(before, InputKind::Tap { code: code.as_str().to_owned(), title: None });
            let next = person.say(before, "zzz").event.place.unwrap();
            if !trails.contains(&next) {
                trails.push(next);
            }
        }
    }
    out
}
