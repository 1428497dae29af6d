//! What Messenger's side promises.

mod errors;
mod fixtures;
mod incoming;
mod outgoing;
mod signature;
