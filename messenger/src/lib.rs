//! Messenger's side of the conversation: webhook bodies in, Send API bodies out.
//!
//! Pure: signatures are checked against secrets that are handed in, and nothing here sends, stores,
//! logs or looks at a clock. What to do with the results, and in which order, is the host's.
//!
//! * [`signature`] tells whether a body comes from Meta.
//! * [`incoming`] reads a body into items, each on its own, so that a bad one never hides a good one.
//! * [`outgoing`] dresses a reply of the engine for Messenger, within Messenger's limits.
//! * [`errors`] tells what an answer of the Graph API means for the message that was sent.
//! * [`deletion`] checks Meta's data-deletion requests, and [`subscription`] what a page tells us of.
//! * [`profile`] and [`setup`] say how a page is to be set up, and what to change so that it is.

#![forbid(unsafe_code)]

pub mod deletion;
pub mod errors;
pub mod incoming;
pub mod outgoing;
#[cfg(feature = "graphemes")]
pub mod profile;
pub mod setup;
pub mod signature;
pub mod subscription;
