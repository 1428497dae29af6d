//! Treebot in a page: the engine, what the browser keeps, and what a page needs in order to draw.
//!
//! Everything a person types stays in their browser. Conversations are the engine's; this crate
//! only carries them between the engine, `localStorage` and the screen:
//!
//! * [`Session`] is one conversation of one tree, as the pages in `web/ui` hold it.
//! * [`Document`] tells an editor what is wrong with a source.
//! * [`Drafts`] keeps the source that an author is working on.
//! * [`store`] is where things are kept: `localStorage`, or memory.
//!
//! Inside, text is bytes; only what leaves through this boundary counts in UTF-16 code units, as
//! editors do. Nothing here decides what a message means.

mod archive;
mod conversation;
mod document;
mod drafts;
mod host;
mod links;
mod panics;
mod session;
pub mod store;
#[cfg(test)]
mod tests;
mod view;

pub use archive::{Keeping, PREFIX};
pub use conversation::{Conversation, Kept};
pub use document::{Analysis, Document, Fault, Mend, Replacement, analyse};
pub use drafts::{Draft, Drafts};
pub use host::{Host, PageHost};
pub use links::{Piece, pieces};
pub use session::Session;
pub use view::{Entry, Label, News, Picture, Said, Sender, View};
