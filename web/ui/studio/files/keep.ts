// What is kept of the source in this browser. Of a tree that somebody shared, that is nothing.

import {Drafts} from '../engine';
import {opening} from '../opening';
import {draft, notice} from '../state';

/** Keeps the source as the draft, after each keystroke. True where there are other versions now. */
export function write(source: string, loads: boolean): boolean {
  const {id, shared} = opening();
  if (shared) return false;
  const written = Drafts.write(id, source, loads);
  draft.value = written.keeping;
  if (written.dropped > 0) notice.value = 'This browser has little room left: the oldest versions were dropped.';
  return written.version || written.dropped > 0;
}

/** Keeps a version; true where there was room for it. `replaced`: another source takes its place. */
export function snapshot(source: string, replaced: boolean): boolean {
  const {id, shared} = opening();
  return !shared && Drafts.snapshot(id, source, replaced) === 'kept';
}
