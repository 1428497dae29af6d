//! Every webhook body of the fixtures, byte for byte, through the whole Worker, at both levels.
#![expect(clippy::unwrap_used, reason = "tests read fixtures")]

use std::path::PathBuf;

use futures_executor::block_on;
use serde_json::Value;

use crate::fakes::{World, first_line, presses};

fn fixture(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../messenger/tests/fixtures");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// What the bot itself has put on each button: `root>study>up to 6 months` and its payload.
fn payloads() -> Vec<(String, String)> {
    let world = World::new();
    world.deliver(&[world.text(1, "a", "hello")]);
    world.later(5000);
    world.deliver(&[world.text(1, "b", "study")]);
    let sent = world.graph.sent.borrow();
    let text = sent.first().unwrap().pointer("/message/text").unwrap().as_str().unwrap().to_owned();
    let labels = text.lines().filter_map(|line| Some(line.split_once(". ")?.1.to_owned()));
    let root = labels.zip(presses(sent.first().unwrap()));
    let mut all: Vec<(String, String)> =
        root.map(|(label, (_, payload))| (format!("root>{label}"), payload)).collect();
    let study = presses(sent.last().unwrap()).into_iter();
    all.extend(study.map(|(title, payload)| (format!("root>study>{title}"), payload)));
    all.push(("start".to_owned(), "treebot:start".to_owned()));
    all
}

#[test]
fn each_body_is_answered_as_its_manifest_says_and_once() {
    let manifest: Value = serde_json::from_str(&fixture("manifest.json")).unwrap();
    let cases = manifest.get("webhook").unwrap().as_array().unwrap();
    let payloads = payloads();
    for level in [0, 1] {
        let world = World::with_settings(level, 1, &[("PAGE_ID", "104512345678901")]);
        world.clock.0.set(1_795_331_200_000);
        for case in cases {
            let text = |name: &str| case.get(name).unwrap().to_string().replace('"', "");
            let file = text("file");
            let mut body = fixture(&file);
            for (name, payload) in &payloads {
                body = body.replace(&format!("@@PAYLOAD:{name}@@"), payload);
            }
            assert!(!body.contains("@@"), "{file}");
            let before = world.graph.sent.borrow().len();
            let status = block_on(world.post_to(0, &body)).status.to_string();
            assert!(text("http").split('|').any(|wanted| wanted == status), "{file}: {status}");
            let said: Vec<String> =
                world.graph.sent.borrow().iter().skip(before).map(first_line).collect();
            let replies = text("replies");
            let (least, most) = replies.split_once("..").unwrap_or((&replies, &replies));
            let wanted = least.parse::<usize>().unwrap()..=most.parse().unwrap();
            assert!(wanted.contains(&said.len()), "{file}: {said:?}");
            // Delivered again, to another isolate, it leads to nothing.
            let calls = world.graph.calls.get();
            assert_eq!(block_on(world.post_to(1, &body)).status.to_string(), status, "{file}");
            assert_eq!(world.graph.calls.get(), calls, "{file}");
        }
        for line in world.log.borrow().iter() {
            for secret in ["6100000000", "104512345678901", "m_fixture", "study", "travel", "Dana"]
            {
                assert!(!line.contains(secret), "{line}");
            }
        }
    }
}
