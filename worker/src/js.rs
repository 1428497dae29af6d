//! Calling JavaScript as it is: the `worker` crate's own ways to storage would bring a second reader for JavaScript's
//! values into the Worker.

use serde_json::Value;
use worker::js_sys::{Array, Function, JSON, Promise, Reflect, global};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;

/// Calls a method.
pub(crate) fn call(of: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(of, &method.into())?.dyn_into()?;
    let arguments: Array = arguments.iter().collect();
    function.apply(of, &arguments)
}

/// Calls a method, and waits for what it promises.
pub(crate) async fn ask(
    of: &JsValue,
    method: &str,
    arguments: &[JsValue],
) -> Result<JsValue, JsValue> {
    let promise: Promise = call(of, method, arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}

/// What an object has under a name.
pub(crate) fn get(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())
}

/// A value for JavaScript.
pub(crate) fn value(value: &Value) -> Result<JsValue, JsValue> {
    JSON::parse(&value.to_string())
}

/// A value of JavaScript; null where it is none that JSON has.
pub(crate) fn read(value: &JsValue) -> Value {
    let text = JSON::stringify(value).map(String::from).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Where the characters of a text end as people see them, in bytes: JavaScript has the tables for it.
pub(crate) fn graphemes(text: &str) -> Vec<usize> {
    let borders = segmented(text).unwrap_or_default();
    // Units of UTF-16 to bytes, both in order.
    let (mut units, mut next) = (0, borders.into_iter().peekable());
    let mut found = Vec::new();
    for (at, character) in text.char_indices() {
        if next.next_if(|border| *border <= units).is_some() && at > 0 {
            found.push(at);
        }
        units += character.len_utf16();
    }
    found.push(text.len());
    found
}

/// Where each begins, in units of UTF-16.
fn segmented(text: &str) -> Result<Vec<usize>, JsValue> {
    let class: Function = get(&get(&global(), "Intl")?, "Segmenter")?.dyn_into()?;
    let options = value(&serde_json::json!({"granularity": "grapheme"}))?;
    let segmenter = Reflect::construct(&class, &Array::of2(&JsValue::UNDEFINED, &options))?;
    let segments = Array::from(&call(&segmenter, "segment", &[text.into()])?);
    let begins = |segment: JsValue| Some(get(&segment, "index").ok()?.as_f64()? as usize);
    Ok(segments.iter().filter_map(begins).collect())
}
