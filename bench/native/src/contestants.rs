//! The contestants, by the names that the harness knows them by.

#[cfg(feature = "csml")]
mod csml;
mod ink;
mod yarn;

use treebot_bench_protocol::{Contestant, Problem};

/// Makes a contestant from the tree in its own language.
type Load = fn(&str) -> Result<Box<dyn Contestant>, Problem>;

/// How the contestant of that name loads a tree.
pub(crate) fn find(name: &str) -> Option<Load> {
    match name {
        "bladeink" => Some(ink::load),
        "bladeink-compile" => Some(ink::compile),
        #[cfg(feature = "csml")]
        "csml" => Some(csml::load),
        "yarnspinner" => Some(yarn::load),
        _ => None,
    }
}
