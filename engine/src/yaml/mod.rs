//! The one module that knows a YAML parser: a source in, a tree of spanned values out.
//!
//! It knows nothing of trees but what they are made of, for its hints. Texts stay as they are spelled, whatever YAML thinks they are, and a
//! key may be there twice. What is wrong with the source as YAML comes back beside what could be
//! read of it:
//!
//! * [`source`] is the door: a copy of the source that may be changed, in bytes as the original;
//! * [`letters`] is its text as the parser wants it;
//! * [`scan`] takes the parser's events, as far as the limits let it;
//! * [`syntax`] says in the author's words why the parser stopped, and what to blank to go on;
//! * [`remark`] says what it thinks of tags, and of text that is cut at a `#`;
//! * [`build`] makes values, with aliases written out.

mod build;
mod case;
mod letters;
mod line;
mod remark;
mod scan;
mod source;
mod syntax;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use line::{key_length, quoted, quoted_anew, quoted_length};
pub(crate) use value::{Entry, List, Map, Text, Value};

use build::build;
use scan::{Scan, Stop, scan};
use source::Working;

use crate::{Code, Diagnostic, Limits, Severity, Span};

/// What was read, and what is wrong with it as YAML.
#[derive(Debug)]
pub(crate) struct Document<'s> {
    /// What could be read; none where there is nothing at all.
    pub(crate) root: Option<Value<'s>>,
    /// In the order of the source.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Parts that could not be read, in the order of the source. Each has its diagnostic already;
    /// where there are any, a name or key that seems to be missing may be in there.
    pub(crate) broken: Vec<Span>,
}

/// After this many syntax errors the rest of a file is left unread.
const MAX_ERRORS: usize = 20;

/// After this many remarks of one kind of work, such as tags, the others are left unsaid.
const MAX_REMARKS: usize = 100;

/// How often, at most, all of the source is read again to get past syntax errors …
const MAX_READINGS: usize = 3;

/// … where it is longer than this many bytes. A shorter one is read until that costs as much.
const SMALL: usize = 1 << 20;

/// Reads the values of a source.
///
/// 1. Refuse what is too large.  2. Replace characters that no text should have.  3. Take the
///    parser's events.  4. After a syntax error, blank what is wrong and go back to 3.
/// 5. Make values.
pub(crate) fn read<'s>(source: &'s str, limits: &Limits) -> Document<'s> {
    if source.len() > limits.bytes {
        let diagnostics = vec![too_large(source.len(), limits)];
        return Document { root: None, diagnostics, broken: vec![Span::new(0, source.len())] };
    }
    let (mut working, mut diagnostics) = Working::new(source);
    let (scan, mut broken) = recover(&mut working, limits, &mut diagnostics);
    diagnostics.extend(scan.diagnostics);

    let built = build(&working, scan.tokens, &broken, limits);
    diagnostics.extend(built.diagnostics);
    broken.extend(built.unread);
    let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
    if built.root.is_none() && !diagnostics.iter().any(is_error) {
        let message = "there is nothing in this file; a tree starts with `say:`";
        diagnostics.push(Diagnostic::new(Code::Empty, Span::new(0, 0), message));
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
    diagnostics.dedup();
    broken.sort();
    Document { root: built.root, diagnostics, broken }
}

/// A source has this many bytes, which are too many.
pub(crate) fn too_large(bytes: usize, limits: &Limits) -> Diagnostic {
    let message =
        format!("this file has {bytes} bytes, and the limit is {}; make it shorter", limits.bytes);
    Diagnostic::new(Code::TooLarge, Span::new(0, 0), message)
}

/// Steps 3 and 4: reads again and again, with what is wrong blanked.
fn recover<'s>(
    working: &mut Working<'s>,
    limits: &Limits,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Scan<'s>, Vec<Span>) {
    let length = working.text().len();
    let budget = MAX_READINGS.saturating_mul(length.max(SMALL));
    let mut broken: Vec<Span> = Vec::new();
    let mut respaced = false;
    let mut respaced_lines = false;
    let mut spent = 0;
    for errors in 1.. {
        let mut scan = scan(working, limits);
        let fault = match scan.stop.take() {
            None => return (scan, broken),
            Some(Stop::Limit(diagnostic)) => {
                broken.push(Span::new(diagnostic.span.start, length));
                diagnostics.push(diagnostic);
                return (scan, broken);
            }
            Some(Stop::Fault(fault)) => fault,
        };
        spent += fault.at.min(length);
        let exhausted = errors >= MAX_ERRORS || spent + length > budget;

        if fault.is_tab_after_colon() && !respaced && !exhausted {
            respaced = true;
            working.respace_after_colons();
            continue;
        }
        let mut problem = syntax::explain(working, &fault, limits);
        let advances = broken.last().is_none_or(|last| last.start < problem.blank.start);
        // What is found further up than what was blanked last is a consequence of that, and what is wrong with lines
        // that begin with tabs is told.
        let at = problem.diagnostic.span.start;
        if advances && !(respaced_lines && working.begins_with_tab(at)) {
            diagnostics.push(problem.diagnostic);
        }
        if problem.indentation && !exhausted && working.respace_indentation() {
            respaced_lines = true;
            continue;
        }
        if respaced_lines && !problem.is_value {
            problem.blank = working.without_other_margins(problem.blank);
        }
        if problem.shift > 0 && !exhausted && working.dedent(problem.blank, problem.shift) {
            continue;
        }
        if exhausted || !working.blank(problem.blank, problem.is_value) {
            broken.push(working.span(problem.blank.start.min(fault.at), length));
            diagnostics.extend(unread(working, fault.at.max(problem.blank.start)));
            return (scan, broken);
        }
        broken.push(problem.blank);
    }
    (Scan::default(), broken)
}

/// Says from where on nothing was read, if there is anything on the lines below.
fn unread(working: &Working<'_>, at: usize) -> Option<Diagnostic> {
    let source = working.source();
    let mut start = at + source.get(at..)?.find('\n')? + 1;
    let line = source.get(start..)?.split_inclusive('\n').find(|line| {
        let is_empty = line.trim().is_empty();
        start += if is_empty { line.len() } else { 0 };
        !is_empty
    })?;
    start += line.len() - line.trim_start().len();
    let span = Span::new(start, start + line.trim().len());
    let message = "nothing from here on was read; mend what is wrong further up first";
    Some(Diagnostic::new(Code::Syntax, span, message))
}
