//! Treebot in a page: the engine, what the browser keeps, and what a page needs in order to draw.
//!
//! Everything a person types stays in their browser. Conversations are the engine's; this crate
//! only carries them between the engine, `localStorage` and the screen:
//!
//! * [`Session`] is one conversation of one tree, as the pages in `web/ui` hold it.
//! * [`Talk`] takes single messages for a host that keeps the state itself.
//! * `Studio` is a source that an author is working on, with all that is known of it, and `Drafts` keeps such sources:
//!   both only with the feature `studio`, as is everything that reads YAML.
//! * [`store`] is where things are kept: `localStorage`, or memory.
//!
//! Inside, text is bytes; only what leaves through this boundary counts in UTF-16 code units, as
//! editors do. Nothing here decides what a message means.

/// Smaller and faster than the standard library's.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(feature = "session")]
mod answers;
#[cfg(feature = "session")]
mod archive;
#[cfg(feature = "session")]
mod conversation;
#[cfg(feature = "studio")]
mod document;
#[cfg(feature = "studio")]
mod drafts;
#[cfg(feature = "session")]
mod export;
#[cfg(feature = "session")]
mod host;
#[cfg(feature = "session")]
mod json;
#[cfg(feature = "session")]
mod links;
#[cfg(feature = "pages")]
pub mod pages;
#[cfg(feature = "session")]
mod result;
#[cfg(feature = "session")]
mod session;
#[cfg(feature = "studio")]
mod snapshots;
#[cfg(feature = "session")]
pub mod store;
#[cfg(feature = "studio")]
mod studio;
#[cfg(feature = "host")]
mod talk;
#[cfg(all(test, feature = "studio"))]
mod tests;
#[cfg(feature = "session")]
mod view;

#[cfg(feature = "session")]
pub use answers::{ChangeView, Given, Report};
#[cfg(feature = "session")]
pub use archive::{Keeping, PREFIX};
#[cfg(feature = "studio")]
pub use conversation::Kept;
#[cfg(feature = "session")]
pub use conversation::{Conversation, Narrowed};
#[cfg(feature = "studio")]
pub use document::{Analysis, Fault, Mend, Replacement, analyse};
#[cfg(feature = "studio")]
pub use drafts::{Draft, Drafts};
#[cfg(feature = "session")]
pub use export::Format;
#[cfg(feature = "session")]
pub use host::{Host, PageHost};
#[cfg(feature = "session")]
pub use links::{Piece, pieces};
#[cfg(feature = "session")]
pub use result::{ResultCard, Source};
#[cfg(feature = "session")]
pub use session::Session;
#[cfg(feature = "studio")]
pub use snapshots::{Reason, Version, Versions, Written};
#[cfg(feature = "studio")]
pub use studio::*;
#[cfg(feature = "host")]
pub use talk::Talk;
#[cfg(feature = "session")]
pub use view::{Entry, Label, News, Picture, Said, Sender, View};
