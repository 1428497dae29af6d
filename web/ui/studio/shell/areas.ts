// Which pane is shown in each area, and which area on a small screen, where there is room for one.

import {computed, signal} from '@preact/signals';
import {prefer, prefs} from '../prefs';
import {type Pane, panes, type Where} from '../registry';

export const AREAS: readonly Where[] = ['start', 'middle', 'end', 'below'];

/** The area that a small screen shows. */
export const area = signal<Where>('start');

export const panesIn = (where: Where): Pane[] => panes.value.filter((pane) => pane.where === where);

/** The areas that have a pane. */
export const used = computed(() => AREAS.filter((where) => panesIn(where).length > 0));

/** The pane that an area shows. */
export function shown(where: Where): Pane | undefined {
  const here = panesIn(where);
  return here.find((pane) => pane.id === prefs.value.panes[where]) ?? here[0];
}

/** Shows a pane. */
export function show(id: string): void {
  const pane = panes.peek().find((pane) => pane.id === id);
  if (!pane) return;
  const {panes: chosen} = prefs.peek();
  if (chosen[pane.where] !== id) prefer({panes: {...chosen, [pane.where]: id}});
  area.value = pane.where;
}

/** Shows a pane, and puts the focus into it. */
export function visit(id: string): void {
  show(id);
  const pane = panes.peek().find((pane) => pane.id === id);
  const self = () => document.getElementById(`pane-${id}`);
  const focus = () => (pane?.focus ? pane.focus() : self()?.focus());
  // Where it is not on the screen yet, it has to appear first.
  if (self()?.offsetParent) focus();
  else requestAnimationFrame(focus);
}
