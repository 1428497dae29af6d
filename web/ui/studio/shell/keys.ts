// Keys of the whole page: those of all registered commands.

import {command, commands} from '../registry';

const mac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Listens to the keys of all commands, whatever has the focus. */
export function listenToKeys(): void {
  // Before the editor, which has keys of its own.
  addEventListener('keydown', onKey, {capture: true});
}

function onKey(event: KeyboardEvent): void {
  if (event.isComposing) return;
  const pressed = nameOf(event);
  if (document.querySelector('dialog[open]')) {
    // What the browser would save or open is no tree.
    if (pressed === 'Mod-s' || pressed === 'Mod-o') event.preventDefault();
    if (pressed === 'Mod-s') command('save');
    return;
  }
  const known = commands.peek().find(({keys, when}) => keys === pressed && (when?.() ?? true));
  if (!known || (isWriting(event) && pressed.length === 1)) return;
  event.preventDefault();
  event.stopPropagation();
  known.run();
}

/** The name of what was pressed, as commands call it. */
function nameOf(event: KeyboardEvent): string {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  // With Alt, a Mac types other characters.
  const key = event.altKey && digit !== undefined ? digit : event.key;
  const shift = event.shiftKey && key.length > 1;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return `${mod ? 'Mod-' : ''}${event.altKey ? 'Alt-' : ''}${shift ? 'Shift-' : ''}${name}`;
}

/** Whether a character would be typed into something. */
function isWriting(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Keys as people read them. */
export function spell(keys: string): string {
  const parts = keys.split('-').map((part) => SPELT[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return parts.join(mac ? '' : '+');
}

const SPELT: Record<string, string> = mac ? {Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '⏎'} : {Mod: 'Ctrl'};
