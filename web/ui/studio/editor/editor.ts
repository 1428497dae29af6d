// The editor: CodeMirror, told what the engine says of the source.

import {closeBrackets, closeBracketsKeymap, completionKeymap} from '@codemirror/autocomplete';
import {defaultKeymap, history, historyKeymap, isolateHistory} from '@codemirror/commands';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import {type Diagnostic, diagnosticCount, lintGutter, setDiagnostics} from '@codemirror/lint';
import {highlightSelectionMatches, search, searchKeymap} from '@codemirror/search';
import {type ChangeDesc, ChangeSet, EditorState, type StateEffect, type Transaction} from '@codemirror/state';
import {drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers} from '@codemirror/view';
import type {Fault, Replacement} from '../engine';
import type {EditorHandle} from '../state';
import {beside, isSame, type Marks, marking} from './gutter';
import {completion, hover} from './language';
import {colours, look} from './look';
import {yaml} from './yaml';

/** What the engine says of a source, as far as the editor shows it. */
export interface Heard {
  /** Whether it loads. */
  loads: boolean;
  /** What is wrong: it is underlined. */
  faults: Fault[];
  /** The lines that are marked; without them, those that are there stay. */
  marks: Marks | undefined;
}

/** What is changed of a source: a part, with what comes in its place, unless all of it has to be looked at. */
export interface Edited {
  part: Replacement | undefined;
  /** All of it, as it is now. */
  whole: () => string;
}

export interface Editor extends EditorHandle {
  /** Shows what is heard otherwise than after an edit. */
  hear(heard: Heard): void;
  /** Whether it is on the screen. */
  isShown(): boolean;
  close(): void;
}

export interface Listener {
  /** Gets each change before it is shown; says what is to be shown together with it. */
  onEdit(edited: Edited): Heard | undefined;
  /** Called where undoing has exchanged all of the source. */
  onExchanged(): void;
  /** Called once it is shown. */
  onShown(): void;
  /** Gets the offset of the cursor when it has moved. */
  onMove(offset: number): void;
  /** Gets an offset that was pressed on together with Ctrl (⌘ on a Mac). */
  onFollow(offset: number): void;
}

/** Undone by itself, not with what was typed just before. */
const alone = isolateHistory.of('full');

function diagnostic(fault: Fault, within: (offset: number) => number): Diagnostic {
  const from = within(fault.from);
  return {
    from,
    to: Math.max(from, within(fault.to)),
    severity: fault.severity,
    source: fault.code,
    message: fault.message,
    actions: fault.fixes.map((fix) => ({
      name: fix.title,
      apply: (view) => view.dispatch({changes: fix.edits, annotations: alone}),
    })),
  };
}

/** What puts on the screen what the engine says; `marked` are the marks that are there and have moved along. */
function showing(state: EditorState, {faults, marks}: Heard, marked?: Marks): StateEffect<unknown>[] {
  const within = (offset: number) => Math.min(offset, state.doc.length);
  const all = faults.map((fault) => diagnostic(fault, within));
  // Where nothing is wrong and nothing was, there is nothing to draw anew.
  const isFine = all.length === 0 && diagnosticCount(state) === 0;
  const found = isFine ? [] : (setDiagnostics(state, all).effects ?? []);
  return [found, marks && !isSame(marks, marked) ? marking(marks) : []].flat();
}

/** Whether a change leaves every line where it is, and where it begins. */
const isWithinLine = ({startState}: Transaction, part: Replacement): boolean =>
  !part.insert.includes('\n') && part.to <= startState.doc.lineAt(part.from).to;

/** Half of a character, which only JavaScript knows. */
const HALF = /\p{Surrogate}/u;

/** What a change puts where, if that is one part. */
function partOf({changes}: Transaction): Replacement | undefined {
  const parts: Replacement[] = [];
  changes.iterChanges((from, to, _from, _to, text) => parts.push({from, to, insert: text.toString()}));
  const [part] = parts;
  return parts.length === 1 && part && !HALF.test(part.insert) ? part : undefined;
}

/** Whether all of the source was exchanged by undoing, or by doing it again. */
function isExchange(made: Transaction): boolean {
  if (!made.isUserEvent('undo') && !made.isUserEvent('redo')) return false;
  let all = false;
  made.changes.iterChangedRanges((from, to) => {
    all ||= from === 0 && to === made.startState.doc.length;
  });
  return all;
}

/** Whether the author wants nothing to move by itself. */
const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** An editor of `source` within `host`. */
export function openEditor(
  host: HTMLElement,
  source: string,
  {onEdit, onShown, onMove, onFollow, onExchanged}: Listener,
): Editor {
  // What was changed since the source loaded last.
  let since: ChangeDesc = ChangeSet.empty(source.length);
  // Whether the engine has the very text that is here: not where that has half characters or other ends of lines.
  let isKnown = !/\r/.test(source) && !HALF.test(source);
  // The marks that are there.
  let marks: Marks | undefined;
  const view = new EditorView({
    parent: host,
    // What the engine says of a change is shown in one step with it: drawing twice would take as long again.
    dispatchTransactions(made, view) {
      const last = made.at(-1);
      if (!last || !made.some(({docChanged}) => docChanged)) return view.update(made);
      for (const one of made) since = since.composeDesc(one.changes);
      const whole = () => {
        const all = last.newDoc.toString();
        isKnown = !HALF.test(all);
        return all;
      };
      const part = made.length === 1 ? partOf(last) : undefined;
      const heard = onEdit({part: isKnown ? part : undefined, whole});
      if (heard?.loads) since = ChangeSet.empty(last.newDoc.length);
      const stay = part && isWithinLine(last, part) ? marks : undefined;
      if (heard?.marks) marks = heard.marks;
      view.update(heard ? [...made, last.state.update({effects: showing(last.state, heard, stay)})] : made);
      if (made.some(isExchange)) onExchanged();
      onShown();
    },
    state: EditorState.create({
      doc: source,
      extensions: [
        beside,
        lintGutter(),
        lineNumbers(),
        foldGutter(),
        codeFolding(),
        history(),
        drawSelection({cursorBlinkRate: isStill() ? 0 : 1200}),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        completion,
        hover,
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({top: true}),
        EditorView.lineWrapping,
        yaml,
        syntaxHighlighting(colours),
        // Tab is left alone: it leaves the editor, as it leaves every other field.
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...searchKeymap,
          ...foldKeymap,
          ...completionKeymap,
        ]),
        EditorView.contentAttributes.of({'aria-label': 'Source of the tree', spellcheck: 'false', tabindex: '0'}),
        EditorView.updateListener.of((change) => {
          // By the author's own doing: in the text, or in the line to search by.
          const isOwn = change.docChanged || (change.selectionSet && view.dom.contains(document.activeElement));
          if (isOwn) onMove(change.state.selection.main.head);
        }),
        EditorView.domEventHandlers({
          mousedown(event, view) {
            const at = event.ctrlKey || event.metaKey ? view.posAtCoords(event) : null;
            if (at === null || event.button !== 0) return false;
            event.preventDefault();
            onFollow(at);
            return true;
          },
        }),
        look,
      ],
    }),
  });
  const within = (offset: number) => Math.min(offset, view.state.doc.length);
  return {
    hear(heard) {
      if (heard.marks) marks = heard.marks;
      view.dispatch({effects: showing(view.state, heard)});
    },
    point(offset) {
      const at = within(offset);
      view.dispatch({selection: {anchor: at}, effects: EditorView.scrollIntoView(at, {y: 'center'})});
      return view.state.doc.lineAt(at).number;
    },
    goTo(from, to) {
      const selection = {anchor: within(from), head: within(to)};
      view.dispatch({selection, effects: EditorView.scrollIntoView(selection.anchor, {y: 'center'})});
      view.focus();
    },
    change(edits) {
      view.dispatch({changes: edits, annotations: alone});
    },
    replace(source) {
      view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: source}, annotations: alone});
    },
    now: (offset) => since.mapPos(Math.min(offset, since.length), 1),
    source: () => view.state.doc.toString(),
    cursor: () => view.state.selection.main.head,
    selected: () => view.state.selection.main.from,
    focus: () => view.focus(),
    isShown: () => view.dom.offsetParent !== null,
    close: () => view.destroy(),
  };
}
