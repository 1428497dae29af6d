// What is kept of the source in this browser. Of a tree that somebody shared, that is nothing.

import {Drafts} from '../engine';
import {opening} from '../opening';
import {draft, dropped, elsewhere} from '../state';

/** What has to be kept, and is not yet. */
let waiting: {source: () => string; loads: boolean} | undefined;

/** Called where there are other versions after something was kept. */
let changed = () => {};

/** Has `listener` called whenever there are other versions. */
export function onVersions(listener: () => void): void {
  changed = listener;
}

/** Called with each draft that was kept. */
let told = (_: string) => {};

/** Has `listener` called with each draft that was kept. */
export function onKept(listener: (source: string) => void): void {
  told = listener;
}

/**
 * Keeps the source as the draft, after each keystroke: once the frame is drawn that shows it, as the author sees that
 * sooner then. Nothing is lost: it is kept at once where no frame comes, and when the page goes.
 */
export function keepSoon(source: () => string, loads: boolean): void {
  const isAsked = waiting !== undefined;
  waiting = {source, loads};
  if (document.visibilityState === 'hidden') keepNow();
  else if (!isAsked) requestAnimationFrame(() => setTimeout(keepNow));
}

/** Keeps what waits for it. */
export function keepNow(): void {
  if (!waiting) return;
  const {source, loads} = waiting;
  waiting = undefined;
  const {id, shared} = opening();
  if (shared) return;
  putAside();
  const text = source();
  const written = Drafts.write(id, text, loads);
  if (written.keeping === 'kept') stored = text;
  draft.value = written.keeping;
  told(text);
  dropped.value += written.dropped;
  if (written.version || written.dropped > 0) changed();
}

/** What this tab knows to be stored. */
let stored: string | undefined;

/** Told once what was stored when the page was opened. */
export function found(draft: string | undefined): void {
  stored = draft;
}

/** What another tab has written and is among the versions already. */
let aside: string | undefined;

/** Puts what another tab has written among the versions, as this one is about to write over it. */
function putAside(): void {
  const theirs = elsewhere.peek();
  if (theirs === undefined || theirs === aside) return;
  aside = theirs;
  if (Drafts.snapshot(opening().id, theirs, true) === 'kept') changed();
}

/** Goes on with what is here. What the other tab has written is among the versions. */
export function leaveElsewhere(): void {
  putAside();
  stored = elsewhere.peek();
  elsewhere.value = undefined;
}

/** Looks whether another tab has written while this one heard of nothing. */
export function lookElsewhere(id: string): void {
  if (document.visibilityState === 'hidden' || waiting) return;
  const now = Drafts.read(id).source;
  if (now !== undefined && now !== stored) elsewhere.value = now;
}

addEventListener('pagehide', keepNow);
addEventListener('beforeunload', keepNow, {capture: true});
document.addEventListener('visibilitychange', keepNow);

/** Keeps a version; true where there was room for it. `replaced`: another source takes its place. */
export function snapshot(source: string, replaced: boolean): boolean {
  const {id, shared} = opening();
  const isKept = !shared && Drafts.snapshot(id, source, replaced) === 'kept';
  // After it: what is kept by itself would stand among the versions in its place, where it is the same.
  keepNow();
  return isKept;
}
