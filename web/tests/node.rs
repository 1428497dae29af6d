//! The boundary as JavaScript sees it, in Node: no window, so no `localStorage` either.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "tests")]

use js_sys::{Array, Reflect};
use treebot_web::store::{LocalStore, Store, StoreError};
use treebot_web::{Host, PageHost, Session, Studio};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const TREE: &str = "title: Tea\nsay: Tea?\nanswers:\n  yes please: Here.\n  no thanks: '[More](https://tea.example)'\n";

#[wasm_bindgen_test]
fn a_view_is_a_plain_object() {
    let mut session = Session::open(TREE, "tea", true);
    let view = session.view().unwrap().js_value();
    assert_eq!(text(&view, "title"), "Tea");
    assert_eq!(text(&view, "kind"), "question");
    assert_eq!(text(&view, "keeping"), "kept");
    let choices: Array = get(&view, "choices").unchecked_into();
    assert_eq!(text(&choices.get(1), "label"), "no thanks");

    session.tap(&text(&choices.get(1), "code"), "no thanks");
    let view = session.view().unwrap().js_value();
    assert_eq!(text(&view, "kind"), "end");
    let transcript: Array = get(&view, "transcript").unchecked_into();
    assert_eq!(transcript.length(), 3);
    let last = get(&get(&get(&transcript.get(2), "messages"), "0"), "pieces");
    assert_eq!(text(&get(&last, "0"), "link"), "https://tea.example");
    // What is not there is undefined, not null.
    assert!(get(&transcript.get(1), "note").is_undefined());
}

#[wasm_bindgen_test]
fn problems_come_in_utf16_offsets() {
    let mut studio = Studio::open(TREE, "tea", None);
    let told = studio.edit("say: '😀'\nanswer:\n  a: b\n").unwrap().js_value();
    assert_eq!(get(&told, "loads"), JsValue::FALSE);
    let fault = get(&get(&told, "faults"), "0");
    assert_eq!(text(&fault, "severity"), "error");
    assert_eq!(get(&fault, "from").as_f64(), Some(10.0));
    assert_eq!(get(&fault, "line").as_f64(), Some(2.0));
    // The conversation goes on over the last source that loaded.
    let view = get(&get(&told, "preview"), "view");
    assert_eq!(get(&view, "stale"), JsValue::TRUE);
    assert_eq!(text(&view, "question"), "Tea?");
}

#[wasm_bindgen_test]
fn what_follows_from_a_source_is_a_plain_object() {
    let mut studio = Studio::open(TREE, "tea", None);
    studio.send("no thanks");
    let told = studio.told().unwrap().js_value();
    let step = get(&get(&get(&told, "preview"), "steps"), "0");
    assert_eq!(
        (text(&step, "outcome"), text(&step, "answer")),
        ("kept".into(), "no thanks".into())
    );
    assert_eq!(get(&get(&told, "preview"), "moments").as_f64(), Some(2.0));
    assert_eq!(get(&get(&told, "ways"), "ends").as_f64(), Some(2.0));
    // What is not there is undefined, not null.
    assert!(studio.where_is(99).unwrap().is_none());
    let view = get(&get(&told, "preview"), "view");
    let entry = text(&get(&get(&view, "transcript"), "1"), "id");
    let why = studio.why(&entry).unwrap().unwrap().js_value();
    assert_eq!(text(&why, "rule"), "exact");
    assert!(studio.why("nothing").unwrap().is_none());
    let change = studio.rename(0, "x").unwrap().js_value();
    assert!(text(&change, "problem").starts_with("There is no name"));
    let recorded = studio.record("no tea").unwrap().js_value();
    assert!(get(&recorded, "problem").is_undefined());
    assert!(text(&get(&get(&recorded, "edits"), "0"), "insert").contains("user: no thanks"));
    assert_eq!(studio.sift("tea", vec!["Coffee".to_owned(), "Tea".to_owned()]), [1]);
}

#[wasm_bindgen_test]
fn without_a_window_nothing_is_kept_and_all_goes_on() {
    assert_eq!(LocalStore.get("x"), Err(StoreError::Blocked));
    assert_eq!(LocalStore.set("x", "y"), Err(StoreError::Blocked));
    assert_eq!(LocalStore.keys(), Err(StoreError::Blocked));
    let mut session = Session::open(TREE, "tea", false);
    session.send("yes please");
    let view = session.view().unwrap().js_value();
    assert_eq!(
        (text(&view, "keeping"), text(&view, "kind")),
        ("blocked".to_owned(), "end".to_owned())
    );
    // There is nothing that the browser could refuse to delete.
    assert!(session.clear(true));
    assert_eq!(text(&session.view().unwrap().js_value(), "kind"), "question");
}

#[wasm_bindgen_test]
fn ids_differ_and_the_clock_is_of_this_age() {
    let ids: std::collections::BTreeSet<_> = (0..1000).map(|_| PageHost.id()).collect();
    assert_eq!(ids.len(), 1000);
    assert!(ids.iter().all(|id| id.len() == 16));
    assert!(PageHost.now().0 > 1_700_000_000_000);
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(key)).unwrap()
}

fn text(object: &JsValue, key: &str) -> String {
    get(object, key).as_string().unwrap()
}
