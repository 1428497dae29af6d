//! Meta's bodies, and thousands of small changes of them: the same checks as `fuzz/` makes, without a nightly compiler.
#![expect(clippy::indexing_slicing, reason = "tests read fixtures")]

use crate::fixtures::{bytes, json, list, text};
use crate::support::changed::check;

#[expect(unreachable_pub, reason = "public for `fuzz/`")]
#[path = "../../../fuzz/src/webhook.rs"]
mod webhook;

#[test]
fn changed_bodies_are_read_or_refused() {
    let manifest = json("manifest.json");
    let files = list(&manifest["webhook"]);
    let bodies: Vec<Vec<u8>> = files.iter().map(|file| bytes(text(&file["file"]))).collect();
    assert!(bodies.len() >= 25, "{}", bodies.len());
    check(&bodies, 20_000, webhook::incoming);
}
