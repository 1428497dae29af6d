// How the author likes the page: panes and their sizes, light or dark. Kept beside the drafts, so that deleting everything takes
// it along; nothing is written before something is changed.

import {signal} from '@preact/signals';

const KEY = 'treebot/v1/studio/prefs';

export type Theme = 'system' | 'light' | 'dark';

export interface Prefs {
  /** Shares of the width, and of the height, in percent. */
  start: number;
  end: number;
  below: number;
  theme: Theme;
  /** Whether problems are told of that only make a tree harder to use. */
  advice: boolean;
  /** The pane that was chosen in each area. */
  panes: Record<string, string>;
  /** What the conversation is shown as. */
  look: string;
  /** Whether the map is a list. */
  list: boolean;
}

const OWN: Prefs = {start: 37, end: 30, below: 26, theme: 'system', advice: false, panes: {}, look: 'web', list: false};

/** How small and how large a pane may be, in percent. */
export const LIMITS = {start: [15, 65], end: [15, 65], below: [8, 70]} as const;

export const prefs = signal<Prefs>(read());

export function prefer(change: Partial<Prefs>): void {
  prefs.value = {...prefs.value, ...change};
  try {
    localStorage.setItem(KEY, JSON.stringify(prefs.value));
  } catch {
    // Then it holds until the page is closed.
  }
}

function read(): Prefs {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return typeof kept === 'object' && kept !== null ? sound(kept as Partial<Prefs>) : OWN;
  } catch {
    return OWN;
  }
}

/** What was kept, as far as it makes sense. */
function sound(kept: Partial<Prefs>): Prefs {
  const size = (name: 'start' | 'end' | 'below'): number => {
    const value = kept[name];
    const [least, most] = LIMITS[name];
    return typeof value === 'number' && value >= least && value <= most ? value : OWN[name];
  };
  const theme = kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system';
  const entries = Object.entries(kept.panes ?? {}).filter(([, pane]) => typeof pane === 'string');
  return {
    start: size('start'),
    end: size('end'),
    below: size('below'),
    theme,
    advice: kept.advice === true,
    panes: Object.fromEntries(entries),
    look: typeof kept.look === 'string' ? kept.look : OWN.look,
    list: kept.list === true,
  };
}
