//! What the Worker promises, with everything outside of it played by fakes.

mod bodies;
mod check;
mod config;
mod control;
mod deleting;
mod deletion;
mod delivery;
mod fakes;
mod fixtures;
mod forgotten;
mod gate;
mod kv;
mod level1;
mod memory;
mod publish;
mod runs;
mod sending;
mod stale;
mod store;
mod taps;
