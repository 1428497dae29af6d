//! Treebot behind Facebook Messenger, as a Cloudflare Worker.
//!
//! No conversation happens here: the engine takes the turns, `treebot-messenger` reads and writes
//! Meta's JSON, and this crate brings the two together with Workers KV and the Graph API.
//!
//! * [`webhook`] has the order of things for one delivery, [`delivery`] its people, [`person`] one person's inputs,
//!   [`control`] what else concerns them, and [`send`] the messages of a reply.
//! * [`store`] says what is kept under which key, [`known`] what that says about somebody; [`memory`] is the last
//!   minutes of one isolate, and [`gate`] which pages nothing is sent for.
//! * [`keys`] says how long each is kept, and how all of a person's are deleted.
//! * [`check`] is what the scheduled handler makes sure of, and [`deletion`] Meta's data-deletion callback.
//! * [`sequencer`] keeps the order of one person's inputs, where the operator has bound Durable Objects.
//! * [`served`] chooses the tree, [`publish`] replaces it without a deployment.
//! * [`config`] reads the settings by name, [`health`] says which are missing, [`log`] makes lines.
//! * The runtime is in `runtime`, `object`, `js`, `kv`, `graph` and `task`, and nowhere else: the rest runs and is
//!   tested anywhere. It calls `entry.js`.

#![forbid(unsafe_code)]

/// Smaller and faster than the standard library's.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

pub mod answer;
pub mod check;
pub mod config;
pub mod control;
pub mod deletion;
pub mod delivery;
pub mod gate;
mod graph;
pub mod health;
mod js;
pub mod keeping;
pub mod keys;
pub mod known;
mod kv;
mod kv_trees;
pub mod log;
pub mod memory;
mod object;
pub mod person;
pub mod publish;
mod runtime;
pub mod send;
pub mod sequencer;
pub mod served;
pub mod store;
mod task;
pub mod webhook;
