//! What may surprise people in a tree as it was written, node by node.
//!
//! * [`options`] finds what words offer to choose, and no answer takes;
//! * [`ends`] finds ends that lead nowhere further, or are of nobody knows when;
//! * [`ease`] finds what is hard to take in;
//! * [`names`] finds questions that need a name, and suggests one;
//! * [`words`] finds words that are the name of a node.

mod ease;
mod ends;
mod names;
mod options;
mod words;

use super::LoadOptions;
use super::draft::Draft;
use crate::Diagnostic;
use crate::lang::{ENGLISH, pack_of};

/// Looks every node over.
pub(super) fn review(
    source: &str,
    draft: &Draft,
    load: &LoadOptions,
    problems: &mut Vec<Diagnostic>,
) {
    let lang = draft.lang.as_ref().map_or("", |lang| lang.text.as_str());
    let pack = pack_of(lang).unwrap_or(&ENGLISH);
    options::review(pack, source, draft, problems);
    names::review(source, draft, problems);
    words::review(source, draft, problems);
    if load.ends_need_links || load.advice {
        ends::without_link(draft, problems);
    }
    if load.advice {
        ends::without_date(draft, problems);
        // Words of another language are not measured by the rules of English.
        let reading = if lang.is_empty() {
            ENGLISH.reading
        } else {
            pack_of(lang).and_then(|pack| pack.reading)
        };
        ease::review(reading, draft, problems);
    }
}
