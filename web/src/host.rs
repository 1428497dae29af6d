//! What the engine is handed: the time, and ids that nobody else has.

use js_sys::{Date, Math, Reflect};
use treebot::Millis;
use treebot::json::hex_digit;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Crypto;

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
        Millis(Date::now() as i64)
    }

    fn id(&self) -> String {
        let mut bytes = [0; 8];
        if random(&mut bytes).is_none() {
            bytes = Math::random().to_bits().to_be_bytes();
        }
        bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(hex_digit).collect()
    }
}

/// Fills `bytes` from the page's `crypto`; Node has it under the same name.
fn random(bytes: &mut [u8]) -> Option<()> {
    let crypto = Reflect::get(&js_sys::global(), &JsValue::from_str("crypto")).ok()?;
    crypto.dyn_into::<Crypto>().ok()?.get_random_values_with_u8_array(bytes).ok()?;
    Some(())
}
