// How the source looks.

import {HighlightStyle} from '@codemirror/language';
import {EditorView} from '@codemirror/view';
import {tags} from '@lezer/highlight';

export const colours = HighlightStyle.define([
  {tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)', fontWeight: '600'},
  {tag: [tags.string, tags.content], color: 'var(--ink)'},
  {tag: [tags.comment, tags.lineComment], color: 'var(--soft)', fontStyle: 'italic'},
  {tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace, tags.meta], color: 'var(--soft)'},
]);

export const look = EditorView.theme({
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
