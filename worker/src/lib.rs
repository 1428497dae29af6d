//! Treebot behind Facebook Messenger, as a Cloudflare Worker.
//!
//! No conversation happens here: the engine takes the turns, `treebot-messenger` reads and writes
//! Meta's JSON, and this crate brings the two together with Workers KV and the Graph API.
//!
//! * [`webhook`] has the order of things for one delivery, and [`delivery`] does its inputs.
//! * [`store`] says what is kept under which key; [`memory`] is the last minute of one isolate.
//! * [`config`] reads the settings by name, [`health`] says which are missing, [`log`] makes lines.
//! * The runtime is in this file, in `kv` and in `graph`, and nowhere else: the rest runs and is
//!   tested anywhere.

#![forbid(unsafe_code)]

pub mod answer;
pub mod config;
pub mod delivery;
mod graph;
pub mod health;
mod kv;
pub mod log;
pub mod memory;
mod runtime;
pub mod store;
pub mod webhook;
