//! The parser's events, as flat tokens with byte offsets, as far as the limits let it read.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Marks};

use super::MAX_REMARKS;
use super::letters::Letters;
use super::line::{quoted_length, slice, word};
use super::remark;
use super::source::{Offsets, Working};
use super::value::Text;
use crate::{Code, Diagnostic, Limits, Span};

/// One thing read. Lists and maps are their start, what is in them, and an end.
pub(super) enum Token<'s> {
    Text(Text<'s>),
    List(usize),
    Map(usize),
    /// The end of the innermost list or map that is open.
    End(usize),
    /// All of an earlier value again: the tokens from `from` up to `to`.
    Alias {
        from: usize,
        to: usize,
        span: Span,
    },
}

/// What was read, and why no more was.
#[derive(Default)]
pub(super) struct Scan<'s> {
    /// Every list and map has its end, also when reading stopped in its midst.
    pub(super) tokens: Vec<Token<'s>>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) stop: Option<Stop>,
}

/// Why reading stopped before the end.
pub(super) enum Stop {
    /// The text is not YAML.
    Fault(Fault),
    /// It is too much, or there is a second document.
    Limit(Diagnostic),
}

/// Where and why the parser could not go on.
pub(super) struct Fault {
    /// In the parser's words.
    pub(super) info: String,
    pub(super) at: usize,
    /// Where the outermost bracket starts that is open there.
    pub(super) flow: Option<usize>,
}

impl Fault {
    /// The parser wants a space where there is a tab, which nobody can see.
    pub(super) fn is_tab_after_colon(&self) -> bool {
        self.info == "':' must be followed by a valid YAML whitespace"
    }
}

/// Reads until the end, a fault or a limit.
pub(super) fn scan<'s>(working: &Working<'s>, limits: &Limits) -> Scan<'s> {
    let text = working.text();
    let mut scanner = Scanner {
        working,
        limits,
        offsets: Offsets::new(working),
        scan: Scan::default(),
        open: Vec::new(),
        anchors: Vec::new(),
        read: working.skipped(),
        values: 0,
        documents: 0,
        dashed: 0,
    };
    let mut parser = Parser::new(Letters::new(slice(text, working.skipped(), text.len())));
    while let Some(event) = parser.next_event() {
        let step = match event {
            Ok((event, marks)) => scanner.take(event, marks),
            Err(error) => Err(scanner.fault(&error)),
        };
        if let Err(stop) = step {
            scanner.scan.stop = Some(stop);
            break;
        }
    }
    while scanner.open.pop().is_some() {
        scanner.scan.tokens.push(Token::End(scanner.read));
    }
    scanner.scan
}

struct Scanner<'w, 's> {
    working: &'w Working<'s>,
    limits: &'w Limits,
    offsets: Offsets<'w>,
    scan: Scan<'s>,
    open: Vec<Open>,
    /// By the parser's number.
    anchors: Vec<Anchor>,
    /// The end of the last thing read.
    read: usize,
    values: usize,
    documents: usize,
    /// Up to where lines begin with a sign that looks like a dash, and were told of.
    dashed: usize,
}

/// A list or map that has not ended.
struct Open {
    start: usize,
    flow: bool,
    anchor: usize,
}

/// The tokens of a value that has a name.
struct Anchor {
    number: usize,
    from: usize,
    /// None while it is being read.
    to: Option<usize>,
}

impl<'s> Scanner<'_, 's> {
    fn take(&mut self, event: Event<'_>, marks: Marks) -> Result<(), Stop> {
        let start = self.offsets.byte(marks.start.index());
        let end = self.offsets.byte(marks.end.index());
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::DocumentStart(_) => self.document(start)?,
            Event::Alias(number) => {
                self.count(start)?;
                self.alias(number, self.working.span(start, end));
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.count(start)?;
                let named = anchor > 0 || tag.is_some();
                let start = if named { self.properties(start, end) } else { start };
                self.anchor(anchor, Some(self.scan.tokens.len() + 1));
                self.scalar(&value, style, start, end, named);
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(start, anchor, tag.is_some())?;
                self.scan.tokens.push(Token::List(self.start()));
            }
            Event::MappingStart(anchor, tag) => {
                self.open(start, anchor, tag.is_some())?;
                self.scan.tokens.push(Token::Map(self.start()));
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(start),
        }
        Ok(())
    }

    fn document(&mut self, start: usize) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let span = self.working.span(start, (start + 3).min(self.working.text().len()));
        let message = "a second document starts here, and a tree is one document; \
                       remove this line or what follows it";
        Err(Stop::Limit(Diagnostic::new(Code::SecondDocument, span, message)))
    }

    /// One more value.
    fn count(&mut self, start: usize) -> Result<(), Stop> {
        self.values += 1;
        if self.values <= self.limits.values {
            return Ok(());
        }
        let message = format!("there are more than {} values in this file", self.limits.values);
        let span = self.working.span(start, start);
        Err(Stop::Limit(Diagnostic::new(Code::TooMany, span, message)))
    }

    fn open(&mut self, start: usize, anchor: usize, tagged: bool) -> Result<(), Stop> {
        self.count(start)?;
        if self.open.len() >= self.limits.depth {
            return Err(Stop::Limit(remark::too_deep(self.working, start, self.limits)));
        }
        let named = anchor > 0 || tagged;
        let start = if named { self.properties(start, usize::MAX) } else { start };
        let flow = slice(self.working.text(), start, start + 1).starts_with(['[', '{']);
        self.anchor(anchor, None);
        self.open.push(Open { start, flow, anchor });
        self.read = start;
        Ok(())
    }

    /// Where the list or map starts that was opened last.
    fn start(&self) -> usize {
        self.open.last().map_or(0, |open| open.start)
    }

    fn close(&mut self, start: usize) {
        let Some(open) = self.open.pop() else { return };
        let closed =
            open.flow && slice(self.working.text(), start, start + 1).starts_with([']', '}']);
        self.read = if closed { start + 1 } else { self.read.max(open.start) };
        self.scan.tokens.push(Token::End(self.read));
        let to = self.scan.tokens.len();
        let found = self.anchors.binary_search_by_key(&open.anchor, |anchor| anchor.number);
        if let Some(anchor) = found.ok().and_then(|at| self.anchors.get_mut(at)) {
            anchor.to = Some(to);
        }
    }

    fn anchor(&mut self, number: usize, to: Option<usize>) {
        if number > 0 {
            self.anchors.push(Anchor { number, from: self.scan.tokens.len(), to });
        }
    }

    fn alias(&mut self, number: usize, span: Span) {
        self.read = span.end;
        let found = self.anchors.binary_search_by_key(&number, |anchor| anchor.number);
        let anchor = found.ok().and_then(|at| self.anchors.get(at));
        if let Some(Anchor { from, to: Some(to), .. }) = anchor {
            self.scan.tokens.push(Token::Alias { from: *from, to: *to, span });
            return;
        }
        let word = slice(self.working.source(), span.start, span.end);
        let message = format!("`{word}` repeats the part that it stands in, without end");
        self.say(|_| Some(Diagnostic::new(Code::Alias, span, message)));
        let nothing = Text { value: Cow::Borrowed(""), span, plain: true };
        self.scan.tokens.push(Token::Text(nothing));
    }

    /// Steps over `&name` and `!tag`, which stand before a value, and reports the tags.
    fn properties(&mut self, start: usize, end: usize) -> usize {
        let text = self.working.text();
        let in_flow = self.open.iter().any(|open| open.flow);
        let mut at = start;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if at >= end {
                break;
            }
            let rest = slice(text, at, text.len());
            at += match c {
                '&' => word(rest),
                '!' => {
                    let length = word(rest);
                    self.say(|working| Some(remark::tag(working, at, length, in_flow)));
                    length
                }
                '#' => rest.find(['\n', '\r']).unwrap_or(rest.len()),
                c if c.is_whitespace() => c.len_utf8(),
                _ => break,
            };
        }
        at
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, start: usize, end: usize, named: bool) {
        let text = self.working.text();
        let plain = style == ScalarStyle::Plain;
        let (start, end) = match style {
            ScalarStyle::Plain if value.is_empty() => {
                let colon = !named && slice(text, start, start + 1) == ":";
                let at = (start + usize::from(colon)).min(text.len());
                (at, at)
            }
            ScalarStyle::Plain => (start, end),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                (start, start + quoted_length(slice(text, start, text.len())))
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let start = header(text, self.read, start);
                (start, start + slice(text, start, end.max(start)).trim_end().len())
            }
        };
        let span = self.working.span(start, end);
        if plain {
            let in_flow = self.open.iter().any(|open| open.flow);
            self.say(|working| remark::cut_at_hash(working, span, in_flow));
            let first = slice(text, span.start, text.len()).bytes().next();
            if first.is_some_and(|first| !first.is_ascii()) {
                self.odd_signs(span, in_flow);
            }
        }
        self.read = span.end;
        let value = self.borrowed(value, span, plain);
        self.scan.tokens.push(Token::Text(Text { value, span, plain }));
    }

    /// Tells of signs that look like YAML's own.
    fn odd_signs(&mut self, span: Span, in_flow: bool) {
        self.say(|working| remark::typographic_quotes(working, span, in_flow));
        if span.start >= self.dashed
            && let Some((diagnostic, end)) = remark::dashes(self.working, span.start)
        {
            self.dashed = end;
            self.say(|_| Some(diagnostic));
        }
    }

    /// Adds a diagnostic, unless there are enough.
    fn say(&mut self, diagnostic: impl FnOnce(&Working<'s>) -> Option<Diagnostic>) {
        if self.scan.diagnostics.len() < MAX_REMARKS {
            self.scan.diagnostics.extend(diagnostic(self.working));
        }
    }

    /// The value as a part of the source, where it stands there as it is.
    fn borrowed(&self, value: &str, span: Span, plain: bool) -> Cow<'s, str> {
        let edge = usize::from(!plain);
        let (start, end) = (span.start + edge, span.end.saturating_sub(edge));
        match self.working.source().get(start..end.max(start)) {
            Some(part) if part == value => Cow::Borrowed(part),
            Some(_) | None => Cow::Owned(value.to_owned()),
        }
    }

    fn fault(&self, error: &ScanError) -> Stop {
        let at = self.offsets.byte(error.marker().index());
        let open = self.open.iter().find(|open| open.flow).map(|open| open.start);
        // The parser may have looked ahead past brackets that it has not told of yet.
        let ahead = || {
            let rest = slice(self.working.text(), self.read, at);
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":-?,".contains(c));
            rest.starts_with(['[', '{']).then_some(at - rest.len())
        };
        Stop::Fault(Fault { info: error.info().to_owned(), at, flow: open.or_else(ahead) })
    }
}

/// Where the `|` or `>` of a block stands whose words start at `start`, after what was `read`.
fn header(text: &str, read: usize, start: usize) -> usize {
    let gap = slice(text, read, start);
    if gap.is_empty() {
        return start;
    }
    let line = gap.trim_end();
    let line = slice(line, line.rfind(['\n', '\r']).map_or(0, |at| at + 1), line.len());
    let line_start = gap.find(line).map_or(0, |_| gap.trim_end().len() - line.len());
    let words = line.split(" #").next().unwrap_or(line);
    words.rfind(['|', '>']).map_or(start, |at| read + line_start + at)
}
