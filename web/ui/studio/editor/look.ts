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
  '.mark-here': {color: 'var(--accent)'},
  '.mark-covered': {color: 'var(--soft)'},
  '.mark-missed': {color: 'var(--amber-edge)'},
  // Narrow: the room is for the words.
  '.cm-beside': {fontSize: '0.75em', inlineSize: '1.1em', textAlign: 'center', cursor: 'default'},
  '.cm-gutter-lint': {width: '1em'},
  '.cm-gutter-lint .cm-gutterElement': {padding: '0.2em 0'},
  '.cm-lineNumbers .cm-gutterElement': {minWidth: '0', padding: '0 2px'},
  '.cm-beside .cm-gutterElement': {whiteSpace: 'nowrap'},
  '.cm-foldGutter .cm-gutterElement': {color: 'var(--soft)'},
  '.cm-foldPlaceholder': {backgroundColor: 'var(--tint)', border: '1px solid var(--line)', color: 'var(--soft)'},
  '.cm-tooltip-autocomplete > ul > li': {padding: '0.25rem 0.6rem'},
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
  },
  '.cm-completionDetail': {marginInlineStart: '0.75em', fontStyle: 'normal', opacity: '0.85'},
  '.cm-panels': {backgroundColor: 'var(--paper)', color: 'var(--ink)', borderColor: 'var(--line)'},
  '.cm-panel.cm-search': {padding: '0.4rem 0.75rem'},
  '.cm-panel.cm-search input, .cm-panel.cm-search button': {
    minBlockSize: '2.2rem',
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    background: 'var(--raised)',
    color: 'var(--ink)',
  },
  '.cm-searchMatch': {backgroundColor: 'var(--amber)', outline: '1px solid var(--amber-edge)'},
  '.cm-selectionMatch': {backgroundColor: 'var(--tint)'},
  // Shape tells it from an error, not colour alone.
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline dotted 2px var(--amber-edge)',
    textUnderlineOffset: '3px',
  },
  '.cm-diagnostic': {padding: '0.4rem 0.7rem'},
  '.cm-diagnosticAction': {backgroundColor: 'var(--accent)', color: 'var(--on-accent)'},
  '@media (forced-colors: active)': {
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'Highlight',
      opacity: '0.5',
      forcedColorAdjust: 'none',
    },
    '.cm-activeLine, .cm-selectionMatch': {outline: '1px dotted CanvasText', outlineOffset: '-1px'},
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      outline: '3px solid Highlight',
      outlineOffset: '-3px',
    },
  },
});
