// What both pages do with the engine. Each has one file that knows its wasm package, `engine.ts`: the Chat page's reads
// compiled trees only. What they hand out is drawn and passed back, never taken apart.

import type {Session} from '../../pkg/studio/treebot.js';

export type {
  Analysis,
  Candidate,
  ChangeView,
  Draft,
  Entry,
  Fault,
  Given,
  Keeping,
  Kept,
  Label,
  Narrowed,
  News,
  Piece,
  Report,
  ResultCard,
  Said,
  Session,
  Stretch,
  View,
} from '../../pkg/studio/treebot.js';

/**
 * Starts the engine by `start`. `onStop` is called if it ever stops: whatever the reason is, its wasm traps, and the call
 * that was under way throws.
 */
export async function startEngine(start: () => Promise<unknown>, onStop: () => void): Promise<void> {
  const hear = (error: unknown) => error instanceof WebAssembly.RuntimeError && onStop();
  addEventListener('error', (event) => hear(event.error));
  addEventListener('unhandledrejection', (event) => hear(event.reason));
  await start();
}

/** The name of the tree that this page is about: from `#tree=…`, else the page's own. */
export function treeId(): string {
  const wanted = new URLSearchParams(location.hash.slice(1)).get('tree');
  const known = wanted !== null && /^[a-z0-9-]{1,64}$/.test(wanted);
  return known ? wanted : (document.documentElement.dataset.tree ?? 'uk-visa');
}

/**
 * The place that the address asks for (`#p=…`), whatever that may be. It is taken out of the address, so that a reload goes
 * on where the visitor is by then.
 */
export function placeWanted(): string | undefined {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const place = wanted.get('p');
  if (place === null) return undefined;
  wanted.delete('p');
  const rest = wanted.toString();
  history.replaceState(null, '', `${location.pathname}${location.search}${rest && `#${rest}`}`);
  return place;
}

/** The address of a published tree. */
export function treeAddress(id: string): string {
  return `./trees/${id}.yaml`;
}

/** The source of a published tree. */
export async function fetchTree(id: string): Promise<string> {
  // A tree that was published since is another one, while the engine's own files have names that change with them.
  const answer = await fetch(treeAddress(id), {cache: 'no-cache'});
  if (!answer.ok) throw new Error(`there is no tree called ${id} here`);
  return answer.text();
}

/** What shares a conversation with other tabs. */
export type Shared = Pick<Session, 'key' | 'sync' | 'look' | 'settle'>;

/** Calls `onChange` whenever the conversation may have changed in another tab. */
export function watch(session: Shared, onChange: () => void): void {
  const key = session.key();
  addEventListener('storage', (event) => {
    // A key of null: all of the storage was emptied.
    if (event.key !== key && event.key !== null) return;
    session.sync(event.newValue ?? undefined);
    onChange();
  });
  // A page that was asleep has heard no events.
  const wake = () => {
    session.look();
    onChange();
  };
  addEventListener('pageshow', (event) => event.persisted && wake());
  document.addEventListener('visibilitychange', () =>
    document.visibilityState === 'visible' ? wake() : session.settle(),
  );
  addEventListener('pagehide', () => session.settle());
}
