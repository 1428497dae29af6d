// How YAML is coloured, folded and indented while it is being written. It is read line by line: what a line means follows
// from it and the little that is known of the lines before, so a keystroke costs the lines in sight at most. What is wrong
// is not looked for here: the engine says that.

import {foldService, type IndentContext, StreamLanguage, type StringStream} from '@codemirror/language';
import type {Extension, Text} from '@codemirror/state';

/** What is known of the lines before. */
interface Known {
  /** The text of a block (`|`, `>`) goes on in lines that are indented by more than this. */
  block: number | undefined;
  /** What ends the text that was begun. */
  quote: '"' | "'" | undefined;
  /** How many `[` and `{` are open. */
  open: number;
  /** Where the last `-` or key of the line is. */
  column: number | undefined;
}

/** Words up to a `:` that ends a key; within brackets, some characters end it too. */
const KEY = /^(?:[^\s:]|:(?=\S))+(?:[ \t]+(?!#)(?:[^\s:]|:(?=\S))+)*(?=\s*:(?:\s|$))/;
const KEY_INSIDE =
  /^(?:[^\s:,[\]{}]|:(?=[^\s,[\]{}]))+(?:[ \t]+(?!#)(?:[^\s:,[\]{}]|:(?=[^\s,[\]{}]))+)*(?=\s*:(?:[\s,[\]{}]|$))/;
/** Words up to a comment or the end. */
const WORDS = /^\S+(?:[ \t]+(?!#)\S+)*/;
const WORDS_INSIDE = /^(?:[^\s,[\]{}]+|[ \t]+(?![#\s]))+/;

function token(stream: StringStream, known: Known): string | null {
  if (stream.sol() && stream.match(/^\s*$/)) {
    nothing(known);
    return null;
  }
  if (stream.sol() && known.quote === undefined) {
    const indent = stream.indentation();
    known.column = undefined;
    if (known.block !== undefined && indent > known.block) {
      stream.skipToEnd();
      return 'content';
    }
    known.block = undefined;
    if (stream.match(/^(?:---|\.\.\.)(?=\s|$)|^%.*/)) return 'meta';
  }
  if (known.quote !== undefined) return quoted(stream, known, known.quote);
  if (stream.eatSpace()) return null;
  const column = stream.column();
  if (stream.match(/^#.*/)) return 'comment';
  if (stream.match(/^[-?](?=\s|$)/)) {
    if (known.open === 0) known.column = column;
    return 'punctuation';
  }
  if (stream.match(/^:(?=[\s,[\]{}]|$)/)) return 'punctuation';
  if (stream.match(/^[[{]/)) {
    known.open += 1;
    return 'squareBracket';
  }
  if (known.open > 0) {
    if (stream.match(/^[\]}]/)) {
      known.open -= 1;
      return 'squareBracket';
    }
    if (stream.match(/^,/)) return 'separator';
  }
  if (stream.match(/^[&*!][^\s,[\]{}]*/)) return 'meta';
  if (known.open === 0 && stream.match(/^[|>][-+\d]*(?=\s*(?:#.*)?$)/)) {
    known.block = known.column ?? stream.indentation() - 1;
    return 'punctuation';
  }
  const quote = stream.peek();
  if (quote === '"' || quote === "'") {
    stream.next();
    known.quote = quote;
    const kind = quoted(stream, known, quote);
    const isKey = known.quote === undefined && stream.match(/^\s*:(?=[\s,[\]{}]|$)/, false);
    if (isKey && known.open === 0) known.column = column;
    return isKey ? 'propertyName' : kind;
  }
  if (stream.match(known.open > 0 ? KEY_INSIDE : KEY)) {
    if (known.open === 0) known.column = column;
    return 'propertyName';
  }
  if (!stream.match(known.open > 0 ? WORDS_INSIDE : WORDS)) stream.next();
  return 'content';
}

/** A line without words is indented like itself. */
function nothing(known: Known): void {
  known.column = undefined;
}

/** Goes on behind the quote, or to the end of the line. */
function quoted(stream: StringStream, known: Known, quote: '"' | "'"): string {
  if (stream.match(quote === '"' ? /^(?:[^"\\]|\\.)*"/ : /^(?:[^']|'')*'(?!')/)) known.quote = undefined;
  else stream.skipToEnd();
  return 'string';
}

/**
 * Where the next line begins: with the key or `-` of the one before; in a block that begins and in brackets, further in.
 * Behind a line without words it begins like that one.
 */
function indent({block, quote, open, column}: Known, after: string, context: IndentContext): number | null {
  const broken = context.simulatedBreak;
  const isEmpty = broken !== null && context.lineAt(broken, -1).text.trim() === '';
  if (quote !== undefined || column === undefined || isEmpty) return null;
  const further = block === undefined ? open - (/^\s*[\]}]/.test(after) ? 1 : 0) : 1;
  return column + (further > 0 ? context.unit : 0);
}

const language = StreamLanguage.define<Known>({
  name: 'yaml',
  startState: () => ({block: undefined, quote: undefined, open: 0, column: undefined}),
  copyState: (known) => ({...known}),
  token,
  blankLine: nothing,
  indent,
  languageData: {commentTokens: {line: '#'}, indentOnInput: /^\s*[\]}]$/},
});

/** How far a line is indented; none where there is nothing in it. */
function indentOf(line: string): number | undefined {
  const at = line.search(/\S/);
  return at < 0 ? undefined : at;
}

/** Where the lines end that hang from one. */
function endOf(doc: Text, number: number, indent: number): number {
  let end = doc.line(number).to;
  let at = end + 1;
  for (const line of doc.iterLines(number + 1)) {
    const own = indentOf(line);
    if (own !== undefined && own <= indent) break;
    if (own !== undefined) end = at + line.length;
    at += line.length + 1;
  }
  return end;
}

/** A line from which others hang is folded with them. How many those are is only looked for when it is: they may be all. */
const folding = foldService.of(({doc}, start) => {
  const {number, text, to} = doc.lineAt(start);
  const indent = indentOf(text);
  if (indent === undefined || text[indent] === '#' || number === doc.lines) return null;
  for (const line of doc.iterLines(number + 1)) {
    const own = indentOf(line);
    if (own === undefined) continue;
    if (own <= indent) return null;
    return {
      from: to,
      get to() {
        return endOf(doc, number, indent);
      },
    };
  }
  return null;
});

export const yaml: Extension = [language, folding];
