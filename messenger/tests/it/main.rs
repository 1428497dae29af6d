//! What Messenger's side promises.

mod conversations;
mod deletion;
mod errors;
mod fixtures;
mod fuzzed;
mod incoming;
mod outgoing;
mod profile;
mod setup;
mod signature;
mod subscription;
#[expect(
    dead_code,
    unused_imports,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "shared with the engine's tests"
)]
#[path = "../../../engine/tests/it/support/mod.rs"]
mod support;
