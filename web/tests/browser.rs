//! `localStorage` itself, in Chromium.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "tests")]

use js_sys::Reflect;
use treebot_web::store::{LocalStore, Store, StoreError};
use treebot_web::{Drafts, PREFIX, Session};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const TREE: &str = "say: Tea?\nanswers:\n  green: {say: Hot?, answers: {very: Careful., a little: Here.}}\n  none: Bye.\n";

#[wasm_bindgen_test]
fn texts_come_back_as_they_were_put() {
    begin();
    let odd = "ä 😀 \u{0} \"quotes\"\n";
    assert_eq!(LocalStore.get("mine"), Ok(None));
    assert_eq!(LocalStore.set("mine", odd), Ok(()));
    assert_eq!(LocalStore.get("mine"), Ok(Some(odd.to_owned())));
    assert_eq!(LocalStore.keys(), Ok(vec!["mine".to_owned()]));
    assert_eq!(LocalStore.remove("mine"), Ok(()));
    assert_eq!(LocalStore.get("mine"), Ok(None));
}

#[wasm_bindgen_test]
fn a_full_store_says_so_and_keeps_what_it_has() {
    begin();
    assert_eq!(LocalStore.set("mine", "before"), Ok(()));
    assert_eq!(LocalStore.set("mine", &"x".repeat(6 << 20)), Err(StoreError::Full));
    assert_eq!(LocalStore.get("mine"), Ok(Some("before".to_owned())));
}

#[wasm_bindgen_test]
fn a_session_goes_on_where_it_was() {
    begin();
    let mut session = Session::open(TREE, "tea", false);
    assert_eq!(LocalStore.keys(), Ok(vec![]));
    session.send("green");
    assert_eq!(LocalStore.keys(), Ok(vec![session.key()]));
    assert_eq!(question(&Session::open(TREE, "tea", false)), "Hot?");
    assert_eq!(
        question(&Session::open(TREE, "tea", true)),
        "Tea?",
        "a preview is another conversation"
    );
    assert_eq!(question(&Session::open(TREE, "coffee", false)), "Tea?", "and so is another tree's");
}

#[wasm_bindgen_test]
fn a_full_store_does_not_stop_a_session() {
    begin();
    let mut session = Session::open(TREE, "tea", false);
    session.send("green");
    fill();
    let before = LocalStore.get(&session.key());
    for _ in 0..50 {
        session.send("I do not know what to say, and so I say a great deal about it");
    }
    session.send("very");
    assert_eq!(question(&session), "Careful.");
    assert_eq!(keeping(&session), "full");
    assert!(before.unwrap().is_some());
    assert_eq!(question(&Session::open(TREE, "tea", false)), "Hot?");
}

#[wasm_bindgen_test]
fn after_clearing_no_key_is_left() {
    begin();
    assert_eq!(LocalStore.set("not ours", "x"), Ok(()));
    let mut session = Session::open(TREE, "tea", false);
    session.send("green");
    Drafts::write("studio", TREE, true).unwrap();
    assert!(session.keeps_more());
    assert!(session.clear(true));
    assert!(LocalStore.keys().unwrap().iter().all(|key| !key.starts_with(PREFIX)));
    assert_eq!(LocalStore.get("not ours"), Ok(Some("x".to_owned())));
}

#[wasm_bindgen_test]
fn a_damaged_document_is_set_aside_only_when_asked() {
    begin();
    let key = format!("{PREFIX}tea/events");
    assert_eq!(LocalStore.set(&key, "{broken"), Ok(()));
    let mut session = Session::open(TREE, "tea", false);
    session.send("green");
    assert_eq!(keeping(&session), "damaged");
    assert_eq!(LocalStore.get(&key), Ok(Some("{broken".to_owned())));
    assert!(session.start_afresh());
    assert_eq!(LocalStore.get(&format!("{key}.damaged-1")), Ok(Some("{broken".to_owned())));
    assert_eq!(question(&Session::open(TREE, "tea", false)), "Hot?");
}

/// Each test begins with an empty store: they share one page.
fn begin() {
    for key in LocalStore.keys().unwrap() {
        LocalStore.remove(&key).unwrap();
    }
}

/// Leaves room for less than a kilobyte.
fn fill() {
    let (mut size, mut number) = (4 << 20, 0);
    while size >= 512 {
        match LocalStore.set(&format!("filler-{number}"), &"x".repeat(size)) {
            Ok(()) => number += 1,
            Err(_) => size /= 2,
        }
    }
}

fn question(session: &Session) -> String {
    text(session, "question")
}

fn keeping(session: &Session) -> String {
    text(session, "keeping")
}

fn text(session: &Session, key: &str) -> String {
    let view = session.view().unwrap().js_value();
    Reflect::get(&view, &JsValue::from_str(key)).unwrap().as_string().unwrap()
}
