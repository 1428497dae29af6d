// The Studio's one state: signals that views read, and the few functions that change them. What follows from a source is
// the engine's to say; here is only what it said last, and where the author is looking.

import {batch, computed, signal} from '@preact/signals';
import type {Desk, Keeping, Preview, Replacement, Told} from './engine';

/** The name under which the Studio keeps a tree's draft and preview, apart from all visitors'. */
export const studioId = (tree: string): string => `studio-${tree}`;

export type Phase = 'loading' | 'failed' | 'refused' | 'ready' | 'only' | 'stopped';
export const phase = signal<Phase>('loading');

/** The engine's side: the source, its conversation, its tests. There while the phase is `ready`. */
export const desk = signal<Desk | undefined>(undefined);

/** What the engine says of the newest source. */
export const told = signal<Told | undefined>(undefined);

/** The conversation as it is to be drawn. Newer than `told` where something was said since. */
export const preview = signal<Preview | undefined>(undefined);

/** Whether the last edit is the last thing that happened: only then is what it kept still news. */
export const edited = signal(false);

/** How the draft is kept. */
export const draft = signal<Keeping>('kept');

/** How many versions had to go as there was no room. */
export const dropped = signal(0);

/** A draft that another tab wrote meanwhile. */
export const elsewhere = signal<string | undefined>(undefined);

/** What has just been done or could not be, in a sentence; it is read out. */
export const notice = signal<string | undefined>(undefined);

/** The problems of the newest source. */
export const faults = computed(() => told.value?.faults ?? []);

/** A node, and which part of the page chose it: that part need not follow. */
export interface Selection {
  node: number;
  by: 'source' | 'map' | 'preview' | 'palette' | 'list';
}

/** The node that the author is looking at, in all panes. */
export const selection = signal<Selection | undefined>(undefined);

/** Looks at a node. */
export function select(node: number | undefined, by: Selection['by']): void {
  const now = selection.peek();
  if (now?.node === node && now?.by === by) return;
  selection.value = node === undefined ? undefined : {node, by};
}

/** What other panes may ask of the editor. Offsets count UTF-16 code units. */
export interface EditorHandle {
  /** Selects a range, shows it, and puts the focus there. */
  goTo(from: number, to: number): void;
  /** Shows an offset, and leaves the focus where it is; gives its line. */
  point(offset: number): number;
  /** Where an offset of the newest source that loaded is by now. */
  now(offset: number): number;
  /** Changes ranges of the source, as one step that can be undone. */
  change(edits: Replacement[]): void;
  /** Puts another source in; it can be undone. */
  replace(source: string): void;
  /** The source as it is. */
  source(): string;
  /** Where the cursor is. */
  cursor(): number;
  /** Where the selection begins. */
  selected(): number;
  focus(): void;
}
export const editor = signal<EditorHandle | undefined>(undefined);

/** Draws what the engine now says of the conversation. Call it after each turn. */
export function turned(): void {
  edited.value = false;
  notice.value = undefined;
  preview.value = desk.peek()?.preview();
}

/** Takes in what the engine says of a source. */
export function heard(now: Told): void {
  batch(() => {
    notice.value = undefined;
    told.value = now;
    preview.value = now.preview;
  });
}
