// The editor: CodeMirror, told what the engine says of the source.

import {closeBrackets, closeBracketsKeymap, completionKeymap} from '@codemirror/autocomplete';
import {defaultKeymap, history, historyKeymap, isolateHistory} from '@codemirror/commands';
import {yaml} from '@codemirror/lang-yaml';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import {type Diagnostic, lintGutter, setDiagnostics} from '@codemirror/lint';
import {highlightSelectionMatches, search, searchKeymap} from '@codemirror/search';
import {type ChangeDesc, ChangeSet, EditorState} from '@codemirror/state';
import {drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers} from '@codemirror/view';
import type {Fault} from '../engine';
import type {EditorHandle} from '../state';
import {beside, type Marks, marking} from './gutter';
import {completion, hover} from './language';
import {colours, look} from './look';

export interface Editor extends EditorHandle {
  /** Underlines what is wrong, and marks lines; without marks, those that are there stay. */
  hear(faults: Fault[], marks: Marks | undefined): void;
  /** Whether it is on the screen. */
  isShown(): boolean;
  close(): void;
}

export interface Listener {
  /** Gets the whole source after each change; says whether it loads. */
  onEdit(source: string): boolean;
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

/** Whether the author wants nothing to move by itself. */
const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** An editor of `source` within `host`. */
export function openEditor(host: HTMLElement, source: string, {onEdit, onMove, onFollow}: Listener): Editor {
  // What was changed since the source loaded last.
  let since: ChangeDesc = ChangeSet.empty(source.length);
  const view = new EditorView({
    parent: host,
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
        yaml(),
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
          if (change.docChanged) {
            since = since.composeDesc(change.changes);
            if (onEdit(change.state.doc.toString())) since = ChangeSet.empty(change.state.doc.length);
          }
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
    hear(faults, marks) {
      const found = faults.map((fault) => diagnostic(fault, within));
      const {effects = []} = setDiagnostics(view.state, found);
      view.dispatch({effects: [effects, marks ? marking(marks) : []].flat()});
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
