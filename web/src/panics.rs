//! What happens if the engine ever stops: the page is told, so that it can say so.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

/// The name of the page's function that hears of a panic.
const LISTENER: &str = "treebotStopped";

/// Runs once, when the module starts.
#[wasm_bindgen(start)]
pub(crate) fn start() {
    std::panic::set_hook(Box::new(|panic| {
        // Only where, never what: a panic's words might repeat what somebody typed.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let listener = Reflect::get(&js_sys::global(), &JsValue::from_str(LISTENER));
        if let Some(listener) = listener.ok().and_then(|value| value.dyn_into::<Function>().ok()) {
            let _ = listener.call1(&JsValue::NULL, &JsValue::from_str(&place));
        }
    }));
}
