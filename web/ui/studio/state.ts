// The one state of the Studio, and the one function that changes it.

import {signal} from '@preact/signals';
import type {Keeping, Kept, Session, View} from '../shared/bot';
import {Drafts} from './engine';

/** The name under which the Studio keeps a tree's draft and preview, apart from all visitors'. */
export const studioId = (tree: string): string => `studio-${tree}`;

export interface State {
  phase: 'loading' | 'failed' | 'ready' | 'stopped';
  /** The preview as it is to be drawn. */
  view: View | undefined;
  /** What the last edit did. */
  kept: Kept | undefined;
  /** Whether that edit was the last thing that happened: only then is what it kept still news. */
  edited: boolean;
  /** Whether the draft is kept. */
  draft: Keeping;
  /** A draft that another tab wrote meanwhile. */
  elsewhere: string | undefined;
}

export const state = signal<State>({
  phase: 'loading',
  view: undefined,
  kept: undefined,
  edited: false,
  draft: 'kept',
  elsewhere: undefined,
});

/** The only write. */
export function update(change: Partial<State>): void {
  state.value = {...state.value, ...change};
}

/** What the author's buttons and keys do. */
export function actions(session: Session, id: string) {
  const then = (action: () => void) => {
    action();
    update({view: session.view(), edited: false});
  };
  return {
    send: (text: string) => then(() => session.send(text)),
    tap: (code: string, title: string) => then(() => session.tap(code, title)),
    back: () => then(() => session.back()),
    restart: () => then(() => session.restart()),
    edit: (source: string) => {
      const draft = Drafts.write(id, source);
      const kept = session.reload(source);
      update({draft, kept, edited: true, view: session.view(), elsewhere: undefined});
      return kept.analysis.faults;
    },
  };
}

export type StudioActions = ReturnType<typeof actions>;
