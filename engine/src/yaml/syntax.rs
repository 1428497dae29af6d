//! Why the parser could not go on, in the author's words.
//!
//! The parser says what it expected; the author wants to know what is wrong with the line. So its
//! words only pick the case, and the rest is seen from the line itself.
//!
//! * [`lines`] has the cases of lines that do not fit together;
//! * [`texts`] those of quotes, and of characters that mean something else to YAML;
//! * [`brackets`] those of what is between brackets.

mod brackets;
mod lines;
mod texts;

use super::case::{Case, Problem};
use super::line::{Line, slice};
use super::scan::Fault;
use super::source::Working;
use crate::{Limits, Span};

/// Explains a fault.
pub(super) fn explain(working: &Working<'_>, fault: &Fault, limits: &Limits) -> Problem {
    let mut problem = pick(working, fault, limits).with_straight_quotes(working);
    let blank = slice(working.text(), problem.blank.start, problem.blank.end);
    if problem.is_value && blank.contains(['\n', '\r']) {
        // The fixes are for text on one line.
        problem.diagnostic.fix = None;
    }
    // What has been blanked before may have left places that are no boundaries in the source.
    let snapped = |span: Span| working.span(span.start, span.end);
    problem.blank = snapped(problem.blank);
    for edit in problem.diagnostic.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
        edit.span = snapped(edit.span);
    }
    problem
}

fn pick(working: &Working<'_>, fault: &Fault, limits: &Limits) -> Problem {
    let text = working.text();
    let line = Line::around(text, fault.at);
    let case = Case { working, text, line, at: fault.at, flow: fault.flow };
    match fault.info.as_str() {
        "mapping values are not allowed in this context" => case.colon(),
        "simple key expect ':'" | "simple key expected" => case.no_colon(),
        "while scanning a quoted scalar, found unexpected end of stream"
        | "while scanning a quoted scalar, found unexpected document indicator"
        | "invalid indentation in quoted scalar" => case.unclosed_quote(),
        "invalid trailing content after double-quoted scalar" => case.after_quote(),
        "while parsing a quoted scalar, found unknown escape character"
        | "while parsing a quoted scalar, did not find expected hexadecimal number"
        | "while parsing a quoted scalar, found invalid Unicode character escape code" => {
            case.escape()
        }
        "while scanning an anchor or alias, did not find expected alphabetic or numeric character"
        | "while scanning a block scalar, did not find expected comment or line break"
        | "while scanning a block scalar, found an indentation indicator equal to 0"
        | "mapping keys are not allowed in this context" => case.first_character(),
        "misplaced bracket" => case.bracket(),
        "block sequence entries are not allowed in this context" => case.dash(),
        "\"-\" is only valid inside a block"
        | "plain scalar cannot start with '-' followed by ,[]{}" => case.flow(
            "inside brackets, items have a `,` between them and no `-`; \
             if this is text, put it in quotes",
        ),
        "':' may not precede any of `[{` in flow mapping" => {
            case.flow("a space is missing after this `:`")
        }
        "while parsing node, found unknown anchor" => case.unknown_alias(),
        "the handle wasn't declared" | "invalid global tag character" => case.tag(),
        "comment intercepting the multiline text" => case.comment(),
        "recursion limit exceeded" => case.deep(limits),
        "tabs disallowed within this context (block indentation)"
        | "tab cannot be used as indentation"
        | "tabs disallowed in this context"
        | "a block scalar content cannot start with a tab"
        | "while scanning a plain scalar, found a tab"
        | "'-' must be followed by a valid YAML whitespace" => case.tab(),
        "did not find expected <document start>" if text.trim_start().starts_with('%') => {
            case.directive()
        }
        "missing explicit document end marker before directive" => case.directive(),
        info if info.contains(" directive, ") => case.directive(),
        info if info.contains("a tag, ") || info.contains("TAG") => case.tag(),
        info if info.starts_with("unexpected character") => case.first_character(),
        _ => case.out_of_place(),
    }
}
