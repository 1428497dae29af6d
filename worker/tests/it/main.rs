//! What the Worker promises, with everything outside of it played by fakes.

mod config;
mod delivery;
mod fakes;
mod store;
