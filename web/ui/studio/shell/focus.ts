// Where the focus goes when what was pressed is taken away by what the press did: a mend that is made, a reply that is sent.

/** Keeps the focus in its pane: on what stands in the place of what was pressed, or on the pane. */
export function keepFocus(): void {
  addEventListener(
    'click',
    ({target}) => {
      const pressed = target instanceof Element ? target.closest<HTMLElement>('button') : null;
      const pane = pressed?.closest<HTMLElement>('[id^="pane-"]');
      if (!pressed || !pane || document.activeElement !== pressed) return;
      const place = controls(pane).indexOf(pressed);
      requestAnimationFrame(() => {
        // The browser leaves it to nothing when it takes away what has it.
        if (pressed.isConnected || document.activeElement !== document.body) return;
        const left = controls(pane);
        (left[Math.min(place, left.length - 1)] ?? pane).focus();
      });
    },
    {capture: true},
  );
}

const controls = (pane: HTMLElement) => [...pane.querySelectorAll<HTMLElement>('button, input, select, summary')];
