//! The one module that knows a YAML parser: a source in, a tree of spanned values out.
#![cfg_attr(not(test), expect(dead_code, reason = "the loader that reads these is being written"))]

mod value;

pub(crate) use value::{Entry, List, Map, Text, Value};

use crate::{Diagnostic, Limits};

/// What was read, and what is wrong with it as YAML.
pub(crate) struct Document<'s> {
    pub(crate) root: Option<Value<'s>>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads the values of a source.
pub(crate) fn read<'s>(_source: &'s str, _limits: &Limits) -> Document<'s> {
    todo!()
}
