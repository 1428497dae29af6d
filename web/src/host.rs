//! What the engine is handed: the time, and ids that nobody else has.

use treebot::Millis;
use treebot::json::hex_digit;
use wasm_bindgen::prelude::*;

/// The clock and the source of ids of a conversation.
pub trait Host {
    /// The time now.
    fn now(&self) -> Millis;
    /// An id that no other input has.
    fn id(&self) -> String;
}

/// The page's own clock, and random ids.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageHost;

impl Host for PageHost {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds; far below 2^53 for ages"
    )]
    fn now(&self) -> Millis {
        Millis(now() as i64)
    }

    fn id(&self) -> String {
        let mut bytes = [0; 8];
        if fill(&mut bytes).is_err() {
            bytes = random().to_bits().to_be_bytes();
        }
        bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(hex_digit).collect()
    }
}

// By their names, where they are used: to look for them first would be more to download.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date)]
    fn now() -> f64;
    #[wasm_bindgen(js_namespace = Math)]
    fn random() -> f64;
    /// Throws where there is no `crypto`.
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn fill(bytes: &mut [u8]) -> Result<(), JsValue>;
}
