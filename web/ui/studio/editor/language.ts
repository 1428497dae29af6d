// What the engine's language service says, in CodeMirror's terms: completion, what something is, and where it is given.

import {autocompletion, type Completion, type CompletionContext, type CompletionResult} from '@codemirror/autocomplete';
import {hoverTooltip, type Tooltip} from '@codemirror/view';
import type {Hovered} from '../engine';
import {desk} from '../state';

/** Lists what may be written; the engine has sorted and chosen it. */
export const completion = autocompletion({override: [complete], icons: false, activateOnTyping: true});

function complete(context: CompletionContext): CompletionResult | null {
  const found = desk.peek()?.complete(context.pos).list ?? [];
  const first = found[0];
  // At an empty place it is offered only where somebody asks for it.
  if (!first || (!context.explicit && first.edit.from === context.pos && !isAfterSpace(context))) return null;
  const options = found.map(
    ({label, detail, kind, edit}, index): Completion => ({
      label,
      detail,
      type: kind,
      // The engine's order is kept.
      boost: 99 - Math.min(index, 198),
      apply: (view) => view.dispatch(inserted(edit)),
    }),
  );
  return {from: first.edit.from, options, filter: false};
}

/** Behind `goto: ` a name is wanted, whether or not its first letter is there. */
const isAfterSpace = (context: CompletionContext) => context.matchBefore(/\S: $/) !== null;

function inserted(edit: {from: number; to: number; insert: string}) {
  return {changes: edit, selection: {anchor: edit.from + edit.insert.length}, userEvent: 'input.complete'};
}

/** Tells what the pointer is over. */
export const hover = hoverTooltip((_, offset): Tooltip | null => {
  const told = desk.peek()?.hover(offset);
  return told ? {pos: told.from, end: told.to, above: true, create: () => ({dom: lines(told)})} : null;
});

function lines(told: Hovered): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'told';
  for (const line of told.lines) {
    const row = dom.appendChild(document.createElement('p'));
    for (const {text, quoted} of line) {
      row.appendChild(document.createElement(quoted ? 'code' : 'span')).textContent = text;
    }
  }
  return dom;
}
