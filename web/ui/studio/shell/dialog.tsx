// What opens above the page: one at a time. Escape and a press beside it close it, and the focus goes back.

import {signal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useLayoutEffect, useRef} from 'preact/hooks';

/** Which one is open. */
export const dialog = signal<string | undefined>(undefined);

export function Dialog({name, label, children}: {name: string; label: string; children: ComponentChildren}) {
  const self = useRef<HTMLDialogElement>(null);
  const open = dialog.value === name;
  useLayoutEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    self.current?.showModal();
    return () => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && before instanceof HTMLElement) before.focus();
    };
  }, [open]);
  if (!open) return null;
  const close = () => {
    if (dialog.peek() === name) dialog.value = undefined;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it as well
    <dialog
      ref={self}
      class="dialog"
      aria-label={label}
      onClose={close}
      onClick={(event) => event.target === self.current && self.current?.close()}
    >
      {children}
    </dialog>
  );
}

/** A button that closes whatever is open. */
export function Close({children = 'Close'}: {children?: string}) {
  return (
    <button
      type="button"
      class="quiet"
      onClick={() => {
        dialog.value = undefined;
      }}
    >
      {children}
    </button>
  );
}
