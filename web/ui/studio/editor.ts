// The editor: CodeMirror, told what the engine finds wrong.

import {defaultKeymap, history, historyKeymap} from '@codemirror/commands';
import {yaml} from '@codemirror/lang-yaml';
import {bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting} from '@codemirror/language';
import {type Diagnostic, lintGutter, lintKeymap, setDiagnostics} from '@codemirror/lint';
import {EditorState} from '@codemirror/state';
import {drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers} from '@codemirror/view';
import {tags} from '@lezer/highlight';
import type {Fault} from '../shared/bot';

export interface Editor {
  /** Underlines what is wrong. */
  show(faults: Fault[]): void;
  /** Selects a range, and goes there. */
  select(from: number, to: number): void;
  /** Puts another source in; the author can undo it. */
  replace(source: string): void;
  /** Changes ranges of the source. */
  mend(edits: {from: number; to: number; insert: string}[]): void;
}

/** An editor of `source` within `host`. `onEdit` gets the whole source after each change. */
export function openEditor(host: HTMLElement, source: string, onEdit: (source: string) => void): Editor {
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: source,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        EditorView.lineWrapping,
        yaml(),
        syntaxHighlighting(colours),
        // Tab is left alone: it leaves the editor, as it leaves every other field.
        keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({'aria-label': 'Source of the tree', spellcheck: 'false', tabindex: '0'}),
        EditorView.updateListener.of((change) => {
          if (change.docChanged) onEdit(change.state.doc.toString());
        }),
        look,
      ],
    }),
  });
  return {
    show(faults) {
      const end = view.state.doc.length;
      const marks = faults.map((fault): Diagnostic => {
        const from = Math.min(fault.from, end);
        return {
          from,
          to: Math.max(from, Math.min(fault.to, end)),
          severity: fault.severity,
          source: fault.code,
          message: fault.message,
          actions: fault.fixes.map((fix) => ({
            name: fix.title,
            apply: (view) => view.dispatch({changes: fix.edits}),
          })),
        };
      });
      view.dispatch(setDiagnostics(view.state, marks));
    },
    select(from, to) {
      const end = view.state.doc.length;
      view.dispatch({
        selection: {anchor: Math.min(from, end), head: Math.min(to, end)},
        scrollIntoView: true,
      });
      view.focus();
    },
    replace(source) {
      view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: source}});
    },
    mend(edits) {
      view.dispatch({changes: edits});
    },
  };
}

const colours = HighlightStyle.define([
  {tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)', fontWeight: '600'},
  {tag: [tags.string, tags.content], color: 'var(--ink)'},
  {tag: [tags.comment, tags.lineComment], color: 'var(--soft)', fontStyle: 'italic'},
  {tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace, tags.meta], color: 'var(--soft)'},
]);

const look = EditorView.theme({
  '&': {blockSize: '100%', color: 'var(--ink)', backgroundColor: 'var(--raised)', fontSize: '0.9rem'},
  '&.cm-focused': {outline: 'var(--focus)', outlineOffset: '-3px'},
  '.cm-scroller': {fontFamily: "ui-monospace, 'SF Mono', Consolas, 'Liberation Mono', monospace", lineHeight: '1.55'},
  '.cm-content': {caretColor: 'var(--ink)', paddingBlock: '0.75rem'},
  '.cm-cursor': {borderInlineStartColor: 'var(--ink)', borderInlineStartWidth: '2px'},
  '.cm-gutters': {backgroundColor: 'var(--paper)', color: 'var(--soft)', borderInlineEnd: '1px solid var(--line)'},
  '.cm-activeLine': {backgroundColor: 'color-mix(in srgb, var(--tint) 55%, transparent)'},
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 28%, transparent)',
  },
  '.cm-tooltip': {backgroundColor: 'var(--raised)', color: 'var(--ink)', border: '1px solid var(--edge)'},
  '.cm-diagnostic': {padding: '0.4rem 0.7rem'},
  '.cm-diagnosticAction': {backgroundColor: 'var(--accent)', color: 'var(--on-accent)'},
});
